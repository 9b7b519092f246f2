"""Who agrees what with whom in an English sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.extraction.date_words import MONTHS
from citypact.sources.extraction.english_groups import english_groups
from citypact.sources.extraction.english_parties import (
    OF_TWO_SIDES,
    Clause,
    end_of_clause,
    listed_ties,
    parties_of,
)
from citypact.sources.extraction.english_telling import IS_NEW, Told, told_of
from citypact.sources.extraction.english_verbs import Act, acts_in
from citypact.sources.extraction.forms import THIS, Cue, cues_in
from citypact.sources.extraction.groups import (
    Event,
    Group,
    Scene,
    Tense,
    distinct,
    is_earlier,
    key_of,
    pairs_of,
    years_in,
)
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import TIES, Form
from citypact.sources.model import Span

_SINCE = re.compile(
    r"(?<!first\s)\bsince\b|\bso\sfar\b|\banniversary\b|\balready\b|\bpreviously\b|\bearlier\b(?!\s(?:in\sthe\sday|today|this\s(?:week|morning|day|afternoon)|on))|\boriginally\b|"
    r"\bfirst\ssigned\b|\bago\b|\blast\syear\b|\bhad\s(?:been|signed|already)\b|"
    r"\bexisting\b|\blong-?standing\b|\bthat\syear\b|\bhistor(?:y|ically|ical\s(?:tie|link|relation|bond|friend|partner|agree)\w*)\b|\bformer\b|\bdat(?:es?|"
    r"ing)\sback\b|\bgo(?:es)?\sback\b|\bbeg[au]n\s(?:in|with)\b|\bprior\b|\bthe\sprevious\b",
    re.IGNORECASE,
)


def english_events(scene: Scene, place: int) -> list[Event]:
    """The events of an English sentence, in its order."""
    context = scene.context
    sentence = context.sentences[place]
    text = context.form.text
    start, end = sentence.span
    is_heading = context.form.blocks[sentence.block].kind is BlockKind.HEADING
    cues = cues_in(text, sentence.span, "en")
    if _IN_GENERAL.match(text, start):
        return []
    if not cues:
        return (
            _began(scene, place)
            or _among(scene, place)
            or _one_of_these(scene, place)
            or _linked(scene, place)
            or _tie_with(scene, place)
            or _with_years(scene, place)
            or _joined_in(scene, place)
        )
    groups = english_groups(text, scene.mentions[place], start)
    if len(scene.pair) < 2:
        scene.pair = _epithet(scene, place, cues) or scene.pair
    if signed := _signatories(scene, place, cues[0], groups):
        return [signed]
    acts = [
        act
        for act in acts_in(text, sentence.span)
        if not any(c.span[0] < act.span[0] and act.span[1] < c.span[1] for c in cues)
    ]  # twinning relations: no verb
    events: list[Event] = []
    for index, cue in enumerate(cues):
        if cue.is_tie and cue.is_plain and _PARTNERS.search(text, *cue.span):
            cue = replace(cue, form=_form_before(scene, place))
        is_working = cue.form is Form.BUSINESS_AGREEMENT
        if is_working and _COUNTED_PARTNERSHIPS.search(text, start, cue.span[1]):
            cue = replace(cue, form=_form_before(scene, place))
        if _are_unnamed(text, cue, start, scene.mentions[place]):
            continue
        following = cues[index + 1].span[0] if index + 1 < len(cues) else end
        if listed := listed_ties(scene, place, cue, groups):
            events += listed
            continue
        between = text[cues[index - 1].span[1] : cue.span[0]] if index else ""
        is_older = _OF_OLDER.match(between) is not None
        if _HABIT.match(text, cue.span[0]) or (
            cue.is_plain
            and text[cue.span[1] - 1] == "s"
            and _AMONG_THEM.search(text[cue.span[1] : following])
            and not _WITH_COUNTED_PLACES.match(text, cue.span[1])
        ):
            continue
        if is_older and not years_in(between):
            continue  # a declaration reaffirming the ties: the declaration is told
        opens = cue.span[0] == start or _BY_SOURCE.match(text, start, cue.span[0])
        if cue.is_tie and opens and _DEFINES.match(text, cue.span[1]):
            break  # what such ties are
        if _is_left_behind(text, cue, following, start):
            continue
        if _SUBJECT_LINE.match(text, start) and cue.is_tie:
            continue  # what a memo is about
        told: Told | None = (Tense.STATE, cue.span, True, "english-state")
        if not is_older:
            told = told_of(text, cue, acts, sentence.span, is_heading, groups)
            told = told or _told_otherwise(scene, cue, acts, start, groups)
            is_listed = told is not None and told[3] == "between" and events
            if is_listed and events[-1].tense is Tense.DONE and _AS_WELL.search(between):
                told = Tense.DONE, cue.span, events[-1].is_past, "english-act"
        if told is None and events and _AND_A.fullmatch(between):
            last = events[-1]
            told = last.tense, cue.span, last.is_past, last.rule
        if told is None or _is_of_bodies(text, cue, groups):
            continue
        tense, words, past, rule = told
        is_aim = index > 0 and cue.is_tie and words[0] < cues[index - 1].span[0]
        if is_aim and _FURTHERS.search(between):
            continue  # signed a memorandum to promote sister city cooperation
        if tense is Tense.DONE and _SEVERAL_PAPERS.search(text, *words):
            continue  # they signed several agreements: which ones isn't told
        if (
            place > 2
            and _TWINNED.fullmatch(text, *cue.span)
            and "2" not in scene.context.form.words(words)
        ):
            past = past or tense is Tense.DONE  # Oslo twinned with Lima, a link which remains
        if not cue.is_tie and _CONFIRMS.match(text, cue.span[1]):
            cue = replace(cue, is_plain=True)
        if _BOND.match(text, cue.span[0]) and not _SIGNED.match(text, words[0]):
            continue
        if text[slice(*cue.span)] == "alliance" and not _ALLIES.search(text, *words):
            continue
        is_programme = _PROGRAMME.search(text, *cue.span) is not None
        if is_programme and not (_SIGNED.search(text, *words) and rule != "headline"):
            continue  # only a programme that is signed is a paper
        is_vague = cue.form is Form.BUSINESS_AGREEMENT and "agreement" not in text[slice(*cue.span)]
        if is_vague and events and events[-1].words[0] == words[0]:
            continue  # signed a memorandum for mutual collaboration
        if cue.is_tie and cue.is_plain and cue.form is Form.OTHER:
            named = _NAMED_TIE.search(text)
            if named is None or not (
                past or tense is Tense.STATE or "began" in text[slice(*words)]
            ):
                continue
            cue = replace(cue, form=Form.SISTER_CITY, is_plain=False)
            past = True
        clause = _clause(text, cues, index, words, sentence.span)
        if text[cue.span[0] - 1] != "(":
            clause = _without_asides(clause)
        names_older = _OF_OLDER.match(text[cue.span[1] : following]) is not None
        if names_older:
            clause = text[max(start, words[0] - 60) : cue.span[1]]
        tense, past = _dated(scene, place, cue, (tense, words, past, rule), clause)
        if is_vague and past:  # `a partnership began in 1988`, in a text about sister cities
            tie = _form_before(scene, place)
            cue = replace(cue, form=tie) if tie is not Form.OTHER else cue
        limit = end_of_clause(cue, following, acts, end)
        if names_older:
            limit = min(end, following + 110)
        sides = parties_of(Clause(scene, place, groups, cue, words, limit))
        if _PARTY_OF_TIES.match(text, words[0]) and (guests := _guests(scene, place, sides)):
            sides = [guests]
        if _PARTY_OF_TIES.match(text, words[0]) and text.endswith("ies", 0, cue.span[1]):
            sides = [side for side in sides if len(side) > 1]  # Oslo celebrates its sister cities
        if _ATTENDED.search(text, max(start, cue.span[0] - 50), cue.span[0]):
            sides = [()]  # who attended the signing is no party by that
        if cue.is_plain and scene.pair and any(not m.is_sure for side in sides for m in side):
            continue  # the bodies whose heads sign `the agreement`, short for those named before
        if _TOLD_BY_NUMBER.match(text, words[0]) and any(len(side) > 1 for side in sides):
            past = past or len(sides) > 2  # has entered into agreements with five cities: …
        if cue.is_tie and _COUNT.search(text, max(start, cue.span[0] - 40), cue.span[0]):
            sides = [side for side in sides if len(side) > 1]  # whose partners aren't told
        if cue.is_plain and scene.pair and tense is Tense.DONE and rule == "english-passive":
            sides = [() if _are_bodies(side) else side for side in sides]
        is_side_tale = _AFTER_IT.search(text, max(start, words[0] - 24), words[0]) is not None
        for side in sides:
            if is_side_tale and scene.pair and len(side) > 1 and tense is Tense.DONE:
                past = past or distinct(side) != distinct(scene.pair)
            confidence = 0.85 if rule in ("english-act", "signing") else 0.65
            years = _years_of(text, cues, index, words, sentence.span) or years_in(clause)
            years = years or _years_before(scene, place)
            event = Event(place, cue, tense, side, words, rule, past, years, is_heading, confidence)
            events.append(event)
    found = _with_purposes(text, events) or _programme_links(scene, place, cues)
    return found or _linked(scene, place)


_WELCOMED = re.compile(
    r"\b(?:welcomed|hosted|received|welcomes|hosts)\s[^.;]{0,40}\b(?:delegation|delegates|visitors|guests|group|students)"
    r"\sfrom\s(?:the\s)?(?:[Cc]ity\sof\s)?$"
)


def _guests(scene: Scene, place: int, sides: list[tuple[Mention, ...]]) -> tuple[Mention, ...]:
    """`Oslo welcomed a delegation from Lima to celebrate 25 years of sister city ties`: both."""
    text, start = scene.context.form.text, scene.context.sentences[place].span[0]
    if len(sides) != 1 or len(sides[0]) != 1:
        return ()
    named = scene.mentions[place]
    guest = next((m for m in named if _WELCOMED.search(text, start, m.reach[0])), None)
    return distinct((sides[0][0], guest)) if guest is not None else ()


_WHOSE = re.compile(r"(?:['’]s?|\b(?P<own>[Ii]ts|[Oo]ur|[Tt]heir))\s(?:[a-z-]+\s)?$")


def _epithet(scene: Scene, place: int, cues: list[Cue]) -> tuple[Mention, ...]:
    """`guests from Oslo's sister city Lima`: of whom `the two cities` then speaks.

    The epithet itself asserts no agreement.
    """
    text = scene.context.form.text
    for cue in cues:
        whose = _WHOSE.search(text, max(0, cue.span[0] - 24), cue.span[0])
        if not cue.is_tie or cue.is_plain or whose is None or text[cue.span[1] - 1] == "s":
            continue
        named = scene.mentions[place]
        partner = next((m for m in named if 0 < m.span[0] - cue.span[1] < 6), None)
        own = next((m for m in named if m.span[1] == whose.start()), None)
        owner = scene.owner if whose["own"] else own
        if partner is not None and owner is not None:
            return distinct((owner, partner)) if partner != owner else ()
    return ()


def _told_otherwise(
    scene: Scene, cue: Cue, acts: list[Act], start: int, groups: list[Group]
) -> Told | None:
    """What a sentence from `start` tells of a cue where neither verb nor parties tell it."""
    text = scene.context.form.text
    if _is_one_of_several(text, cue, acts, start, groups):
        return Tense.DONE, cue.span, False, "english-act"
    if _SINCE_PAPER.search(text, max(start, cue.span[0] - 30), cue.span[0]):
        return Tense.STATE, cue.span, True, "since"
    if cue.is_tie and _WILL_BE.search(text, start, cue.span[0]):
        is_now = scene.is_paper or _FROM_NOW.search(text, start, cue.span[0])
        return Tense.DONE if is_now else Tense.PLANNED, cue.span, False, "english-act"
    return _recalled(text, cue, start) if scene.is_paper else None


def _dated(scene: Scene, place: int, cue: Cue, told: Told, clause: str) -> tuple[Tense, bool]:
    """The tense of what is told of a cue, and whether it is of earlier times.

    clause: the words around the cue that may date it.
    """
    text, start = scene.context.form.text, scene.context.sentences[place].span[0]
    tense, words, past, _rule = told
    is_this = THIS.search(text, max(start, cue.span[0] - 14), cue.span[0]) is not None
    is_this = is_this or IS_NEW.fullmatch(text, words[0], cue.span[0]) is not None
    is_renewal = _RENEWS.match(text, words[0]) and tense is Tense.DONE
    if scene.pair and _months_ago(scene, _FRONTED_MONTH.match(text, start)) > 0:
        past = past or tense is Tense.DONE
    if scene.pair and place > 2 and _LATELY.match(text, start):
        past = past or tense is Tense.DONE
    if tense is Tense.STATE and place < 3 and _ARE_NOW.match(text, words[0]):
        tense, past = Tense.DONE, False
    if is_this and tense is Tense.DONE:
        past = past or is_earlier(scene, clause)
    elif not is_renewal:
        told_then = _REPORTED.sub("", _ON_ANNIVERSARY.sub("", clause))
        past = past or bool(_SINCE.search(told_then)) or is_earlier(scene, clause)
    past = past or (scene.is_paper and _PREAMBLE.match(text, start) is not None)
    undated = not scene.year and not scene.is_paper
    is_first = _FIRST.search(text, max(start, cue.span[0] - 40), cue.span[0]) is not None
    is_later = place > 2 or scene.pair or (place > 0 and _is_page_of_ties(scene))
    if undated and (is_first or is_later) and _IN_YEAR.search(clause):
        past = True  # the first agreement was signed in 1990
    if not (is_renewal or is_this) and _months_ago(scene, _IN_MONTH.search(clause)) > 2:
        past = True
    if (
        scene.pair
        and not _SAID_NOW.search(text, max(start, words[0] - 50), words[0])
        and place > 2
        and not scene.is_paper
        and _PERFECT.search(text, max(start, words[0] - 12), words[1])
        and not (cue.form is scene.form and _names_pair(scene, place))
    ):
        past = True
    if tense is Tense.PLANNED and is_earlier(scene, clause):
        tense = Tense.DONE  # they decided to sign in 1999
    past = past or (tense is Tense.DONE and bool(_years_before(scene, place)))
    past = past or (_FIRST_PAIR.search(text, *words) is not None and _told_of_past(scene, place))
    return tense, past and tense is not Tense.PLANNED


def _with_purposes(text: str, events: list[Event]) -> list[Event]:
    """A paper that is signed to make a tie is one: `a memorandum … to become sister cities`."""
    kept: list[Event] = []
    for event in events:
        paper = kept[-1] if kept else None
        is_tie = event.cue.form in TIES and event.cue.is_tie
        is_aim = event.cue.form is Form.BUSINESS_AGREEMENT and event.tense is Tense.PLANNED
        if (
            paper
            and is_aim
            and paper.tense is Tense.DONE
            and _TO_MAKE.search(text[paper.cue.span[1] : event.cue.span[0]])
        ):
            continue  # an agreement to launch a partnership
        if paper and is_tie and event.tense is Tense.PLANNED and paper.tense is Tense.DONE:
            gap = text[paper.cue.span[1] : event.cue.span[0]]
            same = not (event.parties and paper.parties) or event.parties == paper.parties
            if (
                same
                and paper.cue.is_tie
                and _TO_MAKE.search(gap)
                and _IN_WRITING.search(text, *paper.cue.span)
            ):
                continue  # a sister city agreement to establish ties of friendship
            if same and not paper.cue.is_tie and _TO_MAKE.search(gap):
                form = event.cue.form
                if paper.cue.form is Form.LETTER_OF_INTENT:
                    form = paper.cue.form
                kept[-1] = replace(
                    paper,
                    cue=replace(paper.cue, form=form, is_plain=False),
                    parties=paper.parties or event.parties,
                )
                continue
        kept.append(event)
    return kept


_FURTHERS = re.compile(
    r"\b(?:to|for)\s(?:\w+ly\s)?(?:facilitat|promot|support|enhanc|boost|develop|strengthen|encourag|explor|"
    r"discuss|deepen|improv)\w*\b[^.;:]{0,60}$"
)
_TOLD_BY_NUMBER = re.compile(
    r"[\w\s“”\"’'-]{5,60}\bwith\s(?:\d+|four|five|six|seven|eight|nine|ten|several)\s[\w\s]{0,30}:"
)
_COUNT = re.compile(
    r"(?<!\b[Tt]he\s)(?<!\b[Tt]hese\s)\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|several|many)\s(?:(?!pairs?\b)[\w-]+\s){0,2}$"
)
"""`The city enjoys five sister city relationships`."""
_IN_WRITING = re.compile(r"(?i)agreement|pact|memorand|protocol|declaration")
_TO_MAKE = re.compile(
    r"\bto\s(?:\w+ly\s)?(?:establish|create|form|become|begin|enter\sinto|launch|build|forge|start)\b"
    r"[^.;]{0,20}$"
)
_PARTNERS = re.compile(r"(?i)(?:partners|sisters|counterparts)$")


def _form_before(scene: Scene, place: int) -> Form:
    """The tie that the sentences before speak of, for `International partners include …`."""
    for before in (*range(place - 1, max(-1, place - 4), -1), 0):
        sentence = scene.context.sentences[before]
        for cue in cues_in(scene.context.form.text, sentence.span, "en"):
            if cue.is_tie and cue.form in TIES:
                return cue.form
    return Form.OTHER


_COUNTED_PARTNERSHIPS = re.compile(
    r"\bha(?:s|ve)\s[\w()\s]{0,12}\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"[\w()\s]{0,16}\bpartnerships$"
)


def _are_bodies(side: tuple[Mention, ...]) -> bool:
    """`The agreement was signed by the Speaker of the Assembly and the Chair of the Board`."""
    return bool(side) and all(m.name.kind == "organization" for m in side)


def _are_unnamed(text: str, cue: Cue, start: int, mentions: tuple[Mention, ...]) -> bool:
    """`A and B mark years of friendship with Japanese sister cities`: whose they are isn't told."""
    is_plural = cue.is_tie and text[cue.span[1] - 1] == "s"
    if not is_plural or not _WITH_UNNAMED.search(text, start, cue.span[0]):
        return False
    return not any(0 <= m.reach[0] - cue.span[1] < 14 for m in mentions)


