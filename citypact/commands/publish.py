"""`citypact publish`."""

from __future__ import annotations

from pathlib import Path

import click

from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.options import (
    FOLDER,
    build_option,
    language_option,
    opened,
    page_documents_option,
    replace_option,
)
from citypact.commands.progress import progress
from citypact.ontology.errors import Message
from citypact.terminal import print_message
from citypact.translation import plural, translated


@click_command(epilog=example("publish site"))
@click.argument("folder", metavar="[DIR]", required=False, type=FOLDER)
@option(
    "--zip",
    "archive",
    type=FOLDER,
    metavar="FILE",
    help="Write the site into one zip file, to send to somebody; without DIR into this file only.",
)
@replace_option
@option(
    "--briefs",
    is_flag=True,
    help="Add a brief for a meeting on each partner city of the centre; each takes a tenth of a "
    "second.",
)
@page_documents_option
@language_option
@build_option
def command(
    folder: str | None,
    archive: str | None,
    replace: bool,
    briefs: bool,
    documents: str | None,
    language: str,
    build_folder: str,
) -> None:
    """Publish the graph as a site that works from disk and on any web server.

    The site has a page in Korean and in English for every city, agreement, partnership, document
    and every other thing, with its data as Turtle and JSON-LD, and needs no program but a browser:
    open index.html. DIR is `site` by default. A site that is there already is replaced once the new
    one is complete.
    """
    graph = opened(build_folder, documents, in_memory=True)
    out = folder or (None if archive else "site")
    with progress() as step:
        step(Message("reading the graph"))

        def report(done: int, total: int) -> None:
            if done % 50 == 0:
                step(Message("page {done} of {number}", done=done, number=total))

        count = graph.publish(out, archive, report, replace=replace, briefs=briefs)
    for place in (out, archive):
        if place:
            click.echo(place)
    print_message(plural("{count} file", "{count} files", count))
    if out:
        page = Path(out) / "index.html"
        print_message(translated(Message("Open {page} in a browser.", page=page)))
