"""The tables of the chapter on structure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.degrees import degree_distribution
from citypact.graph.analysis.distances import distances
from citypact.graph.analysis.geography import mixing
from citypact.graph.analysis.structure import (
    MEASURES,
    ActorStructure,
    NetworkStructure,
    numeric_assortativity,
)
from citypact.graph.report.shared.places import places_of
from citypact.graph.report.structure.words import NAMES, name_of
from citypact.graph.tables.table import ID, Column, Table, in_both, texts
from citypact.graph.text.bilingual import both

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study


def of_actors(
    study: Study, order: Sequence[ActorStructure], placed: dict[Any, dict[str, int]]
) -> Table:
    """Measures and ranks of all actors, in their order."""
    integers = ("degree", "core")
    columns = [
        ID,
        *in_both("label", "행위자", "Actor"),
    ]
    columns.append(Column("component", "integer", "덩어리", "Component"))
    for name in (*MEASURES, "clustering"):
        kind = "integer" if name in integers else "number"
        columns.append(Column(name, kind, NAMES[name]["ko"], NAMES[name]["en"]))
        if name in MEASURES:
            ko, en = f"{NAMES[name]['ko']} 순위", f"{NAMES[name]['en']}, rank"
            columns.append(Column(f"{name}_rank", "integer", ko, en))
    rows = []
    for actor in order:
        words = name_of(study, actor.node)
        row: dict[str, Any] = {"id": actor.node, **texts("label", words)}
        row["component"] = actor.component
        for name in (*MEASURES, "clustering"):
            if (value := getattr(actor, name)) is not None:
                row[name] = value
        row |= {f"{name}_rank": rank for name, rank in placed[actor.node].items()}
        rows.append(row)
    return Table(
        "structure-actors",
        "행위자별 지표와 순위",
        "Measures and ranks of actors",
        tuple(columns),
        ("id",),
        rows,
    )


MEASURED = {
    "nodes": both("노드", "Nodes"),
    "edges": both("연결된 짝", "Pairs tied"),
    "density": both("밀도", "Density"),
    "components": both("덩어리", "Components"),
    "largest": both("가장 큰 덩어리의 노드", "Nodes in the largest component"),
    "isolated": both("연결 없는 노드", "Nodes without ties"),
    "reciprocity": both("상호성", "Reciprocity"),
    "transitivity": both("닫힌 삼각형의 비율", "Transitivity"),
    "mean_clustering": both("군집 계수의 평균", "Mean clustering"),
    "mean_distance": both("평균 거리(단계)", "Mean distance (steps)"),
    "median_distance": both("거리의 중앙값(단계)", "Median distance (steps)"),
    "diameter": both("지름(단계)", "Diameter (steps)"),
    "effective_50": both("50 % 유효 지름(단계)", "Effective diameter, 50 % (steps)"),
    "effective_90": both("90 % 유효 지름(단계)", "Effective diameter, 90 % (steps)"),
    "mean_degree": both("연결 정도의 평균", "Mean degree"),
    "median_degree": both("연결 정도의 중앙값", "Median degree"),
    "greatest_degree": both("가장 큰 연결 정도", "Greatest degree"),
    "gini": both("연결 정도의 지니 계수", "Gini coefficient of degrees"),
    "balanced_inequality": both("연결 정도의 균형 불평등 비율", "Balanced inequality of degrees"),
    "relative_entropy": both("연결 정도의 상대 엔트로피", "Relative entropy of degrees"),
    "exponent": both("멱법칙 지수(차수 1부터)", "Power-law exponent (from degree 1)"),
    "tail_exponent": both("멱법칙 지수(꼬리)", "Power-law exponent (tail)"),
    "tail_least": both("꼬리가 시작하는 차수", "Degree at which the tail begins"),
    "degree_centralisation": both("연결 정도의 집중도", "Centralisation by degree"),
    "betweenness_centralisation": both("매개의 집중도", "Centralisation by betweenness"),
    "degree_assortativity": both("연결 정도의 동류성", "Assortativity by degree"),
    "continent_assortativity": both("대륙의 동류성", "Assortativity by continent"),
    "country_assortativity": both("국가의 동류성", "Assortativity by country"),
    "population_assortativity": both("인구(로그)의 동류성", "Assortativity by population (log)"),
}
"""The measures of a network in the order of its table."""
LONG_TAIL = 50
"""How many actors a tail must have for its exponent to say something."""


def of_network(study: Study, whole: NetworkStructure) -> Table:
    """The measures of the network as a whole; those of distance are of the largest component."""
    found = {**asdict(whole), **_distances(study), **_degrees(study)}
    over = {}
    for name, (value, ties) in _assortativity(study).items():
        found[name], over[name] = value, ties
    rows: list[dict[str, Any]] = []
    for name, words in MEASURED.items():
        if found.get(name) is not None:
            row = {"id": name, **texts("measure", words)}
            rows.append({**row, "value": float(found[name])})
            if name in over:
                rows[-1]["ties"] = over[name]
    return Table(
        "structure-network",
        "네트워크 전체의 지표",
        "Measures of the network as a whole",
        (
            Column("id", "text", "지표(코드)", "Measure (code)"),
            *in_both("measure", "지표", "Measure"),
            Column("value", "number", "값", "Value"),
            Column("ties", "integer", "값을 아는 연결", "Ties with known ends"),
        ),
        ("id",),
        rows,
    )


def _distances(study: Study) -> dict[str, float | None]:
    found = distances(study.simple())
    return {
        "mean_distance": found.mean,
        "median_distance": found.median,
        "diameter": found.diameter,
        "effective_50": found.effective_50,
        "effective_90": found.effective_90,
    }


def _degrees(study: Study) -> dict[str, float | None]:
    """Inequality of degrees, and exponents where the network is large enough to have a tail."""
    found = degree_distribution(study.simple())
    values: dict[str, float | None] = {
        "mean_degree": found.mean,
        "median_degree": found.median,
        "greatest_degree": found.greatest,
        "gini": found.gini,
        "balanced_inequality": found.balanced_inequality,
        "relative_entropy": found.relative_entropy,
    }
    if found.tail and found.tail.size >= LONG_TAIL:
        values["exponent"] = found.exponent
        values["tail_exponent"] = found.tail.exponent
        values["tail_least"] = found.tail.least
    return values


def _assortativity(study: Study) -> dict[str, tuple[float | None, int]]:
    """Assortativity by continent, country and population, and over how many ties each is."""
    network, where = study.simple(), places_of(study, study.network_name)
    found: dict[str, tuple[float | None, int]] = {}
    for by in ("continent", "country"):
        mixed = mixing(network, where, by)
        found[f"{by}_assortativity"] = mixed.assortativity, mixed.known
    people = {
        node: math.log10(value)
        for node, value in zip(where.nodes, where.population, strict=True)
        if value == value
    }
    known = sum(one in people and other in people for one, other in network.edges())
    found["population_assortativity"] = numeric_assortativity(network, people), known
    return found


__all__ = ["of_actors", "of_network"]
