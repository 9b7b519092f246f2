"""The page under strain: hostile text, paper, no scripts, small screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.graph.pages.network.page_fixture import BASE, build_network

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
    assert tab.locator("script").count() == tab.evaluate(
        "[...document.scripts].filter(s => s.parentElement === document.body).length"
    )
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
    assert tab.evaluate("window.hacked") is None
    assert "<script>window.hacked=1</script>" in tab.inner_text("#table-actors")
    assert "&lt;b&gt;&amp;" in tab.inner_text("#table-agreements")


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
            !e.closest('bdi, script, option, blockquote, time, mark')) found.push(e.outerHTML);
        } return found; }"""
    )
    assert isolated
    assert loose == []


# Paper, no scripts, small screens ---------------------------------------------------------------


def test_printed_page_shows_title_legend_drawing_and_tables(visit: Open) -> None:
    tab = visit(fragment="#lang=en")
    tab.fill("#from", "2019")
    tab.emulate_media(media="print")
    assert tab.is_visible("h1")
    assert "City governments" in tab.inner_text("#filters")
    assert tab.is_visible("#drawing")
    for gone in ("#picture", "#query", "#help-open", "#zoom-in"):
        assert tab.is_hidden(gone)
    assert tab.is_visible("#table-agreements")
    drawn = set(
        tab.evaluate(
            "[...document.querySelectorAll('#drawing g[data-id]')]"
            ".filter(e => e.getClientRects().length).map(e => e.dataset.id)"
        )
    )
    ids = {node: f"n{i}" for i, node in enumerate(sorted(build_network()), 1)}
    assert drawn == {ids[iri] for iri in tab.evaluate("citypact.shown().nodes")}
    assert "City of Guayaquil" in tab.locator("#drawing .en").all_text_contents()
    assert tab.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_without_scripts_the_drawing_and_the_tables_remain(visit: Open) -> None:
    tab = visit(java_script_enabled=False)
    assert "스크립트가 꺼져" in tab.inner_text(".plain-note")
    assert "Scripts are turned off" in tab.inner_text(".plain-note")
    assert tab.is_visible("#drawing")
    assert "서울특별시" in tab.inner_text("#table-actors")
    assert tab.locator("#table-agreements tbody tr:visible").count() == 7
    assert tab.locator("#table-further tbody tr[data-id]:visible").count() == 0
    assert tab.is_hidden("#query")
    tab.check("#plain-en")
    assert "Seoul Metropolitan Government" in tab.inner_text("#table-actors")
    assert "서울특별시" not in tab.inner_text("#table-actors")


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_nothing_runs_over_the_edge(visit: Open, width: int) -> None:
    tab = visit(viewport={"width": width, "height": 700}, fragment="#lang=en")
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
    tab = visit(viewport={"width": 360, "height": 700})
    assert tab.is_hidden("#filters")
    tab.click("#filters-open")
    assert tab.is_visible("#filters")
    tab.uncheck("input[name=kind][value=topic]")
    tab.click("#filters-close")
    assert tab.is_hidden("#filters")
    tab.evaluate("iri => citypact.open(iri)", SEOUL)
    box = tab.locator("#panel").bounding_box()
    assert box["width"] == 360
    assert box["y"] > 250
    assert where(tab, SEOUL)["y"] < box["y"]
