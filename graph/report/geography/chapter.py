"""The chapter on geography: are partners far or near, like or unlike?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from citypact.graph.analysis.geography import distances, measured, mixing
from citypact.graph.analysis.null_models import is_rewirable
from citypact.graph.analysis.places import places
from citypact.graph.report.geography import words as say
from citypact.graph.report.geography.one_city import around
from citypact.graph.report.geography.whole_network import whole
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.places import country_codes, places_of
from citypact.graph.text.bilingual import both

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

NEAR = 1000
"""Kilometres within which a headline counts ties."""


def geography(study: Study) -> Finding:
    """How far partners lie, on which continents, and what they have in common.

    Asked of the network of cities, whatever network is under study. Where ties can be exchanged
    among its cities they are held against chance and explained by regressions; where all, or more
    than half, are of one city, its partners are held against fellow members of its networks.

    Raises CitypactError where statsmodels is missing and a regression is due.
    """
    network = study.simple("cities")
    where = places_of(study, "cities")
    if not network.number_of_edges():
        return Finding(
            "geography",
            say.TITLE,
            say.QUESTION,
            [both("도시 사이의 연결이 하나도 없습니다.", "There are no ties between cities.")],
            [say.DISTANCE],
            {},
        )
    codes = country_codes(study.store, network)
    headlines = (
        Headline(
            "median distance",
            both("협력 도시까지 거리의 중앙값", "Median distance of partners"),
            "cities",
            partial(median_distance, codes=codes),
            say.KILOMETRES,
        ),
        Headline(
            "near",
            both(f"{NEAR:,} km 이내 연결의 비율", f"Share of ties within {NEAR:,} km"),
            "cities",
            partial(share_near, codes=codes),
        ),
        Headline(
            "continent",
            both("같은 대륙 안 연결의 비율", "Share of ties within a continent"),
            "cities",
            partial(share_in_continent, codes=codes),
        ),
    )
    if _is_of_one(network) or not is_rewirable(measured(network, where)):
        return around(study, network, where, headlines)
    return whole(study, network, where, codes, headlines)


def _is_of_one(network: nx.Graph) -> bool:
    """Whether more than half of the ties are of one city: chance would tell of little else."""
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
