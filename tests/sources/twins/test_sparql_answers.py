"""Saved answers of a SPARQL endpoint: JSON and CSV, whole and broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citypact.ontology.errors import CitypactError
from citypact.sources.twins.model import TwinLink
from citypact.sources.twins.sparql_answers import edtf, item_of, read_answers
from tests.soak import times

SEOUL, TOKYO, KOREA = (f"http://www.wikidata.org/entity/Q{n}" for n in (8684, 1490, 884))


def save(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def sparql_json(*rows: dict[str, str]) -> str:
    """Rows in SPARQL 1.1 Query Results JSON."""
    bindings = [{k: {"type": "literal", "value": v} for k, v in row.items()} for row in rows]
    return json.dumps({"head": {"vars": []}, "results": {"bindings": bindings}})


WIDE = {
    "item": SEOUL, "itemLabel": "Seoul", "other": TOKYO, "otherLabel": "Tokyo",
    "country": KOREA, "countryLabel": "South Korea", "iso": "KR",
    "coordinates": "Point(126.99 37.56)", "population": "9668465",
    "start": "1988-01-01T00:00:00Z",
}  # fmt: skip


def test_a_wide_answer_in_every_form(tmp_path: Path) -> None:
    more = WIDE | {"population": "9904312", "coordinates": "Point(126.9 37.5)"}
    header = ",".join(WIDE)
    csv = "\n".join([header, *(",".join(row.values()) for row in (WIDE, more))]) + "\n"
    saved = [
        save(tmp_path, "a.json", sparql_json(WIDE, more)),
        save(tmp_path, "b.json", json.dumps([WIDE, more])),
        save(tmp_path, "c.csv", csv),
        save(tmp_path, "d.tsv", csv.replace(",", "\t").replace("item\t", "?item\t")),
    ]
    for path in saved:
        twins = read_answers([path])
        # Two populations and two points, and still one link.
        assert twins.links == [TwinLink("Q8684", "Q1490", "1988")], path
        assert twins.is_directed
        seoul = twins.cities["Q8684"]
        assert (seoul.name, seoul.country, seoul.iso2) == ("Seoul", "South Korea", "KR")
        assert (seoul.population, seoul.place) == (9904312, (37.5, 126.9))
        assert twins.cities["Q1490"].name == "Tokyo"


def test_links_and_facts_in_two_files(tmp_path: Path) -> None:
    links = sparql_json({"statement": "s1", "item": SEOUL, "other": TOKYO})
    facts = sparql_json(
        {"item": SEOUL, "what": "population", "value": "1", "detail": "2020-01-01T00:00:00Z"},
        {"item": SEOUL, "what": "population", "value": "2", "detail": "1990-01-01T00:00:00Z"},
        {"item": SEOUL, "what": "geonames", "value": "999999"},
        {"item": SEOUL, "what": "geonames", "value": "1835848"},
        {"item": SEOUL, "what": "coordinates", "value": "<http://moon> Point(1 1)"},
    )
    twins = read_answers([save(tmp_path, "a", links), save(tmp_path, "b", facts)])
    seoul = twins.cities["Q8684"]
    assert (seoul.population, seoul.geonames, seoul.place) == (1, "999999", None)
    assert [each.file for each in twins.inputs] == ["a", "b"]


def test_broken_characters_of_a_label_are_left_out(tmp_path: Path) -> None:
    text = sparql_json({"item": SEOUL, "itemLabel": "Se\ud800oul\x1b[31m", "other": TOKYO})
    twins = read_answers([save(tmp_path, "a.json", text)])
    assert twins.cities["Q8684"].name == "Se oul [31m"


def test_objects_that_are_no_items_are_counted(tmp_path: Path) -> None:
    twins = read_answers(
        [save(tmp_path, "a.json", sparql_json(
            {"item": SEOUL, "other": TOKYO},
            {"item": SEOUL, "other": "_:b0"},
            {"item": "http://evil.example/Q1", "other": TOKYO},
        ))]
    )  # fmt: skip
    assert len(twins.links) == 1
    assert twins.others == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1]",
        "{}",
        '{"results": {"bindings": [1]}}',
        '{"results": 3}',
        sparql_json({"item": SEOUL, "other": TOKYO})[:-30],
        sparql_json({"name": "x"}),
        "[" * 100_000,
        "item,itemLabel\nQ1,x\n",
        "place,other\nQ1,Q2\n",
        "<html>",
    ],
)
def test_what_is_no_answer(tmp_path: Path, text: str) -> None:
    with pytest.raises(CitypactError, match="->"):
        read_answers([save(tmp_path, "saved", text)])


@pytest.mark.parametrize(
    ("time", "precision", "expected"),
    [
        ("1976-05-18T00:00:00Z", "11", "1976-05-18"),
        ("1976-05-18T00:00:00Z", "10", "1976-05"),
        ("1976-05-18T00:00:00Z", "9", "1976"),
        ("1976-01-01T00:00:00Z", "8", "197X"),
        ("1976-01-01T00:00:00Z", "7", ""),
        ("1976-01-01T00:00:00Z", "", "1976"),
        ("1976-05-01T00:00:00Z", "", "1976-05"),
        ("1976-05-18T00:00:00Z", "", "1976-05-18"),
        ("1976-00-00T00:00:00Z", "", "1976"),
        ("1976-02-31T00:00:00Z", "11", ""),
        ("-0044-03-15T00:00:00Z", "11", ""),
        ("t123456", "", ""),
        ("", "", ""),
    ],
)
def test_times_are_no_more_precise_than_said(time: str, precision: str, expected: str) -> None:
    assert edtf(time, precision) == expected


def test_items() -> None:
    assert item_of("Q8684") == item_of(SEOUL) == "Q8684"
    for text in ("Q0", "Q08", "P190", "Q8684> . DROP ALL", SEOUL + "/x", "http://x/Q1", ""):
        assert item_of(text) == ""


_WORD = st.sampled_from(
    ["item", "other", "what", "value", "start", "country", "iso", "coordinates", "population"]
)
_VALUE = st.one_of(
    st.sampled_from([SEOUL, TOKYO, "label", "Point(1 2)", "Point(nan 1)", "1e400", "iso"]),
    st.text(max_size=12),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=times(150))
@given(st.lists(st.dictionaries(_WORD, _VALUE)))
def test_any_answer_is_read_or_refused(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    path = save(tmp_path, "a.json", sparql_json({"item": SEOUL, "other": TOKYO}, *rows))
    twins = read_answers([path])
    assert {
        end for link in twins.links for end in (link.source, link.target)
    } <= twins.cities.keys()
