"""`citypact query`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from citypact.commands import stop_at_once
from citypact.commands.options import (
    FOLDER,
    build_option,
    chosen_language,
    documents_option,
    language_option,
)
from citypact.ontology.errors import CitypactError
from citypact.terminal import put

if TYPE_CHECKING:
    from citypact.api import Graph, Table


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog="Example: citypact query agreements-of-city --city 과야킬 --why",
)
@click.argument("name", required=False)
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]...")
@click.option(
    "--list", "list_queries", is_flag=True, help="List the named queries with parameters."
)
@click.option("--file", "file", type=FOLDER, help="A file with a SPARQL query.")
@click.option("--text", "text", help="A SPARQL query as text.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "ttl"]),
    default="table",
    show_default=True,
    help="ttl gives the statements behind the rows, or what CONSTRUCT makes.",
)
@click.option("--why", "why", is_flag=True, help="List the sources of each row.")
@click.option(
    "--allow-service",
    is_flag=True,
    help="Let SERVICE in the query ask other servers; without this nobody else is asked.",
)
@click.option("--show", "show", is_flag=True, help="Print the SPARQL text instead of running it.")
@documents_option
@language_option
@build_option
def command(
    name: str | None,
    values: tuple[str, ...],
    list_queries: bool,
    file: str | None,
    text: str | None,
    form: str,
    why: bool,
    allow_service: bool,
    show: bool,
    documents: str | None,
    language: str | None,
    build_folder: str,
) -> None:
    """Answer a question: by a named query, a file, or SPARQL text.

    Parameters take names in Korean or English, aliases included. Prefixes such as citypact:, skos:
    and code: need no declaration. A query can neither change the graph nor, unless
    --allow-service is given, ask anybody else.
    """
    chosen = chosen_language(language)
    if list_queries:
        _list(chosen)
        return
    if name and name.startswith("-"):
        raise click.UsageError(f"no option is called {name}; parameters go behind the query's name")
    if sum(bool(way) for way in (name, file, text)) != 1:
        raise click.UsageError("give one of: the NAME of a query, --file, --text, or --list")
    import citypact
    from citypact.graph.sparql.read_only import guard

    stop_at_once()
    graph = citypact.open(build_folder, documents)
    if name:
        sparql = _bound(graph, name, values)
    elif values:
        raise click.UsageError("parameters go with a named query only")
    else:
        sparql = _read(Path(file)) if file else text or ""
    if show:
        put(sparql.rstrip() + "\n")
        return
    guard(sparql, allow_service=allow_service)
    answer = _answer(graph, sparql, form, why, chosen)
    if form == "table":
        click.echo(answer, nl=False)
    else:
        put(answer)


def _answer(graph: Graph, sparql: str, form: str, why: bool, language: str) -> str:
    from citypact import show
    from citypact.api import Table
    from citypact.graph.provenance.named_queries import run
    from citypact.graph.sparql import syntax as pattern

    if form == "ttl":
        return _turtle(graph, sparql)
    if pattern.form(sparql) in ("CONSTRUCT", "DESCRIBE"):
        raise CitypactError("this query makes triples, not rows\n    -> use --format ttl")
    table = Table(run(graph.store, sparql), graph.names, graph.tracer)
    if form == "csv":
        return show.csv_text(table, with_sources=why)
    if form == "json":
        return show.json_text(table, with_sources=why)
    return show.table_text(table, language, with_sources=why)


def _turtle(graph: Graph, sparql: str) -> str:
    import pyoxigraph as ox

    from citypact.api import Table
    from citypact.graph.provenance.named_queries import run
    from citypact.graph.rdf.serialise import sorted_quads, to_turtle
    from citypact.graph.sparql import syntax as pattern

    if pattern.form(sparql) in ("CONSTRUCT", "DESCRIBE"):
        triples = [(t.subject, t.predicate, t.object) for t in graph.store.answer(sparql)]  # type: ignore[union-attr]
    else:
        table: Table = Table(run(graph.store, sparql), graph.names, graph.tracer)
        triples = table.facts()
    return to_turtle(sorted_quads(ox.Quad(*triple) for triple in triples)).decode()


def _bound(graph: Graph, name: str, values: tuple[str, ...]) -> str:
    from citypact.graph.provenance.named_queries import bind, named_query

    query = named_query(name)
    return bind(query, _parameters(values), graph.names)


def _parameters(values: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    rest = list(values)
    while rest:
        option = rest.pop(0)
        key, equals, value = option.removeprefix("--").partition("=")
        if not option.startswith("--") or not key:
            raise click.UsageError(f"{option!r} is no parameter: write --NAME VALUE")
        if not equals:
            if not rest:
                raise click.UsageError(f"--{key} has no value")
            value = rest.pop(0)
        if key in found:
            raise click.UsageError(f"--{key} is given twice")
        found[key] = value
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CitypactError(
            f"{path}: cannot be read as UTF-8 text ({error})\n"
            "    -> check the path and the encoding"
        ) from error


def _list(language: str) -> None:
    from citypact.graph.provenance.named_queries import named_queries

    for query in named_queries().values():
        click.echo(click.style(query.name, bold=True) + f"  {query.title[language]}")
        click.echo(f"    {query.purpose[language]}")
        for parameter in query.parameters:
            needed = {"ko": "필수", "en": "required"}[language] if parameter.required else ""
            click.echo(
                f"    --{parameter.name} <{parameter.type}>  {parameter.meaning[language]}"
                f"  ({'; '.join(filter(None, [needed, parameter.example]))})"
            )
