"""Where sources disagree: which values can all hold, which one facts follow, and why."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.graph.build.build import make_graph
from citypact.graph.build.contradictions import Contradiction, contradictions
from citypact.ontology import ID, NS
from citypact.ontology.errors import RecordError
from citypact.sources import PACKAGED
from citypact.sources.model import Sources
from citypact.sources.reading.load import load_sources
from tests.running import citypact
from tests.sources.small_registers import write_registers

TIE = ID + "partnership/seoul-hanoi"
HEADER = (
    "id,source,label.ko,label.en,partners,relation_type,established,established.modality,"
    "established.rank,established.reason.ko,established.reason.en\n"
)


def ties(folder: Path, *said: str) -> Path:
    """The small set, where `page`, `daily` and `weekly` say of a tie `date`, or `date rank`."""
    rows = []
    for source, words in zip(("page", "daily", "weekly"), said, strict=False):
        date, _, mark = words.partition(" ")
        label = ",관계,The tie" if source == "page" else ",,"
        rank = mark if mark in {"preferred", "deprecated"} else ""
        modality = "" if rank else mark
        reason = "까닭,The reason" if rank else ","
        rows.append(
            f"seoul-hanoi,{source}{label},city/seoul;city/hanoi,sister-city,{date},{modality},"
            f"{rank},{reason}\n"
        )
    return write_registers(folder, partnerships=HEADER + "".join(rows))


def of_tie(folder: Path) -> list[Contradiction]:
    return [each for each in contradictions(load_sources(folder)) if each.subject == TIE]


def established(folder: Path) -> set[str]:
    """The dates of the tie that are facts."""
    quads = make_graph(folder).quads(ox.NamedNode(TIE), ox.NamedNode(NS + "established"), None)
    return {
        quad.object.value.removeprefix(ID + "date/")
        for quad in quads
        if isinstance(quad.graph_name, ox.DefaultGraph)
    }


@pytest.mark.parametrize(
    "dates",
    [
        ("1996-05-01", "1996-05-01"),
        ("1996-05-01", "1996-05"),
        ("1996", "1996-05-01"),
        ("1996-05", "1996/1997", "1996-05-01"),
        ("XXXX-05-01", "1996-05-01"),
        ("1996-05-01", "XXXX-XX-01"),
    ],
)
def test_dates_that_lie_within_one_another_agree(dates: tuple[str, ...], tmp_path: Path) -> None:
    assert of_tie(ties(tmp_path, *dates)) == []


@pytest.mark.parametrize(
    "dates",
    [
        ("1996-05-01", "1996-05-02"),
        ("1996-05", "1996-06-01"),
        ("1996", "1997-05-01"),
        ("1996-05", "1996-06", "1996"),
        ("XXXX-06-01", "1996-05-01"),
        ("1996-05-31/1996-06-02", "1996-05"),
    ],
)
def test_other_dates_contradict(dates: tuple[str, ...], tmp_path: Path) -> None:
    (found,) = of_tie(ties(tmp_path, *dates))
    assert found.predicate == NS + "established"
    assert {value.value for value in found.values} == set(dates)
    assert not found.decided
    assert all(value.followed for value in found.values)


def test_a_rank_decides_and_says_why(tmp_path: Path) -> None:
    folder = ties(tmp_path, "1996-05-01 preferred", "1997", "1998")
    (found,) = of_tie(folder)
    assert found.decided
    assert dict(found.reasons) == {"ko": "까닭", "en": "The reason"}
    assert {value.value: value.followed for value in found.values} == {
        "1996-05-01": True,
        "1997": False,
        "1998": False,
    }
    assert established(folder) == {"1996-05-01"}


@pytest.mark.parametrize("preferred", range(3))
def test_the_order_of_documents_decides_nothing(preferred: int, tmp_path: Path) -> None:
    dates = ["1996", "1997", "1998"]
    said = [date + " preferred" * (at == preferred) for at, date in enumerate(dates)]
    folder = ties(tmp_path, *said)
    (found,) = of_tie(folder)
    assert [value.value for value in found.values if value.followed] == [dates[preferred]]
    assert established(folder) == {dates[preferred]}


def test_a_deprecated_value_is_told_and_not_followed(tmp_path: Path) -> None:
    folder = ties(tmp_path, "1996", "1997 deprecated")
    (found,) = of_tie(folder)
    assert found.decided
    assert [value.value for value in found.values if value.followed] == ["1996"]
    assert established(folder) == {"1996"}


def test_what_is_only_expected_is_told_and_not_followed(tmp_path: Path) -> None:
    folder = ties(tmp_path, "1997", "1996-11-06 expected")
    (found,) = of_tie(folder)
    assert found.decided
    assert {value.value: value.followed for value in found.values} == {
        "1996-11-06": False,
        "1997": True,
    }
    assert [source.modality for value in found.values for source in value.sources] == [
        "expected",
        "asserted",
    ]
    assert established(folder) == {"1997"}
    shown = citypact("check", "--contradictions", "--sources", folder).out
    assert "no rank is needed: the other values are not asserted, or deprecated" in shown
    assert "undecided" not in shown


def test_an_undecided_one_is_open_and_stops_the_build(tmp_path: Path) -> None:
    folder = ties(tmp_path, "1996", "1997")
    (found,) = of_tie(folder)
    assert (found.decided, found.reasons) == (False, ())
    with pytest.raises(RecordError, match="has more than one date of beginning") as raised:
        make_graph(folder)
    (line,), (other,) = (
        re.findall(pattern, str(raised.value))
        for pattern in (
            r"^registers/partnerships.csv:(\d):",
            r"another value is in registers/partnerships.csv:(\d)$",
        )
    )
    assert {line, other} == {"2", "3"}


def test_two_preferred_values_leave_it_open(tmp_path: Path) -> None:
    (found,) = of_tie(ties(tmp_path, "1996 preferred", "1997 preferred"))
    assert not found.decided
    assert all(value.followed for value in found.values)


def test_every_voice_has_its_document(tmp_path: Path) -> None:
    (found,) = of_tie(ties(tmp_path, "1997 preferred", "1996", "1996"))
    sources = {value.value: value.sources for value in found.values}
    assert [source.document for source in sources["1996"]] == [ID + "doc/daily", ID + "doc/weekly"]
    assert [source.address for source in sources["1997"]] == ["https://seoul.example/partners"]
    assert {source.published for source in sources["1996"]} == {"2016-05-05", "2016-05-06"}


def test_of_several_reasons_that_of_the_followed_value_is_given(tmp_path: Path) -> None:
    folder = ties(tmp_path, "1996 deprecated", "1997 preferred", "1998")
    register = folder / "registers" / "partnerships.csv"
    text = register.read_text("utf-8").replace("까닭,The reason", "먼저,The first", 1)
    register.write_text(text, encoding="utf-8")
    (found,) = of_tie(folder)
    assert dict(found.reasons) == {"ko": "까닭", "en": "The reason"}
    (alone,) = of_tie(ties(tmp_path / "alone", "1996 deprecated", "1997"))
    assert dict(alone.reasons) == {"ko": "까닭", "en": "The reason"}


def test_the_link_of_a_source_is_its_page_where_no_words_are_known(tmp_path: Path) -> None:
    (found,) = of_tie(ties(tmp_path, "1996", "1997"))
    links = {source.link: source.address for value in found.values for source in value.sources}
    assert links and all(link == address for link, address in links.items())
    assert all(source.as_of == "" for value in found.values for source in value.sources)


def test_a_property_that_takes_several_values_is_never_contradicted(tmp_path: Path) -> None:
    write_registers(tmp_path)
    predicates = {each.predicate for each in contradictions(load_sources(tmp_path))}
    assert NS + "topic" not in predicates
    assert NS + "partner" not in predicates


# The packaged sources


@pytest.fixture(scope="module")
def packaged() -> Sources:
    """The packaged sources, registers and all."""
    return load_sources(PACKAGED)


KNOWN = [
    (
        "partnership/seoul-san-francisco",
        "established",
        {
            "1976": {"https://news.seoul.go.kr/economy/archives/28756"},
            "1976-05": {
                "http://www.yonhapnews.co.kr/bulletin/2016/11/30/"
                "0200000000AKR20161130172100004.HTML"
            },
            "1975": {"http://mapp.koreatimes.com/article/20180706/1189425"},
        },
        "1976-05",
    ),
    (
        "partnership/seoul-cairo",
        "established",
        {
            "1997-04-27": {
                "http://world.seoul.go.kr/policy/international-exchange/"
                "friendly-relations-with-major-strategic-regions/3-africa/"
            },
            "1997": {"https://hankyung.com/article/1999101800161"},
            "1996-11-06": {"https://www.donga.com/news/Society/article/all/19961029/7203649/1"},
        },
        "1997-04-27",
    ),
    (
        "partnership/seoul-dublin",
        "established",
        {
            "2023-03-16": {"https://www.hankyung.com/amp/202303198054i"},
            "2023-09": {"https://www.dt.co.kr/contents.html?article_no=2023100302109963046006"},
        },
        "2023-03-16",
    ),
    (
        "government/seoul",
        "partnerCityTotal",
        {
            "76": {
                "https://japanese.seoul.go.kr/%e3%82%bd%e3%82%a6%e3%83%ab%e5%b8%82%e3%80%81%e3%82%b8"
                "%e3%83%a3%e3%82%ab%e3%83%ab%e3%82%bf%e3%81%a8%e8%a6%aa%e5%96%84%e9%83%bd%e5%b8%82"
                "%e6%8f%90%e6%90%ba40%e5%91%a8%e5%b9%b4%e8%a8%98%e5%bf%b5%e3%82%a4"
            },
            "71": {"https://seoulsolution.kr/en/node/4533"},
            "68": {"https://seoulsolution.kr/en/bestpolicy-introduction"},
            "58": {
                "https://seoulsolution.kr/en/bestpolicy-introduction",
                "https://mediahub.seoul.go.kr/archives/1092978",
            },
            "57": {
                "http://english.seoul.go.kr/policy-information/international-exchange/"
                "city-diplomacy/"
            },
            "42": {"https://english.seoul.go.kr/policy-information/city-policies-by-category/"},
        },
        "76",
    ),
    (
        "partnership/seoul-tokyo",
        "relationType",
        {
            "friendship-city": {
                "https://www.metro.tokyo.lg.jp/ENGLISH/ABOUT/APPENDIX/appendix03.htm"
            },
            "sister-city": {"https://mediahub.seoul.go.kr/archives/168343"},
        },
        "sister-city",
    ),
]
"""Disagreements that are known: thing, property, the addresses behind each value, what holds."""


@pytest.mark.parametrize(("thing", "name", "wanted", "holds"), KNOWN)
def test_known_disagreements_stay_visible(
    thing: str, name: str, wanted: dict[str, set[str]], holds: str, packaged: Sources
) -> None:
    (found,) = [
        each
        for each in contradictions(packaged)
        if (each.subject, each.predicate) == (ID + thing, NS + name)
    ]
    addresses = {
        value.value.rsplit("/", 1)[-1]: {source.address for source in value.sources}
        for value in found.values
    }
    assert addresses == wanted
    followed = {v.value.rsplit("/", 1)[-1] for v in found.values if v.followed}
    assert followed == {holds}
    assert found.decided
    assert len(dict(found.reasons)) == 2


def test_sources_are_linked_at_their_words(packaged: Sources) -> None:
    sources = [s for each in contradictions(packaged) for v in each.values for s in v.sources]
    assert any("#:~:text=" in source.link for source in sources)
    assert all(source.link.startswith(source.address) for source in sources)


def test_every_packaged_disagreement_is_decided_by_a_reason_in_both_languages(
    packaged: Sources,
) -> None:
    found = contradictions(packaged)
    assert len(found) >= len(KNOWN)
    for each in found:
        assert each.decided, each.subject
        assert set(dict(each.reasons)) == {"ko", "en"}, each.subject
        assert [v for v in each.values if v.followed], each.subject


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_command_lists_them(language: str, checked: Callable[..., str]) -> None:
    shown = checked("--contradictions", "--language", language)
    for thing, name, wanted, _ in KNOWN:
        assert f"({thing} {name})" in shown
        for addresses in wanted.values():
            assert all(address in shown for address in addresses)
    words = {
        "ko": ("출처 간 불일치", "사실로 승인된 값", "서울특별시 · 협력 도시 총수", "기대"),
        "en": ("Contradictions between", "the facts follow this value", "Partnership", "Expected"),
    }
    assert all(word in shown for word in words[language])
    assert "undecided" not in shown
    assert "미결" not in shown


def test_the_command_tells_programs(checked: Callable[..., str]) -> None:
    report = json.loads(checked("--json"))
    found = {(each["subject"], each["predicate"]): each for each in report["contradictions"]}
    for thing, name, wanted, holds in KNOWN:
        values = found[ID + thing, NS + name]["values"]
        assert {value["value"].rsplit("/", 1)[-1] for value in values} == set(wanted)
        (followed,) = [value["value"] for value in values if value["followed"]]
        assert followed.rsplit("/", 1)[-1] == holds
