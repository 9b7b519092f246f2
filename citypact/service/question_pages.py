"""Questions without SPARQL: the forms of the named queries, and questions as people type them.

GET /question/partners-of-city.ko.html?city=서울&show=map    the answer, as its page shows it
GET /question/partners-of-city.csv?city=서울                 the same as CSV
GET /ask.ko.html?q=…                                        how a question is understood
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from citypact.api import Table
from citypact.graph.pages.site.answers import VIEWS
from citypact.graph.pages.site.briefs import brief_document
from citypact.graph.pages.site.paths import split_language
from citypact.graph.pages.site.questions import (
    FOLDER,
    MOST_ROWS,
    ROWS_ASKED,
    Asked,
    ask_page,
    asked_page,
    csv_of,
)
from citypact.graph.provenance.named_queries import Answer, NamedQuery, bind, named_queries
from citypact.graph.questions.matching import Interpretation
from citypact.graph.text.bilingual import Words
from citypact.ontology import LANGUAGES
from citypact.ontology.errors import CitypactError
from citypact.service.errors import ServiceError
from citypact.service.linked_data import file_response, page
from citypact.service.openapi import LONGEST
from citypact.service.requests import read_fields, while_connected
from citypact.service.service import Edition, address_of, service_of
from citypact.translation import translated

T = TypeVar("T")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html; charset=utf-8"
NO_CACHE = {"Cache-Control": "no-cache"}
OWN = ("show", "sources")
"""The fields of a form besides the parameters of its query."""
PAGE_ROWS = 10_000
"""How many rows maps, networks and timelines are made of; files have more."""
SOURCED_ROWS = 200
"""How many rows are shown with their sources."""


async def question(request: Request) -> Response:
    """The page of a named query with what was asked, or the answer as CSV."""
    path = request.path_params["file"]
    stem, language = split_language(path)
    is_csv = path.endswith(".csv")
    query = named_queries().get(path.removesuffix(".csv") if is_csv else stem)
    if query is None or not (language or is_csv):
        return await page(request)
    values, own = _fields(query, request)
    edition, address = service_of(request).edition, address_of(request)
    if is_csv:
        table = await _done(request, lambda: _csv(edition, query, values))
        name = f'attachment; filename="{query.name}.csv"'
        headers = {"Content-Disposition": name, **NO_CACHE}
        return Response(table, media_type="text/csv; charset=utf-8", headers=headers)

    def work() -> tuple[int, bytes]:
        status, asked = _asked(edition, query, values, own, address)
        return status, asked_page(edition.site.graph, f"{FOLDER}{path}", query, asked)

    status, found = await _done(request, work)
    return file_response(found, HTML, language, NO_CACHE, status)


def _fields(query: NamedQuery, request: Request) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The values of parameters, and the other fields of a form. Raises ServiceError for unknown
    fields and for values that are too long."""
    known = {each.name for each in query.parameters}
    values: dict[str, list[str]] = defaultdict(list)
    own: dict[str, str] = {}
    for name, value in read_fields(request.scope["query_string"]):
        if name in OWN:
            own[name] = value
        elif name not in known or len(value) > LONGEST:
            raise ServiceError(
                400,
                "{name} is not a parameter, or its value is too long\n    -> use: {known}",
                name=repr(name[:80]),
                known=", ".join(known) or "-",
            )
        elif value.strip():
            values[name].append(value.strip())
    return values, own


def _asked(
    edition: Edition,
    query: NamedQuery,
    values: dict[str, list[str]],
    own: dict[str, str],
    address: str,
) -> tuple[int, Asked]:
    """What the page of a query shows, and its status: 400 where a value means nothing."""
    show = own.get("show", "")
    if show not in VIEWS:
        return 200, Asked(values, address=address)
    graph = edition.graph
    try:
        bound = bind(query, values, graph.names)
    except CitypactError as error:
        return 400, Asked(values, error=_in_both(error.message), address=address)
    has_sources = own.get("sources") == "true"
    table = graph.ask(bound, explained=has_sources, max_rows=PAGE_ROWS)
    sources = None
    if has_sources:
        first = Table(table.answer.first(SOURCED_ROWS), graph)
        describer = edition.site.graph.describer
        sources = [
            describer.claims(claim for claim in claims if not claim.is_editorial)
            for claims in first.sources()
        ]
        sources += [[] for _ in range(min(len(table), ROWS_ASKED) - len(sources))]
    return 200, Asked(values, show, table.answer, sources, address=address)


def _csv(edition: Edition, query: NamedQuery, values: dict[str, list[str]]) -> bytes:
    graph = edition.graph
    answer: Answer = graph.ask(bind(query, values, graph.names), max_rows=MOST_ROWS).answer
    return csv_of(edition.site.graph, answer)


async def ask(language: str, request: Request) -> Response:
    """How a typed question is understood, before anything runs."""
    fields = dict(read_fields(request.scope["query_string"]))
    question = fields.get("q", "").strip()
    if len(question) > LONGEST:
        raise ServiceError(400, "the question is longer than {most} characters", most=LONGEST)
    edition = service_of(request).edition
    work = partial(_understood, edition, question, f"ask.{language}.html")
    return file_response(await _done(request, work), HTML, language, NO_CACHE)


def _understood(edition: Edition, question: str, path: str) -> bytes:
    graph = edition.graph
    understood = graph.interpret(question) if question else Interpretation("", "en", None, (), ())
    unknown = [_in_both(message) for message in understood.unknown_messages(graph.names)]
    return ask_page(edition.site.graph, path, understood, unknown)


def _in_both(message: str) -> Words:
    return {language: translated(message, language) for language in LANGUAGES}


async def word_brief(request: Request) -> Response:
    """The brief on a partner as a Word document."""
    graph = service_of(request).edition.site.graph
    path = request.url.path.removeprefix("/")
    document = await _done(request, lambda: brief_document(graph, path))
    if document is None:
        raise ServiceError(404, "there is nothing here: {path}", path=f"/{path[:200]}")
    name = f'attachment; filename="brief-{path.rsplit("/", 1)[-1]}"'
    return Response(document, media_type=WORD, headers={"Content-Disposition": name})


async def _done(request: Request, work: Callable[[], T]) -> T:
    return await while_connected(request, service_of(request).workers.do(work))


def routes() -> list[Route]:
    """The routes of these pages."""
    return [
        Route("/question/{file}", question),
        *(Route(f"/ask.{each}.html", partial(ask, each)) for each in LANGUAGES),
        Route("/brief/{kind}/{name}.docx", word_brief),
    ]


__all__ = ["routes"]
