"""Do two groups differ by more than chance would have it: a permutation test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from citypact.ontology.errors import CitypactError


@dataclass(frozen=True)
class Difference:
    """The means of two groups, how they differ, and how often chance makes them differ as much.

    p: two-sided; (1 + draws at least as far from 0 as the difference seen) / (1 + draws), None
    where a group is empty.
    """

    first: float | None
    second: float | None
    number_of_first: int
    number_of_second: int
    difference: float | None
    p: float | None
    draws: int
    seed: int


def difference(
    first: Sequence[float], second: Sequence[float], draws: int = 1000, seed: int = 1
) -> Difference:
    """Compares the means of two groups of known, finite values by shuffling who is in which.

    The null hypothesis is that membership has nothing to do with the value: the values are dealt
    out anew `draws` times. Source: Fisher 1935, The Design of Experiments; the 1 that is added
    keeps p from being 0 (Phipson and Smyth 2010, Statistical Applications in Genetics and
    Molecular Biology 9(1), 39). Raises CitypactError for values that are not finite.

    >>> far = difference([9.0, 8.0, 10.0, 9.5, 9.2], [1.0, 2.0, 1.5, 2.5, 1.2])
    >>> round(far.difference, 2), far.p < 0.05
    (7.5, True)
    """
    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    values = np.concatenate([one, other])
    if not np.all(np.isfinite(values)):
        raise CitypactError(
            "a permutation test needs known values\n    -> leave out what is unknown, and count it"
        )
    if not one.size or not other.size:
        means = [float(each.mean()) if each.size else None for each in (one, other)]
        return Difference(means[0], means[1], one.size, other.size, None, None, draws, seed)
    seen = float(one.mean() - other.mean())
    generator = np.random.default_rng(seed)
    whole, size = float(values.sum()), one.size
    extreme = 0
    # What rounds differently in another order is the same difference.
    least = abs(seen) - 1e-9 * max(1.0, float(np.abs(values).max()))
    for _ in range(draws):
        dealt = float(generator.permutation(values)[:size].sum())
        extreme += abs(dealt / size - (whole - dealt) / other.size) >= least
    p = (1 + extreme) / (1 + draws)
    return Difference(
        float(one.mean()), float(other.mean()), one.size, other.size, seen, p, draws, seed
    )


def holm(ps: Sequence[float]) -> list[float]:
    """The p values of several tests, corrected so that all together err no more often than one.

    In the order given. The least is multiplied by the number of tests, the next by one less, and so
    on; none becomes less than one before it, or more than 1 (Holm 1979, Scandinavian Journal of
    Statistics 6(2), 65-70). The same as `multipletests(ps, method="holm")` of statsmodels, which is
    not among the packages that every installation has.

    >>> holm([0.04, 0.01, 0.5])
    [0.08, 0.03, 0.5]
    """
    found = [0.0] * len(ps)
    least = 0.0
    for rank, at in enumerate(sorted(range(len(ps)), key=lambda at: (ps[at], at))):
        least = min(1.0, max(least, ps[at] * (len(ps) - rank)))
        found[at] = least
    return found


__all__ = ["Difference", "difference", "holm"]
