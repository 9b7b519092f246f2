"""QuickStatements: every line is a command, says no more than a source does, and names it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from citypact.api import Graph
from citypact.graph.export.quickstatements import (
    StatementBatch,
    plain_text,
    time_value,
    web_address,
)
from citypact.graph.rdf.terms import import_graph, term
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError
from citypact.sources.reading.edtf import parse_edtf
from tests.graph.export.twins import twins

# Version 1 after https://www.wikidata.org/wiki/Help:QuickStatements: parts divided by tabs (a bar
# counts as a tab, two as a line end), items and properties, texts in double quotes, times with
# their precision. It turns typographic double quotes into plain ones.
ITEM, STRING = r"Q[1-9]\d*", r'"[^"“”|\t\n\r]+"'
URL = r"\"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+\""
TIME = r"\+(\d{4})-(\d\d)-(\d\d)T00:00:00Z/(8|9|10|11)"
KINDS = {
    "P580": TIME,
    "P582": TIME,
    "S854": URL,
    "S1476": rf"[a-z]{{2}}:{STRING}",
    "S577": TIME,
    "S813": TIME,
    "S1065": URL,
}


def assert_time(text: str) -> None:
    match = re.fullmatch(TIME, text)
    assert match, text
    known = int(match[4])
    assert (match[2] != "00") == (known >= 10) and (match[3] != "00") == (known == 11)


def commands(text: str) -> list[dict[str, Any]]:
    """Parses commands strictly: any character that is out of place fails."""
    assert text == "" or text.endswith("\n")
    found = []
    for line in text.splitlines():
        assert "\n" + line + "\n" in "\n" + text, "lines end with a line feed and nothing else"
        assert "|" not in line and not re.search(r"/\*.*\*/\s*$", line)
        one, name, other, *rest = line.split("\t")
        assert re.fullmatch(ITEM, one) and name == "P190" and re.fullmatch(ITEM, other)
        assert one != other
        assert len(rest) % 2 == 0
        keys = rest[::2]
        assert keys == sorted(keys, key=list(KINDS).index), "qualifiers, then one reference"
        assert len(keys) == len(set(keys)) and "S854" in keys
        for key, value in zip(keys, rest[1::2], strict=True):
            assert re.fullmatch(KINDS[key], value), (key, value)
            if KINDS[key] == TIME:
                assert_time(value)
        found.append({"pair": (one, other)} | dict(zip(keys, rest[1::2], strict=True)))
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return twins(tmp_path_factory.mktemp("twins"))


def test_sister_cities_go_in_both_directions_with_dates_as_precise_as_known(small: Graph) -> None:
    batch = small.quickstatements()
    found = commands(batch.text)
    pairs = {each["pair"] for each in found}
    assert pairs == {
        (a, b)
        for x in ("Q1867", "Q3640", "Q18094", "Q220", "Q1524")
        for a, b in (("Q8684", x), (x, "Q8684"))
    }
    taipei = next(each for each in found if each["pair"] == ("Q8684", "Q1867"))
    assert taipei["P580"] == "+1968-03-23T00:00:00Z/11"
    assert taipei["P582"] == "+1992-08-00T00:00:00Z/10"
    honolulu = next(each for each in found if each["pair"] == ("Q8684", "Q18094"))
    assert "P580" not in honolulu, "1973~ is approximate: a qualifier cannot say so"
    assert (batch.new, batch.known) == (10, 0)


def test_each_document_is_a_reference_of_its_own(small: Graph) -> None:
    found = [c for c in commands(small.quickstatements().text) if c["pair"] == ("Q8684", "Q3640")]
    assert [each["S854"] for each in found] == [
        "\"https://example.org/%EB%AA%A9%EB%A1%9D?a='1'&b=2\"",
        '"https://example.org/again"',
    ]
    assert [each["S577"] for each in found] == [
        "+2024-05-00T00:00:00Z/10",
        "+1971-08-23T00:00:00Z/11",
    ]
    assert [(each.get("S813"), each.get("S1065")) for each in found] == [
        (None, None),
        ("+2026-11-22T00:00:00Z/11", '"https://archive.example/1"'),
    ]


def test_a_document_that_says_another_day_is_no_reference_for_this_one(small: Graph) -> None:
    found = [c for c in commands(small.quickstatements().text) if c["pair"] == ("Q8684", "Q220")]
    assert [each["P580"] for each in found] == ["+2000-03-16T00:00:00Z/11"]
    assert not [each for each in found if "again" in each["S854"]]
    found = [c for c in commands(small.quickstatements().text) if c["pair"] == ("Q8684", "Q1867")]
    assert {each["P580"] for each in found} == {"+1968-03-23T00:00:00Z/11"}
    assert not [each for each in found if "again" in each["S854"]], "a year alone is no day"


LATER = """\
document:
  id: later
  label: {ko: 다른 소식, en: Other news}
  type: web-notice
  address: https://example.org/later
  published: 1968-02
