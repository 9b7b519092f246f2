"""Pages of views in a browser: what a visitor sees and does there, whatever the data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import citypact
from citypact.graph.pages.city_views.page import page
from citypact.graph.pages.city_views.projection import great_circle
from citypact.graph.pages.city_views.view import place
from citypact.graph.pages.city_views.views import VIEWS, view_of
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError
from tests.accessibility import serious
from tests.graph.pages.city_views.views_fixture import (
    city,
    hostile_network,
    small_network,
    world_network,
)
from tests.running import here_and_elsewhere

Open = Callable[..., Any]
SIZES = {360: 720, 800: 1000, 1400: 900}


def html(network: nx.Graph, view: str, language: str = "ko") -> str:
    """The page of a view; `ego` around the best connected city."""
    middle = max(sorted(network), key=network.degree) if view == "ego" else ""
    return page(view_of(network, view, middle), language)


@pytest.fixture
def look(new_tab: Open, tmp_path: Path) -> Open:
    """Opens a page given as text."""
    numbers = count()

    def opened(text: str, fragment: str = "", width: int = 1400, **options: Any) -> Any:
        file = tmp_path / f"page-{next(numbers)}.html"
        file.write_text(text, encoding="utf-8")
        viewport = {"width": width, "height": SIZES[width]}
        # A browser that speaks the language the page is written in, if the test names none.
        options = {"locale": "en-GB" if '<html lang="en"' in text else "ko-KR"} | options
        tab = new_tab(file.as_uri() + fragment, viewport=viewport, **options)
        if options.get("java_script_enabled", True):
            settle(tab)
        return tab

    return opened


def settle(tab: Any) -> None:
    """Waits until what was asked for is painted."""
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def colours(tab: Any) -> int:
    """How many colours the canvas shows: one means that nothing is drawn."""
    found: int = tab.evaluate(
        """() => {
          const canvas = document.getElementById("canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        }"""
    )
    return found


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", SIZES)
def test_a_view_fits_its_window_in_both_languages(look: Open, view: str, width: int) -> None:
    tab = look(html(small_network(), view), width=width)
    assert tab.evaluate("document.documentElement.lang") == "ko"
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert colours(tab) > 5
    heading = tab.inner_text("h1")
    assert re.search("[가-힣]", heading)
    tab.keyboard.press("l")
    settle(tab)
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert not re.search("[가-힣]", tab.inner_text("header h1") + tab.inner_text("#status"))
    assert tab.title() == tab.inner_text("h1")


@pytest.mark.parametrize("view", VIEWS)
def test_names_are_drawn_in_hangul_and_change_with_the_language(look: Open, view: str) -> None:
    tab = look(html(small_network(), view))
    tab.evaluate(
        """() => {
          window.said = [];
          const draw = CanvasRenderingContext2D.prototype.fillText;
          CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
            window.said.push(text);
            return draw.call(this, text, ...rest);
          };
        }"""
    )
    tab.click("#zoom-fit")
    settle(tab)
    korean = " ".join(tab.evaluate("said"))
    tab.evaluate("() => { said.length = 0; }")
    tab.click("[data-speak=en]")
    settle(tab)
    english = " ".join(tab.evaluate("said"))
    assert any(word in korean for word in ("서울", "대한민국"))
    assert any(word in english for word in ("Seoul", "South Korea"))
    assert not re.search("[가-힣]", english)


@pytest.mark.parametrize(
    ("view", "query", "key", "says"),
    [
        ("map", "샌프란", "city/san-francisco", "1976"),
        ("map", "guaya", "city/guayaquil", "협정"),
        ("countries", "south k", "south-korea", "부산"),
        ("ego", "런던", "city/london", "영국"),
        ("communities", "shanghai", "community-", "상하이"),
    ],
)
def test_search_leads_to_a_panel_that_says_more(
    look: Open, view: str, query: str, key: str, says: str
) -> None:
    tab = look(html(small_network(), view))
    tab.keyboard.press("/")
    tab.fill("#query", query)
    assert tab.locator("#found [role=option]").count() >= 1
    tab.keyboard.press("Enter")
    assert tab.evaluate("citypact.state().selected").startswith(key)
    assert says in tab.inner_text("#panel")
    tab.keyboard.press("Escape")
    assert tab.evaluate("citypact.state().selected") == ""


@pytest.mark.parametrize(
    ("view", "key", "name"),
    [
        ("map", "city/london", "런던"),
        ("countries", "united-kingdom", "영국"),
        ("ego", "city/london", "런던"),
    ],
)
def test_pointing_names_and_a_click_opens(look: Open, view: str, key: str, name: str) -> None:
    tab = look(html(small_network(), view))
    at = tab.evaluate("key => citypact.where(key)", key)
    tab.mouse.move(at["x"], at["y"])
    assert name in tab.inner_text("#tip")
    tab.mouse.click(at["x"], at["y"])
    assert tab.evaluate("citypact.state().selected") == key
    assert tab.inner_text("#panel-title") == name
    # A partner in the list leads on, and the address keeps what is open.
    tab.locator("#panel-body [data-go]").first.click()
    assert tab.evaluate("citypact.state().selected") not in ("", key)
    assert "at=" in tab.url


def test_the_map_can_be_moved_by_keys_and_buttons(look: Open) -> None:
    tab = look(html(small_network(), "map"))
    before = tab.evaluate("citypact.where('city/seoul')")
    tab.focus("#canvas")
    tab.keyboard.press("ArrowLeft")
    settle(tab)
    assert tab.evaluate("citypact.where('city/seoul')")["x"] > before["x"]
    scale = tab.evaluate("citypact.state().scale")
    tab.keyboard.press("+")
    assert tab.evaluate("citypact.state().scale") > scale
    tab.click("#zoom-fit")
    assert tab.evaluate("citypact.where('city/seoul')") == pytest.approx(before)
    tab.click("[data-centre=atlantic]")
    assert tab.evaluate("citypact.where('city/seoul')")["x"] > before["x"]


def test_relations_and_years_can_be_chosen(look: Open) -> None:
    tab = look(html(small_network(), "map"))
    assert tab.evaluate("citypact.state().links") == 8
    tab.select_option("#controls select", label="자매도시")
    assert tab.evaluate("citypact.state().links") == 3
    tab.locator("#until").fill("1990")
    assert tab.evaluate("citypact.state().links") == 2


@pytest.mark.parametrize(
    ("locale", "fragment", "language"),
    [("en-GB", "", "en"), ("fr-FR", "", "ko"), ("en-GB", "#lang=ko", "ko")],
)
def test_the_address_then_the_browser_then_the_page_choose_the_language(
    look: Open, locale: str, fragment: str, language: str
) -> None:
    tab = look(html(small_network(), "map"), fragment=fragment, locale=locale)
    assert tab.evaluate("document.documentElement.lang") == language


def test_what_has_no_place_is_said_and_can_be_found(look: Open) -> None:
    tab = look(html(small_network(), "map"))
    summary = tab.inner_text(".summary")
    assert "개를 지도에 표시" in summary and "가운데 1개는 좌표를 알 수 없어 지도에 없음" in summary
    tab.fill("#query", "무명시")
    tab.keyboard.press("Enter")
    assert "좌표를 알 수 없어" in tab.inner_text("#panel")
    assert "서울" in tab.inner_text("#panel")


@pytest.mark.parametrize("view", VIEWS)
def test_the_table_says_the_same_and_leads_to_the_picture(look: Open, view: str) -> None:
    tab = look(html(small_network(), view))
    tab.click("#to-table")
    words = tab.inner_text("#table")
    assert "서울" in words or "대한민국" in words
    tab.locator("#table tbody a").first.click()
    assert tab.evaluate("citypact.state().selected") != ""
    assert tab.locator("#picture").is_visible()


@pytest.mark.parametrize("view", VIEWS)
def test_numbers_of_partners_depend_on_whose_lists_were_collected(view: str) -> None:
    text = html(small_network(), view)
    assert "whose own list was collected" in text and "자체 목록이 수집된" in text


@pytest.mark.parametrize("view", VIEWS)
def test_without_scripts_the_tables_are_there(look: Open, view: str) -> None:
    tab = look(html(small_network(), view), java_script_enabled=False)
    words = tab.inner_text("#table")
    assert "서울" in words or "대한민국" in words
    assert "Seoul" in words or "South Korea" in words
    assert not tab.locator("#canvas").is_visible()


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_names_are_only_text(look: Open, view: str) -> None:
    text = html(hostile_network(), view)
    assert text.count("<script") == html(small_network(), view).count("<script")
    tab = look(text)
    for letter in "<가أ{":
        tab.fill("#query", letter)
        settle(tab)
    tab.fill("#query", "")
    tab.click("#to-table")
    assert "<script>window.hacked = 1</script>" in tab.inner_text("#table")
    tab.locator("#table tbody a").first.click()
    assert "window.hacked" in tab.inner_text("#panel")
    tab.keyboard.press("l")
    settle(tab)
    assert tab.evaluate("window.hacked") is None
    assert tab.locator("img").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1400


def test_cities_on_one_spot_open_as_a_list(look: Open) -> None:
    network = small_network()
    for slug in ("busan", "guayaquil"):
        network.nodes[city(slug)].update(latitude=10.0, longitude=20.0)
    tab = look(html(network, "map"))
    at = tab.evaluate("citypact.where('city/busan')")
    tab.mouse.click(at["x"], at["y"])
    assert {"부산", "과야킬"} <= set(tab.inner_text("#panel-body").split())


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "ego"])
def test_an_empty_network_makes_a_page_that_says_so(look: Open, view: str) -> None:
    tab = look(html(nx.Graph(), view))
    assert re.search("없", tab.inner_text("#status"))


