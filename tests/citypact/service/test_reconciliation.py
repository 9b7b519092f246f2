"""Reconciliation, asked as OpenRefine asks: forms with JSON in them.

Where CITYPACT_RECONCILIATION_SCHEMAS names a folder with the published JSON Schemas of version 0.2
of the protocol, the answers are validated against them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

SCHEMAS = os.environ.get("CITYPACT_RECONCILIATION_SCHEMAS")


def valid(found: Any, name: str) -> Any:
    """An answer, validated where the published schemas are at hand."""
    if SCHEMAS:
        files = {path.name: json.loads(path.read_text()) for path in Path(SCHEMAS).glob("*.json")}
        schema = files[f"{name}.json"]
        base = schema["$id"].rpartition("/")[0]
        resources = [
            (f"{base}/{file}", Resource(contents=each, specification=DRAFT7))
            for file, each in files.items()
        ]
        anything: Resource[Any] = Resource(contents={}, specification=DRAFT7)
        registry: Registry[Any] = Registry(retrieve=lambda _: anything).with_resources(resources)  # type: ignore[call-arg]
        Draft7Validator(schema, registry=registry).validate(found)
    return found


def reconcile(client: httpx.Client, **queries: Any) -> dict[str, list[dict[str, Any]]]:
    response = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    found = valid(response.json(), "reconciliation-result-batch")
    assert found.keys() == queries.keys()
    return {name: result["result"] for name, result in found.items()}


def test_the_manifest_says_where_everything_is(client: httpx.Client) -> None:
    manifest = valid(client.get("/reconcile").json(), "manifest")
    assert "0.2" in manifest["versions"]
    identifier = "city/guayaquil"
    page = client.get(manifest["view"]["url"].replace("{{id}}", identifier), follow_redirects=True)
    assert page.status_code == 200 and "Guayaquil" in page.text
    preview = client.get(manifest["preview"]["url"].replace("{{id}}", identifier))
    assert "Guayaquil" in preview.text
    assert "frame-ancestors *" in preview.headers["Content-Security-Policy"]
    assert {"City", "Topic", "Organization"} <= {each["id"] for each in manifest["defaultTypes"]}
    for kind in ("entity", "type", "property"):
        where = manifest["suggest"][kind]
        url = where["service_url"] + where["service_path"]
        assert client.get(url, params={"prefix": "c"}).json()["result"], kind


CITIES = {
    "과야킬": "city/guayaquil",
    "과야킬시": "city/guayaquil",
    "로스앤젤레스": "city/los-angeles",
    "LA": "city/los-angeles",
    "샌프란시스코": "city/san-francisco",
    "HANOI": "city/hanoi",
    "하노이": "city/hanoi",
    "서울특별시": "city/seoul",
    "Séoul": "city/seoul",
}
MISSPELT = {
    "과야낄": "city/guayaquil",
    "gwayakil": "city/guayaquil",
    "샌프랜시스코": "city/san-francisco",
}


def test_a_column_of_city_names_is_matched(client: httpx.Client) -> None:
    queries = {name: {"query": name, "type": "City", "limit": 3} for name in CITIES | MISSPELT}
    found = reconcile(client, **queries)
    for name, identifier in CITIES.items():
        best = found[name][0]
        assert (best["id"], best["match"]) == (identifier, True), name
        assert all("City" in {each["id"] for each in c["type"]} for c in found[name])
    for name, identifier in MISSPELT.items():  # found, and left to a person
        best = found[name][0]
        assert (best["id"], best["match"]) == (identifier, False), name
        assert {each["id"] for each in best["features"]} & {"letters", "sound"}
    assert reconcile(client, q={"query": "qqqqzzzz", "type": "City"})["q"] == []


def test_scores_fall_with_the_likeness_and_have_reasons(client: httpx.Client) -> None:
    for candidates in reconcile(client, a={"query": "Seoul"}, b={"query": "서울시"}).values():
        scores = [each["score"] for each in candidates]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)
        assert all(each["features"] for each in candidates)
        assert sum(each["match"] for each in candidates) <= 1


def test_without_a_type_a_name_of_a_city_is_the_city(client: httpx.Client) -> None:
    best = reconcile(client, q={"query": "하노이"})["q"][0]
    assert (best["id"], best["match"]) == ("city/hanoi", True)


def test_bodies_and_topics_are_matched(client: httpx.Client) -> None:
    found = reconcile(
        client,
        body={"query": "C40", "type": "Organization"},
        topic={"query": "스마트시티", "type": [{"id": "Topic"}]},
        iri={"query": "https://w3id.org/citypact/id/city/seoul"},
        slug={"query": "city/seoul"},
    )
    assert found["topic"][0]["id"].startswith("topic/")
    assert found["iri"][0]["id"] == found["slug"][0]["id"] == "city/seoul"
    assert all(each["id"].split("/")[0] != "city" for each in found["body"])


def test_another_value_of_a_property_lowers_the_score(client: httpx.Client) -> None:
    def score(country: Any) -> float:
        query = {
            "query": "Guayaquil",
            "type": "City",
            "properties": [{"pid": "inCountry", "v": country}],
        }
        best = reconcile(client, q=query)["q"][0]
        assert "property:inCountry" in {each["id"] for each in best["features"]}
        return best["score"]  # type: ignore[no-any-return]

    right = [
        score("에콰도르"),
        score("Ecuador"),
        score({"id": "country/ecuador"}),
        score(["x", "Ecuador"]),
    ]
    assert len(set(right)) == 1
    assert score("Peru") < right[0]


def test_columns_are_extended_by_values(client: httpx.Client) -> None:
    proposed = client.get("/reconcile/properties", params={"type": "City", "limit": 50}).json()
    names = {each["id"] for each in proposed["properties"]}
    assert {"inCountry", "skos:altLabel", "skos:prefLabel"} <= names
    ids = ["city/seoul", "city/guayaquil", "city/atlantis"]
    asked = {"ids": ids, "properties": [{"id": each} for each in sorted(names)]}
    response = client.get("/reconcile", params={"extend": json.dumps(asked)})
    table = valid(response.json(), "data-extension-response")
    assert list(table["rows"]) == ids
    assert table["rows"]["city/guayaquil"]["inCountry"] == [
        {"id": "country/ecuador", "name": "Ecuador"}
    ]
    assert {"str": "과야킬"} in table["rows"]["city/guayaquil"]["skos:prefLabel"]
    assert not any(table["rows"]["city/atlantis"].values())
    assert {each["id"] for each in table["meta"]} == names


def test_suggestions_follow_what_is_typed(client: httpx.Client) -> None:
    def suggest(kind: str, prefix: str, language: str = "en") -> list[dict[str, str]]:
        headers = {"Accept-Language": language}
        response = client.get(
            f"/reconcile/suggest/{kind}", params={"prefix": prefix}, headers=headers
        )
        schema = {"entity": "entities", "type": "types", "property": "properties"}[kind]
        return valid(response.json(), f"suggest-{schema}-response")["result"]  # type: ignore[no-any-return]

    assert suggest("entity", "과야킬", "ko")[0]["name"] == "과야킬"
    assert suggest("type", "도시", "ko")[0]["name"].startswith("도시")
    assert suggest("property", "country")[0]["id"] == "inCountry"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"queries": "{"}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": '{"q": 5}'}, 400),
        ({"queries": '{"q": {"query": "a", "properties": 5}}'}, 400),
        ({"queries": json.dumps({str(n): {"query": "a"} for n in range(101)})}, 400),
        ({"queries": "[" * 100_000}, 400),
        ({"extend": "[]"}, 400),
        ({"extend": '{"ids": [1], "properties": []}'}, 400),
        ({"queries": '{"q": {"query": 5, "type": {"id": 7}, "limit": -3}}'}, 200),
        ({"queries": '{"q": {"query": "a", "properties": [{"pid": "<x>", "v": NaN}]}}'}, 200),
        ({"extend": '{"ids": ["a b<>"], "properties": [{"id": "x y"}]}'}, 200),
    ],
)
def test_odd_questions_are_answered_or_refused(
    client: httpx.Client, fields: dict[str, str], status: int
) -> None:
    response = client.post("/reconcile", data=fields)
    assert response.status_code == status, response.text
    if status == 400:
        assert response.headers["Content-Type"] == "application/problem+json"
    assert client.get("/reconcile/preview", params={"id": "<script>"}).status_code == 404
