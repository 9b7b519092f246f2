"""The graph and a network as Parquet files with typed columns, for pandas, Polars, R and DuckDB."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from citypact.graph.export.database import graph_tables, network_tables
from citypact.graph.store.base import Store
from citypact.graph.tables.table import DataTable
from citypact.ontology.errors import CitypactError

if TYPE_CHECKING:
    import networkx as nx


def to_parquet(store: Store, network: nx.Graph) -> dict[str, bytes]:
    """One file a table: those of the whole graph, and `nodes` and `edges` of a network.

    Days are date32, several values are lists of strings. The description of a column in Korean
    and English is in the metadata of its field. Raises CitypactError if pyarrow is not installed.
    """
    return parquet_files([*graph_tables(store), *network_tables(network)])


def parquet_files(tables: Iterable[DataTable]) -> dict[str, bytes]:
    """Tables as files, by their names. Raises CitypactError where pyarrow is not installed."""
    try:
        import pyarrow
    except ImportError as error:
        raise CitypactError(
            "the format parquet requires the package pyarrow\n"
            "    -> pip install 'citypact[parquet]'"
        ) from error
    return {f"{table.name}.parquet": _file(table, pyarrow) for table in tables}


def _file(table: DataTable, pyarrow: Any) -> bytes:
    from pyarrow import parquet

    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "day": pyarrow.date32(),
        "list": pyarrow.list_(pyarrow.string()),
    }
    fields = [
        pyarrow.field(
            column.name,
            types[column.kind],
            nullable=column.name not in table.key,
            metadata={"ko": column.ko, "en": column.en},
        )
        for column in table.columns
    ]
    schema = pyarrow.schema(fields, metadata={"ko": table.ko, "en": table.en})
    # from_pylist makes a float of what another row has as an integer: the schema decides.
    data = pyarrow.Table.from_pylist(table.rows, schema=schema)
    buffer = io.BytesIO()
    parquet.write_table(data, buffer, compression="zstd")
    return buffer.getvalue()


__all__ = ["parquet_files", "to_parquet"]
