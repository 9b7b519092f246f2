"""Small changes to a SPARQL query, each of which the engine still reads.

No tool we know of changes SPARQL. A change leaves out a pattern, a filter, an operand or a value,
makes an optional part required, turns a comparison or a condition around, or takes another name or
variable of the same query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pyoxigraph as ox

TOKEN = re.compile(
    r"""(?P<blank>\s+|\#[^\n]*)|(?P<iri><[^<>\s]*>)|(?P<string>"[^"]*")|(?P<variable>\?\w+)
    |(?P<name>\w+:[\w-]+)|(?P<word>\w+)|(?P<sign>&&|\|\||!=|<=|>=|.)""",
    re.VERBOSE,
)
OTHERWISE = {
    "&&": ("||",),
    "||": ("&&",),
    "=": ("!=",),
    "!=": ("=",),
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
    "+": ("",),
    "!": ("",),
    "NOT": ("",),
    "OPTIONAL": ("",),
    "true": ("false",),
    "0": ("1",),
    "1": ("2",),
    '"ko"': ('"en"',),
    '"en"': ('"ko"',),
}
CLAUSES = ("FILTER", "OPTIONAL", "BIND", "VALUES")
OPEN, CLOSE = "({", ")}"

Token = tuple[str, str]


def mutants(text: str) -> list[str]:
    """All changed texts of a query that can still be read, each once, in the order of the text."""
    head, body = _split(text)
    tokens = [(str(found.lastgroup), found[0]) for found in TOKEN.finditer(body)]
    changed = (
        head + "".join(value for _, value in each)
        for change in (_other_signs, _other_names, _fewer_clauses, _fewer_parts, _fewer_operands)
        for each in change(tokens)
    )
    plain = " ".join(text.split())
    found = {" ".join(each.split()): each for each in changed if _is_query(each)}
    found.pop(plain, None)
    return list(found.values())


def _split(text: str) -> tuple[str, str]:
    at = re.search(r"^(CONSTRUCT|SELECT)", text, re.MULTILINE)
    assert at
    return text[: at.start()], text[at.start() :]


def _is_query(text: str) -> bool:
    try:
        ox.Store().query(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _other_signs(tokens: list[Token]) -> Iterator[list[Token]]:
    for at, (kind, value) in enumerate(tokens):
        for other in OTHERWISE.get(value, ()):
            yield [*tokens[:at], (kind, other), *tokens[at + 1 :]]


def _other_names(tokens: list[Token]) -> Iterator[list[Token]]:
    """A variable becomes the one before it, a name the next in the query of its prefix."""
    names = list(dict.fromkeys(value for kind, value in tokens if kind == "name"))
    last = ""
    for at, (kind, value) in enumerate(tokens):
        other = ""
        if kind == "name":
            same = [name for name in names if name.split(":")[0] == value.split(":")[0]]
            other = same[(same.index(value) + 1) % len(same)]
        elif kind == "variable":
            other, last = last, value
        if other and other != value:
            yield [*tokens[:at], (kind, other), *tokens[at + 1 :]]


def _fewer_clauses(tokens: list[Token]) -> Iterator[list[Token]]:
    """A filter, an optional part, a binding or one side of a union is left out."""
    for at, (_, value) in enumerate(tokens):
        if value in CLAUSES:
            yield [*tokens[:at], *tokens[_end(tokens, at) :]]
        if value == "UNION":
            yield [*tokens[:at], *tokens[_end(tokens, at) :]]
            yield [*tokens[: _begin(tokens, at)], *tokens[at + 1 :]]


def _fewer_parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """A triple, a property with its value, or a value of a list is left out."""
    for begin in (at for at, (_, value) in enumerate(tokens) if value == "{"):
        end = _end(tokens, begin) - 1
        for one, two in pairwise([begin, *_marks(tokens, begin, end, ".;"), end]):
            inside = [at for at in range(one + 1, two) if tokens[at][0] != "blank"]
            if len(inside) < 2 or any(tokens[at][1] in OPEN for at in inside):
                continue
            if tokens[one][1] == ";":
                yield [*tokens[:one], *tokens[two:]]
            elif tokens[two][1] == ";":
                yield [*tokens[: inside[0] + 1], *tokens[two + 1 :]]
            else:
                yield [*tokens[: one + 1], *tokens[two + (tokens[two][1] == ".") :]]
    for at, (_, value) in enumerate(tokens):
        if value in ("VALUES", "IN"):
            bracket = "{" if value == "VALUES" else "("
            begin = next(each for each in range(at, len(tokens)) if tokens[each][1] == bracket)
            inside = range(begin + 1, _end(tokens, begin) - 1)
            for each in inside:
                if tokens[each][0] in ("name", "string"):
                    comma = each - 2 if tokens[each - 2][1] == "," else each
                    yield [*tokens[:comma], *tokens[each + 1 :]]
                if value == "VALUES" and tokens[each][1] == "(":
                    yield [*tokens[:each], *tokens[_end(tokens, each) :]]


def _fewer_operands(tokens: list[Token]) -> Iterator[list[Token]]:
    """One side of a condition is left out."""
    for at, (_, value) in enumerate(tokens):
        if value == "(":
            end = _end(tokens, at) - 1
            marks = [at, *_marks(tokens, at, end, ("&&", "||")), end]
            for one, two in pairwise(marks):
                if len(marks) > 2:
                    cut = (one, two) if one != at else (one + 1, two + 1)
                    yield [*tokens[: cut[0]], *tokens[cut[1] :]]


def _marks(
    tokens: list[Token], begin: int, end: int, signs: str | tuple[str, ...]
) -> Iterator[int]:
    """Places of signs between two brackets, but not within further ones."""
    depth = 0
    for at in range(begin + 1, end):
        value = tokens[at][1]
        depth += (value in OPEN) - (value in CLOSE)
        if not depth and value in signs:
            yield at


def _end(tokens: list[Token], at: int) -> int:
    """The place behind the first bracket after `at`, with all that it holds."""
    depth = 0
    for each in range(at, len(tokens)):
        value = tokens[each][1]
        depth += (value in OPEN) - (value in CLOSE)
        if value in CLOSE and not depth:
            return each + 1
    raise ValueError("a bracket without an end")


def _begin(tokens: list[Token], at: int) -> int:
    """The place of the bracket that ends before `at`."""
    depth = 0
    for each in range(at - 1, -1, -1):
        value = tokens[each][1]
        depth += (value in CLOSE) - (value in OPEN)
        if value in OPEN and not depth:
            return each
    raise ValueError("a bracket without a beginning")


__all__ = ["mutants"]
