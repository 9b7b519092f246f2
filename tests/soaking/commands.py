"""The commands that write, each with what it finds, what it makes of it, and what counts as whole.

A command works in a folder of its own, which `prepare` fills once. Every path below `pieces` has to
be as it was or as it is to be: nothing else, at any moment. What a command promises to switch in
one step is one piece.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.graph.forms.test_forms import Cells, filled
from tests.running import citypact
from tests.sources.small import RECORD, write_small

PROJECT = 'title = { ko = "서울", en = "Seoul" }\ncentre = "city/seoul"\n'
SISTERS = {
    "도시": "서울; 하노이",
    "관계": "자매도시",
    "체결일": "1996",
    "출처 주소": "https://example.org/sisters",
}
MEMORANDUM = {
    "당사자": "서울; 하노이",
    "문서 형식": "양해각서",
    "체결일": "2019-05-16",
    "상태": "체결 예정",
    "출처 주소": "https://example.org/news",
}
OTHER = RECORD.replace("  seoul-hanoi-2015:\n    label", "  another-agreement:\n    label")
LISTS = ("Seoul,Hanoi\n", "Seoul,Hanoi\nSeoul,Tokyo\nBusan,Osaka\n")
PRESS = (
    "서울시는 2016년 5월 3일 하노이시와 관광 분야 업무협약을 체결했다. "
    "박원순 서울시장이 서명했다. 양 도시는 관광 교류를 확대하기로 했다.\n"
)


@dataclass(frozen=True)
class Command:
    """A command that writes.

    Attributes: name; prepare (fills a folder, as it is before); arguments; pieces (names in the
    folder that are switched at once; of a folder all that it holds); answers (what is typed);
    stores (folders in which a graph has to open); grows (files that may also be in between, as
    long as each is the beginning of what it is to be).
    """

    name: str
    prepare: Callable[[Path], None]
    arguments: tuple[str, ...]
    pieces: tuple[str, ...]
    answers: str = ""
    stores: tuple[str, ...] = ()
    grows: tuple[str, ...] = field(default=())


def _builds(folder: Path) -> None:
    """Two graphs: `old`, and `new`, which has another agreement."""
    shutil.copytree(_made_builds().name, folder, dirs_exist_ok=True)


@cache
def _made_builds() -> tempfile.TemporaryDirectory[str]:
    """Both with their sources, made once; it goes when the process ends."""
    made = tempfile.TemporaryDirectory(prefix="citypact-soak-")
    folder = Path(made.name)
    write_small(folder / "sources")
    citypact("build", "--out", folder / "old", "--sources", folder / "sources")
    other = write_small(folder / "other")
    (other / "records" / "seoul-hanoi-2015.yaml").write_text(OTHER, encoding="utf-8")
    citypact("build", "--out", folder / "new", "--sources", other)
    return made


def _build(folder: Path) -> None:
    _builds(folder)
    shutil.copytree(folder / "old", folder / "build")
    (folder / "build" / "notes.txt").write_text("mine")


def _load(folder: Path) -> None:
    _builds(folder)
    citypact("load", folder / "old" / "graph.nq", "--out", folder / "loaded")


def _import(folder: Path) -> None:
    for name, text in zip(("old.csv", "new.csv"), LISTS, strict=True):
        (folder / name).write_text("city,twin\n" + text, encoding="utf-8")
    _citypact(folder, "import", "twins", "old.csv", "--name", "mine", "--data", "data")


def _project(folder: Path) -> None:
    write_small(folder)
    (folder / "citypact.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "press.txt").write_text(PRESS, encoding="utf-8")


def _form(folder: Path) -> None:
    _project(folder)
    sheets: dict[str, tuple[Cells, ...]] = {"자매·우호 관계": (SISTERS,), "협정": (MEMORANDUM,)}
    filled(folder / "form.xlsx", sheets)


def _draft(folder: Path) -> None:
    _project(folder)
    _citypact(folder, "read", "press.txt", "--published", "2016-05-03")


def _exported(form: str, name: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        _builds(folder)
        _citypact(folder, "export", "--store", "old", "--format", form, "--out", name)

    return prepare


def _drawn(folder: Path) -> None:
    _builds(folder)
    _citypact(folder, "draw", "--store", "old", "--out", "page.html")


def _analysed(folder: Path) -> None:
    _builds(folder)
    _citypact(folder, *ANALYSE, "--store", "old", "--out", "analysis")


def _published(folder: Path) -> None:
    _builds(folder)
    _citypact(folder, "publish", "site", "--zip", "site.zip", "--store", "old")


def _citypact(folder: Path, *arguments: str) -> None:
    citypact(*arguments, folder=folder)


ANALYSE = ("analyse", "--only", "structure", "--draws", "5", "--quick", "--language", "en")
SMALL = ("--sources", "other", "--out", "build")
COMMANDS = (
    Command("build", _build, ("build", *SMALL), ("build",), stores=("build",)),
    Command(
        "load", _load, ("load", "new/graph.nq", "--out", "loaded"), ("loaded",), stores=("loaded",)
    ),
    Command(
        "import",
        _import,
        ("import", "twins", "new.csv", "--name", "mine", "--data", "data", "--replace"),
        ("data/imports/mine",),
    ),
    Command(
        "add (form)",
        _form,
        ("add", "form.xlsx"),
        tuple(f"registers/{name}.csv" for name in ("documents", "agreements", "partnerships")),
    ),
    Command(
        "add (document)",
        _project,
        ("add", "press.txt", "--title", "관광 업무협약", "--published", "2016-05-03"),
        ("documents/press.txt", "records/press.yaml"),
    ),
    Command(
        "export csv",
        _exported("csv", "tables"),
        ("export", "--store", "new", "--format", "csv", "--out", "tables"),
        ("tables",),
    ),
    Command(
        "export parquet",
        _exported("parquet", "parquet"),
        ("export", "--store", "new", "--format", "parquet", "--out", "parquet"),
        ("parquet",),
    ),
    Command(
        "export sqlite",
        _exported("sqlite", "a.sqlite"),
        ("export", "--store", "new", "--format", "sqlite", "--out", "a.sqlite"),
        ("a.sqlite", "a.metadata.json"),
    ),
    Command("draw", _drawn, ("draw", "--store", "new", "--out", "page.html"), ("page.html",)),
    Command("analyse", _analysed, (*ANALYSE, "--store", "new", "--out", "analysis"), ("analysis",)),
    Command(
        "publish",
        _published,
        ("publish", "site", "--zip", "site.zip", "--store", "new"),
        ("site", "site.zip"),
    ),
    Command(
        "review",
        _draft,
        ("review", "press", "--terminal", "--by", "Kim"),
        ("drafts/press.decisions.jsonl", "records/press.yaml"),
        answers="a\n" * 60 + "w\n",
        grows=("drafts/press.decisions.jsonl",),
    ),
)

__all__ = ["COMMANDS", "Command"]
