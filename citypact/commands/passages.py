"""`citypact passages`."""

from __future__ import annotations

from pathlib import Path

from citypact.commands.help import UsageError, example
from citypact.commands.help import command as click_command
from citypact.commands.options import documents_option, sources_option
from citypact.ontology.errors import CitypactError, Message
from citypact.terminal import print_lines
from citypact.translation import translated


@click_command(epilog=example("passages --sources sources --documents ~/press-releases"))
@sources_option
@documents_option
def command(sources: str | None, documents: str | None) -> None:
    """Write the words by which links open source documents at their passages.

    For each record whose text is in --documents, NAME.passages.csv is written next to it: a row for
    each text span with the first and last words of the passage, at most 25 characters each.
    Browsers find the passage by these words. The files of other records stay as they are.
    """
    from citypact.sources.files.atomic_files import write_file
    from citypact.sources.reading.load import load_sources
    from citypact.sources.reading.passages import passages_table, path_of_table, spans_of
    from citypact.sources.reading.texts import Texts

    for name, given in (("sources", sources), ("documents", documents)):
        if given is None:
            raise UsageError(Message("name a folder with --{name}", name=name))
    assert sources is not None
    assert documents is not None
    texts, folder = Texts.in_folder(Path(documents)), Path(sources)
    found = load_sources(folder)
    at_hand = False
    for iri, spans in spans_of(found).items():
        document = found.documents[iri]
        text = texts.by_digest.get(document.sha256)
        if text is None or not document.place.file.startswith("records/"):
            continue  # what a project builds on is not its own to change
        at_hand = True
        path, table = path_of_table(folder, document), passages_table(text, spans)
        is_new = not path.exists() or path.read_bytes() != table
        if is_new:
            write_file(path, table, "--sources", inside=folder)
        line = Message(
            "{file}: {count} of {total} {total:span|spans} {count:has|have} a passage ({state})",
            file=path,
            count=table.count(b"\n") - 1,
            total=len(spans),
            state=Message("written") if is_new else Message("unchanged"),
        )
        print_lines(translated(line))
    if not at_hand:
        raise CitypactError(
            "{folder}: has no text of a record\n"
            "    -> name the folder with the texts whose SHA-256 digests the records give",
            folder=documents,
        )
