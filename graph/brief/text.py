"""The words of a brief: sections of lines, each part of a line with the numbers of its notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from citypact.graph.brief.data import AgreementSummary, Brief, Commitment, Matter, Partnership
from citypact.graph.brief.notes import Note, NoteList
from citypact.graph.provenance.disagreements import Disagreement
from citypact.graph.provenance.trace import Evidence
from citypact.graph.rdf.terms import is_date, read_date
from citypact.graph.relations.facts import FactReader
from citypact.graph.text.bilingual import Words
from citypact.graph.text.dates import written_date
from citypact.graph.text.messages import Messages
from citypact.graph.text.templates import Templates
from citypact.ontology import CODE
from citypact.sources.model import Date
from citypact.sources.reading.edtf import parse_edtf

message = Messages("brief/words.toml")
MOST = 14
"""How many lines a section has at most, so that a brief stays on two sides of paper."""


@dataclass(frozen=True)
class Part:
    """A sentence with the numbers of its notes, and how many further documents say the same."""

    text: str
    notes: tuple[int, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class BriefLine:
    """A line: a sentence and what belongs to it, a `heading`, or an `absence` without a source."""

    parts: tuple[Part, ...]
    kind: str = "sentence"


@dataclass(frozen=True)
class Section:
    """A heading with its lines."""

    title: str
    lines: tuple[BriefLine, ...]


@dataclass(frozen=True)
class BriefText:
    """A brief in one language, ready to be laid out: everything is text, nothing is escaped."""

    language: str
    title: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    remarks: tuple[str, ...]
    notes: tuple[Note, ...] = field(repr=False)


def brief_text(reader: FactReader, found: Brief, language: str) -> BriefText:
    """A brief in a language (`ko` or `en`)."""
    return _BriefWriter(reader, found, language).text()


class _BriefWriter:
    def __init__(self, reader: FactReader, found: Brief, language: str) -> None:
        self.reader, self.found, self.language = reader, found, language
        self.notes = NoteList(reader, language)
        self.templates = Templates(
            "brief",
            reader.names.both,
            {
                "force_code": lambda code: f"{CODE}force/{code}",
                "language_name": lambda code: f"{CODE}language/{code}",
                "last": False,
            },
        )

    def text(self) -> BriefText:
        found = self.found
        written = [(name, tuple(lines(self))) for name, lines in _SECTIONS.items()]
        sections = []
        for name, lines in written:
            if not lines and name in self._needed:
                lines = (self._absence(name, counterpart=self._both(found.counterpart)),)
            if lines:
                sections.append(Section(self._say(f"section.{name}"), lines))
        missing = [
            self._say(f"section.{name}")
            for name, lines in written
            if not lines and name not in (*self._needed, "relation", "brokered", "others")
        ]
        absences = [self._absence("sections", names=", ".join(missing))] if missing else []
        if found.undated:
            absences.append(self._absence("undated", n=found.undated))
        if absences:
            last = sections[-1]
            sections[-1] = replace(last, lines=(*last.lines, *absences))
        about = [self._say("brief.relation", counterpart=self._both(found.counterpart))]
        if found.as_of:
            day = written_date(parse_edtf(found.as_of.isoformat()))
            about.append(self._say("brief.as_of", day=day))
        if latest := self.notes.latest:
            about.append(self._say("brief.latest", day=written_date(latest)))
        has_absence = any(line.kind == "absence" for each in sections for line in each.lines)
        return BriefText(
            self.language,
            self._say("brief.title", subject=self._both(found.subject)),
            tuple(about),
            tuple(sections),
            (self._say("absence.mark"),) if has_absence else (),
            self.notes.notes,
        )

    @property
    def _needed(self) -> tuple[str, ...]:
        """The sections that say so where nothing is on record: a body is no partner city."""
        places = (self.found.subject, self.found.counterpart)
        are_places = all("LocalArea" in self.reader.names.kinds(iri) for iri in places)
        return ("relation", "agreements") if are_places else ("agreements",)

    # Words

    def _both(self, iri: str) -> Words:
        return self.reader.names.both(iri)

    def _name(self, iri: str) -> str:
        return self.reader.names.label(iri, self.language)

    def _say(self, name: str, **fields: str | int | Words) -> str:
        return message(name, **fields)[self.language]

    def _absence(self, name: str, **fields: str | int | Words) -> BriefLine:
        return BriefLine((Part("※ " + self._say(f"absence.{name}", **fields)),), "absence")

    def _part(self, macro: str, claims: Iterable[Evidence], *values: Any) -> Part:
        text = self.templates.words(macro, *values)[self.language]
        notes, more = self.notes.numbers(claims)
        return Part(text, notes, more)

    def _parts(self, *wanted: tuple[str, tuple[Evidence, ...], Any]) -> BriefLine:
        """A line of sentences that have sources; what has none is not written."""
        return BriefLine(
            tuple(self._part(macro, claims, item) for macro, claims, item in wanted if claims)
        )

    def _cut(self, lines: Iterable[BriefLine]) -> Iterator[BriefLine]:
        """The first lines, and how many more there are. Notes are numbered as lines are written."""
        rest = 0
        for place, line in enumerate(line for line in lines if line.parts):
            if place < MOST:
                yield line
            else:
                rest += 1
        if rest:
            yield self._absence("cut", n=rest)

    # Sections

    def relation(self) -> Iterator[BriefLine]:
        for each in self.found.partnerships:
            yield self._partnership(each)

    def _partnership(self, each: Partnership) -> BriefLine:
        wanted = [
            ("relation", each.sources["relation"], True),
            ("relation_by", each.sources["by"], each.established_by),
            ("relation_supersedes", each.sources["supersedes"], each.supersedes),
            ("relation_ended", each.sources["ended"], each.ended),
        ]
        return self._parts(*((macro, claims, each) for macro, claims, given in wanted if given))

    def agreements(self) -> Iterator[BriefLine]:
        return self._cut(self._agreement(each) for each in self.found.agreements)

    def brokered(self) -> Iterator[BriefLine]:
        return self._cut(self._agreement(each) for each in self.found.brokered)

    def _agreement(self, each: AgreementSummary) -> BriefLine:
        wanted = [
            ("concluded", "concluded", True),
            ("parties", "parties", len(each.parties) > 1),
            ("forms", "forms", each.forms or each.modes),
            ("topics", "topics", each.topics),
            ("binding", "binding", each.is_binding is not None),
            ("helped", "helped", each.facilitators),
            ("before", "before", each.builds_on),
        ]
        return self._parts(*((macro, each.sources[n], each) for macro, n, given in wanted if given))

    def commitments(self) -> Iterator[BriefLine]:
        groups = self.found.commitments
        every = [each for group in groups for each in group.commitments]
        agreements = {each.agreement for each in every}
        if len(agreements) == 1:
            (agreement,) = agreements
            said = self._say("brief.of_agreement", agreement=self._both(agreement))
            yield BriefLine((Part(said),), "heading")
        if not all(each.is_signed for each in every):
            said = "※ " + self._say("brief.unconfirmed_content")
            yield BriefLine((Part(said),), "absence")
        for group in groups:
            named = self._name(group.topic) if group.topic else self._say("brief.other_field")
            yield BriefLine((Part(named),), "heading")
            for each in group.commitments:
                yield self._commitment(each, len(agreements) > 1)

    def _commitment(self, each: Commitment, show: bool) -> BriefLine:
        is_ours = each.agreement in {agreement.iri for agreement in self.found.agreements}
        said = self._part("commitment", each.sources["said"], each, show, is_ours)
        followed = each.sources["outcomes"] if each.outcomes else ()
        return BriefLine((said, *self._parts(("outcomes", followed, each)).parts))

    def signings(self) -> Iterator[BriefLine]:
        def lines() -> Iterator[BriefLine]:
            for each in self.found.signings:
                signed = each.sources["signed"] if each.signatures else ()
                heads = [("then_head", each.sources[head.person], head) for head in each.heads]
                yield self._parts(("signed", signed, each), *heads)
            if head := self.found.last_head:
                yield self._parts(("last_head", self.found.head_sources["shown"], head))

        return self._cut(lines())

    def networks(self) -> Iterator[BriefLine]:
        return self._cut(
            self._parts(("network", each.sources["members"], each)) for each in self.found.networks
        )

    def done(self) -> Iterator[BriefLine]:
        return self._cut(self._matter("done", each) for each in self.found.done)

    def unconfirmed(self) -> Iterator[BriefLine]:
        def lines() -> Iterator[BriefLine]:
            found = self.found
            for each in (*found.agreements, *found.brokered, *found.others):
                if not each.is_signed:
                    yield self._parts(("concluded", each.sources["concluded"], each))
            for matter in found.unconfirmed:
                yield self._matter("unconfirmed", matter)

        return self._cut(lines())

    def prospects(self) -> Iterator[BriefLine]:
        def lines() -> Iterator[BriefLine]:
            for matter in self.found.prospects:
                yield self._matter("prospect", matter)
            for point in self.found.open_points:
                yield self._parts(("open_point", point.sources["said"], point))

        return self._cut(lines())

    def _matter(self, macro: str, each: Matter) -> BriefLine:
        followed = each.sources["outcomes"] if each.outcomes else ()
        return self._parts((macro, each.sources["said"], each), ("outcomes", followed, each))

    def contradictions(self) -> Iterator[BriefLine]:
        def lines() -> Iterator[BriefLine]:
            for each in self.found.contradictions:
                yield self._contradiction(each)
            for difference in self.found.differences:
                yield self._parts(("difference", difference.sources["said"], difference))

        return self._cut(lines())

    def _contradiction(self, each: Disagreement) -> BriefLine:
        parts = [Part(self.templates.words("contradiction", each)[self.language])]
        for place, value in enumerate(each.values):
            shown = self.reader.names.plain(value.value, self.language)
            if date := _date(value.value.value):
                shown = written_date(date)[self.language]
            parts.append(
                self._part(
                    "value",
                    value.claims,
                    {"shown": str(shown), "is_followed": value.followed},
                    place == len(each.values) - 1,
                )
            )
        if reason := each.reason.get(self.language):
            parts.append(Part(self._say("brief.reason", reason=reason)))
        return BriefLine(tuple(parts))

    def others(self) -> Iterator[BriefLine]:
        return self._cut(
            self._parts(("concluded", each.sources["concluded"], each))
            for each in self.found.others
        )


def _date(iri: str) -> Date | None:
    return read_date(iri) if is_date(iri) else None


_SECTIONS: dict[str, Callable[[_BriefWriter], Iterator[BriefLine]]] = {
    "relation": _BriefWriter.relation,
    "agreements": _BriefWriter.agreements,
    "brokered": _BriefWriter.brokered,
    "commitments": _BriefWriter.commitments,
    "signings": _BriefWriter.signings,
    "networks": _BriefWriter.networks,
    "done": _BriefWriter.done,
    "unconfirmed": _BriefWriter.unconfirmed,
    "prospects": _BriefWriter.prospects,
    "contradictions": _BriefWriter.contradictions,
    "others": _BriefWriter.others,
}
"""The sections in their order."""

__all__ = ["BriefLine", "BriefText", "Note", "Part", "Section", "brief_text"]
