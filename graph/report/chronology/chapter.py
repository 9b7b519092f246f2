"""The chapter on chronology: when ties began, in which forms, which topics came when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.chronology import Renewal, Spread
from citypact.graph.analysis.sensitivity import Check, assumed, left_out
from citypact.graph.analysis.significance import LEVEL
from citypact.graph.analysis.tempo import RateComparison, growth
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.cities import cities
from citypact.graph.networks.dormancy import Dormancy
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.timeline import (
    UNKNOWN,
    median_of_years,
    median_year,
    renewed_share,
    sister_share,
    with_years,
)
from citypact.graph.networks.timeline_sources import differences
from citypact.graph.report.chronology.data import (
    BOUNDS,
    DORMANT,
    RECENT,
    THRESHOLDS,
    ChronologyFindings,
    find,
)
from citypact.graph.report.shared.decades import by_decade
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words
from citypact.ontology import CODE

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

NAMED_FORMS = 3
"""The most common forms, which the answer names."""
TOPICS = 8
"""How many topics the figure of arrivals shows."""
SCHEMES = {"partnership": "relation-type", "agreement": "form"}
"""The scheme of the codes of kinds, by what has them."""


def chronology(study: Study) -> Finding:
    """Half a century of partnerships: rates, forms, topics, renewal, dormancy, succession."""
    found = find(study)
    prose = prose_of(study, found)
    if not found.line.partnerships and not found.line.agreements:
        return prose.finding({})
    forms = _forms(study, prose, found)
    blocks = found.rates.blocks if found.rates else None
    return prose.finding(
        {
            "as-of": found.dormancy.day.isoformat(),
            "dormant-after-years": DORMANT,
            # Years are texts here: numbers would be written with thousands apart.
            "middle-year": str(found.middle),
            "agreements-since": str(found.dormancy.day.year - RECENT + 1),
            **({"years-of-a-block": blocks.length} if blocks else {}),
            "draws": study.draws,
            "seed": study.seed,
        },
        [
            prose.headline("median-year", "actors", median_year, is_year=True),
            prose.headline("sister-share", "actors", sister_share),
            prose.headline("renewed", "actors", renewed_share),
        ],
        [
            _decades(study, prose, found),
            _rates(prose, found.rates),
            _missing_dates(prose, found),
            _counts(prose, found),
            prose.table("forms", forms),
            _topics(prose, found.spreads),
            _fields(prose, found),
            _renewals(prose, found.renewals),
            _dormant(prose, found.dormancy),
            prose.table("chains", _numbered(found.chains)),
        ],
        _figures(study, prose, found, forms),
        _sources(study),
        key_findings(prose, found),
        primary=prose.primary_test(blocks.p, blocks.draws, sides=1) if blocks else None,
    )


def prose_of(study: Study, found: ChronologyFindings) -> Prose:
    """The prose of the chapter; its templates make the IRI of a code by `code(scheme, name)`."""
    return Prose(
        study,
        "chronology",
        found,
        level=LEVEL,
        thresholds=THRESHOLDS,
        code=_code,
        centre="" if found.line.hub else study.store.centre,
    )


def key_findings(prose: Prose, found: ChronologyFindings) -> list[KeyFinding]:
    """What changed at the hub: how often it began partnerships, and on what it agreed.

    Nothing where there is no hub: rates of several lists depend on which lists were collected.
    """
    return [*_of_rates(prose, found), *_of_fields(prose, found)] if found.line.hub else []


def _of_rates(prose: Prose, found: ChronologyFindings) -> list[KeyFinding]:
    """The change of the rate at which the hub began partnerships."""
    rates = found.rates
    if rates is None or not rates.change.ratio:
        return []
    checks = [left_out(name, values, 1) for name, values in found.ratio_without.items()]
    checks += [
        assumed(f"undated-{name}", each.ratio)
        for name, each in (("early", rates.if_old), ("late", rates.if_new))
        if each
    ]
    checks.append(Check("interval", rates.change.low, rates.change.high))
    return [
        prose.key_finding("rate", rates.change.ratio, 1, checks, is_significant=rates.holds(LEVEL))
    ]


def _of_fields(prose: Prose, found: ChronologyFindings) -> list[KeyFinding]:
    """The broad fields whose agreements are earlier or later than the others."""
    lost = {
        *found.no_longer_shifted,
        *found.no_longer_by_day,
        *found.shifted_by_missing_dates,
    }
    keys = []
    for each in found.shifted:
        field, difference = each.field, each.test.difference
        if difference is None:
            continue
        checks = [left_out("sources", found.differences_without[field], 0)]
        others = (
            ("read-in-full", found.timings_again),
            ("same-day", found.timings_by_day),
            *zip(("undated-early", "undated-late"), found.timings_if, strict=False),
        )
        checks += [assumed(name, differences(timings).get(field)) for name, timings in others]
        keys.append(
            prose.key_finding(
                "field",
                difference,
                0,
                checks,
                each,
                is_significant=field not in lost,
                is_exploratory=True,
            )
        )
    return keys


def _code(scheme: str, name: str) -> str:
    return f"{CODE}{scheme}/{name}"


def _sources(study: Study) -> set[str]:
    """The documents behind dated partnerships and agreements."""
    network = study.network("actors")
    found: set[str] = set()
    for edge, documents in study.documents("actors").items():
        data = network.get_edge_data(*edge[:2], edge[2])
        if data and data.get("relation") in SCHEMES and data.get("date"):
            found |= documents
    return found


# Tables


def _decades(study: Study, prose: Prose, found: ChronologyFindings) -> DataTable:
    """New partnerships and agreements by decade, and the cities tied by its end."""
    ties, deals = found.ties, found.deals
    known = sorted({*ties.by_decade, *deals.by_decade})
    rows: list[dict[str, Any]] = []
    for decade in range(known[0], known[-1] + 1, 10) if known else ():
        end = min(found.dormancy.day, date(decade + 9, 12, 31))
        network = cities(study.store, Filter(as_of=end))
        countries = {country for _, country in network.nodes(data="country")} - {None}
        rows.append(
            {
                "decade": str(decade),
                "partnerships": ties.by_decade.get(decade, 0),
                "agreements": deals.by_decade.get(decade, 0),
                "ties": network.number_of_edges(),
                "countries": len(countries),
            }
        )
    rows.append({"decade": UNKNOWN, "partnerships": ties.unplaced, "agreements": deals.unplaced})
    return prose.table("decades", rows)


def _rates(prose: Prose, found: RateComparison | None) -> DataTable:
    """All numbers of the change of rate, as dated and with missing dates bounded."""
    if found is None:
        return prose.table("pace", [])
    more: dict[str, Any] = {}
    if found.blocks:
        more = {f"blocks_{name}": getattr(found.blocks, name) for name in ("p", "error", "length")}
    for name, each in (("within", found.within), ("whole", found.overall)):
        if each:
            more |= {name: each.index, f"{name}_p": each.p, f"{name}_error": each.error}
    changes = {"left out": found.change, "old": found.if_old, "new": found.if_new}
    rows: list[tuple[Any, ...]] = [
        ({"missing": case}, each) for case, each in changes.items() if each
    ]
    return prose.table("pace", [(*rows[0], more), *rows[1:]])


def _counts(prose: Prose, found: ChronologyFindings) -> DataTable:
    """Numbers of the answer that are in no other table."""
    line, years, clustered = found.line, found.years, found.clustering
    counts: dict[str, float | int | None] = {
        "partnerships": len(line.partnerships),
        "dated": len(years),
        "first": years[0] if years else None,
        "last": years[-1] if years else None,
        "partners": len(line.partners),
        "agreements": len(line.agreements),
        "actors": len(line.agreement_years),
        "renewed": len(found.renewals),
        "years-between": found.years_between,
        "fields": len(found.timings),
        "replaced": found.replaced,
    }
    if clustered:
        counts |= {
            "peak": clustered.peak,
            "in-peak": found.deals.by_year[clustered.peak],
            "dispersion": clustered.dispersion.index,
            "dispersion-p": clustered.dispersion.p,
            "dispersion-error": clustered.dispersion.error,
            "days": clustered.known,
            "shared-days": clustered.shared,
        }
    if clustered and (evened := clustered.evened):
        counts |= {"evened-p": evened.p, "evened-error": evened.error}
    if found.ties.gap:
        counts |= dict(zip(("gap-first", "gap-last"), found.ties.gap, strict=True))
    counts |= {f"form-{form}": number for form, number in found.forms[:NAMED_FORMS]}
    if found.common_kinds:
        for side, each in zip(("early", "late"), found.common_kinds, strict=True):
            counts |= {f"kind-{side}": each.number, f"kinds-{side}": each.of}
    return prose.counts(counts)


def _missing_dates(prose: Prose, found: ChronologyFindings) -> DataTable:
    """What the chapter says of time, as dated and with all missing dates old, or new."""
    ties, rows = found.line.partnerships, []
    undated = sum(tie.year is None for tie in ties)
    if undated:
        medians = [median_of_years(with_years(ties, missing)) for missing in BOUNDS]
        rows.append(("median_year", undated, median_of_years(ties), *medians))
        if (rates := found.rates) and rates.if_old and rates.if_new:
            ratios = [each.ratio for each in (rates.change, rates.if_old, rates.if_new)]
            rows.append(("ratio", undated, *ratios))
    dormancy = found.dormancy
    for years in THRESHOLDS if found.line.partners else ():
        least, most = dormancy.bounds(years)
        rows.append((f"without_evidence_{years}", most - least, None, most, least))
    if (clustered := found.clustering) and clustered.evened:
        index = clustered.dispersion.index
        rows.append(("dispersion", clustered.undated, index, index, clustered.evened.index))
    names = ("claim", "undated", "as_dated", "if_old", "if_new")
    return prose.table(
        "missing-dates",
        [dict(zip(names, row, strict=True)) for row in rows],
    )


def _forms(study: Study, prose: Prose, found: ChronologyFindings) -> list[dict[str, Any]]:
    """How many partnerships are of each relation type, and agreements of each form, by decade."""
    rows = []
    line = found.line
    for what, ties in (("partnership", line.partnerships), ("agreement", line.agreements)):
        wholes = Counter(tie.decade for tie in ties)
        counts = Counter((kind, tie.decade) for tie in ties for kind in tie.kinds)
        rows += [
            {
                "what_id": what,
                "what": prose.words(what),
                "kind_id": kind,
                "kind": _kind(study, prose, what, kind),
                "decade": UNKNOWN if decade is None else str(decade),
                "number": counts[kind, decade],
                "share": counts[kind, decade] / wholes[decade],
            }
            for kind, decade in sorted(counts, key=lambda cell: (cell[0], cell[1] or 9999))
        ]
    return rows


def _kind(study: Study, prose: Prose, what: str, code: str) -> Words:
    if code == UNKNOWN:
        return prose.words("unknown_kind")
    return study.label(_code(SCHEMES[what], code))


def _topics(prose: Prose, spreads: Sequence[Spread]) -> DataTable:
    """Topics by their first year."""
    rows = [
        (
            {"id": each.topic, "first_year": each.first, "with": each.first_with}
            | {f"years_to_{number}": each.years_to(number) for number in (3, 5, 10)},
            each,
        )
        for each in spreads
    ]
    return prose.table("topics", rows)


def _fields(prose: Prose, found: ChronologyFindings) -> DataTable:
    """Broad fields by the mean year of their agreements, compared with the others."""
    others = {
        "without": {each.field: each for each in found.timings_again},
        "by_day": {each.field: each for each in found.timings_by_day},
    }
    rows = []
    for each in found.timings:
        test = each.test
        row = {
            "id": each.field,
            "agreements": test.number_of_first,
            "mean_year": test.first,
            "others_year": test.second,
            "difference": test.difference,
            "p": each.p,
            "error": each.adjusted and each.adjusted.error,
        }
        for name, timings in others.items():
            if other := timings.get(each.field):
                row |= {f"difference_{name}": other.test.difference, f"p_{name}": other.p}
        rows.append(row)
    return prose.table("fields", rows)


def _renewals(prose: Prose, renewals: Sequence[Renewal]) -> DataTable:
    """Partners with several agreements, with the years as texts."""
    rows = [
        {"id": each.node, "agreements": each.agreements}
        | {name: list(map(str, getattr(each, name))) for name in ("years", "between")}
        for each in renewals
    ]
    return prose.table("renewals", rows)


def _dormant(prose: Prose, found: Dormancy) -> DataTable:
    """Partners without dated evidence, those in no undated document first."""
    rows = []
    without = sorted([*found.dormant, *found.never], key=lambda node: (found.undated[node], node))
    for partner in without:
        row = {
            "id": partner,
            "undated": found.undated[partner],
            "tells_of": found.mentioned.get(partner),
        }
        if evidence := found.last.get(partner):
            row |= {"last": evidence.latest, "kind": evidence.kind, "evidence_id": evidence.iri}
        rows.append(row)
    return prose.table("dormant", rows, day=str(found.day), years=str(found.years))


def _numbered(chains: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """What replaces or continues what, a row a chain."""
    return [{"number": number, "chain": list(chain)} for number, chain in enumerate(chains, 1)]


# Figures


def _figures(
    study: Study, prose: Prose, found: ChronologyFindings, forms: Sequence[Mapping[str, Any]]
) -> list[Figure]:
    figures = []
    years: dict[str, list[int]] = defaultdict(list)
    for tie in found.line.partnerships:
        if tie.year is not None:
            for kind in tie.kinds:
                years[kind].append(tie.year)
    if years:
        grown = [
            {"kind": _kind(study, prose, "partnership", kind), "year": year, "number": number}
            for kind, year, number in growth(years, found.dormancy.day.year)
        ]
        draw = charts.lines(
            grown, "year:d", "number=begun_by_then", colour="kind", is_area=True, is_step=True
        )
        figures.append(prose.figure("cumulative", draw))
    if found.deals.by_year:
        counts = [{"year": y, "agreements": number} for y, number in found.deals.by_year.items()]
        draw = charts.bars(counts, "year:d", "agreements", is_time=True, size=(charts.WIDTH, 220))
        figures.append(prose.figure("agreements", draw))
    for name, what in (("kinds", "partnership"), ("forms", "agreement")):
        cells = [row for row in forms if row["what_id"] == what and row["decade"] != UNKNOWN]
        if cells:
            figures.append(prose.figure(name, _cells(cells)))
    arrivals = [
        {"topic": study.label(each.topic), "year": year, "partners": number}
        for each in found.widest[:TOPICS]
        for year, number in each.cumulative.items()
    ]
    if arrivals:
        draw = charts.points(
            arrivals,
            "year:d",
            "topic",
            size_by="partners=partners_by_then",
            x_scale={"zero": False},
            opacity=0.8,
            size=(460, 0),
            step=34,
        )
        figures.append(prose.figure("topics", draw))
    return figures


def _cells(rows: Sequence[Mapping[str, Any]]) -> charts.Draw:
    """Kinds by decade, the most frequent kind first."""
    totals: Counter[str] = Counter()
    names = {row["kind_id"]: row["kind"] for row in rows}
    for row in rows:
        totals[row["kind_id"]] += row["number"]
    return by_decade(rows, [names[kind] for kind in sorted(totals, key=lambda k: (-totals[k], k))])


__all__ = ["chronology", "key_findings", "prose_of"]
