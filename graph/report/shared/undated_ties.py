"""What a report as of a day leaves out because nobody knows when it began."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from citypact.graph.networks.networks import NETWORKS
from citypact.graph.text.bilingual import Words, both, joined

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

KINDS = {
    "partnership": both("협력 관계", "partnerships"),
    "agreement": both("협정", "agreements"),
    "membership": both("네트워크 회원", "memberships"),
}
"""The kinds of ties of actors that are counted apart, by their relation."""


def without_date(study: Study) -> Counter[str]:
    """The ties of the network under study that no day lets through, by their relation.

    They have no date, or one without a year. Offices belong to their bodies at any time.
    """
    whole, dated = (
        _ties(NETWORKS[study.network_name](study.store, replace(study.chosen, as_of=day)))
        for day in (None, date.max)
    )
    relations = Counter(str(whole[key].get("relation")) for key in whole.keys() - dated.keys())
    del relations["office"]
    return relations


def _ties(network: nx.Graph) -> dict[Any, dict[str, Any]]:
    """The attributes of ties by their key, or by the two that they join."""
    if network.is_multigraph():
        return {key: data for *_, key, data in network.edges(keys=True, data=True)}
    return {frozenset((one, other)): data for one, other, data in network.edges(data=True)}


def told(relations: Counter[str]) -> Words:
    """How many ties were left out, and of which kinds where they are ties of actors."""
    whole = sum(relations.values())
    if not whole:
        return both("없음", "none")
    kinds = [
        both(f"{words['ko']} {relations[name]:,}", f"{words['en']}: {relations[name]:,}")
        for name, words in KINDS.items()
        if relations[name]
    ]
    listed = joined(*kinds)
    return both(
        f"{whole:,}개" + (f" ({listed['ko']})" if kinds else ""),
        f"{whole:,}" + (f" ({listed['en']})" if kinds else ""),
    )


__all__ = ["told", "without_date"]
