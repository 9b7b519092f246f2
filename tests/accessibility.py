"""What axe-core finds wrong on a page for people who don't see, or don't use a mouse."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any


@cache
def axe() -> str:
    """axe-core, as the package axe-playwright-python brings it."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def serious(tab: Any) -> list[str]:
    """The serious and critical findings on the page as it stands: rule and element."""
    tab.evaluate(axe())
    found = tab.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
