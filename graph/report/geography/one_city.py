"""Geography of the partners of one city, where most ties in the sources are its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from citypact.graph.analysis import geography
from citypact.graph.analysis.countries import continent_name
from citypact.graph.analysis.draws import until_decided
from citypact.graph.analysis.likeness import (
    GroupDifference,
    are_differences_decided,
    evaluate_differences,
    group_differences,
)
from citypact.graph.analysis.places import Places
from citypact.graph.analysis.significance import Verdict, draws_needed
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.charts.palette import BLUE, GOLD, GREEN, GREY, ORANGE, PURPLE, SLATE
from citypact.graph.networks.comparison_group import comparison_group, governing
from citypact.graph.networks.node_names import cells
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

Rows = Sequence[Mapping[str, Any]]

NEAR = 1000
"""Kilometres within which the answer counts partners."""
COLOURS = dict(
    zip(
        (continent_name(code)["en"] for code in ("AF", "AN", "AS", "EU", "NA", "OC", "SA", "")),
        (GOLD, GREY, BLUE, GREEN, ORANGE, PURPLE, SLATE, GREY),
        strict=True,
    )
)
"""The colours of continents, by their names in English."""


@dataclass(frozen=True)
class OneCityFindings:
    """What the chapter says of one city.

    ties: between any cities; own_ties: of the city; undated: of these, the ones without a year.
    members: foreign members of its networks that are partners, that are not, and domestic ones;
    None where there are no foreign ones. differences: between the first two. The others are rows
    of tables, traits with their verdicts. inconclusive: samples, tests and samples needed, where
    there are too few samples for some trait.
    """

    city: str
    ties: int
    own_ties: int
    undated: int
    has_populations: bool
    distances: geography.Distances
    continents: Rows
    decades: Rows
    partners: Rows
    members: tuple[int, int, int] | None
    differences: Sequence[GroupDifference]
    traits: Rows
    inconclusive: tuple[int, int, int] | None

    @property
    def nearness(self) -> Mapping[str, Any] | None:
        """The comparison of distances."""
        return next((row for row in self.traits if row["trait"] == "kilometres"), None)


def one_city(study: Study, network: nx.Graph, where: Places) -> OneCityFindings:
    """The findings on the city with the most ties."""
    city = min(network, key=lambda node: (-network.degree(node), node))
    own, actors = nx.Graph(sorted(network.edges(city))), study.places("actors")
    ties, continent = study.network("cities")[city], where.by_node("continent")
    partners: list[str] = []
    others: list[str] = []
    members, differences = None, []
    if group := comparison_group(study.store, study.network("actors"), city):
        governed = governing(study.store)
        for member in group.members:
            (partners if governed.get(member) in ties else others).append(member)
        members = (len(partners), len(others), group.domestic)
        compare = partial(group_differences, actors, group.government, partners, others)
        differences = until_decided(
            study.draws,
            study.most_draws,
            lambda draws: compare(draws, study.seed),
            are_differences_decided,
        )
    traits = _traits(differences)
    verdicts = [row["verdict"] for row in traits if row["verdict"]]
    of_actors = actors.by_node("continent")
    counts = [Counter(continent[partner] for partner in own[city])]
    counts += [Counter(of_actors[member] for member in side) for side in (partners, others)]
    dated = [(continent[to], tie["year"]) for to, tie in ties.items() if "year" in tie]
    decades = Counter((int(year) // 10 * 10, code) for code, year in dated)
    return OneCityFindings(
        city,
        network.number_of_edges(),
        len(ties),
        len(ties) - len(dated),
        bool((~np.isnan(where.population)).any()),
        geography.distances(own, where),
        [
            {
                **_named(code),
                "partners": counts[0][code],
                "share": counts[0][code] / len(own[city]),
                "partners_in_networks": counts[1][code] if members else None,
                "others": counts[2][code] if members else None,
            }
            for code in sorted({code for count in counts for code in count})
        ],
        [
            {"decade": at, **_named(code), "partners": decades[at, code]}
            for at, code in sorted(decades)
        ],
        _partners(study, city, where),
        members,
        differences,
        traits,
        (differences[0].test.draws, len(verdicts), draws_needed(len(verdicts), sides=1))
        if Verdict.INCONCLUSIVE.value in verdicts
        else None,
    )


def _named(code: str) -> dict[str, Any]:
    return {"continent_id": code or "unknown", "continent": continent_name(code)}


def _traits(differences: Sequence[GroupDifference]) -> Rows:
    """The comparisons with their results; without p and result what does not vary."""
    results = evaluate_differences(differences)
    return [
        {
            "trait": each.trait,
            "partners": each.summaries[0],
            "others": each.summaries[1],
            "p": each.test.p if result else None,
            "adjusted": result.p if result else None,
            "error": result.error if result else None,
            "verdict": result.verdict.value if result else None,
            "test": result,
            "known_partners": each.first.size,
            "known_others": each.second.size,
            "unknown": each.unknown,
        }
        for each in differences
        for result in [results.get(each.trait)]
    ]


def _partners(study: Study, city: str, where: Places) -> Rows:
    """Every partner with its distance, the nearest first; those without a place come last."""
    network, continent = study.network("cities"), where.by_node("continent")
    partners = sorted(set(network[city]) - {city})
    pairs = where.pairs((city, partner) for partner in partners)
    rows = [
        {
            **cells(network, partner),
            **_named(continent[partner]),
            "kilometres": None if np.isnan(far) else far,
            "year": network.edges[city, partner].get("year"),
        }
        for partner, far in zip(partners, where.compared(pairs)["kilometres"].tolist(), strict=True)
    ]
    return sorted(rows, key=lambda row: (row["kilometres"] is None, row["kilometres"], row["id"]))


def tables(prose: Prose, found: OneCityFindings) -> list[DataTable]:
    """The tables, those without rows among them."""
    others = next((each.second for each in found.differences if each.trait == "kilometres"), ())
    distances = [
        {
            "kilometres": limit,
            "ties": None if share is None else round(share * len(found.distances.kilometres)),
            "share": share,
            "share_of_others": geography.share_within(others, limit),
        }
        for limit, share in found.distances.within.items()
    ]
    return [
        prose.table("distances", distances),
        prose.table("continents", found.continents),
        prose.table("traits", found.traits),
        prose.table("decades", found.decades),
        prose.table("partners", found.partners),
        _counts(prose, found),
    ]


def _counts(prose: Prose, found: OneCityFindings) -> DataTable:
    """Numbers of the chapter that are in no other table."""
    kilometres = found.distances.kilometres
    members = dict(zip(("partners", "others", "domestic"), found.members or (), strict=False))
    near = sum(1 for each in kilometres if each <= NEAR)
    return prose.counts(
        {
            "median": found.distances.median,
            "known": len(kilometres),
            "near": near,
            "near-share": near / len(kilometres) if kilometres else None,
            **members,
            "own-ties": found.own_ties,
            "ties": found.ties,
            "no-distance": found.distances.unplaced,
            "undated": found.undated,
        }
    )


def figures(prose: Prose, found: OneCityFindings) -> list[Figure]:
    """Distances of partners and other members, and partners by decade."""
    drawn = []
    if found.distances.kilometres:
        drawn.append(prose.figure("distances", _cumulative(prose, found)))
    if found.decades:
        rows = [{**row, "decade": prose.words("decade", row["decade"])} for row in found.decades]
        fields = ("decade=decade_decade", "partners=partner_cities")
        bars = charts.bars(rows, *fields, colour="continent", colours=COLOURS)
        drawn.append(prose.figure("decades", bars))
    return drawn


def _cumulative(prose: Prose, found: OneCityFindings) -> charts.Draw:
    """The share of the cities of each group within a distance, by distance."""
    groups: dict[str, Sequence[float]] = {"all": found.distances.kilometres}
    for each in found.differences:
        if each.trait == "kilometres":
            groups |= {"partners": sorted(each.first), "others": sorted(each.second)}
    names = {group: prose.words("group", group) for group in groups}
    rows = [
        {"km": float(far), "share": number / len(kilometres), "group": names[group]}
        for group, kilometres in groups.items()
        for number, far in enumerate((0.0, *kilometres))
    ]
    return charts.lines(
        rows,
        "km=distance_km:,.0f",
        "share=share_within_distance:.0%",
        colour="group",
        is_step=True,
        is_dashed=True,
        domain=(0, 20000),
    )


__all__ = ["figures", "one_city", "tables"]
