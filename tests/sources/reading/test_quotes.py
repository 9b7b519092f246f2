"""Quotes become spans: where words are found in a text, and how a record is changed in place."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citypact.ontology.errors import RecordError
from citypact.sources.reading.quoted_spans import turn_quotes
from citypact.sources.reading.quotes import QuotedText
from citypact.sources.reading.texts import Texts
from citypact.sources.reading.values import ValueFault

TEXT = (
    "부산시와 오클랜드시는 ‘업무협약(MOU)’을\r\n체결했다.\n"
    "Busan and Auckland signed a Memorandum of Under-\nstanding on 2 May 2024; "
    "Busan’s mayor Park signed it, Café Überall 😀 paid for tourism and art.\n"
    "The party starts at 2 p.m.; the artists start later.\n"
)
QUOTED = QuotedText(TEXT)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("오클랜드시는", "오클랜드시는"),
        ("  ‘업무협약(MOU)’을 체결했다 ", "‘업무협약(MOU)’을\r\n체결했다"),
        ("'업무협약(ＭＯＵ)'을", "‘업무협약(MOU)’을"),
        (unicodedata.normalize("NFD", "부산시와"), "부산시와"),
        (unicodedata.normalize("NFD", "Café Überall"), "Café Überall"),
        ("a memorandum of under-standing", "a Memorandum of Under-\nstanding"),
        ("업무 협약", "업무협약"),
        ("busan's MAYOR", "Busan’s mayor"),
        ("😀 paid", "😀 paid"),
        ("art", "art"),  # not the one in starts or artists
        ("uckland", "uckland"),  # within a word, where it is nowhere else
    ],
)
def test_words_are_found_as_people_quote_them(words: str, found: str) -> None:
    start, end = QUOTED.span(words)
    assert TEXT[start:end] == found


def test_text_and_quote_may_be_composed_otherwise() -> None:
    taken_apart = QuotedText(unicodedata.normalize("NFD", "그리고 부산시는 서명했다"))
    start, end = taken_apart.span("부산시는")
    assert unicodedata.normalize("NFC", taken_apart.text[start:end]) == "부산시는"


@pytest.mark.parametrize(
    ("words", "occurrence", "says"),
    [
        (
            "signed",
            0,
            "'signed' is in the text 2 times:\n"
            "        1: line 3: …결했다. Busan and Auckland «signed» a Memorandum of Under- …\n"
            "        2: line 4: …024; Busan’s mayor Park «signed» it, Café Überall 😀 paid…",
        ),
        (
            "Auckland signed an agreement",
            0,
            "'Auckland signed an agreement' is not in the text; the nearest passage is:\n"
            "        line 3: …MOU)’을 체결했다. Busan and «Auckland signed a Memorandum» of Under- "
            "standing on 2…",
        ),
        ("Zürich", 0, "'Zürich' is not in the text"),
        ("tourism", 2, "'tourism' is in the text only once"),
        ("signed", 3, "'signed' is in the text only 2 times:"),
    ],
)
def test_doubts_are_told_with_their_places(words: str, occurrence: int, says: str) -> None:
    with pytest.raises(ValueFault) as raised:
        QUOTED.span(words, occurrence)
    assert raised.value.message.startswith(says)
    assert raised.value.cure


def test_a_place_is_chosen_by_its_number() -> None:
    assert [QUOTED.span("signed", number) for number in (1, 2)] == QUOTED.spans("signed")


@given(st.text("ab 가각\n'’", min_size=1, max_size=40), st.data())
def test_any_words_of_a_text_are_found_where_they_are(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    found = {text[slice(*span)] for span in QuotedText(text).spans(words)}
    if words.strip():
        assert found
        assert all(each.split() == words.split() for each in found)


BEFORE = """\
# a record
document:
  id: busan  # é
  title: {ko: "😀"}
  sha256: DIGEST
  characters: 227
  versions: {ko: {words: "부산시와 오클랜드시는"}, en: 3-9}
agreements:
  busan-auckland:
    at: [{words: "오클랜드시는"}, 3-9, {occurrence: 2, words: 'signed'}]   # both
    form: {is: agreement, at: {words: "업무협약"}}

    signed:
      is: 2024-05-02
      at:
        words: on 2 May
          2024

    # the parties
    parties:
      - is: busan
        at:  # why
          words: "Busan"   # first
          occurrence: 1
      - is: auckland
        at:
          - words: >
              Auckland
              signed
            occurrence: 1
          - 3-9
    status: {is: signed, at:
      {words: "it, Café"}}
"""
AFTER = """\
# a record
document:
  id: busan  # é
  title: {ko: "😀"}
  sha256: DIGEST
  characters: 227
  versions: {ko: 0-11, en: 3-9}
agreements:
  busan-auckland:
    at: [5-11, 3-9, 124-130]   # both
    form: {is: agreement, at: 13-17}

    signed:
      is: 2024-05-02
      at: 90-103

    # the parties
    parties:
      - is: busan
        at:  # why
          32-37   # first
      - is: auckland
        at:
          - 42-57
          - 3-9
    status: {is: signed, at:
      131-139}
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "records" / "busan.yaml"
    path.parent.mkdir()
    return path


def texts() -> tuple[str, Texts]:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    return digest, Texts({digest: TEXT})


@pytest.mark.parametrize(("mark", "line_end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_a_record_keeps_all_but_its_quotes(record: Path, mark: str, line_end: str) -> None:
    digest, known = texts()
    before, after = (
        (mark + each.replace("DIGEST", digest).replace("\n", line_end)).encode()
        for each in (BEFORE, AFTER)
    )
    record.write_bytes(before)
    (turned,) = turn_quotes([record], known)
    assert turned.data == after
    assert record.read_bytes() == before  # the caller writes
    record.write_bytes(after)
    assert turn_quotes([record], known) == []


def test_all_faults_of_all_records_are_told_at_once(record: Path) -> None:
    digest, known = texts()
    head = "document: {id: busan, sha256: DIGEST, characters: 227}\nagreements:\n  busan:\n"
    lines = (
        '    at: {words: "nowhere"}',
        '    form: {is: agreement, at: {words: "agreement", ocurrence: 2}}',
        '    signed: {is: 2024, at: {words: "2 May", occurrence: two}}',
        "    status: {is: signed, at: {words: }}",
        '    parties: {is: busan, at: {words: "Busan and",  # why\n      occurrence: 1}}',
    )
    record.write_text((head + "\n".join(lines)).replace("DIGEST", digest), encoding="utf-8")
    other = record.with_name("other.yaml")
    other.write_text(BEFORE, encoding="utf-8")
    with pytest.raises(RecordError) as raised:
        turn_quotes([record, other], known)
    told = [str(problem).splitlines()[0] for problem in raised.value.problems]
    assert told == [
        "records/busan.yaml:4: agreements.busan.at: 'nowhere' is not in the text",
        "records/busan.yaml:5: agreements.busan.form.at: 'ocurrence' cannot be used here",
        "records/busan.yaml:6: agreements.busan.signed.at: `occurrence` is not the number of a "
        "place",
        "records/busan.yaml:7: agreements.busan.status.at: quotes no words",
        "records/busan.yaml:8: agreements.busan.parties.at: has a comment inside the braces, "
        "which would be lost",
        "records/other.yaml:5: document.sha256: no document has this SHA-256 digest, so no words "
        "can be found",
    ]
