"""Makes a report: runs the chapters, measures their headlines on parts of the sources, writes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.significance import Verdict
from citypact.graph.charts import figure as figures
from citypact.graph.networks.undated import undated_ties
from citypact.graph.provenance.citations import Bibliography, by_date, cite
from citypact.graph.provenance.coverage import Coverage, as_json, coverages_of
from citypact.graph.provenance.documents import SourceDocuments
from citypact.graph.report import CHAPTERS, OF_GROUPS, OF_SEVERAL_LISTS
from citypact.graph.report.shared import primary_tests
from citypact.graph.report.shared.coverage_words import coverage_words, lists_words
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.primary_tests import Member
from citypact.graph.report.shared.study import Study
from citypact.graph.report.words import message
from citypact.graph.tables.catalogue import table
from citypact.graph.tables.show import rounded_table, to_csv
from citypact.graph.tables.show import shown as shown_table
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words, both, joined
from citypact.graph.text.numbers import rounded, written
from citypact.ontology.errors import CitypactError, Message, shown
from citypact.sources.files.atomic_folder import check_usable, write_folder

if TYPE_CHECKING:
    from citypact.graph.analysis.robustness import Range
    from citypact.graph.report.page import Contents, Line, ShownFinding, Source


@dataclass(frozen=True)
class Report:
    """Findings with the ranges of their headlines, and what they rest on.

    ranges: by the names of finding and headline. summary: what the build counted. coverage: what is
    documented of the totals that sources give, one for each government that has a total; as of the
    day of the study, where it has one.
    """

    study: Study
    findings: list[Finding]
    ranges: dict[tuple[str, str], Range]
    summary: dict[str, Any]
    coverage: list[Coverage]

    @cached_property
    def left_out(self) -> Counter[str]:
        """How many ties are left out because they have no date, by their relation.

        None are if the study has no day.
        """
        study = self.study
        if study.chosen.as_of is None:
            return Counter()
        return undated_ties(study.store, study.network_name, study.chosen)

    def tables(self) -> dict[str, DataTable]:
        """All tables by their names, numbers rounded as the files have them."""
        found = [table for each in self.findings for table in each.tables]
        found += [primary_table(self.primary)] if self.primary else []
        return {table.name: rounded_table(table) for table in found}

    @cached_property
    def primary(self) -> list[Member]:
        """The family of primary tests, adjusted together."""
        tests = [(each.name, each.title, test) for each in self.findings for test in each.primary]
        return primary_tests.family(tests)

    def key_findings(self, finding: Finding) -> list[KeyFinding]:
        """The key findings of a chapter, significant only if its primary tests are.

        Those of exploratory tests have been corrected for the tests of their own question.
        """
        own = [each for each in self.primary if each.chapter == finding.name]
        is_confirmed = all(each.is_significant for each in own)
        is_inconclusive = any(each.result.verdict is Verdict.INCONCLUSIVE for each in own)
        return [
            key
            if key.is_exploratory
            else replace(
                key,
                is_significant=key.is_significant and is_confirmed,
                is_inconclusive=is_inconclusive,
            )
            for key in finding.key_findings
        ]

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
            "graph_sha256": self.summary.get("graph sha256", ""),
            "network": study.network_name,
            "as_of": study.chosen.as_of.isoformat() if study.chosen.as_of else None,
            **_current_on(study),
            **_choice_of_sources(study),
            "left_out_without_date": dict(sorted(self.left_out.items())),
            "coverage": [as_json(each) for each in self.coverage],
            "primary_tests": primary_tests.as_json(self.primary),
            "findings": [self._finding(each) for each in self.findings],
        }
        return (json.dumps(rounded(data), ensure_ascii=False, indent=1) + "\n").encode()

    def _finding(self, finding: Finding) -> dict[str, Any]:
        texts = ("name", "title", "question", "limits", "answer", "method", "cautions")
        return {name: getattr(finding, name) for name in texts} | {
            "parameters": {
                name: value["en"] if isinstance(value, dict) else value
                for name, value in finding.parameters.items()
            },
            "headlines": [
                {"name": each.name, "label": each.label, "network": each.network}
                | asdict(self.ranges[finding.name, each.name])
                for each in finding.headlines
            ],
            "tables": [f"tables/{table.name}.csv" for table in finding.tables],
            "figures": [figure.name for figure in finding.figures],
            "sources": finding.sources,
            "key_findings": [
                asdict(each) | {"holds": each.holds} for each in self.key_findings(finding)
            ],
        }


def make_report(study: Study, only: Sequence[str] = ()) -> Report:
    """Runs the chapters, all or those named, and measures their headlines on parts of the sources.

    Raises CitypactError for an unknown chapter.
    """
    from citypact.graph.report.shared.ranges import ranges

    unknown = [name for name in only if name not in CHAPTERS]
    if unknown:
        raise CitypactError(
            "there is no chapter called {unknown}\n    -> use {chapters}",
            unknown=", ".join(map(shown, unknown)),
            chapters=", ".join(CHAPTERS),
        )
    findings: list[Finding] = []
    chosen = [name for name in CHAPTERS if name in only or (not only and _applies(name, study))]
    for at, name in enumerate(chosen, 1):
        chapter = Message(
            "analysing: {name}, {at} of {number}", name=name, at=at, done=at - 1, number=len(chosen)
        )
        study.progress(chapter)
        findings.append(_finding(name, study, findings))
    study.progress("leaving sources out")
    return Report(
        study,
        findings,
        ranges(study, findings),
        study.store.summary(),
        _coverage(study),
    )


def _applies(chapter: str, study: Study) -> bool:
    if chapter in OF_GROUPS:
        return not study.is_of_lists
    return chapter not in OF_SEVERAL_LISTS or study.lists.are_several


def _finding(name: str, study: Study, findings: Sequence[Finding]) -> Finding:
    """Runs a chapter, whose module is loaded now, with what its `NEEDS` names besides the study."""
    function = name.replace("-", "_")
    module = import_module(f"citypact.graph.report.{function}.chapter")
    needs = {"findings": findings} if "findings" in getattr(module, "NEEDS", ()) else {}
    finding: Finding = getattr(module, function)(study, **needs)
    return finding


def write_report(
    report: Report, out: Path, language: str = "ko", *, with_png: bool = True
) -> list[Path]:
    """Writes a report into the folder `out`, completely or not at all, and gives its files.

    report.html and figures.html (which open in `language`), findings.json, sources.bib and
    sources.json (CSL-JSON), tables/ with CSV and Parquet, figures/ with SVG and PNG in both
    languages. `out` becomes a link to the new folder.
    Raises CitypactError if something else is there, and if a package is missing.
    """
    check_usable(out.absolute(), "analyse")
    return write_folder(out, report_files(report, language, with_png=with_png), "analyse")


def report_files(
    report: Report, language: str = "ko", *, with_png: bool = True
) -> dict[str, bytes]:
    """The files of a report by their places in its folder; figures as SVG, and as PNG too."""
    from citypact.graph.export.parquet import parquet_files
    from citypact.graph.report import page

    progress = report.study.progress
    specifications = {
        figure.name: figures.specifications(figure)
        for finding in report.findings
        for figure in finding.figures
    }
    drawn = figures.all_files(
        specifications,
        with_png=with_png,
        progress=lambda done: progress(
            Message("figures: {done:,} of {number:,}", done=done, number=len(specifications))
        ),
    )
    progress("writing")
    contents = contents_of(report)
    pages = page.Figures(specifications, drawn)
    tables = report.tables()
    return {
        "report.html": page.report_page(contents, pages, language).encode(),
        "figures.html": page.figures_page(contents, pages, language).encode(),
        "findings.json": report.to_json(),
        **_citations(report),
        **{f"tables/{name}.csv": to_csv(table) for name, table in tables.items()},
        **{f"tables/{name}": data for name, data in parquet_files(tables.values()).items()},
        **{f"figures/{name}": data for name, data in drawn.items()},
    }


# What the pages show besides the findings


def contents_of(report: Report) -> Contents:
    """What the pages show: findings with their ranges, and the data below each."""
    from citypact.graph.report import page

    sources = _sources(report)
    chapters = [
        page.chapter(
            finding,
            [
                _line(report, headline, report.ranges[finding.name, headline.name])
                for headline in finding.headlines
            ],
            [sources[iri] for iri in finding.sources if iri in sources],
        )
        for finding in report.findings
    ]
    return page.Contents(
        _about(report),
        _under(report),
        chapters,
        list(sources.values()),
        _key_findings(report, holding=True)[:MOST],
        _key_findings(report, holding=False),
        has_lists=report.study.lists.are_several,
        primary=shown_table(primary_table(report.primary)) if report.primary else None,
    )


def primary_table(members: Sequence[Member]) -> DataTable:
    """The primary tests of a report with their results, a row a test."""
    rows = [
        {
            "chapter_id": each.chapter,
            "chapter": each.title,
            "claim": each.test.claim,
            "p": each.test.p,
            "adjusted": each.result.p,
            # Of an upper bound the error says nothing.
            "error": each.result.error if each.test.draws and not each.result.is_least else None,
            "is_bound": each.result.is_least,
            "draws": each.test.draws or None,
            "result": message(f"primary.{each.result.verdict.value}"),
        }
        for each in members
    ]
    return table("report-primary-tests", rows)


MOST = 5
"""How many key findings the first page has."""


def _key_findings(report: Report, *, holding: bool) -> list[ShownFinding]:
    """The key findings of all chapters that hold, or those that do not, as the page shows them.

    Those of primary tests come first.
    """
    from citypact.graph.report.page import ShownFinding

    found = [
        ShownFinding(
            finding.name,
            key,
            written(key.value),
            [
                (
                    message(f"checks.{check.name}"),
                    _range(check.low, check.high),
                    report.study.label(check.by) if check.by else NONE,
                    check not in key.failed,
                )
                for check in key.checks
            ],
        )
        for finding in report.findings
        for key in report.key_findings(finding)
        if key.holds is holding
    ]
    return sorted(found, key=lambda each: each.finding.is_exploratory)


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    return " – ".join(dict.fromkeys((written(low), written(high))))


def _sources(report: Report) -> dict[str, Source]:
    """The documents that findings cite, numbered in the order of their addresses."""
    from citypact.graph.report.page import Source

    cited = {iri for finding in report.findings for iri in finding.sources}
    rows = report.study.store.solutions("SELECT * WHERE { ?document citypact:address ?address }")
    addresses = {row["document"].value: row["address"].value for row in rows}
    documents = SourceDocuments(report.study.store, report.study.names)
    ordered = sorted(cited, key=lambda iri: (addresses.get(iri, ""), iri))
    return {
        iri: Source(
            number,
            documents.described(iri),
            addresses.get(iri, ""),
            documents.link(iri) or addresses.get(iri, ""),
        )
        for number, iri in enumerate(ordered, 1)
    }


def _citations(report: Report) -> dict[str, bytes]:
    """The documents that findings cite, for programs that keep references."""
    bibliography = Bibliography(report.study.store, report.study.names)
    cited = {iri for finding in report.findings for iri in finding.sources}
    documents = sorted(map(bibliography.document, cited), key=by_date)
    return {
        "sources.bib": cite(documents, "bibtex").encode(),
        "sources.json": cite(documents, "csl-json").encode(),
    }


def _current_on(study: Study) -> dict[str, str]:
    """The day by which ties that are left out have ended; nothing where none are."""
    day = study.chosen.current_on
    return {"current_on": day.isoformat()} if day else {}


def _choice_of_sources(study: Study) -> dict[str, list[str]]:
    """The IRIs of the sources and cities that the filter names; nothing where it names none."""
    chosen = study.chosen
    named = {"sources": chosen.sources, "left_out": chosen.left_out, "hubs": chosen.hubs}
    return {f"chosen_{name}": list(iris) for name, iris in named.items() if iris}


def _choice_words(study: Study) -> list[Words]:
    """What of the sources was chosen, in words."""
    return [
        message(
            f"network.{name.removeprefix('chosen_')}", names=joined(*map(study.names.both, iris))
        )
        for name, iris in _choice_of_sources(study).items()
    ]


def _coverage(study: Study) -> list[Coverage]:
    """What is documented of the centre's totals; nothing where its register was not chosen."""
    chosen, centre = study.chosen, study.store.centre
    if chosen.sources or (chosen.hubs and centre not in chosen.hubs):
        return []
    return coverages_of(study.store, centre, chosen.as_of)


