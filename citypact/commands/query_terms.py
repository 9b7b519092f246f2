"""`citypact query --terms`: terms of the vocabulary, with the names that queries use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import pyoxigraph as ox

from citypact.graph.provenance.vocabulary_terms import (
    VocabularyTerm,
    example,
    find_terms,
    vocabulary_terms,
)
from citypact.graph.rdf.terms import prefixed
from citypact.ontology.errors import Message
from citypact.terminal import print_json, safe
from citypact.translation import translated

if TYPE_CHECKING:
    from citypact.api import Graph

KINDS = {
    "class": Message("class"),
    "property": Message("property"),
    "code": Message("code"),
    "topic": Message("topic"),
}
EXAMPLES = 12
"""Examples are looked up for so many terms: each is a question to the store."""


def print_terms(word: str, graph: Graph | None, language: str, *, as_json: bool) -> None:
    """Prints the terms that a word finds; with an example of each out of a graph.

    Raises CitypactError where nothing fits.
    """
    found = find_terms(word)
    examples = {
        term: fact
        for term in found[:EXAMPLES]
        if graph and (fact := example(term, graph.store)) is not None
    }
    if as_json:
        print_json([_for_programs(term, examples.get(term)) for term in found])
        return
    for term in found:
        names = " · ".join(safe(label) for label in _in_order(term.labels, language))
        click.echo(click.style(term.name, bold=True) + f"  {names}")
        click.echo(f"    {'; '.join(_about(term))}")
        if comment := term.comments.get(language):
            click.echo(f"    {safe(comment)}")
        if term in examples:
            shown = Message("Example: {command}", command=_written(examples[term]))
            click.echo(f"    {safe(translated(shown))}")


def _in_order(labels: dict[str, str], language: str) -> list[str]:
    """The labels, that of the language first."""
    return list(dict.fromkeys([labels.get(language, ""), *labels.values()]))


def _about(term: VocabularyTerm) -> list[str]:
    """The kind of a term and how it is used, as phrases."""
    parts = [translated(KINDS[term.kind])]
    if term.domain:
        parts.append(translated(Message("domain: {names}", names=_names(term.domain))))
    if term.range:
        parts.append(translated(Message("range: {names}", names=_names(term.range))))
    if term.codes:
        parts.append(translated(Message("values: {names}", names=f"{_prefix(term.codes)}…")))
    if term.code_list:
        users = [each.iri for each in vocabulary_terms() if each.codes == term.code_list]
        if users:
            parts.append(translated(Message("value of: {names}", names=_names(users))))
    return parts


def _prefix(code_list: str) -> str:
    return prefixed(f"{code_list}/x").removesuffix("x")


def _names(iris: tuple[str, ...] | list[str]) -> str:
    return ", ".join(map(prefixed, iris))


def _written(fact: ox.Triple) -> str:
    """A fact as a pattern of a query."""
    parts = (fact.subject, fact.predicate, fact.object)
    return " ".join(prefixed(p.value) if isinstance(p, ox.NamedNode) else _text(p) for p in parts)


def _text(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"


def _for_programs(term: VocabularyTerm, fact: ox.Triple | None) -> dict[str, Any]:
    return {
        "name": term.name,
        "iri": term.iri,
        "kind": term.kind,
        "labels": term.labels,
        "comments": term.comments,
        "domain": [prefixed(iri) for iri in term.domain],
        "range": [prefixed(iri) for iri in term.range],
        "codes": _prefix(term.codes) if term.codes else "",
        "example": _written(fact) if fact else "",
    }
