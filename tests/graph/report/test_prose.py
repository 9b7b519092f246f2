"""The templates of the report: both languages alike, and clear errors where they are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError
from jinja2 import nodes as syntax

from citypact.graph.analysis.significance import draws_needed
from citypact.graph.report import CHAPTERS
from citypact.graph.report.shared.prose import Prose
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore

REPORT = Path(__file__).parents[3] / "graph/report"
FOLDERS = sorted(path.parent for path in REPORT.rglob("ko.j2"))
IDS = [folder.name for folder in FOLDERS]


def parsed(path: Path) -> syntax.Template:
    return Environment().parse(path.read_text("utf-8"))


def macros(path: Path) -> dict[str, list[str]]:
    """The macros of a template with their parameters."""
    return {
        macro.name: [argument.name for argument in macro.args]
        for macro in parsed(path).find_all(syntax.Macro)
    }


def prose(path: Path) -> list[str]:
    """The texts of a template, without statements and values."""
    return [text.data for text in parsed(path).find_all(syntax.TemplateData)]


@pytest.mark.parametrize("folder", FOLDERS, ids=IDS)
def test_both_languages_have_the_same_macros(folder: Path) -> None:
    assert macros(folder / "ko.j2") == macros(folder / "en.j2")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_chapter_says_what_it_cannot_tell(chapter: str) -> None:
    words = Prose(Study(LocalStore.of([])), chapter, None).words("limits")
    assert "cannot tell" in words["en"] and "알 수 없" in words["ko"]


@pytest.mark.parametrize("folder", FOLDERS, ids=IDS)
def test_each_language_is_written_in_its_own_letters(folder: Path) -> None:
    english, korean = prose(folder / "en.j2"), prose(folder / "ko.j2")
    assert [text for text in english if re.search("[가-힣]", text)] == []
    assert any(re.search("[가-힣]", text) for text in korean)


@pytest.mark.parametrize("folder", FOLDERS, ids=IDS)
def test_korean_chooses_one_particle_and_writes_percent_without_a_space(folder: Path) -> None:
    text = "\n".join(prose(folder / "ko.j2"))
    assert re.findall(r"[이은을과]\([가는를와]\)|\(으\)로|\S* %", text) == []
    # A particle right after a value would be wrong after half of all values.
    values = r"\{\{(?![^}]*percent)[^}]*\}\}"  # that of a percentage is known: 퍼센트는
    after_values = re.findall(
        values + r"(?:이|가|은|는|을|를|과|와|으로|로)(?=[\s.,])", source(folder)
    )
    assert after_values == []


def source(folder: Path) -> str:
    return (folder / "ko.j2").read_text("utf-8")


@pytest.fixture
def study() -> Study:
    return Study(LocalStore.of([]))


def made(study: Study, monkeypatch: pytest.MonkeyPatch, korean: str, english: str) -> Prose:
    """Prose whose macro `answer` has these texts."""
    from jinja2 import DictLoader

    from citypact.graph.text import templates as module

    texts = {
        f"report/own/{language}.j2": f"{{% macro answer() %}}{text}{{% endmacro %}}"
        for language, text in (("ko", korean), ("en", english))
    }

    read = module._template

    def template(folder: str, language: str) -> object:
        if folder == "report/shared":
            return read(folder, language)
        environment = module._environment(language).overlay(loader=DictLoader(texts))
        return environment.get_template(f"{folder}/{language}.j2")

    monkeypatch.setattr(module, "_template", template)
    return Prose(study, "own", {"share": 0.742, "ties": 1, "name": {"ko": "서울", "en": "Seoul"}})


def test_filters_write_numbers_and_names_in_each_language(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    korean = "{{ f.name | name | josa('이/가') }} {{ f.share | percent }}.\n\n둘째."
    english = (
        "{{ f.name | name }}: {{ f.share | percent(1) }},\n {{ f.ties | counted('tie') }} ."
        "\n\nSecond."
    )
    assert made(study, monkeypatch, korean, english).paragraphs("answer") == [
        {"ko": "서울이 74%.", "en": "Seoul: 74.2%, 1 tie."},
        {"ko": "둘째.", "en": "Second."},
    ]


def test_a_missing_paragraph_is_an_error(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match=r"own, answer: .*ko: 1, en: 0"):
        made(study, monkeypatch, "하나.", "").paragraphs("answer")


def test_a_value_that_is_not_there_is_an_error(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UndefinedError, match="nothing"):
        made(study, monkeypatch, "{{ f.nothing }}", "{{ f.nothing }}").paragraphs("answer")


def test_the_caution_says_how_many_samples_are_needed() -> None:
    prose = Prose(Study(LocalStore.of([])), "shared", None)
    words = prose.words("too_few", 30, 7, draws_needed(7))
    assert "30 random samples" in words["en"] and "adjusted for 7 tests" in words["en"]
    assert "At least 279" in words["en"] and "적어도 279개" in words["ko"]
    single = prose.words("too_few", 30, 1, draws_needed())
    assert "adjusted" not in single["en"] and "보정" not in single["ko"]


def joined_lines(text: str) -> list[str]:
    """Lines whose end is lost, because they end in an inline statement and text follows."""
    statement = r"\{%[^%]*%\}"
    lines, lost = text.splitlines(), []
    for number, line in enumerate(lines):
        inline = re.search(r"\{%-? *end(?:if|for)[^%+]*%\}$", line)
        if not inline or re.fullmatch(rf"\s*{statement}\s*", line):
            continue
        for following in lines[number + 1 :]:
            if re.fullmatch(r"\s*\{% *(?:endif|endfor|set)\b[^%]*%\}\s*", following):
                continue
            if following.strip() and not re.fullmatch(rf"\s*{statement}\s*", following):
                lost.append(line)
            break
    return lost


@pytest.mark.parametrize("folder", FOLDERS, ids=IDS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_statement_at_the_end_of_a_line_joins_two_words(folder: Path, language: str) -> None:
    assert joined_lines((folder / f"{language}.j2").read_text("utf-8")) == []


def test_a_line_that_loses_its_end_is_found() -> None:
    trap = "{% if a %}\n{% if b %}one{% endif %}\ntwo\n{% endif %}\n"
    assert joined_lines(trap) == ["{% if b %}one{% endif %}"]
    assert joined_lines(trap.replace("one{% endif %}", "one{% endif +%}")) == []
