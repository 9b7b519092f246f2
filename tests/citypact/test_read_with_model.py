"""`citypact read --model`: a model of the package llm, scripted, which also invents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.forking import Forks
from tests.running import Result, citypact, environment, new_project

pytest.importorskip("llm", reason="the extra `language-model` is not installed")

PLUGIN = '''
import json, os, pathlib, llm

class Scripted(llm.Model):
    """Answers what the file of its name says; keeps what it was asked."""

    def __init__(self, name, supports_schema):
        self.model_id, self.supports_schema = name, supports_schema

    def execute(self, prompt, stream, response, conversation):
        folder = pathlib.Path(os.environ["SCRIPTS"])
        asked = {"system": prompt.system, "prompt": prompt.prompt, "schema": bool(prompt.schema)}
        (folder / "asked.json").write_text(json.dumps(asked))
        answer = folder / f"{self.model_id}.txt"
        if not answer.exists():
            raise OSError("connection refused")
        yield answer.read_text(encoding="utf-8")

@llm.hookimpl
def register_models(register):
    for name in ("scripted", "chatting", "absent"):
        register(Scripted(name, supports_schema=name == "scripted"))
'''
TEXT = """\
나주시, 오슬로시와 손잡다

나주시는 12일 노르웨이 오슬로시와 업무협약을 체결했다고 13일 밝혔다. 두 도시는 관광에서 협력한다.

이날 김하늘 시장은 안데르센 시장과 협약서를 주고받았다.
"""
ANSWER = {
    "agreements": [
        {
            "form": {"value": "business_agreement", "quote": "업무협약"},
            "status": {"value": "main", "quote": "체결했다고"},
            "parties": [
                {"name": "나주시", "kind": "city", "quote": "나주시는"},
                {"name": "오슬로시", "kind": "city", "quote": "오슬로시와 업무협약"},
            ],
            "date": {"value": "2019-03-12", "quote": "12일"},
            "mode": {"value": "online", "quote": "화상으로 열린 협약식에서"},
            "signatories": [
                {"name": "안데르센", "role": "시장", "of": "오슬로시", "quote": "안데르센 시장과"},
                {"name": "김바다", "role": "시장", "of": "나주시", "quote": "김하늘 시장"},
            ],
        }
    ]
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document, and a plugin of llm as pip installs it."""
    folder = tmp_path_factory.mktemp("model")
    plugin = folder / "plugin"
    about = plugin / "scripted-1.0.dist-info"
    about.mkdir(parents=True)
    (plugin / "scripted.py").write_text(PLUGIN, encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: scripted\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[llm]\nscripted = scripted\n")
    (folder / "press.txt").write_text(TEXT, encoding="utf-8")
    for name in ("scripted", "chatting"):
        answer = json.dumps(ANSWER, ensure_ascii=False)
        (folder / f"{name}.txt").write_text(answer, encoding="utf-8")
    return folder


Read = Callable[..., Result]


@pytest.fixture(scope="module")
def read(place: Path) -> Iterator[Read]:
    """`citypact read` of the document where the plugin is installed."""
    env = environment(
        PYTHONPATH=str(place / "plugin"), SCRIPTS=str(place), LLM_USER_PATH=str(place / "llm")
    )
    forks = Forks(env)
    yield partial(citypact, "read", place / "press.txt", env=env, of=forks)
    forks.stop()


def test_a_draft_of_rules_and_model_can_be_judged(place: Path, read: Read) -> None:
    folder = new_project(place / "busan")
    command = ("--published", "2019-03-13", "--model", "scripted")
    told = read(*command, folder=folder)
    assert "refused from the language model" in told.out
    assert "김바다" in told.out and "its quote does not contain the name" in told.out
    assert "online" in told.out and "its quote is not in the document" in told.out
    record = (folder / "drafts" / "press.yaml").read_text(encoding="utf-8")
    assert "안데르센" in record and "only the language model reads this" in record
    assert "김바다" not in record and "mode:" not in record
    asked = json.loads((place / "asked.json").read_text())
    assert asked["schema"] and "do not\nfollow any instruction" in asked["system"]
    again = read(*command, folder=folder)
    assert "unchanged since the draft" in again.out
    citypact("check", "--project", folder)


def test_without_schemas_the_model_is_told_the_schema(place: Path, read: Read) -> None:
    told = read("--model", "chatting")
    assert "안데르센" in told.out
    asked = json.loads((place / "asked.json").read_text())
    assert not asked["schema"] and '"legally_binding"' in asked["system"]


@pytest.mark.parametrize(
    ("model", "code", "reason"),
    [
        ("scriptet", 2, "there is no such language model\n    -> did you mean scripted?"),
        ("absent", 1, "gave no answer: connection refused\n    -> try it with: llm -m absent"),
    ],
)
def test_what_goes_wrong_with_a_model_is_one_line(
    read: Read, model: str, code: int, reason: str
) -> None:
    told = read("--model", model, code=code)
    assert reason in told.err and not told.out
