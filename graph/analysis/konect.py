"""The statistics that KONECT prints of a network, exact, and held against what it printed.

Kunegis 2013, KONECT: the Koblenz Network Collection, WWW Companion, 1343-1350; definitions as in
its handbook. KONECT's *Sister cities* network (Wikidata, October 2017) is what our measures are
calibrated on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.degrees import degree_distribution
from citypact.graph.analysis.distances import distances
from citypact.graph.analysis.konect_estimates import estimates
from citypact.graph.analysis.simple import simple, to_igraph
from citypact.graph.text.bilingual import Words, both
from citypact.ontology.errors import CitypactError

SHIFT = 1e-3
"""Eigenvalues near 0 are sought from this far below 0, where the matrix can be inverted."""
SMALL = 20
"""Below this size all eigenvalues are worked out at once: it is too small for an iteration."""


def statistics(network: nx.Graph) -> dict[str, float | int]:
    """The statistics of a network, undirected and simple, by the names that KONECT prints.

    Those of distances, of the Laplacian and of bipartivity below are of the largest component. What
    cannot be told is left out, such as assortativity where all have the same degree. Raises
    CitypactError for a network without ties.

    >>> found = statistics(nx.complete_graph(3))
    >>> found["triangle count t"], "degree assortativity" in found
    (1, False)
    """
    plain = simple(network)
    if not plain.number_of_edges():
        raise CitypactError(
            "a network without ties has no statistics of KONECT\n"
            "    -> choose a network or a filter that leaves some ties"
        )
    pair = to_igraph(plain)
    graph = pair.graph
    degrees = np.array(graph.degree(), dtype=np.int64)
    nodes, edges = graph.vcount(), graph.ecount()
    adjacency = _adjacency(graph)
    wedges = int((degrees * (degrees - 1) // 2).sum())
    triangles = len(graph.list_triangles())
    squares = _squares(adjacency)
    parts = graph.connected_components()
    largest = graph.induced_subgraph(min(parts, key=lambda part: (-len(part), part[0])))
    far = distances(plain)
    spread = degree_distribution(plain)
    found: dict[str, float | int | None] = {
        "size n": nodes,
        "volume m": edges,
        "loop count": nx.number_of_selfloops(network),
        "wedge count s": wedges,
        "claw count z": int(sum(math.comb(int(degree), 3) for degree in degrees)),
        "cross count x": int(sum(math.comb(int(degree), 4) for degree in degrees)),
        "triangle count t": triangles,
        "square count q": squares,
        "4-tour count T4": 8 * squares + 4 * wedges + 2 * edges,
        "maximum degree": int(degrees.max()),
        "average degree": 2 * edges / nodes,
        "fill p": 2 * edges / (nodes * (nodes - 1)),
        "size of LCC N": largest.vcount(),
        "diameter": far.diameter,
        "50-percentile effective diameter": far.effective_50,
        "90-percentile effective diameter": far.effective_90,
        "median distance": far.median,
        "mean distance": far.mean,
        "Gini coefficient": spread.gini,
        "balanced inequality ratio P": spread.balanced_inequality,
        "relative edge distribution entropy": spread.relative_entropy,
        "power law exponent gamma (dmin=1)": spread.exponent,
        "tail power law exponent": spread.tail.exponent if spread.tail else None,
        "degree assortativity": graph.assortativity_degree(directed=False),
        "clustering coefficient (global, 3t/s)": 3 * triangles / wedges if wedges else None,
        **_spectrum(adjacency),
        **_bipartivity(_adjacency(largest)),
        **_controllability(adjacency),
    }
    return {
        name: value for name, value in found.items() if value is not None and math.isfinite(value)
    }


def _adjacency(graph: Any) -> Any:
    """The adjacency matrix of an igraph.Graph, sparse."""
    from scipy.sparse import coo_array

    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    rows, columns = np.concatenate([ends, ends[:, ::-1]]).T
    size = graph.vcount()
    return coo_array((np.ones(len(rows)), (rows, columns)), shape=(size, size)).tocsr()


def _squares(adjacency: Any) -> int:
    """Cycles of four: each has two pairs of opposite corners, which two steps join in two ways."""
    paths = (adjacency @ adjacency).tocoo()
    ways = paths.data[paths.row < paths.col].astype(np.int64)
    return int((ways * (ways - 1) // 2).sum()) // 2


def _extreme(matrix: Any, count: int, which: str, **options: Any) -> np.ndarray:
    """Some eigenvalues of a symmetric matrix, ascending; the search always begins alike."""
    from scipy.sparse.linalg import eigsh

    size = matrix.shape[0]
    if size < SMALL:
        every = np.linalg.eigvalsh(matrix.toarray())
        most = every[np.argsort(-np.abs(every))[:count]]
        return np.sort(most if which == "LM" else every[:count])
    # A vector without symmetry: one of equal parts can miss what it is at right angles to.
    start = np.cos(np.arange(size))
    values = eigsh(matrix, k=count, which=which, v0=start, return_eigenvectors=False, **options)
    return np.sort(np.asarray(values))


def _least(matrix: Any, count: int) -> np.ndarray:
    """The least eigenvalues of a symmetric matrix that has none below 0, ascending.

    By inverting it from a little below 0 (`SHIFT`). It is positive definite there: an order of
    elimination for symmetric matrices and no pivots give a tenth of the time.
    """
    from scipy.sparse import eye_array
    from scipy.sparse.linalg import LinearOperator, splu

    size = matrix.shape[0]
    if size < SMALL:
        return _extreme(matrix, count, "SA")
    shifted = (matrix + SHIFT * eye_array(size)).tocsc()
    symmetric = {"SymmetricMode": True}
    factors = splu(shifted, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options=symmetric)
    inverse = LinearOperator(matrix.shape, matvec=factors.solve, dtype=float)
    return _extreme(matrix, count, "LM", sigma=-SHIFT, OPinv=inverse)


def _spectrum(adjacency: Any) -> dict[str, float]:
    """Of the adjacency matrix: its greatest eigenvalues, and how far they are from a mirror."""
    greatest = sorted(np.abs(_extreme(adjacency, 2, "LM")), reverse=True)
    least = float(_extreme(adjacency, 1, "SA")[0])
    return {
        "spectral norm": float(greatest[0]),
        "spectral separation": float(greatest[0] / greatest[1]),
        "non-bipartivity bA": 1 - abs(least / float(greatest[0])),
    }


def _bipartivity(adjacency: Any) -> dict[str, float]:
    """Of the largest component: algebraic connectivity, and how far it is from two-sided.

    The algebraic connectivity is the second smallest eigenvalue of the Laplacian D - A. Of the
    signless Laplacian D + A the smallest is the algebraic non-bipartivity, and by 8m/n the spectral
    bipartite frustration; of D^-1/2 A D^-1/2 the smallest plus 1 is the normalised non-bipartivity.
    """
    from scipy.sparse import diags_array, eye_array

    degrees = np.asarray(adjacency.sum(axis=1)).ravel()
    diagonal, roots = diags_array(degrees), diags_array(1 / np.sqrt(degrees))
    laplacian, signless = diagonal - adjacency, diagonal + adjacency
    normalised = eye_array(len(degrees)) + roots @ adjacency @ roots
    connectivity = _least(laplacian, 2)[1]
    frustration = _least(signless, 1)[0]
    nodes, edges = len(degrees), degrees.sum() / 2
    return {
        "algebraic connectivity (LCC)": float(connectivity),
        "normalized non-bipartivity bN": float(_least(normalised, 1)[0]),
        "algebraic non-bipartivity": float(frustration),
        "spectral bipartite frustration bK": float(frustration / (8 * edges / nodes)),
    }


def _controllability(adjacency: Any) -> dict[str, float | int]:
    """How many actors must be driven to steer all: those that a maximum matching leaves over.

    Liu, Slotine and Barabási 2011, Nature 473, 167-173, each tie in both directions.
    """
    from scipy.sparse.csgraph import maximum_bipartite_matching

    matched = maximum_bipartite_matching(adjacency.tocsr(), perm_type="column")
    count = max(int((matched < 0).sum()), 1)
    return {"controllability C": count, "relative controllability": count / len(matched)}


@dataclass(frozen=True)
class Compared:
    """A statistic as printed (text) and as it is; reason: why they differ, as far as is known.

    estimate: what KONECT's own way gives here (`konect_estimates`), None where that is not another.
    """

    statistic: str
    printed: str
    exact: float | int | None
    is_equal: bool
    reason: Words
    estimate: float | int | None = None


ESTIMATED = both(
    "KONECT는 노드마다 계수기 64개를 두고 HyperANF(Boldi·Rosa·Vigna 2011)로 거리를 추정합니다. 그 "
    "추정을 되풀이하면 인쇄된 값이 나옵니다. 여기서는 모든 쌍을 세었고, 두 라이브러리의 너비 우선 "
    "탐색이 같은 값을 냅니다.",
    "KONECT estimates distances by HyperANF (Boldi, Rosa and Vigna 2011) with 64 counters a node; "
    "made again, that estimate is the printed value. Here all pairs are counted, and the "
    "breadth-first searches of two libraries agree.",
)
REASONS: dict[str, Words] = {
    "50-percentile effective diameter": ESTIMATED,
    "90-percentile effective diameter": ESTIMATED,
    "median distance": ESTIMATED,
    "mean distance": ESTIMATED,
    "balanced inequality ratio P": both(
        "KONECT는 로렌츠 곡선을 200개 구간으로 솎아 그 점에서 값을 읽습니다. 그렇게 읽으면 인쇄된 "
        "값이 나옵니다. 여기서는 곡선이 반대 대각선과 만나는 점을 선형으로 구했습니다.",
        "KONECT thins the Lorenz curve to 200 pieces and reads the ratio at an end of one; so "
        "read, it is the printed value. Here it is the exact crossing, linear between actors.",
    ),
    "tail power law exponent": both(
        "KONECT는 지수를 0.01 간격으로만 시험하고, 그러면 꼬리가 연결 정도 9에서 시작합니다. "
        "되풀이하면 인쇄된 값이 나옵니다. 지수를 반올림하지 않으면 꼬리는 8에서 시작합니다.",
        "KONECT tries exponents in steps of 0.01 only, with which the tail begins at degree 9; so "
        "tried, it is the printed value. With exponents unrounded the tail begins at 8.",
    ),
    "controllability C": both(
        "KONECT의 매칭은 더 늘릴 수 없을 뿐 최대는 아닙니다. 탐욕법으로 구하며 값은 연결을 "
        "고려하는 순서에 달렸습니다. 인쇄된 값의 순서는 알 수 없습니다. 여기서는 최대 매칭을 "
        "씁니다.",
        "KONECT's matching is a maximal one, found greedily, that need not be a maximum one; its "
        "size depends on the order in which ties are taken, and the order behind the printed value "
        "is not known. Here the matching is a maximum one.",
    ),
}
REASONS["relative controllability"] = REASONS["controllability C"]


def compare(network: nx.Graph, published: Mapping[str, str]) -> list[Compared]:
    """Each published statistic beside the exact one; equal means equal at every printed digit.

    `published` gives the printed text by the names of `statistics`, in whose order the rows come.
    The estimates are KONECT's only where nodes have KONECT's own numbers.
    """
    exact, estimated = statistics(network), estimates(network)
    found = []
    for name, printed in published.items():
        value = exact.get(name)
        is_equal = value is not None and is_printed(value, printed)
        reason = both("", "") if is_equal else REASONS.get(name, both("", ""))
        found.append(Compared(name, printed, value, is_equal, reason, estimated.get(name)))
    return found


def is_printed(value: float, printed: str) -> bool:
    """Whether a value rounds to a printed number at every digit that was printed.

    >>> is_printed(0.386785865, "0.386786"), is_printed(7.34813, "7.65392")
    (True, False)
    """
    decimals = len(printed.partition(".")[2])
    return f"{value:.{decimals}f}" == printed


__all__ = ["Compared", "compare", "is_printed", "statistics"]
