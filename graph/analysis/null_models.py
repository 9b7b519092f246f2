"""What the degrees of a network alone would give: networks drawn by chance, and comparisons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.bipartite import bicm, sampled_edges
from citypact.graph.analysis.draws import draw, until_decided
from citypact.graph.analysis.rewiring import (
    configuration,
    configured_edges,
    is_rewirable,
    possible_swaps,
    rewired,
    rewired_edges,
)
from citypact.graph.analysis.shared_results import shared_results
from citypact.graph.analysis.wiring import Wiring, takes_wirings
from citypact.ontology.errors import CitypactError

Statistic = Callable[[nx.Graph], dict[str, float]]

SAME = 1e-9
"""Values that differ by less, relative to their size, are the same: sums differ by their order."""


MODELS: Mapping[str, Callable[[Any, int], Wiring]] = {
    "rewired": rewired_edges,
    "rewired-by-kind": partial(rewired_edges, within="kind"),
    "rewired-by-side": partial(rewired_edges, within="side"),
    "rewired-by-list": partial(rewired_edges, within="collected"),
    "configuration": configured_edges,
    "rewired-two-mode": partial(rewired_edges, within="bipartite"),
    "bicm": sampled_edges,
}
"""The models by their names, each giving a draw as arrays.

`rewired-by-kind` keeps for each node how many neighbours of each kind it has: what degrees and the
kinds of actors give together; `rewired-by-side` does the same for places with and without a list of
partners (`graph.relations.partner_lists`), `rewired-by-list` for what `collected` says of how the
ties of a node became known: two without a list are hardly ever tied on record. The last two are of
networks of two modes: the one keeps degrees exactly, the other in the mean.
"""


@dataclass(frozen=True)
class Comparison:
    """A value of a network beside those of networks by chance.

    mean, deviation: of the draws, the deviation with n − 1. z: (observed − mean) / deviation; None
    where all draws are the same. p_above: how likely chance gives as much as observed or more,
    (1 + draws that do) / (1 + draws), so never 0 (Davison & Hinkley 1997, Bootstrap Methods,
    section 4.2.1; North, Curtis & Sham 2002, American Journal of Human Genetics 71, 439–441);
    p_below: as much or less. Both are of one side; `p` is of both. draws: those in which the value
    exists.
    """

    observed: float
    mean: float
    deviation: float
    z: float | None
    p_above: float
    p_below: float
    draws: int
    seed: int

    @property
    def p(self) -> float:
        """How likely chance is as far off on either side: twice the smaller, at most 1."""
        return min(1.0, 2 * min(self.p_above, self.p_below))


def compare(
    network: nx.Graph,
    statistic: Statistic,
    model: str = "rewired",
    draws: int = 1000,
    seed: int = 1,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
    most: int = 0,
    is_enough: Callable[[dict[str, Comparison]], bool] = lambda found: True,
) -> dict[str, Comparison]:
    """The statistics of a network beside those of networks drawn by a model, by their names.

    statistic: takes a network, gives numbers by name; what is undefined it leaves out. A function
    of a module, such as `graph.analysis.features.standard`, or a functools.partial of one.
    model: a name of `MODELS`. draws: 1 or more. cluster and progress: see
    `graph.analysis.draws.draw`. The same seed gives the same answers. While `is_enough` does not
    hold of the comparisons, the number of draws is doubled, up to `most` (see
    `graph.analysis.draws.until_decided`). Where the network cannot be
    rewired, all draws are equal and z is None.

    Raises CitypactError for an unknown model, for no draws, and what `draw` and models raise.

    >>> from citypact.graph.analysis.features import standard
    >>> ring = nx.circulant_graph(20, [1, 2])
    >>> found = compare(ring, standard, draws=50)["transitivity"]
    >>> found.observed, found.p_above < 0.05
    (0.5, True)
    """
    if model not in MODELS:
        raise CitypactError(
            "there is no null model called {model}\n    -> use {models}",
            model=model,
            models=", ".join(MODELS),
        )
    given = bicm(network) if model == "bicm" else network
    measure, observed = partial(_measured, statistic, model), statistic(network)
    values: list[dict[str, float]] = []

    def sample(draws: int) -> dict[str, Comparison]:
        values.extend(draw(measure, given, draws, seed, cluster, progress, len(values)))
        return compared(observed, values, seed)

    return until_decided(draws, most, sample, is_enough)


def _measured(statistic: Statistic, model: str, given: Any, seed: int) -> dict[str, float]:
    drawn = MODELS[model](given, seed)
    if takes_wirings(statistic):
        return statistic(drawn)
    with shared_results():
        return statistic(drawn.network)


def compared(
    observed: Mapping[str, float], drawn: Sequence[Mapping[str, float]], seed: int
) -> dict[str, Comparison]:
    """Observed values beside those of draws with this seed, by name.

    A value that no draw has is left out. Raises CitypactError where there are no draws.

    >>> compared({"a": 2.0}, [{"a": 0.0}, {"a": 1.0}, {"a": 2.0}], seed=1)["a"].p_above
    0.5
    """
    if not drawn:
        raise CitypactError("a comparison with chance needs draws\n    -> give 1 or more")
    found = {}
    for name, value in observed.items():
        values = np.array([each[name] for each in drawn if name in each], dtype=np.float64)
        if len(values):
            found[name] = _comparison(float(value), values, seed)
    return found


def _comparison(
    value: float, values: np.ndarray[Any, np.dtype[np.float64]], seed: int
) -> Comparison:
    near = SAME * max(abs(value), float(np.abs(values).max()))
    mean = float(values.mean())
    deviation = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    if deviation <= near:
        deviation = 0.0
    return Comparison(
        observed=value,
        mean=mean,
        deviation=deviation,
        z=(value - mean) / deviation if deviation else None,
        p_above=(1 + int((values >= value - near).sum())) / (1 + len(values)),
        p_below=(1 + int((values <= value + near).sum())) / (1 + len(values)),
        draws=len(values),
        seed=seed,
    )


__all__ = [
    "MODELS",
    "Comparison",
    "Statistic",
    "compare",
    "compared",
    "configuration",
    "is_rewirable",
    "possible_swaps",
    "rewired",
]
