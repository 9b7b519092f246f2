"""What an English sentence says of a paper or a tie: signed, planned, lasting or ended."""

from __future__ import annotations

import re

from citypact.sources.extraction.english_verbs import (
    FUTURE,
    HAVE_LIGHT,
    LIGHT_STATE,
    NOT,
    VAGUE,
    Act,
)
from citypact.sources.extraction.forms import Cue
from citypact.sources.extraction.groups import Group, Tense
from citypact.sources.extraction.mentions import Role
from citypact.sources.extraction.model import Form
from citypact.sources.model import Span

Told = tuple[Tense, Span, bool, str]


def told_of(
    text: str, cue: Cue, acts: list[Act], sentence: Span, is_heading: bool, groups: list[Group]
) -> Told | None:
    """What is said of a cue: tense, the words that say it, whether earlier, and the rule."""
    start, _end = sentence
    if _NONE.search(text, max(start, cue.span[0] - 20), cue.span[0]):
        return None
    if cue.is_tie and AS_SISTER.search(text, max(start, cue.span[0] - 150), cue.span[0]):
        is_vote = _RESOLVED.search(text, max(start, cue.span[0] - 120), cue.span[0])
        return Tense.PLANNED if is_vote else Tense.DONE, cue.span, False, "english-act"
    if IS_NEW.fullmatch(text, start, cue.span[0]):
        return Tense.DONE, (start, cue.span[1]), False, "english-act"
    has_year = not cue.is_plain and _WITH_YEAR.search(
        text, max(start, cue.span[0] - 24), cue.span[0]
    )
    if has_year and _IN_PAPER.search(text, *cue.span):
        return Tense.STATE, (max(start, cue.span[0] - 8), cue.span[1]), True, "dated"
    if not cue.is_tie and cue.is_plain and _FOLLOWING.search(text, start, cue.span[0]):
        near = (g for g in groups if g.role is Role.BETWEEN and 0 < g.span[0] - cue.span[1] < 30)
        if any(len(group.mentions) > 1 for group in near):
            return Tense.STATE, cue.span, True, "between"
    if _AFTER_THOSE.search(text, cue.span[1], min(sentence[1], cue.span[1] + 60)):
        return Tense.STATE, cue.span, True, "after-those"
    if _is_anniversary(text, cue, start):
        return Tense.STATE, cue.span, True, "anniversary"
    if ceremony := _CEREMONY.match(text, cue.span[1]):
        before = text[max(start, cue.span[0] - 60) : cue.span[0]]
        if not (VAGUE.search(before) or NOT.search(before)):
            is_ahead = re.search(r"\bwill\b|\bto\sbe\b", before)
            is_ahead = is_ahead or _TO_COME.match(text, ceremony.end())
            tense = Tense.PLANNED if is_ahead else Tense.DONE
            return tense, (cue.span[0], ceremony.end()), False, "english-act"
    if _PAPER.search(text, *cue.span) and _FRONTED_PAPER.fullmatch(text, start, cue.span[0]):
        return Tense.DONE, (start, cue.span[1]), False, "english-act"
    if _JOINTLY.search(text, max(start, cue.span[0] - 50), cue.span[0]):
        return Tense.STATE, cue.span, True, "english-state"
    if match := _WHICH_SIGNED.match(text, cue.span[1]):
        return Tense.DONE, (cue.span[0], match.end()), False, "english-passive"
    ahead = [act for act in acts if act.span[1] <= cue.span[0] and cue.span[0] - act.span[1] < 110]
    if re.match(r"(?i)twinned|paired|twins?\swith", text[slice(*cue.span)]):
        before = text[max(start, cue.span[0] - 24) : cue.span[0]]
        if VAGUE.search(before) or NOT.search(before):
            return None
        if _NOT_THEIRS.search(text, max(start, cue.span[0] - 90), cue.span[0]):
            return None
        if _CHANCE_OF.search(text, max(start, cue.span[0] - 70), cue.span[0]):
            return None
        tense = Tense.PLANNED if FUTURE.search(before) else Tense.DONE
        state = bool(re.search(r"\b(?:is|are|been|already|has|have)\s(?:\w+ly\s|also\s)?$", before))
        state = (
            state
            or re.match(r"['’”\"]?\s(?:links?|town|cit|partner)", text[cue.span[1] :]) is not None
        )
        return tense, cue.span, state, "english-act"
    for act in reversed(ahead):
        gap = text[act.span[1] : cue.span[0]]
        if re.search(r";|:\s|\.\s", gap):
            break
        if act.sort == "idle":
            is_reference = _REFERS.fullmatch(text[slice(*act.span)])
            if len(gap) < 45 or (is_reference and len(gap) < 80):
                break
            continue
        before = text[max(start, act.span[0] - 34) : act.span[0]]
        if not _governs(text[slice(*act.span)].lower(), act.sort, gap, cue):
            continue
        if cue.is_tie and not _takes_tie(text[slice(*act.span)], gap, text[slice(*cue.span)]):
            continue
        is_epithet = cue.is_tie and _OWN_TIE.search(gap) and _NAMED.match(text, cue.span[1])
        if act.sort == "sign" and is_epithet and not _MAKES.match(text, act.span[0]):
            continue
        if act.span[0] == start and _ORDERS.match(text, start):
            return None
        return _told_by(text, act, cue, start, before, gap)
    behind = [
        act for act in acts
        if act.span[0] >= cue.span[1] and act.span[0] - cue.span[1] < 110
        and not (act.sort == "idle" and _FOR_DOING.fullmatch(text, cue.span[1], act.span[0]))
    ]  # fmt: skip
    is_topic = bool(ahead) and ahead[-1].sort == "idle" and cue.span[0] - ahead[-1].span[1] < 20
    is_topic = is_topic and not (
        _SIGNED_BY.match(text, cue.span[1]) or _DATED_BEHIND.match(text, cue.span[1])
    )
    told = None if is_topic else _told_behind(text, cue, behind, is_heading)
    if told is not None:
        return told
    return _told_without_verb(text, cue, ahead, sentence, is_heading, groups)


