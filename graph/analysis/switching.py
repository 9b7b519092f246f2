"""Double edge swaps of a large network, many at once in arrays: the chain of `rewiring`, faster."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ends = NDArray[np.int64]

LAZY = 1 / 64
"""The share of pairs of edges that a round leaves out, so that any number of swaps can happen."""
SLOTS = 128
"""Places of the table of edges for each edge: the more, the fewer pairs are looked at one by one.
"""
MULTIPLIER = 0x9E3779B1
"""Spreads the numbers of edges over the table (Knuth 1998, The Art of Computer Programming 6.4)."""


def switched(edges: Ends, count: int, trials: int, seed: int) -> Ends:
    """The edges of a simple network after so many trials to swap two of them, in any order.

    edges: by the numbers of their ends, below `count`, one a row. In each round all edges are
    paired by chance, and each pair is swapped, in turn, where that makes no loop and no parallel
    edge (global edge switching: Allendorf, Meyer, Penschuck and Tran 2023, J. Parallel Distrib.
    Comput. 174, 118-129): in the end all simple networks with these degrees are equally likely, as
    with one swap after the other. Pairs that could concern each other are the few whose new edges
    are there already or are wanted twice; these are looked at one after the other, the others at
    once. A network of less than two edges comes back as it is.
    """
    chance = np.random.default_rng(seed)
    number = len(edges)
    bits = (SLOTS * number).bit_length()
    taken = np.zeros(1 << bits, dtype=bool)
    wanted_by = np.empty(1 << bits, dtype=np.int32)
    left, right = np.ascontiguousarray(edges.T, dtype=np.int64)
    while trials > 0 and number > 1:
        pairs = min(int(chance.binomial(number // 2, 1 - LAZY)), trials)
        trials -= pairs
        order = chance.permutation(number)
        left, right = left[order], right[order]
        a, b = left[:pairs], right[:pairs]
        turned = chance.integers(0, 2, pairs, dtype=np.uint8).view(bool)
        second = slice(pairs, 2 * pairs)
        c = np.where(turned, right[second], left[second])
        d = left[second] + right[second] - c
        # a–b and c–d become a–d and c–b; edges that are there come first, then what is wanted.
        ends = np.concatenate([left, a, c]), np.concatenate([right, d, b])
        keys = np.minimum(*ends) * count + np.maximum(*ends)
        slots = (keys * MULTIPLIER >> 20) & ((1 << bits) - 1)
        there, wanted = slots[:number], slots[number:]
        taken[there] = True
        places = np.arange(2 * pairs, dtype=np.int32)
        wanted_by[wanted] = places
        twice = wanted[wanted_by[wanted] != places]
        taken[twice] = True
        doubtful = taken[wanted].reshape(2, pairs).any(axis=0)
        taken[there] = taken[twice] = False
        is_loop = (a == d) | (c == b)
        swapped = ~(doubtful | is_loop)
        asked = np.flatnonzero(doubtful & ~is_loop)
        if len(asked):
            new = keys[number:].reshape(2, pairs)[:, asked]
            near = wanted.reshape(2, pairs)[:, asked]
            taken[near] = True
            holders = np.flatnonzero(taken[there])
            taken[near] = False
            owners = dict(zip(keys[holders].tolist(), holders.tolist(), strict=True))
            _one_by_one(asked, new, owners, swapped)
        left[second] = np.where(swapped, c, left[second])
        right[second] = np.where(swapped, b, right[second])
        right[:pairs] = np.where(swapped, d, b)  # last, as b is a view of it
    return np.stack([left, right], axis=1)


def _one_by_one(
    asked: NDArray[np.int64], new: Ends, owners: dict[int, int], swapped: NDArray[np.bool_]
) -> None:
    """Decides, in turn, on the pairs that could concern each other, and notes it in `swapped`.

    new: the keys of their two new edges. owners: the places of edges that are there, by their keys.
    """
    pairs = len(swapped)
    made: set[int] = set()
    for pair, one, other in zip(asked.tolist(), *new.tolist(), strict=True):
        for key in (one, other):
            place = owners.get(key)
            # An edge that is there is in the way, unless its own pair was swapped before.
            owner = pair if place is None or place >= 2 * pairs else place % pairs
            is_gone = place is None or (owner < pair and swapped[owner])
            if key in made or not is_gone:
                break
        else:
            if one != other:
                swapped[pair] = True
                made |= {one, other}


__all__ = ["switched"]
