"""Who agrees what with whom in an English sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.extraction.forms import Cue, cues_in
from citypact.sources.extraction.groups import (
    Event,
    Group,
    Scene,
    Tense,
    distinct,
    is_earlier,
    pairs_of,
    years_in,
)
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import Form
from citypact.sources.model import Span


@dataclass(frozen=True, slots=True)
class _Act:
    """A verb that may govern a paper. sort: `sign`, `state`, `end`; `idle` asserts none."""

    span: Span
    sort: str


_SORTS = {
    "sign": (
        r"(?:co-?|re-?)?sign(?:ed|s|ing)?(?!\s(?:post|language|up\b|(?:the|a)\s(?:guest|golden|visitors)))|singed|ink(?:ed|s|ing)?|"
        r"penn(?:ed|ing)|conclud(?:ed|es?|ing)|"
        r"enter(?:ed|s|ing)?(?:\s(?:officially|formally))?\sinto|formali[sz](?:ed|es?|ing)|"
        r"establish(?:ed|es|ing|ment)?|forg(?:ed?|es|ing)|"
        r"form(?:ed|s|ing|ation)|seal(?:ed|s|ing)?|struck|strikes?|execut(?:ed|es|ing)|"
        r"renew(?:ed|s|ing|al)?|cement(?:ed|s|ing)?|"
        r"exchang(?:ed|es|ing)(?=\s(?:an?\s|the\s)?(?:letters?|memorand|MO|signed|notes|documents))|"
        r"put(?:s|ting)?\spen\sto\spaper|(?:put(?:s|ting)?|affix(?:ed|es|ing)|add(?:ed|ing))\s(?:\w+\s){1,2}(?:signatures?|names?)\s(?:to|on|under)|"
        r"clinch(?:ed|es|ing)|authori[sz](?:ed|es|ing)|endors(?:ed|es|ing)|finali[sz](?:ed|es?|ing)|adopt(?:ed|s|ing)?|bec(?:ame|ome|omes|oming)|launch(?:ed|es|"
        r"ing)?|reach(?:ed|es)?|creat(?:ed|es|ing)|"
        r"set\sup|elevat(?:ed?|es|ing)|upgrad(?:ed?|es|ing)|pair(?:ed|ing)|link(?:ed|ing)|"
        r"initiat(?:ed|es|ing)|"
        r"entered|joined|join|agree[ds]?(?:\s(?:to|on|upon))?|announc(?:ed?|es|ing)|unveil(?:ed|"
        r"s)|reaffirm(?:ed|s|ing)?|"
        r"extend(?:ed|s|ing)?|ratif(?:ied|ies|ying)|complet(?:ed|es)|declar(?:ed|es)|"
        r"proclaim(?:ed|s)|officiali[sz]ed|"
        r"named|designated|recogni[sz]ed|made|partner(?:ed|s|ing)?|team(?:ed|s|ing)?\sup|"
        r"twinn(?:ed|ing)|approv(?:ed|es|ing|al)|began|start(?:ed|s)?|inaugurat(?:ed|es)"
    ),
    "state": (
        r"(?:has|have|had|'s|’s)\sbeen|(?:is|are|was|were)|(?:has|have|had|having)|"
        r"(?:maintain|sustain)(?:ed|s|ing)?|shares?|shared|enjoy(?:ed|s)?|"
        r"dat(?:es?|ed|ing)\s(?:back|from)|go(?:es)?\sback|celebrat(?:ed?|es|ing)|"
        r"commemorat(?:ed?|es|ing)|mark(?:ed|s|ing)?|holds?|boasts?"
    ),
    "end": (
        r"lost|lose|end(?:ed|s|ing)?|terminat(?:ed?|es|ing|ion)|cut(?:s|ting)?|sever(?:ed|s|ing)|"
        r"suspend(?:ed|s|ing)?|withdr[ae]w(?:s|n|al)?|"
        r"cancel(?:s|led|ed|ling)?|dissolv(?:ed?|es)|revok(?:ed?|es|ing)|scrap(?:s|ped)|"
        r"rescind(?:ed|s)?|fr[eo]ez(?:es|ing|e)|froze|frozen|discontinu(?:ed?|es|ing)|annul(?:s|led|ling)?|"
        r"paus(?:ed?|es|ing)|wound\sup|broke\soff|breaks?\soff|drop(?:s|ped)"
    ),
    "idle": (
        r"propos(?:ed?|es|ing|al)|discuss(?:ed|es|ing|ions?)?|explor(?:ed?|es|ing|atory)|"
        r"consider(?:ed|s|ing)?|seek(?:s|ing)?|sought|hop(?:ed?|es|ing)|"
        r"invit(?:ed?|es|ing)|request(?:ed|s|ing)?|urg(?:ed?|es|ing)|suggest(?:ed|s|ing)?|"
        r"pursu(?:ed?|es|ing)|wish(?:ed|es)?|wants?|wanted|would|could|"
        r"might|interest(?:ed)?|negotiat(?:ed?|es|ing|ions?)|working|work(?:ed|s)?|look(?:ed|s|"
        r"ing)?|encourag(?:ed?|es|ing)|promot(?:ed?|es|ing)|"
        r"strengthen(?:ed|s|ing)?|deepen(?:ed|s|ing)?|foster(?:ed|s|ing)?|[Uu]nder|[Tt]hrough|"
        r"within|[Ff]ollowing|implement(?:ed|s|ing|ation)?|honou?r(?:ed|s|ing)?|"
        r"visit(?:ed|s|ing)?|host(?:ed|s|ing)?|welcom(?:ed?|es|ing)|underlin(?:ed|es)|"
        r"support(?:ed|s|ing)?|expand(?:ed|s|ing)?|enhanc(?:ed?|es|ing)|"
        r"build(?:ing)?|buil[td]|according|pursuant|[Bb]ased|thank(?:ed|s)?|said|says|call(?:ed|"
        r"s|ing)?|plan(?:ned|ning)\sof|[Uu]sing|about|regarding|"
        r"whether|if|[Tt]hanks|[Aa]s\spart|[Bb]ecause|provid(?:ed|es|ing)|accept(?:ed|s|ing)|"
        r"receiv(?:ed?|es|ing)|attend(?:ed|s|ing)?|brings?|brought|send|sent"
    ),
}  # fmt: skip
_ACT = re.compile(
    "|".join(rf"(?P<{sort}>\b(?:{words})\b)" for sort, words in _SORTS.items()), re.IGNORECASE
)
_FUTURE = re.compile(
    r"(?:\bwill|\bto|\bplans?|\bplanned|\bset|\bexpect\w*|\bscheduled|\bintend\w*|\bshall|"
    r"\bgoing\sto|\bready\sto|\bdue\sto|\bprepar\w+)"
    r"(?:\s(?:also|be|soon|formally|officially|jointly|then|have|on|to|further|now))*\s$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:\bwould|\bcould|\bmay|\bmight|\bcan|\bshould|\bhop\w+(?:\sto)?|\bwish\w*\sto|"
    r"\bwant\w*\sto|\binterest\w*\sin|\bseek\w*\sto|\bpropos\w+\sto|"
    r"\bdiscuss\w*|\bif|\bconsider\w*|\bpossib\w+|\babout|\btowards?|\bwithout|\binvit\w+\sto|"
    r"\bwhether\sto|\bpossibility\sof|\bneed\sto|\blike\sto|"
    r"\bdraft|\bway\sto|\baim\w*\s(?:at|to)|\bbefore|"
    r"\burg\w+\s[^,]*to|\bask\w*\sto|\befforts?\sto|\bopportunit\w+\sto)"
    r"(?:\s(?:be|also|formally|officially|ever))*\s$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|never|no|n[o']t\syet|refus\w+\sto|fail\w*\sto|declin\w+\sto|didn['’]t|"
    r"yet\sto)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_LIGHT_STATE = re.compile(
    r"[\s\"“”‘’']*(?:(?:a|an|the|also|now|currently|both|official|officially|formal|"
    r"formally|long-?time|long-?standing|first|only|oldest|"
    r"proud|its|their|active|established|existing|strong|one\sof|\d+|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|"
    r"already|in\sa|signed|each\sother['’]s|of|[A-Z][\w]+['’]s|more\sthan|over|several|many|"
    r"been|international|such)[\s\"“”‘’']+)*"
)
_HAVE_LIGHT = re.compile(
    r"\s(?:(?:a|an|the|also|now|currently|had|signed|already|established|entered|into|"
    r"long-?time|long-?standing|official|formal|active|existing|strong|"
    r"sister|such|similar|several|\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve)\s)*"
)
_SINCE = re.compile(
    r"\bsince\b|\bso\sfar\b|\banniversary\b|\balready\b|\bpreviously\b|\bearlier\b(?!\s(?:in\sthe\sday|today|this|on))|\boriginally\b|"
    r"\bfirst\ssigned\b|\bago\b|\blast\syear\b|\bhad\s(?:been|signed|already)\b|"
    r"\bexisting\b|\blong-?standing\b|\bthat\syear\b|\bhistor\w+\b|\bformer\b|\bdat(?:es?|"
    r"ing)\sback\b|\bgo(?:es)?\sback\b|\bbeg[au]n\s(?:in|with)\b|\bprior\b|\bthe\sprevious\b",
    re.IGNORECASE,
)
_TITLE_WORDS = re.compile(
    r"(?:his|her|their|counterpart|Mayors?|Vice|Deputy|Lord|Acting|Governors?|President|Chairman|Chair|Director|General|"
    r"Secretary|CEO|Dr|Mr|Ms|Mrs|Sir|the|of|its|The|His|Her|"
    r"Minister|Councillor|Premier|cities|city|City|cit|ies|both|representing|governments?|"
    r"respectively|including|namely|neighbou?ring|capital|capitals)"
)
_LEADS = (
    "between|with|by|of|in|at|from|to|for|among|amongst|including|include|includes|namely|are|"
    "were|is|joins?|joining|and|via|after|before|under|through"
)
_LEAD = re.compile(
    rf"\b(?P<lead>{_LEADS})(?:,\s(?:among|amongst)\sothers,|\sthe\slikes\sof)?\s?:?\s?(?:(?:the|both|its|our|cities\sof|[Cc]ity\sof|"
    rf"[Tt]he\scities\sof|fellow|neighbou?ring|counterparts?|counterpart\sfrom|mayors\sof|"
    rf"the\smayors\sof|governments\sof|sister\scity|sister\scities|sister\scities,|"
    r"[A-Z]\w+(?:ian|ish|ese|ean|an|nch|tch|ek|ss)|[a-z]+\scity\sof|the\s[A-Z]\w+\scity\sof|"
    r"governor\sof|people\sof|partner|partners|[a-z]+['’]s|South|Korea|Korea['’]s|Japan['’]s|"
    r"China['’]s|Japanese|Korean|Chinese|German|Taiwanese|American|Vietnamese|French|"
    r"the\s\w+\scity\sof|the\s\w+\s\w+\scity\sof)\s)*(?:[\"“”‘’'(]\s?)?$",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\b(?:[Tt]he|[Tt]hese|[Tt]heir)\s(?:two|three|four|respective)\b|\b[Bb]oth\s(?:cities|"
    r"parties|sides|mayors|governments|towns|leaders)\b|"
    r"\b[Tt]he\s(?:cities|mayors|parties|sides|governors|partners|pair|two|partnership)\b|"
    r"\b[Tt]hey\b"
)


def english_events(scene: Scene, place: int) -> list[Event]:
    """The events of an English sentence, in its order."""
    context = scene.context
    sentence = context.sentences[place]
    text = context.form.text
    start, end = sentence.span
    is_heading = context.form.blocks[sentence.block].kind is BlockKind.HEADING
    cues = cues_in(text, sentence.span, "en")
    if not cues:
        return _began(scene, place)
    groups = english_groups(text, scene.mentions[place], start)
    if signed := _signatories(scene, place, cues[0], groups):
        return [signed]
    acts = [
        _Act(match.span(), match.lastgroup or "idle") for match in _ACT.finditer(text, start, end)
    ]
    events: list[Event] = []
    for index, cue in enumerate(cues):
        following = cues[index + 1].span[0] if index + 1 < len(cues) else end
        if listed := _listed(scene, place, cue, groups):
            events += listed
            continue
        between = text[cues[index - 1].span[1] : cue.span[0]] if index else ""
        is_older = _OF_OLDER.match(between) is not None
        if _HABIT.match(text, cue.span[0]) or (
            cue.is_plain and _AMONG_THEM.search(text[cue.span[1] : following])
        ):
            continue
        if is_older and not years_in(between):
            continue  # a declaration reaffirming the ties: the declaration is told
        if _is_left_behind(text, cue, following, start):
            continue
        told = _told(text, cue, acts, sentence.span, is_heading, groups)
        if is_older:
            told = Tense.STATE, cue.span, True, "english-state"
        if told is None and _is_one_of_several(text, cue, acts, start, groups):
            told = Tense.DONE, cue.span, False, "english-act"
        if told is None and scene.is_paper:
            told = _recalled(text, cue, start)
        if told is None:
            continue
        tense, words, past, rule = told
        if cue.is_tie and cue.is_plain and cue.form is Form.OTHER:
            named = _NAMED_TIE.search(text)
            if named is None or not (
                past or tense is Tense.STATE or "began" in text[slice(*words)]
            ):
                continue
            cue = replace(cue, form=Form.SISTER_CITY, is_plain=False)
            past = True
        clause = _clause(text, cues, index, words, sentence.span)
        names_older = _OF_OLDER.match(text[cue.span[1] : following]) is not None
        if names_older:
            clause = text[max(start, words[0] - 60) : cue.span[1]]
        is_renewal = _RENEWS.match(text, words[0]) and tense is Tense.DONE
        if not is_renewal:
            past = past or bool(_SINCE.search(clause)) or is_earlier(scene, clause)
        undated = not scene.year and not scene.is_paper
        if undated and (place > 2 or scene.pair) and _IN_YEAR.search(clause):
            past = True
        if not is_renewal and _in_other_month(scene, clause):
            past = True
        if (
            scene.pair
            and place > 2
            and not scene.is_paper
            and _PERFECT.search(text, max(start, words[0] - 12), words[1])
        ):
            past = True
        if tense is Tense.PLANNED and is_earlier(scene, clause):
            tense = Tense.DONE  # they decided to sign in 1999
        past = past and tense is not Tense.PLANNED
        limit = _end_of_clause(cue, following, acts, end)
        if names_older:
            limit = min(end, following + 110)
        for side in _parties(_Clause(scene, place, groups, cue, words, limit)):
            confidence = 0.85 if rule in ("english-act", "signing") else 0.65
            years = years_in(clause)
            event = Event(place, cue, tense, side, words, rule, past, years, is_heading, confidence)
            events.append(event)
    return events


_OF_OLDER = re.compile(
    r"\s(?:(?:re)?(?:affirm|confirm|new)|extend|prolong|amend|supplement|updat|replac|supersed)ing\b"
)
"""What stands between a new paper and an older one: `a protocol extending the 2004 agreement`."""
_AMONG_THEM = re.compile(r"\b(?:among\s(?:them|which|these)|including|namely)\b")
_OF_TWO_SIDES = re.compile(r"\sbetween\s(?:the\s)?(?:two|both|our)\b")


def _is_one_of_several(
    text: str, cue: Cue, acts: list[_Act], start: int, groups: list[Group]
) -> bool:
    """`Five papers were signed, among them an MOU between A and B`: the MOU too was signed."""
    among = _AMONG_THEM.search(text, start, cue.span[0])
    if among is None or not any(a.sort == "sign" and a.span[1] <= among.start() for a in acts):
        return False
    named = any(
        g.role is Role.BETWEEN and 0 <= g.span[0] - cue.span[1] < 30 and len(g.mentions) > 1
        for g in groups
    )
    return named or _OF_TWO_SIDES.match(text, cue.span[1]) is not None


_HABIT = re.compile(r"(?i)(?:such|these)\s\w+s\b(?!\s(?:exist\w*\s|signed\s)?(?:with|between)\b)")
"""`The city signs such agreements`: what it does, not what it did."""
_BEGAN = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]heir)\s(?:official\s|formal\s)?"
    r"(?P<cue>relationship|partnership|ties|link|tie|twinning|friendship)(?:,\swhich)?\s"
    r"(?:(?:was|were|has\sbeen)\s(?:\w+ly\s|first\s|originally\s)?"
    r"(?:established|formed|forged|formali[sz]ed|founded|sealed|signed)|(?:first\s|officially\s)?"
    r"(?:began|started|dates?\sback|goes\sback|originated|dates|dated))\s"
    r"(?:in|on|to|from)\s[^.;]{0,20}?\b(?:19|20)\d\d\b"
)


def _began(scene: Scene, place: int) -> list[Event]:
    """`The relationship began in 1979`: the tie between the parties named before."""
    text = scene.context.form.text
    match = _BEGAN.search(text, *scene.context.sentences[place].span)
    ties = (Form.SISTER_CITY, Form.FRIENDSHIP)
    if match is None or scene.form not in ties or len(scene.pair) < 2:
        return []
    years = years_in(match.group())
    if scene.year and max(years, default=scene.year) >= scene.year:
        return []
    cue = Cue(match.span("cue"), scene.form, is_tie=True)
    words, rule = match.span(), "english-state"
    return [Event(place, cue, Tense.STATE, (), words, rule, True, years, confidence=0.65)]


_MONTHS = "January February March April May June July August September October November December"
_IN_MONTH = re.compile(rf"\b(?:in|last)\s({'|'.join(_MONTHS.split())})\b(?!\s(?:\d|of\s\d))")


def _in_other_month(scene: Scene, clause: str) -> bool:
    """Whether a month without a day or year is named that isn't the one of publication."""
    month = _IN_MONTH.search(clause)
    published = scene.context.published
    if month is None or len(published) < 7:
        return False
    return _MONTHS.split().index(month[1]) + 1 != int(published[5:7])


