"""What a build promises: whole or not at all, the same in any place, alone with its files."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import citypact as package
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
from tests.running import citypact, environment
from tests.sources.small import RECORD, write_small


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small sources whose build takes little time."""
    return write_small(tmp_path_factory.mktemp("sources"))


def built(out: Path, sources: Path) -> Path:
    citypact("build", "--out", out, "--sources", sources)
    return out


def other_sources(small: Path, folder: Path) -> Path:
    """The small sources with another agreement instead of theirs."""
    shutil.copytree(small, folder)
    record = folder / "records" / "seoul-hanoi-2015.yaml"
    other = RECORD.replace("  seoul-hanoi-2015:\n    label", "  another-agreement:\n    label")
    assert other != RECORD
    record.write_text(other, encoding="utf-8")
    return folder


def test_a_build_is_a_folder_that_a_person_keeps(tmp_path: Path, small: Path) -> None:
    """It can be moved, copied and zipped, and what a person puts into it stays."""
    out = built(tmp_path / "build", small)
    assert_tidy(out)
    first = identity(out)
    (out / "notes.txt").write_text("mine")
    (out / "figures").mkdir()
    (out / "figures" / "map.svg").write_text("mine")
    built(out, small)
    assert_tidy(out)
    assert identity(out) != first
    assert (out / "notes.txt").read_text() == (out / "figures" / "map.svg").read_text() == "mine"
    out.rename(tmp_path / "build-2025")
    (tmp_path / "other").mkdir()
    shutil.copytree(tmp_path / "build-2025", tmp_path / "other" / "copy")
    built(out, small)
    assert_tidy(out, "build-2025", "other")
    assert digests(tmp_path / "other" / "copy") == digests(tmp_path / "build-2025")
    assert len(agreements(tmp_path / "other" / "copy")) == 1
    assert not (out / "notes.txt").exists()


def test_a_link_of_an_older_version_becomes_a_folder(tmp_path: Path, small: Path) -> None:
    out = built(tmp_path / "build", small)
    old = out.rename(tmp_path / ".build-citypact-abcd1234")
    (old / ".citypact-files").unlink()
    (old / "notes.txt").write_text("mine")
    out.symlink_to(old.name)
    assert_tidy(built(out, small))
    assert (out / "notes.txt").read_text() == "mine"


def test_one_command_leaves_the_folder_of_another_alone(tmp_path: Path, small: Path) -> None:
    out = built(tmp_path / "build", small)
    files = digests(out)
    graph = shutil.copy(out / "graph.nq", tmp_path / "theirs.nq")
    done = citypact("load", graph, "--out", out, code=2)
    assert f"{out}: was made by `citypact build`, so it was not changed" in done.err
    assert digests(out) == files


def test_an_empty_folder_may_become_a_build(tmp_path: Path, small: Path) -> None:
    (tmp_path / "build").mkdir()
    assert_tidy(built(tmp_path / "build", small))


@pytest.mark.parametrize("step", ["reading", "writing"])
def test_ctrl_c_changes_nothing(tmp_path: Path, small: Path, step: str) -> None:
    out = built(tmp_path / "build", small)
    link, files, before = identity(out), digests(out), beside(out)
    process = start(out, "--records-only", is_new=step == "reading")
    if step == "reading":
        # Its libraries are loaded once the store's is.
        when(process, lambda: "pyoxigraph" in Path(f"/proc/{process.pid}/maps").read_text())
    else:
        when(process, lambda: bool(beside(out) - before))
    process.send_signal(signal.SIGINT)
    code, talk = finish(process)
    # A shell says 130 for both: Python ends itself by the signal where it came within an `exec`.
    assert code in (130, -signal.SIGINT)
    assert talk == "Interrupted; nothing was changed.\n"
    assert identity(out) == link
    assert digests(out) == files
    assert_tidy(out)


