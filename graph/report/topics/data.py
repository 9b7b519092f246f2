"""What the chapter on topics works on: agreements by topic and field, as they are and sifted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from citypact.graph.analysis.co_occurrence import CoOccurrence, co_occurrences
from citypact.graph.analysis.profiles import Leaning, Profile, advantage, leanings, profiles
from citypact.graph.analysis.topics import (
    Pair,
    agreements_by_actor,
    agreements_by_topic,
    grouped,
    together,
    tops,
)
from citypact.graph.networks.documents import Documents, documents_of_edges
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.rdf.terms import short
from citypact.graph.report.shared.agreement_topics import centre_of, read_closely, without
from citypact.graph.report.shared.significance import LEVEL
from citypact.graph.report.shared.study import Study
from citypact.graph.text.bilingual import Words, both

LEAST = 2
"""Agreements that a partner needs to be compared."""
LEAST_OF_KIND = 5
"""Agreements that actors of a kind need together to be compared."""
LEAST_OF_TOPIC = 10
"""Agreements that a topic needs for its pairs to be tested."""
LEAST_OF_FIELD = 5
"""The same for broad fields."""

ByTopic = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Material:
    """A two-mode network of actors and topics, and what is above topics."""

    study: Study
    network: nx.Graph
    broader: Mapping[str, Sequence[str]]

    @cached_property
    def by_topic(self) -> dict[str, frozenset[str]]:
        """Agreements by topic."""
        return agreements_by_topic(self.network)

    @cached_property
    def above(self) -> dict[str, list[str]]:
        """The broad fields of each topic."""
        return tops(self.by_topic, self.broader)

    @cached_property
    def by_field(self) -> dict[str, frozenset[str]]:
        """Agreements by broad field."""
        return grouped(self.by_topic, self.above)

    @cached_property
    def agreements(self) -> frozenset[str]:
        """All agreements with a topic."""
        return frozenset().union(*self.by_topic.values())

    @cached_property
    def centre(self) -> str:
        """Who is party to half of them or more, and left out where partners are compared; or "
        "''."""
        return centre_of(self.network)

    @cached_property
    def by_actor(self) -> dict[str, set[str]]:
        """The agreements of each actor but the centre."""
        return agreements_by_actor(self.network, without=[self.centre])

    @cached_property
    def by_kind(self) -> dict[str, set[str]]:
        """The agreements with actors of each kind, the centre left out."""
        found: dict[str, set[str]] = {}
        for actor, names in self.by_actor.items():
            found.setdefault(str(self.network.nodes[actor].get("kind", "")), set()).update(names)
        return dict(sorted(found.items()))

    @cached_property
    def ranked(self) -> list[str]:
        """Broad fields, those with most agreements first."""
        return sorted(self.by_field, key=lambda field: (-len(self.by_field[field]), field))

    def name(self, iri: str) -> Words:
        """The short name of an actor, a topic or a field."""
        data, names = self.network.nodes.get(iri, {}), self.study.names
        return both(
            str(data.get("label_ko") or names.label(iri, "ko")),
            str(data.get("label_en") or names.label(iri, "en")),
        )


@dataclass(frozen=True)
class Found:
    """What the chapter found.

    closely: documents that were read in full. rest: the material without them. known: all
    agreements, with topics or not. topics, fields: pairs beside chance that keeps totals, those of
    fields by topics `of_one_field`; topics_again, fields_again: of what `sifted` leaves, dropped
    being how many agreements that takes. pairs: beside the bipartite configuration model. kinds,
    leaning: kinds of actors and partners beside chance.
    """

    material: Material
    rest: Material
    closely: list[str]
    known: int
    dropped: int
    topics: list[CoOccurrence]
    fields: list[CoOccurrence]
    topics_again: list[CoOccurrence]
    fields_again: list[CoOccurrence]
    pairs: list[Pair]
    partners: list[Profile]
    advantages: Mapping[tuple[str, str], float]
    kinds: list[Leaning]
    leaning: list[Leaning]


def read(study: Study) -> Material:
    """The material of a study."""
    broader = NetworkReader(study.store, Filter()).pairs("?a skos:broader ?b")
    return Material(study, study.network("topics"), broader)


