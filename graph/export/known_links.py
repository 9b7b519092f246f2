"""Sister cities that Wikidata already has, read from a table."""

from __future__ import annotations

import re
from pathlib import Path

from citypact.graph.export.rows import NetworkRows
from citypact.graph.store.base import Store
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError
from citypact.sources.files.csv_tables import read_rows

ITEM = re.compile(r"(?:(?:https?://)?www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d*)")


def known_links(path: Path, store: Store) -> set[tuple[str, str]]:
    """Pairs of Wikidata items from a CSV file, each in the direction of its statement.

    A row has two items (`Q8684`, or their addresses) in its first two columns, or the file is the
    `twins.csv` of an import with its columns `city` and `twinned_with`: cities by their names in
    entity files, whose items the graph knows, or by ids of the `cities.csv` beside it. Links of
    cities without an item are left out. Raises CitypactError for a file that cannot be read, for a
    row that holds anything else and where no pair is left.
    """
    rows = read_rows(path)
    head = rows[0][1] if rows else []
    if {"city", "twinned_with"} <= set(head):
        items = _items(path, store)
        ends = (head.index("city"), head.index("twinned_with"))
        pairs_of_ends = {
            tuple(items.get(row[end]) if end < len(row) else None for end in ends)
            for _, row in rows[1:]
        }
        return _some({(one, other) for one, other in pairs_of_ends if one and other}, path)
    pairs = set()
    for number, (line, row) in enumerate(rows):
        matches = [ITEM.fullmatch(cell.strip()) for cell in row[:2]]
        if len(matches) == 2 and matches[0] and matches[1]:
            pairs.add((matches[0][1], matches[1][1]))
        elif number > 0:  # the first row may be a head
            raise CitypactError(
                "{path}:{line}: does not begin with two Wikidata items\n"
                "    -> write them such as Q8684,Q60",
                path=path,
                line=line,
            )
    return _some(pairs, path)


def _some(pairs: set[tuple[str, str]], path: Path) -> set[tuple[str, str]]:
    """The pairs; a file without any would let all pass as new to Wikidata."""
    if not pairs:
        raise CitypactError(
            "{path}: has no links between Wikidata items\n"
            "    -> write two items in each row, such as Q8684,Q60, or give the twins.csv of an "
            "import",
            path=path,
        )
    return pairs


def _items(path: Path, store: Store) -> dict[str, str]:
    """Items by the short names of the graph's places, and by ids of the table beside."""
    items = {
        iri.removeprefix(ID).split("/", 1)[1]: item
        for iri, item in NetworkRows(store).wikidata().items()
        if iri.startswith((ID + "city/", ID + "territory/"))
    }
    beside = path.with_name("cities.csv")
    rows = read_rows(beside) if beside.is_file() else []
    if rows and {"id", "wikidata"} <= set(rows[0][1]):
        for _, row in rows[1:]:
            about = dict(zip(rows[0][1], row, strict=False))
            if ITEM.fullmatch(about.get("wikidata", "")):
                items[about["id"]] = about["wikidata"].rsplit("/", 1)[-1]
    return items


__all__ = ["known_links"]
