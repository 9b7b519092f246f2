"""Citypact: an evidence-linked knowledge graph of city partnerships.

    import citypact

    graph = citypact.open("build")
    graph.query("agreements-of-city", city="Guayaquil").to_pandas()
    graph.why("seoul-guayaquil-2020", "signingDate")
    graph.network("actors")
    graph.analyse().findings

`citypact.analysis` has the methods, for any network of networkx.

Everything is loaded at its first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citypact.api import Graph, Table, build, load, open
    from citypact.graph import analysis
    from citypact.ontology.errors import CitypactError, Problem, RecordError

__version__ = "0.1.0"
__all__ = [
    "CitypactError",
    "Graph",
    "Problem",
    "RecordError",
    "Table",
    "analysis",
    "build",
    "load",
    "open",
]


def __getattr__(name: str) -> Any:
    if name in ("Graph", "Table", "build", "load", "open"):
        from citypact import api

        return getattr(api, name)
    if name in ("CitypactError", "Problem", "RecordError"):
        from citypact.ontology import errors

        return getattr(errors, name)
    if name == "analysis":
        from citypact.graph import analysis

        return analysis
    raise AttributeError(f"module 'citypact' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
