"""A SPARQL server: where it is asked, where it is written to, and what it holds of ours."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from citypact.graph.store.base import Bindings
from citypact.graph.store.engine_quirks import EngineQuirk, deviations
from citypact.graph.store.http_client import (
    JSON_RESULTS,
    N_TRIPLES,
    NoEndpoint,
    StoreClient,
    check_address,
    is_loopback,
)
from citypact.graph.store.versions import STORE, VERSIONS, Version, read_versions
from citypact.ontology import FACTS_GRAPH, NS
from citypact.ontology.errors import CitypactError, Message
from citypact.ontology.vocabulary import Term


class StoreWarning(UserWarning):
    """Something about a store that its user should know."""


@dataclass(frozen=True)
class Server:
    """A server that answers; make one with `find_server`. `name` is what it calls itself."""

    client: StoreClient
    address: str
    questions: str
    name: str

    @property
    def deviations(self) -> tuple[EngineQuirk, ...]:
        """Where it is known to do other than the standard says."""
        return deviations(self.name)

    def select(self, text: str, dataset: Sequence[tuple[str, str]] = ()) -> Bindings:
        """The rows of a SELECT query of ours, all of them."""
        found = self.results(text, Version("", {}), dataset)
        if isinstance(found, bool):
            raise self._unreadable()
        return found

    def results(
        self, text: str, version: Version, dataset: Sequence[tuple[str, str]] = ()
    ) -> Bindings | bool:
        """The rows of a SELECT query, or yes or no of ASK, in the names of the version."""
        data = self.client.query(self.questions, text, JSON_RESULTS, dataset).body
        try:
            found = ox.parse_query_results(version.outward(data), format=ox.QueryResultsFormat.JSON)
            if isinstance(found, ox.QueryBoolean):
                return bool(found)
            rows: list[tuple[Term | None, ...]] = [tuple(row) for row in found]
        except (SyntaxError, ValueError):
            raise self._unreadable() from None
        return Bindings([variable.value for variable in found.variables], iter(rows))

    def triples(
        self, text: str, version: Version, dataset: Sequence[tuple[str, str]] = ()
    ) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query, in the names of the version."""
        data = self.client.query(self.questions, text, N_TRIPLES, dataset).body
        try:
            parsed = ox.parse(version.outward(data), format=ox.RdfFormat.N_TRIPLES)
            return [quad.triple for quad in parsed]
        except (SyntaxError, ValueError):
            raise self._unreadable() from None

    def versions(self) -> list[Version]:
        """The versions of our graph that it holds, the newest first."""
        text = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{VERSIONS}> {{ ?s ?p ?o }} }}"
        rows = self.select(text).rows
        try:
            return read_versions((s.value, p.value, o.value) for s, p, o in rows)  # type: ignore[union-attr]
        except (AttributeError, ValueError):
            raise CitypactError(
                "{address}: the content of <{versions}> was not written by citypact\n"
                "    -> give the address of another store",
                address=self.address,
                versions=VERSIONS,
            ) from None

    def is_current(self, version: Version) -> bool:
        """Whether a version that was switched to has not been removed since."""
        text = f"SELECT ?n WHERE {{ GRAPH <{VERSIONS}> {{ <{version.iri}> <{STORE}number> ?n }} }}"
        return any(True for _ in self.select(text).rows)

    @property
    def has_default_graph(self) -> bool:
        """Whether it has a default graph that can be written."""
        return not any(quirk.name == "no default graph" for quirk in self.deviations)

    def count(self, graph: str) -> int:
        """How many triples a graph holds; FACTS_GRAPH stands for the default graph."""
        pattern = "?s ?p ?o" if graph == FACTS_GRAPH else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
        rows = self.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").rows
        try:
            return int(next(rows)[0].value)  # type: ignore[union-attr]
        except (StopIteration, AttributeError, IndexError, ValueError):
            raise self._unreadable() from None

    def holds_plainly(self) -> bool:
        """Whether somebody filled it under the plain names, with facts in the default graph."""
        if self.deviations:
            return False
        text = f"SELECT ?d WHERE {{ ?d a <{NS}SourceDocument> }} LIMIT 1"
        return any(True for _ in self.select(text).rows)

    def writing(self) -> tuple[str, str]:
        """The addresses for updates and for the Graph Store Protocol.

        Those of CITYPACT_STORE_UPDATE and CITYPACT_STORE_GRAPHS where they are set, else those that
        such a server is known to have. Raises CitypactError where neither says.
        """
        update, graphs = self._usual()
        update = os.environ.get("CITYPACT_STORE_UPDATE") or update
        graphs = os.environ.get("CITYPACT_STORE_GRAPHS") or graphs
        if not update or not graphs:
            raise CitypactError(
                "{address}: the addresses for writing to this server are not known\n"
                "    -> set CITYPACT_STORE_UPDATE and CITYPACT_STORE_GRAPHS to its addresses "
                "for SPARQL Update and the Graph Store Protocol",
                address=self.address,
            )
        for address in (update, graphs):
            check_address(address)
            _warn_of_plain_http(address, self.client)
        return update, graphs

    def _usual(self) -> tuple[str, str]:
        root, _, last = self.questions.rpartition("/")
        if self.name.lower().startswith("virtuoso"):
            return f"{root}/sparql-auth", f"{root}/sparql-graph-crud-auth"
        if last != "query":
            return "", ""
        is_oxigraph = self.name.lower().startswith("oxigraph")
        return f"{root}/update", f"{root}/{'store' if is_oxigraph else 'data'}"

    def _unreadable(self) -> CitypactError:
        return CitypactError(
            "{questions}: its answer cannot be read, or breaks off\n"
            "    -> try again; look into the log of the server",
            questions=self.questions,
        )


def find_server(address: str, client: StoreClient | None = None) -> Server:
    """The server at an address; it may answer questions there, at /query or at /sparql.

    Raises CitypactError for what is no address and where no server answers.
    """
    check_address(address)
    client = client or StoreClient()
    _warn_of_plain_http(address, client)
    base = address.rstrip("/")
    named = base.endswith(("/query", "/sparql"))
    tried = [base] if named else [base, f"{base}/query", f"{base}/sparql"]
    for place in tried:
        try:
            answer = client.query(place, "SELECT * WHERE { } LIMIT 1", JSON_RESULTS)
            return Server(client, base, place, answer.server)
        except NoEndpoint:
            continue
    raise CitypactError(
        "{address}: answers no query, tried {tried}\n    -> give the address of a SPARQL endpoint",
        address=address,
        tried=", ".join(tried),
    )


def _warn_of_plain_http(address: str, client: StoreClient) -> None:
    if client.credentials and urlsplit(address).scheme == "http" and not is_loopback(address):
        warnings.warn(
            Message(
                "{address}: your credentials are sent without encryption; use https",
                address=address,
            ),
            StoreWarning,
            stacklevel=3,
        )


__all__ = ["Server", "StoreWarning", "find_server"]