_WITH_UNNAMED = re.compile(
    r"\bwith\s(?:(?:its|their|our|several|other|many|two|three|[A-Z]\w+(?:ese|ish|an))\s){1,3}$"
)
_WILL_BE = re.compile(r"\b(?:will|shall)\s(?:now\s|hereby\s|henceforth\s)?be\s$")
_SUBJECT_LINE = re.compile(r"(?i)(?:subject|re|title|action\srequested|agenda\sitem)\s?:\s")
_AS_WELL = re.compile(r",?\s(?:as\swell\sas|and)\s(?:the\s|an?\s)?$")
"""`The signing of an agreement between A and B, as well as the agreement between A and C`."""
_AND_A = re.compile(
    r"\s(?:with|between|to)\s[^;:]{2,90}?,?\s(?:and|as\swell\sas)\s(?:also\s)?(?:(?:an?|the|one|two)\s)?"
)
"""`It has sister relations with Lima (2001) and friendly relations with Bonn (1999)`."""
_FROM_NOW = re.compile(r"(?i)\b(?:from\s(?:now|this|today)|henceforth|hereby)\b")
"""`From this day forward, A and B will be sister cities`."""
_OF_OLDER = re.compile(
    r"\s(?:(?:re)?(?:affirm|confirm|new)|extend|prolong|amend|supplement|updat|replac|supersed)ing\b"
)
"""What stands between a new paper and an older one: `a protocol extending the 2004 agreement`."""
_WITH_COUNTED_PLACES = re.compile(
    r"\swith\s(?:(?:over|about|some|more\sthan)\s)?[\w-]+\s(?:[\w-]+\s){0,2}"
    r"(?:cities|towns|places|provinces|states|partners),?\s(?:including|such\sas|namely|among)\b"
)
"""`It has forged such ties with 15 cities, including Lima and Kyoto`."""
_AMONG_THEM = re.compile(r"\b(?:among\s(?:them|which|these)|including|namely)\b")


