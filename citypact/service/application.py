"""The application: what is answered at which path."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from importlib.metadata import version

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from citypact import __version__
from citypact.ontology.errors import CitypactError
from citypact.ontology.vocabulary import prefixes
from citypact.service import json_api, question_pages, reconciliation_endpoint
from citypact.service.linked_data import page
from citypact.service.problems import problem
from citypact.service.protection import Protection
from citypact.service.query_page import query_page_file
from citypact.service.service import Service, service_of, serving
from citypact.service.sparql_endpoint import sparql


def application(service: Service, report: Callable[[str], None]) -> Protection:
    """The application of a service. report: is told where a fault of ours is."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with serving(service):
            yield

    app = Starlette(
        routes=[
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/sparql/prefixes.json", known_prefixes),
            Route("/sparql/{name}", query_page_file),
            *json_api.routes(),
            *reconciliation_endpoint.routes(),
            *question_pages.routes(),
            Route("/health", health),
            Route("/version", versions),
            Route("/{path:path}", page),
        ],
        middleware=_cross_origin(service),
        exception_handlers=dict.fromkeys((CitypactError, HTTPException, Exception), problem),
        lifespan=lifespan,
    )
    app.state.service = service
    return Protection(app, service, report)


def _cross_origin(service: Service) -> list[Middleware]:
    """What lets pages from elsewhere read answers: only those that were named."""
    if not service.origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=service.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Accept", "Content-Type"],
        )
    ]


async def known_prefixes(request: Request) -> Response:
    """The prefixes that need no declaration, as the query page reads them."""
    return JSONResponse(prefixes())


async def health(request: Request) -> Response:
    """Whether the service can answer: some engine runs."""
    pool = service_of(request).edition.pool
    is_well = pool.size > 0
    body = {"status": "ok" if is_well else "starting", "queries": pool.running}
    return JSONResponse(body, 200 if is_well else 503, {"Cache-Control": "no-store"})


async def versions(request: Request) -> Response:
    """What runs here, and which graph it serves."""
    service = service_of(request)
    body = {
        "citypact": __version__,
        "oxigraph": version("oxigraph"),
        "graph": service.edition.digest,
    }
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


__all__ = ["application"]
