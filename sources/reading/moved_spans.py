"""Finds the spans of a record again in another text of its document, and writes them in place.

Another version of a reader may give another text for the same file. The spans of the record are
found by their words and what stands around them; where one is not found, or could be in several
places, nothing is moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from citypact.ontology.errors import Message, Problem, RecordError, shown
from citypact.sources.model import Span
from citypact.sources.reading.quoted_spans import HOLD_SPANS, QUOTE, VERSIONS, compose, edited
from citypact.sources.reading.quotes import QuotedText

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True)
class MovedRecord:
    """What a record holds when its spans count in another text; its spans, and what became of
    each."""

    data: bytes
    spans: Mapping[Span, Span]


def move_spans(
    path: Path, name: str, old: str, new: str, document: Mapping[str, str]
) -> MovedRecord:
    """The record of another text: each span is where its words are in it.

    name: of the file in messages. old, new: the texts. document: fields of `document:` with their
    values in YAML, as `sha256`, which change with the text. Comments and order stay. Raises
    RecordError for each span whose words are not found.
    """
    data = path.read_bytes()
    text = data.decode("utf-8-sig")
    before, after = QuotedText(old), QuotedText(new)
    edits: list[tuple[int, int, str]] = []
    problems: list[Problem] = []
    spans: dict[Span, Span] = {}
    for node, field in _nodes(compose(text), ""):
        replacement = None
        if field.startswith("document.") and (value := document.get(field[9:])) is not None:
            replacement = value
        elif match := _SPAN.fullmatch(str(node.value)):
            span = int(match[1]), int(match[2])
            if span not in spans and (moved := before.moved(span, after)):
                spans[span] = moved
            if span not in spans:
                problems.append(_lost(name, node, field, before, span))
                continue
            replacement = "{}-{}".format(*spans[span])
        if replacement is not None and replacement != node.value:
            edits.append((node.start_mark.index, node.end_mark.index, replacement))
    if problems:
        raise RecordError(problems)
    mark = data[: len(data) - len(text.encode())]  # a byte order mark, if there is one
    return MovedRecord(mark + edited(text, edits).encode(), spans)


def _nodes(
    node: yaml.Node, field: str, *, is_span: bool = False
) -> Iterator[tuple[yaml.ScalarNode, str]]:
    """The values that are spans or stand in `document:`, each with the path of its field."""
    if isinstance(node, yaml.ScalarNode):
        if is_span or re.fullmatch(r"document\.\w+", field):
            yield node, field
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _nodes(child, field, is_span=is_span)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            below = f"{field}.{key.value}" if field else str(key.value)
            holds = key.value in HOLD_SPANS or field == VERSIONS
            yield from _nodes(child, below, is_span=holds)


def _lost(name: str, node: yaml.Node, field: str, text: QuotedText, span: Span) -> Problem:
    return Problem(
        name,
        int(node.start_mark.line) + 1,
        field,
        Message(
            "{words} is not in the new text, or in several places",
            words=shown(text.passage(span)),
        ),
        Message("keep the old text, or quote other words of the new one by {form}", form=QUOTE),
    )


__all__ = ["MovedRecord", "move_spans"]
