"""The rows of the tables of a graph."""

from __future__ import annotations

from collections.abc import Iterator

from citypact.graph.networks.reader import NetworkReader
from citypact.graph.provenance.coverage import stated_lists
from citypact.graph.rdf.terms import read_date, short
from citypact.graph.rdf.values import integer
from citypact.graph.store.base import Store
from citypact.graph.tables.table import Row
from citypact.ontology import LANGUAGES
from citypact.sources.model import Date


class NetworkRows:
    """The rows of the tables of a graph, read with a NetworkReader; each property is read once."""

    def __init__(self, store: Store) -> None:
        self.reader = NetworkReader.of(store)
        self.names = self.reader.names

    def instances(self, *kinds: str) -> list[str]:
        iris = {
            row["a"].value for kind in kinds for row in self.reader.ask(f"?a a citypact:{kind}")
        }
        return sorted(iris)

    def first(self, *paths: str) -> dict[str, str]:
        """The first value of each thing by the first of some properties that it has."""
        values: dict[str, str] = {}
        for path in reversed(paths):
            values |= {a: b[0] for a, b in self.reader.pairs(f"?a {path} ?b").items()}
        return values

    def named(self, iri: str) -> Row:
        row = {f"label_{language}": self.names.label(iri, language) for language in LANGUAGES}
        return {"id": iri, "name": in_both_languages(row), **row}

    def code(self, name: str, path: str) -> dict[str, Row]:
        """A code with its labels for each thing; several are joined as in networks."""
        rows = {}
        for iri, codes in self.reader.pairs(f"?a {path} ?b").items():
            row = {name: "|".join(short(value).split("/")[-1] for value in codes)}
            for language in LANGUAGES:
                label = (self.names.label(value, language) for value in codes)
                row[f"{name}_{language}"] = "|".join(label)
            rows[iri] = row
        return rows

    def date(self, name: str, *paths: str) -> dict[str, Row]:
        return {iri: dated(name, read_date(day)) for iri, day in self.first(*paths).items()}

    def texts(self, path: str) -> dict[str, dict[str, str]]:
        """The texts of a property by thing and language: Korean and English before others."""
        found: dict[str, dict[str, str]] = {}
        rows = self.reader.ask(f"?a {path} ?b BIND(LANG(?b) AS ?l)")
        ours = {language: place for place, language in enumerate(LANGUAGES)}
        for iri, language, text in sorted(
            ((row["a"].value, row["l"].value, row["b"].value) for row in rows),
            key=lambda each: (each[0], ours.get(each[1], len(ours)), each),
        ):
            found.setdefault(iri, {}).setdefault(language, text)
        return found

    def aliases(self, iri: str) -> Row:
        names = sorted(self.reader.aliases.get(iri, ()))
        return {"aliases": names} if names else {}

    def wikidata(self) -> dict[str, str]:
        return {a: b.rsplit("/", 1)[1] for a, b in self.first("citypact:wikidata").items()}

    def places(self) -> Iterator[Row]:
        wikidata, geonames = self.wikidata(), self.first("citypact:geonames")
        countries, people = self.first("citypact:inCountry"), self.first("citypact:population")
        for iri in self.instances("City", "Territory", "Country"):
            row = {**self.named(iri), "kind": self.reader.kind(iri), "country": countries.get(iri)}
            if iri in self.reader.coordinates:
                row["latitude"], row["longitude"] = self.reader.coordinates[iri]
            if iri in people:
                row["population"] = integer(people[iri])
            row["wikidata"] = wikidata.get(iri)
            if iri in geonames:
                row["geonames"] = geonames[iri].rstrip("/").rsplit("/", 1)[1]
            yield row | self.aliases(iri)

    def actors(self) -> Iterator[Row]:
        wikidata, place = self.wikidata(), self.first("citypact:governs", "citypact:inCity")
        country, whole = self.first("citypact:inCountry"), self.first("citypact:unitOf")
        totals = self.first("citypact:partnerCityTotal")
        complete = self.code("partner_list", "citypact:partnerListCompleteness")
        lists = stated_lists(self.reader.store)
        for iri in self.instances("Organization"):
            where = place.get(iri)
            yield {
                **self.named(iri),
                "kind": self.reader.kind(iri),
                "place": where,
                "country": country.get(iri) or country.get(where or ""),
                "part_of": whole.get(iri),
                "partner_city_total": integer(totals[iri]) if iri in totals else None,
                **complete.get(iri, {}),
                "partner_list_as_of": lists[iri].day or None if iri in lists else None,
                "wikidata": wikidata.get(iri),
                **self.aliases(iri),
            }

    def topics(self) -> Iterator[Row]:
        broader = self.first("skos:broader")
        for iri in self.instances("Topic"):
            yield {**self.named(iri), "broader": broader.get(iri)}

    def documents(self) -> Iterator[Row]:
        kind, published, retrieved = (
            self.code("type", "citypact:documentType"),
            self.date("published", "citypact:publishedOn"),
            self.date("retrieved", "citypact:retrievedOn"),
        )
        address, digest = self.first("citypact:address"), self.first("citypact:sha256")
        archive = self.first("citypact:archiveAddress")
        issuer = self.first("citypact:issuedBy")
        languages = self.reader.pairs("?a citypact:textLanguage ?b")
        titles, publishers = self.texts("dcterms:title"), self.texts("citypact:publisherName")
        for iri in self.instances("SourceDocument"):
            spoken = [short(language).split("/")[-1] for language in languages.get(iri, ())]
            yield {
                **self.named(iri),
                **kind.get(iri, {}),
                "title": next(iter(titles.get(iri, {}).values()), None),
                **{f"title_{name}": titles.get(iri, {}).get(name) for name in LANGUAGES},
                **{f"publisher_{name}": publishers.get(iri, {}).get(name) for name in LANGUAGES},
                "address": address.get(iri),
                "archive_address": archive.get(iri),
                **published.get(iri, {}),
                **retrieved.get(iri, {}),
                "issued_by": issuer.get(iri),
                "languages": spoken or None,
                "sha256": digest.get(iri),
            }

    def all_partnerships(self) -> Iterator[Row]:
        kind = self.code("relation_type", "citypact:relationType")
        begun = self.date("established", "citypact:established", "citypact:startDate")
        ended, by = self.date("end", "citypact:endDate"), self.first("citypact:establishedBy")
        for iri in self.instances("Partnership"):
            row = self.named(iri) | kind.get(iri, {}) | begun.get(iri, {}) | ended.get(iri, {})
            yield {**row, "established_by": by.get(iri)}

    def all_agreements(self) -> Iterator[Row]:
        codes = [
            self.code(name, f"citypact:{path}")
            for name, path in (
                ("form", "instrumentForm"),
                ("relation_type", "relationType"),
                ("status", "status"),
            )
        ]
        signed, binding = (
            self.date("signed", "citypact:signingDate"),
            self.first("citypact:legallyBinding"),
        )
        # An agreement that is only announced may belong to a partnership that is only expected.
        established = set(self.instances("Partnership"))
        partnership = {
            iri: of for iri, of in self.first("citypact:ofPartnership").items() if of in established
        }
        for iri in self.instances("Agreement"):
            row = self.named(iri) | signed.get(iri, {})
            for code in codes:
                row |= code.get(iri, {})
            earliest, latest = row.get("signed_earliest"), row.get("signed_latest")
            if earliest and latest and earliest.year == latest.year:
                row["year"] = earliest.year
            if iri in binding:
                row["legally_binding"] = binding[iri] == "true"
            yield {**row, "partnership": partnership.get(iri)}

    def links(self, kind: str, path: str, one: str, other: str) -> Iterator[Row]:
        """Pairs of a thing of a class and what a property of it names."""
        for iri, values in self.reader.pairs(f"?a a citypact:{kind} ; citypact:{path} ?b").items():
            for value in values:
                yield {one: iri, other: value}

    def signatures(self) -> Iterator[Row]:
        party, person = self.first("citypact:onBehalfOf"), self.first("citypact:signatory")
        post = self.first("citypact:signatoryPost")
        for agreement, signatures in self.reader.pairs("?a citypact:hasSignature ?b").items():
            for iri in signatures:
                row: Row = {"id": iri, "agreement": agreement, "party": party.get(iri)}
                for name, known in (("person", person), ("post", post)):
                    for language in LANGUAGES:
                        if iri in known:
                            row[f"{name}_{language}"] = self.names.label(known[iri], language)
                yield row

    def all_memberships(self) -> Iterator[Row]:
        member = self.first("citypact:member")
        body = self.first("citypact:memberOrganization")
        role = self.code("role", "citypact:membershipRole")
        dates = [
            self.date("start", "citypact:startDate"),
            self.date("end", "citypact:endDate"),
            self.date("held", "citypact:heldOn"),
        ]
        for iri in self.instances("Membership"):
            row = {**self.named(iri), "member": member.get(iri), "organization": body.get(iri)}
            for known in (role, *dates):
                row |= known.get(iri, {})
            yield row


def in_both_languages(row: Row) -> str:
    """The name of a row with labels in both languages, English first; once where they agree."""
    labels = (row.get(f"label_{language}") for language in reversed(LANGUAGES))
    return " · ".join(dict.fromkeys(label for label in labels if label))


def dated(name: str, date: Date) -> Row:
    """A date with the first and last day that it allows, under the names of its columns."""
    return {name: date.text, f"{name}_earliest": date.begin, f"{name}_latest": date.end}


__all__ = ["NetworkRows", "Row", "dated", "in_both_languages"]
