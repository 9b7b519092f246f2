"""The answer to a named query as pages show it: as a table, on a map, as a network, by time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

import networkx as nx
import pyoxigraph as ox

from citypact.graph.networks.reader import NetworkReader
from citypact.graph.pages.network import style
from citypact.graph.pages.network.layout import positions
from citypact.graph.pages.site.map import MapPicture, SiteMap
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.timeline import Bar, year_bars
from citypact.graph.provenance.named_queries import Answer
from citypact.graph.rdf.terms import is_date, read_date
from citypact.graph.rdf.values import OddValue
from citypact.graph.relations.timeline import first_day
from citypact.graph.text.bilingual import Words, both, yes_or_no
from citypact.ontology import CODE, ID, LANGUAGES, XSD
from citypact.ontology.vocabulary import Term

VIEWS = ("table", "map", "network", "timeline")
"""How an answer can be shown."""
MOST_NODES = 80
"""So many things a network has: more names can't be read."""
MOST_TIES = 400
"""So many ties a map has."""
LEAST = 800
"""How wide the part of the plane is at least that a network shows."""
MARGIN = 24
"""Around a network, in pixels at zoom 1."""


class CellValue(NamedTuple):
    """A value of a cell: its words, and the thing (IRI) or the web address that it is, else ''.

    is_day: whether it is a date in digits, which no line may break.
    """

    words: Words
    thing: str
    address: str
    is_day: bool = False


class DatedRow(NamedTuple):
    """A row on the timeline: its first date, as it is ordered and as it is written, and things."""

    day: str
    year: int | None
    text: str
    things: list[str]


class DrawnNode(NamedTuple):
    """A thing of a network: its shape (SVG) and where it is, and the lines of its label."""

    iri: str
    x: int
    y: int
    size: int
    shape: str
    colour: str
    is_filled: bool
    labels: dict[str, list[str]]
    label_y: float
    font: int


class NetworkPicture(NamedTuple):
    """A network as SVG: view box, lines as x1, y1, x2, y2, nodes, and how many things there are."""

    box: tuple[int, int, int, int]
    lines: list[tuple[int, int, int, int]]
    nodes: list[DrawnNode]
    total: int


