"""`citypact spans`."""

from __future__ import annotations

from pathlib import Path

import click

from citypact.commands.help import UsageError, example
from citypact.commands.help import command as click_command
from citypact.commands.options import documents_option, json_option, near, sources_option
from citypact.ontology.errors import CitypactError, Message
from citypact.terminal import print_json, print_lines
from citypact.translation import plural, translated


@click_command(epilog=example("spans busan-auckland-2024"))
@click.argument("records", nargs=-1, metavar="[RECORD]...")
@sources_option
@documents_option
@json_option("Print the quotes with their spans as JSON.")
def command(
    records: tuple[str, ...], sources: str | None, documents: str | None, as_json: bool
) -> None:
    """Turn the quotes of records into text spans: find the words in the text and write where.

    In a record, `at: {words: "…"}` quotes the text. The quote is replaced by the text span of the
    words, such as `at: 120-145`; nothing else in the file changes. If words occur several times,
    each place is shown: quote more words, or choose a place with `occurrence: 2`. RECORD is a file
    or the name of one in records/; without it, all records are searched. If any words are not
    found, nothing is written.
    """
    from citypact.sources.files.atomic_files import write_files
    from citypact.sources.reading.quoted_spans import turn_quotes
    from citypact.sources.reading.texts import Texts

    if sources is None:
        raise UsageError(
            "there is no project here; make one with `citypact new`, or name it with --project"
        )
    folder = Path(sources) / "records"
    if documents is None:
        raise CitypactError(
            "{folder}: has no texts of documents\n"
            "    -> add a text with `citypact add`, or name the folder with --documents",
            folder=sources,
        )
    turned = turn_quotes(_paths(records, folder), Texts.in_folder(Path(documents)))
    files = {record.path: record.data for record in turned}
    write_files(files, "--sources", inside=Path(sources))
    if as_json:
        print_json(
            {
                record.name: [
                    {"words": words, "span": f"{span[0]}-{span[1]}"}
                    for words, span in record.quotes
                ]
                for record in turned
            }
        )
        return
    for record in turned:
        count = plural(
            "{count} quote turned into a span",
            "{count} quotes turned into spans",
            len(record.quotes),
        )
        print_lines(f"{near(str(record.path))}: {count}")
    if turned:
        print_lines("\n" + translated("Try next:") + "\n  citypact check")
    else:
        print_lines(translated(Message("No record has quotes, such as {form}.", form=_FORM)))


_FORM = 'at: {words: "…"}'


def _paths(names: tuple[str, ...], folder: Path) -> list[Path]:
    """The files of some records, or of all in a folder. Raises CitypactError for one without."""
    if not names:
        return sorted(path.absolute() for path in folder.glob("[!.]*.yaml"))
    paths = []
    for name in names:
        choices = (Path(name), folder / name, folder / f"{name}.yaml")
        path = next((each for each in choices if each.is_file()), None)
        if path is None:
            raise CitypactError(
                "{name}: there is no such record in {folder}\n"
                "    -> name a file, or one of those in the folder",
                name=name,
                folder=folder,
            )
        paths.append(path.absolute())
    return sorted(set(paths))
