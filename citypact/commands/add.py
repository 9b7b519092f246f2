"""`citypact add`."""

from __future__ import annotations

from pathlib import Path

import click

from citypact.commands.help import UsageError, example
from citypact.commands.help import command as click_command
from citypact.commands.options import FILE, json_option, language_option, project
from citypact.ontology.errors import Message
from citypact.terminal import print_json, print_lines
from citypact.translation import plural, translated

ADDED = {
    "agreements": Message("agreements"),
    "partnerships": Message("partnerships"),
    "memberships": Message("memberships"),
    "documents": Message("source documents"),
    "cities": Message("cities"),
    "organizations": Message("organisations"),
    "governments": Message("city governments"),
}


@click_command(epilog=example("add busan.xlsx"))
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@language_option
@json_option("Print the counts as JSON.")
def command(files: tuple[Path, ...], language: str, as_json: bool) -> None:
    """Add filled forms (.xlsx or .csv) to the registers of the project you are in.

    Write an empty form with `citypact new --form xlsx`. Names are looked up as they are written;
    all doubts are reported by sheet and row, and then nothing is added. Rows that are there
    already are not added again.
    """
    from citypact.graph.forms.add import add_forms

    found = project()
    if found is None or found.build is None:
        raise UsageError(
            "there is no project here; make one with `citypact new`, or name it with --project"
        )
    entries = add_forms(files, found)
    counts = {name: entries.count(name) for name in ADDED if entries.count(name)}
    if as_json:
        print_json({"added": counts, "known": entries.known})
        return
    for name, count in counts.items():
        print_lines(f"{count:>6}  {translated(ADDED[name])}")
    if not counts:
        print_lines(translated("Nothing was added."))
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
    if counts:
        print_lines("\n" + translated("Try next:") + "\n  citypact build")