_FOLLOWING = re.compile(r"\b[Ff]ollowing\sthe\s$")
"""`following the memorandum between their provinces`: an earlier one."""
_AFTER_THOSE = re.compile(
    r"\b(?:after|following|besides|in\saddition\sto|alongside|like)\s(?:those|the\sones|that)\s(?:(?:signed|concluded)\s)?with\s"
)
"""`It is the fourth such pact, after those with Lima and Bonn`: these are there."""
_ORDERS = re.compile(
    r"(?:Formali[sz]e|Establish|Create|Form|Renew|Extend|Enter\sinto|Sign|Conclude)\s"
)
"""`Formalize the relationship with Lima`: what is to be done, as a council is told."""
_FRONTED_PAPER = re.compile(
    r"(?:Under|Through|With|By|Following|After)\s(?:the\ssigning\sof\s|signing\s)?(?:an?|another)\s"
    r"(?:(?!proposed|possible|potential|draft|planned)[\w-]+\s){0,4}"
)
"""`Under a memorandum, Oslo and Lima will exchange experts`: it is there."""
_JOINTLY = re.compile(r"\b(?:jointly|already|previously|earlier)[-\s]signed\s(?:[\w-]+\s){0,2}$")
"""`They will realise the jointly signed agreements`: those are there."""
_WHICH_SIGNED = re.compile(
    r"[^.;:,]{0,70},\swhich\s(?:was|were)\s(?:first\s)?(?:signed|concluded|inked)\b(?!\sby\sthe\stwo\scountries)"
)
"""`in line with the Protocol on trade, which was signed in 1996`: that verb is its own."""
_CHANCE_OF = re.compile(
    r"\b(?:possibility|prospect|idea|chance|hope)s?\sof\s[^.;,]{2,40}\sbeing\s$"
)
_FOR_DOING = re.compile(r"\s(?:for|on)\s(?:\w+ing\s(?:[\w-]+\s){0,3}and\s)?")
"""`A road map for expanding and deepening ties was signed`: what it is for."""
_ABOUT = re.compile(r"(?<!-)\b(?:on|about)\s(?:\w+\s)?$")
_SIGNS = re.compile(r"(?i)sign|singed|ink|penn|put|affix")
_IN_PAPER = re.compile(
    r"(?i)agreement|pact|memorand|mou|accord|charter|relation|\bties?$|links?|partnership|affiliat|"
    r"twinning|hood|treat|protocol|declaration|contract|document|status|bond|covenant|proclam|"
    r"compact|statement|arrangement|alliance|framework"
)
_LEADS_TO = re.compile(
    r"\b(?:as|become|becoming|be|for|of|make|making|establish\w*)\s(?:\w+\s){0,2}$"
)


