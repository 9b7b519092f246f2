"""YAML as plain words that know their line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citypact.ontology.errors import RecordError
from citypact.sources.reading.yaml_tree import Fields, Items, Text, read_yaml


def read(folder: Path, text: str) -> Fields:
    path = folder / "record.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return read_yaml(path)


def test_words_stay_as_they_are_written(tmp_path: Path) -> None:
    words = ["no", "yes", "null", "~", "08:00", "2019-10-01", "1_000", "0x1F", "1e3", "45-1280", ""]
    found = read(tmp_path, "words:\n" + "".join(f"  - {word}\n" for word in words)).get("words")
    assert isinstance(found, Items)
    assert [item.value for item in found.values if isinstance(item, Text)] == words


def test_every_word_knows_its_line(tmp_path: Path) -> None:
    top = read(
        tmp_path, "a: 1\nb:\n  - 2\n  - {c: 3,\n     d: 4}\n\n# remark\ne: >\n  five\n  six\n"
    )
    items = top.get("b")
    assert isinstance(items, Items)
    inner = items.values[1]
    assert isinstance(inner, Fields)
    assert top.key_lines == {"a": 1, "b": 2, "e": 8}
    assert [item.line for item in items.values] == [3, 4]
    assert inner.key_lines == {"c": 4, "d": 5}
    assert top.get("e") == Text("five six\n", 8)
    assert top.get("missing") is None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_are_those_of_the_editor(newline: str, tmp_path: Path) -> None:
    top = read(tmp_path, newline.join(["a: 1", "", "b: 2", ""]))
    assert top.key_lines == {"a": 1, "b": 3}


def test_fields_keep_the_order_of_the_file(tmp_path: Path) -> None:
    assert [key for key, _ in read(tmp_path, "z: 1\na: 2\nm: 3\n")] == ["z", "a", "m"]


def test_tags_make_nothing_but_words(tmp_path: Path) -> None:
    top = read(tmp_path, "a: !!python/object/apply:os.system [ls]\nb: !!int 5\n")
    assert top.get("a") == Items((Text("ls", 1),), 1)
    assert top.get("b") == Text("5", 2)


def test_a_key_may_stand_in_several_mappings(tmp_path: Path) -> None:
    assert read(tmp_path, "a: {x: 1}\nb: {x: 2}\n").key_lines == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: {c: 1,\n  c: 2}\n", 3, "has the key 'c' twice (first in line 2)"),
        ("a: 1\n? {b: 2}\n: 3\n", 2, "has a key that is not a word"),
        ("a: 1\nb: &x 2\nc: *x\n", 2, "has a YAML anchor or alias, which records do not use"),
        ("a: 1\nb: " + "{c: " * 50 + "1" + "}" * 50, 2, "is nested too deeply"),
    ],
)
def test_faults_name_their_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError) as caught:
        read(tmp_path, text)
    assert [(p.file, p.line, p.message) for p in caught.value.problems] == [
        (str(tmp_path / "record.yaml"), line, message)
    ]


def test_forty_levels_are_enough_and_allowed(tmp_path: Path) -> None:
    assert read(tmp_path, "a: " + "[" * 39 + "]" * 39).key_lines == {"a": 1}


def test_messages_call_a_file_by_the_name_given(tmp_path: Path) -> None:
    path = tmp_path / "record.yaml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(RecordError, match=r"^records/mine\.yaml:1: has no fields"):
        read_yaml(path, "records/mine.yaml")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_cure(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(data)
    try:
        assert isinstance(read_yaml(path), Fields)
    except RecordError as error:
        assert all(problem.message and problem.cure for problem in error.problems)
        assert all(0 <= problem.line <= data.count(b"\n") + 200 for problem in error.problems)
