"""The prose of a chapter: one Jinja template a language, `CHAPTER/ko.j2` and `CHAPTER/en.j2`.

A template holds macros: `title`, `question`, `answer`, `method`, `cautions`, `headline_…` and
`figure_…`. A blank line ends a paragraph; line breaks inside one mean nothing. Both languages give
the same number of paragraphs. `f` is what the chapter found, a dataclass of numbers; `all` what
other chapters share. These filters are there:

    {{ f.share | number }}            0.742, 1,234: two to four digits that count
    {{ f.first | year }}              2010
    {{ f.share | percent }}           74%; percent(1) gives 74.2%
    {{ f.hub | name }}                the name of a node, or a text in both languages
    {{ f.named | names }}             several names, with commas
    {{ f.hub | name | josa("이/가") }}  a Korean word with its particle: 서울이, 도쿄가
    {{ f.ties | counted("tie") }}     1 tie, 3 ties; counted("city", "cities")
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context

from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words, particle
from citypact.graph.text.numbers import written, written_year
from citypact.ontology import LANGUAGES

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study


class Prose:
    """Renders the templates of a chapter with what it found."""

    def __init__(self, study: Study, chapter: str, found: object, **more: object) -> None:
        """chapter: its name, such as `null-models`. found: `f` in the template; more: others."""
        self._chapter = chapter
        self._modules, self._shared = (
            {
                language: _template(folder, language).make_module(
                    {"f": found, "names": study.label, "language": language, **more}
                )
                for language in LANGUAGES
            }
            for folder in (chapter, "shared")
        )

    def paragraphs(self, macro: str, *values: object) -> list[Words]:
        """The paragraphs of a macro in both languages.

        Raises ValueError where the languages differ in their number.
        """
        texts = {
            language: _paragraphs(str(getattr(module, macro)(*values)))
            for language, module in self._modules.items()
        }
        if len(set(map(len, texts.values()))) > 1:
            counts = ", ".join(f"{language}: {len(text)}" for language, text in texts.items())
            raise ValueError(f"{self._chapter}, {macro}: paragraphs differ in number ({counts})")
        return [
            dict(zip(texts, paragraph, strict=True))
            for paragraph in zip(*texts.values(), strict=True)
        ]

    def words(self, macro: str, *values: object) -> Words:
        """The one paragraph of a macro. Raises ValueError where it has none or several."""
        (found,) = self.paragraphs(macro, *values)
        return found

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
        counted = {
            language: str(getattr(module, f"unit_{unit}")()) if unit else ""
            for language, module in self._shared.items()
        }
        full = f"{name}-{of}" if of else name
        return Headline(full, label, network, measure, counted, is_year)

    def figure(self, name: str, draw: Callable[[str], Any], *values: object) -> Figure:
        """A figure; the macro `figure_NAME` gives its title and, as second paragraph, its text."""
        title, text = self.paragraphs(f"figure_{_macro(name)}", *values)
        return Figure(f"{self._chapter}-{name}", title, text, draw)

    def finding(
        self,
        parameters: Mapping[str, str | int | float],
        headlines: Sequence[Headline] = (),
        tables: Sequence[DataTable] = (),
        figures: Sequence[Figure] = (),
        sources: Iterable[str] = (),
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
            parameters,
            tuple(headlines),
            tuple(table for table in tables if table.rows),
            tuple(figures),
            self.paragraphs("cautions"),
            sorted(sources),
        )


@cache
def _template(chapter: str, language: str) -> Template:
    return _environment(language).get_template(f"{_macro(chapter)}/{language}.j2")


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("citypact.graph.report", ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text, which pages escape
    )
    environment.filters |= {
        "number": written,
        "year": written_year,
        "percent": _percent,
        "name": _name,
        "names": _names,
        "josa": _josa,
        "counted": _counted,
    }
    return environment


def _macro(name: str) -> str:
    return name.replace("-", "_")


def _paragraphs(text: str) -> list[str]:
    found = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    # What a condition leaves out may leave a space before the mark that follows.
    return [re.sub(r" ([.,;:)%])", r"\1", part) for part in found if part]


def _percent(share: float, digits: int = 0) -> str:
    return f"{100 * share:.{digits}f}%".replace("-", "−")


def _josa(word: str, pair: str) -> str:
    after_consonant, after_vowel = pair.split("/")
    return particle(word, after_consonant, after_vowel)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@pass_context
def _name(context: Context, what: str | Words) -> str:
    words = what if isinstance(what, dict) else context["names"](what)
    return str(words[context["language"]])


@pass_context
def _names(context: Context, several: Iterable[str | Words], separator: str = ", ") -> str:
    return separator.join(_name(context, each) for each in several)


__all__ = ["Prose"]