_NAMED_TIE = re.compile(r"(?i)\b(?:sister|twin)[-\s](?:cit|town|state|port|count)")
_RENEWS = re.compile(r"(?i)renew|re-?sign|extend")
_IN_YEAR = re.compile(r"\b(?:in|of)\s(?:[A-Z][a-z]+\s)?(?:19|20)\d\d\b")
_PERFECT = re.compile(
    r"\b(?:has|have)\s(?:also\s|already\s)?(?:signed|established|entered|formed|forged|inked|concluded|formali)"
)


_SIGNATORIES = re.compile(
    r"\b(?P<other>[Oo]ther\s)?signator(?:y|ies)\b.{0,60}?\b(?:includ|were|are)"
)


def _signatories(scene: Scene, place: int, cue: Cue, groups: list[Group]) -> Event | None:
    """`The other signatories of the MOU include …`: all of them with the owner of the document."""
    text = scene.context.form.text
    match = _SIGNATORIES.search(text, *scene.context.sentences[place].span)
    if match is None or cue.span[0] > match.end() + 40:
        return None
    named = [m for g in groups for m in g.mentions if m.reach[0] >= match.start()]
    owner = (scene.owner,) if match["other"] and scene.owner is not None else ()
    parties = distinct((*owner, *named))
    if len(parties) < 3:
        return None
    return Event(place, cue, Tense.DONE, parties, (match.start(), cue.span[1]), "signatories")


