"""The chapter on what would change if a document were missing, and the ranges of key figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from citypact.graph.analysis.robustness import Range
from citypact.graph.provenance.coverage import Coverage, coverages
from citypact.graph.report.missing import figures, tables
from citypact.graph.report.missing.tables import NETWORKS, Measured, Support, support
from citypact.graph.report.shared.coverage_words import counted
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.ranges import ranges
from citypact.graph.text.bilingual import Words, amount, both, joined
from citypact.ontology import LANGUAGES

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

MUCH = 0.1
"""A key figure rests on a source that moves it by more than this share of its value."""
FEW = 20
"""Of fewer documents halves tell little."""
NAMED = 5


def missing(study: Study, findings: Sequence[Finding]) -> Finding:
    """What the findings rest on: single documents, halves of them, and how much is covered.

    findings: those of the other chapters, whose headlines are measured here (see `ranges`).
    """
    found = ranges(study, findings)
    measured = [
        Measured(finding, headline, found[finding.name, headline.name])
        for finding in findings
        for headline in finding.headlines
    ]
    supports = {name: support(study, name) for name in NETWORKS}
    covered = coverages(study.store, study.chosen.as_of)
    own = supports[study.network_name]
    made = [
        tables.headlines(study, measured),
        tables.sources(study, supports),
        tables.by_number(supports),
        tables.coverage(study, covered),
    ]
    documents = {iri for each in supports.values() for iri in each.all}
    documents |= {total.document for each in covered for total in each.totals}
    return Finding(
        "missing",
        both("문서가 빠지면", "If a document were missing"),
        both(
            "문서 하나가 없었다면 결과가 달라졌을까? 자료는 실제를 얼마나 담고 있나?",
            "Would the results change if a document were missing? How much of what exists is "
            "covered?",
        ),
        [
            *_alone(study, own),
            *_moved(study, measured),
            *[_covered(study, each) for each in covered],
        ],
        [LEFT_OUT, HALVES],
        {
            "seed": study.seed,
            **{f"draws {each.headline.network}": each.range.draws for each in measured},
        },
        (),
        [table for table in made if table.rows],
        [
            *([figures.of_ranges(measured)] if any(m.range.value for m in measured) else []),
            *([figures.of_sources(study, study.network_name, own)] if own.alone else []),
        ],
        [COUNTS, *_few(own), SAME, UNSEEN],
        sorted(documents),
    )


LEFT_OUT = both(
    "출처를 하나씩 뺍니다. 그 출처가 없으면 뒷받침하는 문서가 하나도 남지 않는 연결을 "
    "지우고(노드는 그대로), 값을 다시 잽니다. 다른 문서도 말한 연결은 남으므로, 어떤 연결을 혼자 "
    "뒷받침하는 출처만 결과를 바꿀 수 있습니다. 잭나이프 표준오차는 √((n − 1)/n · Σ(θᵢ − "
    "θ̄)²)입니다(Efron·Tibshirani 1993, 11장).",
    "Sources are left out one at a time: ties go of which no document is left, nodes stay, and the "
    "figure is measured again. Ties that another document tells of stay, so that only a source "
    "with a tie of its own can change anything. The jackknife's standard error is √((n − 1)/n · "
    "Σ(θᵢ − θ̄)²) (Efron and Tibshirani 1993, ch. 11).",
)
HALVES = both(
    "출처를 다시 뽑습니다. 연결이 아니라 문서의 절반을 무작위로 뽑고(McCarthy 1969), 뽑힌 문서 "
    "가운데 하나라도 뒷받침하는 연결만 남깁니다. 한 문서의 연결은 서로 독립이 아니기 "
    "때문입니다(행위자를 뽑는 Snijders·Borgatti 1999와 같은 까닭). 연결은 있거나 없을 뿐이므로, "
    "복원 추출로는 흩어짐이 너무 작아집니다. 절반의 추출은 문서에 2 또는 0의 무게를 주는 것이며, "
    "문서마다 더해지는 값이라면 그 분산이 보통의 부트스트랩과 같습니다(Præstgaard·Wellner 1993). "
    "범위는 2.5–97.5 백분위수입니다.",
    "Sources are drawn again: not ties but any half of the documents (McCarthy 1969), and a tie "
    "stays if one of them tells of it, since ties of one document are not independent (as Snijders "
    "and Borgatti 1999 draw actors). A tie is there or not, so that draws with replacement would "
    "vary too little; halves give a document the weight 2 or 0, which for sums over documents has "
    "the variance of the ordinary bootstrap (Præstgaard and Wellner 1993). Ranges are from "
    "percentile 2.5 to 97.5.",
)
COUNTS = both(
    "절반의 출처로는 연결·도시·분야의 수가 줄 수밖에 없고, 연결은 문서 하나만 있어도 남으므로 "
    "비율도 한쪽으로 밀릴 수 있습니다. 그래서 범위는 신뢰구간이 아니라 ‘출처가 절반뿐이었다면 "
    "보였을 값’입니다. 뽑은 값의 평균이 전체의 값에서 표준편차의 4분의 1 넘게 벗어나면 "
    "‘치우침’으로 적습니다. 열 번에 아홉 번도 값이 나오지 않는 수치에는 범위를 적지 않습니다.",
    "Half of the sources must show fewer ties, cities and topics, and shares too may lie to one "
    "side, since a tie stays if any of its documents does. So the range is no interval of "
    "confidence but what would be seen with half of the sources. “Shifted” is what has its mean "
    "in the draws more than a quarter of a deviation off the value. What is told in less than nine "
    "of ten draws has no range.",
)
SAME = both(
    "문서는 서로 베끼기도 하므로, 여러 문서가 말한다고 서로 독립인 증거는 아닙니다. 연결에 붙은 "
    "내용(분야의 수 등)은 그 연결이 남는 한 그대로 두었습니다.",
    "Documents copy from each other, so that several are not as many independent witnesses. What "
    "an edge carries, such as numbers of agreements, stays as long as the edge does.",
)
UNSEEN = both(
    "어느 방법도 아무 출처에 나오지 않은 협력은 보여 주지 못합니다. 그 크기는 출처가 세는 협력 "
    "도시의 수와 견주어 짐작할 수 있을 뿐입니다.",
    "No method shows partnerships that no source tells of. The totals that sources give are the "
    "only measure of these.",
)


# In words


def _alone(study: Study, own: Support) -> list[Words]:
    if not own.edges:
        return [both("연결이 하나도 없습니다.", "There are no ties.")]
    if own.edges == 1:
        behind = amount(len(own.all), "문서", "document", "documents")
        only = both(
            f"연결은 하나뿐이며, 근거는 {behind['ko']}입니다.",
            f"There is but one tie; {behind['en']} tell of it."
            if len(own.all) > 1
            else "There is but one tie, and one document tells of it.",
        )
        return [only]
    single = own.by_number.get(1, 0)
    answer = [
        both(
            f"{NETWORKS[study.network_name]['ko']} {own.edges:,}개 가운데 {single:,}개"
            f"({single / own.edges:.1%})는 문서 하나에만 근거합니다. 근거가 되는 문서는 "
            f"{len(own.all):,}건이고, 그중 {len(own.alone):,}건이 어떤 연결을 혼자 뒷받침합니다.",
            f"Of {own.edges:,} edges ({NETWORKS[study.network_name]['en'].lower()}) {single:,} "
            f"({single / own.edges:.1%}) rest on one document alone. {len(own.all):,} documents "
            f"stand behind them, and {len(own.alone):,} of these have a tie to themselves.",
        )
    ]
    if own.alone:
        most = min(own.alone, key=lambda iri: (-own.alone[iri], iri))
        name = study.names.both(most)
        answer.append(
            both(
                f"빠질 때 가장 많은 연결을 잃는 문서는 ‘{name['ko']}’이며 {own.alone[most]:,}개가 "
                "사라집니다.",
                f"Most ties go with “{name['en']}”: {own.alone[most]:,}.",
            )
        )
    return answer


def _moved(study: Study, measured: Sequence[Measured]) -> list[Words]:
    """The headlines that a single source moves most."""
    if not measured:
        return []
    moved = sorted(
        ((_change(each.range), i, each) for i, each in enumerate(measured)),
        key=lambda item: (-item[0], item[1]),
    )
    strong = [each for change, _, each in moved if change > MUCH]
    if not strong:
        return [
            both(
                f"핵심 값 {len(measured):,}개 가운데 문서 하나로 {MUCH:.0%} 넘게 달라지는 것은 "
                "없습니다.",
                f"None of {len(measured):,} key figures changes by more than {MUCH:.0%} with any "
                "one document.",
            )
        ]
    told = {
        language: "; ".join(
            f"{each.headline.label[language]} {each.headline.written(each.range.value)} → "
            f"{each.headline.written(each.range.without)} "
            f"({study.names.label(each.range.source, language)})"
            for each in strong[:NAMED]
        )
        for language in LANGUAGES
    }
    more = len(strong) > NAMED
    return [
        both(
            f"핵심 값 {len(measured):,}개 가운데 {len(strong):,}개는 문서 하나로 {MUCH:.0%} 넘게 "
            f"달라집니다{'. 가장 크게 달라지는 것' if more else ''}: {told['ko']}.",
            f"{len(strong):,} of {len(measured):,} key figures change by more than {MUCH:.0%} with "
            f"one document{', most of all' if more else ''}: {told['en']}.",
        )
    ]


def _change(found: Range) -> float:
    """By which share of its value a figure moves at most with one source."""
    if not found.value or found.without is None:
        return 0.0
    return abs(found.without - found.value) / abs(found.value)


def _few(own: Support) -> list[Words]:
    number = len(own.all)
    if not 0 < number < FEW:
        return []
    return [
        both(
            f"문서가 {number:,}건뿐이라 서로 다른 절반이 적습니다. 범위가 실제보다 좁거나 거칠 수 "
            "있습니다.",
            f"{number:,} documents make few different halves: ranges may be coarse or too narrow.",
        )
    ]


def _covered(study: Study, found: Coverage) -> Words:
    name, day = study.names.both(found.government), study.chosen.as_of
    partners, primary = len(found.partners), len(found.primary)
    is_one = partners == 1
    return joined(
        both(
            f"{name['ko']}의 자매·우호도시로 {f'{day}까지 시작한 것이 ' if day else ''}확인된 곳은 "
            f"{partners:,}곳이고 그중 {primary:,}곳은 당사자의 문서나 협정문으로 확인됩니다.",
            f"{partners:,} sister and friendship {'city' if is_one else 'cities'} of {name['en']} "
            f"{'is' if is_one else 'are'} documented"
            + (f" as begun by {day}" if day else "")
            + f", {primary:,} of them by a party's own document or the text of an agreement.",
        ),
        counted(found, day),
        ko=" ",
        en=" ",
    )


__all__ = ["missing", "ranges"]
