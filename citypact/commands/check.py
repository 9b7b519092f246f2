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
    from citypact.graph.build.check import CheckReport

STATES = {
    "verified": {"ko": "원문 확인됨", "en": "text at hand, verified"},
    "not at hand": {"ko": "원문 없음", "en": "text not at hand"},
    "wrong": {"ko": "원문과 어긋남", "en": "does not fit its text"},
    "cited by address": {"ko": "주소로만 인용", "en": "cited by address"},
}

CLAIMS = {"ko": "주장 {claims}개, 구간 {spans}개", "en": "{claims} claims, {spans} spans"}
COVERED = {"ko": ", 본문의 {share:.0%}가 구간에 든다", "en": ", {share:.0%} of its text in spans"}
NO_ADDRESS = {"ko": "알려진 주소 없음", "en": "no address known"}
ALL_CLAIMS = {
    "ko": "문서의 주장 {evidenced}개(그중 {inferred}개는 적혀 있지 않고 함축된 것), "
    "편집자의 주장 {editorial}개(이름, 연결, 좌표)",
    "en": "{evidenced} claims of documents ({inferred} of them implied rather than written), "
    "{editorial} of the editors (names, links, coordinates)",
}
FREE_TEXT = {
    "ko": "자유 서술: 주장 {of}개 가운데 {n}개({share:.1%}, 15 % 이하가 바람직하다)",
    "en": "free text: {n} of {of} claims ({share:.1%}; at most 15 % wanted)",
}
PARTNERS = {
    "ko": "{name}의 협력 도시: {n}곳이 기록되었고, 그중 {p}곳은 당사자의 문서로 뒷받침된다. "
    "지위 없는 관계는 {others}곳이다.",
    "en": "partner cities of {name}: {n} documented, {p} of them by a primary document; "
    "{others} more without a standing title",
}
TOTAL = {
    "ko": "    출처가 밝힌 총수 {total}곳({as_of}): {n}곳 기록됨, {share:.0%}  {address}",
    "en": "    a source counts {total} ({as_of}): {n} documented, {share:.0%}  {address}",
}
UNDATED = {"ko": "시점 없음", "en": "undated"}
FOLLOWED = {"ko": "  <- 사실이 따르는 값", "en": "  <- the facts follow this"}
UNMAPPED = {
    "ko": "분야 분류에 넣지 못한 말: {n}개",
    "en": "words for topics that the scheme cannot hold: {n}",
}
DISAGREE = {"ko": "출처가 서로 다른 곳: {n}", "en": "where sources disagree: {n}"}
CITED = {
    "ko": "등록부가 주소로 인용한 문서 {n}개, 그 주장 {claims}개 (--json에 모두 있음)",
    "en": "{n} documents cited by address in registers, with {claims} claims (all in --json)",
}
UNRANKED = {
    "ko": "순위 없이 정해진다: 다른 값은 단언되지 않았거나 기각되었다",
    "en": "needs no rank: the other values are not asserted, or deprecated",
}
OPEN = {
    "ko": "정해지지 않았다: 순위(rank)와 이유를 기록에 적으면 정해진다",
    "en": "undecided: a rank with its reason in a record would decide it",
}
MODALITIES = {
    "reported": {"ko": "전언", "en": "reported"},
    "expected": {"ko": "예정", "en": "expected"},
    "proposed": {"ko": "제안", "en": "proposed"},
}
PUBLISHED = {"ko": "게시 {}", "en": "published {}"}
AS_OF = {"ko": "{} 기준", "en": "as of {}"}


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
    from citypact.graph.build import check as checking
    from citypact.ontology.errors import RecordError
    from citypact.sources import PACKAGED
    from citypact.sources.reading.texts import Texts

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
        chosen = chosen_language(language)
        if not contradictions:
            _print_coverage(report, chosen)
            _print_partners(report, chosen)
            _print_words(report, chosen)
        _print_contradictions(report, chosen)
    if report.problems:
        raise RecordError(report.problems)


def _print_json(body: dict[str, Any]) -> None:
    put(json.dumps(body, ensure_ascii=False, indent=1) + "\n")


def _print_coverage(report: CheckReport, language: str) -> None:
    cited = [each for each in report.documents if each.of_register]
    for document in report.documents:
        if document.of_register and document.state == "cited by address":
            continue
        share = document.covered
        tell(
            f"{document.slug}: {document.title[language]}\n"
            f"    {STATES[document.state][language]}; "
            + CLAIMS[language].format(claims=document.claims, spans=document.spans)
            + ("" if share is None else COVERED[language].format(share=share))
            + f"\n    {document.address or NO_ADDRESS[language]}"
        )
    if cited:
        tell("\n" + CITED[language].format(n=len(cited), claims=sum(d.claims for d in cited)))
    tell(
        "\n"
        + ALL_CLAIMS[language].format(
            evidenced=report.evidenced, inferred=report.inferred, editorial=report.editorial
        )
    )
    tell(
        FREE_TEXT[language].format(
            n=len(report.free_text), of=report.evidenced, share=report.free_text_share
        )
    )
    places = sorted({(c.place.file, c.place.line, c.place.field) for c in report.free_text})
    for file, line, field in places:
        tell(f"    {file}:{line} {field}")


def _print_partners(report: CheckReport, language: str) -> None:
    for each in report.coverages:
        lines = [
            PARTNERS[language].format(
                name=report.names.label(each.government, language),
                n=len(each.partners),
                p=len(each.primary),
                others=len(each.others),
            )
        ]
        for total in each.totals:
            share = total.documented / total.value if total.value else 0
            lines.append(
                TOTAL[language].format(
                    total=total.value,
                    n=total.documented,
                    share=share,
                    as_of=total.as_of or UNDATED[language],
                    address=total.address,
                )
                + (FOLLOWED[language] if total.followed else "")
            )
        tell("\n" + "\n".join(lines))


def _print_words(report: CheckReport, language: str) -> None:
    if report.unmapped:
        tell("\n" + UNMAPPED[language].format(n=len(report.unmapped)))
        for words, reason in report.unmapped:
            tell(f"    {words}: {reason}")


def _print_contradictions(report: CheckReport, language: str) -> None:
    from citypact.graph.rdf.terms import short

    tell("\n" + DISAGREE[language].format(n=len(report.contradictions)))
    for each in report.contradictions:
        subject, prop = (
            report.names.label(iri, language) for iri in (each.subject, each.predicate)
        )
        tell(f"  {subject} · {prop}  ({short(each.subject)} {short(each.predicate)})")
        for value in each.values:
            tell(
                f"      {report.names.label(value.value, language)}"
                + (FOLLOWED[language] if value.followed else "")
            )
            for source in value.sources:
                about = ", ".join(
                    filter(
                        None,
                        [
                            MODALITIES.get(source.modality, {}).get(language, ""),
                            source.rank if source.rank != "normal" else "",
                            source.published and PUBLISHED[language].format(source.published),
                            source.as_of and AS_OF[language].format(source.as_of),
                        ],
                    )
                )
                where = source.address or short(source.document)
                tell(f"          {where}" + (f"  ({about})" if about else ""))
                for tongue, note in source.notes:
                    if tongue == language:
                        tell(f"              {note}")
        reason = dict(each.reasons).get(language) or UNRANKED[language]
        tell(f"      -> {reason if each.decided else OPEN[language]}")
