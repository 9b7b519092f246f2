"""A view as a page of its own: one file that loads nothing, in both languages."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from citypact.graph.pages.city_views import limits
from citypact.graph.pages.city_views.view import View
from citypact.graph.pages.html import encodable, environment, inert_json, policy, template_text

SHARED = ("frame.js", "camera.js", "labels.js")


def page(view: View, language: str = "ko") -> str:
    """The whole page as HTML; the same bytes for the same view. It opens in `language`."""
    scripts = [template_text(f"pages/city_views/{name}") for name in (*SHARED, *view.scripts)]
    data = {
        **view.data,
        "title": view.title,
        "language": language,
        "limits": {"many": limits.MANY, "cell": limits.CELL, "bundles": limits.BUNDLES},
    }
    templates = environment()
    templates.filters["address"] = lambda key: quote(key, safe="", errors="replace")
    html = templates.get_template("pages/city_views/page.html").render(
        view=view,
        language=language,
        css=Markup(template_text("pages/city_views/page.css")),
        data=Markup(inert_json(data)),
        scripts=[Markup(script) for script in scripts],
        policy=policy(scripts),
    )
    return encodable(html)
