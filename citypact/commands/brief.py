"""`citypact brief`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from citypact.commands import stop_at_once
from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.options import (
    DAY,
    FOLDER,
    build_option,
    language_option,
    opened,
    replace_option,
)
from citypact.commands.progress import progress
from citypact.ontology.errors import Message
from citypact.terminal import print_data, print_message
from citypact.translation import translated


@click_command(epilog=example("brief 과야킬 --language ko --out guayaquil.html"))
@click.argument("subject", metavar="PARTNER")
@option(
    "--with",
    "other",
    default="",
    metavar="PARTNER",
    help="The other side of the relation. Default: the centre of the project.",
)
@option(
    "--as-of",
    type=DAY,
    metavar="DATE",
    help="Only what is known to have begun by this date, such as 2016-12-31.",
)
@option(
    "--format",
    "form",
    type=click.Choice(["html", "docx", "md"]),
    help="html prints on A4; docx (Word) and md (Markdown) have footnotes. Default: what --out "
    "ends in, else html.",
)
@option(
    "--out",
    type=FOLDER,
    help="The file to write. Default: named after the partner; md is printed.",
)
@replace_option
@language_option
@build_option
def command(
    subject: str,
    other: str,
    as_of: datetime | None,
    form: str | None,
    out: str | None,
    replace: bool,
    language: str,
    build_folder: str,
) -> None:
    """Write a brief on a partner for a meeting: one or two pages, each sentence with its source.

    PARTNER is a city or a body (a network, an agency), by its name in Korean or English. The brief
    has the history of the relation, agreements, commitments by topic and who owes them, signatories
    and who was in office, networks in common, what has been done, what was announced and not
    confirmed since, open prospects, and contradictions between sources. What has no source is not
    written; what the editors state is marked.
    """
    from citypact.graph.brief.files import FORMATS, brief_file, brief_on, check_format
    from citypact.graph.export import check_output, write_output
    from citypact.graph.relations.facts import FactReader
    from citypact.ontology import ID

    if form is None:
        ending = Path(out or "").suffix.lower().removeprefix(".")
        form = ending if ending in FORMATS else "html"
    check_format(form)
    if out is not None:
        check_output(Path(out), replace=replace)
    stop_at_once()
    graph = opened(build_folder)
    with progress() as step:
        step(Message("writing the brief"))
        reader = FactReader(graph.store, graph.names, graph.tracer)
        day = as_of.date() if as_of else None
        found = brief_on(reader, subject, other, day)
        data = brief_file(reader, found, form, language)
    if out is None and form == "md":
        print_data(data.decode())
        return
    slug = found.subject.removeprefix(ID).replace("/", "-")
    target = Path(out or f"brief-{slug.split('-', 1)[-1]}.{form}")
    write_output(target, data, replace=replace)
    click.echo(target)
    if form == "html":
        print_message(translated(Message("Open {page} in a browser.", page=target)))