_RAISED = re.compile(
    r"(?i)\b(?:elevat|upgrad|rais|transform|convert|chang|turn)\w*\s(?:\w+\s){0,3}$"
)
_RAISED_TO = re.compile(r"(?:\s[\w-]+){0,4}\s(?:to|into)\s(?:(?:an?|the|that\sof|full)\s)*$")


def _is_left_behind(text: str, cue: Cue, following: int, start: int) -> bool:
    """Whether a tie was a cue before: `upgraded their friendly ties to sister-city ties`."""
    ahead = text[max(start, cue.span[0] - 40) : cue.span[0]]
    return bool(_RAISED.search(ahead) and _RAISED_TO.match(text[cue.span[1] : following]))


_RECALLS = re.compile(
    r"(?i)\b(?:in\sthe\sspirit\sof|recalling|pursuant\sto|in\saccordance\swith|further\sto|"
    r"building\s(?:up)?on|based\son|in\sline\swith)\s(?:the|their|our)\s(?:\w+\s)?$"
)


def _recalled(text: str, cue: Cue, start: int) -> _Told | None:
    """An earlier paper that the text of an agreement builds on."""
    is_named = text[cue.span[0]].isupper() and not cue.is_plain
    if is_named and _RECALLS.search(text, max(start, cue.span[0] - 50), cue.span[0]):
        return Tense.STATE, cue.span, True, "preamble"
    return None


