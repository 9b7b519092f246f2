"""The tables of a graph as a Data Package: CSV files, their schemas, a codebook, a read-me.

The descriptor follows Data Package 1 (https://specs.frictionlessdata.io), which every tool of the
field reads. Schemas are those of `graph_tables`: types, keys, references between tables.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from citypact.graph.export.citation import citation_file
from citypact.graph.export.database import graph_tables
from citypact.graph.export.dataset import CC_BY, Dataset, dataset_of, message
from citypact.graph.provenance.member_lists import MemberList, member_lists
from citypact.graph.store.base import Store
from citypact.graph.store.labels import Names
from citypact.graph.tables.show import to_csv
from citypact.graph.tables.table import Column, DataTable
from citypact.graph.text.bilingual import Words
from citypact.ontology import CODE, LANGUAGES
from citypact.ontology.vocabulary import vocabulary

DESCRIPTOR = "datapackage.json"
FOLDER = "data/"
TABLES = (
    "places",
    "actors",
    "topics",
    "documents",
    "agreements",
    "agreement_parties",
    "agreement_topics",
    "signatures",
    "memberships",
    "partnerships",
    "partnership_partners",
    "claims",
    "codebook",
)
PATHS = (DESCRIPTOR, "README.md", "CITATION.cff", *(f"{FOLDER}{name}.csv" for name in TABLES))
"""The files of a package, which are the same for every graph."""
TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "day": "date",
    "list": "string",
}
"""The types of Table Schema by the kinds of columns; lists are texts with "|" between values."""
CODEBOOK = (
    Column("table", "text", "표", "Table"),
    Column("column", "text", "열", "Column"),
    Column("type", "text", "종류", "Type"),
    Column("key", "boolean", "행의 식별자에 속하는지 여부", "Whether it is part of the key"),
    Column("refers_to", "text", "식별자가 가리키는 표", "Table to whose identifiers it refers"),
    Column("ko", "text", "뜻(국문)", "Meaning (in Korean)"),
    Column("en", "text", "뜻(영문)", "Meaning (in English)"),
)
"""The columns of the codebook."""


def to_datapackage(store: Store) -> dict[str, bytes]:
    """The files of the package by their paths: descriptor, tables, codebook, read-me, citation."""
    dataset, tables = dataset_of(store), graph_tables(store)
    tables.append(codebook(tables))
    files = {f"{FOLDER}{table.name}.csv": to_csv(table) for table in tables}
    resources = [_resource(table, files[f"{FOLDER}{table.name}.csv"], tables) for table in tables]
    descriptor = _descriptor(dataset, resources)
    return {
        DESCRIPTOR: (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode(),
        "README.md": readme(store, dataset, tables).encode(),
        "CITATION.cff": citation_file(dataset).encode(),
        **files,
    }


def codebook(tables: Collection[DataTable]) -> DataTable:
    """The columns of tables with types, keys and meanings in both languages."""
    rows = [
        {
            "table": table.name,
            "column": column.name,
            "type": TYPES[column.kind] if column.kind != "list" else "string (a|b|c)",
            "key": column.name in table.key,
            **({"refers_to": column.of} if column.of else {}),
            "ko": column.ko,
            "en": column.en,
        }
        for table in tables
        for column in table.columns
    ]
    title = message("codebook.table")
    return DataTable("codebook", title["ko"], title["en"], CODEBOOK, ("table", "column"), rows)


def _descriptor(dataset: Dataset, resources: list[dict[str, Any]]) -> dict[str, Any]:
    found = {
        "profile": "tabular-data-package",
        "name": f"citypact-{dataset.version}",
        "id": dataset.iri,
        "title": dataset.title["en"],
        "title_ko": dataset.title["ko"],
        "description": dataset.description["en"],
        "description_ko": dataset.description["ko"],
        "version": dataset.version,
        "created": f"{dataset.day}T00:00:00Z" if dataset.day else None,
        "licenses": [{"name": "CC-BY-4.0", "path": CC_BY}] if dataset.is_open else None,
        "contributors": [{"title": maker["en"], "role": "author"} for maker in dataset.makers],
        "keywords": dataset.keywords["en"],
        "resources": resources,
    }
    return {name: value for name, value in found.items() if value}


def _resource(table: DataTable, data: bytes, tables: list[DataTable]) -> dict[str, Any]:
    known = {other.name for other in tables}
    references = [
        {
            "fields": column.name,
            "reference": {
                "resource": "" if column.of == table.name else column.of,
                "fields": "id",
            },
        }
        for column in table.columns
        if column.of in known
    ]
    schema: dict[str, Any] = {
        "fields": [_field(column, table) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    if references:
        schema["foreignKeys"] = references
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": f"{FOLDER}{table.name}.csv",
        "title": table.en,
        "title_ko": table.ko,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        "schema": schema,
    }


def _field(column: Column, table: DataTable) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "type": TYPES[column.kind],
        "description": column.en,
        "description_ko": column.ko,
    }
    if column.name in table.key:
        found["constraints"] = {"required": True, "unique": len(table.key) == 1}
    return found


def readme(store: Store, dataset: Dataset, tables: Collection[DataTable]) -> str:
    """What the package holds and how it was made, in Korean and English (Markdown)."""
    names = Names.of(store)
    parts = [
        part for language in LANGUAGES for part in _readme(store, dataset, tables, names, language)
    ]
    return "\n\n".join(parts) + "\n"


def _readme(
    store: Store, dataset: Dataset, tables: Collection[DataTable], names: Names, language: str
) -> Iterable[str]:
    def say(identifier: str, /, **fields: Any) -> str:
        return message(identifier, **fields)[language]

    yield f"# {dataset.title[language]}"
    yield dataset.description[language]
    yield f"## {say('readme.contents')}"
    rows = [
        f"| [{table.name}]({FOLDER}{table.name}.csv) | {len(table.rows):,} | "
        f"{table.ko if language == 'ko' else table.en} |"
        for table in tables
    ]
    head = f"| {say('readme.table')} | {say('readme.rows')} | {say('readme.meaning')} |"
    yield "\n".join([head, "|---|---:|---|", *rows])
    yield f"## {say('readme.collection')}\n\n{say('readme.collected')}"
    yield f"## {say('readme.coverage')}"
    yield from (covered(coverage, names)[language] for coverage in dataset.coverage)
    (actors,) = (table for table in tables if table.name == "actors")
    if lists := Counter(row["partner_list"] for row in actors.rows if "partner_list" in row):
        kinds = {kind: lists[kind] for kind in vocabulary().codes["list-completeness"]}
        yield say("readme.lists", n=lists.total(), **kinds)
    if members := member_lists(store):
        yield say("readme.member_lists")
        yield "\n".join(f"- {member_list(each, names)[language]}" for each in members)
    yield say("readme.uncovered")
    yield f"## {say('readme.conventions')}\n\n{say('readme.convention')}"
    terms = say("readme.open") if dataset.is_open else say("readme.asked")
    yield f"## {say('readme.licence')}\n\n{terms}"
    yield f"## {say('readme.citation')}\n\n{cited(dataset, language)}"
    if dataset.digest:
        yield say("readme.digest", digest=dataset.digest)


def covered(coverage: Mapping[str, Any], names: Names) -> Words:
    """What is covered of the partners of a government, in a sentence."""
    totals = sorted({total["value"] for total in coverage["totals"]}, reverse=True)
    return message(
        "readme.covered",
        name=names.both(coverage["government"]),
        partners=coverage["partner cities"],
        sisters=coverage["sister and friendship cities"],
        primary=coverage["with a primary document"],
        totals=", ".join(map(str, totals)) or "–",
    )


def member_list(each: MemberList, names: Names) -> Words:
    """How much of a list of members is on record, and of which day it is."""
    day = each.day or message("readme.undated")
    counted = "listed_of_about" if each.is_approximate else "listed_of"
    if each.total is None:
        counted = "listed"
    return message(
        f"readme.{counted}",
        network=names.both(each.network),
        day=day,
        n=each.on_record,
        total=each.total or "",
        completeness=names.both(f"{CODE}list-completeness/{each.completeness}"),
    )


def cited(dataset: Dataset, language: str) -> str:
    """How the data set is cited."""
    return message(
        "readme.cited",
        makers=", ".join(maker[language] for maker in dataset.makers),
        title=dataset.title,
        version=dataset.version,
        day=dataset.day or message("readme.undated")[language],
        iri=dataset.iri,
    )[language]


__all__ = [
    "DESCRIPTOR",
    "FOLDER",
    "PATHS",
    "cited",
    "codebook",
    "covered",
    "member_list",
    "readme",
    "to_datapackage",
]
