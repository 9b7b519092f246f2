"""Derives facts from claims by the written rules of ontology/rules, keeping rule and premises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from citypact.graph.build.claims import Triple
from citypact.graph.rdf.terms import (
    DERIVATIONS,
    STATEMENT,
    TYPE,
    statement_iri,
    statement_triples,
    term,
)
from citypact.graph.sparql.syntax import SparqlQuery, fill
from citypact.ontology import CLAIMS_GRAPH, DERIVATIONS_GRAPH, ID, SKOS, folder
from citypact.ontology.query_files import headers

ACCEPT = "01-accept"


@dataclass(frozen=True)
class Rule:
    """One rule file: name, title and purpose by language, and its CONSTRUCT query."""

    name: str
    title: dict[str, str]
    purpose: dict[str, str]
    query: SparqlQuery

    @property
    def iri(self) -> ox.NamedNode:
        return ox.NamedNode(ID + "rule/" + self.name)


def rules() -> list[Rule]:
    """All rules in the order in which they are applied."""
    files = sorted(
        (path for path in (folder() / "rules").iterdir() if path.name.endswith(".rq")),
        key=lambda path: path.name,
    )
    return [_rule(path.name[:-3], path.read_text(encoding="utf-8")) for path in files]


def _rule(name: str, text: str) -> Rule:
    head = headers(text)
    title, purpose = (
        {language: head[f"{key}-{language}"] for language in ("ko", "en")}
        for key in ("title", "purpose")
    )
    return Rule(name, title, purpose, SparqlQuery(text))


def derive(store: ox.Store) -> None:
    """Adds to a store that holds vocabulary, dates and claims all facts that follow.

    The facts of accepted claims and the derived facts go to the default graph; each derived fact
    gets a statement with its rule and premises in the derivations graph. The claims graph is read.
    """
    found = rules()
    for rule in found:
        if rule.name == ACCEPT:
            accepted = store.query(rule.query.text)
            assert isinstance(accepted, ox.QueryTriples)
            store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in accepted)
        else:
            _apply(rule, store)
    for rule in found:
        store.extend(ox.Quad(*triple, DERIVATIONS) for triple in _describe(rule))


def _apply(rule: Rule, store: ox.Store) -> None:
    result = store.query(rule.query.solutions.text)
    assert isinstance(result, ox.QuerySolutions)
    names = [variable.value for variable in result.variables]
    heads, patterns = rule.query.template, rule.query.patterns
    derived: dict[Triple, set[ox.NamedNode]] = {}
    for row in result:
        solution = {name: row[name] for name in names if row[name] is not None}
        made = [triple for head in heads if (triple := fill(head, solution)) is not None]
        new = [triple for triple in made if triple in derived or not _is_stated(store, triple)]  # type: ignore[arg-type]
        premises = set(_premises(patterns, solution, store)) if new else set()
        for triple in new:
            derived.setdefault(triple, set()).update(premises)  # type: ignore[arg-type]
    quads = []
    for triple, premises in derived.items():
        quads.append(ox.Quad(*triple))
        if not premises:
            continue  # A label of one of our own terms: the ontology is its source.
        node = statement_iri(triple)
        quads += [ox.Quad(*described, DERIVATIONS) for described in statement_triples(triple)]
        quads.append(ox.Quad(node, term("derivedBy"), rule.iri, DERIVATIONS))
        quads += [ox.Quad(node, term("premise"), p, DERIVATIONS) for p in premises if p != node]
    store.extend(quads)


def _premises(
    patterns: tuple[object, ...], solution: dict[str, object], store: ox.Store
) -> Iterator[ox.NamedNode]:
    for value in solution.values():
        if isinstance(value, ox.NamedNode) and value.value.startswith(STATEMENT):
            yield value
    for pattern in patterns:
        triple = fill(pattern, solution)  # type: ignore[arg-type]
        if triple is not None and isinstance(triple[1], ox.NamedNode):
            node = statement_iri(triple)  # type: ignore[arg-type]
            if has_statement(store, node):
                yield node


def has_statement(store: ox.Store, node: ox.NamedNode) -> bool:
    """Whether a statement is described: as claimed or as derived."""
    return any(
        ox.Quad(node, TYPE, term("Statement"), ox.NamedNode(graph)) in store
        for graph in (CLAIMS_GRAPH, DERIVATIONS_GRAPH)
    )


def _is_stated(store: ox.Store, triple: Triple) -> bool:
    """Whether a fact stands already, and not because of a rule."""
    return ox.Quad(*triple) in store and not _is_derived(store, triple)


def _is_derived(store: ox.Store, triple: Triple) -> bool:
    return ox.Quad(statement_iri(triple), TYPE, term("Statement"), DERIVATIONS) in store


def _describe(rule: Rule) -> Iterator[Triple]:
    yield rule.iri, TYPE, term("Rule")
    for language in ("ko", "en"):
        yield (
            rule.iri,
            ox.NamedNode(SKOS + "prefLabel"),
            ox.Literal(rule.title[language], language=language),
        )
        yield rule.iri, term("description"), ox.Literal(rule.purpose[language], language=language)
