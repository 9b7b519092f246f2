"""What a build counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from citypact.graph.provenance.coverage import as_json, coverages
from citypact.graph.rdf.serialise import _own_terms
from citypact.graph.rdf.terms import DERIVATIONS, term
from citypact.graph.store.base import Store
from citypact.ontology import IMPORT_GRAPH


def summarise(store: Store, digest: str) -> dict[str, Any]:
    """Counts of what a graph holds, and the SHA-256 digest of its N-Quads as given."""
    used = {
        q.object
        for name in ("covers", "topic")
        for q in store.quads(None, term(name), None, ox.DefaultGraph())
    }
    texts = store.quads(None, term("characterCount"), None, ox.DefaultGraph())
    return {
        "documents": store.documents(),
        "documents with text": sum(1 for _ in texts),
        "agreements": store.instances("Agreement"),
        "actors": store.instances("Organization"),
        "cities": store.instances("City"),
        "people": store.instances("Person"),
        "topics in use": len(used),
        "claims": store.instances("Claim"),
        "facts": _count(store, "?s ?p ?o") - _own_terms_in(store),
        "derived facts": _count(store, f"GRAPH {DERIVATIONS} {{ ?fact citypact:derivedBy ?rule }}"),
        "prospects": store.instances("Prospect"),
        "partnerships": store.instances("Partnership"),
        "imported lists": imported_lists(store),
        "coverage": [as_json(each) for each in coverages(store)],
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
    return sum(store.has(ox.Quad(*triple)) for triple in _own_terms())  # type: ignore[arg-type]
