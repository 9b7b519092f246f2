"""The JSON API does what its description says."""

from __future__ import annotations

import httpx
import pytest
import schemathesis
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from citypact.ontology import ID
from citypact.service.json_api import operations
from citypact.service.openapi import document
from tests.citypact.service.serving import Running
from tests.soak import times

SEOUL = ID + "city/seoul"


def items(response: httpx.Response) -> list[dict[str, object]]:
    assert response.status_code == 200, response.text
    return response.json()["items"]  # type: ignore[no-any-return]


def test_lists_are_read_part_by_part(client: httpx.Client) -> None:
    whole = client.get("/api/things", params={"kind": "City", "limit": 1000})
    found, path = [], "/api/things?kind=City&limit=3"
    while path:
        part = client.get(path)
        found += items(part)
        path = part.json()["next"]
    assert found == items(whole)
    assert len(found) == whole.json()["total"] > 5
    assert SEOUL in {each["iri"] for each in found}


def test_a_thing_has_its_facts_and_its_page(client: httpx.Client) -> None:
    seoul = client.get("/api/things/city/seoul").json()
    assert (seoul["ko"], seoul["en"]) == ("서울", "Seoul")
    assert client.get(seoul["page"]).status_code == 200
    names = [each["value"]["value"] for each in seoul["properties"] if "value" in each["value"]]
    assert "서울" in names
    part = "agreement/seoul-guayaquil-2020"
    assert client.get(f"/api/things/{part}").json()["iri"] == ID + part
    missing = client.get("/api/things/city/atlantis")
    assert (missing.status_code, missing.json()["status"]) == (404, 404)
    assert missing.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["과야킬", "과야낄", "guayakil", "GUAYAQUIL", "과야킬시"])
def test_names_are_found_however_they_are_written(client: httpx.Client, name: str) -> None:
    best = items(client.get("/api/search", params={"q": name, "kind": "City"}))[0]
    assert best["thing"]["iri"] == ID + "city/guayaquil"  # type: ignore[index]
    assert best["reasons"]


def test_statements_come_with_their_claims(client: httpx.Client) -> None:
    asked = {"about": "agreement/seoul-guayaquil-2020", "property": "체결일"}
    statement = items(client.get("/api/statements", params=asked))[0]
    claim = statement["claims"][0]  # type: ignore[index]
    assert claim["document"].startswith(ID + "doc/")
    query = "SELECT ?s { GRAPH ?g { ?s a citypact:Statement } } LIMIT 1"
    data = client.get("/sparql", params={"query": query})
    digest = data.json()["results"]["bindings"][0]["s"]["value"].rsplit("/", 1)[1]
    assert client.get(f"/api/statements/{digest}").json()["subject"].startswith("http")


def test_named_queries_give_rows_and_their_sources(client: httpx.Client) -> None:
    named = {each["name"]: each for each in items(client.get("/api/queries"))}
    path = str(named["agreements-of-city"]["path"])
    rows = items(client.get(path, params={"city": "과야킬"}))
    assert rows
    traced = items(client.get(path, params={"city": "과야킬", "sources": "true"}))
    assert [row["values"] for row in traced] == rows
    assert all(row["sources"] for row in traced)
    first = items(client.get(path, params={"limit": 2}))
    assert len(first) == 2
    assert items(client.get(path, params={"limit": 2, "offset": 1}))[0] == first[1]


def test_networks_have_nodes_and_edges(client: httpx.Client) -> None:
    network = client.get("/api/networks/actors").json()
    ids = {node["id"] for node in network["nodes"]}
    assert len(ids) > 5
    assert all({edge["source"], edge["target"]} <= ids for edge in network["edges"])
    earlier = client.get("/api/networks/actors", params={"as_of": "1990-01-01"}).json()
    assert len(earlier["edges"]) < len(network["edges"])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/api/things?kind=Ship", "kind"),
        ("/api/things?limit=0", "limit"),
        ("/api/things?limit=5&limit=6", "limit"),
        ("/api/things?color=red", "color"),
        ("/api/search", "q is missing"),
        ("/api/statements?about=%EC%97%86%EB%8A%94%EA%B3%B3", "nothing is called"),
        ("/api/queries/agreements-of-city?city=Atlantis", "Atlantis"),
        ("/api/networks/actors?as_of=yesterday", "as_of"),
        ("/api/networks/ships", "name"),
    ],
)
def test_what_is_wrong_is_a_problem(client: httpx.Client, path: str, words: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert words in response.json()["detail"]


def test_what_has_not_changed_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/api/summary")
    again = client.get("/api/summary", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_description_is_valid_and_names_every_query(client: httpx.Client) -> None:
    told = client.get("/api", follow_redirects=True).json()
    assert told == document(operations(), str(client.base_url).rstrip("/"))
    assert {each["path"] for each in items(client.get("/api/queries"))} <= told["paths"].keys()
    for path in ("/api/things", "/api/queries", "/api/search?q=seoul", "/api/networks/cities"):
        template = path.split("?")[0].replace("/cities", "/{name}")
        content = told["paths"][template]["get"]["responses"]["200"]["content"]
        schema = content["application/json"]["schema"] | {"components": told["components"]}
        Draft202012Validator(schema).validate(client.get(path).json())


CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


def test_requests_made_of_the_description_are_answered_as_it_says(service: Running) -> None:
    described = schemathesis.openapi.from_url(f"{service.address}/api/openapi.json")
    for path in TRIED:
        strategy = described[path]["GET"].as_strategy()

        @settings(max_examples=times(6), database=None, derandomize=True)
        @given(case=strategy)
        def check(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        check()


TRIED = (
    "/api/things",
    "/api/things/{kind}/{slug}",
    "/api/search",
    "/api/statements",
    "/api/statements/{digest}",
    "/api/networks/{name}",
    "/api/queries/agreements-of-city",
)
