"""The named queries as pages: their list, a form or the whole answer, and questions as typed.

A folder of files cannot ask, so there the page of a query shows its whole answer, and how it is
narrowed with `citypact query`. Of a service it is a form: what was chosen is in the address.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from citypact.graph.export.datapackage import cited
from citypact.graph.export.dataset import dataset_of
from citypact.graph.pages.site.answers import VIEWS, AnswerViews
from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.lists import name_order
from citypact.graph.pages.site.paths import split_language
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.timeline import HEIGHT, LABELLED
from citypact.graph.pages.site.words import message
from citypact.graph.provenance.answer_csv import answer_csv
from citypact.graph.provenance.named_queries import (
    Answer,
    NamedQuery,
    bind,
    named_queries,
    run,
)
from citypact.graph.provenance.query_forms import FormField, QueryForm, query_form
from citypact.graph.questions.matching import Filled, Interpretation, QueryMatch
from citypact.graph.store.labels import Names
from citypact.graph.text.bilingual import Words, capitalised
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError

FOLDER = "question/"
GROUPS = {
    "city": ("LocalArea", "City"),
    "body": ("Organization", "CityGovernment", "CityNetwork"),
    "agreement": ("Agreement", "code:form"),
    "topic": ("Topic",),
    "person": ("Person",),
    "document": ("SourceDocument",),
}
"""The groups of the list by the type of a query's first parameter; the others are a group, too."""
LIMITLESS = ("networks-in-common", "statements", "topics-in-common", "topics-not-shared")
"""Queries whose whole answer is all of the graph, or compares everything with everything."""
ROWS_WHOLE, ROWS_ASKED = 100, 1000
"""How many rows a page shows: of a whole answer, and of one that was asked for."""
MOST_ROWS = 100_000
"""How many rows a whole answer has, as those of `citypact query`."""


@dataclass(frozen=True)
class Asked:
    """What was asked by a form.

    values: of the parameters, as they were given. show: one of `VIEWS`, '' where nothing is asked
    yet. answer: None where there is none. sources: for each row the claims behind it, as pages
    show them; None where they were not asked for. error: what is wrong with the values, in both
    languages. address: of the service, without a slash at its end.
    """

    values: Mapping[str, Sequence[str]]
    show: str = ""
    answer: Answer | None = None
    sources: Sequence[list[dict[str, Any]]] | None = None
    error: Words | None = None
    address: str = ""


def query_stems() -> Iterator[str]:
    """The paths of the pages of the named queries, without language."""
    yield from (f"{FOLDER}{name}" for name in named_queries())


def answer_paths() -> Iterator[str]:
    """The paths of the whole answers as CSV."""
    yield from (f"{FOLDER}{each.name}.csv" for each in named_queries().values() if _has_whole(each))


def _has_whole(query: NamedQuery) -> bool:
    """Whether there is a whole answer to publish: one without values that is not too large."""
    return query.name not in LIMITLESS and not any(each.required for each in query.parameters)


def questions_page(graph: SiteGraph, path: str) -> bytes:
    """The list of all named queries, and a field for questions where they can be asked."""
    groups: dict[str, list[NamedQuery]] = {name: [] for name in (*GROUPS, "other")}
    for query in named_queries().values():
        groups[_group(query)].append(query)
    return render(graph, "questions.html", path, message("nav.questions"), groups=groups)


def _group(query: NamedQuery) -> str:
    kind = query.parameters[0].type.split("|")[0] if query.parameters else ""
    return next((name for name, kinds in GROUPS.items() if kind in kinds), "other")


def query_page(graph: SiteGraph, path: str) -> bytes | None:
    """The page of a named query before anything is asked; None where there is no such query."""
    query = named_queries().get(split_language(path)[0].removeprefix(FOLDER))
    if query is None:
        return None
    if graph.is_live:
        return asked_page(graph, path, query, Asked({}))
    answer = whole_answer(graph, query)
    return asked_page(graph, path, query, Asked({}, VIEWS[0] if answer else "", answer))


def whole_answer(graph: SiteGraph, query: NamedQuery) -> Answer | None:
    """The answer without values for the parameters; None where there is none to publish.

    That of the last query is kept, as it has two pages and a table.
    """
    if not _has_whole(query):
        return None
    return graph.last(
        "answer",
        query.name,
        lambda: run(graph.store, bind(query, {}, graph.names), max_rows=MOST_ROWS),
    )


def answer_file(graph: SiteGraph, path: str) -> bytes | None:
    """The whole answer to a named query as CSV; None where there is no such file."""
    query = named_queries().get(path.removeprefix(FOLDER).removesuffix(".csv"))
    answer = whole_answer(graph, query) if query else None
    return csv_of(graph, answer) if answer else None


def csv_of(graph: SiteGraph, answer: Answer) -> bytes:
    """An answer as CSV."""
    return answer_csv(answer, graph.names).encode("utf-8", "replace")


def asked_page(graph: SiteGraph, path: str, query: NamedQuery, asked: Asked) -> bytes:
    """The page of a named query with a form, or with its whole answer, and what was asked."""
    language = split_language(path)[1]
    form = query_form(query, graph.names)
    views = _views(graph, asked.answer) if asked.answer else None
    columns = asked.answer.columns if asked.answer else []
    show = asked.show if views and asked.show in views.available else VIEWS[0]
    has_sources = asked.sources is not None
    fields = _encoded(asked.values, show, has_sources)
    link = f"{asked.address}/{path}?{fields}" if asked.address else ""
    most = ROWS_ASKED if graph.is_live else ROWS_WHOLE
    return render(
        graph,
        "question.html",
        path,
        query.title,
        query=query,
        form=form,
        asked=asked,
        command=_command(form, graph.names, language, asked.values),
        views=views,
        show=show,
        rows=views.rows(most) if views else [],
        headings=[capitalised(graph.renderers.heading(column, language)) for column in columns],
        counts_years="year" in columns,
        csv=f"{query.name}.csv" + (f"?{_encoded(asked.values)}" if graph.is_live else ""),
        choices=lambda field: choices(field, language),
        values=asked.values,
        json=_json_address(query, asked.values) if graph.is_live else "",
        to_view=lambda view: f"?{_encoded(asked.values, view, has_sources)}",
        link=link,
        citation=_citation(graph, query, asked.values, link, language),
        height=HEIGHT,
        labelled=LABELLED,
        has_whole=_has_whole(query),
        requires=any(each.required for each in query.parameters),
    )


