"""When two cities signed agreements."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.store.base import Store


def agreement_years(store: Store, chosen: Filter) -> dict[tuple[str, str], list[int]]:
    """By pair of places (IRIs, sorted) the years of the signed agreements of their governments.

    A pair that has none gives an empty list.
    """
    reader = NetworkReader.of(store, chosen)
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for agreement in reader.agreements.values():
        year = agreement.attributes.get("year")
        ends = sorted({place for party in agreement.parties if (place := reader.place(party))})
        if isinstance(year, int):
            for pair in combinations(ends, 2):
                found[pair].append(year)
    return found


__all__ = ["agreement_years"]
