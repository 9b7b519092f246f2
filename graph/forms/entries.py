"""Filled rows become rows of registers: names are looked up, dates and codes read, ids made.

Every doubt is kept, with sheet, row, column and cure; nothing is guessed.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from citypact.graph.forms.filled import FilledRow
from citypact.graph.forms.form import SEPARATOR, FormColumn, form, values_of
from citypact.graph.rdf.terms import short
from citypact.graph.store.declared_names import declared_names
from citypact.graph.store.name_forms import normalised, place_name
from citypact.graph.text.bilingual import capitalised
from citypact.ontology import CODE, ID, LANGUAGES, NS, TOPIC
from citypact.ontology.errors import CitypactError, Message, Problem, either, shown, suggestion
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.model import Claim, Date, Sources
from citypact.sources.reading.values import topics_of
from citypact.sources.reading.written_dates import OpenOrder, read_written_date
from citypact.sources.twins.country_names import slugify

Row = dict[str, str]
Registers = Mapping[str, Sequence[tuple[int, Row]]]
Key = tuple[object, ...]
"""What tells agreements, partnerships or memberships apart, but for their dates."""


@dataclass
class Entries:
    """What forms add to a project.

    Attributes: rows (to add, by register) with origins (the rows of the forms that they come from,
    in the same order); changes (cells to write into rows that are there, by register and line) with
    the rows of forms that ask for them; known (how many entries were there already); notes (what
    was understood that a person should see); problems (doubts, if any).
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    origins: dict[str, list[FilledRow]] = field(default_factory=lambda: defaultdict(list))
    changes: dict[str, dict[int, Row]] = field(default_factory=lambda: defaultdict(dict))
    changed_by: dict[tuple[str, int], FilledRow] = field(default_factory=dict)
    known: int = 0
    notes: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many entries that were there are completed or corrected."""
        return sum(map(len, self.changes.values()))

    def add(self, register: str, row: Row, origin: FilledRow) -> None:
        """Adds a row to a register, which a row of a form asks for."""
        self.rows[register].append(row)
        self.origins[register].append(origin)

    def count(self, register: str) -> int:
        """How many things of a register are added."""
        return len({row["id"] for row in self.rows.get(register, ())})


def entries_of(
    filled: Iterable[FilledRow], sources: Sources, registers: Registers, *, correct: bool = False
) -> Entries:
    """What the filled rows add to what the sources of a project say.

    registers: the rows of the project's own, by their lines. correct: whether rows of forms take
    the place of what these say otherwise; else that is a doubt.
    """
    maker = _Maker(sources, registers, correct)
    makers: dict[str, Callable[[FilledRow], None]] = {
        "cities": maker.city,
        "organizations": maker.organization,
        "documents": maker.document,
        "agreements": maker.agreement,
        "partnerships": maker.partnership,
        "memberships": maker.membership,
    }
    rows = list(filled)
    for register, make in makers.items():
        for row in rows:
            if row.sheet.register == register:
                (make if maker.is_complete(row) else maker.look_at)(row)
        maker.add_later()
    return maker.entries


@dataclass
class _Entry:
    """What a row says of one thing: its key and date, and cells for each of its sources.

    named: the things that its id is made of; year: the end of the id. names: given by the row;
    label: these, or what is made in place of them. titles: see `_Maker._change`.
    """

    row: FilledRow
    segment: str
    key: Key
    date: str
    named: list[str]
    year: str
    names: dict[str, str]
    made: dict[str, str]
    cells: Row
    sources: list[str]
    titles: Callable[[Row], Row] = lambda _: {}

    @property
    def label(self) -> dict[str, str]:
        return {each: self.names.get(each) or text for each, text in self.made.items()}


class _Maker:
    """Makes entries; `entries` are the result."""

    def __init__(self, sources: Sources, registers: Registers, correct: bool) -> None:
        self.entries = Entries()
        self.correct = correct
        self.names = declared_names(sources)
        self.taken = {iri.removeprefix(ID) for iri in sources.things}
        self.topics = topics_of(vocabulary(), sources.things)
        self.governments: dict[str, str] = {}
        self.countries: dict[str, str] = {}
        self.documents: dict[str, str] = {}
        self.known_documents = {doc.slug for doc in sources.documents.values()}
        self.has_text = {doc.slug for doc in sources.documents.values() if doc.has_text}
        self.labels: dict[str, dict[str, str]] = {}
        self.added_names: dict[str, list[str]] = defaultdict(list)
        self.known: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.forms: dict[str, set[str]] = defaultdict(set)
        self.published: dict[str, str] = {}
        self.stated: set[tuple[str, str]] = set()
        self.written: dict[tuple[str, str], FilledRow] = {}
        self.later: list[_Entry] = []
        self.new: list[tuple[_Entry, str]] = []
        self.own: dict[tuple[str, str, str], list[tuple[int, Row]]] = defaultdict(list)
        for register, rows in registers.items():
            for line, each in rows:
                key = (register, each.get("id", ""), each.get("source", ""))
                self.own[key].append((line, each))
        self._read(sources.claims)

    def _read(self, claims: Iterable[Claim]) -> None:
        """Notes what is there already: addresses of documents, governments, ties and agreements."""
        about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for claim in claims:
            self.stated.add((claim.subject, claim.document.removeprefix(f"{ID}doc/")))
            value = claim.object.text if isinstance(claim.object, Date) else claim.object.value
            name = claim.predicate.removeprefix(NS)
            if name == "saidAfterSigning" and value == "true":
                self.published[claim.subject.removeprefix(f"{ID}doc/")] = _ANY_DAY
            elif name == "publishedOn":
                # In either order: what speaks afterwards does so whatever its date.
                document = claim.subject.removeprefix(f"{ID}doc/")
                if self.published.get(document) != _ANY_DAY:
                    self.published[document] = value
            elif name == "address":
                self.documents.setdefault(value, claim.subject.removeprefix(f"{ID}doc/"))
            elif name == "governs":
                self.governments.setdefault(value, claim.subject)
            elif name == "inCountry":
                self.countries.setdefault(claim.subject, value)
            elif name == "instrumentForm":
                self.forms[claim.subject].add(_slug(value))
            elif name in _IDENTIFYING:
                about[claim.subject][name].append(value)
        for iri, said in sorted(about.items()):
            for key, dates in _keys(said):
                self.known[key][iri].update(dates)

    def is_complete(self, row: FilledRow) -> bool:
        """Whether all needed cells of a row are filled; tells those that are not."""
        missing = [c for c in row.sheet.columns if c.is_needed and c.field not in row.cells]
        for column in missing:
            cure = Message("fill it in, or delete the row")
            self.entries.problems.append(row.problem(column.field, Message("is empty"), cure))
        return not missing

    def look_at(self, row: FilledRow) -> None:
        """Tells the doubts of the cells that are filled, where others are missing."""
        looks: dict[str, Callable[[str], object]] = {
            "names": lambda field: self._names(row, field),
            "code": lambda field: self._code(row, field),
            "date": lambda field: self._date(row, field),
            "topics": lambda _: self._topics(row),
            "address": lambda _: self._addresses(row),
        }
        for column in row.sheet.columns:
            if column.field in row.cells and column.kind in looks:
                looks[column.kind](column.field)

    # What is new

    def city(self, row: FilledRow) -> None:
        country = self._one(row, "country")
        if not country or self._is_there(row, country):
            return
        name = slugify(row.cells["label.en"])
        other = self.countries.get(f"{ID}city/{name}", country)
        slug = f"{name}-{_slug(country)}" if other != country else self._new_slug(row, "city")
        if not slug:
            return
        cells = {name: row.cells.get(name, "") for name in ("latitude", "longitude", "wikidata")}
        self._declare("cities", "city", slug, row, cells | {"country": _slug(country)})

    def _is_there(self, row: FilledRow, country: str) -> bool:
        """Whether a city of the country bears both names; doubts one that bears only one."""
        found = []
        for language in LANGUAGES:
            text = row.cells[f"label.{language}"]
            things = {*self._added(text), *self.names.find_if_any(text, "City")}
            found.append({iri for iri in things if self.countries.get(iri) == country})
        if set.intersection(*found):
            self.entries.known += 1
            return True
        for language, things in zip(LANGUAGES, found, strict=True):
            for iri in sorted(things):
                message = Message("{name} is there already", name=short(iri))
                cure = Message(
                    "delete the row, or write a name that tells the two apart, with its region"
                )
                self.entries.problems.append(row.problem(f"label.{language}", message, cure))
        return any(found)

    def _added(self, text: str) -> list[str]:
        """What new rows call so; a city with or without a word such as 시 or City."""
        key = normalised(text)
        base, kind = place_name(key)
        return self.added_names.get(key) or (
            self.added_names.get(base, []) if kind == "city" else []
        )

    def organization(self, row: FilledRow) -> None:
        kind = self._code(row, "type")
        country = self._one(row, "country") if "country" in row.cells else ""
        slug = self._new_slug(row, "organization")
        if kind and slug and country is not None:
            cells = {"type": kind, "country": _slug(country)}
            self._declare("organizations", "organization", slug, row, cells)

    def _new_slug(self, row: FilledRow, segment: str) -> str:
        name = row.cells["label.en"]
        slug = slugify(name)
        if not slug:
            cure = Message("write it in Latin letters")
            self.entries.problems.append(
                row.problem(
                    "label.en", Message("{name} has no Latin letters", name=shown(name)), cure
                )
            )
        elif f"{segment}/{slug}" in self.taken:
            self.entries.known += 1
            return ""
        return slug

    def _declare(self, register: str, segment: str, slug: str, row: FilledRow, cells: Row) -> None:
        labels = {language: row.cells[f"label.{language}"] for language in LANGUAGES}
        named = {f"label.{language}": text for language, text in labels.items()}
        self.entries.add(register, {"id": slug, "source": "", **named, **cells}, row)
        iri = f"{ID}{segment}/{slug}"
        is_city = segment == "city"
        if is_city:
            self.countries[iri] = f"{ID}country/{cells['country']}"
        self.taken.add(f"{segment}/{slug}")
        self.labels[iri] = labels
        for text in labels.values():
            names = {normalised(text), *(place_name(normalised(text))[:1] if is_city else ())}
            for name in names:
                self.added_names[name].append(iri)

    # Documents

    def document(self, row: FilledRow) -> None:
        address, archived = self._addresses(row), self._addresses(row, "archive_address")
        published, retrieved = self._date(row, "published"), self._date(row, "retrieved")
        language, kind = self._code(row, "languages"), self._code(row, "type")
        later = self._yes(row, "said_after_signing")
        if not address:
            return
        # With a doubt nothing is added; the rest of the row spares others that follow from it.
        title = row.cells.get("title", "")
        said = {
            f"title.{language or _script(title)}": title,
            f"publisher.{_script(row.cells.get('publisher', ''))}": row.cells.get("publisher", ""),
            "archive_address": next(iter(archived), ""),
            "published": published or "",
            "retrieved": retrieved or "",
            "languages": language or "",
            "said_after_signing": later or "",
        }
        known = address[0] if address[0] in self.known_documents else self.documents.get(address[0])
        if known is None:
            self._new_document(address[0], kind or "web-notice", said, row)
            return
        cells: dict[str, str | None] = {"type": kind or "", **said}
        notes = {each.get("label.note.ko") for _, each in self.own["documents", known, ""]}
        if title and NO_TITLE["ko"] in notes:  # what stood in place of the title goes
            cells |= dict.fromkeys(("label.ko", "label.en", "label.note.ko", "label.note.en"))
        self._change(row, "documents", known, [""], cells)
        self._dated(known, said)

    def _new_document(self, address: str, kind: str, said: Row, origin: FilledRow) -> str:
        host = re.sub(r"[^a-z0-9]", "", (urlsplit(address).hostname or "").removeprefix("www."))
        slug = f"{host[:30] or 'document'}-{hashlib.sha256(address.encode()).hexdigest()[:12]}"
        self.documents[address] = slug
        row = {"id": slug, "type": kind, "address": address}
        row |= {column: value for column, value in said.items() if value}
        if not any(column.startswith("title.") for column in row):
            row |= {
                "label.ko": f"[{urlsplit(address).hostname}]",
                "label.en": f"[{urlsplit(address).hostname}]",
                "label.note.ko": NO_TITLE["ko"],
                "label.note.en": NO_TITLE["en"],
            }
        self.entries.add("documents", row, origin)
        self._dated(slug, row)
        return slug

    def _dated(self, slug: str, said: Row) -> None:
        """Notes from when a document speaks, as far as a row says."""
        if said.get("said_after_signing") == "true":
            self.published[slug] = _ANY_DAY
        elif said.get("published"):
            self.published[slug] = said["published"]

    def _addresses(self, row: FilledRow, field: str = "address") -> list[str]:
        found = []
        for text in re.split(r"[;\s]+", row.cells.get(field, "")):
            if not text:
                continue
            if text in self.known_documents:
                found.append(text)
            elif not is_address(text):
                message = Message("{text} is not an address", text=shown(text))
                cure = Message("write the whole address, such as https://www.busan.go.kr/…")
                self.entries.problems.append(row.problem(field, message, cure))
            else:
                found.append(text)
        return found

    def _sources(self, row: FilledRow) -> list[str]:
        """The documents of a row, those that nobody described with their address alone."""
        slugs = []
        for address in self._addresses(row):
            slug = address if address in self.known_documents else self.documents.get(address)
            slugs.append(slug or self._new_document(address, "web-notice", {}, row))
        return slugs

    # Agreements and ties

    def agreement(self, row: FilledRow) -> None:
        parties = [self._as_party(iri, row) for iri in self._names(row, "parties")]
        form, relation = self._code(row, "form"), self._code(row, "relation_type")
        status, mode = self._code(row, "status"), self._code(row, "mode")
        signed, topics, place = self._date(row, "signed"), self._topics(row), self._at(row, "place")
        sources = self._sources(row)
        if (
            len(set(parties)) < 2
            or not sources
            or None in (form, relation, status, mode, signed, topics, place)
        ):
            if status == "signed" and sources and signed is not None:
                self._speaks_later(row, signed, sources)
            self._too_few(row, "parties", parties)
            return
        year = (signed or "")[:4]
        named = {each: row.cells.get(f"label.{each}", "") for each in LANGUAGES}
        own = {each: self._title(parties, form or "agreement", year, each) for each in LANGUAGES}
        cells = {
            "parties": SEPARATOR.join(map(short, parties)),
            "form": form or "",
            "relation_type": relation or "",
            "signed": signed or "",
            "status": status or "",
            "place": place or "",
            "mode": mode or "",
            "topics": SEPARATOR.join(topics or ()),
        }

        def titles(old: Row) -> dict[str, str]:
            """The titles to write for those that were made of what a row said before."""
            year, form = old.get("signed", "")[:4], old.get("form") or "agreement"
            return {
                f"label.{each}": own[each]
                for each in LANGUAGES
                if old.get(f"label.{each}") == self._title(parties, form, year, each)
            }

        key = ("agreement", frozenset(parties))
        entry = _Entry(
            row, "agreement", key, signed or "", parties, year, named, own, cells, sources, titles
        )
        self._place_entry(entry)

    def _speaks_later(self, row: FilledRow, signed: str, sources: Iterable[str]) -> None:
        """Doubts that an agreement is signed where no source is known to speak afterwards."""
        if signed and any(
            self.published.get(source, "")[: len(signed)] >= signed for source in sources
        ):
            return
        message = Message("is said to be signed, but no source is known to be of that day or later")
        cure = Message(
            "write the day of signing, and on {sheet} the date of publication, or that the "
            "document was written after the signing; or choose another status",
            sheet=_sheet("documents", row),
        )
        self.entries.problems.append(row.problem("status", message, cure))

    def partnership(self, row: FilledRow) -> None:
        partners = self._names(row, "partners")
        relation = self._code(row, "relation_type")
        established, end = self._date(row, "established"), self._date(row, "end")
        sources = self._sources(row)
        if len(set(partners)) != 2 or not sources or None in (relation, established, end):
            self._too_few(row, "partners", partners, most=2)
            return
        kind = self._label(f"{CODE}relation-type/{relation}", "en").replace(" ", "-")
        label = {
            "ko": f"{self._joined(partners, 'ko')} "
            f"{self._label(f'{CODE}relation-type/{relation}', 'ko')} 관계",
            "en": f"{kind} partnership of {self._joined(partners, 'en', ' and ')}",
        }
        cells = {
            "partners": SEPARATOR.join(map(short, partners)),
            "relation_type": relation or "",
            "established": established or "",
            "end": end or "",
        }
        key = ("partnership", frozenset(partners), relation)
        for partner in partners if key not in self.known else ():
            self._as_party(partner, row)  # pages draw a tie between governments
        entry = _Entry(row, "partnership", key, "", partners, "", {}, label, cells, sources)
        self._place_entry(entry)

    def membership(self, row: FilledRow) -> None:
        members, bodies = self._names(row, "member"), self._names(row, "organization")
        role = self._code(row, "role")
        start, end, held = (self._date(row, each) for each in ("start", "end", "held"))
        sources = self._sources(row)
        if not members or not bodies or not sources or None in (role, start, end, held):
            return
        member, body = self._as_party(members[0], row), bodies[0]
        cells = {"member": short(member), "organization": short(body), "role": role or ""}
        cells |= {"start": start or "", "end": end or "", "held": held or ""}
        key = ("membership", member, body, role)
        entry = _Entry(
            row, "membership", key, start or "", [member, body], "", {}, {}, cells, sources
        )
        self._place_entry(entry)

    # What is there already

    def _place_entry(self, entry: _Entry) -> None:
        """Adds an entry to the thing of its key and date; what else it may be is decided later."""
        if same := self._same_date(entry):
            self._add(entry, same)
        else:
            self.later.append(entry)

    def _same_date(self, entry: _Entry) -> str:
        """The thing of its key and date; '' for none."""
        dates = self.known.get(entry.key, {})
        return next((iri for iri in sorted(dates) if entry.date in (dates[iri] or {""})), "")

    def add_later(self) -> None:
        """Adds the entries whose date nothing of their key has, when all others have been seen.

        Such a row is about a known thing if its date may be that of one thing alone, or if the same
        source has one thing of another date, of which no row speaks any more: that is corrected.
        """
        for entry in self.later:
            dates = self.known.get(entry.key, {})
            like = [iri for iri in sorted(dates) if self._is_like(entry, iri)]
            near = [iri for iri in like if self._may_be(entry, iri)]
            said = [iri for iri in like if self._is_stated(entry, iri)]
            choices = next((each for each in (near, said) if len(each) == 1), [""])
            self._add(entry, self._same_date(entry) or choices[0])
        self.later.clear()
        self._note_other_parties()

    def _note_other_parties(self) -> None:
        """Tells of new agreements that may be known ones whose parties the form has otherwise.

        Of these the same source gives the same date, and no row speaks of them any more.
        """
        same_day: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        for key, things in self.known.items():
            if key[0] == "agreement" and isinstance(key[1], frozenset):
                for iri, dates in things.items():
                    for date in filter(None, dates):
                        same_day[date].append((key[1], iri))
        for entry, new in self.new:
            for parties, iri in same_day.get(entry.date, ()):
                is_left = any(
                    (iri, source) in self.stated and (iri, source) not in self.written
                    for source in entry.sources
                )
                if iri == new or not is_left or parties.isdisjoint(entry.named):
                    continue
                message = Message(
                    "is added as a further agreement; {thing} has the same date by the same "
                    "source, with other parties",
                    thing=short(iri),
                )
                cure = Message(
                    "if they are one, remove the rows of {thing} from registers/agreements.csv",
                    thing=short(iri),
                )
                self.entries.notes.append(entry.row.problem("parties", message, cure))
        self.new.clear()

    def _is_like(self, entry: _Entry, iri: str) -> bool:
        """Whether a thing has the form of an entry and no other row of its sources is about it."""
        form = entry.cells.get("form")
        has_form = not form or not self.forms[iri] or form in self.forms[iri]
        return has_form and not any((iri, source) in self.written for source in entry.sources)

    def _may_be(self, entry: _Entry, iri: str) -> bool:
        """Whether the date of an entry may be one that a thing has: one of them is less exact.

        An agreement without a date is another one, unless the same source tells of it.
        """
        return any(
            _agree(entry.date, each)
            and (
                self._is_stated(entry, iri)
                or entry.segment != "agreement"
                or bool(entry.date and each)
            )
            for each in self.known[entry.key][iri] or {""}
        )

    def _is_stated(self, entry: _Entry, iri: str) -> bool:
        """Whether a source of an entry says something of a thing already."""
        return any((iri, source) in self.stated for source in entry.sources)

    def _add(self, entry: _Entry, iri: str) -> None:
        """Adds what sources say of a thing, or a new thing where none is given."""
        row, is_new = entry.row, not iri
        has_date = bool(iri) and entry.date in (self.known[entry.key][iri] or {""})
        is_known = bool(iri) and all((iri, source) in self.stated for source in entry.sources)
        if entry.cells.get("status") == "signed" and not (is_known and has_date):
            self._speaks_later(row, entry.date, entry.sources)
        if is_new:
            names = dict.fromkeys(map(_slug, entry.named))
            base = "-".join([*names, *([entry.year] if entry.year else [])])
            slug, number = base, 1
            while f"{entry.segment}/{slug}" in self.taken:
                number += 1
                slug = f"{base}-{number}"
            iri = f"{ID}{entry.segment}/{slug}"
            self.taken.add(f"{entry.segment}/{slug}")
            self.new.append((entry, iri))
            self.forms[iri].update(filter(None, [entry.cells.get("form")]))
        dates = self.known[entry.key][iri]
        if not is_new and not is_known and entry.date not in (dates or {""}):
            self._note_date(entry, iri, dates)
        dates.add(entry.date)
        stated = []
        for source in dict.fromkeys(entry.sources):
            if (iri, source) in self.stated:
                if (iri, source) in self.written:
                    self.entries.known += 1
                    self._compare(row, self.written[iri, source])
                else:
                    stated.append(source)
                    self.written[iri, source] = row
                continue
            if source in self.has_text:
                message = Message("{source} was read in full", source=source)
                cure = Message("write it into the record of that document")
                self.entries.problems.append(row.problem("address", message, cure))
                continue
            self.stated.add((iri, source))
            self.written[iri, source] = row
            label = entry.label if is_new else {}
            self.entries.add(
                row.sheet.register,
                {
                    "id": _slug(iri),
                    "source": source,
                    **{f"label.{each}": text for each, text in label.items()},
                    **entry.cells,
                },
                row,
            )
            is_new = False
        register = row.sheet.register
        if (
            stated
            and not has_date
            and not any((register, _slug(iri), each) in self.own for each in stated)
        ):
            self._differs_from_base(entry, iri, dates - {entry.date})
        elif stated:
            named = {f"label.{each}": text for each, text in entry.names.items()}
            cells = entry.cells | named
            self._change(row, register, _slug(iri), stated, cells, entry.titles)

    def _note_date(self, entry: _Entry, iri: str, dates: set[str]) -> None:
        """Tells that a row with another date, or none, is taken for a thing that is known."""
        known = sorted(filter(None, dates))
        if not known:
            return
        message = Message(
            "is taken for {thing}, which has the date {date}", thing=short(iri), date=either(known)
        )
        cure = Message("if it is another one, write both into the form, with their dates")
        self.entries.notes.append(entry.row.problem(_DATES[entry.segment], message, cure))

    def _differs_from_base(self, entry: _Entry, iri: str, dates: set[str]) -> None:
        """Doubts a date that the base of the project has otherwise by the same source."""
        known = sorted(filter(None, dates))
        message = Message(
            "{thing} has {date} by the same source, which the project builds on",
            thing=short(iri),
            date=either(known) if known else Message("no date"),
        )
        cure = Message("name a source of your own; if it is another one, keep a row for each")
        self.entries.problems.append(entry.row.problem(_DATES[entry.segment], message, cure))

    def _change(
        self,
        row: FilledRow,
        register: str,
        slug: str,
        sources: Iterable[str],
        cells: Mapping[str, str | None],
        titles: Callable[[Row], Row] = lambda _: {},
    ) -> None:
        """Completes or corrects the rows of the project's registers that say what a row says.

        Empty cells are filled in; another value is a doubt, unless rows are to be corrected. What
        any of the sources says is taken for known: a row of several sources has one value only.
        cells: None for what is to be emptied. titles: what goes with a change, for a row.
        """
        own = [rows for source in sources if (rows := self.own.get((register, slug, source), []))]
        is_changed = False
        for name, value in cells.items():
            said = [old[name] for rows in own for _, old in rows if old.get(name)]
            if value == "" or (value is None and not said):
                continue
            if value and any(_same(value, each, row, name) for each in said):
                continue
            for rows in own:
                line, old = next((each for each in rows if each[1].get(name)), rows[0])
                before = old.get(name, "")
                if not before and name.startswith("label."):
                    continue  # the name is in the row of another source
                if before and value is not None and not self.correct:
                    self._differs(row, name, before, f"registers/{register}.csv", line)
                    continue
                changes = self.entries.changes[register].setdefault(line, {})
                changes[name] = value or ""
                changes.update(titles(old))
                self.entries.changed_by[register, line] = row
                is_changed = True
        if not is_changed:
            self.entries.known += 1

    def _differs(self, row: FilledRow, field: str, before: str, file: str, line: int) -> None:
        message = Message(
            "{file}:{line} has {value} by the same source",
            file=file,
            line=line,
            value=shown(before),
        )
        cure = Message(
            "add the form with --correct to replace it; if both are true, keep a row for each"
        )
        base = field.partition(".")[0]
        self.entries.problems.append(
            row.problem(field if field in row.headings else base, message, cure)
        )

    def _compare(self, row: FilledRow, other: FilledRow) -> None:
        """Doubts a row that says other things than one before of the same thing and source."""
        for column in row.sheet.columns:
            name = column.field
            one, two = row.cells.get(name, ""), other.cells.get(name, "")
            if column.kind in ("names", "address") or one == two:
                continue
            message = Message("differs from row {number}, on the same by the same source",
                              number=other.number)  # fmt: skip
            cure = Message("write both in one row")
            self.entries.problems.append(row.problem(name, message, cure))

    def _too_few(self, row: FilledRow, field: str, found: list[str], most: int = 0) -> None:
        """Tells of a tie with one end; what was not found is told already."""
        written = values_of(row.cells[field])
        if len(found) == len(written) and (
            len(set(found)) < 2 or (most and len(set(found)) > most)
        ):
            message = Message(
                "names {count} {count:city or body|cities or bodies}", count=len(set(found))
            )
            cure = Message("write two, separated by a semicolon")
            self.entries.problems.append(row.problem(field, message, cure))

    # Values

    def _names(self, row: FilledRow, field: str) -> list[str]:
        column = next(each for each in row.sheet.columns if each.field == field)
        texts = values_of(row.cells[field]) if column.is_many else [row.cells[field]]
        found = []
        for text in texts:
            try:
                found.append(self._find(text, column))
            except CitypactError as error:
                message, cure = error.message.parts("\n    -> ")
                several, is_certain = self._apart(text, lambda part: self._find(part, column))
                if not ("Country" in column.classes or "{text!r}" in message.template):
                    new = ["cities"] + ["organizations"] * ("Organization" in column.classes)
                    sheets = either(_sheet(each, row) for each in new)
                    cure = Message(
                        "{cure}; if it is new, write it on {sheets}", cure=cure, sheets=sheets
                    )
                if column.is_many and several:
                    one = Message("{one}; {cure}", one=several, cure=cure)
                    cure = several if is_certain else one
                self.entries.problems.append(row.problem(field, message, cure))
        return found

    def _one(self, row: FilledRow, field: str) -> str | None:
        found = self._names(row, field)
        return found[0] if found else None

    def _apart(self, text: str, find: Callable[[str], str]) -> tuple[Message | None, bool]:
        """The cure of a text that holds several names which people separated otherwise.

        None where it holds none that is found; and whether all of them are.
        """
        parts = [each for each in re.split(r"[,，、·/&]|\s(?:및|and)\s", text) if each.strip()]
        parts = [part.strip() for part in parts]
        count = 0
        for part in parts if len(parts) > 1 else ():
            with contextlib.suppress(CitypactError):
                count += bool(find(part))
        if not count:
            return None, False
        names = "; ".join(parts)
        return Message("separate them by semicolons: {names}", names=names), count == len(parts)

    def _find(self, text: str, column: FormColumn) -> str:
        """The thing of a name, also of one with its country or another name in brackets."""
        try:
            return self._find_whole(text, column)
        except CitypactError:
            if bracketed := re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", text):
                outside, inside = bracketed.groups()
                with contextlib.suppress(CitypactError):
                    found = self._find_whole(outside, column)
                    country = self.countries.get(found)
                    if country and country in self.names.find(inside):
                        return found
                    if self._find_whole(inside, column) == found:
                        return found
            raise

    def _find_whole(self, text: str, column: FormColumn) -> str:
        """The thing of a name; of a city and its government that share one, the city."""
        added = self._added(text)
        if len(set(added)) == 1:
            return added[0]
        for kind in column.classes[:-1]:
            if len(found := self.names.find_if_any(text, kind)) == 1:
                return found[0]
        return self.names.find_one(text, *column.classes)

    def _as_party(self, iri: str, row: FilledRow) -> str:
        """The government of a city, which is made where there is none; else the thing itself."""
        kind = iri.removeprefix(ID).split("/")[0]
        if kind not in ("city", "territory"):
            return iri
        if iri not in self.governments:
            slug = _slug(iri)
            label = {each: self._label(iri, each) for each in LANGUAGES}
            self.entries.add(
                "governments",
                {
                    "id": slug,
                    "source": "",
                    "label.ko": label["ko"] if label["ko"].endswith("시") else f"{label['ko']}시",
                    "label.en": f"City of {label['en']}",
                    "type": "city-government" if kind == "city" else "regional-government",
                    "governs": f"{kind}/{slug}",
                },
                row,
            )
            self.governments[iri] = f"{ID}government/{slug}"
            self.labels[self.governments[iri]] = label
        return self.governments[iri]

    def _code(self, row: FilledRow, field: str) -> str | None:
        """The code of a label in either language; '' for an empty cell, None for a doubt."""
        text = row.cells.get(field, "")
        if not text:
            return ""
        column = next(each for each in row.sheet.columns if each.field == field)
        found = self._called(text, f"{CODE}{column.codes}/")
        known = vocabulary().codes[column.codes]
        if found:
            return _slug(found)
        if text in known:
            return text
        language = "ko" if _script(text) == "ko" else "en"
        labels = [self.names.label(f"{CODE}{column.codes}/{each}", language) for each in known]
        message = Message("{text} is not in the drop-down list", text=shown(text))
        self.entries.problems.append(row.problem(field, message, suggestion(text, labels)))
        return None

    def _called(self, text: str, prefix: str) -> str:
        """The one code or topic that bears a name, as its first name before any others; or ''."""
        found = self.names.called(text, prefix)
        first = [iri for iri in found if text in self.names.both(iri).values()]
        return first[0] if len(first) == 1 else found[0] if len(found) == 1 else ""

    def _yes(self, row: FilledRow, field: str) -> str | None:
        """`true` or `false`; '' for an empty cell, None for a doubt."""
        text = row.cells.get(field, "").casefold().rstrip(".")
        for value, words in ANSWERS.items():
            if text in words:
                return value
        if not text:
            return ""
        message = Message("{text} is neither yes nor no", text=shown(row.cells[field]))
        cure = Message("write yes or no, or leave it empty")
        self.entries.problems.append(row.problem(field, message, cure))
        return None

    def _at(self, row: FilledRow, field: str) -> str | None:
        """The short name of a place; '' for an empty cell, None for a doubt."""
        if field not in row.cells:
            return ""
        found = self._one(row, field)
        return short(found) if found else None

    def _topics(self, row: FilledRow) -> list[str] | None:
        slugs, is_whole = [], True
        for text in values_of(row.cells.get("topics", "")):
            found = self._called(text, TOPIC)
            if found:
                slugs.append(found.removeprefix(TOPIC))
            elif text in self.topics:
                slugs.append(text)
            else:
                is_whole = False
                labels = [
                    self.names.label(TOPIC + each, language)
                    for each in self.topics
                    for language in LANGUAGES
                ]
                message = Message("{text} is not a topic", text=shown(text))
                apart, _ = self._apart(text, lambda part: self._called(part, TOPIC))
                cure = apart or suggestion(text, labels)
                self.entries.problems.append(row.problem("topics", message, cure))
        return list(dict.fromkeys(slugs)) if is_whole else None

    def _date(self, row: FilledRow, field: str) -> str | None:
        """The date in EDTF; '' for an empty cell, None for a doubt."""
        text = row.cells.get(field, "")
        if not text:
            return ""
        try:
            return read_written_date(text).edtf
        except OpenOrder:
            message = Message("day and month of {text} cannot be distinguished", text=shown(text))
            cure = Message("write year, month and day, such as 2019-05-16")
        except ValueError:
            message = Message("{text} is not a date", text=shown(text))
            cure = Message("write no more than the source says: 2019-05-16, 2019-05 or 2019")
        self.entries.problems.append(row.problem(field, message, cure))
        return None

    # Names

    def _label(self, iri: str, language: str) -> str:
        return self.labels[iri][language] if iri in self.labels else self.names.label(iri, language)

    def _joined(self, things: Iterable[str], language: str, between: str = "–") -> str:
        return between.join(self._label(self._place(iri), language) for iri in things)

    def _place(self, iri: str) -> str:
        """A city in place of its government."""
        return next((city for city, body in self.governments.items() if body == iri), iri)

    def _title(self, parties: list[str], form: str, year: str, language: str) -> str:
        name = self._label(f"{CODE}form/{form}", language)
        told = f"({year})" if year else ""
        joined = self._joined(parties, language)
        if language == "ko":
            return f"{joined} {name}{told}"
        return f"{joined}: {capitalised(name)}{' ' + told if told else ''}"


NO_TITLE = {"ko": "제목이 적혀 있지 않았습니다.", "en": "No title was given."}
"""The remark with what stands in place of a title."""
ANSWERS = {
    "true": ("예", "네", "yes", "y", "true", "o", "○", "1"),
    "false": ("아니요", "아니오", "no", "n", "false", "x", "×", "0"),
}
"""What people write for yes and no; Excel writes TRUE and FALSE."""
_DATES = {"agreement": "signed", "membership": "start", "partnership": "established"}
"""The column of the date by which things with one key are told apart."""
_ANY_DAY = "9999-12-31"
"""Of a document that is known to speak after the signing."""
_IDENTIFYING = (
    "party",
    "signingDate",
    "partner",
    "member",
    "memberOrganization",
    "membershipRole",
    "relationType",
    "startDate",
)


def _keys(said: dict[str, list[str]]) -> list[tuple[Key, list[str]]]:
    """How a thing that is there is known again, with its dates, from what is said of it."""
    keys: list[tuple[Key, list[str]]] = []
    if "party" in said:
        keys.append((("agreement", frozenset(said["party"])), said.get("signingDate", [])))
    if "partner" in said:
        for relation in said.get("relationType") or [""]:
            keys.append((("partnership", frozenset(said["partner"]), _slug(relation)), []))
    for member in said.get("member", []):
        for body in said.get("memberOrganization", []):
            for role in said.get("membershipRole", []):
                key = ("membership", member, body, _slug(role))
                keys.append((key, said.get("startDate", [])))
    return keys


def _agree(one: str, other: str) -> bool:
    """Whether two dates in EDTF may be one: the same, one less exact, or one not known."""
    return one.startswith(other) or other.startswith(one)


def _same(value: str, said: str, row: FilledRow, field: str) -> bool:
    """Whether two cells of a register say the same; codes may be written by their names."""
    codes = next((each.codes for each in row.sheet.columns if each.field == field), "")
    names = vocabulary().code_names
    one, other = (
        {
            names.get((codes, part.strip().casefold()), part.strip())
            for part in each.split(SEPARATOR)
        }
        for each in (value, said)
    )
    return one == other


def is_address(text: str) -> bool:
    """Whether a text is what the vocabulary takes for an address, with a host that can be read."""
    pattern = vocabulary().properties["address"].pattern
    try:
        return bool(re.fullmatch(pattern, text) and urlsplit(text).hostname)
    except ValueError:  # such as http://[
        return False


def _sheet(register: str, row: FilledRow) -> Message:
    """How messages call a sheet of the form that a row stands in."""
    title = next(each.title for each in form() if each.register == register)
    return Message("the sheet {name}", name=title[row.language])


def _slug(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _script(text: str) -> str:
    """The language that the letters of a title or name speak for."""
    if re.search(r"[\uac00-\ud7a3]", text):
        return "ko"
    if re.search(r"[\u3040-\u30ff]", text):
        return "ja"
    return "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"


__all__ = ["Entries", "entries_of", "is_address"]
