"""The scheme of topics as extraction needs it: labels by language, and what is next to a topic."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from citypact.ontology import SKOS, TOPIC
from citypact.ontology.vocabulary import vocabulary_quads

_LABELS = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")


@dataclass(frozen=True, slots=True)
class TopicScheme:
    """labels: by topic its labels with their languages. broader: by topic those right above it.

    Topics are named as `topic:smart-city`.
    """

    labels: dict[str, tuple[tuple[str, str], ...]]
    broader: dict[str, frozenset[str]]

    def likeness(self, one: str, other: str) -> float:
        """1 for the same topic, a half where one is right above the other, else 0."""
        if one == other:
            return 1.0
        near = other in self.broader.get(one, ()) or one in self.broader.get(other, ())
        return 0.5 if near else 0.0


@cache
def topic_scheme() -> TopicScheme:
    """The topics of the vocabulary, read once."""
    labels: dict[str, list[tuple[str, str]]] = defaultdict(list)
    broader: dict[str, set[str]] = defaultdict(set)
    for triple in vocabulary_quads():
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        if not triple.subject.value.startswith(TOPIC):
            continue
        topic = "topic:" + triple.subject.value[len(TOPIC) :]
        value = triple.object
        if triple.predicate.value in _LABELS and isinstance(value, ox.Literal):
            labels[topic].append((value.value, value.language or ""))
        elif triple.predicate.value == SKOS + "broader" and isinstance(value, ox.NamedNode):
            broader[topic].add("topic:" + value.value[len(TOPIC) :])
    return TopicScheme(
        {topic: tuple(sorted(found)) for topic, found in sorted(labels.items())},
        {topic: frozenset(found) for topic, found in sorted(broader.items())},
    )
