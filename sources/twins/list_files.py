"""Files of any kind that hold lists of twin cities: what each is, is found out from its content."""

from __future__ import annotations

import tarfile
from collections.abc import Sequence
from pathlib import Path

from citypact.ontology.errors import CitypactError
from citypact.sources.files.csv_tables import read_file
from citypact.sources.twins.edge_tables import ReadOptions, read_tables
from citypact.sources.twins.headings import heading_key
from citypact.sources.twins.konect import read_konect
from citypact.sources.twins.model import Twins
from citypact.sources.twins.sheets import read_sheets
from citypact.sources.twins.sparql_answers import read_answers

KONECT, ANSWER, TABLE = "konect", "answer", "table"
_PACKED = (b"BZh", b"\x1f\x8b", b"\xfd7zXZ")


def kind_of(path: Path, options: ReadOptions) -> str:
    """What a file is: KONECT, ANSWER or TABLE. Raises CitypactError where it cannot be read."""
    data = read_file(path)
    if data.startswith((b"% ", *_PACKED)) or tarfile.is_tarfile(path):
        return KONECT
    if b'"bindings"' in data[:100_000] and b'"results"' in data[:100_000]:
        return ANSWER
    if b"item" not in data[:2000] or b"other" not in data[:2000]:
        return TABLE
    heads = {heading_key(cell) for cell in read_sheets(data, path, options.encoding)[0].rows[0][1]}
    return ANSWER if {"item", "other"} <= heads else TABLE


def read_list(files: Sequence[Path], options: ReadOptions) -> Twins:
    """Reads files that together hold one list.

    Raises CitypactError for files that cannot be read, or are of several kinds.
    """
    kinds = {path: kind_of(path, options) for path in files}
    if len({*kinds.values()}) > 1:
        raise CitypactError(
            "{files}: the files are of several kinds ({kinds})\n    -> import them one by one",
            files=", ".join(path.name for path in files),
            kinds=", ".join(dict.fromkeys(kinds.values())),
        )
    kind = kinds[files[0]]
    if kind == ANSWER:
        return read_answers(files)
    if kind == TABLE:
        return read_tables(files, options=options)
    if len(files) > 1:
        raise CitypactError(
            "{files}: are several networks of KONECT\n    -> import them one by one",
            files=", ".join(path.name for path in files),
        )
    return read_konect(files[0])


__all__ = ["kind_of", "read_list"]