def _takes_tie(verb: str, gap: str, cue: str) -> bool:
    """Whether a verb can have a tie as its object, and what is between doesn't make it a topic.

    Nobody signs twin cities, and a contest on sister cities is announced, not a tie.
    """
    if _ABOUT.search(gap):
        return False
    return bool(not _SIGNS.match(verb) or _IN_PAPER.search(cue) or _LEADS_TO.search(gap))


_OWN_TIE = re.compile(r"\b(?:its|their|our|his|her)\s(?:[a-z-]+\s)?$")
_NAMED = re.compile(r",?\s[A-Z]")
_MAKES = re.compile(r"(?i)bec|nam|made|mak|designat|declar|recogni|pair|twin|elevat|upgrad")
"""`They signed a book with guests from its twin city Lyon`: a bare epithet asserts no tie."""
_SIGNED_BY = re.compile(
    r"[”\"’']?,?\s(?:(?:they|it|(?:the|both)\s\w+)\s(?:have\s|has\s)?)?"
    r"(?:signed|inked|concluded|sealed)\s(?!by\sthe\s(?:two\s)?(?:countries|nations))"
)
"""`Under an agreement signed today`: the participle tells of it."""
_DATED_BEHIND = re.compile(
    r"[^.;:]{0,50},?\s(?:which\s(?:was|were)\s)?(?:first\s)?(?:established|formed|forged|signed|begun)\s(?:in|on)\s"
    r"[^.;]{0,16}(?:19|20)\d\d"
)
_REFERS = re.compile(r"(?i)under|through|following|whether|if|according|pursuant|based")
_BE = re.compile(r"(?:is|are|was|were|(?:has|have|had|['’]s)\sbeen)")
_WEAK = re.compile(
    "agree|announc|join|made|named|reach|recogni|approv|start|began|declar|launch|link|pair|set up|"
    "partner|team|complet|extend"
)


def _governs(verb: str, sort: str, gap: str, cue: Cue) -> bool:
    """Whether a verb ahead of a cue can speak of it, by what stands between."""
    if sort == "state":
        if _BE.fullmatch(verb):
            return cue.is_tie and LIGHT_STATE.fullmatch(gap) is not None
        if re.fullmatch("has|have|had|having|holds?|held|boasts?", verb):
            return HAVE_LIGHT.fullmatch(gap if gap.endswith(" ") else gap + " ") is not None
        return len(gap) < 60
    if sort == "end":
        return len(gap) < 50
    if _WEAK.match(verb) and len(gap) > 60:
        return False
    if verb.startswith("agree") and not verb.endswith((" to", " on", " upon")):
        return False
    if re.fullmatch("form|link", verb):
        return False
    return cue.is_tie or not re.match("bec|named|designated|recogni|declar|pair", verb)


