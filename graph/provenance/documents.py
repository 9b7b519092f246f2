"""What is known of the source documents: title, publisher and date, as sources are shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from citypact.graph.rdf.terms import CLAIMS, read_date
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.graph.store.labels import Names
from citypact.ontology import DCTERMS, LANGUAGES, NS
from citypact.ontology.vocabulary import Labels, Term


@dataclass(frozen=True)
class SourceDocuments:
    """The documents of a store; each is looked up at the first need."""

    store: Store
    names: Names

    def title(self, iri: str) -> Labels:
        """The title of a document in each language in which it has one, else its name."""
        titles = self._texts(iri, DCTERMS + "title")
        return {
            language: titles.get(language) or self.names.label(iri, language)
            for language in LANGUAGES
        }

    def publisher(self, iri: str) -> Labels:
        """The publisher's name in both languages, where need be in another one; {} if unknown."""
        found = self._texts(iri, NS + "publisherName")
        if not found:
            return {}
        other = next(found[key] for key in (*LANGUAGES, *sorted(found)) if key in found)
        return {language: found.get(language, other) for language in LANGUAGES}

    def published(self, iri: str) -> str:
        """The date of publication in EDTF; '' if unknown."""
        dates = self._values(iri, NS + "publishedOn", DEFAULT_GRAPH)
        return read_date(dates[-1].value).text if dates else ""

    def link(self, iri: str) -> str:
        """The address by which a document opens at the passage it is cited for; '' if unknown."""
        links = self._values(iri, NS + "passageLink", CLAIMS)
        return links[-1].value if links else ""

    def described(self, iri: str, *, is_dated: bool = True) -> Labels:
        """Title, publisher and, where asked for, date in both languages, as far as known."""
        title, publisher = self.title(iri), self.publisher(iri)
        date = self.published(iri) if is_dated else ""
        return {
            language: ", ".join(filter(None, (title[language], publisher.get(language), date)))
            for language in LANGUAGES
        }

    def _texts(self, iri: str, predicate: str) -> Labels:
        """The texts of a property by language: of several the first in order."""
        found: Labels = {}
        for text in self._values(iri, predicate, DEFAULT_GRAPH):
            if isinstance(text, ox.Literal):
                found.setdefault(text.language or "", text.value)
        return found

    def _values(
        self, iri: str, predicate: str, graph: ox.NamedNode | ox.DefaultGraph
    ) -> list[Term]:
        """The values of a property of a document, in order: looked up once where that costs little,
        else those of all documents are read at once."""
        asked = iri if self.store.is_near else ""
        found = self.store.read_once(
            (predicate, asked), lambda: self._by_document(asked, predicate, graph)
        )
        return found.get(iri, [])

    def _by_document(
        self, asked: str, predicate: str, graph: ox.NamedNode | ox.DefaultGraph
    ) -> dict[str, list[Term]]:
        """The values of a property by document: of the one asked for, or of all."""
        document = ox.NamedNode(asked) if asked else None
        found: dict[str, list[Term]] = defaultdict(list)
        for quad in self.store.quads(document, ox.NamedNode(predicate), None, graph):
            found[quad.subject.value].append(quad.object)  # type: ignore[union-attr, arg-type]
        return {iri: sorted(values, key=repr) for iri, values in found.items()}
