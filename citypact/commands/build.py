"""`citypact build`."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import click

from citypact.commands.options import (
    FOLDER,
    data_option,
    documents_option,
    progress,
    sources_option,
)
from citypact.terminal import put, tell

FILES = {
    "network.html": "the network, to open in a browser (Korean and English, works offline)",
    "facts.ttl": "the facts (Turtle)",
    "claims.trig": "who claims them, and where (TriG)",
    "graph.nq": "everything (N-Quads)",
    "graph.jsonld": "everything (JSON-LD)",
    "store": "the store that the other commands ask",
    "summary.json": "these counts",
}


@click.command(epilog="Example: citypact build --out build --documents ~/press-releases")
@click.option(
    "--out", default="build", show_default=True, type=FOLDER, help="Where the build goes."
)
@sources_option
@documents_option
@click.option(
    "--records-only", is_flag=True, help="Leave the registers out: documents read in full alone."
)
@click.option(
    "--import",
    "imports",
    multiple=True,
    metavar="NAME",
    help="Take in a list of `citypact import`; may be given several times.",
)
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(
    out: str,
    sources: str | None,
    documents: str | None,
    records_only: bool,
    imports: tuple[str, ...],
    data: str | None,
    as_json: bool,
) -> None:
    """Build the graph, its files and the network page from records and registers.

    The build is whole or not at all: OUT is a link that is switched to the new build at the very
    end. Where a record is wrong, every fault is shown with file and line, and the last build stays.
    With --documents the page shows the sentences behind each claim.
    """
    from graph.build import build
    from sources import PACKAGED
    from sources.documents import Texts
    from sources.own_data import data_folder, import_folder

    texts = Texts.in_folder(Path(documents)) if documents else None
    lists = [import_folder(data_folder(data), name) for name in dict.fromkeys(imports)]
    with progress() as step:
        folder = Path(sources) if sources else PACKAGED
        made = build(folder, Path(out), texts, step, registers=not records_only, imports=lists)
    if as_json:
        put(json.dumps(made.summary, ensure_ascii=False, indent=1) + "\n")
        return
    for name, value in made.summary.items():
        if name != "coverage":
            tell(f"{name:>20}  {value}")
    for each in made.summary["coverage"]:
        totals = " or ".join(dict.fromkeys(str(total["value"]) for total in each["totals"]))
        tell(
            f"{'partner cities':>20}  {each['documented partners']} documented, "
            f"{each['with a primary document']} of them by a primary document; "
            f"sources count {totals}"
        )
    tell(f"\nFiles in {out}/")
    for name, what in FILES.items():
        tell(f"  {name:<14}{what}")
    where = "" if out == "build" else f" --build {out}"
    program = _program()
    tell(
        f"\nOpen {out}/network.html in a browser. Then try:\n"
        f"  {program} query agreements-of-city --city Seoul{where}\n"
        f"  {program} query topics-of-agreement --agreement seoul-london-2017 --why{where}\n"
        f"  {program} why 과야킬{where}"
    )


def _program() -> str:
    """How the user can call us again: by name where that works, else by path."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m citypact"
    found = shutil.which("citypact")
    if found and Path(found).resolve() == called.resolve():
        return "citypact"
    path = os.path.relpath(called)
    return path if len(path) < len(str(called)) else str(called)
