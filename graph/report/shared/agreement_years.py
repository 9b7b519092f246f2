"""When two cities signed agreements, as several chapters need it."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from citypact.graph.networks.reader import NetworkReader

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study


def agreement_years(study: Study) -> dict[tuple[str, str], list[int]]:
    """By pair of places (IRIs, sorted) the years of the signed agreements of their governments.

    A pair that has none gives an empty list.
    """
    reader = NetworkReader.of(study.store, study.chosen)
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for agreement in reader.agreements.values():
        year = agreement.attributes.get("year")
        ends = sorted({place for party in agreement.parties if (place := reader.place(party))})
        if isinstance(year, int):
            for pair in combinations(ends, 2):
                found[pair].append(year)
    return found


__all__ = ["agreement_years"]
