"""The tables of the chapter on chronology."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from citypact.graph.analysis.chronology import Renewal, Spread
from citypact.graph.analysis.tempo import Tempo
from citypact.graph.networks.cities import cities
from citypact.graph.networks.filter import Filter
from citypact.graph.report.chronology.data import Timeline
from citypact.graph.report.chronology.last_evidence import KINDS, Silence
from citypact.graph.report.chronology.topics import Timing
from citypact.graph.tables.table import ID, Column, Table, in_both, texts
from citypact.graph.text.bilingual import both

WHAT = {
    "partnership": both("관계", "Partnership"),
    "agreement": both("협정", "Agreement"),
}


def _named(ko: str, en: str) -> tuple[Column, ...]:
    return (ID, *in_both("label", ko, en))


def _labels(line: Timeline, iri: str) -> dict[str, Any]:
    return {"id": iri, **texts("label", line.name(iri))}


def decades(line: Timeline, ties: Tempo, deals: Tempo, day: date) -> Table:
    """New partnerships and agreements by decade, and the cities tied by its end."""
    known = sorted({*ties.by_decade, *deals.by_decade})
    rows: list[dict[str, Any]] = []
    for decade in range(known[0], known[-1] + 1, 10) if known else ():
        end = min(day, date(decade + 9, 12, 31))
        network = cities(line.study.store, Filter(as_of=end))
        countries = {data.get("country") for _, data in network.nodes(data=True)} - {None}
        rows.append(
            {
                "decade": str(decade),
                "partnerships": ties.by_decade.get(decade, 0),
                "agreements": deals.by_decade.get(decade, 0),
                "ties": network.number_of_edges(),
                "countries": len(countries),
            }
        )
    rows.append({"decade": "unknown", "partnerships": ties.unplaced, "agreements": deals.unplaced})
    return Table(
        "chronology-decades",
        "연대별 새 관계와 협정, 연대 말까지 맺어진 도시",
        "New partnerships and agreements by decade, and cities tied by its end",
        (
            Column("decade", "text", "연대의 첫해", "First year of the decade"),
            Column("partnerships", "integer", "새 관계", "New partnerships"),
            Column("agreements", "integer", "새 협정", "New agreements"),
            Column("ties", "integer", "연대 말까지 맺어진 도시 쌍", "Pairs of cities by its end"),
            Column(
                "countries", "integer", "그 국가 수(자국 포함)", "Their countries, the own included"
            ),
        ),
        ("decade",),
        rows,
    )


def counts_by_form(line: Timeline) -> list[dict[str, Any]]:
    """How many partnerships are of each relation type, and agreements of each form, by decade."""
    rows = []
    for what, scheme, things in (
        ("partnership", "relation-type", line.partnerships),
        ("agreement", "form", line.agreements),
    ):
        wholes = Counter(thing.decade for thing in things)
        counts = Counter((kind, thing.decade) for thing in things for kind in thing.kinds)
        for (kind, decade), number in sorted(
            counts.items(), key=lambda item: (item[0][0], item[0][1] or 9999)
        ):
            rows.append(
                {
                    "what_id": what,
                    **texts("what", WHAT[what]),
                    "kind_id": kind,
                    **texts("kind", line.code(scheme, kind)),
                    "decade": "unknown" if decade is None else str(decade),
                    "number": number,
                    "share": number / wholes[decade],
                }
            )
    return rows


def forms(rows: list[dict[str, Any]]) -> Table:
    """Relation types of partnerships and forms of agreements by decade."""
    return Table(
        "chronology-forms",
        "관계의 종류와 협정의 형식, 연대별",
        "Kinds of partnerships and forms of agreements by decade",
        (
            Column("what_id", "text", "무엇(코드)", "What (code)"),
            *in_both("what", "무엇", "What"),
            Column("kind_id", "text", "종류(코드)", "Kind (code)"),
            *in_both("kind", "종류·형식", "Kind or form"),
            Column("decade", "text", "연대의 첫해", "First year of the decade"),
            Column("number", "integer", "수", "Number"),
            Column("share", "number", "그 연대의 비율", "Share of the decade"),
        ),
        ("what_id", "kind_id", "decade"),
        rows,
    )


def topics(line: Timeline, found: Sequence[Spread]) -> Table:
    """Topics by their first year."""
    rows = []
    for each in found:
        row = _labels(line, each.topic) | {"first_year": each.first, "partners": each.partners}
        names = [line.name(node) for node in each.first_with]
        for language in ("ko", "en"):
            row[f"with_{language}"] = [name[language] for name in names]
        for number in (3, 5, 10):
            years = each.years_to(number)
            if years is not None:
                row[f"years_to_{number}"] = years
        rows.append(row)
    return Table(
        "chronology-topics",
        "분야가 처음 나온 해와 퍼진 정도",
        "Topics by the year in which they first appear",
        (
            *_named("분야", "Topic"),
            Column("first_year", "integer", "처음 나온 해", "First year"),
            Column("with_ko", "list", "처음 함께한 상대", "First with (in Korean)"),
            Column("with_en", "list", "처음 함께한 상대(영문)", "First with"),
            Column("partners", "integer", "상대", "Partners"),
            Column("years_to_3", "integer", "상대 3곳까지(년)", "Years to 3 partners"),
            Column("years_to_5", "integer", "5곳까지", "To 5"),
            Column("years_to_10", "integer", "10곳까지", "To 10"),
        ),
        ("id",),
        rows,
    )


def fields(line: Timeline, found: Sequence[Timing], rest: Sequence[Timing]) -> Table:
    """Broad fields by the mean year of their agreements, beside the others.

    rest: the same without the documents that were read in full.
    """
    again = {each.field: each for each in rest}
    rows = []
    for each in found:
        test = each.test
        values = {
            "agreements": test.number_of_first,
            "mean_year": test.first,
            "others_year": test.second,
            "difference": test.difference,
            "p": each.p,
        }
        if each.field in again:
            other = again[each.field]
            values |= {"difference_without": other.test.difference, "p_without": other.p}
        known = {name: value for name, value in values.items() if value is not None}
        rows.append(_labels(line, each.field) | known)
    return Table(
        "chronology-fields",
        "큰 분야의 협정이 맺어진 해(평균)와 다른 협정의 해",
        "Mean year of the agreements of broad fields, beside the other agreements",
        (
            *_named("큰 분야", "Field"),
            Column("agreements", "integer", "협정", "Agreements"),
            Column("mean_year", "number", "평균 해", "Mean year"),
            Column("others_year", "number", "다른 협정의 평균 해", "Mean year of the others"),
            Column("difference", "number", "차이(년)", "Difference (years)"),
            Column("p", "number", "p(보정)", "p (corrected)"),
            Column(
                "difference_without",
                "number",
                "전문 문서 제외: 차이",
                "Difference without texts read in full",
            ),
            Column("p_without", "number", "전문 문서 제외: p", "p without texts read in full"),
        ),
        ("id",),
        rows,
    )


def renewals(line: Timeline, found: Sequence[Renewal]) -> Table:
    """Partners with several agreements."""
    return Table(
        "chronology-renewals",
        "협정이 둘 이상인 상대",
        "Partners with several agreements",
        (
            *_named("상대", "Partner"),
            Column("agreements", "integer", "협정", "Agreements"),
            Column("years", "list", "아는 해", "Known years"),
            Column("between", "list", "다음까지(년)", "Years to the next"),
        ),
        ("id",),
        [
            {
                **_labels(line, each.node),
                "agreements": each.agreements,
                "years": list(map(str, each.years)),
                "between": list(map(str, each.between)),
            }
            for each in found
        ],
    )


def dormant(line: Timeline, found: Silence) -> Table:
    """Partners of which nothing dated speaks for so long, and those without any date."""
    rows = []
    for partner in [*found.quiet, *found.without]:
        row = _labels(line, partner) | {"undated": found.undated[partner]}
        if partner in found.last:
            last = found.last[partner]
            row |= {
                "last": last.latest,
                "evidence_id": last.iri,
                **texts("kind", KINDS[last.kind]),
            }
        if partner in found.tells_of:
            row["tells_of"] = found.tells_of[partner]
        rows.append(row)
    return Table(
        "chronology-dormant",
        f"{found.day:%Y-%m-%d}까지 {found.years}년 동안 날짜 있는 근거가 없는 상대",
        f"Partners without dated evidence in the {found.years} years to {found.day:%Y-%m-%d}",
        (
            *_named("상대", "Partner"),
            Column(
                "last", "day", "마지막 근거(가능한 마지막 날)", "Last evidence (last day it may be)"
            ),
            *in_both("kind", "근거의 종류", "Kind of evidence"),
            Column("evidence_id", "text", "근거(IRI)", "Evidence (IRI)"),
            Column("undated", "integer", "날짜 없는 문서", "Documents without a date"),
            Column(
                "tells_of", "day", "그 문서들이 말하는 마지막 시작", "Last beginning they tell of"
            ),
        ),
        ("id",),
        rows,
    )


def chains(line: Timeline, found: Sequence[Sequence[str]]) -> Table:
    """What replaces or builds on what, a row a chain."""
    return Table(
        "chronology-chains",
        "앞선 것을 잇거나 대신하는 것",
        "What replaces or builds on what",
        (
            Column("number", "integer", "번호", "Number"),
            Column("chain_id", "list", "차례(IRI)", "In order (IRI)"),
            Column("chain_ko", "list", "차례", "In order (in Korean)"),
            Column("chain_en", "list", "차례(영문)", "In order"),
        ),
        ("number",),
        [
            {
                "number": number,
                "chain_id": list(chain),
                "chain_ko": [line.name(node)["ko"] for node in chain],
                "chain_en": [line.name(node)["en"] for node in chain],
            }
            for number, chain in enumerate(found, 1)
        ],
    )


__all__ = [
    "chains",
    "counts_by_form",
    "decades",
    "dormant",
    "fields",
    "forms",
    "renewals",
    "topics",
]
