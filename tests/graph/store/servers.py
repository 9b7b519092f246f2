"""SPARQL servers for tests: Oxigraph and Virtuoso, on this machine alone, ended afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from citypact.graph.store.http_client import Credentials, StoreClient
from citypact.graph.store.server import Server, find_server
from tests.running import environment

VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
"""
"""As small as can be, with the limit of rows that Debian's own file has."""


@dataclass(frozen=True)
class Running:
    """A server that runs: its address, and the environment by which we may write there."""

    address: str
    credentials: Credentials = field(default_factory=Credentials)

    def client(self) -> StoreClient:
        return StoreClient(self.credentials, 60)

    def server(self) -> Server:
        return find_server(self.address, self.client())

    @property
    def environment(self) -> dict[str, str]:
        return environment(
            CITYPACT_STORE_USER=self.credentials.user,
            CITYPACT_STORE_PASSWORD=self.credentials.password,
        )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def oxigraph() -> Iterator[Running]:
    """An Oxigraph server that holds nothing and keeps nothing."""
    program = shutil.which("oxigraph", path=Path(sys.executable).parent) or shutil.which("oxigraph")
    if not program:
        _missing("no program `oxigraph`: pip install oxigraph")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with _started([str(program), "serve", "--bind", f"127.0.0.1:{port}"], address, None):
        yield Running(address)


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[Running]:
    """A Virtuoso server with a database of its own in `folder`."""
    program = shutil.which("virtuoso-t")
    if not program:
        _missing("no program `virtuoso-t`: apt-get install virtuoso-opensource-7-bin")
    http, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(http=http, sql=sql), encoding="utf-8")
    command = [str(program), "+configfile", "virtuoso.ini", "+foreground"]
    address = f"http://127.0.0.1:{http}/sparql"
    with _started(command, address, folder):
        yield Running(address, Credentials("dba", "dba"))


@contextlib.contextmanager
def _started(command: list[str], address: str, folder: Path | None) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 120
        while not _answers(address):
            assert process.poll() is None, f"{command[0]} has ended with {process.returncode}"
            assert time.monotonic() < end, f"{command[0]} does not answer"
            time.sleep(0.05)
        yield
    finally:
        process.kill()
        process.wait()


def _answers(address: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _missing(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)
