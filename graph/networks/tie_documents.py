"""The documents that claim ties, and which of them a filter by source lets speak."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, partial

import pyoxigraph as ox

from citypact.graph.networks.filter import Filter
from citypact.graph.rdf.terms import (
    CLAIMS,
    DERIVATIONS,
    FACTUAL,
    TYPE,
    code,
    property_node,
    source_of_list,
    statement_iri,
    term,
)
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.graph.store.labels import Names
from citypact.ontology import ID, LANGUAGES, NS, RDF, is_editors
from citypact.ontology.errors import Bilingual, CitypactError
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.model import Triple

Documents = frozenset[str]
"""The IRIs of documents."""
NO_DOCUMENTS: Documents = frozenset()

PROPOSING = (NS + "facilitator", NS + "proposedBy")
"""What makes a body a broker, among the premises of `brokers`."""
TOPICS = (NS + "topic",)
"""What makes an agreement cover a topic, among the premises of `covers`."""


class TieDocuments:
    """The documents behind statements and the ties that they make, each table read once."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def of(cls, store: Store) -> TieDocuments:
        """The one that all share who read the store."""
        return store.read_once("tie documents", lambda: cls(store))

    # Filter

    def find(self, name: str) -> list[str]:
        """The documents (IRIs) that a name means: an imported list, or a document by name or slug.

        Raises CitypactError where nothing fits.
        """
        # `citypact import` names the document of a list after it and the day of its snapshot.
        is_of = re.compile(re.escape(f"{ID}doc/{name}") + r"(-twins(-\d.*)?)?")
        lists = sorted(filter(is_of.fullmatch, self.lists))
        return lists or Names.of(self.store).find(name, "SourceDocument")

    def find_hub(self, name: str) -> str:
        """The city or territory (IRI) that a name means, which must have a register of its own.

        Raises CitypactError where nothing or several fit, and where there is no such register.
        """
        names = Names.of(self.store)
        place = names.find_one(name, "City", "Territory")
        known = {hub for hubs in self._hubs.values() for hub in hubs}
        known |= self.centre & self._governments.keys()
        if place not in known:
            raise CitypactError(
                "{name}: the graph has no register of its own side\n"
                "    -> choose one of: {known}; `citypact build --hubs` includes 36 more",
                name=Bilingual(**names.both(place)),
                known=Bilingual(
                    **{
                        language: ", ".join(sorted(names.label(hub, language) for hub in known))
                        for language in LANGUAGES
                    }
                ),
            )
        return place

    def chosen(
        self, documents: Iterable[str], chosen: Filter, places: Collection[str] = ()
    ) -> Documents:
        """Those of the documents behind a tie that a filter by source lets speak of it.

        places: the cities and territories of a partnership; '' for a tie of another kind. Of a hub
        speak the documents about its government, and of the centre of the project also all that
        are about no government and are no imported list: for these were collected around it.
        """
        known = frozenset(documents) - frozenset(chosen.left_out)
        if chosen.sources:
            known &= frozenset(chosen.sources)
        if not chosen.hubs:
            return known
        hubs = [hub for hub in chosen.hubs if not places or hub in places]
        return frozenset(iri for iri in known if any(self._speaks_for(iri, hub) for hub in hubs))

    def _speaks_for(self, document: str, hub: str) -> bool:
        hubs = self._hubs.get(document, NO_DOCUMENTS)
        if hubs or document in self.lists:
            return hub in hubs
        return hub in self.centre

    def passes(
        self, documents: Iterable[str], chosen: Filter, places: Collection[str] = ()
    ) -> bool:
        """Whether a filter by source lets a tie through: if a document that may speak is behind it.

        A tie on the word of the editors alone passes where sources are only left out.
        """
        if not chosen.is_by_source:
            return True
        known = frozenset(documents)
        if not known:
            return not (chosen.sources or chosen.hubs)
        return bool(self.chosen(known, chosen, places))

    @cached_property
    def declared(self) -> dict[str, Documents]:
        """The places and governments whose registers documents say they are, by document."""
        return {
            document: places.union(*(self._governments.get(place, ()) for place in places))
            for document, places in self._hubs.items()
        }

    @cached_property
    def centre(self) -> Documents:
        """The place around which sources were gathered, and its governments, if any."""
        for place, governments in self._governments.items():
            if self.store.centre in (place, *governments):
                return frozenset((place, *governments))
        return frozenset(filter(None, [self.store.centre]))

    def behind(self, triple: Triple) -> Documents:
        """Those that claim a statement, or at any depth the premises of one that is derived."""
        node = statement_iri(triple).value
        return self._documents.get(node, NO_DOCUMENTS) or self._of_premises(node, None)

    # Ties

    def tie(self, thing: str, kind: str, property_name: str = "", *ends: str) -> Documents:
        """Those that claim an agreement, a partnership or a membership, or one of its ends."""
        known = [
            self.stated(thing, TYPE.value, NS + name) for name in vocabulary().descendants(kind)
        ]
        if property_name:
            known += [self.stated(thing, property_name, end) for end in ends]
        return _union(known)

    def stated(self, subject: str, name: str, value: str) -> Documents:
        """Those that claim a statement; `name` is a local name of ours or an IRI."""
        return self._documents.get(_statement(subject, name, value), NO_DOCUMENTS)

    def derived(self, subject: str, name: str, value: str, counting: tuple[str, ...]) -> Documents:
        """Those that claim the premises, at any depth, that have one of the counting properties."""
        return self._of_premises(_statement(subject, name, value), counting)

    def _of_premises(self, statement: str, counting: Collection[str] | None) -> Documents:
        seen: set[str] = set()
        found: set[str] = set()
        queue = [statement]
        while queue:
            node = queue.pop()
            if node in seen:
                continue
            seen.add(node)
            if counting is None or self._predicates.get(node) in counting:
                found |= self._documents.get(node, NO_DOCUMENTS)
            queue += self._premises.get(node, ())
        return frozenset(found)

    def twins(self) -> Iterator[tuple[str, str, str, Documents]]:
        """Pairs that are said to be twinned or to cooperate, by a list or by a claim.

        Each with the local name of the property and those who say so.
        """
        for name in ("twinnedWith", "cooperatesWith"):
            for quad in self.store.quads(None, term(name), None, None):
                one, other = quad.subject.value, quad.object.value  # type: ignore[union-attr]
                if source := source_of_list(quad):
                    yield name, one, other, frozenset({source})
                elif quad.graph_name == DEFAULT_GRAPH:
                    yield name, one, other, self.stated(one, name, other)

    # Tables of the store

    @cached_property
    def lists(self) -> Documents:
        """The sources of imported lists."""
        names = ("twinnedWith", "cooperatesWith")
        quads = (quad for name in names for quad in self.store.quads(None, term(name), None, None))
        return frozenset(filter(None, map(source_of_list, quads)))

    @cached_property
    def _hubs(self) -> dict[str, Documents]:
        """The cities and territories about whose governments a document is."""
        found: dict[str, set[str]] = defaultdict(set)
        governed = {
            government: place
            for place, governments in self._governments.items()
            for government in governments
        }
        for quad in self.store.quads(None, term("about"), None, DEFAULT_GRAPH):
            if quad.object.value in governed:  # type: ignore[union-attr]
                found[quad.subject.value].add(governed[quad.object.value])  # type: ignore[union-attr]
        return {document: frozenset(places) for document, places in found.items()}

    @cached_property
    def _governments(self) -> dict[str, list[str]]:
        """The governments of each place."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.quads(None, term("governs"), None, DEFAULT_GRAPH):
            found[quad.object.value].append(quad.subject.value)  # type: ignore[union-attr]
        return found

    @cached_property
    def _documents(self) -> dict[str, Documents]:
        """The documents that claim each statement so that it may become a fact, by its IRI."""
        rows = partial(self._table, graph=CLAIMS)
        documents, modalities, ranks = (rows(n) for n in ("inDocument", "modality", "rank"))
        factual = {code("modality", name).value for name in FACTUAL}
        deprecated = code("rank", "deprecated").value
        found: dict[str, set[str]] = defaultdict(set)
        for claim, statement in rows("claims").items():
            if is_editors(documents[claim]) or ranks[claim] == deprecated:
                continue
            if modalities[claim] in factual or self._subjects.get(statement) in self._about_wishes:
                found[statement].add(documents[claim])
        return {statement: frozenset(sources) for statement, sources in found.items()}

    @cached_property
    def _about_wishes(self) -> set[str]:
        """Of what a claim counts though it is only expected or optional: of prospects and the like.

        That an agreement has an optional clause, or that a partnership is expected, is a fact.
        """
        kinds = (term("Prospect"), term("Provision"), term("ExpectedPartnership"))
        return {
            quad.subject.value  # type: ignore[union-attr]
            for kind in kinds
            for quad in self.store.quads(None, TYPE, kind, DEFAULT_GRAPH)
        }

    @cached_property
    def _subjects(self) -> dict[str, str]:
        return self._table(RDF + "subject", CLAIMS)

    @cached_property
    def _predicates(self) -> dict[str, str]:
        return self._table(RDF + "predicate", CLAIMS)

    @cached_property
    def _premises(self) -> dict[str, list[str]]:
        """The statements on which each derived statement rests."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.quads(None, term("premise"), None, DERIVATIONS):
            found[quad.subject.value].append(quad.object.value)  # type: ignore[union-attr]
        return found

    def _table(self, name: str, graph: ox.NamedNode) -> dict[str, str]:
        """The value of a property by its subject, in a graph of the bookkeeping."""
        return {
            quad.subject.value: quad.object.value  # type: ignore[union-attr]
            for quad in self.store.quads(None, property_node(name), None, graph)
        }


def _statement(subject: str, name: str, value: str) -> str:
    return statement_iri((ox.NamedNode(subject), property_node(name), ox.NamedNode(value))).value


def _union(sets: Iterable[Documents]) -> Documents:
    return NO_DOCUMENTS.union(*sets)


__all__ = ["NO_DOCUMENTS", "PROPOSING", "TOPICS", "Documents", "TieDocuments"]
