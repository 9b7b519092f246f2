"""`citypact read`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from citypact.commands.document_values import as_address, as_date, reading
from citypact.commands.help import UsageError, example, option
from citypact.commands.help import command as click_command
from citypact.commands.options import FILE, FOLDER, json_option, language_option, near, project
from citypact.commands.progress import progress
from citypact.ontology.errors import CitypactError, Message, on_one_line
from citypact.terminal import print_json, print_lines, print_message
from citypact.translation import current_language, error_text, plural, translated

if TYPE_CHECKING:
    from citypact.drafts import DraftPlace, KnownNames, ReadDocument
    from citypact.sources.extraction.model import DraftAgreement, Drafted
    from citypact.sources.reading.project import Project

FORMS = {
    "letter_of_intent": Message("Letter of intent"),
    "sister_city": Message("Sister-city agreement"),
    "friendship": Message("Friendship-city agreement"),
    "mou": Message("Memorandum of understanding"),
    "business_agreement": Message("Business agreement"),
    "other": Message("Agreement"),
}
STATUSES = {
    "main": Message("subject of the document"),
    "past": Message("concluded earlier"),
    "planned": Message("planned"),
}
STATES = {
    "unchanged": Message("unchanged since the draft {record}"),
    "edited": Message("the draft {record} was edited and is left as it is; --again replaces it"),
    "known": Message("is there already: {record}"),
    "differs": Message(
        "is there already: {record}, of which this version reads another text; --again finds its "
        "spans in that"
    ),
    "moved": Message("the spans of {record} were found again in the new text"),
}
DOUBTS = (
    Message("a party is not among the known names"),
    Message("form or parties of the agreement are doubtful"),
    Message("no word for signing is near"),
    Message("the day of signing isn't in the text"),
    Message("the document names another agreement of these parties"),
    Message("the name is not known"),
    Message("the side isn't plain"),
    Message("the text does not name the form"),
    Message("the weekday doesn't fit"),
    Message("only the language model reads this"),
    Message("the language model does not read this"),
    Message("the date is the language model's own reading of these words"),
)
"""What extraction says of its values: here, so that the catalogue has it."""
MODES = {"in_person": Message("in person"), "online": Message("online")}


@click_command(epilog=example("read press-release.pdf --published 2024-05-03"))
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@option(
    "--published",
    callback=reading(as_date),
    metavar="DATE",
    help="The date on which the documents were published. Default: what a document says itself.",
)
@option(
    "--address",
    callback=reading(as_address),
    metavar="URL",
    help="The address where the document can be read. It is cited, and not fetched.",
)
@option(
    "--out",
    type=FOLDER,
    metavar="DIR",
    help="A folder for drafts and texts. Default: drafts/ and documents/ of the project you are "
    "in; without a project, nothing is written.",
)
@option(
    "--model",
    metavar="NAME",
    help="A language model that reads the documents as well, by its name in the package llm. The "
    "text is given to it; if it is not on this machine, the text leaves it.",
)
@option("--text", "as_text", is_flag=True, help="Print the text that was read, and nothing else.")
@option(
    "--again",
    "is_again",
    is_flag=True,
    help="Read unchanged files as well, replace edited drafts, and find the spans of records again "
    "where this version reads another text.",
)
@language_option
@json_option("Print the documents with their agreements as JSON.")
def command(
    files: tuple[Path, ...],
    published: str,
    address: str,
    out: str | None,
    model: str | None,
    as_text: bool,
    is_again: bool,
    language: str,
    as_json: bool,
) -> None:
    """Read documents and draft records of the agreements in them.

    FILE is a text, Markdown, HTML, PDF, DOCX, HWPX or HWP 5 file, or a folder of such files.
    Nothing is fetched from the web, and nothing is sent to it without --model. Each value of a
    draft has the text spans of its words, and what is doubtful says so. Judge the draft with
    `citypact review`, then run `citypact check`.

    Files that have not changed since their draft was written are not read again; run the same
    command again to resume an interrupted one. A file that cannot be read does not stop the others.
    """
    from citypact.drafts import DraftPlace, KnownNames, LanguageModel, read_files
    from citypact.language_models import language_model
    from citypact.new_documents import DocumentDetails
    from citypact.sources.documents.read import files_in

    if address and (len(files) > 1 or files[0].is_dir()):
        raise UsageError(Message("--{name} is for one document", name="address"))
    for file in files:
        if file.is_dir() and not files_in(file):
            raise CitypactError("{file}: is an empty folder\n    -> name files to read", file=file)
    found = None if as_text else project()
    place: DraftPlace | None = None
    if out and not as_text:
        folder = Path(out)
        place = DraftPlace(folder, folder, folder)
    elif found and found.build is not None:
        place = DraftPlace.of(found)
    known = KnownNames(found.folder) if found else KnownNames()
    asked = LanguageModel(model, language_model(model)) if model and not as_text else None
    about = DocumentDetails(published=published, address=address)
    counts = {"failed": 0, "read": 0}
    told: list[Any] = []
    with progress() as step:
        step(Message("reading documents"))
        for document in read_files(
            files,
            about,
            place,
            known,
            is_again=is_again,
            language=language,
            model=asked,
            progress=step,
        ):
            counts[document.state] = counts.get(document.state, 0) + 1
            if document.error:
                print_message(error_text(document.error))
            elif as_text:
                print_lines(document.form.text if document.form else "")
            if as_json:
                told.append(_as_json(document))
            elif not as_text and not document.error:
                print_lines("\n".join(_summary(document, known, language, found)))
    if as_json:
        print_json(told)
    elif not as_text:
        _say_next(counts, place, out)
    if counts["failed"]:
        raise click.exceptions.Exit(1)


def _summary(
    document: ReadDocument, known: KnownNames, language: str, found: Project | None
) -> Iterator[str]:
    """What a document says, for people."""
    from citypact.graph.pages.review.page import field_name

    yield on_one_line(document.file)
    record = near(str(document.record)) if document.record else document.id
    if state := STATES.get(document.state):
        yield "  " + translated(Message(state, record=record))
        return
    draft, form = document.draft, document.form
    assert draft and form
    if not draft.agreements:
        yield "  " + translated("contains no agreement")
    for agreement in draft.agreements:
        yield from _of_agreement(agreement, known, language)
    if document.record and found:
        yield from _decisions(document, found, language)
    for each in draft.proposed:
        name = Message("name to decide on: {name}", name=each.value.text)
        yield "  " + translated(name)
    for refused in document.refused:
        field = field_name(refused.field)[language]
        yield "  " + translated(
            Message(
                "refused from the language model: {field} “{value}”: {reason}",
                field=field,
                value=refused.value,
                reason=refused.reason,
            )
        )
    if document.record:
        yield "  -> " + record


def _decisions(document: ReadDocument, found: Project, language: str) -> Iterator[str]:
    """What becomes of earlier decisions on the draft, where there are some."""
    from citypact.graph.pages.review.page import field_name
    from citypact.judging import DraftFiles

    assert document.record
    files = DraftFiles(document.id, document.record.parent, found)
    if not files.has_decisions:
        return
    state = files.state()
    lost = state.judgement.lost
    yield "  " + translated(
        Message(
            "decisions of `citypact review`: {kept} kept, {lost} no longer fit",
            kept=len(state.decisions) - len(lost),
            lost=len(lost),
        )
    )
    for each in lost:
        words = " … ".join(quote.words for quote in each.at or each.new_at)
        yield f"    {field_name(each.field)[language]}: “{words}”"


def _of_agreement(draft: DraftAgreement, known: KnownNames, language: str) -> Iterator[str]:
    names = [
        known.label(name.entity).get(language, name.text) if name.entity in known else name.text
        for name in (party.value for party in draft.parties)
    ]
    head = f"{translated(FORMS[draft.form.value])}: {' – '.join(names)}"
    status = translated(STATUSES[draft.status.value])
    yield f"  {head} ({status}){_sureness(draft.form)}"
    if draft.date:
        line = Message("date: {date}", date=draft.date.value.edtf)
        yield f"    {translated(line)}{_sureness(draft.date)}"
    for each in draft.signatories:
        side = "" if each.value.of is None else f", {names[each.value.of]}"
        who = f"{each.value.name} ({each.value.role}{side})".replace("(, ", "(")
        yield f"    {translated(Message('signatory: {person}', person=who))}{_sureness(each)}"
    if draft.topics:
        topics = ", ".join(
            known.label(each.value.replace(":", "/", 1)).get(language, each.value)
            for each in draft.topics
        )
        yield f"    {translated(Message('topics: {topics}', topics=topics))}"
    if draft.mode:
        mode = translated(MODES[draft.mode.value])
        yield f"    {translated(Message('mode: {mode}', mode=mode))}{_sureness(draft.mode)}"


def _sureness(drafted: Drafted[Any]) -> str:
    """The confidence in a value, and its doubts."""
    from citypact.drafts import doubt_text

    language = current_language()
    doubts = "".join(f"; {doubt_text(doubt, language)}" for doubt in drafted.doubts)
    return f"  {drafted.confidence:.0%}{doubts}"


def _as_json(document: ReadDocument) -> dict[str, Any]:
    form = document.form
    return {
        "file": str(document.file),
        "id": document.id,
        "state": document.state,
        "record": document.record and str(document.record),
        "text": document.text and str(document.text),
        "error": document.error and str(document.error),
        "reader": form and form.reader,
        "metadata": form and asdict(form.metadata),
        "log": [asdict(entry) for entry in form.log] if form else [],
        **(asdict(document.draft) if document.draft else {}),
        "refused": [asdict(each) for each in document.refused],
    }


def _say_next(counts: dict[str, int], place: DraftPlace | None, out: str | None) -> None:
    total = sum(counts.values())
    if total > 1:
        message = Message(
            "{read} read, {unchanged} unchanged, {failed} not readable",
            read=counts["read"],
            unchanged=total - counts["read"] - counts["failed"],
            failed=counts["failed"],
        )
        print_lines(
            "\n"
            + plural("{count} document", "{count} documents", total)
            + ": "
            + translated(message)
        )
    if place is None and counts["read"]:
        print_lines(
            "\n"
            + translated("Nothing was written: run it in a project (`citypact new`) or with --out.")
        )
