"""Briefs: every sentence has its source, absences are said, and hostile names stay text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from markdown_it import MarkdownIt

from citypact.api import Graph
from citypact.graph.brief.data import Brief
from citypact.graph.brief.files import brief_file, brief_on
from citypact.graph.brief.text import BriefText, brief_text
from citypact.graph.pages.review.page import page_words
from citypact.graph.relations.facts import FactReader
from citypact.graph.store.base import LocalStore
from citypact.ontology import CODE, ID, SKOS
from citypact.ontology.errors import CitypactError
from citypact.sources.extraction.record import FORCE_CODES
from tests.running import citypact

PARTNERS = ("과야킬", "런던", "San Francisco", "Beijing", "Tokyo", "WeGO", "코트라", "Los Angeles")
HOSTILE = "<img src=x onerror=alert(1)>`**[x](javascript:alert(1))** &amp; $x$ ]]>\x07"


@pytest.fixture(scope="module")
def reader(packaged: LocalStore) -> FactReader:
    return FactReader.of(packaged)


@pytest.fixture(scope="module")
def briefs(reader: FactReader) -> Callable[[str], Brief]:
    """Gives the brief on a partner of the centre, made once."""
    return cache(lambda name: brief_on(reader, name, ""))


def lines_of(text: BriefText, title: str) -> list[str]:
    (section,) = (section for section in text.sections if section.title == title)
    return [" ".join(part.text for part in line.parts) for line in section.lines]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", PARTNERS)
def test_every_sentence_has_a_source_that_can_be_found(
    reader: FactReader, briefs: Callable[[str], Brief], name: str, language: str
) -> None:
    text = brief_text(reader, briefs(name), language)
    numbers = {note.number: note for note in text.notes}
    cited = set()
    for section in text.sections:
        for line in section.lines:
            if line.kind == "sentence":
                assert any(part.notes for part in line.parts), line
            for part in line.parts:
                cited.update(part.notes)
    assert cited == set(numbers) == set(range(1, len(numbers) + 1))
    for note in text.notes:
        assert note.citation or numbers[note.same].citation
        assert note.passages or note.is_editorial


@pytest.mark.parametrize("name", PARTNERS)
def test_both_languages_say_the_same_with_the_same_sources(
    reader: FactReader, briefs: Callable[[str], Brief], name: str
) -> None:
    korean, english = (brief_text(reader, briefs(name), language) for language in ("ko", "en"))
    assert [
        [[part.notes for part in line.parts] for line in section.lines]
        for section in korean.sections
    ] == [
        [[part.notes for part in line.parts] for line in section.lines]
        for section in english.sections
    ]


def test_the_words_of_a_note_are_those_of_the_claims_behind_the_sentence(
    reader: FactReader,
    briefs: Callable[[str], Brief],
) -> None:
    found = briefs("과야킬")
    text = brief_text(reader, found, "ko")
    notes = {note.number: note for note in text.notes}
    (agreement,) = found.agreements
    concluded = next(s for s in text.sections if s.title == "협정").lines[0].parts[0]
    assert {notes[number].document for number in concluded.notes} <= {
        claim.document for claim in agreement.sources["concluded"]
    }
    links = {p.link for c in agreement.sources["topics"] for p in c.passages}
    topics = next(s for s in text.sections if s.title == "협정").lines[0].parts[2]
    assert {p.link for number in topics.notes for p in notes[number].passages} <= links


def test_the_brief_on_guayaquil_says_what_the_sources_say(
    reader: FactReader, briefs: Callable[[str], Brief]
) -> None:
    text = brief_text(reader, briefs("과야킬"), "ko")
    said = "\n".join(p.text for s in text.sections for line in s.lines for p in line.parts)
    assert "2020. 10. 30. 체결함" in said
    assert "서정협(서울시장 권한대행)" in said
    assert "과야킬 맞춤 마스터플랜 수립 — 하기로 함" in said
    assert "스마트시티 정책 웨비나: 2020. 10. 30. 예정됨" in said
    assert "신시아 비테리 히메네스가 서울특별시에 요청함" in said
    english = brief_text(reader, briefs("Guayaquil"), "en")
    assert any(
        "Acting Mayor of Seoul" in line
        for s in english.sections
        for line in lines_of(english, s.title)
    )


def test_versions_that_bind_differently_and_contradictions_are_said(
    reader: FactReader, briefs: Callable[[str], Brief]
) -> None:
    lines = lines_of(brief_text(reader, briefs("Los Angeles"), "ko"), "출처 간 불일치")
    assert any("우호도시(채택)" in line and "자매도시" in line for line in lines)
    assert any("국문본은 ‘노력하기로 함’" in line for line in lines)
    promises = lines_of(brief_text(reader, briefs("Los Angeles"), "en"), "Commitments by topic")
    assert any("— optional (article 4)" in line for line in promises)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_brief_answers_and_review_name_forces_as_the_code_list_does(
    reader: FactReader, briefs: Callable[[str], Brief], language: str
) -> None:
    commitments = briefs("Los Angeles").commitments
    codes = {code for group in commitments for c in group.commitments for _, code in c.forces}
    labels = {code: reader.names.label(f"{CODE}force/{code}", language) for code in codes}
    text = brief_text(reader, briefs("Los Angeles"), language)
    said = "\n".join(p.text for s in text.sections for line in s.lines for p in line.parts)
    assert len(codes) > 2
    for label in labels.values():
        assert label.casefold() in said.casefold()
    offered = page_words()["words"]
    for drafted, code in FORCE_CODES.items():
        assert offered[f"choice.{drafted}"][language] == labels[code]


def test_an_agreement_that_is_only_announced_is_not_called_signed(
    reader: FactReader, briefs: Callable[[str], Brief]
) -> None:
    lines = lines_of(
        brief_text(reader, briefs("츠와네"), "ko"), "발표되었으나 이후 확인되지 않은 사항"
    )
    assert any("체결은 확인되지 않음" in line for line in lines)
    signings = lines_of(brief_text(reader, briefs("WeGO"), "ko"), "서명자와 재직자")
    assert any("서명 예정자" in line for line in signings)


def test_a_city_without_an_agreement_says_so(reader: FactReader) -> None:
    found = brief_on(reader, "Paris", "London")
    text = brief_text(reader, found, "en")
    assert lines_of(text, "Agreements") == ["※ No agreement with London is on record."]
    assert lines_of(text, "The relation") == ["※ No partnership with London is on record."]
    assert text.remarks


def test_a_day_leaves_out_what_began_later_and_counts_what_nobody_dates(
    reader: FactReader,
) -> None:
    before = brief_on(reader, "Tokyo", "", date(2014, 12, 31))
    assert [each.iri.rsplit("/", 1)[1] for each in before.agreements] == ["seoul-tokyo-2014"]
    assert brief_on(reader, "과야킬", "", date(2019, 1, 1)).undated == 1
    assert not brief_on(reader, "과야킬", "", date(2019, 1, 1)).agreements
    early = brief_on(reader, "London", "", date(1900, 1, 1))
    assert not early.networks and early.undated


def test_a_place_cannot_be_its_own_partner(reader: FactReader) -> None:
    with pytest.raises(CitypactError, match="both sides"):
        brief_on(reader, "서울시", "")
    with pytest.raises(CitypactError, match="Atlantis"):
        brief_on(reader, "Atlantis", "")


@pytest.fixture(scope="module")
def hostile(records: LocalStore) -> FactReader:
    """The records with a name that means something to every format."""
    label = ox.NamedNode(SKOS + "prefLabel")
    thing = ox.NamedNode(ID + "person/seo-jeong-hyup")
    quads = [q for q in records.quads() if not (q.subject == thing and q.predicate == label)]
    quads += [ox.Quad(thing, label, ox.Literal(HOSTILE, language=each)) for each in ("ko", "en")]
    return FactReader.of(LocalStore.of(quads, lambda: dict(records.summary())))


def test_hostile_names_stay_text_in_a_page(hostile: FactReader, browser: Any) -> None:
    html = brief_file(hostile, brief_on(hostile, "과야킬", ""), "html", "ko").decode()
    page = browser.new_page(viewport={"width": 360, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(html)
    assert "<img src=x onerror=alert(1)>" in page.inner_text("main")
    assert page.locator("img, script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not asked
    links = page.eval_on_selector_all("sup a", "all => all.map(a => a.hash)")
    assert links
    assert all(page.locator(f"li{link}").count() == 1 for link in links)
    targets = page.eval_on_selector_all("li a", "all => all.map(a => a.getAttribute('href'))")
    assert all(target.startswith(("https://", "http://", "#note-")) for target in targets)
    for width in range(320, 400, 10):  # no number of a note begins a line
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(
            "[...document.querySelectorAll('sup')].every((note) => {"
            " const said = note.previousSibling;"
            " if (said?.nodeType !== Node.TEXT_NODE || !said.data.trim()) return true;"
            " const last = document.createRange(), end = said.data.trimEnd().length;"
            " last.setStart(said, end - 1); last.setEnd(said, end);"
            " return note.getBoundingClientRect().left > last.getBoundingClientRect().left; })"
        )
    page.close()


def test_hostile_names_stay_text_in_markdown(hostile: FactReader) -> None:
    data = brief_file(hostile, brief_on(hostile, "과야킬", ""), "md", "ko").decode()
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(data)
    assert "<img" not in html
    assert (
        "javascript:alert(1)" not in re.sub(r"<[^>]*>", "", html) or 'href="javascript' not in html
    )
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    references, notes = (
        re.findall(r"\[\^(\d+)\](?!:)", data),
        re.findall(r"^\[\^(\d+)\]:", data, re.M),
    )
    assert set(references) == set(notes)


def test_hostile_names_stay_text_in_a_word_document_with_footnotes(hostile: FactReader) -> None:
    import docx
    from lxml import etree

    found = brief_on(hostile, "과야킬", "")
    data = brief_file(hostile, found, "docx", "ko")
    assert data == brief_file(hostile, found, "docx", "ko")
    document = docx.Document(io.BytesIO(data))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert HOSTILE.replace("\x07", "\ufffd") in said
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        notes = etree.fromstring(parts.read("word/footnotes.xml"))
        body = etree.fromstring(parts.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    ids = [note.get(f"{space}id") for note in notes if not note.get(f"{space}type")]
    referred = [mark.get(f"{space}id") for mark in body.iter(f"{space}footnoteReference")]
    assert ids == referred == [str(number) for number in range(1, len(ids) + 1)]
    text = brief_text(hostile, found, "ko")
    assert len(ids) == len(text.notes)
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)


def test_a_brief_prints_on_two_sides_of_a4(
    reader: FactReader, briefs: Callable[[str], Brief], browser: Any, tmp_path: Path
) -> None:
    import pypdfium2

    page = browser.new_page()
    for name in ("과야킬", "Los Angeles", "WeGO"):
        page.set_content(brief_file(reader, briefs(name), "html", "ko").decode())
        pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert len(pdf) <= 2
        assert pdf[0].get_size() == pytest.approx((595, 842), abs=1)
    page.close()


def test_the_command_writes_the_brief_of_the_api(whole_build: Path, tmp_path: Path) -> None:
    out = tmp_path / "guayaquil.html"
    done = citypact("brief", "과야킬", "--language", "ko", "--store", whole_build, "--out", out)
    assert done.out.strip() == str(out)
    written = out.read_bytes()
    found = Graph(LocalStore.open(whole_build)).brief("Guayaquil", out=out, language="ko")
    assert out.read_bytes() == written
    assert found.subject == ID + "city/guayaquil"
    printed = citypact(
        "brief", "런던", "--format", "md", "--store", whole_build, "--language", "en"
    )
    assert printed.out.startswith("# Brief on London\n")
    markdown, word = tmp_path / "london.md", tmp_path / "london.docx"
    for path in (markdown, word):
        citypact("brief", "런던", "--store", whole_build, "--language", "en", "--out", path)
    assert markdown.read_text(encoding="utf-8") == printed.out
    assert zipfile.is_zipfile(word)