partnerships:
  seoul-taipei: {relation_type: sister-city, established: {is: 1968-04-01, modality: expected}}
  seoul-ankara: {relation_type: sister-city, established: 1971-08-23}
  seoul-rome: {relation_type: friendship-city, established: 2000-03-16}
  seoul-honolulu: {relation_type: sister-city}
"""


def test_a_reference_gives_kind_and_date_as_facts(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    later = LATER.replace("friendship-city", "{is: friendship-city, modality: expected}")
    (tmp_path / "records" / "later.yaml").write_text(later, encoding="utf-8")
    found = commands(twins(tmp_path).quickstatements().text)
    cited = {each["pair"][1] for each in found if "later" in each["S854"]}
    # Of Taipei it expects another day, of Rome another kind.
    assert cited - {"Q8684"} == {"Q3640", "Q18094"}
    ankara = [each for each in found if each["pair"] == ("Q8684", "Q3640")]
    assert {each["P580"] for each in ankara} == {"+1971-08-00T00:00:00Z/10"}
    assert len(ankara) == 3, "a day within the month gives the month"


def test_what_is_inferred_is_not_sent(small: Graph) -> None:
    [athens] = [
        c for c in commands(small.quickstatements().text) if c["pair"] == ("Q8684", "Q1524")
    ]
    assert "P580" not in athens


def test_what_has_no_item_or_no_address_is_left_out_and_told(small: Graph) -> None:
    batch = small.quickstatements()
    assert batch.without_item == ("Nowhere",)
    assert batch.without_address == ("Seoul–Jakarta",)
    assert "Q3630" not in batch.text


def test_friendship_cities_only_where_asked_for(small: Graph) -> None:
    assert "Q85\t" not in small.quickstatements().text
    found = commands(small.quickstatements(relations=["friendship-city"]).text)
    assert {each["pair"] for each in found} == {("Q8684", "Q85"), ("Q85", "Q8684")}
    both = small.quickstatements(relations=["sister-city", "friendship-city"])
    assert both.new == 12


def test_what_wikidata_has_is_left_out_direction_by_direction(small: Graph) -> None:
    batch = small.quickstatements([("Q8684", "Q1867"), ("Q8684", "Q60")])
    pairs = [each["pair"] for each in commands(batch.text)]
    assert ("Q8684", "Q1867") not in pairs and ("Q1867", "Q8684") in pairs
    assert (batch.new, batch.known) == (9, 1)
    all_known = {each["pair"] for each in commands(small.quickstatements().text)}
    assert small.quickstatements(all_known) == StatementBatch(
        "", 0, 10, ("Nowhere",), ("Seoul–Jakarta",)
    )


@pytest.mark.parametrize(
    "table",
    [
        "Q8684,Q1867\n",
        "item,twin\r\nhttp://www.wikidata.org/entity/Q8684,www.wikidata.org/entity/Q1867\r\n",
        "\ufeffQ8684,Q1867,1968,more\n\n",
        "city,twinned_with,source,start,end\nseoul,taipei,wikidata,,\nseoul,unknown,wikidata,,\n",
        "source,twinned_with,city\nx,wikidata-q1867,seoul\n",
    ],
)
def test_known_links_are_read_from_tables(small: Graph, tmp_path: Path, table: str) -> None:
    (tmp_path / "twins.csv").write_text(table, encoding="utf-8", newline="")
    (tmp_path / "cities.csv").write_text(
        "id,wikidata\nwikidata-q1867,Q1867\nempty,\n", encoding="utf-8"
    )
    batch = small.quickstatements(tmp_path / "twins.csv")
    assert (batch.new, batch.known) == (9, 1)
    assert ("Q8684", "Q1867") not in {each["pair"] for each in commands(batch.text)}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Q8684,Q60\nSeoul,Taipei\n", "twins.csv:2: does not begin with two Wikidata items"),
        (b"Q8684,Q60\nQ8684\n", "twins.csv:2:"),
        (b"item,twin\n", "twins.csv: has no links between Wikidata items"),
        (b"city,twinned_with\nseoul,nowhere\n", "twins.csv: has no links"),
        (b"\xff\xfe\x00", "is UTF-16, not UTF-8"),
        (b'Q1,"Q2\n', "twins.csv:1: is not CSV"),
    ],
)
def test_a_table_that_is_none_is_refused(
    small: Graph, tmp_path: Path, data: bytes, says: str
) -> None:
    (tmp_path / "twins.csv").write_bytes(data)
    with pytest.raises(CitypactError, match=says):
        small.quickstatements(tmp_path / "twins.csv")
    with pytest.raises(CitypactError, match="cannot be read"):
        small.quickstatements(tmp_path / "nothing.csv")


def test_what_an_import_from_wikidata_told_the_graph_is_known(small: Graph) -> None:
    batches = []
    for address in ("https://query.wikidata.org/sparql", "https://example.org/twins.csv"):
        document = ox.NamedNode(ID + "doc/snapshot")
        ends = [ox.NamedNode(f"{ID}city/{name}") for name in ("seoul", "taipei")]
        more = [
            ox.Quad(document, term("address"), ox.NamedNode(address)),
            ox.Quad(ends[0], term("twinnedWith"), ends[1]),
            ox.Quad(ends[0], term("twinnedWith"), ends[1], import_graph(document.value)),
        ]
        batches.append(Graph(LocalStore.of([*small.store.quads(), *more])).quickstatements())
    batch, other = batches
    assert (other.new, other.known) == (10, 0), "another list is not Wikidata"
    assert (batch.new, batch.known) == (9, 1)
    assert ("Q8684", "Q1867") not in {each["pair"] for each in commands(batch.text)}


def test_the_packaged_records_give_commands(graph: Graph) -> None:
    found = commands(graph.quickstatements().text)
    san_francisco = [each for each in found if each["pair"] == ("Q8684", "Q62")]
    assert any("news.seoul.go.kr" in each["S854"] for each in san_francisco)
    assert {each["pair"][::-1] for each in found} == {each["pair"] for each in found}


@pytest.mark.parametrize(
    ("edtf", "written"),
    [
        ("1976", "+1976-00-00T00:00:00Z/9"),
        ("1976-05", "+1976-05-00T00:00:00Z/10"),
        ("1976-05-18", "+1976-05-18T00:00:00Z/11"),
        ("197X", "+1970-00-00T00:00:00Z/8"),
        *((text, "") for text in ("19XX", "1976?", "1976~", "1976%", "1976-XX-18", "XXXX-XX-30")),
        *((text, "") for text in ("1976/1978", "1976/..", "1976-1X")),
    ],
)
def test_times_have_the_precision_of_their_source(edtf: str, written: str) -> None:
    assert time_value(parse_edtf(edtf)) == written


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a?b=1&c=%20#d", "https://example.org/a?b=1&c=%20#d"),
        ('https://example.org/"a"|b||c', "https://example.org/%22a%22%7Cb%7C%7Cc"),
        ("https://example.org/a\tb\nc", "https://example.org/a%09b%0Ac"),
        ("https://example.org/“서울”", "https://example.org/%E2%80%9C%EC%84%9C%EC%9A%B8%E2%80%9D"),
        *(
            (text, "")
            for text in ("", "javascript:alert(1)", "file:///etc", "https://", "http://[")
        ),
    ],
)
def test_addresses_cannot_break_a_line(address: str, written: str) -> None:
    assert web_address(address) == written
    if written:
        assert re.fullmatch(URL, f'"{written}"')


def test_texts_cannot_break_a_line() -> None:
    text = plain_text(' a"b“c”d|e||f\tg\nh\r\u2028i\x00j\u202e k ')
    assert re.fullmatch(STRING, f'"{text}"') and len(text.splitlines()) == 1
    assert text == "a'b'c'd/e//f g h i j k"
