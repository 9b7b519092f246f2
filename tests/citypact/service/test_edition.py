"""A build that is served: what is looked up in it while it is read into memory, and afterwards."""

from __future__ import annotations

import asyncio
from pathlib import Path

from citypact.graph.rdf.terms import TYPE, term
from citypact.service.limits import QueryLimits
from citypact.service.service import Edition


def test_look_ups_are_answered_from_disk_until_the_graph_is_in_memory(build: Path) -> None:
    async def look_up() -> None:
        edition = await Edition.open(build, None, QueryLimits(at_once=1))
        try:
            store = edition.graph.store
            before, on_disk = store.inner, set(store.quads(None, TYPE, term("Agreement"), None))
            await edition.reading
            assert store.inner is not before
            assert len(store) == len(before)
            assert set(store.quads(None, TYPE, term("Agreement"), None)) == on_disk != set()
            is_there = await asyncio.to_thread(store.answer, "ASK { ?a a citypact:Agreement }")
            assert is_there is True
        finally:
            await edition.pool.close()

    asyncio.run(look_up())
