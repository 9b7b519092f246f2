"""The graph as the workbook that officials fill in: agreements, partnerships and memberships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from citypact.graph.forms.form import SEPARATOR
from citypact.graph.forms.workbook import answer, workbook
from citypact.graph.rdf.terms import CLAIMS
from citypact.graph.store.base import Store
from citypact.graph.store.labels import Names
from citypact.ontology import ID, LANGUAGES, is_editors
from citypact.sources import PACKAGED
from citypact.sources.reading.load import load_sources

Row = dict[str, str]


def facts_as_workbook(store: Store, language: str) -> bytes:
    """The workbook of `citypact new --form xlsx`, filled with what the graph holds.

    One row an agreement, partnership or membership, with the addresses of all documents that state
    it (the name of a document that has none), one a document, and one for each city and body among
    them that the package does not have. What is only expected is left out. The same graph gives the
    same bytes.
    """
    writer = _Rows(store, Names.of(store), language)
    rows = {
        "agreements": writer.agreements(),
        "partnerships": writer.partnerships(),
        "memberships": writer.memberships(),
        "documents": writer.documents(),
    }
    rows |= {"cities": writer.new_cities(), "organizations": writer.new_bodies()}
    return workbook(writer.names, language, rows)


@dataclass
class _Rows:
    """Makes the rows of the sheets from a store."""

    store: Store
    names: Names
    language: str
    named: set[str] = field(default_factory=set)
    """The cities and bodies that the rows so far name."""

    def agreements(self) -> list[Row]:
        parties = self._values("?thing a citypact:Agreement ; citypact:party ?value")
        one = self._one("Agreement", "instrumentForm", "relationType", "signingDate", "status",
                        "signingPlace", "mode")  # fmt: skip
        topics = self._values("?thing a citypact:Agreement ; citypact:topic ?value")
        return [
            {
                "parties": self._joined(map(self._place, parties[iri])),
                "form": self._label(said["instrumentForm"]),
                "relation_type": self._label(said["relationType"]),
                "signed": self._label(said["signingDate"]),
                "status": self._label(said["status"]),
                "place": self._label(said["signingPlace"])
                if "/city/" in said["signingPlace"]
                else "",
                "mode": self._label(said["mode"]),
                "topics": self._joined(topics[iri]),
                "label.ko": self.names.label(iri, "ko"),
                "label.en": self.names.label(iri, "en"),
                "address": self._addresses(iri),
            }
            for iri, said in one.items()
            if len(parties[iri]) > 1
        ]

    def partnerships(self) -> list[Row]:
        partners = self._values("?thing a citypact:Partnership ; citypact:partner ?value")
        one = self._one("Partnership", "relationType", "established", "endDate")
        return [
            {
                "partners": self._joined(map(self._place, partners[iri])),
                "relation_type": self._label(said["relationType"]),
                "established": self._label(said["established"]),
                "end": self._label(said["endDate"]),
                "address": self._addresses(iri),
            }
            for iri, said in one.items()
            if len(partners[iri]) == 2 and said["relationType"]
        ]

    def memberships(self) -> list[Row]:
        one = self._one(
            "Membership", "member", "memberOrganization", "membershipRole", "startDate", "endDate",
            "heldOn",
        )  # fmt: skip
        return [
            {
                "member": self._label(self._place(said["member"])),
                "organization": self._label(self._place(said["memberOrganization"])),
                "role": self._label(said["membershipRole"]),
                "start": self._label(said["startDate"]),
                "end": self._label(said["endDate"]),
                "held": self._label(said["heldOn"]),
                "address": self._addresses(iri),
            }
            for iri, said in one.items()
            if said["member"] and said["memberOrganization"]
        ]

    def documents(self) -> list[Row]:
        one = self._one(
            "SourceDocument", "publishedOn", "textLanguage", "documentType", "retrievedOn",
            "saidAfterSigning", "archiveAddress",
        )  # fmt: skip
        titles = self._texts("dcterms:title")
        publishers = self._texts("citypact:publisherName")
        return [
            {
                "address": self._address[iri],
                "title": titles.get(iri, ""),
                "publisher": publishers.get(iri, ""),
                "published": self._label(said["publishedOn"]),
                "languages": self._label(said["textLanguage"]),
                "type": self._label(said["documentType"]),
                "retrieved": self._label(said["retrievedOn"]),
                "said_after_signing": answer(said["saidAfterSigning"], self.language),
                "archive_address": said["archiveAddress"],
            }
            for iri, said in one.items()
            if iri in self._address
        ]

    def new_cities(self) -> list[Row]:
        """The cities that rows name and that the package does not have."""
        one = self._one("City", "inCountry", "latitude", "longitude", "wikidata")
        return [
            {
                **self._named_in_both(iri),
                "country": self._label(said["inCountry"]),
                "latitude": said["latitude"],
                "longitude": said["longitude"],
                "wikidata": said["wikidata"].rpartition("/")[2],
            }
            for iri, said in one.items()
            if iri in self._new
        ]

    def new_bodies(self) -> list[Row]:
        """The organisations that rows name and that the package does not have."""
        one = self._one("Organization", "organizationType", "inCountry")
        return [
            {
                **self._named_in_both(iri),
                "type": self._label(said["organizationType"]),
                "country": self._label(said["inCountry"]),
            }
            for iri, said in one.items()
            if iri in self._new and iri.startswith(f"{ID}organization/")
        ]

    def _named_in_both(self, iri: str) -> Row:
        return {f"label.{each}": self.names.label(iri, each) for each in LANGUAGES}

    @cached_property
    def _new(self) -> set[str]:
        return self.named - load_sources(PACKAGED).things.keys() if self.named else set()

    def _values(self, pattern: str) -> dict[str, list[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.store.solutions(f"SELECT ?thing ?value WHERE {{ {pattern} }}"):
            found[row["thing"].value].add(row["value"].value)
        return defaultdict(list, {iri: sorted(values) for iri, values in found.items()})

    def _one(self, name: str, *properties: str) -> dict[str, dict[str, str]]:
        """The first value of each property, '' for none, of the things of a class, by IRI."""
        things = self._values(f"?thing a citypact:{name} . BIND(?thing AS ?value)")
        values = {
            each: self._values(f"?thing a citypact:{name} ; citypact:{each} ?value")
            for each in properties
        }
        return {
            iri: {each: next(iter(values[each][iri]), "") for each in properties}
            for iri in sorted(things)
        }

    def _texts(self, name: str) -> dict[str, str]:
        """One text of each document, in the language of the workbook where there is one."""
        rows = self.store.solutions(
            f"SELECT ?thing ?text WHERE {{ ?thing a citypact:SourceDocument ; {name} ?text }}"
        )
        found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
        for row in rows:
            spoken = getattr(row["text"], "language", "")
            found[row["thing"].value].append((spoken != self.language, row["text"].value))
        return {iri: min(texts)[1] for iri, texts in found.items()}

    @cached_property
    def _address(self) -> dict[str, str]:
        found = self._values("?thing a citypact:SourceDocument ; citypact:address ?value")
        return {iri: values[0] for iri, values in found.items()}

    @cached_property
    def _sources(self) -> dict[str, set[str]]:
        """The documents that claim something of a thing, by its IRI."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.store.solutions(
            f"SELECT DISTINCT ?thing ?document WHERE {{ GRAPH {CLAIMS} {{ "
            "?claim citypact:claims/rdf:subject ?thing ; citypact:inDocument ?document } }"
        ):
            found[row["thing"].value].add(row["document"].value)
        return found

    def _addresses(self, iri: str) -> str:
        documents = {each for each in self._sources.get(iri, ()) if not is_editors(each)}
        found = (self._address.get(each, each.removeprefix(ID + "doc/")) for each in documents)
        return f"{SEPARATOR} ".join(sorted(found))

    @cached_property
    def _places(self) -> dict[str, str]:
        return {
            body: places[0]
            for body, places in self._values("?thing citypact:governs ?value").items()
        }

    def _place(self, iri: str) -> str:
        """The city in place of its government: people write its name."""
        place = self._places.get(iri, iri)
        self.named.add(place)
        return place

    def _label(self, iri: str) -> str:
        return self.names.label(iri, self.language) if iri else ""

    def _joined(self, things: Iterable[str]) -> str:
        return f"{SEPARATOR} ".join(map(self._label, things))


__all__ = ["facts_as_workbook"]
