"""`citypact build`."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from citypact.commands.options import (
    FOLDER,
    data_option,
    documents_option,
    progress,
    sources_option,
)
from citypact.terminal import put, tell, tell_counts

if TYPE_CHECKING:
    from citypact.graph.build.build import Progress
    from citypact.graph.store.base import LocalStore

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
    "--out",
    "--store",
    "out",
    default="build",
    show_default=True,
    type=FOLDER,
    metavar="STORE",
    help="Where the build goes: a folder; the address of a SPARQL server (https://…), into which "
    "the graph is loaded; or `memory`: nothing is kept, records are only tried.",
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

    On a server the new graph is loaded beside the one that is there, counted, and then switched to.
    Who may write there is said by CITYPACT_STORE_USER and CITYPACT_STORE_PASSWORD, or
    CITYPACT_STORE_TOKEN. A load that was stopped is gone on with by the same command.
    """
    from citypact.api import build_with_pages
    from citypact.graph import open_store as opening
    from citypact.sources import PACKAGED
    from citypact.sources.files.data_folder import data_folder, import_folder
    from citypact.sources.reading.texts import Texts

    texts = Texts.in_folder(Path(documents)) if documents else None
    folder = Path(sources) if sources else PACKAGED
    lists = [import_folder(data_folder(data), name) for name in dict.fromkeys(imports)]

    def in_memory(step: Progress) -> LocalStore:
        return opening.in_memory(folder, step, registers=not records_only, imports=lists)

    with progress() as step:
        if out == opening.MEMORY:
            summary = in_memory(step).summary()
        elif opening.is_address(out):
            summary = _load(out, in_memory, step)
        else:
            summary = build_with_pages(
                folder, Path(out), texts, step, registers=not records_only, imports=lists
            ).summary
    if as_json:
        put(json.dumps(summary, ensure_ascii=False, indent=1) + "\n")
        return
    tell_counts(summary)
    for each in summary["coverage"]:
        totals = " or ".join(dict.fromkeys(str(total["value"]) for total in each["totals"]))
        tell(
            f"{'partner cities':>20}  {each['documented partners']} documented, "
            f"{each['with a primary document']} of them by a primary document; "
            f"sources count {totals}"
        )
    if out == opening.MEMORY:
        tell("\nNothing was kept.")
        return
    where = "" if out == "build" else f" --store {shlex.quote(out)}"
    if opening.is_address(out):
        tell(f"\nLoaded into {out}. Then try:")
    else:
        tell(f"\nFiles in {out}/")
        for name, what in FILES.items():
            tell(f"  {name:<14}{what}")
        tell(f"\nOpen {out}/network.html in a browser. Then try:")
    program = _program()
    tell(
        f"  {program} query agreements-of-city --city Seoul{where}\n"
        f"  {program} query topics-of-agreement --agreement seoul-london-2017 --why{where}\n"
        f"  {program} why 과야킬{where}"
    )


def _load(
    address: str, in_memory: Callable[[Progress], LocalStore], step: Progress
) -> dict[str, Any]:
    """Builds in memory and loads the graph into the store at an address; gives its summary."""
    from citypact.graph.store.server import find_server
    from citypact.graph.store.upload import load

    server = find_server(address)  # first, so that a wrong address is known before the work
    server.writing()
    store = in_memory(step)
    return load(server, store.quads(), store.summary(), step).summary


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