@pytest.mark.parametrize("view", VIEWS)
def test_one_city_and_cities_without_places_make_pages(look: Open, view: str) -> None:
    one = nx.Graph()
    one.add_node(city("seoul"), label_ko="서울", label_en="Seoul")
    lost = small_network()
    for _, data in lost.nodes(data=True):
        data.pop("latitude", None)
        data["longitude"] = 999.0
    for network in (one, lost):
        tab = look(html(network, view))
        if view != "map":
            assert colours(tab) > 1
        tab.click("#zoom-fit")


def test_the_page_draws_the_great_circles_that_python_knows(look: Open) -> None:
    tab = look(html(small_network(), "map"))
    for ends in (
        ((37.566, 126.9784), (37.7749, -122.4194)),
        ((10.0, 20.0), (10.0, 20.0)),
        ((51.5, -0.1), (-51.5, 179.9)),
        ((-33.9, 151.2), (-34.6, -58.4)),
        ((90.0, 0.0), (10.0, 100.0)),
    ):
        drawn = tab.evaluate("ends => citypact.projection.greatCircle(...ends.flat())", ends)
        known = [number for point in great_circle(*ends) for number in point]
        assert drawn == pytest.approx(known, abs=1e-6)
    lines = tab.evaluate("citypact.projection.arc(37.6, 127, 37.8, -122.4, 10)")
    assert len(lines) == 2, "a line over the edge of the map goes on at the other side"
    assert len(tab.evaluate("citypact.projection.arc(37.6, 127, 37.8, -122.4, 150)")) == 1


