"""The five kinds of charts: heat map, bars, lines, points, and intervals.

Each takes rows, by the names of their fields, and gives a function that draws them in a language.
A value may be a text in both languages. Titles of axes, legends and tooltips are those of
`columns.toml`: a field is written as its name, `name=column` where the column has another name,
and `name=column:format` with a format of D3, such as `share:.1%`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from citypact.graph.charts.palette import BLUE, GREEN, GREY, INK, ORANGE
from citypact.graph.tables.catalogue import column
from citypact.graph.text.bilingual import Words

Row = Mapping[str, Any]
Draw = Callable[[str], Any]
"""Draws a chart of altair in a language, `ko` or `en`."""

WIDTH = 640
LABELS = 420
"""How wide the labels of an axis may be, in pixels."""


@dataclass(frozen=True)
class Field:
    """A field of a chart: its name, the column that its title comes from, and its format."""

    name: str
    column: str
    format: str = ""

    @classmethod
    def read(cls, text: str) -> Field:
        """A field as charts take it: `name`, `name=column` or `name=column:format`."""
        name_and_column, _, style = text.partition(":")
        name, _, column_name = name_and_column.partition("=")
        return cls(name, column_name or name, style)

    def title(self, language: str) -> str:
        return column(self.column).title[language]


def heatmap(
    rows: Sequence[Row],
    x: str,
    y: str,
    text: str,
    *,
    shade: str = "",
    scale: Mapping[str, Any] | None = None,
    is_dark: str = "",
    x_order: Sequence[Words | str] = (),
    y_order: Sequence[Words | str] = (),
    angle: int = 0,
    cell: tuple[int, int] = (66, 26),
    legend: bool = False,
    tooltips: Sequence[str] = (),
) -> Draw:
    """Cells with a text each, shaded by a number.

    shade: the field that gives the shade; `text` where not given. scale: of the shade, as altair
    takes it. is_dark: a Vega expression for cells that are dark, whose text is white. x_order: all
    columns; one without a cell is left empty. cell: width and height in pixels. angle: of the
    labels below.
    """
    across, down, written = Field.read(x), Field.read(y), Field.read(text)
    shaded = Field.read(shade) if shade else written

    def draw(language: str) -> Any:
        import altair as alt

        columns = {"scale": alt.Scale(domain=_texts(x_order, language))} if x_order else {}
        base = alt.Chart(_data(rows, language)).encode(
            x=_ordered(
                alt.X, across, x_order, language, axis=alt.Axis(labelAngle=angle), **columns
            ),
            y=_ordered(alt.Y, down, y_order, language, axis=alt.Axis(labelLimit=LABELS)),
            tooltip=_tooltips(rows, (x, y, text, *tooltips), language),
        )
        key = {"title": shaded.title(language)} if legend else {"legend": None}
        colour = alt.Color(
            f"{shaded.name}:Q", scale=alt.Scale(**(scale or {"scheme": "blues"})), **key
        )
        cells = base.mark_rect(stroke="white").encode(color=colour)
        ink = alt.condition(is_dark or "false", alt.value("white"), alt.value(INK))
        texts = base.mark_text().encode(
            text=alt.Text(f"{written.name}:Q", **_format(written)), color=ink
        )
        return (cells + texts).properties(width=alt.Step(cell[0]), height=alt.Step(cell[1]))

    return draw


def bars(
    rows: Sequence[Row],
    x: str,
    y: str,
    *,
    is_horizontal: bool = False,
    is_time: bool = False,
    colour: str = "",
    colours: Mapping[str, str] | None = None,
    fill: str = BLUE,
    shade: str = "",
    scale: Mapping[str, Any] | None = None,
    domain: Sequence[float] = (),
    text: str = "",
    size: tuple[int, int] = (WIDTH, 260),
    tooltips: Sequence[str] = (),
) -> Draw:
    """Bars, stacked where `colour` names a category; in the order of the rows.

    is_horizontal: y is the category, in rows of 24 pixels. is_time: x is a year on a scale of
    time, else a category. colours: the colour of each value of `colour` in English. shade: a
    number that shades each bar, on `scale`. text: a field written above each bar. domain: of the
    numbers.
    """
    across, up = Field.read(x), Field.read(y)
    category, number = (up, across) if is_horizontal else (across, up)

    def draw(language: str) -> Any:
        import altair as alt

        measured = {"title": number.title(language), "axis": alt.Axis(**_format(number))}
        if domain:
            measured["scale"] = alt.Scale(domain=list(domain))
        order = _distinct(rows, category.name)
        if is_horizontal:
            axis = alt.Axis(labelLimit=LABELS)
            place = {
                "x": alt.X(f"{number.name}:Q", **measured),
                "y": _ordered(alt.Y, category, order, language, axis=axis),
            }
        else:
            axis = alt.Axis(format="d") if is_time else alt.Axis(labelAngle=0)
            title = None if is_time else category.title(language)
            kind = "Q" if is_time else "O"
            sort = None if is_time else _texts(order, language)
            place = {
                "x": alt.X(f"{category.name}:{kind}", title=title, axis=axis, sort=sort),
                "y": alt.Y(f"{number.name}:Q", **measured),
            }
        named = [field for field in (x, y, colour, shade, *tooltips) if field]
        base = alt.Chart(_data(rows, language)).encode(
            **place, tooltip=_tooltips(rows, named, language)
        )
        drawn = base.mark_bar(**({"width": 7} if is_time else {}))
        if colour:
            drawn = drawn.encode(color=_category(rows, colour, language, colours))
        elif shade:
            field = Field.read(shade)
            drawn = drawn.encode(
                color=alt.Color(
                    f"{field.name}:Q",
                    title=field.title(language),
                    scale=alt.Scale(**(scale or {"scheme": "blues"})),
                )
            )
        else:
            drawn = drawn.encode(color=alt.value(fill))
        if text:
            name = Field.read(text).name
            texts = base.mark_text(dy=-8, color=INK)
            drawn += texts.encode(text=f"{name}:{_kind(rows, name)}")
        height = alt.Step(24) if is_horizontal else size[1]
        return drawn.properties(width=size[0], height=height)

    return draw


def lines(
    rows: Sequence[Row],
    x: str,
    y: str,
    *,
    colour: str = "",
    colours: Mapping[str, str] | None = None,
    is_step: bool = False,
    is_area: bool = False,
    is_dashed: bool = False,
    has_points: bool = False,
    logarithmic: str = "",
    domain: Sequence[float] = (),
    band: tuple[str, str] | None = None,
    size: tuple[int, int] = (WIDTH, 300),
    tooltips: Sequence[str] = (),
) -> Draw:
    """Lines, one a value of `colour`, or areas on top of each other.

    is_dashed: the lines differ by their dashes too. logarithmic: the axes with a logarithmic scale,
    among `xy`. domain: of x. band: fields of the
    bounds of a grey band, where rows have them. A line has the colour that `colours` gives for
    its value in English.
    """
    across, up = Field.read(x), Field.read(y)

    def draw(language: str) -> Any:
        import altair as alt

        def scaled(axis: str, **more: Any) -> Any:
            kind = {"type": "log"} if axis in logarithmic else {}
            return alt.Scale(**kind, **more)

        limits = {"domain": list(domain)} if domain else {}
        place = alt.X(
            f"{across.name}:Q",
            title=across.title(language),
            scale=scaled("x", **limits),
            axis=alt.Axis(**_format(across)),
        )
        height = alt.Y(
            f"{up.name}:Q",
            title=up.title(language),
            scale=scaled("y"),
            axis=alt.Axis(**_format(up)),
            **({"stack": True} if is_area else {}),
        )
        step: dict[str, Any] = {"interpolate": "step-after"} if is_step else {}
        named = [field for field in (colour, x, y, *tooltips) if field]
        base = alt.Chart(_data(rows, language)).encode(
            x=place, y=height, tooltip=_tooltips(rows, named, language)
        )
        if is_area:
            drawn = base.mark_area(opacity=0.85, **step)
        else:
            point: Any = True if colour else {"color": BLUE}
            drawn = base.mark_line(strokeWidth=2, color=BLUE, point=has_points and point, **step)
        if colour:
            name = Field.read(colour).name
            drawn = drawn.encode(color=_category(rows, colour, language, colours))
            drawn = drawn.encode(order=alt.Order(f"{name}:N")) if is_area else drawn
            if is_dashed:
                domain_of_dashes = alt.Scale(domain=_texts(_distinct(rows, name), language))
                drawn = drawn.encode(
                    strokeDash=alt.StrokeDash(f"{name}:N", scale=domain_of_dashes, legend=None)
                )
        if band:
            low, high = (Field.read(field).name for field in band)
            known = [row for row in rows if low in row]
            around = alt.Chart(_data(known, language)).mark_area(color=GREY, opacity=0.4)
            drawn = around.encode(x=place, y=f"{low}:Q", y2=f"{high}:Q") + drawn
        return drawn.properties(width=size[0], height=size[1])

    return draw


def points(
    rows: Sequence[Row],
    x: str,
    y: str,
    *,
    is_category: bool = True,
    is_ordinal: bool = False,
    colour: str = "",
    colours: Mapping[str, str] | None = None,
    ring: str = "",
    size_by: str = "",
    text: str = "",
    rule: float | None = None,
    region: tuple[float, float] | None = None,
    diagonal: float | None = None,
    x_scale: Mapping[str, Any] | None = None,
    y_scale: Mapping[str, Any] | None = None,
    opacity: float = 1,
    size: tuple[int, int] = (WIDTH, 0),
    step: int = 26,
    tooltips: Sequence[str] = (),
) -> Draw:
    """Points by x and y.

    is_category: y is a category, in the order of the rows, `step` pixels each; else a number.
    is_ordinal: x has a place for each of its values.
    colour: a category that colours and shapes the points; `ring` is its value (in English) drawn as
    a ring around the others. size_by: a number that gives the size. text: a field written beside
    each. rule: an x with a dashed line. region: a grey region between two x. diagonal: how far
    a dashed line from the origin goes.
    """
    across, up = Field.read(x), Field.read(y)

    def draw(language: str) -> Any:
        import altair as alt

        place = alt.X(
            f"{across.name}:{'O' if is_ordinal else 'Q'}",
            title=across.title(language),
            axis=alt.Axis(**_format(across), **({"labelAngle": 0} if is_ordinal else {})),
            **({"scale": alt.Scale(**x_scale)} if x_scale else {}),
        )
        if is_category:
            order = _distinct(rows, up.name)
            height = _ordered(alt.Y, up, order, language, axis=alt.Axis(labelLimit=LABELS))
        else:
            height = alt.Y(
                f"{up.name}:Q",
                title=up.title(language),
                axis=alt.Axis(**_format(up), **_powers(y_scale or {})),
                **({"scale": alt.Scale(**y_scale)} if y_scale else {}),
            )
        named = [field for field in (y, colour, x, size_by, *tooltips) if field]
        base = alt.Chart(_data(rows, language)).encode(
            x=place, y=height, tooltip=_tooltips(rows, named, language)
        )
        mark = {"filled": True, "size": 90, "opacity": opacity}
        if colour:
            field = Field.read(colour)
            base = base.encode(color=_category(rows, colour, language, colours))
            if ring:
                ringed = next(w for w in _distinct(rows, field.name) if _english(w) == ring)
                is_ring = alt.datum[field.name] == _text(ringed, language)
                dots = base.transform_filter(~is_ring).mark_point(**mark)
                rings = base.transform_filter(is_ring).mark_point(
                    filled=False, size=190, strokeWidth=2, opacity=1
                )
                drawn = dots + rings
            else:
                shape = alt.Shape(
                    f"{field.name}:N",
                    title=field.title(language),
                    scale=alt.Scale(domain=_texts(_distinct(rows, field.name), language)),
                )
                drawn = base.mark_point(**mark).encode(shape=shape)
        else:
            drawn = base.mark_point(color=BLUE, **mark)
        if size_by:
            field = Field.read(size_by)
            drawn = drawn.encode(
                size=alt.Size(
                    f"{field.name}:Q",
                    title=field.title(language),
                    scale=alt.Scale(range=[20, 420]),
                )
            )
        if text:
            written = Field.read(text)
            drawn += base.mark_text(dx=8, align="left").encode(
                text=alt.Text(f"{written.name}:Q", **_format(written))
            )
        if rule is not None:
            drawn = _rule(across, rule) + drawn
        if region:
            data = alt.Data(values=[{"from": region[0], "to": region[1]}])
            behind = alt.Chart(data).mark_rect(color=GREY, opacity=0.25)
            drawn = behind.encode(x="from:Q", x2="to:Q") + drawn
        if diagonal is not None:
            data = alt.Data(values=[{"x": 0, "y": 0}, {"x": diagonal, "y": diagonal}])
            line = alt.Chart(data).mark_line(color=INK, strokeDash=[4, 4], strokeWidth=1)
            drawn = line.encode(x="x:Q", y="y:Q") + drawn
        return drawn.properties(width=size[0], height=size[1] or alt.Step(step))

    return draw


def intervals(
    rows: Sequence[Row],
    y: str,
    low: str,
    high: str,
    *,
    value: str = "",
    mean: str = "",
    inner: tuple[str, str] | None = None,
    colour: str = "",
    colours: Mapping[str, str] | None = None,
    is_apart: bool = False,
    facet: str = "",
    rule: float | None = None,
    domain: Sequence[float] = (),
    title: str = "",
    width: int = 460,
    tooltips: Sequence[str] = (),
) -> Draw:
    """Rows with an interval each: a grey line from `low` to `high`, and what was observed.

    value: a point, coloured by `colour`. mean: a tick. inner: bounds of a bar inside. is_apart: the
    rows of a category are drawn below each other, one a value of `colour`, whose lines have its
    colour. facet: a field whose values have a part each. rule: a dashed line. title: the column
    that names the axis; that of `value` where not given.
    """
    down, lower, upper = Field.read(y), Field.read(low), Field.read(high)
    named = Field.read(title or value or low)

    def part(own: Sequence[Row], language: str, heading: str) -> Any:
        import altair as alt

        options: dict[str, Any] = {"title": named.title(language)}
        # The minus sign of Vega is not in the font of the report.
        minus = {"labelExpr": "replace(datum.label, '−', '-')"}
        options["axis"] = alt.Axis(**(_format(named) or minus))
        if domain:
            options["scale"] = alt.Scale(domain=list(domain))

        def at(name: str) -> Any:
            return alt.X(f"{name}:Q", **options)

        order = _distinct(own, down.name)
        base = alt.Chart(_data(own, language), **({"title": heading} if heading else {})).encode(
            y=_ordered(alt.Y, down, order, language, axis=alt.Axis(labelLimit=LABELS)),
            tooltip=_tooltips(own, [f for f in (y, colour, value, mean, *tooltips) if f], language),
        )
        chosen = _category(rows, colour, language, colours) if colour else alt.value(BLUE)
        if is_apart:
            field = Field.read(colour)
            sort = _texts(_distinct(rows, field.name), language)
            base = base.encode(yOffset=alt.YOffset(f"{field.name}:N", sort=sort), color=chosen)
            drawn = base.mark_rule(strokeWidth=2)
        else:
            drawn = base.mark_rule(color=GREY, strokeWidth=3)
        drawn = drawn.encode(x=at(lower.name), x2=f"{upper.name}:Q")
        if inner:
            first, last = (Field.read(field).name for field in inner)
            drawn += base.mark_bar(color=BLUE, height=7).encode(x=at(first), x2=f"{last}:Q")
            for end in (first, last):
                drawn += base.mark_tick(color=BLUE, thickness=2, size=12).encode(x=at(end))
        if mean:
            ticks = base.mark_tick(color=INK, thickness=2, size=14)
            drawn += ticks.encode(x=at(Field.read(mean).name))
        if value:
            shown = base.mark_point(filled=True, size=80, opacity=1)
            drawn += shown.encode(x=at(Field.read(value).name), color=chosen)
        if rule is not None:
            drawn = _rule(named, rule) + drawn
        # Of rows below each other a step is that of one of them.
        return drawn.properties(width=width, height=alt.Step(12 if is_apart else 24))

    def draw(language: str) -> Any:
        import altair as alt

        if not facet:
            return part(rows, language, "")
        name = Field.read(facet).name
        return alt.vconcat(
            *(
                part([row for row in rows if row[name] == each], language, _text(each, language))
                for each in _distinct(rows, name)
            )
        )

    return draw


def _rule(field: Field, at: float) -> Any:
    import altair as alt

    line = alt.Chart(alt.Data(values=[{field.name: at}])).mark_rule(color=INK, strokeDash=[4, 4])
    return line.encode(x=f"{field.name}:Q")


def _data(rows: Sequence[Row], language: str) -> Any:
    import altair as alt

    return alt.Data(
        values=[{name: _text(value, language) for name, value in row.items()} for row in rows]
    )


def _text(value: Any, language: str) -> Any:
    return value[language] if isinstance(value, dict) else value


def _english(value: Any) -> str:
    return str(_text(value, "en"))


def _texts(values: Sequence[Any], language: str) -> list[Any]:
    return [_text(value, language) for value in values]


def _distinct(rows: Sequence[Row], name: str) -> list[Any]:
    found: list[Any] = []
    for row in rows:
        if name in row and row[name] not in found:
            found.append(row[name])
    return found


def _ordered(
    channel: Any, field: Field, order: Sequence[Any], language: str, **options: Any
) -> Any:
    sort = {"sort": _texts(order, language)} if order else {}
    return channel(f"{field.name}:N", title=None, **sort, **options)


def _category(
    rows: Sequence[Row], text: str, language: str, colours: Mapping[str, str] | None
) -> Any:
    """A colour for each value of a field, in the order of the rows."""
    import altair as alt

    field = Field.read(text)
    values = _distinct(rows, field.name)
    scale: dict[str, Any] = {"domain": _texts(values, language)}
    if colours:
        values = sorted(values, key=lambda each: list(colours).index(_english(each)))
        scale = {
            "domain": _texts(values, language),
            "range": [colours[_english(each)] for each in values],
        }
    legend = alt.Legend(orient="bottom", columns=3)
    return alt.Color(
        f"{field.name}:N",
        title=None,
        sort=scale["domain"],
        scale=alt.Scale(**scale),
        legend=legend,
    )


def _tooltips(rows: Sequence[Row], fields: Sequence[str], language: str) -> list[Any]:
    import altair as alt

    read = {field.name: field for field in map(Field.read, fields)}
    return [
        alt.Tooltip(f"{name}:{_kind(rows, name)}", title=field.title(language), **_format(field))
        for name, field in read.items()
    ]


def _kind(rows: Sequence[Row], name: str) -> str:
    """Q for a field of numbers, N for one of texts, as altair calls them."""
    known = _distinct(rows, name)
    return "Q" if known and all(isinstance(each, (int, float)) for each in known) else "N"


def _powers(scale: Mapping[str, Any]) -> dict[str, list[int]]:
    """Ticks at powers of ten on a logarithmic scale that has a domain."""
    if scale.get("type") != "log" or "domain" not in scale:
        return {}
    return {"values": [10**power for power in range(len(str(int(scale["domain"][1]))))]}


def _format(field: Field) -> dict[str, str]:
    return {"format": field.format} if field.format else {}


__all__ = [
    "BLUE",
    "GREEN",
    "GREY",
    "INK",
    "ORANGE",
    "Draw",
    "bars",
    "heatmap",
    "intervals",
    "lines",
    "points",
]
