"""The tables of the chapter on what would change if a document were missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citypact.graph.analysis.robustness import Range, sole_sources
from citypact.graph.provenance.coverage import Coverage
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.tables.table import ID, Column, DataTable, in_both, texts
from citypact.graph.text.bilingual import Words, both

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

NETWORKS: dict[str, Words] = {
    "actors": both("행위자 사이의 연결", "Ties of actors"),
    "cities": both("도시 사이의 연결", "Ties of cities"),
    "topics": both("행위자와 분야의 연결", "Actors and topics"),
}
"""The networks whose edges have documents."""
MOST = 1000


@dataclass(frozen=True)
class Measured:
    """A headline of a finding with its range."""

    finding: Finding
    headline: Headline
    range: Range


@dataclass(frozen=True)
class Support:
    """How the edges of a network are documented: how many have so many documents, and the edges
    that rest on one alone, by it."""

    edges: int
    by_number: dict[int, int]
    alone: dict[str, int]
    all: dict[str, int]


def support(study: Study, name: str) -> Support:
    """How the edges of a network are documented."""
    documents = study.documents(name)
    numbers = Counter(map(len, documents.values()))
    sole = sole_sources(study.network(name), documents)
    return Support(
        len(documents),
        dict(sorted(numbers.items())),
        {iri: len(edges) for iri, edges in sole.items()},
        dict(sorted(Counter(iri for known in documents.values() for iri in known).items())),
    )


def headlines(study: Study, measured: Sequence[Measured]) -> DataTable:
    """Every headline with its ranges."""
    rows = []
    for each in measured:
        found = each.range
        row = {
            "finding_id": each.finding.name,
            "headline_id": each.headline.name,
            **texts("finding", each.finding.title),
            **texts("headline", each.headline.label),
            # Read by `graph.tables.show`, too, which writes years without thousands apart.
            "unit_id": "year" if each.headline.is_year else None,
            "value": found.value,
            "least": found.least,
            "greatest": found.greatest,
            **(_label(study, "source", found.source) if found.source else {}),
            "without": found.without,
            "low": found.low if found.is_told else None,
            "high": found.high if found.is_told else None,
            "mean": found.mean,
            "told": found.told,
            "draws": found.draws,
            "jackknife": found.jackknife,
            "is_shifted": found.is_shifted,
        }
        rows.append({name: value for name, value in row.items() if value is not None})
    return DataTable(
        "missing-headlines",
        "출처가 빠질 때의 값",
        "Key figures when sources are missing",
        (
            Column("finding_id", "text", "장(식별자)", "Chapter (identifier)"),
            Column("headline_id", "text", "값(식별자)", "Figure (identifier)"),
            *in_both("finding", "장", "Chapter"),
            *in_both("headline", "값", "Key figure"),
            Column("unit_id", "text", "단위(해이면 year)", "Unit (year where it is one)"),
            Column("value", "number", "전체", "Whole"),
            Column("least", "number", "하나 뺄 때 최소", "Least, one left out"),
            Column("greatest", "number", "하나 뺄 때 최대", "Greatest, one left out"),
            Column("source_id", "text", "가장 크게 바꾸는 출처(IRI)", "Source (IRI)"),
            *in_both("source", "가장 크게 바꾸는 출처", "Source that moves it most"),
            Column("without", "number", "그 출처를 뺀 값", "Without it"),
            Column("low", "number", "절반을 뽑을 때 2.5 %", "Halves drawn, 2.5 %"),
            Column("high", "number", "절반을 뽑을 때 97.5 %", "Halves drawn, 97.5 %"),
            Column("mean", "number", "절반의 평균", "Mean of halves"),
            Column("told", "integer", "값이 나온 횟수", "Draws that tell it"),
            Column("draws", "integer", "뽑은 횟수", "Draws"),
            Column("jackknife", "number", "잭나이프 표준오차", "Jackknife standard error"),
            Column("is_shifted", "boolean", "절반에서 한쪽으로 치우침", "Shifted in halves"),
        ),
        ("finding_id", "headline_id"),
        rows,
    )


def sources(study: Study, found: dict[str, Support]) -> DataTable:
    """Documents, and the ties that rest on each alone or among others."""
    iris = {iri for each in found.values() for iri in each.all}
    networks = [name for name in NETWORKS if name in found]
    rows = [
        {
            "id": iri,
            **texts("label", study.names.both(iri)),
            **{
                f"{name}_{what}": getattr(found[name], what).get(iri, 0)
                for name in networks
                for what in ("alone", "all")
            },
        }
        for iri in iris
    ]
    order = [study.network_name, *networks]
    rows.sort(key=lambda row: (*(-row.get(f"{name}_alone", 0) for name in order), row["id"]))
    columns = [
        Column(
            f"{name}_{what}",
            "integer",
            f"{NETWORKS[name]['ko']}: {'이 문서에만' if what == 'alone' else '모두'}",
            f"{NETWORKS[name]['en']}: {'on it alone' if what == 'alone' else 'in all'}",
        )
        for name in networks
        for what in ("alone", "all")
    ]
    return DataTable(
        "missing-sources",
        "문서마다 근거가 되는 연결",
        "Ties that rest on each document",
        (
            ID,
            *in_both("label", "문서", "Document"),
            *columns,
        ),
        ("id",),
        rows[:MOST],
    )


def by_number(found: dict[str, Support]) -> DataTable:
    """How many ties have one document, two, three …"""
    rows = [
        {
            "network_id": name,
            **texts("network", NETWORKS[name]),
            "documents": number,
            "ties": ties,
            "share": ties / each.edges,
        }
        for name, each in found.items()
        for number, ties in each.by_number.items()
    ]
    return DataTable(
        "missing-support",
        "연결을 뒷받침하는 문서의 수",
        "Documents behind ties",
        (
            Column("network_id", "text", "네트워크(식별자)", "Network (identifier)"),
            *in_both("network", "네트워크", "Network"),
            Column("documents", "integer", "문서", "Documents"),
            Column("ties", "integer", "연결", "Ties"),
            Column("share", "number", "비율", "Share"),
        ),
        ("network_id", "documents"),
        rows,
    )


def coverage(study: Study, found: Sequence[Coverage]) -> DataTable:
    """What is documented beside every total that a source gives."""
    rows = [
        {
            "id": each.government,
            **texts("label", study.names.both(each.government)),
            "partners": len(each.partners),
            "primary": len(each.primary),
            "total": total.value,
            **({"as_of": total.as_of} if total.as_of else {}),
            "documented": total.documented,
            "share": total.documented / total.value,
            **_label(study, "source", total.document),
        }
        for each in found
        for total in each.totals
        if total.value
    ]
    return DataTable(
        "missing-coverage",
        "출처가 세는 협력 도시의 수와 확인된 수",
        "Partner cities that sources count, and those documented",
        (
            ID,
            *in_both("label", "시 정부", "Government"),
            Column("partners", "integer", "확인된 자매·우호도시", "Documented partners"),
            Column("primary", "integer", "그중 1차 문서로", "By a primary document"),
            Column("total", "integer", "출처가 세는 수", "Total of the source"),
            Column("as_of", "text", "기준", "As of"),
            Column("documented", "integer", "그때까지 확인된 수", "Documented by then"),
            Column("share", "number", "비율", "Share"),
            Column("source_id", "text", "출처(IRI)", "Source (IRI)"),
            *in_both("source", "출처", "Source"),
        ),
        ("id", "total", "source_id"),
        rows,
    )


def _label(study: Study, stem: str, iri: str) -> dict[str, str]:
    return {f"{stem}_id": iri, **texts(stem, study.names.both(iri))}


__all__ = [
    "NETWORKS",
    "Measured",
    "Support",
    "by_number",
    "coverage",
    "headlines",
    "sources",
    "support",
]