def test_the_map_begins_where_fewest_links_are_cut() -> None:
    pacific = html(small_network(), "map")
    assert '"centre":"pacific"' in pacific
    network = nx.Graph()
    for i, longitude in enumerate((-74.0, 2.3)):
        network.add_node(city(str(i)), latitude=40.0, longitude=longitude)
    network.add_edge(*network)
    assert '"centre":"atlantic"' in html(network, "map")


def test_the_same_network_makes_the_same_bytes() -> None:
    code = (
        "import hashlib, sys; from tests.graph.pages.city_views.test_views import html;"
        "from tests.graph.pages.city_views.views_fixture import small_network;"
        "import networkx as nx; g = small_network(); h = nx.Graph();"
        "h.add_nodes_from(sorted(set(g.nodes), key=hash)); h.add_edges_from(g.edges(data=True));"
        "[h.nodes[n].update(g.nodes[n]) for n in h];"
        "[print(v, hashlib.sha256(html(h, v).encode()).hexdigest()) for v in sys.argv[1:]]"
    )
    here, elsewhere = here_and_elsewhere(code, *VIEWS)
    found = [hashlib.sha256(html(small_network(), view).encode()).hexdigest() for view in VIEWS]
    assert [line.split()[1] for line in here.splitlines()] == found
    assert here == elsewhere


