"""Lets a query of a user through, or says why not: it must only read, and only from this graph.

The engine has no switch against SERVICE and no limit of depth, so both are judged on the text. It
reads keywords without regard to the ends of words, so `SERVICE:x` and `1SERVICE<x>` call as well;
and where `<` could either compare or begin an IRI, the text is refused rather than guessed at.

A text without these words, however they are written, can do nothing of the kind. Where they occur,
as in a name or a string, a second reader with a grammar of its own (rdflib) must agree that they
are no keywords, and the query is answered in a process without a network (`is_doubtful`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.sparql.tokens import Token
from citypact.ontology.errors import CitypactError, Message

MAXIMUM_QUERY = 200_000
"""Characters in a query."""
MAXIMUM_SIGNS = 2_000
"""Words and signs outside of VALUES: many more overflow the engine's stack."""
MAXIMUM_DEPTH = 100
"""Brackets within brackets."""
_DOUBTFUL = re.compile("service|from", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_REFUSED = {
    "SERVICE": Message("sends a request to another server"),
    "FROM": Message("names a graph to be loaded"),
    "LOAD": Message("loads from elsewhere"),
    "INSERT": Message("changes the graph"),
    "DELETE": Message("changes the graph"),
    "CLEAR": Message("changes the graph"),
    "DROP": Message("changes the graph"),
    "CREATE": Message("changes the graph"),
}


def guard(query: SparqlQuery, allow_service: bool = False) -> SparqlQuery:
    """Gives the query back if it only reads, and only from this graph.

    SERVICE would ask other servers, which `allow_service` lets pass, and FROM would name graphs
    that are not here. Raises CitypactError for both, for updates, and for what would overwhelm the
    engine.
    """
    if len(query.text) > MAXIMUM_QUERY:
        raise CitypactError(
            "the query has more than {maximum_query} characters\n    -> shorten it",
            maximum_query=MAXIMUM_QUERY,
        )
    brackets = _Brackets()
    before = Token("", "", 0)
    signs = 0
    for token in query.tokens:
        word = _keyword(before, token)
        if word and not (allow_service and word == "SERVICE"):
            raise CitypactError(
                "{word} {refused}, which is not allowed here\n"
                "    -> query this graph only: SELECT … WHERE {{ … }}, with GRAPH ?g {{ … }} "
                "for claims",
                word=word,
                refused=_REFUSED[word],
            )
        if token.kind == "triple_term" or _compares(before, token, brackets.innermost):
            raise CitypactError(
                "the meaning of < in {text!r} is ambiguous\n"
                "    -> write a space after < where it compares, or name the IRI with a "
                "prefix",
                text=token.text[:20],
            )
        brackets.read(token)
        signs += brackets.innermost != "data"
        before = token
    if brackets.depth > MAXIMUM_DEPTH:
        raise CitypactError(
            "the query is nested more than {maximum_depth} deep\n    -> simplify it",
            maximum_depth=MAXIMUM_DEPTH,
        )
    if signs > MAXIMUM_SIGNS:
        raise CitypactError(
            "the query has more than {maximum_signs} words and signs\n"
            "    -> shorten it, or list values in VALUES",
            maximum_signs=MAXIMUM_SIGNS,
        )
    if not allow_service and is_doubtful(query):
        _read_again(query)
    return query


def is_doubtful(query: SparqlQuery) -> bool:
    """Whether SERVICE or FROM are anywhere in a query of a user, be it in a string or escaped."""
    if query.is_ours:
        return False
    text = _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), query.text)
    return bool(_DOUBTFUL.search(text) or _DOUBTFUL.search(query.text))


def _read_again(query: SparqlQuery) -> None:
    """Raises CitypactError unless a second reader finds neither SERVICE nor FROM in a query."""
    if query.clauses is None or query.clauses & {"ServiceGraphPattern", "DatasetClause"}:
        raise CitypactError(
            "the query has the word SERVICE or FROM, and it is not certain that it only reads "
            "this graph\n    -> write it in SPARQL 1.1, shorter, or with other names"
        )


def _keyword(before: Token, token: Token) -> str:
    """The keyword that a token is, or could be to the engine, among those that are refused."""
    text = token.text.upper()
    if token.kind == "word":
        return "SERVICE" if "SERVICE" in text else text if text in _REFUSED else ""
    touches = token.offset == before.offset + len(before.text)
    if before.kind == "name" and token.text == "{":
        return "SERVICE" if "SERVICE" in before.text.upper().split(":")[0] else ""
    if (
        token.kind == "variable"
        and touches
        and (before.kind in ("iri", "name") or before.text in ")a")
    ):
        # Here ? may belong to a path: after <p>? an object and then a keyword may follow.
        return "SERVICE" if "SERVICE" in text else ""
    return ""


def _compares(before: Token, token: Token, bracket: str) -> bool:
    """Whether what looks like an IRI may be a comparison: after an operand in an expression."""
    is_operand = (
        before.text in (")", "]", "}")
        if before.kind == "other"
        else before.text.upper() != "DISTINCT"
    )
    return token.kind == "iri" and bracket == "(" and is_operand


@dataclass
class _Brackets:
    """The brackets that are open and how many were at most; those of VALUES are "data"."""

    opened: list[str] = field(default_factory=list)
    depth: int = 0
    in_values: bool = False

    @property
    def innermost(self) -> str:
        return self.opened[-1] if self.opened else ""

    def read(self, token: Token) -> None:
        if token.kind == "word":
            self.in_values |= token.text.upper() == "VALUES"
        elif token.kind == "other" and token.text in "({[":
            is_data = self.innermost == "data" or (self.in_values and token.text == "{")
            self.opened.append("data" if is_data else token.text)
            self.in_values &= token.text != "{"
            self.depth = max(self.depth, len(self.opened))
        elif token.kind == "other" and token.text in ")}]" and self.opened:
            self.opened.pop()
