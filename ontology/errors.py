"""Messages that can be translated, and the one family of errors that a user can cure.

They are in the lowest layer, so that all can raise them; `citypact.translation` says them in
another language.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from pathlib import PurePath
from typing import Any, Self


class MessageFormatter(string.Formatter):
    """Fills in fields as str.format does, and chooses between forms of words: {count:is|are}."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        return (one if value == 1 else many) if bar else str(super().format_field(value, one))


class Message(str):
    """An English text that remembers its template and values, so that it can be translated.

    >>> Message("{file}: is a folder", file="records")
    'records: is a folder'
    >>> Message("{count} {count:row|rows}", count=1)
    '1 row'

    Attributes: template (the key of the catalogue), values (what fills its fields; those that are
    messages themselves are translated too).
    """

    template: str
    values: dict[str, Any]
    cut: tuple[str, str, int] | None = None
    """Of a part: the template of the whole, what parts it, and which side of that this is."""

    def __new__(cls, template: str, **values: Any) -> Self:
        values = {name: _said(value) for name, value in values.items()}
        message = super().__new__(
            cls, _FORMATTER.format(template, **values) if values else template
        )
        message.template, message.values = template, values
        return message

    def parts(self, between: str) -> tuple[Message, Message]:
        """The messages before and after the first `between`; the second may be empty.

        >>> Message("{name}: is empty; fill it", name="a").parts("; ")
        ('a: is empty', 'fill it')
        """
        first, _, second = self.template.partition(between)
        parts = Message(first, **self.values), Message(second, **self.values)
        for side, part in enumerate(parts):
            part.cut = (self.template, between, side)
        return parts

    def __getnewargs__(self) -> tuple[str]:
        return (str(self),)  # what was filled in once is not filled in again


_FORMATTER = MessageFormatter()


class Bilingual(Message):
    """A text of the ontology, which has both languages itself: str() is English."""

    korean: str

    def __new__(cls, en: str, ko: str = "") -> Self:
        message = super().__new__(cls, en)
        message.korean = ko
        return message


def _said(value: Any) -> Any:
    """What an error says, where the value of a field is an error; of a path one line."""
    if isinstance(value, PurePath):
        return on_one_line(value)
    return value.args[0] if isinstance(value, Exception) and value.args else value


def on_one_line(path: PurePath | str) -> str:
    """A path as it is told: what would break the line is escaped.

    >>> on_one_line("two\\nlines.txt")
    'two\\\\nlines.txt'
    """
    return "".join(repr(c)[1:-1] if c in "\n\r\u2028\u2029\x85" else c for c in str(path))


class CitypactError(Exception):
    """Something that the user can put right; the message says what, where and how.

    `CitypactError("{file}: is a folder\\n    -> name a file", file=path)`: the template is English
    and a key of the catalogue; str() of the error is English in any case.
    """

    def __init__(self, message: str, **values: Any) -> None:
        self.message = message if isinstance(message, Message) else Message(message, **values)
        super().__init__(self.message)


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

    @property
    def place(self) -> str:
        """File, line and field, as far as there are any, with a colon behind each."""
        line = f":{self.line}" if self.line else ""
        field = f"{self.field}: " if self.field else ""
        return f"{on_one_line(self.file)}{line}: {field}"

    def __str__(self) -> str:
        korean = f"\n    {self.korean}" if self.korean else ""
        cure = f"\n    -> {self.cure}" if self.cure else ""
        return f"{self.place}{self.message}{korean}{cure}"


class RecordError(CitypactError):
    """Faults in records, entities or in what they say; carries the problems."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(
            set(problems), key=lambda p: (p.file, p.line, p.field, p.message, p.cure)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


def system_reason(error: OSError) -> Message:
    """What the system says of an error, such as `No such file or directory`."""
    return Message(error.strerror or str(error))


MANY_WORDS = 24


def suggestion(word: str, known: Iterable[str], before: str = "") -> Message:
    """A cure that names the nearest known words, each with what stands before it, if anything.

    Words of which it is a part, as `form` of `instrumentForm`, come before those spelt alike.
    """
    known = sorted(known)
    near = [each for each in known if word.lower() in _parts(each)]
    import difflib  # for a fault alone

    near += difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    if near:
        return did_you_mean(before + each for each in list(dict.fromkeys(near))[:3])
    known = [before + each for each in known]
    if len(known) <= MANY_WORDS:
        return Message("use one of: {words}", words=", ".join(known))
    return Message(
        "use one of {count} words, such as {words}", count=len(known), words=", ".join(known[:3])
    )


def _parts(word: str) -> list[str]:
    """The parts of a name that is written in camel case or with hyphens."""
    return re.sub("([A-Z])", r"-\1", word).lower().split("-")


def did_you_mean(near: Iterable[str]) -> Message:
    """A cure that names words, one or several."""
    return Message("did you mean {words}?", words=either(near))


def either(words: Iterable[str]) -> str:
    """Words of which one is meant, as a text: `71, 68 or 58`."""
    *rest, last = words
    if not rest:
        return last
    listed = reduce(lambda one, other: Message("{one}, {other}", one=one, other=other), rest)
    return Message("{one} or {other}", one=listed, other=last)


def shown(text: str) -> str:
    """A word as messages quote it: its beginning where it is long."""
    return repr(text if len(text) <= 80 else text[:79] + "…")
