"""The package as it is installed, from a wheel or editable: one name, and all its files."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from citypact.commands import COMMANDS
from tests.running import environment
from tests.sharing import once

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
    for start in ([programs / "citypact"], [programs / "python", "-m", "citypact"]):
        for command in COMMANDS:
            assert f"citypact {command}" in run(*start, command, "--help", folder=theirs)


def test_the_records_are_there(programs: Path, theirs: Path) -> None:
    ask = ["query", "agreements-of-city", "--city", "Guayaquil", "--store", "memory"]
    assert "2020" in run(programs / "python", "-m", "citypact", *ask, folder=theirs)
