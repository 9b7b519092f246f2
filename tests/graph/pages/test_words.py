"""The words of the pages: each message is there, is used, and says the same in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from citypact.graph.export.dataset import message as export_message
from citypact.graph.pages.city_views.words import message as city_message
from citypact.graph.pages.network.words import message as network_message
from citypact.graph.pages.review.words import message as review_message
from citypact.graph.pages.site.words import message as site_message
from citypact.graph.report.words import message as report_message
from citypact.graph.text.messages import Messages
from citypact.graph.things.words import message as things_message

GRAPH = Path(__file__).resolve().parents[3] / "graph"
FOLDERS = {
    "export": export_message,
    "pages/network": network_message,
    "pages/city_views": city_message,
    "pages/review": review_message,
    "pages/site": site_message,
    "report": report_message,
    "things": things_message,
}
EXTRACTION = GRAPH.parent / "sources" / "extraction"
ALSO = {"pages/review": (EXTRACTION / "model.py", EXTRACTION / "judgement.py")}
"""Modules of elsewhere whose values a folder has words for."""
CALL = re.compile(r"""\b(?:message|say)\(\s*f?["'`]([a-z_]+\.[a-z_]*)""")


def sources(folder: str, *suffixes: str) -> list[str]:
    """The text of the files of a folder and of those below it."""
    found = [path for path in sorted((GRAPH / folder).rglob("*")) if path.suffix in suffixes]
    return [path.read_text(encoding="utf-8") for path in found]


def used(folder: str, *suffixes: str) -> set[str]:
    """The ids that modules, templates and scripts call; where a part is computed, what it may be.

    Of a call such as message(f"kinds.{kind}") these are the messages of `kinds` whose names the
    same files hold as a word.
    """
    texts = sources(folder, *suffixes)
    texts += [path.read_text(encoding="utf-8") for path in ALSO.get(folder, ())]
    called = {name for text in texts for name in CALL.findall(text)}
    computed = tuple(name for name in called if name.endswith("."))
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    return {name for name in called if not name.endswith(".")} | {
        name
        for name in FOLDERS[folder].by_id
        if name.startswith(computed) and words.issuperset(name.split(".")[1].split("-"))
    }


def own(folder: str) -> set[str]:
    """The ids of the messages that a folder does not share with the others."""
    return set(FOLDERS[folder].by_id) - set(shared())


def shared() -> dict[str, object]:
    return dict(Messages("pages/words.toml").by_id)


def texts(message: dict[str, str | dict[str, str]], language: str) -> list[str]:
    """The text of a message in a language, or its plural forms."""
    text = message[language]
    return [text] if isinstance(text, str) else list(text.values())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_message_is_there_and_is_used(folder: str) -> None:
    called = used(folder, ".py", ".html", ".js")
    assert called
    assert not called - set(FOLDERS[folder].by_id)
    assert not own(folder) - called


def test_every_shared_message_is_used() -> None:
    called = set[str]().union(*(used(folder, ".py", ".html", ".js") for folder in FOLDERS))
    called |= {name for text in sources("pages/search", ".js") for name in CALL.findall(text)}
    assert not set(shared()) - called


@pytest.mark.parametrize("folder", FOLDERS)
def test_messages_say_the_same_in_both_languages(folder: str) -> None:
    for name, message in FOLDERS[folder].by_id.items():
        assert set(message) == {"ko", "en"}, name
        written = [text for language in ("ko", "en") for text in texts(message, language)]
        assert all(text and text == text.strip() for text in written), name
        if isinstance(message["en"], dict):
            assert set(message["en"]) == {"one", "other"}, name
        assert len({frozenset(fields(text)) for text in written}) == 1, name
        assert not re.search("[가-힣]", " ".join(texts(message, "en"))), name


@pytest.mark.parametrize("folder", FOLDERS)
def test_scripts_are_given_no_particles_to_choose(folder: str) -> None:
    for name in used(folder, ".js"):
        text = str(FOLDERS[folder].by_id[name]["ko"])
        assert "/" not in "".join(re.findall(r"\{[^}]*\}", text)), name
