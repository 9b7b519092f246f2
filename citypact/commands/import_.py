"""`citypact import`."""

from __future__ import annotations

from citypact.commands import import_twins
from citypact.commands.help import command as click_command
from citypact.commands.help import example, group
from citypact.commands.options import data_option, json_option, language_option
from citypact.ontology.errors import Message
from citypact.terminal import print_data, print_json, print_lines
from citypact.translation import translated


@group(epilog=example("import twins --edges links.csv --name my-list"))
def command() -> None:
    """Import lists of others into your own data folder, never into the package.

    `twins` imports a list of sister cities, `list` shows the imported lists, and `query` prints a
    query for the Wikidata Query Service whose answer `twins` can read.
    """


command.add_command(import_twins.command, "twins")


@click_command(epilog=example("import list"))
@data_option
@language_option
@json_option("Print the list as JSON.")
def list_(data: str | None, language: str, as_json: bool) -> None:
    """Show the imported lists: name, date, counts."""
    from citypact.sources.files.data_folder import data_folder
    from citypact.sources.twins.write import list_imports

    imports = list_imports(data_folder(data))
    if as_json:
        print_json([one.summary | {"folder": str(one.folder)} for one in imports])
        return
    for one in imports:
        counts = one.summary["counts"] | one.summary["counts"]["decisions"]
        line = Message(
            "{cities:,} {cities:city|cities}, {twins:,} {twins:link|links}, "
            "{matched:,} matched, {ambiguous:,} ambiguous",
            **{name: counts[name] for name in ("cities", "twins", "matched", "ambiguous")},
        )
        print_lines(f"{one.name}  {one.summary['retrieved'] or '-'}  {translated(line)}")
        print_lines(f"    {one.folder}")
    if not imports:
        print_lines(translated("Nothing has been imported yet; see citypact import twins --help"))


@click_command(epilog=example("import query > twins.rq"))
def query() -> None:
    """Print a query for Wikidata. Save its answer as JSON or CSV and import it with --answer.

    The Wikidata Query Service stops a query after 60 seconds. For large answers use
    `citypact import twins --wikidata`, or restrict the query to a country as its comment explains.
    """
    from citypact.sources.twins.wikidata import SAVED

    print_data(SAVED)


command.add_command(list_, "list")
command.add_command(query, "query")

__all__ = ["command"]
