"""What a SPARQL query asks for: its triple patterns, and the same query with all variables shown.

This is how the evidence of an answer is found: the patterns, filled in with a solution, are the
statements on which a row or a derived fact rests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import pyoxigraph as ox

from citypact.graph.rdf.rdflib_terms import from_rdflib
from citypact.ontology import PREFIXES
from citypact.ontology.errors import CitypactError

# Whatever is not ASCII may stand in a name: what the engine doesn't allow there is an error to it.
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*\"\"\"|'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<triple_term><<)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<variable>[?$][A-Za-z0-9_\x80-\U0010ffff]+)
  | (?P<name>(?:[A-Za-z0-9_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff.-]{0,200})?
      :(?:[A-Za-z0-9_\x80-\U0010ffff:.-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
  | (?P<number>[0-9][0-9.]*(?:[eE][+-]?[0-9]+)?)
  | (?P<word>[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
FORMS = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")


class Token(NamedTuple):
    """A token of a query: its kind (a group of the pattern above), its text and where it begins."""

    kind: str
    text: str
    offset: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query. A '#' inside an IRI, string or name is no comment."""
    for match in _TOKEN.finditer(text):
        yield Token(str(match.lastgroup), match.group(), match.start())


@dataclass(frozen=True)
class Shape:
    """A query taken apart: its form, its prologue and the text of its outermost group."""

    form: str
    prologue: str
    group: str


def form(text: str) -> str:
    """SELECT, CONSTRUCT, ASK or DESCRIBE; empty for text that is none of them."""
    words = (token.text.upper() for token in tokens(text) if token.kind == "word")
    return next((word for word in words if word in FORMS), "")


def shape(text: str) -> Shape:
    """Takes a query apart without changing it. Raises CitypactError for text that has no group."""
    found, start, begin, depth = "", 0, -1, 0
    for kind, value, offset in tokens(text):
        upper = value.upper()
        if kind == "word" and not found and upper in FORMS:
            found, start = upper, offset
        elif kind == "other" and value == "{" and found:
            if depth == 0 and (found != "CONSTRUCT" or _template_is_over(text, start, offset)):
                begin = offset
            depth += 1
        elif kind == "other" and value == "}" and found:
            depth -= 1
            if depth == 0 and begin >= 0:
                return Shape(found, text[:start], text[begin : offset + 1])
    raise CitypactError("the query has no group of patterns { … }\n    -> write a SELECT query")


def _template_is_over(text: str, start: int, offset: int) -> bool:
    return any(k == "word" and v.upper() == "WHERE" for k, v, _ in tokens(text[start:offset]))


def star(text: str) -> str:
    """The same patterns with every variable shown: SELECT * over the outermost group."""
    found = shape(text)
    return f"{found.prologue}SELECT * WHERE {found.group}"


Part = ox.NamedNode | ox.Literal | ox.Variable
TriplePattern = tuple[Part, object, Part]
"""Subject, predicate (a term, a variable or a tuple of IRIs for a sequence path) and object."""


@lru_cache(maxsize=256)
def triple_patterns(text: str) -> tuple[TriplePattern, ...]:
    """The triple patterns that a solution fulfils: those outside of negation and named graphs.

    Patterns whose predicate is a path other than a sequence of properties are left out.
    """
    algebra = _prepared(text).algebra
    found: list[TriplePattern] = []
    _collect(algebra.get("p", algebra), found)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=256)
def template(text: str) -> tuple[TriplePattern, ...]:
    """The template of a CONSTRUCT query."""
    return tuple(_pattern(t) for t in _prepared(text).algebra.template if _pattern(t))  # type: ignore[misc]


def fill(
    pattern: TriplePattern, solution: dict[str, Any]
) -> tuple[ox.NamedNode, object, ox.NamedNode | ox.Literal] | None:
    """The triple that a pattern becomes in a solution; None where a variable is unbound."""
    parts = [solution.get(p.value) if isinstance(p, ox.Variable) else p for p in pattern]
    if any(part is None or isinstance(part, ox.BlankNode) for part in parts):
        return None
    subject, predicate, value = parts
    if not isinstance(subject, ox.NamedNode):
        return None
    return subject, predicate, value  # type: ignore[return-value]


@lru_cache(maxsize=256)
@lru_cache(maxsize=256)
def _prepared(text: str) -> Any:
    from rdflib.plugins.sparql import prepareQuery

    try:
        return prepareQuery(text, initNs=PREFIXES)
    except Exception as error:  # rdflib raises bare Exception for what it cannot read
        raise CitypactError(
            f"the evidence of this query cannot be traced: {error}\n"
            "    -> ask without --why, or in SPARQL 1.1"
        ) from error


def _collect(node: Any, found: list[TriplePattern]) -> None:
    from rdflib.plugins.sparql.parserutils import CompValue

    if not isinstance(node, CompValue):
        return
    if node.name == "Graph":
        return
    if node.name == "BGP":
        found += [p for t in node.triples if (p := _pattern(t))]
        return
    if node.name == "Minus":
        _collect(node.p1, found)
        return
    for key in ("p", "p1", "p2"):
        if key in node:
            _collect(node[key], found)


def _pattern(triple: tuple[Any, Any, Any]) -> TriplePattern | None:
    from rdflib.paths import SequencePath
    from rdflib.term import URIRef

    subject, predicate, value = triple
    if isinstance(predicate, SequencePath) and all(isinstance(a, URIRef) for a in predicate.args):
        middle: object = tuple(ox.NamedNode(str(step)) for step in predicate.args)
    else:
        middle = _part(predicate)
    first, last = _part(subject), _part(value)
    if first is None or middle is None or last is None:
        return None
    return first, middle, last


def _part(value: Any) -> Part | None:
    from rdflib.term import BNode, Literal, URIRef, Variable

    if isinstance(value, Variable):
        return ox.Variable(str(value))
    if isinstance(value, BNode):
        # rdflib names the blank nodes of a query; a solution never binds them.
        return ox.Variable("blank_" + re.sub(r"\W", "", str(value)))
    return from_rdflib(value) if isinstance(value, URIRef | Literal) else None
