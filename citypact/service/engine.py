"""Oxigraph servers behind the service: each answers one query at a time and can be ended alone.

An engine is a process of `oxigraph serve-read-only` on a port of this machine. A query that takes
too long, gives too much, or whose client has gone is ended with its engine, which the engine itself
cannot promise: some of its operators never look at the clock. A new engine takes 50 ms to start.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from citypact.ontology.errors import CitypactError
from citypact.service.engine_connection import BrokenConnection, EngineConnection, Head
from citypact.service.errors import MISSING, ServiceError
from citypact.service.limits import QueryLimits
from citypact.sources.files.own_process import module_command

LAUNCHER = "citypact.service.engine_launcher"
IN_MEMORY = 1_000_000
"""Bytes of an answer that are held in memory; longer ones lie in a temporary file."""
START_SECONDS = 30
ROW_MARKS = {
    "application/sparql-results+json": (b'}},{"', 1),
    "application/sparql-results+xml": (b"<result>", 0),
    "text/csv": (b"\r\n", -1),
    "text/tab-separated-values": (b"\n", -1),
    "application/n-triples": (b"\n", 0),
    "application/n-quads": (b"\n", 0),
}
"""What stands at each row of an answer, by media type, and how many rows more there are.

A quotation mark inside a text is escaped in JSON, and so are `<` in XML and line ends in the
others: texts cannot be counted as rows."""
ENDS = {
    "application/sparql-results+json": b"}",
    "application/sparql-results+xml": b"</sparql>",
    "application/ld+json": b"]",
    "application/rdf+xml": b"</rdf:RDF>",
}
"""How complete answers end: an engine that fails in the midst of one writes its reason instead."""
SYNTAX_ERROR = 400


@dataclass(frozen=True)
class EngineAnswer:
    """A complete answer of an engine: its media type, its size in bytes and a file at its start."""

    media_type: str
    size: int
    body: IO[bytes] = field(repr=False)


class QuerySyntaxError(Exception):
    """The engine cannot read a query; str() is what it says."""


class Engine:
    """One process of the engine. Make one with `Engine.start`."""

    def __init__(
        self, process: asyncio.subprocess.Process, connection: EngineConnection, port: int
    ) -> None:
        self.process, self.connection, self._port = process, connection, port
        self._said = b""
        self._listener = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, store: Path, memory: int) -> Engine:
        """Starts an engine on a store. Raises CitypactError where it does not start."""
        launcher, environment = module_command(LAUNCHER, str(os.getpid()), str(memory))
        for _ in range(5):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            address = f"127.0.0.1:{port}"
            process = await asyncio.create_subprocess_exec(
                *launcher,
                *(program(), "serve-read-only", "--location", store, "--bind", address),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                env=environment,
            )
            assert process.stderr is not None
            try:
                async with asyncio.timeout(START_SECONDS):
                    line = await process.stderr.readline()
                    if line.startswith(b"Listening"):
                        connection = await EngineConnection.open("127.0.0.1", port)
                        return cls(process, connection, port)
            except BaseException:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                raise
            await process.wait()
            if b"in use" not in line:
                break
        raise CitypactError(
            "{store}: Oxigraph does not open it: {reason}\n    -> build again: `citypact build`",
            store=store,
            reason=line.decode(errors="replace").strip(),
        )

    async def _listen(self) -> None:
        """Keeps the last that the engine says, so that its pipe is never full."""
        assert self.process.stderr is not None
        while said := await self.process.stderr.read(4096):
            self._said = (self._said + said)[-4096:]

    async def ask(self, query: str, media_type: str, limits: QueryLimits) -> EngineAnswer:
        """The answer to a query in a format. Raises ServiceError, and QuerySyntaxError."""
        headers = {"Content-Type": "application/sparql-query", "Accept": media_type}
        body = _AnswerBody(media_type, limits)
        try:
            await self._connect()
            head = await self.connection.ask("/query", headers, query.encode(), body.take)
            if head.status == SYNTAX_ERROR:
                raise QuerySyntaxError(body.text())
            if head.status != 200:
                raise ServiceError(500, "the engine gave the status {code}", code=head.status)
            return body.complete(head)
        except BrokenConnection:
            body.file.close()
            raise await self._broken_off(limits) from None
        except BaseException:
            body.file.close()
            raise

    async def _connect(self) -> None:
        """Connects again where the engine has ended the connection: it does after idle seconds."""
        if self.connection.is_closed and self.process.returncode is None:
            with contextlib.suppress(OSError):  # it has ended: the next request says so
                self.connection = await EngineConnection.open("127.0.0.1", self._port)

    async def _broken_off(self, limits: QueryLimits) -> ServiceError:
        """What to say where the engine ended in the midst of a query."""
        await asyncio.wait({self._listener}, timeout=1)  # does not cancel it: `end` waits for it
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self.process.wait()
        if b"memory allocation" in self._said or self.process.returncode is None:
            return ServiceError(
                422,
                "the query was ended since it took more than {size} MB of memory\n"
                "    -> ask for less: fewer variables, a LIMIT within the patterns",
                size=limits.memory // 1_000_000,
            )
        return ServiceError(
            500, "the engine ended while it answered the query\n    -> ask for less at once"
        )

    async def file(self, name: str) -> bytes:
        """A file of the query page that the engine brings; b"" where it has none."""
        data = bytearray()
        await self._connect()
        head = await self.connection.ask(f"/{name}", {}, b"", lambda _, piece: data.extend(piece))
        return bytes(data) if head.status == 200 else b""

    async def end(self) -> None:
        """Ends the process at once."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()
        await self._listener
        self.connection.close()


