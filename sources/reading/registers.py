"""Registers: tables of many small facts, one row what one source says of one thing.

A register is a CSV file whose name is a section of records (`partnerships.csv`), or a section and
a field of parts (`agreements.signatures.csv`), and whose columns are record fields. Column `id`
names the thing, `of` the thing that a part belongs to, and `source` the document that says it, one
of those in `documents.csv`; without a source a row is the editors' own. What may stand beside a
value in a record has a column of its own: `established.rank`, `established.reason.ko`. Several
values of a field are separated by `;`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from citypact.ontology.errors import Message, Problem, RecordError, shown, suggestion
from citypact.ontology.vocabulary import Property, vocabulary
from citypact.sources.files.csv_tables import table
from citypact.sources.reading.yaml_tree import Fields, Items, Node, Text

DOCUMENTS = "documents"
"""The register of the documents that the rows of the others name as sources."""
NOT_REGISTERS = ("merges", "topic-words", "documents.passages")
"""Tables beside the registers that say nothing of things: judgements, and words of links."""
OF_A_ROW = ("modality", "inferred", "attributed_to", "note", "editorial")
"""Columns that hold for all that a row says (a note: for the thing alone)."""
SEPARATOR = ";"
ADDRESSES = r";(?=\s*https?://)"
"""What parts several addresses: a semicolon may be part of one."""
MAXIMUM_CELL = 20_000


@dataclass(frozen=True)
class RegisterRows:
    """What one source says in one register: sections as in a record, and the source's name.

    The name is empty for the editors' own rows; for a document, `top` holds the document alone.
    In an import even names are the source's own, and may be in one language.
    """

    file: str
    source: str
    line: int
    top: Fields
    is_import: bool = False


def read_registers(folder: Path, problems: list[Problem], prefix: str = "") -> list[RegisterRows]:
    """Reads the registers of a folder, in the order of their names.

    Faults are added to `problems`, by file (with `prefix` before its name) and line.
    """
    found: list[RegisterRows] = []
    for path in sorted(folder.glob("[!.]*.csv")):
        if path.stem in NOT_REGISTERS:
            continue
        try:
            found += read_register(path, f"{prefix}{folder.name}/{path.name}")
        except RecordError as error:
            problems += error.problems
    return found


def read_register(path: Path, name: str, without: Container[str] = ()) -> list[RegisterRows]:
    """Reads one register; `name` is how messages call it. Raises RecordError for its faults.

    without: columns of things that are read elsewhere.
    """
    if path.stem == DOCUMENTS:
        return list(_documents(path, name))
    return _things(path, name, without)


def _documents(path: Path, name: str) -> Iterator[RegisterRows]:
    header, rows = table(path, name)
    fields = vocabulary().fields("SourceDocument")
    _check(name, header, {"id"}, fields)
    for line, row in rows:
        cells = dict(zip(header, row, strict=True))
        body = _body(cells, line, fields, name)
        document = Fields(
            {"id": Text(cells["id"], line), **body.values},
            {"id": line, **body.key_lines},
            line,
        )
        yield RegisterRows(
            name, cells["id"], line, Fields({"document": document}, {"document": line}, line)
        )


def _things(path: Path, name: str, without: Container[str]) -> list[RegisterRows]:
    section, _, part = path.stem.partition(".")
    known = vocabulary().sections
    if section not in known:
        cure = suggestion(section, [*known, DOCUMENTS])
        message = Message("{section} is not a section of records", section=shown(section))
        raise RecordError(
            [Problem(name, 0, "", message, Message("name the file after one: {cure}", cure=cure))]
        )
    fields = vocabulary().fields(known[section].name)
    if part:
        prop = fields.get(part)
        if prop is None or prop.kind != "part":
            parts = [key for key, each in fields.items() if each.kind == "part"]
            message = Message(
                "{part} is not a field of parts of {section}", part=shown(part), section=section
            )
            raise RecordError([Problem(name, 0, "", message, suggestion(part, parts))])
        fields = vocabulary().fields(prop.range[0])
    header, rows = table(path, name)
    _check(name, header, {"id", "source", *(["of"] if part else [])}, fields)
    by_source: dict[str, dict[str, tuple[int, Node]]] = defaultdict(dict)
    lines: dict[str, int] = {}
    for line, row in rows:
        cells = {c: cell for c, cell in zip(header, row, strict=True) if c not in without}
        source = cells["source"]
        lines.setdefault(source, line)
        body: Node = _body(cells, line, fields, name)
        slug = cells["of"] if part else cells["id"]
        things = by_source[source]
        if part:
            whole = things.get(slug, (line, Fields({}, {}, line)))[1]
            body = _with_part(whole, part, cells["id"], body, line, name)
        elif slug in things:
            _twice(name, line, slug, things[slug][0])
        things[slug] = (things[slug][0] if slug in things else line, body)
    return [
        RegisterRows(name, source, lines[source], _section(section, things))
        for source, things in by_source.items()
    ]


def _section(section: str, things: dict[str, tuple[int, Node]]) -> Fields:
    line = min(line for line, _ in things.values())
    body = Fields(
        {slug: node for slug, (_, node) in things.items()},
        {slug: line for slug, (line, _) in things.items()},
        line,
    )
    return Fields({section: body}, {section: line}, line)


def _with_part(whole: Node, part: str, slug: str, body: Node, line: int, name: str) -> Fields:
    assert isinstance(whole, Fields)
    parts = whole.get(part) or Fields({}, {}, line)
    assert isinstance(parts, Fields)
    if slug in parts.values:
        _twice(name, line, slug, parts.key_lines[slug])
    joined = Fields({**parts.values, slug: body}, {**parts.key_lines, slug: line}, parts.line)
    return Fields({part: joined}, {part: joined.line}, whole.line)


def _twice(name: str, line: int, slug: str, first: int) -> None:
    message = Message(
        "{slug} appears twice for one source (first in line {first})", slug=shown(slug), first=first
    )
    raise RecordError([Problem(name, line, "id", message, "join the two rows into one")])


def _check(name: str, header: list[str], needed: set[str], fields: dict[str, Property]) -> None:
    missing = sorted(needed - set(header))
    if missing:
        cure = Message("name the columns in the first line")
        raise RecordError(
            [Problem(name, 1, "", Message("has no column {missing!r}", missing=missing[0]), cure)]
        )
    for column in header:
        if column not in needed and column.split(".")[0] not in (*fields, *OF_A_ROW):
            cure = suggestion(column.split(".")[0], [*fields, *needed])
            raise RecordError([Problem(name, 1, column, "is not a field of these things", cure)])


def _body(cells: dict[str, str], line: int, fields: dict[str, Property], name: str) -> Fields:
    """The fields of a row as a record would write them."""
    tree: dict[str, dict[str, str]] = defaultdict(dict)
    for column, cell in cells.items():
        key, _, rest = column.partition(".")
        if not cell or (key in ("id", "source", "of") and key not in fields):
            continue
        if len(cell) > MAXIMUM_CELL:
            message = Message("has more than {maximum_cell} characters", maximum_cell=MAXIMUM_CELL)
            raise RecordError([Problem(name, line, column, message, "shorten it")])
        if column not in ("id", "source", "of"):
            tree[key][rest] = cell
    values = {key: _value(given, line, fields.get(key)) for key, given in tree.items()}
    return Fields(values, dict.fromkeys(values, line), line)


def _value(given: dict[str, str], line: int, prop: Property | None) -> Node:
    """A value from the cells of its columns: plain, several, or with what stands beside it."""
    is_text = prop is not None and prop.kind == "text"
    beside: dict[str, Node] = {}
    for rest, cell in given.items():
        key, _, language = rest.partition(".")
        if not rest:
            continue
        if language:
            inner = beside.get(key) or Fields({}, {}, line)
            assert isinstance(inner, Fields)
            beside[key] = Fields(
                {**inner.values, language: Text(cell, line)},
                {**inner.key_lines, language: line},
                line,
            )
        elif prop and is_text and rest in prop.languages:
            beside[rest] = _several(cell, line) if prop.field == "aliases" else Text(cell, line)
        else:
            beside[rest] = Text(cell, line)
    if "" not in given:
        return Fields(beside, dict.fromkeys(beside, line), line)
    is_address = prop is not None and prop.template == "{}"
    plain = _several(given[""], line, ADDRESSES if is_address else SEPARATOR)
    if not beside:
        return plain
    items = plain.values if isinstance(plain, Items) else (plain,)
    nodes = tuple(
        Fields({"is": item, **beside}, dict.fromkeys(("is", *beside), line), line) for item in items
    )
    return nodes[0] if len(nodes) == 1 else Items(nodes, line)


def _several(cell: str, line: int, separator: str = SEPARATOR) -> Node:
    words = [word.strip() for word in re.split(separator, cell)]
    nodes = tuple(Text(word, line) for word in words if word)
    return nodes[0] if len(nodes) == 1 else Items(nodes, line)
