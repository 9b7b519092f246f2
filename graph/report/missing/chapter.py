"""The chapter on what would change if a document were missing, and the ranges of key figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.robustness import Range, Support, support
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.provenance.coverage import Coverage, coverages_of
from citypact.graph.provenance.member_lists import MemberList, member_lists
from citypact.graph.report.shared.coverage_words import coverage_words, lists_words
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.prose import Prose
from citypact.graph.report.shared.ranges import ranges
from citypact.graph.report.words import message
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import distinct
from citypact.ontology import CODE

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

NEEDS = ("findings",)
"""What the chapter is given besides the study."""
NETWORKS = ("actors", "cities", "topics")
"""The networks whose edges have documents."""
MUCH = 0.1
"""A key figure depends on a source that changes it by more than this share of its value."""
FEW = 20
"""With fewer documents, halves of them are not very different."""
DRAWN, MOST = 15, 1000
"""How many documents the figure and the table have at most."""


BOUNDS = {
    "least": "least_one_left_out",
    "greatest": "greatest_one_left_out",
    "low": "halves_drawn_2_5",
    "high": "halves_drawn_97_5",
}
"""The bounds of a range that the figure shows, with the columns that name them."""


@dataclass(frozen=True)
class Measured:
    """A headline of a finding with its range."""

    finding: Finding
    headline: Headline
    range: Range


@dataclass(frozen=True)
class MissingFindings:
    """What the chapter says.

    support: how the ties of the network under study are documented. measured: all key figures.
    """

    support: Support
    measured: Sequence[Measured]

    @property
    def moved(self) -> list[Measured]:
        """The figures that one source changes by more than `MUCH`, most of all first."""
        moved = [each for each in self.measured if each.range.greatest_change > MUCH]
        return sorted(moved, key=lambda each: -each.range.greatest_change)


def missing(study: Study, findings: Sequence[Finding]) -> Finding:
    """What the findings rest on: single documents, halves of them, and how much is covered.

    findings: those of the other chapters, whose headlines are measured here (see `ranges`).
    """
    known = ranges(study, findings)
    measured = [
        Measured(finding, headline, known[finding.name, headline.name])
        for finding in findings
        for headline in finding.headlines
    ]
    supports = {name: support(study.network(name), study.documents(name)) for name in NETWORKS}
    found = MissingFindings(supports[study.network_name], measured)
    covered = coverages_of(study.store, study.store.centre, study.chosen.as_of)
    prose = Prose(
        study,
        "missing",
        found,
        ties=message(f"ties.{study.network_name}"),
        coverage=[*(coverage_words(study, each) for each in covered), *lists_words(study)],
        much=MUCH,
        few=FEW,
    )
    documents = {iri for each in supports.values() for iri in each.all}
    members = member_lists(study.store)
    return prose.finding(
        {
            "seed": study.seed,
            **{f"draws-{each.headline.network}": each.range.draws for each in measured},
        },
        (),
        [
            prose.table("headlines", map(_headline, measured)),
            _sources(study, prose, supports),
            _by_number(prose, supports),
            _coverage(study, prose, covered),
            *([_lists(study, prose)] if study.lists.are_several else []),
            *([_member_lists(study, prose, members)] if members else []),
            prose.counts(
                {
                    "ties": found.support.edges,
                    "documents": len(found.support.all),
                    "alone": len(found.support.alone),
                    "measured": len(measured),
                    "moved": len(found.moved),
                    **study.lists.counts,
                }
            ),
        ],
        _figures(study, prose, found),
        documents
        | {total.document for each in covered for total in each.totals}
        | {each.document for each in members},
    )


# Tables


def _headline(each: Measured) -> dict[str, Any]:
    """A headline with its ranges."""
    found = each.range
    return asdict(found) | {
        "finding_id": each.finding.name,
        "headline_id": each.headline.name,
        "finding": each.finding.title,
        "headline": each.headline.label,
        # Read by `graph.tables.show`, too, which writes years without thousands apart.
        "unit_id": "year" if each.headline.is_year else None,
        "source": found.source or None,
        "low": found.low if found.has_range else None,
        "high": found.high if found.has_range else None,
    }


def _sources(study: Study, prose: Prose, supports: Mapping[str, Support]) -> DataTable:
    """Documents, and the ties that rest on each alone or with others."""
    rows: list[dict[str, Any]] = [
        {
            "id": iri,
            **{f"{name}_alone": each.alone.get(iri, 0) for name, each in supports.items()},
            **{f"{name}_all": each.all.get(iri, 0) for name, each in supports.items()},
        }
        for iri in {iri for each in supports.values() for iri in each.all}
    ]
    order = [study.network_name, *supports]
    rows.sort(key=lambda row: (*(-row[f"{name}_alone"] for name in order), row["id"]))
    return prose.table("sources", rows[:MOST])


def _by_number(prose: Prose, supports: Mapping[str, Support]) -> DataTable:
    """How many ties have one document, two, three …"""
    rows = [
        {"network_id": name, "network": message(f"ties.{name}")}
        | {"documents": number, "ties": ties, "share": ties / each.edges}
        for name, each in supports.items()
        for number, ties in each.by_number.items()
    ]
    return prose.table("support", rows)


def _coverage(study: Study, prose: Prose, covered: Sequence[Coverage]) -> DataTable:
    """What is documented of every total that a source gives."""
    rows = [
        {
            "id": each.government,
            "label": study.names.both(each.government),  # in full, not as in a network
            "partners": len(each.partners),
            "primary": len(each.primary),
            "total": total.value,
            "as_of": total.as_of or None,
            "documented": total.documented,
            "share": total.documented / total.value,
            "source": total.document,
        }
        for each in covered
        for total in each.totals
        if total.value
    ]
    return prose.table("coverage", rows)


def _lists(study: Study, prose: Prose) -> DataTable:
    """The partner lists, how much of each is on record, and of which day it is."""
    rows = [
        {
            "id": place,
            "partners": len(each.partners),
            "total": each.totals[0] if len(set(each.totals)) == 1 else None,
            "as_of": each.day.text if each.day else None,
            "completeness_id": each.completeness,
            "completeness": f"{CODE}list-completeness/{each.completeness}",
        }
        for place, each in study.lists.lists.items()
    ]
    return prose.table("lists", rows)


def _member_lists(study: Study, prose: Prose, lists: Sequence[MemberList]) -> DataTable:
    """The lists of members of networks, how much of each is on record, and of which day it is."""
    rows = [
        {
            "id": each.network,
            "label": study.names.both(each.network),
            "as_of": each.day or None,
            "members": each.on_record,
            "total": each.total,
            "approximate": each.is_approximate,
            "completeness_id": each.completeness,
            "completeness": f"{CODE}list-completeness/{each.completeness}",
            "source": each.document,
        }
        for each in lists
    ]
    return prose.table("member-lists", rows)


# Figures


def _figures(study: Study, prose: Prose, found: MissingFindings) -> list[Figure]:
    figures = []
    shown = [(each, bounds) for each in found.measured if (bounds := each.range.relative())]
    if shown:
        labels = distinct(
            [
                (each.headline.label, f"{each.finding.name}, {each.headline.name}")
                for each, _ in shown
            ]
        )
        draw = charts.intervals(
            [{"headline": label, **row} for label, (_, row) in zip(labels, shown, strict=True)],
            "headline",
            "low",
            "high",
            inner=("least", "greatest"),
            rule=1,
            title="relative=share_of_value:%",
            tooltips=[f"{name}={title}:.0%" for name, title in BOUNDS.items()],
        )
        figures.append(prose.figure("ranges", draw))
    if documents := found.support.ranked[:DRAWN]:
        labels = distinct([(study.label(iri), iri.rsplit("/", 1)[-1]) for iri in documents])
        rows = [
            {"document": label, "ties": found.support.alone[iri]}
            for label, iri in zip(labels, documents, strict=True)
        ]
        draw = charts.bars(
            rows,
            "ties=number_of_ties",
            "document",
            is_horizontal=True,
            fill=charts.ORANGE,
            size=(420, 0),
        )
        figures.append(prose.figure("sources", draw, len(rows)))
    return figures


__all__ = ["NEEDS", "missing"]
