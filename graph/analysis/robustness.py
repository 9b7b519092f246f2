"""How far a figure rests on single sources: one left out at a time, and halves drawn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.draws import draw
from citypact.graph.analysis.shared_results import shared_results
from citypact.ontology.errors import CitypactError

Edge = tuple[Any, ...]
Sources = Mapping[Edge, frozenset[str]]
"""The documents (IRIs) behind each edge, as `graph.networks.documents` gives them."""
Measure = Callable[[nx.Graph], float | None]
"""A figure of a network; None where it is not defined."""

CERTAIN = 0.95
"""The share of random samples within the range that is given."""
SHIFT = 0.25
"""Samples lie to one side of a value if their mean is farther from it than so many standard
deviations; a smaller bias can be ignored (Efron and Tibshirani 1993, p. 128)."""
DEFINED = 0.9
"""The share of samples in which a figure must be defined for its range to mean something."""


@dataclass(frozen=True)
class Range:
    """A figure, and how it changes with the sources.

    value: of the whole network; None where it is not defined.
    sources: documents behind the edges; sole: those on which some edge rests alone; tried: how many
    of these were left out, the ones with most such edges (all, unless fewer were asked for).
    least, greatest: when any one source is left out, with least_without and greatest_without, the
    IRIs of those that do it ('' where none moves it that way). source: the one that moves it most
    ('' where none does), without: the value without it. undefined_without: sources without which it
    is not defined. jackknife: the standard error that leaving one out gives.
    low, high: between them lie 95 % of random halves of the sources (see `redraw`); mean,
    deviation: of these samples. kept: mean share of the edges that a sample keeps. defined: samples
    in which the figure is defined, of `draws` with `seed`. is_shifted: whether samples lie to one
    side of the value, as they must for what counts ties. low and high show what any half of the
    sources still shows; they are not a confidence interval of the value. of: what samples were
    drawn from, `halves` of the sources or `vertices`, where almost all rests on one source.
    """

    value: float | None
    sources: int
    sole: int
    tried: int
    least: float | None
    least_without: str
    greatest: float | None
    greatest_without: str
    source: str
    without: float | None
    undefined_without: tuple[str, ...]
    jackknife: float | None
    low: float | None
    high: float | None
    mean: float | None
    deviation: float | None
    kept: float | None
    defined: int
    draws: int
    seed: int
    is_shifted: bool
    of: str

    @property
    def has_range(self) -> bool:
        """Whether the figure is defined in enough samples for low and high to mean something."""
        return self.defined > 0 and self.defined >= DEFINED * self.draws

    @property
    def greatest_change(self) -> float:
        """By which share of its value the figure changes at most without one source."""
        if not self.value or self.without is None:
            return 0.0
        return abs(self.without - self.value) / abs(self.value)

    def relative(self) -> dict[str, float] | None:
        """Least, greatest, low and high divided by the value.

        None where there is no range, one of these is unknown, or the value is 0.
        """
        if not self.has_range or not self.value:
            return None
        bounds = {
            "least": self.least,
            "greatest": self.greatest,
            "low": self.low,
            "high": self.high,
        }
        known = {name: at / self.value for name, at in bounds.items() if at is not None}
        return known if len(known) == len(bounds) else None


@dataclass(frozen=True)
class Support:
    """How the edges of a network are documented.

    by_number: how many edges have so many documents. alone: by document (IRI) how many edges rest
    on it alone; all: how many it supports, alone or with others.
    """

    edges: int
    by_number: dict[int, int]
    alone: dict[str, int]
    all: dict[str, int]

    @property
    def ranked(self) -> list[str]:
        """Documents on which some edge rests alone, those with most such edges first."""
        return sorted(self.alone, key=lambda iri: (-self.alone[iri], iri))


@dataclass(frozen=True)
class LeftOut:
    """The figures of a network without each source on which some edge rests alone.

    values: of the whole network, by name of the measure. without: by source, sorted; a source that
    is missing here changes nothing, since each of its edges has another, unless only some were
    asked for. sources: how many there are in all; sole: on how many some edge rests alone.
    """

    values: dict[str, float | None]
    without: dict[str, dict[str, float | None]]
    sources: int
    sole: int


@dataclass(frozen=True)
class Redrawn:
    """The figures of a network in each draw of its sources, and the share of edges kept in each."""

    values: list[dict[str, float | None]]
    kept: list[float]


def without(network: nx.Graph, sources: Sources, removed: Iterable[str]) -> nx.Graph:
    """What is left of a network when documents (IRIs) are missing.

    Edges go of which no source is left; edges that never had one stay, and so do all nodes. What
    an edge carries stays as it is, although other sources may have said part of it.

    >>> import networkx as nx
    >>> pair = nx.Graph([("seoul", "hanoi")])
    >>> without(pair, {("seoul", "hanoi"): frozenset({"daily"})}, ["daily"]).number_of_edges()
    0
    """
    gone = frozenset(removed)
    found = network.copy()
    found.remove_edges_from(
        [edge for edge in _edges(network) if (known := _documents(sources, edge)) and known <= gone]
    )
    return found


def sole_sources(network: nx.Graph, sources: Sources) -> dict[str, list[Edge]]:
    """The edges that rest on one document alone, by its IRI, sorted."""
    found: dict[str, list[Edge]] = {}
    for edge in _edges(network):
        known = _documents(sources, edge)
        if len(known) == 1:
            found.setdefault(min(known), []).append(edge)
    return dict(sorted(found.items()))


def support(network: nx.Graph, sources: Sources) -> Support:
    """Counts the documents behind edges, and the edges behind documents.

    >>> import networkx as nx
    >>> found = support(nx.Graph([("seoul", "hanoi")]), {("seoul", "hanoi"): frozenset({"daily"})})
    >>> found.by_number, found.alone
    ({1: 1}, {'daily': 1})
    """
    numbers = Counter(map(len, sources.values()))
    every = Counter(iri for known in sources.values() for iri in known)
    alone = {iri: len(edges) for iri, edges in sole_sources(network, sources).items()}
    return Support(len(sources), dict(sorted(numbers.items())), alone, dict(sorted(every.items())))


def leave_one_out(
    network: nx.Graph, sources: Sources, measures: Mapping[str, Measure], most: int = 0
) -> LeftOut:
    """Measures a network as it is, and without each of its sources.

    Only a source on which some edge rests alone can change anything: the others are skipped. most:
    only so many sources, those on which most edges rest alone; 0 for all. Costs one measurement a
    source.
    """
    alone = sole_sources(network, sources)
    tried = sorted(alone, key=lambda source: (-len(alone[source]), source))[: most or None]
    found = {
        source: measured(measures, without(network, sources, [source])) for source in sorted(tried)
    }
    number = len(_all(network, sources))
    return LeftOut(measured(measures, network), found, number, len(alone))


def redraw(
    network: nx.Graph,
    sources: Sources,
    measures: Mapping[str, Measure],
    draws: int = 1000,
    seed: int = 1,
    replacement: bool = False,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
) -> Redrawn:
    """Bootstrap over documents: draws some of them, and measures what their edges make.

    It is documents that are drawn, since ties of one document are not independent of each other, as
    Snijders and Borgatti (1999, Connections 22(2), 161-170) draw actors, not ties. An edge stays if
    one of its documents was drawn. By default a draw takes any half of the documents (McCarthy
    1969, Rev. Int. Stat. Inst. 37(3), 239-264); with `replacement` it takes n of the n documents,
    each time any (Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch. 6 and 13).

    Halves, because an edge is there or not, however often its documents are drawn. A document
    counts twice or not at all; such weights have the variance 1 that the ordinary bootstrap's have,
    and its percentiles in the limit (Præstgaard and Wellner 1993, Ann. Probab. 21(4), 2053-2086).
    Drawn with replacement, 63 % of the documents are there and 37 % are not, whatever the repeats:
    then a mean over ties of one document each varies too little, by √(0.37/0.63) = 0.76.

    That equality is of what is linear in the documents. Ties are not: one stays if any of its
    documents does. What counts ties, partners or topics is smaller in nearly every draw, and shares
    too can lie to one side. So the percentiles are no interval of confidence: they say what half of
    the sources would still show. What no source tells, no draw can show.

    measures must be picklable where a `cluster` is given (see `graph.analysis.draws.draw`).
    """
    documents = sorted(_all(network, sources))
    places = {iri: i for i, iri in enumerate(documents)}
    support = [
        (edge, tuple(sorted(places[iri] for iri in _documents(sources, edge))))
        for edge in _edges(network)
    ]
    whole = measured(measures, network)
    argument = (network, support, len(documents), replacement, dict(measures), whole)
    drawn = draw(_redrawn, argument, draws, seed, cluster, progress)
    return Redrawn([values for values, _ in drawn], [kept for _, kept in drawn])


def _redrawn(argument: Any, seed: int) -> tuple[dict[str, float | None], float]:
    """The figures of one draw, and the share of edges that it keeps."""
    network, support, number, replacement, measures, whole = argument
    size = number if replacement else (number + 1) // 2
    chance = np.random.default_rng(seed)
    drawn = {int(i) for i in chance.choice(number, size, replace=replacement)} if number else set()
    gone = [edge for edge, known in support if known and drawn.isdisjoint(known)]
    if not gone:
        return whole, 1.0
    left = network.copy()
    left.remove_edges_from(gone)
    return measured(measures, left), 1 - len(gone) / len(support)


def ranges(
    network: nx.Graph,
    sources: Sources,
    measures: Mapping[str, Measure],
    draws: int = 1000,
    seed: int = 1,
    most: int = 0,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
    redrawn: Redrawn | None = None,
) -> dict[str, Range]:
    """The ranges of several figures of one network, by their names: one source left out at a time
    (`leave_one_out`, with `most`), and halves of the sources drawn (`redraw`), or other samples
    that were `redrawn` with the seed, as those of `vertex_bootstrap`.

    >>> import networkx as nx
    >>> pair = nx.Graph([("seoul", "hanoi")])
    >>> behind = {("seoul", "hanoi"): frozenset({"daily"})}
    >>> found = ranges(pair, behind, {"ties": nx.Graph.number_of_edges}, draws=10)["ties"]
    >>> found.value, found.least, found.source
    (1.0, 0.0, 'daily')
    """
    left_out = leave_one_out(network, sources, measures, most)
    samples = redrawn or redraw(network, sources, measures, draws, seed, False, cluster, progress)
    of = "halves" if redrawn is None else "vertices"
    return {name: _range(name, left_out, samples, seed, of) for name in measures}


def _range(name: str, left_out: LeftOut, redrawn: Redrawn, seed: int, of: str) -> Range:
    value = left_out.values[name]
    values = {source: found[name] for source, found in left_out.without.items()}
    known = {source: found for source, found in values.items() if found is not None}
    defined = [found for each in redrawn.values if (found := each[name]) is not None]
    tail = 100 * (1 - CERTAIN) / 2
    low, high = np.percentile(defined, [tail, 100 - tail]) if defined else (None, None)
    middle = _plain(np.mean(defined)) if defined else None
    deviation = _plain(np.std(defined, ddof=1)) if len(defined) > 1 else None
    least, least_without = _farthest(value, known, -1)
    greatest, greatest_without = _farthest(value, known, 1)
    source = _mover(value, known)
    return Range(
        value=value,
        sources=left_out.sources,
        sole=left_out.sole,
        tried=len(values),
        least=least,
        least_without=least_without,
        greatest=greatest,
        greatest_without=greatest_without,
        source=source,
        without=known.get(source),
        undefined_without=(
            tuple(sorted(values.keys() - known.keys())) if value is not None else ()
        ),
        jackknife=_jackknife(value, values, left_out),
        low=_plain(low),
        high=_plain(high),
        mean=middle,
        deviation=deviation,
        kept=_plain(np.mean(redrawn.kept)) if redrawn.kept else None,
        defined=len(defined),
        draws=len(redrawn.values),
        seed=seed,
        is_shifted=_is_shifted(value, middle, deviation),
        of=of,
    )


def _is_shifted(value: float | None, mean: float | None, deviation: float | None) -> bool:
    if value is None or mean is None or deviation is None:
        return False
    shift = abs(mean - value)
    return shift > SHIFT * deviation and shift > 1e-12 * max(1.0, abs(value))


def _farthest(
    value: float | None, known: Mapping[str, float], sign: int
) -> tuple[float | None, str]:
    """The value farthest below (-1) or above (1) the whole one, and the source that makes it so."""
    if value is None:
        return None, ""
    far = max(known, key=lambda source: (sign * known[source], _last(source)), default="")
    return (known[far], far) if far and sign * (known[far] - value) > 0 else (value, "")


def _mover(value: float | None, known: Mapping[str, float]) -> str:
    """The source that moves a value most, among equals the first by its IRI; '' if none does."""
    if value is None:
        return ""
    far = max(known, key=lambda source: (abs(known[source] - value), _last(source)), default="")
    return far if far and known[far] != value else ""


def _last(text: str) -> tuple[int, ...]:
    """Sorts backwards: the greatest is the first text by the alphabet."""
    return (*(-ord(letter) for letter in text), 1)


def _jackknife(
    value: float | None, values: Mapping[str, float | None], left_out: LeftOut
) -> float | None:
    """The jackknife's standard error (Efron and Tibshirani 1993, ch. 11).

    √((n - 1)/n · Σ (θᵢ - θ̄)²) over all n sources, of which those that are skipped give the value.
    None where not every sole source was tried, or the figure is not defined without one.
    """
    known = [found for found in values.values() if found is not None]
    number = left_out.sources
    if value is None or number < 2 or len(known) < left_out.sole:
        return None
    every = np.array([*known, *[value] * (number - len(known))])
    return float(math.sqrt((number - 1) * float(np.var(every))))


def measured(measures: Mapping[str, Measure], network: nx.Graph) -> dict[str, float | None]:
    """Several figures of a network, None where one is not defined or not a finite number."""
    with shared_results():
        return {name: _measured(measure, network) for name, measure in measures.items()}


def _measured(measure: Measure, network: nx.Graph) -> float | None:
    try:
        value = measure(network)
    except (CitypactError, nx.NetworkXException, ZeroDivisionError):
        return None  # a network with too few edges for it
    return _plain(value)


def _plain(value: Any) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return float(value)


def _edges(network: nx.Graph) -> Sequence[Edge]:
    return list(network.edges(keys=True) if network.is_multigraph() else network.edges())


def _documents(sources: Sources, edge: Edge) -> frozenset[str]:
    """The documents of an edge, whichever end its network names first."""
    known = sources.get(edge)
    return sources.get((edge[1], edge[0], *edge[2:]), frozenset()) if known is None else known


def _all(network: nx.Graph, sources: Sources) -> frozenset[str]:
    return frozenset().union(*(_documents(sources, edge) for edge in _edges(network)))


__all__ = [
    "LeftOut",
    "Measure",
    "Range",
    "Redrawn",
    "Sources",
    "Support",
    "leave_one_out",
    "measured",
    "ranges",
    "redraw",
    "sole_sources",
    "support",
    "without",
]