def _told_by(text: str, act: Act, cue: Cue, start: int, before: str, gap: str) -> Told | None:
    """What a verb ahead of a cue says of it, in a sentence from `start`."""
    words = (act.span[0], cue.span[1])
    verb = text[slice(*act.span)].lower()
    if act.sort == "end":
        return Tense.ENDED, words, True, "english-act"
    if NOT.search(before) or re.match(r"\s(?:not|no|any)\b", gap):
        return None
    ahead = text[max(start, act.span[0] - 120) : act.span[0]]
    if _OF_THOSE.search(ahead):
        return None
    if cue.is_tie and _INVITES.search(ahead):
        return Tense.PLANNED, words, False, "english-act"
    if re.search(r"(?i)\binvit(?:ation|ing|ed|es|e)\b", ahead):
        return None
    if re.fullmatch("formation|establishment", verb) and _SUPPORTS.search(before):
        return None
    if verb.endswith("ing") and _FORWARD_TO.search(before):
        if act.sort == "sign" and _SLATED.search(text, act.span[1], act.span[1] + 160):
            return Tense.PLANNED, words, False, "english-act"
        return None
    if verb.endswith("ing") and act.sort == "sign" and before.endswith("in the process of "):
        return Tense.PLANNED, words, False, "english-act"
    if (one_of := _ONE_TO.search(before)) and act.sort in ("sign", "state"):
        is_older = one_of["be"] in ("was", "were") or act.sort == "state"
        return Tense.DONE, words, is_older, "english-act"
    if _NOT_THEIRS.search(ahead + text[act.span[0] : act.span[0]]):
        return None
    if VAGUE.search(before):
        if act.sort == "sign" and _ANNOUNCED.search(ahead):
            return Tense.PLANNED, words, False, "english-act"
        return None
    is_vague = _is_vague(text, cue)
    if verb.startswith("mark") and "milestone" in gap:
        return None
    if act.sort == "state" and re.match("celebrat|commemorat|mark", verb):
        if is_vague:
            return None
        return Tense.STATE, words, True, "english-state"  # they met to mark 40 years of ties
    if _HOPED.search(text, max(start, act.span[0] - 110), act.span[0]):
        return None
    if not verb.endswith(("ed", "s")) and _ASKED.search(
        text, max(start, act.span[0] - 150), act.span[0]
    ):
        return None
    if _DESIRED.search(text, max(start, act.span[0] - 110), act.span[0]):
        return None
    have_met = _MET_TO.search(text, max(start, act.span[0] - 130), act.span[0])
    if have_met and act.sort == "sign":
        return Tense.DONE, words, False, "english-act"
    if _AGREED_TO.search(before) and _AT_SIGNING.match(text, cue.span[1]):
        return Tense.DONE, words, False, "english-act"
    if act.sort == "state" and _FROM_NOW.match(text, cue.span[1]):
        return Tense.DONE, words, False, "english-act"
    if is_vague and re.match("renew|reaffirm|extend", verb):
        return None
    if re.match("approv|authori|endors|agree", verb) or FUTURE.search(before):
        return Tense.PLANNED, words, False, "english-act"
    is_counted = _COUNT.search(gap) is not None and text.startswith("s with", cue.span[1] - 1)
    if is_vague and act.sort == "state" and is_counted:
        return Tense.STATE, words, True, "english-state"  # has three partnerships with A, B and C
    if is_vague and act.sort == "state":
        return None  # they have a partnership: no paper is told
    if act.sort == "state":
        return Tense.STATE, words, True, "english-state"
    if re.match("renew|reaffirm|extend", verb) and not _PAPER.search(text, *cue.span):
        return Tense.STATE, words, True, "english-state"
    if verb == "signing" and re.search(r"(?:following|with|by|through|upon)\sthe\s$", before):
        return Tense.DONE, words, False, "signing"
    if verb.endswith("ing") and _HOPED_FOR.search(text, max(start, act.span[0] - 90), act.span[0]):
        return None
    if _REPORTED.search(text, max(start, act.span[0] - 110), act.span[0]):
        return Tense.DONE, words, False, "english-act"
    past = re.search(
        r"\b(?:had|(?<!during\s)which|one\sof\s[^.;,]{4,50}\sthat|already|previously|first|originally)\s(?:\w+\s)?$",
        before,
    )
    return Tense.DONE, words, bool(past), "english-act"


