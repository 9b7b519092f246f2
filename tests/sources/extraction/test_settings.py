"""Place, mode, legal force, languages and provisions of a paper."""

from __future__ import annotations

import pytest

from citypact.sources.extraction.model import Status
from citypact.sources.extraction.provisions import provisions_of
from citypact.sources.extraction.settings import (
    languages_of,
    legal_force_of,
    mode_of,
    place_of,
)
from tests.sources.extraction.relations_by_hand import relation_in

MODES = [
    ("가람시와 나루시가 25일 온라인으로 협약식을 열고 협약을 체결했다.", "online", None),
    ("가람시와 나루시가 협약을 맺었다. 이날 협약식은 각 시청에서 화상으로 "
     "진행됐다.", "online", None),
    ("가람시는 나루시와 온라인 판매를 돕는 협약을 체결했다.", None, None),
    ("가람시는 17일 시청사 6층 영상회의실에서 나루시와 협약을 "
     "체결했다.", "in_person", "영상회의실"),
    ("가람시와 나루시가 그랜드호텔에서 협약을 체결했다.", "in_person", "그랜드호텔"),
    ("가람시와 나루시가 협약을 체결했다.", None, None),
    ("가람시와 나루시가 외교 분야에서 협력하기 위해 협약을 체결했다.", None, None),
    ("Ashford and Brookton held a virtual signing ceremony for the agreement.", "online", None),
    ("Ashford signed a memorandum with Brookton on virtual exchange of pupils.", None, None),
    ("Ashford signed a memorandum with Brookton at Weston City Hall.", "in_person",
     "Weston City Hall"),
    ("Ashford and Brookton have signed up to closer ties as sister cities.", None, None),
    ("Ashford signed an agreement on establishing friendly relations and on help with Brookton in "
     "Weston on Monday.", "in_person", "Weston"),
    ("Ashford signed an agreement with Brookton on creating parks in Weston.", None, None),
    ("Ashford signed an agreement with Brookton, a remote region.", None, None),
    ("RESOLUTION\n\nAt a regular meeting Ashford signed an agreement with Brookton.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mode", "place"), MODES)
def test_mode_and_place(text: str, mode: str | None, place: str | None) -> None:
    parties = ("가람시", "나루시") if "가람" in text else ("Ashford", "Brookton")
    relation, context = relation_in(text, *parties)
    found = mode_of(relation, context)
    assert (found.value if found else None) == mode
    where = place_of(relation, context)
    assert place is None or (where and where.value.endswith(place))
    past, context = relation_in(text, *parties, status=Status.PAST)
    assert mode_of(past, context) is None


FORCES = [
    ("This memorandum does not create any legally binding obligations.", False),
    ("This MOU is not a legally binding document.", False),
    ("Nothing in this agreement is intended to be legally binding.", False),
    ("본 양해각서는 법적 구속력을 갖지 않는다.", False),
    ("이 협약은 법적 구속력이 없다.", False),
    ("이 협약은 법적 구속력을 갖는다.", True),
    ("The parties signed a memorandum of understanding.", None),
    ("Tree planting is a binding duty of residents.", None),
    ("It does not create any obligations that are binding under domestic law.", False),
]


@pytest.mark.parametrize(("sentence", "expected"), FORCES)
def test_legal_force_by_words_alone(sentence: str, expected: bool | None) -> None:
    relation, context = relation_in(
        f"가람시 signed an agreement with 나루시. {sentence}", "가람시", "나루시"
    )
    found = legal_force_of(relation, context)
    assert (found.value if found else None) == expected


def test_languages_of_the_paper() -> None:
    text = "가람시 and 나루시 agree. Done in duplicate in Korean and English, both texts being "
    "authentic."
    relation, context = relation_in(text, "가람시", "나루시", cue="agree")
    assert [each.value for each in languages_of(relation, context)] == ["ko", "en"]
    text = "가람시와 나루시는 협약을 체결했다. 학생들은 영어 교육을 받는다."
    assert not languages_of(*relation_in(text, "가람시", "나루시"))


def test_provisions_with_number_and_force() -> None:
    text = (
        "가람시와 나루시의 협약\n\n제1조(목적) 양 도시는 교류를 추진한다.\n\n"
        "제2조(협력) 양 도시는 관광 협력을 위해 노력한다.\n\n제3조 양 도시는 협의회를 둘 수 있다."
    )
    found = provisions_of(*relation_in(text, "가람시", "나루시"))
    assert [(each.value.number, each.value.force) for each in found] == [
        ("제1조", "shall"),
        ("제2조", "will-endeavour"),
        ("제3조", "may"),
    ]
    text = (
        "Agreement between 가람시 and 나루시\n\nArticle 1\nBoth cities shall share "
        "data.\n\nArticle 2\n"
        "Both cities will endeavour to widen trade.\n\nArticle 3\nThe parties may set up a "
        "committee."
    )
    found = provisions_of(*relation_in(text, "가람시", "나루시"))
    assert [each.value.force for each in found] == ["shall", "will-endeavour", "may"]
    text = "가람시와 나루시는 협약을 체결했다. 두 시는 교류를 추진한다."
    assert not provisions_of(*relation_in(text, "가람시", "나루시"))
