"""The chapter on titles: which ties are called sister city, which friendship city, and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.draws import until_decided
from citypact.graph.analysis.permutation import Difference
from citypact.graph.analysis.sensitivity import assumed, left_out
from citypact.graph.analysis.significance import (
    LEVEL,
    is_decided,
    least_p,
    monte_carlo_error,
)
from citypact.graph.analysis.titles import (
    TitledTie,
    bounded,
    closest,
    without_each,
    years_later,
)
from citypact.graph.relations.partner_lists import ListedTie
from citypact.graph.report.shared.decades import by_decade
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.primary_tests import PrimaryTest
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable
from citypact.ontology import CODE

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

SISTER = "sister-city"
RELATION = f"{CODE}relation-type/"


@dataclass(frozen=True)
class TitleFindings:
    """What the chapter says.

    lists: by place the number of ties of each title (code, '' where none is stated). decades: the
    same by decade (None where unknown), of all lists together. later: by how many years ties of
    other titles began later than sister cities, within lists; bounds: the same with unknown years
    early, late, and so that it is as small as can be. without: the same without each list, or
    without each source where there is one list. pairs: ties that both sides list with one title
    each, differing: those whose titles differ.
    """

    lists: Mapping[str, Counter[str]]
    decades: Mapping[int | None, Counter[str]]
    later: Difference | None
    bounds: Mapping[str, float | None]
    without: Mapping[str, float]
    pairs: Sequence[ListedTie]
    differing: Sequence[ListedTie]

    @property
    def titles(self) -> list[tuple[str, int]]:
        """Titles (codes) with the number of ties on lists, the most frequent first."""
        total: Counter[str] = Counter()
        for each in self.lists.values():
            total.update(each)
        known = [(title, number) for title, number in total.items() if title]
        return sorted(known, key=lambda item: (-item[1], item[0]))

    @property
    def with_one_title(self) -> int:
        """How many lists use one title alone."""
        return sum(len(set(each) - {""}) == 1 for each in self.lists.values())

    @property
    def is_significant(self) -> bool:
        """Whether chance is ruled out for the difference in years."""
        return bool(self.later and self.later.p is not None and self.later.p <= LEVEL)

    @property
    def undated(self) -> int:
        """How many entries of lists have no year."""
        return sum(self.decades.get(None, Counter()).values())


def titles(study: Study) -> Finding:
    """What is called a sister city and what a friendship city, over time and by list."""
    found = find(study)
    prose = Prose(study, "titles", found, relation=RELATION, level=LEVEL)
    if found is None:
        return prose.finding({})
    decades = _decades(prose, found)
    known = [row for row in decades if row["decade"] != "unknown"]
    kinds = [prose.named("kind", title) for title, _ in found.titles]
    return prose.finding(
        {"draws": study.draws, "seed": study.seed},
        (),
        [
            prose.table("decades", decades),
            _lists(prose, found),
            _years(prose, found),
            _differing(prose, found),
            _counts(prose, found),
        ],
        [prose.figure("decades", by_decade(known, kinds))] if known else [],
        study.lists.documents,
        [_key_finding(study, prose, found)] if found.later else [],
        _primary_test(prose, found),
    )


def _counts(prose: Prose, found: TitleFindings) -> DataTable:
    """Numbers of the answer that are in no other table."""
    later = found.later
    return prose.counts(
        {
            "lists": len(found.lists),
            "one-title": found.with_one_title,
            "undated": found.undated,
            "pairs": len(found.pairs),
            "differing": len(found.differing),
            "p": later.p if later else None,
            "p-error": monte_carlo_error(later.p, least_p(later.draws, sides=1))
            if later and later.p is not None
            else None,
            **{f"title-{title}": number for title, number in found.titles},
        }
    )


def _primary_test(prose: Prose, found: TitleFindings) -> PrimaryTest | None:
    if found.later is None or found.later.p is None:
        return None
    return prose.primary_test(found.later.p, found.later.draws, sides=1)


def find(study: Study) -> TitleFindings | None:
    """The findings; None where there is no list, or none has a title."""
    lists = study.lists.lists
    counts = {
        place: Counter(tie.title(place) for tie in each.ties) for place, each in lists.items()
    }
    if not any(set(each) - {""} for each in counts.values()):
        return None
    decades: dict[int | None, Counter[str]] = defaultdict(Counter)
    ties: list[TitledTie] = []
    groups: dict[str, list[TitledTie]] = defaultdict(list)
    for place, each in lists.items():
        for tie in each.ties:
            title = tie.title(place)
            decades[_decade(tie.years)][title] += 1
            if title:
                titled = TitledTie(place, title == SISTER, tie.years)
                ties.append(titled)
                if study.lists.are_several:
                    groups[place].append(titled)
                elif len(tie.documents) == 1:
                    groups[min(tie.documents)].append(titled)
    later = until_decided(
        study.draws,
        study.most_draws,
        lambda draws: years_later(ties, draws, study.seed),
        lambda found: not found or found.p is None or is_decided([found.p], found.draws, sides=1),
    )
    is_later = bool(later and later.difference and later.difference > 0)
    bounds = {
        "undated-early": _difference(bounded(ties, late=False)),
        "undated-late": _difference(bounded(ties, late=True)),
        "undated-closest": _difference(closest(ties, is_later=is_later)),
    }
    both = [
        tie
        for tie in study.lists.partnerships
        if len(tie.titles) == 2 and all(len(said) == 1 for said in tie.titles.values())
    ]
    return TitleFindings(
        counts,
        dict(decades),
        later,
        bounds,
        without_each(ties, groups),
        both,
        [tie for tie in both if len(set(tie.titles.values())) > 1],
    )


def _decade(years: tuple[int, int] | None) -> int | None:
    if years is None or years[0] // 10 != years[1] // 10:
        return None
    return years[0] // 10 * 10


def _difference(ties: Sequence[TitledTie]) -> float | None:
    found = years_later(ties, draws=0)
    return found.difference if found else None


def _key_finding(study: Study, prose: Prose, found: TitleFindings) -> KeyFinding:
    assert found.later and found.later.difference is not None
    name = "lists" if study.lists.are_several else "sources"
    checks = [left_out(name, dict(found.without), 0)]
    checks += [assumed(bound, value) for bound, value in found.bounds.items()]
    return prose.key_finding(
        "later", found.later.difference, 0, checks, is_significant=found.is_significant
    )


def _decades(prose: Prose, found: TitleFindings) -> list[dict[str, Any]]:
    """The titles of ties by decade."""
    return [
        {
            "decade": "unknown" if decade is None else str(decade),
            "kind_id": title or "unknown",
            "kind": prose.named("kind", title or "unknown"),
            "number": number,
            "share": number / sum(counts.values()),
        }
        for decade, counts in sorted(found.decades.items(), key=lambda item: item[0] or 9999)
        for title, number in sorted(counts.items())
    ]


def _lists(prose: Prose, found: TitleFindings) -> DataTable:
    """The titles on each list."""
    rows = [
        {"id": place, "kind": title or "unknown", "number": number}
        | {"share": number / sum(counts.values())}
        for place, counts in found.lists.items()
        for title, number in sorted(counts.items())
    ]
    return prose.table("lists", rows)


def _years(prose: Prose, found: TitleFindings) -> DataTable:
    """The difference in years, under each assumption."""
    if not (later := found.later):
        return prose.table("years", [])
    tested = {"p": later.p, "others": later.number_of_first, "sisters": later.number_of_second}
    rows = [{"model": name, "difference": value} for name, value in found.bounds.items()]
    known = {"model": "known", "difference": later.difference, **tested}
    return prose.table("years", [known, *rows])


def _differing(prose: Prose, found: TitleFindings) -> DataTable:
    """Ties that their two sides call differently."""
    rows = [
        {"one": one, "one_title": RELATION + min(tie.titles[one])}
        | {"other": other, "other_title": RELATION + min(tie.titles[other])}
        for tie in found.differing
        for one, other in [tie.places]
    ]
    return prose.table("differing", rows)


__all__ = ["TitleFindings", "find", "titles"]