_NOT_THEIRS = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s(?:up)?on|urg(?:e[sd]?|ing)|encourag(?:e[sd]?|ing)|help(?:s|ed|ing)?|enabl(?:e[sd]?|ing)|"
    r"possibilit\w+|opportunit\w+|chance|allow(?:s|ed|ing)?|assist(?:s|ed|ing)?|ask(?:s|ed|ing)?|reject(?:s|ed|ing)?|oppos(?:e[sd]?|ing)|against|"
    r"would\slike|want(?:s|ed)?)\b[^.;:]{0,70}\bto\s(?:\w+ly\s|be(?:come)?\s){0,2}$|"
    r"\b(?:negotiations|talks|discussions|efforts|steps|hope[sd]?)\b[^.;:,]{0,50}\bto\s(?:\w+ly\s|be(?:come)?\s){0,2}$"
)
"""`It called on Oslo and Lima to sign an agreement`: they needn't have."""
_COUNT = re.compile(r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several)\b")
_SUPPORTS = re.compile(
    r"(?i)\b(?:support\w*|promot\w+|encourag\w+|assist\w*|consider\w*|discuss\w*|"
    r"propos\w+|towards?)\s(?:in\s)?(?:the\s)?$"
)
"""`A group formed to support the formation of the relationship`."""
_HOPED_FOR = re.compile(
    r"\b(?:look\w*\sforward\sto|prelude\sto|hop\w+\s(?:of|for|to)|possibilit\w+\sof|prospects?\sof|"
    r"interest\w*\sin|talks\s(?:on|about)|discuss\w*|explor\w*|towards?)\b[^.;:]{0,70}$"
)
"""`They look forward to closer ties, even becoming sister cities`: nothing is signed."""
_REPORTED = re.compile(
    r"\b(?:said|announced|reported|confirmed|stated)\b[^.;]{0,60}\bthat\s[^.;]{0,40}\bhad\s$"
)
"""`It said on Monday that it had signed`: news, not the past."""
_ASKED = re.compile(
    r"\b(?:suggest|propos|recommend|request|ask|urg|hop|wish)\w*\b[^.;]{0,60}\bthat\s[^.;,]{2,70}$|"
    r"\b(?:suggested|proposed|recommended)\s(?:the\s(?:two|sides|parties|cities)|both|they)\b[^.;]{2,140}$"
)
"""`He suggested that A and B become sister cities`."""
_HOPED = re.compile(r"\b(?:hop|wish|dream)\w*\s(?:that\s)[^.;]{2,90}\b(?:will|would|can|may)\s$")
_DESIRED = re.compile(
    r"\b(?:desires?|wish|willingness|hopes?)\s(?:of\s[^.;]{2,70}\s)?to\s(?:\w+ly\s)?$"
)
"""`The desire of the city to enter into an agreement`."""
_MET_TO = re.compile(
    r"\b(?:met|gathered|convened|welcomed|travell?ed|joined\stogether|came\stogether)\b[^.;]{0,110}\bto\s$"
)
_FORWARD_TO = re.compile(r"\blook\w*\sforward\sto\s$")
_SLATED = re.compile(
    r"(?:slated|scheduled|set|planned|expected|due)\sfor\b|\b(?:next|later\sthis|in)\s(?:week|month|year|[A-Z])"
)
"""`The city looks forward to signing a pact with Lima in May`: it will."""
_ONE_TO = re.compile(
    r"\b(?P<be>is|are|was|were|became|becomes)\s(?:also\s)?the\s(?:very\s)?(?:first|second|third|fourth|fifth|latest|only|"
    r"oldest|last|\w+th)\s(?:\w+\s){1,3}to\s$"
)
"""`Lima was the first city to sign a pact with Oslo`: it signed."""
_AGREED_TO = re.compile(r"\bagreed\sto\s(?:\w+ly\s)?$")
_AT_SIGNING = re.compile(
    r"[^.;]{0,60}\b(?:at|in|during)\s(?:an?|the|their)\s(?:[\w-]+\s){0,3}(?:signing\s)?ceremony\b"
)
"""`They agreed to become sister cities at a signing ceremony on Monday`: they became it."""
_FROM_NOW = re.compile(r"[”\"’']?\s(?:from\snow\son|as\sof\stoday|from\stoday|henceforth)\b")
"""`Oslo and Lima are twin cities from now on`: it begins."""
_ANNOUNCED = re.compile(
    r"\b(?:said|announced|confirmed|added|says|disclosed|revealed|stated|noted|reported|indicated)\b[^.;]{2,80}\bwould\s$"
)
_PAPER = re.compile(r"(?i)agreement|pact|memorand|mou|contract|accord|charter")


def _is_vague(text: str, cue: Cue) -> bool:
    """Whether a cue names working together and no paper: `the partnership with Lima`."""
    return cue.form is Form.BUSINESS_AGREEMENT and not _PAPER.search(text, *cue.span)


