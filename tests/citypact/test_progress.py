"""What long work shows on a terminal, as a person sees it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

import citypact
from citypact.drafts import read_files
from citypact.new_documents import DocumentDetails
from citypact.ontology.errors import Message
from tests.running import environment
from tests.sources.small import write_small

WORK = """
import time
from citypact.commands.progress import progress
from citypact.ontology.errors import Message

with progress() as step:
    step("reading records")
    time.sleep(0.3)
    for done in (1, 20, 40):
        step(Message("drawing: {done:,} of {number:,}", done=done, number=40))
        time.sleep(0.3)
    if STOPPED:
        raise KeyboardInterrupt
"""


@pytest.mark.parametrize("is_stopped", [False, True])
def test_a_bar_tells_what_is_done_and_leaves_the_terminal_as_it_was(is_stopped: bool) -> None:
    ours, theirs = pty.openpty()
    work = WORK.replace("STOPPED", str(is_stopped))
    process = subprocess.Popen(
        [sys.executable, "-c", work],
        stderr=theirs,
        stdout=subprocess.DEVNULL,
        env=environment() | {"TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:
        pass  # the other end is closed
    os.close(ours)
    assert bool(process.wait()) == is_stopped
    text = shown.decode()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    assert "reading records …" in plain
    assert "reading records · drawing: 20 of 40 ━" in plain
    assert re.search(r"drawing: (20|40) of 40 ━+╺?━* *\d\d:\d\d", plain)
    assert text.rfind("\x1b[?25h") > text.rfind("\x1b[?25l")  # the cursor is back


def test_long_commands_say_how_much_is_done(tmp_path: Path) -> None:
    told: list[Message] = []

    def note(step: str) -> None:
        assert isinstance(step, Message)
        told.append(step)

    def counted() -> list[tuple[int, int]]:
        found = [(step.values["done"], step.values["number"]) for step in told if step.values]
        told.clear()
        return found

    citypact.build(tmp_path / "build", write_small(tmp_path / "sources"), progress=note)
    assert counted() == [(done, 6) for done in range(6)]
    citypact.load(tmp_path / "build" / "graph.nq", tmp_path / "loaded", note)
    assert counted()[-1] == (100, 100)
    for name in ("one", "two"):
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / f"{name}.txt").write_text(name, encoding="utf-8")
    files = [tmp_path / "texts"]
    assert len(list(read_files(files, DocumentDetails(), progress=note))) == 2
    assert counted() == [(0, 2), (1, 2), (2, 2)]


ALWAYS = "import citypact.commands.progress as module\nmodule.PAUSE = 0\n"


def test_short_work_writes_nothing_without_a_terminal() -> None:
    assert without_terminal(WORK.replace("STOPPED", "False")) == ""


def test_a_log_can_do_without_lines() -> None:
    assert without_terminal(ALWAYS + WORK.replace("STOPPED", "False"), CITYPACT_PROGRESS="0") == ""


def test_long_work_writes_plain_lines_without_a_terminal() -> None:
    first, *counted = without_terminal(ALWAYS + WORK.replace("STOPPED", "False")).splitlines()
    assert (first, counted[0]) == ("reading records", "reading records · drawing: 1 of 40")
    assert re.fullmatch(r"reading records · drawing: 20 of 40 · 0:0\d left", counted[1])
    assert len(counted) == 3


LINKS = ("import", "twins", "--edges", "links.csv", "--name", "new", "--data", "data")
COMMANDS = {
    ("draw", "--view", "map", "--out", "page.html"): 2,
    ("draw", "--out", "page.html"): 3,
    (*LINKS, "--dry-run"): 2,
    LINKS: 3,
}


def test_pages_and_imports_say_which_step_of_how_many_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    citypact.build("build", write_small(tmp_path / "sources"))
    links = "country_1,city_1,country_2,city_2\nSouth Korea,Seoul,Vietnam,Hanoi\n"
    Path("links.csv").write_text(links, encoding="utf-8")
    for command, steps in COMMANDS.items():
        work = f"import sys\nfrom citypact.__main__ import main\nsys.argv[1:] = {command!r}\nmain()"
        lines = without_terminal(ALWAYS + work).splitlines()
        told = [re.search(r", step (\d) of (\d)\b", line) for line in lines]
        assert [match.groups() for match in told if match] == [
            (str(at), str(steps)) for at in range(1, steps + 1)
        ]


def without_terminal(work: str, **changes: str) -> str:
    """What work writes on standard error where that is a file."""
    command = [sys.executable, "-c", work]
    env = environment(CITYPACT_PROGRESS="") | changes
    done = subprocess.run(command, capture_output=True, env=env, check=True)
    return done.stderr.decode()
