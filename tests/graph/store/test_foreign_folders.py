"""The folder of a build may come from anybody: what is beside its store is damaged or a trap."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.graph.store.base import LocalStore
from citypact.ontology.errors import CitypactError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a store of no quads."""
    ox.Store(str(tmp_path / "store")).flush()
    return tmp_path


@pytest.mark.parametrize(
    "data",
    [
        b'{"title":', b"[1]", b"7", b"null", b"\xff\xfe", b"[" * 100_000, b'{"centre": ["x"]}',
        b'{"title": "x"}', b'{"title": {"ko": 5}}', b'{"graph sha256": {}}',
    ],
)  # fmt: skip
def test_a_damaged_summary_is_told(folder: Path, data: bytes) -> None:
    (folder / "summary.json").write_bytes(data)
    store = LocalStore.open(folder)
    with pytest.raises(CitypactError, match="has a damaged summary\n    -> build again"):
        store.summary()


@pytest.mark.parametrize("name", ["summary.json", "names.tsv"])
def test_a_device_in_place_of_a_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).symlink_to("/dev/null")
    with pytest.raises(CitypactError, match=r"cannot be opened \((it is a pipe|Invalid argument)"):
        LocalStore.open(folder)


def test_a_device_in_place_of_the_graph_is_passed_over(folder: Path) -> None:
    (folder / "summary.json").write_text("{}")
    (folder / "graph.nq").symlink_to("/dev/zero")
    assert len(LocalStore.open(folder).in_memory()) == 0


def test_names_that_are_no_text_name_nothing(folder: Path) -> None:
    (folder / "names.tsv").write_bytes(b"label\tx\t\xff\n\xff\x00\n\t\t\t\n")
    index = LocalStore.open(folder).name_index
    assert index is not None
    assert index.find("label", "y") == set()
    assert index.find("label", "x") <= {"\ufffd"}