_WOULD_BE = re.compile(
    r"(?:\s\([^()]*\))?\swould\s(?:\w+\s)?be\s(?:\w+ly\s)?(?:signed|concluded|inked)\b"
)
_ANNOUNCED_THAT = re.compile(
    r"\b(?:said|announced|confirmed|added|disclosed|revealed|stated|reported)\sthat\s(?:an?|the|another)\s(?:[\w-]+\s){0,3}$"
)
"""`She revealed that a memorandum would soon be signed`."""
_PASSIVE = re.compile(
    r"(?P<aux>\b(?:was|were|is|are|been|being|be)\s"
    r"(?:\w+ly\s|hereby\s|first\s|also\s|already\s|since\s|later\s|then\s|now\s)?|"
    r",\s(?:first\s|originally\s|which\s|and\s)?|\bwhich\s(?:was\s)?|\s\(|^\s)$"
)
IS_THAT = re.compile(
    r"\s(?:that|which)\s(?!was|were|is|are|had\sbeen|has\sbeen)|"
    r"(?:\s(?:(?:the|of|and)\s)*[A-Z][\w’'-]*\w)+\s(?:(?:has|have|had)\s)?(?:first\s)?(?:signed|concluded|made|reached|entered)\b"
)
"""`the pact that Oslo signed`, `the pact Oslo signed with Lima`."""


def _told_behind(text: str, cue: Cue, behind: list[Act], is_heading: bool) -> Told | None:
    """What a verb behind a cue says: `the agreement was signed`, `ties, established in 1990`."""
    if (match := _WOULD_BE.match(text, cue.span[1])) and _ANNOUNCED_THAT.search(
        text, max(0, cue.span[0] - 60), cue.span[0]
    ):
        return Tense.PLANNED, (cue.span[0], match.end()), False, "english-passive"
    if match := _EXISTS.match(text, cue.span[1]):
        return Tense.STATE, (cue.span[0], match.end()), True, "english-state"
    for act in behind[:2]:
        gap = text[cue.span[1] : act.span[0]]
        verb = text[slice(*act.span)].lower()
        if re.search(r"[;:]|\.\s", gap) or act.sort == "idle" or gap.count("(") > gap.count(")"):
            return None
        words = (cue.span[0], act.span[1])
        if _IN_BRACKET.match(text, cue.span[1]):
            break
        if act.sort == "state":
            if re.match("dat|go", verb) and not _BACK_TO.match(text, act.span[1]):
                return None
            if re.match("dat|go", verb):
                return Tense.STATE, words, True, "english-state"
            continue
        if VAGUE.search(gap) or NOT.search(gap):
            return None
        if re.match(r"began|start", verb) and len(gap) < 60:
            return Tense.DONE, words, False, "english-passive"
        if (
            IS_THAT.match(text, cue.span[1])
            and re.search(r"ed$|struck|made", verb)
            and act.sort == "sign"
        ):
            return Tense.DONE, words, bool(re.search(r"\bhad\b", gap)), "english-that"
        passive = _PASSIVE.search(gap)
        if passive is None or not re.search(r"ed$|struck|made|begun|frozen|wound", verb):
            continue
        if gap == " " and not is_heading and _is_vague(text, cue):
            return None  # the collaboration forged with Lima is useful
        if re.match("approv|announc|recogni|made|named|agree|join|extend|declar", verb):
            return None
        if act.sort == "end":
            return Tense.ENDED, words, True, "english-passive"
        if FUTURE.search(re.sub(r"\bbe\s(?:\w+ly\s)?$", "", gap)):
            return Tense.PLANNED, words, False, "english-passive"
        had = bool(re.search(r"\bhad\b", gap))
        return Tense.DONE, words, had, "english-passive"
    if match := _IN_BRACKET.match(text, cue.span[1]):
        return Tense.STATE, (cue.span[0], match.end()), True, "dated"
    return None


