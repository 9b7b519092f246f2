"""Turns the quotes of a record into spans, in place: `at: {words: "signed"}` gives `at: 210-216`.

Who writes a record quotes the words of the text where spans belong, and `citypact spans` counts.
Nothing else in the file changes: comments, order and line ends stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from citypact.ontology.errors import Message, Problem, RecordError, shown, suggestion
from citypact.sources.model import Span
from citypact.sources.reading.quotes import QuotedText
from citypact.sources.reading.texts import Texts
from citypact.sources.reading.values import ValueFault
from citypact.sources.reading.yaml_tree import Fields, Text, read_yaml

WORDS, OCCURRENCE = "words", "occurrence"
"""The keys of a quote; the second is the number of the place where the words are in several."""
QUOTE = 'at: {words: "…"}'
HOLD_SPANS = ("at", "of", "again")
"""The fields whose values are spans."""
VERSIONS = "document.versions"


@dataclass(frozen=True)
class TurnedRecord:
    """A record whose quotes were turned: its path, how messages call it, the quotes with their
    spans in the order of the file, and what the file holds now."""

    path: Path
    name: str
    quotes: tuple[tuple[str, Span], ...]
    data: bytes


@dataclass(frozen=True)
class _Quote:
    """A quote in the file: its node, the dotted path of its field, and where its key ends, if it
    is the only value of that."""

    node: yaml.MappingNode
    field: str
    key_end: int = 0

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1


def turn_quotes(paths: Sequence[Path], texts: Texts) -> list[TurnedRecord]:
    """The records among some files that have quotes, with spans in place of them. Writes nothing.

    Raises RecordError with every fault of all files: words that are nowhere in the text of their
    record or in several places, and records without a text at hand.
    """
    problems: list[Problem] = []
    turned = []
    for path in paths:
        name = f"{path.parent.name}/{path.name}"
        try:
            if record := _turned(path, name, texts, problems):
                turned.append(record)
        except RecordError as error:
            problems += error.problems
    if problems:
        raise RecordError(problems)
    return turned


def _turned(path: Path, name: str, texts: Texts, problems: list[Problem]) -> TurnedRecord | None:
    tree = read_yaml(path, name)
    data = path.read_bytes()
    text = data.decode("utf-8-sig")
    root = compose(text)
    quotes = list(_quotes(root, ""))
    if not quotes:
        return None
    quoted = _text_of(tree, name, texts)
    spans: dict[int, Span] = {}
    edits: list[tuple[int, int, str]] = []
    for quote in quotes:
        try:
            words, occurrence = _read(quote)
            span = quoted.span(words, occurrence)
            edits += _edits(text, quote, f"{span[0]}-{span[1]}")
        except ValueFault as fault:
            problems.append(Problem(name, quote.line, quote.field, fault.message, fault.cure))
            continue
        spans[id(quote.node)] = span
    if len(spans) < len(quotes):
        return None
    new = edited(text, edits)
    found = tuple((_read(quote)[0], spans[id(quote.node)]) for quote in quotes)
    if _plain(compose(new), {}) != _plain(root, spans):
        message = Message("its quotes cannot be replaced where they stand")
        problems.append(Problem(name, 0, "", message, Message("write them as {form}", form=QUOTE)))
        return None
    mark = data[: len(data) - len(text.encode())]  # a byte order mark, if there is one
    return TurnedRecord(path, name, found, mark + new.encode())


def edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """A text with other words from some places to others, none of which overlap."""
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def compose(text: str) -> yaml.Node:
    """The nodes of a record that was read, with their places."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert node is not None  # a file that was read has fields
    return node


