"""`citypact load`: a graph that somebody sent can be asked like a build of one's own."""

from __future__ import annotations

import json
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

import citypact as package
from citypact.graph.build.build import build as make_build
from citypact.ontology.errors import CitypactError
from tests.citypact.building import (
    agreements,
    assert_tidy,
    beside,
    digests,
    finish,
    identity,
    when,
)
from tests.running import begin, citypact
from tests.sources.small import write_small

THING = "<https://w3id.org/citypact/id/city/seoul>"
PROPERTY = "<https://w3id.org/citypact/ns#governs>"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small build, `made`, and its graph as it was loaded, `here/theirs`."""
    folder = tmp_path_factory.mktemp("loaded")
    make_build(write_small(folder / "sources"), folder / "made")
    (folder / "here").mkdir()
    citypact("load", folder / "made" / "graph.nq", "--out", folder / "here" / "theirs")
    return folder


@pytest.fixture
def loaded(made: Path, tmp_path: Path) -> Path:
    """A small graph that was loaded into a folder in `tmp_path`; its file lies elsewhere."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "here" / "theirs"


def state(out: Path) -> tuple[int, dict[str, str], list[str]]:
    return identity(out), digests(out), agreements(out)


def counts(summary: dict[str, Any]) -> dict[str, Any]:
    """What a summary says of the graph; the project it is of does not stand in the graph."""
    return {name: value for name, value in summary.items() if name not in ("title", "centre")}


def test_a_loaded_graph_answers_like_the_build_that_it_comes_from(
    build: Path, tmp_path: Path
) -> None:
    out = tmp_path / "theirs"
    done = citypact("load", build / "graph.nq", "--out", out, "--json")
    ours = json.loads((build / "summary.json").read_text("utf-8"))
    assert json.loads(done.out) == counts(ours)
    assert (out / "summary.json").read_bytes() == done.raw
    # Without the project that the graph comes from, its centre must be named.
    assert "--city" in citypact("draw", "--view", "ego", "--store", out, code=2).err
    assert_tidy(out)
    for arguments in (
        ["query", "agreements-of-city", "--city", "과야킬", "--why", "--language", "ko"],
        ["query", "topics-of-agreement", "--format", "csv"],
        ["why", "Guayaquil", "signing date"],
        ["draw", "--out", "network.html"],
    ):
        theirs, ours = (
            citypact(*arguments, "--store", store, folder=tmp_path) for store in (out, build)
        )
        assert theirs.out == ours.out
        assert theirs.out


def test_the_python_api_loads_as_well(build: Path, tmp_path: Path) -> None:
    graph = package.load(build / "graph.nq", tmp_path / "theirs")
    assert len(graph.store) == len(package.open(build).store)
    assert graph.summary() == counts(package.open(build).summary())
    with pytest.raises(CitypactError, match="not N-Quads"):
        package.load(build / "facts.ttl", tmp_path / "theirs")
    assert graph.summary() == package.open(tmp_path / "theirs").summary()


def test_the_summary_says_what_to_try_next(build: Path, tmp_path: Path) -> None:
    out = citypact("load", build / "graph.nq", "--out", "their graph", folder=tmp_path).out
    assert "SHA-256 of the graph" in out
    assert "--store 'their graph'" in out
    done = citypact("load", build / "graph.nq", folder=tmp_path).out
    assert "--store" not in done
    assert (tmp_path / "build" / "store").is_dir()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "has no graph of city partnerships"),
        (f"{THING} {PROPERTY} {THING} .\n".encode(), "has no graph of city partnerships"),
        (f"{THING} {PROPERTY} {THING} .\n{THING} oops .\n".encode(), "line 2"),
        (f'{THING} {PROPERTY} "cut off'.encode(), "complete and unpacked"),
        (f'{THING} {PROPERTY} "\xff" .\n'.encode("latin-1"), "UTF-8"),
        (f"{THING} {PROPERTY} _:somebody .\n".encode(), "without a name"),
        (f"{THING} {PROPERTY} {THING} _:graph .\n".encode(), "without a name"),
        (b"\x1f\x8b\x08\x00 packed", "complete and unpacked"),
    ],
)
def test_what_is_no_graph_is_refused_and_the_last_one_stays(
    loaded: Path, tmp_path: Path, data: bytes, says: str
) -> None:
    before = state(loaded)
    (tmp_path / "sent.nq").write_bytes(data)
    done = citypact("load", tmp_path / "sent.nq", "--out", loaded, code=2)
    assert says in done.err
    assert "sent.nq" in done.err
    assert "->" in done.err
    assert done.out == ""
    assert state(loaded) == before
    assert_tidy(loaded)


def test_marks_of_nodes_without_a_name_may_stand_in_texts(loaded: Path, tmp_path: Path) -> None:
    text = (tmp_path / "made" / "graph.nq").read_text("utf-8")
    more = f'{THING} <https://w3id.org/citypact/ns#note> "see _:b1 and <<this>>"@en .\n'
    (tmp_path / "sent.nq").write_text(more + text, encoding="utf-8")
    citypact("load", tmp_path / "sent.nq", "--out", loaded)
    quads = len(package.open(loaded).store)
    assert quads == len(package.open(tmp_path / "made").store) + 1


@pytest.mark.parametrize("name", ["missing.nq", "."])
def test_a_file_that_cannot_be_read_is_named(loaded: Path, tmp_path: Path, name: str) -> None:
    before = state(loaded)
    done = citypact("load", tmp_path / name, "--out", loaded, code=2)
    assert str(tmp_path / name) in done.err
    assert state(loaded) == before


def test_a_load_never_replaces_what_it_is_loaded_from(tmp_path: Path) -> None:
    out = tmp_path / "build"
    make_build(write_small(tmp_path / "sources"), out)
    before = state(out)
    done = citypact("load", out / "graph.nq", "--out", out, code=2)
    assert "choose another --out" in done.err
    assert state(out) == before


@pytest.mark.parametrize("place", ["memory", "https://example.org/sparql", "mine"])
def test_only_a_folder_of_ours_is_replaced(build: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("my work")
    done = citypact("load", build / "graph.nq", "--out", place, folder=tmp_path, code=2)
    assert "->" in done.err
    assert (tmp_path / "mine" / "work.txt").read_text() == "my work"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_killed_load_leaves_the_last_graph(build: Path, loaded: Path) -> None:
    before, others = state(loaded), beside(loaded)
    process = begin("load", build / "graph.nq", "--out", loaded, folder=loaded.parent)
    assert when(process, lambda: any((f / "store").exists() for f in beside(loaded) - others))
    process.send_signal(signal.SIGKILL)
    assert finish(process)[0] == -signal.SIGKILL
    assert state(loaded) == before
    assert beside(loaded) - others
    citypact("load", build / "graph.nq", "--out", loaded)
    assert_tidy(loaded)
    assert agreements(loaded) == agreements(build)
