"""Periods are written as an editor writes them, in both languages."""

from __future__ import annotations

import pytest

from citypact.graph.text.dates import readable_date


@pytest.mark.parametrize(
    ("text", "korean", "english"),
    [
        ("2025-10-29/2025-10-31", "2025. 10. 29.~31.", "29–31 October 2025"),
        ("2025-09-29/2025-10-01", "2025. 9. 29.~10. 1.", "29 September – 1 October 2025"),
        (
            "2025-12-30/2026-01-02",
            "2025. 12. 30.~2026. 1. 2.",
            "30 December 2025 – 2 January 2026",
        ),
        ("2014/2017", "2014~2017년", "2014–2017"),
        ("2020-03/2020-05", "2020년 3~5월", "March–May 2020"),
        ("2019-11/2020-02", "2019년 11월~2020년 2월", "November 2019 – February 2020"),
        ("2019/2020-05", "2019년~2020년 5월", "2019 – May 2020"),
        ("2014~/2017", "2014년경~2017년", "about 2014 – 2017"),
        ("2014-05?", "2014년 5월(추정)", "May 2014 (uncertain)"),
        ("../2023-09", "2023년 9월까지", "until September 2023"),
        ("2023-09/..", "2023년 9월부터", "since September 2023"),
    ],
)
def test_what_both_ends_of_a_period_share_is_said_once(
    text: str, korean: str, english: str
) -> None:
    assert readable_date(text) == {"ko": korean, "en": english}
