"""Topics of a project's own extend those of the package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from citypact.ontology.errors import RecordError
from citypact.sources.reading.load import load_sources
from tests.running import citypact

TOPICS = (
    "id,label.ko,label.en,broader,aliases.en,definition.en\n"
    "harbour-cruises,항만 유람,Harbour cruises,tourism; sea,sightseeing by boat,Trips in a port.\n"
    "sea,바다,Sea,,,\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "busan"
    for name, text in {
        "citypact.toml": 'centre = "city/busan"\n[base]\ntake = "entities"\n',
        "entities/topics.csv": TOPICS,
        "registers/documents.csv": "id,label.ko,label.en,type,address,published\n"
        "notice,공지,Notice,web-notice,https://example.org/a1,2019-05-20\n",
        "registers/agreements.csv": "id,source,label.ko,label.en,parties,form,status,signed,"
        "topics\nbusan-auckland-2019,notice,부산–오클랜드,Busan–Auckland,"
        "government/busan;government/auckland,agreement,signed,2019-05-16,harbour-cruises\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_agreements_are_found_by_own_topics_and_by_those_above_them(project: Path) -> None:
    citypact("build", folder=project)
    for topic in ("Harbour cruises", "항만 유람", "sightseeing by boat", "Sea", "Tourism"):
        found = citypact("query", "agreements-on-topic", "--topic", topic, folder=project).out
        assert "Busan–Auckland" in found, topic
        assert "Harbour cruises" in found
    told = citypact("why", "Harbour cruises", folder=project).out
    assert "broader topic: Tourism\n      [statement of the editors]" in told
    form = project / "more.csv"
    form.write_text(
        "Parties,Form,Signed on,Status,Topics,Source address\n"
        "Busan; Shanghai,agreement,2019-05-17,signed,Sightseeing by boat; sea,"
        "https://example.org/a1\n",
        encoding="utf-8",
    )
    citypact("add", form, folder=project)
    assert "harbour-cruises;sea" in (project / "registers" / "agreements.csv").read_text("utf-8")


def test_a_project_knows_the_topics_of_the_project_below(project: Path, tmp_path: Path) -> None:
    above = tmp_path / "above"
    for name in ("registers/documents.csv", "registers/agreements.csv"):
        (above / name).parent.mkdir(parents=True, exist_ok=True)
        text = (
            (project / name).read_text("utf-8").replace("2019", "2020").replace("notice", "report")
        )
        (above / name).write_text(text.replace("web-report", "web-notice"), encoding="utf-8")
    (above / "citypact.toml").write_text('[base]\nproject = "../busan"\ntake = "entities"\n')
    said = {
        claim.predicate.rpartition("#")[2]
        for claim in load_sources(above).claims
        if claim.subject.endswith("topic/sea")  # which only the other topic names
    }
    assert said == {"type", "prefLabel"}
    (above / "entities").mkdir()
    (above / "entities" / "topics.csv").write_text(TOPICS, encoding="utf-8")
    with pytest.raises(RecordError, match=r"twice \(first in busan:entities/topics.csv:2\)"):
        load_sources(above)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,label.ko,label.en\ntourism,여행,Travel\n",
         r"topics.csv:2: id: is declared twice \(first in citypact:topics.ttl:\d+\)"),
        ("id,label.ko,label.en\nsea,바다,Sea\nsea,해양,Ocean\n",
         r":3: id: is declared twice \(first in entities/topics.csv:2\)"),
        ("id,label.ko,label.en,broader\nsea,바다,Sea,turism\n", r":2: broader: .*\n.*tourism"),
        ("id,label.ko,label.en,broader\na,가,A,b\nb,나,B,a\n", ":2: broader: leads back"),
        ("id,label.ko,label.en\nsea,바다,\n", ":2: label.en: is empty"),
        ("id,label.ko,label.en\nThe Sea,바다,Sea\n", ":2: id: .*cannot be a name"),
        ("id,label.en\nsea,Sea\n", "has no column 'label.ko'"),
        ("id,label.ko,label.en,brodaer\nsea,바다,Sea,\n", r":1: brodaer: .*\n.*broader"),
        (TOPICS.replace("harbour-cruises", "harbor"), "'harbour-cruises' is not a topic"),
    ],
)  # fmt: skip
def test_faults_of_own_topics_are_told_with_file_and_row(
    project: Path, text: str, told: str
) -> None:
    (project / "entities" / "topics.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as raised:
        load_sources(project)
    assert re.search(told, str(raised.value)), str(raised.value)
