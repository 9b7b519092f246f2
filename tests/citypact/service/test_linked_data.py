"""Every IRI leads to its page or its data, as the client prefers."""

from __future__ import annotations

import httpx
import pytest
import rdflib

from citypact.ontology import ID, LANGUAGES, NS

AGREEMENT = "/id/agreement/seoul-guayaquil-2020"
SEOUL = rdflib.URIRef(ID + "city/seoul")


def lead(client: httpx.Client, path: str, accept: str, language: str = "en") -> str:
    headers = {"Accept": accept, "Accept-Language": language}
    response = client.get(path, headers=headers)
    assert response.status_code == 303, response.text
    assert response.headers["Vary"] == "Accept, Accept-Language"
    return response.headers["Location"]


@pytest.mark.parametrize(
    ("accept", "suffix", "form"),
    [
        ("text/turtle", ".ttl", "turtle"),
        ("application/n-triples", ".nt", "nt"),
        ("application/ld+json", ".jsonld", "json-ld"),
        ("text/html;q=0.3, application/ld+json;q=0.9", ".jsonld", "json-ld"),
    ],
)
def test_programs_are_led_to_the_data(
    client: httpx.Client, accept: str, suffix: str, form: str
) -> None:
    where = lead(client, "/id/city/seoul", accept)
    assert where == f"/id/city/seoul{suffix}"
    response = client.get(where)
    assert response.headers["Content-Type"].split(";")[0] == accept.split(", ")[-1].split(";")[0]
    graph = rdflib.Graph().parse(data=response.text, format=form)
    assert rdflib.Literal("서울", lang="ko") in set(graph.objects(SEOUL, rdflib.SKOS.prefLabel))


def test_people_are_led_to_the_page_in_their_language(client: httpx.Client) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert lead(client, AGREEMENT, browser, "ko-KR,ko;q=0.9") == f"{AGREEMENT}.ko.html"
    assert lead(client, AGREEMENT, browser, "fr") == f"{AGREEMENT}.en.html"
    page = client.get(f"{AGREEMENT}.ko.html")
    assert (page.status_code, page.headers["Content-Language"]) == (200, "ko")
    assert "과야킬" in page.text
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and policy.endswith("frame-ancestors 'none'")
    assert client.get("/style.css").headers["Content-Type"].startswith("text/css")


def test_the_front_page_speaks_the_language_of_the_browser(client: httpx.Client) -> None:
    korean = client.get("/", headers={"Accept-Language": "ko"})
    english = client.get("/", headers={"Accept-Language": "en"})
    assert '<html lang="ko"' in korean.text and '<html lang="en"' in english.text
    assert korean.headers["Vary"] == "Accept-Language"
    assert client.get("/ko").headers["Location"] == "/index.ko.html"


def test_every_iri_of_the_graph_leads_somewhere(client: httpx.Client) -> None:
    query = (
        "SELECT DISTINCT ?kind (SAMPLE(?s) AS ?iri) {"
        " { ?s a ?kind } UNION { GRAPH ?g { ?s a ?kind } }"
        f' FILTER(STRSTARTS(STR(?s), "{ID}") && !CONTAINS(STR(?s), "#")) }} GROUP BY ?kind'
    )
    rows = client.post("/sparql", data={"query": query}).json()["results"]["bindings"]
    assert len(rows) > 15
    for row in rows:
        iri = row["iri"]["value"]
        path = "/" + iri.removeprefix(ID.removesuffix("id/"))
        data = client.get(lead(client, path, "text/turtle"))
        assert data.status_code == 200, iri
        assert (
            rdflib.URIRef(iri) in rdflib.Graph().parse(data=data.text, format="turtle").all_nodes()
        )
        assert client.get(lead(client, path, "text/html")).status_code == 200, iri


def test_the_vocabulary_is_at_its_namespace(client: httpx.Client) -> None:
    data = client.get(lead(client, "/ns", "text/turtle")).text
    vocabulary = rdflib.Graph().parse(data=data, format="turtle")
    assert rdflib.URIRef(NS + "Agreement") in vocabulary.all_nodes()
    assert client.get(lead(client, "/ns", "text/html")).status_code == 200


def test_a_page_that_has_not_changed_keeps_its_policy(client: httpx.Client) -> None:
    """Browsers take the headers of a 304 over to the page that they have kept."""
    first = client.get(f"{AGREEMENT}.ko.html")
    again = client.get(f"{AGREEMENT}.ko.html", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    policy = again.headers.get("Content-Security-Policy", first.headers["Content-Security-Policy"])
    assert policy == first.headers["Content-Security-Policy"]


def test_the_front_page_has_a_tag_in_each_language(client: httpx.Client) -> None:
    tags = {
        client.get("/", headers={"Accept-Language": each}).headers["ETag"] for each in LANGUAGES
    }
    assert len(tags) == len(LANGUAGES)


def test_what_has_not_changed_is_not_sent_again(client: httpx.Client) -> None:
    tag = client.get(f"{AGREEMENT}.ttl").headers["ETag"]
    again = client.get(f"{AGREEMENT}.ttl", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/id/city/atlantis",
        "/id/city/atlantis.ttl",
        "/id/",
        "/id",
        "/nothing.en.html",
        "/../../etc/passwd",
        "/id/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/id/city/..%2f..%2fstore%2fCURRENT",
        "/id/city/seoul%00.ttl",
        "/id/city/%3Cscript%3E",
        "/store/CURRENT",
        "/graph.nq%0d%0aSet-Cookie:x=1",
    ],
)
def test_what_there_is_not_is_not_found(client: httpx.Client, path: str) -> None:
    request = client.build_request("GET", "/", headers={"Accept": "text/html"})
    request.url = request.url.copy_with(raw_path=path.encode())
    response = client.send(request)
    assert response.status_code == 404
    assert "<script>" not in response.text and "root:" not in response.text
    assert "set-cookie" not in response.headers
