"""The graph and its networks as files that other programs read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from citypact.graph.export.graphml import to_graphml
from citypact.graph.export.look import Look
from citypact.graph.export.network_rows import to_tables
from citypact.ontology.errors import CitypactError
from citypact.sources.files.atomic_folder import check_usable, write_folder
from citypact.sources.files.output_files import check_output, write_output, write_outputs

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.store.base import Store

NETWORK_FORMATS = ("graphml", "gexf", "csv")
"""Formats that hold a network only."""
GRAPH_FORMATS = ("sqlite", "parquet", "datapackage", "jsonld", "xlsx")
"""Formats that hold the graph; SQLite and Parquet also hold a network."""


def write_network(
    network: nx.Graph,
    form: str,
    out: Path,
    looks: Mapping[str, Look] = MappingProxyType({}),
    language: str = "en",
    *,
    replace: bool = False,
) -> list[Path]:
    """Writes a network: GraphML or GEXF to the file `out`, or tables (csv) to the folder `out`.

    looks: how nodes look, by IRI, for programs that draw. language: that of labels. Gives the files
    written. Raises CitypactError for an unknown format or a place that cannot be written. A file
    that is there already is replaced where we wrote it, or with `replace`, a folder only where
    `citypact export` made it.
    """
    if form == "graphml":
        files = {out: to_graphml(network, looks, language)}
    elif form == "gexf":
        from citypact.graph.export.gexf import to_gexf

        files = {out: to_gexf(network, looks, language)}
    elif form == "csv":
        return write_folder(out, to_tables(network, language), "export")
    else:
        raise _unknown(form, NETWORK_FORMATS)
    return _written(files, replace)


def write_graph(
    store: Store,
    form: str,
    out: Path,
    network: nx.Graph | None = None,
    language: str = "ko",
    *,
    replace: bool = False,
) -> list[Path]:
    """Writes a graph: SQLite, JSON-LD or XLSX to a file, Parquet or a Data Package to a folder.

    Next to an SQLite file is one of the same name that ends in `.metadata.json`, for Datasette.
    The tables `nodes` and `edges` of SQLite and Parquet are those of the network, that of actors
    where none is given; JSON-LD with a network holds the facts about its things only; XLSX is the
    form of `citypact new`, filled in, in a language. Gives the files written. Raises CitypactError
    as `write_network`, and where a package is missing.
    """
    if form == "jsonld":
        from citypact.graph.export.jsonld import facts_as_jsonld

        return _written({out: facts_as_jsonld(store, network)}, replace)
    if form not in GRAPH_FORMATS:
        raise _unknown(form, GRAPH_FORMATS)
    if form == "xlsx":
        from citypact.graph.export.xlsx import facts_as_workbook

        return _written({out: facts_as_workbook(store, language)}, replace)
    if form == "datapackage":
        from citypact.graph.export.datapackage import to_datapackage

        return write_folder(out, to_datapackage(store), "export")
    if network is None:
        from citypact.graph.networks.networks import actors

        network = actors(store)
    if form == "sqlite":
        from citypact.graph.export.sqlite import datasette_metadata, sqlite_tables, to_sqlite

        tables = sqlite_tables(store, network)
        metadata = out.with_suffix(".metadata.json")
        files = {out: to_sqlite(tables), metadata: datasette_metadata(tables, out.stem)}
        return _written(files, replace)
    from citypact.graph.export.parquet import to_parquet

    return write_folder(out, to_parquet(store, network), "export")


def _written(files: dict[Path, bytes], replace: bool) -> list[Path]:
    write_outputs(files, replace=replace)
    return list(files)


def _unknown(form: str, known: tuple[str, ...]) -> CitypactError:
    return CitypactError(
        "{form!r} is not a format\n    -> use one of: {known}", form=form, known=", ".join(known)
    )


__all__ = [
    "GRAPH_FORMATS",
    "NETWORK_FORMATS",
    "check_output",
    "check_usable",
    "to_graphml",
    "to_tables",
    "write_graph",
    "write_network",
    "write_output",
]
