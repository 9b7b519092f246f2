"""Sentences of Korean and English documents."""

from __future__ import annotations

import pytest

from citypact.sources.documents.normal_form import Block, NormalForm
from citypact.sources.extraction.sentences import context_of


def form_of(text: str) -> NormalForm:
    """A text whose blocks are its lines."""
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block((start, start + len(line))))
        start += len(line) + 1
    return NormalForm("text", text, tuple(blocks), "", "", "lines")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "On Nov. 3, J. Doe of St. Ives, U.S., met Dr. Roe. They signed it in 2019. It runs.",
            [
                "On Nov. 3, J. Doe of St. Ives, U.S., met Dr. Roe.",
                "They signed it in 2019.",
                "It runs.",
            ],
        ),
        (
            "“We agreed. It is time,” the mayor said. Both left.",
            ["“We agreed. It is time,” the mayor said.", "Both left."],
        ),
        ("1. Parties meet yearly. 2. They report.", ["1. Parties meet yearly.", "2. They report."]),
        (
            "가나시는 2019. 6. 5. 협약을 맺었다. 다라시도 함께했다.",
            ["가나시는 2019. 6. 5. 협약을 맺었다.", "다라시도 함께했다."],
        ),
        (
            "시장은 “함께 가겠다. 고맙다”라고 말했다.두 도시는 협력한다",
            ["시장은 “함께 가겠다. 고맙다”라고 말했다.", "두 도시는 협력한다"],
        ),
        ("성장률은 3.5%다.\n• 항목 하나", ["성장률은 3.5%다.", "• 항목 하나"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    """Points of dates, abbreviations and initials end no sentence; quotations stay whole."""
    context = context_of(form_of(text))
    assert [text[slice(*sentence.span)] for sentence in context.sentences] == sentences


def test_text_without_an_end() -> None:
    """A text without sentences is cut at spaces, so that no rule looks through all of it again."""
    text = "협약을 체결한 " * 2000
    context = context_of(form_of(text))
    lengths = [end - start for start, end in (sentence.span for sentence in context.sentences)]
    assert max(lengths) <= 3000
    assert sum(lengths) > 0.99 * len(text.strip())
