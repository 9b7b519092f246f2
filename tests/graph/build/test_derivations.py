"""Derived facts: which statements each rests on, and which facts are derived at all."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from citypact.graph.build.claims import assemble
from citypact.graph.build.rules import derive, rules
from citypact.graph.rdf.terms import CLAIMS, DERIVATIONS, TYPE, code, statement_iri, term
from citypact.ontology import ID, RDF, SKOS
from citypact.sources.model import Claim, Place, Sources, Triple

PAPER = f"{ID}doc/paper"


def triple(text: str) -> Triple:
    """`city/a memberOf organization/x` as a triple; `a` is rdf:type."""
    subject, predicate, value = text.split()
    thing = term(value) if predicate == "a" else ox.NamedNode(ID + value)
    return ox.NamedNode(ID + subject), TYPE if predicate == "a" else term(predicate), thing


def derived(*claims: str, facts: tuple[ox.Quad, ...] = ()) -> ox.Store:
    """The graph of claims (`expected: …` is no fact) and of facts without a claim."""
    store = ox.Store()
    found = []
    for text in claims:
        modality, _, words = text.rpartition(": ")
        subject, predicate, value = triple(words)
        found.append(
            Claim(subject.value, predicate.value, value, PAPER, Place("a.yaml", 1, ""),
                  modality=modality or "asserted")
        )  # fmt: skip
    store.extend(ox.Quad(*each, CLAIMS) for each in assemble(Sources(claims=found)).claims)
    store.extend(facts)
    derive(store)
    return store


def objects(store: ox.Store, text: str, name: str) -> set[str]:
    """What the derivations say of the statement of a triple."""
    quads = store.quads_for_pattern(statement_iri(triple(text)), term(name), None, DERIVATIONS)
    return {quad.object.value for quad in quads}  # type: ignore[union-attr]


def premises(store: ox.Store, text: str) -> set[str]:
    return objects(store, text, "premise")


def nodes(*texts: str) -> set[str]:
    return {statement_iri(triple(text)).value for text in texts}


def by(*names: str) -> set[str]:
    return {f"{ID}rule/{name}" for name in names}


MEMBER = ("membership/a member city/a", "membership/a memberOrganization organization/x")
AGAIN = ("membership/b member city/a", "membership/b memberOrganization organization/x")
SIGNED = (
    f"agreement/1 status {code('agreement-status', 'signed').value.removeprefix(ID)}",
    "agreement/1 party government/a", "agreement/1 party government/b",
    "government/a governs city/a", "government/b governs city/b",
)  # fmt: skip
PARTNERS = ("partnership/p partner city/a", "partnership/p partner city/b")
OF = "city/a memberOf organization/x"
WITH = "city/a cooperatesWith city/b"


def test_a_fact_rests_on_the_statements_that_its_rule_joins() -> None:
    store = derived(*MEMBER, "membership/z member city/z")
    assert ox.Quad(*triple(OF)) in store
    assert objects(store, OF, "derivedBy") == by("30-member-of")
    assert premises(store, OF) == nodes(*MEMBER)
    node = statement_iri(triple(OF))
    told = {(q.predicate, q.object) for q in store.quads_for_pattern(node, None, None, DERIVATIONS)}
    parts = zip(("subject", "predicate", "object"), triple(OF), strict=True)
    assert {(TYPE, term("Statement")), *((ox.NamedNode(RDF + p), o) for p, o in parts)} <= told
    assert len(told) == 4 + 1 + 2


def test_a_fact_that_follows_twice_rests_on_both() -> None:
    assert premises(derived(*MEMBER, *AGAIN), OF) == nodes(*MEMBER, *AGAIN)


def test_a_fact_of_two_rules_names_both() -> None:
    store = derived(*SIGNED, *PARTNERS)
    rules_of = objects(store, WITH, "derivedBy")
    assert rules_of == by("32-cooperation-by-agreement", "33-cooperation-by-partnership")
    assert nodes(*SIGNED, *PARTNERS) <= premises(store, WITH)
    assert premises(derived(*SIGNED), WITH) == nodes(*SIGNED)


def test_what_is_claimed_and_accepted_is_not_derived() -> None:
    store = derived(*MEMBER, OF)
    assert ox.Quad(*triple(OF)) in store
    assert not objects(store, OF, "derivedBy") | premises(store, OF)


def test_what_is_only_expected_can_be_derived_and_is_no_premise_of_itself() -> None:
    assert ox.Quad(*triple(OF)) not in derived(f"expected: {OF}")
    store = derived(*MEMBER, f"expected: {OF}")
    assert ox.Quad(*triple(OF)) in store
    assert premises(store, OF) == nodes(*MEMBER)


def test_a_statement_that_a_rule_names_is_a_premise() -> None:
    section = ox.Quad(term("City"), term("recordSection"), ox.Literal("cities"))
    store = derived("city/a a City", "city/b a City", "city/a twinnedWith city/b", facts=(section,))
    said = "doc/paper mentions city/a"
    assert objects(store, said, "derivedBy") == by("50-mentions")
    assert premises(store, said) == nodes("city/a a City", "city/a twinnedWith city/b")
    again = derived("city/a a City", f"expected: {said}", facts=(section,))
    assert premises(again, said) == nodes("city/a a City")


def test_what_follows_from_the_vocabulary_alone_is_a_fact_without_a_derivation() -> None:
    topic = ox.NamedNode(f"{ID}topic/water")
    label = ox.Quad(topic, ox.NamedNode(SKOS + "prefLabel"), ox.Literal("물", language="ko"))
    store = derived(facts=(label,))
    korean = (topic, term("labelKorean"), ox.Literal("물"))
    assert list(store.quads_for_pattern(topic, term("labelKorean"), None, ox.DefaultGraph()))
    assert not list(store.quads_for_pattern(statement_iri(korean), None, None, DERIVATIONS))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_rule_has_its_name_and_purpose(language: str) -> None:
    store = derived()
    names = [rule.name for rule in rules()]
    assert names == sorted(names) and names[0] == "01-accept"
    for rule in rules():
        assert rule.iri.value == f"{ID}rule/{rule.name}"
        assert ox.Quad(rule.iri, TYPE, term("Rule"), DERIVATIONS) in store
        for predicate, texts in (
            (ox.NamedNode(SKOS + "prefLabel"), rule.title),
            (term("description"), rule.purpose),
        ):
            text = ox.Literal(texts[language], language=language)
            assert ox.Quad(rule.iri, predicate, text, DERIVATIONS) in store
