"""Two language versions of an agreement side by side: articles aligned, with what differs.

Records say of each statement in which words of which version it stands. A provision is one thing
for both versions, so they are aligned by it; a statement with words in one version alone is a
difference, as in the named query `differences-between-language-versions`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from citypact.graph.provenance.trace import Evidence, Passage
from citypact.graph.rdf.terms import CLAIMS, term
from citypact.graph.relations.facts import FactReader
from citypact.ontology import DCTERMS, NS, RDF
from citypact.ontology.vocabulary import Term

LEFT_OUT = frozenset(
    {RDF + "type", DCTERMS + "title", *(NS + n for n in ("officialName", "provisionKind"))}
)
"""Properties (IRIs) that differ by nature between languages, or of which nothing hangs."""


@dataclass(frozen=True)
class VersionStatement:
    """What a document states of a provision, and in which of its versions (codes of languages)."""

    predicate: str
    value: Term
    languages: tuple[str, ...]
    claims: tuple[Evidence, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class AlignedProvision:
    """A provision (IRI) in all versions.

    depth: 0 for the agreement itself, 1 for its articles, and so on. number: of its article, ''
    without one. passages: where it stands, by language. differences: what one version alone states;
    a thing of which all stands in one version alone is only there: see `languages`.
    """

    iri: str
    depth: int
    kind: str
    number: str
    languages: tuple[str, ...]
    passages: dict[str, tuple[Passage, ...]] = field(hash=False, repr=False)
    statements: tuple[VersionStatement, ...] = field(repr=False)
    differences: tuple[VersionStatement, ...]


@dataclass(frozen=True)
class LanguageVersions:
    """The versions of an agreement (IRI) in a document (IRI) of several languages (codes)."""

    agreement: str
    document: str
    languages: tuple[str, ...]
    provisions: tuple[AlignedProvision, ...]


def bilingual_agreements(reader: FactReader) -> list[str]:
    """The agreements (IRIs) of which a document with several language versions is at hand."""
    documents = {
        quad.subject.value  # type: ignore[union-attr]
        for quad in reader.store.quads(None, term("textLanguage"), None, ox.DefaultGraph())
        if len(reader.values(quad.subject.value, "textLanguage")) > 1  # type: ignore[union-attr]
    }
    return sorted(
        {
            iri
            for document in documents
            for iri in reader.values(document, "fullTextOf")
            if "Agreement" in reader.names.kinds(iri)
        }
    )


def language_versions(reader: FactReader, agreement: str) -> LanguageVersions | None:
    """The versions of an agreement side by side; None where no document has several."""
    for document in reader.subjects(agreement, "fullTextOf"):
        languages = tuple(iri.rsplit("/", 1)[1] for iri in reader.values(document, "textLanguage"))
        if len(languages) > 1:
            parts = ((agreement, 0), *_parts(reader, agreement, 1))
            found = tuple(_aligned(reader, document, languages, *part) for part in parts)
            return LanguageVersions(agreement, document, languages, found)
    return None


def _parts(reader: FactReader, iri: str, depth: int) -> Iterator[tuple[str, int]]:
    """The provisions of a whole in the order of the document, each followed by its own parts."""
    for part in sorted(reader.values(iri, "hasProvision"), key=lambda p: _place(reader, p)):
        yield part, depth
        yield from _parts(reader, part, depth + 1)


def _place(reader: FactReader, provision: str) -> tuple[int, int, str]:
    """Where a provision stands: by its number, else by its first character in a document."""
    number = next(iter(reader.values(provision, "provisionNumber")), "")
    starts = [
        passage.span[0]
        for statement in _statements(reader, provision)
        for claim in reader.tracer.claims(statement)
        for passage in claim.passages
    ]
    return int(number) if number.isdigit() else 0, min(starts, default=0), provision


def _statements(reader: FactReader, iri: str) -> list[ox.NamedNode]:
    quads = reader.store.quads(None, ox.NamedNode(RDF + "subject"), ox.NamedNode(iri), CLAIMS)
    return sorted((quad.subject for quad in quads), key=str)  # type: ignore[misc]


def _aligned(
    reader: FactReader, document: str, languages: tuple[str, ...], iri: str, depth: int
) -> AlignedProvision:
    passages: dict[str, set[Passage]] = defaultdict(set)
    statements = []
    for node in _statements(reader, iri):
        claims = tuple(c for c in reader.tracer.claims(node) if c.document == document)
        _, predicate, value = reader.tracer.triple(node)
        spoken = {p.language for claim in claims for p in claim.passages if p.language}
        for claim in claims:
            for passage in claim.passages:
                if passage.language:
                    passages[passage.language].add(passage)
        if spoken and predicate.value not in LEFT_OUT:
            said = tuple(language for language in languages if language in spoken)
            statements.append(VersionStatement(predicate.value, value, said, claims))
    ordered = sorted(statements, key=lambda s: (s.predicate, str(s.value)))
    return AlignedProvision(
        iri,
        depth,
        next(iter(reader.values(iri, "provisionKind")), "").rsplit("/", 1)[-1],
        next(iter(reader.values(iri, "provisionNumber")), ""),
        tuple(language for language in languages if language in passages),
        {
            language: tuple(sorted(passages[language], key=lambda p: p.span))
            for language in languages
            if language in passages
        },
        tuple(ordered),
        tuple(s for s in ordered if set(s.languages) != set(languages)),
    )


__all__ = [
    "AlignedProvision",
    "LanguageVersions",
    "VersionStatement",
    "bilingual_agreements",
    "language_versions",
]
