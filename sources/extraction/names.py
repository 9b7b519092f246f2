"""The names of a document: places, governments and bodies, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.extraction.english_names import english_mentions
from citypact.sources.extraction.korean_names import korean_mentions
from citypact.sources.extraction.lexicon import known_korean
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import Context, Name

_IN_BRACKETS = re.compile(
    r"[(（][“\"‘']?(?:the |이하 )?[“\"‘']?([^()（）“”\"‘’']{2,40})[”\"’']?[)）]"
)


def mentions_of(context: Context) -> tuple[tuple[Mention, ...], ...]:
    """The names of each sentence of a document, in the order of the text.

    Short names that the text defines, as in `Greater London Authority (GLA)`, stand for the long.
    """
    text = context.form.text
    found = [
        korean_mentions(text, sentence.span)
        if sentence.language == "ko"
        else english_mentions(
            text,
            sentence.span,
            context.form.blocks[sentence.block].kind is BlockKind.HEADING,
        )
        for sentence in context.sentences
    ]
    defined: dict[str, Name] = {}
    for mentions in found:
        for mention in mentions:
            gloss = _IN_BRACKETS.match(text[mention.span[1] : mention.reach[1]].lstrip())
            if gloss and re.search("[A-Z]{2}|기금|공사|공단|기구", gloss[1]):
                defined.setdefault(gloss[1].strip(), mention.name)
    for short, name in list(defined.items()):
        if (
            not name.entity
            and re.fullmatch("[A-Z]{2,}", name.text)
            and (entry := known_korean(short))
        ):
            # GCF(녹색기후기금): the long name is the one that is known
            defined[name.text] = Name(short, entry.entity, entry.label_en, entry.kind)
    return tuple(
        tuple(
            replace(m, name=defined[m.name.text], is_sure=True) if m.name.text in defined else m
            for m in mentions
            if m.is_sure or _has_company(m, mentions) or m.name.kind not in ("city", "government")
        )
        for mentions in found
    )


def _has_company(mention: Mention, mentions: list[Mention]) -> bool:
    """Whether another place stands next to one whose name is a word too."""
    near = {Role.LISTED, Role.WITH}
    place = mentions.index(mention)
    before = mentions[place - 1] if place else None
    behind = mentions[place + 1] if place + 1 < len(mentions) else None
    return bool(
        (before and before.role in near and mention.span[0] - before.reach[1] < 8)
        or (behind and mention.role in near and behind.span[0] - mention.reach[1] < 8)
    )
