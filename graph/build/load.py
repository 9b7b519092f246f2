"""Opens a graph that somebody sent: its N-Quads file becomes a build that can be asked."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citypact.graph.build.build import Build
from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.atomic_folder import check_usable, replaced
from citypact.sources.files.csv_tables import unreadable
from citypact.sources.files.own_process import (
    memory_of,
    memory_of_machine,
    message_from_json,
    start_module,
)
from citypact.sources.files.steps import Progress

SECONDS, BYTES_PER_SECOND = 600, 500_000
"""How long a load may take: some minutes, and more for a large file (ours take a twentieth)."""
INTERVAL = 0.2
"""Seconds between two looks at the clock and the memory."""


@dataclass(frozen=True)
class Loaded(Build):
    """A build that was loaded; `odd` says what of it was left out or is in no network."""

    odd: tuple[Message, ...] = ()


def load_nquads(
    file: Path, out: Path, progress: Progress = lambda step: None, *, strict: bool = False
) -> Loaded:
    """Loads an N-Quads file, such as the graph.nq of a build, into a store, and counts it.

    `out` becomes a folder with `store/`, `names.tsv` and `summary.json`, and `left-out.csv` where
    values were left out as no build writes them (see `graph.build.odd_values`). The file is read
    once, from its beginning to its end, and never held in memory, in a process that may die. Raises
    CitypactError for what is not N-Quads, for blank nodes, for a graph that is not Citypact's, for
    a file inside of `out`, for one that cannot be read or takes too much memory or time, and with
    `strict` for odd values; what was at `out` before then stays.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - `out` is a link itself
    if file.resolve().is_relative_to(out.resolve()):
        raise CitypactError(
            "{file}: is in {out}, which would be replaced\n    -> choose another --out",
            file=file,
            out=out,
        )
    check_usable(out, "load")
    try:
        with file.open("rb"):
            size = file.stat().st_size
    except OSError as error:
        raise unreadable(file, error) from error
    with replaced(out, "load") as folder:
        arguments = (str(file), str(folder), "strict" if strict else "")
        process = start_module("citypact.graph.build.loading_process", *arguments)
        try:
            answer = _answer(process, file, SECONDS + size // BYTES_PER_SECOND, progress)
        finally:
            process.kill()
            process.communicate()
        if "error" in answer:
            raise CitypactError(message_from_json(answer["error"]))
        summary = json.loads((folder / "summary.json").read_bytes())
    return Loaded(out, summary, tuple(map(message_from_json, answer["odd"])))


def _answer(
    process: subprocess.Popen[bytes], file: Path, seconds: int, progress: Progress
) -> dict[str, Any]:
    """What the process says at its end, as long as it keeps within time and memory."""
    assert process.stdout
    end, allowed = time.monotonic() + seconds, memory_of_machine() // 2
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        rest = b""
        while True:
            if selector.select(INTERVAL):
                data = os.read(process.stdout.fileno(), 65_536)
                if not data:
                    break
                *lines, rest = (rest + data).split(b"\n")
                for said in map(json.loads, lines):
                    if "progress" not in said:
                        process.wait()  # the store is complete only when it has been closed
                        return dict(said)
                    progress(message_from_json(said["progress"]))
            if time.monotonic() > end:
                raise CitypactError(
                    "{file}: takes more than {seconds} s to load\n"
                    "    -> give the graph.nq of a build",
                    file=file,
                    seconds=seconds,
                )
            if allowed and memory_of(process.pid) > allowed:
                raise CitypactError(
                    "{file}: takes more than {size} MB of memory to load\n"
                    "    -> give the graph.nq of a build, or load it on a larger machine",
                    file=file,
                    size=allowed // 1_000_000,
                )
    raise CitypactError(
        "{file}: the process that loads it ended without a word\n"
        "    -> the file may be damaged, or made to do harm; give the graph.nq of a build",
        file=file,
    )
