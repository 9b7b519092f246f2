"""How errors look to a client: problem+json, plain text, or a page in a browser."""

from __future__ import annotations

import json
from html import escape
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from citypact.ontology.errors import CitypactError, Message
from citypact.service.errors import ServiceError
from citypact.service.negotiation import preferred_language, preferred_type
from citypact.translation import translated

PROBLEM = "application/problem+json"
TEXT = "text/plain"
HTML = "text/html"
PROGRAMS = ("/api/", "/reconcile")
"""How the paths begin that only programs ask for."""


def problem(request: Request, error: Exception) -> Response:
    """The response to an error, in the language and the form that the client likes."""
    status, message, headers = _said(error)
    language = preferred_language(request.headers.get("accept-language"))
    text = translated(message, language)
    title = HTTPStatus(status).phrase
    path = request.url.path
    if path.startswith(PROGRAMS) and path != "/reconcile/preview":
        kind = PROBLEM
    else:
        forms = (TEXT, HTML, PROBLEM) if path.startswith("/sparql") else (HTML, TEXT, PROBLEM)
        kind = preferred_type(request.headers.get("accept"), forms) or TEXT
    if kind == PROBLEM:
        body = json.dumps({"status": status, "title": title, "detail": text}, ensure_ascii=False)
    elif kind == HTML:
        home = "처음으로" if language == "ko" else "Home"
        body = (
            f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
            f"<title>{status} {title}</title><h1>{status} {title}</h1>"
            f'<p style="white-space: pre-line">{escape(text)}</p><p><a href="/">{home}</a></p>'
        )
    else:
        body = text + "\n"
    headers["Vary"] = "Accept, Accept-Language"
    if kind == HTML:
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return Response(body.encode("utf-8", "replace"), status, headers, kind)


def _said(error: Exception) -> tuple[int, str, dict[str, str]]:
    """Status, message and headers of an error."""
    if isinstance(error, ServiceError):
        headers = {"Retry-After": str(error.retry)} if error.retry else {}
        return error.status, error.message, headers
    if isinstance(error, CitypactError):
        return 400, error.message, {}
    if isinstance(error, HTTPException):
        text = {404: NOTHING, 405: METHOD}.get(error.status_code, Message(str(error.detail)))
        return error.status_code, text, dict(error.headers or {})
    return 500, FAULT, {}


NOTHING = Message("there is nothing at this address")
METHOD = Message("this address does not take requests of this method")
FAULT = Message("the request could not be answered: this is a fault of the service")

__all__ = ["problem"]
