"""Graphs as strangers may send them: what is odd is told and left out, and no command breaks."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.graph.build.load import load_nquads
from citypact.graph.build.loading_process import BLOCK, _Watched
from citypact.graph.build.odd_values import find_odd_values
from citypact.graph.store.base import LocalStore
from citypact.ontology.errors import CitypactError
from tests.citypact.changed_graphs import CHANGES, changed, more_commands
from tests.citypact.odd_graphs import CITY, ODD, commands, parties, quad, small_graph
from tests.running import citypact
from tests.sharing import once
from tests.soak import SOAK

HARMLESS = (
    "population with a fraction",  # the engine writes it as 1500
    "code that nobody knows",
    "thing of another place",
    "office of itself",
    "agreement with itself",
    "list of a nameless source",
    "premises in a circle",
)
"""What stays in the graph, and no command minds."""
TOO_MUCH = "thousands of parties"
TEXTS = (".html", ".graphml", ".gexf", ".xml", ".jsonld", ".json", ".csv")
NOT_FINITE = re.compile(r"(?<![\w\"#/.-])(NaN|-?Infinity|INF|nan|inf)(?![\w\"/.-])")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The N-Quads of a small good graph."""
    folder = once(tmp_path_factory, "small-graph", small_graph)
    found = (folder / "made" / "graph.nq").read_text("utf-8")
    assert odd_values(found)[1] == []
    return found


def odd_values(text: str) -> tuple[LocalStore, list[str]]:
    """A store of N-Quads without what is odd, and what is said of that."""
    inner = ox.Store()
    inner.bulk_load(text.encode(), format=ox.RdfFormat.N_QUADS)
    found = find_odd_values(LocalStore(inner))
    for each in found.quads:
        inner.remove(each)
    return LocalStore(inner), [str(message) for message in found.messages(20)]


def run_all(store: Path, folder: Path, more: bool = False) -> dict[str, int]:
    """Runs every command on a store; none may show a traceback or write what is no number."""
    ended = {}
    for arguments in (*commands(store, folder), *(more_commands(folder) if more else ())):
        done = citypact(*arguments, "--store", store, folder=folder, code=None)
        ended[" ".join(arguments)] = done.code
        assert done.code in (0, 1, 2), (arguments, done.code, done.err)
        is_told = any(sign in done.err for sign in ("->", "Error", "No named query"))
        assert done.code == 0 or is_told, (arguments, done.err)
        assert not NOT_FINITE.search(done.out), arguments
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in TEXTS:
            text = re.sub(r"(?s)<script.*?</script>", "", path.read_text("utf-8"))
            assert not NOT_FINITE.search(text), path
    return ended


def test_a_graph_of_a_build_has_nothing_odd(packaged: LocalStore) -> None:
    found = find_odd_values(packaged)
    assert not found.quads
    assert not found.too_many


@pytest.mark.parametrize("name", sorted(set(ODD) - set(HARMLESS)))
def test_each_odd_value_is_told_with_its_subject_and_nothing_else_goes(
    good: str, name: str
) -> None:
    text = ODD[name]()
    store, said = odd_values(good + text)
    subjects = set(re.findall(r"^<([^>]*)>", text, re.MULTILINE))
    shorter = {each.removeprefix("https://w3id.org/citypact/id/")[:60] for each in subjects}
    assert any(each.removeprefix("topic/") in line for line in said for each in shorter), said
    left = {line for line in good.splitlines() if line}
    kept = {f"{each} ." for each in map(str, store.inner)}
    assert len(left - kept) <= (1 if name == "circle of topics" else 0)
    assert odd_values("".join(f"{line}\n" for line in kept))[1] == (
        [] if name != TOO_MUCH else said
    )


@pytest.mark.parametrize("name", HARMLESS)
def test_what_breaks_nothing_stays(good: str, name: str) -> None:
    store, said = odd_values(good + ODD[name]())
    assert said == []
    assert len(store) > len(odd_values(good)[0])


