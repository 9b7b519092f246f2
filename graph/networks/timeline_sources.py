"""What a timeline of ties would say without single sources, or without those read in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import networkx as nx

from citypact.graph.analysis.chronology import Timing
from citypact.graph.analysis.robustness import leave_one_out
from citypact.graph.analysis.shared_results import shareable
from citypact.graph.analysis.tempo import change, tempo
from citypact.graph.networks.agreement_topics import (
    agreement_topics,
    documents_of_topics,
    read_in_full,
)
from citypact.graph.networks.documents import Documents, EdgeId
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.timeline import DatedTie, TieTimeline, field_timings
from citypact.graph.rdf.terms import short
from citypact.graph.store.base import Store

Without = dict[str, float | None]
"""A figure without each source (IRI), or each city; None where it is not defined."""


def ratio_without_each(
    line: TieTimeline, documents: Mapping[EdgeId, Documents], middle: int, until: int
) -> dict[str, Without]:
    """The ratio of the rates of new partnerships before and from a year, up to another.

    documents: behind each edge. Without each source (`sources`), and each city (`cities`).
    """

    def ratio(ties: Iterable[DatedTie]) -> float | None:
        found = change(tempo((tie.edtf for tie in ties), until).by_year, middle)
        return found.ratio if found else None

    def measure(network: nx.Graph) -> float | None:
        return ratio(TieTimeline(network, line.on_any_day).partnerships)

    return {
        "sources": _without_each(line, documents, "partnership", {"ratio": measure})["ratio"],
        "cities": {
            city: ratio(tie for tie in line.partnerships if city not in tie.partners)
            for city in line.partners
        },
    }


def differences_without_each(
    line: TieTimeline,
    documents: Mapping[EdgeId, Documents],
    broader: Mapping[str, Sequence[str]],
    fields: Iterable[str],
) -> dict[str, Without]:
    """By field how many years later its agreements are than the others, without each source.

    documents: behind each edge. broader: by topic those above it.
    """

    @shareable
    def without(network: nx.Graph) -> dict[str, float | None]:
        agreements = TieTimeline(network, line.on_any_day).agreements
        return differences(field_timings(agreements, broader, 0, 0))

    def measure(network: nx.Graph, field: str) -> float | None:
        return without(network).get(field)

    measures = {field: partial(measure, field=field) for field in fields}
    return _without_each(line, documents, "agreement", measures) if measures else {}


def _without_each(
    line: TieTimeline,
    documents: Mapping[EdgeId, Documents],
    relation: str,
    measures: Mapping[str, Callable[[nx.Graph], float | None]],
) -> dict[str, Without]:
    """Measures of the ties of one relation without each source, by their names."""
    edges = [
        tuple(edge)
        for *edge, known in line.network.edges(keys=True, data="relation")
        if known in (relation, "office")
    ]
    network = line.network.edge_subgraph(edges)
    without = leave_one_out(network, documents, measures).without
    return {name: {source: values[name] for source, values in without.items()} for name in measures}


def differences(found: Iterable[Timing]) -> dict[str, float | None]:
    """By field, by how many years its agreements are later than the others on average."""
    return {each.field: each.test.difference for each in found}


def without_read_in_full(
    ties: Iterable[DatedTie], store: Store, topics: nx.Graph, chosen: Filter
) -> list[DatedTie]:
    """Agreements with the topics that other documents give them than those read in full.

    topics: the network of topics.
    """
    known = documents_of_topics(store, agreement_topics(store, topics), chosen)
    in_full = frozenset(read_in_full(store))

    def is_left(agreement: str, topic: str) -> bool:
        of = known.get((short(agreement), topic))
        return not of or not of <= in_full

    return [
        replace(each, topics=tuple(topic for topic in each.topics if is_left(each.iri, topic)))
        for each in ties
    ]


__all__ = [
    "differences",
    "differences_without_each",
    "ratio_without_each",
    "without_read_in_full",
]
