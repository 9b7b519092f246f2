"""The reference of the vocabulary: classes, properties and codes, with what each means."""

from __future__ import annotations

from collections import defaultdict

from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.site_graph import SiteGraph, term_anchor
from citypact.graph.pages.site.words import message
from citypact.graph.provenance.vocabulary_terms import VocabularyTerm, vocabulary_terms
from citypact.graph.rdf.terms import prefixed
from citypact.ontology.vocabulary import vocabulary


def vocabulary_page(graph: SiteGraph, path: str) -> bytes:
    """The terms of the vocabulary in the order of their names; topics have a page of their own."""
    kinds: dict[str, list[VocabularyTerm]] = defaultdict(list)
    for term in vocabulary_terms():
        kinds[term.kind].append(term)
    lists: dict[str, list[VocabularyTerm]] = defaultdict(list)
    for term in kinds["code"]:
        lists[term.code_list].append(term)
    properties = {prop.iri: prop for prop in vocabulary().properties.values()}
    return render(
        graph,
        "vocabulary.html",
        path,
        message("nav.vocabulary"),
        classes=kinds["class"],
        properties=kinds["property"],
        lists=sorted(lists.items()),
        users={iri: [term for term in kinds["property"] if term.codes == iri] for iri in lists},
        inverse={iri: prop.inverse for iri, prop in properties.items() if prop.inverse},
        anchor=term_anchor,
        prefixed=prefixed,
    )