def test_of_two_builds_at_once_one_gives_way(tmp_path: Path, small: Path) -> None:
    out = built(tmp_path / "build", small)
    before = beside(out)
    first = start(out, "--sources", small)
    assert when(first, lambda: bool(beside(out) - before))
    first.send_signal(signal.SIGSTOP)
    code, talk = finish(start(out, "--sources", small))
    assert (code, "another command is writing here" in talk) == (2, True)
    first.send_signal(signal.SIGCONT)
    assert finish(first) == (0, "")
    assert len(agreements(out)) == 1
    assert_tidy(out)


def test_many_builds_at_once_end_whole(tmp_path: Path, small: Path) -> None:
    out = tmp_path / "build"
    ended = [finish(process) for process in [start(out, "--sources", small) for _ in range(4)]]
    codes = [code for code, _ in ended]
    assert 0 in codes
    assert set(codes) <= {0, 2}
    assert all("another command" in talk for code, talk in ended if code == 2)
    assert len(agreements(out)) == 1
    assert_tidy(out)


def test_a_reader_keeps_its_graph_while_a_new_one_comes(tmp_path: Path, small: Path) -> None:
    out = built(tmp_path / "build", small)
    other = other_sources(small, tmp_path / "other")
    old = package.open(out)
    old_rows = len(old.query("SELECT * { GRAPH ?g { ?s ?p ?o } }"))
    seen: list[tuple[str, ...]] = []
    process = start(out, "--sources", other)

    def read() -> bool:
        """Asks the old graph and whatever is the newest; never done before the build is."""
        assert len(old.query("SELECT * { GRAPH ?g { ?s ?p ?o } }")) == old_rows
        seen.append(tuple(iri.rsplit("/", 1)[1] for iri in agreements(out)))
        return False

    when(process, read)
    assert finish(process) == (0, "")
    read()
    assert set(seen) == {("seoul-hanoi-2015",), ("another-agreement",)}
    assert seen[-1] == ("another-agreement",)
    assert old.query("agreements-of-city", city="Seoul").sources()


@pytest.mark.parametrize("kind", ["file", "folder", "link", "file as parent", "no parent"])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, small: Path, kind: str) -> None:
    out = tmp_path / "place"
    if kind in ("file", "file as parent"):
        out.write_text("of somebody else")
    elif kind in ("folder", "link"):
        folder = tmp_path / ("place" if kind == "folder" else ".place-theirs")
        folder.mkdir()
        (folder / "thesis.txt").write_text("of somebody else")
    if kind == "link":
        out.symlink_to(".place-theirs")
    before = {path: path.is_symlink() for path in tmp_path.rglob("*")}
    asked = out / "build" if "parent" in kind else out
    done = citypact("build", "--out", asked, "--sources", small, code=2)
    assert str(out) in done.err
    assert "->" in done.err
    assert {path: path.is_symlink() for path in tmp_path.rglob("*")} == before
    for path in before:
        assert not path.is_file() or path.read_text() == "of somebody else"


def test_a_parent_that_cannot_be_written_is_named(tmp_path: Path, small: Path) -> None:
    parent = tmp_path / "locked"
    parent.mkdir(mode=0o555)
    done = citypact("build", "--out", parent / "x", "--sources", small, code=2, unprivileged=True)
    assert f"{parent}: cannot be written" in done.err
    assert not list(parent.iterdir())


def test_builds_side_by_side_leave_each_other_alone(tmp_path: Path, small: Path) -> None:
    """Names that begin alike, names that are patterns, and what looks like ours but is not."""
    foreign = [".build-notes", ".build-citypact-", ".build-citypact-notes.txt", ".b-research"]
    for name in foreign:
        (tmp_path / name).mkdir()
    outs = [tmp_path / name for name in ("build", "build-citypact-new", "b", "[b]*", "*", "빌드")]
    for _ in range(2):
        for out in outs:
            built(out, small)
    for out in outs:
        assert len(agreements(out)) == 1
    found = {path.name for path in tmp_path.iterdir()}
    ours = {out.name for out in outs}
    assert found == ours | set(foreign)


