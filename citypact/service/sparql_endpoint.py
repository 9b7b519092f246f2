"""The SPARQL 1.1 Protocol, for queries: GET, POST of a form, POST of a query."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from citypact.graph.sparql.read_only import MAXIMUM_QUERY, guard
from citypact.graph.sparql.syntax import MAKING, SparqlQuery
from citypact.graph.store.base import syntax_error
from citypact.ontology.errors import CitypactError
from citypact.service.engine import EngineAnswer, QuerySyntaxError
from citypact.service.errors import ServiceError
from citypact.service.negotiation import preferred_type
from citypact.service.query_page import query_page
from citypact.service.requests import media_type, read_body, read_fields, while_connected
from citypact.service.service import service_of

JSON_RESULTS = "application/sparql-results+json"
RESULT_TYPES = {
    JSON_RESULTS: JSON_RESULTS,
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    "application/json": JSON_RESULTS,
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
"""Media types of rows that clients ask for, the best first, and what they are given."""
GRAPH_TYPES = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/ld+json": "application/ld+json",
    "application/rdf+xml": "application/rdf+xml",
    "application/n-quads": "application/n-quads",
    "application/trig": "application/trig",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/rdf+n3": "text/turtle",
    "text/n3": "text/turtle",
}
"""The same for triples."""
SHORT = 5_000
"""Characters of a query that is checked at once; longer ones are checked in a thread."""
PIECE = 65_536


async def sparql(request: Request) -> Response:
    """Answers a query, or gives the query page to a browser that sends none."""
    if request.method == "POST":
        query = await _posted_query(request)
    else:
        query = _query_of(read_fields(request.scope["query_string"]))
    if query is None:
        return await _without_query(request)
    checked = _checked(query) if len(query) <= SHORT else await run_in_threadpool(_checked, query)
    given = _answer_type(request, checked)
    if request.method == "HEAD":
        return Response(media_type=given)
    pool = service_of(request).edition.pool
    try:
        answer = await while_connected(request, pool.ask(checked.self_contained.text, given))
    except QuerySyntaxError as error:
        raise ServiceError(400, syntax_error(*_placed(checked, str(error)))) from None
    return _response(answer)


async def _posted_query(request: Request) -> str | None:
    """The query of a POST. Raises ServiceError for any other content."""
    kind = media_type(request)
    if kind == "application/sparql-update":
        raise _no_update()
    if kind not in ("application/sparql-query", "application/x-www-form-urlencoded"):
        raise ServiceError(
            415,
            "{kind} is not a query\n    -> send application/sparql-query, or a form with `query`",
            kind=repr(kind[:80]),
        )
    body = await read_body(request)
    fields = read_fields(request.scope["query_string"])
    if kind == "application/x-www-form-urlencoded":
        return _query_of(fields + read_fields(body))
    if _query_of(fields) is not None:
        raise ServiceError(400, "there are two queries\n    -> send one")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise ServiceError(400, "the query is not UTF-8") from None


def _query_of(fields: list[tuple[str, str]]) -> str | None:
    """The query among the fields of a request; None where there is none.

    Other fields, such as the formats that some clients name, are passed over. Raises ServiceError
    for what this endpoint does not do.
    """
    names = [name for name, _ in fields]
    if "update" in names or "using-graph-uri" in names or "using-named-graph-uri" in names:
        raise _no_update()
    for name in ("default-graph-uri", "named-graph-uri"):
        if name in names:
            raise ServiceError(
                400,
                "{name} is not supported: there is one dataset here\n"
                "    -> leave it out, and use GRAPH ?g {{ … }} for claims",
                name=name,
            )
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise ServiceError(400, "there are two queries\n    -> send one")
    return queries[0] if queries else None


def _no_update() -> ServiceError:
    return ServiceError(403, "this endpoint only reads data: updates are refused")


@lru_cache(maxsize=512)
def _checked_short(text: str) -> SparqlQuery:
    return _check(text)


def _checked(text: str) -> SparqlQuery:
    return _checked_short(text) if len(text) <= SHORT else _check(text)


def _check(text: str) -> SparqlQuery:
    """A query that only reads. Raises ServiceError for others."""
    if not text.strip():
        raise ServiceError(400, "the query is empty\n    -> begin it with SELECT")
    if len(text) > MAXIMUM_QUERY:
        raise ServiceError(
            413, "the query has more than {most} characters\n    -> shorten it", most=MAXIMUM_QUERY
        )
    query = SparqlQuery(text)
    try:
        guard(query)
    except CitypactError as error:
        raise ServiceError(403, error.message) from error
    return query


def _placed(query: SparqlQuery, error: str) -> tuple[str, str]:
    """A query as it was sent, and what the engine says of it, with the line in that text."""
    added = query.self_contained.text.count("\n") - query.text.count("\n")
    line = re.compile(r"(?<=^error at )\d+")
    return query.text, line.sub(lambda number: str(int(number[0]) - added), error)


def _answer_type(request: Request, query: SparqlQuery) -> str:
    """The media type of an answer. Raises ServiceError where the client wants another."""
    types = GRAPH_TYPES if query.form in MAKING else RESULT_TYPES
    wanted = preferred_type(request.headers.get("accept"), tuple(types))
    if not wanted:
        raise ServiceError(
            406,
            "the answer can't be given in the format asked for\n    -> accept one of: {types}",
            types=", ".join(dict.fromkeys(types.values())),
        )
    return types[wanted]


def _response(answer: EngineAnswer) -> Response:
    headers = {"Content-Length": str(answer.size), "Vary": "Accept"}
    if answer.size <= PIECE:
        with answer.body:
            return Response(answer.body.read(), media_type=answer.media_type, headers=headers)
    return StreamingResponse(_pieces(answer), media_type=answer.media_type, headers=headers)


async def _pieces(answer: EngineAnswer) -> AsyncIterator[bytes]:
    with answer.body:
        while piece := answer.body.read(PIECE):
            yield piece


async def _without_query(request: Request) -> Response:
    if request.method == "POST":
        raise ServiceError(400, "there is no query\n    -> send it as `query`")
    wanted = preferred_type(request.headers.get("accept"), ("text/turtle", "text/html"))
    if wanted == "text/html":
        return query_page(request)
    from citypact.service.description import service_description

    return service_description(request)


__all__ = ["JSON_RESULTS", "sparql"]
