"""The chapter on geography: are partners near or far, similar or different?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from citypact.graph.analysis.geography import distances, measured, mixing
from citypact.graph.analysis.null_models import is_rewirable
from citypact.graph.analysis.places import places
from citypact.graph.report.geography import one_city, whole_network
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.places import country_codes, places_of
from citypact.graph.report.shared.prose import Prose

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

NEAR = 1000
"""Kilometres within which a headline counts ties."""


def geography(study: Study) -> Finding:
    """How far partners lie, on which continents, and what they have in common.

    Asked of the network of cities, whatever network is under study. Where its ties can be rewired
    they are compared with a null model and explained by regressions; where all, or more than half,
    are of one city, its partners are compared with other members of its networks.

    Raises CitypactError where statsmodels is missing and a regression is due.
    """
    network, where = study.simple("cities"), places_of(study, "cities")
    if not network.number_of_edges():
        return Prose(study, "geography", None, scope="none").finding({})
    codes = country_codes(study.store, network)
    parameters: dict[str, str | int | float] = {"seed": study.seed, "draws": study.draws}
    if _is_of_one(network) or not is_rewirable(measured(network, where)):
        around = one_city.one_city(study, network, where)
        prose = Prose(study, "geography", around, scope="one city")
        tables, figures = one_city.tables(prose, around), one_city.figures(prose, around)
        parameters = parameters if around.traits else {}
    else:
        found = whole_network.whole_network(study, network, where)
        prose = Prose(study, "geography", found, scope="network")
        tables = whole_network.tables(study, found, codes)
        figures = whole_network.figures(prose, found)
        parameters["pairs-per-tie"] = whole_network.PER_TIE
    return prose.finding(
        parameters,
        [
            prose.headline(
                "median-distance",
                "cities",
                partial(median_distance, codes=codes),
                unit="kilometres",
            ),
            prose.headline("near", "cities", partial(share_near, codes=codes)),
            prose.headline("continent", "cities", partial(share_in_continent, codes=codes)),
        ],
        tables,
        figures,
        {iri for documents in study.documents("cities").values() for iri in documents},
    )


def _is_of_one(network: nx.Graph) -> bool:
    """Whether more than half of the ties are of one city: a null model would say little else."""
    most = max(degree for _, degree in network.degree())
    return bool(2 * most > network.number_of_edges())


def median_distance(network: nx.Graph, codes: Mapping[str, str]) -> float | None:
    """The median length of the ties in km."""
    return distances(network, places(network, codes)).median


def share_near(network: nx.Graph, codes: Mapping[str, str]) -> float | None:
    """The share of the measured ties of at most `NEAR` km."""
    return distances(network, places(network, codes), (NEAR,)).within[NEAR]


def share_in_continent(network: nx.Graph, codes: Mapping[str, str]) -> float | None:
    """The share of ties inside a continent, among those with both continents known."""
    return mixing(network, places(network, codes)).within


__all__ = ["geography"]
