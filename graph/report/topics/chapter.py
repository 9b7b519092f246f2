"""The chapter on topics: who cooperates on what, and what goes together beyond chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import networkx as nx

from citypact.graph.analysis.topics import agreements_by_topic, grouped, tops
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.significance import LEVEL
from citypact.graph.report.topics import data, figures, tables
from citypact.graph.report.topics import words as say
from citypact.graph.report.topics.answer import answer
from citypact.graph.report.topics.data import Found, Material
from citypact.graph.text.bilingual import both

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

NAMED = 5
"""How many of the first fields have their documents named."""
PARTIES = 2
"""Parties whose ties must name an agreement where sources may be missing: all have two or more."""


def topics(study: Study) -> Finding:
    """What agreements are about, which topics go together or keep apart, and who leans to what.

    Whoever is party to half of the agreements or more, as Seoul is in a graph collected around it,
    is left out where partners are compared.
    """
    material = data.read(study)
    if not material.agreements:
        none = both("분야를 아는 협정이 없습니다.", "No agreement has known topics.")
        return Finding("topics", say.TITLE, say.QUESTION, [none], say.METHOD, {})
    found = data.find(material)
    made = [
        tables.fields(found),
        tables.topics(found),
        tables.together(found),
        tables.together_in_fields(found),
        tables.pairs(found),
        tables.kinds(found),
        tables.profiles(found),
        tables.advantage(found),
    ]
    return Finding(
        "topics",
        say.TITLE,
        say.QUESTION,
        answer(found),
        say.METHOD,
        {
            "seed": study.seed,
            "draws": data.draws(study),
            "level": LEVEL,
            "least agreements of a topic": data.LEAST_OF_TOPIC,
            "least agreements of a field": data.LEAST_OF_FIELD,
            "least agreements of a partner": data.LEAST,
            "left out": study.names.label(material.centre, "en") if material.centre else "",
        },
        _headlines(material),
        [table for table in made if table.rows],
        [
            figures.fields(found),
            figures.topics(found),
            *([figures.together(found)] if found.topics or found.fields else []),
            *([figures.matrix(found)] if found.partners else []),
        ],
        say.cautions(found),
        _sources(study, found),
    )


def _headlines(material: Material) -> list[Headline]:
    field = material.ranked[0]
    name = material.name(field)
    return [
        Headline(
            "share-of-first-field",
            both(f"{name['ko']} 분야 협정의 비율", f"Share of agreements on {name['en']}"),
            "topics",
            partial(share_of_field, field=field, broader=material.broader),
        ),
        Headline(
            "topics-of-one-agreement",
            both("협정 하나에만 나오는 분야의 비율", "Share of topics in a single agreement"),
            "topics",
            share_of_single,
        ),
        Headline(
            "topics-by-agreement",
            both("협정 하나가 다루는 분야의 평균", "Mean number of topics of an agreement"),
            "topics",
            topics_by_agreement,
            both("개", "topics"),
        ),
    ]


def share_of_field(
    network: nx.Graph, field: str, broader: Mapping[str, Sequence[str]]
) -> float | None:
    """The share of agreements that cover a broad field, among those with known topics."""
    by_topic = agreements_by_topic(network, PARTIES)
    whole = {name for names in by_topic.values() for name in names}
    of = grouped(by_topic, tops(by_topic, broader)).get(field, frozenset())
    return len(of) / len(whole) if whole else None


def share_of_single(network: nx.Graph) -> float | None:
    """The share of topics that one agreement alone covers."""
    counts = [len(names) for names in agreements_by_topic(network, PARTIES).values() if names]
    return counts.count(1) / len(counts) if counts else None


def topics_by_agreement(network: nx.Graph) -> float | None:
    """The mean number of topics of an agreement that has any."""
    by_topic = agreements_by_topic(network, PARTIES)
    whole = {name for names in by_topic.values() for name in names}
    return sum(map(len, by_topic.values())) / len(whole) if whole else None


def _sources(study: Study, found: Found) -> list[str]:
    """The documents behind the agreements of the first fields."""
    first = set(found.material.ranked[:NAMED])
    chosen = {topic for topic, fields in found.material.above.items() if first.intersection(fields)}
    documents = study.documents("topics")
    return sorted(
        {iri for edge, known in documents.items() if chosen.intersection(edge) for iri in known}
    )


__all__ = ["share_of_field", "share_of_single", "topics", "topics_by_agreement"]
