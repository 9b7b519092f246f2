"""The chapter on structure: who is central, and how much of that the choice of sources makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx

from citypact.graph.analysis.network_measures import MEASURED, network_measures
from citypact.graph.analysis.registers import OwnRegister, own_registers
from citypact.graph.analysis.structure import (
    MEASURES,
    ActorStructure,
    NetworkStructure,
    actor_structure,
    largest_component_without,
    network_structure,
    raised_by_betweenness,
    ranks,
    share_of_ties,
    transitivity,
)
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.catalogue import column
from citypact.graph.tables.table import DataTable

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

NAMED = 5
"""How many actors the answer names after the first."""
SHOWN = 15
"""How many actors the figure of ranks shows."""


Ranks = Mapping[Any, Mapping[str, int]]
"""The ranks of actors by each measure."""


@dataclass(frozen=True)
class StructureFindings:
    """What the answer says. Shares are between 0 and 1; None is what cannot be told.

    nodes, ties: of the simple network. order: the actors, those with most partners first.
    of_lists: the share of pairs that only the list of one of the two reports; is_of_lists: whether
    these are most. following: those after the first that have several partners. raised: those that
    are between others more than their partners suggest. held: the share of the others in the
    largest connected component without the first. registers: of all actors that the answer names
    those whose ties were collected by a rule of their own.
    """

    network: str
    nodes: int
    ties: int
    order: list[ActorStructure]
    of_lists: float = 0.0
    is_of_lists: bool = False
    registers: Sequence[OwnRegister] = ()
    following: list[ActorStructure] = field(default_factory=list)
    raised: Sequence[ActorStructure] = ()
    held: float | None = None

    @property
    def hub(self) -> ActorStructure:
        return self.order[0]

    @property
    def own(self) -> frozenset[str]:
        """The actors that are marked, since they have a register of their own."""
        return frozenset(each.node for each in self.registers)

    @property
    def share(self) -> float:
        return self.hub.degree / self.ties


def structure(study: Study) -> Finding:
    """Who stands in the middle of the network under study, by which measure."""
    network, name = study.simple(), study.network_name
    if not network.number_of_edges():
        found = StructureFindings(name, len(network), 0, [])
        return Prose(study, "structure", found).finding({})
    actors = actor_structure(network)
    whole = network_structure(network, actors)
    found = find(study, network, actors)
    hub, placed = found.hub.node, ranks(actors)
    prose = Prose(study, "structure", found)
    of_first = [
        prose.headline("share-of-first", name, partial(share_of_ties, node=hub)),
        prose.headline(
            "held-without-first", name, partial(largest_component_without, nodes=(hub,))
        ),
    ]
    return prose.finding(
        {"damping": 0.85},
        [
            *([] if found.is_of_lists else of_first),
            prose.headline("transitivity", name, transitivity),
        ],
        [
            _actors(study, prose, found.order, placed),
            prose.table("registers", [({"id": each.node}, each) for each in found.registers]),
            _counts(prose, found),
            _network(study, prose, whole),
        ],
        [
            *([] if found.is_of_lists else [_ranks(study, prose, found.order, placed)]),
            _degrees(prose, found.order),
        ],
        _sources(study, found.order),
    )


def find(study: Study, network: nx.Graph, actors: Sequence[ActorStructure]) -> StructureFindings:
    """What the answer says of a network with ties."""
    order = sorted(actors, key=lambda actor: (-actor.degree, -actor.betweenness, actor.node))
    ties, hub = network.number_of_edges(), order[0]
    following = [actor for actor in order[1 : NAMED + 1] if actor.degree > 1]
    raised = [] if study.is_of_lists else raised_by_betweenness(order)
    named = [actor for actor in order if actor in (hub, *following, *raised)]
    return StructureFindings(
        study.network_name,
        len(network),
        ties,
        order,
        study.share_of_lists,
        study.is_of_lists,
        own_registers(network, study.own_partners(), [actor.node for actor in named]),
        following,
        raised,
        largest_component_without(network, [hub.node]) if len(network) > 2 else None,
    )


def _sources(study: Study, order: Sequence[ActorStructure]) -> set[str]:
    """The documents behind the ties among the actors that the answer names."""
    named = {actor.node for actor in order[: NAMED + 1]}
    documents = study.documents()
    return {iri for edge, known in documents.items() if named.issuperset(edge[:2]) for iri in known}


def _counts(prose: Prose, found: StructureFindings) -> DataTable:
    """Numbers of the answer that are in no other table."""
    return prose.counts(
        {
            "ties": found.ties,
            "of-lists": found.of_lists,
            "share": found.share,
            "others": found.nodes - 1,
            "held": found.held,
        }
    )


def _actors(
    study: Study, prose: Prose, order: Sequence[ActorStructure], placed: Ranks
) -> DataTable:
    """Measures and ranks of all actors, in their order."""
    own = study.own_partners()
    rows = [
        (
            {"id": actor.node, "elsewhere": actor.degree - len(own.get(actor.node, ()))}
            | {f"{name}_rank": rank for name, rank in placed[actor.node].items()},
            actor,
        )
        for actor in order
    ]
    return prose.table("actors", rows)


def _network(study: Study, prose: Prose, whole: NetworkStructure) -> DataTable:
    """The measures of the network as a whole; those of distance are of the largest component."""
    values, ties = network_measures(study.simple(), whole, study.places())
    rows = [
        {"id": name, "measure": name, "value": float(value), "ties": ties.get(name)}
        for name in MEASURED
        if (value := values.get(name)) is not None
    ]
    return prose.table("network", rows)


def _ranks(study: Study, prose: Prose, order: Sequence[ActorStructure], placed: Ranks) -> Figure:
    """The ranks of those with most partners by each measure."""
    rows: list[dict[str, Any]] = [
        {"actor": study.label(actor.node), "measure": column(name).title, "rank": rank}
        for actor in order[:SHOWN]
        for name, rank in placed[actor.node].items()
    ]
    last = max(row["rank"] for row in rows)
    draw = charts.heatmap(
        rows,
        "measure",
        "actor",
        "rank",
        scale={"type": "log", "scheme": "blues", "reverse": True},
        # Cells are shaded by the logarithm: the darkest third has white letters.
        is_dark=f"datum.rank <= {last**0.33}",
        x_order=[column(name).title for name in MEASURES],
        y_order=[study.label(actor.node) for actor in order[:SHOWN]],
        angle=-35,
    )
    return prose.figure("ranks", draw, min(SHOWN, len(order)))


def _degrees(prose: Prose, order: Sequence[ActorStructure]) -> Figure:
    """The share of actors with at least so many partners, on logarithmic axes."""
    degrees = sorted({actor.degree for actor in order if actor.degree})
    rows = [
        {"degree": degree, "share": sum(actor.degree >= degree for actor in order) / len(order)}
        for degree in degrees
    ]
    draw = charts.lines(
        rows,
        "degree=partners",
        "share=share_with_as_many:.1%",
        logarithmic="xy",
        has_points=True,
        size=(charts.WIDTH, 280),
    )
    return prose.figure("degrees", draw)


__all__ = ["structure"]
