"""What one chapter of the report holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.primary_tests import PrimaryTest
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words
from citypact.graph.text.numbers import written, written_year
from citypact.ontology.errors import CitypactError

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Headline:
    """A figure on which an answer rests, and how it is measured again on a part of the sources.

    network: which network it is measured on, by its name in `graph.networks`. measure:
    takes that network, or what a part of the sources leaves of it (nodes stay, edges go), and gives
    the figure; None where it is not defined. unit: what it counts ('' for ratios and shares).
    is_year: whether it is a year, which is written without thousands apart.
    """

    name: str
    label: Words
    network: str
    measure: Callable[[nx.Graph], float | None]
    unit: Words = field(default_factory=lambda: {"ko": "", "en": ""})
    is_year: bool = False

    def written(self, value: float | None) -> str:
        """A value of this figure for people."""
        return written_year(value) if self.is_year else written(value)


@dataclass(frozen=True)
class Finding:
    """A question, its answer in words, and all that a reviewer asks for.

    answer and cautions (what could be wrong) are sentences. limits: what the chapter cannot tell,
    said once, before the answer. method: paragraphs with formula, source
    (paper or specification) and units. parameters: what the method was given, by name, whose title
    is a message of `report/words.toml`; `seed` and `draws` are among them only where chance has a
    part. sources: IRIs of the documents behind what the answer names, sorted. key_findings: what it
    may give to the first page. primary: its tests in the family of the report
    (`shared.primary_tests`); its other tests are exploratory.
    """

    name: str
    title: Words
    question: Words
    answer: Sequence[Words]
    method: Sequence[Words]
    parameters: Mapping[str, Words | str | int | float]
    headlines: Sequence[Headline] = ()
    tables: Sequence[DataTable] = ()
    figures: Sequence[Figure] = ()
    cautions: Sequence[Words] = ()
    sources: Sequence[str] = ()
    limits: Words | None = None
    key_findings: Sequence[KeyFinding] = ()
    primary: Sequence[PrimaryTest] = ()

    def table(self, name: str) -> DataTable:
        """A table by its name, such as `structure-actors`, or what follows the chapter's name."""
        return _named(self.tables, self.name, name, "table")

    def figure(self, name: str) -> Figure:
        """A figure by its name, as `table` does."""
        return _named(self.figures, self.name, name, "figure")


Part = TypeVar("Part", DataTable, Figure)


def _named(parts: Sequence[Part], chapter: str, name: str, kind: str) -> Part:
    for part in parts:
        if part.name in (name, f"{chapter}-{name}"):
            return part
    known = ", ".join(part.name for part in parts) or "none"
    raise CitypactError(
        "the finding {chapter} has no {kind} {name!r}\n    -> it has: {known}",
        chapter=chapter,
        kind=kind,
        name=name,
        known=known,
    )


__all__ = ["Figure", "Finding", "Headline"]
