"""The report as two pages that load nothing: the report to read, and its figures to explore."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from citypact.graph.charts import figure as figures
from citypact.graph.pages.html import encodable, environment, inert_json, policy, template_text
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.words import message
from citypact.graph.tables.show import Shown, shown
from citypact.graph.text.bilingual import Words, both
from citypact.graph.text.numbers import written


@dataclass(frozen=True)
class Source:
    """A document as a report cites it: its number, its title with publisher and date, its
    address, and that address with the passage at which it opens, where it is known."""

    number: int
    name: Words
    address: str
    link: str


@dataclass(frozen=True)
class Figures:
    """The figures of a report, drawn: by name of figure and language."""

    specifications: dict[str, dict[str, dict[str, Any]]]
    files: dict[str, bytes]


@dataclass(frozen=True)
class Line:
    """A headline with its ranges, as the page shows it; '–' where there is none."""

    label: Words
    value: Words
    left_out: Words
    by: Words
    halves: Words


@dataclass(frozen=True)
class Chapter:
    """A finding as the page shows it, with all that is below it."""

    finding: Finding
    lines: list[Line]
    tables: list[Shown]
    parameters: list[tuple[Words, Words]]
    sources: list[Source]


@dataclass(frozen=True)
class ShownFinding:
    """A key finding as the first page shows it: its chapter and its checks: the name of each,
    the values of the figure, what was left out, and whether the finding holds."""

    chapter: str
    finding: KeyFinding
    value: str
    checks: list[tuple[Words, str, Words, bool]]


@dataclass(frozen=True)
class Contents:
    """All that the pages show. about: what was studied, in sentences; under: the data below each
    finding, as pairs of a name and a value. holding, failing: key findings.
    has_lists: whether several cities' lists of partners are in the graph. primary: the table of
    primary tests, None where there are none."""

    about: list[Words]
    under: list[tuple[Words, Words]]
    chapters: list[Chapter]
    sources: list[Source]
    holding: list[ShownFinding] = field(default_factory=list)
    failing: list[ShownFinding] = field(default_factory=list)
    has_lists: bool = True
    primary: Shown | None = None


def chapter(finding: Finding, lines: list[Line], sources: list[Source]) -> Chapter:
    """A finding as the page shows it; `lines` are its headlines, `sources` what it cites."""
    parameters = [
        (message(f"parameters.{name}"), _parameter(value))
        for name, value in finding.parameters.items()
    ]
    tables = [shown(table) for table in finding.tables]
    return Chapter(
        finding, lines, tables, parameters, sorted(sources, key=lambda source: source.number)
    )


def _parameter(value: Words | str | float) -> Words:
    if isinstance(value, dict):
        return value
    text = value or "–" if isinstance(value, str) else written(value)
    return both(text, text)


def report_page(contents: Contents, drawn: Figures, language: str = "ko") -> str:
    """The report as HTML; the same bytes for the same contents. It opens in the language of the
    browser, or in `language` where that is neither Korean nor English."""
    return _page(
        "report/report.html",
        language,
        scripts=[template_text("pages/language.js"), template_text("report/language.js")],
        contents=contents,
        image=lambda name, spoken: _image(drawn.files[f"{name}.{spoken}.svg"]),
    )


def figures_page(contents: Contents, drawn: Figures, language: str = "ko") -> str:
    """The figures as HTML, drawn in the page: pointing at a mark shows its numbers."""
    return _page(
        "report/figures.html",
        language,
        scripts=[
            figures.bundle(),
            template_text("pages/language.js"),
            template_text("report/language.js"),
            template_text("report/figures.js"),
        ],
        contents=contents,
        data=Markup(inert_json(drawn.specifications)),
    )


def _page(template: str, language: str, scripts: list[str], **values: Any) -> str:
    html = (
        environment()
        .get_template(template)
        .render(
            language=language,
            css=Markup(template_text("report/report.css")),
            scripts=[Markup(script) for script in scripts],
            policy=policy(scripts),
            message=message,
            **values,
        )
    )
    return encodable(html)


def _image(data: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(data).decode("ascii")


__all__ = [
    "Chapter",
    "Contents",
    "Figures",
    "Line",
    "Source",
    "chapter",
    "figures_page",
    "report_page",
]
