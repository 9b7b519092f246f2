"""The names of a document: places, governments and bodies, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.extraction.english_names import PERSON, Hints, english_mentions
from citypact.sources.extraction.korean_names import korean_mentions
from citypact.sources.extraction.lexicon import is_known, known_korean
from citypact.sources.extraction.mentions import Mention
from citypact.sources.extraction.model import Context, Name, Sentence

_IN_BRACKETS = re.compile(
    r"[(（][“\"‘']?(?:the |이하 )?[“\"‘']?([^()（）“”\"‘’']{2,40})[”\"’']?[)）]"
)


def mentions_of(context: Context) -> tuple[tuple[Mention, ...], ...]:
    """The names of each sentence of a document, in the order of the text.

    Short names that the text defines, as in `Greater London Authority (GLA)`, stand for the long.
    A name that is beyond doubt in one sentence is so in all.
    """
    text = context.form.text
    hints = _hints(context)
    found = [_mentions(context, sentence, frozenset(), hints) for sentence in context.sentences]
    sure = frozenset(m.name.text for mentions in found for m in mentions if m.is_sure)
    sure |= {re.sub(" (?:City|[Pp]rovince|[Pp]refecture)$", "", name) for name in sure}
    sure |= {re.sub("^(?:[Pp]rovince|[Pp]refecture) of ", "", name) for name in sure}
    found = [
        _mentions(context, sentence, sure, hints)
        if sentence.language == "ko" or _leaves_out(text[slice(*sentence.span)], mentions, sure)
        else mentions
        for sentence, mentions in zip(context.sentences, found, strict=True)
    ]
    defined = _defined(text, found)
    surnames = _surnames(context)
    areas = _areas(text, found)
    return tuple(
        tuple(
            replace(
                m, name=areas.get(m.name.text) or defined.get(m.name.text, m.name), is_sure=True
            )
            if m.name.text in defined or m.name.text in sure or m.name.text in areas
            else m
            for m in mentions
            if not (m.name.text in surnames and m.reach == m.span)
            if m.is_sure
            or m.name.text in sure
            or _has_company(text, m, mentions)
            or not _needs_company(m)
        )
        for mentions in found
    )


def _leaves_out(words: str, mentions: list[Mention], sure: frozenset[str]) -> bool:
    """Whether a sentence has a name that is beyond doubt elsewhere more often than was found."""
    texts = [mention.name.text for mention in mentions]
    return any(name in words and words.count(name) > texts.count(name) for name in sure)


def _surnames(context: Context) -> frozenset[str]:
    """The last names of persons that an English text names with office and first name."""
    names: set[str] = set()
    for sentence in context.sentences:
        if sentence.language == "en":
            for match in PERSON.finditer(context.form.text, *sentence.span):
                words = match["name"].split()
                title = match.group()[: match.start("name") - match.start()].strip(" .,")
                is_head = len(words) == 1 and title in ("Governor", "Gov", "President", "Premier")
                if len(words) > 1 or (is_head and not is_known(words[0])):
                    names.add(re.sub("['’]s?$", "", words[-1]))
    return frozenset(names)


def _mentions(
    context: Context, sentence: Sentence, sure: frozenset[str], hints: Hints
) -> list[Mention]:
    text = context.form.text
    if sentence.language == "ko":
        return korean_mentions(text, sentence.span, sure)
    is_heading = context.form.blocks[sentence.block].kind is BlockKind.HEADING
    return english_mentions(text, sentence.span, is_heading, sure, hints)


_WITHIN = re.compile(r"(?:\b[a-z]+,?|\d,?|[a-z]\)?,)\s([A-Z][\w’'-]*\w)")
"""A word with a capital that doesn't begin its sentence."""
_SMALL = re.compile(r"\b[a-z][\w’'-]*\w")


_HEADS = (
    r"(?i:mayor|governor|president|chair\w*|director|ceo|minister|ambassador|secretary|commissioner|"
    r"councill?or|premier|head|manager|consul|delegate|representative|professor|mr|ms|mrs|dr)"
)
_NAME = r"[A-Z][\w’'-]+"
_PERSON = re.compile(
    rf"({_NAME}(?:\s(?:[A-Z]\.|[a-z]{{2,3}}|{_NAME})){{0,2}}\s{_NAME}),\s(?:the\s|its\s|\w+['’]s\s)?"
    rf"(?:\w+\s){{0,3}}{_HEADS}\b|"
    rf"({_NAME}(?:\s{_NAME}){{0,2}})\s(?:said|added|noted|told|says|stated|explained|stressed)\b|"
    rf"\b{_HEADS}\sof\s(?:the\s)?{_NAME}(?:\s{_NAME}){{0,2}},\s({_NAME}(?:\s{_NAME}){{1,2}})|"
    rf"\b{_HEADS}\.?,?\s({_NAME}(?:\s(?:[A-Z]\.|{_NAME})){{0,2}})"
)
"""A person by what stands beside the name: `Ada Berg, mayor of Lima`, `Berg said`."""
_PLACED = re.compile(
    r"\b(?:in|near|around|visit(?:s|ed|ing)?|(?:visit|trip|travel\w*|went|flew)\sto|"
    r"(?:[Mm]ayor|[Cc]ity|[Tt]own|people|residents|citizens|streets|port|delegat\w+|visitors|guests|students)\s(?:of|from|in))\s"
    r"(?P<name>[A-Z][\w’'-]*\w(?:[\s-][A-Z][\w’'-]*\w)?)(?![\s-][A-Z]|['’]s\s[A-Z])"
)
"""`held in Zorin`, `students from Zorin`: whatever stands there is a place."""


