"""What a gazetteer, a pattern for dates and keywords find: the baseline that extraction must beat.

One agreement a document: the form of the first keyword, the first two places around it, the first
date written in full, and all topics whose labels stand in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citypact.sources.extraction.gazetteer import PlaceMention, find_places
from citypact.sources.extraction.labelled import LabelledDocument
from citypact.sources.extraction.model import (
    DateFound,
    Draft,
    DraftAgreement,
    Drafted,
    Form,
    Name,
    Status,
)
from citypact.sources.extraction.topics import topic_words

_FORMS = (
    (Form.LETTER_OF_INTENT, "의향서|letter of intent"),
    (Form.SISTER_CITY, "자매|친선도시|sister|twin|sibling"),
    (Form.FRIENDSHIP, "우호|friendship"),
    (Form.MOU, "양해각서|MOU|memorandum"),
    (Form.BUSINESS_AGREEMENT, "업무협약|업무 협약"),
    (Form.OTHER, "협약|협정|agreement|declaration"),
)
_KEYWORDS = [(form, re.compile(words, re.IGNORECASE)) for form, words in _FORMS]
_MONTHS = "january february march april may june july august september october november december"
_DATES = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?[년.\-/]\s?(?P<month>\d{1,2})\s?[월.\-/]\s?(?P<day>\d{1,2})"
    r"|(?P<name>[A-Z][a-z]+)\s(?P<day2>\d{1,2}),?\s(?P<year2>(?:19|20)\d\d)"
)
_KINDS = {"city": "city"}


def baseline(document: LabelledDocument) -> Draft:
    """What the baseline finds in a document."""
    text = document.text
    keywords = [(form, match) for form, words in _KEYWORDS if (match := words.search(text))]
    if not keywords:
        return Draft()
    form, keyword = keywords[0]
    parties = _parties(text, keyword.start())
    if len(parties) < 2:
        return Draft()
    agreement = DraftAgreement(
        form=Drafted(form, (keyword.span(),), 0.5, "baseline"),
        status=Drafted(Status.MAIN, (keyword.span(),), 0.5, "baseline"),
        parties=tuple(parties),
        date=next(_dates(text), None),
        topics=tuple(_topics(text)),
    )
    return Draft((agreement,))


def _parties(text: str, near: int) -> list[Drafted[Name]]:
    """The first two places of the text that differ, from the paragraph of the keyword on."""
    start = text.rfind("\n", 0, near) + 1
    mentions = find_places(text)
    ordered = [m for m in mentions if m.span[0] >= start] + [
        m for m in mentions if m.span[0] < start
    ]
    found: dict[str, PlaceMention] = {}
    for mention in ordered:
        if mention.place:
            found.setdefault(mention.place.label_en, mention)
    return [
        Drafted(
            Name(text[slice(*m.span)], "", label, _KINDS.get(m.kind, "government")),
            (m.span,),
            0.5,
            "baseline",
        )
        for label, m in list(found.items())[:2]
    ]


def _dates(text: str) -> Iterator[Drafted[DateFound]]:
    months = _MONTHS.split()
    for match in _DATES.finditer(text):
        name = (match["name"] or "").lower()
        month = months.index(name) + 1 if name in months else int(match["month"] or 0)
        day, year = match["day"] or match["day2"], match["year"] or match["year2"]
        if 1 <= month <= 12 and 1 <= int(day) <= 31:
            edtf = f"{year}-{month:02}-{int(day):02}"
            yield Drafted(DateFound(edtf, "stated"), (match.span(),), 0.5, "baseline")


def _topics(text: str) -> Iterator[Drafted[str]]:
    for table in topic_words():
        for words, span in table.find(text):
            for topic in table.of(words):
                yield Drafted(topic, (span,), 0.5, "baseline")