def _clause(text: str, cues: list[Cue], index: int, words: Span, sentence: Span) -> str:
    """What is said of a cue: not what is said of the cues beside it, up to the next comma."""
    begin = max(sentence[0], min(words[0], cues[index].span[0]) - 160)
    end = min(sentence[1], max(words[1], cues[index].span[1]) + 80)
    if index:
        before = cues[index - 1].span[1]
        sign = re.compile("[,;]").search(text, before, max(before, words[0]))
        begin = max(begin, min(sign.end() if sign else before, words[0]))
    if index + 1 < len(cues):
        end = min(end, max(words[1], cues[index + 1].span[0]))
    return text[begin:end]


_APPOSED = re.compile(
    r",\s(?![^,;.]*\b(?:sister|twin|friendship|partner|sibling)\b)(?:an?|the|one\sof|home)\s(?:[\w'’-]+\s){0,4}?(?:city|cities|town|capital|port|hub|province|state|"
    r"county|region|metropolis|municipality|district|island|to)\b[^,;.]{0,80},"
)
_BESIDES = re.compile(
    r"(?i)\b(?:after|following|besides|like|unlike|alongside|addition\sto)\s(?:the\s)?$"
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
        if _joins(gap) and not is_dateline and not _ends_aside(text, chains[-1], gap):
            chains[-1].append(mention)
        else:
            chains.append([mention])
    chains = [_without_region(text, chain) for chain in chains]
    return [Group(tuple(chain), _role(text, chain, start)) for chain in chains]


def _without_appositions(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """`A, a port city in B, and C`: B only says what A is, and A reaches to the comma."""
    kept: list[Mention] = []
    for mention in mentions:
        if kept and mention.span[0] < kept[-1].reach[1]:
            continue
        apposed = _APPOSED.match(text, mention.reach[1])
        if apposed:
            mention = replace(mention, reach=(mention.reach[0], apposed.end() - 1))
        kept.append(mention)
    return tuple(kept)


def _ends_aside(text: str, chain: list[Mention], gap: str) -> bool:
    """`After A and B, C signed`: C is no part of the list ahead."""
    first = chain[0].reach[0]
    return gap == ", " and _BESIDES.search(text, max(0, first - 16), first) is not None


def _without_region(text: str, chain: list[Mention]) -> list[Mention]:
    """`A and B, C`: the last says where B is."""
    gaps = [text[a.reach[1] : b.reach[0]] for a, b in pairwise(chain)]
    is_region = len(gaps) > 1 and gaps[-1] == ", " and re.fullmatch(r"\sand\s.*", gaps[-2])
    return chain[:-1] if is_region else chain


_JOINING = frozenset({"and", "as", "well", "together", "along", "jointly", "alongside", "with"})


def _joins(gap: str) -> bool:
    """Whether what stands between two names only lists them, with titles and persons."""
    if len(gap) > 70 or not re.match(
        r"(?:['’]s?)?\s?(?:,|;|/|&|–|—|-|\sand\b|\sas\swell\sas\b|and\b|\swith\sthe\smayor|"
        r",?\s(?:together|along|jointly)\swith\b|\salongside\b)",
        gap,
        re.IGNORECASE,
    ):
        return False
    words = re.sub(r"\([^()]*\)", " ", gap)
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


def _role(text: str, chain: list[Mention], start: int) -> Role:
    first = chain[0]
    if first.role is Role.PLACE and len(chain) == 1:
        return Role.PLACE
    ahead = text[max(start, first.reach[0] - 60) : first.reach[0]]
    if first.office:
        ahead = re.sub(
            r"(?:(?:the|its)\s)?(?:[A-Z][\w.’'-]*,?\s){1,7}(?:of\s)?(?:the\s)?$", "", ahead
        )
    lead = _LEAD.search(ahead)
    word = lead["lead"].lower() if lead else ""
    if word in ("between", "among", "amongst"):
        return Role.BETWEEN
    if word == "with":
        return Role.WITH
    if word in ("in", "at", "from", "to", "via", "for", "after", "before") and not first.office:
        return Role.PLACE
    if chain[-1].role is Role.GENITIVE:
        return Role.GENITIVE
    return Role.NONE


_Told = tuple[Tense, Span, bool, str]


def _told(
    text: str, cue: Cue, acts: list[_Act], sentence: Span, is_heading: bool, groups: list[Group]
) -> _Told | None:
    """What is said of a cue: tense, the words that say it, whether earlier, and the rule."""
    start, _end = sentence
    if cue.is_tie and _AS_SISTER.search(text, max(start, cue.span[0] - 90), cue.span[0]):
        return Tense.DONE, cue.span, False, "english-act"
    if _is_anniversary(text, cue, start):
        return Tense.STATE, cue.span, True, "anniversary"
    if ceremony := _CEREMONY.match(text, cue.span[1]):
        before = text[max(start, cue.span[0] - 60) : cue.span[0]]
        if not (_VAGUE.search(before) or _NOT.search(before)):
            tense = Tense.PLANNED if re.search(r"\bwill\b|\bto\sbe\b", before) else Tense.DONE
            return tense, (cue.span[0], ceremony.end()), False, "english-act"
    ahead = [act for act in acts if act.span[1] <= cue.span[0] and cue.span[0] - act.span[1] < 110]
    if re.match(r"(?i)twinned|twins?\swith", text[slice(*cue.span)]):
        before = text[max(start, cue.span[0] - 24) : cue.span[0]]
        if _VAGUE.search(before) or _NOT.search(before):
            return None
        tense = Tense.PLANNED if _FUTURE.search(before) else Tense.DONE
        state = bool(re.search(r"\b(?:is|are|been|already|has|have)\s(?:\w+ly\s|also\s)?$", before))
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
        return _told_by(text, act, cue, before, gap)
    behind = [act for act in acts if act.span[0] >= cue.span[1] and act.span[0] - cue.span[1] < 110]
    is_topic = bool(ahead) and ahead[-1].sort == "idle" and cue.span[0] - ahead[-1].span[1] < 20
    is_topic = is_topic and not _SIGNED_BY.match(text, cue.span[1])
    told = None if is_topic else _told_behind(text, cue, behind)
    if told is not None:
        return told
    return _told_without_verb(text, cue, ahead, sentence, is_heading, groups)


_ABOUT = re.compile(r"\b(?:on|about)\s(?:\w+\s)?$")
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
    r"[”\"’']?\s(?:(?:they|it|(?:the|both)\s\w+)\s(?:have\s|has\s)?)?"
    r"(?:signed|inked|concluded|sealed)\s(?!by\sthe\s(?:two\s)?(?:countries|nations))"
)
"""`Under an agreement signed today`: the participle tells of it."""
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
            return cue.is_tie and _LIGHT_STATE.fullmatch(gap) is not None
        if re.fullmatch("has|have|had|having|holds?|boasts?", verb):
            return _HAVE_LIGHT.fullmatch(gap if gap.endswith(" ") else gap + " ") is not None
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


def _told_by(text: str, act: _Act, cue: Cue, before: str, gap: str) -> _Told | None:
    """What a verb ahead of a cue says of it."""
    words = (act.span[0], cue.span[1])
    verb = text[slice(*act.span)].lower()
    if act.sort == "end":
        return Tense.ENDED, words, True, "english-act"
    if _NOT.search(before) or re.match(r"\s(?:not|no)\b", gap):
        return None
    if re.search(
        r"(?i)\binvit(?:ation|ing|ed|es|e)\b", text[max(0, act.span[0] - 120) : act.span[0]]
    ):
        return None
    if _VAGUE.search(before):
        ahead = text[max(0, act.span[0] - 110) : act.span[0]]
        if act.sort == "sign" and _ANNOUNCED.search(ahead):
            return Tense.PLANNED, words, False, "english-act"
        return None
    is_vague = cue.form is Form.BUSINESS_AGREEMENT and not _PAPER.search(text, *cue.span)
    if act.sort == "state" and re.match("celebrat|commemorat|mark", verb) and not is_vague:
        return Tense.STATE, words, True, "english-state"  # they met to mark 40 years of ties
    if _HOPED.search(text, max(0, act.span[0] - 110), act.span[0]):
        return None
    have_met = _MET_TO.search(text, max(0, act.span[0] - 130), act.span[0])
    if have_met and act.sort == "sign":
        return Tense.DONE, words, False, "english-act"
    if re.match("approv|authori|endors|agree", verb) or _FUTURE.search(before):
        return Tense.PLANNED, words, False, "english-act"
    if is_vague and (act.sort == "state" or re.match("renew|reaffirm|extend", verb)):
        return None  # they have a partnership: no paper is told
    if act.sort == "state":
        return Tense.STATE, words, True, "english-state"
    if re.match("renew|reaffirm|extend", verb) and not _PAPER.search(text, *cue.span):
        return Tense.STATE, words, True, "english-state"
    if verb == "signing" and re.search(r"(?:following|with|by|through|upon)\sthe\s$", before):
        return Tense.DONE, words, False, "signing"
    past = re.search(
        r"\b(?:had|(?<!during\s)which|who|already|previously|first|originally)\s(?:\w+\s)?$", before
    )
    return Tense.DONE, words, bool(past), "english-act"


_HOPED = re.compile(r"\b(?:hop|wish|dream)\w*\s(?:that\s)[^.;]{2,90}\b(?:will|would|can|may)\s$")
_MET_TO = re.compile(r"\b(?:met|gathered|convened|came\stogether)\b[^.;]{0,110}\bto\s$")
_ANNOUNCED = re.compile(r"\b(?:said|announced|confirmed|added|says)\b[^.;]{2,80}\bwould\s$")
_PAPER = re.compile(r"(?i)agreement|pact|memorand|mou|contract|accord|charter")
_PASSIVE = re.compile(
    r"(?P<aux>\b(?:was|were|is|are|been|being|be)\s(?:\w+ly\s|hereby\s|first\s|also\s|recently\s)?|"
    r",\s(?:first\s|originally\s|which\s|and\s)?|\bwhich\s(?:was\s)?|\s\(|^\s)$"
)


_THAT = re.compile(r"\s(?:that|which)\s(?!was|were|is|are|had\sbeen|has\sbeen)")


def _told_behind(text: str, cue: Cue, behind: list[_Act]) -> _Told | None:
    """What a verb behind a cue says: `the agreement was signed`, `ties, established in 1990`."""
    if match := _EXISTS.match(text, cue.span[1]):
        return Tense.STATE, (cue.span[0], match.end()), True, "english-state"
    for act in behind[:2]:
        gap = text[cue.span[1] : act.span[0]]
        verb = text[slice(*act.span)].lower()
        if re.search(r"[;:]|\.\s", gap) or act.sort == "idle":
            return None
        words = (cue.span[0], act.span[1])
        if _IN_BRACKET.match(text, cue.span[1]):
            break
        if act.sort == "state":
            if re.match("dat|go", verb):
                return Tense.STATE, words, True, "english-state"
            continue
        if _VAGUE.search(gap) or _NOT.search(gap):
            return None
        if re.match(r"began|start", verb) and len(gap) < 60:
            return Tense.DONE, words, False, "english-passive"
        if _THAT.match(gap) and re.search(r"ed$|struck|made", verb) and act.sort == "sign":
            return Tense.DONE, words, bool(re.search(r"\bhad\b", gap)), "english-that"
        passive = _PASSIVE.search(gap)
        if passive is None or not re.search(r"ed$|struck|made|begun|frozen|wound", verb):
            continue
        if re.match("approv|announc|recogni|made|named|agree|join|extend|declar", verb):
            return None
        if act.sort == "end":
            return Tense.ENDED, words, True, "english-passive"
        if _FUTURE.search(re.sub(r"\bbe\s(?:\w+ly\s)?$", "", gap)):
            return Tense.PLANNED, words, False, "english-passive"
        had = bool(re.search(r"\bhad\b", gap))
        return Tense.DONE, words, had, "english-passive"
    if match := _IN_BRACKET.match(text, cue.span[1]):
        return Tense.STATE, (cue.span[0], match.end()), True, "dated"
    return None


_EXISTS = re.compile(
    r"\s(?:has|have|had)\s(?:already\s)?(?:existed|been\sin\s(?:place|force|effect))\s(?:since|for)\b"
)
_IN_BRACKET = re.compile(r"(?:\s(?:on|of|for)(?:\s[A-Za-z-]+){1,7})?\s\((?:19|20)\d\d\)")


_CEREMONY = re.compile(r"[”\"’']?\s(?:[Ss]igning\s[Cc]eremony|[Cc]eremony|[Ss]igning)\b")
_AS_SISTER = re.compile(
    r"\b(?:welcom|nam|designat|declar|recogni[sz]|adopt|add)\w+\s.{2,60}\sas\s(?:its|a|the|their|our)\s"
    r"(?:\w+\s){0,2}$|\bmak(?:e|es|ing)\s[A-Z].{3,70}\s$"
)
_ANNIVERSARY = re.compile(
    r"\b[Aa]nniversary\s(?:of|as|since)\s(?:(?:the|their|its|a|our|two|both|cities['’]|conclusion|"
    r"signing|establishment|of|formal|[A-Z][\w-]*(?:['’]s)?|and)\s){0,8}$|\byears?\s(?:as|of)\s$"
)
_SINCE_YEAR = re.compile(
    r"[”\"’']?(?:\s(?:of|to)\s[^.;]{2,40})?,?\s\(?since\s(?:\w+\s)?(?:19|20)\d\d"
)


def _is_anniversary(text: str, cue: Cue, start: int) -> bool:
    """Whether an anniversary tells of a tie: `the 30th anniversary of the twinning agreement`."""
    if cue.form is Form.BUSINESS_AGREEMENT and not _PAPER.search(text, *cue.span):
        return False
    behind = re.match(r"[^.,]{0,20}\b[Aa]nniversary\b", text[cue.span[1] : cue.span[1] + 40])
    return bool(behind or _ANNIVERSARY.search(text, max(start, cue.span[0] - 80), cue.span[0]))


_DRAFT = re.compile(
    r"(?i)\b(?:draft|proposed|possible|potential|prospective|suggested|planned)\s(?:\w+\s)?$"
)


def _told_without_verb(
    text: str, cue: Cue, ahead: list[_Act], sentence: Span, is_heading: bool, groups: list[Group]
) -> _Told | None:
    """What a cue asserts with its parties alone: a title, a headline, an anniversary."""
    if cue.is_tie and _SINCE_YEAR.match(text, cue.span[1], sentence[1]):
        return Tense.STATE, cue.span, True, "since"
    if _DRAFT.search(text, max(sentence[0], cue.span[0] - 40), cue.span[0]):
        return None
    if ahead and ahead[-1].sort == "idle":
        return None
    for group in groups:
        near = 0 <= group.span[0] - cue.span[1] < 60
        if group.role is Role.BETWEEN and near and len(group.mentions) > 1:
            return Tense.DONE, (cue.span[0], group.span[1]), False, "between"
    if is_heading and not ahead and not cue.is_plain and sum(len(g.mentions) for g in groups) > 1:
        return Tense.DONE, cue.span, False, "headline"
    return None


@dataclass(frozen=True, slots=True)
class _Clause:
    """What is around an act: its groups, its cue, the words that assert it, and where it ends."""

    scene: Scene
    place: int
    groups: list[Group]
    cue: Cue
    words: Span
    end: int

    @property
    def text(self) -> str:
        return self.scene.context.form.text

    @property
    def sentence(self) -> Span:
        return self.scene.context.sentences[self.place].span


def _end_of_clause(cue: Cue, following: int, acts: list[_Act], end: int) -> int:
    """Where what is said of a cue ends: at the verb of the next cue, if it has one of its own."""
    own = [a for a in acts if cue.span[1] < a.span[0] < following and a.sort in ("sign", "state")]
    if own and following < end:
        return own[-1].span[0]
    return min(end, following + 70)


def _parties(clause: _Clause) -> list[tuple[Mention, ...]]:
    """The parties of an act: one tuple for each agreement; an empty one for those named before."""
    text, cue, words, groups = clause.text, clause.cue, clause.words, clause.groups
    joint = _between(clause)
    partners = _partners(clause)
    if joint is not None and not (partners and _is_behind_another(clause)):
        return joint
    if _THAT.match(text, cue.span[1]):
        inner = [g for g in groups if cue.span[1] <= g.span[0] and g.span[1] <= words[1]]
        if inner and len(inner[0].mentions) > 1:
            return _split(inner[0], text)
    if _COUNTED.match(text, cue.span[1]):
        return []
    subjects = [g for g in _subjects(clause) if not partners or g.mentions[-1] != partners[-1]]
    subject = subjects[-1] if subjects else None
    plural = next((g for g in reversed(subjects) if len(g.mentions) > 1), None)
    own = [
        g for g in groups
        if g.role is Role.GENITIVE and words[0] - 1 <= g.span[0] and g.span[1] <= cue.span[0]
    ]  # fmt: skip
    by = _signers(clause)
    if by is not None and not partners:
        return [distinct(by.mentions)]
    if partners:
        owners: tuple[Mention, ...] = ()
        if own:
            owners = own[-1].mentions[-1:]
        elif subject is not None and not _is_pronoun_between(text, subject, words[0]):
            owners = subject.mentions if len(subject.mentions) < 3 else subject.mentions[:1]
        if len(owners) == 2 and any(m in partners for m in owners):
            owners = ()
        if not owners:
            owners = _topic_behind(clause) or _owner(clause.scene, clause.place)
            if len(distinct((*owners, *partners))) == len(distinct(partners)):
                return []  # whose partners they are isn't told
        if owners:
            return _cross(owners, partners, cue, text, words)
        return []
    start, end = clause.sentence
    if _PAIR.search(text, max(start, words[0] - 90), min(end, cue.span[1] + 60)) and not plural:
        return [()]
    beside = next((g for g in groups if 0 <= cue.span[0] - g.span[1] < 3), None)
    if beside is not None and len(beside.mentions) > 1 and cue.is_tie:
        return _split(beside, text)
    if plural is not None and (plural is subject or words[0] - plural.span[1] < 140):
        return _split(plural, text)
    return _single(clause, subjects, own)


def _is_behind_another(clause: _Clause) -> bool:
    """Whether `between A and B` only stands ahead of a cue, as that of `ties with C` behind it."""
    between = [g for g in clause.groups if g.role is Role.BETWEEN]
    behind = [g for g in _behind(clause) if g.role is Role.WITH]
    return bool(between and behind) and all(g.span[1] < clause.cue.span[0] for g in between)


_COUNTED = re.compile(
    r"[”\"’']?\swith\s(?:more\sthan\s|over\s|about\s|some\s|a\stotal\sof\s|around\s)?(?:\d+|several|many|"
    r"various|numerous|other|foreign|cities|dozens)\b(?![^.]{0,60}[:(]|[^.]{0,40}\b(?:including|such\sas)\b)"
)


def _between(clause: _Clause) -> list[tuple[Mention, ...]] | None:
    """The parties that `between` names: A and B, A and the province, A and four cities: B, C …"""
    text, cue = clause.text, clause.cue
    ahead = min(clause.words[0], cue.span[0])
    near = any(0 <= g.span[0] - cue.span[1] < 45 for g in clause.groups)
    if _OF_TWO_SIDES.match(text, cue.span[1]) and not near:
        return [()]
    for group in clause.groups:
        if group.role is not Role.BETWEEN or not ahead - 70 <= group.span[0] < clause.end + 20:
            continue
        if len(group.mentions) > 1:
            return _split(group, text)
        tail = text[group.span[1] : group.span[1] + 60]
        several = re.match(
            r",?\sand\s(?:\w+\s){1,6}?(?:cities|partners|towns)\b[^:.]{0,40}:\s", tail
        )
        if several:
            begin = group.span[1] + several.end() - 5
            listed = next((g for g in clause.groups if g.span[0] >= begin), None)
            if listed is not None:
                return _cross(group.mentions, listed.mentions, cue, text, clause.words)
        if re.match(r",?\sand\s(?:the|our)\s(?:city|county|state|province|town)\b", tail):
            unit = _unit(clause.scene, clause.place, group)
            if unit:
                return [distinct((group.mentions[0], unit))]
    return None


def _subjects(clause: _Clause) -> list[Group]:
    """The groups ahead of a verb that may be its subject."""
    roles = (Role.NONE, Role.GENITIVE, Role.LISTED)
    limit = max(min(clause.words[0], clause.cue.span[0]), clause.words[0]) + 1
    return [g for g in clause.groups if g.span[1] <= limit and g.role in roles]


def _behind(clause: _Clause) -> list[Group]:
    return [
        g for g in clause.groups
        if clause.cue.span[1] - 1 <= g.span[0] < clause.end and g.span[0] - clause.cue.span[1] < 150
    ]  # fmt: skip


def _partners(clause: _Clause) -> tuple[Mention, ...]:
    """Who comes after `with`, behind the cue, between it and the verb, or first in the sentence."""
    if antecedent := _WITH_WHICH.search(clause.text, clause.sentence[0], clause.cue.span[0]):
        for group in clause.groups:
            if abs(group.span[1] - antecedent.start()) < 2:
                return group.mentions[-1:]
    behind = _behind(clause)
    inner = [g for g in clause.groups if clause.words[0] <= g.span[0] < clause.cue.span[0]]
    fronted = [g for g in clause.groups if g.span[1] <= clause.words[0] and g.role is Role.WITH]
    for group in [*behind, *inner, *reversed(fronted)]:
        if group.role is Role.WITH:
            return (*group.mentions, *_more_partners(clause, group))
    if clause.cue.is_tie:
        for group in behind:
            link = clause.text[clause.cue.span[1] : group.span[0]]
            if re.fullmatch(r"[\"”’']?\s(?:of|to)\s(?:the\s)?(?:city\sof\s)?", link):
                return group.mentions
    return ()


_WITH_WHICH = re.compile(r",\swith\s(?:which|whom)\s[^,;.]{0,60}$")
"""`Hanoi, with which an agreement has existed since 1998`."""
_AND_WITH = re.compile(
    r"(?:,?\s(?:in|on|since)\s[\w\s]{4,16}|\s\([^)]*\)){0,2},?\s(?:and\s|as\swell\sas\s)?with\s(?:the\s)?"
)


def _more_partners(clause: _Clause, group: Group) -> tuple[Mention, ...]:
    """`with A in 1968 and with B in 1976`: B too."""
    later = next((g for g in clause.groups if g.span[0] > group.span[1]), None)
    if later is None or later.role is not Role.WITH:
        return ()
    if not _AND_WITH.fullmatch(clause.text[group.span[1] : later.span[0]]):
        return ()
    return (*later.mentions, *_more_partners(clause, later))


def _signers(clause: _Clause) -> Group | None:
    """Who stands behind `signed by`."""
    for group in _behind(clause):
        link = clause.text[clause.cue.span[1] : group.span[0]]
        if len(group.mentions) > 1 and re.search(r"\bby\b[^.;]{0,50}$", link):
            return group
    return None


def _topic_behind(clause: _Clause) -> tuple[Mention, ...]:
    """`Since signing a pact with A in 1976, B has …`: the subject stands behind the clause."""
    start, _ = clause.sentence
    if not re.match(
        r"(?:Since|After|By|Having|Before|When|In|Upon)\s\w*ing\b", clause.text[start:]
    ):
        return ()
    for group in clause.groups:
        ahead = clause.text[max(clause.cue.span[1], group.span[0] - 3) : group.span[0]]
        if group.role in (Role.NONE, Role.LISTED) and re.search(r",\s$", ahead):
            return group.mentions[:1]
    return ()


def _single(clause: _Clause, subjects: list[Group], own: list[Group]) -> list[tuple[Mention, ...]]:
    """The parties where no `with` and no `A and B` names both."""
    text, cue, words = clause.text, clause.cue, clause.words
    subject = subjects[-1] if subjects else None
    if own and cue.is_tie:
        others = [m for g in subjects if g.span[1] <= words[0] + 1 for m in g.mentions]
        other = next((m for m in reversed(others) if m not in own[-1].mentions), None)
        if other is not None:
            return [distinct((other, own[-1].mentions[-1]))]
    behind = _behind(clause)
    if subject is not None and behind and cue.is_tie:
        near = behind[0]
        link = text[cue.span[1] : near.span[0]]
        if near.role is Role.NONE and re.fullmatch(r"[,:]?\s(?:[a-z]+\s){0,2}", link):
            return _cross(subject.mentions[-1:], near.mentions, cue, text, words)
    everyone = distinct([m for g in clause.groups for m in g.mentions if g.role is not Role.PLACE])
    block = clause.scene.context.form.blocks[clause.scene.context.sentences[clause.place].block]
    if len(everyone) == 2 and block.kind is BlockKind.HEADING:
        return [everyone]
    if subject is None or len(subject.mentions) != 1:
        return [()]
    met = re.compile(r"\b(?:met|meets|meeting)\s(?:with\s)?").search(
        text, subject.span[1], words[0]
    )
    if _AS_SISTER.search(text, clause.sentence[0], cue.span[0]) and len(everyone) > 1:
        return [everyone[:2]]
    if met:
        guest = next((g for g in clause.groups if g.span[0] >= met.end() - 1), None)
        if guest:
            return [distinct((*subject.mentions, *guest.mentions))]
    return [subject.mentions]


def _split(group: Group, text: str) -> list[tuple[Mention, ...]]:
    """`A and B, and C and D` are two pairs; `A, B and C` have one paper together."""
    gaps = [text[a.reach[1] : b.reach[0]] for a, b in pairwise(group.mentions)]
    inner, outer = gaps[::2], gaps[1::2]
    if len(gaps) > 2 and len(gaps) % 2:
        joined = all(re.match(r",?\s(?:and|–|-)\b", gap) for gap in inner)
        if joined and all(re.match(r"[,;]", gap) for gap in outer):
            pairs = zip(group.mentions[::2], group.mentions[1::2], strict=True)
            return [distinct(pair) for pair in pairs]
    return [distinct(group.mentions)]


def _is_pronoun_between(text: str, subject: Group, verb: int) -> bool:
    """Whether `it` or `the city` stands between a name and the verb, and is the subject then."""
    between = text[subject.span[1] : verb]
    return bool(
        re.search(
            r"(?:^|[,;]\s)(?:it|the\s(?:city|town|county|state|province)|we)\s(?:has|have|had|"
            r"also|will)?\s?$",
            between,
        )
    )


def _unit(scene: Scene, place: int, group: Group) -> Mention | None:
    """Which name `the province` stands for: one of its kind in this sentence or the document's."""
    named = [
        m for m in scene.mentions[place] if m not in group.mentions and m.role is not Role.PLACE
    ]
    kind = [m for m in named if m.name.kind == group.mentions[0].name.kind]
    if kind:
        return kind[-1]
    return scene.owner


def _owner(scene: Scene, place: int) -> tuple[Mention, ...]:
    """Who `it` or `the city` is: the topic of the sentence before, else whose document it is."""
    words = scene.context.form.words(scene.context.sentences[place].span)
    if place and re.match(
        r"(?:[A-Z][a-z]+,?\s)?(?:[Ii]t|[Tt]he\s(?:city|town|port|county))\b", words
    ):
        text = scene.context.form.text
        before = [
            m
            for m in scene.mentions[place - 1]
            if m.role is not Role.PLACE
            and not text.endswith(("with ", "with the "), 0, m.reach[0])  # a partner is no topic
        ]
        if before:
            return (before[0],)
    return (scene.owner,) if scene.owner is not None else ()


def _cross(
    owners: tuple[Mention, ...], partners: tuple[Mention, ...], cue: Cue, text: str, words: Span
) -> list[tuple[Mention, ...]]:
    """One owner with many partners: a tie with each, but one paper unless the text says so."""
    owners, partners = distinct(owners), distinct(partners)
    begin = max(0, min(words[0], partners[0].reach[0]) - 30)
    near = text[begin : max(words[1], partners[-1].reach[1]) + 30]
    apart = (
        cue.is_tie
        or cue.form in (Form.SISTER_CITY, Form.FRIENDSHIP)
        or bool(
            re.search(
                r"\beach\b|\bseparate\b|\brespectively\b|and\swith\b|memoranda\b|agreements\b|MOUs\b",
                near,
                re.IGNORECASE,
            )
        )
        or (bool(re.search(r"\bhas\b|\bhave\b", near)) and len(owners) == 1)
    )
    if apart and len(owners) == 1:
        return pairs_of(owners[0], partners)
    if apart and len(partners) == 1 and cue.is_tie:
        return [distinct((o, partners[0])) for o in owners if len(distinct((o, partners[0]))) > 1]
    return [distinct((*owners, *partners))]


_LIST_AHEAD = re.compile(
    r"[\"”’']?(?:\s(?:relationships?|agreements?|ties|partnerships?))?(?:\s(?:currently|now|"
    r"also|in\s\w+|worldwide|abroad))?\s?(?:include|includes|including|:|are|–|—|\((?=[A-Z])|"
    r",?\snamely|,?\swhich\sincludes?|,?\samong\sthem|,?\sone\sof\swhich\sis|,\ssuch\sas|,?\slike|with)\s?:?\s?(?:the\s(?:cities|city)\sof\s|the\s)?"
)


def _listed(scene: Scene, place: int, cue: Cue, groups: list[Group]) -> list[Event]:
    """`Its sister cities include A, B and C`: each is a partner of the owner."""
    text = scene.context.form.text
    if not cue.is_tie or not re.search(
        r"(?i)cities|towns|agreements|relationships|ties|ports|states", text[slice(*cue.span)]
    ):
        return []
    match = _LIST_AHEAD.match(text, cue.span[1])
    if not match and re.search(r"\b(?:has|have)\s[^.]{0,40}$", text[: cue.span[0]][-60:]):
        match = re.compile(r",\s(?=[A-Z])").match(text, cue.span[1])
    if not match:
        return []
    group = next((g for g in groups if 0 <= g.span[0] - match.end() < 14), None)
    if group is None:
        return []
    start = scene.context.sentences[place].span[0]
    ahead = [
        g
        for g in groups
        if g.span[1] <= cue.span[0] + 1 and g.role is not Role.PLACE and g.span[0] >= start
    ]
    owner = ahead[-1].mentions[-1:] if ahead else _owner(scene, place)
    has = re.search(r"\b(?:has|have|maintain\w*)\s[^.]{0,40}$", text[start : cue.span[0]])
    if not owner or ("with" in match.group() and not (ahead and has)):
        return []
    if re.search(
        r"\b(?:visit\w*|from|delegat\w+|hosts?|represent\w+|attend\w*|met|meet\w*|invit\w+)\b",
        text[max(start, cue.span[0] - 60) : cue.span[0]],
    ):
        return []
    return [
        Event(
            place,
            cue,
            Tense.STATE,
            pair,
            pair[1].reach,
            "list-of-ties",
            True,
            confidence=0.75,
        )
        for pair in pairs_of(owner[0], group.mentions)
    ]
