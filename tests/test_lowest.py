"""The tests with the lowest versions touch every library that the package may need."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.lowest import PLACES, TOUCHED_BY

DEVELOPING = ("test", "develop")


def test_every_library_is_touched() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    needed = [*project["project"]["dependencies"]]
    needed += [each for extra in extras.keys() - DEVELOPING for each in extras[extra]]
    names = {re.split(r"[^\w-]", each)[0] for each in needed} - {"citypact"}
    assert names == set(TOUCHED_BY)
    assert all(place.exists() for place in PLACES)
