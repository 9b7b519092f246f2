"""A connection to an engine: HTTP/1.1, one request after another, read by httptools.

httpx takes a millisecond of Python for a request; an engine answers most queries in less.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import httptools


class BrokenConnection(Exception):
    """The engine ended the connection before its answer was complete."""


@dataclass
class Head:
    """The head of an answer: status and media type."""

    status: int = 0
    media_type: str = ""


class EngineConnection(asyncio.Protocol):
    """One connection. Make one with `EngineConnection.open`."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._head = Head()
        self._done: asyncio.Future[Head] | None = None
        self._take: Callable[[Head, bytes], None] = lambda head, data: None

    @classmethod
    async def open(cls, host: str, port: int) -> EngineConnection:
        """Connects. Raises OSError where nobody listens."""
        loop = asyncio.get_running_loop()
        return (await loop.create_connection(cls, host, port))[1]

    @property
    def is_closed(self) -> bool:
        """Whether either side has ended the connection."""
        return self._transport is None or self._transport.is_closing()

    async def ask(
        self, path: str, headers: dict[str, str], body: bytes, take: Callable[[Head, bytes], None]
    ) -> Head:
        """Sends a request (a POST where it has a body), and gives the head of the whole answer.

        take: is given each piece of the body as it comes; what it raises ends the connection, and
        is raised here. Raises BrokenConnection where the answer breaks off.
        """
        if self._transport is None or self.is_closed:
            raise BrokenConnection
        self._head, self._take = Head(), take
        self._parser = httptools.HttpResponseParser(self)
        self._done = asyncio.get_running_loop().create_future()
        lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", "Host: localhost"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""])
        self._transport.write(head.encode("ascii") + body)
        return await self._done

    def close(self) -> None:
        """Ends the connection."""
        if self._transport is not None:
            self._transport.abort()

    def _end(self, error: Exception) -> None:
        if self._done is not None and not self._done.done():
            self._done.set_exception(error)
        self.close()

    # What asyncio calls:

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # that of uvloop is no subclass

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserCallbackError as error:
            cause = error.__context__
            self._end(cause if isinstance(cause, Exception) else BrokenConnection())
        except httptools.HttpParserError:
            self._end(BrokenConnection())

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(BrokenConnection())

    # What httptools calls:

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"content-type":
            self._head.media_type = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._head.status = self._parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        if self._done is not None and not self._done.done():
            self._take(self._head, body)

    def on_message_complete(self) -> None:
        if self._done is not None and not self._done.done():
            self._done.set_result(self._head)


__all__ = ["BrokenConnection", "EngineConnection", "Head"]
