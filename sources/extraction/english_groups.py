"""Names next to each other in an English sentence, with the role that they have together."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from citypact.sources.extraction.groups import Group
from citypact.sources.extraction.mentions import Mention, Role

_TITLE_WORDS = re.compile(
    r"(?:his|her|their|counterpart|Mayors?|Vice|Deputy|Lord|Acting|Governors?|President|Chairman|Chair|Director|General|"
    r"Secretary|CEO|Dr|Mr|Ms|Mrs|Sir|the|of|its|The|His|Her|"
    r"Minister|Councillor|Premier|cities|city|City|cit|ies|both|representing|governments?|"
    r"states|provinces|prefectures|counties|regions|ports|towns|districts|municipalities|"
    r"respectively|including|namely|neighbou?ring|capital|capitals|"
    r"organi[sz]ation|association|network|company|agency|university|federation)"
)
_LEADS = (
    "between|with|by|of|in|at|from|to|for|among|amongst|including|include|includes|namely|are|"
    "were|is|joins?|joining|and|via|after|before|under|through"
)
_LEAD = re.compile(
    rf"\b(?P<lead>{_LEADS})(?:,\s(?:among|amongst)\sothers,|\sthe\slikes\sof|\s(?:cities|towns|places)\s(?:like|such\sas|including))?\s?:?\s?(?:(?:the|both|its|our|cities\sof|[Cc]ity\sof|"
    rf"[Tt]he\scities\sof|(?:the\s)?(?:local|municipal|provincial|regional)\s(?:governments?|authorities|administrations?)\sof|fellow|neighbou?ring|counterparts?|counterpart\sfrom|mayors\sof|"
    rf"the\smayors\sof|governments\sof|sister\scity|sister\scities|sister\scities,|"
    r"[A-Z]\w+(?:ian|ish|ese|ean|an|nch|tch|ek|ss|sque|aeli|aqi|hai|ino|zech)|[a-z]+\scity\sof|the\s[A-Z]\w+\scity\sof|"
    r"governor\sof|people\sof|partner|partners|[a-z]+['’]s|South|Korea|Korea['’]s|Japan['’]s|"
    r"China['’]s|the\s(?:RoK|ROK|Republic\sof\sKorea|US|U\.S\.|UK)['’]s|Japanese|Korean|Chinese|German|Taiwanese|American|Vietnamese|French|"
    r"the\s(?:[A-Z][\w.]+\s)?(?:states?|provinces?|cities|prefectures?|counties|regions?|towns)\sof|"
    r"the\s(?:[\w.-]+\s){0,3}(?:city|town|municipality|district|county|borough|village|commune|community|"
    r"municipal\sdistrict|prefecture|province|state|region|island)\sof)\s)*(?:[\"“”‘’'(]\s?)?$",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r",\s(?:then\s)?(?:led|represented|headed|chaired)\sby\s[^,;]{3,60},|"
    r",\s(?:on|near|along|off)\sthe\s[^,;.]{2,60},(?=\s(?:and|who|which)\b)|"
    r",\s(?:the\s)?(?:\w+\s)?(?:capital|seat)\sof\s[^,;.]{2,60},|"
    r",\s(?![^,;.]*\b(?:sister|twin|friendship|partner|sibling)\b)(?:an?|the|one\sof|home|[A-Z]\w+['’]s)\s(?:[\w'’-]+\s){0,4}?(?:city|cities|town|capital|port|hub|province|state|"
    r"county|region|metropolis|municipality|district|island|to)\b[^,;.]{0,80}(?:,|(?=\.(?:\s|$)))"
)
_BESIDES = re.compile(
    r"(?i)\b(?:after|following|besides|joining|(?<!cities\s)(?<!towns\s)(?<!places\s)like|unlike|alongside|addition\sto|"
    r"(?:coordination|support|auspices|mediation|invitation|members?|member\s(?:municipalities|cities))\sof)\s(?:the\s)?$"
)


def english_groups(text: str, mentions: tuple[Mention, ...], start: int) -> list[Group]:
    """Names next to each other; the role is by the preposition ahead of them."""
    mentions = _without_appositions(text, mentions)
    if not mentions:
        return []
    chains: list[list[Mention]] = [[mentions[0]]]
    for before, mention in pairwise(mentions):
        gap = text[before.reach[1] : mention.reach[0]]
        is_dateline = before.role is Role.PLACE and not re.match(r",?\s(?:and|&)\s", gap)
        is_fronted = before is mentions[0] and _FRONTED.fullmatch(text, start, before.reach[0])
        if is_fronted and _THEN_PERSON.match(gap):
            is_dateline = True  # In Lima, Berg and the Mayor of Bonn signed a pact
        if _joins(gap) and not is_dateline and not _ends_aside(text, chains[-1], gap):
            chains[-1].append(mention)
        else:
            chains.append([mention])
    chains = [_without_region(text, part) for chain in chains for part in _clauses(text, chain)]
    return [Group(tuple(chain), _role(text, chain, start)) for chain in chains]


_FRONTED = re.compile(r"(?:In|At|From)\s(?:the\s(?:[\w-]+\s){0,3}of\s)?")
_THEN_PERSON = re.compile(r",\s[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}\sand\s")


def _without_appositions(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """`A, a port city in B, and C`: B only says what A is, and A reaches to the comma."""
    kept: list[Mention] = []
    begins = {mention.reach[0] for mention in mentions}
    for mention in mentions:
        if kept and mention.span[0] < kept[-1].reach[1]:
            continue
        apposed = _APPOSED.match(text, mention.reach[1])
        if apposed and mention.reach[1] + 2 not in begins:  # Lima, the Japanese city of Kyoto and
            end = apposed.end() - apposed.group().endswith(",", 1)
            mention = replace(mention, reach=(mention.reach[0], end))
        kept.append(mention)
    return tuple(kept)


def _ends_aside(text: str, chain: list[Mention], gap: str) -> bool:
    """`After A and B, C signed`: C is no part of the list ahead."""
    first = chain[0].reach[0]
    return gap == ", " and _BESIDES.search(text, max(0, first - 32), first) is not None


_NEXT_CLAUSE = re.compile(r",\s(?:and\s|while\s)?(?:the\s(?:city\sof\s)?)?$")
_FINITE = re.compile(
    r",?\s(?:(?:also|now|then|officially|recently)\s)?(?:became|become|has|have|had|is|are|was|were|will|signed|"
    r"twinned|joined|offered|established|agreed|entered|concluded|renewed|followed)\b"
)


def _clauses(text: str, chain: list[Mention]) -> list[list[Mention]]:
    """`twinned with A, and B became …`: B is the subject of a clause of its own."""
    if len(chain) < 2 or not _FINITE.match(text, chain[-1].reach[1]):
        return [chain]
    if not _GOVERNED.search(text, max(0, chain[0].reach[0] - 36), chain[0].reach[0]):
        return [chain]
    for at in range(1, len(chain)):
        if _NEXT_CLAUSE.fullmatch(text, chain[at - 1].reach[1], chain[at].reach[0]):
            return [chain[:at], chain[at:]]
    return [chain]


_GOVERNED = re.compile(
    r"\b(?:with|to|(?:sister|twin)\s\w+\sof)\s(?:the\s)?(?:(?:[Cc]ity|town)\sof\s)?$"
)


def _without_region(text: str, chain: list[Mention]) -> list[Mention]:
    """`A and B, C`: the last says where B is."""
    gaps = [text[a.reach[1] : b.reach[0]] for a, b in pairwise(chain)]
    is_region = len(gaps) > 1 and gaps[-1] == ", " and re.fullmatch(r"\sand\s.*", gaps[-2])
    return chain[:-1] if is_region else chain


_JOINING = frozenset(
    {
        "more",
        "most",
        "recently",
        "later",
        "and",
        "as",
        "well",
        "together",
        "along",
        "jointly",
        "alongside",
        "with",
    }
)


_BOTH_IN = re.compile(r"^,\s(?:both|all)\s(?:in|of|from)\s(?:the\s)?[A-Z][\w.\s]{2,40}(?=,)")
"""`Oslo and Bergen, both in Norway, Lima and Kyoto`."""


def _joins(gap: str) -> bool:
    """Whether what stands between two names only lists them, with titles and persons."""
    if len(gap) > 12 and gap.isupper():
        gap = gap.lower()  # in a line of capitals these say nothing
    if len(gap) > 70 or not re.match(
        r"(?:['’]s?)?\s?(?:,|;|/|&|–|—|-|\sand\b|\sas\swell\sas\b|and\b|\swith\sthe\smayor|"
        r",?\s(?:together|along|jointly)\swith\b|\salongside\b)",
        gap,
        re.IGNORECASE,
    ):
        return False
    words = _BOTH_IN.sub("", re.sub(r"\([^()]*\)", " ", gap))
    words = re.sub(r"^['’]s?", " ", words)
    if len(re.findall(r"\band\b|&|\bas well as\b", words)) > 1:
        return False
    for word in re.findall(r"[\w.’'-]+", words):
        if word[0].isupper() or not re.search("[a-z]", word) or word in _JOINING:
            continue
        if not _TITLE_WORDS.fullmatch(word):
            return False
    return not re.search(r";(?!\s(?:and\s)?$)", gap) and "." not in re.sub(
        r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|St)\.", "", gap
    )


_COMES_FROM = re.compile(
    r"\b(?:delegat\w+|team|mission|officials|representatives)\sfrom\s(?:the\s)?$"
)
_OF_KIND = re.compile(r"(?:city|town|port|province|state|municipality|village|district)\sof\s")


def _role(text: str, chain: list[Mention], start: int) -> Role:
    first = chain[0]
    if first.role is Role.PLACE and len(chain) == 1:
        return Role.PLACE
    ahead = text[max(start, first.reach[0] - 60) : first.reach[0]]
    if first.office:
        ahead = re.sub(
            r"(?:(?:the|its)\s)?(?:[A-Z][\w.’'-]*,?\s){1,7}(?:of\s)?(?:the\s)?$", "", ahead
        )
    if _OF_KIND.match(text, first.reach[0]):
        ahead = re.sub(r"\bthe\s(?:[\w.-]+\s){1,2}$", "the ", ahead)  # with the Ghanaian city of
    lead = _LEAD.search(ahead)
    word = lead["lead"].lower() if lead else ""
    if word in ("between", "among", "amongst"):
        return Role.BETWEEN
    if word == "with":
        return Role.WITH
    comes = first.role is not Role.PLACE and _COMES_FROM.search(ahead) is not None
    if word in ("in", "at", "from", "to", "via", "for", "after", "before") and not first.office:
        return Role.NONE if comes else Role.PLACE
    if chain[-1].role is Role.GENITIVE:
        return Role.GENITIVE
    return Role.NONE
