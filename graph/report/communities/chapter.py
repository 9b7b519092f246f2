"""The chapter on communities: how many there are, how stable they are, whether they are real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from citypact.graph.analysis.communities import (
    Consensus,
    best_connected,
    centre,
    consensus,
    cores,
    leiden_modularity,
    modularity,
    number_of_communities,
)
from citypact.graph.analysis.null_models import Comparison, is_rewirable
from citypact.graph.analysis.significance import draws_needed, evaluate_single
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.chance import by_chance
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.catalogue import table
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import joined

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

RUNS = 100
"""How many partitions are drawn at most; fewer where the study draws fewer."""
STABLE = 0.75
"""An agreement (adjusted Rand index) from which the division may be called stable."""
LOOSE = 0.4
"""An agreement below which there is no single division (Good, de Montjoye and Clauset 2010)."""
CERTAIN = 0.9
"""The share of runs in which members of a core are with their community."""
STARS = 0.8
"""The share of a community that is tied to one of it, from which it is described by that one."""
NAMED, LISTED = 3, 4
"""How many communities the answer describes, and how many members it names."""
SHOWN = 12
"""How many communities the figure shows."""


@dataclass(frozen=True)
class Community:
    """A community, or the core of one, as the answer describes it.

    members: the best connected, without the centre. centre: the actor whose members or partners it
    is, '' where it is nobody's; tied: how many are tied to it.
    """

    size: int
    members: Sequence[str]
    centre: str = ""
    tied: int = 0


@dataclass(frozen=True)
class CommunityFindings:
    """What the chapter found.

    number: communities of two or more, the largest of which are described. cores, in_cores: how
    many cores there are, and how many actors in them. degrees, kinds: modularity compared with
    networks that preserve degrees, and with those that preserve the ties to each kind of actor;
    None where nothing can be rewired.
    """

    network: str
    nodes: int
    consensus: Consensus
    number: int
    largest: Sequence[Community]
    cores: int
    in_cores: int
    largest_cores: Sequence[Community]
    degrees: Comparison | None
    kinds: Comparison | None

    @property
    def stability(self) -> str:
        """Whether there are communities: `none`, no single division, `blurred` ones, `stable`."""
        if self.number == 1 and self.consensus.modularity <= 0:
            return "none"
        if self.consensus.agreement < LOOSE:
            return "loose"
        return "blurred" if self.consensus.agreement < STABLE else "stable"

    @property
    def are_stars(self) -> bool:
        """Whether each of the largest is an actor and those tied to it."""
        return bool(self.largest) and all(each.centre for each in self.largest)


def communities(study: Study) -> Finding:
    """The communities of the network under study."""
    network, name = study.simple(), study.network_name
    if not network.number_of_edges():
        return Prose(study, "communities", None).finding({})
    runs = min(RUNS, study.draws)
    leiden, louvain = (
        consensus(network, algorithm, runs, study.seed, study.cluster, study.progress)
        for algorithm in ("leiden", "louvain")
    )
    f = find(study, network, leiden)
    prose = Prose(study, "communities", f, verdict=evaluate_single, needed=draws_needed())
    return prose.finding(
        {"runs": runs, "seed": study.seed} | ({"draws": f.degrees.draws} if f.degrees else {}),
        [
            prose.headline("modularity", name, leiden_modularity),
            prose.headline("communities", name, number_of_communities, unit="communities"),
        ],
        [_members(study, leiden), _runs(f, louvain)],
        [_sizes(study, prose, network, leiden)],
        _sources(study, leiden),
    )


def find(study: Study, network: nx.Graph, found: Consensus) -> CommunityFindings:
    """What the answer says of a network with ties."""
    parts = [part for part in found.parts if len(part) > 1]
    stable = cores(found, CERTAIN)
    is_two_kinds = study.network_name == "actors" and is_rewirable(network, "kind")
    return CommunityFindings(
        study.network_name,
        len(network),
        found,
        len(parts),
        [_described(network, part) for part in parts[:NAMED]],
        len(stable),
        sum(map(len, stable)),
        [Community(len(core), best_connected(network, core)[:LISTED]) for core in stable[:NAMED]],
        _compared(study, network, "rewired") if is_rewirable(network) else None,
        _compared(study, network, "rewired-by-kind") if is_two_kinds else None,
    )


def _described(network: nx.Graph, part: Sequence[Any]) -> Community:
    first, share = centre(network, part)
    if share < STARS:
        return Community(len(part), best_connected(network, part)[:LISTED])
    rest = [node for node in part if node != first]
    members = best_connected(network, rest)[: LISTED - 1]
    return Community(len(part), members, first, round(share * len(rest)))


def _compared(study: Study, network: nx.Graph, model: str) -> Comparison:
    return by_chance(study, network, modularity, model, "communities")["modularity"]


def _members(study: Study, found: Consensus) -> DataTable:
    rows = [
        study.named(node) | {"community": at, "size": len(part), "certainty": found.certainty[node]}
        for at, part in enumerate(found.parts, 1)
        for node in part
    ]
    return table("communities-members", rows)


def _runs(f: CommunityFindings, louvain: Consensus) -> DataTable:
    rows: list[dict[str, Any]] = [
        asdict(found) | {"parts": len(found.parts), "consensus": found.modularity}
        for found in (f.consensus, louvain)
    ]
    for model, each in (("rewired", f.degrees), ("rewired by kind", f.kinds)):
        if each:
            rows.append({"algorithm": f"leiden, {model}", "runs": each.draws, "mean": each.mean})
    return table("communities-runs", rows)


def _sizes(study: Study, prose: Prose, network: nx.Graph, found: Consensus) -> Figure:
    """Communities by size, shaded by the average certainty of their members."""
    rows = []
    for at, part in enumerate([part for part in found.parts if len(part) > 1][:SHOWN], 1):
        names = joined(*(study.label(node) for node in best_connected(network, part)[:2]))
        rows.append(
            {
                "community": {language: f"{at}. {text}" for language, text in names.items()},
                "size": len(part),
                "certainty": sum(found.certainty[node] for node in part) / len(part),
            }
        )
    draw = charts.bars(
        rows,
        "size=number_of_members",
        "community",
        is_horizontal=True,
        shade="certainty=mean_certainty:.2f",
        scale={"domain": [0.5, 1], "range": ["#cfe3f1", charts.BLUE]},
        size=(520, 0),
    )
    return prose.figure("sizes", draw)


def _sources(study: Study, found: Consensus) -> set[str]:
    """The documents behind the ties inside the three largest communities."""
    place = {node: at for at, part in enumerate(found.parts[:NAMED]) for node in part}
    return {
        iri
        for (one, other, *_), known in study.documents().items()
        if one in place and place[one] == place.get(other)
        for iri in known
    }


__all__ = ["CommunityFindings", "communities", "find"]