def test_a_broken_record_changes_nothing(tmp_path: Path, small: Path) -> None:
    out = built(tmp_path / "build", small)
    link, files = identity(out), digests(out)
    record = small / "records" / "seoul-hanoi-2015.yaml"
    for good, bad, says in (
        ("status: signed", "status: singed", "did you mean signed"),
        ("form: memo", "    form: memo", "is not YAML"),
        ("measure: duration-in-years", "note: {ko: 해, en: years}", "figure"),
    ):
        assert good in RECORD
        record.write_text(RECORD.replace(good, bad), encoding="utf-8")
        done = citypact("build", "--out", out, "--sources", small, code=1)
        assert "records/seoul-hanoi-2015.yaml:" in done.err
        assert says in done.err
        assert "nothing was changed" in done.err
        assert not done.out
        assert identity(out) == link
        assert digests(out) == files
        assert_tidy(out)


def test_the_same_records_make_the_same_bytes_anywhere(
    build: Path, whole_build: Path, tmp_path: Path
) -> None:
    """Another hash seed, time zone, locale, working folder, and name of the build."""
    there = tmp_path / "다른 곳"
    there.mkdir()
    env = environment(
        PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL="ko_KR.UTF-8", PYTHONUTF8="1"
    )
    citypact("build", "--out", "이름", env=env, folder=there)
    assert digests(there / "이름") == digests(whole_build)
    if not package.__file__.isascii():
        return  # without UTF-8 Python itself finds nothing in such a folder
    again = environment(
        PYTHONHASHSEED="1",
        TZ="America/Adak",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    citypact("build", "--records-only", "--out", "x", env=again, folder=tmp_path)
    assert digests(tmp_path / "x") == digests(build)


def test_the_summary_names_the_bytes(build: Path) -> None:
    summary = package.open(build).summary()
    assert summary["graph sha256"] == digests(build)["graph.nq"]
    assert summary["graph sha256"] in (build / "network.html").read_text(encoding="utf-8")


BLOCK = """
import socket

def refuse(*arguments, **options):
    raise OSError("there is no network here")

socket.socket.connect = socket.socket.connect_ex = refuse
socket.create_connection = socket.getaddrinfo = refuse
"""


def test_nothing_needs_the_network(tmp_path: Path, small: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(BLOCK)
    env = environment(PYTHONPATH=str(tmp_path))
    probe = "import socket; socket.create_connection(('127.0.0.1', 9))"
    probed = subprocess.run([sys.executable, "-c", probe], env=env, capture_output=True)
    assert b"there is no network here" in probed.stderr
    for arguments in (
        ["build", "--sources", small],
        ["query", "agreements-of-city", "--city", "Seoul", "--why"],
        ["why", "하노이"],
        ["draw"],
        ["check", "--sources", small],
    ):
        assert citypact(*arguments, env=env, folder=tmp_path).out


@pytest.mark.parametrize("place", ["records", "registers/build", "elsewhere/../entities/new"])
def test_nothing_is_built_among_sources(tmp_path: Path, small: Path, place: str) -> None:
    before = {path for path in small.rglob("*") if not path.name.endswith(".lock")}
    (small / "registers").mkdir(exist_ok=True)
    done = citypact("build", "--out", place, "--sources", ".", folder=small, code=2)
    assert "lies in a folder of sources" in done.err
    after = {path for path in small.rglob("*") if not path.name.endswith(".lock")}
    assert after - before <= {small / "registers"}
    assert not (small / "registers" / "build").exists()


def test_a_line_break_in_a_file_name_breaks_no_line(tmp_path: Path, small: Path) -> None:
    record = small / "records" / "seoul-hanoi-2015.yaml"
    record.write_text(record.read_text("utf-8").replace("document:", "paper:", 1), "utf-8")
    record.rename(small / "records" / "two\nlines.yaml")
    done = citypact("build", "--out", tmp_path / "b", "--sources", small, code=1)
    assert any(line.startswith("records/two\\nlines.yaml:") for line in done.err.splitlines())
    done = citypact("load", tmp_path / "no\nfile", "--out", tmp_path / "b", code=2)
    assert "no\\nfile" in done.err
