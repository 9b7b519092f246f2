"""`citypact load`."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

from citypact.commands.options import FOLDER, progress
from citypact.ontology.errors import CitypactError
from citypact.terminal import put, tell, tell_counts


@click.command(epilog="Example: citypact load graph.nq --out theirs")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--out",
    "--store",
    "out",
    default="build",
    show_default=True,
    type=FOLDER,
    metavar="DIR",
    help="Where the store goes: a folder, which the other commands then take as --store.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(file: Path, out: str, as_json: bool) -> None:
    """Open a graph that somebody sent: load its N-Quads FILE (graph.nq) into a store.

    For graphs of any size, up to many millions of statements. The load is whole or not at all: OUT
    is a link that is switched to the new store at the very end. The statements are taken as they
    stand; records are not at hand and nothing is checked again.
    """
    from citypact.graph.build.load import load_nquads
    from citypact.graph.open_store import MEMORY, is_address

    if is_address(out) or out == MEMORY:
        raise CitypactError(
            f"{out}: a file is loaded into a folder\n"
            "    -> name a folder with --out; a server has a loader of its own"
        )
    with progress() as step:
        summary = load_nquads(file, Path(out), step).summary
    if as_json:
        put(json.dumps(summary, ensure_ascii=False, indent=1) + "\n")
        return
    tell_counts(summary)
    where = "" if out == "build" else f" --store {shlex.quote(out)}"
    tell(
        f"\nThe store is in {out}/. Then try:\n"
        f"  citypact query --list\n"
        f"  citypact query agreements-of-city --city Seoul{where}\n"
        f"  citypact draw{where}"
    )
