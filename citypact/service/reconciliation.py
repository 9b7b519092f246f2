"""Reconciliation of names with things of the graph (W3C Reconciliation Service API 0.2).

Identifiers are the ends of IRIs: entities `city/seoul`, types `City`, properties `inCountry` or
`skos:altLabel`. A candidate has a score up to 100 with its reasons as features; it is a match where
its name is the same and no other thing comes near.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyoxigraph as ox

from citypact import __version__
from citypact.graph.pages.site.site_graph import segment
from citypact.graph.rdf.terms import is_date, prefixed, read_date
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.graph.store.labels import Names
from citypact.graph.store.name_forms import normalised
from citypact.graph.store.name_matching import (
    NameMatch,
    NameMatcher,
    is_of_class,
    is_sure,
)
from citypact.ontology import ID, NS, RDF, XSD
from citypact.ontology.vocabulary import Term, prefixes, vocabulary
from citypact.service.errors import ServiceError

TYPES = (
    "City",
    "CityGovernment",
    "Organization",
    "CityNetwork",
    "Topic",
    "Country",
    "Territory",
    "Person",
    "Agreement",
    "Event",
    "Project",
)
"""The types that are offered, those that most ask for first."""
MOST_QUERIES = 100
MOST_IDS = 1_000
LIMIT, LARGEST = 5, 50
"""Candidates of a query where it doesn't say how many, and at most."""
FEW = 12
DIFFERENT = 15.0
"""What a property takes from the score, where the thing has another value."""


