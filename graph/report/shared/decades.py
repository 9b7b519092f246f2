"""How many ties of each kind began in each decade, as a chart that several chapters draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from citypact.graph.charts import kinds as charts
from citypact.graph.text.bilingual import Words, both


def by_decade(rows: Sequence[Mapping[str, Any]], kinds: Sequence[Words]) -> charts.Draw:
    """A heat map of kinds by decade, shaded by number; a decade with nothing is an empty column.

    rows: one or more, with `decade` (its first year), `kind`, `number`, and `share` of the decade.
    kinds: from top to bottom.
    """
    decades = sorted({int(row["decade"]) for row in rows})
    most = max(row["number"] for row in rows)
    return charts.heatmap(
        [dict(row) | {"decade": _decade(int(row["decade"]))} for row in rows],
        "decade=decade_of_beginning",
        "kind=kind_or_form",
        "number=count",
        scale={"scheme": "blues", "domain": [0, most]},
        is_dark=f"datum.number > {most / 2}",
        x_order=[_decade(decade) for decade in range(decades[0], decades[-1] + 1, 10)],
        y_order=kinds,
        tooltips=["share=share_of_the_decade:.0%"],
    )


def _decade(first: int) -> Words:
    return both(f"{first}년대", f"{first}s")


__all__ = ["by_decade"]
