"""The tokens of SPARQL text: what is a name, an IRI, a string, a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Whatever is not ASCII may stand in a name: what the engine doesn't allow there is an error to it.
# Classes are written as what is not in them: ranges up to the last character take `re` ten
# milliseconds to compile.
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*\"\"\"|'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<triple_term><<)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<variable>[?$][^\x00-/:-@[-^`{-\x7f]+)
  | (?P<name>(?:[^\x00-/:-@[-^`{-\x7f][^\x00-,/:-@[-^`{-\x7f]{0,200})?
      :(?:[^\x00-,/;-@[-^`{-\x7f]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
  | (?P<number>[0-9][0-9.]*(?:[eE][+-]?[0-9]+)?)
  | (?P<word>[^\x00-@[-^`{-\x7f][^\x00-/:-@[-^`{-\x7f]*)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A token of a query: its kind (a group of the pattern above), its text and where it begins."""

    kind: str
    text: str
    offset: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query. A '#' inside an IRI, string or name is no comment."""
    for match in _TOKEN.finditer(text):
        yield Token(str(match.lastgroup), match.group(), match.start())


def dots_behind(name: str) -> int:
    """How many dots behind a name end the pattern instead of belonging to it."""
    dots = len(name) - len(name.rstrip("."))
    return dots - 1 if dots and name[: len(name) - dots].endswith("\\") else dots
