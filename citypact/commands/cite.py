"""`citypact cite`."""

from __future__ import annotations

import click

from citypact.commands import stop_at_once
from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.options import build_option, language_option
from citypact.terminal import print_data, print_lines

STYLES = ("korean", "english", "bibtex", "csl-json")


@click_command(epilog=example("cite seoul-london-2017 --style bibtex > sources.bib"))
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@option(
    "--style",
    type=click.Choice(STYLES),
    help="How to write the citations. Default: korean or english, after the language.",
)
@language_option
@build_option
def command(names: tuple[str, ...], style: str | None, language: str, build_folder: str) -> None:
    """Cite source documents.

    NAME is a document (its slug, such as doc/seoul-london-2017, or its title) or any other thing,
    of which all sources are cited. What is not known of a document is marked as missing: "n.d." for
    a date, "Publisher unknown", and a description in square brackets in place of a title.
    """
    import citypact

    stop_at_once()
    text = citypact.open(build_folder).cite(*names, style=style or "", language=language)
    if style in ("bibtex", "csl-json"):
        print_data(text)
    else:
        print_lines(text.rstrip("\n"))
