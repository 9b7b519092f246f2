"""What a graph says of itself as a data set: title, makers, day, counts, coverage, licence.

Descriptions of all forms (Frictionless, RO-Crate, DCAT, schema.org, CITATION.cff) are made of this
one. Nothing depends on the clock: the day is the last on which one of its sources was read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from citypact.graph.provenance.counts import count
from citypact.graph.provenance.coverage import as_json, coverages_of
from citypact.graph.rdf.terms import is_date, read_date, term
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.graph.store.labels import Names
from citypact.graph.text.bilingual import Words, both
from citypact.graph.text.messages import Messages
from citypact.ontology import EDITORS, ID, LANGUAGES, is_editors
from citypact.sources.model import Date

message = Messages("export/words.toml")
"""The words of the descriptions of a data set."""
DATASET = ID.replace("/id/", "/dataset/")
"""How the IRI of a data set begins: behind it is the SHA-256 of the graph."""
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
COUNTED = (
    "documents",
    "claims of documents",
    "agreements",
    "partnerships",
    "memberships",
    "organisations",
    "cities",
    "people",
)
"""What a description counts, by the names of `provenance.counts`."""


@dataclass(frozen=True)
class DataFile:
    """A file of a data set: its path below the folder, what it holds, its size and digest."""

    path: str
    media_type: str
    title: Words
    size: int
    sha256: str

    @classmethod
    def of(cls, path: str, media_type: str, title: Words, data: bytes) -> DataFile:
        """The description of a file with these bytes."""
        return cls(path, media_type, title, len(data), hashlib.sha256(data).hexdigest())


@dataclass(frozen=True)
class Dataset:
    """A graph as a data set.

    title, description: in both languages. makers: who states what has no other source; the day
    (ISO 8601, '' where no document has one) on which its latest source was read or published;
    digest: SHA-256 of its N-Quads, '' where nobody computed it. first, last: the years of its
    agreements and partnerships. is_open: whether it is under CC BY 4.0, as the package is; whose
    project it is otherwise decides.
    """

    title: Words
    description: Words
    makers: tuple[Words, ...]
    day: str
    digest: str
    counts: dict[str, int]
    coverage: tuple[dict[str, Any], ...]
    first: str
    last: str
    is_open: bool

    @property
    def iri(self) -> str:
        """The IRI of this version of the data set."""
        return DATASET + (self.digest or "unversioned")

    @property
    def version(self) -> str:
        """What tells this version from others: the beginning of the digest."""
        return self.digest[:12] or "0"

    @property
    def keywords(self) -> dict[str, list[str]]:
        """Keywords by language."""
        return {
            language: message("dataset.keywords")[language].split(", ") for language in LANGUAGES
        }


def dataset_of(store: Store) -> Dataset:
    """The description of a graph, read once."""
    return store.read_once("dataset", lambda: _read(store))


def _read(store: Store) -> Dataset:
    names = Names.of(store)
    counts = {name: count(store, name) for name in COUNTED}
    editors = sorted(iri for iri in names.things() if is_editors(iri))
    title = store.title or message("dataset.unnamed")
    years = sorted(_years(store))
    return Dataset(
        title,
        message(
            "dataset.description",
            title=title,
            agreements=counts["agreements"],
            partnerships=counts["partnerships"],
            documents=counts["documents"],
            claims=counts["claims of documents"],
        ),
        tuple(names.both(iri) for iri in editors) or (both("Citypact", "Citypact"),),
        _last_day(store),
        str(store.summary().get("graph sha256", "")),
        counts,
        tuple(as_json(each) for each in coverages_of(store, store.centre)),
        years[0] if years else "",
        years[-1] if years else "",
        set(editors) <= {EDITORS},
    )


def _last_day(store: Store) -> str:
    """The last day on which a document was read or published; '' where none is known."""
    dates = _dates(store, "retrievedOn") + _dates(store, "publishedOn")
    days = [date.end for date in dates if date.end]
    return max(days).isoformat() if days else ""


def _years(store: Store) -> set[str]:
    """The years in which agreements were signed and partnerships established, where known."""
    return {
        f"{date.year:04}"
        for name in ("signingDate", "established")
        for date in _dates(store, name)
        if date.year is not None
    }


def _dates(store: Store, name: str) -> list[Date]:
    """The dates that a property has as its values."""
    values = (quad.object for quad in store.quads(None, term(name), None, DEFAULT_GRAPH))
    return [
        read_date(value.value)
        for value in values
        if isinstance(value, ox.NamedNode) and is_date(value.value)
    ]


__all__ = ["CC_BY", "DATASET", "DataFile", "Dataset", "dataset_of", "message"]
