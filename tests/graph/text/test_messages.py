"""Messages in two languages: fields, numbers, plurals and Korean particles."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.text.messages import Messages

FILE = """
[count]
cities = { ko = "도시 {n}개", en = { one = "{n} city", other = "{n} cities" } }
both = { ko = "{cities}를 {name:이/가} 봅니다.", en = "{name} sees {cities}." }
"""


@pytest.fixture
def message(tmp_path: Path) -> Messages:
    path = tmp_path / "words.toml"
    path.write_text(FILE, encoding="utf-8")
    return Messages(str(path))


def test_numbers_choose_the_plural_and_are_written_with_thousands_apart(message: Messages) -> None:
    assert message("count.cities", n=1) == {"ko": "도시 1개", "en": "1 city"}
    assert message("count.cities", n=0)["en"] == "0 cities"
    assert message("count.cities", n=24796) == {"ko": "도시 24,796개", "en": "24,796 cities"}


@pytest.mark.parametrize(("name", "ko"), [("서울", "서울이"), ("런던시", "런던시가")])
def test_fields_are_words_of_both_languages_and_take_their_particle(
    message: Messages, name: str, ko: str
) -> None:
    said = message("count.both", cities=message("count.cities", n=2), name={"ko": name, "en": "X"})
    assert said == {"ko": f"도시 2개를 {ko} 봅니다.", "en": "X sees 2 cities."}


def test_what_a_field_holds_is_text_and_no_pattern(message: Messages) -> None:
    assert (
        message("count.both", cities="{n}", name="{0.__class__}")["en"] == "{0.__class__} sees {n}."
    )


def test_unknown_messages_and_fields_without_a_value_are_refused(message: Messages) -> None:
    with pytest.raises(KeyError):
        message("count.towns")
    with pytest.raises(KeyError):
        message("count.both", name="x")
