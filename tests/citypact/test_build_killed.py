"""A build may be killed at any moment: the last good graph stays, and the next build tidies up.

Each run kills small builds at every step and at a few moments between; a soak kills builds of all
packaged sources at many more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.citypact.building import (
    agreements,
    assert_tidy,
    beside,
    digests,
    finish,
    identity,
    start,
    when,
)
from tests.soak import SOAK, times
from tests.sources.small import write_small

TIMED, WORKERS = times(6, soak=20), times(1, soak=2)


@dataclass(frozen=True)
class View:
    """What a build that we watch has made so far."""

    out: Path
    target: int
    before: set[Path]

    def has(self, name: str) -> bool:
        return any((folder / name).exists() for folder in beside(self.out) - self.before)

    def is_switched(self) -> bool:
        return identity(self.out) != self.target

    def is_tidied(self) -> bool:
        return self.is_switched() and not any(
            (folder / "graph.nq").exists() for folder in beside(self.out) - self.before
        )


# Writing and switching are over too soon for the clock to hit: here the kill follows what appears.
MOMENTS: dict[str, Callable[[View], bool]] = {
    "the new folder": lambda view: view.has("."),
    "the first file": lambda view: view.has("graph.nq"),
    "the page": lambda view: view.has("network.html"),
    "the last file": lambda view: view.has("summary.json"),
    "the store's folder": lambda view: view.has("store"),
    "a store": lambda view: view.has("store/CURRENT"),
    "the list": lambda view: view.has(".citypact-files"),
    "the switch": View.is_switched,
    "tidying up": View.is_tidied,
}


@pytest.mark.slow
@pytest.mark.soak
def test_kills_leave_the_last_good_graph(tmp_path: Path) -> None:
    """Kills spread evenly over the time of a build, and at each step of writing and switching."""
    evenly = [(number + 0.5) / TIMED for number in range(TIMED)]
    kills = [*evenly, *MOMENTS.values()] * WORKERS
    with ThreadPoolExecutor(WORKERS) as pool:
        folders = [tmp_path / str(number) for number in range(WORKERS)]
        killed = sum(pool.map(_kill_builds, folders, (kills[n::WORKERS] for n in range(WORKERS))))
    # Some end before their moment comes; most must not, or this shows nothing.
    assert killed > len(kills) / 2


def _kill_builds(folder: Path, moments: Sequence[float | Callable[[View], bool]]) -> int:
    """Kills a build at each moment, a share of its time or a step; gives how many were hit."""
    folder.mkdir()
    out = folder / "build"
    sources = () if SOAK else ("--sources", write_small(folder / "sources"))
    begin = time.monotonic()
    assert finish(start(out, *sources)) == (0, "")
    duration = time.monotonic() - begin
    files, expected = digests(out), agreements(out)
    assert len(files) > 5
    assert expected

    def kill(moment: float | Callable[[View], bool]) -> bool:
        view = View(out, identity(out), beside(out))
        process, begin = start(out, *sources), time.monotonic()

        def is_time() -> bool:
            if isinstance(moment, float):
                return time.monotonic() >= begin + duration * moment
            return moment(view)

        when(process, is_time)
        process.kill()
        code, _ = finish(process)
        assert out.is_dir() and not out.is_symlink()
        assert digests(out) == files
        assert agreements(out) == expected
        return code < 0

    hits = sum(map(kill, moments))
    assert finish(start(out, *sources)) == (0, "")
    assert digests(out) == files
    assert_tidy(out, *(["sources"] if sources else []))
    return hits
