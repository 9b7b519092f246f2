"""Methods of network science for partnerships, a module a method.

Each takes a network of networkx and gives plain dataclasses; formulas, sources, units and limits
stand in the docstrings. `graph.report` applies them to a graph and says the answers in words.

    from citypact import analysis

    analysis.structure.actor_structure(network)

A module is loaded when it is first named.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

METHODS = (
    "bipartite",
    "brokerage",
    "chronology",
    "co_occurrence",
    "communities",
    "countries",
    "degrees",
    "distances",
    "draws",
    "features",
    "geography",
    "gravity",
    "groups",
    "hidden_ties",
    "inequality",
    "konect",
    "konect_estimates",
    "likeness",
    "null_models",
    "overlap",
    "places",
    "prediction",
    "profiles",
    "rewiring",
    "robustness",
    "simple",
    "structure",
    "tempo",
    "topics",
)


def __getattr__(name: str) -> ModuleType:
    if name in METHODS:
        return import_module(f"citypact.graph.analysis.{name}")
    raise AttributeError(f"module 'citypact.analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *METHODS])