def test_views_that_do_not_fit_are_refused() -> None:
    network = small_network()
    for view, middle, says in (
        ("globe", "", "there is no view called"),
        ("ego", "", "requires a city"),
        ("map", city("seoul"), "leave the city out"),
        ("ego", city("atlantis"), "not in this network"),
    ):
        with pytest.raises(CitypactError, match=says):
            view_of(network, view, middle)


def test_links_of_unknown_country_are_neither_within_nor_abroad() -> None:
    network = nx.Graph(name="cities")
    for name, country in (("a", "kr"), ("b", "kr"), ("c", "jp"), ("x", ""), ("y", "")):
        network.add_node(f"{ID}city/{name}", **({"country": country} if country else {}))
    pairs = (("a", "b"), ("a", "c"), ("a", "x"), ("x", "y"))
    network.add_edges_from((f"{ID}city/{one}", f"{ID}city/{other}") for one, other in pairs)
    summary = view_of(network, "countries").summary["en"]
    assert summary == (
        "2 countries; 5 cities; 1 tie between countries; 1 tie within a country; "
        "2 ties to an unknown country"
    )


def test_weak_lines_can_be_hidden_and_the_page_says_how_many_are_left(look: Open) -> None:
    network = nx.Graph()
    for i, (one, other) in enumerate((("kr", "us"), ("kr", "us"), ("kr", "jp"))):
        network.add_node(city(f"{one}-{i}"), country=one)
        network.add_node(city(f"{other}-{i}"), country=other)
        network.add_edge(city(f"{one}-{i}"), city(f"{other}-{i}"))
    tab = look(html(network, "countries", "en"))
    assert tab.inner_text("#controls output") == "1 or more"
    assert tab.inner_text("#status") == "2 of 2 lines shown, 3 ties"
    tab.locator("#least").fill("1")
    settle(tab)
    assert tab.inner_text("#controls output") == "2 or more"
    assert tab.inner_text("#status") == "1 of 2 lines shown, 2 ties"


def test_a_ring_of_too_many_is_gathered_by_country() -> None:
    network = nx.Graph()
    for i in range(300):
        network.add_edge(city("hub"), city(f"partner-{i}"))
        network.add_edge(city(f"partner-{i}"), city(f"behind-{i}"))
    for slug, data in network.nodes(data=True):
        data |= {"country": f"c{len(slug) % 3}", "country_en": f"C{len(slug) % 3}"}
    circles = view_of(network, "ego", city("hub")).data["circles"]
    assert len(circles) == 1 + 3 + 3
    assert sum(int(circle["words"]["en"].split()[-1]) for circle in circles[1:]) == 600


# The world -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world() -> nx.Graph:
    return world_network()


def test_the_world_on_the_map_is_small_whole_and_soon_there(look: Open, world: nx.Graph) -> None:
    text = html(world, "map", "en")
    assert len(text.encode()) < 2_000_000
    tab = look(text)
    state = tab.evaluate("citypact.state()")
    assert (state["cities"], state["links"]) == (17_167, 24_796)
    assert state["placed"] == 17_011
    assert state["crowded"]
    assert colours(tab) > 50
    # Whatever the level of detail: every city in a group, every link drawn, within or not placed.
    for _ in range(4):
        groups = tab.evaluate("citypact.groups()")
        assert groups["cities"] == len({n for n, d in world.degree() if d}) - unplaced_with_links(
            world
        )
        assert groups["between"] + groups["within"] + groups["apart"] == 24_796
        tab.click("#zoom-in")
        settle(tab)