def test_commands_use_a_graph_that_had_everything_odd(good: str, tmp_path: Path) -> None:
    odd = "".join(make() for name, make in ODD.items() if name != TOO_MUCH)
    (tmp_path / "sent.nq").write_text(good + odd + parties(500), encoding="utf-8")
    done = citypact("load", tmp_path / "sent.nq", "--out", tmp_path / "theirs")
    assert "values are left out" in done.err
    assert "signing date: '2015-02-31' is a day that does not exist (1 of this kind)" in done.err
    assert "agreement/big has 500 parties" in done.err
    summary = json.loads((tmp_path / "theirs" / "summary.json").read_bytes())
    table = (tmp_path / "theirs" / "left-out.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == summary["left out"] > 9_800
    assert {"subject": CITY, "value": "abc", "graph": ""}.items() <= next(
        row for row in rows if row["value"] == "abc"
    ).items()
    (tmp_path / "made").mkdir()
    ended = run_all(tmp_path / "theirs", tmp_path / "made")
    assert all(code == 0 for code in ended.values()), ended


def test_a_store_that_was_never_loaded_gives_one_complaint(good: str, tmp_path: Path) -> None:
    """A folder that somebody sent: whoever meets an odd value says which, and what to do."""
    odd = "".join(make() for name, make in ODD.items() if name != TOO_MUCH)
    (tmp_path / "theirs").mkdir()
    inner = ox.Store(str(tmp_path / "theirs" / "store"))
    inner.bulk_load((good + odd).encode(), format=ox.RdfFormat.N_QUADS)
    inner.flush()
    del inner
    (tmp_path / "made").mkdir()
    done = citypact(
        "export", "--out", "x.graphml", "--store", tmp_path / "theirs",
        folder=tmp_path / "made", code=2,
    )  # fmt: skip
    assert "holds a value that no build writes" in done.err
    assert "citypact load" in done.err


def test_strict_refuses_and_names_what_is_odd(good: str, tmp_path: Path) -> None:
    (tmp_path / "sent.nq").write_text(good + quad(CITY, "latitude", '"abc"'), encoding="utf-8")
    done = citypact("load", tmp_path / "sent.nq", "--out", tmp_path / "x", "--strict", code=2)
    assert "city/seoul, latitude: 'abc' is no number" in done.err
    assert not (tmp_path / "x").exists()
    (tmp_path / "good.nq").write_text(good, encoding="utf-8")
    assert not citypact("load", tmp_path / "good.nq", "--out", tmp_path / "x", "--strict").err


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_the_death_of_the_process_that_reads_is_one_line(good: str, tmp_path: Path) -> None:
    (tmp_path / "sent.nq").write_text(good, encoding="utf-8")

    def progress(step: str) -> None:
        for child in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split():
            if "loading_process" in Path(f"/proc/{child}/cmdline").read_text():
                os.kill(int(child), signal.SIGSEGV)

    with pytest.raises(CitypactError, match="ended without a word"):
        load_nquads(tmp_path / "sent.nq", tmp_path / "theirs", progress)
    assert {path.name for path in tmp_path.iterdir()} <= {"sent.nq", ".theirs.lock", "theirs.lock"}


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is in /proc")
@pytest.mark.parametrize(
    ("limit", "value", "says"),
    [
        ("memory_of_machine", lambda: 10_000_000, "more than 5 MB of memory to load"),
        ("SECONDS", -600, "more than -"),
    ],
)
def test_a_load_that_takes_too_much_is_ended_and_the_store_before_stays(
    good: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: object, says: str
) -> None:
    (tmp_path / "sent.nq").write_text(good, encoding="utf-8")
    before = load_nquads(tmp_path / "sent.nq", tmp_path / "theirs").summary
    monkeypatch.setattr(f"citypact.graph.build.load.{limit}", value)
    with pytest.raises(CitypactError, match=says):
        load_nquads(tmp_path / "sent.nq", tmp_path / "theirs")
    assert json.loads((tmp_path / "theirs" / "summary.json").read_bytes()) == before
    assert len(list(tmp_path.iterdir())) <= 4  # with the locks


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_a_nameless_node_across_two_blocks_is_found(offset: int) -> None:
    """The file is read in blocks: the sign of a nameless node may be cut in two."""
    line = b"<urn:a> <urn:b> _:nobody .\n"
    comment = b"#" + b"x" * (BLOCK - line.index(b"_:") - offset - 2) + b"\n"
    sent = comment + line + comment
    assert sent.index(b"_:") == BLOCK - offset
    source = _Watched(io.BytesIO(sent), len(sent))  # type: ignore[arg-type]
    while source.readinto(bytearray(BLOCK)):
        pass
    assert source.may_have_unnamed


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="each graph with each command takes an hour: `make soak`")
@pytest.mark.parametrize("name", ODD)
def test_each_odd_graph_with_each_command(good: str, tmp_path: Path, name: str) -> None:
    (tmp_path / "sent.nq").write_text(good + ODD[name](), encoding="utf-8")
    citypact("load", tmp_path / "sent.nq", "--out", tmp_path / "theirs")
    (tmp_path / "made").mkdir()
    run_all(tmp_path / "theirs", tmp_path / "made")


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="each graph with each command takes an hour: `make soak`")
@pytest.mark.parametrize("name", CHANGES)
def test_each_changed_graph_with_each_command(good: str, tmp_path: Path, name: str) -> None:
    (tmp_path / "sent.nq").write_bytes(changed(good, name))
    done = citypact("load", tmp_path / "sent.nq", "--out", tmp_path / "theirs", code=None)
    assert done.code == 0 or "-> give the graph.nq of a build" in done.err
    if done.code == 0:
        (tmp_path / "made").mkdir()
        run_all(tmp_path / "theirs", tmp_path / "made", more=True)
