"""A graph in any SPARQL 1.1 store, asked over HTTP.

The version that is current when the store is opened is read to the end: two newer ones have to be
loaded before it goes, and then an error says so. Queries are answered by the server. Who looks up
many single things gets a copy in memory, which from then on answers everything; so does, from the
beginning, whoever asks a server that deviates from the standard.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pyoxigraph as ox

from citypact.graph.sparql.syntax import MAKING, SparqlQuery
from citypact.graph.sparql.tokens import tokens
from citypact.graph.store.base import (
    DEFAULT_GRAPH,
    LocalStore,
    QueryResult,
    Store,
    check_syntax,
)
from citypact.graph.store.server import Server, find_server
from citypact.graph.store.versions import Version
from citypact.ontology import FACTS_GRAPH
from citypact.ontology.errors import CitypactError
from citypact.ontology.vocabulary import Term

PATIENCE = 20
"""Look-ups of single things that are asked one by one, before a copy is made."""


class RemoteStore(Store):
    """The current version of our graph on a server. Make one with `RemoteStore.open`."""

    def __init__(self, server: Server, version: Version) -> None:
        self.server, self.version = server, version
        self._copy: LocalStore | None = None
        self._lookups = 0

    @classmethod
    def open(cls, address: str) -> RemoteStore:
        """Opens the store at an address for reading.

        Raises CitypactError where no server answers there, or none of our graphs is in it.
        """
        return cls.at(find_server(address))

    @classmethod
    def at(cls, server: Server) -> RemoteStore:
        """The same of a server that has been found."""
        current = next(iter(server.versions()), None)
        if current and current.number:
            return cls(server, current)
        if server.holds_plainly():
            return cls(server, Version("", {}))
        raise CitypactError(
            "{address}: has no graph\n    -> load one: `citypact build --store {address}`",
            address=server.address,
        )

    def answer(self, text: str) -> QueryResult:
        if self._prefers_copy():
            return self._copied().answer(text)
        if not _calls_others(text):
            check_syntax(text)
        asked = self.version.inward(text)
        found: QueryResult
        if SparqlQuery(text).form in MAKING:
            found = iter(self.server.triples(asked, self.version, self.version.dataset))
        else:
            found = self.server.results(asked, self.version, self.version.dataset)
        self._still_there()
        return found

    def within(self, seconds: float | None) -> AbstractContextManager[None]:
        return self.server.client.within(seconds)

    def for_others(self, query: SparqlQuery) -> SparqlQuery:
        if self.version.is_published or not self.version.name:
            return query.self_contained
        graphs = self.version.graphs
        named = [stored for plain, stored in graphs.items() if plain != FACTS_GRAPH]
        inward = SparqlQuery(self.version.inward(query.text))
        return inward.over(graphs.get(FACTS_GRAPH, FACTS_GRAPH), named)

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        # Who asks for all values of a property asks once; who asks about a thing, asks about many.
        self._lookups += subject is not None or predicate is None
        if self._prefers_copy() or (subject is None and predicate is None and object is None):
            return self._copied().quads(subject, predicate, object, graph)
        terms = {"s": subject, "p": predicate, "o": object}
        pattern = " ".join(str(term) if term else f"?{name}" for name, term in terms.items())
        ways = []
        if graph is None or graph == DEFAULT_GRAPH:
            ways.append(f"{{ {pattern} }}")
        if graph is None:
            ways.append(f"{{ GRAPH ?g {{ {pattern} }} }}")
        elif graph != DEFAULT_GRAPH:
            ways.append(f"{{ GRAPH {graph} {{ {pattern} }} }}")
        return self._quads(f"SELECT * WHERE {{ {' UNION '.join(ways)} }}", terms, graph)

    def _quads(
        self,
        text: str,
        terms: dict[str, Term | None],
        graph: ox.NamedNode | ox.DefaultGraph | None,
    ) -> Iterator[ox.Quad]:
        for row in self.solutions(text):
            subject, predicate, value = (term or row[name] for name, term in terms.items())
            place = graph or row.get("g", DEFAULT_GRAPH)
            yield ox.Quad(subject, predicate, value, place)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return sum(self.version.counts.values()) or len(self._copied())

    def summary(self) -> dict[str, Any]:
        return self.version.summary

    def _prefers_copy(self) -> bool:
        is_worn = self._lookups > PATIENCE
        return self._copy is not None or is_worn or bool(self.server.deviations)

    def _still_there(self) -> None:
        """Raises CitypactError where our version has been removed: an answer may lack something."""
        if self.version.name and not self.server.is_current(self.version):
            raise CitypactError(
                "{address}: was loaded again twice while it was read\n    -> run the query again",
                address=self.server.address,
            )

    def _copied(self) -> LocalStore:
        """The whole version in memory, copied at the first need and counted."""
        if self._copy is None:
            inner = ox.Store()
            for name, count in sorted((self.version.counts or self._plain_graphs()).items()):
                place = DEFAULT_GRAPH if name == FACTS_GRAPH else ox.NamedNode(name)
                found = self._graph(name, count)
                inner.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, place) for t in found)
            self._still_there()
            self._copy = LocalStore(inner, counted=self.summary)
        return self._copy

    def _plain_graphs(self) -> dict[str, int]:
        """The graphs of ours in a store that was filled by other means; not counted."""
        rows = self.server.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").rows
        named = [str(row[0].value) for row in rows if isinstance(row[0], ox.NamedNode)]
        ours = FACTS_GRAPH.removesuffix("facts")
        return dict.fromkeys([FACTS_GRAPH, *(name for name in named if name.startswith(ours))], 0)

    def _graph(self, name: str, count: int) -> set[ox.Triple]:
        """The triples of a graph; page by page where the server cuts its answers."""
        stored = self.version.graphs.get(name, name)
        is_default = name == FACTS_GRAPH and not self.version.name
        pattern = "?s ?p ?o" if is_default else f"GRAPH <{stored}> {{ ?s ?p ?o }}"
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
        found = set(self.server.triples(text, self.version))
        page = len(found)
        for offset in range(0, count if page else 0, page or 1):
            if len(found) >= count:
                break
            text_of_page = f"{text} LIMIT {page} OFFSET {offset}"
            found.update(self.server.triples(text_of_page, self.version))
        if count and len(found) != count:
            self._still_there()
            raise CitypactError(
                "{address}: returned {count} of the {count2} triples of <{stored}>\n"
                "    -> raise the server's limit of rows, or load the graph again",
                address=self.server.address,
                count=len(found),
                count2=count,
                stored=stored,
            )
        return found


def _calls_others(text: str) -> bool:
    """Whether a query may ask other servers: then our own engine shall not touch it."""
    return any("SERVICE" in token.text.upper() for token in tokens(text))
