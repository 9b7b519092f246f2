"""Pages in a browser, without any network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from citypact.graph.pages.network.pyvis_page import page
from tests.graph.pages.network.hostile_page import hostile_picture
from tests.graph.pages.network.page_fixture import build_picture
from tests.graph.store.servers import Running, oxigraph, virtuoso

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, build: Path) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    written = {"packaged": build / "network.html"}
    for name, picture in (("plain", build_picture()), ("hostile", hostile_picture())):
        written[name] = folder / f"{name}.html"
        written[name].write_text(page(picture), encoding="utf-8")
    return written


@pytest.fixture(scope="session")
def context(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """A context of the browser, one for all that ask with the same options.

    A new one takes more time than most pages, and so does the process of its first page, which
    ends with its last: one stays open. Ours leave nothing behind: pages from files keep no cookies,
    and their scripts store nothing.
    """
    blank = tmp_path_factory.mktemp("blank") / "blank.html"
    blank.write_text("", encoding="utf-8")

    @cache
    def opened(**options: Any) -> Any:
        found = browser.new_context(reduced_motion="reduce", **options)
        found.new_page().goto(blank.as_uri())
        return found

    return opened


@pytest.fixture(scope="session")
def free_tabs() -> dict[Any, list[Any]]:
    """Tabs that tests have left empty, by their context."""
    return defaultdict(list)


@pytest.fixture
def new_tab(context: Callable[..., Any], free_tabs: dict[Any, list[Any]]) -> Iterator[Open]:
    """Opens an address; at the end, no request has gone out and no error stands in the console.

    Opening a tab takes as long as loading a page, so it is one that another test has left empty.
    With `own` it is new, and closed at the end: for tests that change what a page cannot undo.
    """
    tabs: list[tuple[Any, bool]] = []
    requests, errors = [], []
    watched: dict[str, Callable[[Any], None]] = {
        "request": lambda request: requests.append(request.url),
        "pageerror": lambda error: errors.append(str(error)),
        "console": lambda said: errors.append(said.text) if said.type == "error" else None,
    }

    def opened(
        address: str, viewport: dict[str, int] | None = None, own: bool = False, **options: Any
    ) -> Any:
        where = context(**options)
        is_left = free_tabs[where] and not own
        tab = free_tabs[where].pop() if is_left else where.new_page()
        tabs.append((tab, own))
        tab.set_viewport_size(viewport or {"width": 1280, "height": 720})
        for event, note in watched.items():
            tab.on(event, note)
        tab.goto(address)
        return tab

    yield opened
    for tab, own in tabs:
        for event, note in watched.items():
            tab.remove_listener(event, note)
        if own:
            tab.close()
            continue
        tab.goto("about:blank")
        tab.mouse.move(-1, -1)  # nothing of the next page is pointed at
        free_tabs[tab.context].append(tab)
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert errors == []


@pytest.fixture
def visit(new_tab: Open, pages: dict[str, Path]) -> Open:
    """Opens one of our pages by its name."""

    def opened(name: str = "plain", fragment: str = "", **options: Any) -> Any:
        options = {"viewport": {"width": 1400, "height": 900}, "locale": "ko-KR"} | options
        return new_tab(pages[name].as_uri() + fragment, **options)

    return opened


@pytest.fixture(scope="session")
def oxigraph_server() -> Iterator[Running]:
    with oxigraph() as running:
        yield running


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


@pytest.fixture
def empty_oxigraph() -> Iterator[Running]:
    """An Oxigraph server of a test's own."""
    with oxigraph() as running:
        yield running


@pytest.fixture(scope="session")
def other_virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A Virtuoso server into which tests may load what they want."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running
