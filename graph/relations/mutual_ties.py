"""Ties of two places that both give lists: who lists each, and why the other may not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from citypact.graph.analysis.reciprocity import Mutual, Silence
from citypact.graph.relations.partner_lists import WHOLE, ListedTie, PartnerList, PartnerLists


def mutual_ties(
    known: PartnerLists,
    agreements: Mapping[tuple[str, str], Sequence[int]],
    centre: str,
    since: int,
) -> list[Mutual]:
    """All ties of two places with lists, sorted; several partnerships of a pair are one tie.

    agreements: years of agreements by pair (`agreement_years`). centre: the place (IRI) whose
    agreements were collected: its ties are active if one has a year of `since` or later.
    """
    pairs: dict[tuple[str, str], list[ListedTie]] = defaultdict(list)
    for tie in known.partnerships:
        if all(place in known.lists for place in tie.places):
            pairs[tie.places].append(tie)
    ties = []
    for places, several in sorted(pairs.items()):
        silent = [place for place in places if not any(place in tie.listed_by for tie in several)]
        years = agreements.get(places, ())
        is_active = any(year >= since for year in years) if centre in places else None
        ended = all(tie.end is not None for tie in several)
        silence = _silence(known.lists[silent[0]], several) if silent else None
        ties.append(Mutual(places, silence, is_active, ended))
    return ties


def _silence(silent: PartnerList, several: Sequence[ListedTie]) -> Silence:
    """Why a list does not have a tie that the other place lists."""
    if silent.completeness != WHOLE:
        return Silence.NOT_WHOLE
    begun = [tie.begun for tie in several if tie.begun and tie.begun.begin]
    day = silent.day
    if day and day.end and begun and all(b.begin and b.begin > day.end for b in begun):
        return Silence.OLDER
    titles = {title for tie in several for said in tie.titles.values() for title in said}
    if titles and titles.isdisjoint(silent.kinds):
        return Silence.OTHER_KIND
    return Silence.UNEXPLAINED


__all__ = ["mutual_ties"]
