"""The command `citypact`. Each subcommand is a module that is imported only when it is called."""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from keyword import iskeyword

import click

from citypact import __version__
from citypact.ontology.errors import CitypactError, RecordError
from citypact.terminal import say

COMMANDS = {
    "build": "Build graph, files and network page from the records.",
    "check": "Check records, evidence and coverage.",
    "import": "Bring in lists of twin cities: CSV, KONECT, Wikidata.",
    "load": "Open a graph that somebody sent (N-Quads).",
    "query": "Answer a question: a named query, a file or text.",
    "why": "Show the words behind a statement.",
    "draw": "Draw the network page; print first measures.",
    "analyse": "Analyse patterns: tables, figures, a report with sources.",
    "export": "Write graph or network for other programs.",
}


class Commands(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        # A module cannot be called like a word of Python (`import`) and be imported by others.
        module = importlib.import_module(f"citypact.commands.{name}{'_' * iskeyword(name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(
                f"no command is called {args[0]!r}; the commands are: {', '.join(COMMANDS)}",
                context,
            )
        return super().resolve_command(context, args)


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    no_args_is_help=False,
)
@click.version_option(__version__, prog_name="citypact")
@click.pass_context
def citypact(context: click.Context) -> None:
    """Citypact: what cities agreed, and the very words that say so.

    \b
    citypact build                                        make the graph
    citypact query agreements-of-city --city 과야킬        ask it
    citypact why Guayaquil "signing date"                 see the words behind it

    Results go to standard output, talk to standard error. Exit code 0: done; 1: problems found;
    2: wrong use.
    """
    if context.invoked_subcommand is None:
        say(context.get_help())
        context.exit(2)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and ends the process with its exit code."""
    if "_CITYPACT_COMPLETE" in os.environ:
        citypact.main(prog_name="citypact")  # a shell asks how to complete a command
    # igraph loads all of matplotlib, where that is installed, only to draw with it: we never do.
    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Runs the command line and gives its exit code."""
    warnings.showwarning = lambda message, *_: say(f"Warning: {message}")
    for stream in (sys.stdout, sys.stderr):
        # Names hold every script of the world; a terminal that lacks one shall not stop us.
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
        say(text.getvalue().rstrip())
        return 2
    except RecordError as error:
        count = len(error.problems)
        say(f"{error}\n{count} problem{'s' if count > 1 else ''} found; nothing was changed.")
        return 1
    except CitypactError as error:
        say(f"Error: {error}")
        return 2
    except (KeyboardInterrupt, click.Abort):
        say("Stopped; nothing was changed.")
        return 130
    except BrokenPipeError:
        _drop_output()
        return 0  # The reader of our output has gone (`| head`): that is no fault.
    except OSError as error:
        _drop_output()
        place = f"{error.filename}: " if error.filename else ""
        say(f"Error: {place}{error.strerror or error}\n    -> check the place, its rights and room")
        return 2


def _drop_output() -> None:
    """Lets what is still buffered go nowhere: Python would fail again when it ends."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def stop_at_once() -> None:
    """Lets Ctrl-C end the process at once, even inside a long query; only for what only reads."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
