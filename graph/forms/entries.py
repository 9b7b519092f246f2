"""Filled rows become rows of registers: names are looked up, dates and codes read, ids made.

Every doubt is kept, with sheet, row, column and cure; nothing is guessed.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from citypact.graph.forms.filled import FilledRow
from citypact.graph.forms.form import SEPARATOR, FormColumn, form, values_of
from citypact.graph.rdf.terms import short
from citypact.graph.store.declared_names import declared_names
from citypact.graph.store.name_forms import normalised, place_name
from citypact.ontology import CODE, ID, LANGUAGES, NS, TOPIC
from citypact.ontology.errors import CitypactError, Message, Problem, either, shown, suggestion
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.model import Claim, Date, Sources
from citypact.sources.reading.written_dates import OpenOrder, read_written_date
from citypact.sources.twins.country_names import slugify

Row = dict[str, str]
Key = tuple[object, ...]


@dataclass
class Entries:
    """Rows to add, by register; how many were there already; and doubts, if any."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    known: int = 0
    problems: list[Problem] = field(default_factory=list)

    def count(self, register: str) -> int:
        """How many things of a register are added."""
        return len({row["id"] for row in self.rows.get(register, ())})


def entries_of(filled: Iterable[FilledRow], sources: Sources) -> Entries:
    """What the filled rows add to what the sources of a project say."""
    maker = _Maker(sources)
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
    return maker.entries