class _AnswerBody:
    """The body of an answer as it comes, held against the limits."""

    def __init__(self, media_type: str, limits: QueryLimits) -> None:
        self.file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
        self._limits, self._size, self._last = limits, 0, b""
        self._mark, self._rows = ROW_MARKS.get(media_type, (b"", 0))
        self._end = ENDS.get(media_type, b"")

    def take(self, head: Head, data: bytes) -> None:
        """Adds a piece. Raises ServiceError where there are too many rows or bytes."""
        self._size += len(data)
        if self._mark:
            kept = self._last[len(self._last) + 1 - len(self._mark) :]
            self._rows += (kept + data).count(self._mark)
        self._last = (self._last + data)[-20:] if len(data) < 20 else data[-20:]
        if self._size > self._limits.size:
            raise ServiceError(
                422,
                "the answer has more than {size} MB\n"
                "    -> add a LIMIT, or ask for fewer variables",
                size=self._limits.size // 1_000_000,
            )
        if self._rows > self._limits.rows:
            raise ServiceError(
                422,
                "the answer has more than {count} {count:row|rows}\n"
                "    -> add a LIMIT, and read on with OFFSET and ORDER BY",
                count=self._limits.rows,
            )
        self.file.write(data)

    def text(self) -> str:
        """What there is, as text, at most some thousand characters."""
        with self.file:
            self.file.seek(0)
            return self.file.read(10_000).decode(errors="replace")

    def complete(self, head: Head) -> EngineAnswer:
        """The answer. Raises ServiceError where the engine did not bring it to its end."""
        if not self._last.rstrip().endswith(self._end):
            raise ServiceError(500, "the engine could not complete the answer")
        self.file.seek(0)
        return EngineAnswer(head.media_type, self._size, self.file)


class EnginePool:
    """Some engines on one store: `ask` waits for one that is free. Use it as a context manager.

    is_current: whether the store is still what it was; where not, ended engines are not replaced.
    """

    def __init__(
        self, store: Path, limits: QueryLimits, is_current: Callable[[], bool] = lambda: True
    ) -> None:
        self.store, self.limits, self._is_current = store, limits, is_current
        self._free: asyncio.Queue[Engine] = asyncio.LifoQueue()
        self._waiting = 0
        self._engines: set[Engine] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._files: dict[str, bytes] = {}
        self._ended = False

    async def __aenter__(self) -> EnginePool:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def start(self) -> None:
        """Starts the engines. Raises CitypactError where they cannot open the store."""
        try:
            await self._add()  # where the store cannot be opened, one says so
            await asyncio.gather(*(self._add() for _ in range(self.limits.at_once - 1)))
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Ends all engines, and with them the queries that still run."""
        self._ended = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(engine.end() for engine in self._engines))
        self._engines.clear()

    @property
    def size(self) -> int:
        """How many engines there are at this moment."""
        return len(self._engines)

    async def file(self, name: str) -> bytes:
        """A file of the query page that the engine brings; b"" where it has none."""
        if name not in self._files:
            engine = await self._next()
            try:
                self._files[name] = await engine.file(name)
            finally:
                self._free.put_nowait(engine)
        return self._files[name]

    @property
    def running(self) -> int:
        """How many engines answer a query at this moment."""
        return len(self._engines) - self._free.qsize()

    async def ask(self, query: str, media_type: str) -> EngineAnswer:
        """The answer to a query, which has been checked, in a media type that Oxigraph knows.

        Where the task is cancelled the query is ended. Raises ServiceError where a limit is
        passed or too many wait, and QuerySyntaxError.
        """
        engine = await self._next()
        try:
            async with asyncio.timeout(self.limits.seconds):
                answer = await engine.ask(query, media_type, self.limits)
        except QuerySyntaxError:
            self._free.put_nowait(engine)
            raise
        except TimeoutError:
            self._replace(engine)
            raise ServiceError(
                504,
                "the query was ended after {seconds} s\n"
                "    -> ask for less: fewer patterns, a LIMIT, a narrower topic or year",
                seconds=round(self.limits.seconds, 1),
            ) from None
        except BaseException:
            self._replace(engine)
            raise
        self._free.put_nowait(engine)
        return answer

    async def _next(self) -> Engine:
        """An engine that is free. Raises ServiceError where too many wait, or for too long."""
        with contextlib.suppress(asyncio.QueueEmpty):
            return self._free.get_nowait()
        if self._waiting >= self.limits.waiting:
            raise self._busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self._free.get()
        except TimeoutError:
            raise self._busy() from None
        finally:
            self._waiting -= 1

    def _busy(self) -> ServiceError:
        return ServiceError(
            503,
            "too many queries run at this moment\n    -> try again in {seconds} s",
            retry=(seconds := max(1, round(self.limits.seconds / 4))),
            seconds=seconds,
        )

    async def _add(self) -> None:
        engine = await Engine.start(self.store, self.limits.memory)
        self._engines.add(engine)
        self._free.put_nowait(engine)

    def _replace(self, engine: Engine) -> None:
        """Ends an engine and starts another, while nobody waits for it."""
        self._engines.discard(engine)
        with contextlib.suppress(ProcessLookupError):
            engine.process.kill()  # at once, even if this loop is busy
        task = asyncio.create_task(self._end_and_add(engine))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _end_and_add(self, engine: Engine) -> None:
        await engine.end()
        while not self._ended and self._is_current():
            try:
                await self._add()
                return
            except (CitypactError, OSError, TimeoutError):
                await asyncio.sleep(0.5)  # the store is being replaced, or the machine is full


def program() -> str:
    """The path of the program `oxigraph`. Raises CitypactError where it is not installed."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("oxigraph", path=beside) or shutil.which("oxigraph")
    if found is None:
        raise CitypactError(MISSING)
    return found


__all__ = ["Engine", "EngineAnswer", "EnginePool", "QuerySyntaxError", "program"]
