"""Checks records, ontology and evidence, and reports how well the graph is documented."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from citypact.graph.build.build import graph_of
from citypact.graph.build.claims import node_of
from citypact.graph.build.contradictions import Contradiction, contradictions
from citypact.graph.build.validate import claim_problems, vocabulary_problems
from citypact.graph.provenance.counts import claims_by_place, count
from citypact.graph.provenance.coverage import Coverage, coverages
from citypact.graph.provenance.coverage import as_json as coverage_as_json
from citypact.graph.store.labels import Names
from citypact.ontology import NS, is_editors
from citypact.ontology.errors import Message, Problem
from citypact.ontology.vocabulary import Property, vocabulary
from citypact.sources.files.csv_tables import table
from citypact.sources.model import Claim, Document, PassageWords, Sources, Span
from citypact.sources.reading.base_changes import BaseChanges, accept_base, base_changes
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.passages import path_of_table, spans_of
from citypact.sources.reading.project import read_project
from citypact.sources.reading.text_fragments import passage_link, passage_words
from citypact.sources.reading.texts import Texts

DESCRIBED_BY = {
    "title": "title",
    "publisher": "publisherName",
    "published": "publishedOn",
    "languages": "textLanguage",
    "retrieved": "retrievedOn",
    "archive_address": "archiveAddress",
    "passage": "passageLink",
}
"""What a document is cited by: the record fields, and the words of a passage; the properties."""


@dataclass
class DocumentReport:
    """How one document is documented.

    state: 'verified' (its text is at hand and fits), 'not at hand', 'wrong' (at hand, but the
    record does not fit it) or 'cited by address' (no text identified). covered: share of the
    characters that lie in evidence spans; None without text. of_register: whether a register
    rather than a record names it. lacks: the fields of `DESCRIBED_BY` that are not filled in: what
    is not known of it, which is no fault. without_passage: spans whose words are not kept, so that
    no link opens there. link: the address with the passage that confirms what the document is cited
    for; '' where it is not known.
    """

    slug: str
    title: dict[str, str]
    address: str
    state: str
    claims: int
    spans: int
    covered: float | None
    of_register: bool = False
    lacks: tuple[str, ...] = ()
    without_passage: tuple[Span, ...] = ()
    link: str = ""


@dataclass
class CheckReport:
    """What a check found. There are problems where `problems` is not empty."""

    problems: list[Problem]
    documents: list[DocumentReport]
    free_text: list[Claim]
    evidenced: int
    inferred: int
    editorial: int
    contradictions: list[Contradiction]
    coverages: list[Coverage]
    by_place: dict[str, int]
    """How many claims can be read where: see `citypact.graph.provenance.counts.WHERE_CLAIMED`."""
    unmapped: list[tuple[str, str]]
    """Words that registers' sources use for topics and that the scheme cannot hold, with why."""
    names: Names
    base: BaseChanges
    """What the base of the project says otherwise than when it was noted."""

    @property
    def described(self) -> dict[str, int]:
        """For each field of `DESCRIBED_BY` how many documents have it."""
        return {
            name: sum(name not in document.lacks for document in self.documents)
            for name in DESCRIBED_BY
        }

    @property
    def free_text_share(self) -> float:
        """The share of free text among the claims that have evidence."""
        return len(self.free_text) / self.evidenced if self.evidenced else 0.0


def check(sources: Path, texts: Texts | None = None, *, accept: bool = False) -> CheckReport:
    """Checks the sources below a folder; with `texts` also hashes, lengths and copies.

    With `accept` what the base of a project says now is noted, and compared with from then on.
    Raises RecordError where records cannot be read or break a shape.
    """
    found, project = load_sources(sources), read_project(sources)
    base = base_changes(project, found)
    store = graph_of(found)
    if accept and project.bases:
        accept_base(project, found)
    names = Names.of(store)
    problems = claim_problems(store.inner) + vocabulary_problems()
    documents = []
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in found.claims:
        by_document[claim.document].append(claim)
    described = {(claim.subject, claim.predicate) for claim in found.claims}
    described |= {(iri, NS + DESCRIBED_BY["passage"]) for iri, _ in found.passages}
    properties = {name: vocabulary().properties[key].iri for name, key in DESCRIBED_BY.items()}
    rows = store.solutions("SELECT ?d ?a WHERE { ?d citypact:address ?a }")
    addresses = {row["d"].value: row["a"].value for row in rows}
    spans = spans_of(found)
    for document in sorted(found.documents.values(), key=lambda d: d.slug):
        state, faults = _state(document, texts)
        problems += faults
        if state == "verified":
            problems += _passages(found, document, texts, spans.get(document.iri, []))
        documents.append(
            _document(
                document,
                state,
                by_document[document.iri],
                names.both(document.iri),
                addresses.get(document.iri, ""),
                tuple(n for n, p in properties.items() if (document.iri, p) not in described),
                tuple(
                    span
                    for span in spans.get(document.iri, ())
                    if found.passage(document, span) is None
                ),
                found.passage(document),
            )
        )
    ours = {node_of(claim): claim for claim in found.claims if not is_editors(claim.document)}
    evidenced = count(store, "claims of documents")
    return CheckReport(
        problems,
        documents,
        [claim for claim in ours.values() if (prop := _property(claim)) and prop.free_text],
        evidenced,
        count(store, "implied claims"),
        count(store, "claims") - evidenced,
        contradictions(found),
        coverages(store),
        claims_by_place(store),
        _unmapped(sources / "registers" / "topic-words.csv"),
        names,
        base,
    )


