"""HTTP requests that go to the given address only.

httpx sends them. Redirections are not followed. Proxies are taken from the environment
(`https_proxy`, `no_proxy`), except for servers on this machine. Certificates are checked against
those that the system trusts.
"""

from __future__ import annotations

import math
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

# httpx, ssl and email take a tenth of a second to import: they are imported when a request is sent.
from citypact.ontology.errors import Message

if TYPE_CHECKING:
    import ssl

    import httpx


class NoAnswer(Exception):
    """A request without a complete answer. `str()` gives the reason in a few words."""


class Unreachable(NoAnswer):
    """The connection could not be made."""


class TimedOut(NoAnswer):
    """The server did not answer in time."""


class TimeIsOver(TimedOut):
    """The whole answer was not there at the moment at which it had to be."""


class BrokenOff(NoAnswer):
    """The connection ended before the answer was complete."""


def is_loopback(address: str) -> bool:
    """Whether an address is of this machine."""
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


def request(
    method: str, address: str, body: bytes | None, headers: Mapping[str, str], timeout: float
) -> httpx.Request:
    """A request to be sent with `exchange`; `timeout` is in seconds and applies to
    each wait, not to the whole answer.

    Raises Unreachable for an address that httpx rejects.
    """
    import httpx

    # Every request has a connection of its own: one that is kept open may be closed by the server
    # just when it is used again, which looks like an answer that breaks off.
    fixed = {"Accept-Encoding": "identity", "Connection": "close"}
    waits = {"timeout": httpx.Timeout(timeout).as_dict()}
    try:
        return httpx.Request(
            method, address, headers=fixed | dict(headers), content=body, extensions=waits
        )
    except httpx.InvalidURL as error:
        raise Unreachable(Message("the address is wrong: {error}", error=str(error))) from error


@contextmanager
def exchange(request: httpx.Request, end: float = math.inf) -> Iterator[httpx.Response]:
    """Sends a request and gives the answer; only its head has been read, `read` reads its body.

    end: the moment (`time.monotonic`) at which all of it is over, however steadily head and body
    drip. Raises Unreachable, TimedOut, TimeIsOver or BrokenOff, for what is read within the
    block as well.
    """
    import httpx

    client = httpx.Client(trust_env=False, proxy=_proxy(str(request.url)), verify=_trusted())
    with _ended_at(end, request), client:
        with _reasons():
            response = client.send(request, stream=True)
        try:
            yield response
        finally:
            response.close()


@contextmanager
def _ended_at(end: float, request: httpx.Request) -> Iterator[None]:
    """Closes the connections of a request at a moment. Raises TimeIsOver where it has come."""
    if end == math.inf:
        yield
        return
    connections: list[Any] = []
    is_over = threading.Event()

    def trace(_: str, seen: Mapping[str, Any]) -> None:
        stream = seen.get("return_value")
        if hasattr(stream, "get_extra_info"):
            connections.append(stream)
            if is_over.is_set():  # while it was being connected
                close()

    def close() -> None:
        is_over.set()
        for stream in connections:
            with suppress(OSError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    request.extensions["trace"] = trace
    watch = threading.Timer(max(0.0, end - time.monotonic()), close)
    watch.daemon = True
    watch.start()
    try:
        yield
    except NoAnswer as error:
        if not is_over.is_set():
            raise
        raise TimeIsOver(Message("no answer in time")) from error
    finally:
        watch.cancel()
    if is_over.is_set():  # what was read may end where the connection was closed
        raise TimeIsOver(Message("no answer in time"))


def read(response: httpx.Response, most: int) -> bytes:
    """The first bytes of the body of an answer, `most` at most; the rest is not fetched.

    Raises TimedOut or BrokenOff.
    """
    parts: list[bytes] = []
    left = most
    with _reasons():
        for part in response.iter_bytes():
            parts.append(part[:left])
            left -= len(parts[-1])
            if not left:
                break
    return b"".join(parts)


@contextmanager
def _reasons() -> Iterator[None]:
    """Turns the exceptions of httpx into the three of this module."""
    import httpx

    try:
        yield
    except httpx.TimeoutException as error:
        raise TimedOut(Message("no answer in time")) from error
    except (httpx.ConnectError, httpx.ProxyError, httpx.UnsupportedProtocol) as error:
        raise Unreachable(_reason(error)) from error
    except (httpx.TransportError, httpx.DecodingError) as error:
        raise BrokenOff(_reason(error)) from error
    except UnicodeError as error:  # what socket makes of a name that no host can have
        raise Unreachable(Message("the host was not found")) from error


def retry_after(response: httpx.Response) -> float | None:
    """The seconds that a server asks to wait (RFC 9110, 10.2.3); None if it does not ask."""
    import email.utils

    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _proxy(address: str) -> str | None:
    """The proxy for an address, as Python's urllib finds it; httpx also reads `all_proxy`."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(address)
    if is_loopback(address) or proxy_bypass(parts.netloc):
        return None
    proxy = getproxies().get(parts.scheme, "")
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    if proxy and urlsplit(proxy).scheme not in ("http", "https"):
        raise Unreachable(
            Message("{scheme}_proxy is not the address of an HTTP proxy", scheme=parts.scheme)
        )
    return proxy or None


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that the system trusts; httpx by itself trusts those of certifi only."""
    import ssl

    return ssl.create_default_context()


def _reason(error: BaseException) -> Message:
    """What the operating system says, else the exception, else its name."""
    from socket import gaierror

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, gaierror):
            return Message("the host was not found")  # systems differ in their words for this
        if isinstance(cause, OSError) and cause.strerror:
            return Message(cause.strerror)
        cause = cause.__cause__ or cause.__context__  # httpcore leaves out `from`
    return Message(str(error) or type(error).__name__)


__all__ = [
    "BrokenOff",
    "NoAnswer",
    "TimeIsOver",
    "TimedOut",
    "Unreachable",
    "exchange",
    "is_loopback",
    "read",
    "request",
    "retry_after",
]
