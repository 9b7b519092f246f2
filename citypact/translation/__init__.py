"""Says messages in the reader's language.

English is in the code and is the key of the catalogue; the Korean catalogue is
`ko/LC_MESSAGES/messages.po`, a file of gettext that editors such as Poedit open. Click finds its
own messages there too. `python -m citypact.commands.update_catalogue` adds the messages that are
new in the code.
"""

from __future__ import annotations

import gettext
import locale
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from citypact.ontology.errors import (
    Bilingual,
    CitypactError,
    Message,
    MessageFormatter,
    Problem,
    RecordError,
)

FOLDER = Path(__file__).parent
DOMAIN = "messages"
"""The domain of gettext that click uses, and that of our own messages."""
COLUMN = "column"
"""The context of gettext in which the catalogue has the columns of named queries."""
INTERRUPTED = Message("Interrupted; nothing was changed.")
"""What a command says after Ctrl-C."""

_language: ContextVar[str] = ContextVar("language", default="en")


def system_language() -> str:
    """`ko` where the system speaks Korean, else `en`.

    As gettext has it: LANGUAGE names languages in the order wished for, else LC_ALL, LC_MESSAGES
    or LANG name a locale, which need not be installed; where that is C or POSIX, LANGUAGE is
    ignored.
    """
    variables = map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, variables), None)
    if name in ("C", "POSIX"):
        return "en"
    wishes = os.environ.get("LANGUAGE") or name or locale.getlocale()[0] or ""
    for wish in wishes.lower().split(":"):
        if known := re.match(r"(ko|korean|en|english|c|posix)([_.@-]|$)", wish):
            return "ko" if known[1].startswith("ko") else "en"
    return "en"


def current_language() -> str:
    """The language of messages now: that of `speaking` or `speak`, else English."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Sets the language of all messages, those of click included, and restores it at the end."""
    before, environment = _language.get(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    speak(language)
    try:
        yield
    finally:
        _language.set(before)
        if environment is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = environment


def speak(language: str) -> None:
    """Changes the language until `speaking` ends."""
    _language.set(language)
    os.environ["LANGUAGE"] = language  # where gettext, and so click, looks first


def translated(text: str, language: str = "") -> str:
    """A text in a language, the current one if none is given; English where the catalogue has none.

    `text` is a Message, or a constant that is a key of the catalogue.
    """
    language = language or _language.get()
    if language == "en" or not text:
        return str(text)
    if isinstance(text, Bilingual):
        return text.korean
    template, values = (
        (text.template, text.values) if isinstance(text, Message) else (str(text), {})
    )
    if isinstance(text, Message) and text.cut:
        whole, between, side = text.cut
        said = _catalogue(language).gettext(whole).partition(between)[2 * side]
    else:
        said = _catalogue(language).gettext(template)
    if not values:
        return said
    words = {
        name: translated(value, language) if isinstance(value, Message) else value
        for name, value in values.items()
    }
    return _FORMATTER.format(said, **words)


def column_heading(name: str, language: str) -> str:
    """The heading of a column of a named query: its variable in words, in Korean a word for it."""
    heading = _catalogue(language).pgettext(COLUMN, name)
    return re.sub("(?<=[a-z])[A-Z]", lambda letter: f" {letter[0].lower()}", heading)


def plural(one: str, many: str, count: int, **values: Any) -> str:
    """The singular or plural in the current language, with `count` and values filled in."""
    language = _language.get()
    said = _catalogue(language).ngettext(one, many, count)
    return _FORMATTER.format(said, count=count, **values)


def error_text(error: CitypactError) -> str:
    """What an error says, in the current language."""
    if isinstance(error, RecordError):
        return "\n".join(map(problem_text, error.problems))
    return translated(error.message)


def problem_text(problem: Problem) -> str:
    """A problem with its place and its cure, in the current language."""
    korean = problem.korean if _language.get() == "ko" else ""
    cure = f"\n    -> {translated(problem.cure)}" if problem.cure else ""
    return f"{problem.place}{korean or translated(problem.message)}{cure}"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)


class _Formatter(MessageFormatter):
    """Chooses particles as well: {name:은/는}, {name:으로/로}."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if re.fullmatch("[가-힣]+/[가-힣]+", format_spec):
            from citypact.graph.text.bilingual import particle

            return particle(str(value), *format_spec.split("/"))
        return str(super().format_field(value, format_spec))


_FORMATTER = _Formatter()

__all__ = [
    "INTERRUPTED",
    "column_heading",
    "current_language",
    "error_text",
    "plural",
    "problem_text",
    "speak",
    "speaking",
    "system_language",
    "translated",
]
