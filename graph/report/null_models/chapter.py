"""The chapter on null models: what the network has beyond what degrees alone give."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import networkx as nx

from citypact.graph.analysis.features import standard
from citypact.graph.analysis.null_models import Comparison, is_rewirable
from citypact.graph.analysis.simple import simple
from citypact.graph.networks.node_names import name
from citypact.graph.report.null_models import tables
from citypact.graph.report.null_models import words as say
from citypact.graph.report.null_models.partner_topics import (
    PartnerTopics,
    mean_shared,
    partner_topics,
)
from citypact.graph.report.null_models.partner_topics_answer import answer
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.places import places_of
from citypact.graph.report.shared.significance import (
    FEW,
    LARGE,
    LEVEL,
    Judged,
    Verdict,
    by_chance,
    judge_all,
    too_few,
    untold,
)
from citypact.graph.text.bilingual import Words, both

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

Compared = Mapping[str, Mapping[str, Comparison]]
"""Features beside chance, by model and name."""


def null_models(study: Study) -> Finding:
    """Which features of the network under study chance does not give, given its degrees."""
    network = study.simple()
    if not network.number_of_edges():
        return Finding("null-models", say.TITLE, say.QUESTION, [say.NO_TIES], [say.REWIRED], {})
    found = _compared(study, network)
    topics = partner_topics(study)
    drawn = {each.draws for by_name in found.values() for each in by_name.values()}
    return Finding(
        "null-models",
        say.TITLE,
        say.QUESTION,
        [*_of_network(network, found), *(answer(topics) if topics else [])],
        [say.REWIRED, *([say.TWO_MODES] if topics else [])],
        _parameters(study, drawn, topics),
        _headlines(study, network, topics),
        tables.tables(found, {model: judged(found[model]) for model in found}, topics),
        tables.figures(found, topics),
        _cautions(study, found, topics),
        _sources(study, topics),
    )


def _compared(study: Study, network: nx.Graph) -> Compared:
    """The features beside each model; none where the network has one form only."""
    if not is_rewirable(network):
        return {}
    network = network.copy()
    where = places_of(study, study.network_name)
    of = dict(zip(where.nodes, where.labels("continent"), strict=True))
    for node, data in network.nodes(data=True):
        if of.get(node):
            data["continent"] = of[node]
    models = ["rewired", *([] if len(network) > LARGE else ["configuration"])]
    attributes = ["country", "continent"]
    if study.network_name == "actors":
        attributes.append("kind")
        if is_rewirable(network, "kind"):
            models.insert(1, "rewired-by-kind")
    statistic = partial(standard, attributes=tuple(attributes))
    return {model: by_chance(study, network, statistic, model, "null models") for model in models}


def judged(found: Mapping[str, Comparison]) -> dict[str, Judged]:
    """The features that are tested, each with its adjusted p and what it tells."""
    return judge_all({name: found[name] for name in say.MORE if name in found})


def beyond(found: Mapping[str, Comparison]) -> list[tuple[str, bool]]:
    """The features that chance does not give, and whether they are above it."""
    return [
        (name, found[name].observed > found[name].mean)
        for name, each in judged(found).items()
        if each.verdict is Verdict.BEYOND
    ]


def _few(found: Mapping[str, Comparison]) -> tuple[int, int] | None:
    """How many draws, for how many tests, are too few to tell; None where they tell."""
    return untold(found, judged(found))


# Headlines


def assortativity(network: nx.Graph) -> float | None:
    """The correlation of degrees at both ends of ties; None where all are equal."""
    return standard(simple(network)).get("assortativity")


def _headlines(study: Study, network: nx.Graph, topics: PartnerTopics | None) -> list[Headline]:
    found = [
        Headline("assortativity", say.FEATURES["assortativity"], study.network_name, assortativity)
    ]
    if topics:
        found.append(
            Headline(
                "shared-topics",
                both(
                    "협력 도시 둘이 함께 다루는 분야(평균)",
                    "Topics that two partner cities share (mean)",
                ),
                "topics",
                partial(mean_shared, centre=topics.centre),
                both("개", ""),
            )
        )
    return found


# In words


def _of_network(network: nx.Graph, found: Compared) -> list[Words]:
    if not found:
        first = max(network, key=lambda node: network.degree(node))
        is_star = network.degree(first) == network.number_of_edges()
        return [say.ONE_FORM, *([say.star(name(network, first))] if is_star else [])]
    features = beyond(found["rewired"])
    tested = len(judged(found["rewired"]))
    few = _few(found["rewired"])
    said = []
    if features:
        names = say.listed(features)
        said.append(
            both(
                f"살펴본 특징 {tested}개 가운데 {len(features)}개가 연결 수만으로 나올 것과 "
                f"다릅니다: {names['ko']}.",
                f"{len(features)} of {tested} features differ from what the numbers of ties alone "
                f"give: {names['en']}.",
            )
        )
    elif few:
        said.append(say.few(*few))
    else:
        said.append(
            both(
                f"살펴본 특징 {tested}개 모두 연결 수만으로 나올 만한 값입니다.",
                f"All {tested} features are what the numbers of ties alone may give.",
            )
        )
    if "rewired-by-kind" in found and features:
        said += _of_kinds(found["rewired-by-kind"])
    return said


def _of_kinds(found: Mapping[str, Comparison]) -> list[Words]:
    kept = beyond(found)
    names = say.listed(kept, found)
    if kept:
        last = both(
            f"그러나 거의 다 자료의 모양입니다. 도시 정부, 네트워크, 기관 가운데 어느 종류와 몇 번 "
            f"이어지는지까지 그대로 두면 남는 것은 {len(kept)}개입니다: {names['ko']}.",
            "But most of that is the form of the data. With the number of ties to each kind of "
            f"actor (city governments, networks, organisations) kept as well, {len(kept)} "
            f"{'remains' if len(kept) == 1 else 'remain'}: {names['en']}.",
        )
    elif few := _few(found):
        last = say.few_by_kind(*few)
    else:
        last = both(
            "그러나 이것은 자료의 모양입니다. 도시 정부, 네트워크, 기관 가운데 어느 종류와 몇 번 "
            "이어지는지까지 그대로 두면 하나도 남지 않습니다.",
            "But that is the form of the data. With the number of ties to each kind of actor (city "
            "governments, networks, organisations) kept as well, none remains.",
        )
    return [last, say.FORM]


def _cautions(study: Study, found: Compared, topics: PartnerTopics | None) -> list[Words]:
    cautions = [say.INDEPENDENCE] if found or topics else []
    few = [each for by_name in found.values() if (each := _few(by_name))]
    if topics and topics.is_untold:
        few.append((topics.draws, 1))
    if few:
        # One caution for all: of as many draws as the most tests need.
        cautions.append(too_few(*max(few, key=lambda each: each[1])))
    if found and len(study.simple()) > LARGE and study.draws > FEW:
        cautions.append(say.large(FEW))
    if topics:
        cautions.append(say.GRAIN)
    return cautions


def _parameters(
    study: Study, drawn: set[int], topics: PartnerTopics | None
) -> dict[str, str | int | float]:
    if not drawn and topics is None:
        return {}
    draws = max(drawn) if drawn else study.draws
    return {"seed": study.seed, "draws": draws, "level": LEVEL}


def _sources(study: Study, topics: PartnerTopics | None) -> list[str]:
    names = [study.network_name, *(["topics"] if topics else [])]
    return sorted(
        {iri for name in names for known in study.documents(name).values() for iri in known}
    )


__all__ = ["null_models"]
