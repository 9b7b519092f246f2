"""`citypact import`."""

from __future__ import annotations

import json

import click

from citypact.commands import import_twins
from citypact.commands.options import chosen_language, data_option, language_option
from citypact.terminal import put, tell

NONE = {
    "ko": "아직 가져온 목록이 없습니다. citypact import twins --help를 보십시오.",
    "en": "nothing is imported yet; see citypact import twins --help",
}
COUNTS = {
    "ko": "도시 {cities:,}곳, 자매결연 {twins:,}건, 일치 {matched:,}곳, 모호 {ambiguous:,}곳",
    "en": "{cities:,} cities, {twins:,} links, {matched:,} matched, {ambiguous:,} ambiguous",
}


@click.group(epilog="Example: citypact import twins --edges links.csv --name my-list")
def command() -> None:
    """Bring lists of others into your own data folder, never into the package.

    `twins` imports a list of twin cities, `list` shows what is imported, `query` prints a query
    for the page of Wikidata whose answer `twins` can read.
    """


command.add_command(import_twins.command, "twins")


@command.command("list", epilog="Example: citypact import list")
@data_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_(data: str | None, language: str | None, as_json: bool) -> None:
    """Show the imports at hand: name, date, counts."""
    from citypact.sources.files.data_folder import data_folder
    from citypact.sources.twins.write import list_imports

    found = list_imports(data_folder(data))
    language = chosen_language(language)
    if as_json:
        body = [each.summary | {"folder": str(each.folder)} for each in found]
        put(json.dumps(body, ensure_ascii=False, indent=1) + "\n")
        return
    for each in found:
        counts = each.summary["counts"] | each.summary["counts"]["decisions"]
        when = each.summary["retrieved"] or "-"
        tell(f"{each.name}  {when}  {COUNTS[language].format(**counts)}\n    {each.folder}")
    if not found:
        tell(NONE[language])


@command.command(epilog="Example: citypact import query > twins.rq")
def query() -> None:
    """Print a query for Wikidata; save its answer as JSON or CSV and import it with --answer.

    The page of Wikidata ends a query after 60 seconds: for large answers use
    `citypact import twins --wikidata`, or narrow the query to a country as its comment says.
    """
    from citypact.sources.twins.wikidata import SAVED

    put(SAVED)


__all__ = ["command"]