def _is_one_of_several(
    text: str, cue: Cue, acts: list[Act], start: int, groups: list[Group]
) -> bool:
    """`Five papers were signed, among them an MOU between A and B`: the MOU too was signed."""
    among = _AMONG_THEM.search(text, start, cue.span[0])
    if among is None or not any(a.sort == "sign" and a.span[1] <= among.start() for a in acts):
        return False
    named = any(
        g.role is Role.BETWEEN and 0 <= g.span[0] - cue.span[1] < 30 and len(g.mentions) > 1
        for g in groups
    )
    return named or OF_TWO_SIDES.match(text, cue.span[1]) is not None


_SINCE_PAPER = re.compile(
    r"\b(?:since|after)\s(?:the|its|their|a|an)\s(?:first|last|previous|earlier)?\s?$"
)
"""`The first such paper since the memorandum with Lima in 2017`."""


def _is_page_of_ties(scene: Scene) -> bool:
    """Whether a page is about all partners of its owner: `Sister Municipalities of Oslo`."""
    first = scene.context.sentences[0]
    if scene.context.form.blocks[first.block].kind is not BlockKind.HEADING:
        return False
    text = scene.context.form.text
    ties = [cue for cue in cues_in(text, first.span, "en") if cue.is_tie]
    acts = [act for act in acts_in(text, first.span) if act.sort in ("sign", "end")]
    return bool(ties) and not acts and _OF_PARTNERS.search(text, *ties[0].span) is not None


