"""What the chapter on chronology says of partners that nothing dated speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from citypact.graph.report.chronology.data import Timeline
from citypact.graph.report.chronology.last_evidence import Silence
from citypact.graph.text.bilingual import Words, both, joined

NAMED = 5
"""How many partners a sentence names at most."""
BESIDE = (5, 15)
"""Other numbers of years of which it is said how many partners they would make quiet."""


def quiet(line: Timeline, found: Silence) -> list[Words]:
    """Which partners nothing dated speaks of, how far that hangs on the years, and no proof."""
    if not line.partners:
        return []
    sentence = _how_many(line, found)
    if not found.quiet:
        return [sentence]
    oldest = joined(
        *(_with(line, node, str(found.last[node].latest.year)) for node in found.quiet[:NAMED])
    )
    other = joined(
        *(
            both(f"{years}년으로 물으면 {number:,}곳", f"{number:,} with {years} years")
            for years in BESIDE
            for number in (found.quiet_after(years),)
        )
    )
    return [
        joined(
            sentence,
            both(
                f"{other['ko']}입니다. 가장 오래된 곳은 {oldest['ko']}입니다.",
                f"It would be {other['en']}. The longest so "
                f"{'is' if len(found.quiet) == 1 else 'are'} {oldest['en']}.",
            ),
            ko=" ",
            en=" ",
        ),
        _no_proof(line, found),
    ]


def _how_many(line: Timeline, found: Silence) -> Words:
    """How many partners are quiet, and of how many nothing is dated."""
    whole, quiet, without = len(line.partners), len(found.quiet), len(found.without)
    day, years = f"{found.day:%Y-%m-%d}", found.years
    if not quiet and not without:
        return both(
            f"관계가 있는 상대 {whole:,}곳은 모두 {day}까지 {years}년 안에 날짜 있는 근거가 "
            "있습니다.",
            f"{'The one partner has' if whole == 1 else f'All {whole:,} partners have'} dated "
            f"evidence in the {years} years to {day}.",
        )
    if whole == 1:
        never = bool(without)
        return both(
            f"관계가 있는 상대 한 곳은 {'' if never else f'{day}까지 {years}년 동안 '}날짜 있는 "
            f"근거가 {'아예 ' if never else ''}없습니다.",
            "The one partner has no dated evidence "
            + ("at all." if never else f"in the {years} years to {day}."),
        )
    return both(
        f"관계가 있는 상대 {whole:,}곳 가운데 {quiet:,}곳은 {day}까지 {years}년 동안 날짜 있는 "
        f"근거가 없{f'고, {without:,}곳은 날짜 있는 근거가 아예 없' if without else ''}습니다.",
        f"Of {whole:,} partners {_have(quiet)} no dated evidence in the {years} years to {day}"
        + (f", and {_have(without)} none at all." if without else "."),
    )


def _have(number: int) -> str:
    """0 have, 1 has, 2 have."""
    return f"{number:,} {'has' if number == 1 else 'have'}"


def _no_proof(line: Timeline, found: Silence) -> Words:
    """That quiet partners stand in documents without a date, some of them surely young."""
    quiet = len(found.quiet)
    told = sum(bool(found.undated[partner]) for partner in found.quiet)
    heard = found.perhaps_heard
    words = both(
        "그렇다고 잠든 관계는 아닙니다. "
        + (
            (
                "그곳은 날짜 없는 문서에도 나옵니다."
                if quiet == 1
                else f"그 {quiet:,}곳 가운데 {told:,}곳은 날짜 없는 문서에도 나옵니다."
            )
            if told
            else "그 관계를 말하는 문서를 모으지 못했을 수 있습니다."
        ),
        f"That is no proof that {'it sleeps' if quiet == 1 else 'they sleep'}: "
        + (
            (
                "it also stands in documents without a date."
                if quiet == 1
                else f"of those {quiet:,}, {told:,} also {'stands' if told == 1 else 'stand'} in "
                "documents without a date."
            )
            if told
            else "what speaks of them may not have been collected."
        ),
    )
    if not heard:
        return words
    named = _named(line, heard)
    return joined(
        words,
        both(
            f"{len(heard):,}곳({named['ko']})의 그런 문서는 지난 {found.years}년 안에 시작된 일도 "
            "말하므로, 문서의 날짜를 모를 뿐 조용했다고 볼 수 없습니다.",
            f"For {len(heard):,} ({named['en']}) such a document also tells of something begun in "
            f"the last {found.years} years: there the date of the document is missing, not the "
            "evidence.",
        ),
        ko=" ",
        en=" ",
    )


def _named(line: Timeline, nodes: Sequence[str]) -> Words:
    names = [line.name(node) for node in nodes[:NAMED]]
    more = len(nodes) - len(names)
    return joined(*names, *([both(f"외 {more:,}곳", f"{more:,} more")] if more else []))


def _with(line: Timeline, node: str, what: str) -> Words:
    name = line.name(node)
    return both(f"{name['ko']} ({what})", f"{name['en']} ({what})")


__all__ = ["quiet"]
