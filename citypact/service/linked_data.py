"""Every IRI of the graph over HTTP: its page or its data, as the client prefers (303, Vary).

GET /id/city/seoul        Accept: text/html     ->  303  /id/city/seoul.ko.html
GET /id/city/seoul        Accept: text/turtle   ->  303  /id/city/seoul.ttl
GET /ns                   Accept: text/turtle   ->  303  /ns.ttl
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import quote, unquote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from citypact.graph.pages.site.paths import in_language, split_language
from citypact.graph.pages.site.site import media_type
from citypact.graph.pages.site.site_graph import VOCABULARY
from citypact.graph.pages.site.thing_data import ThingData
from citypact.graph.rdf.serialise import sorted_to_text, sorted_triples, to_text
from citypact.graph.rdf.terms import CLAIM, STATEMENT, term
from citypact.ontology import ID, LANGUAGES, RDF
from citypact.ontology.vocabulary import vocabulary_quads
from citypact.service.errors import ServiceError
from citypact.service.negotiation import preferred_language, preferred_type
from citypact.service.requests import has_already
from citypact.service.service import Edition, service_of

DATA = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/json": "jsonld",
    "text/plain": "nt",
}
"""The suffixes of data by the media types that clients ask for."""
MEDIA_TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}
_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]*)"')
"""The policy that a page carries, which says what it needs; the header says it again."""
OFFERED = ("text/html", "application/xhtml+xml", *DATA)
VARY = {"Vary": "Accept, Accept-Language"}


async def page(request: Request) -> Response:
    """A file of the site, the data of a thing, or the way from an IRI to one of them."""
    service = service_of(request)
    edition = service.edition
    path = _path(request)
    if path in LANGUAGES:
        return RedirectResponse(f"/{in_language('index', path)}", 302)
    language = preferred_language(request.headers.get("accept-language"))
    headers = {"Cache-Control": "no-cache"}
    if path == "":
        path, headers["Vary"] = in_language("index", language), "Accept-Language"
    wanted = preferred_type(request.headers.get("accept"), OFFERED)
    found = await service.workers.do(lambda: _found(edition, path, wanted, language))
    if isinstance(found, bytes):
        kind = MEDIA_TYPES.get(path.rsplit(".", 1)[-1]) or media_type(path)
        headers["ETag"] = f'"{hashlib.sha256(found).hexdigest()[:32]}"'
        if has_already(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return file_response(found, kind, split_language(path)[1], headers)
    if not found:
        raise ServiceError(404, "there is nothing here: {path}", path=f"/{path[:200]}")
    return RedirectResponse("/" + quote(found, safe="/~#"), 303, headers=VARY)


def file_response(
    found: bytes, kind: str, language: str, headers: Mapping[str, str], status: int = 200
) -> Response:
    """A file of the site; what the policy of a page allows, the header allows."""
    said = dict(headers)
    if language:
        said["Content-Language"] = language
    if policy := _POLICY.search(found[:5_000]):
        allowed = unescape(policy[1].decode())
        said["Content-Security-Policy"] = f"{allowed}; frame-ancestors 'none'"
    return Response(found, status, said, kind)


def _path(request: Request) -> str:
    """The path that was asked for, as it is in IRIs: what is escaped there stays escaped."""
    raw: bytes = request.scope["raw_path"]
    return raw.split(b"?")[0].decode("ascii", "replace").removeprefix("/")


def _found(edition: Edition, path: str, wanted: str, language: str) -> bytes | str:
    """What is at a path: bytes, or the path that is meant by an IRI; '' where there is nothing."""
    found = edition.site.page(unquote(path))
    if found is not None:
        return found
    stem, _, form = path.rpartition(".")
    if form in MEDIA_TYPES and stem == "ns":
        return to_text([(t.subject, t.predicate, t.object) for t in vocabulary_quads()], form)  # type: ignore[misc]
    if path == "ns" or path.startswith("ns/"):
        return f"ns.{DATA[wanted]}" if wanted in DATA else in_language(VOCABULARY, language)
    if not path.startswith("id/"):
        return ""
    if form in MEDIA_TYPES and (data := _data(edition, stem, form)):
        return data
    return _document_of(edition, ID + path.removeprefix("id/"), wanted, language)


def _data(edition: Edition, stem: str, form: str) -> bytes:
    """The data of a thing with a page, or of any other IRI of the graph; b"" for none."""
    iri = edition.site.graph.by_stem.get(unquote(stem)) or ID + stem.removeprefix("id/")
    if not _is_iri(iri):
        return b""
    triples = ThingData(edition.graph.store).triples(iri)
    if not triples:  # statements, claims and rules are not in the default graph
        quads = edition.graph.store.quads(ox.NamedNode(iri))
        triples = [quad.triple for quad in quads]
    return sorted_to_text(sorted_triples(dict.fromkeys(triples)), form) if triples else b""


def _document_of(edition: Edition, iri: str, wanted: str, language: str) -> str:
    """The path of the page or of the data that says what an IRI means; '' for an unknown one."""
    if not _is_iri(iri):
        return ""
    if wanted in DATA:
        stem = next((s for s, i in edition.site.graph.by_stem.items() if i == iri), "")
        path = f"{stem or 'id/' + iri.removeprefix(ID)}.{DATA[wanted]}"
        return path if _data(edition, path.rpartition(".")[0], DATA[wanted]) else ""
    if page := edition.site.path_of(_subject(edition, iri), language):
        return page
    path = f"id/{iri.removeprefix(ID)}"
    return f"{path}.ttl" if _data(edition, path, "ttl") else ""


def _subject(edition: Edition, iri: str) -> str:
    """The thing of which a statement or claim says something; any other IRI as it is."""
    store = edition.graph.store
    for prefix, name in ((CLAIM, term("claims")), (STATEMENT, ox.NamedNode(RDF + "subject"))):
        if iri.startswith(prefix):
            quads = store.quads(ox.NamedNode(iri), name)
            iri = next((quad.object.value for quad in quads), iri)  # type: ignore[union-attr]
    return iri


def _is_iri(iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


__all__ = ["file_response", "page"]
