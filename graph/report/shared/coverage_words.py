"""What a report says of the totals that sources give of partner cities."""

from __future__ import annotations

from datetime import date

from citypact.graph.provenance.coverage import Coverage
from citypact.graph.text.bilingual import Words, both


def counted(found: Coverage, day: date | None) -> Words:
    """The totals of sources as a sentence; with a day those known to be of then or before."""
    totals = sorted({total.value for total in found.totals}, reverse=True)
    listed = ", ".join(f"{total:,}" for total in totals)
    if not totals:
        when = both(f"{day} 또는 그 전의 수를", f" of {day} or before") if day else both("수를", "")
        return both(
            f"{when['ko']} 센 것으로 알려진 출처는 없습니다.",
            f"No source is known to give a total{when['en']}.",
        )
    if len(totals) == 1:
        return both(f"출처가 세는 수는 {listed}입니다.", f"Sources count {listed}.")
    return both(
        f"출처가 세는 수는 서로 다릅니다: {listed}.", f"Sources count differently: {listed}."
    )


__all__ = ["counted"]
