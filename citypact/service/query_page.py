"""The query page: YASGUI as the package `oxigraph` brings it, which asks this endpoint alone."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from citypact.graph.pages.html import inert_json
from citypact.ontology.query_files import headers
from citypact.service.errors import ServiceError
from citypact.service.negotiation import preferred_language
from citypact.service.service import service_of

FILES = {"yasgui.min.js": "text/javascript", "yasgui.min.css": "text/css"}
"""The files that the server of Oxigraph brings for its own query page."""
OWN = {"query_page.js": "text/javascript", "query_page.css": "text/css"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def query_page(request: Request) -> Response:
    """The page, in the language that the client likes."""
    language = preferred_language(request.headers.get("accept-language"))
    html = _template().render(
        language=language,
        examples=_examples(language),
        words=Markup(inert_json(_words() if language == "ko" else {})),
    )
    headers = {"Content-Security-Policy": POLICY, "Vary": "Accept, Accept-Language"}
    return Response(html, media_type="text/html", headers=headers)


@cache
def _words() -> dict[str, str]:
    """What YASGUI says, in Korean."""
    file = Path(__file__).with_name("query_page_words.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _examples(language: str) -> list[dict[str, str]]:
    """The queries that the page opens with: titles and texts, with names in a language."""
    found = []
    for file in sorted(Path(__file__).with_name("examples").glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        query = "\n".join(lines).strip().replace('"LANGUAGE"', f'"{language}"')
        found.append({"title": headers(text)[f"title-{language}"], "text": query})
    return found


async def query_page_file(request: Request) -> Response:
    """A script or style sheet of the page."""
    name = request.path_params["name"]
    headers = {"Cache-Control": "max-age=3600"}
    if name in OWN:
        data = Path(__file__).with_name(name).read_bytes()
        return Response(data, media_type=OWN[name], headers=headers)
    if name not in FILES:
        raise ServiceError(404, "there is nothing here: {path}", path=request.url.path)
    data = await service_of(request).edition.pool.file(name)
    return Response(data, media_type=FILES[name], headers=headers)


@cache
def _template():  # type: ignore[no-untyped-def]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("query_page.html")
