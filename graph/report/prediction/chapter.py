"""The chapter on possible next partners, and on how far they can be foretold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.hidden_ties import Judgement, judge
from citypact.graph.analysis.prediction import Candidate, possible_partners
from citypact.graph.report.prediction import answer as answers
from citypact.graph.report.prediction import figures, tables
from citypact.graph.report.prediction import words as say
from citypact.graph.report.prediction.members import (
    SEVERAL,
    Members,
    members,
    members_auc,
    partners_sharing,
)
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.tables.table import Table
from citypact.graph.text.bilingual import Words, both
from citypact.ontology import ID

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

SEOUL = ID + "city/seoul"
ROUNDS = 20
"""How often ties are hidden by chance."""


@dataclass(frozen=True)
class Cities:
    """What the network of cities tells: candidates that share partners with the city, and how well
    scores find ties that are hidden; both empty where all ties are of the city itself."""

    candidates: tuple[Candidate, ...]
    judgements: tuple[Judgement, ...]


def prediction(study: Study) -> Finding:
    """Cities that may become partners of Seoul, with reasons, and how good such predictions are.

    Where Seoul is not in the network of cities, the city with most ties is asked about. Neighbours
    are the networks of cities whose members both are (in the network of actors), and, where ties
    between other cities are known, partners in common.
    """
    network = study.simple("cities")
    if not network.number_of_edges():
        return _finding(
            [both("도시 사이의 연결이 하나도 없습니다.", "There are no ties between cities.")]
        )
    city = SEOUL if SEOUL in network else min(network, key=lambda n: (-network.degree(n), n))
    name = study.names.both(city)
    found, among = members(study, city), _cities(study, network, city)
    if found is None and not among.candidates:
        return _finding([answers.nothing(name)], cautions=[say.TWO_MODE])
    made: list[Table] = []
    judged: dict[str, Sequence[Judgement]] = {}
    answer: list[Words] = []
    if found:
        actors = study.network("actors")
        wished = tables.prospects(study, found)
        answer += answers.of_members(name, actors, found) + answers.of_prospects(wished)
        judged |= found.judgements
        made += [
            tables.candidates(actors, found),
            tables.common(found),
            *([wished] if wished.rows else []),
        ]
    if among.candidates:
        answer += answers.of_cities(name, network, among.candidates, among.judgements)
        judged["cities"] = among.judgements
        made.append(tables.of_cities(network, among.candidates))
    judged = {scope: each for scope, each in judged.items() if each}
    made.append(tables.scores(judged))
    return _finding(
        answer,
        methods=[
            say.SCORES,
            *([say.TOPICS] if found else []),
            say.HIDING,
            *([say.SHARING] if found else []),
            *([say.DRAWN] if any(each.is_drawn for each in among.judgements) else []),
        ],
        parameters={
            "seed": study.seed,
            "draws": study.draws,
            "rounds": ROUNDS,
            "share hidden": 0.1,
            **({"latest from": found.since} if found and found.since else {}),
        },
        headlines=_headlines(found.government if found else "", city if among.candidates else ""),
        tables=made,
        figures=[*([figures.common(found)] if found else []), figures.scores(judged)],
        cautions=_cautions(found, among),
        sources=_sources(study, found, city, among),
    )


def _finding(answer: list[Words], **given: Any) -> Finding:
    return Finding(
        "prediction",
        say.TITLE,
        say.QUESTION,
        answer,
        given.pop("methods", [say.SCORES]),
        given.pop("parameters", {}),
        **given,
    )


def _cities(study: Study, network: nx.Graph, city: str) -> Cities:
    candidates = tuple(possible_partners(network, city, _abroad(network, city)))
    if not candidates:
        return Cities((), ())
    judged = judge(network, rounds=ROUNDS, seed=study.seed, cluster=study.cluster)
    return Cities(candidates, tuple(judged))


def sharing_partners(network: nx.Graph, city: str) -> float | None:
    """How many cities abroad without a tie to a city have a partner in common with it."""
    if city not in network:
        return None
    own = set(network[city])
    near = {far for partner in own for far in network[partner]} - own
    return float(len(near.intersection(_abroad(network, city))))


def _abroad(network: nx.Graph, city: str) -> list[str]:
    """The cities that are not known to be of the same country."""
    own = network.nodes[city].get("country", "")
    return [
        node
        for node, country in network.nodes(data="country")
        if node != city and (not own or country != own)
    ]


def _headlines(government: str, city: str) -> list[Headline]:
    """Of memberships where a government is given, of partners in common where a city is."""
    found = []
    if government:
        found += [
            Headline(
                "common networks",
                both(
                    "협력 도시가 다른 회원보다 공동 네트워크가 많을 확률(AUC)",
                    "Probability that a partner has more networks in common (AUC)",
                ),
                "actors",
                partial(members_auc, government=government),
            ),
            Headline(
                "one network",
                both(
                    "공동 네트워크가 하나인 회원 가운데 협력 도시의 비율",
                    "Share of partners among members with one network in common",
                ),
                "actors",
                partial(partners_sharing, government=government, least=1, most=1),
            ),
            Headline(
                "several networks",
                both(
                    "공동 네트워크가 둘 이상인 회원 가운데 협력 도시의 비율",
                    "Share of partners among members with two or more in common",
                ),
                "actors",
                partial(partners_sharing, government=government, least=SEVERAL),
            ),
        ]
    if city:
        label = both(
            "협력 도시를 공유하는 외국 도시의 수", "Cities abroad with a partner in common"
        )
        unit = both("곳", "")
        found.append(
            Headline("common partners", label, "cities", partial(sharing_partners, city=city), unit)
        )
    return found


def _cautions(found: Members | None, among: Cities) -> list[Words]:
    return [
        *([] if among.candidates else [say.TWO_MODE]),
        *([say.SELECTION] if found else []),
        say.UNKNOWN,
        say.NO_PROBABILITY,
        *([say.LISTS] if found else []),
    ]


def _sources(study: Study, found: Members | None, city: str, among: Cities) -> list[str]:
    """The documents behind the city's ties and the memberships that are compared."""
    documents: set[str] = set()
    if found:
        asked = {found.government, *found.members}
        for edge, known in study.documents("actors").items():
            if asked.issuperset(edge[:2]) or set(edge[:2]) & set(found.networks):
                documents |= known
    if among.candidates:
        ties = study.documents("cities")
        near = {city, *study.simple("cities")[city]}
        documents.update(*(known for edge, known in ties.items() if near & set(edge)))
    return sorted(documents)


__all__ = ["prediction"]