@dataclass(frozen=True)
class Reconciler:
    """Answers the questions of the protocol in one language. address: that of the service."""

    store: Store
    language: str
    address: str

    @property
    def names(self) -> Names:
        """The names of things."""
        return Names.of(self.store)

    def manifest(self) -> dict[str, Any]:
        """What the service is and can do."""
        title = self.store.title.get(self.language, "")
        base = f"{self.address}/reconcile"
        suggest = {
            kind: {"service_url": base, "service_path": f"/suggest/{kind}"}
            for kind in ("entity", "type", "property")
        }
        return {
            "versions": ["0.2"],
            "name": f"Citypact: {title}" if title else "Citypact",
            "identifierSpace": ID,
            "schemaSpace": NS,
            "documentation": f"{self.address}/",
            "serviceVersion": __version__,
            "view": {"url": f"{self.address}/id/{{{{id}}}}"},
            "defaultTypes": [self._type(name) for name in TYPES[:5]],
            "suggest": suggest,
            "preview": {"url": f"{base}/preview?id={{{{id}}}}", "width": 420, "height": 220},
            "extend": {
                "propose_properties": {"service_url": base, "service_path": "/properties"},
                "property_settings": [],
            },
        }

    def reconcile(self, queries: Any) -> dict[str, Any]:
        """The candidates of each query of a batch. Raises ServiceError for what is no batch."""
        if not isinstance(queries, dict) or len(queries) > MOST_QUERIES:
            raise ServiceError(
                400, "`queries` is not a JSON object of at most {most} queries", most=MOST_QUERIES
            )
        return {name: {"result": self._candidates(query)} for name, query in queries.items()}

    def _candidates(self, query: Any) -> list[dict[str, Any]]:
        if not isinstance(query, dict):
            raise ServiceError(400, "a query is not a JSON object")
        given = query.get("type") or []
        types = given if isinstance(given, list) else [given]
        names = [_local(each.get("id") if isinstance(each, dict) else each, NS) for each in types]
        limit = query.get("limit")
        limit = limit if isinstance(limit, int) and 0 < limit <= LARGEST else LIMIT
        properties = query.get("properties") or []
        if not isinstance(properties, list) or not all(isinstance(p, dict) for p in properties):
            raise ServiceError(400, "`properties` is not a list of JSON objects")
        text = query.get("query")
        found = self._find(text if isinstance(text, str) else "", names, limit + FEW)
        judged = [self._judged(match, properties) for match in found]
        judged.sort(key=lambda each: (-each[0].score, each[0].iri))
        rivals = [match for match, _ in judged if not names or self._is_of(match.iri, names)]
        is_match = is_sure(self._without_governments(rivals) if not names else rivals)
        return [
            self._candidate(match, features, is_match and at == 0)
            for at, (match, features) in enumerate(judged[:limit])
        ]

    def _find(self, text: str, types: list[str], limit: int) -> list[NameMatch]:
        """Things by an identifier, an IRI or names."""
        wanted = types or TYPES
        iri = text if text.startswith(ID) else ID + text
        if "/" in text and self.names.kinds(iri):
            return [NameMatch(iri, text, 100.0, {"identifier": True})]
        matcher = NameMatcher.of(self.store)
        return matcher.find(text, partial(self._is_of, types=wanted), limit)

    def _is_of(self, iri: str, types: Iterable[str]) -> bool:
        return any(is_of_class(self.names, iri, name) for name in types)

    def _without_governments(self, matches: list[NameMatch]) -> list[NameMatch]:
        """The matches without the governments of cities among them: who asks for a name of a city
        and gives no type means the city."""
        cities = {match.iri for match in matches}
        return [match for match in matches if not cities & self._values(match.iri, NS + "governs")]

    def _values(self, iri: str, predicate: str) -> set[str]:
        quads = self.store.quads(ox.NamedNode(iri), ox.NamedNode(predicate), None, DEFAULT_GRAPH)
        return {quad.object.value for quad in quads}  # type: ignore[union-attr]

    def _judged(
        self, match: NameMatch, properties: list[dict[str, Any]]
    ) -> tuple[NameMatch, dict[str, bool | float]]:
        """A match with its score after the properties of the query, and its features."""
        score, features = match.score, dict(match.reasons)
        for each in properties:
            name = str(each.get("pid", ""))
            asked = each.get("v")
            wanted = {
                text
                for value in (asked if isinstance(asked, list) else [asked])
                for text in self._forms(value)
            }
            known = {
                text for value in self._terms(match.iri, name) for text in self._forms_of(value)
            }
            if wanted and known:
                features[f"property:{name}"] = bool(wanted & known)
                score -= 0 if wanted & known else DIFFERENT
        return NameMatch(match.iri, match.name, max(score, 0.0), match.reasons), features

    def _forms(self, value: Any) -> set[str]:
        """What a value of a query is compared by."""
        if isinstance(value, dict):
            value = value.get("id") or value.get("name") or value.get("str")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return {normalised(str(value)[:200])} - {""} if value is not None else set()

    def _forms_of(self, value: Term) -> set[str]:
        """What a value of the graph is compared by: a thing by its names and its identifier."""
        if isinstance(value, ox.NamedNode):
            texts = {value.value.removeprefix(ID), *self.names.both(value.value).values()}
        else:
            texts = {value.value}
        return {normalised(text) for text in texts}

    def _candidate(
        self, match: NameMatch, features: Mapping[str, bool | float], is_match: bool
    ) -> dict[str, Any]:
        return {
            "id": match.iri.removeprefix(ID),
            "name": self.names.label(match.iri, self.language),
            "description": self._description(match.iri),
            "type": [self._type(name) for name in self._types(match.iri)],
            "score": round(match.score, 1),
            "match": is_match,
            "features": [{"id": name, "value": value} for name, value in features.items()],
        }

    def _description(self, iri: str) -> str:
        """What tells a thing from others of its name: its other name, its kind, its country."""
        kind = self.names.nearest_class(iri)
        parts = [self.names.both(iri)["en" if self.language == "ko" else "ko"]]
        parts += [vocabulary().classes[kind].labels[self.language]] if kind else []
        countries = self._values(iri, NS + "inCountry")
        parts += sorted(self.names.label(country, self.language) for country in countries)
        return " · ".join(dict.fromkeys(parts))

    def _types(self, iri: str) -> list[str]:
        nearest = self.names.nearest_class(iri)
        return list(dict.fromkeys(filter(None, (nearest, *sorted(self.names.kinds(iri))))))

    def _type(self, name: str) -> dict[str, str]:
        known = vocabulary().classes.get(name)
        return {"id": name, "name": known.labels[self.language] if known else name}

    def suggest_entities(self, prefix: str, cursor: int) -> dict[str, Any]:
        """Things whose names are like what was typed so far."""
        fits = partial(self._is_of, types=TYPES)
        begun = NameMatcher.of(self.store).beginning(prefix, fits, cursor + 20)
        known = {match.iri for match in begun}
        found = [*begun, *(m for m in self._find(prefix, [], cursor + 20) if m.iri not in known)]
        return {
            "result": [
                {
                    "id": match.iri.removeprefix(ID),
                    "name": self.names.label(match.iri, self.language),
                    "description": self._description(match.iri),
                    "notable": [self._type(name) for name in self._types(match.iri)[:1]],
                }
                for match in found[cursor : cursor + 20]
            ]
        }

    def suggest_types(self, prefix: str, cursor: int) -> dict[str, Any]:
        """Classes whose names have what was typed."""
        found = [self._type(name) for name in dict.fromkeys((*TYPES, *vocabulary().classes))]
        return {"result": _typed(found, prefix)[cursor : cursor + 20]}

    def suggest_properties(self, prefix: str, cursor: int) -> dict[str, Any]:
        """Properties whose names have what was typed."""
        iris = dict.fromkeys(self._properties_of(""))
        return {"result": _typed(map(self._property, iris), prefix)[cursor : cursor + 20]}

    def propose(self, kind: str, limit: int) -> dict[str, Any]:
        """The properties that things of a type have, the most frequent first."""
        found = [self._property(iri) for iri in self._properties_of(kind)[:limit]]
        return {"type": kind, "limit": limit, "properties": found}

    def _properties_of(self, kind: str) -> list[str]:
        def read() -> list[str]:
            things = self.names.of_kind(kind) if kind else self.names.things()
            counts = Counter(
                quad.predicate.value
                for iri in things
                for quad in self.store.quads(ox.NamedNode(iri), None, None, DEFAULT_GRAPH)
            )
            counts.pop(RDF + "type", None)
            return sorted(counts, key=lambda iri: (-counts[iri], iri))

        return self.store.read_once(("properties of", kind), read)

    def _property(self, iri: str) -> dict[str, str]:
        name = iri.removeprefix(NS) if iri.startswith(NS) else prefixed(iri)
        return {"id": name, "name": self.names.label(iri, self.language)}

    def extend(self, asked: Any) -> dict[str, Any]:
        """The values of properties of things. Raises ServiceError for what is no such question."""
        fields = asked if isinstance(asked, dict) else {}
        ids, properties = fields.get("ids", ()), fields.get("properties", ())
        if not _are(ids, str) or not _are(properties, dict) or len(ids) > MOST_IDS:
            raise ServiceError(
                400, "`extend` is not a JSON object with `ids` and `properties` as lists"
            )
        wanted = [str(each.get("id", "")) for each in properties]
        known = set(self._properties_of(""))
        meta = [
            self._property(iri) if (iri := _property_iri(name)) in known else {"name": name}
            for name in wanted
        ]
        meta = [{**each, "id": name} for each, name in zip(meta, wanted, strict=True)]
        rows = {
            name: {
                each: [self._value(value) for value in self._terms(ID + name, each)]
                for each in wanted
            }
            for name in (each.removeprefix(ID) for each in ids)
        }
        return {"meta": meta, "rows": rows}

    def _terms(self, iri: str, name: str) -> list[Term]:
        """The values of a property of a thing, in an order that does not change."""
        try:
            node = ox.NamedNode(iri)
            predicate = ox.NamedNode(_property_iri(name))
        except ValueError:
            return []
        quads = self.store.quads(node, predicate, None, DEFAULT_GRAPH)
        return sorted((quad.object for quad in quads), key=str)  # type: ignore[misc]

    def _value(self, value: Term) -> dict[str, Any]:
        """A value as the protocol has it: a thing, a number, a day or a text."""
        if isinstance(value, ox.NamedNode):
            if is_date(value.value):
                date = read_date(value.value)
                is_day = date.precision == "day" and not date.qualifier
                return {"date": f"{date.text}T00:00:00"} if is_day else {"str": date.text}
            if not value.value.startswith(ID):
                return {"str": value.value}
            label = self.names.label(value.value, self.language)
            return {"id": value.value.removeprefix(ID), "name": label}
        plain = self.names.plain(value, self.language)
        if isinstance(plain, int) and not isinstance(plain, bool):
            return {"int": plain}
        if isinstance(plain, float):
            return {"float": plain}
        if value.datatype.value == XSD + "date":
            return {"date": f"{value.value[:10]}T00:00:00"}
        return {"str": value.value}

    def summary(self, identifier: str) -> dict[str, str]:
        """What a preview shows of a thing. Raises ServiceError where there is none."""
        iri = ID + identifier
        if not self.names.kinds(iri):
            raise ServiceError(404, "there is no thing {iri}", iri=repr(identifier[:200]))
        others = sorted(self._values(iri, str(prefixes()["skos"]) + "altLabel"))[:6]
        return {
            "iri": iri,
            "name": self.names.label(iri, self.language),
            "description": self._description(iri),
            "others": ", ".join(others),
            "kind": segment(iri),
        }


def _are(values: Any, kind: type) -> bool:
    return isinstance(values, list) and all(isinstance(each, kind) for each in values)


def _local(name: Any, space: str) -> str:
    return str(name or "").removeprefix(space)


def _typed(found: Iterable[dict[str, str]], prefix: str) -> list[dict[str, str]]:
    """Those whose name or identifier has what was typed; whose begins so first."""
    key = normalised(prefix[:200])
    keys = [((normalised(each["name"]), normalised(each["id"])), each) for each in found]
    fitting = [(forms, each) for forms, each in keys if any(key in form for form in forms)]
    return [
        each
        for _, each in sorted(
            fitting, key=lambda pair: not any(form.startswith(key) for form in pair[0])
        )
    ]


def _property_iri(name: str) -> str:
    """The IRI of a property by its identifier."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in prefixes():
        return prefixes()[prefix] + local
    return NS + name.removeprefix(NS) if not colon or name.startswith(NS) else name


__all__ = ["Reconciler"]
