"""Relations made by hand: a text, its parties and the sentence that asserts them."""

from __future__ import annotations

import re

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.model import Context, Drafted, Form, Name, Relation, Status
from citypact.sources.extraction.names import mentions_of
from citypact.sources.extraction.sentences import context_of, sentence_at

_CUE = re.compile(
    r"체결|서명|맺|결연|협약|각서|협정|sign|agreement|memorandum|sister|twinned|pact|declaration",
    re.I,
)


def relation_in(
    text: str,
    *parties: str,
    status: Status = Status.MAIN,
    cue: str = "",
    published: str = "",
) -> tuple[Relation, Context]:
    """A relation between parties that a text names, and the text as a context.

    parties: as the text writes them, with `=kind` behind them where they aren't cities. cue: the
    words for the paper; by default those with most parties around them.
    """
    context = context_of(plain_form(text), published=published)
    words = context.form.text
    mentions = [mention for found in mentions_of(context) for mention in found]
    drafted = []
    for party in parties:
        name, _, kind = party.partition("=")
        spans = tuple(match.span() for match in re.finditer(re.escape(name), words))
        assert spans, f"{name} isn't in the text"
        known = [m.name for m in mentions if words[slice(*m.span)] == name]
        value = known[0] if known else Name(name, "", name, kind or "city")
        drafted.append(Drafted(value, spans, 1.0, "by-hand"))
    if cue:
        span = (words.index(cue), words.index(cue) + len(cue))
    else:
        span = max(
            (match.span() for match in _CUE.finditer(words)),
            key=lambda span: sum(
                span[0] < at[1] + 60 and at[0] - 60 < span[1] for d in drafted for at in d.spans
            ),
        )
    place = sentence_at(context, span[0])
    assert place is not None
    relation = Relation(
        Drafted(Form.MOU, (span,), 1.0, "by-hand"),
        Drafted(status, (span,), 1.0, "by-hand"),
        tuple(drafted),
        span,
        (place,),
    )
    return relation, context