class _Maker:
    """Makes entries; `entries` are the result."""

    def __init__(self, sources: Sources) -> None:
        self.entries = Entries()
        self.names = declared_names(sources)
        self.taken = {iri.removeprefix(ID) for iri in sources.things}
        self.governments: dict[str, str] = {}
        self.countries: dict[str, str] = {}
        self.documents: dict[str, str] = {}
        self.known_documents = {doc.slug for doc in sources.documents.values()}
        self.has_text = {doc.slug for doc in sources.documents.values() if doc.has_text}
        self.labels: dict[str, dict[str, str]] = {}
        self.added_names: dict[str, list[str]] = defaultdict(list)
        self.known: dict[Key, str] = {}
        self.published: dict[str, str] = {}
        self.terms: dict[tuple[object, ...], list[Key]] = defaultdict(list)
        self.stated: set[tuple[str, str]] = set()
        self.written: dict[tuple[str, str], FilledRow] = {}
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
            elif name in _IDENTIFYING:
                about[claim.subject][name].append(value)
        for iri, said in sorted(about.items()):
            for key in _keys(said):
                self._know(key, iri)

    def _know(self, key: Key, iri: str) -> None:
        if key not in self.known:
            self.known[key] = iri
            self.terms[key[1:4]].append(key)

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
            things = set(self._added(text))
            with contextlib.suppress(CitypactError):
                things.update(self.names.find(text, "City"))
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
        self.entries.rows[register].append({"id": slug, "source": "", **named, **cells})
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
        address = self._addresses(row)
        published, retrieved = self._date(row, "published"), self._date(row, "retrieved")
        language, kind = self._code(row, "languages"), self._code(row, "type")
        if not address or None in (published, retrieved, language, kind):
            return
        if address[0] in self.documents:
            self.entries.known += 1
            return
        title = row.cells.get("title", "")
        said = {
            f"title.{language or _script(title)}": title,
            f"publisher.{_script(row.cells.get('publisher', ''))}": row.cells.get("publisher", ""),
            "published": published or "",
            "retrieved": retrieved or "",
            "languages": language or "",
        }
        self._new_document(address[0], kind or "web-notice", said)

    def _new_document(self, address: str, kind: str, said: Row) -> str:
        host = re.sub(r"[^a-z0-9]", "", (urlsplit(address).hostname or "").removeprefix("www."))
        slug = f"{host[:30] or 'document'}-{hashlib.sha256(address.encode()).hexdigest()[:12]}"
        self.documents[address] = slug
        row = {"id": slug, "type": kind, "address": address}
        row |= {column: value for column, value in said.items() if value}
        if not any(column.startswith("title.") for column in row):
            row |= {
                "label.ko": f"[{urlsplit(address).hostname}]",
                "label.en": f"[{urlsplit(address).hostname}]",
                "label.note.ko": "제목이 적혀 있지 않았습니다.",
                "label.note.en": "No title was given.",
            }
        self.entries.rows["documents"].append(row)
        self.published[slug] = row.get("published", "")
        return slug

    def _addresses(self, row: FilledRow) -> list[str]:
        found = []
        for text in re.split(r"[;\s]+", row.cells.get("address", "")):
            if not text:
                continue
            if text in self.known_documents:
                found.append(text)
            elif not is_address(text):
                message = Message("{text} is not an address", text=shown(text))
                cure = Message("write the whole address, such as https://www.busan.go.kr/…")
                self.entries.problems.append(row.problem("address", message, cure))
            else:
                found.append(text)
        return found

    def _sources(self, row: FilledRow) -> list[str]:
        """The documents of a row, those that nobody described with their address alone."""
        slugs = []
        for address in self._addresses(row):
            slug = address if address in self.known_documents else self.documents.get(address)
            slugs.append(slug or self._new_document(address, "web-notice", {}))
        return slugs

    # Agreements and ties

    def agreement(self, row: FilledRow) -> None:
        parties = [self._as_party(iri) for iri in self._names(row, "parties")]
        form, relation = self._code(row, "form"), self._code(row, "relation_type")
        status, signed, topics = (
            self._code(row, "status"),
            self._date(row, "signed"),
            self._topics(row),
        )
        sources = self._sources(row)
        key = ("agreement", frozenset(parties), signed or "")
        is_known = all((self.known.get(key), source) in self.stated for source in sources)
        if status == "signed" and sources and signed is not None and not is_known:
            self._speaks_later(row, signed, sources)
        if len(set(parties)) < 2 or not sources or None in (form, relation, status, signed, topics):
            self._too_few(row, "parties", parties)
            return
        title = {each: row.cells.get(f"label.{each}", "") for each in LANGUAGES}
        year = (signed or "")[:4]
        label = {
            each: title[each] or self._title(parties, form or "agreement", year, each)
            for each in LANGUAGES
        }
        cells = {
            "parties": SEPARATOR.join(map(short, parties)),
            "form": form or "",
            "relation_type": relation or "",
            "signed": signed or "",
            "status": status or "",
            "topics": SEPARATOR.join(topics or ()),
        }
        self._add(row, "agreement", key, parties, year, label, cells, sources)

    def _speaks_later(self, row: FilledRow, signed: str, sources: Iterable[str]) -> None:
        """Doubts that an agreement is signed where no source is known to speak afterwards."""
        if signed and any(
            self.published.get(source, "")[: len(signed)] >= signed for source in sources
        ):
            return
        message = Message("is said to be signed, but no source is known to be of that day or later")
        cure = Message(
            "write the day of signing, and on {sheet} the date of publication; or choose another "
            "status",
            sheet=_sheet("documents"),
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
            self._as_party(partner)  # pages draw a tie between governments
        self._add(row, "partnership", key, partners, "", label, cells, sources)

    def membership(self, row: FilledRow) -> None:
        members, bodies = self._names(row, "member"), self._names(row, "organization")
        role = self._code(row, "role")
        start, end = self._date(row, "start"), self._date(row, "end")
        sources = self._sources(row)
        if not members or not bodies or not sources or None in (role, start, end):
            return
        member, body = self._as_party(members[0]), bodies[0]
        cells = {"member": short(member), "organization": short(body), "role": role or ""}
        cells |= {"start": start or "", "end": end or ""}
        key = self._term(member, body, role or "", start or "")
        self._add(row, "membership", key, [member, body], "", {}, cells, sources)

    def _term(self, member: str, body: str, role: str, start: str) -> Key:
        """The key of a membership: of the term that began then, else of the only one there is."""
        same = self.terms[member, body, role]
        key = ("membership", member, body, role, start)
        if key in same or len(same) != 1 or (start and same[0][4]):
            return key
        return same[0]

    def _add(
        self,
        row: FilledRow,
        segment: str,
        key: Key,
        named: list[str],
        year: str,
        label: dict[str, str],
        cells: Row,
        sources: list[str],
    ) -> None:
        """Adds a thing, or what further sources say of one that is there."""
        iri = self.known.get(key)
        is_new = iri is None
        if iri is None:
            base = "-".join([*dict.fromkeys(map(_slug, named)), *([year] if year else [])])
            slug, number = base, 1
            while f"{segment}/{slug}" in self.taken:
                number += 1
                slug = f"{base}-{number}"
            iri = f"{ID}{segment}/{slug}"
            self.taken.add(f"{segment}/{slug}")
            self._know(key, iri)
        for source in dict.fromkeys(sources):
            if (iri, source) in self.stated:
                self.entries.known += 1
                self._compare(row, self.written.get((iri, source)))
                continue
            if source in self.has_text:
                message = Message("{source} was read in full", source=source)
                cure = Message("write it into the record of that document")
                self.entries.problems.append(row.problem("address", message, cure))
                continue
            self.stated.add((iri, source))
            self.written[iri, source] = row
            labels = {f"label.{each}": text for each, text in label.items()} if is_new else {}
            self.entries.rows[row.sheet.register].append(
                {"id": _slug(iri), "source": source, **labels, **cells}
            )
            is_new = False

    def _compare(self, row: FilledRow, other: FilledRow | None) -> None:
        """Doubts a row that says other things than one before of the same thing and source."""
        if other is None:
            return
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
            message = Message("names {count} cities or bodies", count=len(set(found)))
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
                apart = self._apart(text, lambda part: self._find(part, column))
                if column.is_many and apart:
                    cure = apart
                elif "Country" not in column.classes and "{text!r}" not in message.template:
                    sheets = either(_sheet(name) for name in ("cities", "organizations"))
                    cure = Message(
                        "{cure}; if it is new, write it on {sheets}", cure=cure, sheets=sheets
                    )
                self.entries.problems.append(row.problem(field, message, cure))
        return found

    def _one(self, row: FilledRow, field: str) -> str | None:
        found = self._names(row, field)
        return found[0] if found else None

    def _apart(self, text: str, find: Callable[[str], str]) -> Message | None:
        """The cure of a text that holds several names which people separated otherwise."""
        parts = [each for each in re.split(r"[,，、·/&]|\s(?:및|and)\s", text) if each.strip()]
        parts = [part.strip() for part in parts]
        with contextlib.suppress(CitypactError):
            if len(parts) > 1 and all(map(find, parts)):
                return Message("separate them by semicolons: {names}", names="; ".join(parts))
        return None

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
            with contextlib.suppress(CitypactError):
                if len(found := self.names.find(text, kind)) == 1:
                    return found[0]
        return self.names.find_one(text, *column.classes)

    def _as_party(self, iri: str) -> str:
        """The government of a city, which is made where there is none; else the thing itself."""
        kind = iri.removeprefix(ID).split("/")[0]
        if kind not in ("city", "territory"):
            return iri
        if iri not in self.governments:
            slug = _slug(iri)
            label = {each: self._label(iri, each) for each in LANGUAGES}
            self.entries.rows["governments"].append(
                {
                    "id": slug,
                    "source": "",
                    "label.ko": label["ko"] if label["ko"].endswith("시") else f"{label['ko']}시",
                    "label.en": f"City of {label['en']}",
                    "type": "city-government" if kind == "city" else "regional-government",
                    "governs": f"{kind}/{slug}",
                }
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

    def _topics(self, row: FilledRow) -> list[str] | None:
        slugs, is_whole = [], True
        for text in values_of(row.cells.get("topics", "")):
            found = self._called(text, TOPIC)
            if found:
                slugs.append(found.removeprefix(TOPIC))
            elif text in vocabulary().topics:
                slugs.append(text)
            else:
                is_whole = False
                labels = [
                    self.names.label(TOPIC + each, language)
                    for each in vocabulary().topics
                    for language in LANGUAGES
                ]
                message = Message("{text} is not a topic", text=shown(text))
                apart = self._apart(text, lambda part: self._called(part, TOPIC))
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
        return f"{joined}: {name[:1].upper()}{name[1:]}{' ' + told if told else ''}"


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


def _keys(said: dict[str, list[str]]) -> list[Key]:
    """How a thing that is there is known again, from what is said of it."""
    keys: list[Key] = []
    if "party" in said:
        dates = said.get("signingDate") or [""]
        keys += [("agreement", frozenset(said["party"]), date) for date in dates]
    if "partner" in said:
        for relation in said.get("relationType") or [""]:
            keys.append(("partnership", frozenset(said["partner"]), _slug(relation)))
    for member in said.get("member", []):
        for body in said.get("memberOrganization", []):
            for role in said.get("membershipRole", []):
                starts = said.get("startDate") or [""]
                keys += [("membership", member, body, _slug(role), start) for start in starts]
    return keys


def is_address(text: str) -> bool:
    """Whether a text is what the vocabulary takes for an address, with a host that can be read."""
    pattern = vocabulary().properties["address"].pattern
    try:
        return bool(re.fullmatch(pattern, text) and urlsplit(text).hostname)
    except ValueError:  # such as http://[
        return False


def _sheet(register: str) -> Message:
    """How messages call a sheet, which stands in the file in one of two languages."""
    title = next(each.title for each in form() if each.register == register)
    return Message("the sheet {ko} ({en})", ko=title["ko"], en=title["en"])


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
