"""How much of what is known to exist is documented: partner cities, and by what kind of document.

Known are the totals that sources give (`citypact:partnerCityTotal`), each on its own: they
disagree.
A partner is documented where a partnership with the standing title of sister, friendship or partner
city is a fact; by a primary document where the text of an agreement says so, or what a party or one
of its units issued or has on its site. A total of 2017 is held against the partners known by then.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from citypact.graph.provenance.counts import partner_cities
from citypact.graph.rdf.terms import read_date
from citypact.graph.rdf.values import integer
from citypact.graph.store.base import Solution, Store
from citypact.ontology import ID, NS
from citypact.ontology.vocabulary import Term

STANDING = ("sister-city", "friendship-city", "partner-city")
PRIMARY_TYPES = ("agreement-text",)
_TYPE = ID + "code/document-type/"


@dataclass(frozen=True)
class Total:
    """How many partner cities a source counts: document (IRI), its address, and the date if said.

    documented counts the partners documented for that date: those whose tie is known to have begun
    by then, or without a date; all of them where the source gives no date. `followed` is whether
    the facts follow the total.
    """

    value: int
    document: str
    address: str
    as_of: str
    documented: int
    followed: bool


@dataclass(frozen=True)
class StatedList:
    """Whether the partner list of a government is on record (code), and its day (EDTF or '')."""

    completeness: str
    day: str


@dataclass(frozen=True)
class Coverage:
    """The documented partners of one city government, beside every total that sources give.

    cooperating are all partner cities (IRIs of cities and territories, see `partner_cities`),
    without regard to a day; partners those with a standing title; others those with a partnership
    without one; primary the partners with a primary document; by_relation counts partners by
    relation type (code, or '' where no source names one), ended ties left out.
    """

    government: str
    cooperating: tuple[str, ...]
    partners: tuple[str, ...]
    others: tuple[str, ...]
    primary: tuple[str, ...]
    by_relation: dict[str, int]
    totals: tuple[Total, ...]


def coverages(store: Store, day: datetime.date | None = None) -> list[Coverage]:
    """The coverage of each government for which a source gives a total, sorted by its IRI.

    day: see `coverage`; a government stays though its sources count on later days.
    """
    rows = store.solutions(f"SELECT DISTINCT ?g WHERE {{ ?g <{NS}partnerCityTotal> ?n }}")
    return [
        coverage(store, government, day) for government in sorted(row["g"].value for row in rows)
    ]


def stated_lists(store: Store) -> dict[str, StatedList]:
    """What is said of the completeness of partner lists, by government (IRI), sorted."""
    query = """SELECT ?government ?kind ?asOf WHERE {
      ?government citypact:partnerListCompleteness ?kind .
      GRAPH <https://w3id.org/citypact/graph/claims> {
        ?statement rdf:subject ?government ; rdf:predicate citypact:partnerListCompleteness ;
          rdf:object ?kind .
        ?claim citypact:claims ?statement .
        OPTIONAL { ?claim citypact:claimedAsOf ?asOf }
      }
    }"""
    found = sorted(
        (
            row["government"].value,
            row["kind"].value.rsplit("/", 1)[1],
            read_date(row["asOf"].value).text if "asOf" in row else "",
        )
        for row in store.solutions(query)
    )
    return {government: StatedList(kind, day) for government, kind, day in found}


def coverages_of(store: Store, centre: str, day: datetime.date | None = None) -> list[Coverage]:
    """The coverages that speak of a centre (IRI of a city or body); all of them where it is ''."""
    found = coverages(store, day)
    if not centre:
        return found
    governing = store.solutions(f"SELECT ?body {{ ?body citypact:governs <{centre}> }}")
    bodies = {centre, *(row["body"].value for row in governing)}
    return [each for each in found if each.government in bodies]


def coverage(store: Store, government: str, day: datetime.date | None = None) -> Coverage:
    """The coverage of one city government (IRI).

    day: only partnerships known to have begun by then, and totals known to be of then or before;
    what has no date is left out, as the ties of a network are. Documents may be younger: they are
    how we know today.
    """
    begun: dict[str, list[datetime.date | None]] = defaultdict(list)
    relations: set[tuple[str, str]] = set()
    places: set[str] = set()
    for row in store.solutions(
        f"""SELECT DISTINCT ?partnership ?place ?relation ?established ?end WHERE {{
          <{government}> citypact:governs ?own .
          ?partnership citypact:partner ?own , ?place . FILTER(?place != ?own)
          OPTIONAL {{ ?partnership citypact:relationType ?relation }}
          OPTIONAL {{ ?partnership citypact:established ?established }}
          OPTIONAL {{ ?partnership citypact:endDate ?end }}
        }}"""
    ):
        established = _latest(row, "established")
        if not _is_by(established, day):
            continue
        place = row["place"].value
        relation = row["relation"].value.rsplit("/", 1)[1] if "relation" in row else ""
        places.add(place)
        if "end" not in row or not _is_by(_latest(row, "end"), day):
            relations.add((place, relation))
        if relation in STANDING:
            begun[place].append(established)
    return Coverage(
        government,
        tuple(partner_cities(store, government)),
        tuple(sorted(begun)),
        tuple(sorted(places - set(begun))),
        tuple(sorted(_primary(store, government) & set(begun))),
        dict(sorted(Counter(relation for _, relation in relations).items())),
        tuple(_totals(store, government, begun, day)),
    )


def _latest(row: Solution, name: str) -> datetime.date | None:
    """The last day that a date of a row allows; None where it is unknown."""
    return read_date(row[name].value).end if name in row else None


def _is_by(latest: datetime.date | None, day: datetime.date | None) -> bool:
    """Whether something is known to have been by a day; without a day all has been."""
    return day is None or (latest is not None and latest <= day)


def _primary(store: Store, government: str) -> set[str]:
    """Places whose partnership or agreement with the government a primary document states.

    Each query names what the one before found: together the engine would begin with all claims.
    """
    places: dict[Term, set[Term]] = defaultdict(set)
    own: set[Term] = set()
    for matter in (
        "?matter citypact:partner ?own , ?place .",
        "?matter citypact:party ?own_government , ?other . ?own_government citypact:governs ?own . "
        "?other citypact:governs ?place .",
    ):
        query = f"""SELECT DISTINCT ?matter ?own ?place WHERE {{
          <{government}> citypact:governs ?own . {matter} FILTER(?place != ?own) }}"""
        for row in store.solutions(query):
            places[row["matter"]].add(row["place"])
            own.add(row["own"])
    stated: dict[Term, set[Term]] = defaultdict(set)
    for row in store.solutions(
        f"""SELECT DISTINCT ?matter ?document WHERE {{
          {_values("matter", places)}
          GRAPH <https://w3id.org/citypact/graph/claims> {{
            ?statement rdf:subject ?matter ; rdf:predicate rdf:type .
            ?claim citypact:claims ?statement ; citypact:inDocument ?document .
          }}
        }}"""
    ):
        stated[row["document"]].add(row["matter"])
    documents = _values("document", stated)
    types = " ".join(f"<{_TYPE}{name}>" for name in PRIMARY_TYPES)
    found: set[Term] = set()
    for row in store.solutions(
        f"""SELECT DISTINCT ?document WHERE {{
          {documents} VALUES ?kind {{ {types} }} ?document citypact:documentType ?kind }}"""
    ):
        found.update(*(places[matter] for matter in stated[row["document"]]))
    for row in store.solutions(
        f"""SELECT DISTINCT ?document ?issued WHERE {{
          {documents}
          ?document citypact:issuedBy|citypact:siteOf ?body . ?body citypact:unitOf* ?issuer .
          ?issuer citypact:governs ?issued
        }}"""
    ):
        about = set().union(*(places[matter] for matter in stated[row["document"]]))
        found |= about if row["issued"] in own else about & {row["issued"]}
    return {place.value for place in found}


def _values(name: str, terms: Iterable[Term]) -> str:
    """The terms as the values of a variable, sorted."""
    return f"VALUES ?{name} {{ {' '.join(sorted(map(str, terms)))} }}"


def _totals(
    store: Store,
    government: str,
    begun: dict[str, list[datetime.date | None]],
    day: datetime.date | None,
) -> list[Total]:
    """The totals that sources give; with a day those that are known to be of then or before."""
    query = f"""SELECT ?value ?document ?address ?asOf ?followed WHERE {{
      GRAPH <https://w3id.org/citypact/graph/claims> {{
        ?statement rdf:subject <{government}> ; rdf:predicate citypact:partnerCityTotal ;
          rdf:object ?value .
        ?claim citypact:claims ?statement ; citypact:inDocument ?document .
        OPTIONAL {{ ?claim citypact:claimedAsOf ?asOf }}
      }}
      OPTIONAL {{ ?document citypact:address ?address }}
      BIND(EXISTS {{ <{government}> citypact:partnerCityTotal ?value }} AS ?followed)
    }}"""
    found = [
        Total(
            integer(row["value"].value),
            row["document"].value,
            row["address"].value if "address" in row else "",
            read_date(row["asOf"].value).text if "asOf" in row else "",
            _known_by(begun, _latest(row, "asOf")),
            row["followed"].value == "true",
        )
        for row in store.solutions(query)
        if _is_by(_latest(row, "asOf"), day)
    ]
    return sorted(found, key=lambda total: (-total.value, total.document))


def _known_by(begun: dict[str, list[datetime.date | None]], last: datetime.date | None) -> int:
    """How many partners' ties are known to have begun by a day, or have no date; without it all."""
    if last is None:
        return len(begun)
    return sum(any(day is None or day <= last for day in days) for days in begun.values())


def as_json(found: Coverage) -> dict[str, Any]:
    """A coverage for programs."""
    return {
        "government": found.government,
        "partner cities": len(found.cooperating),
        "sister and friendship cities": len(found.partners),
        "with another partnership": len(found.others),
        "with a primary document": len(found.primary),
        "by relation": found.by_relation,
        "totals": [asdict(total) for total in found.totals],
    }
