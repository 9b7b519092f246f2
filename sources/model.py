"""What reading the sources yields: documents, things and claims, each with its place in a file."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from citypact.ontology import EDITORS
from citypact.sources.dates import Date as Date

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

Span = tuple[int, int]
"""Start and end of a run of characters: Unicode code points from 0, the end exclusive."""


@dataclass(frozen=True)
class Place:
    """Where something is written: file, line (from 1) and the dotted path of the field."""

    file: str
    line: int
    field: str


@dataclass(frozen=True)
class Document:
    """A source document: its IRI, its text's digest and length, and how its text is made up.

    `versions` are the language versions with their spans; `copies` are pairs of spans where the
    second repeats the first, so that evidence in the first stands in the second as well.
    """

    iri: str
    slug: str
    place: Place
    sha256: str = ""
    characters: int = 0
    versions: tuple[tuple[str, Span], ...] = ()
    copies: tuple[tuple[Span, Span], ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether offsets can point into its text."""
        return bool(self.sha256)

    def language_of(self, span: Span) -> str:
        """The language version in which a span lies; empty where versions are not told apart."""
        for language, (start, end) in self.versions:
            if start <= span[0] and span[1] <= end:
                return language
        return ""

    def original(self, span: Span) -> Span:
        """The span that a span repeats; the span itself where it repeats none."""
        for (start, _), (again, last) in self.copies:
            if again <= span[0] and span[1] <= last:
                return span[0] - again + start, span[1] - again + start
        return span

    def with_copies(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The spans together with those that repeat them, sorted, each once."""
        found = set(spans)
        for (start, end), (again, _) in self.copies:
            found |= {
                (first - start + again, last - start + again)
                for first, last in spans
                if start <= first and last <= end
            }
        return tuple(sorted(found))


@dataclass(frozen=True)
class PassageWords:
    """How a passage of a source begins and ends, in a few words.

    start: its first words, or all of a short passage, which then has no `end`. prefix, suffix: the
    words before and after it, where the others are on the page more than once.
    """

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Thing:
    """Something that records speak of: its IRI, class and the place that declares it."""

    iri: str
    class_name: str
    place: Place
    is_entity: bool


@dataclass(frozen=True)
class Claim:
    """That one document states one triple, with evidence, modality, rank and remarks."""

    subject: str
    predicate: str
    object: ox.NamedNode | ox.Literal | Date
    document: str
    place: Place
    spans: tuple[Span, ...] = ()
    modality: str = "asserted"
    rank: str = "normal"
    as_of: Date | None = None
    is_inferred: bool = False
    attributed_to: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass
class Sources:
    """Everything that the records and entity files say.

    `labelled` are the things for which a file has `label`; `is_complete` is False while a file,
    section or thing could not be read, so that its names are unknown. `imported` are the triples
    of imported lists by the IRI of their source, `listed` the cities of which one row of a list
    says all that is known, and was checked when it was read. `passages` are the words by which
    links open a document (IRI) at a span, or, without a span, at what it is cited for. `editors`
    are the documents (IRIs) that stand for the editors of projects which name them, by what stands
    before the names of their files: nothing, or `busan:` for a project that is built on.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    imported: dict[str, list[Triple]] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    passages: dict[tuple[str, Span | None], PassageWords] = field(default_factory=dict)
    labelled: set[str] = field(default_factory=set)
    is_complete: bool = True
    editors: dict[str, str] = field(default_factory=dict)

    def editors_of(self, file: str) -> str:
        """The document for what a file states without a source."""
        prefix, colon, _ = file.rpartition(":")
        return self.editors.get(prefix + colon, EDITORS)

    def cities_of_lists_alone(self) -> set[str]:
        """Cities (IRIs) of which nothing is known but the row of an imported list."""
        named = {claim.subject for claim in self.claims}
        named |= {c.object.value for c in self.claims if isinstance(c.object, ox.NamedNode)}
        return self.listed - named

    def passage(self, document: Document, span: Span | None = None) -> PassageWords | None:
        """The words of a span, or of what a document is cited for; None where none are kept."""
        return self.passages.get((document.iri, document.original(span) if span else None))