_OF_PARTNERS = re.compile(
    r"(?i)(?:cities|towns|municipalities|communities|relationships|links|states)\b"
)
_ATTENDED = re.compile(r"\b(?:attend(?:ed|s|ing)?|witness(?:ed|ing)?)\s(?:the\s)?(?:\w+\s){0,2}$")
_TWINNED = re.compile(r"twinned")
_CONFIRMS = re.compile(
    r"\sto\s(?:confirm|formali[sz]e|seal|finali[sz]e)\s(?:the|this|their)\s(?:new\s)?"
    r"(?:arrangement|relationship|ties?|partnership|twinning|decision)\b"
)
"""`The council will have an agreement signed to confirm the new arrangement`."""
_BOND = re.compile(r"(?i)bonds?\sof\s")
"""`The purpose is to form a bond of friendship`: no paper."""
_ALLIES = re.compile(
    r"(?i)\b(?:tied?|ties|form(?:ed|ulated)?|forged?|signed|inked|sealed)\s(?:[\w-]+\s){0,2}alliance$"
)
"""`A has tied alliance with B`; no alliance that is only spoken of."""
_PARTY_OF_TIES = re.compile(r"(?i)celebrat|commemorat|marks|honou?rs")
_PROGRAMME = re.compile(r"(?i)(?:programm?e?|road\s?maps?|plans?\sof\sco-?operation)$")
_SIGNED = re.compile(r"(?i)\b(?:(?:co-|re-)?sign|ink|conclu)")
_DEFINES = re.compile(
    r"\s(?:are|were)\s[\"“]?(?:\w+,|a\s|usually|typically|often|formed|cities|towns)"
)
"""`Sister cities are linked, usually for exchanges`: what such a thing is."""
_BY_SOURCE = re.compile(r"According\sto\s[^,]{3,60},\s$")
_IN_GENERAL = re.compile(
    r"(?:Generally|Typically|Usually|Traditionally|Normally|In\sgeneral|Often)(?:\sspeaking)?,?\s|"
    r"When\s(?:two|cities|towns)\s|"
    r"(?:A|An|Each|Any|Every)\s(?:formal\s)?(?:sister|twin|friendship|partner)[-\s][^.;]{3,50}?\s"
    r"(?:becomes|is\s(?:an?|usually|often|formed|officially|generally)|may|can)\b|"
    r"(?:A|An|Each|Any|Every)\s(?:formal\s)?(?:sister|twin|friendship)\s[^.;]{3,60}?\sis\s(?:\w+ly\s)?\w+ed\s(?:when|if|after)\b"
)
"""`Generally, twin cities sign an agreement`: what is usual, not what was done."""
_AFTER_IT = re.compile(r"\bafter\s(?:it|they|the\s(?:city|town|county))\s(?:had\s)?(?:\w+ly\s)?$")
"""`It marks another step after it established ties with Lima in May`: an earlier paper."""
_SEVERAL_PAPERS = re.compile(
    r"\b(?:sign\w*|ink\w*|conclud\w*)\s(?:several|many|various|numerous|a\snumber\sof|dozens\sof)\s(?:[\w-]+\s){0,3}"
    r"(?:agreements|documents|memoranda|MO[Uu]s|pacts|accords)$"
)
_OF_BODIES = re.compile(
    r"\s(?:[a-z]+\s){0,3}(?:companies|universities|schools|chambers|hospitals|museums|libraries|clubs|teams|"
    r"airports|firms|airlines|operators|associations|residents|citizens|students)\b"
)


