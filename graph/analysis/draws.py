"""Many draws by chance of one function: on the cores of this machine, or on a Dask cluster."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from queue import Queue
from typing import Any, TypeVar

import numpy as np

from citypact.graph.analysis.worker_processes import done, in_parts
from citypact.ontology.errors import CitypactError, Message

Argument = TypeVar("Argument")
Result = TypeVar("Result")
Progress = Callable[[str], None]
Batch = tuple[int, list[int]]
"""The place of a batch among all, and its seeds."""

BATCHES = 100
"""Into how many parts draws are divided at most: a cluster gets a part at a time."""
WAIT = 10
"""Seconds in which a cluster has to answer and to have a worker."""


def draw(
    function: Callable[[Argument, int], Result],
    argument: Argument,
    number: int,
    seed: int,
    cluster: str = "",
    progress: Progress = lambda step: None,
    begin: int = 0,
) -> list[Result]:
    """The results of `function(argument, seed of the draw)`, `number` times, in order.

    function: takes the argument and a whole number, and draws from nothing else; for a cluster it
    must be picklable, so a function of a module or a functools.partial of one. seed: 0 or more;
    the seeds of draws come from it (numpy.random.SeedSequence), more draws begin with the same.
    cluster: address of a Dask scheduler, such as `tcp://127.0.0.1:8786`; '' draws here, on all
    cores where it takes long. The results do not depend on it, nor on how many workers there are.
    Citypact must be installed where the workers run, in the same version; whoever can reach a
    scheduler can run programs on its workers, and workers send back what Python unpickles: use
    clusters that you trust. begin: the number of draws that are there already and left out here.

    Raises CitypactError for a negative seed or number, where distributed is not installed, where
    the scheduler cannot be reached or has no workers, and where workers fail.

    >>> draw(divmod, 1, 3, seed=1) == draw(divmod, 1, 5, seed=1)[:3]
    True
    >>> draw(divmod, 1, 5, seed=1, begin=3) == draw(divmod, 1, 5, seed=1)[3:]
    True
    """
    if number < 0 or seed < 0:
        raise CitypactError(
            "seed {seed}, draws {number}: neither can be negative\n    -> give 0 or more",
            seed=seed,
            number=number,
        )
    batches = _batches(seeds_of_draws(seed, number)[begin:])
    if cluster and batches:
        return _on_cluster(function, argument, batches, cluster, progress)
    return in_parts(
        function,
        argument,
        batches,
        lambda ready: _tell(progress, ready, number - begin),
    )


def seeds_of_draws(seed: int, number: int) -> list[int]:
    """The seeds of the draws, whole numbers below 2⁶⁴; more of them begin with the same ones."""
    return [int(each) for each in np.random.SeedSequence(seed).generate_state(number, np.uint64)]


def until_decided(
    draws: int,
    most: int,
    sample: Callable[[int], Result],
    is_enough: Callable[[Result], bool],
) -> Result:
    """What `sample` gives from so many draws, or from more where tests need them.

    The number is doubled until `is_enough` holds of the result or `most` is reached: a test by
    random samples that goes on until it is decided (Besag and Clifford 1991, Biometrika 78(2),
    301-304), with a bounded risk of another result than that of infinitely many (Gandy 2009, J. Am.
    Stat. Assoc. 104(488), 1504-1511; `graph.analysis.significance.is_decided`). More draws begin
    with the same ones.

    >>> until_decided(10, 50, lambda draws: draws, lambda draws: draws >= 35)
    40
    """
    found = sample(draws)
    while draws < most and not is_enough(found):
        draws = min(2 * draws, most)
        found = sample(draws)
    return found


def _batches(seeds: list[int]) -> list[list[int]]:
    size = max(1, -(-len(seeds) // BATCHES))
    return [seeds[at : at + size] for at in range(0, len(seeds), size)]


def _tell(progress: Progress, done: int, number: int) -> None:
    progress(Message("drawing: {done:,} of {number:,}", done=done, number=number))


def _on_cluster(
    function: Callable[[Any, int], Result],
    argument: Any,
    batches: Sequence[list[int]],
    address: str,
    progress: Progress,
) -> list[Result]:
    client = _client(address)
    futures: list[Any] = []
    ended: Queue[Any] = Queue()
    try:
        # The argument travels once; `hash` would have two equal arguments share a place.
        shared = client.scatter(argument, hash=False)
        sizes = {}
        for batch in batches:
            future = client.submit(done, function, shared, batch, pure=False)
            futures.append(future)
            sizes[future.key] = len(batch)
            future.add_done_callback(ended.put)
        # Waiting is ours and not the client's, which Ctrl-C would leave in a muddle.
        done_so_far = 0
        for _ in batches:
            future = ended.get()
            if future.status != "finished":
                future.result()  # raises what went wrong
            done_so_far += sizes[future.key]
            _tell(progress, done_so_far, sum(sizes.values()))
        return [each for results in client.gather(futures) for each in results]
    except CitypactError:
        raise
    except Exception as error:
        raise CitypactError(
            "{address}: a sample failed on the cluster: {name}: {error}\n"
            "    -> see that its workers have the same citypact and enough memory (their "
            "logs say more), or run without --cluster",
            address=address,
            name=type(error).__name__,
            error=error,
        ) from error
    finally:
        # Also after Ctrl-C: what was asked for and not yet done is taken back.
        client.cancel(futures)
        client.close()


def _client(address: str) -> Any:
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise CitypactError(
            "sampling on a cluster requires the package distributed\n"
            "    -> pip install 'citypact[cluster]', or run without --cluster"
        ) from error
    # In a thread of its own, since notebooks have a running loop already.
    with ThreadPoolExecutor(1) as thread:
        fault = thread.submit(lambda: asyncio.run(_fault(address))).result()
    if fault:
        raise _unreachable(address, fault)
    client = distributed.Client(address, timeout=WAIT, set_as_default=False)
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError as error:
        client.close()
        raise _unreachable(address, Message("the scheduler has no workers")) from error
    return client


async def _fault(address: str) -> str:
    """Why no scheduler can be spoken to; a Client that fails to begin would leave tracebacks."""
    try:
        there = import_module("distributed").rpc(address)
    except ValueError as error:
        return str(error)
    try:
        identity = await asyncio.wait_for(there.identity(), WAIT)
    except (OSError, TimeoutError, ValueError) as error:
        return Message(
            "no Dask scheduler answers within {seconds} {seconds:second|seconds} ({reason})",
            seconds=WAIT,
            reason=_reason(error),
        )
    finally:
        await there.close_rpc()
    kind = identity.get("type")
    return (
        "" if kind == "Scheduler" else Message("this is not a scheduler, but a {kind}", kind=kind)
    )


def _reason(error: Exception) -> Message:
    """What the system says of a connection; an error of time says nothing."""
    said = error.strerror if isinstance(error, OSError) else ""
    return Message(said or str(error) or "Connection timed out")


def _unreachable(address: str, fault: str) -> CitypactError:
    return CitypactError(
        "{address}: {fault}\n"
        "    -> start one (dask scheduler, then dask worker), check the address "
        "(tcp://host:port), or run without --cluster",
        address=address,
        fault=fault,
    )


__all__ = ["draw", "seeds_of_draws", "until_decided"]
