"""The pages of the service in Chromium: forms, answers, the query page, at three widths."""

from __future__ import annotations

from typing import Any

import pytest

from tests.accessibility import serious
from tests.citypact.service.serving import Running

ANSWER = "/question/agreements-of-city.{language}.html?city=Seoul&show="


@pytest.fixture
def tab(browser: Any) -> Any:
    context = browser.new_context(locale="ko-KR", viewport={"width": 360, "height": 800})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults


@pytest.mark.page
def test_forms_and_answers_fit_three_widths(service: Running, tab: Any) -> None:
    paths = ["/questions.{language}.html", "/ask.{language}.html?q=과야킬 협정 서명자"]
    paths += [ANSWER + show for show in ("table&sources=true", "map", "network", "timeline")]
    for language in ("ko", "en"):
        for path in paths:
            tab.goto(service.address + path.format(language=language))
            for width in (360, 800, 1400):
                tab.set_viewport_size({"width": width, "height": 800})
                assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
            assert serious(tab) == [], path


@pytest.mark.page
def test_a_question_is_typed_read_and_run_by_keyboard(service: Running, tab: Any) -> None:
    tab.goto(f"{service.address}/questions.ko.html")
    tab.fill("#question", "과야킬 협정에는 누가 서명했나?")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".understood")
    assert "과야킬" in tab.inner_text(".understood")
    tab.focus(".understood button")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#answer")
    assert "서정협" in tab.inner_text("#answer")


@pytest.mark.page
def test_the_query_page_speaks_korean_and_fits_a_phone(service: Running, tab: Any) -> None:
    tab.goto(f"{service.address}/sparql")
    tab.click(".yasqe_queryButton")
    tab.wait_for_selector(".yasr table tbody tr")
    assert "서울" in tab.inner_text(".yasr table tbody")
    tab.wait_for_selector("[aria-label='질의 실행']")
    assert tab.inner_text(".yasr_response_chip").startswith("결과")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
