"""The index of names that a build writes gives what the store would."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.store.base import LocalStore
from citypact.graph.store.labels import Names
from citypact.graph.store.name_index import NameIndex


@pytest.fixture(scope="module")
def pair(build: Path) -> tuple[Names, Names]:
    """Names with the index of the build, and the same without one."""
    indexed = LocalStore.open(build)
    assert indexed.name_index is not None
    return Names(indexed), Names(LocalStore(indexed.inner))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Seoul", ()),
        ("Seoul", ("City",)),
        ("서울시", ("City",)),
        ("seoul-london-2015", ()),
        ("뉴욕시", ()),
        ("NYC", ("City",)),
        ("smart city", ("Topic",)),
        ("칸 시장", ()),
        ("City of Los Angeles", ()),
    ],
)
def test_a_name_means_the_same_with_and_without_an_index(
    pair: tuple[Names, Names], text: str, kinds: tuple[str, ...]
) -> None:
    indexed, plain = pair
    found = plain.find(text, *kinds)
    assert found
    assert indexed.find(text, *kinds) == found


def test_every_key_of_the_index_is_found(pair: tuple[Names, Names]) -> None:
    indexed, plain = pair
    index = indexed.store.name_index
    assert index is not None
    rows = list(plain.index())
    assert len(rows) > 1_000
    for way, key, iri in rows[::7]:
        assert iri in index.find(way, key)
    assert index.find("name", "nothing is called so") == set()
    assert index.find("", "") == set()
    assert index.find("zzz", "\U0010ffff") == set()


def test_labels_looked_up_one_by_one_are_those_that_are_read_at_once(
    pair: tuple[Names, Names], build: Path
) -> None:
    _, whole = pair
    assert whole.slugs("city")  # reads all kinds
    iris = [iri for way, _, iri in whole.index() if way == "slug"][:900]
    single = Names(LocalStore(whole.store.inner))  # type: ignore[attr-defined]
    for iri in iris:
        assert single.both(iri) == whole.both(iri)
        assert single.kinds(iri) == whole.kinds(iri)
    assert single.label("no IRI at all", "en")


def test_a_folder_without_an_index_has_none(tmp_path: Path) -> None:
    assert NameIndex.open(tmp_path) is None
    (tmp_path / "names.tsv").write_bytes(b"")
    assert NameIndex.open(tmp_path) is None
