"""What is known of the source documents: title, publisher and date, as sources are shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from citypact.graph.rdf.terms import CLAIMS, read_date, term
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.graph.store.labels import Names
from citypact.ontology import DCTERMS, LANGUAGES, NS
from citypact.ontology.vocabulary import Labels


@dataclass(frozen=True)
class SourceDocuments:
    """The documents of a store; titles and publishers are read once, at the first need."""

    store: Store
    names: Names

    def title(self, iri: str) -> Labels:
        """The title of a document in each language in which it has one, else its name."""
        titles = self._titles.get(iri, {})
        return {
            language: titles.get(language) or self.names.label(iri, language)
            for language in LANGUAGES
        }

    def publisher(self, iri: str) -> Labels:
        """The publisher's name in both languages, where need be in another one; {} if unknown."""
        found = self._publishers.get(iri)
        if not found:
            return {}
        other = next(found[key] for key in (*LANGUAGES, *sorted(found)) if key in found)
        return {language: found.get(language, other) for language in LANGUAGES}

    def published(self, iri: str) -> str:
        """The date of publication in EDTF; '' if unknown."""
        return self._dates.get(iri, "")

    def link(self, iri: str) -> str:
        """The address by which a document opens at the passage it is cited for; '' if unknown."""
        return self._links.get(iri, "")

    def described(self, iri: str, *, is_dated: bool = True) -> Labels:
        """Title, publisher and, where asked for, date in both languages, as far as known."""
        title, publisher = self.title(iri), self.publisher(iri)
        date = self.published(iri) if is_dated else ""
        return {
            language: ", ".join(filter(None, (title[language], publisher.get(language), date)))
            for language in LANGUAGES
        }

    @cached_property
    def _titles(self) -> dict[str, Labels]:
        found = self._texts(DCTERMS + "title")
        return {
            iri: {language: text for language, text in texts.items() if language in LANGUAGES}
            for iri, texts in found.items()
        }

    @cached_property
    def _publishers(self) -> dict[str, Labels]:
        return self._texts(NS + "publisherName")

    @cached_property
    def _dates(self) -> dict[str, str]:
        quads = self._quads(NS + "publishedOn")
        return {iri: read_date(value.value).text for iri, value in sorted(quads, key=str)}

    @cached_property
    def _links(self) -> dict[str, str]:
        quads = self.store.quads(None, term("passageLink"), None, CLAIMS)
        return {quad.subject.value: quad.object.value for quad in quads}  # type: ignore[union-attr]

    def _texts(self, predicate: str) -> dict[str, Labels]:
        """The texts of a property by thing and language: of several the first in order."""
        found: dict[str, Labels] = defaultdict(dict)
        for iri, text in sorted(self._quads(predicate), key=str):
            if isinstance(text, ox.Literal):
                found[iri].setdefault(text.language or "", text.value)
        return found

    def _quads(self, predicate: str) -> list[tuple[str, ox.NamedNode | ox.Literal]]:
        quads = self.store.quads(None, ox.NamedNode(predicate), None, DEFAULT_GRAPH)
        return [(quad.subject.value, quad.object) for quad in quads]  # type: ignore[union-attr, misc]
