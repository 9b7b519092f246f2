"""Blocks that are no evidence are marked, with a log, and nothing is cut."""

import pytest

from citypact.sources.documents.normal_form import Mark
from citypact.sources.documents.plain import plain_form

BODY = (
    "서울시는 2일 하노이시와 교통 분야의 업무협약을 맺었다고 밝혔다. 두 시장이 시청에서 서명했다."
)
PAGE = f"""서울시, 하노이와 협약
작성일 2024-05-02 조회수 31
보도시점: 2024. 5. 2.(목) 11:00 이후 보도해 주시기 바랍니다.
{BODY}
협약 기간은 3년이다.
홍길동 기자 hong@city.example
Copyright ⓒ 도시신문. 무단전재 및 재배포 금지
공공누리 제4유형
{BODY}
협약 기간은 3년이다.
관련기사
부산시, 상하이와 자매결연 30주년
인천시, 톈진과 우호도시 협약 체결"""


def test_marks_and_log_of_a_page() -> None:
    form = plain_form(PAGE)
    assert form.text == PAGE
    assert [block.mark for block in form.blocks] == [
        None,
        None,
        Mark.EMBARGO,
        None,
        None,
        Mark.BOILERPLATE,
        Mark.BOILERPLATE,
        Mark.BOILERPLATE,
        Mark.REPEATED,
        Mark.REPEATED,
        Mark.BOILERPLATE,
        Mark.BOILERPLATE,
        Mark.BOILERPLATE,
    ]
    assert [entry.span for entry in form.log] == [each.span for each in form.blocks if each.mark]
    assert form.metadata.published == "2024-05-02"
    assert form.metadata.licence == "공공누리 제4유형"


@pytest.mark.parametrize(
    "line, mark",
    [
        ("- 3 -", Mark.PAGE_NOISE),
        ("Page 3 of 10", Mark.PAGE_NOISE),
        ("FOR IMMEDIATE RELEASE", Mark.EMBARGO),
        ("By Kim Lee | City Desk", Mark.BOILERPLATE),
        ("/도시신문=홍길동 기자", Mark.BOILERPLATE),
        ("담당부서 : 국제교류과", Mark.BOILERPLATE),
        ("© 2024 City of Oslo. All rights reserved.", Mark.BOILERPLATE),
        ("Share this article", Mark.BOILERPLATE),
        ("1996", None),
        ("By friendship and trust the two cities grew together", None),
        ("기자단이 시청을 방문했다.", None),
        ("홍길동 기자 = 서울시는 하노이시와 협약을 맺었다.", None),
        ("The city shares its experience with Lima.", None),
    ],
)
def test_rules_look_at_whole_lines(line: str, mark: Mark | None) -> None:
    assert plain_form(f"Seoul and Hanoi\n{BODY}\n{line}\n{BODY[10:]}").blocks[2].mark is mark


def test_a_label_and_its_day_may_be_two_blocks() -> None:
    assert plain_form(f"제목\n작성일\n2024. 5. 2.\n{BODY}").metadata.published == "2024-05-02"
    assert plain_form(f"제목\n{BODY}\n2024. 5. 2.").metadata.published == ""


def test_labels_and_headings_of_lists_may_come_again() -> None:
    lists = [
        "국내",
        "자매도시",
        "전주시",
        "국외",
        "자매도시",
        "로마",
        "자매도시",
        "리마",
        "자매도시",
    ]
    assert not any(block.mark for block in plain_form("\n".join(lists)).blocks)
