"""Texts at hand are found by their digest, and spans are shown in their sentence."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citypact.ontology.errors import CitypactError
from citypact.sources.reading.personal_data import MASK, masked
from citypact.sources.reading.texts import MAXIMUM_BYTES, Texts

KOREAN = "서울시는 협약을 맺었다. 두 도시는 ‘정책을 공유한다.’ 체결일은 2013. 10. 21.(월)이다."
ENGLISH = 'Seoul signed it in 2017. "It matters." Mayor Edwin M. Lee spoke! Did he? Yes'
LINES = "제1조\n두 도시는\n노력한다.\n제2조\n"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def shown(text: str, words: str) -> str:
    """The sentence that is shown for words of a text; the words themselves in brackets."""
    start = text.index(words)
    found = Texts({digest(text): text}).sentence(digest(text), (start, start + len(words)))
    assert found is not None
    sentence, (begin, end) = found
    assert sentence[begin:end] == words
    return f"{sentence[:begin]}[{words}]{sentence[end:]}"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (KOREAN, "서울시", "[서울시]는 협약을 맺었다."),
        (KOREAN, "정책", "두 도시는 ‘[정책]을 공유한다.’"),
        (KOREAN, "맺었다. 두", "서울시는 협약을 [맺었다. 두] 도시는 ‘정책을 공유한다.’"),
        (KOREAN, "월", "체결일은 2013. 10. 21.([월])이다."),
        (KOREAN, "2013. 10. 21.", "체결일은 [2013. 10. 21.](월)이다."),
        (KOREAN, "이다.", "체결일은 2013. 10. 21.(월)[이다.]"),
        (ENGLISH, "Seoul", "[Seoul] signed it in 2017."),
        (ENGLISH, "2017.", "Seoul signed it in [2017.]"),
        (ENGLISH, "matters", '"It [matters]."'),
        (ENGLISH, "spoke", "Mayor Edwin M. Lee [spoke]!"),
        (ENGLISH, "Mayor", "[Mayor] Edwin M. Lee spoke!"),
        (ENGLISH, "he", "Did [he]?"),
        (ENGLISH, "Yes", "[Yes]"),
        (LINES, "두 도시", "[두 도시]는"),
        (LINES, "두 도시는\n노력", "[두 도시는\n노력]한다."),
        (LINES, "제2조", "[제2조]"),
    ],
)
def test_shows_the_sentence_around_a_span(text: str, words: str, expected: str) -> None:
    assert shown(text, words) == expected


@given(st.text("가나. \n다!?’”)a1", min_size=1, max_size=40), st.data())
def test_the_span_always_stands_in_its_sentence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = Texts({"digest": text}).sentence("digest", (start, end))
    assert found is not None
    sentence, (begin, stop) = found
    assert sentence in text
    assert sentence == sentence.strip()
    # White space at the ends of a span falls away with that of its sentence.
    assert 0 <= begin <= stop <= len(sentence)
    assert sentence[begin:stop].strip() == text[start:end].strip()


def test_how_to_reach_people_is_masked_and_the_span_stays() -> None:
    text = "서명은 2015-03-02에 했다. 문의: 국제협력과 김하늘 02-120-0000, me@example.org\n끝."
    start = text.index("문의")
    found = Texts({digest(text): text}).sentence(digest(text), (start, start + 3))
    assert found is not None
    sentence, (begin, stop) = found
    assert sentence[begin:stop] == "문의:"
    assert not any(part in sentence for part in ("김하늘", "120", "example"))
    assert masked(text).startswith("서명은 2015-03-02에 했다.")


@pytest.mark.parametrize(
    "text",
    [
        "02-120-0000", "02) 120-0000", "+82-2-120-0000", "010-1234-5678로", "(031)120-0000",
        "1588-0000", "someone@city.example.kr", "someone (at) city.example",
        "담당 김하늘(02-120-0000)",
        "Contact: Ms Kim, room 3", "Tel: 120", "☎ 120 김하늘", "문의처 : 국제협력과",
        "(02)120-0000", "01012345678", "021200000", "(+82) 2-120-0000", "82-2-120-0000",
        "0082 2 120 0000", "0505-123-4567", "02–120–0000", "０２-１２０-００００",
        "전화02-120-0000",
        "02-120-0000/02-120-0001", "02-120-0000~15", "(213) 978-0600", "213-978-0600",
        "담당자 김하늘 주무관(02-120-0000)", "책임자 과장 김하늘 (044-120-0000)",
        "담 당 자: 김하늘",
        "연락처 김하늘 02-120-0000", "contact Ms Kim at +1 213 978 0600", "Contact person: Ms Kim",
        "Media contact – Ms Kim", "someone＠city.example.kr", "someone[at]city.example",
        "연락처 2120-1234", "전화 120－1234", "내선 1234", "내선번호 1234로", "Ext. 1234",
        "tel 2120-1234", "정책과장 김하늘 2120-1234", "+49 (0)30 9026-0",
    ],
)  # fmt: skip
def test_numbers_addresses_and_contact_lines_are_masked(text: str) -> None:
    found = masked(f"가. {text} 나")
    assert len(found) == len(f"가. {text} 나")
    assert MASK in found
    assert not re.search(r"[0-9]{2}|김하늘|someone|Kim|국제협력과", found)


@pytest.mark.parametrize(
    "text",
    [
        "2015-03-02", "1998-2003", "1,500-2,000", "제2018-1234호", "605.21 km2", "9,776,000명",
        "담당하는 부서", "문의가 많다", "https://example.org/2133-6193-0000/02-120-0000",
        "contact between cities", "the phone industry", "37.566, 126.9784", "ISO 9001-2015",
        "담당 부서 과장 회의", "담당자 연수", "more contact - less trade", "ISBN 978-3-16-148410-0",
        "과장 회의 2015-2018", "3000-5000명", "국장 회의 3000명", "내선 1,200km", "text 1234",
        "전화 3000대",
    ],
)  # fmt: skip
def test_what_reaches_nobody_stays(text: str) -> None:
    assert masked(f"가. {text} 나") == f"가. {text} 나"


def test_a_word_of_any_length_is_looked_through() -> None:
    assert masked("a" * 300_000) == "a" * 300_000


def test_the_wrong_text_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(KOREAN + " ", encoding="utf-8")
    assert Texts.in_folder(tmp_path).sentence(digest(KOREAN), (0, 3)) is None


def test_a_span_beyond_the_text_is_not_shown() -> None:
    assert Texts({"digest": "가나다"}).sentence("digest", (1, 4)) is None


def test_a_folder_gives_its_texts_by_digest_whatever_their_names(tmp_path: Path) -> None:
    (tmp_path / "서울 #1.pdf").write_text(KOREAN, encoding="utf-8")
    (tmp_path / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    (tmp_path / "huge.txt").write_bytes(b" " * (MAXIMUM_BYTES + 1))
    (tmp_path / "folder").mkdir()
    (tmp_path / "nowhere").symlink_to("missing")
    assert Texts.in_folder(tmp_path) == Texts({digest(KOREAN): KOREAN})


def test_offsets_count_the_text_as_it_stands_on_disk(tmp_path: Path) -> None:
    data = "가\r\n나\u00a0다".encode()
    (tmp_path / "text").write_bytes(data)
    assert list(Texts.in_folder(tmp_path).by_digest.values()) == ["가\r\n나\u00a0다"]


def test_what_is_no_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CitypactError, match="is not a folder\n    -> name the folder"):
        Texts.in_folder(tmp_path / "missing")