def _is_of_bodies(text: str, cue: Cue, groups: list[Group]) -> bool:
    """`an agreement between the Oslo and Lima transport companies`: no paper of the cities."""
    return any(
        group.role is Role.BETWEEN
        and 0 < group.span[0] - cue.span[1] < 90
        and all(m.name.kind in ("city", "government") for m in group.mentions)
        and _OF_BODIES.match(text, group.span[1]) is not None
        for group in groups
    )


def _names_pair(scene: Scene, place: int) -> bool:
    """Whether a sentence names the parties of the paper last found, and so may go on with it."""
    named = {key_of(m.name) for m in scene.mentions[place] if m.role is not Role.PLACE}
    return {key_of(m.name) for m in scene.pair} <= named


_ARE_NOW = re.compile(r"(?:are|is)\s(?:now|officially)\s")
"""`Oslo and Lima are now sister cities`, as a report begins: news."""
_HABIT = re.compile(r"(?i)(?:such|these)\s\w+s\b(?!\s(?:exist\w*\s|signed\s)?(?:with|between)\b)")
"""`The city signs such agreements`: what it does, not what it did."""
_TIE_WITH = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Oo]ur)\s(?P<cue>relationship|partnership|link|tie|twinning|friendship)\swith\s(?:the\s)?(?=[A-Z])"
)
_WAS_MADE = re.compile(
    r"(?:,[^,;.]{2,40},)?\s(?:(?:was|were|has\sbeen)\s(?:\w+ly\s|first\s)?(?:established|formed|forged|formali[sz]ed|"
    r"founded|sealed|signed)|(?:officially\s)?(?:began|started|dates\sback|goes\sback|dates))\s(?:in|on|to|from)\s"
    r"[^.;]{0,20}?\b(?:19|20)\d\d\b"
)


def _tie_with(scene: Scene, place: int) -> list[Event]:
    """`The relationship with Lima was established in 2009`, in a text on the ties of Oslo."""
    text = scene.context.form.text
    start, end = scene.context.sentences[place].span
    match, form = _TIE_WITH.search(text, start, end), _form_before(scene, place)
    if match is None or form not in TIES or scene.owner is None:
        return []
    partner = next((m for m in scene.mentions[place] if 0 <= m.reach[0] - match.end() < 20), None)
    made = _WAS_MADE.match(text, partner.reach[1], end) if partner else None
    if partner is None or made is None:
        return []
    cue = Cue(match.span("cue"), form, is_tie=True)
    words, years = (match.start(), made.end()), years_in(made.group())
    return [
        Event(place, cue, Tense.STATE, pair, words, "since", True, years, confidence=0.65)
        for pair in pairs_of(scene.owner, [partner])
    ]