def _hints(context: Context) -> Hints:
    """What an English text says of names that nobody knows; persons with an office are none."""
    text = context.form.text
    words: set[str] = set()
    others: set[str] = set()
    places: set[str] = set()
    for sentence in context.sentences:
        if sentence.language != "en":
            continue
        others.update(_SMALL.findall(text, *sentence.span))
        for pattern in (PERSON, _PERSON):
            for match in pattern.finditer(text, *sentence.span):
                others.update(next(filter(None, match.groups())).lower().split())
        if context.form.blocks[sentence.block].kind is not BlockKind.HEADING:
            found = _WITHIN.findall(text, *sentence.span)
            words.update(re.sub("['’]s?$", "", word) for word in found)
            named = _PLACED.finditer(text, *sentence.span)
            places.update(re.sub("['’]s?$", "", match["name"]) for match in named)
    proper = frozenset(w for w in words if w.lower() not in others and f"-{w}" not in text)
    return Hints(proper, frozenset(place for place in places if place.split()[0] in proper))


_WITH_HEAD = re.compile(r"\s?[(（]([A-Z]{2,6}),\s?[가-힣]{2,10}\s[가-힣]{2,4}[)）]")
"""`나루항만공사(NPA, 사장 오세진)`: the short name beside the head."""
_PLACES = ("city", "government", "country")


def _defined(text: str, found: list[list[Mention]]) -> dict[str, Name]:
    """The short names in brackets behind long ones."""
    defined: dict[str, Name] = {}
    for mentions in found:
        for mention in mentions:
            gloss = _IN_BRACKETS.search(text[mention.span[1] : mention.reach[1]])
            if headed := _WITH_HEAD.match(text, mention.span[1]):
                defined.setdefault(headed[1], mention.name)
            elif gloss and re.search("[A-Z]{2}|기금|공사|공단|기구", gloss[1]):
                defined.setdefault(gloss[1].strip(), mention.name)
    for mentions in found:
        for mention in mentions:
            whole = _OF_CITY.match(text, mention.span[0])  # `Oslo Metropolitan City`: OMC
            words = (whole.group() if whole else mention.name.text).split()
            initials = "".join(word[0] for word in words if word[0].isupper())
            is_body = mention.is_sure and (whole or mention.name.kind not in _PLACES)
            if len(initials) > 2 and is_body and re.search(rf"\b{initials}\b", text):
                defined.setdefault(initials, mention.name)
    for short, name in list(defined.items()):
        entry = known_korean(short)
        if entry is not None and not name.entity and re.fullmatch("[A-Z]{2,}", name.text):
            # GCF(녹색기후기금): the long name is the one that is known
            defined[name.text] = Name(short, entry.entity, entry.label_en, entry.kind)
    return defined


_AREA_OF = re.compile(r"^(?:[Pp]rovince|[Pp]refecture|Canton|Region|Borough) of (\w+(?:[ -]\w+)?)$")
_OF_CITY = re.compile(
    r"[A-Z]\w+(?:\s[A-Z]\w+)?\s(?:(?:Sub-)?Metropolitan|Municipal|City)\s"
    r"(?:City|Assembly|Corporation|Council|Municipality|Government)\b"
)
_OF_AREA = re.compile(
    r"^(\w+(?:[ -]\w+)?)"
    r"(?: (?:[Pp]rovince|[Pp]refecture|County|Canton|Borough)|-(?:gun|gu|do|si|cho|machi))$"
)


def _areas(text: str, found: list[list[Mention]]) -> dict[str, Name]:
    """What a bare name means where an English text names a province of that name, and no city."""
    areas: dict[str, Name] = {}
    for mentions in found:
        for mention in mentions:
            match = _OF_AREA.match(mention.name.text) or _AREA_OF.match(mention.name.text)
            if match and mention.is_sure and mention.name.kind == "government":
                base = re.escape(match[1])
                if not re.search(rf"\b{base} [Cc]ity\b|\b[Cc]ity of {base}\b", text):
                    areas.setdefault(match[1], mention.name)
    return areas


def _needs_company(mention: Mention) -> bool:
    """Whether a doubtful name counts only beside another: a place, or a short university's."""
    if mention.name.kind == "university":
        return mention.name.text.endswith("대")
    return mention.name.kind in ("city", "government")


_BESIDE = re.compile(
    r",?\sand\s|,\s(?:and\s)?|(?:특별시|광역시|시|군|구|도)?(?:와|과)\s|\s?[,·ㆍ・/]\s?|"
    r"\s?(?:및|그리고)\s|\s?[-–~]\s?|\([^()]*\),?\s?"
)


def _has_company(text: str, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether another place stands next to one whose name is a word too."""
    place = mentions.index(mention)
    before = mentions[place - 1] if place else None
    behind = mentions[place + 1] if place + 1 < len(mentions) else None
    return bool(
        (before and _BESIDE.fullmatch(text[before.span[1] : mention.reach[0]]))
        or (behind and _BESIDE.fullmatch(text[mention.span[1] : behind.reach[0]]))
    )
