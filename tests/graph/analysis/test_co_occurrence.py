"""Topics that go together beside chance with all totals kept: small cases in full, planted ones."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest

from citypact.graph.analysis.co_occurrence import co_occurrences, network_of, shared
from citypact.ontology.errors import CitypactError

SMALL = {"art": {"1", "2"}, "sport": {"1", "3"}, "law": {"2", "3", "4"}, "sea": {"4"}}


def all_tables(by_topic: Mapping[str, set[str]]) -> list[dict[str, set[str]]]:
    """Every way to give agreements topics with the same totals, by trying all."""
    agreements = sorted(set().union(*by_topic.values()))
    wanted = [sum(name in each for each in by_topic.values()) for name in agreements]
    sizes = [len(each) for each in by_topic.values()]
    found = []
    for bits in product((0, 1), repeat=len(agreements) * len(by_topic)):
        table = np.array(bits).reshape(len(by_topic), -1)
        if table.sum(axis=0).tolist() == wanted and table.sum(axis=1).tolist() == sizes:
            found.append(
                {
                    topic: {name for name, has in zip(agreements, row, strict=True) if has}
                    for topic, row in zip(by_topic, table, strict=True)
                }
            )
    return found


def test_chance_is_every_table_with_the_same_totals_alike() -> None:
    tables = all_tables(SMALL)
    assert len(tables) > 20
    exact = {
        (one, other): np.array([len(table[one] & table[other]) for table in tables])
        for one, other in (("art", "law"), ("art", "sport"), ("law", "sport"))
    }
    found = {(e.one, e.other): e for e in co_occurrences(SMALL, least=2, draws=2000, seed=3)}
    assert set(found) == set(exact)
    for pair, values in exact.items():
        each = found[pair]
        assert each.together == len(SMALL[pair[0]] & SMALL[pair[1]])
        # Five standard errors of 2,000 draws.
        assert each.mean == pytest.approx(values.mean(), abs=5 * values.std() / 2000**0.5)
        assert each.deviation == pytest.approx(values.std(), rel=0.1)
        assert each.z == pytest.approx((each.together - each.mean) / each.deviation)


def test_p_is_corrected_for_all_pairs() -> None:
    tables = all_tables(SMALL)
    pairs = [("art", "law"), ("art", "sport"), ("law", "sport")]
    values = np.array([[len(t[a] & t[b]) for a, b in pairs] for t in tables], dtype=float)
    far = np.abs(values - values.mean(axis=0)) / values.std(axis=0)
    greatest = far.max(axis=1)
    found = {(e.one, e.other): e for e in co_occurrences(SMALL, least=2, draws=2000, seed=3)}
    for pair, each in found.items():
        exact = (
            abs(each.together - values[:, pairs.index(pair)].mean())
            / values[:, pairs.index(pair)].std()
        )
        # Between the shares with and without what is nearly as far.
        assert (greatest > exact + 0.1).mean() - 0.06 <= each.p
        assert each.p <= (greatest > exact - 0.1).mean() + 0.06


def test_what_is_planted_is_found_and_what_keeps_apart_too() -> None:
    generator = np.random.default_rng(1)
    by_topic: dict[str, set[str]] = {f"topic {n}": set() for n in range(8)}
    by_topic |= {"art": set(), "tourism": set(), "training": set()}
    for agreement in range(100):
        chosen = [f"topic {n}" for n in generator.choice(8, 2, replace=False)]
        if agreement < 30:
            chosen += ["art", "tourism"]
        elif agreement < 60:
            chosen += ["training"]
        for topic in chosen:
            by_topic[topic].add(str(agreement))
    found = co_occurrences(by_topic, draws=300, seed=2)
    clear = {(each.one, each.other): each.z for each in found if each.p <= 0.05}
    assert clear.keys() == {("art", "tourism"), ("art", "training"), ("tourism", "training")}
    assert clear["art", "tourism"] > 5
    assert clear["art", "training"] < -3


def test_one_agreement_on_everything_makes_no_companions() -> None:
    ring = {f"topic {n}": {f"with {n}", f"with {(n + 1) % 8}", "whole"} for n in range(8)}
    found = co_occurrences(ring, least=2, draws=200)
    assert len(found) == 28
    assert sorted({each.together for each in found}) == [1, 2]
    assert all(each.mean >= 1 for each in found)  # whatever is drawn, they meet in the whole
    assert min(each.p for each in found) > 0.05


def test_rare_topics_are_in_the_network_but_not_tested() -> None:
    found = co_occurrences({**SMALL, "rare": {"1"}}, least=2, draws=50)
    assert {each.one for each in found} | {each.other for each in found} == {"art", "law", "sport"}
    confined = co_occurrences(SMALL, least=1, draws=50, only=["art", "law"])
    assert [(each.one, each.other) for each in confined] == [("art", "law")]
    network = network_of(SMALL)
    assert shared(network, ["art", "law", "sport"]).tolist() == [1, 1, 1]


def test_the_seed_decides() -> None:
    one, again = (co_occurrences(SMALL, least=1, draws=40, seed=7) for _ in range(2))
    assert one == again
    assert one != co_occurrences(SMALL, least=1, draws=40, seed=8)


def test_where_chance_can_change_nothing_there_are_no_pairs() -> None:
    assert co_occurrences({}) == []
    assert co_occurrences({"art": {"1"}, "law": {"1"}}, least=1) == []  # nothing to exchange
    with pytest.raises(CitypactError, match="give 2 or more"):
        co_occurrences(SMALL, least=2, draws=1)
