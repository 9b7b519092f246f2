"""`citypact new`."""

from __future__ import annotations

import shlex

import click

from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.options import FOLDER, language_option, near
from citypact.ontology.errors import Message
from citypact.terminal import print_lines
from citypact.translation import translated


@click_command(epilog=example("new busan --city 부산"))
@click.argument("folder", type=FOLDER, metavar="FOLDER")
@option(
    "--city",
    required=True,
    help="The city or body at the centre, by any name in Korean or English.",
)
@language_option
def command(folder: str, city: str, language: str) -> None:
    """Make a project of your own around a city or body: a FOLDER that can be built at once.

    The project builds on the entities, registers and records of the package, to which you add your
    own sources. Every command that is run inside the folder is about the project.
    """
    from citypact.projects import new_project

    made = new_project(folder, city, language)
    place = near(str(made.folder))
    done = Message("Made {folder}: {title}", folder=f"{place}/", title=made.title[language])
    print_lines(translated(done) + "\n" + translated("Try next:"))
    print_lines(f"  cd {shlex.quote(place)}")
    print_lines("  citypact build")