def _views(graph: SiteGraph, answer: Answer) -> AnswerViews:
    """The views of an answer; those of the last are kept, as a page has two languages."""
    # The views have the answer, so that no other has its number as long as they are kept.
    return graph.last("views", id(answer), lambda: AnswerViews(graph, answer))


def ask_page(
    graph: SiteGraph, path: str, understood: Interpretation, unknown: Sequence[Words]
) -> bytes:
    """How a typed question is understood, before it runs: the query, what fills its parameters,
    and a form to run it; else the nearest questions.

    unknown: what is said of names that nothing has.
    """
    language = split_language(path)[1]
    best = understood.best
    return render(
        graph,
        "ask.html",
        path,
        message("ask.title"),
        understood=understood,
        unknown=unknown,
        form=query_form(best.query, graph.names) if best else None,
        choices=lambda field: choices(field, language),
        values=_named_values(best, graph.names, language) if best else {},
        filled=[
            (_meaning(best, each), each.called(graph.names, language), each.said)
            for each in best.parameters
        ]
        if best
        else [],
        others=[
            (
                match.query.title[language],
                f"{FOLDER}{match.query.name}",
                urlencode(_named_values(match, graph.names, language), doseq=True),
            )
            for match in understood.others
        ],
    )


def _meaning(match: QueryMatch, filled: Filled) -> Words:
    return next(each.meaning for each in match.query.parameters if each.name == filled.name)


def _named_values(match: QueryMatch, names: Names, language: str) -> dict[str, list[str]]:
    """The values of parameters as a form holds them: names where they mean nothing else."""
    classes = {field.name: field.classes for field in query_form(match.query, names).fields}

    def shown(value: str, label: str, kinds: tuple[str, ...]) -> str:
        return label if "/" in value and names.find(label, *kinds) == [ID + value] else value

    return {
        filled.name: [
            shown(value, label, classes[filled.name])
            for value, label in zip(filled.values, filled.called(names, language), strict=True)
        ]
        for filled in match.parameters
    }


def _encoded(
    values: Mapping[str, Sequence[str]], show: str = "", with_sources: bool = False
) -> str:
    fields: dict[str, Any] = {name: list(several) for name, several in values.items() if several}
    if show:
        fields["show"] = show
    if with_sources:
        fields["sources"] = "true"
    return urlencode(fields, doseq=True)


def _json_address(query: NamedQuery, values: Mapping[str, Sequence[str]]) -> str:
    """The address of the answer as JSON; '' where a parameter has several values."""
    if any(len(several) > 1 for several in values.values()):
        return ""
    fields = _encoded(values)
    return f"/api/queries/{query.name}" + (f"?{fields}" if fields else "")


def _command(
    form: QueryForm, names: Names, language: str, values: Mapping[str, Sequence[str]]
) -> str:
    """The command that asks the same; before anything is asked, an example."""
    words = ["citypact", "query", form.name]
    given = values or {
        field.name: [_example(field, names, language)]
        for field in form.fields
        if field.is_required or field is form.fields[0]
    }
    for name, several in given.items():
        for value in several:
            words += [f"--{name}", value]
    return shlex.join([*words, "--language", language])


def _example(field: FormField, names: Names, language: str) -> str:
    """The example of a field, a thing by its name in a language unless that means several."""
    if field.kind != "thing":
        return field.example
    try:
        found = names.find(field.example, *field.classes)
        label = names.label(found[0], language)
        return label if names.find(label, *field.classes) == found else field.example
    except CitypactError:  # of a project without that thing
        return field.example


def _citation(
    graph: SiteGraph,
    query: NamedQuery,
    values: Mapping[str, Sequence[str]],
    link: str,
    language: str,
) -> str:
    """How an answer is cited: the question, the data set, and which graph it was."""
    chosen = ", ".join(value for several in values.values() for value in several)
    digest = str(graph.store.summary().get("graph sha256", ""))[:16]
    return message(
        "answer.cited",
        title=query.title[language] + (f" ({chosen})" if chosen else ""),
        dataset=cited(dataset_of(graph.store), language).removesuffix("."),
        graph=f" SHA-256 {digest}." if digest else "",
        link=f" {link}" if link else "",
    )[language]


def choices(field: FormField, language: str) -> list[tuple[str, str]]:
    """What may be chosen for a field: values and what they are called, by name.

    The value of a thing is its name, or its slug where several things have that name.
    """
    found = [(choice.value, choice.label[language]) for choice in field.choices]
    if field.kind != "thing":
        return found
    times = Counter(label for _, label in found)
    named = [(label if times[label] == 1 else value, label) for value, label in found]
    return sorted(named, key=lambda pair: (name_order(pair[1], language), pair[0]))


__all__ = [
    "FOLDER",
    "Asked",
    "answer_file",
    "answer_paths",
    "ask_page",
    "asked_page",
    "csv_of",
    "query_page",
    "query_stems",
    "questions_page",
    "whole_answer",
]
