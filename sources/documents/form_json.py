"""A normal form as JSON and back: between processes, and for other programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from citypact.sources.documents.normal_form import (
    Block,
    BlockKind,
    LogEntry,
    Mark,
    Metadata,
    NormalForm,
    Origin,
)
from citypact.sources.model import Span

Json = dict[str, Any]


def form_to_json(form: NormalForm) -> Json:
    """A normal form in values of JSON; spans are lists of two numbers."""
    return {
        "file": form.file,
        "sha256": form.sha256,
        "text_sha256": form.text_sha256,
        "reader": form.reader,
        "metadata": asdict(form.metadata),
        "text": form.text,
        "blocks": [
            {
                "span": block.span,
                "kind": block.kind,
                "number": block.number,
                "language": block.language,
                "cells": block.cells,
                "mark": block.mark,
                "level": block.level,
            }
            for block in form.blocks
        ],
        "origins": [[each.span, each.part, each.path, each.box] for each in form.origins],
        "log": [[each.action, each.words, each.span] for each in form.log],
    }


def form_from_json(values: Json) -> NormalForm:
    """The normal form that `form_to_json` wrote. Raises KeyError, TypeError or ValueError."""
    return NormalForm(
        file=str(values["file"]),
        text=str(values["text"]),
        blocks=tuple(_block(each) for each in values["blocks"]),
        sha256=str(values["sha256"]),
        text_sha256=str(values["text_sha256"]),
        reader=str(values["reader"]),
        metadata=Metadata(**{name: str(value) for name, value in values["metadata"].items()}),
        origins=tuple(
            Origin(_span(span), str(part), str(path), _box(box))
            for span, part, path, box in values["origins"]
        ),
        log=tuple(
            LogEntry(str(action), str(words), None if span is None else _span(span))
            for action, words, span in values["log"]
        ),
    )


def _block(values: Json) -> Block:
    mark = values["mark"]
    return Block(
        _span(values["span"]),
        BlockKind(values["kind"]),
        str(values["number"]),
        str(values["language"]),
        tuple(_span(cell) for cell in values["cells"]),
        None if mark is None else Mark(mark),
        int(values["level"]),
    )


def _span(values: list[int]) -> Span:
    start, end = values
    return int(start), int(end)


def _box(values: list[float] | None) -> tuple[float, float, float, float] | None:
    if values is None:
        return None
    left, bottom, right, top = map(float, values)
    return left, bottom, right, top
