"""`citypact check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.options import documents_option, json_option, language_option, sources_option
from citypact.commands.progress import progress
from citypact.commands.summary import places_of_claims
from citypact.ontology import CODE, ID
from citypact.ontology.errors import Message
from citypact.sources.reading.text_fragments import readable
from citypact.terminal import print_json, print_lines
from citypact.translation import plural, translated

if TYPE_CHECKING:
    from citypact.graph.build.check import CheckReport, DocumentReport
    from citypact.graph.build.contradictions import ClaimSource
    from citypact.graph.provenance.coverage import Coverage

STATES = {
    "verified": Message("text available and verified"),
    "not at hand": Message("text not available"),
    "wrong": Message("record and text differ"),
    "cited by address": Message("cited by address"),
}


@click_command(epilog=example("check --documents ~/press-releases"))
@sources_option
@documents_option
@option(
    "--accept-base",
    is_flag=True,
    help="In a project: accept what the package says now; later checks compare with it.",
)
@option("--contradictions", is_flag=True, help="List only contradictions between sources.")
@language_option
@json_option("Print the report as JSON.")
def command(
    sources: str | None,
    documents: str | None,
    accept_base: bool,
    contradictions: bool,
    language: str,
    as_json: bool,
) -> None:
    """Check records, entities, ontology and evidence, and report the coverage.

    In a project it also reports what an update of the package changed of the things that the
    project names. With --documents the digest, length and repeated passages of each document are
    checked against its text. Exit status 1 if problems are found.
    """
    from citypact.graph.build import check as checking
    from citypact.ontology.errors import RecordError
    from citypact.sources import PACKAGED
    from citypact.sources.reading.texts import Texts

    texts = Texts.in_folder(Path(documents)) if documents else None
    with progress() as step:
        step(Message("checking"))
        try:
            report = checking.check(
                Path(sources) if sources else PACKAGED, texts, accept=accept_base
            )
        except RecordError as error:
            if as_json:
                print_json({"problems": [str(problem) for problem in error.problems]})
            raise
    if as_json:
        print_json(checking.as_json(report))
    else:
        if not contradictions:
            _print_documents(report, language)
            _print_described(report, language)
            _print_claims(report)
            links = {f"{ID}doc/{document.slug}": document.link for document in report.documents}
            for coverage in report.coverages:
                government = report.names.label(coverage.government, language)
                _print_coverage(coverage, government, links)
            _print_unmapped(report)
            _print_base(report)
        _print_contradictions(report, language)
    if report.problems:
        raise RecordError(report.problems)


def _print(template: str, **values: object) -> None:
    """Writes a line of the report in the current language."""
    print_lines(translated(Message(template, **values)))


def _print_documents(report: CheckReport, language: str) -> None:
    in_registers = [document for document in report.documents if document.of_register]
    for document in report.documents:
        if not document.of_register or document.state != "cited by address":
            print_lines(f"{document.slug}: {document.title[language]}")
            print_lines(f"    {translated(STATES[document.state])}; {_extent(document)}")
            link = readable(document.link) or document.address
            print_lines(f"    {link or translated('no address known')}")
            if document.without_passage:
                _print_without_passage(document)
    if in_registers:
        print_lines("")
        _print(
            "Documents cited by address in registers: {documents}, "
            "with {claims} {claims:claim|claims} (--json "
            "lists them all)",
            documents=len(in_registers),
            claims=sum(document.claims for document in in_registers),
        )


def _print_described(report: CheckReport, language: str) -> None:
    """How many documents have what a citation names; what is missing is no fault."""
    from citypact.graph.build.check import DESCRIBED_BY
    from citypact.ontology.vocabulary import vocabulary

    properties, total = vocabulary().properties, len(report.documents)
    print_lines("")
    _print(
        "Descriptions of the {total} {total:document|documents} (--json lists what each lacks):",
        total=total,
    )
    for name, count in report.described.items():
        share = count / total if total else 0
        label = properties[DESCRIBED_BY[name]].labels[language]
        print_lines(f"    {label}: {count} ({share:.0%})")


def _print_base(report: CheckReport) -> None:
    """What an update of the package changed of the things that the project names."""
    if not report.base:
        return
    print_lines("")
    _print("The package now differs in what it says of things that your project names:")
    for sign, statements in (("-", report.base.gone), ("+", report.base.new)):
        for thing, name, value, document in statements:
            print_lines(f"    {sign} {thing}  {name}  {value}  ({document})")
    _print("    -> build again to use it; `citypact check --accept-base` takes note of it")


def _print_without_passage(document: DocumentReport) -> None:
    spans = [f"{start}-{end}" for start, end in document.without_passage]
    message = Message(
        "text spans without the words of their passage: {count} ({spans})\n"
        "    -> `citypact passages` writes them where the text is available",
        count=len(spans),
        spans=", ".join(spans[:5] + ["…"] * (len(spans) > 5)),
    )
    print_lines("    " + translated(message))


def _extent(document: DocumentReport) -> str:
    """How many claims a document has, and how much of its text they cover."""
    claims = plural("{count} claim", "{count} claims", document.claims)
    spans = plural("{count} text span", "{count} text spans", document.spans)
    if document.covered is None:
        return f"{claims}, {spans}"
    covered = Message("{share:.0%} of the text covered", share=document.covered)
    return f"{claims}, {spans}, {translated(covered)}"


def _print_claims(report: CheckReport) -> None:
    print_lines("")
    _print(
        "Claims of documents: {documents} ({implied} of them implied rather than written); claims "
        "of the editors: {editors} (names, links, coordinates)",
        documents=report.evidenced,
        implied=report.inferred,
        editors=report.editorial,
    )
    print_lines(places_of_claims(report.by_place))
    _print(
        "Free text: {number} of {total} {total:claim|claims} ({share:.1%}; the aim is at most 15%)",
        number=len(report.free_text),
        total=report.evidenced,
        share=report.free_text_share,
    )
    places = {(claim.place.file, claim.place.line, claim.place.field) for claim in report.free_text}
    for file, line, field in sorted(places):
        print_lines(f"    {file}:{line} {field}")


def _print_coverage(coverage: Coverage, government: str, links: dict[str, str]) -> None:
    """The partners of a government, and the totals of sources with the links of these."""
    print_lines("")
    _print(
        "Partner cities of {government}: {all}, of which {documented} are sister or friendship "
        "cities ({primary} of these by a primary source) and {others} have another partnership",
        government=government,
        all=len(coverage.cooperating),
        documented=len(coverage.partners),
        primary=len(coverage.primary),
        others=len(coverage.others),
    )
    for total in coverage.totals:
        line = translated(
            Message(
                "A source counts {total} sister and friendship cities ({as_of}): {documented} "
                "documented, {share:.0%}",
                total=total.value,
                as_of=total.as_of or translated("undated"),
                documented=total.documented,
                share=total.documented / total.value if total.value else 0,
            )
        )
        link = readable(links.get(total.document) or total.address)
        print_lines(f"    {line}  {link}{_followed(total.followed)}")
    if any(total.documented > total.value for total in coverage.totals):
        explanation = translated(
            "More than 100% is documented where a source counts for another day or by another "
            "definition."
        )
        print_lines(f"    {explanation}")


def _followed(is_followed: bool) -> str:
    return f"  <- {translated('the facts follow this value')}" if is_followed else ""


def _print_unmapped(report: CheckReport) -> None:
    if report.unmapped:
        print_lines("")
        _print("Topic words of sources without a place in the scheme: {n}", n=len(report.unmapped))
        for words, reason in report.unmapped:
            print_lines(f"    {words}: {reason}")


def _print_contradictions(report: CheckReport, language: str) -> None:
    from citypact.graph.rdf.terms import short

    names = report.names
    print_lines("")
    _print("Contradictions between sources: {n}", n=len(report.contradictions))
    for contradiction in report.contradictions:
        subject, predicate = contradiction.subject, contradiction.predicate
        print_lines(
            f"  {names.label(subject, language)} · {names.label(predicate, language)}"
            f"  ({short(subject)} {short(predicate)})"
        )
        for value in contradiction.values:
            print_lines(f"      {names.label(value.value, language)}{_followed(value.followed)}")
            for source in value.sources:
                about = ", ".join(_about(source, report, language))
                print_lines(
                    f"          {readable(source.link) or short(source.document)}"
                    + (f"  ({about})" if about else "")
                )
                if note := dict(source.notes).get(language):
                    print_lines(f"              {note}")
        reason = dict(contradiction.reasons).get(language) or translated(
            "no rank is needed: the other values are not asserted, or deprecated"
        )
        undecided = translated("undecided: a rank and its reason in a record would decide it")
        print_lines(f"      -> {reason if contradiction.decided else undecided}")


def _about(source: ClaimSource, report: CheckReport, language: str) -> list[str]:
    """How a document makes its claim, where not asserted and of normal rank, and its dates."""
    label = report.names.label
    parts = []
    if source.modality != "asserted":
        parts.append(label(f"{CODE}modality/{source.modality}", language))
    if source.rank != "normal":
        parts.append(label(f"{CODE}rank/{source.rank}", language))
    if source.published:
        parts.append(translated(Message("published {date}", date=source.published)))
    if source.as_of:
        parts.append(translated(Message("as of {date}", date=source.as_of)))
    return parts
