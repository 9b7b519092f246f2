"""What `make` installs is named to the byte, in the versions that are tested, with its licence."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETS = ("core", "research", "test", "develop")
REQUIREMENT = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^ ;]+)(?: ; [^\\]+)?( \\)?")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
REFUSED = ("AGPL", "Proprietary", "Commercial")
"""Words of licences that nobody who uses Citypact should be bound by."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(name: str) -> dict[str, str]:
    """The versions of a file by package; every line is one, or a digest, and each has some."""
    found: dict[str, str] = {}
    before = None
    for line in (ROOT / "locks" / f"{name}.txt").read_text("utf-8").splitlines():
        if entry := REQUIREMENT.fullmatch(line):
            assert before is None or HASH.fullmatch(before), before
            found[entry["name"]] = entry["version"]
        else:
            assert HASH.fullmatch(line), line
        before = line
    assert before is not None and HASH.fullmatch(before)
    return found


LOCKED = {name: locked(name) for name in SETS}


def test_the_versions_are_those_that_are_tested() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    tested = dict(line.split("==") for line in lines if not line.startswith("#"))
    versions = {name: version for each in LOCKED.values() for name, version in each.items()}
    assert {plain(name) for name in tested} - versions.keys() - {"citypact"} == set()
    for name, version in tested.items():
        assert versions[plain(name)] == version


def test_each_package_is_in_one_file_and_all_that_are_needed_are() -> None:
    assert len({name for each in LOCKED.values() for name in each}) == sum(
        map(len, LOCKED.values())
    )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {"core": project["dependencies"], **project["optional-dependencies"]}
    there: set[str] = set()
    for name in SETS:
        there |= LOCKED[name].keys()
        wanted = {plain(re.split(r"[^\w-]", each)[0]) for each in needed[name]} - {"citypact"}
        assert wanted <= there


def test_every_licence_is_known() -> None:
    with (ROOT / "locks" / "licences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["licence"] for row in rows)
    assert not [row for row in rows if any(word in row["licence"] for word in REFUSED)]
    for name in SETS:
        versions = {row["package"]: row["version"] for row in rows if row["set"] == name}
        assert versions.items() <= LOCKED[name].items()
        # What Linux doesn't install has no row: its files are not here to be read.
        assert len(versions) > 0.8 * len(LOCKED[name])
    notice = (ROOT / "NOTICE").read_text("utf-8").lower().replace(" ", "-")
    inlined = {row["package"] for row in rows if row["set"] == "inlined in pages"}
    assert len(inlined) > 5
    assert not [name for name in inlined if name not in notice]
