"""The answer of the chapter on brokers, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from citypact.graph.report.brokerage.records import Records
from citypact.graph.report.brokerage.roles import Roles
from citypact.graph.report.shared.significance import Verdict, draws_needed
from citypact.graph.text.bilingual import Words, both, joined
from citypact.graph.text.numbers import written
from citypact.ontology import LANGUAGES

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

DETAILS = {
    "ko": {
        "proposedBy": "제안",
        "requestedBy": "요청",
        "decidedBy": "협의·결정",
        "stage": "단계",
    },
    "en": {
        "proposedBy": "proposed by",
        "requestedBy": "requested by",
        "decidedBy": "decided by",
        "stage": "stage",
    },
}
"""What is told of a transfer beside who gives and receives."""
WAYS = (
    (both("소개되거나 견학된 것", "shown or visited"), ("presents", "visits")),
    (
        both("본보기나 바탕이 되거나 운용되는 것", "taken as model or basis, or run"),
        ("modelledOn", "basedOn", "operates"),
    ),
    (both("이전 대상으로 정해진 것", "to be transferred"), ("transfers",)),
    (
        both("의지를 밝히거나 조항에 나온 것", "only meant, or named in a provision"),
        ("intends", "concernsSolution"),
    ),
)
"""How policies come to be spoken of, by the properties of the query for them."""


def answer(study: Study, found: Records, roles: Roles) -> list[Words]:
    """What is on record first, what follows from positions in the network last."""
    return [
        _on_record(study, found),
        *_transferred(study, found),
        *_shown(found),
        *_helped(study, found),
        *_wished(found),
        *_between(roles),
    ]


def _on_record(study: Study, found: Records) -> Words:
    agreements = sorted({each.agreement for each in found.brokering})
    if not found.agreements:
        return both("협정이 하나도 없습니다.", "There are no agreements.")
    if not agreements:
        return both(
            f"협정 {found.agreements:,}건 가운데 누가 상대를 이어 주었는지 기록된 것은 없습니다.",
            f"Of none of {found.agreements:,} agreements is it on record who brought the parties "
            "together.",
        )
    told = {
        language: "; ".join(
            f"{study.names.label(iri, language)} – "
            + _names(study, (e.broker for e in found.brokering if e.agreement == iri), language)
            for iri in agreements[:5]
        )
        for language in LANGUAGES
    }
    return both(
        f"협정 {found.agreements:,}건 가운데 누가 상대를 이어 주었는지 기록된 것은 "
        f"{len(agreements):,}건입니다. {told['ko']}.",
        f"Of {found.agreements:,} agreements it is on record for {len(agreements):,} who brought "
        f"the parties together. {told['en']}.",
    )


def _transferred(study: Study, found: Records) -> list[Words]:
    if not found.transfers:
        return [both("정책 이전은 기록되지 않았습니다.", "No transfer of a policy is on record.")]
    told: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for iri, parts in list(found.transfers.items())[:5]:
        for language in LANGUAGES:
            details = [
                f"{word}: {_names(study, parts[name], language)}"
                if language == "ko" or name == "stage"
                else f"{word} {_names(study, parts[name], language)}"
                for name, word in DETAILS[language].items()
                if name in parts
            ]
            way = " → ".join(
                _names(study, parts.get(name, ()), language) or "?"
                for name in ("provider", "recipient")
            )
            told[language].append(
                f"{study.names.label(iri, language)} ({way}; {'; '.join(details)})"
            )
    number = len(found.transfers)
    return [
        both(
            f"정책 이전으로 기록된 것은 {number:,}건입니다: {' / '.join(told['ko'])}. 단계가 "
            "말하는 만큼만 이루어진 것으로 봅니다.",
            f"{number:,} policy {'transfer is' if number == 1 else 'transfers are'} on record: "
            f"{' / '.join(told['en'])}. It has come as far as its stage says, no farther.",
        )
    ]


def _shown(found: Records) -> list[Words]:
    """What became of policies and systems, those that were only meant apart."""
    if not found.policies:
        return []
    told = []
    for words, ways in WAYS:
        number = len({policy for policy, how, _ in found.policies if how in ways})
        if number:
            told.append(both(f"{words['ko']} {number:,}종", f"{number:,} {words['en']}"))
    every = len({policy for policy, *_ in found.policies})
    counts = joined(*told)
    return [
        both(
            f"문서가 다룬 정책·제도는 {every:,}종이며, {counts['ko']}입니다(한 정책이 여럿에 들 수 "
            "있음).",
            f"Documents speak of {every:,} policies and systems: {counts['en']} (one may be in "
            "several).",
        )
    ]


def _helped(study: Study, found: Records) -> list[Words]:
    """Who is to act where another body runs a fund or system."""
    if not found.help:
        return []
    ko, en = (
        "; ".join(
            f"{study.names.label(each.helper, lang)} – {study.names.label(each.provision, lang)}"
            f" ({', '.join(study.names.label(iri, lang) for iri in (each.owner, *each.stages))})"
            for each in found.help[:5]
        )
        for lang in LANGUAGES
    )
    return [
        both(
            f"다른 기관이 운용하는 제도에서 역할을 맡기로 한 기록: {ko}.",
            f"On record for a part in what another body runs: {en}.",
        )
    ]


def _wished(found: Records) -> list[Words]:
    if not found.prospects:
        return []
    counts = Counter(
        each.rsplit("/", 1)[-1] for parts in found.prospects.values() for each in parts["modality"]
    )
    korean = {"expected": "기대", "proposed": "제안", "invited": "초청", "requested": "요청"}
    english = {
        "expected": "expectation",
        "proposed": "proposal",
        "invited": "invitation",
        "requested": "request",
    }
    order = sorted(counts, key=lambda name: (-counts[name], name))
    ko = ", ".join(f"{korean.get(name, name)} {counts[name]:,}건" for name in order)
    en = ", ".join(
        f"{counts[name]:,} {english.get(name, name)}{'' if counts[name] == 1 else 's'}"
        for name in order
    )
    return [
        both(
            f"그 밖에 누가 누구에게 무엇을 바라거나 권했는지 기록된 것은 {ko}입니다. 그렇게 말한 "
            "것은 사실이지만, 내용이 이루어졌다는 뜻은 아닙니다.",
            f"Further on record, as said by somebody to somebody: {en}. That it was said is a "
            "fact; that it came about is not.",
        )
    ]


def _between(roles: Roles) -> list[Words]:
    if not roles.tested:
        return []
    beyond = [each for each in roles.tested if each.verdict is Verdict.BEYOND]
    across = [each for each in beyond if (each.by_chance.z or 0) > 0]
    within = [each for each in beyond if (each.by_chance.z or 0) < 0]
    rest = [each for each in roles.tested if each.verdict is Verdict.WITHIN]
    untold = [each for each in roles.tested if each.verdict is Verdict.UNTOLD]
    draws = min((each.by_chance.draws for each in untold), default=0)
    needed = draws_needed(len(roles.tested))
    said = []
    for group, ko, en in (
        (
            across,
            "서로 다른 대륙의 행위자 사이에 우연보다 더 자주 서는 곳",
            "Standing between actors of different continents more than chance has it",
        ),
        (
            within,
            "같은 대륙의 행위자 사이에 우연보다 더 자주 서는 곳",
            "Standing between actors of one continent more than chance has it",
        ),
        (
            rest,
            "우연과 다르다고 할 수 없는 곳",
            "Not to be told from chance",
        ),
        (
            untold,
            f"추출 {draws:,}번으로는 우연과 다른지 알 수 없는 곳({needed:,}번이면 알 수 있음)",
            f"Whether other than chance, {draws:,} draws cannot tell ({needed:,} would do)",
        ),
    ):
        if group:
            shown = {
                language: ", ".join(
                    f"{roles.labels[each.broker.node][language]} ("
                    + (
                        f"다른 대륙 {each.broker.between:.0%}, 우연 "
                        if language == "ko"
                        else f"{each.broker.between:.0%} across, by chance "
                    )
                    + f"{each.by_chance.mean / each.broker.total:.0%}; p = {written(each.p)})"
                    for each in group
                )
                for language in LANGUAGES
            }
            said.append(both(f"{ko}: {shown['ko']}.", f"{en}: {shown['en']}."))
    return said


def _names(study: Study, iris: Iterable[str], language: str) -> str:
    return ", ".join(study.names.label(iri, language) for iri in sorted(set(iris)))


__all__ = ["answer"]
