"""Cities that might have been partners of one: fellow members of its networks, compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from citypact.graph.analysis.likeness import RATIOS, SHARES
from citypact.graph.analysis.permutation import Difference, difference, holm
from citypact.graph.analysis.places import Floats, Places
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.report.shared.significance import Verdict, judge, least_p

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study
    from citypact.graph.store.base import Store

COMPARED = ("kilometres", *(name for name in SHARES if name != "same_country"), *RATIOS)
"""The traits by which members abroad are compared."""


@dataclass(frozen=True)
class Fellows:
    """Cities abroad that are members of the same networks as one city, by whether they are tied.

    partners and others: nodes of the network of actors (governments), sorted. networks: nodes of
    the networks whose members they are, sorted. domestic: members in the city's own country, which
    are in neither. unknown: members of which no country is known.
    """

    government: str
    partners: tuple[str, ...]
    others: tuple[str, ...]
    networks: tuple[str, ...]
    domestic: int
    unknown: int


MEMBERSHIP = ("membership", "chair")


def fellows(study: Study, city: str, where: Places) -> Fellows | None:
    """The fellow members of a city; None where it has no government that is a member of anything.

    `where` is `places_of(study, "actors")`. A partner is who has a tie with the city in the network
    of cities.
    """
    governed = governing(study.store)
    actors = study.network("actors")
    own = sorted(actor for actor, place in governed.items() if place == city and actor in actors)
    for government in own:
        networks = [
            body for body in sorted(actors[government]) if _is_member(actors, government, body)
        ]
        members = {
            member
            for body in networks
            for member in actors[body]
            if member not in own and member in governed and _is_member(actors, member, body)
        }
        if members:
            return _parted(study, city, government, sorted(members), networks, where)
    return None


def governing(store: Store) -> dict[str, str]:
    """The city or territory that each government governs."""
    return {
        a: b[0] for a, b in NetworkReader(store, Filter()).pairs("?a citypact:governs ?b").items()
    }


def _is_member(actors: nx.MultiGraph, member: str, body: str) -> bool:
    if actors.nodes[body].get("kind") != "network":
        return False
    return any(tie.get("relation") in MEMBERSHIP for tie in actors[member][body].values())


def _parted(
    study: Study,
    city: str,
    government: str,
    members: list[str],
    networks: list[str],
    where: Places,
) -> Fellows:
    cities = study.network("cities")
    governed = governing(study.store)
    country = dict(zip(where.nodes, where.labels("country"), strict=True))
    abroad = [m for m in members if country[m] and country[m] != country[government]]
    tied = {member for member in abroad if cities.has_edge(city, governed[member])}
    return Fellows(
        government,
        tuple(member for member in abroad if member in tied),
        tuple(member for member in abroad if member not in tied),
        tuple(networks),
        sum(1 for m in members if country[m] and country[m] == country[government]),
        sum(1 for m in members if not country[m]),
    )


@dataclass(frozen=True)
class Beside:
    """One trait of the partners and of the fellow members that are none: values and the test.

    For ratios the test is of their logarithms, and the values told are medians. p is corrected for
    the number of traits tested (`holm`), and verdict is what it tells; None where all values are
    the same, so nothing is tested.
    """

    trait: str
    partners: Floats
    others: Floats
    unknown: int
    test: Difference
    p: float | None = None
    verdict: Verdict | None = None

    def value(self, values: Floats) -> float | None:
        """What is told of a group: a mean or share, the median of ratios, None of no values."""
        if not values.size:
            return None
        return float(np.median(values) if self.trait in RATIOS else values.mean())


def compare(study: Study, group: Fellows, where: Places) -> list[Beside]:
    """The traits of partners and others, beside the city; those of which a group has no value are
    left out.

    `where` is `places_of(study, "actors")`.
    """
    columns = [
        where.compared(where.pairs([(group.government, member) for member in members]))
        for members in (group.partners, group.others)
    ]
    found = []
    for trait in COMPARED:
        known = [each[trait][~np.isnan(each[trait])] for each in columns]
        if known[0].size and known[1].size:
            held = [np.log(each) if trait in RATIOS else each for each in known]
            test = difference(held[0].tolist(), held[1].tolist(), study.draws, study.seed)
            unknown = sum(each[trait].size for each in columns) - known[0].size - known[1].size
            found.append(Beside(trait, known[0], known[1], unknown, test))
    varying = [each for each in found if np.ptp(np.concatenate([each.partners, each.others])) > 0]
    tested = judge(
        [each.test.p or 1.0 for each in varying],
        # A difference either way counts at once, so that p has both sides as it is.
        [least_p(each.test.draws, sides=1) for each in varying],
        holm,
    )
    judged = dict(zip((each.trait for each in varying), tested, strict=True))
    return [
        replace(each, p=judged[each.trait].p, verdict=judged[each.trait].verdict)
        if each.trait in judged
        else each
        for each in found
    ]


__all__ = ["COMPARED", "Beside", "Fellows", "compare", "fellows", "governing"]
