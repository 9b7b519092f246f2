"""`citypact check`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from citypact.commands.options import (
    chosen_language,
    documents_option,
    language_option,
    progress,
    sources_option,
)
from citypact.terminal import put, tell

if TYPE_CHECKING:
    from graph.check import Report

STATES = {
    "verified": {"ko": "원문 확인됨", "en": "text at hand, verified"},
    "not at hand": {"ko": "원문 없음", "en": "text not at hand"},
    "wrong": {"ko": "원문과 어긋남", "en": "does not fit its text"},
    "cited by address": {"ko": "주소로만 인용", "en": "cited by address"},
}


@click.command(epilog="Example: citypact check --documents ~/press-releases")
@sources_option
@documents_option
@click.option("--contradictions", is_flag=True, help="List only where sources disagree.")
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(
    sources: str | None,
    documents: str | None,
    contradictions: bool,
    language: str | None,
    as_json: bool,
) -> None:
    """Check records, entities, ontology and evidence; report the coverage.

    With --documents every digest, length and repeated passage is checked against the texts at
    hand. Exit code 1 where problems are found.
    """
    from graph import check as checking
    from ontology.errors import RecordError
    from sources import PACKAGED
    from sources.documents import Texts

    texts = Texts.in_folder(Path(documents)) if documents else None
    with progress() as step:
        step("checking")
        try:
            report = checking.check(Path(sources) if sources else PACKAGED, texts)
        except RecordError as error:
            if as_json:
                _print_json({"problems": [str(problem) for problem in error.problems]})
            raise
    if as_json:
        _print_json(checking.as_json(report))
    else:
        if not contradictions:
            _print_coverage(report, chosen_language(language))
        _print_disagreements(report)
    if report.problems:
        raise RecordError(report.problems)


def _print_json(body: dict[str, Any]) -> None:
    put(json.dumps(body, ensure_ascii=False, indent=1) + "\n")


def _print_coverage(report: Report, language: str) -> None:
    for document in report.documents:
        share = document.covered
        covered = "" if share is None else f", {share:.0%} of its text in spans"
        tell(
            f"{document.slug}: {document.title[language]}\n"
            f"    {STATES[document.state][language]}; {document.claims} claims, "
            f"{document.spans} spans{covered}\n    {document.address or 'no address known'}"
        )
    tell(
        f"\n{report.evidenced} claims of documents ({report.inferred} of them implied rather than "
        f"written), {report.editorial} of the editors (names, links, coordinates)"
    )
    tell(
        f"free text: {len(report.free_text)} of {report.evidenced} claims "
        f"({report.free_text_share:.1%}; at most 15 % wanted)"
    )
    places = sorted({(c.place.file, c.place.line, c.place.field) for c in report.free_text})
    for file, line, field in places:
        tell(f"    {file}:{line} {field}")


def _print_disagreements(report: Report) -> None:
    from graph.names import short

    tell(f"\nwhere sources disagree: {len(report.disagreements)}")
    for each in report.disagreements:
        tell(f"  {short(each.subject)} · {short(each.predicate)}")
        for value, document, rank in each.claims:
            tell(f"      {short(value.strip('<>'))}  [{rank}]  {document}")