_BEGAN = re.compile(
    r"(?:\b(?:[Tt]he|[Tt]his|[Tt]heir)\s(?:official\s|formal\s)?|(?<![\w-]\s)(?=[TRLFP]))"
    r"(?P<cue>(?i:relationship|relations|partnership|ties|links?|tie|twinning|friendship))"
    r"(?:\sbetween\s(?:the\stwo|both)\s\w+)?(?:,\swhich)?\s"
    r"(?:(?:was|were|has\sbeen)\s(?:\w+ly\s|first\s|originally\s)?"
    r"(?:established|formed|forged|formali[sz]ed|founded|sealed|signed)|(?:first\s|officially\s)?"
    r"(?:began|started|dates?\sback|goes\sback|originated|dates|dated))\s"
    r"(?:in|on|to|from)\s[^.;]{0,20}?\b(?:19|20)\d\d\b"
)


def _began(scene: Scene, place: int) -> list[Event]:
    """`The relationship began in 1979`: the tie between the parties named before."""
    text = scene.context.form.text
    match = _BEGAN.search(text, *scene.context.sentences[place].span)
    form = scene.form if scene.form in TIES else _form_before(scene, place)
    if match is None or form not in TIES or len(scene.pair) < 2:
        return []
    years = years_in(match.group())
    if scene.year and max(years, default=scene.year) >= scene.year:
        return []
    cue = Cue(match.span("cue"), form, is_tie=True)
    words, rule = match.span(), "english-state"
    return [Event(place, cue, Tense.STATE, (), words, rule, True, years, confidence=0.65)]


_AMONG = re.compile(
    r"(?:Among\s(?:them|these|those)\s(?:are|were)|(?:These|They|(?:The|Its|Our)\sother(?:s|\s(?:(?:sister|twin|partner)\s)?"
    r"(?:cities|towns|partners|states|ports|ones)))\s(?:are|include))\s"
)


def _among(scene: Scene, place: int) -> list[Event]:
    """`Among them are Oslo, Lima and Kyoto`: partners whom the sentence before counts."""
    text = scene.context.form.text
    start, _ = scene.context.sentences[place].span
    match = _AMONG.match(text, start)
    named = tuple(m for m in scene.mentions[place] if m.role is not Role.PLACE)
    if match is None or not place or scene.owner is None or not named:
        return []
    before = cues_in(text, scene.context.sentences[place - 1].span, "en")
    ties = [c for c in before if c.is_tie and not c.is_plain and text[c.span[1] - 1] == "s"]
    if not ties or named[0].reach[0] - match.end() > 4:
        return []
    cue = replace(ties[-1], span=match.span())
    return [
        Event(place, cue, Tense.STATE, pair, pair[1].reach, "list-of-ties", True, confidence=0.75)
        for pair in pairs_of(scene.owner, named)
    ]


_ONE_OF_THESE = re.compile(
    r"(?:[Tt]he|[Ii]ts|[Tt]heir)\s(?:very\s)?(?:first|oldest|earliest|latest|newest|most\srecent|last|second|third|fourth)\s"
    r"(?:(?:of\s(?:these|them|those|which|the)\s?)|(?:such|sister|twin|foreign|overseas)\s)*"
    r"(?:one|links?|relationships?|relations|ties?|partnerships?|agreements?|cit(?:y|ies)|twinnings?)?,?\s"
    r"(?:(?:was|is|being)\s)?(?:(?:signed|established|formed|made|concluded|forged)\s)?(?:(?:with|between)\s)?"
    r"(?:the\scity\sof\s)?(?=[A-Z])"
)


def _one_of_these(scene: Scene, place: int) -> list[Event]:
    """`The first of these, with Lima, was established in 1965; the latest, with Bonn, in 2016`."""
    text = scene.context.form.text
    start, end = scene.context.sentences[place].span
    if not place or scene.owner is None or not _ONE_OF_THESE.match(text, start):
        return []
    before = cues_in(text, scene.context.sentences[place - 1].span, "en")
    ties = [c for c in before if c.is_tie and not c.is_plain]
    owner = _owner_of_ties(scene, place - 1)
    if not ties or owner is None:
        return []
    events: list[Event] = []
    at = start
    while match := _ONE_OF_THESE.search(text, at, end):
        at = match.end()
        semicolon = text.find(";", at, end)
        stop = semicolon if semicolon > 0 else end
        verb = _VERB_OF_TIES.search(text, at, stop)
        until = verb.start() if verb else stop
        named = [m for m in scene.mentions[place] if at <= m.span[0] < until]
        pairs = pairs_of(owner, named)
        for pair in pairs:
            cue = replace(ties[-1], span=match.span())
            years = years_in(text[at:stop])
            words = (match.start(), pair[1].reach[1])
            events.append(Event(place, cue, Tense.STATE, pair, words, "list-of-ties", True, years))
    return events


_PROGRAMME_LINKS = re.compile(r"\b(?:also\s)?(?:links|connects|pairs)\s(?:the\s)?(?=[A-Z])")


def _programme_links(scene: Scene, place: int, cues: list[Cue]) -> list[Event]:
    """`The sister city programme links Oslo with Lima, Peru; and Kyoto, Japan`."""
    text = scene.context.form.text
    ties = [cue for cue in cues if cue.is_tie and not cue.is_plain]
    end = scene.context.sentences[place].span[1]
    match = _PROGRAMME_LINKS.search(text, ties[0].span[1], end) if ties else None
    named = [m for m in scene.mentions[place] if match and m.span[0] >= match.end() - 1]
    if match is None or len(named) < 2 or named[0].span[0] - match.end() > 14:
        return []
    if not re.fullmatch(
        r"\s(?:with|to|and)\s(?:the\s)?", text[named[0].reach[1] : named[1].reach[0]]
    ):
        return []
    return [
        Event(place, ties[0], Tense.STATE, pair, pair[1].reach, "list-of-ties", True)
        for pair in pairs_of(named[0], named[1:])
    ]


