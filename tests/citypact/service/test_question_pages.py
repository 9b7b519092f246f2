"""Questions without SPARQL: forms, views, downloads, and questions as people type them."""

from __future__ import annotations

import csv
import io
import re
import shlex
from html import unescape
from urllib.parse import urlsplit

import httpx
import pytest

from citypact.graph.provenance.named_queries import named_queries

FORM = "/question/agreements-of-city"


def test_a_form_offers_what_there_is_and_asks_nothing_yet(client: httpx.Client) -> None:
    page = client.get(f"{FORM}.ko.html")
    assert page.status_code == 200 and 'id="answer"' not in page.text
    assert '<option value="과야킬">' in page.text
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    assert client.get("/questions.en.html").text.count('href="question/') == len(named_queries())


@pytest.mark.parametrize(
    ("show", "shown"),
    [("table", "<table"), ("map", '<div class="map">'), ("network", 'class="drawn"')],
)
def test_an_answer_is_a_table_a_map_or_a_network(
    client: httpx.Client, show: str, shown: str
) -> None:
    page = client.get(f"{FORM}.en.html", params={"city": "과야킬", "show": show})
    assert page.status_code == 200 and shown in page.text
    assert 'href="../id/city/seoul.en.html"' in page.text


def test_what_has_dates_is_a_timeline(client: httpx.Client) -> None:
    page = client.get(f"{FORM}.en.html", params={"city": "Seoul", "show": "timeline"}).text
    assert page.index('id="year-2020"') < page.index('id="year-2017"')


def test_sources_stand_beside_their_rows(client: httpx.Client) -> None:
    asked = {"city": "과야킬", "show": "table", "sources": "true"}
    page = client.get(f"{FORM}.ko.html", params=asked).text
    assert 'href="../id/doc/seoul-guayaquil-2020.ko.html"' in page


@pytest.mark.parametrize("more", [{}, {"sources": "true"}])
def test_an_answer_has_files_a_permanent_link_and_a_citation(
    client: httpx.Client, more: dict[str, str]
) -> None:
    asked = {"city": "과야킬", "show": "map", **more}
    page = client.get(f"{FORM}.en.html", params=asked).text
    link = unescape(re.search(r'Permanent link: <a href="([^"]+)"', page)[1])  # type: ignore[index]
    again = client.get(f"{urlsplit(link).path}?{urlsplit(link).query}")
    assert again.text == page
    assert "Cite as:" in page and "SHA-256" in page and "citypact query agreements-of-city" in page
    file = client.get(f"{FORM}.csv", params={"city": "과야킬"})
    rows = list(csv.DictReader(io.StringIO(file.text)))
    assert [row["agreement"].rsplit("/", 1)[-1] for row in rows] == ["seoul-guayaquil-2020"]
    json = client.get("/api/queries/agreements-of-city", params={"city": "과야킬"}).json()
    assert len(json["items"]) == len(rows)


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [("people", "person", "Sadiq Khan"), ("publication-of-documents", "by", "a'; $(touch x) &")],
)
def test_the_command_of_an_answer_asks_the_same_in_a_shell(
    client: httpx.Client, query: str, field: str, value: str
) -> None:
    page = client.get(f"/question/{query}.en.html", params={field: value, "show": "table"}).text
    command = unescape(re.search(r"<pre>(citypact query [^<]*)</pre>", page)[1])  # type: ignore[index]
    asked = ["citypact", "query", query, f"--{field}", value, "--language", "en"]
    assert shlex.split(command) == asked


def test_names_that_nothing_has_are_said_beside_the_form(client: httpx.Client) -> None:
    page = client.get(f"{FORM}.ko.html", params={"city": "과야킬루", "show": "table"})
    assert page.status_code == 400
    assert 'role="alert"' in page.text and 'value="과야킬루"' in page.text
    hostile = client.get(f"{FORM}.ko.html", params={"city": "<b>\"'", "show": "table"})
    assert hostile.status_code == 400 and "<b>" not in hostile.text
    assert client.get(f"{FORM}.ko.html", params={"planet": "Mars"}).status_code == 400
    assert client.get("/question/nothing.ko.html").status_code == 404


def test_a_typed_question_is_shown_as_a_filled_form_before_it_runs(client: httpx.Client) -> None:
    page = client.get("/ask.ko.html", params={"q": "서울이 과야킬과 무엇을 합의했나?"})
    assert page.status_code == 200 and 'id="answer"' not in page.text
    form = re.search(r'<form class="ask" method="get" action="([^"]+)"', page.text)
    assert form and client.get(f"/{form[1]}").status_code == 200
    assert "업무협약" in re.search(r'name="agreement" value="([^"]*)"', page.text)[1]  # type: ignore[index]


def test_what_no_query_answers_is_said_with_the_nearest_questions(client: httpx.Client) -> None:
    page = client.get("/ask.en.html", params={"q": "Who is the king of Gondor?"}).text
    assert "No named query answers" in page and "The nearest questions" in page
    near = re.search(r'<li><a href="(question/[^"]+)"', page)
    assert near and client.get("/" + unescape(near[1])).status_code == 200
    assert client.get("/ask.en.html").status_code == 200
    assert client.get("/ask.en.html", params={"q": "x" * 400}).status_code == 400


def test_briefs_are_linked_from_the_pages_of_partners(client: httpx.Client) -> None:
    page = client.get("/id/city/guayaquil.ko.html").text
    assert 'href="../../brief/city/guayaquil.ko.html"' in page
    brief = client.get("/brief/city/guayaquil.ko.html")
    assert brief.status_code == 200 and 'href="../../id/city/guayaquil.ko.html"' in brief.text
    word = client.get("/brief/city/guayaquil.ko.docx")
    assert word.status_code == 200 and word.content.startswith(b"PK")
    for nothing in ("/brief/city/seoul.ko.html", "/brief/city/atlantis.en.docx"):
        assert client.get(nothing).status_code == 404
