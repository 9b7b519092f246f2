"""The chapter on mayors and rules: whether terms of office and a rule show in the partnerships."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from citypact.graph.analysis.rules import RuledTie, RuleTable, rule_table
from citypact.graph.analysis.sensitivity import Check, assumed
from citypact.graph.analysis.significance import LEVEL
from citypact.graph.analysis.terms import TermCount, Unevenness, counts, terms, unevenness
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.relations.heads_of_government import heads_of_government
from citypact.graph.report.shared.chance import sampled
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable
from citypact.ontology import ID

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

RULE_ENDED = 2004
"""The year in whose January Seoul is said to have given up one sister city for each country."""
RULE_CITY = ID + "city/seoul"
"""The city that is said to have had the rule."""
KIND = "sister-city"
BOUNDARIES = {"early": 0.0, "middle": 0.5, "late": 1.0}
"""Where between two terms shown the one ended and the other began."""


@dataclass(frozen=True)
class MayorFindings:
    """What the chapter says.

    city: whose list it is (IRI). counts: partnerships by term of office. uneven: whether their rate
    differs between terms, by where terms are divided. ties, undated: on the list, and those without
    a known year. rule: of the city; bounds: the same with undated ties early and late. others: of
    all other cities with a list together, None where there is none.
    """

    city: str
    counts: Sequence[TermCount]
    uneven: Mapping[str, Unevenness]
    ties: int
    undated: int
    rule: RuleTable
    bounds: Mapping[str, RuleTable]
    others: RuleTable | None

    @property
    def middle(self) -> Unevenness | None:
        """The unevenness with terms divided in the middle of what is unknown."""
        return self.uneven.get("middle")

    @property
    def differ(self) -> bool:
        """Whether the rate differs between terms wherever these are divided."""
        return bool(self.uneven) and all(each.p <= LEVEL for each in self.uneven.values())

    @property
    def has_rule(self) -> bool:
        """Whether it is the city of the rule, with ties of the kind before and since it ended."""
        is_both = sum(self.rule.before) and sum(self.rule.since)
        return self.city == RULE_CITY and bool(is_both)


def mayors_and_rules(study: Study) -> Finding:
    """Whether mayors and a rule show in when and with whom partnerships were made."""
    found = find(study)
    prose = Prose(study, "mayors-and-rules", found, ended=RULE_ENDED, level=LEVEL)
    if found is None:
        return prose.finding({})
    keys = []
    if found.middle:
        keys.append(_key_of_terms(prose, found))
    if found.has_rule:
        keys.append(_key_of_rule(prose, found))
    return prose.finding(
        {"rule-ended": str(RULE_ENDED), "draws": study.draws, "seed": study.seed},
        (),
        [
            _terms(prose, found),
            prose.table("unevenness", [({"model": at}, each) for at, each in found.uneven.items()]),
            *([_rules(prose, found), _again(prose, found)] if found.has_rule else []),
            _counts(prose, found),
        ],
        [_figure(study, prose, found)] if found.counts else [],
        {iri for tie in study.lists.lists[found.city].ties for iri in tie.documents},
        keys,
        prose.primary_test(found.middle.p, found.middle.draws, sides=1) if found.middle else None,
    )


def _counts(prose: Prose, found: MayorFindings) -> DataTable:
    """Numbers of the answer that are in no other table."""
    values: dict[str, float] = {}
    if middle := found.middle:
        values = {"terms": len(found.counts), "in-terms": middle.things, "p-error": middle.error}
    if found.has_rule:
        new, again = zip(found.rule.since, found.rule.other, strict=True)
        values |= {"before": sum(found.rule.before), "since": sum(found.rule.since)}
        values |= {"new": sum(new), "again": sum(again)}
        if found.others:
            values["others-before"] = sum(found.others.before)
            values["others-since"] = sum(found.others.since)
    return prose.counts(values)


def find(study: Study) -> MayorFindings | None:
    """The findings; None where the city that the graph is centred on has no list."""
    lists = study.lists.lists
    city = study.store.centre
    if city not in lists:
        if len(lists) != 1:
            return None
        (city,) = lists
    ties = lists[city].ties
    begun = [
        (tie.begun.begin, tie.begun.end)
        for tie in ties
        if tie.begun and tie.begun.begin and tie.begun.end
    ]
    series = terms(heads_of_government(study.store, study.chosen, city))
    uneven = {}
    for name, at in BOUNDARIES.items():
        test = partial(unevenness, series, begun, at, seed=study.seed)
        if each := sampled(study, test):
            uneven[name] = each
    years = [tie.years[0] for tie in ties if tie.years]
    bounds = {
        name: rule_table(_ruled(study, city, year), RULE_ENDED)
        for name, year in (
            ("undated-early", min(years, default=RULE_ENDED - 1)),
            ("undated-late", max(years, default=RULE_ENDED)),
        )
    }
    others = [
        tie for other in lists if other != city for tie in _ruled(study, other, None, apart=True)
    ]
    return MayorFindings(
        city,
        counts(series, begun),
        uneven,
        len(ties),
        len(ties) - len(begun),
        rule_table(_ruled(study, city, None), RULE_ENDED),
        bounds,
        rule_table(others, RULE_ENDED) if others else None,
    )


def _ruled(study: Study, city: str, year: int | None, *, apart: bool = False) -> list[RuledTie]:
    """The titled ties on a list to places in other countries. year: that of undated ties, which are
    left out where it is None. apart: whether countries of this list are told from those of others.
    """
    nodes = study.lists.network.nodes
    own = nodes[city].get("country", "")
    found = []
    for tie in study.lists.lists[city].ties:
        country = str(nodes[tie.other(city)].get("country", ""))
        begun = tie.years[0] if tie.years else year
        if tie.title(city) and country and country != own and begun is not None:
            named = f"{city} {country}" if apart else country
            found.append(RuledTie(tie.other(city), begun, named, tie.title(city) == KIND))
    return found


def _key_of_terms(prose: Prose, found: MayorFindings) -> KeyFinding:
    assert found.middle
    ends = [each.index for name, each in found.uneven.items() if name != "middle"]
    checks = [Check("boundaries", min(ends), max(ends))]
    return prose.key_finding("terms", found.middle.index, 1, checks, is_significant=found.differ)


def _key_of_rule(prose: Prose, found: MayorFindings) -> KeyFinding:
    checks = [assumed(name, table.increase) for name, table in found.bounds.items()]
    return prose.key_finding(
        "rule",
        found.rule.increase,
        0,
        checks,
        is_significant=found.rule.p <= LEVEL,
        is_exploratory=True,
    )


def _terms(prose: Prose, found: MayorFindings) -> DataTable:
    """Terms of office with what began in them."""
    rows = [
        ({"number": number, "id": each.term.holder, "low": low, "high": high}, each.term, each)
        for number, each in enumerate(found.counts, 1)
        for low, high in [each.rate]
    ]
    return prose.table("terms", rows)


def _rules(prose: Prose, found: MayorFindings) -> DataTable:
    """New and repeated countries before the rule ended and since."""
    tables = {"known": found.rule, **found.bounds}
    if found.others:
        tables["others"] = found.others
    rows = [
        {"model": name, "p": each.p, "p_titles": each.p_of_titles}
        | {"new_before": each.before[0], "again_before": each.before[1]}
        | {"new_since": each.since[0], "again_since": each.since[1]}
        | {"other_new": each.other[0], "other_again": each.other[1]}
        for name, each in tables.items()
    ]
    return prose.table("rule", rows)


def _again(prose: Prose, found: MayorFindings) -> DataTable:
    """Sister cities in a country that already had one."""
    return prose.table("again", [{"id": tie.name, "year": tie.year} for tie in found.rule.again])


def _figure(study: Study, prose: Prose, found: MayorFindings) -> Figure:
    """Partnerships a year in each term, at least and at most."""
    rows = []
    for number, each in enumerate(found.counts, 1):
        label = {
            language: f"{number}. {name} ({each.term.first.year}–{each.term.last.year})"
            for language, name in study.label(each.term.holder).items()
        }
        low, high = each.rate
        rows.append({"term": label, "low": low, "high": high})
    draw = charts.intervals(
        rows,
        "term=term_of_office",
        "low",
        "high",
        title="rate=partnerships_a_year",
        tooltips=["low=rate_at_least:.1f", "high=rate_at_most:.1f"],
    )
    return prose.figure("terms", draw)


__all__ = ["MayorFindings", "find", "mayors_and_rules"]
