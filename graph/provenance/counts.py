"""What the numbers of a graph count: one definition each, for builds, checks, pages and reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from citypact.graph.store.base import Store
from citypact.ontology import CLAIMS_GRAPH, CODE, EDITORS, NS, PROJECT_EDITORS, is_editors

_SIGNED = f"{CODE}agreement-status/signed"
_CLAIM = f"GRAPH <{CLAIMS_GRAPH}>"
_OF_SOURCES = f'FILTER(?d != <{EDITORS}> && !STRSTARTS(STR(?d), "{PROJECT_EDITORS}"))'
_BY_DOCUMENT = f"?x a citypact:Claim ; citypact:inDocument ?d {_OF_SOURCES}"
COUNTED = {
    "documents": f"?x a citypact:SourceDocument BIND(?x AS ?d) {_OF_SOURCES}",
    "documents with text": "?x citypact:characterCount ?characters",
    "agreements": "?x a citypact:Agreement",
    "signed agreements": f"?x a citypact:Agreement ; citypact:status <{_SIGNED}>",
    "organisations": "?x a citypact:Organization",
    "city governments": "?x a citypact:CityGovernment",
    "city networks": "?x a citypact:CityNetwork",
    "offices": "?x a citypact:Office",
    "other organisations": """
        ?x a citypact:Organization
        OPTIONAL {
          VALUES ?listed { citypact:CityGovernment citypact:CityNetwork citypact:Office }
          ?x a ?listed
        }
        FILTER(!BOUND(?listed))""",
    "actors": f"""
        {{
          SELECT DISTINCT ?one WHERE {{
            {{
              ?agreement citypact:status <{_SIGNED}> ; citypact:party|^citypact:brokers ?one .
              FILTER EXISTS {{ ?agreement citypact:party ?other FILTER(?one != ?other) }}
            }}
            UNION {{
              ?membership citypact:member|citypact:memberOrganization ?one .
              FILTER EXISTS {{
                ?membership citypact:member ?member ; citypact:memberOrganization ?body .
                FILTER(?member != ?body)
              }}
            }}
            UNION {{
              ?partnership citypact:partner ?place .
              ?one a citypact:CityGovernment ; citypact:governs ?place .
              {{
                SELECT ?partnership WHERE {{
                  ?partnership citypact:partner ?there .
                  ?other a citypact:CityGovernment ; citypact:governs ?there .
                }} GROUP BY ?partnership HAVING (COUNT(DISTINCT ?other) > 1)
              }}
            }}
          }}
        }}
        ?one a citypact:Organization ; citypact:unitOf* ?x""",  # else the path starts everywhere
    "cities": "?x a citypact:City",
    "people": "?x a citypact:Person",
    "topics": "?x a citypact:Topic",
    "topics in use": "?agreement a citypact:Agreement ; citypact:covers ?x",
    "claims": f"{_CLAIM} {{ ?x a citypact:Claim }}",
    "claims of documents": f"{_CLAIM} {{ {_BY_DOCUMENT} }}",
    "implied claims": f"{_CLAIM} {{ {_BY_DOCUMENT} ?x citypact:isInferred true }}",
    "prospects": "?x a citypact:Prospect",
    "partnerships": "?x a citypact:Partnership",
    "memberships": "?x a citypact:Membership",
}
"""The things ?x that a number counts, as a pattern of SPARQL; docs/glossary.csv defines the words.

Topics are those of the scheme; topics in use are those that agreements cover, in their own list or
in a provision. Other organisations are neither city governments, city networks nor offices.
Actors are
organisations with a tie (signed agreement, brokering of one, membership, partnership) and those to
which such an office belongs: the nodes of `networks.actors`. Announced agreements count as
agreements, but they tie nobody.
"""


def count(store: Store, name: str) -> int:
    """How many there are of what `COUNTED` defines."""
    (row,) = store.solutions(f"SELECT (COUNT(DISTINCT ?x) AS ?count) WHERE {{ {COUNTED[name]} }}")
    return int(row["count"].value)


WHERE_CLAIMED = (
    "words",
    "passage of the document",
    "text span",
    "address",
    "no address",
    "editors",
)
"""Where a claim can be read, the nearest that holds: a link opens at its own words; a link opens
at the passage that confirms what its document is cited for; a position in a text that is not on
the web; the address of a page; a document without an address; nowhere, as the editors make it."""


def claims_by_place(store: Store) -> dict[str, int]:
    """How many claims there are of each kind of `WHERE_CLAIMED`; together they are all claims."""
    claims, with_span, with_link = (
        _claims_of_documents(store, pattern)
        for pattern in (
            "",
            "?x citypact:evidence ?span",
            "?x citypact:evidence/citypact:passageLink ?l",
        )
    )
    links, addresses = (
        {row["x"].value for row in store.solutions(f"SELECT DISTINCT ?x WHERE {{ {pattern} }}")}
        for pattern in (f"{_CLAIM} {{ ?x citypact:passageLink ?l }}", "?x citypact:address ?a")
    )
    found = dict.fromkeys(WHERE_CLAIMED, 0)
    for document, count_of_claims in claims.items():
        if is_editors(document):
            place = "editors"
        elif document in links:
            place = "passage of the document"
        else:
            place = "address" if document in addresses else "no address"
        found["words"] += with_link[document]
        found["text span"] += with_span[document] - with_link[document]
        found[place] += count_of_claims - with_span[document]
    return found


def shares(by_place: Mapping[str, int]) -> dict[str, float]:
    """The shares of all claims of what `claims_by_place` counts, in names that messages can take.

    passages is the sum of words and documents: the claims whose links open at a passage.
    """
    total = sum(by_place.values()) or 1
    words, documents, text, address, nothing, editors = (
        by_place[name] / total for name in WHERE_CLAIMED
    )
    return {
        "passages": words + documents,
        "words": words,
        "documents": documents,
        "text": text,
        "address": address + nothing,
        "editors": editors,
    }


def _claims_of_documents(store: Store, pattern: str) -> Counter[str]:
    """How many claims each document (IRI) makes that a pattern about ?x fits."""
    rows = store.solutions(
        "SELECT ?document (COUNT(DISTINCT ?x) AS ?count) WHERE { "
        f"{_CLAIM} {{ ?x a citypact:Claim ; citypact:inDocument ?document . {pattern} }} "
        "} GROUP BY ?document"
    )
    return Counter({row["document"].value: int(row["count"].value) for row in rows})


def partner_cities(store: Store, government: str) -> list[str]:
    """The partner cities of a city government (IRI), sorted: cities and territories (IRIs).

    A place is one by a partnership, a signed agreement of the two governments, or an imported list
    of sister cities, whatever the title: see the rules on cooperation.
    """
    rows = store.solutions(
        f"SELECT DISTINCT ?x WHERE {{ <{government}> citypact:governs ?own . "
        f"?own <{NS}cooperatesWith> ?x }}"
    )
    return sorted(row["x"].value for row in rows)


__all__ = ["COUNTED", "WHERE_CLAIMED", "claims_by_place", "count", "partner_cities", "shares"]
