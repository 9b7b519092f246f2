"""What clients send, read within limits, and the work of a request, which ends with its client."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from citypact.service.errors import ServiceError

T = TypeVar("T")

MOST_BYTES = 2_000_000
"""Of a body: a query in a form takes three bytes for many a character."""
BODY_SECONDS = 10
"""Seconds in which a body must be there."""
MOST_FIELDS = 100


async def read_body(request: Request, most: int = MOST_BYTES) -> bytes:
    """The body of a request. Raises ServiceError where it is too long or comes too slowly."""
    size = request.headers.get("content-length", "0")
    too_long = ServiceError(413, "the request is longer than {most} bytes", most=most)
    if not re.fullmatch("[0-9]{1,9}", size) or int(size) > most:
        raise too_long
    data = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                data += part
                if len(data) > most:
                    raise too_long
    except TimeoutError:
        raise ServiceError(408, "the request came too slowly") from None
    return bytes(data)


def read_fields(text: bytes) -> list[tuple[str, str]]:
    """The fields of a form, or those behind the `?` of an address.

    Raises ServiceError for too many and for what is no UTF-8.
    """
    try:
        return parse_qsl(
            text.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise ServiceError(400, "the parameters of the request cannot be read") from None


def media_type(request: Request) -> str:
    """The media type of the body of a request, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """The result of some work, which is cancelled where the client goes away.

    The body of the request has been read before. Raises ClientDisconnect where it has gone.
    """
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientDisconnect
        return task.result()
    finally:
        gone.cancel()
        if task.cancel():
            await asyncio.gather(task, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


__all__ = ["media_type", "read_body", "read_fields", "while_connected"]


def has_already(request: Request, tag: str) -> bool:
    """Whether a client says that it has what this entity tag (ETag) names."""
    return bool(tag) and tag in request.headers.get("if-none-match", "")
