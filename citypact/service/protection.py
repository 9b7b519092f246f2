"""What holds for every request: known hosts only, safe headers, no waiting without end."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from citypact.service.errors import ServiceError
from citypact.service.problems import problem
from citypact.service.service import Service

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Of every response that does not say otherwise."""
HEAD_SECONDS = 10
"""Seconds in which the head of a request must be there."""
MOST_HEAD = 65_536
"""Bytes of the head of a request, until it is complete."""
SEND_SECONDS = 30
"""Seconds in which a client must take a piece of the answer."""


class Protection:
    """Refuses unknown hosts, adds headers, ends connections that stand still, hides faults.

    A page from elsewhere whose name leads to this machine (DNS rebinding) sends that name as Host.
    """

    def __init__(self, app: ASGIApp, service: Service, report: Callable[[str], None]) -> None:
        self.app, self.service, self.report = app, service, report

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_safely(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    # Headers of a 304 replace those of the page that a browser has kept.
                    if message["status"] != 304:
                        headers.setdefault(name, value)
                if not self.service.origins:
                    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
            async with asyncio.timeout(SEND_SECONDS):
                await send(message)

        request = Request(scope, receive)
        try:
            if not self._is_known(Headers(scope=scope).getlist("host")):
                raise ServiceError(
                    421, "misdirected request: this service is not known by that name"
                )
            await self.app(scope, receive, send_safely)
        except (ClientDisconnect, TimeoutError):
            pass  # nobody is there to be answered
        except Exception as error:
            if not isinstance(error, ServiceError):
                self.report(_place(error))
            if not started:
                await problem(request, error)(scope, receive, send_safely)

    def _is_known(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        name = hosts[0].rpartition(":")[0] if hosts[0].rpartition(":")[2].isdecimal() else hosts[0]
        return not self.service.hosts or name.lower() in self.service.hosts


def _place(error: Exception) -> str:
    """What went wrong and where, on one line: what clients send is not repeated."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {last.filename}:{last.lineno}"


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 that ends a connection where the head of a request is too long, or not there in
    time; uvicorn has no limit for either."""

    _deadline: asyncio.TimerHandle | None = None
    _bytes = 0
    _is_in_message = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        if self._deadline is None and self._is_idle:
            self._wait_for_head()
        # What is left of a body that was refused unread is no head, and ends in its time.
        if self._deadline is not None and not self._is_in_message:
            self._bytes += len(data)
        try:
            super().data_received(data)
        except (UnicodeError, ValueError):  # an address that is none
            self.send_400_response("Invalid HTTP request received.")
        if self._deadline is not None and self._bytes > MOST_HEAD:
            self.transport.close()

    def on_headers_complete(self) -> None:
        self._is_in_message = True
        self._head_is_there()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._is_in_message = False
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        super().connection_lost(exc)

    @property
    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait_for_head(self) -> None:
        self._bytes = 0
        self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _head_is_there(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


__all__ = ["PatientProtocol", "Protection"]