def find(material: Material) -> Found:
    """Everything that the chapter tells, with the draws and the seed of the study."""
    study = material.study
    agreements = NetworkReader(study.store, study.chosen).agreements
    closely = read_closely(study)
    network = without(material.network, documents(material), closely)
    rest = Material(study, network, material.broader)
    by_topic = sifted(rest.by_topic, dates(agreements.keys(), study))
    left = {name for names in by_topic.values() for name in names}
    partners = {actor: of for actor, of in material.by_actor.items() if len(of) >= LEAST}
    kinds = {kind: of for kind, of in material.by_kind.items() if len(of) >= LEAST_OF_KIND}
    topics = _pairs(study, "topics", material.by_topic, LEAST_OF_TOPIC)
    fields = _pairs(study, "fields", of_one_field(material.by_topic, material), LEAST_OF_FIELD)
    return Found(
        material,
        rest,
        closely,
        len(agreements),
        len(material.agreements) - len(left),
        topics,
        fields,
        _again(study, "topics again", by_topic, topics),
        _again(study, "fields again", of_one_field(by_topic, material), fields),
        together(material.by_topic, LEVEL),
        profiles(partners, material.by_field),
        advantage(material.by_actor, material.by_field),
        _leanings(study, "kinds of partners", kinds, material.by_field),
        _leanings(study, "partners", partners, material.by_field),
    )


def documents(material: Material) -> dict[tuple[str, str], Documents]:
    """The documents (IRIs) that say of an agreement (its short name) that it covers a topic."""
    # An agreement stands where actors do: an edge of one agreement has its documents alone.
    network = nx.Graph(name=material.network.name)
    for topic, names in material.by_topic.items():
        network.add_edges_from((name, topic, {"agreements": name}) for name in sorted(names))
    study = material.study
    found = documents_of_edges(study.store, network, study.chosen)
    return {
        (one, other) if other in material.by_topic else (other, one): of
        for (one, other), of in found.items()
    }


def of_one_field(by_topic: ByTopic, material: Material) -> dict[str, frozenset[str]]:
    """Agreements by broad field, for pairs of fields: topics of two fields are left out.

    An agreement on such a topic alone would bring its fields together by definition.
    """
    single = {topic: names for topic, names in by_topic.items() if len(material.above[topic]) == 1}
    return grouped(single, material.above)


def sifted(by_topic: ByTopic, date_of: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Agreements by topic, those of one date and with the very same topics counted once.

    Several that were signed together are often told of in one sentence, and are no independent
    cases. What has no date stays. The first by name stands for the others.
    """
    topics: dict[str, list[str]] = {}
    for topic, names in sorted(by_topic.items()):
        for name in names:
            topics.setdefault(name, []).append(topic)
    first: dict[tuple[str, ...], str] = {}
    kept = {
        name
        for name in sorted(topics)
        if not date_of.get(name) or first.setdefault((date_of[name], *topics[name]), name) == name
    }
    return {topic: frozenset(kept.intersection(names)) for topic, names in by_topic.items()}


def dates(agreements: Collection[str], study: Study) -> dict[str, str]:
    """The date of each agreement (EDTF) by the short name that networks have of it."""
    reader = NetworkReader(study.store, Filter())
    return {short(iri): str(reader.dated(iri).get("date", "")) for iri in sorted(agreements)}


def draws(study: Study) -> int:
    """How many draws are made: two give a deviation."""
    return max(study.draws, 2)


def _pairs(
    study: Study, what: str, by_topic: ByTopic, least: int, only: Collection[str] = ()
) -> list[CoOccurrence]:
    study.progress(f"{what} that go together")
    number, progress = draws(study), study.progress
    return co_occurrences(by_topic, least, number, study.seed, study.cluster, progress, only)


def _again(
    study: Study, what: str, by_topic: ByTopic, pairs: Sequence[CoOccurrence]
) -> list[CoOccurrence]:
    """The same pairs beside chance in other agreements."""
    only = {topic for pair in pairs for topic in (pair.one, pair.other)}
    return _pairs(study, what, by_topic, 1, only) if only else []


def _leanings(study: Study, what: str, by_actor: ByTopic, by_field: ByTopic) -> list[Leaning]:
    study.progress(f"leanings of {what}")
    return leanings(by_actor, by_field, draws(study), study.seed, study.cluster, study.progress)


__all__ = [
    "Found",
    "Material",
    "dates",
    "documents",
    "draws",
    "find",
    "of_one_field",
    "read",
    "sifted",
]
