"""Prose in Jinja templates, one a language: a folder with `ko.j2` and `en.j2`.

A template holds macros. A blank line ends a paragraph; line breaks inside one mean nothing. Both
languages give the same number of paragraphs. A line that ends in an inline `{% endif %}` needs
`{% endif +%}` to keep its end. These filters are there:

    {{ share | number }}              0.742, 1,234: two to four digits that count
    {{ first | year }}                2010
    {{ share | percent }}             74%; percent(1) gives 74.2%
    {{ hub | name }}                  the name of a thing, or a text in both languages
    {{ coefficient | exp }}           of a natural logarithm the number: an odds ratio
    {{ several | names }}             several names, with commas
    {{ hub | name | josa("이/가") }}    a Korean word with its particle: 서울이, 도쿄가
    {{ ties | counted("tie") }}       1 tie, 3 ties; counted("city", "cities")
    {{ signed | date }}               2020. 10. 30., 30 October 2020: a Date as precise as it is
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context

from citypact.graph.text.bilingual import Words, particle
from citypact.graph.text.dates import written_date
from citypact.graph.text.numbers import written, written_year
from citypact.ontology import LANGUAGES
from citypact.sources.model import Date


class Templates:
    """The two templates of a folder of `graph`, with values for their macros."""

    def __init__(
        self, folder: str, names: Callable[[str], Words], values: Mapping[str, object]
    ) -> None:
        """folder: such as `report/topics`. names: gives the name of a thing by its IRI."""
        self._folder = folder
        self._modules = {
            language: _template(folder, language).make_module(
                {**values, "names": names, "language": language}
            )
            for language in LANGUAGES
        }

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
            raise ValueError(f"{self._folder}, {macro}: paragraphs differ in number ({counts})")
        return [
            dict(zip(texts, paragraph, strict=True))
            for paragraph in zip(*texts.values(), strict=True)
        ]

    def has(self, macro: str) -> bool:
        """Whether the templates have a macro."""
        return all(hasattr(module, macro) for module in self._modules.values())

    def words(self, macro: str, *values: object) -> Words:
        """The one paragraph of a macro. Raises ValueError where it has none or several."""
        (paragraph,) = self.paragraphs(macro, *values)
        return paragraph


@cache
def _template(folder: str, language: str) -> Template:
    return _environment(language).get_template(f"{folder}/{language}.j2")


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("citypact.graph", ""),
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
        "date": _date,
        "exp": math.exp,
    }
    return environment


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
def _date(context: Context, date: Date) -> str:
    return written_date(date)[str(context["language"])]


@pass_context
def _names(context: Context, several: Iterable[str | Words], separator: str = ", ") -> str:
    return separator.join(_name(context, each) for each in several)


__all__ = ["Templates"]
