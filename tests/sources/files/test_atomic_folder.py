"""Folders are replaced as a whole, by one process at a time, whatever happens to that process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from citypact.ontology.errors import CitypactError
from citypact.sources.files.atomic_folder import new_folder, only_writer, replaced
from tests.running import environment

HEAD = """
import sys
from pathlib import Path
from citypact.sources.files.atomic_folder import new_folder, only_writer, replaced
path = Path(sys.argv[1])
def here():
    print("here", flush=True)
    sys.stdin.read()
"""


@contextmanager
def running(program: str, path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs `program` with `path` up to where it says so, and is killed at the end.

    `here()` says so and waits for the end of standard input.
    """
    with subprocess.Popen(
        [sys.executable, "-c", HEAD + program, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    ) as process:
        try:
            assert process.stdout and process.stdout.readline() == b"here\n"
            yield process
        finally:
            process.kill()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_second_builder_gives_way_and_a_killed_one_is_cleaned_up(tmp_path: Path) -> None:
    out = tmp_path / "build"
    with running("with replaced(path, 'build') as folder:\n    here()", out):
        assert ".build.lock" in names(tmp_path)
        with (
            pytest.raises(CitypactError, match="another command is writing here"),
            replaced(out, "build"),
        ):
            pass
    assert len(names(tmp_path)) == 2  # the lock and the folder of the killed one
    with replaced(out, "build") as folder:
        (folder / "graph").write_text("whole")
    assert names(tmp_path) == ["build"]
    assert (out / "graph").read_text() == "whole"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="there is no /proc")
def test_a_folder_that_takes_no_files_is_not_taken_for_a_locked_one() -> None:
    """filelock says of it that somebody holds the lock: then one would wait for ever."""
    with (
        pytest.raises(CitypactError, match="/proc: cannot be written"),
        replaced(Path("/proc/build"), "build"),
    ):
        pass


def test_a_block_that_fails_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "build"
    with replaced(out, "build") as folder:
        (folder / "graph").write_text("whole")
    before = names(tmp_path)
    with pytest.raises(ZeroDivisionError), replaced(out, "build") as folder:
        (folder / "graph").write_text("half")
        raise ZeroDivisionError
    assert names(tmp_path) == before
    assert (out / "graph").read_text() == "whole"


def test_a_process_killed_between_two_steps_of_replacing_loses_nothing(tmp_path: Path) -> None:
    out = tmp_path / "build"
    with replaced(out, "build") as folder:
        (folder / "graph").write_text("first")
    (out / "notes.txt").write_text("mine")
    # As if it had been killed between two renames, where a system can't exchange folders.
    out.rename(tmp_path / ".build-citypact-previous")
    with pytest.raises(ZeroDivisionError), replaced(out, "build"):
        raise ZeroDivisionError
    assert names(tmp_path) == ["build"]
    assert (out / "graph").read_text() == "first"
    # As if it had been killed after the exchange, and the person had moved the new one away.
    out.rename(tmp_path / ".build-citypact-abcd1234")
    with replaced(out, "build") as folder:
        (folder / "notes.txt").write_text("new, of the same name")
    assert names(tmp_path) == ["build"]
    assert (out / "notes (2).txt").read_text() == "mine"


def test_a_second_writer_of_a_folder_waits_for_the_first(tmp_path: Path) -> None:
    block = "with only_writer(path), new_folder(path, 'list') as folder:\n"
    first = block + "    here()\n    (folder / 'x').write_text('first')"
    second = block + "    (folder / 'x').write_text('second')"
    with running(first, tmp_path) as holder:
        command = [sys.executable, "-c", HEAD + second, tmp_path]
        waiting = subprocess.Popen(command, env=environment())
        holder.communicate()
        assert (holder.returncode, waiting.wait()) == (0, 0)
    assert (tmp_path / "list" / "x").read_text() == "second"
    assert names(tmp_path) == ["list"]


def test_a_writer_that_was_killed_between_two_steps_loses_nothing(tmp_path: Path) -> None:
    with only_writer(tmp_path), new_folder(tmp_path, "list") as folder:
        (folder / "x").write_text("first")
    with running(
        "with only_writer(path), new_folder(path, 'list') as folder:\n    here()", tmp_path
    ):
        # As if it had been killed after the old folder was moved out of the way.
        (tmp_path / "list").replace(tmp_path / ".old-list")
    with only_writer(tmp_path):
        assert (tmp_path / "list" / "x").read_text() == "first"
    assert names(tmp_path) == ["list"]


def test_what_others_put_there_is_never_missing(tmp_path: Path) -> None:
    """It is in the new folder before that takes the place of the old one."""
    out = tmp_path / "build"
    with replaced(out, "build") as folder:
        (folder / "graph").write_text("first")
    (out / "mine").mkdir()
    (out / "mine" / "notes.txt").write_text("mine")
    (out / "link").symlink_to("mine/notes.txt")
    program = """
import citypact.sources.files.atomic_folder as atomic
atomic._tidy = lambda out: here() if (out / "new").exists() else None
with replaced(path, 'build') as folder:
    (folder / "new").write_text("whole")
"""
    with running(program, out):
        assert names(out) == [".citypact-files", "link", "mine", "new"]
    assert (out / "link").read_text() == "mine"
    (out / "mine" / "notes.txt").write_text("changed")
    with replaced(out, "build") as folder:
        (folder / "graph").write_text("whole")
    assert names(tmp_path) == ["build"]
    assert names(out) == [".citypact-files", "graph", "link", "mine"]
    assert (out / "link").read_text() == "changed"


def test_what_others_changed_there_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    out = tmp_path / "build"
    for text in ("first", "second", "third"):
        with replaced(out, "build") as folder:
            (folder / "pages").mkdir()
            for name in ("graph.nq", "pages/report.html", "link", "same"):
                (folder / name).write_text(text if name != "same" else "same")
        if text == "first":
            (out / "pages" / "report.html").write_text("with my notes")
            (out / "link").unlink()
            (out / "link").symlink_to("graph.nq")
    assert names(out) == [".citypact-files", "graph.nq", "link", "link (2)", "pages", "same"]
    assert names(out / "pages") == ["report (2).html", "report.html"]
    assert (out / "pages" / "report (2).html").read_text() == "with my notes"
    assert (out / "link (2)").is_symlink()
    assert {(out / name).read_text() for name in ("graph.nq", "pages/report.html")} == {"third"}


def test_files_of_a_list_without_digests_are_ours(tmp_path: Path) -> None:
    """Earlier versions wrote the names alone."""
    out = tmp_path / "build"
    with replaced(out, "build") as folder:
        (folder / "graph.nq").write_text("first")
    lists = out / ".citypact-files"
    first, *_ = lists.read_text().splitlines()
    lists.write_text(f"{first}\ngraph.nq\n")
    with replaced(out, "build") as folder:
        (folder / "graph.nq").write_text("second")
    assert names(out) == [".citypact-files", "graph.nq"]
