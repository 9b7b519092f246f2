"""Who stands between others in a network, and whether across continents more than by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.brokerage import ROLES, Broker, brokerage, brokerage_by_chance
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.permutation import holm
from citypact.graph.analysis.places import places
from citypact.graph.analysis.simple import simple
from citypact.graph.charts.figure import Figure
from citypact.graph.report.brokerage import words as say
from citypact.graph.report.shared.significance import Verdict, judge, least_p
from citypact.graph.tables.table import ID, Column, Table, in_both, texts
from citypact.graph.text.bilingual import Words, both

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

TESTED = 8
"""So many of the actors that stand between most pairs are held against chance."""
LEAST = 20
"""Those that stand between fewer pairs (each counted twice) are not."""
MOST = 1000
BLUE, ORANGE, INK, GREY = "#0072b2", "#c75300", "#2f3a46", "#999999"


@dataclass(frozen=True)
class Tested:
    """A broker held against chance: how many of its pairs are of different continents."""

    broker: Broker
    by_chance: Comparison
    p: float
    """Two-sided, corrected for the number of brokers tested."""
    verdict: Verdict


@dataclass(frozen=True)
class Roles:
    """The brokers of a network, those held against chance, and the open triples of unknown
    groups."""

    brokers: tuple[Broker, ...]
    tested: tuple[Tested, ...]
    unknown: int
    labels: Mapping[str, Words]


def roles(study: Study, network: nx.Graph, codes: Mapping[str, str]) -> Roles:
    """The roles of the actors of a simple network between continents."""
    groups = continents(network, codes)
    found = brokerage(network, groups)
    watched = [each for each in found.brokers if each.total >= LEAST][:TESTED]
    compared: dict[Any, dict[str, Comparison]] = {}
    if watched and study.draws:
        compared = brokerage_by_chance(
            network,
            groups,
            [each.node for each in watched],
            [node for node, group in groups.items() if group == "network"],
            study.draws,
            study.seed,
            study.cluster,
            study.progress,
        )
    # What chance cannot change, such as with one continent alone, is not tested.
    between = [(each, compared[each.node]["between"]) for each in watched if compared]
    between = [(each, by_chance) for each, by_chance in between if by_chance.z is not None]
    judged = judge([c.p for _, c in between], [least_p(c.draws) for _, c in between], holm)
    return Roles(
        found.brokers,
        tuple(
            Tested(*each, test.p, test.verdict) for each, test in zip(between, judged, strict=True)
        ),
        found.unknown,
        {
            each.node: both(
                *(
                    network.nodes[each.node].get(f"label_{lang}") or each.node
                    for lang in ("ko", "en")
                )
            )
            for each in found.brokers
        },
    )


def continents(network: nx.Graph, codes: Mapping[str, str]) -> dict[str, str]:
    """The continent of each node; `network` for a network of cities, '' where unknown."""
    where = places(network, codes)
    return {
        node: "network" if network.nodes[node].get("kind") == "network" else continent
        for node, continent in zip(where.nodes, where.labels("continent"), strict=True)
    }


def share_between(network: nx.Graph, node: str, codes: Mapping[str, str]) -> float | None:
    """The share of pairs of different continents among those that a node stands between.

    Measured from a network of actors or cities alone; None where it stands between none.
    """
    if node not in network:
        return None
    # Whom a node stands between depends on its neighbours and the ties among them alone.
    found = simple(network.subgraph([node, *network[node]]))
    brokers = brokerage(found, continents(found, codes), [node]).brokers
    return brokers[0].between if brokers else None


# Table and figure


def table(network: nx.Graph, found: Roles) -> Table:
    """The roles of each broker; pairs count in both directions."""
    tested = {each.broker.node: each for each in found.tested}
    rows = []
    for each in found.brokers[:MOST]:
        row: dict[str, Any] = {
            "id": each.node,
            **texts("label", found.labels[each.node]),
            "total": each.total,
            **each.roles,
            "between": each.between,
        }
        if each.node in tested:
            by_chance = tested[each.node].by_chance
            row |= {"expected": by_chance.mean / each.total, "p": tested[each.node].p}
            row |= {"z": by_chance.z} if by_chance.z is not None else {}
        rows.append(row)
    return Table(
        "brokerage-roles",
        "두 행위자 사이에 선 역할(쌍을 양쪽 방향으로 셈)",
        "Roles between two that are not tied (pairs in both directions)",
        (
            ID,
            *in_both("label", "행위자", "Actor"),
            Column("total", "integer", "모두", "All"),
            *(
                Column(role, "integer", say.ROLES[role]["ko"], say.ROLES[role]["en"])
                for role in ROLES
            ),
            Column("between", "number", "서로 다른 대륙의 비율", "Share of different continents"),
            Column("expected", "number", "우연(평균)", "By chance (mean)"),
            Column("z", "number", "z", "z"),
            Column("p", "number", "p(양측, 보정)", "p (two-sided, corrected)"),
        ),
        ("id",),
        rows,
    )


def figure(found: Roles) -> Figure:
    """The share of pairs of different continents, beside chance."""
    rows = [
        (
            found.labels[each.broker.node],
            each.broker.between,
            each.by_chance.mean / each.broker.total,
            each.by_chance.deviation / each.broker.total,
        )
        for each in found.tested
    ]
    return Figure(
        "brokerage-between",
        both(
            "서로 다른 대륙을 잇는 비율: 실제와 우연",
            "Pairs across continents: observed and chance",
        ),
        both(
            "점은 그 행위자가 사이에 선 쌍 가운데 두 끝의 대륙이 다른 비율이고, 회색 선은 대륙을 "
            "무작위로 나누었을 때의 평균과 표준편차의 두 배이다.",
            "Each point is the share of pairs of different continents among those that the actor "
            "stands between; grey lines are the mean and twice the deviation with continents dealt "
            "out by chance.",
        ),
        partial(_draw, rows),
    )


def _draw(rows: Sequence[tuple[Words, float, float, float]], language: str) -> Any:
    import altair as alt

    titles = {
        "between": both("서로 다른 대륙을 잇는 비율", "Share of pairs of different continents"),
        "mean": both("우연(평균)", "By chance (mean)"),
        "actor": both("행위자", "Actor"),
    }
    values = [
        {
            "actor": label[language],
            "between": between,
            "mean": mean,
            "low": max(0.0, mean - 2 * deviation),
            "high": min(1.0, mean + 2 * deviation),
        }
        for label, between, mean, deviation in rows
    ]
    base = alt.Chart(alt.Data(values=values), width=640).encode(
        y=alt.Y(
            "actor:N",
            title=None,
            sort=[value["actor"] for value in values],
            axis=alt.Axis(labelLimit=280),
        )
    )
    share = alt.Scale(domain=[0, 1])
    title = titles["between"][language]
    return (
        base.mark_rule(color=GREY, strokeWidth=3).encode(
            x=alt.X("low:Q", title=title, scale=share, axis=alt.Axis(format="%")), x2="high:Q"
        )
        + base.mark_tick(color=INK, thickness=2, size=14).encode(x=alt.X("mean:Q", scale=share))
        + base.mark_point(color=BLUE, filled=True, size=110, opacity=1).encode(
            x=alt.X("between:Q", scale=share),
            tooltip=[
                alt.Tooltip("actor:N", title=titles["actor"][language]),
                alt.Tooltip("between:Q", title=title, format=".1%"),
                alt.Tooltip("mean:Q", title=titles["mean"][language], format=".1%"),
            ],
        )
    )


__all__ = ["Roles", "Tested", "continents", "figure", "roles", "share_between", "table"]
