"""The garbage collector is asked to look seldom for as long as some work takes, and no longer."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from citypact.graph.analysis.draws import draw
from citypact.sources.files.garbage import SELDOM, collecting_seldom


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def threshold(argument: object = None, seed: int = 0) -> tuple[int, int, int]:
    return gc.get_threshold()


@pytest.mark.parametrize(
    ("usual", "meanwhile"),
    [((700, 10, 10), SELDOM), ((90_000, 5, 5), (90_000, 5, 5)), ((0, 10, 10), (0, 10, 10))],
)
def test_it_looks_seldom_meanwhile_and_as_before_after(
    usual: tuple[int, int, int], meanwhile: tuple[int, int, int]
) -> None:
    gc.set_threshold(*usual)
    assert collecting_seldom()(threshold)() == meanwhile
    assert draw(threshold, None, 1, seed=1) == [meanwhile]
    assert threshold() == usual
    with pytest.raises(ZeroDivisionError), collecting_seldom():
        print(1 / 0)
    assert threshold() == usual