@dataclass(frozen=True)
class AnswerViews:
    """The views of an answer."""

    graph: SiteGraph
    answer: Answer

    def rows(self, most: int) -> list[list[list[CellValue]]]:
        """The values of each cell of the first rows."""
        return [
            [[self._shown(value) for value in cell] for cell in self.answer.cells(row)]
            for row in self.answer.rows[:most]
        ]

    def _shown(self, value: Term) -> CellValue:
        names = self.graph.names
        if isinstance(value, ox.NamedNode):
            is_thing = value.value.startswith(ID) and not is_date(value.value)
            address = "" if value.value.startswith(ID) else value.value
            words = {language: names.readable(value.value, language) for language in LANGUAGES}
            is_day = is_date(value.value) and words["en"] == words["ko"]
            return CellValue(words, value.value if is_thing else "", address, is_day)
        plain = names.plain(value, "en")
        if isinstance(plain, bool):
            return CellValue(yes_or_no(plain), "", "")
        text = str(plain)
        is_address = text.startswith(("http://", "https://")) and " " not in text
        return CellValue(both(text, text), "", text if is_address else "", bool(_day(value)))

    @cached_property
    def available(self) -> tuple[str, ...]:
        """The views that have something to show."""
        has = {
            "table": True,
            "map": bool(self.map.dots),
            "network": bool(self._ties),
            "timeline": any(row.year is not None for row in self.timeline),
        }
        return tuple(view for view in VIEWS if has[view])

    # Things

    @cached_property
    def _things(self) -> list[list[list[str]]]:
        """The things of each row by column, without columns that have none of them."""
        found = []
        for row in self.answer.rows:
            cells = self.answer.cells(row)
            things = ([iri for value in cell if (iri := _thing(value))] for cell in cells)
            found.append([cell for cell in things if cell])
        return found

    # Map

    @cached_property
    def map(self) -> MapPicture:
        """The places of the answer, larger where more rows have them; a row ties its first to its
        others."""
        on_map = SiteMap.of(self.graph)
        reader = NetworkReader.of(self.graph.store)
        degree: Counter[str] = Counter()
        ties: dict[tuple[str, str], None] = {}
        for row in self._things:
            at = (reader.place(iri) for things in row for iri in things)
            places = list(dict.fromkeys(place for place in at if on_map.is_placed(place)))
            degree.update(places)
            for other in places[1:]:
                ties.setdefault((places[0], other))
        return on_map.picture(degree, list(ties)[:MOST_TIES])

    # Network

    @cached_property
    def _ties(self) -> dict[tuple[str, str], None]:
        """Pairs of things: those of the first column that has any with those of the next."""
        return dict.fromkeys(
            (min(one, other), max(one, other))
            for row in self._things
            if len(row) > 1
            for one in row[0]
            for other in row[1]
            if one != other
        )

    @cached_property
    def _degree(self) -> Counter[str]:
        return Counter(iri for pair in self._ties for iri in pair)

    @property
    def fits(self) -> bool:
        """Whether the whole network can be read as one picture."""
        return len(self._degree) <= MOST_NODES

    @cached_property
    def network(self) -> NetworkPicture:
        """The things of the first two columns with things, tied where they share a row.

        Of many the ties between those that have most, so that nothing is drawn without a tie.
        """
        reader, degree = NetworkReader.of(self.graph.store), self._degree
        drawn: set[str] = set()
        for pair in sorted(self._ties, key=lambda pair: (-sum(degree[iri] for iri in pair), pair)):
            if len(drawn.union(pair)) <= MOST_NODES:
                drawn.update(pair)
        network = nx.MultiDiGraph()
        for iri in sorted(drawn):
            data = reader.node(iri)
            for form in ("form_ko", "form_en"):  # else an agreement is called by its form
                data.pop(form, None)
            if reader.place(iri) == iri:  # readers take a city and its government for one thing
                data["kind"] = "government"
            network.add_node(iri, **data)
        pairs = [pair for pair in self._ties if drawn.issuperset(pair)]
        network.add_edges_from((*pair, {"first_view": True}) for pair in pairs)
        at = positions(network)
        boxes = []
        nodes = []
        for iri, place in at.items():
            data, size = network.nodes[iri], style.size_of(network, iri)
            box = style.box_of(data, size)
            box = box.flipped() if place.above else box
            x, y = place.x, place.y
            boxes.append((x + box.left, y + box.top, x + box.right, y + box.bottom))
            nodes.append(_node(iri, data, size, x, y, place.above))
        left, top = (round(min(b[i] for b in boxes)) - MARGIN for i in (0, 1))
        right, bottom = (round(max(b[i] for b in boxes)) + MARGIN for i in (2, 3))
        lines = [(at[a].x, at[a].y, at[b].x, at[b].y) for a, b in pairs]
        wide = max(LEAST - (right - left), 0) // 2
        shown = (left - wide, top, right - left + 2 * wide, bottom - top)
        return NetworkPicture(shown, lines, nodes, len(degree))

    # Timeline

    @cached_property
    def timeline(self) -> list[DatedRow]:
        """The rows that have a date, in order of time."""
        return sorted(self._dated(), key=lambda row: (row.year is None, row.day))

    def _dated(self) -> Iterator[DatedRow]:
        columns = self.answer.columns
        for row, things in zip(self.answer.rows, self._things, strict=True):
            for name, term in zip(columns, row, strict=True):
                if term is not None and (dated := _date(name, term)):
                    yield DatedRow(*dated, list(dict.fromkeys(t for each in things for t in each)))
                    break

    @property
    def years(self) -> list[tuple[int, list[DatedRow]]]:
        """The rows of each year in which something certainly began."""
        found = groupby(self.timeline, key=lambda row: row.year)
        return [(year, list(rows)) for year, rows in found if year is not None]

    @property
    def bars(self) -> list[Bar]:
        """How many rows each year has; of an answer that counts by year, what it counts."""
        if "year" not in self.answer.columns:
            return year_bars(Counter({year: len(rows) for year, rows in self.years}))
        found: Counter[int] = Counter()
        for row in self.answer.rows:
            numbers = dict(zip(self.answer.columns, map(_integer, row), strict=True))
            if (year := numbers.pop("year")) is not None:
                found[year] += next((n for n in numbers.values() if n is not None), 1)
        return year_bars(found)


def _thing(value: Term) -> str:
    """The thing that a value is; '' for codes, dates and literals."""
    iri = value.value if isinstance(value, ox.NamedNode) else ""
    return iri if iri.startswith(ID) and not iri.startswith(CODE) and not is_date(iri) else ""


def _integer(term: Term | None) -> int | None:
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "integer":
        return int(term.value)
    return None


def _day(literal: ox.Literal) -> str:
    """The day or month that a literal is, such as the first day of an event; '' for none."""
    is_day = re.fullmatch(r"\d{4}-[01]\d(-[0-3]\d)?", literal.value)
    return literal.value if is_day else ""


def _date(column: str, term: Term) -> tuple[str, int | None, str] | None:
    """The first day, the year and the text of a date; None for what is none."""
    if column == "year" and (year := _integer(term)) is not None:
        return f"{year:04}", year, str(year)
    if isinstance(term, ox.Literal):
        day = _day(term)
        return (day, int(day[:4]), day) if day else None
    if not is_date(term.value):
        return None
    try:
        date = read_date(term.value)
    except OddValue:
        return None
    return first_day(date), date.year, date.text


def _node(iri: str, data: dict[str, Any], size: int, x: int, y: int, above: bool) -> DrawnNode:
    look = style.node_style(str(data.get("kind", "")))
    labels = {language: style.label_lines(data, language) for language in ("ko", "en")}
    step = style.line_height(look.font)
    if look.shape == "pill":
        start = y + look.font * 0.35
    elif above:
        start = y - size - 4 - step * (max(map(len, labels.values())) - 0.8)
    else:
        start = y + size + 4 + step * 0.8
    return DrawnNode(
        iri,
        x,
        y,
        size,
        style.SHAPES[look.shape],
        look.colour,
        look.filled,
        labels,
        round(start, 1),
        look.font,
    )


__all__ = ["VIEWS", "AnswerViews"]
