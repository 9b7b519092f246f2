"""The words by which a register names topics, and the topics of our scheme that they mean."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.ontology import SKOS, TOPIC
from citypact.ontology.vocabulary import vocabulary, vocabulary_quads
from citypact.sources import PACKAGED

MATERIAL = os.environ.get("CITYPACT_MATERIAL", "")

Row = tuple[str, str, str]  # words, topic, reason


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    path = PACKAGED / "registers" / "topic-words.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        head, *found = csv.reader(lines, strict=True)
    assert head == ["words", "topic", "reason"]
    return [(words, topic, reason) for words, topic, reason in found]


def folded(words: str) -> str:
    """Words as the table writes them: small letters, no space around."""
    return words.strip().casefold()


def test_every_topic_stands_in_the_scheme(rows: list[Row]) -> None:
    assert {topic for _, topic, _ in rows if topic} - set(vocabulary().topics) == set()


def test_words_are_folded_sorted_and_said_once(rows: list[Row]) -> None:
    assert [words for words, _, _ in rows if not words or words != folded(words)] == []
    pairs = [(words, topic) for words, topic, _ in rows]
    assert pairs == sorted(set(pairs))


def test_words_have_topics_or_a_reason_why_not(rows: list[Row]) -> None:
    """What cannot be mapped is listed with its reason, and never mapped on another line too."""
    assert [row for row in rows if bool(row[1]) == bool(row[2].strip())] == []
    mapped = {words for words, topic, _ in rows if topic}
    assert mapped & {words for words, topic, _ in rows if not topic} == set()


def test_words_that_are_a_label_mean_that_topic(rows: list[Row]) -> None:
    """Scheme and table agree; words of two topics at once, such as culture and tourism, aside."""
    labelled: dict[str, set[str]] = defaultdict(set)
    for triple in vocabulary_quads():
        if (
            isinstance(triple.subject, ox.NamedNode)
            and triple.subject.value.startswith(TOPIC)
            and triple.predicate.value in (SKOS + "prefLabel", SKOS + "altLabel")
            and isinstance(triple.object, ox.Literal)
            and triple.object.language == "en"
        ):
            labelled[folded(triple.object.value)].add(triple.subject.value.removeprefix(TOPIC))
    meant: dict[str, set[str]] = defaultdict(set)
    for words, topic, _ in rows:
        meant[words].add(topic)
    shared = sorted(words for words in labelled if len(meant[words]) == 1)
    assert shared
    assert [words for words in shared if labelled[words] != meant[words]] == []


@pytest.mark.skipif(not MATERIAL, reason="CITYPACT_MATERIAL is not set: the facts are not at hand")
def test_the_words_are_those_of_the_register(rows: list[Row]) -> None:
    path = Path(MATERIAL) / "facts" / "agreements.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        cells = [row["topics"] for row in csv.DictReader(lines)]
    named = {folded(words) for cell in cells for words in cell.split(";") if words.strip()}
    assert named
    assert named - {words for words, _, _ in rows} == set()
