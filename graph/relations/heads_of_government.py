"""Who headed the government of a city, and when a source shows it."""

from __future__ import annotations

import datetime
from collections import defaultdict

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.rdf.terms import read_date
from citypact.graph.store.base import Store

MOST_DAYS = 31
"""A time that is known less closely, to the year as it were, shows nobody in office."""


def heads_of_government(
    store: Store, chosen: Filter, city: str
) -> list[tuple[str, datetime.date, datetime.date]]:
    """Holders (IRIs) with the first and last day of each time that shows them in office.

    Those who only act for the head of the government are left out.
    """
    reader = NetworkReader.of(store, chosen)
    posts = reader.pairs("?b citypact:governs ?a")
    heads = reader.pairs("?b citypact:heads ?a")
    acting = reader.pairs("?a citypact:isActing ?b")
    tenures = reader.pairs("?b citypact:post ?a")
    holders = reader.pairs("?a citypact:holder ?b")
    dates: dict[str, set[str]] = defaultdict(set)
    for name in ("heldOn", "startDate", "endDate"):
        for tenure, known in reader.pairs(f"?a a citypact:Tenure ; citypact:{name} ?b").items():
            dates[tenure].update(known)
    found = []
    for government in posts.get(city, ()):
        for post in heads.get(government, ()):
            if "true" in acting.get(post, ()):
                continue
            for tenure in tenures.get(post, ()):
                for text in sorted(dates[tenure]):
                    date = read_date(text)
                    if date.begin and date.end and (date.end - date.begin).days <= MOST_DAYS:
                        found += [(holder, date.begin, date.end) for holder in holders[tenure]]
    return found


__all__ = ["heads_of_government"]
