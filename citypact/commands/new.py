"""`citypact new`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from citypact.commands.help import UsageError, example, option
from citypact.commands.help import command as click_command
from citypact.commands.options import FOLDER, language_option, near, replace_option
from citypact.ontology.errors import Message
from citypact.terminal import print_lines
from citypact.translation import translated


@click_command(epilog=example("new busan --city 부산"))
@click.argument("folder", type=FOLDER, metavar="FOLDER", required=False)
@option("--city", help="The city or body at the centre, by any name in Korean or English.")
@option(
    "--form",
    type=click.Choice(["xlsx"]),
    help="Write an empty form for agreements, partnerships and memberships instead: an Excel "
    "workbook called FOLDER, by default form.xlsx.",
)
@replace_option
@language_option
def command(
    folder: str | None, city: str | None, form: str | None, replace: bool, language: str
) -> None:
    """Make a project of your own around a city or body: a FOLDER that can be built at once.

    The project builds on the entities, registers and records of the package, to which you add your
    own sources. Every command that is run inside the folder is about the project.
    """
    if form:
        _write_form(Path(folder or "form.xlsx"), language, replace)
        return
    if folder is None or city is None:
        raise UsageError("name the FOLDER of the project, and its centre with --city")
    from citypact.projects import new_project

    made = new_project(folder, city, language)
    place = near(str(made.folder))
    done = Message("Made {folder}: {title}", folder=f"{place}/", title=made.title[language])
    print_lines(translated(done) + "\n" + translated("Try next:"))
    print_lines(f"  cd {shlex.quote(f'./{place}' if place.startswith('-') else place)}")
    print_lines("  citypact build")


def _write_form(path: Path, language: str, replace: bool) -> None:
    from citypact.graph.forms.workbook import workbook
    from citypact.graph.store.declared_names import declared_names
    from citypact.sources.files.output_files import write_output
    from citypact.sources.model import Sources

    if path.suffix.lower() != ".xlsx":
        raise UsageError("the name of the form must end in .xlsx")
    data = workbook(declared_names(Sources()), language)
    write_output(path, data, "FOLDER", replace=replace)
    print_lines(translated(Message("Wrote {path}. Fill it in, then run:", path=path)))
    print_lines(f"  citypact add {shlex.quote(str(path))}")
