"""`citypact why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from citypact.commands import stop_at_once
from citypact.commands.help import command as click_command
from citypact.commands.help import example
from citypact.commands.options import build_option, documents_option, json_option, language_option
from citypact.ontology import NS
from citypact.terminal import print_json
from citypact.translation import translated

if TYPE_CHECKING:
    from citypact.graph.store.labels import Names


@click_command(epilog=example('why 과야킬 "체결일" --documents ~/press-releases'))
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
    """
    import citypact
    from citypact import show

    stop_at_once()
    graph = citypact.open(build_folder, documents)
    statements = graph.why(subject, predicate)
    names = graph.names
    if as_json:
        print_json(
            [
                {
                    "subject": statement.subject,
                    "predicate": statement.predicate,
                    "object": show.json_term(statement.value, names),
                    "fact": statement.is_fact,
                    "rule": statement.rule,
                    "claims": [show.json_claim(claim, names) for claim in statement.claims],
                }
                for statement in statements
            ]
        )
        return
    last = ""
    for statement in statements:
        if statement.subject != last:
            last = statement.subject
            kinds = _kinds(last, names, language)
            click.echo(show.heading(f"{names.label(last, language)}  ({kinds}) <{last}>"))
        mark = "" if statement.is_fact else f"  [{translated('not accepted as a fact')}]"
        value = show.cell(statement.value, names, language)
        click.echo(f"  {names.label(statement.predicate, language)}: {value}{mark}")
        if statement.rule:
            rule = names.label(statement.rule, language)
            click.echo(f"      {translated('derived')}: {rule}")
        for claim in statement.claims:
            for line in show.claim_lines(claim, names, language, stated=bool(statement.rule)):
                click.echo(f"      {line}")
    if not statements:
        click.echo(translated(show.NOTHING))


def _kinds(iri: str, names: Names, language: str) -> str:
    """The classes of a thing: by their labels in Korean, by their names in English."""
    kinds = sorted(names.kinds(iri))
    return ", ".join(
        names.label(NS + kind, language) if language == "ko" else kind for kind in kinds
    )
