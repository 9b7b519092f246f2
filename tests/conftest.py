"""What tests of several packages share."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.api import Graph
from citypact.graph.store.base import LocalStore
from tests.running import citypact


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks whatever opens a browser, so that runs can leave it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("page")


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the five documents and other records, without registers; only to be read."""
    out = tmp_path_factory.mktemp("packaged") / "build"
    citypact("build", "--out", out, "--records-only")
    return out


@pytest.fixture(scope="session")
def whole_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of all packaged sources, registers too, as users have it; only to be read."""
    out = tmp_path_factory.mktemp("whole") / "build"
    citypact("build", "--out", out)
    return out


@pytest.fixture(scope="session")
def graph(build: Path) -> Graph:
    """The packaged sources as the Python API opens them."""
    return Graph(LocalStore.open(build))
