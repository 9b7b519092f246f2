"""Files that a person names: ours are written again, those of others and changed ones are not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from citypact.ontology.errors import CitypactError
from citypact.sources.files.atomic_files import write_files
from citypact.sources.files.output_files import LIST, check_output, write_output, write_outputs
from tests.running import environment


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_we_wrote_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "한글 \udcff.html"
    for data in (b"one", b"two", b"two", b"three"):
        check_output(path)
        write_output(path, data)
        assert path.read_bytes() == data
    assert names(path.parent) == sorted([LIST, path.name])


@pytest.mark.parametrize("data", [b"mine", b""])
def test_a_file_of_others_stays(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "map.html"
    path.write_bytes(data)
    for write in (check_output, lambda path: write_output(path, b"ours")):
        with pytest.raises(CitypactError, match="was not written by citypact"):
            write(path)
    assert path.read_bytes() == data
    assert names(tmp_path) == ["map.html"]
    check_output(path, replace=True)
    write_output(path, b"ours", replace=True)
    write_output(path, b"ours again")
    assert path.read_bytes() == b"ours again"


def test_a_file_that_was_changed_stays(tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    write_output(path, b"ours")
    path.write_bytes(b"ours, with notes")
    with pytest.raises(CitypactError, match="was changed after citypact wrote it"):
        write_output(path, b"newer")
    assert path.read_bytes() == b"ours, with notes"
    path.write_bytes(b"ours")  # undone
    write_output(path, b"newer")
    assert path.read_bytes() == b"newer"


def test_of_several_files_all_or_none_are_written(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    with pytest.raises(CitypactError, match="b: exists"):
        write_outputs({tmp_path / "a": b"a", tmp_path / "b": b"b"})
    assert names(tmp_path) == ["b"]


@pytest.mark.parametrize("written", ["[]", "{", '{"map.html": 1}', "[" * 100_000, "\ud800"])
def test_a_list_that_is_not_ours_makes_nothing_ours(tmp_path: Path, written: str) -> None:
    (tmp_path / LIST).write_text(written, encoding="utf-8", errors="surrogatepass")
    (tmp_path / "map.html").write_text("mine")
    with pytest.raises(CitypactError, match="was not written by citypact"):
        write_output(tmp_path / "map.html", b"ours")
    write_output(tmp_path / "other.html", b"ours")
    assert list(json.loads((tmp_path / LIST).read_text())) == ["other.html"]


def test_links_are_replaced_and_never_followed(tmp_path: Path) -> None:
    (target := tmp_path / "target").write_text("mine")
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("map.html", LIST, f"{LIST}.lock"):
        (folder / name).symlink_to(target)
    with pytest.raises(CitypactError, match="was not written by citypact"):
        write_output(folder / "map.html", b"ours")
    (folder / f"{LIST}.lock").unlink()
    write_output(folder / "map.html", b"ours", replace=True)
    assert target.read_text() == "mine"
    assert not (folder / "map.html").is_symlink()
    assert not (folder / LIST).is_symlink()


def test_no_link_leads_out_of_the_folder_that_was_named(tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    (tmp_path / "way").symlink_to(project)  # that a person named: how they get there is theirs
    write_files({tmp_path / "way" / "records" / "a": b"a"}, inside=tmp_path / "way")
    (project / "registers").symlink_to(elsewhere)
    (elsewhere / "kept").write_text("mine")
    (project / "records" / "b").symlink_to(elsewhere / "kept")
    for path in (project / "registers" / "x", project / "records" / "b"):
        with pytest.raises(CitypactError, match="is a symbolic link"):
            write_files({project / "records" / "c": b"c", path: b"x"}, inside=project)
    assert names(elsewhere) == ["kept"]
    assert (elsewhere / "kept").read_text() == "mine"
    assert names(project / "records") == ["a", "b"]


def test_devices_and_folders_are_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CitypactError, match="not a regular file"):
        write_output(tmp_path / "pipe", b"ours", replace=True)
    with pytest.raises(CitypactError, match="is a folder"):
        write_output(tmp_path, b"ours", replace=True)


KILLED = """
import os, sys
from pathlib import Path
from citypact.sources.files import atomic_files, output_files
path = Path(sys.argv[1])
real = Path.replace
def replace(self, target):
    if target == path:
        print(*os.listdir(path.parent), flush=True)
        sys.stdin.read()
    return real(self, target)
Path.replace = replace
output_files.write_output(path, b"killed")
"""


def test_what_a_killed_writer_left_is_removed_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    write_output(path, b"first")
    command = [sys.executable, "-c", KILLED, path]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout and b".partial" in process.stdout.readline()
        write_files({tmp_path / "other": b"other"})  # while it lives, its files are its own
        assert len(names(tmp_path)) == 5
        process.kill()
    assert path.read_bytes() == b"first"
    write_output(tmp_path / "other", b"else", replace=True)
    assert names(tmp_path) == [LIST, "map.html", "other"]
    write_output(path, b"second")


def test_writers_at_once_all_end_whole_and_listed(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number % 4}.html" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda path: write_output(path, path.name.encode() * 1000), paths))
    assert names(tmp_path) == [LIST, *(f"{number}.html" for number in range(4))]
    for path in paths[:4]:
        assert path.read_bytes() == path.name.encode() * 1000
        write_output(path, b"again")


def test_temporary_folders_of_killed_processes_go_with_the_next(tmp_path: Path) -> None:
    makes = (
        "import os, signal, sys; from citypact.sources.files.atomic_files import temporary_folder\n"
        "with temporary_folder() as folder:\n"
        "    (folder / 'large').write_bytes(bytes(9))\n"
        "    if len(sys.argv) > 1:\n"
        "        os.spawnv(os.P_WAIT, sys.executable, [sys.executable, *sys.orig_argv[1:-1]])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    command = [sys.executable, "-c", makes]
    env = environment(TMPDIR=str(tmp_path))
    subprocess.run([*command, "and one within"], env=env)
    left = names(tmp_path)
    assert len(left) == 2  # what was in use stayed
    subprocess.run(command, env=env)
    assert len(names(tmp_path)) == 1 and not set(left) & set(names(tmp_path))
