"""The command line speaks the language of the system: help, errors, summaries, headings."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from citypact.commands import COMMANDS, run
from citypact.commands.update_catalogue import PACKAGE, fixed_texts, source_files
from citypact.ontology.errors import Message
from citypact.translation import FOLDER, column_heading, speaking, system_language, translated
from tests.running import citypact, environment
from tests.sources.small import write_small

KOREAN = environment(LANGUAGE="ko")
HELP = [[name] for name in COMMANDS] + [["import", part] for part in ("twins", "list", "query")]
HANGUL = re.compile("[가-힣]")
CATALOGUE = FOLDER / "ko" / "LC_MESSAGES" / "messages.po"


def translations() -> Iterator[tuple[str, str]]:
    """The texts of the catalogue, English and Korean; of plurals the last."""
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, locale="ko"):
            if message.id:
                one = message.id if isinstance(message.id, str) else message.id[-1]
                yield one, message.string if isinstance(message.string, str) else message.string[-1]


TRANSLATIONS = dict(translations())


def fields(template: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}
    except ValueError:  # a brace of its own: the message has no fields
        return set()


@pytest.fixture
def korean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")


def words_of(text: str) -> str:
    """A text without line breaks, for comparison whatever the width."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("arguments", [[], *HELP], ids=" ".join)
