"""The pages of a site: one for each thing, with links that lead somewhere."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from markupsafe import escape

from citypact.graph.pages.site.answers import AnswerViews
from citypact.graph.pages.site.data_files import FILES, DataFiles
from citypact.graph.pages.site.layout import VIEWS
from citypact.graph.pages.site.paths import LONGEST, file_name
from citypact.graph.pages.site.questions import Asked, asked_page
from citypact.graph.pages.site.site import Site
from citypact.graph.provenance.named_queries import bind, named_queries, run
from citypact.graph.store.base import LocalStore
from citypact.graph.store.labels import Names
from citypact.ontology import ID, LANGUAGES
from citypact.site import site_of
from tests.graph.export.twins import twins


class Links(HTMLParser):
    """The links of a page, and the places in it that links can name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.places.add(found.get("id") or "")
        self.links += [value for name in ("href", "src") if (value := found.get(name))]


@pytest.fixture(scope="module")
def site(records: LocalStore) -> Site:
    return site_of(records)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, bytes]:
    found = {path: site.page(path) for path in site.paths()}
    assert all(page is not None for page in found.values())
    return found  # type: ignore[return-value]


def test_every_thing_has_pages_and_data(site: Site, records: LocalStore) -> None:
    paths = set(site.paths())
    things = [iri for iri in Names.of(records).things() if not iri.startswith(f"{ID}date/")]
    assert len(things) > 200
    for iri in things:
        for language in LANGUAGES:
            path = site.path_of(iri, language)
            if iri.startswith(f"{ID}code/"):
                continue
            assert path in paths, iri
            stem = path.removesuffix(f".{language}.html")
            assert {f"{stem}.ttl", f"{stem}.jsonld"} <= paths


def test_pages_of_things_have_the_rows_of_their_panels(site: Site, pages: dict[str, bytes]) -> None:
    """Each heading and label, in the language of the page: relations are told from its end."""
    seen = 0
    for (stem, iri), language in product(site.graph.by_stem.items(), LANGUAGES):
        html = pages.get(f"{stem}.{language}.html", b"").decode()
        sections = site.graph.sections(site.graph.government_of.get(iri, iri)) if html else []
        shown = "".join(re.findall('<section id="section-.*?</section>', html, re.DOTALL))
        headings = re.findall('<h2>(.*?) <span class="count">', shown)
        assert headings == [escape(each["heading"][language]) for each in sections], stem
        labels = [escape(row["label"][language]) for each in sections for row in each["rows"]]
        assert re.findall("<dt>(.*?)</dt>", shown) == labels, stem
        seen += len(labels)
    assert seen > 2000


def test_links_lead_to_pages_and_places_of_the_site(pages: dict[str, bytes]) -> None:
    @cache
    def read(path: str) -> Links:
        return Links(pages[path].decode())

    for path in pages:
        if not path.endswith(".html"):
            continue
        for link in read(path).links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "data"):
                continue
            assert not parts.scheme and not parts.netloc and not link.startswith("/"), link
            folder = posixpath.dirname(path)
            target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            target = target if parts.path else path
            assert target in pages, f"{path} links to {link}"
            if parts.fragment and target not in VIEWS.values():
                assert unquote(parts.fragment) in read(target).places, f"{path} links to {link}"


def test_data_of_things_is_rdf_with_the_claims_behind_it(pages: dict[str, bytes]) -> None:
    iri = f"{ID}agreement/seoul-los-angeles-2019"
    stem = "id/agreement/seoul-los-angeles-2019"
    turtle = {quad.triple for quad in ox.parse(pages[f"{stem}.ttl"], format=ox.RdfFormat.TURTLE)}
    json = {quad.triple for quad in ox.parse(pages[f"{stem}.jsonld"], format=ox.RdfFormat.JSON_LD)}
    assert turtle == json
    assert any(triple.subject == ox.NamedNode(iri) for triple in turtle)
    assert any("#char=" in triple.subject.value for triple in turtle)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../x",
        "a/b",
        "A",
        "con",
        "con.x",
        "\u00e9",
        "e\u0301",
        "서울",
        "x" * 300,
        "~",
        "\ud800",
    ],
)
def test_names_of_files_are_safe_everywhere(text: str) -> None:
    name = file_name(text)
    assert name and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_~")
    assert len(name) <= LONGEST and name != "con"


def test_names_of_files_differ_where_texts_do() -> None:
    texts = [
        "a",
        "A",
        "~61",
        "~",
        "",
        "con",
        "~63on",
        "\u00e9",
        "e\u0301",
        "x" * 300,
        "x" * 301,
        "a/b",
        "a~2fb",
    ]
    assert len({file_name(text) for text in texts}) == len(texts)


def test_every_claimed_fact_of_a_thing_names_its_sources_on_the_page(
    pages: dict[str, bytes],
) -> None:
    page = pages["id/agreement/seoul-guayaquil-2020.en.html"].decode()
    assert 'href="../doc/seoul-guayaquil-2020.en.html"' in page.replace("../../id/", "../")
    assert page.count('<details class="sources">') > 20


