"""Figures of a report as SVG, PNG and specifications for the interactive page.

All are drawn from one Vega-Lite specification, which altair makes, by the renderer of vl-convert,
with a Korean font that a package brings: no font of the machine has a part, so the same figure has
the same bytes everywhere, and Korean letters are letters.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from citypact.graph.analysis.worker_processes import in_parts
from citypact.graph.charts.palette import INK, LINE, QUIET, SERIES
from citypact.graph.text.bilingual import Words
from citypact.graph.text.numbers import rounded
from citypact.ontology import LANGUAGES
from citypact.ontology.errors import CitypactError

FONT = "NanumGothic"
_DRAWN_ID = re.compile(r'( id="|url\(#)((clip|gradient_)\d+)(?=[")])')

CONFIG: dict[str, Any] = {
    "background": "white",
    "font": FONT,
    "padding": 10,
    # The font has no minus sign of its own.
    "locale": {
        "number": {
            "decimal": ".",
            "thousands": ",",
            "grouping": [3],
            "currency": ["", ""],
            "minus": "-",
        }
    },
    "axis": {
        "labelColor": INK,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "gridColor": LINE,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "labelLimit": 260,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelLimit": 260,
    },
    "header": {"labelColor": INK, "titleColor": QUIET, "labelFontSize": 12, "titleFontSize": 12},
    "title": {"color": INK, "fontSize": 14, "fontWeight": "bold", "anchor": "start", "offset": 12},
    "text": {"color": INK, "fontSize": 12},
    "range": {"category": SERIES},
    "view": {"stroke": None},
}


def specification(figure: Figure, language: str) -> dict[str, Any]:
    """The Vega-Lite specification of a figure in a language, numbers rounded.

    Raises CitypactError where a package for figures is not installed.
    """
    _packages()
    from altair.utils.schemapi import debug_mode

    # Half of the time would go to altair's comparison of each part with the schema of Vega-Lite.
    with debug_mode(False):
        chart = figure.draw(language).properties(title=figure.title[language])
        found: dict[str, Any] = rounded(chart.to_dict(validate=False))
    found["config"] = {**found.get("config", {}), **CONFIG}
    return found


def svg(found: dict[str, Any]) -> bytes:
    """A specification as SVG, the same bytes whatever was drawn before."""
    text: str = _packages().vegalite_to_svg(found, allowed_base_urls=[])
    # The renderer numbers gradients and clips on from one drawing to the next.
    ids: dict[str, str] = {}

    def numbered(match: re.Match[str]) -> str:
        return match[1] + ids.setdefault(match[2], f"{match[3]}{len(ids) + 1}")

    return _DRAWN_ID.sub(numbered, text).encode()


def png(drawn: bytes) -> bytes:
    """A figure in SVG, as `svg` gives it, as PNG: two pixels for each of its units."""
    data: bytes = _packages().svg_to_png(drawn.decode(), scale=2)
    return data


@cache
def bundle() -> str:
    """The script that draws specifications in a page, Vega, Vega-Lite and vega-embed, in one."""
    script: str = _packages().javascript_bundle("window.embed = vegaEmbed;")
    return script


def specifications(figure: Figure) -> dict[str, dict[str, Any]]:
    """The specifications of a figure by language."""
    return {language: specification(figure, language) for language in LANGUAGES}


def files(
    name: str, drawn: dict[str, dict[str, Any]], *, with_png: bool = True
) -> dict[str, bytes]:
    """The files of a figure, `NAME.ko.svg`, `NAME.en.png` and so on, by their names."""
    found = {}
    for language, each in drawn.items():
        drawing = svg(each)
        found[f"{name}.{language}.svg"] = drawing
        if with_png:
            found[f"{name}.{language}.png"] = png(drawing)
    return found


def all_files(
    drawn: Mapping[str, dict[str, dict[str, Any]]],
    *,
    with_png: bool = True,
    progress: Callable[[int], None] = lambda done: None,
) -> dict[str, bytes]:
    """The files of figures, given as specifications by name and language, drawn on all cores.

    progress: takes how many are drawn.
    """
    parts = [[figure] for figure in drawn.items()]
    found = in_parts(_files_of, with_png, parts, progress)
    return {name: data for each in found for name, data in each.items()}


def _files_of(with_png: bool, figure: tuple[str, dict[str, dict[str, Any]]]) -> dict[str, bytes]:
    return files(*figure, with_png=with_png)


@cache
def _packages() -> Any:
    """vl_convert with the font made known to it."""
    try:
        import vl_convert
    except ImportError as error:
        raise _missing("vl-convert-python") from error
    for name in ("altair", "koreanize_matplotlib"):
        if importlib.util.find_spec(name) is None:
            raise _missing(name)
    vl_convert.register_font_directory(str(font_folder()))
    return vl_convert


def font_folder() -> Path:
    """Where the Korean font lies that figures are written in. Raises CitypactError where none."""
    # Importing the package would change matplotlib's settings; only its font is wanted.
    found = importlib.util.find_spec("koreanize_matplotlib")
    if found is None or found.origin is None:
        raise _missing("koreanize-matplotlib")
    return Path(found.origin).parent / "fonts"


def _missing(package: str) -> CitypactError:
    return CitypactError(
        "a report requires the package {package}\n    -> pip install 'citypact[research]'",
        package=package,
    )


@dataclass(frozen=True)
class Figure:
    """A figure, drawn in each language from the same numbers.

    name: of its files, such as `structure-degrees`. text: what it shows, in a sentence or two, for
    whoever can't see it. draw: gives the altair chart in a language (`ko` or `en`), without fonts,
    colours of text and sizes of letters, which the report sets; its data stand in it as values, in
    sorted order.
    """

    name: str
    title: Words
    text: Words
    draw: Callable[[str], Any]

    def png(self, language: str = "en") -> bytes:
        """The figure as a picture. Raises CitypactError where a package for it is missing."""
        return png(svg(specification(self, language)))

    def __repr__(self) -> str:
        return f"<Figure {self.name}: {self.title['en']}>"

    def _repr_png_(self) -> bytes:
        return self.png()


__all__ = [
    "all_files",
    "bundle",
    "files",
    "font_folder",
    "png",
    "specification",
    "specifications",
    "svg",
]
