"""`citypact why`."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import click

from citypact.commands import stop_at_once
from citypact.commands.help import command as click_command
from citypact.commands.help import example
from citypact.commands.options import (
    build_option,
    documents_option,
    json_option,
    language_option,
    opened,
)
from citypact.ontology import NS
from citypact.ontology.errors import Message
from citypact.terminal import print_json
from citypact.translation import translated

if TYPE_CHECKING:
    from citypact.api import Graph
    from citypact.graph.provenance.explain import Explanation
    from citypact.graph.store.labels import Names


@click_command(epilog=example('why seoul-guayaquil-2020 "체결일" --documents ~/press-releases'))
@click.argument("subject")
@click.argument("predicate", required=False, default="")
@documents_option
@language_option
@json_option("Print the statements and their claims as JSON.")
@build_option
def command(
    subject: str,
    predicate: str,
    documents: str | None,
    language: str,
    as_json: bool,
    build_folder: str,
) -> None:
    """Show the sources of a statement.

    SUBJECT is a name in Korean or English, an alias, a slug such as agreement/seoul-london-2017, or
    an IRI. PREDICATE is a property, by its name or its label in either language. Each claim is
    shown with its document, address, text span and modality; with --documents also with the
    sentence, in which the span is marked.

    Where nothing is recorded of the subject itself, what is recorded of its parts or of related
    things follows under a heading of its own.
    """
    from citypact import show

    stop_at_once()
    graph = opened(build_folder, documents)
    statements = graph.why(subject, predicate)
    if as_json:
        print_json([show.json_explanation(statement, graph.names) for statement in statements])
        return
    if not any(statement.about in ("itself", "value") for statement in statements):
        click.echo(_nothing(graph, subject, predicate, language))
    for about, group in itertools.groupby(statements, lambda statement: statement.about):
        if about != "itself":
            click.echo(show.heading(translated(_headings(graph, subject, language)[about])))
        _print_statements(list(group), graph.names, language)


def _headings(graph: Graph, subject: str, language: str) -> dict[str, Message]:
    """What stands above the statements whose subject is not the thing asked about."""
    thing = _things(graph, subject, language)
    return {
        "value": Message("Recorded of others, with {thing} as the value:", thing=thing),
        "part": Message("Recorded of the parts of {thing}:", thing=thing),
        "related": Message("Recorded of others that are related to {thing}:", thing=thing),
    }


def _nothing(graph: Graph, subject: str, predicate: str, language: str) -> str:
    """Says that nothing is recorded of the thing itself."""
    from citypact.graph.store.labels import property_iri

    thing = _things(graph, subject, language)
    if not predicate:
        return translated(Message("nothing recorded of {thing}", thing=thing))
    label = graph.names.label(property_iri(predicate), language)
    return translated(
        Message("nothing recorded of {thing} itself: {label}", thing=thing, label=label)
    )


def _things(graph: Graph, subject: str, language: str) -> str:
    """The names of the things that a name means."""
    from citypact.terminal import safe

    labels = [graph.names.label(iri, language) for iri in graph.names.find(subject)]
    return safe(", ".join(dict.fromkeys(labels)))


def _print_statements(statements: list[Explanation], names: Names, language: str) -> None:
    import pyoxigraph as ox

    from citypact import show

    last = ""
    for statement in statements:
        if statement.about == "value":
            label = names.inverse(statement.predicate)[language]
            subject = show.cell(ox.NamedNode(statement.subject), names, language)
            kinds = _kinds(statement.subject, names, language)
            line = f"{label}: {subject}  ({kinds}) <{statement.subject}>"
            _print_statement(statement, line, names, language)
            continue
        if statement.subject != last:
            last = statement.subject
            kinds = _kinds(last, names, language)
            click.echo(show.heading(f"{names.label(last, language)}  ({kinds}) <{last}>"))
        value = show.cell(statement.value, names, language)
        line = f"{names.label(statement.predicate, language)}: {value}"
        _print_statement(statement, line, names, language)


def _print_statement(statement: Explanation, line: str, names: Names, language: str) -> None:
    """Prints what a statement says, and below it the claims or the rule behind it."""
    from citypact import show

    mark = "" if statement.is_fact else f"  [{translated('not accepted as a fact')}]"
    click.echo(f"  {line}{mark}")
    if statement.rule:
        click.echo(f"      {translated('derived')}: {names.label(statement.rule, language)}")
    for claim in statement.claims:
        for said in show.claim_lines(claim, names, language, stated=bool(statement.rule)):
            click.echo(f"      {said}")


def _kinds(iri: str, names: Names, language: str) -> str:
    """The labels of the classes of a thing, the wider ones that follow from them left out."""
    from citypact.ontology.vocabulary import vocabulary

    kinds, words = names.kinds(iri), vocabulary()
    known = kinds.intersection(words.classes)
    wider = {other for kind in known for other in words.ancestors(kind)[1:]}
    return ", ".join(names.label(NS + kind, language) for kind in sorted(kinds - wider))
