"""What holds for every command: help, exit codes, polite errors, streams, languages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from citypact.commands import COMMANDS
from tests.running import COMMAND, citypact, environment, interruptible

READERS = {
    "query": ["query", "agreements-of-city", "--city", "Guayaquil"],
    "why": ["why", "Guayaquil"],
    "draw": ["draw", "--out", "page.html"],
    "export": ["export", "--out", "actors.graphml"],
}
"""The commands that ask a build, with arguments that are right."""
SCRIPT = [sys.executable, "-c", "from citypact.__main__ import main; main()"]
"""What the installed program `citypact` does."""


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_an_example_and_succeeds(name: str) -> None:
    shown = citypact(name, "--help")
    assert shown.out.startswith(f"Usage: citypact {name} ")
    assert f"Example: citypact {name}" in shown.out
    assert not shown.err
    assert citypact(name, "-h").out == shown.out


def test_help_of_all_lists_every_command() -> None:
    shown = " ".join(citypact("--help").out.split())
    for name, purpose in COMMANDS.items():
        assert f" {name} " in shown
        assert purpose in shown


def test_version() -> None:
    import citypact as package

    assert citypact("--version").out.split()[-1] == package.__version__


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Usage"),
        (["bild"], "the commands are: new, add, build, check"),
        (["why"], "SUBJECT"),
        (["build", "--ouch"], "--ouch"),
        (["query"], "--list"),
        (["query", "--formatt", "csv"], "--formatt"),
        (["query", "--text", "ASK {}", "--file", "x.rq"], "one of"),
        (["query", "--text", "ASK {}", "--format", "xml"], "'csv', 'json', 'sparql-json'"),
        (["query", "agreements-of-city", "--city"], "--city has no value"),
        (["query", "agreements-of-city", "Seoul"], "--NAME VALUE"),
        (["why", "Seoul", "--language", "de"], "'ko', 'en'"),
        (["query", "agreements", "--text", "ASK {}"], "NAME, --text cannot be used together"),
        (["query", "--text", ""], "--text is empty"),
        (["draw", "--as-of", "2016-02-30"], "write one such as 2016-12-31"),
        (["analyse", "--as-of", ""], "write one such as 2016-12-31"),
        (["draw", "--out", ""], "it is empty"),
        (["export", "--out", ""], "it is empty"),
        (["load", ""], "it is empty"),
        (["export", "--kind", "city"], "'government', 'network'"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_right(
    build: Path, arguments: list[str], says: str
) -> None:
    place = [] if arguments[:1] in ([], ["bild"], ["build"], ["load"]) else ["--build", str(build)]
    done = citypact(*arguments, *place, code=2)
    assert says in done.err
    assert not done.out


@pytest.mark.parametrize("name", READERS)
def test_without_a_build_the_cure_is_named(name: str, tmp_path: Path) -> None:
    file, loop = tmp_path / "file", tmp_path / "loop"
    file.write_text("no build")
    loop.symlink_to("loop")
    for place in (tmp_path / "nothing", tmp_path, file, loop, tmp_path / ("x" * 300)):
        done = citypact(*READERS[name], "--build", place, code=2)
        assert place.name in done.err
        assert "->" in done.err
        assert not done.out


@pytest.mark.parametrize("moment", ["click", "citypact.commands.why"])
@pytest.mark.parametrize("way", [COMMAND, SCRIPT], ids=["module", "script"])
def test_ctrl_c_while_modules_are_imported_is_told(
    tmp_path: Path, way: list[str], moment: str
) -> None:
    """The signal comes just when a module is looked for."""
    (tmp_path / "sitecustomize.py").write_text(
        f"""import os, signal, sys
class Interrupter:
    def find_spec(self, name, path=None, target=None):
        if name == {moment!r}:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupter())
