"""Results of SELECT and ASK in the formats that the W3C defines, as every SPARQL client reads them.

SPARQL 1.1 Query Results JSON Format, SPARQL Query Results XML Format (Second Edition), SPARQL 1.1
Query Results CSV and TSV Formats; written by Oxigraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyoxigraph as ox

FORMATS = {
    "sparql-json": ox.QueryResultsFormat.JSON,
    "sparql-xml": ox.QueryResultsFormat.XML,
    "sparql-csv": ox.QueryResultsFormat.CSV,
    "sparql-tsv": ox.QueryResultsFormat.TSV,
}
"""The formats by the names that the command line uses."""


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> bytes:
    """Rows of terms (None where a variable is unbound) in one of FORMATS."""
    bindings = [
        {name: _json(term) for name, term in zip(columns, row, strict=True) if term is not None}
        for row in rows
    ]
    return _written({"head": {"vars": list(columns)}, "results": {"bindings": bindings}}, form)


def write_answer(answer: bool, form: str) -> bytes:
    """Yes or no, the answer of ASK, in one of FORMATS; in CSV and TSV it is the word alone."""
    return _written({"head": {}, "boolean": answer}, form)


def _written(results: dict[str, Any], form: str) -> bytes:
    # Oxigraph writes what it has read: it has no results out of terms of Python.
    import json

    read = ox.parse_query_results(json.dumps(results), format=ox.QueryResultsFormat.JSON)
    return read.serialize(format=FORMATS[form]) or b""


def _json(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = ("subject", "predicate", "object")
        return {"type": "triple", "value": {part: _json(getattr(term, part)) for part in parts}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


__all__ = ["FORMATS", "write_answer", "write_rows"]
