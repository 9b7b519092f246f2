"""Markdown becomes the normal form that its signs say."""

import pytest

from citypact.sources.documents.markdown import read_markdown
from citypact.sources.documents.normal_form import BlockKind

pytest.importorskip("markdown_it", reason="the extra `reading` is not installed")

RELEASE = """---
title: "서울시와 하노이시"
date: 2024-05-02
---
# 서울시와 하노이시, **협약** 체결

두 도시는 [교통](https://never.example) 분야에서
협력한다.&nbsp;<script>alert(1)</script>

3. 교통
   - 버스
4. 환경

| 도시 | 연도 |
|------|------|
| 하노이 | 1996 |
| 호찌민 |      |

△ 관광
△ 문화
"""


def test_signs_are_taken_for_what_they_say() -> None:
    form = read_markdown(RELEASE.encode(), "release.md")
    blocks = [(form.words(block.span), block.kind, block.level) for block in form.blocks]
    assert blocks == [
        ("서울시와 하노이시, 협약 체결", BlockKind.HEADING, 1),
        ("두 도시는 교통 분야에서 협력한다. alert(1)", BlockKind.PARAGRAPH, 0),
        ("3. 교통", BlockKind.LIST_ITEM, 1),
        ("버스", BlockKind.LIST_ITEM, 2),
        ("4. 환경", BlockKind.LIST_ITEM, 1),
        ("도시 / 연도", BlockKind.TABLE_ROW, 0),
        ("하노이 / 1996", BlockKind.TABLE_ROW, 0),
        ("호찌민 / ", BlockKind.TABLE_ROW, 0),
        ("△ 관광", BlockKind.LIST_ITEM, 1),
        ("△ 문화", BlockKind.LIST_ITEM, 1),
    ]
    assert (form.metadata.title, form.metadata.published) == ("서울시와 하노이시", "2024-05-02")
    lines = RELEASE.split("\n")
    place = form.text.index("협력한다")
    path = next(each.path for each in form.origins if each.span[0] <= place < each.span[1])
    assert lines[int(path.removeprefix("line ")) - 1].startswith("협력한다")
