"""The graph that is served: one edition of a build at a time, and the next when it is there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import Request

from citypact import __version__
from citypact.api import Graph
from citypact.graph.pages.site.site import Site
from citypact.graph.store.base import LocalStore, build_identity
from citypact.ontology.errors import CitypactError, Message
from citypact.service.engine import EnginePool
from citypact.service.engine_store import EngineStore
from citypact.service.limits import QueryLimits
from citypact.service.work import Workers
from citypact.site import site_of
from citypact.sources.reading.texts import Texts

LOOK_SECONDS = 2.0
"""Seconds between two looks at whether there is a new build."""


@dataclass(frozen=True)
class Edition:
    """One build, opened: its graph, its pages, its engines.

    identity: which folder it is, as `build_identity` says. reading: ends when the graph is in
    memory.
    """

    identity: tuple[int, int]
    graph: Graph
    pool: EnginePool
    site: Site
    reading: asyncio.Task[None] = field(repr=False)

    @property
    def digest(self) -> str:
        """What tells this graph from others; '' where nobody counted."""
        return str(self.graph.summary().get("graph sha256", ""))

    @property
    def tag(self) -> str:
        """The entity tag (ETag) of all that this version of Citypact makes of this graph; '' where
        nobody counted."""
        return f'"{self.digest[:32]}-{__version__}"' if self.digest else ""

    @classmethod
    async def open(cls, build: Path, texts: Texts | None, limits: QueryLimits) -> Edition:
        """Opens a build. Raises CitypactError where it cannot be opened."""
        for _ in range(20):
            identity = build_identity(build)
            local = await asyncio.to_thread(LocalStore.open, build)
            pool = EnginePool(build / "store", limits, lambda: build_identity(build) == identity)  # noqa: B023
            await pool.start()
            if build_identity(build) == identity:
                break
            await pool.close()  # replaced in the meantime: store and engines may differ
        store = EngineStore(local, pool, asyncio.get_running_loop())
        graph = Graph(store, texts)
        site = site_of(store, texts, is_live=True, has_briefs=True)
        edition = cls(identity, graph, pool, site, asyncio.create_task(store.read()))
        await asyncio.to_thread(edition._read_names)
        return edition

    def _read_names(self) -> None:
        """Reads what most requests need, so that the first does not wait for it."""
        with contextlib.suppress(CitypactError):
            self.graph.names.find("-")
        self.graph.summary()


@dataclass
class Service:
    """What the application knows: what it serves, to whom, and within which limits.

    address: where clients find it, without a slash at its end; '' for where a request was sent to.
    hosts: the names by which it may be asked; none for any. say: takes a message for the person
    who runs it.
    """

    build: Path
    limits: QueryLimits
    edition: Edition
    workers: Workers
    texts: Texts | None = None
    address: str = ""
    hosts: frozenset[str] = frozenset()
    origins: tuple[str, ...] = ()
    say: Callable[[Message], None] = field(default=lambda message: None)

    async def follow(self) -> None:
        """Serves each new build, until it is cancelled; what is asked meanwhile is answered."""
        closing: set[asyncio.Task[None]] = set()
        failed: tuple[int, int] = self.edition.identity
        try:
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                identity = await asyncio.to_thread(build_identity, self.build)
                if identity in (self.edition.identity, failed, (0, 0)):
                    continue
                try:
                    edition = await Edition.open(self.build, self.texts, self.limits)
                except CitypactError as error:
                    failed = identity
                    self.say(Message("the new build is not served: {error}", error=error))
                    continue
                before, self.edition = self.edition, edition
                self.say(Message("now serving the new build of {build}", build=self.build))
                task = asyncio.create_task(self._close(before))
                closing.add(task)
                task.add_done_callback(closing.discard)
        finally:
            await asyncio.gather(*closing)

    async def _close(self, edition: Edition) -> None:
        """Ends the engines of an edition when they have answered."""
        with contextlib.suppress(TimeoutError, asyncio.CancelledError):
            async with asyncio.timeout(2 * self.limits.seconds):
                while edition.pool.running:
                    await asyncio.sleep(0.1)
        await edition.pool.close()


@contextlib.asynccontextmanager
async def serving(service: Service) -> AsyncIterator[Service]:
    """Follows the builds while the block runs, and ends all engines after it."""
    following = asyncio.create_task(service.follow())
    try:
        yield service
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await service.edition.pool.close()


def service_of(request: Request) -> Service:
    """The service that a request asks."""
    service: Service = request.app.state.service
    return service


def address_of(request: Request) -> str:
    """The address of the service as this client knows it, without a slash at its end."""
    address = service_of(request).address
    if address:
        return address
    url = urlsplit(str(request.base_url))
    return f"{url.scheme}://{url.netloc}"


__all__ = ["Edition", "Service", "address_of", "service_of", "serving"]
