"""`citypact ask`."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from citypact.commands import stop_at_once
from citypact.commands.help import command as click_command
from citypact.commands.help import example, option
from citypact.commands.limits import limited
from citypact.commands.options import (
    build_option,
    documents_option,
    language_option,
    opened,
)
from citypact.commands.progress import progress
from citypact.ontology.errors import Bilingual, CitypactError, Message
from citypact.terminal import print_data, print_message, safe
from citypact.translation import translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citypact.api import Graph
    from citypact.graph.questions.matching import Filled, Interpretation, QueryMatch
    from citypact.graph.store.labels import Names

SECONDS, ROWS = 60, 100_000
"""The limits of `citypact query`."""
SHOWN = 6
"""How many values of a parameter are named."""


@click_command(epilog=example('ask "서울이 과야킬과 무엇을 합의했나?"'))
@click.argument("question")
@option("--show", "show", is_flag=True, help="Show how the question is understood; do not run it.")
@option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="csv and json add names in Korean and English.",
)
@option("--why", "why", is_flag=True, help="List the sources of each row.")
@documents_option
@language_option
@build_option
def command(
    question: str,
    show: bool,
    form: str,
    why: bool,
    documents: str | None,
    language: str,
    build_folder: str,
) -> None:
    """Ask a question in Korean or English.

    The question is matched to a named query by fixed rules, without a language model and without a
    connection. How it is understood is shown before the query runs: its title, the parameters that
    names, dates and words of the question fill, and the command that asks the same. What no query
    answers is said, with the nearest questions; the exit status is then 1.
    """
    from citypact import show as showing
    from citypact.graph.provenance.named_queries import bind
    from citypact.graph.questions.extremes import narrowed

    stop_at_once()
    if not question.strip():
        raise CitypactError(
            "the question is empty\n    -> for example: citypact ask {example}",
            example='"서울이 과야킬과 무엇을 합의했나?"',
        )
    graph = opened(build_folder, documents if why else None)
    understood = graph.interpret(question)
    if understood.best is None:
        _print_nearest(understood, graph.names, language)
        raise click.exceptions.Exit(1)
    why = why or understood.asks_sources
    _print_match(understood, understood.best, graph.names, language, why=why)
    if understood.others:
        others = ", ".join(_title(match, language) for match in understood.others[:2])
        _print("Other readings: {queries}", queries=others)
    if show:
        print_data(_command(understood.best) + "\n")
        return
    print_message("")
    with progress() as step, limited(SECONDS, step):
        query = bind(understood.best.query, understood.best.values, graph.names)
        table = graph.ask(query, explained=why, max_rows=ROWS)
        if understood.extreme and (some := narrowed(table.answer, understood.extreme.which)):
            table = replace(table, answer=some)
        if form == "table":
            text = showing.table_text(table, language, with_sources=why, is_named=True)
        elif form == "csv":
            text = showing.csv_text(table, with_sources=why)
        else:
            text = showing.json_text(table, with_sources=why)
    if form == "table":
        click.echo(text, nl=False)
        if len(table) > 1:
            _print("Rows: {count}", count=f"{len(table):,}")
    else:
        print_data(text, for_spreadsheets=form == "csv")
    if not len(table):
        _print_wider(graph, understood.best, language)
        _print_other_readings(graph, understood.others[:2], language)


def _print_match(
    understood: Interpretation, match: QueryMatch, names: Names, language: str, *, why: bool
) -> None:
    _print("Understood as: {query}", query=_title(match, language))
    meanings = {each.name: each.meaning for each in match.query.parameters}
    for filled in match.parameters:
        meaning = Bilingual(**meanings[filled.name])
        values = safe(_named(filled, names, language))
        if filled.said:
            said = safe(filled.said)
            _print(
                "  {meaning} {values} (from “{said}”)", meaning=meaning, values=values, said=said
            )
        else:
            _print(
                "  {meaning} {values} (the centre of this graph)", meaning=meaning, values=values
            )
    if match.said:
        _print("  Words that speak for it: {words}", words=safe(", ".join(match.said)))
    extreme = understood.extreme
    if extreme and extreme.which == "first":
        _print("  Of its rows only the earliest by date (from “{said}”)", said=safe(extreme.said))
    elif extreme:
        _print("  Of its rows only the latest by date (from “{said}”)", said=safe(extreme.said))
    aside = [word for word in match.aside if not extreme or word not in extreme.said]
    if aside:
        _print("  Not taken into account: {words}", words=safe(", ".join(aside)))
    _print("  The same as: {command}", command=safe(_command(match) + " --why" * why))


def _print_wider(graph: Graph, match: QueryMatch, language: str) -> None:
    """What the query gives without one of its parameters, where it gives nothing with them all."""
    required = {each.name for each in match.query.parameters if each.required}
    for filled in match.parameters if len(match.parameters) > 1 else ():
        if filled.name in required:
            continue
        rest = tuple(each for each in match.parameters if each is not filled)
        wider = replace(match, parameters=rest)
        if count := _count(graph, wider):
            values = safe(_named(filled, graph.names, language))
            _print("Rows without “{values}”: {count}", values=values, count=f"{count:,}")
            print_message(f"  {safe(_command(wider))}")


def _print_other_readings(graph: Graph, others: Sequence[QueryMatch], language: str) -> None:
    """The other readings of a question that give something where the best gives nothing."""
    for match in others:
        if not match.missing and (count := _count(graph, match)):
            title = _title(match, language)
            _print("Rows of “{query}”: {count}", query=title, count=f"{count:,}")
            print_message(f"  {safe(_command(match))}")


def _count(graph: Graph, match: QueryMatch) -> int:
    from citypact.graph.provenance.named_queries import bind

    with limited(SECONDS):
        asked = bind(match.query, match.values, graph.names)
        return len(graph.ask(asked, explained=False, max_rows=ROWS))


def _print_nearest(understood: Interpretation, names: Names, language: str) -> None:
    _print("No named query answers this question.")
    for message in understood.unknown_messages(names):
        print_message(translated(message))
    if understood.others:
        _print("The nearest questions:")
        for match in understood.others:
            print_message(f"  {_title(match, language)}")
            print_message(f"      {safe(_command(match))}")
    for name in dict.fromkeys(understood.named):
        command = shlex.join(["citypact", "why", name])
        _print("All that is recorded of {name}: {command}", name=safe(name), command=safe(command))
    _print("`citypact query --list` lists all of them.")


def _named(filled: Filled, names: Names, language: str) -> str:
    """The values of a parameter by their names; of many the first ones."""
    shown = filled.called(names, language)
    return ", ".join(shown[:SHOWN]) + (" …" if len(shown) > SHOWN else "")


def _title(match: QueryMatch, language: str) -> str:
    return f"{match.query.title[language]} ({match.query.name})"


def _command(match: QueryMatch) -> str:
    return shlex.join(["citypact", *match.command])


def _print(template: str, **values: object) -> None:
    print_message(translated(Message(template, **values)))
