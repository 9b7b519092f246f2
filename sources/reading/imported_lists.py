"""Imported lists of twin cities: what `citypact import twins` wrote, read back for a build.

A list names tens of thousands of cities and links, all on the word of one source. Its cities and
links are triples of one graph that is the source's claim as a whole; only the source itself, the
countries, and links that have dates or a kind are read as registers are.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from citypact.ontology import ID, LANGUAGES, NS, RDF, SKOS
from citypact.ontology.errors import CitypactError, Message, Problem, RecordError, shown
from citypact.ontology.vocabulary import SLUG, Term, vocabulary
from citypact.sources.files.csv_tables import table
from citypact.sources.model import Claim, Date, Place, Sources, Thing, Triple
from citypact.sources.reading.edtf import agreed_dates, ends_before, is_within
from citypact.sources.reading.registers import SEPARATOR, RegisterRows, read_register
from citypact.sources.reading.values import ValueFault, parse_term, parse_text
from citypact.sources.reading.yaml_tree import Fields, Items, Node, Text

REGISTERS = ("documents", "countries")
PLAIN = ("latitude", "longitude", "population", "wikidata", "geonames")
"""Columns of cities.csv that are fields of a city with one value each."""
AGAIN = Message(
    "build without --records-only; if it was not given, import the list again: cities of the "
    "package may have changed"
)
_MORE_EXACT = (
    ("en", "The most exact date; another row or source gives it less exactly."),
    ("ko", "가장 정확한 날짜입니다. 다른 행이나 자료에는 같은 날짜가 덜 정확하게 적혀 있습니다."),
)
PLAIN_NAMES = {"ko": NS + "labelKorean", "en": NS + "labelEnglish"}
_OTHER_LABEL = "label.other"
_PARTNERSHIP = f"{ID}partnership/"
_TYPE = ox.NamedNode(RDF + "type")
_CITY, _AREA = ox.NamedNode(NS + "City"), ox.NamedNode(NS + "LocalArea")
_LABEL, _ALIAS = ox.NamedNode(SKOS + "prefLabel"), ox.NamedNode(SKOS + "altLabel")
_COUNTRY = ox.NamedNode(NS + "inCountry")
_POPULATION = ox.NamedNode(NS + "population")
_TWIN, _COOPERATES = ox.NamedNode(NS + "twinnedWith"), ox.NamedNode(NS + "cooperatesWith")


_BOUNDS: dict[str, tuple[float, float, Message]] = {
    "latitude": (-90, 90, Message("latitude must lie between -90 and 90")),
    "longitude": (-180, 180, Message("longitude must lie between -180 and 180")),
    "population": (0, math.inf, Message("the population is negative")),
}


@dataclass(frozen=True)
class ImportedList:
    """A list: its folder, and its tables as rows with their lines.

    countries: those whose name is in another language than Korean and English; cities: those that
    the package lacks; populations: inhabitants and countries of cities that it has; twins: the
    links.
    """

    folder: Path
    countries: list[tuple[int, dict[str, str]]]
    cities: list[tuple[int, dict[str, str]]]
    populations: list[tuple[int, dict[str, str]]]
    twins: list[tuple[int, dict[str, str]]]

    @property
    def name(self) -> str:
        return self.folder.name


def read_import(folder: Path) -> ImportedList:
    """Reads the tables of an import. Raises CitypactError where the folder holds none."""
    if not (folder / "import.json").is_file():
        raise CitypactError(
            "{folder}: has no import\n    -> see `citypact import list`", folder=folder
        )
    return ImportedList(
        folder,
        # Most lists have no such names, and then no such column.
        [each for each in _rows(folder, "countries", ("id",)) if each[1].get(_OTHER_LABEL)],
        _rows(folder, "cities", ("id", "source", "country", *PLAIN)),
        # Lists of earlier versions have none.
        _rows(folder, "populations", ("city", "source", "population"))
        if (folder / "populations.csv").is_file()
        else [],
        _rows(folder, "twins", ("city", "twinned_with", "source", "start", "end")),
    )


Pair = tuple[str, str]
"""The slugs of two cities, sorted."""


@dataclass
class KnownPartnership:
    """A partnership of two cities: its slug, and what is said of it: dates in EDTF, kinds."""

    slug: str
    starts: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def takes(self, row: dict[str, str]) -> bool:
        """Whether a row of a list can speak of it; then what the row says is noted."""
        kind = row.get("kind", "")
        starts, ends = _agreed(self.starts, row["start"]), _agreed(self.ends, row["end"])
        if starts is None or ends is None or (kind and self.kinds and kind not in self.kinds):
            return False
        if any(ends_before(end, start) for end in ends for start in starts):
            return False
        self.starts, self.ends = starts, ends
        self.kinds |= {kind} - {""}
        return True


def _agreed(known: set[str], said: str) -> set[str] | None:
    """The dates that are known, each as exact as it is said; None where none of them agrees."""
    if not said or not known:
        return known | ({said} - {""})
    agreed = {date: agreed_dates(date, said) for date in known}
    if not any(agreed.values()):
        return None
    return {exact[0] if exact else date for date, exact in agreed.items()}


KnownPartnerships = dict[Pair, list[KnownPartnership]]


def known_partnerships(sources: Sources, on_call: Sequence[str]) -> KnownPartnerships:
    """The partnerships of two cities that registers and records state, which a list may date anew.

    Left out are those that are only expected, and those of files whose names begin as `on_call`
    says, which count only where others need them.
    """
    found: dict[str, KnownPartnership] = {}
    partners: dict[str, set[str]] = defaultdict(set)
    unsure: set[str] = set()
    for claim in sources.claims:
        if not claim.subject.startswith(_PARTNERSHIP) or claim.rank == "deprecated":
            continue
        said = claim.object
        if claim.predicate == NS + "partner" and isinstance(said, ox.NamedNode):
            partners[claim.subject].add(said.value)
            if claim.modality != "asserted" or claim.place.file.startswith(tuple(on_call)):
                unsure.add(claim.subject)
        slug = claim.subject.removeprefix(_PARTNERSHIP)
        known = found.setdefault(claim.subject, KnownPartnership(slug))
        if isinstance(said, Date):
            if claim.predicate == NS + "established":
                known.starts.add(said.text)
            elif claim.predicate == NS + "endDate":
                known.ends.add(said.text)
        elif claim.predicate == NS + "relationType":
            known.kinds.add(said.value.rpartition("/")[2])
    pairs: KnownPartnerships = defaultdict(list)
    for iri, known in sorted(found.items()):
        slugs = sorted(re.sub(f"^{ID}(?:city|territory)/", "", each) for each in partners[iri])
        if len(slugs) == 2 and iri not in unsure and not any("/" in each for each in slugs):
            pairs[slugs[0], slugs[1]].append(known)
    return pairs


def registers_of(found: ImportedList) -> Iterator[RegisterRows]:
    """What of a list is read as a register: its source and its countries."""
    for name in REGISTERS:
        path = found.folder / f"{name}.csv"
        # `read_triples` reads labels in other languages than Korean and English.
        for rows in read_register(path, f"{found.name}/{name}.csv", {_OTHER_LABEL}):
            yield replace(rows, is_import=True)


def partnerships_of(found: ImportedList, known: KnownPartnerships) -> Iterator[RegisterRows]:
    """The links with dates or a kind of a list, as a register of partnerships.

    `known` are the partnerships of registers, records and the lists before, to which those of this
    one are added: sources that agree speak of one partnership, such as 1976 and 1976-05; sources
    that contradict each other speak of two.
    """
    rows_of: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for line, row in found.twins:
        # Lists of earlier versions say no kinds.
        if row["start"] or row["end"] or row.get("kind"):
            rows_of[_partnership(known, row)].append((line, row))
    if not rows_of:
        return
    things: dict[str, Node] = {}
    for slug, rows in rows_of.items():
        line, row = rows[0]
        values: dict[str, Node] = {
            key: dates
            for key, column in (("established", "start"), ("end", "end"))
            if (dates := _dates(rows, column))
        }
        if kind := next(filter(None, (row.get("kind") for _, row in rows)), ""):
            values["relation_type"] = Text(kind, line)
        ends = [Text(row[column], line) for column in ("city", "twinned_with")]
        values["partners"] = Items(tuple(ends), line)
        things[slug] = Fields(values, dict.fromkeys(values, line), line)
    line, row = next(iter(rows_of.values()))[0]
    lines = {name: node.line for name, node in things.items()}
    top = Fields({"partnerships": Fields(things, lines, line)}, {"partnerships": line}, line)
    yield RegisterRows(f"{found.name}/twins.csv", row["source"], line, top, is_import=True)


def _partnership(known: KnownPartnerships, row: dict[str, str]) -> str:
    """The slug of the partnership that a row speaks of: one that is known, else a new one.

    Both cities may state the tie, each with dates of its own, and it may have had several terms.
    """
    one, other = sorted((row["city"], row["twinned_with"]))
    same = known.setdefault((one, other), [])
    for each in same:
        if each.takes(row):
            return each.slug
    taken = {each.slug for each in same}
    pair = f"{one}-to-{other}"
    slugs = (pair if number == 1 else f"{pair}-term-{number}" for number in count(1))
    slug = next(each for each in slugs if each not in taken)
    new = KnownPartnership(slug)
    new.takes(row)
    same.append(new)
    return slug


def _dates(rows: Sequence[tuple[int, dict[str, str]]], column: str) -> Node | None:
    """The date of a partnership by rows of a list, with those that it gives less exactly."""
    said: dict[str, int] = {}
    for line, row in rows:
        # Lists of earlier versions have no such column.
        for each in (row[column], *row.get(f"also_{column}", "").split(SEPARATOR)):
            if each:
                said.setdefault(each, line)
    if not said:
        return None
    texts = tuple(Text(each, line) for each, line in said.items())
    return Items(texts, texts[0].line) if len(texts) > 1 else texts[0]


def prefer_exact_dates(claims: list[Claim], partnerships: Collection[str]) -> None:
    """Ranks the most exact date of each partnership (IRI) as preferred, where others agree with it.

    Facts follow one date. Where a source was ranked already, or dates contradict each other,
    nothing is done.
    """
    said: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for at, claim in enumerate(claims):
        if claim.subject not in partnerships or not isinstance(claim.object, Date):
            continue
        if claim.rank != "deprecated" and claim.modality in ("asserted", "reported"):
            said[claim.subject, claim.predicate][at] = claim.object.text
    for places in said.values():
        dates = {*places.values()}
        if len(dates) == 1 or any(claims[at].rank == "preferred" for at in places):
            continue
        exact = next((d for d in sorted(dates) if all(is_within(d, o) for o in dates)), "")
        for at, date in places.items():
            if date == exact:
                claims[at] = replace(claims[at], rank="preferred", reasons=_MORE_EXACT)


def declare_cities(found: ImportedList, sources: Sources, problems: list[Problem]) -> None:
    """Notes the cities of a list, so that links can name them, and which countries have names."""
    sources.labelled.update(f"{ID}country/{row['id']}" for _, row in found.countries)
    file = f"{found.name}/cities.csv"
    for line, row in found.cities:
        if not SLUG.fullmatch(row["id"]):
            message = Message("{id} cannot be a name in IRIs", id=shown(row["id"]))
            problems.append(Problem(file, line, "id", message, "import the list again"))
            continue
        iri = f"{ID}city/{row['id']}"
        sources.things.setdefault(iri, Thing(iri, "City", Place(file, line, row["id"]), False))
        sources.labelled.add(iri)


def with_our_names(lists: Sequence[ImportedList], sources: Sources) -> list[ImportedList]:
    """The lists, whose cities go by the names of places that have the same identifier.

    An import compares a list with the places that it knew; a build may have more, such as the
    partners of other cities. A place is the city of a list with its Wikidata item, else with its
    GeoNames identifier, unless their items differ. What the import left open, what a person judged,
    and cities that records name stay as they are.
    """
    if not lists:
        return []
    ours, items = _by_identifier(sources)
    named = {c.object.value for c in sources.claims if isinstance(c.object, ox.NamedNode)}
    named |= {claim.subject for claim in sources.claims}
    found: dict[str, str] = {}
    kept: set[str] = set()
    for each in lists:
        settled, used = _settled(each.folder), _used(each)
        same: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for _, row in each.cities:
            rule, iri = _ours(row, ours, items)
            listed = f"{ID}city/{row['id']}"
            if iri == listed:
                continue
            is_free = row["id"] not in settled and iri.rpartition("/")[2] not in used
            if is_free and listed not in named:
                same[iri][rule].append(row["id"])
            else:
                kept.add(row["id"])
        for iri, by_rule in same.items():
            # A place may have several items, such as those of a city and its municipality, and a
            # list a city for each.
            rows = by_rule["wikidata"] or by_rule["geonames"]
            if iri and (by_rule["wikidata"] or len(rows) == 1):
                found |= dict.fromkeys(rows, iri)
    slugs = {old: iri.rpartition("/")[2] for old, iri in found.items() if old not in kept}
    for old in slugs:
        sources.things.pop(f"{ID}city/{old}", None)
        sources.labelled.discard(f"{ID}city/{old}")
    return [_renamed(each, slugs, found) for each in lists] if slugs else list(lists)


def _by_identifier(sources: Sources) -> tuple[dict[tuple[str, str], str], set[str]]:
    """The cities and territories (IRIs) by their identifiers, and those with a Wikidata item."""
    found: dict[tuple[str, str], str] = {}
    items: set[str] = set()
    for claim in sources.claims:
        if claim.rank == "deprecated" or isinstance(claim.object, Date):
            continue
        if not claim.subject.startswith((f"{ID}city/", f"{ID}territory/")):
            continue
        for name in ("wikidata", "geonames"):
            if claim.predicate == NS + name:
                value = claim.object.value.rstrip("/").rpartition("/")[2]
                found[name, value] = claim.subject
                if name == "wikidata" and value:
                    items.add(claim.subject)
    return found, items


def _ours(
    row: dict[str, str], ours: dict[tuple[str, str], str], items: set[str]
) -> tuple[str, str]:
    """By which identifier a city of a list is a place of ours, and its IRI; '' where by none."""
    if iri := ours.get(("wikidata", row["wikidata"])):
        return "wikidata", iri
    iri = ours.get(("geonames", row["geonames"]), "")
    return "geonames", "" if row["wikidata"] and iri in items else iri


def _settled(folder: Path) -> set[str]:
    """The cities of a list that the import left open, or on which a person has decided."""
    path = folder / "matches.csv"
    if not path.is_file():
        return set()
    header, rows = table(path, f"{folder.name}/{path.name}")
    if not {"city", "decision", "reason"} <= set(header):
        return set()
    said = (dict(zip(header, row, strict=True)) for _, row in rows)
    return {
        row["city"]
        for row in said
        if row["decision"] != "new" or row["reason"].startswith("judged")
    }


def _used(found: ImportedList) -> set[str]:
    """The slugs that links and populations of a list name."""
    used = {row["city"] for _, row in found.populations}
    return used.union(*({row["city"], row["twinned_with"]} for _, row in found.twins))


def _renamed(found: ImportedList, slugs: dict[str, str], iris: dict[str, str]) -> ImportedList:
    """A list in which cities have other slugs; of those that are territories the population."""
    cities, populations = [], [*found.populations]
    for line, row in found.cities:
        slug = slugs.get(row["id"], row["id"])
        if slug != row["id"] and iris[row["id"]].startswith(f"{ID}territory/"):
            populations.append((line, row | {"city": slug}))
        else:
            cities.append((line, row | {"id": slug}))
    twins = [
        (line, row | {end: slugs.get(row[end], row[end]) for end in ("city", "twinned_with")})
        for line, row in found.twins
    ]
    return replace(found, cities=cities, populations=populations, twins=twins)


def read_triples(
    found: ImportedList, sources: Sources, problems: list[Problem]
) -> dict[str, list[Triple]]:
    """The triples that a list states, by the IRI of its source; faults go to `problems`.

    A link makes three: that the one is twinned with the other, and that they cooperate.
    """
    triples: dict[str, list[Triple]] = {}

    def stated(source: str, file: str, line: int) -> list[Triple]:
        iri = f"{ID}doc/{source}"
        if iri not in sources.documents:
            message = Message("{source} is not a document", source=shown(source))
            problems.append(Problem(file, line, "source", message, "name it in documents.csv"))
        return triples.setdefault(iri, [])

    file = f"{found.name}/countries.csv"
    for line, row in found.countries:
        country = ox.NamedNode(f"{ID}country/{row['id']}")
        try:
            labels = _named({_OTHER_LABEL: row[_OTHER_LABEL]}, "label")
            triples_of_country = [(country, _LABEL, label) for label in labels]
        except ValueFault as fault:
            problems.append(Problem(file, line, row["id"], fault.message, fault.cure))
        else:
            stated(row["source"], file, line).extend(triples_of_country)
    file = f"{found.name}/cities.csv"
    for line, row in found.cities:
        try:
            known = sources.things.get(f"{ID}city/{row['id']}")
            is_ours = known is None or known.place.file == file
            if is_ours and known and known.place.line != line:
                twice = Message(
                    "{id} appears twice (first in line {lines})",
                    id=shown(row["id"]),
                    lines=known.place.line,
                )
                raise ValueFault(twice, Message("keep one row"))
            triples_of = _city if is_ours else _names
            stated(row["source"], file, line).extend(triples_of(row, sources))
            if is_ours:
                sources.listed.add(f"{ID}city/{row['id']}")
        except ValueFault as fault:
            problems.append(Problem(file, line, row["id"], fault.message, fault.cure))
    _add_populations(found, sources, problems, stated)
    file = f"{found.name}/twins.csv"
    for line, row in found.twins:
        ends = {name: _place(name, sources) for name in (row["city"], row["twinned_with"])}
        unknown = [name for name, iri in ends.items() if not iri]
        if unknown:
            message = Message("{unknown} is not a city", unknown=shown(unknown[0]))
            problems.append(Problem(file, line, "twinned_with", message, AGAIN))
            continue
        one, other = (ox.NamedNode(ends[row[column]]) for column in ("city", "twinned_with"))
        stated(row["source"], file, line).extend(
            [(one, _TWIN, other), (one, _COOPERATES, other), (other, _COOPERATES, one)]
        )
    return triples


def _add_populations(
    found: ImportedList,
    sources: Sources,
    problems: list[Problem],
    stated: Callable[[str, str, int], list[Triple]],
) -> None:
    """What the list says of the inhabitants and the countries of cities of ours."""
    file = f"{found.name}/populations.csv"
    for line, row in found.populations:
        if not (iri := _place(row["city"], sources)):
            problems.append(
                Problem(
                    file,
                    line,
                    "city",
                    Message("{city} is not a city", city=shown(row["city"])),
                    AGAIN,
                )
            )
            continue
        city, triples = ox.NamedNode(iri), stated(row["source"], file, line)
        try:
            if row["population"]:
                triples.append((city, _POPULATION, _value(row, "population", sources)))
            # Lists of earlier versions have no such column.
            triples.extend(_in_country(city, row.get("country", ""), sources))
        except ValueFault as fault:
            problems.append(Problem(file, line, row["city"], fault.message, fault.cure))


def _place(slug: str, sources: Sources) -> str:
    """The IRI of a city, else of a territory, of this name; empty where there is none."""
    for segment in ("city", "territory"):
        if f"{ID}{segment}/{slug}" in sources.things:
            return f"{ID}{segment}/{slug}"
    return ""


def _names(row: dict[str, str], sources: Sources) -> Iterator[Triple]:
    """A city that the package has come to have: the names of the list are aliases of it."""
    city = ox.NamedNode(f"{ID}city/{row['id']}")
    if row["population"]:
        yield city, _POPULATION, _value(row, "population", sources)
    for label in _named(row, "label"):
        yield city, _ALIAS, label
    for alias in _named(row, "aliases"):
        yield city, _ALIAS, alias


def _named(row: dict[str, str], column: str) -> Iterator[ox.Literal]:
    """The names in the columns of all languages; those of other languages end in `@` and a tag."""
    for language in LANGUAGES:
        cell = row.get(f"{column}.{language}", "")
        # Only aliases are several: a label may hold the sign that parts them.
        for name in cell.split(SEPARATOR) if column == "aliases" else (cell,):
            if name.strip():
                yield parse_text(name.strip() if column == "aliases" else name, language)
    for cell in row.get(f"{column}.other", "").split(SEPARATOR):
        if cell.strip():
            name, _, tag = cell.strip().rpartition("@")
            try:
                if not name:
                    raise ValueError("no tag")
                yield parse_text(name, tag)
            except ValueError as error:
                raise ValueFault(
                    Message("{cell} has no language tag", cell=shown(cell)),
                    Message("write the name, `@` and its tag, such as 横浜@ja"),
                ) from error


def _city(row: dict[str, str], sources: Sources) -> Iterator[Triple]:
    city = ox.NamedNode(f"{ID}city/{row['id']}")
    yield city, _TYPE, _CITY
    yield city, _TYPE, _AREA
    labels = list(_named(row, "label"))
    if not labels:
        raise ValueFault(
            "needs a label",
            Message("write the name of the city in label.ko, label.en or label.other"),
        )
    for label in labels:
        yield city, _LABEL, label
        if plain := PLAIN_NAMES.get(label.language or ""):
            yield city, ox.NamedNode(plain), ox.Literal(label.value)
    for alias in _named(row, "aliases"):
        yield city, _ALIAS, alias
    yield from _in_country(city, row["country"], sources)
    fields = vocabulary().fields("City")
    for column in PLAIN:
        if row[column]:
            yield city, ox.NamedNode(fields[column].iri), _value(row, column, sources)


def _in_country(city: ox.NamedNode, country: str, sources: Sources) -> Iterator[Triple]:
    """That the city is in a country, by its slug; nothing where the slug is empty."""
    if not country:
        return
    iri = f"{ID}country/{country}"
    if iri not in sources.things:
        raise ValueFault(Message("{country} is not a country", country=shown(country)), AGAIN)
    yield city, _COUNTRY, ox.NamedNode(iri)


def _value(row: dict[str, str], column: str, sources: Sources) -> Term:
    """The value of a column of `PLAIN`. Raises ValueFault.

    A number that no place has is one too, as in the shape of places.
    """
    words = vocabulary()
    value = parse_term(row[column], words.fields("City")[column], words, sources.things, "")
    if column in _BOUNDS:
        least, most, message = _BOUNDS[column]
        if not least <= float(value.value) <= most:
            raise ValueFault(message, Message("correct the number, or leave the cell empty"))
    return value


def _rows(folder: Path, stem: str, needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    name = f"{folder.name}/{stem}.csv"
    header, rows = table(folder / f"{stem}.csv", name)
    missing = [column for column in needed if column not in header]
    if missing:
        cure = Message("import the list again with this version")
        raise RecordError(
            [Problem(name, 1, "", Message("has no column {missing!r}", missing=missing[0]), cure)]
        )
    return [(line, dict(zip(header, row, strict=True))) for line, row in rows]