_BACK_TO = re.compile(
    r"[^.;]{0,60}?(?:\b(?:1[6-9]|20)\d\d|\byears?|decades?|centur\w+|World\sWar)\b"
)
"""`The tie goes back to 1980`; not `to a visit of the mayor`."""
_NONE = re.compile(r"\b(?:[Nn]o|[Nn]either|[Ww]ithout\san?)\s(?:\w+\s)?$")
_EXISTS = re.compile(
    r"\s(?:has|have|had)\s(?:already\s)?(?:existed|been\sin\s(?:place|force|effect))\s(?:since|for)\b|"
    r"\s(?:is|are)\salready\sin\splace\b|\s(?:also\s|already\s)?exists?\s(?:also\s)?(?:with|between)\b"
)
_IN_BRACKET = re.compile(
    r"(?:\s(?:on|of|for)(?:\s[A-Za-z-]+){1,7})?\s\((?:19|20)\d\d\)|"
    r"[”\"’']?\s(?:from|dated)\s(?:[A-Z][a-z]+\s)?(?:\d{1,2},\s)?(?:19|20)\d\d\b"
)
"""`The friendship agreement (2015)`, `follows the memorandum from December 2015`."""
_CEREMONY = re.compile(r"[”\"’']?\s(?:[Ss]igning\s[Cc]eremony|[Cc]eremony|[Ss]igning)\b")
IS_NEW = re.compile(r"(?:This|It)\sis\s(?:an?|the)\snew\s")
"""`This is a new twinning agreement to bring together the communities of A and B`."""
_WITH_YEAR = re.compile(r"(?:^|\b)(?:[Aa]|[Tt]he|[Ii]ts|[Tt]heir)\s(?:19|20)\d\d\s$")
"""`A 2021 sister city agreement with Lima led to …`"""
_TO_COME = re.compile(
    r"\s(?:[a-z]+\s){0,3}(?:will|is\sto|are\sto|is\s(?:planned|scheduled|expected))\b"
)
"""`A signing ceremony will be held soon`."""
AS_SISTER = re.compile(
    r"\b(?:welcom|nam|designat|declar|recogni[sz]|adopt|add|sign)\w+\s.{2,120}\sas\s(?:its|a|the|their|our)\s"
    r"(?:\w+\s){0,2}$|\bmak(?:e|es|ing)\s[A-Z].{3,70}\s$"
)
_ANNIVERSARY = re.compile(
    r"\b[Aa]nniversary\s(?:of|as|since)\s(?:(?:the|their|its|a|our|two|both|cities['’]|conclusion|"
    r"signing|establishment|of|formal|[A-Z][\w-]*(?:['’]s)?|and|[–-])\s){0,8}$|\byears?\s(?:as|of)\s$"
)
_SINCE_YEAR = re.compile(
    r"[”\"’']?(?:\s(?:of|to|with)\s[^.;]{2,40})?,?\s\(?since\s(?:\w+\s)?(?:19|20)\d\d"
)


_FOR_YEARS = re.compile(
    r"\s(?:of|to)\s[A-Z][^.;,]{2,40}\sfor\s(?:(?:over|more|than|the|past|nearly|almost|about)\s){0,3}"
    r"\d+\syears"
)
"""`a sister city of Lima for over 26 years`."""


def _is_anniversary(text: str, cue: Cue, start: int) -> bool:
    """Whether an anniversary tells of a tie: `the 30th anniversary of the twinning agreement`."""
    if _is_vague(text, cue):
        return False
    behind = re.match(
        r"(?!\s(?:on|at|to|for|as|in|during|upon)\b)[^.,]{0,20}\b[Aa]nniversary\b",
        text[cue.span[1] : cue.span[1] + 40],
    )
    return bool(behind or _ANNIVERSARY.search(text, max(start, cue.span[0] - 80), cue.span[0]))


