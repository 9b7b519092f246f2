"""The one family of errors that a user can cure; in the lowest layer, so that all can raise it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class CitypactError(Exception):
    """Something that the user can put right; the message says what, where and how."""


@dataclass(frozen=True)
class Problem:
    """One fault in a file.

    Attributes: file (path as the user gave it), line (from 1; 0 where a file has no lines), field
    (dotted path of the place in the record), message (what is wrong), cure (what to do), korean
    (the message in Korean, for faults that shapes find, else empty).
    """

    file: str
    line: int
    field: str
    message: str
    cure: str = ""
    korean: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f"{self.field}: " if self.field else ""
        text = f"{place}: {field}{self.message}"
        if self.korean:
            text += f"\n    {self.korean}"
        if self.cure:
            text += f"\n    -> {self.cure}"
        return text


class RecordError(CitypactError):
    """Faults in records, entities or in what they say; carries the problems."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(
            set(problems), key=lambda p: (p.file, p.line, p.field, p.message, p.cure)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


MANY_WORDS = 24


def suggestion(word: str, known: Iterable[str]) -> str:
    """A cure that names the nearest known words."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(near) + "?"
    if len(known) <= MANY_WORDS:
        return "use one of: " + ", ".join(known)
    return f"use one of {len(known)} words, such as {', '.join(known[:3])}"


def shown(text: str) -> str:
    """A word as messages quote it: its beginning where it is long."""
    return repr(text if len(text) <= 80 else text[:79] + "…")
