"""What a report as of a day leaves out because nobody knows when it began."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from citypact.graph.networks.networks import NETWORKS
from citypact.graph.report.words import message
from citypact.graph.text.bilingual import Words, joined

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

KINDS = ("partnership", "agreement", "membership")
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


def left_out_words(relations: Counter[str]) -> Words:
    """How many ties were left out, and of which kinds where they are ties of actors."""
    number = relations.total()
    if not number:
        return message("left_out.none")
    kinds = [message(f"left_out.{name}", n=relations[name]) for name in KINDS if relations[name]]
    if not kinds:
        return message("left_out.all", n=number)
    return message("left_out.all_by_kind", n=number, kinds=joined(*kinds))


__all__ = ["left_out_words", "without_date"]
