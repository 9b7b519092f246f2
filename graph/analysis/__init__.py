"""Methods of network science for partnerships, a module a method.

Each takes a network of networkx and gives plain dataclasses; formulas, sources, units and limits
stand in the docstrings. `graph.report` applies them to a graph and says the answers in words.

    from citypact import analysis

    analysis.structure.actor_structure(network)

A module is loaded when it is first named.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def _methods() -> frozenset[str]:
    return frozenset(module.name for module in iter_modules(__path__))


def __getattr__(name: str) -> ModuleType:
    if name in _methods():
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module 'citypact.analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_methods()])
