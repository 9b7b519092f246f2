"""The processes of Oxigraph: what becomes of them when connections or processes end."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from citypact.service.engine import EnginePool
from citypact.service.errors import ServiceError
from citypact.service.limits import QueryLimits

JSON = "application/sparql-results+json"
QUERY = "SELECT * { ?s ?p ?o } LIMIT 1"


def test_a_connection_that_the_engine_has_ended_is_opened_again(build: Path) -> None:
    async def ask_after_idle_time() -> None:
        async with EnginePool(build / "store", QueryLimits(at_once=1), lambda: True) as pool:
            (engine,) = pool._engines
            engine.connection.close()  # as Oxigraph does after a minute
            await asyncio.sleep(0)
            (await pool.ask(QUERY, JSON)).body.close()
            assert pool._engines == {engine}

    asyncio.run(ask_after_idle_time())


def test_an_engine_that_breaks_off_is_replaced(build: Path) -> None:
    async def ask_again() -> None:
        async with EnginePool(build / "store", QueryLimits(at_once=1), lambda: True) as pool:
            (engine,) = pool._engines
            asking = asyncio.create_task(
                pool.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON)
            )
            await asyncio.sleep(0.2)
            engine.connection.close()  # the process lives on
            with pytest.raises(ServiceError):
                await asking
            (await pool.ask(QUERY, JSON)).body.close()
            assert pool.size == 1 and engine not in pool._engines

    asyncio.run(ask_again())
