"""The prose of a chapter: `CHAPTER/ko.j2` and `CHAPTER/en.j2` (see `graph.text.templates`).

A template holds the macros `title`, `question`, `answer`, `method`, `cautions`, `headline_…` and
`figure_…`, and may hold `limits`: what the chapter cannot tell, in one paragraph, and
`code_COLUMN`: the words for the codes in a column of tables. `f` is what the
chapter found, a dataclass of numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.sensitivity import Check
from citypact.graph.analysis.significance import Significance, evaluate, least_p
from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.primary_tests import PrimaryTest
from citypact.graph.tables.catalogue import column, table
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words
from citypact.graph.text.numbers import written_p
from citypact.graph.text.templates import Templates

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study


class Prose(Templates):
    """Renders the templates of a chapter with what it found."""

    def __init__(self, study: Study, chapter: str, found: object, **more: object) -> None:
        """chapter: its name, such as `null-models`. found: `f` in the template; more: others."""
        values = {"f": found, "p_value": p_value, **more}
        super().__init__(f"report/{_macro(chapter)}", study.label, values)
        self._most, self._label = study.most_draws, study.label
        self._chapter, self._units = chapter, Templates("report/shared", study.label, {})

    def named(self, field: str, value: str) -> Words:
        """The words for the value of a field of a table.

        An IRI has the name that the study gives it; a code the words of the macro `code_FIELD`, or
        else the title of the column that it is the name of.
        """
        if value.startswith("http"):
            return self._label(value)
        macro = f"code_{field}"
        return self.words(macro, value) if self.has(macro) else column(value).title

    def table(self, name: str, rows: Iterable[Any], **title: str) -> DataTable:
        """The table CHAPTER-NAME of the catalogue; rows may have IRIs and codes for words."""
        return table(f"{self._chapter}-{name}", rows, self.named, **title)

    def headline(
        self,
        name: str,
        network: str,
        measure: Callable[[nx.Graph], float | None],
        *values: object,
        of: str = "",
        unit: str = "",
        is_year: bool = False,
    ) -> Headline:
        """A headline: its label is the macro `headline_NAME`, its unit the shared `unit_UNIT`.

        of: added to the name where one macro serves several headlines.
        """
        label = self.words(f"headline_{_macro(name)}", *values)
        counted = self._units.words(f"unit_{unit}") if unit else {"ko": "", "en": ""}
        full = f"{name}-{of}" if of else name
        return Headline(full, label, network, measure, counted, is_year)

    def figure(self, name: str, draw: Callable[[str], Any], *values: object) -> Figure:
        """A figure; the macro `figure_NAME` gives its title and, as second paragraph, its text."""
        title, text = self.paragraphs(f"figure_{_macro(name)}", *values)
        return Figure(f"{self._chapter}-{name}", title, text, draw)

    def key_finding(
        self,
        name: str,
        value: float,
        neutral: float,
        checks: Sequence[Check],
        *values: object,
        is_significant: bool,
        is_exploratory: bool = False,
    ) -> KeyFinding:
        """A key finding: the macro `key_NAME` gives its sentence, what could overturn it, and the
        name of its figure, as three paragraphs."""
        statement, overturned, figure = self.paragraphs(f"key_{_macro(name)}", *values)
        return KeyFinding(
            statement,
            overturned,
            figure,
            value,
            neutral,
            is_significant,
            tuple(checks),
            is_exploratory,
        )

    def counts(self, values: Mapping[str, float | int | None]) -> DataTable:
        """The table CHAPTER-numbers: numbers of the answer that no other table has, by their names.

        The macro `count` gives the words of a name; what is None is left out, and all where there
        is nothing to count.
        """
        rows = [
            {"id": name, "statement": self.words("count", name), "value": value}
            for name, value in values.items()
            if value is not None
        ]
        numbers = table("numbers", rows if any(values.values()) else [])
        return replace(numbers, name=f"{self._chapter}-numbers")

    def primary_test(self, p: float, draws: int = 0, sides: int = 2) -> PrimaryTest:
        """The primary test of the chapter: the macro `primary` gives its claim."""
        return PrimaryTest(self.words("primary"), p, draws, sides)

    def finding(
        self,
        parameters: Mapping[str, Words | str | int | float],
        headlines: Sequence[Headline] = (),
        tables: Sequence[DataTable] = (),
        figures: Sequence[Figure] = (),
        sources: Iterable[str] = (),
        key_findings: Sequence[KeyFinding] = (),
        primary: PrimaryTest | None = None,
    ) -> Finding:
        """The finding of the chapter: its prose with what is given.

        Tables without rows are left out.
        """
        return Finding(
            self._chapter,
            self.words("title"),
            self.words("question"),
            self.paragraphs("answer"),
            self.paragraphs("method"),
            {**parameters, "most-draws": self._most} if "draws" in parameters else parameters,
            tuple(headlines),
            tuple(table for table in tables if table.rows),
            tuple(figures),
            self.paragraphs("cautions"),
            sorted(sources),
            self.words("limits") if self.has("limits") else None,
            tuple(key_findings),
            (primary,) if primary else (),
        )


def p_value(test: Any, sides: int = 1) -> str:
    """The p of a test with its sign and Monte Carlo error: `= 0.023 ± 0.005`, `≤ 0.001`.

    test: a `Significance`; what has `p` and the number of `draws`, with `sides` as in `least_p`; or
    a p-value that is computed exactly.
    """
    if isinstance(test, float | int):
        return written_p(test)
    if not isinstance(test, Significance):
        (test,) = evaluate([test.p], [least_p(test.draws, sides)])
    return written_p(test.p, test.error, test.is_least)


def _macro(name: str) -> str:
    return name.replace("-", "_")


__all__ = ["Prose"]
