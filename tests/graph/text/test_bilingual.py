"""Words in both languages: Korean particles, which follow the last sound of a word."""

from __future__ import annotations

import pytest

from citypact.graph.text.bilingual import particle


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("서울", "이/가", "서울이"),
        ("도쿄", "이/가", "도쿄가"),
        ("과야킬", "으로/로", "과야킬로"),
        ("런던", "으로/로", "런던으로"),
        ("파리", "을/를", "파리를"),
        ("C40", "이/가", "C40이"),
        ("2월 28일", "과/와", "2월 28일과"),
        ("코트라(KOTRA)", "이/가", "코트라(KOTRA)가"),
        ("세계스마트시티기구(WeGO)", "은/는", "세계스마트시티기구(WeGO)는"),
        ("WeGO", "은/는", "WeGO는"),
        ("KDI", "이/가", "KDI가"),
        ("IBM", "이/가", "IBM이"),
        ("EXIM", "과/와", "EXIM과"),
        ("URL", "으로/로", "URL로"),
        ("Medellin", "을/를", "Medellin을"),
        ("Montreal", "으로/로", "Montreal로"),
        ("Lima", "이/가", "Lima가"),
        ("Quebec", "은/는", "Quebec은"),
    ],
)
def test_particles_follow_the_last_sound(word: str, pair: str, expected: str) -> None:
    assert particle(word, *pair.split("/")) == expected