@pytest.mark.usefixtures("korean")
def test_all_help_is_korean(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*arguments, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("사용법: citypact")
    for paragraph in re.split(r"\n\s*\n", shown.partition("\n")[2]):
        assert HANGUL.search(paragraph), paragraph
    # No English sentence of the catalogue is left, in whatever width.
    for english in TRANSLATIONS:
        if " " in english and english != TRANSLATIONS[english]:
            assert words_of(english) not in words_of(shown), english


def test_korean_help_fits_into_a_terminal() -> None:
    """Letters of Korean take two columns."""
    import unicodedata

    for line in citypact("analyse", "--help", env=KOREAN | {"COLUMNS": "80"}).out.splitlines():
        wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in line)
        assert len(line) + wide <= 80, line


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bild"], "'bild' 명령이 없습니다. 쓸 수 있는 명령: new, add, build"),
        (["why"], "인자가 빠졌습니다: 'SUBJECT'"),
        (["build", "--outt", "x"], "'--outt' 옵션이 없습니다"),
        (["draw", "--view", "x"], "'x' 값을 쓸 수 없습니다. 쓸 수 있는 값: 'network'"),
        (["draw", "--as-of", "2016-02-30"], "날짜가 아닙니다. 2016-12-31처럼"),
        (["analyse", "--draws", "0"], "0 값이 범위를 벗어났습니다"),
        (["query"], "가운데 하나를"),
        (["query", "--file", "x.rq"], "x.rq: 읽을 수 없습니다(파일이나 폴더가 없습니다)"),
        (["query", "--file", "."], ".: 폴더입니다"),
        (["query", "--text", ""], "--text가 비어 있습니다"),
        (["query", "agreements", "--text", "ASK {}"], "NAME, --text: 함께 쓸 수 없습니다"),
        (["why", "서울", "--build", ""], "값이 비어 있습니다"),
        (
            ["export", "--format", "quickstatements", "--topic", "x"],
            "-> --network와 그 필터를 빼고",
        ),
        (["import", "twins", "--wikidata"], "--contact가 필요합니다"),
        (
            ["why", "서울", "--build", "http://localhost:9/x"],
            "연결할 수 없습니다(연결이 거부되었습니다)",
        ),
        (["load", "x.nq", "--out", "memory"], "파일은 폴더에만 적재할 수 있습니다"),
        (["why", "서울", "--build", "nothing"], "그래프가 없습니다"),
    ],
)
@pytest.mark.usefixtures("korean")
def test_errors_are_korean(
    arguments: list[str],
    says: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    shown = capsys.readouterr().err
    assert says in shown
    assert "오류: " in shown
    assert not re.search("Error|Usage|Try |->  *[a-z]+ [a-z]+", shown), shown


@pytest.mark.usefixtures("korean")
def test_faults_of_records_are_korean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = write_small(tmp_path / "small")
    record = sources / "records" / "seoul-hanoi-2015.yaml"
    text = record.read_text("utf-8")
    record.write_text(text.replace("status: signed", "status: singed"), "utf-8")
    assert run(["check", "--sources", str(sources)]) == 1
    shown = capsys.readouterr().err
    assert "'singed'" in shown and "signed" in shown
    assert shown.splitlines()[-1] == "문제 1건을 찾았습니다. 바뀐 것은 없습니다."
    assert "did you mean" not in shown
    assert run(["check", "--sources", str(sources), "--json"]) == 1
    assert "did you mean signed" in capsys.readouterr().out, "programs read English"


def test_errors_of_the_system_are_korean() -> None:
    done = citypact("load", "missing.nq", env=environment(LC_ALL="ko_KR.UTF-8"), code=2)
    assert done.err.startswith(
        "오류: missing.nq: 읽을 수 없습니다(파일이나 폴더가 없습니다)\n    -> 경로를"
    )


def test_what_a_build_prints_is_korean(tmp_path: Path) -> None:
    sources = write_small(tmp_path / "small")
    done = citypact("build", "--sources", sources, "--out", tmp_path / "new", env=KOREAN)
    for line in filter(str.strip, done.out.splitlines()):
        assert HANGUL.search(line) or "query " in line, line
    assert not re.search(r"\d 또는 \d", done.out), "numbers of cities have their counter"
    english = citypact("build", "--sources", sources, "--out", tmp_path / "old")
    assert not HANGUL.search(english.out.replace("과야킬", ""))
    one, other = (tmp_path / name / "summary.json" for name in ("new", "old"))
    assert one.read_bytes() == other.read_bytes(), "programs read English"


def test_the_headings_of_measures_are_korean(build: Path, tmp_path: Path) -> None:
    done = citypact("draw", "--build", build, folder=tmp_path, env=KOREAN)
    assert re.match(r" *연결 +상대 +협정 +매개 중심성 +연결 요소  행위자\n", done.out)
    assert "브라우저에서 여십시오: network.html" in done.err


def test_columns_of_named_queries_have_korean_headings_for_people(build: Path) -> None:
    ask = ["query", "agreements-of-city", "--city", "과야킬", "--build", build]
    korean, english = citypact(*ask, env=KOREAN).out, citypact(*ask).out
    assert re.match("도시 +협력 도시 +국가 +협정 +날짜 +상태", korean)
    assert re.match("city +partners +countries +agreement +date +status", english)
    assert column_heading("asOf", "en") == "as of"
    assert "협정: " in citypact(*ask, "--why", env=KOREAN).out
    for form in ("csv", "json"):
        read = [citypact(*ask, "--format", form, env=env).raw for env in (KOREAN, environment())]
        assert read[0] == read[1], "programs read English"
    own = citypact("query", "--text", "SELECT (1 AS ?city) {}", "--build", build, env=KOREAN)
    assert own.out.startswith("city"), "the names of one's own variables stay"


def test_the_option_decides_over_the_system(build: Path) -> None:
    ask = ["why", "Guayaquil", "country", "--build", build]
    assert "[Asserted" in citypact(*ask, "--language", "en", env=KOREAN).out
    assert "[단언" in citypact(*ask, "--language", "ko").out
    assert "그래프" in citypact("why", "x", "--language", "ko", "--build", "none", code=2).err
    assert citypact("why", "--language", "ko", "--help").out.startswith("사용법")
    assert citypact("why", "--language", "en", "--help", env=KOREAN).out.startswith("Usage")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LC_ALL": "ko_KR.UTF-8"}, "ko"),
        ({"LC_ALL": "ko_ZZ.utf8@none"}, "ko"),
        ({"LC_ALL": "ko"}, "ko"),
        ({"LC_ALL": "kok_IN.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "ko"}, "ko"),
        ({"LANGUAGE": "ko:en", "LANG": "en_US.UTF-8"}, "ko"),
        ({"LANGUAGE": "en:ko", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"LANGUAGE": "fr:ko", "LANG": "C.UTF-8"}, "ko"),
        ({"LANGUAGE": "ko", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "ko", "LANG": "POSIX"}, "en"),
        ({"LANGUAGE": "fr", "LANG": "ko_KR.UTF-8"}, "en"),
    ],
)
def test_the_language_of_the_system_is_read_as_gettext_does(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


@pytest.mark.parametrize("language", ["ko_ZZ.UTF-8", "ko_KR.EUC-KR"])
def test_a_locale_that_the_system_lacks_works(language: str) -> None:
    assert "명령:" in citypact("--help", env=environment(LC_ALL=language)).out


def test_the_language_is_restored_after_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "ko")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.delenv("LANG", raising=False)
    run(["--version"])
    assert translated("Commands") == "Commands"
    monkeypatch.delenv("LANGUAGE")
    with speaking("ko"):
        assert translated("Commands") == "명령"
    import os

    assert "LANGUAGE" not in os.environ


def test_messages_within_messages_are_translated_and_words_of_users_are_not() -> None:
    inner = Message("no address known")
    message = Message("{option}: {reason}", option="Commands", reason=inner)
    assert message == "Commands: no address known"
    assert translated(message, "ko") == "Commands: 알려진 주소 없음"
    assert translated(Message("{place}", place="{x} Commands"), "ko") == "{x} Commands"


def test_the_catalogue_has_every_message_of_the_code_and_is_compiled() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "citypact.commands.update_catalogue", "--check"],
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert done.returncode == 0, done.stderr


def test_no_message_of_the_code_is_without_a_key() -> None:
    """An f-string given as a message cannot be translated."""
    places = [
        f"{file.relative_to(PACKAGE.parent)}:{line}"
        for file in source_files()
        for line in fixed_texts(file)
        if "report" not in file.parts
    ]
    assert not places


def test_words_of_a_message_are_in_the_form_for_their_number() -> None:
    said = Message("{count} {count:row has|rows have} {cells:cells|many}", count=1, cells=0)
    assert str(said) == "1 row has many"
    with speaking("ko"):
        kinds = [Message("and {count} further {count:kind|kinds}", count=n) for n in (1, 2)]
        assert [translated(kind) for kind in kinds] == ["그 밖에 1가지", "그 밖에 2가지"]
        assert translated(Message("{count} {count:no|such} key", count=2)) == "2 such key"


def test_a_translation_has_the_fields_of_its_message() -> None:
    assert len(TRANSLATIONS) > 1000
    wrong = [
        (english, korean)
        for english, korean in TRANSLATIONS.items()
        if not fields(korean) <= fields(english)
        or re.search(r"이\(가\)|은\(는\)|을\(를\)|\d %", korean)
    ]
    assert not wrong
