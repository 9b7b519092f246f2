"""What several figures of one network are computed from, computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import networkx as nx

P = ParamSpec("P")
T = TypeVar("T")

_known: ContextVar[dict[Any, tuple[nx.Graph, Any]] | None] = ContextVar("_known", default=None)


@contextmanager
def shared_results() -> Iterator[None]:
    """Within it, functions that are `shareable` are computed once for each network and arguments.

    Networks must not change meanwhile.
    """
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def shareable(
    function: Callable[Concatenate[nx.Graph, P], T],
) -> Callable[Concatenate[nx.Graph, P], T]:
    """Marks a function of a network, and of hashable arguments, whose result is only to be read.

    Networks among the results are frozen while they are shared: to change one raises NetworkXError.
    """

    @wraps(function)
    def result(network: nx.Graph, /, *args: P.args, **kwargs: P.kwargs) -> T:
        known = _known.get()
        if known is None:
            return function(network, *args, **kwargs)
        key = (function, id(network), args, *sorted(kwargs.items()))
        if key not in known:
            found = function(network, *args, **kwargs)
            # The network is kept as well, or its id could be that of another one later.
            known[key] = network, nx.freeze(found) if isinstance(found, nx.Graph) else found
        shared: T = known[key][1]
        return shared

    return result


__all__ = ["shareable", "shared_results"]
