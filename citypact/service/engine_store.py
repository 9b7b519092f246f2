"""A store whose queries go to the engines, so that their limits hold for whatever asks it."""

from __future__ import annotations

import asyncio
import contextlib

import pyoxigraph as ox

from citypact.graph.sparql.syntax import MAKING, SparqlQuery
from citypact.graph.store.base import Bindings, LocalStore, QueryResult, syntax_error
from citypact.ontology.errors import CitypactError
from citypact.service.engine import EnginePool, QuerySyntaxError

JSON_RESULTS = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"


class EngineStore(LocalStore):
    """The store of a build: patterns are looked up in this process, queries sent to an engine.

    Pages look up thousands of patterns, in memory in less than half of the time: see `read`.

    Queries are asked from threads other than that of `loop`, in which the engines live. They may
    raise ServiceError.
    """

    def __init__(
        self, local: LocalStore, pool: EnginePool, loop: asyncio.AbstractEventLoop
    ) -> None:
        super().__init__(local.inner, local.summary, local.name_index)
        self._local, self._pool, self._loop = local, pool, loop

    async def read(self) -> None:
        """Reads the graph into memory, if it is not too large; the disk answers until then."""
        with contextlib.suppress(OSError, RuntimeError, ValueError):  # then it goes on answering
            self.inner = (await asyncio.to_thread(self._local.in_memory)).inner

    def answer(self, text: str) -> QueryResult:
        query = SparqlQuery(text)
        form = N_TRIPLES if query.form in MAKING else JSON_RESULTS
        asked = self._pool.ask(query.self_contained.text, form)
        try:
            answer = asyncio.run_coroutine_threadsafe(asked, self._loop).result()
        except QuerySyntaxError as error:
            raise CitypactError(syntax_error(query.self_contained.text, str(error))) from None
        with answer.body:
            data = answer.body.read()
        if form == N_TRIPLES:
            return (quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
        found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        columns = [variable.value for variable in found.variables]
        return Bindings(columns, (tuple(row) for row in found))


__all__ = ["EngineStore"]
