"""How a remote store keeps versions of the graph side by side, and which of them is current.

Each version has graphs of its own: `…/graph/claims` is `…/graph/claims/VERSION` there. Beside them
the graph `…/graph/versions` says what each version holds; a version is current that has the highest
number. So the switch to a new version is one triple, which every store writes whole or not at all.
Queries are written for the plain names; the names of a version take their place on the way.

For other programs the current version is also there under the plain names, its facts in the default
graph: the same request that switches to it copies it there. Where a server has no default graph, or
holds something else in it, other programs have to name the graphs of the version.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from citypact.graph.sparql.syntax import SparqlQuery
from citypact.ontology import FACTS_GRAPH

STORE = "https://w3id.org/citypact/store#"
"""The few terms of this bookkeeping; no query of ours shows them."""
VERSIONS = FACTS_GRAPH.removesuffix("facts") + "versions"


@dataclass(frozen=True)
class Version:
    """One version of the graph in a store.

    `counts` has the number of triples of each graph by its plain name, FACTS_GRAPH for the default
    graph (not every store has one); `number` is 0 until it is switched to. A version without name
    and graphs stands for a store that was filled by other means, under the plain names.
    """

    name: str
    counts: dict[str, int]
    number: int = 0
    summary: dict[str, Any] = field(default_factory=dict)
    batches: frozenset[str] = frozenset()
    """Digests of the batches of triples that have been loaded."""
    is_published: bool = False
    """Whether it is also there under the plain names."""

    @property
    def iri(self) -> str:
        """The node that stands for it in the graph of versions."""
        return f"{VERSIONS}/{self.name}"

    @cached_property
    def graphs(self) -> dict[str, str]:
        """The names of its graphs in the store, by their plain names."""
        return {plain: f"{plain}/{self.name}" for plain in sorted(self.counts)}

    @property
    def dataset(self) -> list[tuple[str, str]]:
        """The graphs that a query may see, as parameters of the SPARQL Protocol."""
        return [
            ("default-graph-uri" if plain == FACTS_GRAPH else "named-graph-uri", stored)
            for plain, stored in self.graphs.items()
        ]

    @property
    def parameters(self) -> str:
        """The dataset as the query part of an address."""
        return urlencode(self.dataset)

    def inward(self, text: str) -> str:
        """A query for plain names as one for the names of this version."""
        named = {plain: stored for plain, stored in self.graphs.items() if plain != FACTS_GRAPH}
        return SparqlQuery(SparqlQuery(text).replaced(named.get)).self_contained.text

    def outward(self, data: bytes) -> bytes:
        """An answer (JSON or N-Triples) with plain names instead of those of this version."""
        return self._stored.sub(rb"\1", data) if self._stored else data

    @cached_property
    def _stored(self) -> re.Pattern[bytes] | None:
        if not self.graphs:
            return None
        # Some servers write \/ for / in JSON.
        ways = "|".join(re.escape(plain).replace("/", r"\\?/") for plain in self.graphs)
        return re.compile(rf'(?<=["<])({ways})\\?/{self.name}(?=[">])'.encode())


def read_versions(triples: Iterable[tuple[str, str, str]]) -> list[Version]:
    """The versions that the triples of the graph VERSIONS describe, the newest first.

    Those that are not switched to yet come last; what is not described in full is left out.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        said[subject][predicate.removeprefix(STORE)].append(value)
    published = said[VERSIONS]["published"]
    found = []
    for iri, about in list(said.items()):
        name = iri.removeprefix(VERSIONS + "/")
        summary, graphs = about.get("summary"), about.get("holds", [])
        sizes = {stored: said[stored].get("triples") for stored in graphs if stored in said}
        if not re.fullmatch(r"[0-9a-f]+", name) or not summary or len(sizes) < len(graphs):
            continue
        counts = {stored.removesuffix(f"/{name}"): int(n[0]) for stored, n in sizes.items() if n}
        number = max(map(int, about.get("number", [])), default=0)
        batches = frozenset(about.get("batch", []))
        is_published = iri in published
        found.append(Version(name, counts, number, json.loads(summary[0]), batches, is_published))
    return sorted(found, key=lambda version: (-version.number, version.name))
