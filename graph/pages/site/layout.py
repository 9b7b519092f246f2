"""The frame of every page of the site: head, navigation, language switch, foot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from citypact.graph.charts import palette
from citypact.graph.export.dataset import dataset_of
from citypact.graph.pages.html import encodable, environment, script_source, template_text
from citypact.graph.pages.site.paths import in_language, split_language, to_root
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message
from citypact.graph.text.bilingual import LANGUAGE_NAMES, Words, other_language
from citypact.graph.text.dates import readable_date
from citypact.ontology import LANGUAGES

STYLE = "style.css"
NAVIGATION = (
    "index",
    "map",
    "timeline",
    "network",
    "questions",
    "topics",
    "promises",
    "disagreements",
    "vocabulary",
    "data",
)
"""The pages that every page links to."""
VIEWS = {"network": "network.html", "map-view": "map-view.html"}
"""Pages of one file for both languages, which open in the one that their address asks for."""
# `file:` since from disk `'self'` is no origin in every browser.
LOADED = "style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'"
"""What every page may load: the style sheet and pictures of the site."""


def style_sheet() -> bytes:
    """The style sheet of the site."""
    colours = palette.css_variables(palette.SITE, palette.SITE_DARK)
    return (colours + template_text("pages/site/style.css")).encode()


def render(
    graph: SiteGraph,
    template: str,
    path: str,
    title: Words,
    scripts: Sequence[str] = (),
    **values: Any,
) -> bytes:
    """A page of the site from its template.

    path: that of the page, which gives its language and the way to the others. title: of the page
    in both languages. scripts: those that the template has and the page may run. values: what the
    template needs besides; `say` and `href` are always there.
    """
    allowed = [script_source(scripts)] if scripts else []
    stem, language = split_language(path)
    root = to_root(path)
    forms = "'self'" if graph.is_live else "'none'"

    def say(name: str, /, **fields: str | int) -> str:
        return _said(name, language, tuple(fields.items()))

    def href(target: str) -> str:
        return root + target if target else ""

    def page(name: str) -> str:
        if name in VIEWS:
            return f"{root}{VIEWS[name]}?lang={language}"
        return root + in_language(name, language)

    def thing(iri: str) -> str:
        return href(graph.path_of(iri, language))

    html = (
        environment()
        .get_template(f"pages/site/{template}")
        .render(
            language=language,
            languages=LANGUAGES,
            other=other_language(language),
            language_names=LANGUAGE_NAMES,
            stem=stem,
            name=stem.rsplit("/", 1)[-1],
            root=root,
            project=graph.store.title or message("site.unnamed"),
            title=title,
            policy="; ".join(["default-src 'none'", *allowed, LOADED, f"form-action {forms}"]),
            is_live=graph.is_live,
            scripts=[Markup(script) for script in scripts],
            navigation=NAVIGATION,
            is_open=dataset_of(graph.store).is_open,
            digest=str(graph.store.summary().get("graph sha256", "")),
            say=say,
            href=href,
            page=page,
            thing=thing,
            names=graph.names,
            readable_date=readable_date,
            **values,
        )
    )
    return encodable(html).encode()


@lru_cache(maxsize=10_000)
def _said(name: str, language: str, fields: tuple[tuple[str, str | int], ...]) -> str:
    """A message in a language: a page has the same few hundreds of times."""
    return message(name, **dict(fields))[language]


__all__ = ["STYLE", "render", "style_sheet"]
