"""A view as a self-contained page in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from citypact.graph.charts import palette
from citypact.graph.pages.city_views import limits
from citypact.graph.pages.city_views.view import View
from citypact.graph.pages.city_views.words import message
from citypact.graph.pages.html import (
    encodable,
    environment,
    inert_json,
    policy,
    shared_scripts,
    template_text,
)

SHARED = ("page.js", "panel.js", "search.js", "camera.js", "label_placement.js")
"""The scripts that all views share; those of the view follow."""


def page(view: View, language: str = "ko", sources: Mapping[str, Any] | None = None) -> str:
    """The page of a view as HTML. The same view gives the same bytes.

    sources: the documents behind its ties, see `tie_sources`.

    It opens in the language of the browser, or in `language` where that is neither Korean nor
    English.
    """
    names = (*SHARED, *view.scripts)
    scripts = [*shared_scripts(), *(template_text(f"pages/city_views/{name}") for name in names)]
    data = {
        **view.data,
        "title": view.title,
        "words": message.by_id,
        "communities": palette.COMMUNITIES,
        "language": language,
        "sources": sources or {"documents": [], "ties": {}},
        "limits": {"many": limits.MANY, "cell": limits.CELL, "bundles": limits.BUNDLES},
    }
    colours = palette.css_variables(palette.CITY_VIEWS, palette.CITY_VIEWS_DARK)
    html = (
        environment()
        .get_template("pages/city_views/page.html")
        .render(
            view=view,
            message=message,
            language=language,
            css=Markup(colours + template_text("pages/city_views/page.css")),
            data=Markup(inert_json(data)),
            scripts=[Markup(script) for script in scripts],
            policy=policy(scripts),
        )
    )
    return encodable(html)
