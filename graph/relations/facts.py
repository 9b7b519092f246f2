"""Facts about things, each with the claims behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from citypact.graph.provenance.trace import Evidence, ProvenanceTracer
from citypact.graph.rdf.terms import is_date, property_node, read_date, statement_iri
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.graph.store.labels import Names
from citypact.ontology.vocabulary import Term
from citypact.sources.model import Date, Triple


@dataclass(frozen=True)
class SourcedFact:
    """A fact as the store holds it: a triple of the default graph."""

    triple: Triple

    @property
    def subject(self) -> str:
        """The IRI of what the fact is about."""
        return self.triple[0].value

    @property
    def value(self) -> str:
        """The IRI or the text of the value."""
        return self.triple[2].value

    @property
    def date(self) -> Date | None:
        """The date that the value is; None for other values."""
        return read_date(self.value) if is_date(self.value) else None


@dataclass(frozen=True)
class FactReader:
    """Reads facts by thing and property (local name of ours, or IRI), and their claims."""

    store: Store
    names: Names
    tracer: ProvenanceTracer

    @classmethod
    def of(cls, store: Store, tracer: ProvenanceTracer | None = None) -> FactReader:
        """A reader of a store; `tracer` where texts of documents are at hand."""
        names = Names.of(store)
        return cls(store, names, tracer or ProvenanceTracer(store, names))

    def about(self, iri: str, *properties: str) -> list[SourcedFact]:
        """The facts about a thing that have one of some properties, sorted by value."""
        return self._facts(
            ((ox.NamedNode(iri), name, None) for name in properties),
        )

    def with_value(self, iri: str, *properties: str) -> list[SourcedFact]:
        """The facts about others that have a thing as their value, sorted by subject."""
        return self._facts((None, name, ox.NamedNode(iri)) for name in properties)

    def values(self, iri: str, *properties: str) -> list[str]:
        """The values of some properties of a thing, each once and sorted."""
        return sorted({fact.value for fact in self.about(iri, *properties)})

    def subjects(self, iri: str, *properties: str) -> list[str]:
        """The things that have a thing as the value of some properties, each once and sorted."""
        return sorted({fact.subject for fact in self.with_value(iri, *properties)})

    def claims(self, facts: Iterable[SourcedFact]) -> tuple[Evidence, ...]:
        """The claims behind facts: of each those of documents, else what the editors state.

        Of a derived fact these are the claims of its premises. Deprecated claims, which no fact
        follows, are left out.
        """
        found: dict[Evidence, None] = {}
        for fact in facts:
            node = self.tracer.in_lists(fact.triple) or statement_iri(fact.triple)
            claims = [
                claim
                for root in self.tracer.roots([node])
                for claim in self.tracer.claims(root)
                if claim.rank != "deprecated"
            ]
            found |= dict.fromkeys(documented(claims))
        return tuple(found)

    def _facts(
        self, patterns: Iterable[tuple[ox.NamedNode | None, str, Term | None]]
    ) -> list[SourcedFact]:
        found = {
            SourcedFact((quad.subject, quad.predicate, quad.object))  # type: ignore[arg-type]
            for subject, name, value in patterns
            for quad in self.store.quads(subject, property_node(name), value, DEFAULT_GRAPH)
            if isinstance(quad.subject, ox.NamedNode)
        }
        return sorted(found, key=lambda fact: tuple(map(str, fact.triple)))


def documented(claims: list[Evidence]) -> list[Evidence]:
    """The claims of documents among some; where there are none, what the editors state."""
    return [claim for claim in claims if not claim.is_editorial] or claims


__all__ = ["FactReader", "SourcedFact", "documented"]
