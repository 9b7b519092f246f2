"""The files of a report: what they hold, whatever the names in them, the same bytes each time."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pybtex.database import parse_string

pytest.importorskip("altair", reason="altair is not installed: no report is made")
pytest.importorskip("vl_convert", reason="vl-convert-python is not installed: no report is made")

from pyarrow import parquet

from citypact.graph.charts.figure import Figure, specification, svg
from citypact.graph.report.report import Report, report_files, write_report
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from citypact.graph.tables.table import Column, DataTable
from citypact.graph.text.bilingual import both
from citypact.graph.text.numbers import rounded, written
from citypact.ontology.errors import CitypactError
from tests.running import here_and_elsewhere

Open = Callable[..., Any]
HOSTILE = "</script><script>window.broken=1</script> \"'&<b onclick='window.broken=1'>서울"
FORMULA = '=HYPERLINK("https://example.org")'
ROWS = [
    {"id": f"x:{i}", "label_ko": f"도시 {i}", "label_en": f"City {i}", "degree": i, "share": i / 7}
    for i in range(30)
] + [
    {"id": "x:formula", "label_ko": "-1", "label_en": FORMULA, "degree": -1},
    {"id": "x:hostile", "label_ko": HOSTILE, "label_en": HOSTILE, "degree": 1234567},
]


def bars(language: str) -> Any:
    import altair

    values = [
        {"city": HOSTILE, "ties": 1 / 3},
        {"city": {"ko": "과야킬"}.get(language, "Guayaquil"), "ties": 2},
    ]
    return (
        altair.Chart(altair.Data(values=values))
        .mark_bar(color="#0072b2")
        .encode(
            x=altair.X("ties:Q", title={"ko": "연결 수", "en": "Ties"}[language]),
            y=altair.Y("city:N", title=None),
            tooltip=["city:N", "ties:Q"],
        )
        .properties(width=640)
    )


def report(store: LocalStore) -> Report:
    """A report of one finding, with names that would break a page that trusts them."""
    names = ("label_ko", "label_en")
    columns = [Column("id", "text", "", "")]
    columns += [Column(name, "text", "도시", "City") for name in names]
    columns += [Column("degree", "integer", "수", "Ties"), Column("share", "number", "몫", "Share")]
    finding = Finding(
        name="structure",
        title=both("가운데", "The middle"),
        question=both("누가?", "Who?"),
        answer=[both(HOSTILE, HOSTILE)],
        method=[both("방법", "Method")],
        parameters={"seed": 7, "left-out": HOSTILE},
        headlines=[Headline("ties", both("연결 수", "Ties"), "actors", len)],
        tables=[DataTable("structure-cities", "도시들", "Cities", tuple(columns), ("id",), ROWS)],
        figures=[Figure("structure-bars", both(HOSTILE, HOSTILE), both("막대", "Bars"), bars)],
        cautions=[both("주의", "Caution")],
        sources=sorted(
            row["d"].value for row in store.solutions("SELECT ?d WHERE { ?d citypact:address ?a }")
        )[:3],
    )
    study = Study(store)
    from citypact.graph.report.shared.ranges import ranges

    return Report(study, [finding], ranges(study, [finding]), store.summary(), [])


@pytest.fixture(scope="module")
def files(build: Path) -> dict[str, bytes]:
    return report_files(report(LocalStore.open(build)))


def test_a_figure_has_the_same_bytes_whatever_was_drawn_before() -> None:
    def shaded(language: str) -> Any:

        return bars(language).mark_bar(clip=True).encode(color="ties:Q")

    figure = Figure("shaded", both("그림", "Figure"), both("글", "Text"), shaded)
    first = svg(specification(figure, "en"))
    assert b"<linearGradient" in first and b"<clipPath" in first
    assert svg(specification(figure, "en")) == first
    used = set(re.findall(rb"url\(#(\w+)\)", first))
    assert len(used) == 2 and all(b' id="%s"' % each in first for each in used)


def test_tables_are_read_back_as_they_were(files: dict[str, bytes]) -> None:
    table = list(csv.DictReader(io.StringIO(files["tables/structure-cities.csv"].decode())))
    assert [row["label_ko"].removeprefix("'") for row in table] == [r["label_ko"] for r in ROWS]
    # No text is a formula to a spreadsheet, and numbers stay numbers.
    formula = (table[-2]["label_ko"], table[-2]["label_en"], table[-2]["degree"])
    assert formula == ("'-1", f"'{FORMULA}", "-1")
    assert table[3]["share"] == "0.428571"  # 3/7 to six digits
    assert table[-1]["share"] == ""
    typed = parquet.read_table(io.BytesIO(files["tables/structure-cities.parquet"])).to_pylist()
    assert [row["degree"] for row in typed] == [row["degree"] for row in ROWS]
    assert typed[-1]["share"] is None


def test_findings_are_told_to_other_programs(files: dict[str, bytes]) -> None:
    found = json.loads(files["findings.json"])
    [finding] = found["findings"]
    assert finding["answer"] == [both(HOSTILE, HOSTILE)]
    assert finding["parameters"]["seed"] == 7
    assert re.fullmatch("[0-9a-f]{64}", found["graph_sha256"])


def test_a_report_names_its_project(files: dict[str, bytes], build: Path) -> None:
    title = json.loads((build / "summary.json").read_text(encoding="utf-8"))["title"]
    page = html.unescape(files["report.html"].decode())
    assert title["ko"] in page and title["en"] in page


def test_sources_are_linked_at_their_passage_and_cited(files: dict[str, bytes]) -> None:
    page = files["report.html"].decode()
    items = json.loads(files["sources.json"])
    assert len(items) == page.count('<li id="source-') == 3
    assert len(parse_string(files["sources.bib"].decode(), "bibtex").entries) == 3
    for item in items:
        assert f'<a href="{html.escape(item["URL"])}' in page
    assert 'href="sources.bib"' in page and 'href="sources.json"' in page


def test_figures_have_both_languages_in_every_format(files: dict[str, bytes]) -> None:
    words = {}
    for language in ("ko", "en"):
        drawing = files[f"figures/structure-bars.{language}.svg"]
        words[language] = "".join(ElementTree.fromstring(drawing).itertext())
        assert HOSTILE in words[language]
        assert files[f"figures/structure-bars.{language}.png"].startswith(b"\x89PNG")
    assert "연결 수" in words["ko"] and "과야킬" in words["ko"]
    assert "Ties" in words["en"] and "Guayaquil" in words["en"]


def test_korean_letters_are_drawn_and_no_boxes(build: Path) -> None:
    """Two words of as many letters make two different pictures: boxes would make the same."""
    from citypact.graph.charts.figure import png, svg

    pictures = set()
    for word in ("서울", "부산", "하노"):
        mark = {"type": "text", "font": "NanumGothic", "fontSize": 40, "text": word}
        drawing = {"data": {"values": [{}]}, "mark": mark, "width": 120, "height": 60}
        pictures.add(png(svg(drawing)))
    assert len(pictures) == 3


def test_pages_follow_the_browser_and_keep_what_the_reader_chooses(
    files: dict[str, bytes], new_tab: Open, tmp_path: Path
) -> None:
    for name in ("report.html", "figures.html"):
        (tmp_path / name).write_bytes(files[name])
    tab = new_tab((tmp_path / "report.html").as_uri(), locale="en-GB")
    assert tab.title() == tab.inner_text("h1") == "Patterns of city partnerships"
    tab.click("text=한국어")
    assert tab.title() == tab.inner_text("h1") == "도시 협력의 양상"
    tab.click("nav a[href^='figures.html']")
    tab.wait_for_url("**/figures.html*")  # A busy machine clicks before the page is there.
    assert tab.title() == "그림: 도시 협력의 양상"


def test_pages_load_nothing_and_trust_no_name(
    files: dict[str, bytes], new_tab: Open, tmp_path: Path
) -> None:
    for name in ("report.html", "figures.html"):
        (tmp_path / name).write_bytes(files[name])
    tab = new_tab(
        (tmp_path / "report.html").as_uri(), viewport={"width": 1400, "height": 900}, locale="ko-KR"
    )
    assert HOSTILE in tab.inner_text(".answer")
    assert tab.inner_text("h1") == "도시 협력의 양상"
    tab.click("text=English")
    assert tab.inner_text("h1") == "Patterns of city partnerships"
    assert tab.inner_text("caption >> nth=1") == "Cities"
    assert tab.is_visible("img.en") and not tab.is_visible("img.ko")
    assert tab.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 600)")
    assert tab.evaluate("window.broken") is None
    tab.goto((tmp_path / "figures.html").as_uri())
    tab.wait_for_selector("[data-figure] svg")
    assert "연결 수" in tab.text_content("[data-figure] svg")
    tab.click("text=English")
    tab.wait_for_function(
        "document.querySelector('[data-figure] svg').textContent.includes('Ties')"
    )
    tab.hover("[data-figure] .mark-rect path >> nth=0")
    tab.wait_for_selector("#vg-tooltip-element.visible")
    assert tab.evaluate("window.broken") is None


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_pages_fit_their_window(
    files: dict[str, bytes], new_tab: Open, tmp_path: Path, width: int
) -> None:
    for name in ("report.html", "figures.html"):
        (tmp_path / name).write_bytes(files[name])
        tab = new_tab((tmp_path / name).as_uri(), viewport={"width": width, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_the_same_report_has_the_same_bytes(build: Path) -> None:
    code = (
        "import hashlib, sys; from pathlib import Path;"
        "from citypact.graph.store.base import LocalStore;"
        "from citypact.graph.report.report import report_files;"
        "from tests.graph.report.test_report_files import report;"
        "found = report_files(report(LocalStore.open(Path(sys.argv[1]))));"
        "print({n: hashlib.sha256(d).hexdigest() for n, d in sorted(found.items())})"
    )
    here, elsewhere = here_and_elsewhere(code, build)
    assert here == elsewhere != ""


def test_a_report_is_whole_or_not_at_all(build: Path, tmp_path: Path) -> None:
    made = report(LocalStore.open(build))
    out = tmp_path / "analysis"
    first = write_report(made, out)
    assert all(path.is_file() for path in first)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("precious")
    with pytest.raises(CitypactError, match="was not made by citypact"):
        write_report(made, tmp_path / "mine")
    assert (tmp_path / "mine" / "notes.txt").read_text() == "precious"
    assert write_report(made, out) == first  # a report of before is replaced


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (1234567, "1,234,567"),
        (-5.0, "−5"),
        (0.385, "0.385"),
        (7.34813, "7.35"),
        (0.00898129, "0.0090"),
        (1.2e-7, "1.2×10⁻⁷"),
        (None, "–"),
    ],
)
def test_numbers_are_written_for_people(number: float | None, text: str) -> None:
    assert written(number) == text


def test_numbers_are_rounded_alike_and_never_infinite() -> None:
    assert rounded({"a": [1 / 3, 123456.789, float("nan")], "b": (True, 5)}) == {
        "a": [0.333333, 123457.0, None],
        "b": [True, 5],
    }
