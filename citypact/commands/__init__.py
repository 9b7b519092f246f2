"""The command `citypact`. Each subcommand is a module that is imported only when it is called."""

from __future__ import annotations

import gc
import importlib
import io
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from keyword import iskeyword

import click

from citypact import __version__
from citypact.commands.help import CommandGroup, Option, UsageError, project_option
from citypact.ontology.errors import CitypactError, Message, RecordError, system_reason
from citypact.sources.files.garbage import SELDOM
from citypact.terminal import print_message
from citypact.translation import (
    INTERRUPTED,
    error_text,
    plural,
    speaking,
    system_language,
    translated,
)

COMMANDS = {
    "new": Message("Make a project of your own around a city."),
    "add": Message("Add forms (Excel, CSV) or texts to your project."),
    "build": Message("Build the graph, its files and the network page."),
    "check": Message("Check records, evidence and coverage."),
    "read": Message("Read documents and draft records of their agreements."),
    "review": Message("Judge a draft next to its document, in the browser or terminal."),
    "spans": Message("Turn the quotes of records into text spans."),
    "passages": Message("Write the words by which links open sources at their passages."),
    "import": Message("Import lists of sister cities: CSV, KONECT, Wikidata."),
    "load": Message("Load a graph that somebody sent you (N-Quads)."),
    "query": Message("Query the graph: a named query, a file or SPARQL text."),
    "ask": Message("Ask a question in Korean or English."),
    "why": Message("Show the sources of a statement."),
    "cite": Message("Cite the sources: as text, BibTeX or CSL-JSON."),
    "brief": Message("Write a brief on a partner for a meeting, each sentence with its source."),
    "draw": Message("Draw the network page and print basic measures."),
    "analyse": Message("Analyse patterns: tables, figures and a report with sources."),
    "evaluate": Message("Measure extraction on labelled documents."),
    "publish": Message("Publish a site of linked pages, one for every thing."),
    "export": Message("Export the graph or a network for other programs."),
    "serve": Message("Serve the graph over HTTP: pages, SPARQL, JSON, OpenRefine."),
}


class Commands(CommandGroup):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        # A module cannot be called like a word of Python (`import`) and be imported by others.
        module = importlib.import_module(f"citypact.commands.{cmd_name}{'_' * iskeyword(cmd_name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(translated("Commands")):
            formatter.write_dl([(name, translated(text)) for name, text in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UsageError(
                Message(
                    "there is no command {name!r}; the commands are: {commands}",
                    name=args[0],
                    commands=", ".join(COMMANDS),
                ),
                ctx,
            )
        return super().resolve_command(ctx, args)


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    no_args_is_help=False,
)
@click.version_option(
    __version__, prog_name="citypact", cls=Option, help="Show the version and exit."
)
@project_option
@click.pass_context
def citypact(context: click.Context) -> None:
    """Citypact: a knowledge graph of what cities agreed, with the sources of every statement.

    \b
    citypact build                                    build the graph
    citypact query agreements-of-city --city Seoul    query it
    citypact why seoul-guayaquil-2020 "signing date"  show the sources of a statement

    Results are written to standard output, messages to standard error. Exit status 0: success; 1:
    problems found; 2: usage error or another error.
    """
    if context.invoked_subcommand is None:
        print_message(context.get_help())
        context.exit(2)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and ends the process with its exit code."""
    if "_CITYPACT_COMPLETE" in os.environ:
        citypact.main(prog_name="citypact")  # a shell asks how to complete a command
    # igraph loads all of matplotlib, where that is installed, only to draw with it: we never do.
    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]
    gc.set_threshold(*SELDOM)
    code = run(sys.argv[1:] if arguments is None else arguments)
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        _end_at_once(code)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Runs the command line in the language of the system and gives its exit code."""
    with speaking(system_language()):
        return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    warnings.showwarning = lambda message, *_: _print("Warning: {message}", message=message)
    for stream in (sys.stdout, sys.stderr):
        # Names hold every script of the world; a terminal that lacks one must not stop us.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        with citypact.make_context("citypact", list(arguments)) as context:
            citypact.invoke(context)
        if sys.stdout is not None:
            sys.stdout.flush()
        return 0
    except click.exceptions.Exit as exit:
        return exit.exit_code
    except click.ClickException as error:
        text = io.StringIO()
        error.show(text)
        print_message(text.getvalue().rstrip())
        return 2
    except RecordError as error:
        count = plural("{count} problem found", "{count} problems found", len(error.problems))
        print_message(error_text(error))
        _print("{count}; nothing was changed.", count=count)
        return 1
    except CitypactError as error:
        _print("Error: {message}", message=error.message)
        return 2
    except (KeyboardInterrupt, click.Abort):
        print_message(translated(INTERRUPTED))
        return 130
    except BrokenPipeError:
        _drop_output()
        return 0  # The reader of our output has gone (`| head`): that is no fault.
    except OSError as error:
        _drop_output()
        _print(
            "Error: {message}",
            message=Message(
                "{place}{reason}\n    -> check the path, its permissions and the free disk space",
                place=f"{error.filename}: " if error.filename else "",
                reason=system_reason(error),
            ),
        )
        return 2


def _print(template: str, **values: object) -> None:
    """Writes a message to standard error, in the language of the system."""
    print_message(translated(Message(template, **values)))


def _drop_output() -> None:
    """Lets what is still buffered go nowhere: Python would fail again when it ends."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_at_once(code: int) -> None:
    """Ends a process that Ctrl-C may end at once: what it has loaded is not taken apart first.

    That takes longer than a short answer. Where the output cannot be written, Python says so.
    """
    with suppress(OSError, ValueError):
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)


def stop_at_once() -> None:
    """Lets Ctrl-C end the process at once, even inside a long query; only for what only reads."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
