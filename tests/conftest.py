"""What tests of several packages share.

Take these fixtures rather than build the packaged sources again; where the build itself is not
what is tested, `records` and `packaged` are the stores of `make_graph(PACKAGED)`.

    build        folder of a build of the five documents and other records, without registers
    records      its store
    graph        its store as the Python API opens it
    listed_world  folder of a build of the records with the list of the world of the material, which
                 is imported as "world" in the data folder beside it
    published    folder of the site that `citypact publish` wrote of it, with site.zip beside it
    whole_build  folder of a build of all packaged sources, registers too, as users have it
    packaged     its store
    said_by_build  what the command said that made it
    checked      what `citypact check` says of the packaged sources, given options of `TOLD`
    report       folder that `citypact analyse --draws 20` wrote of the whole build, all chapters

All of them are made once a run, whatever the number of workers, and are only to be read.
"""

from __future__ import annotations

import gc
import io
import os
from collections.abc import Callable, Generator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from pyparsing import ParserElement

from citypact.api import Graph
from citypact.commands import run
from citypact.graph.build import check as checking
from citypact.graph.store.base import LocalStore
from citypact.ontology import LANGUAGES
from tests.browsing import browser as browser
from tests.lowest import is_among
from tests.running import citypact, forks
from tests.sharing import once
from tests.soak import SOAK, times

# Time decides no test: machines are busy. In CI Hypothesis takes the same examples each time.
settings.register_profile("usual", settings(), deadline=None)
settings.register_profile("soak", settings(), deadline=None, max_examples=times(100))
settings.load_profile("soak" if SOAK else "usual")

IN_LANGUAGES = tuple(("--language", language) for language in LANGUAGES)
TOLD = (("--json",), *IN_LANGUAGES, *(("--contradictions", *each) for each in IN_LANGUAGES))
"""The options with which tests ask what `citypact check` says of the packaged sources."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what opens a browser, so that runs can leave it out, and what touches libraries."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("page")
        if is_among(item.path):
            item.add_marker("lowest")


# What stays to the end, such as the collected tests, vocabularies and stores, is kept from the
# garbage collector: each of its rounds would look at all of it again. It clears up after each file
# of tests, when that is cheap, and within a file looks seldom.
gc.disable()


def pytest_collection_finish() -> None:
    _keep_what_stays()
    gc.set_threshold(1_000_000, 20, 20)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    yield
    if nextitem is not None and nextitem.path != item.path:
        _keep_what_stays()


def _keep_what_stays() -> None:
    # igraph imports matplotlib, which switches on what makes rdflib parse SPARQL 2.5 times as long.
    ParserElement.disable_memoization()
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        citypact("build", "--out", folder / "build", "--records-only")

    return once(tmp_path_factory, "records", make) / "build"


@pytest.fixture(scope="session")
def records(build: Path) -> LocalStore:
    return LocalStore.open(build)


@pytest.fixture(scope="session")
def graph(records: LocalStore) -> Graph:
    return Graph(records)


@pytest.fixture(scope="session")
def listed_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    material = os.environ.get("CITYPACT_MATERIAL")
    if not material:
        pytest.skip("CITYPACT_MATERIAL is not set: no world list at hand")
    world = Path(material) / "world/wikidata_2022"

    def make(folder: Path) -> None:
        citypact(
            "import", "twins", "--edges", world / "links.csv", "--cities", world / "cities.csv",
            "--name", "world", "--data", folder, "--address", "https://www.wikidata.org/",
        )  # fmt: skip
        citypact("build", "--records-only", "--import", "world", "--data", folder,
                 "--out", folder / "build")  # fmt: skip

    return once(tmp_path_factory, "world", make) / "build"


@pytest.fixture(scope="session")
def published(build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        (folder / "site").mkdir()  # an empty folder is as good as none
        options = ["--store", build, "--zip", folder / "site.zip"]
        done = citypact("publish", folder / "site", *options)
        assert "index.html" in done.err

    return once(tmp_path_factory, "site", make) / "site"


@pytest.fixture(scope="session")
def whole_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        done = citypact("build", "--out", folder / "build")
        (folder / "said.txt").write_text(done.out, encoding="utf-8")

    return once(tmp_path_factory, "packaged", make) / "build"


@pytest.fixture(scope="session")
def said_by_build(whole_build: Path) -> str:
    return (whole_build.parent / "said.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def packaged(whole_build: Path) -> LocalStore:
    return LocalStore.open(whole_build)


@pytest.fixture(scope="session")
def with_memberships(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """The packaged graph with the members of city networks."""

    def make(folder: Path) -> None:
        citypact("build", "--out", folder / "build", "--memberships")

    return LocalStore.open(once(tmp_path_factory, "memberships", make) / "build")


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    def tell(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            # The sources are examined once, in however many forms it is told.
            patch.setattr(checking, "check", cache(checking.check))
            patch.setenv("LC_ALL", "C.UTF-8")
            patch.delenv("LANGUAGE", raising=False)
            for options in TOLD:
                (folder / " ".join(options)).write_text(_said("check", *options), encoding="utf-8")

    def check(*options: str) -> str:
        assert options in TOLD
        folder = once(tmp_path_factory, "checked", tell)
        return (folder / " ".join(options)).read_text(encoding="utf-8")

    return check


def _said(*arguments: str) -> str:
    """What a command says, in this process; nothing of it on standard error."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        assert run(list(arguments)) == 0
    for stream in (out, err):
        stream.seek(0)
    assert not err.read()
    return out.read()


@pytest.fixture(scope="session")
def report(whole_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        options = ["--draws", "20", "--language", "en"]
        citypact("analyse", "--build", whole_build, "--out", folder / "analysis", *options)

    return once(tmp_path_factory, "report", make) / "analysis"


def pytest_unconfigure() -> None:
    """Ends the process whose forks the commands were."""
    forks.stop()