"""
    )
    done = subprocess.run(
        [*way, "why", "Seoul"],
        capture_output=True,
        text=True,
        env=environment(PYTHONPATH=str(tmp_path)),
        preexec_fn=interruptible,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (130, "Interrupted; nothing was changed.\n")


def test_a_store_that_is_damaged_is_said_to_be(tmp_path: Path) -> None:
    store = tmp_path / "build" / "store"
    store.mkdir(parents=True)
    (store / "CURRENT").write_text("rubbish")
    done = citypact("why", "Seoul", "--build", store.parent, code=2)
    assert "build again" in done.err


@pytest.mark.parametrize("name", READERS)
def test_results_on_standard_output_talk_on_standard_error(
    build: Path, tmp_path: Path, name: str
) -> None:
    done = citypact(*READERS[name], "--build", build, folder=tmp_path)
    assert done.out
    assert bool(done.err) == (name in ("draw", "export"))


def test_a_reader_that_goes_early_is_no_fault(build: Path) -> None:
    """`citypact … | head -1`: the output is larger than any pipe holds."""
    text = "SELECT * { ?subject ?predicate ?object }"
    for arguments in (["query", "--text", text, "--format", "csv"], ["why", "Seoul"]):
        with subprocess.Popen(
            [*COMMAND, *arguments, "--build", str(build)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        ) as process:
            assert process.stdout and process.stderr
            assert process.stdout.readline()
            process.stdout.close()
            talk = process.stderr.read()
        assert (process.returncode, talk) == (0, b"")


def test_no_output_at_all_is_no_fault(build: Path) -> None:
    """`citypact … >&-`: there is no standard output."""
    command = [*COMMAND, "why", "Guayaquil", "--build", str(build)]
    done = subprocess.run(
        command, env=environment(), preexec_fn=lambda: os.close(1), stderr=subprocess.PIPE
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full to write to")
def test_a_full_disk_is_said_to_be_full(build: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "why", "Guayaquil", "--build", str(build)],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["draw", "export"])
def test_places_that_cannot_be_written_are_named(build: Path, tmp_path: Path, name: str) -> None:
    locked, file = tmp_path / "locked", tmp_path / "file"
    locked.mkdir()
    locked.chmod(0o555)
    file.write_text("of somebody else")
    for out in [locked / "out"] if name == "draw" else [locked / "out", file / "out", tmp_path]:
        done = citypact(name, "--build", build, "--out", out, code=2, unprivileged=True)
        assert str(out) in done.err
    assert file.read_text() == "of somebody else"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "locked"]


@pytest.mark.parametrize("encoding", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}])
def test_a_terminal_without_hangul_gets_escapes_and_files_get_utf_8(
    build: Path, encoding: dict[str, str]
) -> None:
    env = environment(**encoding)
    ask = ["query", "agreements-of-city", "--city", "과야킬", "--language", "ko", "--build", build]
    shown = citypact(*ask, env=env).out
    assert "과야킬" in shown or r"\uacfc\uc57c\ud0ac" in shown
    for form in ("csv", "json"):
        assert "과야킬" in citypact(*ask, "--format", form, env=env).raw.decode("utf-8")
    assert citypact("query", "--list", "--language", "ko", env=env).out


@pytest.mark.parametrize(
    ("changes", "arguments", "expected"),
    [
        ({"LC_ALL": "C.UTF-8"}, ["--language", "ko"], "한 도시가"),
        ({"LC_ALL": "ko_KR.UTF-8"}, ["--language", "en"], "Agreements of a city"),
        ({"LC_ALL": "", "LANG": "ko_KR.UTF-8"}, [], "한 도시가"),
        ({"LC_ALL": "", "LC_MESSAGES": "ko_KR.UTF-8", "LANG": "en_US.UTF-8"}, [], "한 도시가"),
        ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, [], "Agreements of a city"),
        ({"LC_ALL": "", "LANG": "fr_FR.UTF-8"}, [], "Agreements of a city"),
    ],
)
def test_the_language_is_that_asked_for_or_that_of_the_system(
    changes: dict[str, str], arguments: list[str], expected: str
) -> None:
    shown = citypact("query", "--list", *arguments, env=environment(**changes)).out
    assert expected in shown
