"""The chapter on cliques: which actors are all tied to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx

from citypact.graph.analysis.groups import (
    LEAST,
    OverlappingGroup,
    closed_groups,
    largest_clique,
    maximal_cliques,
    overlapping_groups,
    separate,
    share_in_cliques,
)
from citypact.graph.analysis.null_models import Comparison, is_rewirable
from citypact.graph.analysis.significance import draws_needed, evaluate_single
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.chance import by_chance, comparison_row
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.catalogue import column, table
from citypact.graph.tables.table import DataTable

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

KEPT = 2000
"""How many cliques the table holds."""
FURTHER = 2
"""How many cliques the answer describes after the largest."""
NEARLY_ALL = 0.9
"""The share of the cliques from which an actor is said to be in nearly all of them."""

FEATURES = {"groups": "clique_groups", "largest": "clique_largest", "inside": "clique_inside"}
"""The columns that explain the features of `closed_groups`."""

Clique = tuple[Any, ...]


@dataclass(frozen=True)
class DescribedClique:
    """A clique that the answer names. countries: None where that of a member is not known."""

    members: Clique
    countries: int | None


@dataclass(frozen=True)
class GroupFindings:
    """What the chapter found of maximal cliques of three or more.

    sizes: number of cliques by size, the largest first. in_cliques: actors in one of them. largest:
    the first of the largest, of which there are equally_large; in_all_largest: who is in all of
    them. further: the next that share no member. overlapping: groups by clique percolation, the
    largest of which has largest_overlapping members. in_nearly_all: who is in nearly all cliques;
    triangles: how many of these only join members of a network to it. of_one_agreement: how many a
    single agreement makes. compared: with null models, by model and feature.
    """

    network: str
    nodes: int
    compared: Mapping[str, Mapping[str, Comparison]]
    sizes: Mapping[int, int]
    in_cliques: int = 0
    largest: DescribedClique | None = None
    equally_large: int = 0
    in_all_largest: Sequence[Any] = ()
    further: Sequence[DescribedClique] = ()
    overlapping: int = 0
    largest_overlapping: int = 0
    in_nearly_all: Sequence[Any] = ()
    triangles: int = 0
    of_one_agreement: int = 0

    @property
    def number(self) -> int:
        return sum(self.sizes.values())


def groups(study: Study) -> Finding:
    """Which actors of the network under study form cliques."""
    network, name = study.simple(), study.network_name
    cliques = maximal_cliques(network)
    overlapping = overlapping_groups(network, cliques=cliques)
    f = find(study, network, cliques, overlapping)
    draws = [each.draws for found in f.compared.values() for each in found.values()]
    prose = Prose(study, "groups", f, verdict=evaluate_single, needed=draws_needed())
    return prose.finding(
        {"k": LEAST, "least": LEAST} | ({"draws": max(draws), "seed": study.seed} if draws else {}),
        [
            prose.headline("largest-clique", name, largest_clique, unit="actors"),
            prose.headline("in-cliques", name, share_in_cliques),
        ],
        _tables(study, f, cliques, overlapping),
        [_sizes(prose, f)] if cliques else [],
        _sources(study, cliques),
    )


def find(
    study: Study,
    network: nx.Graph,
    cliques: Sequence[Clique],
    overlapping: Sequence[OverlappingGroup],
) -> GroupFindings:
    """What the answer says of a network with these cliques, the largest first."""
    compared = _compared(study, network)
    if not cliques:
        return GroupFindings(study.network_name, len(network), compared, {})
    largest = [clique for clique in cliques if len(clique) == len(cliques[0])]
    count = Counter(node for clique in cliques for node in clique)
    shared = sorted(node for node, number in count.items() if number >= NEARLY_ALL * len(cliques))
    shared = shared if len(cliques) > 1 else []
    return GroupFindings(
        study.network_name,
        len(network),
        compared,
        dict(sorted(Counter(map(len, cliques)).items(), reverse=True)),
        len(count),
        _described(network, cliques[0]),
        len(largest),
        [node for node in cliques[0] if all(node in clique for clique in largest)],
        [
            _described(network, clique)
            for clique in separate(cliques, FURTHER + 1)[1:]
            if len(clique) > LEAST  # single triangles are not described
        ],
        len(overlapping),
        len(overlapping[0].members),
        shared,
        sum(_is_of_network(network, clique, shared) for clique in cliques),
        sum(_is_of_one_agreement(study.network(), clique) for clique in cliques),
    )


def _compared(study: Study, network: nx.Graph) -> dict[str, dict[str, Comparison]]:
    """Cliques compared with null models, by model; nothing where ties cannot be rewired."""
    models = ["rewired"] if is_rewirable(network) else []
    if study.network_name == "actors" and is_rewirable(network, "kind"):
        models.append("rewired-by-kind")
    return {model: by_chance(study, network, closed_groups, model, "groups") for model in models}


def _described(network: nx.Graph, clique: Clique) -> DescribedClique:
    known = [str(network.nodes[node].get("country", "")) for node in clique]
    return DescribedClique(clique, len(set(known)) if all(known) else None)


def _is_of_network(network: nx.Graph, clique: Clique, shared: Sequence[Any]) -> bool:
    """Whether a clique is a triangle of a shared actor, a city network, and a member of both."""
    bodies = {node for node in clique if network.nodes[node].get("kind") == "network"}
    return len(clique) == 3 and any(
        bodies and set(shared).intersection(clique) - {b} for b in bodies
    )


def _is_of_one_agreement(network: nx.Graph, clique: Clique) -> bool:
    """Whether a single agreement, which ties all of its parties to each other, makes a clique."""
    if not network.is_multigraph():
        return False
    behind = (
        {tie["agreement"] for tie in network[one][other].values() if "agreement" in tie}
        for one, other in combinations(clique, 2)
    )
    return bool(set.intersection(*behind))


def _sources(study: Study, cliques: Sequence[Clique]) -> set[str]:
    """The documents behind the ties of the largest clique."""
    largest = set(cliques[0]) if cliques else set()
    documents = study.documents() if cliques else {}
    return {
        iri for edge, known in documents.items() if largest.issuperset(edge[:2]) for iri in known
    }


def _tables(
    study: Study,
    f: GroupFindings,
    cliques: Sequence[Clique],
    overlapping: Sequence[OverlappingGroup],
) -> list[DataTable]:
    def row(number: int, members: Clique) -> dict[str, Any]:
        return {
            "number": number,
            "size": len(members),
            "members": [study.label(node) for node in members],
            "members_id": list(members),
        }

    groups = enumerate(overlapping[:KEPT], 1)
    compared = [
        {"id": f"{feature}/{model}", "feature": column(FEATURES[feature]).title}
        | comparison_row(each, model)
        for model, found in f.compared.items()
        for feature, each in found.items()
    ]
    return [
        table("groups-cliques", (row(at, clique) for at, clique in enumerate(cliques[:KEPT], 1))),
        table(
            "groups-overlapping",
            (row(at, group.members) | {"cliques": group.cliques} for at, group in groups),
        ),
        table("groups-chance", compared),
    ]


def _sizes(prose: Prose, f: GroupFindings) -> Figure:
    """The number of cliques by size: points, as lengths mean nothing on a logarithmic scale."""
    rows = [{"size": size, "number": number} for size, number in sorted(f.sizes.items())]
    draw = charts.points(
        rows,
        "size=clique_size",
        "number=clique_groups:,d",
        is_category=False,
        is_ordinal=True,
        text="number:,d",
        y_scale={"type": "log", "domain": [0.8, 1.6 * max(f.sizes.values())], "nice": False},
        size=(charts.WIDTH, 240),
    )
    return prose.figure("sizes", draw)


__all__ = ["GroupFindings", "find", "groups"]
