"""`citypact add`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from citypact.commands.document_values import as_address, as_code, as_date, as_line, reading
from citypact.commands.help import UsageError, example, option
from citypact.commands.help import command as click_command
from citypact.commands.options import FILE, json_option, language_option, near, project
from citypact.ontology.errors import CitypactError, Message
from citypact.sources.reading.project import Project
from citypact.terminal import print_json, print_lines, print_message
from citypact.translation import plural, problem_text, translated

ADDED = {
    "agreements": Message("agreements"),
    "partnerships": Message("partnerships"),
    "memberships": Message("memberships"),
    "documents": Message("source documents"),
    "cities": Message("cities"),
    "organizations": Message("organisations"),
    "governments": Message("city governments"),
}
OF_A_DOCUMENT = ("id", "title", "publisher", "address", "published", "retrieved", "type",
                 "text_language")  # fmt: skip
OF_ONE = ("id", "title", "address")
"""Options of one document alone."""
OTHER_FILES = (".pdf", ".doc", ".docx", ".hwp", ".hwpx", ".htm", ".html", ".rtf", ".odt")


@click_command(
    epilog=example('add press.txt --title "…" --address https://… --published 2024-05-03')
)
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@option(
    "--title",
    callback=reading(as_line),
    metavar="TEXT",
    help="Of a document: the title as printed.",
)
@option(
    "--publisher",
    callback=reading(as_line),
    metavar="TEXT",
    help="Of a document: the newspaper, city or body that published it.",
)
@option(
    "--address",
    callback=reading(as_address),
    metavar="URL",
    help="Of a document: the address where it can be read.",
)
@option(
    "--published", callback=reading(as_date), metavar="DATE", help="Of a document: the date on it."
)
@option(
    "--retrieved",
    callback=reading(as_date),
    metavar="DATE",
    help="Of a document: the day on which its page was last read.",
)
@option(
    "--type",
    callback=reading(as_code("document-type")),
    metavar="TYPE",
    help="Of a document: press-release, press-article, agreement-text, web-notice, report, "
    "editorial or dataset.",
)
@option(
    "--text-language",
    multiple=True,
    callback=reading(as_code("language")),
    metavar="CODE",
    help="Of a document: the language of its text, such as ko; can be given several times. "
    "Default: recognised from the text.",
)
@option(
    "--id",
    default="",
    metavar="NAME",
    help="Of a document: its name in the project, of small letters, digits and hyphens. Default: "
    "made from the name of the file.",
)
@option(
    "--correct",
    is_flag=True,
    help="Of forms: where a row says otherwise than a register of the project by the same source, "
    "correct the register. Without it, each such row is reported.",
)
@language_option
@json_option("Print what was added as JSON.")
def command(
    files: tuple[Path, ...], correct: bool, language: str, as_json: bool, **about: Any
) -> None:
    """Add filled forms (.xlsx, .csv) or the texts of documents (.txt) to the project you are in.

    Write an empty form with `citypact new --form xlsx`. Names are looked up as they are written;
    all doubts are reported by sheet and row, and then nothing is added. Rows that are there
    already are not added again; what they lack is filled in.

    The text of a document is copied to documents/, and a record for it is written to records/,
    with the digest and the length of the text, what the options say, and an example to follow.
    Quote the words of the text in the record; `citypact spans` turns the quotes into text spans.
    """
    from citypact.sources.reading.texts import TEXT_FILES

    found = project()
    if found is None or found.build is None:
        raise UsageError(
            "there is no project here; make one with `citypact new`, or name it with --project"
        )
    for file in files:
        if file.suffix.lower() in OTHER_FILES:
            raise CitypactError(
                "{file}: is neither a form nor a text\n    -> draft a record of it with "
                "`citypact read`, or save its text as a .txt file",
                file=file,
            )
    texts = [file for file in files if file.suffix.lower() in TEXT_FILES]
    given = [name for name in OF_A_DOCUMENT if about[name]]
    if texts and len(texts) < len(files):
        raise UsageError("add forms and documents one after the other")
    if given and not texts:
        raise UsageError(
            Message("--{name} is for documents (.txt) only", name=given[0].replace("_", "-"))
        )
    if len(texts) > 1 and (single := [name for name in given if name in OF_ONE]):
        raise UsageError(Message("--{name} is for one document; add them singly", name=single[0]))
    if texts:
        _add_documents(files, found, about, language, as_json)
    else:
        _add_forms(files, found, correct, as_json)


def _add_documents(
    files: tuple[Path, ...], found: Project, about: dict[str, Any], language: str, as_json: bool
) -> None:
    from citypact.new_documents import DocumentDetails, add_documents

    known = DocumentDetails(languages=about.pop("text_language"), **about)
    documents = add_documents(files, found, known, language)
    if as_json:
        print_json(
            {
                "added": [
                    {
                        "id": each.id,
                        "record": str(each.record),
                        "text": str(each.text),
                        "characters": each.characters,
                        "languages": list(each.languages),
                        "encoding": each.encoding,
                    }
                    for each in documents
                    if not each.is_known
                ],
                "known": [each.id for each in documents if each.is_known],
            }
        )
        return
    for each in documents:
        if each.is_known:
            place = near(str(each.record)) if each.record else each.id
            line = Message("{file}: is there already: {record}", file=each.file, record=place)
            print_lines(translated(line))
            continue
        line = Message(
            "{record}: {count:,} {count:character|characters}, {encoding}, {languages}",
            record=near(str(each.record)),
            count=each.characters,
            encoding=each.encoding
            if each.confidence == 1
            else Message(
                "{encoding} (confidence {confidence})",
                encoding=each.encoding,
                confidence=f"{each.confidence:.0%}",
            ),
            languages=", ".join(each.languages) or Message("language not recognised"),
        )
        print_lines(translated(line))
    new = [each for each in documents if not each.is_known]
    if new:
        place = near(str(new[0].record)) if len(new) == 1 else "records/"
        then = Message("Fill in {record}, then run:", record=place)
        print_lines("\n" + translated(then) + "\n  citypact spans")


def _add_forms(files: tuple[Path, ...], found: Project, correct: bool, as_json: bool) -> None:
    from citypact.graph.forms.add import add_forms

    entries = add_forms(files, found, correct=correct)
    counts = {name: entries.count(name) for name in ADDED if entries.count(name)}
    if as_json:
        print_json({"added": counts, "known": entries.known, "changed": entries.changed})
        return
    for note in entries.notes:
        print_message(problem_text(note))
    for name, count in counts.items():
        print_lines(f"{count:>6}  {translated(ADDED[name])}")
    if not counts and not entries.changed:
        print_lines(translated("Nothing was added."))
    if entries.changed:
        print_lines(
            translated(
                plural(
                    "{count} entry was completed or corrected.",
                    "{count} entries were completed or corrected.",
                    entries.changed,
                )
            )
        )
    if entries.known:
        print_lines(
            translated(
                plural(
                    "{count} entry is there already.",
                    "{count} entries are there already.",
                    entries.known,
                )
            )
        )
    if counts or entries.changed:
        print_lines("\n" + translated("Try next:") + "\n  citypact build")
