"""The page under strain: hostile text, paper, no scripts, small screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.accessibility import serious
from tests.graph.pages.network.page_fixture import BASE

Open = Callable[..., Any]

SEOUL = BASE + "government/seoul"


def where(tab: Any, iri: str) -> dict[str, float]:
    found: dict[str, float] = tab.evaluate("iri => citypact.where(iri)", iri)
    return found


# Hostile text ---------------------------------------------------------------------------------


def test_hostile_text_stays_text(visit: Open) -> None:
    tab = visit("hostile", fragment="#lang=en")
    tab.evaluate("() => { window.hacked = undefined }")
    assert tab.locator("img, b, iframe, object").count() == 0
    assert tab.locator("head > script").count() == 1
    assert tab.locator("script").count() == 1 + tab.locator("body > script").count()
    for iri in tab.evaluate("citypact.shown().nodes"):
        tab.evaluate("iri => citypact.open(iri)", iri)
        tab.click("#expand")
        assert tab.locator("#panel img, #panel b, #panel script").count() == 0
        assert tab.locator("a[href^='javascript']").count() == 0
        assert tab.locator("#panel .claims a").count() == 0
    for query in ("<script>", "</script>", "right to left", "word word", "\"'`"):
        tab.fill("#query", query)
        assert tab.locator("#found [role=option]").count() > 0
        assert tab.locator("#found img, #found script").count() == 0
    at = where(tab, tab.evaluate("citypact.shown().nodes[0]"))
    tab.mouse.move(at["x"], at["y"])
    tab.click("#tab-table")
    assert "<script>window.hacked=1</script>" in tab.inner_text("#table-actors")
    for table in ("topics", "ties", "further", "disputes", "agreements"):
        tab.click(f"[data-table={table}]")
        assert tab.locator("#table img, #table b, #table script").count() == 0
        assert tab.locator("#table a[href^='javascript']").count() == 0
    assert "&lt;b&gt;&amp;" in tab.inner_text("#table-agreements")
    assert tab.evaluate("new XMLSerializer().serializeToString(Citypact.downloads.svg())")
    assert tab.evaluate("window.hacked") is None


def test_endless_labels_keep_the_page_in_shape(visit: Open) -> None:
    tab = visit("hostile")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1400
    assert tab.evaluate("document.documentElement.scrollHeight") <= 900
    endless = next(n for n in tab.evaluate("citypact.shown().nodes") if n.endswith("가" * 50))
    tab.evaluate("iri => citypact.open(iri)", endless)
    panel = tab.locator("#panel .scroll")
    assert panel.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert len(tab.inner_text("#panel-title")) == 10_000
    assert tab.locator(".top").bounding_box()["height"] < 130


def test_direction_marks_stay_within_their_name(visit: Open) -> None:
    tab = visit("hostile", fragment="#lang=en")
    isolated = tab.evaluate(
        "[...document.querySelectorAll('bdi')].filter(e => e.textContent.includes('\\u202e'))"
        ".every(e => getComputedStyle(e).unicodeBidi === 'isolate')"
    )
    loose = tab.evaluate(
        """() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walk.nextNode()) { const e = walk.currentNode.parentElement;
          if (walk.currentNode.data.includes('\\u202e') &&
            !e.closest('bdi, script, noscript, option, blockquote, time, mark'))
            found.push(e.outerHTML);
        } return found; }"""
    )
    assert isolated
    assert loose == []


# Paper, no scripts, small screens ---------------------------------------------------------------


def printed(tab: Any) -> list[str]:
    """The text of each page that is printed."""
    import pypdfium2

    file = pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in file]


def test_printed_picture_has_its_title_and_what_is_shown(visit: Open) -> None:
    tab = visit(fragment="#lang=en&from=2019", own=True)
    [text] = printed(tab)
    assert "Seoul’s city partnerships" in text
    assert "KOTRA" in text
    assert "Urban regeneration" not in text
    tab.emulate_media(media="print")
    for gone in ("#picture", "#query", "#help-open", "#zoom-in", "#filters", "#view-table"):
        assert tab.is_hidden(gone)
    titles = tab.locator("#printed title").all_text_contents()
    assert len(titles) == len(tab.evaluate("citypact.shown().nodes"))


def test_printed_panel_is_that_alone_with_its_sources(visit: Open) -> None:
    tab = visit(fragment="#lang=en")
    tab.evaluate("iri => citypact.open(iri)", BASE + "agreement/guayaquil-2020")
    pages = printed(tab)
    assert len(pages) <= 2
    text = " ".join(pages)
    assert "Agreement on smart city cooperation" in text
    assert "[1]" in text
    assert "https://m.ajunews.com/view/20201030083947647" in text.replace(" ", "")
    assert "City governments" not in text


def test_printed_table_is_the_one_that_is_open(visit: Open) -> None:
    tab = visit(fragment="#lang=en&tab=table&table=agreements")
    text = " ".join(printed(tab))
    assert "Joint Declaration of Sister City Ties" in text
    assert "City networks" not in text


def test_without_scripts_the_tables_remain(visit: Open) -> None:
    tab = visit(java_script_enabled=False)
    assert "스크립트가 꺼져" in tab.inner_text(".plain-note")
    assert "Scripts are turned off" in tab.inner_text(".plain-note")
    tables = tab.locator(".plain table")
    assert "서울특별시" in tables.nth(0).inner_text()
    assert tables.nth(0).locator("tr").count() == 7
    assert tab.is_hidden("#query")
    tab.check("#plain-en")
    assert "Seoul Metropolitan Government" in tables.nth(0).inner_text()
    assert "서울특별시" not in tab.inner_text(".plain")


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_nothing_runs_over_the_edge(visit: Open, width: int) -> None:
    tab = visit(viewport={"width": width, "height": 700}, fragment="#lang=en&tab=picture")
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    for iri in tab.evaluate("citypact.shown().nodes"):
        at = where(tab, iri)
        assert 0 <= at["x"] <= width
        assert 0 <= at["y"] <= 700
    for control in ("#query", "#tab-table", "[data-speak=ko]", "#zoom-fit"):
        box = tab.locator(control).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_on_a_phone_the_panel_is_a_sheet_and_filters_a_drawer(visit: Open) -> None:
    tab = visit(viewport={"width": 360, "height": 700}, fragment="#tab=picture")
    assert tab.is_hidden("#filters")
    tab.click("#filters-open")
    assert tab.is_visible("#filters")
    tab.uncheck("input[name=kind][value=topic]")
    tab.click("#filters-close")
    assert tab.is_hidden("#filters")
    tab.click("#filters-open")
    tab.click("#query")  # what is found would lie behind the drawer
    assert tab.is_hidden("#filters")
    tab.click("#filters-open")
    tab.click("#filters-open")
    assert tab.is_hidden("#filters")
    tab.evaluate("iri => citypact.open(iri)", SEOUL)
    box = tab.locator("#panel").bounding_box()
    assert box["width"] == 360
    assert box["y"] > 250
    assert where(tab, SEOUL)["y"] < box["y"]


def test_a_phone_opens_with_a_list_of_cards(visit: Open) -> None:
    tab = visit(viewport={"width": 360, "height": 700}, fragment="#lang=en")
    assert tab.get_attribute("#tab-table", "aria-selected") == "true"
    card = tab.locator("#table-actors tbody tr").first
    assert "Seoul Metropolitan Government" in card.inner_text()
    assert card.bounding_box()["width"] <= 340
    for table in ("agreements", "ties", "topics"):
        tab.click(f"[data-table={table}]")
        assert tab.evaluate("document.documentElement.scrollWidth") == 360
        view = tab.locator("#view-table")
        assert view.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_what_is_found_on_a_phone_is_opened_by_a_tap(visit: Open) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
    tab = visit(fragment="#lang=ko", **phone)
    for tapped in range(2):  # the hits lie over the buttons
        tab.tap("#query")
        tab.fill("#query", "서울")
        tab.locator("#found [role=option]").nth(tapped).tap()
        tab.wait_for_selector("#panel", state="visible")
        assert tab.is_hidden("#found")
        assert not tab.evaluate("document.activeElement.matches('input')"), "keys would cover it"
        assert tab.get_attribute("#tab-table", "aria-selected") == "true"
        tab.tap("#close")


def test_dark_pages_are_dark_and_readable(visit: Open) -> None:
    tab = visit(fragment="#lang=en", color_scheme="dark")
    tab.evaluate("iri => citypact.open(iri)", SEOUL)
    back, ink = (
        tab.evaluate(f"getComputedStyle(document.documentElement).{name}")
        for name in ("backgroundColor", "color")
    )
    assert max(map(int, re.findall(r"\d+", back))) < 60
    assert min(map(int, re.findall(r"\d+", ink))) > 180


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "fragment"), [("plain", ""), ("packaged", "&tab=table")])
def test_axe_finds_nothing_serious(visit: Open, scheme: str, name: str, fragment: str) -> None:
    tab = visit(name, fragment="#lang=en" + fragment, color_scheme=scheme)
    for step in (
        "() => 0",
        "() => citypact.open(citypact.shown().nodes[0])",
        "() => document.getElementById('expand').click()",
    ):
        tab.evaluate(step)
        assert serious(tab) == []
