"""Commands and options of click whose help is shown in the reader's language.

Their help is written in English, is a key of the catalogue, and is translated when it is shown.
"""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any, TypeVar

import click

from citypact.ontology.errors import Message
from citypact.translation import translated

_SECOND_COLUMN = "\ue000"
"""Follows a wide letter while text is wrapped, so that its length is the columns it takes."""

PROJECT = "citypact.project"
"""Where the context of a command keeps the project it is about."""

Function = TypeVar("Function", bound=Callable[..., Any])


class Formatter(click.HelpFormatter):
    """Wraps help by the columns of a terminal: letters of Korean take two."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        prefix = _spread(f"{translated('Usage:')} " if prefix is None else prefix)
        super().write_usage(prog, args, prefix)

    def write_text(self, text: str) -> None:
        super().write_text(_spread(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        spread = [(_spread(term), _spread(meaning)) for term, meaning in rows]
        super().write_dl(spread, col_max, col_spacing)

    def getvalue(self) -> str:
        return super().getvalue().replace(_SECOND_COLUMN, "")


def _spread(text: str) -> str:
    return "".join(letter + _SECOND_COLUMN * (columns(letter) - 1) for letter in text)


def columns(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def right_aligned(text: str, width: int) -> str:
    """A text with spaces before it, so that it takes a number of columns."""
    return " " * (width - columns(text)) + text


def paragraphs(text: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a help text, each a message, and whether its lines stay as they are."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        is_fixed = paragraph.startswith("\b\n")
        yield paragraph.removeprefix("\b\n") if is_fixed else " ".join(paragraph.split()), is_fixed


class _Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command whose help is translated."""

    context_class = _Context

    def _translated(self) -> click.Command:
        shown = copy(self)
        shown.help = "\n\n".join(
            f"\b\n{translated(text)}" if is_fixed else translated(text)
            for text, is_fixed in paragraphs(self.help or "")
        )
        shown.epilog = translated(self.epilog or "")
        return shown

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Command.format_help_text(self._translated(), ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Command.format_epilog(self._translated(), ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        return click.Command.get_short_help_str(self._translated(), limit)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = translated("Show this message and exit.")
        return option


class CommandGroup(Command, click.Group):
    """A group whose help is translated, and whose commands are."""

    command_class = Command


class Option(click.Option):
    """An option whose help is translated."""

    def __init__(self, *names: Any, **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        if isinstance(attributes.get("help"), Message):
            self.help = attributes["help"]  # click keeps its text alone

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        shown = copy(self)
        shown.help = translated(self.help or "")
        return click.Option.get_help_record(shown, ctx)


class UsageError(click.UsageError):
    """A wrong use of a command, told in the current language."""

    def __init__(self, message: str, context: click.Context | None = None) -> None:
        super().__init__(translated(message), context)


def command(
    *, epilog: str, context_settings: dict[str, Any] | None = None
) -> Callable[[Callable[..., Any]], Command]:
    """As click.command, with translated help and the option --project."""
    made = click.command(cls=Command, epilog=epilog, context_settings=context_settings)
    return lambda function: made(project_option(function))


def project_option(function: Function) -> Function:
    """The option --project of all commands, which may also be given before the command."""
    return option(
        "--project",
        is_eager=True,
        expose_value=False,
        callback=_note_project,
        metavar="DIR",
        help="The folder of a project, made by `citypact new`. Default: the one "
        "you are in, if any.",
    )(function)


def _note_project(context: click.Context, parameter: click.Parameter, folder: str | None) -> None:
    """Keeps the project that is named for the options whose defaults follow from it."""
    if folder is None or context.resilient_parsing:
        return
    from pathlib import Path

    from citypact.sources.reading.project import FILE, read_project

    if not (Path(folder) / FILE).is_file():
        raise UsageError(
            Message(
                "--project: {folder} has no {file}; make a project with `citypact new`",
                folder=folder,
                file=FILE,
            ),
            context,
        )
    context.meta[PROJECT] = read_project(Path(folder))


def group(*, epilog: str) -> Callable[[Callable[..., Any]], CommandGroup]:
    """As click.group, with translated help."""
    return click.group(cls=CommandGroup, epilog=epilog)


def option(*names: str, **attributes: Any) -> Callable[[Function], Function]:
    """As click.option, with translated help."""
    return click.option(*names, cls=Option, **attributes)


def example(arguments: str) -> Message:
    """The epilog that shows how a command is called."""
    return Message("Example: {command}", command=f"citypact {arguments}")
