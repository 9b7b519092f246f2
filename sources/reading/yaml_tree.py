"""YAML as a tree of plain texts that know their line, so that every fault can name its place.

Scalars stay text: what `no`, `08:00` or `2019-10-01` means is for the field to say, not for YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from citypact.ontology.errors import Message, Problem, RecordError, system_reason
from citypact.sources.files.input_files import read_at_most

MAXIMUM_BYTES = 5_000_000
MAXIMUM_DEPTH = 40


@dataclass(frozen=True)
class Text:
    """A scalar as written, with its line (from 1)."""

    value: str
    line: int


@dataclass(frozen=True)
class Items:
    """A list."""

    values: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Fields:
    """A mapping in the order of the file; `key_lines` has the line of each key."""

    values: dict[str, Node]
    key_lines: dict[str, int]
    line: int

    def get(self, key: str) -> Node | None:
        return self.values.get(key)

    def __iter__(self) -> Iterator[tuple[str, Node]]:
        return iter(self.values.items())


Node = Text | Items | Fields


def read_yaml(path: Path, name: str = "") -> Fields:
    """Reads one YAML file whose top is a mapping.

    `name` is how messages call the file; the path where empty. Raises RecordError with file, line
    and cure for text that is not UTF-8, not YAML, uses anchors, repeats a key or nests too deep.
    """
    name = name or str(path)
    try:
        data = read_at_most(path, MAXIMUM_BYTES)
    except OSError as error:
        raise _error(
            name,
            0,
            Message("cannot be read: {reason}", reason=system_reason(error)),
            "check the path",
        ) from error
    if len(data) > MAXIMUM_BYTES:
        raise _error(
            name,
            0,
            Message("is larger than {maximum_bytes} bytes", maximum_bytes=MAXIMUM_BYTES),
            "split it",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _error(name, line, "is not UTF-8", "save the file with the encoding UTF-8") from error
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAXIMUM_DEPTH:
                cure = Message("records need about ten levels")
                raise _error(name, _line(event), "is nested too deeply", cure)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                message = Message("has a YAML anchor or alias, which records do not use")
                raise _error(name, _line(event), message, "write the value out")
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(name, text, error) from error
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        message = Message(
            "is not YAML: it has the character U+{character:04X}", character=error.character
        )
        raise _error(name, line, message, "remove the control character") from error
    node = _convert(root, name) if root is not None else None
    if not isinstance(node, Fields):
        raise _error(name, 1, "has no fields", "begin with `document:` or a section of entities")
    return node


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _error(name: str, line: int, message: str, cure: str) -> RecordError:
    return RecordError([Problem(name, line, "", message, cure)])


_QUOTES = Message("close it, or put a value with a comma, a colon or a bracket in quotes")
_OPENED = {
    "while scanning a quoted scalar": (
        Message("a quote that opens here is not closed"),
        Message("close it"),
    ),
    "while parsing a flow sequence": (
        Message("a `[` that opens here is not closed correctly"),
        _QUOTES,
    ),
    "while parsing a flow mapping": (
        Message("a `{` that opens here is not closed correctly"),
        _QUOTES,
    ),
}


def _not_yaml(name: str, text: str, error: yaml.MarkedYAMLError) -> RecordError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    reason: str = str(error.problem or error.context)
    cure: str = Message("correct the indentation, or add the missing quote or colon")
    # YAML's other line separators may count a line more than the text has.
    lines = re.split("\r\n|\r|\n|\x85|\u2028|\u2029", text)
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    opened = _OPENED.get(error.context or "")
    if opened and error.context_mark and "escape" not in reason:
        line = error.context_mark.line + 1
        reason, cure = opened
    elif "\t" in here:
        reason = Message("it has a tab where YAML requires spaces")
        cure = Message("indent with spaces")
    elif "another document" in reason:
        reason = Message("a second document begins here")
        cure = Message("give each record a file of its own")
    elif "cannot start any token" in reason:
        cure = Message("put a value that begins with @, ` or % in quotes")
    elif "escape" in reason:
        cure = Message("write the character itself, or use single quotes")
    return _error(name, line, Message("is not YAML: {reason}", reason=reason), cure)


def _convert(node: yaml.Node, name: str) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Text(node.value, line)
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_convert(child, name) for child in node.value), line)
    values: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, child in node.value:
        key_line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _error(name, key_line, "has a key that is not a word", "use a plain word as key")
        if key.value in values:
            raise _error(
                name,
                key_line,
                Message(
                    "has the key {value!r} twice (first in line {lines})",
                    value=key.value,
                    lines=lines[key.value],
                ),
                "put the values into one list",
            )
        values[key.value] = _convert(child, name)
        lines[key.value] = key_line
    return Fields(values, lines, line)