def _about(report: Report) -> list[Words]:
    """What was studied, and what ranges are."""
    network, day = report.study.network(), report.study.chosen.as_of
    title = report.study.store.title
    studied = joined(
        *([title] if title else []),
        message(f"network.{report.study.network_name}"),
        message("network.nodes", n=network.number_of_nodes()),
        message("network.ties", n=network.number_of_edges()),
        *([message("network.as_of", day=str(day))] if day else []),
        *(message("network.current_on", day=text) for text in _current_on(report.study).values()),
        *_choice_words(report.study),
    )
    by_vertices = any(found.of == "vertices" for found in report.ranges.values())
    return [
        studied,
        message("report.ranges"),
        *([message("report.vertices")] if by_vertices else []),
    ]


def _under(report: Report) -> list[tuple[Words, Words]]:
    """What is below each finding: the data, the network, and how much of it is documented."""
    study = report.study
    graph, day = str(report.summary.get("graph sha256", "")), study.chosen.as_of
    found = [
        (message("under.data"), both(graph, graph)),
        (message("under.network"), message(f"network.{study.network_name}")),
    ]
    if day:
        found.append((message("under.as_of"), both(day.isoformat(), day.isoformat())))
        found.append((message("under.left_out"), left_out_words(report.left_out)))
    for text in _current_on(study).values():
        found.append((message("under.current_on"), both(text, text)))
    if choice := _choice_words(study):
        found.append((message("under.chosen"), joined(*choice)))
    coverage = message("under.coverage")
    words = [*(coverage_words(study, each) for each in report.coverage), *lists_words(study)]
    return [*found, *((coverage, each) for each in words)]


