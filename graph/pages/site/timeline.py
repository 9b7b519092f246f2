"""The timeline: everything with a date, year by year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message
from citypact.graph.relations.timeline import TimelineEntry, entries

KINDS = ("agreement", "partnership", "expected-partnership", "event", "project", "transfer")
"""The kinds of things that are shown: memberships are too many to be read."""
HEIGHT, LABELLED = 120, 10
"""The height of the chart, and every how many years one is written below it."""


@dataclass(frozen=True)
class Bar:
    """A year of the chart: how many begin in it, and where its bar stands, in percent and units."""

    year: int
    number: int
    x: float
    width: float
    height: float


def timeline_page(graph: SiteGraph, path: str) -> bytes:
    """Agreements, partnerships, events and projects by year; what has no date is counted."""
    found = graph.once("timeline", lambda: _entries(graph))
    dated = [entry for entry in found if entry.year is not None]
    years = [(year, list(of_year)) for year, of_year in groupby(dated, key=lambda e: e.year)]
    return render(
        graph,
        "timeline.html",
        path,
        message("nav.timeline"),
        years=years,
        bars=year_bars(Counter(entry.year for entry in dated if entry.year is not None)),
        height=HEIGHT,
        labelled=LABELLED,
        undated=len({entry.thing for entry in found} - {entry.thing for entry in dated}),
    )


def _entries(graph: SiteGraph) -> list[TimelineEntry]:
    things = [iri for kind in KINDS for iri in graph.by_kind.get(kind, ())]
    found = entries(graph.facts, things)
    return sorted(found, key=lambda entry: entry.year or 0)


def year_bars(counts: Counter[int]) -> list[Bar]:
    """The bars of a chart of numbers by year, one for each year from the first to the last."""
    if not counts:
        return []
    first, last, most = min(counts), max(counts), max(counts.values())
    width = 1000 / (last - first + 1)
    return [
        Bar(
            year,
            counts[year],
            round((year - first) * width, 1),
            round(width * 0.8, 1),
            round(counts[year] / most * HEIGHT, 1),
        )
        for year in range(first, last + 1)
    ]
