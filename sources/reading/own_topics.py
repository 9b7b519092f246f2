"""Topics of a project's own, which extend those of the package: `entities/topics.csv`.

A row is a topic: its `id`, its names, and the broader topics, of the package or of its own, under
which it stands; one without is a field of its own. What the rows say are statements of the editors.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from citypact.ontology import LANGUAGES, NS, RDF, SKOS, TOPIC, folder
from citypact.ontology.errors import Message, Problem, RecordError, shown, suggestion
from citypact.ontology.vocabulary import SLUG, vocabulary
from citypact.sources.files.csv_tables import table
from citypact.sources.model import Claim, Place, Sources, Thing
from citypact.sources.reading.values import topics_of

FILE = "topics.csv"
COLUMNS = ("id", "label.ko", "label.en", "broader", "aliases.ko", "aliases.en", "definition.ko",
           "definition.en")  # fmt: skip
NEEDED = COLUMNS[:3]
_SEPARATOR = ";"


def read_topics(
    entities: Path, sources: Sources, problems: list[Problem], prefix: str = ""
) -> None:
    """Reads the topics of a folder of entities, if it has any, into things and claims.

    `prefix` stands before the name of the file. Faults are added to `problems`: columns that are
    not known, topics that are there already, with both places, and broader topics that are none.
    """
    path = entities / FILE
    if not path.exists():
        return
    file = f"{prefix}{entities.name}/{FILE}"
    try:
        header, rows = table(path, file)
    except RecordError as error:
        problems += error.problems
        return
    found = list(_columns(header, file))
    if found:
        problems += found
        return
    own: dict[str, tuple[int, dict[str, str]]] = {}
    for line, row in rows:
        cells = dict(zip(header, row, strict=True))
        fault = _fault_of_name(cells, sources)
        if fault:
            problems.append(Problem(file, line, *fault))
            continue
        iri = TOPIC + cells["id"]
        own[cells["id"]] = line, cells
        sources.things[iri] = Thing(iri, "Topic", Place(file, line, "id"), is_entity=True)
        sources.labelled.add(iri)
    editors = sources.editors_of(file)
    known = set(topics_of(vocabulary(), sources.things))
    for slug, (line, cells) in own.items():
        broader = _several(cells.get("broader", ""))
        for each in broader:
            if each not in known:
                message = Message("{text} is not a topic", text=shown(each))
                problems.append(Problem(file, line, "broader", message, suggestion(each, known)))
        if slug in _above(slug, own):
            message, cure = Message("leads back to the topic"), Message("name a wider topic")
            problems.append(Problem(file, line, "broader", message, cure))
        sources.claims += [
            Claim(TOPIC + slug, predicate, value, editors, Place(file, line, column))
            for column, predicate, value in _said(cells, [b for b in broader if b in known])
        ]


def _columns(header: list[str], file: str) -> Iterator[Problem]:
    for name in NEEDED:
        if name not in header:
            cure = Message("it requires {columns}", columns=", ".join(NEEDED))
            message = Message("has no column {missing!r}", missing=name)
            yield Problem(file, 1, "", message, cure)
    for name in header:
        if name not in COLUMNS:
            message = Message("is not a column of this file")
            yield Problem(file, 1, name, message, suggestion(name, COLUMNS))


def _fault_of_name(cells: dict[str, str], sources: Sources) -> tuple[str, str, str] | None:
    """Field, message and cure where a row does not name a topic of its own."""
    slug = cells["id"]
    if not SLUG.fullmatch(slug):
        message = Message("{slug} cannot be a name in IRIs", slug=shown(slug))
        return "id", message, Message("use small letters, digits and single hyphens")
    known = sources.things.get(TOPIC + slug)
    place = known.place if known else _in_package(slug)
    if place:
        message = Message(
            "is declared twice (first in {file}:{line})", file=place.file, line=place.line
        )
        return "id", message, Message("choose another name, or use the topic that is there")
    missing = [f"label.{each}" for each in LANGUAGES if not cells[f"label.{each}"]]
    if missing:
        return missing[0], Message("is empty"), Message("name the topic in both languages")
    return None


def _in_package(slug: str) -> Place | None:
    """Where the package has a topic, if it has it."""
    if slug not in vocabulary().topics:
        return None
    lines = (folder() / "topics.ttl").read_text(encoding="utf-8").splitlines()
    start = f"topic:{slug} a "
    line = next(number for number, text in enumerate(lines, 1) if text.startswith(start))
    return Place("citypact:topics.ttl", line, "")


def _several(cell: str) -> list[str]:
    return [part for text in cell.split(_SEPARATOR) if (part := text.strip())]


def _above(slug: str, own: dict[str, tuple[int, dict[str, str]]]) -> set[str]:
    """The topics of a file above one."""
    found: set[str] = set()
    left = [slug]
    while left:
        _, cells = own.get(left.pop(), (0, {}))
        new = [each for each in _several(cells.get("broader", "")) if each not in found]
        found |= {*new}
        left += new
    return found


def _said(
    cells: dict[str, str], broader: list[str]
) -> Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]:
    """What a row says: column, predicate and value."""
    yield "id", f"{RDF}type", ox.NamedNode(f"{NS}Topic")
    for each in broader:
        yield "broader", f"{SKOS}broader", ox.NamedNode(TOPIC + each)
    for language in LANGUAGES:
        for column, predicate in (("label", "prefLabel"), ("definition", "definition")):
            if text := cells.get(f"{column}.{language}", ""):
                name = f"{column}.{language}"
                yield name, SKOS + predicate, ox.Literal(text, language=language)
        for text in _several(cells.get(f"aliases.{language}", "")):
            yield f"aliases.{language}", f"{SKOS}altLabel", ox.Literal(text, language=language)


__all__ = ["read_topics"]
