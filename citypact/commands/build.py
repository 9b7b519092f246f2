"""`citypact build`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.options import (
    FOLDER,
    data_option,
    json_option,
    opened,
    page_documents_option,
    sources_option,
    usual,
    usual_build,
    without_garbage_collection,
)
from citypact.commands.progress import progress
from citypact.commands.summary import next_commands, print_counts, print_next_commands
from citypact.ontology.errors import Message
from citypact.terminal import print_json, print_lines
from citypact.translation import current_language, translated

if TYPE_CHECKING:
    from citypact.graph.store.base import LocalStore
    from citypact.graph.store.versions import Version
    from citypact.sources.files.steps import Progress

FILES = {
    "network.html": Message("the network page (Korean and English, works offline)"),
    "facts.ttl": Message("the facts and the vocabulary (Turtle)"),
    "claims.trig": Message("the claims and their sources (TriG)"),
    "graph.nq": Message("the whole graph (N-Quads)"),
    "graph.jsonld": Message("the whole graph (JSON-LD)"),
    "store": Message("the store that the other commands query"),
    "names.tsv": Message("the index of names that the other commands look up"),
    "summary.json": Message("the counts above"),
}

OF_THE_PACKAGE = Message(
    "--hubs and --memberships build registers of the package: leave out --sources and "
    '--records-only; in a project write `project = "hubs"` or `project = "memberships"` under '
    "[base] in citypact.toml instead"
)


@click_command(epilog=example("build --out build --documents ~/press-releases"))
@option(
    "--out",
    "--store",
    "out",
    default="build",
    show_default=True,
    callback=usual(usual_build),
    type=FOLDER,
    metavar="STORE",
    help="Where to build: a folder; the address of a SPARQL server (https://…), into which the "
    "graph is loaded; or `memory`, which only tries the records and keeps nothing.",
)
@sources_option
@page_documents_option
@option(
    "--hubs",
    is_flag=True,
    help="Include the partner lists of 36 other cities, from Auckland to Yokohama.",
)
@option(
    "--memberships",
    is_flag=True,
    help="Include the members of city networks at stated days, such as those of Eurocities and the "
    "UNESCO Creative Cities.",
)
@option(
    "--records-only",
    is_flag=True,
    help="Leave out the registers and build only from the documents that were read in full.",
)
@option(
    "--import",
    "imports",
    multiple=True,
    metavar="NAME",
    help="Include a list imported with `citypact import`. Can be given several times.",
)
@data_option
@json_option("Print the summary as JSON.")
def command(
    out: str,
    sources: str | None,
    documents: str | None,
    hubs: bool,
    memberships: bool,
    records_only: bool,
    imports: tuple[str, ...],
    data: str | None,
    as_json: bool,
) -> None:
    """Build the graph, its files and the network page from records and registers.

    Atomic: a build either completes or leaves the previous one untouched. Files of
    yours in STORE stay there. If records have faults, each is shown with file and line. With
    --documents the page shows the sentences behind each claim.

    On a server the new graph is loaded next to the current one and counted before readers are
    switched to it. Set CITYPACT_STORE_USER and CITYPACT_STORE_PASSWORD, or CITYPACT_STORE_TOKEN, to
    authenticate. Run the same command again to resume an interrupted load.
    """
    from citypact.api import build_with_pages
    from citypact.graph import open_store as opening
    from citypact.sources.files.data_folder import data_folder, import_folder
    from citypact.sources.reading.project import packaged, read_project
    from citypact.sources.reading.texts import Texts

    if (hubs or memberships) and (sources or records_only):
        raise click.UsageError(translated(OF_THE_PACKAGE))
    texts = Texts.in_folder(Path(documents)) if documents else None
    folder = Path(sources) if sources else packaged(hubs=hubs, memberships=memberships)
    imports = read_project(folder).imports + imports
    lists = [import_folder(data_folder(data), name) for name in dict.fromkeys(imports)]

    def in_memory(step: Progress) -> LocalStore:
        return opening.in_memory(folder, step, registers=not records_only, imports=lists)

    with progress() as step, without_garbage_collection():
        if out == opening.MEMORY:
            summary = in_memory(step).summary()
        elif opening.is_address(out):
            version = _load(out, in_memory, step)
            summary = version.summary
        else:
            summary = build_with_pages(
                folder, Path(out), texts, step, registers=not records_only, imports=lists
            ).summary
    if as_json:
        print_json(summary)
        return
    print_counts(summary)
    if out == opening.MEMORY:
        print_lines("\n" + translated("Nothing was kept."))
        return
    if opening.is_address(out):
        print_lines("\n" + translated(_for_other_programs(version)))
        done = Message("Loaded into {address}. Try next:", address=out)
    else:
        print_lines("\n" + translated(Message("Files in {folder}", folder=f"{out}/")))
        for name, meaning in FILES.items():
            print_lines(f"  {name:<14}{translated(meaning)}")
        done = Message("Open {page} in a browser. Try next:", page=f"{out}/network.html")
    print_lines("\n" + translated(done))
    graph = opened(out)
    print_next_commands(_program(), next_commands(graph, current_language()), out)


def _load(address: str, in_memory: Callable[[Progress], LocalStore], step: Progress) -> Version:
    """Builds in memory and loads the graph into the store at an address; gives its version."""
    from citypact.graph.store.server import find_server
    from citypact.graph.store.upload import load

    server = find_server(address)  # first, so that a wrong address is known before the work
    server.writing()
    store = in_memory(step)
    return load(server, store.quads(), store.summary(), step)


def _for_other_programs(version: Version) -> Message:
    """How other SPARQL clients find the graph on the server."""
    if version.is_published:
        return Message("Every SPARQL client finds the facts in the default graph of the server.")
    return Message(
        "The server has no default graph for the facts, or holds something else in it. Other "
        "SPARQL clients find them with these parameters, which change with each load:\n"
        "  {parameters}",
        parameters=version.parameters,
    )


def _program() -> str:
    """How the user can call us again: by name where that works, else by path."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m citypact"
    installed = shutil.which("citypact")
    if installed and Path(installed).resolve() == called.resolve():
        return "citypact"
    path = os.path.relpath(called)
    return path if len(path) < len(str(called)) else str(called)
