"""Sister cities that Wikidata lacks, as commands of QuickStatements (version 1).

The syntax is that of https://www.wikidata.org/wiki/Help:QuickStatements: one statement a line, its
parts divided by tabs, P for qualifiers and S for the parts of a reference. It knows no way to
escape a character, so texts and addresses are written without those that it reads as its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from citypact.graph.export.rows import NetworkRows
from citypact.graph.provenance.trace import Evidence, ProvenanceTracer
from citypact.graph.rdf.terms import date_iri, import_graph, read_date, statement_iri, term
from citypact.graph.store.base import Store
from citypact.ontology import CLAIMS_GRAPH, CODE
from citypact.sources.model import Date
from citypact.sources.reading.edtf import parse_edtf

RELATIONS = ("sister-city", "friendship-city")
"""Kinds of relation that P190 (twinned administrative body) may stand for."""
WIKIS = ("wikidata.org", "wikipedia.org", "wikimedia.org")
"""Places that are no sources for Wikidata: it would cite itself."""
LONGEST_TITLE = 400
PRECISIONS = {"decade": 8, "year": 9, "month": 10, "day": 11}
"""What Wikidata calls the precision of a time."""
ItemPair = tuple[str, str]
"""Wikidata items of two cities, in the direction of a statement."""


@dataclass(frozen=True)
class StatementBatch:
    """Commands for QuickStatements, and what became of the partnerships.

    text: one command a line. new, known: how many statements are in the text, and how many were
    left out as Wikidata has them; a partnership of two cities has two, one in each direction.
    without_item: cities that have no Wikidata item. without_address: partnerships that no document
    with an address on the web supports.
    """

    text: str
    new: int
    known: int
    without_item: tuple[str, ...]
    without_address: tuple[str, ...]


def quickstatements(
    store: Store, known: Iterable[ItemPair] = (), relations: Iterable[str] = RELATIONS[:1]
) -> StatementBatch:
    """The partnerships of a graph as statements of P190 that are not known yet.

    Only facts count whose kind of relation is among `relations` (the first goes before, where two
    cities have several), and only documents with an address outside of Wikimedia that say so in so
    many words serve as references: address, title and day of publication. A reference stands behind
    each statement; where there are several, the statement is written once for each, as
    QuickStatements adds a reference to a statement that is there already. Start and end have the
    precision of their sources; what is inferred, uncertain, approximate or open is left out.
    """
    rows = NetworkRows(store)
    source = _Sources(rows, ProvenanceTracer(store, rows.names))
    items = rows.wikidata()
    had = set(known) | set(source.imported(items))
    wanted = [f"{CODE}relation-type/{name}" for name in relations]
    lines: list[str] = []
    written: set[ItemPair] = set()
    left_out: set[ItemPair] = set()
    without_item: set[str] = set()
    without_address: set[str] = set()
    for partnership, kind, partners in source.partnerships(wanted):
        without_item |= {rows.names.label(city, "en") for city in partners if city not in items}
        dates, references = source.of(partnership, kind)
        if not references:
            without_address.add(rows.names.label(partnership, "en"))
            continue
        for one, other in permutations(sorted(set(partners) & items.keys()), 2):
            pair = (items[one], items[other])
            if pair in had:
                left_out.add(pair)
            elif pair not in written:
                written.add(pair)
                lines += ["\t".join([pair[0], "P190", pair[1], *dates, *r]) for r in references]
    return StatementBatch(
        "".join(f"{line}\n" for line in lines),
        len(written),
        len(left_out),
        tuple(sorted(without_item)),
        tuple(sorted(without_address)),
    )


class _Sources:
    """Which documents on the web say what of partnerships."""

    def __init__(self, rows: NetworkRows, tracer: ProvenanceTracer) -> None:
        self.rows, self.tracer = rows, tracer
        self.kinds = rows.reader.pairs("?a citypact:relationType ?b")
        self.dates = {
            name: rows.first(f"citypact:{name}") for name in ("established", "startDate", "endDate")
        }
        self.claimed = self._claimed_dates()
        self.titles = rows.texts("dcterms:title")
        self.retrieved = rows.first("citypact:retrievedOn")
        self.archives = rows.first("citypact:archiveAddress")

    def _claimed_dates(self) -> dict[tuple[str, str], set[str]]:
        """All dates that anybody claims of a thing, by the thing and the name of the property."""
        dates: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name in self.dates:
            for row in self.rows.reader.store.solutions(
                f"SELECT ?thing ?day WHERE {{ GRAPH <{CLAIMS_GRAPH}> {{ ?statement"
                f" rdf:subject ?thing ; rdf:predicate citypact:{name} ; rdf:object ?day }} }}"
            ):
                dates[row["thing"].value, name].add(row["day"].value)
        return dates

    def partnerships(self, wanted: list[str]) -> Iterator[tuple[str, str, list[str]]]:
        """Partnerships with kind and partners, in the order of the wanted kinds."""
        partners_of = self.rows.reader.pairs("?a a citypact:Partnership ; citypact:partner ?b")
        for kind in wanted:
            for iri, partners in partners_of.items():
                if kind in self.kinds.get(iri, ()):
                    yield iri, kind, partners

    def of(self, partnership: str, kind: str) -> tuple[list[str], list[list[str]]]:
        """The qualifiers of a partnership and its references, sorted by address.

        There is none without a document that says what kind of relation it is. A date is written
        only if such a document gives it; then only those that give it are references. An end is
        written beside a start only where one document gives both.
        """
        references = self._documents(partnership, "relationType", kind)
        dates: list[str] = []
        for key, names in (("P580", ("established", "startDate")), ("P582", ("endDate",))):
            for name in names:
                iri = self.dates[name].get(partnership)
                written = time_value(read_date(iri)) if iri else ""
                if not iri or not written:
                    continue
                saying = references.keys() & self._giving(partnership, names, read_date(iri))
                if saying:
                    dates += [key, written]
                    references = {address: references[address] for address in saying}
                    break
        return dates, [references[address] for address in sorted(references)]

    def _giving(self, partnership: str, names: Iterable[str], whole: Date) -> set[str]:
        """The addresses of documents that give a date, or a finer one within it, as a fact.

        A document that says only the year gives no day; one that expects a day gives none.
        """
        return {
            address
            for name in names
            for iri in self.claimed.get((partnership, name), ())
            if _is_within(read_date(iri), whole)
            for address in self._documents(partnership, name, iri)
        }

    def imported(self, items: dict[str, str]) -> Iterator[ItemPair]:
        """What the graph was told by Wikidata itself: that is known there."""
        addresses = self.rows.first("citypact:address")
        graphs = {
            import_graph(iri).value for iri, place in addresses.items() if _is_wiki(_host(place))
        }
        for row in self.rows.reader.ask("GRAPH ?graph { ?a citypact:twinnedWith ?b }"):
            one, other = items.get(row["a"].value), items.get(row["b"].value)
            if one and other and row["graph"].value in graphs:
                yield one, other

    def _claims(self, subject: str, name: str, value: str) -> list[Evidence]:
        """The claims of documents that assert or report a statement in so many words."""
        statement = statement_iri((ox.NamedNode(subject), term(name), ox.NamedNode(value)))
        return [
            claim
            for claim in self.tracer.claims(statement)
            if claim.modality in ("asserted", "reported")
            and claim.rank != "deprecated"
            and not claim.is_inferred
        ]

    def _documents(self, subject: str, name: str, value: str) -> dict[str, list[str]]:
        """References to the documents that claim a statement, by address."""
        references = {}
        for claim in self._claims(subject, name, value):
            address = web_address(claim.address)
            if address and not _is_wiki(_host(address)):
                references[address] = ["S854", f'"{address}"', *self._publication(claim)]
        return references

    def _publication(self, claim: Evidence) -> list[str]:
        """Title, dates and archived copy of a document, as far as they are known."""
        parts: list[str] = []
        for language, title in list(self.titles.get(claim.document, {}).items())[:1]:
            text = plain_text(title)
            if text and len(text) <= LONGEST_TITLE:
                parts += ["S1476", f'{language}:"{text}"']
        date = parse_edtf(claim.published) if claim.published else None
        published = time_value(date) if date else ""
        if published and date and self._claims(claim.document, "publishedOn", date_iri(date).value):
            parts += ["S577", published]
        retrieved = self.retrieved.get(claim.document)
        if retrieved and (day := time_value(read_date(retrieved))):
            parts += ["S813", day]
        if archive := web_address(self.archives.get(claim.document, "")):
            parts += ["S1065", f'"{archive}"']
        return parts


def _is_within(date: Date, whole: Date) -> bool:
    """Whether a plain date lies within another: 1976-05-18 in 1976, but not the other way round."""
    if not (time_value(date) and date.begin and date.end and whole.begin and whole.end):
        return False
    return whole.begin <= date.begin and date.end <= whole.end


def time_value(date: Date) -> str:
    """A date as QuickStatements writes it, with its precision: 8 decade, 9 year, 10 month, 11 day.

    '' for what Wikidata's time cannot say in a qualifier: intervals, uncertain or approximate
    dates, unknown years, centuries.
    """
    precision = PRECISIONS.get(date.precision)
    # A date with other digits unknown, such as 2013-1X or 201X-05, is a span that no time says.
    known = date.text.removesuffix("X") if date.precision == "decade" else date.text
    if precision is None or date.qualifier or "X" in known:
        return ""
    year, month, day = [*date.text.replace("X", "0").split("-"), "00", "00"][:3]
    return f"+{year}-{month}-{day}T00:00:00Z/{precision}"


def web_address(address: str) -> str:
    """An address of the web whose characters QuickStatements reads as they are; '' for others.

    What it would take for its own (quotes, bars, tabs, line ends) is percent-encoded, as is all
    that an address may not hold anyway (RFC 3986).
    """
    if not _host(address):
        return ""
    return quote(address.strip(), safe="!#$%&'()*+,-./:;=?@[]_~")


def plain_text(text: str) -> str:
    """A text without tabs, line ends and invisible marks; bars and double quotes written others.

    QuickStatements knows no way to escape them.
    """
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(re.sub('["“”„‟″]', "'", kept.replace("|", "/")).split())


def _host(address: str) -> str:
    """The host of an address of the web; '' for anything else."""
    try:
        parts = urlsplit(address.strip())
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _is_wiki(host: str) -> bool:
    return any(host == wiki or host.endswith("." + wiki) for wiki in WIKIS)


__all__ = ["RELATIONS", "ItemPair", "StatementBatch", "quickstatements"]
