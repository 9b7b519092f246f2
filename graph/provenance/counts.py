"""What the numbers of a graph count: one definition each, for builds, checks, pages and reports."""

from __future__ import annotations

from citypact.graph.store.base import Store
from citypact.ontology import CLAIMS_GRAPH, CODE, EDITORS, NS

_SIGNED = f"{CODE}agreement-status/signed"
_CLAIM = f"GRAPH <{CLAIMS_GRAPH}>"
_BY_DOCUMENT = f"?x a citypact:Claim ; citypact:inDocument ?d FILTER(?d != <{EDITORS}>)"
COUNTED = {
    "documents": f"?x a citypact:SourceDocument FILTER(?x != <{EDITORS}>)",
    "documents with text": "?x citypact:characterCount ?characters",
    "agreements": "?x a citypact:Agreement",
    "signed agreements": f"?x a citypact:Agreement ; citypact:status <{_SIGNED}>",
    "organisations": "?x a citypact:Organization",
    "actors": """
        {
          SELECT DISTINCT ?one WHERE {
            { ?agreement citypact:party ?one , ?other }
            UNION { ?one citypact:brokers ?agreement . ?agreement citypact:party ?other }
            UNION { ?membership citypact:member ?one ; citypact:memberOrganization ?other }
            UNION { ?membership citypact:member ?other ; citypact:memberOrganization ?one }
            UNION {
              ?partnership citypact:partner ?place , ?there .
              ?one a citypact:CityGovernment ; citypact:governs ?place .
              ?other a citypact:CityGovernment ; citypact:governs ?there .
            }
            FILTER(?one != ?other)
          }
        }
        ?one citypact:unitOf* ?x""",
    "cities": "?x a citypact:City",
    "people": "?x a citypact:Person",
    "topics in use": "?agreement a citypact:Agreement ; citypact:covers ?x",
    "claims": f"{_CLAIM} {{ ?x a citypact:Claim }}",
    "claims of documents": f"{_CLAIM} {{ {_BY_DOCUMENT} }}",
    "implied claims": f"{_CLAIM} {{ {_BY_DOCUMENT} ?x citypact:isInferred true }}",
    "prospects": "?x a citypact:Prospect",
    "partnerships": "?x a citypact:Partnership",
    "memberships": "?x a citypact:Membership",
}
"""The things ?x that a number counts, as a pattern of SPARQL; docs/glossary.csv defines the words.

Topics in use are those that agreements cover, in their own list or in a provision. Actors are
organisations with a tie (agreement, brokering, membership, partnership) and those to which such an
office belongs: the nodes of `networks.actors`. Announced agreements count as agreements.
"""


def count(store: Store, name: str) -> int:
    """How many there are of what `COUNTED` defines."""
    (row,) = store.solutions(f"SELECT (COUNT(DISTINCT ?x) AS ?count) WHERE {{ {COUNTED[name]} }}")
    return int(row["count"].value)


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


__all__ = ["COUNTED", "count", "partner_cities"]