def unplaced_with_links(world: nx.Graph) -> int:
    return sum(bool(degree) and "latitude" not in world.nodes[n] for n, degree in world.degree())


def test_the_world_is_found_by_name_and_shown_in_full_when_near(
    look: Open, world: nx.Graph
) -> None:
    tab = look(html(world, "map", "en"))
    tab.fill("#query", "seoul")
    tab.keyboard.press("Enter")
    assert tab.evaluate("citypact.state().selected") == "city/kr-seoul"
    assert f"{world.degree(f'{ID}city/kr-seoul')} partner cities" in tab.inner_text("#panel")
    for _ in range(8):
        tab.click("#zoom-in")
    settle(tab)
    assert not tab.evaluate("citypact.state().crowded")


def test_groups_of_the_world_open_and_part(look: Open, world: nx.Graph) -> None:
    tab = look(html(world, "map", "en"))
    at = tab.evaluate("citypact.where('city/fr-paris')")
    tab.mouse.click(at["x"], at["y"])
    assert "cit" in tab.inner_text("#panel-title")
    scale = tab.evaluate("citypact.state().scale")
    tab.locator("#panel-body button:not([data-go])").click()
    assert tab.evaluate("citypact.state().scale") > scale


@pytest.mark.parametrize("view", ["countries", "ego", "communities"])
def test_the_world_in_other_views_is_gathered(look: Open, world: nx.Graph, view: str) -> None:
    tab = look(html(world, view, "en"))
    state = tab.evaluate("citypact.state()")
    assert 20 < state["circles"] <= 450
    if view == "countries":
        assert state["circles"] == 203
        before = state["shown"]
        assert before <= 120
        tab.locator("#least").fill("0")
        tab.keyboard.press("ArrowRight")
        assert tab.evaluate("citypact.state().shown") > before
    assert colours(tab) > 20


def test_communities_are_the_same_each_time_and_say_how_good_they_are(world: nx.Graph) -> None:
    from citypact.graph.analysis.communities import leiden as communities

    one, again, other = communities(world), communities(world), communities(world, seed=2)
    assert one == again
    assert one.parts != other.parts
    assert sum(map(len, one.parts)) == 17_167
    assert 0.75 < one.modularity < 0.85
    # networkx measures the same.
    assert nx.community.modularity(world, one.parts) == pytest.approx(one.modularity, abs=1e-3)


# The packaged graph: sources, provinces, and a star -------------------------------------------


def test_ties_open_their_sources_and_provinces_are_on_the_map(
    new_tab: Open, whole_build: Path, tmp_path: Path
) -> None:
    page_of_map = tmp_path / "map.html"
    network = citypact.open(whole_build).draw(page_of_map, view="map")
    placed = {city for city in network if place(network, city) is not None}
    assert placed == set(network)
    tab = new_tab(page_of_map.as_uri() + "#lang=en", {"width": 1400, "height": 900})
    tab.fill("#query", "Guangdong")
    tab.keyboard.press("Enter")
    assert "Not on the map" not in tab.inner_text("#panel")
    tab.locator("#panel details summary").first.click()
    tab.wait_for_selector("#panel details a")
    links = tab.locator("#panel details a")
    assert all(link.get_attribute("href").startswith("http") for link in links.all())


@pytest.mark.parametrize("width", [360, 1400])
def test_a_star_is_said_to_have_no_communities(
    new_tab: Open, whole_build: Path, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "communities.html"
    citypact.open(whole_build).draw(file, view="communities")
    tab = new_tab(file.as_uri() + "#lang=en", {"width": width, "height": 800})
    assert "There are no communities to show" in tab.inner_text("#picture")
    assert tab.is_hidden("#canvas")
    assert serious(tab) == []
