"""SPARQL over HTTP: `citypact serve` against bare Oxigraph and rdflib-endpoint, with 50 clients.

rdflib-endpoint is asked where CITYPACT_RDFLIB_ENDPOINT names its program; else its row is missing.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import citypact
from benchmarks.processes import verdict
from citypact.graph.provenance.named_queries import bind, named_queries
from citypact.service.engine import program
from citypact.sources.files.own_process import memory_of

CLIENTS, ROUNDS, REQUESTS, FEW = 50, 3, 1500, 100
LONG_RUN, PART = 100_000, 10_000
LEAST, TIMES, GROWTH = 0.7, 10.0, 1.1
SLOW = 0.1
"""Seconds: slower queries are left out, since they would measure the engine alone."""


def main() -> bool:
    """Prints the rates of each server and the memory of ours; True where all limits are kept."""
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder) / "build"
        graph = citypact.build(build)
        queries = Path(folder) / "queries.json"
        queries.write_text(json.dumps(texts(graph)), encoding="utf-8")
        bare_command = [program(), "serve-read-only", "--location", build / "store", "--bind"]
        our_command = [sys.executable, "-m", "citypact", "serve", "--store", build, "--port"]
        with (
            serving(bare_command, "127.0.0.1:{port}", "/query") as bare,
            serving(our_command, "{port}", "/sparql") as ours,
        ):
            rates: dict[str, list[float]] = {bare.address: [], ours.address: []}
            for _ in range(ROUNDS):
                for address, found in rates.items():
                    found.append(load(address, queries, REQUESTS))
            medians = [statistics.median(found) for found in rates.values()]
            share = medians[1] / medians[0]
            print(f"requests a second: oxigraph {medians[0]:.0f}, citypact serve {medians[1]:.0f}")
            print(
                f"service: {share:.0%} of oxigraph; at least {LEAST:.0%} {verdict(share >= LEAST)}"
            )
            is_faster = beats_rdflib_endpoint(build, queries, medians[1])
            is_flat = stays_flat(ours, queries)
    return share >= LEAST and is_faster and is_flat


def texts(graph: citypact.Graph) -> list[str]:
    """The named queries with their examples as parameters, but for those that take long."""
    found = []
    for query in named_queries().values():
        values = {each.name: each.example for each in query.parameters if each.example}
        text = bind(query, values, graph.names).self_contained.text
        begin = time.perf_counter()
        graph.query(text)
        if time.perf_counter() - begin < SLOW:
            found.append(text)
    return found


class Server:
    """A server that was started: its process and the address of its endpoint."""

    def __init__(self, process: subprocess.Popen[bytes], address: str) -> None:
        self.process, self.address = process, address

    def memory(self) -> float:
        """MB that the process and its children hold (Linux)."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return sum(map(memory_of, (self.process.pid, *map(int, children.split())))) / 1e6


@contextlib.contextmanager
def serving(command: list[object], place: str, path: str, wait: float = 60) -> Iterator[Server]:
    """Runs a server on a free port, from when it listens to the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [*map(str, command), place.format(port=port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(arguments, stdout=quiet, stderr=quiet) as process:
        try:
            end = time.monotonic() + wait
            while time.monotonic() < end:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.2)
            time.sleep(2)  # ours listens before it answers
            yield Server(process, f"http://127.0.0.1:{port}{path}")
        finally:
            process.terminate()


def load(address: str, queries: Path, count: int) -> float:
    """Requests a second. Ends the program where one is not answered."""
    command = [sys.executable, "-m", "benchmarks.load_client", address, str(queries), str(count)]
    done = subprocess.run([*command, str(CLIENTS)], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    if found["statuses"].keys() != {"200"}:
        raise SystemExit(f"{address}: {found['statuses']}")
    return float(found["rate"])


def beats_rdflib_endpoint(build: Path, queries: Path, rate: float) -> bool:
    """Prints how many times as many requests ours answers."""
    other = os.environ.get("CITYPACT_RDFLIB_ENDPOINT")
    if not other:
        print("rdflib-endpoint: not measured; see CITYPACT_RDFLIB_ENDPOINT\n")
        return True
    command = [other, "serve", build / "graph.nq", "--port"]
    with serving(command, "{port}", "/", wait=300) as server:
        theirs = load(server.address, queries, FEW)
    ratio = rate / theirs
    print(
        f"rdflib-endpoint {theirs:.1f} requests a second: ours {ratio:.0f} times as many; "
        f"at least {TIMES:.0f} {verdict(ratio >= TIMES)}"
    )
    return ratio >= TIMES


def stays_flat(ours: Server, queries: Path) -> bool:
    """Prints the memory of ours over many requests, after the first tenth of them."""
    sizes = []
    for _ in range(LONG_RUN // PART):
        load(ours.address, queries, PART)
        sizes.append(ours.memory())
    growth = sizes[-1] / sizes[0]
    print(f"memory after each {PART:,} requests, MB: {', '.join(f'{size:.0f}' for size in sizes)}")
    print(f"growth {growth:.2f} times; limit {GROWTH} {verdict(growth <= GROWTH)}\n")
    return growth <= GROWTH
