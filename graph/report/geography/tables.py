"""The tables of the chapter on geography for a network of many cities."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis import geography
from citypact.graph.analysis import likeness as alike
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.places import Places
from citypact.graph.analysis.regression import Regression
from citypact.graph.report.geography import words as say
from citypact.graph.tables.table import Column, Table, in_both, texts
from citypact.graph.text.bilingual import both
from citypact.ontology import ID

if TYPE_CHECKING:
    import networkx as nx

MOST = 1000
"""Rows of a table at most: pairs of countries with fewer ties are left out."""
CHANCE = (
    Column("expected", "number", "우연(평균)", "By chance (mean)"),
    Column("deviation", "number", "표준편차", "Deviation"),
    Column("z", "number", "z", "z"),
    Column("p", "number", "p", "p"),
)


def _chance(found: Comparison) -> dict[str, Any]:
    row = {
        "expected": found.mean,
        "deviation": found.deviation,
        "z": found.z,
        "p": found.p,
    }
    return {name: value for name, value in row.items() if value is not None}


def distances(found: Mapping[str, Comparison], ties: int) -> Table:
    """Ties within each distance beside chance."""
    rows = []
    for name, each in found.items():
        if name.startswith("within "):
            rows.append(
                {
                    "kilometres": int(name.split()[1]),
                    "ties": round(each.observed * ties),
                    "share": each.observed,
                    **_chance(each),
                }
            )
    return Table(
        "geography-distances",
        "거리 안의 연결(누적)",
        "Ties within a distance (cumulative)",
        (
            Column("kilometres", "integer", "이 거리(km) 이내", "Within km"),
            Column("ties", "integer", "연결", "Ties"),
            Column("share", "number", "비율", "Share"),
            *CHANCE,
        ),
        ("kilometres",),
        rows,
    )


def continents(network: nx.Graph, where: Places, found: Mapping[str, Comparison]) -> Table:
    """Ties between each two continents beside chance, among the measured ties."""
    rows = []
    for name, each in found.items():
        if not name.startswith("ties ") or not (each.observed or each.mean):
            continue
        _, one, other = name.split()
        row: dict[str, Any] = {"one": one, "other": other, "ties": round(each.observed)}
        for end in ("one", "other"):
            row |= texts(end, say.continent(row[end]))
        row |= _chance(each)
        if each.mean:
            row["ratio"] = each.observed / each.mean
        rows.append(row)
    return Table(
        "geography-continents",
        "대륙 사이의 연결",
        "Ties between continents",
        (
            Column("one", "text", "한쪽 코드", "Code of one"),
            *in_both("one", "한쪽 대륙", "Continent"),
            Column("other", "text", "다른 쪽 코드", "Code of the other"),
            *in_both("other", "다른 쪽 대륙", "Other continent"),
            Column("ties", "integer", "연결", "Ties"),
            *CHANCE,
            Column("ratio", "number", "우연의 배수", "Multiple of chance"),
        ),
        ("one", "other"),
        rows,
    )


ASSORTATIVITY = {
    "continent": both("대륙의 동류성 계수", "Assortativity by continent"),
    "country": both("국가의 동류성 계수", "Assortativity by country"),
    "kilometres": say.TRAITS["kilometres"],
}


def likeness(network: nx.Graph, where: Places, found: Mapping[str, Comparison]) -> Table:
    """Traits of ties beside chance, and over how many ties each is known."""
    part = geography.measured(network, where)
    known = {each.trait: each for each in alike.likeness(part, where)}
    rows = []
    for trait, words in {**ASSORTATIVITY, **say.TRAITS}.items():
        if trait not in found:
            continue
        row: dict[str, Any] = {
            "trait": trait,
            **texts("trait", words),
            "value": found[trait].observed,
            **_chance(found[trait]),
        }
        if trait in known:
            row |= {"known": known[trait].known, "unknown": known[trait].unknown}
        rows.append(row)
    return Table(
        "geography-likeness",
        "연결된 도시는 얼마나 닮았는가",
        "How alike tied cities are",
        (
            Column("trait", "text", "특성(코드)", "Trait (code)"),
            *in_both("trait", "특성", "Trait"),
            Column("value", "number", "실제", "Observed"),
            *CHANCE,
            Column("known", "integer", "값을 아는 연결", "Ties known"),
            Column("unknown", "integer", "값을 모름", "Unknown"),
        ),
        ("trait",),
        rows,
    )


def countries(network: nx.Graph, where: Places, codes: Mapping[str, str]) -> Table:
    """Pairs of countries by their ties, beside what degrees alone would give."""
    slugs = {code: slug for slug, code in codes.items()}
    names = {
        data["country"]: both(data.get("country_ko", ""), data.get("country_en", ""))
        for _, data in network.nodes(data=True)
        if "country" in data
    }
    rows = []
    for pair in geography.country_pairs(network, where)[:MOST]:
        row: dict[str, Any] = {}
        for end, code in (("one", pair.one), ("other", pair.other)):
            slug = slugs.get(code, code)
            row[f"{end}_id"] = f"{ID}country/{slug}"
            row |= texts(end, names.get(slug, both(slug, slug)))
        row |= {"ties": pair.links, "expected": pair.expected}
        if pair.expected:
            row["ratio"] = pair.links / pair.expected
        rows.append(row)
    return Table(
        "geography-countries",
        "국가 사이의 연결",
        "Ties between countries",
        (
            Column("one_id", "text", "한쪽 국가(IRI)", "Country (IRI)"),
            *in_both("one", "한쪽 국가", "Country"),
            Column("other_id", "text", "다른 쪽 국가(IRI)", "Other country (IRI)"),
            *in_both("other", "다른 쪽 국가", "Other country"),
            Column("ties", "integer", "연결", "Ties"),
            Column("expected", "number", "차수에서 기대한 수", "Expected from degrees"),
            Column("ratio", "number", "배수", "Multiple"),
        ),
        ("one_id", "other_id"),
        rows,
    )


def regression(fitted: Mapping[str, Regression | None]) -> Table:
    """The coefficients of all models that could be fitted."""
    rows = []
    for name, model in fitted.items():
        for each in model.coefficients if model else ():
            row: dict[str, Any] = {
                "model": name,
                **texts("model", say.MODELS[name]),
                "covariate": each.name,
                **texts("covariate", say.COVARIATES[each.name]),
                "estimate": each.estimate,
                "error": each.error,
                "low": each.low,
                "high": each.high,
                "p": each.p,
                "ratio": math.exp(each.estimate),
                "plain_error": each.plain_error,
                "observations": model.observations if model else None,
                "ties": model.ties if model else None,
                "pseudo_r2": model.pseudo_r2 if model else None,
            }
            rows.append({key: value for key, value in row.items() if value is not None})
    return Table(
        "geography-regression",
        "회귀 계수",
        "Coefficients of the regressions",
        (
            Column("model", "text", "모형(코드)", "Model (code)"),
            *in_both("model", "모형", "Model"),
            Column("covariate", "text", "공변량(코드)", "Covariate (code)"),
            *in_both("covariate", "공변량", "Covariate"),
            Column("estimate", "number", "계수", "Coefficient"),
            Column("error", "number", "표준오차", "Standard error"),
            Column("low", "number", "95 % 하한", "95 % low"),
            Column("high", "number", "95 % 상한", "95 % high"),
            Column("p", "number", "p", "p"),
            Column("ratio", "number", "배수 exp(계수)", "exp(coefficient)"),
            Column("plain_error", "number", "독립 가정 표준오차", "Error if independent"),
            Column("observations", "integer", "쌍", "Pairs"),
            Column("ties", "integer", "연결", "Ties"),
            Column("pseudo_r2", "number", "유사 R²", "Pseudo R²"),
        ),
        ("model", "covariate"),
        rows,
    )


__all__ = ["continents", "countries", "distances", "likeness", "regression"]
