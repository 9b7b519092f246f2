"""Writes networks as GraphML and as tables of nodes and edges that other tools read back equal."""

from __future__ import annotations

import contextlib
import csv
import io
import os
from pathlib import Path
from typing import Any

import networkx as nx

from ontology.errors import CitypactError

FORMATS = ("graphml", "csv")


def to_graphml(network: nx.Graph) -> bytes:
    """GraphML in UTF-8. Characters that XML 1.0 cannot hold are left out.

    The ids of edges are their keys. networkx makes a multigraph again of a file without parallel
    edges only with `read_graphml(…, force_multigraph=True)`.
    """
    clean = network.__class__(**network.graph)
    clean.add_nodes_from((node, _clean(data)) for node, data in network.nodes(data=True))
    if network.is_multigraph():
        clean.add_edges_from(
            (s, t, k, _clean(d)) for s, t, k, d in network.edges(keys=True, data=True)
        )
    else:
        clean.add_edges_from((s, t, _clean(d)) for s, t, d in network.edges(data=True))
    buffer = io.BytesIO()
    # Ids of attributes stay d0, d1 …: by name, one of a node and one of an edge would be the same.
    nx.write_graphml_xml(clean, buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue()


def to_tables(network: nx.Graph) -> dict[str, bytes]:
    """`nodes.csv` and `edges.csv` (RFC 4180, UTF-8): attributes as columns, missing ones empty."""
    nodes = [{"id": node, **data} for node, data in network.nodes(data=True)]
    if network.is_multigraph():
        ends = ["source", "target", "key"]
        found = network.edges(keys=True, data=True)
    else:
        ends = ["source", "target"]
        found = network.edges(data=True)
    edges = [{**dict(zip(ends, edge, strict=False)), **edge[-1]} for edge in found]
    return {"nodes.csv": _table(nodes, ["id"]), "edges.csv": _table(edges, ends)}


def write_network(network: nx.Graph, form: str, out: Path) -> list[Path]:
    """Writes a network: GraphML to the file `out`, or tables to the folder `out`.

    Gives the files written. Raises CitypactError for an unknown format or a place that cannot be
    written; a file that is there already is replaced as a whole.
    """
    if form == "graphml":
        files = {out: to_graphml(network)}
    elif form == "csv":
        files = {out / name: data for name, data in to_tables(network).items()}
    else:
        raise CitypactError(f"{form!r} is no format\n    -> use one of: {', '.join(FORMATS)}")
    for path, data in files.items():
        write_file(path, data)
    return list(files)


def write_file(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all. Raises CitypactError where that cannot be."""
    if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises where a name is too long)
        raise CitypactError(f"{path}: is a folder\n    -> name a file")
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise CitypactError(
            f"{path}: cannot be written ({error.strerror})\n    -> choose another place with --out"
        ) from error


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    return {k: _xml(v) if isinstance(v, str) else v for k, v in data.items()}


def _xml(text: str) -> str:
    return "".join(
        c
        for c in text
        if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


def _table(rows: list[dict[str, Any]], first: list[str]) -> bytes:
    columns = first + sorted({key for row in rows for key in row} - set(first))
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()
