"""What a build counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from citypact.graph.provenance.counts import claims_by_place, count
from citypact.graph.provenance.coverage import as_json, coverages_of
from citypact.graph.rdf.terms import DERIVATIONS
from citypact.graph.store.base import Store
from citypact.ontology import IMPORT_GRAPH
from citypact.ontology.vocabulary import vocabulary_quads

NUMBERS = (
    "documents",
    "documents with text",
    "agreements",
    "signed agreements",
    "partnerships",
    "memberships",
    "organisations",
    "actors",
    "cities",
    "people",
    "topics in use",
    "prospects",
    "claims",
)
"""What is counted as `citypact.graph.provenance.counts` defines it, in the order of the summary."""


def summarise(store: Store, digest: str, centre: str = "") -> dict[str, Any]:
    """Counts of what a graph holds, and the SHA-256 digest of its N-Quads as given.

    The coverage is that of `centre` (an IRI), where there is one.
    """
    return {
        **{name: count(store, name) for name in NUMBERS},
        "claims by place": claims_by_place(store),
        "facts": _count(store, "?s ?p ?o") - _own_terms_in(store),
        "derived facts": _count(store, f"GRAPH {DERIVATIONS} {{ ?fact citypact:derivedBy ?rule }}"),
        "imported lists": imported_lists(store),
        "coverage": [as_json(each) for each in coverages_of(store, centre)],
        "graph sha256": digest,
    }


def write_summary(summary: dict[str, Any], folder: Path) -> None:
    """Writes what a build says of itself into its folder."""
    text = json.dumps(summary, indent=1, ensure_ascii=False) + "\n"
    (folder / "summary.json").write_bytes(text.encode())


def imported_lists(store: Store) -> dict[str, int]:
    """How many links stand in each imported list, by the name of its source."""
    rows = store.solutions(
        "SELECT ?graph (COUNT(*) AS ?links) "
        "WHERE { GRAPH ?graph { ?one citypact:twinnedWith ?other } } GROUP BY ?graph"
    )
    counts = {row["graph"].value: int(row["links"].value) for row in rows}
    return {
        graph.removeprefix(IMPORT_GRAPH): counts[graph]
        for graph in sorted(counts)
        if graph.startswith(IMPORT_GRAPH)
    }


def _count(store: Store, pattern: str) -> int:
    """How often a pattern of SPARQL fits; the engine counts, as there may be millions."""
    (row,) = store.solutions(f"SELECT (COUNT(*) AS ?count) WHERE {{ {pattern} }}")
    return int(row["count"].value)


def _own_terms_in(store: Store) -> int:
    return sum(store.has(ox.Quad(*triple)) for triple in set(vocabulary_quads()))
