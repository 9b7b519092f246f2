"""The chapter on tie formation: what makes a tie more likely in the year that follows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citypact.graph.analysis.places import places
from citypact.graph.analysis.regression import Coefficient, NotFitted
from citypact.graph.analysis.sensitivity import Check, left_out
from citypact.graph.analysis.significance import LEVEL
from citypact.graph.analysis.tie_formation import (
    CONTROLS,
    EARLY,
    FEWEST,
    LATE,
    WITHOUT,
    Formation,
    History,
)
from citypact.graph.analysis.tie_formation import (
    tie_formation as fitted,
)
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.country_codes import country_codes
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.relations.agreement_years import agreement_years
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.models import coefficient_rows
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable
from citypact.ontology.errors import Message

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

ALL_LISTS = "all-lists"
"""The variant in which every list is taken to be whole."""
VARIANTS = (WITHOUT, EARLY, LATE, ALL_LISTS)
"""The variants of the model: three ways to treat ties of unknown years, and `ALL_LISTS`."""


@dataclass(frozen=True)
class FormationFindings:
    """What the chapter says: the fitted history by variant, those that could be fitted."""

    by_variant: Mapping[str, Formation]
    lists: int
    whole: int

    @property
    def main(self) -> Formation:
        """The variant that the answer rests on."""
        return self.by_variant[WITHOUT]

    @property
    def common(self) -> Coefficient | None:
        """What one more partner in common does to the odds that a tie forms in a year."""
        return self.main.model.coefficient("common_partners")

    def coefficient(self, name: str, variant: str = ALL_LISTS) -> Coefficient | None:
        """A coefficient of a variant; None where there is none."""
        found = self.by_variant.get(variant)
        return found.model.coefficient(name) if found else None

    @property
    def ratios(self) -> dict[str, tuple[float, float, float]]:
        """By variant the odds ratio of one more partner in common, and its interval."""
        found = {}
        for variant in self.by_variant:
            each = self.coefficient("common_partners", variant)
            if each and (odds := each.odds_ratio):
                found[variant] = odds
        return found

    @property
    def is_significant(self) -> bool:
        """Whether chance is ruled out for partners in common, in the main variant."""
        return bool(self.common and self.common.p is not None and self.common.p <= LEVEL)


def tie_formation(study: Study) -> Finding:
    """What makes it more likely that two cities become partners in the following year."""
    found = find(study)
    prose = Prose(study, "tie-formation", found, controls=CONTROLS, fewest=FEWEST)
    if found is None:
        return prose.finding({})
    return prose.finding(
        {"pairs-per-tie": CONTROLS, "seed": study.seed},
        (),
        [
            _model(prose, found),
            _risk(prose, found),
            _without(prose, found),
            prose.counts({"lists": found.lists, "complete": found.whole}),
        ],
        [_figure(prose, found)] if found.ratios else [],
        study.lists.documents,
        [key_finding(prose, found)] if WITHOUT in found.ratios else [],
        prose.primary_test(found.common.p) if found.common and found.common.p is not None else None,
    )


def find(study: Study) -> FormationFindings | None:
    """The findings; None where there are too few lists, or too few ties of known years."""
    lists = study.lists
    if not lists.are_several:
        return None
    where = places(lists.network, country_codes(study.store, lists.network))
    networks = NetworkReader.of(study.store, study.chosen).years_of_joining()
    agreements = {
        pair: min(years) for pair, years in agreement_years(study.store, study.chosen).items()
    }
    found = {}
    for variant in VARIANTS:
        study.progress(Message("fitting: {model}", model=variant))
        judges = lists.lists.keys() if variant == ALL_LISTS else lists.whole
        undated = WITHOUT if variant == ALL_LISTS else variant
        until = {p: year for p in judges if (year := lists.lists[p].last_year) is not None}
        history = History(lists.network, judges, until, networks, agreements)
        with suppress(NotFitted):
            found[variant] = fitted(history, where, undated, study.seed)
    if WITHOUT not in found:
        return None
    return FormationFindings(found, len(lists.lists), len(lists.whole))


def key_finding(prose: Prose, found: FormationFindings) -> KeyFinding:
    """What partners in common do, and the odds ratios and intervals that could overturn it."""
    ratios = found.ratios
    without = {judge: math.exp(each) for judge, each in found.main.without.items()}
    checks = [Check("interval", *ratios[WITHOUT][1:]), left_out("lists", without, 1)]
    for variant, name in (
        (EARLY, "undated-early"),
        (LATE, "undated-late"),
        (ALL_LISTS, "all-whole"),
    ):
        _, low, high = ratios.get(variant, (None, None, None))
        checks.append(Check(f"{name}-interval", low, high))
    return prose.key_finding(
        "common", ratios[WITHOUT][0], 1, checks, is_significant=found.is_significant
    )


def _model(prose: Prose, found: FormationFindings) -> DataTable:
    """The coefficients of all variants."""
    rows = [
        ({"model": variant}, *row)
        for variant, formation in found.by_variant.items()
        for row in coefficient_rows(formation.model)
    ]
    return prose.table("model", rows)


def _risk(prose: Prose, found: FormationFindings) -> DataTable:
    """Who was at risk, by variant."""
    rows = [
        ({"model": variant, "ties": risk.events, "undated": risk.left_out}, risk)
        for variant, formation in found.by_variant.items()
        for risk in [formation.risk]
    ]
    return prose.table("risk", rows)


def _without(prose: Prose, found: FormationFindings) -> DataTable:
    """The odds ratio of one more partner in common, without each list."""
    ordered = sorted(found.main.without.items(), key=lambda item: (item[1], item[0]))
    rows = [{"id": judge, "odds_ratio": math.exp(each)} for judge, each in ordered]
    return prose.table("without", rows)


def _figure(prose: Prose, found: FormationFindings) -> Figure:
    rows = [
        {
            "variant": prose.named("model", variant),
            "ratio": each[0],
            "low": each[1],
            "high": each[2],
        }
        for variant, each in found.ratios.items()
    ]
    draw = charts.intervals(
        rows, "variant=model_variant", "low", "high", value="ratio=odds_ratio", rule=1
    )
    return prose.figure("common", draw)


__all__ = ["ALL_LISTS", "FormationFindings", "find", "key_finding", "tie_formation"]