def _quotes(
    node: yaml.Node, field: str, *, is_span: bool = False, end: int = 0
) -> Iterator[_Quote]:
    """The quotes below a node, in the places where spans belong."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _quotes(child, field, is_span=is_span)
    elif isinstance(node, yaml.MappingNode):
        if is_span and any(key.value == WORDS for key, _ in node.value):
            yield _Quote(node, field, end)
            return
        for key, child in node.value:
            below = f"{field}.{key.value}" if field else key.value
            holds = key.value in HOLD_SPANS or field == VERSIONS
            yield from _quotes(child, below, is_span=holds, end=key.end_mark.index)


def _text_of(tree: Fields, name: str, texts: Texts) -> QuotedText:
    """The text of a record. Raises RecordError where it is not at hand."""
    document = tree.get("document")
    digest = document.get("sha256") if isinstance(document, Fields) else None
    if not isinstance(digest, Text):
        line = document.line if document else 1
        message = Message("the record does not say which text it quotes")
        cure = Message("add the text with `citypact add`, which writes its sha256")
        raise RecordError([Problem(name, line, "document.sha256", message, cure)])
    text = texts.by_digest.get(digest.value)
    if text is None:
        message = Message("no document has this SHA-256 digest, so no words can be found")
        cure = Message(
            "name the folder with the text by --documents; if the text was changed, put it back "
            "or add it again with `citypact add`"
        )
        raise RecordError([Problem(name, digest.line, "document.sha256", message, cure)])
    return QuotedText(text)


def _read(quote: _Quote) -> tuple[str, int]:
    """The words and the number of the place (0 where none is given). Raises ValueFault."""
    values = {key.value: value for key, value in quote.node.value}
    for key in values:
        if key not in (WORDS, OCCURRENCE):
            raise ValueFault(
                Message("{key} cannot be used here", key=shown(key)),
                suggestion(key, (WORDS, OCCURRENCE)),
            )
    words, occurrence = values[WORDS], values.get(OCCURRENCE)
    if not isinstance(words, yaml.ScalarNode) or not words.value.strip():
        raise ValueFault(Message("quotes no words"), Message("write {form}", form=QUOTE))
    if occurrence is None:
        return words.value, 0
    if not re.fullmatch("[1-9][0-9]{0,5}", str(occurrence.value)):
        raise ValueFault(
            Message("`occurrence` is not the number of a place"), Message("write 1, 2 or more")
        )
    return words.value, int(occurrence.value)


def _edits(text: str, quote: _Quote, span: str) -> list[tuple[int, int, str]]:
    """What is replaced, from where to where in the file, so that a span is where a quote was."""
    node = quote.node
    if node.flow_style:
        region = slice(node.start_mark.index, node.end_mark.index)
        if "#" in _between(text, node, region):
            raise ValueFault(
                Message("has a comment inside the braces, which would be lost"),
                Message("move it behind them"),
            )
        return [(region.start, region.stop, span)]
    pairs = [(key.start_mark.index, _end(text, value), key.value) for key, value in node.value]
    first, last = pairs[0][0], pairs[-1][1]
    if not _between(text, node, slice(first, last)).replace(":", "").strip():
        # The key and its quote on lines of their own become one line.
        between = re.fullmatch(r":\s+", text[quote.key_end : first]) if quote.key_end else None
        return [(quote.key_end, last, f": {span}")] if between else [(first, last, span)]
    return [
        (start, end, span) if key == WORDS else (*_with_its_line(text, start, end), "")
        for start, end, key in pairs
    ]


def _end(text: str, value: yaml.Node) -> int:
    """Where a value ends; block scalars reach to the next line that holds something."""
    start, end = value.start_mark.index, value.end_mark.index
    return int(start) + len(text[start:end].rstrip())


def _between(text: str, node: yaml.MappingNode, region: slice) -> str:
    """What is in a region of the file besides keys and values: colons, commas, comments."""
    parts, at = [], region.start
    for pair in node.value:
        for each in pair:
            parts.append(text[at : each.start_mark.index])
            at = _end(text, each)
    return "".join(parts) + text[at : region.stop]


def _with_its_line(text: str, start: int, end: int) -> Span:
    """A region, with the line that holds nothing else."""
    before = text.rfind("\n", 0, start) + 1
    after = re.compile(r"[ \t]*\r?\n").match(text, end)
    if after and not text[before:start].strip():
        return before, after.end()
    return start, end


def _plain(node: yaml.Node, spans: dict[int, Span]) -> object:
    """What a file says, with spans in place of some quotes."""
    if id(node) in spans:
        return "{}-{}".format(*spans[id(node)])
    if isinstance(node, yaml.MappingNode):
        return tuple((_plain(key, spans), _plain(child, spans)) for key, child in node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, spans) for child in node.value]
    return node.value


__all__ = [
    "HOLD_SPANS",
    "OCCURRENCE",
    "QUOTE",
    "VERSIONS",
    "WORDS",
    "TurnedRecord",
    "compose",
    "edited",
    "turn_quotes",
]
