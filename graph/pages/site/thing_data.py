"""The data of a thing: its statements with names of what they mention, and the claims behind them.

A file has what the page of the thing says: facts about the thing and its parts, facts that have it
as their value, the claimed statements about it with claims and text spans, and of everything else
that is mentioned class and name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pyoxigraph as ox

from citypact.graph.rdf.serialise import sorted_to_text, sorted_triples
from citypact.graph.rdf.terms import CLAIMS, term
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.ontology import ID, NS, RDF, SKOS

NAMING = (RDF + "type", SKOS + "prefLabel", *(NS + name for name in ("edtf", "earliest", "latest")))
"""Properties of what is only mentioned: class, name, and the bounds of a date."""
SUBJECT = ox.NamedNode(RDF + "subject")
STATES, EVIDENCE = term("claims"), term("evidence")


@dataclass(frozen=True)
class ThingData:
    """Writes the data of the things of a store."""

    store: Store

    def write(self, iri: str, form: str) -> bytes:
        """The data of a thing as `ttl` or `jsonld`."""
        return sorted_to_text(self._sorted(iri), form)

    @cached_property
    def _sorted(self) -> Callable[[str], list[ox.Triple]]:
        """Gives the sorted triples of a thing; keeps the last, as each has several files."""
        return lru_cache(maxsize=4)(lambda iri: sorted_triples(self.triples(iri)))

    def triples(self, iri: str) -> list[ox.Triple]:
        """The statements of a thing with their claims, and the names of what they mention."""
        node = ox.NamedNode(iri)
        wholes = {node, *self._parts(node)}
        found = [triple for each in wholes for triple in self._triples(each, DEFAULT_GRAPH)]
        found += [quad.triple for quad in self.store.quads(None, None, node, DEFAULT_GRAPH)]
        for each in wholes:
            for quad in self.store.quads(None, SUBJECT, each, CLAIMS):
                found += self._claimed(quad.subject)  # type: ignore[arg-type]
        mentioned = {
            part
            for triple in found
            for part in (triple.subject, triple.object)
            if isinstance(part, ox.NamedNode) and part.value.startswith(ID)
        }
        for other in mentioned - wholes:
            found += self._naming.get(other, ())
        return list(dict.fromkeys(found))

    def _parts(self, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
        """The parts of a thing at any depth: the IRI of a part begins with that of its whole."""
        for quad in self.store.quads(node, None, None, DEFAULT_GRAPH):
            part = quad.object
            if isinstance(part, ox.NamedNode) and part.value.startswith(f"{node.value}/"):
                yield part
                yield from self._parts(part)

    def _claimed(self, statement: ox.NamedNode) -> Iterator[ox.Triple]:
        """A claimed statement with its claims and their text spans."""
        yield from self._triples(statement, CLAIMS)
        for quad in self.store.quads(None, STATES, statement, CLAIMS):
            for triple in self._triples(quad.subject, CLAIMS):  # type: ignore[arg-type]
                yield triple
                if triple.predicate == EVIDENCE:
                    yield from self._triples(triple.object, CLAIMS)  # type: ignore[arg-type]

    def _triples(
        self, subject: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph
    ) -> list[ox.Triple]:
        return [quad.triple for quad in self.store.quads(subject, None, None, graph)]

    @cached_property
    def _naming(self) -> dict[ox.NamedNode, list[ox.Triple]]:
        """Classes, names and bounds of all things, read at once: most are mentioned often."""
        found: dict[ox.NamedNode, list[ox.Triple]] = defaultdict(list)
        for name in NAMING:
            for quad in self.store.quads(None, ox.NamedNode(name), None, DEFAULT_GRAPH):
                found[quad.subject].append(quad.triple)  # type: ignore[index]
        return dict(found)


__all__ = ["ThingData"]
