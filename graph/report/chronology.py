"""The chapter on chronology: when ties began, in which forms, which topics came when."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.analysis.chronology import (
    Change,
    Renewal,
    Spread,
    Tempo,
    chains,
    change,
    dormant,
    median_between,
    renewals,
    spread,
    tempo,
    year_of,
)
from graph.export.columns import ID, Column
from graph.export.database import Table
from graph.report import chronology_figures as figures
from graph.report.chronology_data import Timeline, year
from graph.report.finding import Finding, Headline
from graph.report.numbers import written
from graph.ties import Filter, Reader
from graph.words import Words, both
from ontology import TOPIC

if TYPE_CHECKING:
    from graph.report.study import Study

QUIET = 10
"""Years without evidence after which a partnership is called quiet."""
NAMED = 5
TITLE = both("언제, 어떤 모양으로", "When, and in which forms")
QUESTION = both(
    "협력 관계는 언제 생겼고, 그 형식과 분야는 어떻게 바뀌었으며, 무엇이 이어지고 무엇이 "
    "조용해졌는가?",
    "When did partnerships begin, how did their forms and topics change, what was renewed and what "
    "went quiet?",
)
METHOD = [
    both(
        "날짜는 출처만큼만 정밀합니다(EDTF). 해를 모르는 것은 따로 셉니다. 속도가 바뀌었는지는 "
        "관찰된 기간의 한가운데 해를 미리 정해 앞뒤를 정확한 조건부 이항 검정으로 "
        "견줍니다(Przyborowski·Wilenski 1940). 분야의 확산은 그 분야를 처음 다룬 해와 누적 상대 "
        "수입니다.",
        "Dates are as precise as their sources (EDTF); what is not known to the year is counted "
        "apart. Whether the rate changed is asked of the middle year of the period, chosen before "
        "looking, by the exact conditional binomial test (Przyborowski and Wilenski 1940). A topic "
        "spreads by the partners that have it by a year, from its first year on.",
    ),
    both(
        f"‘조용함’은 기준일까지 {QUIET}년 동안 그 상대를 말하는 근거(날짜 있는 연결, 그 연결을 "
        "말하는 문서의 게재일)가 없다는 뜻입니다. 기준일은 따로 정하지 않으면 자료의 마지막 "
        "날입니다.",
        f"Quiet means no evidence for {QUIET} years before a day: no dated tie, and no document "
        "about its ties published since. The day is the last one in the data unless one is given.",
    ),
]


def chronology(study: Study) -> Finding:
    """Half a century of partnerships: tempo, forms, topics, renewal, quiet, succession."""
    line = Timeline(study)
    if not line.partnerships and not line.agreements:
        none = both("날짜가 있는 관계가 없습니다.", "There are no partnerships or agreements.")
        return Finding("chronology", TITLE, QUESTION, [none], METHOD, {})
    ties = tempo(thing.edtf for thing in line.partnerships)
    deals = tempo(thing.edtf for thing in line.agreements)
    spreads = _spreads(line)
    again = renewals(_years_by_partner(line))
    day = study.chosen.as_of or max(line.evidence.values(), default=date(1, 1, 1))
    quiet = dormant(line.evidence, day, QUIET)
    follows = _chains(study)
    return Finding(
        "chronology",
        TITLE,
        QUESTION,
        _answer(line, ties, deals, spreads, again, quiet, day),
        METHOD,
        {"as of": day.isoformat(), "quiet after years": QUIET},
        [
            Headline(
                "median-year",
                both("관계가 생긴 해의 중앙값", "Median year in which partnerships began"),
                "actors",
                partial(median_year, relation="partnership"),
            ),
            Headline(
                "sister-share",
                both("관계 가운데 자매도시의 비율", "Share of sister cities among partnerships"),
                "actors",
                sister_share,
            ),
            Headline(
                "renewed",
                both("협정이 둘 이상인 상대의 비율", "Share of partners with several agreements"),
                "actors",
                renewed_share,
            ),
        ],
        [
            _decades_table(line, ties, deals),
            _forms_table(line),
            _topics_table(line, spreads),
            _renewals_table(line, again),
            _quiet_table(line, quiet),
            *([_chains_table(line, follows)] if follows else []),
        ],
        [
            *([figures.cumulative(_cumulative(line))] if ties.by_year else []),
            *([figures.by_year(deals.by_year)] if deals.by_year else []),
            *([figures.forms(_forms(line))] if deals.by_year else []),
            *([figures.arrivals(_arrivals(line, spreads))] if spreads else []),
        ],
        _cautions(line, ties, deals),
        _sources(study),
    )


# Headlines


def median_year(network: nx.Graph, relation: str) -> float | None:
    """The median year in which ties of a relation began, of those that have one."""
    years = sorted(
        found
        for *_, data in network.edges(data=True)
        if data.get("relation") == relation
        and (found := year_of(str(data.get("date", "")))) is not None
    )
    if not years:
        return None
    middle = len(years) // 2
    return float(years[middle] if len(years) % 2 else (years[middle - 1] + years[middle]) / 2)


def sister_share(network: nx.Graph) -> float | None:
    """The share of sister cities among partnerships of a known kind."""
    kinds = [
        data["relation_type"]
        for *_, data in network.edges(data=True)
        if data.get("relation") == "partnership" and data.get("relation_type")
    ]
    return kinds.count("sister-city") / len(kinds) if kinds else None


def renewed_share(network: nx.Graph) -> float | None:
    """The share of pairs with an agreement that have more than one."""
    pairs: Counter[tuple[Any, ...]] = Counter()
    for one, other, data in network.edges(data=True):
        if data.get("relation") == "agreement":
            pairs[tuple(sorted((one, other)))] += 1
    return sum(count > 1 for count in pairs.values()) / len(pairs) if pairs else None


# What is asked


def _years_by_partner(line: Timeline) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for agreement in line.agreements:
        begun = year(agreement)
        if begun is not None:
            for partner in agreement.partners:
                found[partner].append(begun)
    return dict(sorted(found.items()))


def _spreads(line: Timeline) -> list[Spread]:
    return spread(
        (f"{TOPIC}{topic}", partner, begun)
        for agreement in line.agreements
        if (begun := year(agreement)) is not None
        for topic in agreement.topics
        for partner in agreement.partners
    )


def _chains(study: Study) -> list[tuple[str, ...]]:
    reader = Reader(study.store, Filter())
    follows: dict[str, list[str]] = defaultdict(list)
    for name in ("supersedes", "buildsOn"):
        for new, olds in reader.pairs(f"?a citypact:{name} ?b").items():
            follows[new] += olds
    return chains(follows)


# In words


def _answer(
    line: Timeline,
    ties: Tempo,
    deals: Tempo,
    spreads: list[Spread],
    again: list[Renewal],
    quiet: list[tuple[str, date]],
    day: date,
) -> list[Words]:
    found: list[Words] = []
    if ties.by_year:
        first, last = min(ties.by_year), max(ties.by_year)
        begun = sum(ties.by_year.values())
        decades = ties.by_decade
        listed = {
            "ko": ", ".join(f"{decade}년대 {count}" for decade, count in decades.items()),
            "en": ", ".join(f"{decade}s {count}" for decade, count in decades.items()),
        }
        found.append(
            both(
                f"해를 아는 관계 {begun}건이 {first}년에서 {last}년 사이에 생겼습니다: "
                f"{listed['ko']}. {ties.unplaced}건은 해를 모릅니다.",
                f"The {begun} partnerships with a known year began between {first} and {last}: "
                f"{listed['en']}; of {ties.unplaced} the year is unknown.",
            )
        )
        found += _changed(change(ties.by_year, (first + last + 1) // 2))
    found += _form_sentences(line)
    if spreads:
        wide = sorted(spreads, key=lambda each: (-each.partners, each.first, each.topic))[:NAMED]
        texts = {
            spoken: ", ".join(
                f"{line.name(each.topic)[spoken]} ({each.first}, {each.partners})" for each in wide
            )
            for spoken in ("ko", "en")
        }
        found.append(
            both(
                f"가장 널리 퍼진 분야는 {texts['ko']}입니다(괄호는 처음 나온 해와 상대 수).",
                f"The topics that spread widest are {texts['en']} (first year and partners).",
            )
        )
    between = median_between(again)
    if again and between is not None:
        names = {
            spoken: ", ".join(
                f"{line.name(each.node)[spoken]} ({len(each.years)})" for each in again[:NAMED]
            )
            for spoken in ("ko", "en")
        }
        found.append(
            both(
                f"협정이 둘 이상인 상대는 {len(again)}곳이고, 다음 협정까지 걸린 해의 중앙값은 "
                f"{written(between)}년입니다. 가장 많은 곳은 {names['ko']}입니다.",
                f"{len(again)} partners have several agreements; the median from one to the next "
                f"is {written(between)} years. Most have {names['en']}.",
            )
        )
    if line.evidence:
        names = {
            spoken: ", ".join(
                f"{line.name(node)[spoken]} ({latest.year})" for node, latest in quiet[:NAMED]
            )
            for spoken in ("ko", "en")
        }
        found.append(
            both(
                f"협력 상대 {len(line.evidence)}곳 가운데 {len(quiet)}곳은 {day:%Y-%m-%d}까지 "
                f"{QUIET}년 동안 아무 근거가 없습니다"
                + (f". 가장 오래된 곳은 {names['ko']}입니다." if quiet else "."),
                f"Of {len(line.evidence)} partners {len(quiet)} have no evidence in the {QUIET} "
                f"years before {day:%Y-%m-%d}"
                + (f"; the longest so are {names['en']}." if quiet else "."),
            )
        )
    return found


def _changed(found: Change | None) -> list[Words]:
    if found is None:
        return []
    before, after = (written(round(rate, 2)) for rate in (found.rate_before, found.rate_after))
    p = written(found.p)
    verdict = both("우연으로 보기 어렵습니다", "chance seldom gives that")
    if found.p > 0.05:
        verdict = both("우연과 구별되지 않습니다", "that cannot be told from chance")
    return [
        both(
            f"한 해에 생긴 관계는 {found.year}년 앞이 {before}건, 뒤가 {after}건입니다"
            f"(p = {p}; {verdict['ko']}).",
            f"Before {found.year} there were {before} new ones a year, since then {after} "
            f"(p = {p}; {verdict['en']}).",
        )
    ]


def _form_sentences(line: Timeline) -> list[Words]:
    """When each kind of partnership and each form of agreement is typical."""
    years: dict[str, list[int]] = defaultdict(list)
    for thing in line.partnerships:
        begun = year(thing)
        if begun is not None:
            years[thing.kind].append(begun)
    parts = sorted((sorted(known)[len(known) // 2], kind) for kind, known in years.items())
    parts = [(middle, kind) for middle, kind in parts if len(years[kind]) >= 3]
    if not parts:
        return []
    texts = {
        spoken: ", ".join(
            f"{line.code('relation-type', kind)[spoken]} {middle} ({len(years[kind])})"
            for middle, kind in parts
        )
        for spoken in ("ko", "en")
    }
    return [
        both(
            f"관계의 종류마다 때가 다릅니다. 생긴 해의 중앙값은 {texts['ko']}입니다(괄호는 건수).",
            f"Kinds of partnerships have their times. The median years are {texts['en']} (numbers "
            "in brackets).",
        )
    ]


def _cautions(line: Timeline, ties: Tempo, deals: Tempo) -> list[Words]:
    return [
        both(
            "최근일수록 기록이 많습니다. 온라인 보도는 1990년대에 시작하므로, 협정이 늘어난 "
            "것처럼 보이는 데에는 기록이 늘어난 몫이 있습니다. 자매·우호 관계의 목록은 이 "
            "치우침이 덜합니다.",
            "Later years are better recorded: online archives begin in the 1990s, so some of the "
            "growth of agreements is growth of records. Lists of sister and friendship cities "
            "suffer less from it.",
        ),
        both(
            f"해를 모르는 관계 {ties.unplaced}건과 협정 {deals.unplaced}건은 연도별 수에 없습니다.",
            f"{ties.unplaced} partnerships and {deals.unplaced} agreements without a known year "
            "are in no count by year.",
        ),
        both(
            "근거가 없다는 것은 이 자료에 날짜 있는 근거가 없다는 뜻일 뿐, 관계가 잠들었다는 뜻은 "
            "아닙니다. 날짜 없는 웹페이지의 명단은 근거로 세지 않았습니다.",
            "No evidence means no dated evidence in these data; it does not say that a partnership "
            "sleeps. Lists on web pages without a date do not count.",
        ),
        both(
            "보도로만 아는 협정의 분야는 몇 낱말뿐이므로, 처음 나온 해는 ‘늦어도 그해’입니다.",
            "Of agreements known from reports only a few topics are named: a first year means that "
            "year at the latest.",
        ),
    ]


def _sources(study: Study) -> list[str]:
    """The documents behind dated partnerships and agreements."""
    network = study.network("actors")
    found: set[str] = set()
    for edge, documents in study.documents("actors").items():
        data = network.get_edge_data(*edge[:2], edge[2])
        if data and data.get("relation") in ("partnership", "agreement") and data.get("date"):
            found |= documents
    return sorted(found)


# Rows of figures and tables


def _cumulative(line: Timeline) -> list[tuple[Words, int, int]]:
    """Kind, year and how many of the kind had begun by the end of that year."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for thing in line.partnerships:
        begun = year(thing)
        if begun is not None:
            by_kind[thing.kind].append(begun)
    years = [each for known in by_kind.values() for each in known]
    found = []
    for kind, known in sorted(by_kind.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        words = line.code("relation-type", kind)
        for each in range(min(years), max(years) + 2):
            found.append((words, each, sum(begun <= each for begun in known)))
    return found


def _forms(line: Timeline) -> list[tuple[Words, int, int]]:
    """Form of agreements, decade and number."""
    counts: Counter[tuple[str, int]] = Counter()
    for agreement in line.agreements:
        begun = year(agreement)
        if begun is not None:
            counts[agreement.kind, begun // 10 * 10] += 1
    return [
        (line.code("form", form), decade, count) for (form, decade), count in sorted(counts.items())
    ]


def _arrivals(line: Timeline, spreads: list[Spread]) -> list[tuple[Words, int, int]]:
    """The widest topics: their names, years and partners by then."""
    wide = sorted(spreads, key=lambda each: (-each.partners, each.first, each.topic))
    return [
        (line.name(each.topic), when, count)
        for each in wide[: figures.TOPICS]
        for when, count in each.cumulative.items()
    ]


def _named(ko: str, en: str) -> tuple[Column, ...]:
    return (ID, Column("label_ko", "text", ko, en), Column("label_en", "text", ko, en))


def _labels(line: Timeline, iri: str) -> dict[str, Any]:
    words = line.name(iri)
    return {"id": iri, "label_ko": words["ko"], "label_en": words["en"]}


def _decades_table(line: Timeline, ties: Tempo, deals: Tempo) -> Table:
    decades = sorted({*ties.by_decade, *deals.by_decade})
    return Table(
        "chronology-decades",
        "연대별 관계와 협정",
        "Partnerships and agreements by decade",
        (
            Column("decade", "integer", "연대", "Decade"),
            Column("partnerships", "integer", "관계", "Partnerships"),
            Column("agreements", "integer", "협정", "Agreements"),
        ),
        ("decade",),
        [
            {
                "decade": decade,
                "partnerships": ties.by_decade.get(decade, 0),
                "agreements": deals.by_decade.get(decade, 0),
            }
            for decade in decades
        ],
    )


def _forms_table(line: Timeline) -> Table:
    counts: Counter[tuple[str, str, int]] = Counter()
    for scheme, things in (
        ("relation-type", line.partnerships),
        ("form", line.agreements),
    ):
        for thing in things:
            counts[scheme, thing.kind, (year(thing) or -1) // 10 * 10] += 1
    rows = []
    for (scheme, kind, decade), count in sorted(counts.items(), reverse=False):
        words = line.code(scheme, kind)
        what = {"relation-type": ("관계", "partnership"), "form": ("협정", "agreement")}
        row = {
            "what_ko": what[scheme][0],
            "what_en": what[scheme][1],
            "kind_id": f"{scheme}/{kind}",
            "kind_ko": words["ko"],
            "kind_en": words["en"],
            "number": count,
        }
        rows.append(row | ({"decade": decade} if decade > 0 else {}))
    return Table(
        "chronology-forms",
        "관계의 종류와 협정의 형식, 연대별(연대 없음은 해를 모름)",
        "Kinds of partnerships and forms of agreements by decade (none: year unknown)",
        (
            Column("what_ko", "text", "무엇", "What"),
            Column("what_en", "text", "무엇", "What"),
            Column("kind_id", "text", "종류(코드)", "Kind (code)"),
            Column("kind_ko", "text", "종류", "Kind"),
            Column("kind_en", "text", "종류", "Kind"),
            Column("decade", "integer", "연대", "Decade"),
            Column("number", "integer", "수", "Number"),
        ),
        ("kind_id", "what_en"),
        rows,
    )


def _topics_table(line: Timeline, spreads: list[Spread]) -> Table:
    rows = []
    for each in spreads:
        with_ko = [line.name(node)["ko"] for node in each.first_with]
        with_en = [line.name(node)["en"] for node in each.first_with]
        row: dict[str, Any] = _labels(line, each.topic)
        row |= {"first_year": each.first, "with_ko": with_ko, "with_en": with_en}
        row["partners"] = each.partners
        for count in (3, 5):
            if (years := each.years_to(count)) is not None:
                row[f"years_to_{count}"] = years
        rows.append(row)
    return Table(
        "chronology-topics",
        "분야가 처음 나온 해와 퍼진 정도",
        "Topics by the year in which they first appear",
        (
            *_named("분야", "Topic"),
            Column("first_year", "integer", "처음", "First"),
            Column("with_ko", "list", "누구와", "With"),
            Column("with_en", "list", "누구와", "With"),
            Column("partners", "integer", "상대", "Partners"),
            Column("years_to_3", "integer", "상대 3곳까지(년)", "Years to 3 partners"),
            Column("years_to_5", "integer", "상대 5곳까지(년)", "Years to 5 partners"),
        ),
        ("id",),
        rows,
    )


def _renewals_table(line: Timeline, again: list[Renewal]) -> Table:
    return Table(
        "chronology-renewals",
        "협정이 둘 이상인 상대",
        "Partners with several agreements",
        (
            *_named("상대", "Partner"),
            Column("agreements", "integer", "협정", "Agreements"),
            Column("years", "list", "해", "Years"),
            Column("between", "list", "다음까지(년)", "Years between"),
        ),
        ("id",),
        [
            {
                **_labels(line, each.node),
                "agreements": len(each.years),
                "years": list(map(str, each.years)),
                "between": list(map(str, each.between)),
            }
            for each in again
        ],
    )


def _quiet_table(line: Timeline, quiet: list[tuple[str, date]]) -> Table:
    return Table(
        "chronology-quiet",
        f"{QUIET}년 넘게 근거가 없는 상대",
        f"Partners without evidence for {QUIET} years",
        (*_named("상대", "Partner"), Column("last", "day", "마지막 근거", "Last evidence")),
        ("id",),
        [{**_labels(line, node), "last": latest} for node, latest in quiet],
    )


def _chains_table(line: Timeline, follows: list[tuple[str, ...]]) -> Table:
    return Table(
        "chronology-chains",
        "앞선 것을 잇거나 대신하는 것",
        "What replaces or builds on what",
        (
            Column("number", "integer", "번호", "Number"),
            Column("chain_id", "list", "차례(IRI)", "In order (IRI)"),
            Column("chain_ko", "list", "차례", "In order"),
            Column("chain_en", "list", "차례", "In order"),
        ),
        ("number",),
        [
            {
                "number": number,
                "chain_id": list(chain),
                "chain_ko": [line.name(node)["ko"] for node in chain],
                "chain_en": [line.name(node)["en"] for node in chain],
            }
            for number, chain in enumerate(follows, 1)
        ],
    )


__all__ = ["chronology"]
