"""Runs `citypact serve` as users do, and asks it over HTTP."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.running import COMMAND, environment


@dataclass(frozen=True)
class Running:
    """A service that answers: its process and its address, without a slash at the end."""

    process: subprocess.Popen[str]
    address: str

    def client(self, **options: object) -> httpx.Client:
        return httpx.Client(base_url=self.address, trust_env=False, timeout=60, **options)  # type: ignore[arg-type]

    def engines(self) -> list[int]:
        """The processes of Oxigraph that the service has started (Linux)."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(each) for each in children.read_text().split()]

    def stop(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Stops the service and gives its exit code and what it said on standard error."""
        self.process.send_signal(by)
        _, err = self.process.communicate(timeout=30)
        assert "Traceback" not in err
        return self.process.returncode, err


@contextlib.contextmanager
def serving(build: Path, *options: str, env: dict[str, str] | None = None) -> Iterator[Running]:
    """A service of a build on a free port; it has ended when the block ends."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--store", str(build), "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env or environment(),
    )
    assert process.stdout is not None and process.stderr is not None
    address = process.stdout.readline().strip().rstrip("/")
    try:
        assert address.startswith("http"), process.stderr.read()
        yield Running(process, address)
    finally:
        if process.poll() is None:
            process.kill()
        process.stdout.close()
        process.stderr.close()
        process.wait()


def is_running(pid: int) -> bool:
    """Whether a process still does something: one that has ended may not be fetched yet."""
    with contextlib.suppress(OSError):
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False