_LINKED = re.compile(
    r"\b(?:has|have|had|is|are|was|were|been)\s(?:(?:also|been|formally|officially|\w+ly)\s)*"
    r"(?P<cue>linked|partnered|partners|(?:\w+\s)?links?|ties)\s(?:(?:with|to|of)\s|(?=since|in\s\d))"
)
_OF_OWNER = re.compile(r"(?:It|We|The\s(?:city|town|county|state|province|borough))\s")
_SINCE_THEN = re.compile(
    r"\b(?:since|(?:established|formed|forged|begun|started)\s(?:back\s)?in)\s(?:[A-Z]\w+\s)?(?:19|20)\d\d\b"
)


def _linked(scene: Scene, place: int) -> list[Event]:
    """`Oslo has been linked with Lima since 1978`: a tie without the name of one, but dated."""
    text = scene.context.form.text
    start, end = scene.context.sentences[place].span
    match = _LINKED.search(text, start, end) or _PARTNER_OF.search(text, start, end)
    since = _SINCE_THEN.search(text, match.end(), end) if match else None
    if match is None or since is None:
        return []
    named = [m for m in scene.mentions[place] if m.name.kind in ("city", "government", "port")]
    ahead = distinct([m for m in named if m.reach[1] <= match.start() and m.role is not Role.PLACE])
    behind = distinct([m for m in named if match.start() < m.span[0] < since.start()])
    if not ahead and scene.owner is not None and _OF_OWNER.match(text, start):
        ahead = (scene.owner,)
    sides = pairs_of(ahead[-1], behind) if ahead and behind else [ahead]
    cue = Cue(match.span("cue"), _form_before(scene, place), is_tie=True)
    words = (match.start(), since.end())
    years = years_in(since.group())
    return [
        Event(place, cue, Tense.STATE, side, words, "since", True, years, confidence=0.65)
        for side in sides
        if len(side) == 2
    ]


_PARTNER_OF = re.compile(
    r"\b(?:is|(?:has|have)\sbeen)\s[^.;,]{2,50}['’]s?\s(?:\w+\s)?(?P<cue>partners?)\s(?=since\b|from\s\d)"
)
"""`Lima has been Oslo's partner since 2017`."""
_YEAR_IN_BRACKET = re.compile(r"\s?\((?:since\s)?(?:19|20)\d\d\)")


def _with_years(scene: Scene, place: int) -> list[Event]:
    """`Since then Oslo has added Lima (1977), Kyoto in Japan (1985) and Bonn (1993)`: partners.

    In a text on ties, places with the year of each in brackets are partners of its owner.
    """
    text = scene.context.form.text
    form = _form_before(scene, place)
    named = [m for m in scene.mentions[place] if m.name.kind in ("city", "government", "port")]
    dated = [
        m
        for m in named
        if _YEAR_IN_BRACKET.search(text, m.span[1], m.reach[1])
        or _YEAR_IN_BRACKET.match(text, m.reach[1])
    ]
    ahead = [m for m in named if dated and m.reach[1] <= dated[0].reach[0]]
    owner = ahead[-1] if ahead else scene.owner
    if len(dated) < 2 or form not in TIES or owner is None or len(named) > len(dated) + 1:
        return []
    events = []
    for owned in pairs_of(owner, dated):
        words = owned[1].reach
        years = years_in(text[words[0] : words[1] + 8])
        cue = Cue(words, form, is_tie=True)
        events.append(
            Event(
                place, cue, Tense.STATE, owned, words, "list-of-ties", True, years, confidence=0.7
            )
        )
    return events


_JOINED = re.compile(
    r"(?:,\s(?:our|its|the)\s[\w\s]{2,24},)?,?\s(?:joined|followed|(?:was|were)\s(?:later\s)?added|became\s(?:the|our|its)\s\w+)\b"
    r"[^.;,]{0,40}?(?P<date>\b(?:19|20)\d\d\b|\b(?:years?\slater|(?:same|following|next)\syear)\b)"
)
_LATER = re.compile(
    r",?\s(?:(?:in\s)?(?:19|20)\d\d|(?:an?|\w+)\syears?\slater|the\s(?:same|following|next)\syear)\b"
)


def _joined_in(scene: Scene, place: int) -> list[Event]:
    """`Lima joined in 1988, and Kyoto a year later`: partners, in a text on ties."""
    text = scene.context.form.text
    form = _form_before(scene, place)
    named = [m for m in scene.mentions[place] if m.role is not Role.PLACE]
    if not named or form not in TIES or scene.owner is None:
        return []
    match = _JOINED.match(text, named[0].reach[1], scene.context.sentences[place].span[1])
    if match is None:
        return []
    more = [m for m in named[1:] if m.span[0] > match.end() and _LATER.match(text, m.reach[1])]
    events = []
    for pair in pairs_of(scene.owner, [named[0], *more]):
        words = (pair[1].span[0], match.end() if pair[1] is named[0] else pair[1].reach[1])
        cue, years = Cue(words, form, is_tie=True), years_in(text[slice(*words)])
        events.append(
            Event(
                place, cue, Tense.STATE, pair, words, "list-of-ties", True, years, confidence=0.65
            )
        )
    return events


_VERB_OF_TIES = re.compile(r"\b(?:was|were|in|since|dates?|go(?:es)?|began)\s")


