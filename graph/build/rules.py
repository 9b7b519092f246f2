"""Derives facts from claims by the written rules of ontology/rules, keeping rule and premises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from citypact.graph.build.claims import Triple
from citypact.graph.rdf.terms import (
    CLAIMS,
    DERIVATIONS,
    STATEMENT,
    TYPE,
    statement_iri,
    statement_triples,
    term,
)
from citypact.graph.sparql.kept_patterns import kept_patterns
from citypact.graph.sparql.syntax import PropertyPath, SparqlQuery, TriplePattern, fill
from citypact.ontology import ID, RDF, SKOS, folder
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
    return Rule(name, title, purpose, SparqlQuery(text, kept=kept_patterns))


class _Statements:
    """The nodes of the triples that are claimed or derived, as the store describes them.

    A list of the world asks for tens of thousands of triples: a look-up here takes a fifth of what
    the digest of a triple and two questions to the store take.
    """

    def __init__(self, store: ox.Store) -> None:
        subjects, predicates, objects = (
            {
                quad.subject: quad.object
                for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + part), None, CLAIMS)
            }
            for part in ("subject", "predicate", "object")
        )
        self.nodes: dict[Triple, ox.NamedNode] = {
            (subject, predicates[node], objects[node]): node  # type: ignore[misc]
            for node, subject in subjects.items()
        }
        self.derived: set[Triple] = set()

    def add_derived(self, triple: Triple) -> ox.NamedNode:
        """Notes a derived triple and gives its node."""
        self.derived.add(triple)
        node = self.nodes.get(triple)
        if node is None:
            node = self.nodes[triple] = statement_iri(triple)
        return node


def derive(store: ox.Store) -> None:
    """Adds to a store that holds vocabulary, dates and claims all facts that follow.

    The facts of accepted claims and the derived facts go to the default graph; each derived fact
    gets a statement with its rule and premises in the derivations graph. The claims graph is read.
    """
    found = rules()
    statements = _Statements(store)
    for rule in found:
        if rule.name == ACCEPT:
            accepted = store.query(rule.query.text)
            assert isinstance(accepted, ox.QueryTriples)
            store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in accepted)
        else:
            _apply(rule, store, statements)
    for rule in found:
        store.extend(ox.Quad(*triple, DERIVATIONS) for triple in _describe(rule))


def _apply(rule: Rule, store: ox.Store, statements: _Statements) -> None:
    result = store.query(rule.query.solutions.text)
    assert isinstance(result, ox.QuerySolutions)
    names = [variable.value for variable in result.variables]
    heads = rule.query.template
    patterns = [p for p in rule.query.patterns if not isinstance(p[1], PropertyPath)]
    derived: dict[Triple, set[ox.NamedNode]] = {}
    for row in result:
        solution = {n: value for n, value in zip(names, row, strict=True) if value is not None}
        made: list[Triple] = [t for head in heads if (t := fill(head, solution)) is not None]  # type: ignore[misc]
        # What stands already, and not because of a rule, is not derived again.
        new = [
            triple
            for triple in made
            if triple in derived or triple in statements.derived or ox.Quad(*triple) not in store
        ]
        premises = set(_premises(patterns, solution, statements)) if new else set()
        for triple in new:
            derived.setdefault(triple, set()).update(premises)
    quads = []
    for triple, premises in derived.items():
        quads.append(ox.Quad(*triple))
        if not premises:
            continue  # A label of one of our own terms: the ontology is its source.
        node = statements.add_derived(triple)
        quads += [ox.Quad(*described, DERIVATIONS) for described in statement_triples(triple)]
        quads.append(ox.Quad(node, term("derivedBy"), rule.iri, DERIVATIONS))
        quads += [ox.Quad(node, term("premise"), p, DERIVATIONS) for p in premises if p != node]
    store.extend(quads)


def _premises(
    patterns: Iterable[TriplePattern], solution: dict[str, object], statements: _Statements
) -> Iterator[ox.NamedNode]:
    for value in solution.values():
        if isinstance(value, ox.NamedNode) and value.value.startswith(STATEMENT):
            yield value
    for pattern in patterns:
        node = statements.nodes.get(fill(pattern, solution))  # type: ignore[arg-type]
        if node is not None:
            yield node


def _describe(rule: Rule) -> Iterator[Triple]:
    yield rule.iri, TYPE, term("Rule")
    for language in ("ko", "en"):
        yield (
            rule.iri,
            ox.NamedNode(SKOS + "prefLabel"),
            ox.Literal(rule.title[language], language=language),
        )
        yield rule.iri, term("description"), ox.Literal(rule.purpose[language], language=language)
