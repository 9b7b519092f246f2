"""`citypact load`."""

from __future__ import annotations

from pathlib import Path

import click

from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.options import FILE, FOLDER, json_option, opened, usual, usual_build
from citypact.commands.progress import progress
from citypact.commands.summary import next_commands, print_counts, print_next_commands
from citypact.ontology.errors import CitypactError, Message
from citypact.terminal import print_json, print_lines, print_message
from citypact.translation import current_language, translated


@click_command(epilog=example("load graph.nq --out theirs"))
@click.argument("file", type=FILE, metavar="FILE")
@option(
    "--out",
    "--store",
    "out",
    default="build",
    show_default=True,
    callback=usual(usual_build),
    type=FOLDER,
    metavar="DIR",
    help="The folder of the store, which other commands take as --store.",
)
@option(
    "--strict",
    is_flag=True,
    help="Refuse a file with values that no build writes, such as a latitude that is no number. "
    "Otherwise they are left out, reported, and listed in left-out.csv.",
)
@json_option("Print the summary as JSON.")
def command(file: Path, out: str, strict: bool, as_json: bool) -> None:
    """Load a graph that somebody sent you, an N-Quads FILE (graph.nq), into a store.

    For graphs of any size, up to many millions of statements. Atomic: a load either completes or
    leaves the previous store untouched. The file is read by a process of its own, which may fail
    without harm. Values that other commands could not use are left out; since there are no
    records, nothing else is checked again.
    """
    from citypact.graph.build.load import load_nquads
    from citypact.graph.open_store import MEMORY, is_address

    if is_address(out) or out == MEMORY:
        raise CitypactError(
            "{out}: a file can be loaded into a folder only\n"
            "    -> name a folder with --out; a server has a loader of its own",
            out=out,
        )
    with progress() as step:
        loaded = load_nquads(file, Path(out), step, strict=strict)
    for note in loaded.odd:
        print_message(translated(Message("Note: {note}", note=note)))
    summary = loaded.summary
    if as_json:
        print_json(summary)
        return
    print_counts(summary)
    print_lines("\n" + translated(Message("The store is in {folder}. Try next:", folder=f"{out}/")))
    commands = [*next_commands(opened(out), current_language()), "draw"]
    print_next_commands("citypact", commands, out)