KINDS = ("partnership", "agreement", "membership")
"""The kinds of ties of actors that are counted apart, by their relation."""


def left_out_words(relations: Counter[str]) -> Words:
    """How many ties were left out, and of which kinds if they are ties of actors."""
    number = relations.total()
    if not number:
        return message("left_out.none")
    kinds = [message(f"left_out.{name}", n=relations[name]) for name in KINDS if relations[name]]
    if not kinds:
        return message("left_out.all", n=number)
    return message("left_out.all_by_kind", n=number, kinds=joined(*kinds))


def _line(report: Report, headline: Headline, found: Range) -> Line:
    """A headline as the page shows it."""
    from citypact.graph.report.page import Line

    return Line(
        headline.label,
        _measured(headline, found.value),
        _between(headline, found.least, found.greatest),
        report.study.names.both(found.source) if found.source else NONE,
        _halves(headline, found),
    )


NONE = both("–", "–")


def _measured(headline: Headline, value: float | None) -> Words:
    text, unit = headline.written(value), headline.unit
    return both(f"{text}{unit['ko']}", f"{text} {unit['en']}".strip())


def _halves(headline: Headline, found: Range) -> Words:
    """The range from halves of the sources; their mean if they lie to one side of the value."""
    if not found.has_range:
        return message("key_figures.undefined", n=found.defined, draws=found.draws)
    halves = _between(headline, found.low, found.high)
    if found.of == "vertices":
        halves = message("key_figures.vertices", range=halves)
    if not found.is_shifted:
        return halves
    return message("key_figures.shifted", range=halves, mean=headline.written(found.mean))


def _between(headline: Headline, low: float | None, high: float | None) -> Words:
    if low is None or high is None:
        return NONE
    bounds = dict.fromkeys((headline.written(low), headline.written(high)))
    text = " – ".join(bounds)
    return both(text, text)