_OF_THOSE = re.compile(
    r"\bone\sof\s(?:[\w-]+\s){0,4}(?:cities|towns|communities|municipalities|places)\s(?:to\s)?$"
)
"""`Lima is one of twelve cities to have a sister city`: with whom is not said."""
_INVITES = re.compile(r"(?i)\bextend(?:s|ed|ing)?\s(?:an\s|its\s)?invitation\sto\s(?!\w+ing\b)")
"""`Extending an invitation to the city of Lima to become a sister city`."""
_IS_THERE = re.compile(
    r"\s(?:is|has\sbeen|was|remains|continues|serves|dates|goes|has\s\w+(?:ed|en|wn|un|ught|lt))\b"
    r"(?!\s(?:\w+ly\s)?(?:signed|sealed|established|concluded|inked|made|renewed|formed|forged))"
)
"""`The sister agreement between A and B is an example`: it is there."""
_LASTS = re.compile(r"(?i)(?:relationship|relations|ties?|links?|cities)$")
"""`Take the sister city relationship between A and B`: one that is there."""
_PRESUPPOSES = re.compile(
    r"(?i)honou?r|strengthen|deepen|foster|promot|enhanc|expand|support|welcom|underlin|celebrat|"
    r"build|through|within|under|as\spart|thanks|following|because"
)
"""`It honours the sister city relationship between A and B`: that is there."""
_OLD_TIE = re.compile(
    r"\b(?:the|their|this)\s(?:\d+-year|long-?\w*|existing|historic|old|strong)\s$"
)
_GOES_ON = re.compile(r"\s(?:to|grow\w*|continu\w+|deepen\w*)\b")
"""`Partnership between A and B to reach a new level`: none is made."""
_RESOLVED = re.compile(
    r"(?i)\b(?:resolution|motion|ordinance|proposal)\sto\s(?:\w+\s)?mak(?:e|ing)\b"
)
"""`A resolution to make Lima a sister city was adopted`: a vote, and no signing."""
_COMES_OF = re.compile(
    r"\b(?:outcome|result|product|fruit|part|example|extension|culmination)\sof\s(?:[\w-]+\s){0,4}$"
)
"""`The pact is an outcome of the collaboration between A, B and C`: only the pact is told."""
_WITH_NAMED = re.compile(r"\swith\s(?:(?:cities|towns|places)\s(?:like|such\sas)\s|the\s)?[A-Z]")
"""`Monuments stand for its sister-city ties with Lima`: those are there."""
_LEADS_THERE = re.compile(
    r"\b(?:usher\w*\sin|lead(?:s|ing)?\sto|pav(?:es?|ed|ing)\sthe\sway\s(?:for|to)|steps?\stowards?|prelude\sto)\s"
    r"(?:\w+\s){0,2}$"
)
"""`It is expected to usher in a sisterhood between A and B`: none is there yet."""
_DRAFT = re.compile(
    r"(?i)\b(?:draft|attached|proposed|possible|potential|prospective|suggested|planned)\s(?:\w+\s)?$"
)


def _told_without_verb(
    text: str, cue: Cue, ahead: list[Act], sentence: Span, is_heading: bool, groups: list[Group]
) -> Told | None:
    """What a cue asserts with its parties alone: a title, a headline, an anniversary."""
    if cue.is_tie and (
        _SINCE_YEAR.match(text, cue.span[1], sentence[1])
        or _FOR_YEARS.match(text, cue.span[1], sentence[1])
    ):
        return Tense.STATE, cue.span, True, "since"
    if _DRAFT.search(text, max(sentence[0], cue.span[0] - 40), cue.span[0]):
        return None
    if (
        cue.is_tie
        and cue.form is not Form.OTHER
        and _OWN_TIE.search(text, max(sentence[0], cue.span[0] - 24), cue.span[0])
        and _WITH_NAMED.match(text, cue.span[1])
    ):
        return Tense.STATE, cue.span, True, "its-tie"
    if _LEADS_THERE.search(text, max(sentence[0], cue.span[0] - 50), cue.span[0]):
        return None
    is_idle = bool(ahead) and ahead[-1].sort == "idle"
    if is_idle and not _PRESUPPOSES.match(text, ahead[-1].span[0]):
        return None
    for group in groups:
        near = 0 <= group.span[0] - cue.span[1] < 60
        if group.role is Role.BETWEEN and near and len(group.mentions) > 1:
            if _is_vague(text, cue) and (
                _GOES_ON.match(text, group.span[1])
                or _COMES_OF.search(text, sentence[0], cue.span[0])
            ):
                return None
            words = (cue.span[0], group.span[1])
            is_known = not is_heading and text.endswith("the ", 0, cue.span[0])
            is_known = is_known or _OLD_TIE.search(text, sentence[0], cue.span[0]) is not None
            is_tie = cue.is_tie and cue.form is not Form.OTHER
            is_the = text.endswith(("the ", "The "), 0, cue.span[0]) and not is_heading
            if is_tie and is_the and _IS_THERE.match(text, group.span[1]):
                return Tense.STATE, words, True, "between"
            if cue.is_tie and is_known and _LASTS.search(text, *cue.span):
                return Tense.STATE, words, True, "between"
            if is_idle:
                return None
            return Tense.DONE, words, False, "between"
    is_epithet = cue.is_tie and _NAMED.match(text, cue.span[1]) and not _IN_PAPER.search(
        text, *cue.span
    )  # fmt: skip
    if is_epithet:
        return None  # Delegation from Sister City Lima
    if is_idle:
        return None
    if is_heading and not ahead and not cue.is_plain and sum(len(g.mentions) for g in groups) > 1:
        return Tense.DONE, cue.span, False, "headline"
    return None
