"""Draws: the same results here and on a real cluster, and clear errors where one fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

from citypact.graph.analysis import draws, worker_processes
from citypact.graph.analysis.draws import draw, seeds_of_draws
from citypact.graph.analysis.features import standard
from citypact.graph.analysis.null_models import compare
from citypact.graph.analysis.worker_processes import kept_workers
from citypact.ontology.errors import CitypactError
from tests.running import interruptible


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a real scheduler on this machine with two workers."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        processes=True, n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0"
    ) as found:
        yield found.scheduler_address


def test_results_come_in_the_order_of_their_seeds() -> None:
    seeds = seeds_of_draws(7, 250)
    assert draw(divmod, 2**70, 250, seed=7) == [divmod(2**70, seed) for seed in seeds]


def test_seeds_differ_among_themselves_and_between_seeds() -> None:
    assert len(set(seeds_of_draws(1, 2000)) | set(seeds_of_draws(2, 2000))) == 4000


def test_more_draws_begin_with_the_same_ones() -> None:
    assert seeds_of_draws(3, 1000)[:10] == seeds_of_draws(3, 10)


def test_no_draws_is_an_empty_list_and_asks_no_cluster() -> None:
    assert draw(divmod, 1, 0, seed=1, cluster="tcp://127.0.0.1:1") == []


@pytest.mark.parametrize(("number", "seed"), [(-1, 1), (1, -1)])
def test_a_negative_number_is_refused(number: int, seed: int) -> None:
    with pytest.raises(CitypactError, match="->"):
        draw(divmod, 1, number, seed)


def test_progress_ends_with_all_draws() -> None:
    told: list[str] = []
    draw(divmod, 1, 1234, seed=1, progress=told.append)
    assert told[-1] == "drawing: 1,234 of 1,234"
    assert 1 < len(told) <= 101


def test_a_cluster_gives_the_same_results(cluster: str) -> None:
    told: list[str] = []
    found = draw(divmod, 2**70, 301, seed=5, cluster=cluster, progress=told.append)
    assert found == draw(divmod, 2**70, 301, seed=5)
    assert told[-1] == "drawing: 301 of 301"


def test_comparisons_with_chance_are_the_same_on_a_cluster(cluster: str) -> None:
    ring = nx.ring_of_cliques(6, 4)
    here = compare(ring, standard, draws=40, seed=3)
    assert compare(ring, standard, draws=40, seed=3, cluster=cluster) == here


def test_draws_run_in_the_processes_of_workers(cluster: str) -> None:
    here = os.getpid()
    assert here not in draw(_pid, None, 20, seed=1, cluster=cluster)


def _pid(argument: None, seed: int) -> int:
    return os.getpid()


def test_a_failing_worker_is_a_clear_error_and_the_cluster_goes_on(cluster: str) -> None:
    with pytest.raises(CitypactError, match=r"(?s)TypeError.*->"):
        draw(divmod, "text", 20, seed=1, cluster=cluster)
    assert len(draw(divmod, 1, 20, seed=1, cluster=cluster)) == 20


def test_an_error_of_ours_comes_back_as_it_is(cluster: str) -> None:
    with pytest.raises(CitypactError, match="neither can be negative"):
        draw(_draw_badly, None, 2, seed=1, cluster=cluster)


def _draw_badly(argument: None, seed: int) -> Any:
    return draw(divmod, 1, -1, seed)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "http://127.0.0.1:9"])
def test_no_scheduler_is_a_clear_error(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(draws, "WAIT", 1)
    with pytest.raises(CitypactError, match=rf"(?s){address}.*->"):
        draw(divmod, 1, 1, seed=1, cluster=address)


def test_without_the_package_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CitypactError, match=r"pip install 'citypact\[cluster\]'"):
        draw(divmod, 1, 1, seed=1, cluster="tcp://127.0.0.1:9")


def test_a_scheduler_without_workers_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(draws, "WAIT", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as empty,
        pytest.raises(CitypactError, match="no workers"),
    ):
        draw(divmod, 1, 1, seed=1, cluster=empty.scheduler_address)


def test_ctrl_c_takes_back_what_was_asked_of_a_cluster(cluster: str) -> None:
    # What the main program defines travels as code: workers need not have it.
    program = """
        import sys, time
        from citypact.graph.analysis.draws import draw

        def slow(argument, seed):
            time.sleep(0.1)

        try:
            draw(slow, None, 1000, 1, sys.argv[1], lambda step: print("drawing", flush=True))
        except KeyboardInterrupt:
            print("ended", flush=True)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), cluster],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=interruptible,
    )
    assert process.stdout
    assert process.stdout.readline() == "drawing\n"
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.splitlines()[-1] == "ended"
    assert "Traceback" not in errors
    assert len(draw(divmod, 1, 20, seed=1, cluster=cluster)) == 20


def test_other_cores_give_the_same_results(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = draw(_numbered, 3, 250, seed=1)
    monkeypatch.setattr(worker_processes, "LONG", 0)
    monkeypatch.setattr(worker_processes, "SHORT", 0)
    monkeypatch.setattr(worker_processes, "_cores", lambda: 3)
    assert draw(_numbered, 3, 250, seed=1) == alone
    assert draw(lambda number, seed: (number, seed), 3, 250, seed=1) == alone  # cannot be pickled


def test_processes_that_helped_wait_for_the_next_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_processes, "LONG", 0)
    monkeypatch.setattr(worker_processes, "SHORT", 0)
    monkeypatch.setattr(worker_processes, "_cores", lambda: 2)
    with kept_workers() as workers:
        draw(_numbered, 3, 250, seed=1)
        (worker,) = workers.idle
        assert draw(_pid, None, 250, seed=2)
        assert workers.idle == [worker]
    assert not workers.idle


def _numbered(number: int, seed: int) -> tuple[int, int]:
    return number, seed


def test_what_fails_on_another_core_fails_with_its_own_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker_processes, "LONG", 0)
    monkeypatch.setattr(worker_processes, "SHORT", 0)
    monkeypatch.setattr(worker_processes, "_cores", lambda: 2)
    with pytest.raises(ZeroDivisionError):
        draw(_fails_late, 90, 250, seed=1)


def _fails_late(after: int, seed: int) -> int:
    late = seeds_of_draws(1, 250)[after:]
    return 1 // (seed not in late)
