"""`citypact why`."""

from __future__ import annotations

import json

import click

from citypact.commands import stop_at_once
from citypact.commands.options import (
    build_option,
    chosen_language,
    documents_option,
    language_option,
)
from citypact.terminal import put


@click.command(epilog='Example: citypact why 과야킬 "체결일" --documents ~/press-releases')
@click.argument("subject")
@click.argument("predicate", required=False, default="")
@documents_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@build_option
def command(
    subject: str,
    predicate: str,
    documents: str | None,
    language: str | None,
    as_json: bool,
    build_folder: str,
) -> None:
    """Show the words behind a statement.

    SUBJECT is a name in Korean or English, an alias, a slug such as agreement/seoul-london-2017 or
    an IRI; PREDICATE a property by name or label in either language. Each claim is shown with its
    document, address, span and modality; with --documents also the sentence, the span marked.
    """
    import citypact
    from citypact import show

    stop_at_once()
    chosen = chosen_language(language)
    graph = citypact.open(build_folder, documents)
    found = graph.why(subject, predicate)
    if as_json:
        body = [
            {
                "subject": each.subject,
                "predicate": each.predicate,
                "object": show.json_term(each.value, graph.names),
                "fact": each.is_fact,
                "rule": each.rule,
                "claims": [show.json_claim(claim, graph.names) for claim in each.claims],
            }
            for each in found
        ]
        put(json.dumps(body, ensure_ascii=False, indent=1) + "\n")
        return
    names = graph.names
    last = ""
    for each in found:
        if each.subject != last:
            last = each.subject
            kinds = ", ".join(sorted(names.kinds(last)))
            click.echo(show.heading(f"{names.label(last, chosen)}  ({kinds}) <{last}>"))
        mark = "" if each.is_fact else f"  [{show.WORDS['not accepted'][chosen]}]"
        value = show.cell(each.value, names, chosen)
        click.echo(f"  {names.label(each.predicate, chosen)}: {value}{mark}")
        if each.rule:
            rule = names.label(each.rule, chosen)
            click.echo(f"      {show.WORDS['derived'][chosen]}: {rule}")
        for claim in each.claims:
            for line in show.claim_lines(claim, names, chosen, stated=bool(each.rule)):
                click.echo(f"      {line}")
    if not found:
        click.echo(show.WORDS["none"][chosen])
