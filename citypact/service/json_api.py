"""The JSON API: things, search, statements with their claims, named queries, networks."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from citypact import show
from citypact.graph.networks.networks import NETWORKS
from citypact.graph.provenance.explain import explain_all, explain_statement
from citypact.graph.provenance.named_queries import NamedQuery, Parameter, named_queries
from citypact.graph.rdf.terms import STATEMENT
from citypact.graph.store.base import DEFAULT_GRAPH
from citypact.graph.store.labels import property_iri
from citypact.graph.store.name_matching import NameMatcher, is_of_class
from citypact.ontology import CODE, ID
from citypact.ontology.vocabulary import vocabulary
from citypact.service.errors import ServiceError
from citypact.service.openapi import (
    FLAG,
    LIMIT,
    OFFSET,
    TEXT,
    Operation,
    RequestParameter,
    document,
    list_of,
    page_of,
    record,
    reference,
)
from citypact.service.requests import has_already, read_fields, while_connected
from citypact.service.service import Edition, address_of, service_of

DATE = ID + "date/"
KINDS = tuple(sorted(vocabulary().classes))
KIND = RequestParameter("kind", "Only things of this class.", choices=KINDS, example="City")
NAMED_THING = "A name in Korean or English, `kind/slug` or an IRI."
ACTORS = ("government", "network", "organization", "office")


def thing(edition: Edition, iri: str) -> dict[str, Any]:
    """A thing: IRI, names, classes and the path of its page."""
    names = edition.graph.names
    found = {"iri": iri, **names.both(iri), "kinds": sorted(names.kinds(iri))}
    page = edition.site.path_of(iri, "en")
    return found | ({"page": f"/{page}"} if page else {})


def _part(
    items: Sequence[Any], asked: dict[str, Any], path: str, total: int | None, is_more: bool
) -> dict[str, Any]:
    """A part of a list, with the address of the next one."""
    limit, offset = asked["limit"], asked["offset"]
    others = {
        name: _text(value) for name, value in asked.items() if name not in ("limit", "offset")
    }
    following = urlencode({**others, "limit": limit, "offset": offset + limit})
    found: dict[str, Any] = {
        "limit": limit,
        "offset": offset,
        "next": f"{path}?{following}" if is_more else None,
        "items": list(items),
    }
    return found if total is None else {"total": total, **found}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sliced(items: Sequence[Any], asked: dict[str, Any]) -> tuple[Sequence[Any], bool]:
    end = asked["offset"] + asked["limit"]
    return items[asked["offset"] : end], len(items) > end


def _things(edition: Edition, asked: dict[str, Any]) -> Any:
    names, kind = edition.graph.names, asked.get("kind", "")
    found = [
        iri
        for iri in (names.of_kind(kind) if kind else names.things())
        if not iri.startswith((CODE, DATE))
    ]
    shown, is_more = _sliced(found, asked)
    items = [thing(edition, iri) for iri in shown]
    return _part(items, asked, "/api/things", len(found), is_more)


def _thing(edition: Edition, asked: dict[str, Any]) -> Any:
    iri = f"{ID}{asked['kind']}/{asked['slug']}"
    names, store = edition.graph.names, edition.graph.store
    if not names.kinds(iri):
        raise ServiceError(404, "there is no thing {iri}", iri=repr(iri))
    quads = sorted(store.quads(ox.NamedNode(iri), None, None, DEFAULT_GRAPH), key=str)
    properties = [
        {
            "property": {"iri": quad.predicate.value, **names.both(quad.predicate.value)},
            "value": show.json_term(quad.object, names),  # type: ignore[arg-type]
        }
        for quad in quads
    ]
    return {**thing(edition, iri), "properties": properties}


def _search(edition: Edition, asked: dict[str, Any]) -> Any:
    names, kind = edition.graph.names, asked.get("kind", "")
    matcher = NameMatcher.of(edition.graph.store)
    found = matcher.find(
        asked["q"], lambda iri: not kind or is_of_class(names, iri, kind), asked["limit"]
    )
    return {
        "items": [
            {
                "thing": thing(edition, match.iri),
                "name": match.name,
                "score": match.score,
                "reasons": dict(match.reasons),
            }
            for match in found
        ]
    }


def _statements(edition: Edition, asked: dict[str, Any]) -> Any:
    graph = edition.graph
    wanted = property_iri(asked["property"]) if "property" in asked else ""
    found = list(explain_all(graph.tracer, graph.names.find(asked["about"]), wanted))
    shown, is_more = _sliced(found, asked)
    items = [show.json_explanation(each, graph.names) for each in shown]
    return _part(items, asked, "/api/statements", len(found), is_more)


def _statement(edition: Edition, asked: dict[str, Any]) -> Any:
    is_digest = re.fullmatch("[0-9a-f]{32}", asked["digest"])
    iri = STATEMENT + asked["digest"]
    found = explain_statement(edition.graph.tracer, iri) if is_digest else None
    if found is None:
        raise ServiceError(404, "there is no statement {name}", name=repr(asked["digest"]))
    return show.json_explanation(found, edition.graph.names)


def _queries(edition: Edition, asked: dict[str, Any]) -> Any:
    return {
        "items": [
            {
                "name": query.name,
                "title": query.title,
                "purpose": query.purpose,
                "parameters": [
                    {
                        "name": each.name,
                        "type": each.type,
                        "meaning": each.meaning,
                        "example": each.example,
                        "required": each.required,
                    }
                    for each in query.parameters
                ],
                "path": f"/api/queries/{query.name}",
            }
            for query in named_queries().values()
        ]
    }


def _query(query: NamedQuery, edition: Edition, asked: dict[str, Any]) -> Any:
    own = {each.name: asked[each.name] for each in query.parameters if each.name in asked}
    end = asked["offset"] + asked["limit"]
    table = edition.graph.query(query.name, max_rows=end, **own)
    rows = show.json_rows(table, with_sources=asked["sources"], first=asked["offset"])
    path = f"/api/queries/{query.name}"
    return {"columns": table.columns, **_part(rows, asked, path, None, table.is_cut)}


def _network(edition: Edition, asked: dict[str, Any]) -> Any:
    chosen = dict(asked)
    network = edition.graph.network(chosen.pop("name"), **chosen)
    edges = (
        network.edges(keys=True, data=True)
        if network.is_multigraph()
        else ((one, other, "", data) for one, other, data in network.edges(data=True))
    )
    return {
        "directed": network.is_directed(),
        "nodes": [{"id": node, **data} for node, data in network.nodes(data=True)],
        "edges": [
            {"source": one, "target": other, **({"key": key} if key != "" else {}), **data}
            for one, other, key, data in edges
        ],
    }


def _summary(edition: Edition, asked: dict[str, Any]) -> Any:
    return edition.graph.summary()


def _query_parameter(parameter: Parameter) -> RequestParameter:
    """A parameter of a named query as one of a request."""
    kinds = {"integer": "integer", "year": "integer", "date": "date"}
    kind = kinds.get(parameter.type, "string")
    meaning = parameter.meaning["en"]
    if kind == "string" and parameter.type != "text":
        meaning += f" ({parameter.type}: a name in Korean or English, a slug or an IRI)"
    return RequestParameter(
        parameter.name,
        meaning,
        kind,
        smallest=-999_999_999,
        is_required=parameter.required,
        example=parameter.example,
    )


SOURCES = RequestParameter(
    "sources", "Give each row as `values`, with its `sources`.", "boolean", default=False
)
NETWORK = record(
    {
        "directed": FLAG,
        "nodes": list_of(record({"id": TEXT})),
        "edges": list_of(record({"source": TEXT, "target": TEXT})),
    }
)


@cache
def operations() -> tuple[Operation, ...]:
    """What the API does."""
    as_of = RequestParameter("as_of", "Only ties known to have begun by this day.", "date")
    topic = RequestParameter("topic", "Only agreements on this topic or a narrower one.")
    actors = RequestParameter("kinds", "Only actors of this kind.", choices=ACTORS)
    prospects = RequestParameter("prospects", "Also what is only announced.", "boolean")
    current = RequestParameter("current", "Without ties that have ended.", "boolean")
    about = RequestParameter("about", NAMED_THING, is_required=True, example="city/seoul")
    prop = RequestParameter("property", "A property by its name or label.", example="topic")
    rows = page_of({"type": "object"})
    rows = {**rows, "properties": {**rows["properties"], "columns": list_of(TEXT)}}
    in_path = partial(RequestParameter, in_path=True)
    return (
        Operation(
            "summary", "/api/summary", "What the build counted.", (), {"type": "object"}, _summary
        ),
        Operation(
            "things",
            "/api/things",
            "Things of the graph.",
            (KIND, LIMIT, OFFSET),
            page_of(reference("Thing")),
            _things,
        ),
        Operation(
            "thing",
            "/api/things/{kind}/{slug}",
            "A thing with its facts.",
            (
                in_path("kind", "The first part of its IRI, such as `city`.", example="city"),
                in_path("slug", "The rest of its IRI.", example="seoul"),
            ),
            record(
                {
                    "iri": TEXT,
                    "properties": list_of(
                        record({"property": reference("Thing"), "value": reference("Term")})
                    ),
                }
            ),
            _thing,
        ),
        Operation(
            "search",
            "/api/search",
            "Things by their names, with scores and their reasons.",
            (
                RequestParameter(
                    "q", "A name, or what is like one.", is_required=True, example="과야낄"
                ),
                KIND,
                RequestParameter(
                    "limit", "How many at most.", "integer", default=10, smallest=1, largest=100
                ),
            ),
            record({"items": list_of(reference("Match"))}),
            _search,
        ),
        Operation(
            "statements",
            "/api/statements",
            "What is stated about a thing, with the claims behind it.",
            (about, prop, LIMIT, OFFSET),
            page_of(reference("Statement")),
            _statements,
        ),
        Operation(
            "statement",
            "/api/statements/{digest}",
            "A statement by the end of its IRI.",
            (in_path("digest", "The end of the IRI of the statement."),),
            reference("Statement"),
            _statement,
        ),
        Operation(
            "queries",
            "/api/queries",
            "The named queries.",
            (),
            record({"items": list_of(reference("NamedQuery"))}),
            _queries,
        ),
        *(
            Operation(
                f"query_{query.name}",
                f"/api/queries/{query.name}",
                query.purpose["en"],
                (*map(_query_parameter, query.parameters), SOURCES, LIMIT, OFFSET),
                rows,
                partial(_query, query),
            )
            for query in named_queries().values()
        ),
        Operation(
            "network",
            "/api/networks/{name}",
            "A network: nodes and edges.",
            (
                in_path("name", "Which network.", choices=tuple(NETWORKS), example="actors"),
                as_of,
                topic,
                actors,
                prospects,
                current,
            ),
            NETWORK,
            _network,
        ),
    )


async def _answer(operation: Operation, request: Request) -> Response:
    service = service_of(request)
    edition = service.edition
    asked = operation.read(request.path_params, read_fields(request.scope["query_string"]))
    headers = {"ETag": edition.tag, "Cache-Control": "no-cache"} if edition.tag else {}
    if has_already(request, edition.tag):
        return Response(status_code=304, headers=headers)
    work = service.workers.do(lambda: _as_json(operation.answer(edition, asked)))
    body = await while_connected(request, work)
    return Response(body, media_type="application/json", headers=headers)


def _as_json(found: Any) -> bytes:
    return json.dumps(found, ensure_ascii=False, default=str).encode("utf-8", "replace")


async def _description(request: Request) -> Response:
    found = _as_json(document(operations(), address_of(request)))
    return Response(found, media_type="application/json")


async def _to_description(request: Request) -> Response:
    return RedirectResponse("/api/openapi.json", 303)


def routes() -> list[Route]:
    """The routes of the API."""
    return [
        Route("/api", _to_description),
        Route("/api/openapi.json", _description),
        *(
            Route(operation.path.replace("{slug}", "{slug:path}"), partial(_answer, operation))
            for operation in operations()
        ),
    ]


__all__ = ["operations", "routes", "thing"]