def test_sources_of_all_values_are_in_sight_where_sources_disagree(packaged: LocalStore) -> None:
    """A reader comes from the first page with one click, and opens nothing."""
    site = site_of(packaged)
    assert b'href="disagreements.en.html"' in (site.page("index.en.html") or b"")
    html = (site.page("disagreements.en.html") or b"").decode()
    totals = html.partition("total of partner cities")[2].partition("</section>")[0]
    for value in ("76", "42", "57", "58", "68", "71"):
        _, found, after = totals.partition(f'<bdi class="value">{value}</bdi>')
        assert found
        assert after.lstrip().startswith('<details class="sources" open>')
        assert 'href="http' in after.partition("</details>")[0]


def test_hostile_names_stay_text_and_any_centre_will_do(tmp_path: Path) -> None:
    site = site_of(twins(tmp_path).store)
    for path in site.paths():
        if path.endswith(".html"):
            text = (site.page(path) or b"").decode()
            assert "<b>&amp;</b>" not in text.replace("&lt;b&gt;", ""), path
    assert b"Seoul" in (site.page("index.en.html") or b"")
    ElementTree.fromstring(site.page("feed.ko.xml") or b"")


def test_a_feed_keeps_its_identity_when_the_graph_changes(site: Site, tmp_path: Path) -> None:
    def identities(of: Site) -> list[str | None]:
        feeds = [of.page(f"feed.{language}.xml") or b"" for language in LANGUAGES]
        return [ElementTree.fromstring(each).findtext("{*}id") for each in feeds]

    changed = site_of(twins(tmp_path).store)
    changed.graph.store.title = site.graph.store.title
    assert identities(changed) == identities(site)
    assert len(set(identities(site))) == len(LANGUAGES)


def test_files_of_the_data_set_are_known_before_they_are_made(site: Site) -> None:
    assert set(DataFiles.of(site.graph.store).contents) == set(FILES)
    assert site.page("../secret") is None and site.page("id/city/nowhere.ko.html") is None


def test_commands_on_pages_of_questions_have_names_of_the_language(pages: dict[str, bytes]) -> None:
    commands = {
        path: re.search(r"citypact query [^<]*", page.decode())
        for path, page in pages.items()
        if path.startswith("question/") and path.endswith(".en.html")
    }
    assert len(commands) > 50
    found = {path: found[0] for path, found in commands.items() if found}
    assert "--city Guayaquil" in found["question/agreements-of-city.en.html"]
    assert not [text for text in found.values() if re.search("[가-힣]", text)]


def test_a_timeline_of_answers_says_dates_in_words(packaged: LocalStore) -> None:
    graph = site_of(packaged, is_live=True).graph
    query = named_queries()["agreements"]
    answer = run(packaged, bind(query, {}, graph.names))
    path = "question/agreements.en.html"
    page = asked_page(graph, path, query, Asked({}, "timeline", answer)).decode()
    assert "<time>about June 2012</time>" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_shows_the_network_of_an_answer_that_fits_in_one_picture(
    packaged: LocalStore, language: str
) -> None:
    site = site_of(packaged)
    small = (site.page(f"question/prospects.{language}.html") or b"").decode()
    assert 'class="drawn"' in small and {"network", "table"} <= Links(small).places
    large = (site.page(f"question/office-holders.{language}.html") or b"").decode()
    assert 'class="drawn"' not in large and f"network.html?lang={language}" in large
    assert 'class="day">2' in large, "dates in digits are kept on one line"


def test_days_that_a_query_works_out_are_on_a_timeline(packaged: LocalStore) -> None:
    graph = site_of(packaged).graph
    answer = run(packaged, bind(named_queries()["events"], {}, graph.names))
    views = AnswerViews(graph, answer)
    assert "timeline" in views.available and len(views.years) > 5
    assert any(value.is_day for row in views.rows(5) for cell in row for value in cell)


def test_of_a_large_network_things_with_ties_are_drawn(packaged: LocalStore) -> None:
    graph = site_of(packaged).graph
    answer = run(packaged, bind(named_queries()["office-holders"], {}, graph.names))
    drawn = AnswerViews(graph, answer).network
    ends = {(x, y) for x1, y1, x2, y2 in drawn.lines for x, y in ((x1, y1), (x2, y2))}
    assert drawn.total > len(drawn.nodes) > 0
    assert all((node.x, node.y) in ends for node in drawn.nodes)


def test_a_question_that_needs_conditions_has_no_whole_answer(site: Site) -> None:
    """Each path of the site has a page, whatever the queries ask for."""
    for query in named_queries().values():
        needs = any(each.required for each in query.parameters)
        page = (site.page(f"question/{query.name}.en.html") or b"").decode()
        assert page and ("needs conditions" in page) == needs, query.name
        if needs:
            assert f"question/{query.name}.csv" not in site.paths()
            command = page.split("<pre>")[1].split("</pre>")[0]
            assert all(f"--{each.name} " in command for each in query.parameters if each.required)
