"""The chapter on possible next partners, and on how well they can be predicted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.hidden_ties import Evaluation, evaluate
from citypact.graph.analysis.members import (
    HIDDEN,
    MemberFindings,
    member_findings,
    members_without_tie,
)
from citypact.graph.analysis.prediction import (
    METHODS,
    Candidate,
    foreign,
    possible_partners,
    sharing_neighbours,
)
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.comparison_group import comparison_group, governing
from citypact.graph.networks.networks import actors
from citypact.graph.networks.node_names import cells, name
from citypact.graph.networks.same_places import same_places
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words
from citypact.ontology import CODE

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

ROUNDS = 20
"""How often random ties are hidden."""
NAMED = 12
"""Cities that a sentence of the answer names."""
MOST = 1000
"""Rows of a table at most."""


@dataclass(frozen=True)
class PredictionFindings:
    """What the chapter says of one city; '' where there are no ties between cities.

    members: by the networks that others share with it; prospects: rows of the table. candidates:
    cities of other countries that share a partner with it. evaluations: of the scores, by what was
    hidden: as in MemberFindings, or ties between `cities`. own: actors with a register of their
    own. twice: left out of the candidates, since they may be partners under another entry.
    """

    city: str
    members: MemberFindings | None = None
    prospects: Sequence[Mapping[str, Any]] = ()
    candidates: Sequence[Candidate] = ()
    evaluations: Mapping[str, Sequence[Evaluation]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    twice: Sequence[str] = ()

    @property
    def expected(self) -> list[tuple[Words, Words]]:
        """The prospects and their modalities, each once."""
        found = {row["prospect_id"]: (row["what"], row["how"]) for row in self.prospects}
        return [each for _, each in sorted(found.items())]

    @property
    def marked(self) -> list[str]:
        """Of those that the answer names the ones whose ties were collected by another rule."""
        members = [*self.members.several, *self.members.in_contact] if self.members else []
        named = [*members, *(each.node for each in self.candidates[:NAMED])]
        return sorted(self.own.intersection(named))

    @property
    def is_sampled(self) -> bool:
        """Whether only a sample of the pairs of cities without a tie was scored."""
        return any(each.is_drawn for each in self.evaluations.get("cities", ()))

    def evaluation(self, scope: str, method: str) -> Evaluation | None:
        """How well a score finds what was hidden; None where that could not be measured."""
        for each in self.evaluations.get(scope, ()):
            if each.method == method and each.auc is not None:
                return each
        return None


def prediction(study: Study) -> Finding:
    """Which cities may become partners of a city, with reasons, and how good such predictions are.

    The city is the one that most actors are tied to. Neighbours are the networks of cities that
    two cities belong to (in the network of actors), and, where ties between other cities are
    known, partners in common.
    """
    network = study.simple("cities")
    if not network.number_of_edges():
        return Prose(study, "prediction", PredictionFindings("")).finding({})
    found = find(study, network, _city(study, network))
    prose = Prose(study, "prediction", found)
    if not found.evaluations:
        return prose.finding({})
    since = found.members.since if found.members else None
    return prose.finding(
        {"seed": study.seed, "rounds": ROUNDS, "share-hidden": HIDDEN}
        | ({"latest-from": str(since)} if since else {}),
        _headlines(prose, found),
        _tables(study, prose, found),
        _figures(prose, found),
        _sources(study, found),
    )


def _city(study: Study, network: nx.Graph) -> str:
    """The city whose government has the most ties with actors, else with the most ties."""
    ties, governed = study.simple("actors"), governing(study.store)
    degrees = Counter({governed[each]: ties.degree(each) for each in ties if each in governed})
    return str(min(network, key=lambda city: (-degrees[city], -network.degree(city), city)))


def find(study: Study, network: nx.Graph, city: str) -> PredictionFindings:
    """What the answer says; without evaluations where nothing can be said."""
    group, members = comparison_group(study.store, study.network("actors"), city), None
    if group and group.members:
        members = member_findings(study.network("actors"), group, study.seed, study.cluster)
    candidates, twice = _without_known(
        study.network("cities"), city, possible_partners(network, city, foreign(network, city))
    )
    if members:
        rest, more = _without_known(
            study.network("actors"), members.group.government, members.candidates
        )
        members, twice = replace(members, candidates=tuple(rest)), [*more, *twice]
    evaluations = dict(members.evaluations) if members else {}
    if candidates:
        evaluations["cities"] = evaluate(network, HIDDEN, ROUNDS, study.seed, cluster=study.cluster)
    return PredictionFindings(
        city,
        members,
        _prospects(study, members.group.government) if members else (),
        candidates,
        {scope: each for scope, each in evaluations.items() if each},
        frozenset((*study.own_partners("actors"), *study.own_partners("cities"))),
        twice,
    )


def _without_known(
    network: nx.Graph, node: str, candidates: Sequence[Candidate]
) -> tuple[list[Candidate], list[str]]:
    """Candidates that cannot be partners already under another entry, and those that may be."""
    twice = same_places(network, [each.node for each in candidates], [node, *network[node]])
    return [each for each in candidates if each.node not in twice], twice


def _prospects(study: Study, government: str) -> list[dict[str, Any]]:
    """What sources expect, propose, invite or request with governments without a tie."""
    network = actors(study.store, replace(study.chosen, prospects=True))
    tied = {government, *study.simple("actors")[government]}
    rows = []
    for one, other, key, data in network.edges(keys=True, data=True):
        ends = [
            end
            for end in (one, other)
            if end not in tied and network.nodes[end].get("kind") == "government"
        ]
        if data.get("relation") == "prospect" and ends:
            rows.append(
                {
                    **cells(network, ends[0]),
                    "prospect_id": key,
                    "what": {"ko": data["label_ko"], "en": data["label_en"]},
                    "how": study.names.both(f"{CODE}modality/{data['modality']}"),
                    "with": name(network, other if ends[0] == one else one),
                }
            )
    return sorted(rows, key=lambda row: (row["id"], row["prospect_id"]))


def _headlines(prose: Prose, found: PredictionFindings) -> list[Headline]:
    headlines = []
    if found.members:
        of = found.members.group.government
        untied = partial(members_without_tie, government=of)
        headlines.append(prose.headline("several-networks", "actors", untied, unit="cities"))
    if found.candidates:
        shared = partial(sharing_neighbours, node=found.city)
        headlines.append(prose.headline("common-partners", "cities", shared, unit="cities"))
    return headlines


def _tables(study: Study, prose: Prose, found: PredictionFindings) -> list[DataTable]:
    scores = [
        ({"scope": scope}, each)
        for scope, evaluations in found.evaluations.items()
        for each in evaluations
    ]
    network, own = study.simple("cities"), study.own_partners("cities")
    cities = [
        (
            cells(network, each.node)
            | {"through": each.shared[:10], "shared": len(each.shared), "ties": each.degree}
            | {"elsewhere": each.degree - len(own.get(each.node, ()))},
            each,
        )
        for each in found.candidates[:MOST]
    ]
    return [
        *([_member_table(study, prose, found.members)] if found.members else ()),
        prose.table("prospects", found.prospects),
        prose.table("cities", cities),
        prose.table("scores", scores),
    ]


def _member_table(study: Study, prose: Prose, found: MemberFindings) -> DataTable:
    """Governments without a tie, with the reasons to think of them."""
    network = study.network("actors")
    kinds, countries = (network.nodes.data(name) for name in ("kind", "country"))
    partners = Counter(
        countries[node] for node in network[found.group.government] if kinds[node] == "government"
    )
    candidates = [
        cells(network, each.node)
        | {
            "networks": len(networks),
            "shared_networks": networks or None,
            "contacts": found.contacts(each) or None,
            "score": each.score,
            "partners_in_country": partners[countries[each.node]],
        }
        for each in found.candidates[:MOST]
        for networks in [found.networks(each)]
    ]
    return prose.table("candidates", candidates)


def _figures(prose: Prose, found: PredictionFindings) -> list[Figure]:
    rows = [
        {
            "scope": prose.named("scope", scope),
            "method": prose.named("method", each.method),
            "auc": each.auc,
        }
        for scope, evaluations in found.evaluations.items()
        for each in sorted(evaluations, key=lambda each: METHODS.index(each.method))
        if each.auc is not None
    ]
    domain = {"domain": [0, 1]}
    points = charts.points(
        rows, "auc", "method", colour="scope", rule=0.5, x_scale=domain, opacity=0.9, step=40
    )
    return [prose.figure("scores", points)]


def _sources(study: Study, found: PredictionFindings) -> set[str]:
    """The documents behind the city's ties and the memberships that are compared."""
    documents: set[str] = set()
    if found.members:
        group = found.members.group
        asked, bodies = {group.government, *group.members}, set(group.networks)
        documents |= study.sources(
            "actors", lambda edge: asked.issuperset(edge[:2]) or not bodies.isdisjoint(edge[:2])
        )
    if found.candidates:
        near = {found.city, *study.simple("cities")[found.city]}
        documents |= study.sources("cities", lambda edge: not near.isdisjoint(edge))
    return documents


__all__ = ["prediction"]
