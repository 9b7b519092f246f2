"""The notes of a brief: which document says a sentence, at which passage, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from citypact.graph.provenance.citations import STYLE_OF, WRITERS, Bibliography
from citypact.graph.provenance.trace import Evidence
from citypact.graph.relations.facts import FactReader
from citypact.graph.text.dates import written_date
from citypact.graph.text.messages import Messages
from citypact.ontology import CODE, EDITORS, is_editors
from citypact.sources.model import Date, Span
from citypact.sources.reading.edtf import parse_edtf
from citypact.sources.reading.text_fragments import words_of_link

message = Messages("brief/words.toml")
MOST_DOCUMENTS = 3
"""How many documents a sentence cites; of the others their number is given."""
MOST_PASSAGES = 8
"""How many passages of a document a note links."""


REPORTED = "reported"
"""The modality that a note names; of the others the sentences speak."""


@dataclass(frozen=True)
class NotePassage:
    """A link that opens a document, and the words at which it opens ('' where it has none).

    span: where the passage is in a text that is not on the web, so that there is no link.
    """

    link: str
    words: str
    span: Span | None = None


@dataclass(frozen=True)
class Note:
    """A note in words.

    citation: the document as it is cited, without its address; '' where note `same` has it.
    passages: at least one where the document is on the web. marks: how the document says it, where
    it does not assert it in so many words.
    """

    number: int
    document: str
    citation: str
    same: int
    address: str
    passages: tuple[NotePassage, ...]
    marks: tuple[str, ...]
    is_editorial: bool = False


class NoteList:
    """The notes of a brief in the order in which its sentences need them; the same note once."""

    def __init__(self, reader: FactReader, language: str) -> None:
        self.reader, self.language = reader, language
        self._bibliography = Bibliography(reader.store, reader.names)
        self._by_content: dict[Note, Note] = {}
        self._first: dict[str, int] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes by number."""
        return tuple(self._by_content.values())

    @property
    def latest(self) -> Date | None:
        """The latest date of publication of the documents that are cited; None without any."""
        dates = [
            parse_edtf(text)
            for iri in self._first
            if (text := self.reader.tracer.documents.published(iri))
        ]
        days = [(date.end, date.text, date) for date in dates if date.end]
        return max(days)[2] if days else None

    def numbers(self, claims: Iterable[Evidence]) -> tuple[tuple[int, ...], int]:
        """The numbers of the notes for a sentence, and how many documents are left out."""
        by_document: dict[str, list[Evidence]] = {}
        for claim in claims:
            by_document.setdefault(claim.document, []).append(claim)
        if not by_document:
            return (), 0
        cited = _covering(by_document)
        said = {iri: {claim.statement for claim in found} for iri, found in by_document.items()}
        more = sum(said[iri] >= said[cited[0]] for iri in by_document if iri not in cited)
        return tuple(sorted(self._number(iri, by_document[iri]) for iri in cited)), more

    def _number(self, document: str, claims: list[Evidence]) -> int:
        if is_editors(document):
            content = self._editorial(document, claims[0])
        else:
            content = Note(
                0, document, "", 0, claims[0].address, _passages(claims), self._marks(claims)
            )
        if content not in self._by_content:
            number = len(self._by_content) + 1
            first = self._first.setdefault(document, number)
            citation = self._citation(document) if not content.is_editorial else content.citation
            self._by_content[content] = replace(
                content,
                number=number,
                citation=citation if first == number else "",
                same=0 if first == number else first,
            )
        return self._by_content[content].number

    def _editorial(self, document: str, claim: Evidence) -> Note:
        words = message("note.editors")
        if document != EDITORS:
            words = message("note.editors_named", name=claim.title)
        return Note(0, document, words[self.language], 0, "", (), (), True)

    def _citation(self, document: str) -> str:
        """The document without its addresses: those are links of their own."""
        cited = self._bibliography.document(document)
        bare = replace(cited, address="", archive="", retrieved=None)
        return WRITERS[STYLE_OF[self.language]](bare)

    def _marks(self, claims: list[Evidence]) -> tuple[str, ...]:
        """What all claims of a document have in common in how they are put."""
        names = self.reader.names
        marks = []
        if all(claim.modality == REPORTED for claim in claims):
            marks.append(names.label(f"{CODE}modality/{REPORTED}", self.language))
        for who in _common(claim.attributed_to for claim in claims):
            marks.append(message("note.attributed", who=names.both(who))[self.language])
        for day in _common(claim.as_of for claim in claims):
            words = written_date(parse_edtf(day))
            marks.append(message("note.as_of", day=words)[self.language])
        if all(claim.is_inferred for claim in claims):
            marks.append(message("note.inferred")[self.language])
        return tuple(marks)


def _common(values: Iterable[str]) -> list[str]:
    """The value that all have, if it is one and not empty."""
    found = set(values)
    return [value for value in found if value] if len(found) == 1 else []


def _covering(by_document: dict[str, list[Evidence]]) -> list[str]:
    """Documents that make all statements of a sentence, as few as can be found one by one.

    Each next one is that with most statements that are still without a document; of equal ones
    that whose link leads nearest to the words, then the oldest. There are `MOST_DOCUMENTS` at most.
    """
    said = {iri: {claim.statement for claim in found} for iri, found in by_document.items()}
    missing = set[str]().union(*said.values())
    cited: list[str] = []
    while missing and len(cited) < MOST_DOCUMENTS:
        best = min(
            (iri for iri in said if said[iri] & missing),
            key=lambda iri: (
                is_editors(iri),
                -len(said[iri] & missing),
                min(_NEARNESS[claim.link_opens_at] for claim in by_document[iri]),
                by_document[iri][0].published or "9999",
                iri,
            ),
        )
        cited.append(best)
        missing -= said[best]
    return cited


_NEARNESS = {"words": 0, "passage of the document": 1, "page": 2, "": 3}


def _passages(claims: list[Evidence]) -> tuple[NotePassage, ...]:
    """The nearest links to the words: of each claim the longest passage, else of the document."""
    links = [
        max((p.link for p in claim.passages if p.link), key=lambda link: len(words_of_link(link)))
        for claim in claims
        if any(p.link for p in claim.passages)
    ]
    links = list(dict.fromkeys(links)) or list(dict.fromkeys(c.link for c in claims if c.link))
    if not links:
        spans = {_longest(claim) for claim in claims if claim.passages}
        whole_spans = [one for one in sorted(spans) if not any(_holds(o, one) for o in spans)]
        return tuple(NotePassage("", "", span) for span in whole_spans[:MOST_PASSAGES])
    shown = [NotePassage(link, words_of_link(link)) for link in links]
    whole = [each for each in shown if not _is_within(each, shown)]
    return tuple(whole[:MOST_PASSAGES])


def _longest(claim: Evidence) -> Span:
    return max((p.span for p in claim.passages), key=lambda span: (span[1] - span[0], -span[0]))


def _holds(one: Span, other: Span) -> bool:
    """Whether the first span contains the second and more."""
    return one != other and one[0] <= other[0] and other[1] <= one[1]


def _is_within(one: NotePassage, all_passages: list[NotePassage]) -> bool:
    """Whether another passage has the words of this one and more."""
    return bool(one.words) and any(
        one.words != other.words and one.words in other.words for other in all_passages
    )


__all__ = ["MOST_DOCUMENTS", "Note", "NoteList", "NotePassage"]
