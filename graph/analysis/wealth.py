"""Whether a city cooperates on other fields with partners in richer than in poorer countries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from citypact.graph.analysis.co_occurrence import beside_draws
from citypact.graph.analysis.significance import SampledTest


@dataclass(frozen=True)
class FieldByWealth(SampledTest):
    """A field with partners in richer and in poorer countries.

    richer, poorer: the share of agreements with such partners that cover the field. difference:
    the first less the second; low, high: its range when any one partner is left out. p: two-sided,
    corrected for all fields, from so many draws. detectable: the smallest difference from the mean
    of the draws that would have p ≤ 5%.
    """

    field: str
    richer: float
    poorer: float
    difference: float
    low: float
    high: float
    p: float
    draws: int
    detectable: float


def fields_by_wealth(
    agreements: Mapping[str, Collection[str]],
    is_richer: Mapping[str, bool],
    fields: Mapping[str, Collection[str]],
    draws: int = 1000,
    seed: int = 1,
) -> list[FieldByWealth]:
    """The fields, those that differ most first; none where a group has fewer than two partners.

    agreements: by partner; fields: the agreements of each. Draws permute which partners are in
    richer countries, so that all agreements of a partner stay together; p is that of the greatest
    |z| of all fields (Westfall and Young 1993). An agreement with both kinds counts in both.
    Raises CitypactError for fewer than two draws.

    >>> ours = {name: [f"{name}1", f"{name}2"] for name in "abcdef"}
    >>> rich = {name: name in "abc" for name in ours}
    >>> found = fields_by_wealth(ours, rich, {"art": [*ours["a"], "b1"], "water": ["d1"]}, 99)
    >>> [(each.field, each.richer, each.poorer) for each in found][0]
    ('art', 0.5, 0.0)
    """
    partners = sorted(set(agreements) & set(is_richer))
    group = np.array([is_richer[partner] for partner in partners], dtype=bool)
    if min(group.sum(), (~group).sum()) < 2:
        return []
    names = sorted({name for partner in partners for name in agreements[partner]})
    parties = np.array([[name in set(agreements[each]) for name in names] for each in partners])
    topics = sorted(fields)
    covered = np.array([[name in set(fields[topic]) for name in names] for topic in topics])

    def shares(chosen: np.ndarray) -> np.ndarray:
        of_group = parties[chosen].any(axis=0)
        found: np.ndarray = covered[:, of_group].mean(axis=1)
        return found

    def differences(richer: np.ndarray, kept: np.ndarray) -> np.ndarray:
        found: np.ndarray = shares(richer & kept) - shares(~richer & kept)
        return found

    everyone = np.ones(len(partners), dtype=bool)
    observed = differences(group, everyone)
    random = np.random.default_rng(seed)
    drawn = [differences(random.permutation(group), everyone) for _ in range(draws)]
    without = np.array(
        [differences(group, np.arange(len(partners)) != at) for at in range(len(partners))]
    )
    richer, poorer = shares(group), shares(~group)
    compared = beside_draws(observed, drawn)
    deviations = np.array([each[1] if each else np.inf for each in compared])
    centred = np.abs(np.array(drawn) - np.mean(drawn, axis=0)) / deviations
    greatest = float(np.quantile(centred.max(axis=1), 0.95))
    found = [
        FieldByWealth(
            topic,
            float(richer[at]),
            float(poorer[at]),
            float(observed[at]),
            float(without[:, at].min()),
            float(without[:, at].max()),
            each[3],
            draws,
            greatest * each[1],
        )
        for at, (topic, each) in enumerate(zip(topics, compared, strict=True))
        if each
    ]
    return sorted(found, key=lambda each: (each.p, -abs(each.difference), each.field))


__all__ = ["FieldByWealth", "fields_by_wealth"]
