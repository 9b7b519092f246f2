"""The site as readers open it: from disk, in Chromium, in both languages and at three widths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.accessibility import serious

QUERY = "question/agreements-of-city"
AGREEMENT = "id/agreement/seoul-los-angeles-2019"
DRAWN = "question/prospects"
PAGES = (
    "index",
    "timeline",
    "topics",
    "promises",
    "disagreements",
    "data",
    QUERY,
    DRAWN,
    AGREEMENT,
)


@pytest.fixture
def opened(browser: Any, published: Path) -> Any:
    """Opens pages of the folder; fails where one asks for something else or is refused by it."""
    context = browser.new_context(locale="en-GB", viewport={"width": 800, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    # axe asks for the style sheet again by script, which the pages forbid.
    assert not [fault for fault in faults if "connect-src" not in fault]
    assert all(url.startswith((published.as_uri(), "data:")) for url in asked), asked
    context.close()


def test_folder_opens_in_the_language_of_the_browser_and_finds_by_initials(
    opened: Any, published: Path
) -> None:
    opened.goto((published / "index.html").as_uri())
    opened.wait_for_url("**/index.en.html")
    for text in ("ㄱㅇㅋ", "guayakil"):
        opened.fill("#query", text)
        opened.wait_for_selector("#found [role=option]")
        assert "Guayaquil" in opened.inner_text("#found [role=option] >> nth=0")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/id/city/guayaquil.en.html")
    opened.click("a.language")
    opened.wait_for_url("**/id/city/guayaquil.ko.html")
    assert opened.inner_text("h1") == "과야킬"
    assert (
        opened.evaluate("getComputedStyle(document.querySelector('.project')).fontWeight") == "700"
    )


def test_pages_fit_three_widths_and_axe_finds_nothing_serious(opened: Any, published: Path) -> None:
    for language in ("ko", "en"):
        for stem in PAGES:
            opened.goto((published / f"{stem}.{language}.html").as_uri())
            for width in (360, 800, 1400):
                opened.set_viewport_size({"width": width, "height": 900})
                assert opened.evaluate("document.documentElement.scrollWidth") <= width, stem
            assert serious(opened) == [], stem


def test_pages_read_without_scripts(browser: Any, published: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((published / "index.ko.html").as_uri())
    page.click("a[href='list/agreement.ko.html'] >> nth=0")
    page.click("a:has-text('로스앤젤레스') >> nth=0")
    page.click("details.sources summary >> nth=0")
    assert page.is_visible("details.sources[open] a >> nth=0")
    context.close()
