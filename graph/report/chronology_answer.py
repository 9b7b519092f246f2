"""What the chapter on chronology answers, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from graph.analysis.chronology import Renewal, Spread, median_between
from graph.analysis.tempo import Change, Dispersion, Tempo
from graph.report.chronology_data import UNKNOWN, Begun, Timeline
from graph.report.chronology_topics import Timing
from graph.report.numbers import written
from graph.words import Words, both, joined

NAMED = 5
"""How many things a sentence names at most."""


def partnerships(line: Timeline, found: Tempo, changed: Change | None) -> list[Words]:
    """When they began, how many each decade, and whether the rate changed."""
    begun = sum(found.by_year.values())
    if not begun:
        return [
            both(
                f"관계 {len(line.partnerships):,}건 가운데 시작한 해를 아는 것이 없습니다.",
                f"Of none of the {len(line.partnerships):,} partnerships is the year known.",
            )
        ]
    dated = [thing.year for thing in line.partnerships if thing.year is not None]
    first, last = min(dated), max(dated)
    tens = found.by_decade.items()
    ko = ", ".join(f"{decade}년대 {count:,}" for decade, count in tens)
    en = ", ".join(f"{decade}s {count:,}" for decade, count in tens)
    missing = len(line.partnerships) - begun
    sentences = [
        both(
            f"시작한 해를 아는 관계 {begun:,}건은 {first}년에서 {last}년 사이에 생겼습니다: {ko}. "
            f"{missing:,}건은 해를 모릅니다.",
            f"The {begun:,} partnerships with a known year began between {first} and {last}: {en}. "
            f"Of {missing:,} the year is unknown.",
        )
    ]
    if found.gap:
        since, to = found.gap
        sentences.append(
            both(
                f"해를 아는 관계만 보면, 새 관계가 없던 가장 긴 기간은 "
                f"{since}년부터 {to}년까지입니다.",
                f"The longest time without a new one of a known year is from {since} to {to}.",
            )
        )
    return sentences + ([_changed(changed)] if changed else [])


def _changed(found: Change) -> Words:
    before, after = written(found.rate_before), written(found.rate_after)
    p = written(found.p)
    if found.p > 0.05 or found.ratio is None:
        return both(
            f"한 해에 생긴 관계는 {found.year}년 전이 {before}건, 그 뒤가 {after}건이며, 이 차이는 "
            f"우연과 구별되지 않습니다(p = {p}).",
            f"Before {found.year} there were {before} new ones a year, since then {after}, which "
            f"cannot be told from chance (p = {p}).",
        )
    bounds = f"{written(found.low)}–{written(found.high) if found.high is not None else '∞'}"
    return both(
        f"한 해에 생긴 관계는 {found.year}년 전이 {before}건, 그 뒤가 {after}건으로, "
        f"{written(found.ratio)}배입니다(95 % 구간 {bounds}, p = {p}).",
        f"Before {found.year} there were {before} new ones a year, since then {after}: a ratio of "
        f"{written(found.ratio)} (95 % interval {bounds}, p = {p}).",
    )


def kinds(line: Timeline, year: int) -> list[Words]:
    """Which kind of partnership was usual before and since a year, and forms of agreements."""
    dated = [thing for thing in line.partnerships if thing.year is not None]
    early = _usual([thing for thing in dated if (thing.year or 0) < year])
    late = _usual([thing for thing in dated if (thing.year or 0) >= year])
    if not early or not late:
        return []
    names = [line.code("relation-type", each[0]) for each in (early, late)]
    return [
        both(
            f"그 형식도 바뀌었습니다. {year}년 전에 생긴 {early[2]:,}건 가운데 {early[1]:,}건이 "
            f"{names[0]['ko']}, 그 뒤에 생긴 {late[2]:,}건 가운데 {late[1]:,}건이 "
            f"{names[1]['ko']}입니다."
            if early[0] != late[0]
            else f"형식은 앞뒤로 같습니다. {year}년 전 {early[2]:,}건 가운데 {early[1]:,}건, 그 뒤 "
            f"{late[2]:,}건 가운데 {late[1]:,}건이 {names[0]['ko']}입니다.",
            f"Their form changed: {early[1]:,} of the {early[2]:,} begun before {year} are of the "
            f"kind {names[0]['en']}, {late[1]:,} of the {late[2]:,} since are {names[1]['en']}."
            if early[0] != late[0]
            else f"Their form did not change: {early[1]:,} of the {early[2]:,} begun before "
            f"{year} and {late[1]:,} of the {late[2]:,} since are of the kind {names[0]['en']}.",
        )
    ]


def _usual(things: Sequence[Begun]) -> tuple[str, int, int] | None:
    """The most frequent known kind, how many have it, and of how many."""
    counts = Counter(kind for thing in things for kind in thing.kinds if kind != UNKNOWN)
    if not counts:
        return None
    kind = min(counts, key=lambda each: (-counts[each], each))
    return kind, counts[kind], len(things)


def agreements(line: Timeline, found: Tempo, uneven: Dispersion | None, since: int) -> list[Words]:
    """How many, in which form, and how they come in bunches."""
    if not line.agreements:
        return []
    forms = Counter(form for each in line.agreements for form in each.kinds if form != UNKNOWN)
    sentences = []
    if forms:
        ranked = sorted(forms.items(), key=lambda item: (-item[1], item[0]))[:3]
        named = [
            both(*(f"{line.code('form', form)[s]} {count:,}" for s in ("ko", "en")))
            for form, count in ranked
        ]
        listed = joined(*named)
        sentences.append(
            both(
                f"협정은 {len(line.agreements):,}건이며, 형식은 {listed['ko']} 순으로 많습니다.",
                f"There are {len(line.agreements):,} agreements; most are of the forms "
                f"{listed['en']}.",
            )
        )
    if found.by_year and uneven:
        most = max(found.by_year, key=lambda year: (found.by_year[year], -year))
        days = Counter(each.edtf for each in line.agreements if len(each.edtf) == len("2000-01-01"))
        together = sum(count for count in days.values() if count > 1)
        verdict = both(
            "해마다 같은 비율이라면 드문 일입니다", "which one rate for all years seldom gives"
        )
        if uneven.p > 0.05:
            verdict = both(
                "한 비율로도 흔한 일입니다", "which one rate for all years may well give"
            )
        sentences.append(
            both(
                f"협정은 몰려서 옵니다. {most}년에 {found.by_year[most]:,}건으로 가장 많고, "
                f"{since}년부터의 산포 지수는 {written(uneven.index)}입니다(p = "
                f"{written(uneven.p)}; {verdict['ko']}). 날을 아는 {sum(days.values()):,}건 가운데 "
                f"{together:,}건은 다른 협정과 같은 날에 맺었습니다.",
                f"They come in bunches: most, {found.by_year[most]:,}, are of {most}, and since "
                f"{since} the index of dispersion is {written(uneven.index)} (p = "
                f"{written(uneven.p)}; {verdict['en']}). Of {sum(days.values()):,} known to the "
                f"day {together:,} share it with another.",
            )
        )
    return sentences


def topics(
    line: Timeline, spreads: Sequence[Spread], timed: Sequence[Timing], rest: Sequence[Timing]
) -> list[Words]:
    """Which topics spread widest, and which broad fields came early or late.

    rest: fields without the documents that were read in full.
    """
    if not spreads:
        return []
    wide = sorted(spreads, key=lambda each: (-each.partners, each.first, each.topic))[:NAMED]
    listed = joined(
        *(
            both(*(f"{line.name(each.topic)[s]} ({each.first}, {each.partners:,})" for s in _BOTH))
            for each in wide
        )
    )
    sentences = [
        both(
            f"가장 널리 퍼진 분야는 {listed['ko']}입니다(괄호는 처음 나온 해와 상대 수).",
            f"The topics that spread widest are {listed['en']} (first year, partners).",
        )
    ]
    shifted = [each for each in timed if each.is_shifted and each.test.difference is not None]
    if not shifted:
        tests = len(timed)
        return [
            *sentences,
            both(
                f"큰 분야 {tests:,}개 가운데 다른 협정보다 뚜렷하게 이르거나 늦은 것은 없습니다"
                "(Holm 보정).",
                f"No broad field of {tests:,} is clearly earlier or later than the other "
                "agreements (after Holm's correction).",
            ),
        ]
    named = joined(*(_timed(line, each) for each in shifted))
    still = {each.field for each in rest if each.is_shifted}
    lost = joined(*(line.name(each.field) for each in shifted if each.field not in still))
    again = both("빼도 그대로입니다", "that stays so")
    if lost["ko"]:
        again = both(f"빼면 {lost['ko']}의 차이는 흐려집니다", f"no longer clear: {lost['en']}")
    return [
        *sentences,
        both(
            f"큰 분야 {len(timed):,}개 가운데 우연으로는 드물 만큼 다른 협정보다 이르거나 "
            f"늦은 것은 {named['ko']}입니다. 전문을 읽은 문서를 {again['ko']}.",
            f"Of {len(timed):,} broad fields these came earlier or later than the other "
            f"agreements by more than chance mostly gives: {named['en']}. Without the documents "
            f"read in full {again['en']}.",
        ),
    ]


def _timed(line: Timeline, each: Timing) -> Words:
    name, apart = line.name(each.field), each.test.difference or 0.0
    years, p = written(abs(apart)), written(each.p)
    return both(
        f"{name['ko']} ({years}년 {'늦음' if apart > 0 else '이름'}, p = {p})",
        f"{name['en']} ({years} years {'later' if apart > 0 else 'earlier'}, p = {p})",
    )


def renewed(
    line: Timeline, partners: Mapping[str, object], again: Sequence[Renewal]
) -> list[Words]:
    """How many partners have several agreements, and how long it took."""
    between = median_between(again)
    if not again:
        return []
    names = joined(
        *(
            both(*(f"{line.name(each.node)[s]} ({each.agreements:,})" for s in _BOTH))
            for each in again[:NAMED]
        )
    )
    median = both("", "")
    if between is not None:
        median = both(
            f", 다음 협정까지 걸린 해의 중앙값은 {written(between)}년입니다",
            f", with a median of {written(between)} years from one to the next",
        )
    return [
        both(
            f"협정이 있는 상대 {len(partners):,}곳 가운데 {len(again):,}곳은 협정이 둘 이상이며"
            f"{median['ko'] or ' 그 해는 모릅니다'}. 많은 곳은 {names['ko']}입니다.",
            f"Of {len(partners):,} partners with an agreement {len(again):,} have several"
            f"{median['en']}. Most have {names['en']}.",
        )
    ]


def successions(found: Sequence[Sequence[str]], replaced: int) -> list[Words]:
    """How many things are known to follow earlier ones."""
    if not found:
        return []
    return [
        both(
            f"앞선 것을 잇거나 대신한다고 출처가 밝힌 사슬은 {len(found):,}개이고, 그중 관계가 "
            f"다른 관계로 바뀐 것은 {replaced:,}건입니다.",
            f"Sources tell of {len(found):,} chains in which one thing follows another; in "
            f"{replaced:,} of them a partnership took the place of another.",
        )
    ]


_BOTH = ("ko", "en")

__all__ = [
    "agreements",
    "kinds",
    "partnerships",
    "renewed",
    "successions",
    "topics",
]
