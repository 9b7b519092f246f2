"""The answer of the chapter on topics, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence

from citypact.graph.analysis.co_occurrence import CoOccurrence
from citypact.graph.analysis.profiles import Leaning
from citypact.graph.analysis.topics import Pair
from citypact.graph.report.shared.significance import LEVEL
from citypact.graph.report.topics.data import LEAST, Found, Material
from citypact.graph.report.topics.words import kind
from citypact.graph.text.bilingual import Words, both, joined
from citypact.graph.text.numbers import written

NAMED = 5
"""How many broad fields the answer names."""
_TOPICS = both("분야", "topics")
_FIELDS = both("큰 분야", "broad fields")


def answer(found: Found) -> list[Words]:
    """What was found, the answer first."""
    return [
        _fields(found),
        _together(found, found.topics, found.topics_again, _TOPICS),
        _together(found, found.fields, found.fields_again, _FIELDS),
        *_in_the_mean(found),
        *_leanings(found),
        *_without(found),
    ]


def _fields(found: Found) -> Words:
    material = found.material
    first = [
        _with(material.name(field), f"{len(material.by_field[field]):,}")
        for field in material.ranked[:NAMED]
    ]
    listed = joined(*first)
    single = sum(len(names) == 1 for names in material.by_topic.values())
    return both(
        f"가장 많은 협정이 다루는 큰 분야는 {listed['ko']}입니다. 협정 {found.known:,}건 가운데 "
        f"분야를 아는 {len(material.agreements):,}건을 셌습니다. 세부 분야 "
        f"{len(material.by_topic):,}개 가운데 {single:,}개는 협정 하나에만 나옵니다.",
        f"The broad fields that most agreements cover are {listed['en']}, counting the "
        f"{len(material.agreements):,} of {found.known:,} agreements with known topics. Of "
        f"{len(material.by_topic):,} topics {single:,} are in one agreement alone.",
    )


def _together(
    found: Found, pairs: Sequence[CoOccurrence], again: Sequence[CoOccurrence], what: Words
) -> Words:
    if not pairs:
        return both(
            f"{what['ko']}의 쌍을 우연과 견주기에는 협정이 너무 적습니다.",
            f"There are too few agreements to hold pairs of {what['en']} against chance.",
        )
    clear = [pair for pair in pairs if pair.p <= LEVEL]
    if not clear:
        first = _pair(found.material, pairs[0])
        return both(
            f"{what['ko']}의 쌍 {len(pairs):,}개 가운데 우연과 뚜렷이 다른 것은 없습니다. 가장 "
            f"먼 쌍은 {first['ko']}입니다.",
            f"None of {len(pairs):,} pairs of {what['en']} is clearly other than chance; "
            f"farthest is {first['en']}.",
        )
    more = [_pair(found.material, pair) for pair in clear if pair.z > 0]
    less = [_pair(found.material, pair) for pair in clear if pair.z < 0]
    ko, en = [], []
    if more:
        ko.append(f"우연보다 자주 함께 오는 쌍은 {joined(*more, ko='; ')['ko']}입니다.")
        en.append(f"More often together than by chance: {joined(*more, en='; ')['en']}.")
    if less:
        ko.append(f"우연보다 드물게 함께 오는 쌍은 {joined(*less, ko='; ')['ko']}입니다.")
        en.append(f"Less often together than by chance: {joined(*less, en='; ')['en']}.")
    held = {(each.one, each.other): each for each in again}
    lost = [
        _names(found.material, pair, held.get((pair.one, pair.other)))
        for pair in clear
        if not _stays(pair, held.get((pair.one, pair.other)))
    ]
    if lost:
        names = joined(*lost, ko="; ", en="; ")
        stay = both(f"흐려지는 쌍이 있습니다: {names['ko']}", f"no longer clear: {names['en']}")
    else:
        stay = both("모두 여전히 뚜렷합니다", "all of these stay clear")
    return both(
        f"{what['ko']} {len(pairs):,}쌍을 견주었습니다. {' '.join(ko)} 전문을 읽은 문서를 빼고 "
        f"같은 날 같은 내용의 협정을 하나로 세면 {stay['ko']}.",
        f"Of {len(pairs):,} pairs of {what['en']}: {' '.join(en)} Without documents read in "
        f"full, and with agreements of one day and the same topics counted once, {stay['en']}.",
    )


def _pair(material: Material, pair: CoOccurrence) -> Words:
    names, mean, p = _names(material, pair), f"{pair.mean:.1f}", written(pair.p)
    return both(
        f"{names['ko']}({pair.together:,}건, 우연이면 {mean}건, p = {p})",
        f"{names['en']} ({pair.together:,}; by chance {mean}; p = {p})",
    )


def _names(
    material: Material, pair: CoOccurrence | Pair, again: CoOccurrence | None = None
) -> Words:
    one, other = material.name(pair.one), material.name(pair.other)
    p = f" (p = {written(again.p)})" if again else ""
    return both(f"‘{one['ko']}’ + ‘{other['ko']}’{p}", f"“{one['en']}” + “{other['en']}”{p}")


def _stays(pair: CoOccurrence, again: CoOccurrence | None) -> bool:
    """Whether a pair is clear again, on the same side."""
    return again is not None and again.p <= LEVEL and again.z * pair.z > 0


def _in_the_mean(found: Found) -> list[Words]:
    """What the model that keeps totals in the mean only says."""
    if not found.pairs:
        return []
    number = sum(pair.is_validated for pair in found.pairs)
    if number:
        return [
            both(
                f"두 수를 평균에서만 지키는 더 조심스러운 모형으로도 {len(found.pairs):,}쌍 "
                f"가운데 {number:,}쌍이 우연보다 자주 함께 옵니다.",
                f"By the more careful model that keeps totals in the mean only, {number:,} of "
                f"all {len(found.pairs):,} pairs that occur go together more than by chance.",
            )
        ]
    first = found.pairs[0]
    names = _names(found.material, first)
    p, adjusted = written(first.p), written(first.adjusted)
    return [
        both(
            "두 수를 평균에서만 지키는 더 조심스러운 모형으로는, 드문 분야까지 모든 쌍을 "
            f"보정하면 함께 온 {len(found.pairs):,}쌍 가운데 어느 것도 우연보다 잦다고 말할 수 "
            f"없습니다(가장 뚜렷한 {names['ko']}도 p = {p}, 보정하면 {adjusted}).",
            "The more careful model that keeps totals in the mean only, corrected for all pairs "
            f"with rare topics too, clears none of the {len(found.pairs):,} pairs that occur "
            f"(the clearest, {names['en']}, has p = {p}, corrected {adjusted}).",
        )
    ]


def _leanings(found: Found) -> list[Words]:
    material = found.material
    made = []
    for what, each, name in (
        (both("상대의 종류", "kinds of partners"), found.kinds, kind),
        (
            both(f"협정이 {LEAST}건 이상인 상대", f"partners with {LEAST} agreements or more"),
            found.leaning,
            material.name,
        ),
    ):
        if not each:
            continue
        clear = [leaning for leaning in each if leaning.p <= LEVEL]
        shown = joined(
            *(_leaning(material, leaning, name(leaning.node)) for leaning in clear or each[:2]),
            ko="; ",
            en="; ",
        )
        if clear:
            made.append(
                both(
                    f"{what['ko']}별로 우연과 뚜렷이 다른 것은 {shown['ko']}입니다.",
                    f"Among {what['en']} these are clearly other than chance: {shown['en']}.",
                )
            )
        else:
            made.append(
                both(
                    f"{what['ko']}별로는 어느 분야로 기운다고 말하기에 협정이 적습니다. 우연에서 "
                    f"가장 먼 것은 {shown['ko']}입니다.",
                    f"Of {what['en']} none can be said to lean to a field, with so few "
                    f"agreements. Farthest from chance are {shown['en']}.",
                )
            )
    return made


def _leaning(material: Material, each: Leaning, name: Words) -> Words:
    field = material.name(each.group)
    mean, p = f"{each.mean:.1f}", written(each.p)
    return both(
        f"{name['ko']} – {field['ko']}({each.of:,}건 가운데 {each.agreements:,}건, 우연이면 "
        f"{mean}건, p = {p})",
        f"{name['en']} – {field['en']} ({each.agreements:,} of {each.of:,}; by chance {mean}; "
        f"p = {p})",
    )


def _without(found: Found) -> list[Words]:
    """The first fields without the documents that were read in full."""
    if not found.closely:
        return []
    if not found.rest.agreements:
        return [
            both(
                "전문을 읽은 문서를 빼면 분야를 아는 협정이 남지 않습니다.",
                "Without the documents that were read in full no agreement has known topics.",
            )
        ]
    order, other = found.material.ranked[:3], found.rest.ranked[:3]
    names = joined(*(found.material.name(field) for field in other))
    if order == other:
        ko, en = "그대로입니다", "stay"
    else:
        ko, en = "바뀝니다", "change to"
    return [
        both(
            f"전문을 읽은 문서를 빼면 앞선 세 분야는 {ko}: {names['ko']}.",
            f"Without the documents that were read in full the first three fields {en}: "
            f"{names['en']}.",
        )
    ]


def _with(name: Words, number: str) -> Words:
    return both(f"{name['ko']}({number})", f"{name['en']} ({number})")


__all__ = ["answer"]
