"""Makes a report: asks the chapters, measures their headlines on parts of the sources, writes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citypact.graph.charts import figure as figures
from citypact.graph.provenance.coverage import Coverage, as_json, coverages
from citypact.graph.report import CHAPTERS
from citypact.graph.report.shared.coverage_words import counted
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.study import Study
from citypact.graph.report.shared.undated_ties import told, without_date
from citypact.graph.tables.show import rounded_table, to_csv
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words, amount, both, joined
from citypact.graph.text.numbers import rounded
from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.atomic_folder import check_usable, replaced

if TYPE_CHECKING:
    from citypact.graph.analysis.robustness import Range
    from citypact.graph.report.page import Contents, Line, Source

TITLE = both("도시 협력의 양상", "Patterns of city partnerships")


@dataclass(frozen=True)
class Report:
    """Findings with the ranges of their headlines, and what they rest on.

    ranges: by the names of finding and headline. summary: what the build counted. coverage: what is
    documented beside what sources count, one for each government that has a total; as of the day of
    the study, where it has one.
    """

    study: Study
    findings: list[Finding]
    ranges: dict[tuple[str, str], Range]
    summary: dict[str, Any]
    coverage: list[Coverage]

    @cached_property
    def left_out(self) -> Counter[str]:
        """How many ties are left out since no date of theirs is known, by their relation.

        None are where the study has no day.
        """
        return without_date(self.study) if self.study.chosen.as_of else Counter()

    def tables(self) -> dict[str, DataTable]:
        """All tables by their names, numbers rounded as the files have them."""
        return {table.name: rounded_table(table) for each in self.findings for table in each.tables}

    def finding(self, name: str) -> Finding:
        """A finding by the name of its chapter. Raises CitypactError where it is not there."""
        for finding in self.findings:
            if finding.name == name:
                return finding
        known = ", ".join(finding.name for finding in self.findings)
        raise CitypactError(
            "the report has no chapter {name!r}\n    -> it has: {known}", name=name, known=known
        )

    def to_json(self) -> bytes:
        """Answers, headlines with their ranges, parameters and sources, for other programs."""
        study = self.study
        data = {
            "graph sha256": self.summary.get("graph sha256", ""),
            "network": study.network_name,
            "as of": study.chosen.as_of.isoformat() if study.chosen.as_of else None,
            "left out without a date": dict(sorted(self.left_out.items())),
            "coverage": [as_json(each) for each in self.coverage],
            "findings": [self._finding(each) for each in self.findings],
        }
        return (json.dumps(rounded(data), ensure_ascii=False, indent=1) + "\n").encode()

    def _finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "name": finding.name,
            "title": finding.title,
            "question": finding.question,
            "answer": list(finding.answer),
            "method": list(finding.method),
            "cautions": list(finding.cautions),
            "parameters": dict(finding.parameters),
            "headlines": [
                {
                    "name": headline.name,
                    "label": headline.label,
                    "network": headline.network,
                    **self._range(finding.name, headline.name),
                }
                for headline in finding.headlines
            ],
            "tables": [f"tables/{table.name}.csv" for table in finding.tables],
            "figures": [figure.name for figure in finding.figures],
            "sources": list(finding.sources),
        }

    def _range(self, finding: str, headline: str) -> dict[str, Any]:
        found = self.ranges.get((finding, headline))
        return {} if found is None else asdict(found)


def make_report(study: Study, only: Sequence[str] = ()) -> Report:
    """Asks the chapters, all or only those named, and measures their headlines on parts of sources.

    Raises CitypactError for a chapter that there is not.
    """
    from citypact.graph.report.shared.ranges import ranges

    unknown = [name for name in only if name not in CHAPTERS]
    if unknown:
        raise CitypactError(
            "there is no chapter called {unknown}\n    -> use {chapters}",
            unknown=", ".join(unknown),
            chapters=", ".join(CHAPTERS),
        )
    findings: list[Finding] = []
    for name in CHAPTERS:
        if only and name not in only:
            continue
        study.progress(Message("analysing: {name}", name=name))
        findings.append(
            _chapter(name)(study, findings) if name == "missing" else _chapter(name)(study)
        )
    study.progress("leaving sources out")
    return Report(
        study,
        findings,
        ranges(study, findings),
        study.store.summary(),
        coverages(study.store, study.chosen.as_of),
    )


def _chapter(name: str) -> Callable[..., Finding]:
    """The function of a chapter; its module is loaded when it is asked for."""
    found = name.replace("-", "_")
    module = import_module(f"citypact.graph.report.{found}.chapter")
    chapter: Callable[..., Finding] = getattr(module, found)
    return chapter


def write_report(report: Report, out: Path, language: str = "ko") -> list[Path]:
    """Writes a report into the folder `out`, whole or not at all, and gives its files.

    report.html and figures.html (which open in `language`), findings.json, tables/ with CSV and
    Parquet, figures/ with SVG and PNG in both languages. `out` becomes a link to the new folder.
    Raises CitypactError where something else is there, and where a package is missing.
    """
    out = out.absolute()
    check_usable(out)
    files = report_files(report, language)
    with replaced(out) as folder:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    return [out / name for name in files]


def report_files(report: Report, language: str = "ko") -> dict[str, bytes]:
    """The files of a report by their places in its folder."""
    from citypact.graph.export.parquet import parquet_files
    from citypact.graph.report import page

    progress = report.study.progress
    drawn: dict[str, bytes] = {}
    specifications: dict[str, Any] = {}
    for finding in report.findings:
        for figure in finding.figures:
            progress(Message("drawing: {name}", name=figure.name))
            specifications[figure.name] = figures.specifications(figure)
            drawn |= figures.files(figure.name, specifications[figure.name])
    progress("writing")
    contents = contents_of(report)
    pages = page.Figures(specifications, drawn)
    tables = report.tables()
    return {
        "report.html": page.report_page(contents, pages, language).encode(),
        "figures.html": page.figures_page(contents, pages, language).encode(),
        "findings.json": report.to_json(),
        **{f"tables/{name}.csv": to_csv(table) for name, table in tables.items()},
        **{f"tables/{name}": data for name, data in parquet_files(tables.values()).items()},
        **{f"figures/{name}": data for name, data in drawn.items()},
    }


# What the pages say beside the findings


def contents_of(report: Report) -> Contents:
    """What the pages show: findings with their ranges, and what stands under each."""
    from citypact.graph.report import page

    sources = _sources(report)
    chapters = [
        page.chapter(
            finding,
            [_line(report, finding, headline.name) for headline in finding.headlines],
            [sources[iri] for iri in finding.sources if iri in sources],
        )
        for finding in report.findings
    ]
    return page.Contents(TITLE, _about(report), _under(report), chapters, list(sources.values()))


def _sources(report: Report) -> dict[str, Source]:
    """The documents that findings cite, numbered in the order of their addresses."""
    from citypact.graph.report.page import Source

    cited = {iri for finding in report.findings for iri in finding.sources}
    rows = report.study.store.solutions("SELECT * WHERE { ?document citypact:address ?address }")
    addresses = {row["document"].value: row["address"].value for row in rows}
    names = report.study.names
    ordered = sorted(cited, key=lambda iri: (addresses.get(iri, ""), iri))
    return {
        iri: Source(
            number,
            names.both(iri),
            addresses.get(iri, ""),
        )
        for number, iri in enumerate(ordered, 1)
    }


def _about(report: Report) -> list[Words]:
    study = report.study
    network = study.network()
    nodes, edges = network.number_of_nodes(), network.number_of_edges()
    day = study.chosen.as_of
    return [
        joined(
            NETWORK_NAMES[study.network_name],
            amount(nodes, "노드", "node", "nodes"),
            amount(edges, "연결", "tie", "ties"),
            *([both(f"{day} 기준", f"as of {day}")] if day else []),
        ),
        both(
            "핵심 수치마다 그 범위를 함께 적습니다. 출처를 하나씩 뺄 때의 가장 작은 값과 큰 값, "
            "그리고 출처의 절반만 뽑기를 되풀이할 때 그 95 %가 드는 범위입니다. 신뢰구간이 아니라 "
            "출처가 절반뿐이었다면 보였을 값입니다. 뽑은 값이 한쪽으로 몰리면 ‘치우침’이라 적고 그 "
            "평균을 보입니다. 그림은 전체 자료의 것입니다.",
            "Each key figure has its ranges: the least and greatest when one source is left out, "
            "and where 95 % lie when half of the sources are drawn, again and again: no interval "
            "of confidence, but what half of the sources would show. Where the draws lie to one "
            "side, “shifted” says so, with their mean. Figures show all of the data.",
        ),
    ]


NETWORK_NAMES = {
    "actors": both("행위자 네트워크", "Network of actors"),
    "cities": both("도시 네트워크", "Network of cities"),
}


def _under(report: Report) -> list[tuple[Words, Words]]:
    """What stands under each finding: the data, the network, and how much of it is documented."""
    study = report.study
    digest = str(report.summary.get("graph sha256", ""))
    found = [
        (both("자료(SHA-256)", "Data (SHA-256)"), both(digest, digest)),
        (both("네트워크", "Network"), both(study.network_name, study.network_name)),
    ]
    if study.chosen.as_of:
        day = study.chosen.as_of.isoformat()
        found.append((both("기준일", "As of"), both(day, day)))
        left_out = both("날짜를 몰라 빠진 연결", "Left out, as no date is known")
        found.append((left_out, told(report.left_out)))
    return [*found, *(_coverage(study, each) for each in report.coverage)]


def _coverage(study: Study, found: Coverage) -> tuple[Words, Words]:
    """How much of what sources count is documented, as of the day of the study."""
    name, day = study.names.both(found.government), study.chosen.as_of
    return (
        both("자료의 범위", "Coverage"),
        joined(
            both(
                f"{name['ko']}: {f'{day}까지 시작한 ' if day else ''}결연·협력 도시 "
                f"{len(found.partners):,}곳 확인, 그중 {len(found.primary):,}곳은 1차 문서로.",
                f"{name['en']}: {amount(len(found.partners), '', 'partner', 'partners')['en']} "
                f"documented{f' as begun by {day}' if day else ''}, {len(found.primary):,} of them "
                "by a primary document.",
            ),
            counted(found, day),
            ko=" ",
            en=" ",
        ),
    )


def _line(report: Report, finding: Finding, name: str) -> Line:
    """A headline as the page shows it."""
    from citypact.graph.report.page import Line

    headline = next(each for each in finding.headlines if each.name == name)
    found = report.ranges[finding.name, name]
    names = report.study.names
    by = names.both(found.source) if found.source else NONE
    return Line(
        headline.label,
        _measured(headline, found.value),
        _between(headline, found.least, found.greatest),
        by,
        _drawn(headline, found),
    )


NONE = both("–", "–")


def _measured(headline: Headline, value: float | None) -> Words:
    text, unit = headline.written(value), headline.unit
    return both(f"{text}{unit['ko']}", f"{text} {unit['en']}".strip())


def _drawn(headline: Headline, found: Range) -> Words:
    """The range from halves of the sources; their mean where they lie to one side of the value."""
    if not found.is_told:
        return both(
            f"{found.draws:,}번 중 {found.told:,}번만 값이 있음",
            f"told in {found.told:,} of {found.draws:,} draws",
        )
    drawn = _between(headline, found.low, found.high)
    if not found.is_shifted:
        return drawn
    mean = headline.written(found.mean)
    return joined(drawn, both(f"(치우침, 평균 {mean})", f"(shifted, mean {mean})"), ko=" ", en=" ")


def _between(headline: Headline, low: float | None, high: float | None) -> Words:
    if low is None or high is None:
        return NONE
    bounds = dict.fromkeys((headline.written(low), headline.written(high)))
    text = " – ".join(bounds)
    return both(text, text)
