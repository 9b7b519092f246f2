"""A class name means one thing in the whole package."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

FOLDERS = ("citypact", "graph", "ontology", "sources")
ROOT = Path(__file__).parent.parent


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for path in (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                # citypact/graph and its like are links to the folders beside citypact.
                places[node.name].add(f"{path.resolve().relative_to(ROOT.resolve())}")
    assert {name: sorted(found) for name, found in places.items() if len(found) > 1} == {}
