"""`citypact query`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from citypact.commands import stop_at_once
from citypact.commands.help import UsageError, example, option
from citypact.commands.help import command as click_command
from citypact.commands.limits import limited
from citypact.commands.options import (
    FOLDER,
    build_option,
    documents_option,
    language_option,
    opened,
)
from citypact.commands.progress import progress
from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.no_network import cut_off
from citypact.terminal import print_data, print_message
from citypact.translation import translated

if TYPE_CHECKING:
    from citypact.api import Graph
    from citypact.graph.sparql.syntax import SparqlQuery

RESULT_FORMATS = ("sparql-json", "sparql-xml", "sparql-csv", "sparql-tsv")
TRIPLE_FORMATS = ("ttl", "nt", "jsonld")


@click_command(
    context_settings={"ignore_unknown_options": True},
    epilog=example("query agreements-of-city --city 과야킬 --why"),
)
@click.argument("name", required=False)
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]...")
@option("--list", "list_queries", is_flag=True, help="List the named queries and their parameters.")
@option(
    "--terms",
    "word",
    metavar="WORD",
    help="Find classes, properties, codes and topics by a word in Korean or English.",
)
@option("--file", "file", type=FOLDER, help="A file with a SPARQL query.")
@option("--text", "text", help="The text of a SPARQL query.")
@option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", *RESULT_FORMATS, *TRIPLE_FORMATS]),
    default="table",
    show_default=True,
    help="csv and json add names in Korean and English; sparql-… are the result formats of the "
    "W3C. ttl, nt (N-Triples) and jsonld give the statements behind the rows, or the result of "
    "CONSTRUCT or DESCRIBE.",
)
@option("--why", "why", is_flag=True, help="List the sources of each row.")
@option(
    "--allow-service",
    is_flag=True,
    help="Allow SERVICE in the query to send requests to other servers.",
)
@option(
    "--timeout",
    "seconds",
    type=click.IntRange(min=0),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="End a query after so many seconds; 0 lets it run on.",
)
@option(
    "--max-rows",
    type=click.IntRange(min=0),
    default=100_000,
    show_default=True,
    metavar="NUMBER",
    help="Read at most so many rows; 0 reads all.",
)
@option("--show", "show", is_flag=True, help="Print the SPARQL text instead of running it.")
@documents_option
@language_option
@build_option
def command(
    name: str | None,
    values: tuple[str, ...],
    list_queries: bool,
    word: str | None,
    file: str | None,
    text: str | None,
    form: str,
    why: bool,
    allow_service: bool,
    seconds: int,
    max_rows: int,
    show: bool,
    documents: str | None,
    language: str,
    build_folder: str,
) -> None:
    """Query the graph with a named query, a file or SPARQL text.

    Parameters accept names in Korean or English, including aliases; one that is given several times
    fits any of its values. Prefixes such as citypact:,
    skos:, agreement: and code-form: need no declaration. A query cannot change the graph, and
    cannot send requests to other servers unless --allow-service is given.
    """
    if list_queries:
        _list(language)
        return
    if word is not None:
        from citypact.commands.query_terms import print_terms

        if form not in ("table", "json"):
            raise UsageError("--terms can be used with --format table or json")
        print_terms(word, _example_graph(build_folder), language, as_json=form == "json")
        return
    if name and name.startswith("-"):
        raise UsageError(
            Message("there is no option {name}; parameters follow the name of the query", name=name)
        )
    if name and text is None and _is_sparql(name):
        name, text = None, name
    ways = {"NAME": name, "--file": file, "--text": text}
    given = [way for way, value in ways.items() if value is not None]
    if len(given) > 1:
        raise UsageError(
            Message("{ways} cannot be used together: give one of them", ways=", ".join(given))
        )
    if text is not None and not text.strip():
        raise UsageError("--text is empty: give the text of a query")
    if not given:
        raise UsageError("give one of: the NAME of a query, --file, --text, --terms or --list")
    from citypact.graph.sparql.syntax import MAKING, SparqlQuery
    from citypact.graph.store.base import LocalStore

    stop_at_once()
    asked = text if file is None else _read(Path(file))  # before a graph is opened, or even built
    source = click.get_current_context().get_parameter_source("documents")
    if source is ParameterSource.DEFAULT and not why:
        documents = None  # the texts of a project are read only where sentences are shown
    graph = opened(build_folder, documents)
    if name is not None:
        query = _bound(graph, name, values)
    elif values:
        raise UsageError("parameters can be used with a named query only")
    else:
        query = SparqlQuery(asked or "")
    if show:
        print_data(graph.store.for_others(query).text.rstrip() + "\n")
        return
    is_default = click.get_current_context().get_parameter_source("form")
    if is_default is ParameterSource.DEFAULT and query.form in MAKING:
        form = "ttl"  # what CONSTRUCT and DESCRIBE give has no rows
    if isinstance(graph.store, LocalStore) and not allow_service:
        cut_off()  # this process only asks: what the guard might miss reaches nothing either
    with progress() as step, limited(seconds, step):
        answer, is_cut = _answer(
            graph,
            query,
            form,
            language,
            why=why,
            allow_service=allow_service,
            is_named=bool(name),
            max_rows=max_rows or None,
        )
    if is_cut:
        _print_notes(
            [Message("only the first {count} {count:row|rows}; see --max-rows", count=max_rows)]
        )
    if form == "table":
        click.echo(answer, nl=False)
    else:
        text = answer if answer.endswith("\n") else answer + "\n"
        print_data(text, for_spreadsheets=form == "csv")


def _is_sparql(name: str) -> bool:
    """Whether what is given as the name of a query is the text of one."""
    first, *rest = name.split() or [""]
    if not rest:
        return False
    from citypact.graph.sparql.syntax import FORMS

    return first.upper() in ("PREFIX", "BASE", *FORMS)


def _answer(
    graph: Graph,
    query: SparqlQuery,
    form: str,
    language: str,
    *,
    why: bool,
    allow_service: bool,
    is_named: bool,
    max_rows: int | None,
) -> tuple[str, bool]:
    """The answer as text, and whether there are more rows."""
    from citypact import show
    from citypact.graph.provenance.named_queries import TRIPLES_NOT_ROWS
    from citypact.graph.sparql.syntax import MAKING

    if form in TRIPLE_FORMATS:
        from citypact.graph.provenance.query_notes import query_notes
        from citypact.graph.rdf.serialise import to_text

        made = to_text(graph.triples(query, allow_service=allow_service), form).decode()
        if not is_named:
            _print_notes(query_notes(query, graph.names))
        return made, False
    if query.form in MAKING:
        raise CitypactError(TRIPLES_NOT_ROWS)
    if why and form in RESULT_FORMATS:
        raise CitypactError(
            "{form} has no place for sources\n"
            "    -> leave --why out, or use --format table, csv or json",
            form=form,
        )
    table = graph.ask(query, explained=why, allow_service=allow_service, max_rows=max_rows)
    if not is_named:
        _print_notes(table.notes)
    if form in RESULT_FORMATS:
        text = table.to_sparql(form).decode()
    elif form == "csv":
        text = show.csv_text(table, with_sources=why)
    elif form == "json":
        text = show.json_text(table, with_sources=why)
    else:
        text = show.table_text(table, language, with_sources=why, is_named=is_named)
    return text, table.is_cut


def _example_graph(build_folder: str) -> Graph | None:
    """The graph from which examples of terms come; none where nothing has been built yet."""

    if build_folder == "build" and not Path(build_folder).exists():
        return None
    return opened(build_folder)


def _print_notes(notes: list[Message]) -> None:
    """Writes to standard error what one should know of an answer besides its rows."""
    for note in notes:
        print_message(translated(Message("Note: {note}", note=note)))


def _bound(graph: Graph, name: str, values: tuple[str, ...]) -> SparqlQuery:
    from citypact.graph.provenance.named_queries import bind, named_query

    query = named_query(name)
    return bind(query, _parameters(values), graph.names)


def _parameters(values: tuple[str, ...]) -> dict[str, list[str]]:
    """Parameters by name; one that is given several times has several values, of which any fits."""
    parameters: dict[str, list[str]] = {}
    rest = list(values)
    while rest:
        word = rest.pop(0)
        key, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not key:
            raise UsageError(Message("{word!r} is not a parameter: write --NAME VALUE", word=word))
        if not equals:
            if not rest:
                raise UsageError(Message("--{name} has no value", name=key))
            value = rest.pop(0)
        parameters.setdefault(key, []).append(value)
    return parameters


def _read(path: Path) -> str:
    from citypact.sources.files.csv_tables import read_file

    data = read_file(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CitypactError(
            "{path}: is not UTF-8\n    -> save it as UTF-8 text", path=path
        ) from error


def _list(language: str) -> None:
    from citypact.graph.provenance.named_queries import named_queries

    for query in named_queries().values():
        click.echo(click.style(query.name, bold=True) + f"  {query.title[language]}")
        click.echo(f"    {query.purpose[language]}")
        for parameter in query.parameters:
            needed = translated("required") if parameter.required else ""
            click.echo(
                f"    --{parameter.name} <{parameter.type}>  {parameter.meaning[language]}"
                f"  ({'; '.join(filter(None, [needed, parameter.example]))})"
            )
