"""What to know about a query besides its rows: why they are fewer or emptier than expected.

A misspelt term, a term of the claims outside of their graph and a function of text on a date all
give an answer that is valid SPARQL and looks as if nothing were recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import pyoxigraph as ox

from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.sparql.tokens import Token
from citypact.ontology import CLAIMS_GRAPH, CODE, DERIVATIONS_GRAPH, NS, RDF, TOPIC
from citypact.ontology.errors import Message, suggestion
from citypact.ontology.vocabulary import Term, vocabulary

IN_CLAIMS = {"Claim", "Statement", "TextSpan", "passageLink"}
"""Terms that are in the graph of claims alone; so are most properties of these classes."""
IN_DERIVATIONS = {"Rule", "derivedBy", "premise"}
"""Terms that are in the graph of derivations alone."""
REIFIED = {RDF + "subject", RDF + "predicate", RDF + "object"}

TEXT_FUNCTIONS = re.compile(
    "YEAR|MONTH|DAY|HOURS|MINUTES|SECONDS|TIMEZONE|TZ|LANG|LANGMATCHES|DATATYPE|ENCODE_FOR_URI|"
    "SUBSTR|STRSTARTS|STRENDS|STRBEFORE|STRAFTER|CONTAINS|REGEX|REPLACE|STRLEN|LCASE|UCASE|"
    "ABS|CEIL|FLOOR|ROUND|SUM|AVG"
)
"""Functions that give an error for an IRI, and so no value."""


def notes_on_text(
    query: SparqlQuery, columns: Sequence[str] = (), rows: Iterable[Sequence[Term | None]] = ()
) -> list[Message]:
    """What somebody who wrote a query should know of it, in the order of its words.

    The rows tell whether GROUP_CONCAT gave an empty text.
    """
    return [
        *_unknown_terms(query),
        *_elsewhere(query),
        *_literals(query),
        *_functions_of_dates(query),
        *_empty_lists(query, columns, rows),
    ]


def named_iris(query: SparqlQuery) -> dict[str, str]:
    """The IRIs that a query names after its prologue, and how it writes each."""
    begin = query.tokens[0].offset if query.tokens else 0
    begin = next((t.offset for t in query.tokens if t.text.upper() == query.form), begin)
    found = {query.iri(t): t.text for t in query.tokens if t.offset >= begin}
    return {iri: text.rstrip(".") for iri, text in found.items() if iri}


def _unknown_terms(query: SparqlQuery) -> Iterator[Message]:
    for iri, text in named_iris(query).items():
        name, known = _vocabulary_of(iri)
        if name and name not in known:
            yield Message(
                "{term} is not a term of the vocabulary\n    -> {cure}",
                term=text[:200],
                cure=suggestion(name, known, before=_before(text, name)),
            )


def _vocabulary_of(iri: str) -> tuple[str, Iterable[str]]:
    """The local name of an IRI of our vocabulary, and the names it could be; else nothing."""
    words = vocabulary()
    if iri.startswith(NS):
        name = iri[len(NS) :]
        kinds: tuple[Iterable[str], Iterable[str]] = (words.properties, words.classes)
        if name in words.properties or name in words.classes:
            return "", ()
        return name, kinds[name[:1].isupper()]
    if iri.startswith(TOPIC):
        return iri[len(TOPIC) :], words.topics
    if iri.startswith(CODE):
        codes, _, name = iri[len(CODE) :].partition("/")
        return (name, words.codes[codes]) if codes in words.codes else (codes, words.codes)
    return "", ()


def _before(text: str, name: str) -> str:
    """What stands before a name where a query writes it, so that a suggestion can be copied."""
    return text[: -len(name)] if text.endswith(name) else ""


def _elsewhere(query: SparqlQuery) -> Iterator[Message]:
    if any(token.kind == "word" and token.text.upper() == "GRAPH" for token in query.tokens):
        return
    for graph, terms in ((CLAIMS_GRAPH, claim_terms()), (DERIVATIONS_GRAPH, derivation_terms())):
        if found := [text for iri, text in named_iris(query).items() if iri in terms]:
            yield Message(
                "{terms}: recorded in the graph <{graph}> only\n"
                "    -> write GRAPH <{graph}> {{ … }} around the patterns",
                terms=", ".join(found),
                graph=graph,
            )


def claim_terms() -> set[str]:
    """The IRIs of classes and properties of which everything is in the graph of claims."""
    properties = vocabulary().properties.values()
    theirs = {p.iri for p in properties if p.domain and IN_CLAIMS.issuperset(p.domain)}
    return REIFIED | {NS + name for name in IN_CLAIMS} | (theirs - derivation_terms())


def derivation_terms() -> set[str]:
    """The IRIs of classes and properties of which everything is in the graph of derivations."""
    return {NS + name for name in IN_DERIVATIONS}


def _functions_of_dates(query: SparqlQuery) -> Iterator[Message]:
    tokens = query.tokens
    dates = {p.iri for p in vocabulary().properties.values() if p.kind == "date"}
    nodes = {
        token.text[1:]
        for before, token in pairwise(tokens)
        if token.kind == "variable" and query.iri(before) in dates
    }
    for words in zip(tokens, tokens[2:], tokens[3:], tokens[4:], strict=False):
        if [words[0].text.upper(), words[2].text.upper()] == ["BIND", "AS"]:
            nodes |= {words[3].text[1:]} if words[1].text[1:] in nodes else set()
    used = (
        token.text[1:]
        for number, token in enumerate(tokens)
        if token.kind == "variable"
        and token.text[1:] in nodes
        and (
            _is_argument(query, tokens[max(0, number - 2) : number])
            or _is_compared(tokens[max(0, number - 2) : number][::-1])
            or _is_compared(tokens[number + 1 : number + 3])
        )
    )
    for name in dict.fromkeys(used):
        yield Message(
            "?{name} is a date as a thing, not a literal: functions and comparisons with a day "
            "give nothing\n"
            "    -> use its first or last day: ?{name} citypact:earliest ?day (or citypact:latest)",
            name=name,
        )


def _is_argument(query: SparqlQuery, before: Sequence[Token]) -> bool:
    """Whether `YEAR(` or a cast such as `xsd:date(` stands before a variable."""
    if len(before) < 2 or before[1].text != "(":
        return False
    return bool(TEXT_FUNCTIONS.fullmatch(before[0].text.upper())) or before[0].kind == "name"


def _is_compared(near: Sequence[Token]) -> bool:
    """Whether a comparison is next to a variable, outwards; an equality only if with a literal."""
    first, second = [*(token.text for token in near), "", ""][:2]
    if first in ("<", ">"):
        return True
    return first == "=" and (second in ("<", ">") or near[-1].kind == "string")


def _literals(query: SparqlQuery) -> Iterator[Message]:
    """Literals where a property has things as its values, or texts with a language."""
    end = Token("", "", 0)
    for before, token, after in zip(
        query.tokens, query.tokens[1:], [*query.tokens[2:], end], strict=False
    ):
        iri = query.iri(before) if token.kind == "string" else ""
        prop = vocabulary().by_iri(iri) if iri else None
        if prop is None or prop.iri != iri:
            continue
        values = {"term": before.text[:200], "text": token.text[:80]}
        if prop.kind == "date":
            yield Message(
                "the value of {term} is a date as a thing, not a literal such as {text}\n"
                "    -> write the node (date:2017-04-03), or compare its first day: "
                "{term}/citypact:earliest ?day",
                **values,
            )
        elif prop.kind == "code" or prop.range:
            yield Message(
                "the value of {term} is a thing, not a literal such as {text}\n"
                "    -> write its IRI, or ask for its name: {term}/skos:prefLabel {text}@en",
                **values,
            )
        elif prop.kind == "text" and after.kind != "language":
            yield Message(
                "the value of {term} has a language, {text} has none\n"
                "    -> write {text}@en or {text}@ko",
                **values,
            )


def _empty_lists(
    query: SparqlQuery, columns: Sequence[str], rows: Iterable[Sequence[Term | None]]
) -> Iterator[Message]:
    joined = {alias: name for alias, name in _joined(query.tokens) if alias in columns}
    if not joined:
        return
    empty = {
        column
        for row in rows
        for column, value in zip(columns, row, strict=True)
        if value is None or (isinstance(value, ox.Literal) and not value.value)
    }
    for name in dict.fromkeys(joined[column] for column in columns if column in empty & {*joined}):
        yield Message(
            "GROUP_CONCAT joins texts only: where ?{name} is a thing, a day or a number it gives "
            "nothing\n"
            "    -> write GROUP_CONCAT(STR(?{name}))",
            name=name,
        )


def _joined(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The columns that GROUP_CONCAT makes of a bare variable, and the variable of each."""
    for number, token in enumerate(tokens):
        if token.kind != "word" or token.text.upper() != "GROUP_CONCAT":
            continue
        inside = [t for t in tokens[number + 1 : number + 4] if t.text.upper() != "DISTINCT"]
        behind = tokens[number + 1 :]
        depth = 0
        for place, each in enumerate(behind):
            depth += (each.text == "(") - (each.text == ")")
            if depth == 0:
                alias = behind[place + 2 : place + 3]
                if len(inside) > 1 and inside[1].kind == "variable" and alias:
                    yield alias[0].text[1:], inside[1].text[1:]
                break
