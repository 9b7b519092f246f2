"""Does a title come later than another within the lists of the same cities?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from citypact.graph.analysis.permutation import Difference


@dataclass(frozen=True)
class TitledTie:
    """A tie on a list: of which list, whether it has the title asked about, and its years.

    years: the first and last in which it may have begun, None where unknown.
    """

    on_list: Any
    has_title: bool
    years: tuple[int, int] | None


def years_later(ties: Iterable[TitledTie], draws: int = 1000, seed: int = 1) -> Difference | None:
    """By how many years ties without a title began later than those with it, within lists.

    Only ties whose year is known count. The years of each list are taken relative to its mean, so
    that old and young lists do not matter, and titles are permuted within each list (stratified
    permutation test: Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses, ch. 3).
    Lists with one title alone say nothing. None where no list has both.

    >>> years = {True: (1970, 1980), False: (1990, 2000)}
    >>> ties = [TitledTie("a", has, (year, year)) for has in years for year in years[has]]
    >>> years_later(ties, draws=99).difference
    20.0
    """
    lists: dict[Any, list[tuple[bool, int]]] = defaultdict(list)
    for tie in ties:
        if tie.years is not None and tie.years[0] == tie.years[1]:
            lists[tie.on_list].append((tie.has_title, tie.years[0]))
    mixed = [each for _, each in sorted(lists.items(), key=lambda item: str(item[0]))]
    mixed = [each for each in mixed if len({has for has, _ in each}) == 2]
    if not mixed:
        return None
    titles = [np.array([has for has, _ in each]) for each in mixed]
    years = [np.array([float(year) for _, year in each]) for each in mixed]
    weights = [has.sum() * (~has).sum() / has.size for has in titles]

    def later(assigned: Sequence[Any]) -> float:
        each = [y[~has].mean() - y[has].mean() for y, has in zip(years, assigned, strict=True)]
        return float(np.average(each, weights=weights))

    observed = later(titles)
    generator = np.random.default_rng(seed)
    extreme = sum(
        abs(later([generator.permutation(has) for has in titles])) >= abs(observed) - 1e-9
        for _ in range(draws)
    )
    with_title = np.concatenate([y[has] for y, has in zip(years, titles, strict=True)])
    without = np.concatenate([y[~has] for y, has in zip(years, titles, strict=True)])
    return Difference(
        float(without.mean()),
        float(with_title.mean()),
        without.size,
        with_title.size,
        observed,
        (1 + extreme) / (1 + draws),
        draws,
        seed,
    )


def bounded(ties: Sequence[TitledTie], *, late: bool) -> list[TitledTie]:
    """The ties with each unknown year as early, or as late, as the years of its list allow."""
    spans: dict[Any, list[int]] = defaultdict(list)
    for tie in ties:
        spans[tie.on_list] += tie.years or ()
    found = []
    for tie in ties:
        span = spans[tie.on_list]
        if tie.years:
            year = tie.years[late]
        elif span:
            year = max(span) if late else min(span)
        else:
            found.append(tie)
            continue
        found.append(replace(tie, years=(year, year)))
    return found


def closest(ties: Sequence[TitledTie], *, is_later: bool) -> list[TitledTie]:
    """The ties, with unknown years such that the difference found becomes as small as possible.

    is_later: whether ties without the title were found to be later.
    """
    early, late = bounded(ties, late=False), bounded(ties, late=True)
    return [
        after if tie.has_title is is_later else before
        for tie, before, after in zip(ties, early, late, strict=True)
    ]


def without_each(
    ties: Sequence[TitledTie], groups: Mapping[Any, Collection[TitledTie]]
) -> dict[Any, float]:
    """The difference of `years_later` without the ties of each group, where it is defined."""
    found = {}
    for name, group in groups.items():
        dropped = set(map(id, group))
        rest = [tie for tie in ties if id(tie) not in dropped]
        each = years_later(rest, draws=0)
        if each and each.difference is not None:
            found[name] = each.difference
    return found


__all__ = ["TitledTie", "bounded", "closest", "without_each", "years_later"]
