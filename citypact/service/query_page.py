"""The query page: YASGUI as the package `oxigraph` brings it, which asks this endpoint alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from citypact.graph.provenance.named_queries import named_queries
from citypact.graph.sparql.syntax import SparqlQuery
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
EXAMPLES = ("partners-of-city", "agreements-of-city", "agreements-on-topic", "disagreements")


def query_page(request: Request) -> Response:
    """The page, in the language that the client likes."""
    language = preferred_language(request.headers.get("accept-language"))
    html = _template().render(
        language=language,
        examples=[
            {"title": query.title[language], "text": _without_header(query.text)}
            for name, query in named_queries().items()
            if name in EXAMPLES
        ],
    )
    headers = {"Content-Security-Policy": POLICY, "Vary": "Accept, Accept-Language"}
    return Response(html, media_type="text/html", headers=headers)


def _without_header(text: str) -> str:
    """A named query without the comments that say what it is, with its prefixes declared."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return SparqlQuery("\n".join(lines).strip()).self_contained.text


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
