"""The reconciliation service over HTTP, as OpenRefine and other clients ask it."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from citypact.service.errors import ServiceError
from citypact.service.negotiation import preferred_language
from citypact.service.reconciliation import Reconciler
from citypact.service.requests import media_type, read_body, read_fields, while_connected
from citypact.service.service import address_of, service_of

FORM = "application/x-www-form-urlencoded"
# OpenRefine shows the preview in a frame, from another origin.
PREVIEW = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"


async def _service(request: Request) -> Response:
    """The manifest, the candidates of queries, or the values of properties."""
    fields = await _fields(request)
    if "queries" in fields:
        queries = _json(fields["queries"], "queries")
        return await _answer(request, lambda reconciler: reconciler.reconcile(queries))
    if "extend" in fields:
        asked = _json(fields["extend"], "extend")
        return await _answer(request, lambda reconciler: reconciler.extend(asked))
    return await _answer(request, lambda reconciler: reconciler.manifest())


async def _suggest(request: Request) -> Response:
    """Entities, types or properties for what was typed so far."""
    fields, kind = await _fields(request), request.path_params["kind"]
    prefix, cursor = fields.get("prefix", ""), _number(fields.get("cursor", "0"), 1000)
    ways: dict[str, Callable[[Reconciler], Any]] = {
        "entity": lambda reconciler: reconciler.suggest_entities(prefix, cursor),
        "type": lambda reconciler: reconciler.suggest_types(prefix, cursor),
        "property": lambda reconciler: reconciler.suggest_properties(prefix, cursor),
    }
    if kind not in ways:
        raise ServiceError(404, "there is nothing here: {path}", path=request.url.path[:200])
    return await _answer(request, ways[kind])


async def _properties(request: Request) -> Response:
    """Properties that things of a type have."""
    fields = await _fields(request)
    kind, limit = fields.get("type", ""), _number(fields.get("limit", "30"), 500)
    return await _answer(request, lambda reconciler: reconciler.propose(kind, limit))


async def _preview(request: Request) -> Response:
    """A small page about a thing."""
    fields = await _fields(request)
    shown = await service_of(request).workers.do(
        lambda: _reconciler(request).summary(fields.get("id", ""))
    )
    language = preferred_language(request.headers.get("accept-language"))
    text = {name: escape(value) for name, value in shown.items()}
    html = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f"<title>{text['name']}</title>"
        "<style>body{font:14px/1.5 system-ui,sans-serif;margin:12px}h1{font-size:18px;margin:0}"
        "p{margin:4px 0}small{color:#555}</style>"
        f"<h1>{text['name']}</h1><p>{text['description']}</p><p>{text['others']}</p>"
        f"<p><small>{text['iri']}</small></p></html>"
    )
    headers = {"Content-Security-Policy": PREVIEW, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(html, media_type="text/html", headers=headers)


def _reconciler(request: Request) -> Reconciler:
    language = preferred_language(request.headers.get("accept-language"))
    return Reconciler(service_of(request).edition.graph.store, language, address_of(request))


async def _answer(request: Request, work: Callable[[Reconciler], Any]) -> Response:
    reconciler = _reconciler(request)

    def do() -> bytes:
        return json.dumps(work(reconciler), ensure_ascii=False).encode("utf-8", "replace")

    body = await while_connected(request, service_of(request).workers.do(do))
    headers = {"Vary": "Accept-Language"}
    return Response(body, media_type="application/json", headers=headers)


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a request, in its address and its form. Raises ServiceError."""
    fields = read_fields(request.scope["query_string"])
    if request.method == "POST":
        if media_type(request) != FORM:
            raise ServiceError(415, "the request is not a form\n    -> send {form}", form=FORM)
        fields += read_fields(await read_body(request))
    return dict(fields)


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ServiceError(400, "`{name}` is not JSON", name=name) from None


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isdecimal() and len(text) < 10 else 0


def routes() -> list[Route]:
    """The routes of the service."""
    return [
        Route("/reconcile", _service, methods=["GET", "POST"]),
        Route("/reconcile/suggest/{kind}", _suggest),
        Route("/reconcile/properties", _properties),
        Route("/reconcile/preview", _preview),
    ]


__all__ = ["routes"]
