"""Where sources contradict each other, which value the facts follow, and why.

A property that has one value (`citypact:hasOneValue`) is contradicted where claims of documents
give several that cannot all hold: two dates of which neither lies within the other, two relation
types, two totals. The rank that a record or register gives decides between them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from citypact.graph.provenance.disagreements import can_all_hold
from citypact.graph.rdf.terms import FACTUAL
from citypact.ontology import NS, is_editors
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.model import Claim, Date, Sources
from citypact.sources.reading.text_fragments import passage_link


@dataclass(frozen=True)
class ClaimSource:
    """One document's claim of a value: the document's IRI, address and date, and how it puts it.

    link: the address that opens at the passage, where its words are known. published is EDTF, as_of
    the date for which the value is said to hold; both may be empty.
    """

    document: str
    address: str
    link: str
    published: str
    modality: str
    rank: str
    as_of: str
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Value:
    """A value that is claimed, its sources, and whether the facts follow it."""

    value: str
    followed: bool
    sources: tuple[ClaimSource, ...]


@dataclass(frozen=True)
class Contradiction:
    """One property of one thing for which sources give values that cannot all hold.

    decided is False where no rank decides and the facts hold several; `reasons` are the words, by
    language, of the rank that does.
    """

    subject: str
    predicate: str
    values: tuple[Value, ...]
    decided: bool
    reasons: tuple[tuple[str, str], ...]


def contradictions(sources: Sources) -> list[Contradiction]:
    """Every contradiction between the documents of the sources, sorted by subject and property."""
    properties = {p.iri for p in vocabulary().properties.values() if p.one_value}
    by_place: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    about: dict[str, dict[str, str]] = defaultdict(dict)
    for claim in sources.claims:
        if claim.subject in sources.documents:
            about[claim.subject][claim.predicate] = _text(claim)
        elif claim.predicate in properties and not is_editors(claim.document):
            by_place[claim.subject, claim.predicate].append(claim)
    found = []
    for (subject, predicate), claims in sorted(by_place.items()):
        if not _agree(claims):
            found.append(_contradiction(subject, predicate, claims, about, sources))
    return found


def _contradiction(
    subject: str,
    predicate: str,
    claims: list[Claim],
    about: dict[str, dict[str, str]],
    sources: Sources,
) -> Contradiction:
    best = _followed(claims)
    by_value: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_value[_text(claim)].append(claim)
    values = [
        Value(
            value,
            any(claim in best for claim in said),
            tuple(
                sorted((_source(claim, about, sources) for claim in said), key=lambda v: v.document)
            ),
        )
        for value, said in sorted(by_value.items())
    ]
    reasons = next((claim.reasons for claim in best if claim.reasons), ()) or next(
        (claim.reasons for claim in claims if claim.reasons), ()
    )
    return Contradiction(subject, predicate, tuple(values), _agree(best), reasons)


def _followed(claims: list[Claim]) -> list[Claim]:
    """The claims that become facts: those of the best rank that documents assert or report."""
    factual = [c for c in claims if c.modality in FACTUAL and c.rank != "deprecated"]
    return [c for c in factual if c.rank == "preferred"] or factual


def _source(claim: Claim, about: dict[str, dict[str, str]], sources: Sources) -> ClaimSource:
    document = about[claim.document]
    address = document.get(NS + "address", "")
    words = (
        sources.passage(sources.documents[claim.document], span) for span in (*claim.spans, None)
    )
    return ClaimSource(
        claim.document,
        address,
        passage_link(address, next(filter(None, words), None)) or address,
        document.get(NS + "publishedOn", ""),
        claim.modality,
        claim.rank,
        claim.as_of.text if claim.as_of else "",
        claim.notes,
    )


def _text(claim: Claim) -> str:
    """A value as text: a date as EDTF, anything else as its IRI or literal."""
    return claim.object.text if isinstance(claim.object, Date) else claim.object.value


def _agree(claims: list[Claim]) -> bool:
    """Whether the values of all claims can be true."""
    values = (claim.object for claim in claims)
    return can_all_hold(value if isinstance(value, Date) else value.value for value in values)
