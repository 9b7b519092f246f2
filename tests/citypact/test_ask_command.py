"""`citypact ask`: a question becomes a query that is shown, run, and can be run again."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.running import citypact


@pytest.mark.parametrize(
    ("question", "language", "understood"),
    [
        ("런던 협정에는 누가 서명했지?", "ko", "질문의 이해: "),
        ("Who signed the agreement with London?", "en", "Understood as: "),
    ],
)
def test_an_answer_is_that_of_the_query_that_is_shown(
    build: Path, question: str, language: str, understood: str
) -> None:
    options = ("--language", language, "--store", build)
    asked = citypact("ask", question, *options)
    assert understood in asked.err
    shown = citypact("ask", question, "--show", *options).out
    program, *command = shlex.split(shown)
    assert program == "citypact" and command[:2] == ["query", "signatories-of-agreement"]
    assert citypact(*command, *options).out == asked.out
    assert "Sadiq Khan" in asked.out or "사디크 칸" in asked.out


def test_words_that_an_answer_leaves_aside_are_named(build: Path) -> None:
    question = "Does Seoul have an agreement with London about climate in 2017?"
    asked = citypact("ask", question, "--show", "--store", build)
    taken = f"{asked.out} {asked.err.partition('Not taken into account:')[0]}"
    left = asked.err.partition("Not taken into account:")[2].partition("\n")[0]
    for word in ("climate", "2017"):
        assert (word in left) != (word in taken), (word, asked.err)
    assert (
        "Not taken into account"
        not in citypact(
            "ask", "Who signed the agreement with London?", "--show", "--store", build
        ).err
    )


def test_of_an_empty_answer_is_told_which_word_makes_it_empty(build: Path) -> None:
    asked = citypact("ask", "Which projects has WeGO planned?", "--store", build)
    assert "nothing recorded" in asked.out
    count, command, *_ = asked.err.partition("Rows without “Planned”: ")[2].splitlines()
    wider = citypact(*shlex.split(command)[1:], "--format", "csv", "--store", build)
    assert int(count) == len(wider.out.splitlines()) - 1 > 0


def test_of_an_empty_answer_is_told_which_other_reading_has_rows(whole_build: Path) -> None:
    question = "What did Seoul and Tokyo agree on sinkholes?"
    asked = citypact("ask", question, "--language", "en", "--store", whole_build)
    assert "nothing recorded" in asked.out
    assert "Rows of “" in asked.err and "citypact query agreements-of-city" in asked.err


def test_an_answer_as_json(build: Path) -> None:
    asked = citypact("ask", "WeGO 회원 도시를 알려 줘", "--format", "json", "--store", build)
    assert json.loads(asked.out)


def test_what_no_query_answers_is_said_with_the_nearest(build: Path) -> None:
    asked = citypact("ask", "Which agreements has Seoul with Atlantis?", "--store", build, code=1)
    assert "No named query answers this question." in asked.err and not asked.out
    assert "Atlantis" in asked.err and "citypact query agreements-of-city" in asked.err
    about = citypact("ask", "What is WeGO?", "--store", build, code=1).err
    assert "All that is recorded of WeGO: citypact why WeGO" in about
    citypact("ask", "?!", "--store", build, code=1)
    assert "the question is empty" in citypact("ask", " ", "--store", build, code=2).err
    long = citypact("ask", "서울 " * 20_000, "--store", build, code=2)
    assert "the question is longer than 300 characters\n    -> ask for one thing" in long.err


@pytest.mark.parametrize(
    ("question", "said", "shown"),
    [
        ("What is Seoul's oldest agreement?", "earliest", "1976"),
        ("What is Seoul's latest agreement?", "latest", "2020-10-30"),
    ],
)
def test_of_the_oldest_and_the_latest_no_other_rows_are_shown(
    build: Path, question: str, said: str, shown: str
) -> None:
    asked = citypact("ask", question, "--format", "json", "--store", build)
    assert f"only the {said} by date" in asked.err and "Not taken" not in asked.err
    [row] = json.loads(asked.out)["rows"]
    assert shown in json.dumps(row)


def test_who_names_no_city_asks_about_the_centre(build: Path) -> None:
    asked = citypact("ask", "Which partner cities have no agreement?", "--show", "--store", build)
    assert "Seoul (the centre of this graph)" in asked.err
    assert asked.out.endswith("--city city/seoul --most 0\n")
