"""Near or far: distances of ties, and which continents and countries they join."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from citypact.graph.analysis.places import Floats, Pairs, Places, places
from citypact.graph.analysis.wiring import Wiring, on_wirings
from citypact.ontology.errors import CitypactError

if TYPE_CHECKING:
    from citypact.graph.analysis.null_models import Comparison

NEAR = (100, 200, 500, 1000, 2000, 5000, 10000)
"""Kilometres within which ties are counted."""


@dataclass(frozen=True)
class Distances:
    """How long the ties of a network are, in kilometres, and what could not be measured.

    ties: all of them. kilometres: of those between two places with coordinates, sorted. unplaced:
    ties of which an end has none. within: share of the measured ties at most so many kilometres
    long. Means and quantiles are None where nothing was measured.
    """

    ties: int
    kilometres: tuple[float, ...]
    unplaced: int
    mean: float | None
    first_quartile: float | None
    median: float | None
    third_quartile: float | None
    within: dict[int, float | None]


def distances(network: nx.Graph, where: Places, near: Sequence[int] = NEAR) -> Distances:
    """The great-circle distances of a network's ties, each pair once.

    `where` is what `graph.analysis.places.places` gives of the network or of a larger one. On a
    sphere of the Earth's mean radius, which is at most 0.6 % off the ellipsoid. Quantiles are
    interpolated linearly.

    >>> from citypact.graph.analysis.places import places
    >>> line = nx.Graph([("a", "b")])
    >>> line.nodes["a"].update(latitude=0, longitude=0)
    >>> line.nodes["b"].update(latitude=0, longitude=90)
    >>> round(distances(line, places(line)).median)
    10008
    """
    pairs = where.pairs(network.edges())
    found = np.sort(_known(where.compared(pairs)["kilometres"]))
    first, median, third = (
        np.quantile(found, (0.25, 0.5, 0.75)).tolist() if found.size else (None, None, None)
    )
    return Distances(
        len(pairs),
        tuple(found.tolist()),
        len(pairs) - found.size,
        float(found.mean()) if found.size else None,
        first,
        median,
        third,
        {limit: share_within(found, limit) for limit in near},
    )


def share_within(kilometres: Sequence[float] | Floats, limit: float) -> float | None:
    """The share of distances that are at most `limit`; None of none."""
    found = np.asarray(kilometres)
    return float((found <= limit).mean()) if found.size else None


@dataclass(frozen=True)
class Mixing:
    """Which groups (continents or countries) ties join.

    links: number of ties by the two groups, sorted within the pair and in all. known and unknown:
    ties with both groups known, and the others. within: share of the known ties that stay inside
    a group. expected: links by pair as partners drawn by degree would have them (Newman 2003).
    assortativity: 1 where all ties stay inside, 0 where as many as partners drawn by degree would
    have; None where that cannot be told (no ties, one group).
    """

    links: dict[tuple[str, str], int]
    expected: dict[tuple[str, str], float]
    known: int
    unknown: int
    within: float | None
    assortativity: float | None


def mixing(network: nx.Graph | Wiring, where: Places, by: str = "continent") -> Mixing:
    """How ties mix continents or countries (`by`: continent or country).

    With e the symmetric matrix of shares of tie ends and a its row sums, the assortativity is
    (tr e - sum a²) / (1 - sum a²) (Newman 2003, Phys. Rev. E 67, 026126), over ties with both ends
    known; the expected number of ties between g and h is 2 m a_g a_h, and m a_g² inside g, of m
    ties. Raises CitypactError for any other `by`.
    """
    if by not in ("continent", "country"):
        raise CitypactError(
            "mixing by {by} is not supported\n    -> use continent or country", by=by
        )
    names, groups = where.groups[by]
    pairs = where.ties(network)
    matrix, unknown = _matrix(pairs, groups, len(names))
    ends = matrix.sum(axis=1)
    known = round(ends.sum() / 2)
    links, expected = {}, {}
    for i, one in enumerate(names):
        for j in range(i, len(names)):
            count = matrix[i, j] if i != j else matrix[i, i] / 2
            chance = ends[i] * ends[j] / (2 * known) * (1 if i != j else 0.5) if known else 0.0
            if count or (by == "continent" and chance):
                links[one, names[j]] = round(count)
                expected[one, names[j]] = float(chance)
    return Mixing(links, expected, known, unknown, *_assortativity(matrix))


def _matrix(pairs: Pairs, groups: NDArray[np.int64], size: int) -> tuple[Floats, int]:
    """Ends of ties by the groups of this and of the other end, and ties with an unknown one."""
    one, other = groups[pairs[:, 0]], groups[pairs[:, 1]]
    known = (one >= 0) & (other >= 0)
    matrix = np.zeros((size, size))
    np.add.at(matrix, (one[known], other[known]), 1)
    return matrix + matrix.T, int((~known).sum())


def _assortativity(matrix: Floats) -> tuple[float | None, float | None]:
    """The share of ties that stay inside a group, and the assortativity."""
    if not matrix.sum():
        return None, None
    shares = matrix / matrix.sum()
    within, chance = float(np.trace(shares)), float((shares.sum(axis=1) ** 2).sum())
    return within, (within - chance) / (1 - chance) if chance < 1 - 1e-12 else None


@on_wirings
def statistic(
    network: nx.Graph | Wiring, where: Places, near: tuple[int, ...] = NEAR
) -> dict[str, float]:
    """What `proximity` measures on each network: all by name, none unknown.

    `kilometres` (mean), `logarithm` (mean of log10 of the kilometres, at least 1), `within N`
    (share of ties of at most N km), `continent` and `country` (assortativity). What cannot be
    measured on the network is left out.
    """
    pairs = where.ties(network)
    found: dict[str, float] = {}
    known = _known(where.compared(pairs)["kilometres"])
    if known.size:
        found["kilometres"] = float(known.mean())
        found["logarithm"] = float(np.log10(np.maximum(known, 1.0)).mean())
        found |= {f"within {limit}": float((known <= limit).mean()) for limit in near}
    for by in ("continent", "country"):
        names, groups = where.groups[by]
        _, assortativity = _assortativity(_matrix(pairs, groups, len(names))[0])
        if assortativity is not None:
            found[by] = assortativity
    return found


def proximity(
    network: nx.Graph,
    where: Places,
    draws: int = 1000,
    seed: int = 1,
    cluster: str = "",
    near: tuple[int, ...] = NEAR,
) -> dict[str, Comparison]:
    """Are ties shorter, and more often within a continent or country, than the degrees alone make?

    Each measure of `statistic` beside the same of networks in which every city keeps its number of
    partners and partners are exchanged at random (`graph.analysis.null_models.rewired`). Only ties
    between cities with coordinates and a country take part: `measured` gives that network.

    Raises CitypactError as `beside_chance` does.
    """
    function = partial(statistic, where=where, near=near)
    return beside_chance(network, where, function, draws, seed, cluster)


def beside_chance(
    network: nx.Graph,
    where: Places,
    function: Callable[[nx.Graph], dict[str, float]],
    draws: int = 1000,
    seed: int = 1,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
    most: int = 0,
    is_enough: Callable[[dict[str, Comparison]], bool] = lambda found: True,
    model: str = "rewired",
) -> dict[str, Comparison]:
    """What a function measures on the `measured` part of a network, and on rewired ones.

    draws and what follows: as in `graph.analysis.null_models.compare`.

    Raises CitypactError where no two ties can be exchanged, as in a star: its partners can be
    compared with cities that are none (`graph.analysis.permutation`).
    """
    from citypact.graph.analysis.null_models import compare, is_rewirable

    part = measured(network, where)
    if not is_rewirable(part):
        raise CitypactError(
            "no two ties of the network can be rewired, so it cannot be compared with chance\n"
            "    -> compare its partners with cities that are not partners"
        )
    return compare(part, function, model, draws, seed, cluster, progress, most, is_enough)


def measured(network: nx.Graph, where: Places) -> nx.Graph:
    """The network of the nodes that have coordinates and a country, and the ties among them."""
    kept = [
        node
        for node in network
        if where.placed[where.index[node]] and where.country[where.index[node]] >= 0
    ]
    found = nx.Graph()
    found.add_nodes_from((node, network.nodes[node]) for node in kept)
    inside = set(kept)
    found.add_edges_from(pair for pair in network.edges() if inside.issuperset(pair))
    return found


@dataclass(frozen=True)
class CountryPair:
    """Two countries (codes, sorted; the same twice for ties inside one) and their ties."""

    one: str
    other: str
    links: int
    expected: float


def country_pairs(network: nx.Graph, where: Places) -> list[CountryPair]:
    """Pairs of countries with ties, those with most first; `expected` as in `mixing`."""
    found = mixing(network, where, "country")
    pairs = [CountryPair(*pair, n, found.expected[pair]) for pair, n in found.links.items()]
    return sorted(pairs, key=lambda pair: (-pair.links, pair.one, pair.other))


def partners_by(network: nx.Graph, node: str, where: Places, by: str) -> Counter[str]:
    """How many partners of a node lie in each continent or country; '' counts the unknown ones."""
    labels = where.labels(by)
    return Counter(labels[where.index[partner]] for partner in network[node] if partner != node)


def is_of_one(network: nx.Graph) -> bool:
    """Whether more than half of the ties are of one node: a null model would say little else."""
    return bool(2 * max(degree for _, degree in network.degree()) > network.number_of_edges())


def median_distance(network: nx.Graph, codes: Mapping[str, str]) -> float | None:
    """The median length of the ties in km; codes: of countries, as `places` takes them."""
    return distances(network, places(network, codes)).median


def share_near(network: nx.Graph, codes: Mapping[str, str], limit: int = 1000) -> float | None:
    """The share of the measured ties of at most `limit` km."""
    return distances(network, places(network, codes), (limit,)).within[limit]


def share_in_continent(network: nx.Graph, codes: Mapping[str, str]) -> float | None:
    """The share of ties inside a continent, among those with both continents known."""
    return mixing(network, places(network, codes)).within


def _known(values: Floats) -> Floats:
    return values[~np.isnan(values)]


__all__ = [
    "NEAR",
    "CountryPair",
    "Distances",
    "Mixing",
    "beside_chance",
    "country_pairs",
    "distances",
    "is_of_one",
    "measured",
    "median_distance",
    "mixing",
    "partners_by",
    "proximity",
    "share_in_continent",
    "share_near",
    "share_within",
    "statistic",
]
