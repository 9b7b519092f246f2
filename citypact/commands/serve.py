"""`citypact serve`."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.options import build_option, page_documents_option, project
from citypact.commands.progress import progress
from citypact.ontology.errors import CitypactError, Message
from citypact.terminal import print_lines, print_message
from citypact.translation import translated


@click_command(epilog=example("serve --port 8000"))
@option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen on; 0.0.0.0 lets other machines ask.",
)
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="PORT",
    help="The port to listen on; 0 for a free one.",
)
@option(
    "--public-url",
    default="",
    metavar="URL",
    help="The address by which clients know the service, behind a reverse proxy.",
)
@option(
    "--cors",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin read the answers in a browser; * for all. Can be given several "
    "times.",
)
@option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="End a query after so many seconds.",
)
@option(
    "--max-rows",
    type=click.IntRange(1),
    default=100_000,
    show_default=True,
    metavar="NUMBER",
    help="Refuse answers with more rows.",
)
@option(
    "--max-size",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    metavar="MB",
    help="Refuse answers that are longer.",
)
@option(
    "--max-memory",
    type=click.IntRange(200),
    default=1000,
    show_default=True,
    metavar="MB",
    help="End a query that takes more memory (Linux).",
)
@option(
    "--parallel",
    type=click.IntRange(1, 64),
    metavar="NUMBER",
    help="Queries that run at the same time. Default: twice the number of processors.",
)
@option(
    "--queue",
    type=click.IntRange(0),
    default=64,
    show_default=True,
    metavar="NUMBER",
    help="Queries that may wait; further ones are refused with the status 503.",
)
@page_documents_option
@build_option
def command(
    host: str,
    port: int,
    public_url: str,
    origins: tuple[str, ...],
    timeout: float,
    max_rows: int,
    max_size: int,
    max_memory: int,
    parallel: int | None,
    queue: int,
    documents: str | None,
    build_folder: str,
) -> None:
    """Serve the graph over HTTP: pages, SPARQL, JSON and reconciliation.

    The pages of `citypact publish` are at /, a SPARQL 1.1 endpoint at /sparql, a JSON API at /api,
    and a reconciliation service for OpenRefine at /reconcile. Clients can only read. A new build
    is served as soon as it is there. Press Ctrl-C to stop.

    Only this machine can ask, unless --host says otherwise.
    """
    try:
        from citypact.service.limits import QueryLimits, usual_number_at_once
        from citypact.service.server import Listening, run
    except ImportError as error:
        from citypact.service.errors import MISSING

        raise CitypactError(MISSING) from error
    from citypact.graph.open_store import MEMORY, is_address
    from citypact.sources.reading.texts import Texts

    if is_address(build_folder):
        raise CitypactError(
            "{store}: is a server already\n    -> name the folder of a build with --store",
            store=build_folder,
        )
    texts = Texts.in_folder(Path(documents)) if documents else None
    place = Listening(host, port, _address(public_url), tuple(map(_origin, origins)))
    limits = QueryLimits(
        timeout,
        max_rows,
        max_size * 1_000_000,
        max_memory * 1_000_000,
        parallel or usual_number_at_once(),
        queue,
    )
    from citypact.sources.files.atomic_files import temporary_folder

    with ExitStack() as stack:
        build = Path(build_folder)
        if build_folder == MEMORY:
            build = stack.enter_context(temporary_folder()) / "build"
            _build(build)
        run(build, texts, place, limits, _say, _ready)


def _build(out: Path) -> None:
    """Builds the project we are in, or the packaged records, for this service alone."""
    from citypact.api import build

    found = project()
    with progress() as step:
        build(out, found.folder if found else None, progress=step)


def _address(text: str) -> str:
    """An address as it was given, without a slash at its end. Raises CitypactError for others."""
    from urllib.parse import urlsplit

    parts = urlsplit(text)
    if text and (
        parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/")
    ):
        raise CitypactError(
            "{text!r} is not the address of a server\n"
            "    -> write it such as https://graph.example.org, without a path",
            text=text,
        )
    return text.rstrip("/")


def _origin(text: str) -> str:
    return text if text == "*" else _address(text)


def _say(message: Message) -> None:
    print_message(translated(message))


def _ready(address: str) -> None:
    print_lines(address)
    print_message(translated("Press Ctrl-C to stop."))
    sys.stdout.flush()
