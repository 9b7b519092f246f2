"""Imported lists of twin cities: what `citypact import twins` wrote, read back for a build.

A list names tens of thousands of cities and links, all on the word of one source. Its cities and
links are triples of one graph that is the source's claim as a whole; only the source itself, the
countries, and links that have dates or a kind are read as registers are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from citypact.ontology import ID, LANGUAGES, NS, RDF, SKOS
from citypact.ontology.errors import CitypactError, Message, Problem, RecordError, shown
from citypact.ontology.vocabulary import SLUG, Term, vocabulary
from citypact.sources.files.csv_tables import table
from citypact.sources.model import Place, Sources, Thing, Triple
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
_MORE_EXACT: dict[str, str] = {
    "ko": "가장 정확한 날짜입니다. 목록의 다른 행에는 같은 날짜가 덜 정확하게 적혀 있습니다.",
    "en": "The most exact date; the list gives it less exactly in another row.",
}
PLAIN_NAMES = {"ko": NS + "labelKorean", "en": NS + "labelEnglish"}
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

    cities: those that the package lacks; populations: inhabitants and countries of cities that it
    has; twins: the links.
    """

    folder: Path
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
        _rows(folder, "cities", ("id", "source", "country", *PLAIN)),
        # Lists of earlier versions have none.
        _rows(folder, "populations", ("city", "source", "population"))
        if (folder / "populations.csv").is_file()
        else [],
        _rows(folder, "twins", ("city", "twinned_with", "source", "start", "end")),
    )


Terms = dict[str, list[tuple[str, str, str]]]
"""Start, end and kind of the partnerships of lists, by the name of the pair of cities."""


def registers_of(found: ImportedList, terms: Terms) -> Iterator[RegisterRows]:
    """What of a list is read as a register: its source, its countries, its links with dates.

    `terms` are those of the lists before, to which those of this one are added: lists that agree
    speak of one partnership, lists that contradict each other of two.
    """
    for name in REGISTERS:
        path = found.folder / f"{name}.csv"
        for rows in read_register(path, f"{found.name}/{name}.csv"):
            yield replace(rows, is_import=True)
    # Lists of earlier versions say no kinds.
    dated = [
        (line, row) for line, row in found.twins if row["start"] or row["end"] or row.get("kind")
    ]
    if not dated:
        return
    things: dict[str, Node] = {}
    for line, row in dated:
        values: dict[str, Node] = {
            key: _dates(row, column, line)
            for key, column in (("established", "start"), ("end", "end"))
            if row[column]
        }
        if row.get("kind"):
            values["relation_type"] = Text(row["kind"], line)
        ends = [Text(row[column], line) for column in ("city", "twinned_with")]
        values["partners"] = Items(tuple(ends), line)
        # Both cities may state the tie, each with dates of its own, and it may have had several
        # terms: a node for each.
        pair = f"{row['city']}-to-{row['twinned_with']}"
        term = _term(terms.setdefault(pair, []), row)
        things[pair if term == 1 else f"{pair}-term-{term}"] = Fields(
            values, dict.fromkeys(values, line), line
        )
    line, row = dated[0]
    lines = {name: node.line for name, node in things.items()}
    top = Fields({"partnerships": Fields(things, lines, line)}, {"partnerships": line}, line)
    yield RegisterRows(f"{found.name}/twins.csv", row["source"], line, top, is_import=True)


def _term(known: list[tuple[str, str, str]], row: dict[str, str]) -> int:
    """Which of the terms of a pair of cities a row speaks of, from 1; the next where of none."""
    said = row["start"], row["end"], row.get("kind", "")
    for at, term in enumerate(known):
        if all(not one or not other or one == other for one, other in zip(term, said, strict=True)):
            known[at] = (term[0] or said[0], term[1] or said[1], term[2] or said[2])
            return at + 1
    known.append(said)
    return len(known)


def _dates(row: dict[str, str], column: str, line: int) -> Node:
    """A date of a link, with those that the list gives less exactly."""
    # Lists of earlier versions have no such column.
    also = [each for each in row.get(f"also_{column}", "").split(SEPARATOR) if each]
    if not also:
        return Text(row[column], line)
    reason: dict[str, Node] = {language: Text(text, line) for language, text in _MORE_EXACT.items()}
    parts: dict[str, Node] = {
        "is": Text(row[column], line),
        "rank": Text("preferred", line),
        "reason": Fields(reason, dict.fromkeys(reason, line), line),
    }
    exact = Fields(parts, dict.fromkeys(parts, line), line)
    return Items((exact, *(Text(each, line) for each in also)), line)


def declare_cities(found: ImportedList, sources: Sources, problems: list[Problem]) -> None:
    """Notes the cities of a list, so that links can name them."""
    file = f"{found.name}/cities.csv"
    for line, row in found.cities:
        if not SLUG.fullmatch(row["id"]):
            message = Message("{id} cannot be a name in IRIs", id=shown(row["id"]))
            problems.append(Problem(file, line, "id", message, "import the list again"))
            continue
        iri = f"{ID}city/{row['id']}"
        sources.things.setdefault(iri, Thing(iri, "City", Place(file, line, row["id"]), False))
        sources.labelled.add(iri)


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
