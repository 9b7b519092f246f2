"""Runs the service: a socket, the application, signals."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
import uvloop

from citypact.ontology.errors import CitypactError, Message, system_reason
from citypact.service.application import application
from citypact.service.limits import QueryLimits
from citypact.service.protection import PatientProtocol
from citypact.service.service import Edition, Service
from citypact.service.work import Workers
from citypact.sources.reading.texts import Texts

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
CONNECTIONS = 1_000
"""Connections at once; more are turned away."""
FAREWELL_SECONDS = 10
"""Seconds that requests have to be answered when the service is stopped."""


@dataclass(frozen=True)
class Listening:
    """Where to listen and how to be called. address: the public one, behind a proxy; '' for none.

    origins: whose pages may read the answers in a browser; `*` for all.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    address: str = ""
    origins: tuple[str, ...] = ()

    @property
    def hosts(self) -> frozenset[str]:
        """The names by which the service may be asked; none for any, where it is for others."""
        from urllib.parse import urlsplit

        if self.host not in ("127.0.0.1", "::1", "localhost"):
            return frozenset()
        public = urlsplit(self.address).hostname
        return LOOPBACK | ({public.lower()} if public else frozenset())


def run(
    build: Path,
    texts: Texts | None,
    place: Listening,
    limits: QueryLimits,
    say: Callable[[Message], None],
    ready: Callable[[str], None],
) -> None:
    """Serves a build until the process is asked to stop (SIGTERM, Ctrl-C).

    say: takes messages for whoever runs it; ready: the address, when requests are answered.
    Raises CitypactError where the port is taken or the build cannot be opened.
    """
    with _listening(place) as listener:
        uvloop.run(_serve(listener, build, texts, place, limits, say, ready))


async def _serve(
    listener: socket.socket,
    build: Path,
    texts: Texts | None,
    place: Listening,
    limits: QueryLimits,
    say: Callable[[Message], None],
    ready: Callable[[str], None],
) -> None:
    asyncio.get_running_loop().set_exception_handler(lambda _, context: _report(say, context))
    edition = await Edition.open(build, texts, limits)
    workers = Workers(limits.at_once, limits.waiting)
    service = Service(
        build, limits, edition, workers, texts, place.address, place.hosts, place.origins, say
    )
    app = application(service, lambda fault: say(Message("fault: {fault}", fault=fault)))
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        log_level=logging.CRITICAL,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=FAREWELL_SECONDS,
    )
    server = _Server(config, lambda: ready(_address(listener)))
    try:
        await server.serve([listener])
    finally:
        await service.edition.pool.close()


def _report(say: Callable[[Message], None], context: dict[str, Any]) -> None:
    """Says on one line what failed outside of any request; a client that has gone is no fault."""
    error = context.get("exception")
    if not isinstance(error, OSError):
        fault = f"{context['message']}: {error!r}".splitlines()[0]
        say(Message("fault: {fault}", fault=fault))


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Takes a signal for the wish to stop; uvicorn would send it again when it has stopped."""
        loop = asyncio.get_running_loop()
        wishes = (signal.SIGINT, signal.SIGTERM)
        for wish in wishes:
            loop.add_signal_handler(wish, self.handle_exit, wish, None)
        try:
            yield
        finally:
            for wish in wishes:
                loop.remove_signal_handler(wish)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def _listening(place: Listening) -> socket.socket:
    """A socket that listens. Raises CitypactError where the port is taken."""
    try:
        family, *_, address = socket.getaddrinfo(
            place.host, place.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        import errno

        if error.errno == errno.EADDRINUSE:
            raise CitypactError(
                "port {port} is in use\n    -> choose another with --port", port=place.port
            ) from error
        raise CitypactError(
            "{host}:{port}: {reason}\n    -> choose another --host or --port",
            host=place.host,
            port=place.port,
            reason=system_reason(error),
        ) from error
    listener.listen(2048)
    listener.setblocking(False)
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


__all__ = ["Listening", "run"]
