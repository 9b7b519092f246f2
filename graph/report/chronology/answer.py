"""What the chapter on chronology answers, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from citypact.graph.analysis.chronology import Renewal, Spread, median_between
from citypact.graph.analysis.tempo import Dispersion, Tempo
from citypact.graph.report.chronology.data import UNKNOWN, Begun, Timeline
from citypact.graph.report.chronology.topics import Timing
from citypact.graph.text.bilingual import Words, both, joined
from citypact.graph.text.numbers import written

NAMED = 5
"""How many things a sentence names at most."""


def partnerships(line: Timeline, found: Tempo) -> list[Words]:
    """When they began, how many each decade, and how many no day lets through."""
    return [*_begun(line, found), *_left_out(line)]


def _begun(line: Timeline, found: Tempo) -> list[Words]:
    whole, begun = len(line.partnerships), sum(found.by_year.values())
    if not whole:
        return [both("협력 관계는 하나도 없습니다.", "There are no partnerships.")]
    if not begun:
        return [
            both(
                f"관계 {whole:,}건 가운데 시작한 해를 아는 것이 없습니다.",
                "Of the one partnership the year is not known."
                if whole == 1
                else f"Of none of the {whole:,} partnerships is the year known.",
            )
        ]
    sentence = _first_and_last(line, found, begun)
    unknown = whole - begun
    if unknown:
        more = both(f"{unknown:,}건은 해를 모릅니다.", f"Of {unknown:,} the year is unknown.")
        sentence = joined(sentence, more, ko=" ", en=" ")
    if not found.gap:
        return [sentence]
    since, to = found.gap
    return [
        sentence,
        both(
            "해를 아는 관계만 보면, 새 관계가 없던 가장 긴 기간은 "
            + (f"{since}년입니다." if since == to else f"{since}년부터 {to}년까지입니다."),
            "The longest time without a new one of a known year is "
            + (f"the year {since}." if since == to else f"from {since} to {to}."),
        ),
    ]


def _first_and_last(line: Timeline, found: Tempo, begun: int) -> Words:
    dated = [thing.year for thing in line.partnerships if thing.year is not None]
    first, last = min(dated), max(dated)
    tens = found.by_decade.items()
    ko = ", ".join(f"{decade}년대 {count:,}" for decade, count in tens)
    en = ", ".join(f"{decade}s {count:,}" for decade, count in tens)
    if begun == 1:
        return both(
            f"시작한 해를 아는 관계는 {first}년에 생긴 1건입니다.",
            f"The one partnership with a known year began in {first}.",
        )
    if first == last:
        return both(
            f"시작한 해를 아는 관계 {begun:,}건은 모두 {first}년에 생겼습니다.",
            f"The {begun:,} partnerships with a known year all began in {first}.",
        )
    return both(
        f"시작한 해를 아는 관계 {begun:,}건은 {first}년에서 {last}년 사이에 생겼습니다: {ko}.",
        f"The {begun:,} partnerships with a known year began between {first} and {last}: {en}.",
    )


def _left_out(line: Timeline) -> list[Words]:
    """What a report as of a day leaves out as nobody knows whether it had begun."""
    ties, deals = line.left_out
    if not ties and not deals:
        return []
    named = joined(
        *([_counted(ties, "관계", "partnership")] if ties else []),
        *([_counted(deals, "협정", "agreement")] if deals else []),
        ko="과 ",
        en=" and ",
    )
    one = ties + deals == 1
    return [
        both(
            f"날짜를 모르는 {named['ko']}은 기준일까지 시작되었는지 알 수 없어 빠졌습니다.",
            f"{named['en']} without a known date {'is' if one else 'are'} left out, as nobody "
            f"knows whether {'it' if one else 'they'} had begun by the day of this report.",
        )
    ]


def _counted(number: int, ko: str, en: str) -> Words:
    """관계 3건, 3 partnerships."""
    return both(f"{ko} {number:,}건", f"{number:,} {en}{'' if number == 1 else 's'}")


def _share(number: int, whole: int) -> Words:
    """So many of so many, as the subject of a sentence."""
    if number == whole == 1:
        return both("1건이", "the only one")
    if number == whole:
        return both(f"{whole:,}건 모두가", f"all {whole:,}")
    return both(f"{whole:,}건 가운데 {number:,}건이", f"{number:,} of the {whole:,}")


def kinds(line: Timeline, year: int) -> list[Words]:
    """Which kind of partnership was usual before and since a year, and forms of agreements."""
    dated = [thing for thing in line.partnerships if thing.year is not None]
    early = _usual([thing for thing in dated if (thing.year or 0) < year])
    late = _usual([thing for thing in dated if (thing.year or 0) >= year])
    if not early or not late:
        return []
    names = [line.code("relation-type", each[0]) for each in (early, late)]
    before, since = (_share(*each[1:]) for each in (early, late))
    if early[0] == late[0]:
        return [
            both(
                f"형식은 앞뒤로 같습니다. {year}년 전에 생긴 관계는 {before['ko']}, 그 뒤에 생긴 "
                f"관계는 {since['ko']} {names[0]['ko']}입니다.",
                f"Their form did not change: of the kind {names[0]['en']} were {before['en']} "
                f"begun before {year} and {since['en']} begun since.",
            )
        ]
    return [
        both(
            f"그 형식도 바뀌었습니다. {year}년 전에 생긴 관계는 {before['ko']} {names[0]['ko']}, "
            f"그 뒤에 생긴 관계는 {since['ko']} {names[1]['ko']}입니다.",
            f"Their form changed: of the kind {names[0]['en']} were {before['en']} begun before "
            f"{year}, of the kind {names[1]['en']} {since['en']} begun since.",
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
        return [both("협정은 하나도 없습니다.", "There are no agreements.")]
    sentences = [_how_many(line)]
    if sum(found.by_year.values()) > 1 and uneven:
        sentences.append(_bunches(line, found, uneven, since))
    return sentences


def _how_many(line: Timeline) -> Words:
    """The number of agreements, and their most frequent forms."""
    forms = Counter(form for each in line.agreements for form in each.kinds if form != UNKNOWN)
    whole = len(line.agreements)
    number = both(
        f"협정은 {whole:,}건",
        "There is 1 agreement" if whole == 1 else f"There are {whole:,} agreements",
    )
    ranked = sorted(forms.items(), key=lambda item: (-item[1], item[0]))[:3]
    if not ranked:
        return both(f"{number['ko']}입니다.", f"{number['en']}.")
    if len(ranked) == 1:
        name = line.code("form", ranked[0][0])
        return both(
            f"{number['ko']}이며, 아는 형식은 {name['ko']}뿐입니다.",
            f"{number['en']}; the only known form is {name['en']}.",
        )
    listed = joined(
        *(
            both(*(f"{line.code('form', form)[s]} {count:,}" for s in _BOTH))
            for form, count in ranked
        )
    )
    return both(
        f"{number['ko']}이며, 형식은 {listed['ko']} 순으로 많습니다.",
        f"{number['en']}; most are of the forms {listed['en']}.",
    )


def _bunches(line: Timeline, found: Tempo, uneven: Dispersion, since: int) -> Words:
    """In which year most were made, whether years are uneven, and how many share their day."""
    most = max(found.by_year, key=lambda year: (found.by_year[year], -year))
    index, p = written(uneven.index), written(uneven.p)
    if uneven.p > 0.05:
        opening = both("협정이 몰려서 온다고는 할 수 없습니다.", "They may well come evenly:")
        verdict = both("한 비율로도 흔한 일입니다", "which one rate for all years may well give")
    else:
        opening = both("협정은 몰려서 옵니다.", "They come in bunches:")
        verdict = both(
            "해마다 같은 비율이라면 드문 일입니다", "which one rate for all years seldom gives"
        )
    words = both(
        f"{opening['ko']} {most}년에 {found.by_year[most]:,}건으로 가장 많고, {since}년부터의 산포 "
        f"지수는 {index}입니다(p = {p}; {verdict['ko']}).",
        f"{opening['en']} most, {found.by_year[most]:,}, are of {most}, and since {since} the "
        f"index of dispersion is {index} (p = {p}; {verdict['en']}).",
    )
    shared = _on_one_day(line)
    return joined(words, shared, ko=" ", en=" ") if shared else words


def _on_one_day(line: Timeline) -> Words | None:
    """How many agreements share their day with another; None where fewer than two have a day."""
    days = Counter(each.edtf for each in line.agreements if len(each.edtf) == len("2000-01-01"))
    known, together = sum(days.values()), sum(count for count in days.values() if count > 1)
    if known < 2:
        return None
    if not together:
        return both(
            f"날을 아는 {known:,}건은 모두 서로 다른 날에 맺었습니다.",
            f"No two of the {known:,} known to the day share it.",
        )
    return both(
        f"날을 아는 {known:,}건 가운데 {together:,}건은 다른 협정과 같은 날에 맺었습니다.",
        f"Of {known:,} known to the day {together:,} share it with another.",
    )


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
    if not timed:
        return sentences
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
    known, several = len(partners), len(again)
    if known == several == 1:
        return [
            both(
                f"협정이 있는 상대는 {names['ko']} 한 곳이며, 협정이 둘 이상입니다{median['ko']}.",
                f"The one partner with an agreement, {names['en']}, has several{median['en']}.",
            )
        ]
    return [
        both(
            f"협정이 있는 상대 {known:,}곳 가운데 {several:,}곳은 협정이 둘 이상이며"
            f"{median['ko'] or ' 그 해는 모릅니다'}. 많은 곳은 {names['ko']}입니다.",
            f"Of {known:,} partners with an agreement {several:,} "
            f"{'has' if several == 1 else 'have'} several{median['en']}. Most "
            f"{'has' if several == 1 else 'have'} {names['en']}.",
        )
    ]


def successions(found: Sequence[Sequence[str]], replaced: int) -> list[Words]:
    """How many things are known to follow earlier ones."""
    if not found:
        return []
    number = len(found)
    took = "a partnership took the place of another"
    return [
        both(
            f"앞선 것을 잇거나 대신한다고 출처가 밝힌 사슬은 {number:,}개이고, 그중 관계가 다른 "
            f"관계로 바뀐 것은 {replaced:,}건입니다.",
            f"Sources tell of one chain in which one thing follows another; in it "
            f"{took if replaced else 'no ' + took.removeprefix('a ')}."
            if number == 1
            else f"Sources tell of {number:,} chains in which one thing follows another; in "
            f"{replaced or 'none'} of them {took}.",
        )
    ]


def early(line: Timeline) -> list[Words]:
    """That the agreements of old partnerships are hardly in the graph: a caution."""
    years = [each.year for each in line.agreements if each.year is not None]
    old = sum(year < _WELL_RECORDED for year in years)
    if not years or old == len(years):
        return []
    return [
        both(
            f"해를 아는 협정 {len(years):,}건 가운데 2000년 전의 것은 "
            f"{f'{old:,}건뿐입니다' if old else '없습니다'}. 옛 관계를 맺은 협정은 거의 모으지 "
            "못했으므로, 협정의 형식과 분야는 2000년대부터의 이야기입니다.",
            (
                "The one agreement with a known year is"
                if len(years) == 1
                else f"Of {len(years):,} agreements with a known year {old or 'none'} "
                f"{'are' if old > 1 else 'is'}"
            )
            + f"{' not' if len(years) == 1 else ''} from before 2000. The agreements that founded "
            "the old partnerships are hardly in the graph: forms and topics of agreements tell of "
            "the years since.",
        )
    ]


def elsewhere(line: Timeline) -> list[Words]:
    """That agreements without the side of the hub do not count: a caution."""
    if not line.elsewhere:
        return []
    hub, number = line.name(line.hub), line.elsewhere
    return [
        both(
            f"{hub['ko']} 쪽이 당사자가 아닌 협정 {number:,}건은 세지 않았습니다. 산하기관의 "
            "협정은 셉니다.",
            f"{_counted(number, '', 'agreement')['en']} in which the side of {hub['en']} has no "
            f"part {'does' if number == 1 else 'do'} not count; those of its bodies do.",
        )
    ]


_BOTH = ("ko", "en")
_WELL_RECORDED = 2000

__all__ = [
    "agreements",
    "early",
    "elsewhere",
    "kinds",
    "partnerships",
    "renewed",
    "successions",
    "topics",
]