def _unmapped(path: Path) -> list[tuple[str, str]]:
    if not path.exists():
        return []
    header, rows = table(path, f"registers/{path.name}")
    cells = [dict(zip(header, row, strict=True)) for _, row in rows]
    return [(row["words"], row.get("reason", "")) for row in cells if not row["topic"]]


def _property(claim: Claim) -> Property | None:
    return vocabulary().by_iri(claim.predicate)


def _state(document: Document, texts: Texts | None) -> tuple[str, list[Problem]]:
    if not document.has_text:
        return "cited by address", []
    text = texts.by_digest.get(document.sha256) if texts else None
    if text is None:
        return "not at hand", []
    place, faults = document.place, []

    def fault(name: str, message: str, cure: str) -> None:
        faults.append(Problem(place.file, place.line, f"document.{name}", message, cure))

    if len(text) != document.characters:
        fault(
            "characters",
            Message("the text has {count} {count:character|characters}", count=len(text)),
            Message("write {count}", count=len(text)),
        )
    for (start, end), (again, stop) in document.copies:
        if text[start:end] != text[again:stop]:
            fault(
                "copies",
                Message(
                    "{start}-{end} is not repeated at {again}-{stop}",
                    start=start,
                    end=end,
                    again=again,
                    stop=stop,
                ),
                "measure again",
            )
    return ("wrong" if faults else "verified"), faults


def _passages(
    found: Sources, document: Document, texts: Texts | None, spans: list[Span]
) -> list[Problem]:
    """Words that are kept for a passage and are not those of the text: it or a span has changed."""
    text = texts.by_digest[document.sha256] if texts else ""
    kept = {span: words for (iri, span), words in found.passages.items() if iri == document.iri}
    wrong = [
        span
        for span, words in kept.items()
        if span is not None and (span not in spans or words != passage_words(text, span))
    ]
    if not wrong:
        return []
    return [
        Problem(
            str(path_of_table(Path(), document)),
            0,
            f"{wrong[0][0]}-{wrong[0][1]}",
            Message(
                "{count} {count:passage is not that|passages are not those} of the text",
                count=len(wrong),
            ),
            Message("run `citypact passages` with the same --sources and --documents"),
        )
    ]


def _document(
    document: Document,
    state: str,
    claims: list[Claim],
    title: dict[str, str],
    address: str,
    lacks: tuple[str, ...],
    without_passage: tuple[Span, ...],
    words: PassageWords | None,
) -> DocumentReport:
    spans = {span for claim in claims for span in claim.spans}
    covered = {position for start, end in spans for position in range(start, end)}
    return DocumentReport(
        document.slug,
        title,
        address,
        state,
        len(set(map(node_of, claims))),
        len(spans),
        round(len(covered) / document.characters, 3) if document.characters else None,
        # A file of a base has its name before it: citypact:registers/documents.csv.
        document.place.file.rpartition(":")[2].startswith("registers/"),
        lacks,
        without_passage,
        passage_link(address, words),
    )


def as_json(report: CheckReport) -> dict[str, Any]:
    """A report for programs."""
    return {
        "problems": [str(problem) for problem in report.problems],
        "documents": [vars(document) for document in report.documents],
        "documents described": {"documents": len(report.documents), **report.described},
        "claims with a document": report.evidenced,
        "inferred claims": report.inferred,
        "editorial claims": report.editorial,
        "claims by place": report.by_place,
        "free text share": round(report.free_text_share, 4),
        "free text": [
            {"file": c.place.file, "line": c.place.line, "field": c.place.field}
            for c in report.free_text
        ],
        "contradictions": [asdict(each) for each in report.contradictions],
        "unmapped topic words": [
            {"words": words, "reason": reason} for words, reason in report.unmapped
        ],
        "coverage": [coverage_as_json(each) for each in report.coverages],
        "base changes": {"gone": report.base.gone, "new": report.base.new},
    }
