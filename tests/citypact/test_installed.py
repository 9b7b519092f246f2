"""The package as it is installed, from a wheel or editable: one name, and all its files."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from citypact.commands import COMMANDS
from citypact.graph.export import GRAPH_FORMATS, NETWORK_FORMATS
from tests.forking import Forks
from tests.running import citypact, environment
from tests.sharing import once
from tests.sources.small import write_small

ROOT = Path(__file__).parents[2]
FOLDERS = ("graph", "sources", "ontology")
LIBRARIES = ("click", "editables", "networkx", "numpy", "pyoxigraph", "rdflib")
BUILD = "import sys, hatchling.build as build; getattr(build, sys.argv[1])(sys.argv[2])"
KINDS = {"wheel": "build_wheel", "editable": "build_editable"}


def run(*command: str | Path, folder: Path) -> str:
    """What a program writes that runs in the folder and ends well."""
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def wheel(kind: str, factory: pytest.TempPathFactory) -> Path:
    """The file that pip would install, made by the tool that pyproject.toml names."""
    for tool in ("hatchling", "editables"):
        if not importlib.util.find_spec(tool):
            if os.environ.get("CI") == "true":
                pytest.fail(f"{tool} is not installed: the package cannot be built")
            pytest.skip(f"{tool} is not installed: pip install {tool}")
    folder = once(
        factory, kind, lambda made: run(sys.executable, "-c", BUILD, KINDS[kind], made, folder=ROOT)
    )
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module", params=KINDS)
def programs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a new environment in which the package is installed."""

    def make(folder: Path) -> None:
        venv.create(folder / "venv", with_pip=False)
        python = folder / "venv/bin/python"
        made = wheel(request.param, tmp_path_factory)
        install = ["install", "--quiet", "--no-index", "--no-deps", made]
        run(sys.executable, "-m", "pip", "--python", python, *install, folder=folder)
        # What the package needs is taken from the environment of the tests.
        found = (importlib.util.find_spec(name) for name in LIBRARIES)
        places = {str(Path(spec.origin).parents[1]) for spec in found if spec and spec.origin}
        (site,) = (folder / "venv/lib").glob("python*/site-packages")
        # It is read in the order of names: before what makes an install editable, which needs it.
        (site / "__libraries.pth").write_text("\n".join(sorted(places)))

    return once(tmp_path_factory, f"installed-{request.param}", make) / "venv/bin"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A folder of somebody who calls programs of theirs as we call our folders."""
    for name in FOLDERS:
        (tmp_path / f"{name}.py").write_text(f"raise SystemExit('{name}.py of the user was run')")
    return tmp_path


def test_a_wheel_holds_every_file_under_one_name(tmp_path_factory: pytest.TempPathFactory) -> None:
    with zipfile.ZipFile(wheel("wheel", tmp_path_factory)) as archive:
        files = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in files} == {"citypact"}
    for folder in FOLDERS:
        wanted = {
            f"citypact/{path.relative_to(ROOT)}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert len(wanted) > 20
        assert wanted == {name for name in files if name.startswith(f"citypact/{folder}/")}


def test_one_name_is_taken_and_no_other(programs: Path, tmp_path: Path) -> None:
    code = "from importlib.util import find_spec as f; print([n for n in {} if f(n)])"
    names = ["citypact", *FOLDERS, "tests", "benchmarks", "notebooks"]
    assert run(programs / "python", "-c", code.format(names), folder=tmp_path) == "['citypact']\n"
    where = run(
        programs / "python", "-c", "import citypact; print(citypact.__file__)", folder=tmp_path
    )
    is_editable = "editable" in str(programs)
    assert Path(where).is_relative_to(ROOT if is_editable else programs.parent)


def test_files_of_the_same_names_are_not_ours(programs: Path, theirs: Path) -> None:
    probe = subprocess.run([programs / "python", "-c", "import graph"], cwd=theirs)
    assert probe.returncode, "the file of the user is found first"
    for name in ("citypact", "citypact.graph.report.report", "citypact.api"):
        run(programs / "python", "-c", f"import {name}", folder=theirs)
    for command in COMMANDS:
        assert f"citypact {command}" in run(programs / "citypact", command, "--help", folder=theirs)
    as_module = (programs / "python", "-m", "citypact")
    assert "citypact check" in run(*as_module, "check", "--help", folder=theirs)


def test_the_records_are_there(programs: Path, theirs: Path) -> None:
    (theirs / "citypact.toml").write_text('base = { project = "package", take = "records" }')
    ask = ["query", "agreements-of-city", "--city", "Guayaquil", "--store", "memory"]
    assert "2020" in run(programs / "python", "-m", "citypact", *ask, folder=theirs)


HIDE = """
from importlib.machinery import PathFinder

find = PathFinder.find_spec

def find_spec(name, path=None, target=None):
    return None if name.partition(".")[0] in {names!r} else find(name, path, target)

PathFinder.find_spec = find_spec
"""


def test_no_extra_is_needed_but_where_a_command_names_it(tmp_path: Path) -> None:
    """What the first command of the README installs is enough for these."""
    core = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "locks/core.txt").read_text("utf-8"), re.M))
    hidden = {
        module
        for module, packages in importlib.metadata.packages_distributions().items()
        if not {re.sub(r"[-_.]+", "-", each).lower() for each in packages} & {*core, "citypact"}
    }
    assert {"rapidfuzz", "pandas", "starlette"} <= hidden
    (tmp_path / "sitecustomize.py").write_text(HIDE.format(names=sorted(hidden)))
    env = environment(PYTHONPATH=str(tmp_path))
    without = Forks(env)
    sources = write_small(tmp_path / "sources")
    formats = sorted({*NETWORK_FORMATS, *GRAPH_FORMATS} - {"parquet"})
    for arguments in (
        ["build", "--sources", sources],
        ["check", "--sources", sources],
        ["query", "agreements-of-city", "--city", "Seoul", "--why"],
        ["why", "하노이"],
        ["ask", "서울이 하노이와 맺은 협정은?"],
        ["brief", "Hanoi", "--with", "Seoul"],
        *(["draw", "--view", view] for view in ("network", "map", "countries")),
        *(["export", "--format", name] for name in formats),
        ["publish", "site", "--briefs"],
        ["cite", "seoul-hanoi-2015"],
    ):
        assert citypact(*arguments, env=env, folder=tmp_path, of=without).out, arguments
    for extra, asks in (("research", ["analyse"]), ("parquet", ["export", "--format", "parquet"])):
        refused = citypact(*asks, env=env, folder=tmp_path, of=without, code=2)
        assert f"pip install 'citypact[{extra}]'" in refused.err
    without.stop()
