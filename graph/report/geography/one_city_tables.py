"""The tables of the chapter on geography where all ties are of one city."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from citypact.graph.analysis import geography
from citypact.graph.analysis.places import Places
from citypact.graph.report.geography import words as say
from citypact.graph.report.shared.fellow_members import Beside, Fellows
from citypact.graph.tables.table import ID, Column, Table, in_both, texts

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

CONTINENT = (
    Column("continent", "text", "대륙 코드", "Code"),
    *in_both("continent", "대륙", "Continent"),
)
"""A continent: its code, and its name in both languages."""


def distances(network: nx.Graph, where: Places, beside: list[Beside]) -> Table:
    found = geography.distances(network, where)
    others = next((each.others for each in beside if each.trait == "kilometres"), None)
    rows: list[dict[str, Any]] = []
    for limit in geography.NEAR:
        share = found.within[limit]
        row: dict[str, Any] = {"kilometres": limit}
        if share is not None:
            row |= {"ties": round(share * len(found.kilometres)), "share": share}
        if others is not None:
            row["share_of_others"] = geography.share_within(others, limit)
        rows.append(row)
    columns = [
        Column("kilometres", "integer", "이 거리(km) 이내", "Within km"),
        Column("ties", "integer", "협력 도시", "Partners"),
        Column("share", "number", "비율", "Share"),
    ]
    if others is not None:
        columns.append(
            Column("share_of_others", "number", "협력 도시가 아닌 회원의 비율", "Other members")
        )
    return Table(
        "geography-distances",
        "거리 안의 협력 도시(누적)",
        "Partners within a distance (cumulative)",
        tuple(columns),
        ("kilometres",),
        rows,
    )


def continents(
    network: nx.Graph, city: str, where: Places, actors: Places, group: Fellows | None
) -> Table:
    partners = geography.partners_by(network, city, where, "continent")
    of = dict(zip(actors.nodes, actors.labels("continent"), strict=True))
    fellow = Counter(of[member] for member in group.partners) if group else Counter[str]()
    others = Counter(of[member] for member in group.others) if group else Counter[str]()
    rows = []
    for code in sorted({*partners, *others, *fellow}):
        rows.append(
            {
                "continent": code or "unknown",
                **texts("continent", say.continent(code)),
                "partners": partners[code],
                "share": partners[code] / partners.total(),
                **({"partners_in_networks": fellow[code], "others": others[code]} if group else {}),
            }
        )
    columns = [
        *CONTINENT,
        Column("partners", "integer", "협력 도시", "Partners"),
        Column("share", "number", "비율", "Share"),
    ]
    if group:
        columns += [
            Column("partners_in_networks", "integer", "그중 같은 네트워크 회원", "Fellow members"),
            Column("others", "integer", "협력 도시가 아닌 회원", "Members that are no partners"),
        ]
    return Table(
        "geography-continents",
        "대륙별 협력 도시",
        "Partners by continent",
        tuple(columns),
        ("continent",),
        rows,
    )


def likeness(beside: list[Beside]) -> Table:
    rows = [
        {
            "trait": each.trait,
            **texts("trait", say.TRAITS[each.trait]),
            "partners": each.value(each.partners),
            "others": each.value(each.others),
            **({"p": each.test.p, "p_corrected": each.p} if each.p is not None else {}),
            "known_partners": each.test.number_of_first,
            "known_others": each.test.number_of_second,
            "unknown": each.unknown,
        }
        for each in beside
    ]
    return Table(
        "geography-likeness",
        "협력 도시와 그렇지 않은 회원 도시(외국)",
        "Partners and members that are none (abroad)",
        (
            Column("trait", "text", "특성(코드)", "Trait (code)"),
            *in_both("trait", "특성", "Trait"),
            Column("partners", "number", "협력 도시", "Partners"),
            Column("others", "number", "그렇지 않은 회원", "Others"),
            Column("p", "number", "p(순열 검정)", "p (permutation)"),
            Column("p_corrected", "number", "보정한 p(Holm)", "p corrected (Holm)"),
            Column("known_partners", "integer", "값을 아는 협력 도시", "Partners known"),
            Column("known_others", "integer", "값을 아는 다른 회원", "Others known"),
            Column("unknown", "integer", "값을 모름", "Unknown"),
        ),
        ("trait",),
        rows,
    )


def decades(city: str, ties: Any, where: Places) -> Table:
    """Partners by the decade in which the tie began and by continent."""
    continent = dict(zip(where.nodes, where.labels("continent"), strict=True))
    counts: Counter[tuple[int, str]] = Counter()
    for _, partner, data in ties:
        if "year" in data:
            counts[int(data["year"]) // 10 * 10, continent[partner]] += 1
    rows = [
        {
            "decade": decade,
            "continent": code or "unknown",
            **texts("continent", say.continent(code)),
            "partners": counts[decade, code],
        }
        for decade, code in sorted(counts)
    ]
    return Table(
        "geography-decades",
        "시작 연대와 대륙별 협력 도시",
        "Partners by decade and continent",
        (
            Column("decade", "integer", "연대", "Decade"),
            *CONTINENT,
            Column("partners", "integer", "협력 도시", "Partners"),
        ),
        ("decade", "continent"),
        rows,
    )


def partners(study: Study, network: nx.Graph, city: str, where: Places) -> Table:
    """Every partner with its distance, the nearest first; those without a place come last."""
    partners = sorted(network[city])
    traits = where.compared(where.pairs([(city, partner) for partner in partners]))
    continent = dict(zip(where.nodes, where.labels("continent"), strict=True))
    data = study.network("cities")
    rows = []
    for number, partner in enumerate(partners):
        node, far = data.nodes[partner], float(traits["kilometres"][number])
        row = {
            "id": partner,
            "label_ko": node["label_ko"],
            "label_en": node["label_en"],
            "country_ko": node.get("country_ko"),
            "country_en": node.get("country_en"),
            **texts("continent", say.continent(continent[partner])),
            "kilometres": None if np.isnan(far) else far,
            "year": data.edges[city, partner].get("year"),
        }
        rows.append({name: value for name, value in row.items() if value is not None})
    rows.sort(key=lambda row: (row.get("kilometres", 1e9), row["id"]))
    return Table(
        "geography-partners",
        "협력 도시와 거리",
        "Partners and their distances",
        (
            ID,
            *in_both("label", "협력 도시", "Partner"),
            *in_both("country", "국가", "Country"),
            *in_both("continent", "대륙", "Continent"),
            Column("kilometres", "number", "거리(km)", "Distance (km)"),
            Column("year", "integer", "시작 연도", "Year of beginning"),
        ),
        ("id",),
        rows,
    )


__all__ = ["continents", "decades", "distances", "likeness", "partners"]
