"""Whether the pace of partnerships changed: asked in three ways, told in words and a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from citypact.graph.analysis.tempo import (
    BLOCK,
    Change,
    Dispersion,
    change,
    dispersion,
    shuffled_in_blocks,
)
from citypact.graph.report.shared.significance import LEVEL
from citypact.graph.tables.table import Column, Table
from citypact.graph.text.bilingual import Words, both
from citypact.graph.text.numbers import written


@dataclass(frozen=True)
class Pace:
    """A change of pace, with what tells how far it may be trusted.

    whole: how uneven all years are, held against one rate. within: how uneven the years of the two
    periods are, each held against its own rate. blocks: the p where blocks of years are shuffled.
    """

    change: Change
    whole: Dispersion | None
    within: Dispersion | None
    blocks: float | None


def pace(by_year: Mapping[int, int], year: int, draws: int, seed: int) -> Pace | None:
    """The change of pace in a year; None where there are no two periods."""
    changed = change(by_year, year)
    if changed is None:
        return None
    return Pace(
        changed,
        dispersion(by_year, draws, seed),
        dispersion(by_year, draws, seed, year),
        shuffled_in_blocks(by_year, year, BLOCK, draws, seed),
    )


def told(found: Pace) -> list[Words]:
    """The two rates, their ratio, and how uneven the years are that it allows for."""
    return [_rates(found.change), *_uneven(found)]


def _rates(found: Change) -> Words:
    before, after = written(found.rate_before), written(found.rate_after)
    p = written(found.p)
    if found.p > LEVEL or found.ratio is None:
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


def _uneven(found: Pace) -> list[Words]:
    """How bunched partnerships are, and what the test says that supposes least."""
    if found.whole is None or found.within is None or found.blocks is None:
        return []
    whole, within = (
        f"{written(each.index)} (p = {written(each.p)})" for each in (found.whole, found.within)
    )
    is_wider = found.within.index > 1
    blocks = written(found.blocks)
    return [
        both(
            f"해마다의 수의 산포 지수는 한 속도에 견주면 {whole}, 두 기간 각각의 속도에 견주면 "
            f"{within}입니다. "
            + ("위의 검정은 뒤의 산포를 헤아린 것입니다. " if is_wider else "")
            + f"이웃한 해가 서로 얽혔을 수 있으므로 {BLOCK}년 단위 묶음을 섞어 다시 물으면 p = "
            f"{blocks}입니다.",
            f"The index of dispersion of the yearly counts is {whole} beside one rate, and "
            f"{within} beside the rates of the two periods"
            + ("; the test above allows for the latter. " if is_wider else ". ")
            + f"Years may hang together: with blocks of {BLOCK} years shuffled, p = {blocks}.",
        )
    ]


def table(found: Pace) -> Table:
    """All numbers of the change, in one row."""
    changed = found.change
    row = {
        "year": changed.year,
        "before": changed.before,
        "after": changed.after,
        "rate_before": changed.rate_before,
        "rate_after": changed.rate_after,
        "ratio": changed.ratio,
        "low": changed.low,
        "high": changed.high,
        "p": changed.p,
        "blocks_p": found.blocks,
        "within": found.within.index if found.within else None,
        "within_p": found.within.p if found.within else None,
        "whole": found.whole.index if found.whole else None,
        "whole_p": found.whole.p if found.whole else None,
    }
    return Table(
        "chronology-pace",
        "새 관계의 속도, 가운데 해의 앞과 뒤",
        "The pace of new partnerships before and since the middle year",
        (
            Column("year", "integer", "뒤 기간의 첫해", "First year of the later period"),
            Column("before", "integer", "앞 기간의 새 관계", "New before"),
            Column("after", "integer", "뒤 기간의 새 관계", "New since"),
            Column("rate_before", "number", "앞 기간 한 해", "A year before"),
            Column("rate_after", "number", "뒤 기간 한 해", "A year since"),
            Column("ratio", "number", "비", "Ratio"),
            Column("low", "number", "95 % 하한", "95 % interval from"),
            Column("high", "number", "95 % 상한", "95 % interval to"),
            Column("p", "number", "p", "p"),
            Column("blocks_p", "number", f"{BLOCK}년 묶음을 섞은 p", f"p, blocks of {BLOCK} years"),
            Column("within", "number", "산포 지수(두 속도)", "Dispersion beside two rates"),
            Column("within_p", "number", "그 p", "Its p"),
            Column("whole", "number", "산포 지수(한 속도)", "Dispersion beside one rate"),
            Column("whole_p", "number", "그 p", "Its p"),
        ),
        ("year",),
        [{name: value for name, value in row.items() if value is not None}],
    )


__all__ = ["Pace", "pace", "table", "told"]
