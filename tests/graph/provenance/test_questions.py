"""The named queries answer what people ask, completely, with evidence, from the records alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.graph.build.build import make_graph
from citypact.graph.provenance.named_queries import values_of
from citypact.graph.provenance.trace import ProvenanceTracer
from citypact.graph.store.base import LocalStore, Store
from citypact.graph.store.labels import Names
from citypact.ontology import DCTERMS, ID, NS
from citypact.sources import PACKAGED
from tests.graph.provenance.questions import (
    Call,
    Change,
    Question,
    changes,
    questions,
    shown,
)

ASKED, OTHERS = questions("asked"), questions("others")
REGISTERED = questions("registered")
EVERY = [*ASKED, *OTHERS]
OF_DOCUMENTS = {
    "documents-read-in-full",
    "licence-of-document",
    "names-of",
    "publication-of-documents",
}
"""Queries whose rows may rest on our own words: a kind of document, a translated name."""
DERIVED_COLUMNS = {
    "agreements-of-city": ("status",),
    "agreements-on-topic": ("status",),
    "parties-of-agreement": ("status",),
    "mayors": ("firstObserved", "lastObserved"),
    "office-holders": ("firstObserved", "lastObserved"),
    "events": ("firstDay", "lastDay"),
    "chronology": ("accepted",),
    "statements": ("modality", "accepted"),
    "documents-on-topic": ("modality",),
    "aims-and-interests": ("modality",),
    "agreements-of-party": ("status",),
    "figures-of": ("measure",),
    "topics-not-shared": ("broader",),
}
"""Columns that tell of the claim itself or of what is derived; no statement has them as a term."""
NAMES = {"": ("labelKorean", "labelEnglish"), "date": ("edtf",)}
"""What a thing must have to be shown in both languages, by the kind of its IRI."""


@pytest.fixture(scope="session")
def store(records: LocalStore) -> Store:
    return records


def wording(question: Question) -> str:
    return question.wording


def judge(call: Call, store: Store) -> None:
    """The rows of a call are those of the table, no more and no less."""
    answer = call.answer(store)
    assert call.found(answer) == call.expected()
    assert len(set(answer.rows)) == len(answer.rows), "a row stands twice"


# Answers --------------------------------------------------------------------------------------


def test_there_are_thirty_questions_and_each_has_at_most_three_calls() -> None:
    assert len(ASKED) == 30
    assert len({question.wording for question in EVERY}) == len(EVERY)
    assert all(1 <= len(question.calls) <= 3 for question in EVERY)


@pytest.mark.parametrize("question", EVERY, ids=wording)
def test_a_question_is_answered_in_full(question: Question, store: Store) -> None:
    for call in question.calls:
        judge(call, store)


@pytest.mark.parametrize("question", REGISTERED, ids=wording)
def test_a_question_about_registers_is_answered_in_full(
    question: Question, packaged: LocalStore
) -> None:
    for call in question.calls:
        judge(call, packaged)


@pytest.mark.parametrize("question", [q for q in EVERY if q.also], ids=wording)
def test_answers_in_a_wider_sense(question: Question, store: Store) -> None:
    for call in question.also:
        judge(call, store)


def test_no_agreement_is_stated_to_be_binding(store: Store) -> None:
    answer = Call("agreements-by-legal-force", {}, []).answer(store)
    assert [row[answer.columns.index("binding")] for row in answer.rows] == [ox.Literal(False)]


def test_signatures_of_offices_name_nobody(store: Store) -> None:
    answer = Call("signatories-of-agreement", {"agreement": "seoul-los-angeles-2019"}, []).answer(
        store
    )
    assert {row[answer.columns.index("person")] for row in answer.rows} == {None}
    assert None not in {row[answer.columns.index("post")] for row in answer.rows}


def test_articles_are_shown_under_their_titles(store: Store) -> None:
    answer = Call("provisions-of-agreement", {"kind": "article"}, []).answer(store)
    names, at = Names.of(store), answer.columns.index("provision")
    for row in answer.rows:
        article = row[at]
        assert isinstance(article, ox.NamedNode)
        for quad in store.inner.quads_for_pattern(article, ox.NamedNode(DCTERMS + "title"), None):
            title = quad.object
            assert isinstance(title, ox.Literal) and title.language
            assert names.label(article.value, title.language).endswith(title.value)


def test_agreements_and_events_are_found_by_the_titles_that_documents_give_them(
    store: Store,
) -> None:
    names = Names.of(store)
    for kind in ("Agreement", "Event"):
        found = store.solutions(
            f"SELECT * WHERE {{ ?thing a citypact:{kind} ; dcterms:title ?title }}"
        )
        titles = [(row["thing"].value, row["title"].value) for row in found]
        assert titles
        for thing, title in titles:
            assert thing in names.find(title, kind)


@pytest.mark.parametrize("question", EVERY, ids=wording)
def test_everything_in_an_answer_has_a_name_in_both_languages(
    question: Question, store: Store
) -> None:
    for call in question.calls:
        for value in {value for row in call.answer(store).rows for value in row}:
            if isinstance(value, ox.NamedNode) and value.value.startswith(ID):
                for name in NAMES.get(value.value.removeprefix(ID).split("/")[0], NAMES[""]):
                    quads = store.inner.quads_for_pattern(value, ox.NamedNode(NS + name), None)
                    assert next(iter(quads), None), f"{value} has no {name}"


# Evidence -------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", EVERY, ids=wording)
def test_every_row_of_an_answer_leads_back_to_claims(question: Question, store: Store) -> None:
    tracer = ProvenanceTracer(store, Names.of(store))
    for call in question.calls:
        answer = call.answer(store)
        for row, statements in zip(answer.rows, tracer.behind_rows(answer), strict=True):
            claims = [claim for node in statements for claim in tracer.claims(node)]
            assert claims, shown(row)
            if call.query not in OF_DOCUMENTS:
                assert any(not claim.is_editorial for claim in claims), shown(row)


@pytest.mark.parametrize("question", ASKED, ids=wording)
def test_the_claims_behind_a_row_speak_of_what_the_row_shows(
    question: Question, store: Store
) -> None:
    tracer = ProvenanceTracer(store, Names.of(store))
    for call in question.calls:
        answer = call.answer(store)
        for row, statements in zip(answer.rows, tracer.behind_rows(answer), strict=True):
            spoken = {term for node in statements for term in tracer.triple(node)}
            documents = {claim.document for node in statements for claim in tracer.claims(node)}
            for column, value in zip(answer.columns, row, strict=True):
                if column in DERIVED_COLUMNS.get(call.query, ()):
                    continue
                several = column in answer.query.several
                for part in values_of(value) if several else filter(None, [value]):
                    known = part in spoken or part.value in documents
                    words = {term.value for term in spoken if isinstance(term, ox.Literal)}
                    assert known or part.value in words, f"{column} of {shown(row)}"


# The answers come from the records ------------------------------------------------------------


def changed(folder: Path, file: str, old: str, new: str) -> Store:
    """The graph of the packaged sources with one text in one file replaced."""
    for part in ("entities", "records"):
        shutil.copytree(PACKAGED / part, folder / part)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return make_graph(folder)


@pytest.mark.parametrize("change", changes(), ids=lambda change: change.wording)
def test_a_changed_record_changes_the_answer(change: Change, store: Store, tmp_path: Path) -> None:
    graph = changed(tmp_path, change.file, change.old, change.new)
    before = set(change.call.found(change.call.answer(store)))
    after = set(change.call.found(change.call.answer(graph)))
    assert before - after == change.gone
    assert after - before == change.come
    assert before != after


def test_a_later_hour_changes_the_order_of_the_day(store: Store, tmp_path: Path) -> None:
    file = "records/seoul-san-francisco-2013.yaml"
    graph = changed(tmp_path, file, "{is: 08:00,", "{is: 10:00,")
    call = Call("events", {"city": "Seoul", "day": "2013-10-21"}, [], in_order=True)
    before, after = ([row[0] for row in call.answer(one).rows] for one in (store, graph))
    assert before == after[::-1]