def _owner_of_ties(scene: Scene, place: int) -> Mention | None:
    """Whose ties a sentence counts: `Oslo has seven sister cities`."""
    named = [m for m in scene.mentions[place] if m.role is not Role.PLACE]
    return named[0] if named else scene.owner


def _years_of(
    text: str, cues: list[Cue], index: int, words: Span, sentence: Span
) -> frozenset[int]:
    """The years behind a cue that shares the verb of the one before: `a pact in 2003 and …`."""
    if not index or not words[0] < cues[index - 1].span[0]:
        return frozenset()
    end = cues[index + 1].span[0] if index + 1 < len(cues) else sentence[1]
    return years_in(text[cues[index].span[1] : min(end, cues[index].span[1] + 80)])


_GOES_ON = re.compile(r"(?:The\stwo|Both|They|There|At\s(?:the|that)\stime|Then)\b")
_FRONTED_MONTH = re.compile(rf"(?:In|Last)\s({'|'.join(MONTHS)}),\s")
"""`In June, the state announced …`, in a report of July on another paper."""


_LATELY = re.compile(
    r"(?:Just\s)?(?:Last|Earlier\sth(?:is|at))\s(?:week|month|year|summer|spring|autumn|fall|winter)\b"
)
"""`Last month, the city signed …`, in a report on another paper."""
_FRONTED_YEAR = re.compile(r"(?:In|On)\s[^.;,]{0,16}(?:19|20)\d\d,")


def _years_before(scene: Scene, place: int) -> frozenset[int]:
    """Earlier years with which the sentence before begins, where this one goes on with it.

    `In 2022, a delegation came to Lima. The two sides signed a memorandum.`
    """
    sentences = scene.context.sentences
    if not place or sentences[place].block != sentences[place - 1].block:
        return frozenset()
    words, before = (scene.sentence(at) for at in (place, place - 1))
    fronted = _FRONTED_YEAR.match(before)
    if fronted is None or not _GOES_ON.match(words) or years_in(words):
        return frozenset()
    years = years_in(fronted.group())
    return years if years and max(years) < scene.year else frozenset()


_FIRST_PAIR = re.compile(r"\bfirst\s(?:pair|such|of)\b|\bfirst\s(?:\w+\s)?(?:sister|twin)")


def _told_of_past(scene: Scene, place: int) -> bool:
    """Whether the sentence before, of the same paragraph, names only earlier years."""
    sentences = scene.context.sentences
    if not place or sentences[place].block != sentences[place - 1].block:
        return False
    return is_earlier(scene, scene.sentence(place - 1))


_IN_MONTH = re.compile(rf"\b(?:in|last)\s({'|'.join(MONTHS)})\b(?!\s(?:\d|of\s\d))")
"""A month without a day or year."""


def _months_ago(scene: Scene, month: re.Match[str] | None) -> int:
    """How many months a month that is named was before that of publication; 0 where unknown."""
    published = scene.context.published
    if month is None or len(published) < 7:
        return 0
    return (int(published[5:7]) - MONTHS.index(month[1]) - 1) % 12


_PREAMBLE = re.compile(
    r"(?i)\W{0,3}(?:recalling|pursuant|considering|noting|having\sregard|bearing\sin\smind|in\saccordance|"
    r"acknowledging|recogni[sz]ing|mindful|referring)\b"
)
"""What an agreement builds on: `Recalling the protocol signed in 2013`."""
_NAMED_TIE = re.compile(r"(?i)\b(?:sister|twin)[-\s](?:cit|town|state|port|count)")
_RENEWS = re.compile(r"(?i)renew|re-?sign|extend")
_FIRST = re.compile(r"\b(?:[Ff]irst|[Oo]riginal|[Ii]nitial|[Ee]arlier)\s(?:[\w-]+\s){0,2}$")
_REPORTED = re.compile(
    r"\b(?:said|announced|reported|confirmed|stated)\b[^.;]{0,60}\bthat\s[^.;]{0,40}\bhad\b"
)
_ON_ANNIVERSARY = re.compile(
    r"\b(?:on|at|to\smark|marking|for|in)\s(?:the\soccasion\sof\s)?(?:the|its|their)\s[\w-]+\s(?:year\s)?anniversary\b"
)
"""The occasion of a new paper."""
_IN_YEAR = re.compile(
    r"\b(?:[Ii]n|of|[Oo]n|[Dd]uring)\s(?:the\s)?(?:[A-Z][a-z]+\.?\s)?(?:\d{1,2},\s)?(?:19|20)\d\d\b"
)
_SAID_NOW = re.compile(r"\b(?:said|announced|confirmed)\b[^.;]{0,40}$")
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


def _recalled(text: str, cue: Cue, start: int) -> Told | None:
    """An earlier paper that the text of an agreement builds on."""
    is_dated = _PREAMBLE.match(text, start) and years_in(text[cue.span[1] : cue.span[1] + 70])
    if is_dated and not cue.is_tie and text.endswith("the ", start, cue.span[0]):
        return Tense.STATE, cue.span, True, "preamble"
    is_named = text[cue.span[0]].isupper() and not cue.is_plain
    if is_named and _RECALLS.search(text, max(start, cue.span[0] - 50), cue.span[0]):
        return Tense.STATE, cue.span, True, "preamble"
    return None


_ASIDE = re.compile(
    r"^[^()]*\)|\((?:twinned|sister|since)[^()]{0,40}\)|\b(?:said|says|added)[:,]?\s[“\"].*"
)


def _without_asides(clause: str) -> str:
    """What is said of a cue without quotes, and brackets on an older tie: `A and B (twinned in
    1968) signed an agreement`."""
    return _ASIDE.sub(lambda match: " " if "\n" not in match.group() else match.group(), clause)


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
