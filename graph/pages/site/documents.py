"""What a document says: its statements, grouped by the things of which it says them."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.provenance.citations import Bibliography, bibtex, english, korean
from citypact.graph.rdf.terms import CLAIM, CLAIMS, term
from citypact.graph.things.sections import Row
from citypact.ontology import is_editors

Grouped = list[tuple[str, list[Row]]]
"""Rows by the things (IRIs) of which they say something."""
MOST = 400
"""So many statements are listed; the table of claims has them all."""
WRITERS = {"ko": korean, "en": english}


def citation(graph: SiteGraph, iri: str, language: str) -> tuple[str, str]:
    """How a document is cited: as text in a language, and in BibTeX; '' for the editors."""
    if is_editors(iri):
        return "", ""
    document = Bibliography(graph.store, graph.names).document(iri)
    return WRITERS[language](document), bibtex(document)


def statements(graph: SiteGraph, iri: str) -> tuple[Grouped, int]:
    """The statements of a document as rows by thing (IRI), and how many there are in all.

    Of the editors, who state names and coordinates of everything, none are listed.
    """
    claims = _claims(graph).get(iri, [])
    if is_editors(iri):
        return [], len(claims)
    if (kept := graph.once("statements", dict[str, Grouped])).keys() != {iri}:  # two languages
        kept.clear()
        kept[iri] = _grouped(graph, iri, claims[:MOST])
    return kept[iri], len(claims)


def _grouped(graph: SiteGraph, iri: str, claims: list[ox.NamedNode]) -> Grouped:
    found: dict[str, list[Row]] = defaultdict(list)
    for claim in claims:
        stated = next(iter(graph.store.quads(claim, term("claims"), None, CLAIMS)))
        statement = stated.object
        assert isinstance(statement, ox.NamedNode)
        subject, predicate, value = graph.tracer.triple(statement)
        evidence = [each for each in graph.tracer.claims(statement) if each.document == iri]
        row = graph.describer.statement((subject, predicate, value), evidence)
        found[graph.owner(subject.value) or subject.value].append(row)
    order = sorted(found, key=lambda each: (-len(found[each]), each))
    return [(each, sorted(found[each], key=_by_label)) for each in order]


def _claims(graph: SiteGraph) -> dict[str, list[ox.NamedNode]]:
    """The claims of each document, sorted; read at once."""

    def read() -> dict[str, list[ox.NamedNode]]:
        found: dict[str, list[ox.NamedNode]] = defaultdict(list)
        for quad in graph.store.quads(None, term("inDocument"), None, CLAIMS):
            if quad.subject.value.startswith(CLAIM):  # type: ignore[union-attr]
                found[quad.object.value].append(quad.subject)  # type: ignore[union-attr, arg-type]
        return {iri: sorted(claims, key=str) for iri, claims in found.items()}

    return graph.once("claims of documents", read)


def _by_label(row: Row) -> tuple[str, str]:
    return row["label"]["en"], row["value"]["en"]
