"""Words by which browsers find passages, and the links made of them.

Chromium follows such links in `tests/graph/pages/test_passage_links.py`.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citypact.sources.model import PassageWords
from citypact.sources.reading.text_fragments import (
    MAXIMUM_CHARACTERS,
    first_match,
    passage_link,
    passage_words,
    readable,
)

NEWS = (
    "서울시와 하노이시는 2015년 3월 2일 서울에서 ‘스마트시티’ 양해각서를 체결했다.\n"
    "서울시는 3월 3일 하노이시와 교통·환경 정책을 공유했다.\n"
    "Seoul and Hanoi signed the Seoul-Hanoi memorandum of 2 March 2015 (Monday).\n"
    "Seoul and Hanoi met.\n"
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2015년 3월 2일", PassageWords("2015년 3월 2일")),
        # Whole words: browsers do not find the beginning or the end of one.
        ("노이시는 2015", PassageWords("하노이시는 2015년")),
        ("환경", PassageWords("교통·환경")),
        ("스마트시티", PassageWords("스마트시티")),
        ("Monday", PassageWords("Monday")),
        # The first place is found, so a later one needs the words around it.
        ("Seoul and Hanoi met", PassageWords("Seoul and Hanoi met")),
        ("Hanoi memorandum", PassageWords("Hanoi memorandum")),
        ("3월 3일", PassageWords("3월 3일")),
        ("하노이시와 교통", PassageWords("하노이시와 교통·환경")),
        (
            "Hanoi signed the Seoul-Hanoi memorandum of 2 March",
            PassageWords("Hanoi signed", "memorandum of 2 March"),
        ),
    ],
)
def test_words_of_a_passage(words: str, expected: PassageWords) -> None:
    start = NEWS.index(words)
    assert passage_words(NEWS, (start, start + len(words))) == expected


def test_words_around_tell_places_apart() -> None:
    start = NEWS.rindex("Seoul and Hanoi")
    found = passage_words(NEWS, (start, start + len("Seoul and Hanoi")))
    assert found is not None
    assert found.suffix == "met" or found.prefix
    assert first_match(NEWS, found) == (start, start + len("Seoul and Hanoi"))


def test_a_browser_may_end_a_word_where_the_script_changes() -> None:
    text = "조사시 WeGO의 자문\n조사시 WeGO 자문\n제3조 협력 및 제3 조 협력"
    start = text.rindex("조사시")
    found = passage_words(text, (start, start + len("조사시 WeGO")))
    assert found == PassageWords("조사시 WeGO", suffix="자문")
    start = text.rindex("제3")
    assert first_match(text, PassageWords("제3")) != (start, start + 2)


@given(st.integers(0, len(NEWS)), st.integers(0, len(NEWS)))
def test_words_are_short_and_lead_to_the_passage(one: int, other: int) -> None:
    span = (min(one, other), max(one, other))
    found = passage_words(NEWS, span)
    if found is None:
        return
    for part in (found.start, found.end, found.prefix, found.suffix):
        assert len(part) <= MAXIMUM_CHARACTERS
        assert "\n" not in part
    start, end = first_match(NEWS, found) or (-1, -1)
    assert start < span[1] <= end or NEWS[end : span[1]].strip(" \n.‘’()-·") == ""


@pytest.mark.parametrize(
    ("address", "words", "link"),
    [
        (
            "https://example.org/a?b=1",
            PassageWords("first words", "last words"),
            "https://example.org/a?b=1#:~:text=first%20words,last%20words",
        ),
        (
            "https://example.org/#part",
            PassageWords("서울"),
            "https://example.org/#part:~:text=%EC%84%9C%EC%9A%B8",
        ),
        (
            "http://example.org/",
            PassageWords("a-b, c & d", "e%f", "(p,", ", s"),
            "http://example.org/#:~:text=%28p%2C-,a%2Db%2C%20c%20%26%20d,e%25f,-%2C%20s",
        ),
        # Marks around words are written in several ways on pages.
        (
            "https://example.org/",
            PassageWords("‘서울'", "(도시)."),
            "https://example.org/#:~:text=%EC%84%9C%EC%9A%B8,%EB%8F%84%EC%8B%9C",
        ),
        ("ftp://example.org/", PassageWords("a"), ""),
        ("javascript:alert(1)", PassageWords("a"), ""),
        ("http://[", PassageWords("a"), ""),
        ("", PassageWords("a"), ""),
        ("https://example.org/", None, ""),
    ],
)
def test_links(address: str, words: PassageWords | None, link: str) -> None:
    assert passage_link(address, words) == link


def test_letters_of_links_can_be_read() -> None:
    link = passage_link("https://example.org/%EA%B0%80", PassageWords("첫말, ‘a-b", "끝말"))
    assert readable(link) == "https://example.org/%EA%B0%80#:~:text=첫말%2C%20%E2%80%98a%2Db,끝말"
