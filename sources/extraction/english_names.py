"""Names of places and bodies in English sentences: known ones first, others by their form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from citypact.sources.extraction.gazetteer import fold, gazetteer
from citypact.sources.extraction.lexicon import (
    Entry,
    is_word_too,
    known_latin,
    lexicon,
    territories,
    word_list,
)
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import Name
from citypact.sources.model import Span

_CAPITAL = r"(?:[A-ZÀ-ÞŠŽČĐ][\w’'&-]*\w|[A-ZÀ-Þ])"
_WORD = re.compile(r"[\wÀ-ž](?:(?:[\w’'&-]|[‘ʻ](?=\w))*[\w’'&])?(?:\.(?=\w)[\w’'&-]*)*")
_CITY_BEFORE = (
    "City|Town|Municipality|Regional Municipality|Metropolitan Municipality|Metropolis|"
    "Capital City|Capital|"
    "Metropolitan Government|Municipal Government|City Government|City Council|City Commission|"
    "Municipal Council|Municipal Corporation|Corporation"
)
_AREA_BEFORE = (
    "County|Province|State|Prefecture|Port|Borough|District|Region|Commonwealth|Canton|Village|"
    "Township|County Government|Provincial Government|State Government|Government|Republic"
)
_BODY_BEFORE = (
    "University|Ministry|Department|Bureau|Bank|Chamber of Commerce|Institute|Embassy|Council|"
    "Association|Federation|Organization|Organisation|Office|League|Museum|Union|Chamber|Confederation|"
    "Academy|Alliance|Agency|Centre|Center"
)
_BODIES_BEFORE = frozenset(_BODY_BEFORE.split("|"))
_SMALL = "cities|communities|towns|villages|municipality|city|town|county|state|province|port|ports"
_BEFORE = re.compile(
    rf"(?:[Tt]he )?(?P<word>{_CITY_BEFORE}|{_AREA_BEFORE}|{_BODY_BEFORE})"
    rf"(?: and (?:County|Borough))?s? of "
    rf"(?:the )?(?={_CAPITAL})|"
    rf"(?P<small>(?:the )?(?:{_SMALL})) of (?={_CAPITAL})"
)
_PART_OF_LAND = re.compile(r"(?:North|South|East|West|Central|Northern|Southern)\s[A-Z]\w+")
"""`The University of North Texas` is no Texas."""
_GOVERNED = {
    "County Government": "County",
    "Provincial Government": "Province",
    "State Government": "State",
}
"""What the government of a place by the name makes of it."""
_ONE_OF = dict.fromkeys(("Cities", "Communities", "Towns", "Villages"), "City") | {"Ports": "Port"}
"""What a name in a list of several is."""
_LEADING = frozenset(
    words.split()[0]
    for words in f"the|The|{_SMALL}|{_CITY_BEFORE}|{_AREA_BEFORE}|{_BODY_BEFORE}".split("|")
)
"""The first words of what `_BEFORE` finds."""
_CITY_BEHIND = (
    "Metropolitan Government|Metropolitan City Government|Metropolitan City|"
    "[Mm]etropolitan Municipality|Metropolitan Administration|Special Self-[Gg]overning City|"
    "Special Metropolitan City|Special City|City Government|City Council|City Commission|"
    "City Corporation|"
    "Metropolitan Assembly|Municipal Assembly|"
    "Regional Municipality|Historic City Council|Historic City|"
    "Municipal People['’]s Government|People['’]s Government|Municipal Government|"
    "Municipal Council|Municipality|Municipal Corporation|Town Council|"
    "[Mm]unicipal [Cc]ouncil|[Cc]ity [Cc]ouncil|[Tt]own [Cc]ouncil|[Mm]unicipality|"
    "City and County|City County|City|city|Township|Town"
)
_AREA_BEHIND = (
    "Special Self-Governing Province|Provincial Government|Province|province|"
    "Prefectural Government|Prefecture|prefecture|County Council|County Government|County|Oblast|"
    "Region|Krai|Kray|"
    "State Government|State|District|Borough|Canton|Governorate|Regency|"
    "state government|provincial government|district|county|region"
)
_BEHIND = re.compile(
    rf"(?:\s\([^()]{{2,40}}\)(?=\s(?:Metropolitan\s)?(?:Municipality|District|Province|Governorate)\b))?\s(?:(?P<city>{_CITY_BEHIND})(?!\s(?:Hall|Office|House)\b)|(?P<area>{_AREA_BEHIND})|"
    r"(?P<either>(?:(?:[Pp]rovincial|[Mm]unicipal|[Cc]ity)\s)?People['’]s\s(?:Committee|Government)))"
    r"\b(?P<of>\sof\s(?:the\s)?(?P<where>[A-Z]\w+(?:\s[A-Z]\w+)?))?"
)
_NO_OFFICE = (
    r"(?!(?:Mayor|Governor|President|Chair(?:man|woman|person)?|Director|Secretary|Minister|"
    r"Commissioner|Premier|Mr|Ms|Mrs|Dr)\b)"
)
"""No office stands in the name of a body: `Port of Lima President Ana Ruiz and Oslo Port`."""
_BODY_BEHIND = re.compile(
    rf"\s(?P<middle>(?:{_NO_OFFICE}[A-Z][\w&-]*\s(?:(?:and|of|for|&|Exporters?)\s)?){{0,5}}?)"
    r"(?P<word>University|Institution|Port Authority|Port Administration|"
    r"Ports Authority|Authority|Ports?|Corporation|Foundation|"
    r"Association|Institute|Agency|Ministry|Bank|Organi[sz]ation|Company|Group|"
    r"Chamber of Commerce(?:\sand\sIndustry)?|Chambers? of Commerce|Council|Committee|Commission|"
    r"Museum|Library|School|College|Airports?|Society|Federation|Alliance|Network|Fund|Inc|Ltd|LLC|"
    r"Corp|Board|Philanthropies|Technologies|Systems|Electronics|Airlines|Motors|Holdings|"
    r"Co\.?,?\s(?:Ltd|Limited)|Solutions|Telecom|Union|Secretariat|Department|Hospital|Zoo|Zoos|Technopark|Geopark|E&C|Parliament|Assembly|Congress|Academy|Orchestra|Club|Bureau)\b"
    r"(?!\s(?:Conference|Forum|Summit|Festival|Expo|Exhibition|Symposium)\b)(?!(?<=\bPort)\s(?:Agreement|Pact|Relation))"
    r"(?:\s(?:International|Group|Limited|Ltd|Inc|Corporation)\b(?!\s(?:of|and)\s[A-Z]))?"
    r"(?:\s(?:of|for)\s(?:the\s)?(?!People['’]s\b)(?P<of>[A-Z][\w&-]*(?:,?\s(?:and\s(?:the\s)?|&\s|"
    rf"for\s|of\s)?(?!(?:(?:County|State|City|Provincial)\sGovernment|Port|City|University|Town|County|Province)\sof\b){_NO_OFFICE}[A-Z][\w&-]*){{0,5}}))?"
)
TITLE = (
    r"(?:(?:Vice|Deputy|Lord|Acting|Governing|Lady|Former|Then|Executive|Lieutenant|Lt\.?)[-\s])*"
    r"(?:Chief\sMinister|Mayors?|"
    r"Governors?|Gov|President|Chairman|Chairwoman|Chairperson|Chair|Councill?or|Ambassador|Minister|"
    r"Secretary(?:[-\s]General)?|Director(?:[-\s]General)?|Consul(?:[-\s]General)?|Mr|Mrs|Ms|Dr|"
    r"Prof|Professor|Sir|Premier|Commissioner|Superintendent|Alderman|CEO|Senator|Representative|"
    r"Manager|Provost|Mayoress|Reeve|head(?=\s[A-Z]))"
)
_HEADLINE_VERB = (
    r"(?:Visits?|Meets?|Signs?|Signed|Inks?|Attends?|Welcomes?|Receives?|Received|Hosts?|Leads?|"
    r"Travels?|Arrives?|Calls?|Seeks?|Says?|Hails?|Greets?|Met|Visited|Wraps?|Returns?|Joins?|"
    r"Announces?|Opens?|Discuss(?:es)?|Pays?|Holds?|Unveils?|Talks?|Tours?)"
)
"""What ends the name of a person in a headline: `Mayor Ada Berg Visits Lima`."""
_HEAD = r"(?:Vice |Deputy |Lord |Acting )*(?:Mayors?|Governors?|Gov|Premier|City Manager|Provost)"
PERSON = re.compile(
    rf"\b{TITLE}\.?,?\s(?P<name>(?:(?:H\.?E\.?|Dr|Mr|Ms|Mrs|Sir|Dato|Hon)\.?,?[’']?\s)*"
    rf"{_CAPITAL}(?:(?:\s|,\s(?=Jr)|\s[A-Z]\.\s)(?:(?:de|da|del|dos|van|von|bin|al|el|la|Jr)\s)?"
    rf"(?!{_HEADLINE_VERB}\b){_CAPITAL}){{0,4}})"
)
_LISTED = re.compile(r"\s?(?:,|/|&|–|—|-\s|\sand\b|\sas\swell\sas\b)")
_PLACE = re.compile(
    r"\b(?:in|at|from|near|to|visit(?:ed|ing|s)?|throughout|across|around|outside|via|into|left|"
    r"toured|based\sin)\s(?:the\s)?$"
)
VENUE = re.compile(
    r"\s(?:(?:City|Town|County|District|State|Municipal|Provincial)\s)?(?:Hall|House|Office|Capitol)\b"
)
"""`at the Lima City Hall`: where something happens."""
_REPORTER = re.compile(r"(?i)\b(?:news(?:\sagency)?|times|herald|tribune|press)$")
_REPORTS = re.compile(r"\s(?:reported|reports|said|wrote)\b")
"""`…, Oslo News Agency reported`: who tells of it."""
_OF_PART = re.compile(r"\s(?:Municipality|District)\b")
_AUTHORITIES_IN = re.compile(r"\b(?:[Aa]uthorities|counterparts?)\s(?:in|of|from)\s(?:the\s)?$")
_DELEGATION_FROM = re.compile(
    r"\b(?:delegation|delegates|team|mission|officials|representatives)\sfrom\s(?:the\s)?$"
)
_IS_TO_SIGN = re.compile(
    r"\s(?:would|will|is|are|has|have)\b[^.;]{0,60}\b(?:sign|ink|conclude)(?:ed|d)?\b"
)
"""`A delegation from Lima will come to sign a pact`: Lima is a party of it."""
_SISTER_TO = re.compile(r"\b(?:cities|towns|city|town|sisters?|twins?|states?)\sto\s(?:the\s)?$")
_NO_NAME_OF_BODY = (
    r"\b(?:and|of)\b|Sign|Mayor|\b(?:Forms?|Inks?|Forges?|Ties?|Sister|Twin|Become|Launch)\b"
)
_GLOSS = re.compile(r"\s[(（][^()]{1,60}[)）]")
_OWNS = re.compile(r"['’]s\s[A-Z]")
_OF_SEVERAL = re.compile(
    rf"(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})(?:,\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}){{0,5}}"
    rf"(?:,?\s(?:and|&)\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})?\s"
    r"(?P<kind>[Pp]rovinces|[Rr]egions|[Pp]refectures|[Cc]ounties|[Dd]istricts|[Mm]unicipalities)\b"
)
"""`Savan, Zorin and Tamil provinces`: names whose kind stands behind the last."""
_WHOLE_NAME = re.compile(rf"{_CAPITAL}(?:\s(?!{TITLE}\b){_CAPITAL}){{1,4}}")
"""`Union of Turkish World Municipalities`: all its capitals."""
_SMALL_KIND = re.compile(r"\s(?:\w+\s)?(?:capital|city|town|province|state|port|district|county)\b")
_ENDS_IN_KIND = re.compile(
    r"\s(?:province|city|county|district|region|municipality|prefecture|state|town)$"
)
_TWINS = re.compile(
    r"\s(?:(?:has|have)\s(?:\w+\s)?)?(?:signed|inked|twinned)\b|\s(?:signs|inks|twins)\b|\s(?:is|has\sbeen|was|became)\s(?:\w+\s)?(?:twinned|a\s(?:sister|twin))\b"
)
"""`Nancy has been twinned with Newcastle`: no person."""
_IN_REGION = re.compile(
    r",?\sin\sthe\s(?:[A-Z][\w.]*\s)?(?:(?:state|province|region|prefecture|county|department)\sof\s)?|"
    r",\s(?:the\s)?|\s?\(|,?\s(?:in|of)\s(?:the\s)?"
    r"(?:(?:[Cc]entral|[Nn]orth\w*|[Ss]outh\w*|[Ee]ast\w*|[Ww]est\w*)\s)?"
    r"(?:(?:[A-Z]\w+\s)?[A-Z]\w+['’]s\s)?"
)
_NEXT_OK = re.compile(
    rf"(?:{TITLE}|And|Sign|Signs|Signed|Ink|Inks|Form|Forge|Join|To|In|With|As|For|City|Cities|"
    rf"Sister|Friendship|MOU|Agreement|Partnership|Memorandum|Twin|Will|Seal|Mou|On|At|Of|The|"
    rf"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    rf"Renew|Establish|Become|Agree|Mark|Celebrate|Strengthen|Launch|Enter|Expand)\b"
)


@dataclass(frozen=True, slots=True)
class _Core:
    """The words that name something, without what stands around. length: in words."""

    start: int
    stop: int
    length: int
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Hints:
    """What an English text says of unknown names.

    proper: words that it has with a capital within sentences, and never without. places: names
    with which something is said to be or to happen there.
    """

    proper: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def english_mentions(
    text: str,
    span: Span,
    is_heading: bool = False,
    sure: frozenset[str] = frozenset(),
    hints: Hints = Hints(),
) -> list[Mention]:
    """The names of an English sentence, in its order; the place of a dateline is no party.

    sure: names that are beyond doubt elsewhere in the text.
    """
    words = text[slice(*span)]
    letters = [sign for sign in words if sign.isalpha()]
    if len(letters) > 12 and sum(sign.isupper() for sign in letters) > 0.8 * len(letters):
        words = _with_small_letters(words)
    elif is_heading:
        words = _SMALL_IN_TITLE.sub(lambda match: match.group().lower(), words)
    else:
        words = _CAPITALS.sub(lambda run: _with_small_letters(run.group()), words)
    if _BYLINE.fullmatch(words):
        return []
    words = _FIRST_IN_CAPITALS.sub(lambda first: first.group().capitalize(), words)
    found = _Reader(words, is_heading, sure, hints).mentions()
    if _MEMO_LINE.match(words):
        found = [mention for mention in found if mention.reach != mention.span]
    is_first = bool(found) and not is_heading and found[0].reach[0] == 0
    if is_first and (_DATELINE.match(words, found[0].reach[1]) or _AGENCY_BEFORE_TEXT.match(words)):
        found[0] = replace(found[0], role=Role.PLACE)
    head = None if is_heading else _DATELINE_HEAD.match(words)
    if head is not None and len(re.findall(r"\s[a-z]+\b", words[head.end() :])) > 5:
        found = [replace(m, role=Role.PLACE) if m.reach[1] < head.end() else m for m in found]
    return [_moved(mention, span[0]) for mention in found]


_FIRST_IN_CAPITALS = re.compile(r"^[A-Z]{4,}(?=\s[A-Za-z][a-z])")
"""`HARBOUR Island became …`, as newspapers begin."""
_SMALL_IN_TITLE = re.compile(r"(?<=\s)And(?=\s(?!State\b|City\b))")
_BYLINE = re.compile(r"(?:By|Source:|Photo:)\s[\w.’'& -]{2,40},?")
"""`By Nordwire,`: who reports."""
_MEMO_LINE = re.compile(
    r"(?i)(?:(?:to|from|by|through|via|cc|author|contact|staff)|(?:prepared|submitted|presented|"
    r"reviewed|approved|written)\sby)\s?:\s"
)
"""`Through: Ada Martinez, City Manager`: those who wrote a memo, whose names may be of places."""
_AGENCY = re.compile(
    r"(?:(?:[A-Z][\w.]+|\d{1,2})(?:,?\s|(?=--\())){0,4}(?:/(?P<one>[A-Z][\w. ]+)/|"
    r"(?:--)?[(\[](?P<two>[A-Z][\w./ ]{1,24})[)\]](?=\s?(?:[–—-]|\s[A-Z])))"
)
"""The news agency of a dateline is no party: `OSLO (Nordwire) —`, `Lima /ANDINA/`."""
_AGENCY_BEFORE_TEXT = re.compile(
    r"[^.:()]{0,24}(?:\([^()]*\)[^.:()]{0,30})?\((?P<it>[A-Z][^()]{1,60})\)\s?:"
)
"""`Lima (Peru), March 29 (ANDINA/NW): …`."""
_TO_FILL_IN = re.compile(r"\[[A-Z][A-Z ,/]{3,80}\]")
"""`[NAME OF PARTNER]`: what a form asks for."""
_DATELINE = re.compile(
    r"\s?--\([A-Z][A-Z ]+\)--|"
    r"(?:/[A-Z][\w.]+)?(?:,?\s[A-Z][\w.]*,?)?(?:[,.]?\s(?:[A-Z][a-z]{2,8}\.?|\d{1,2}(?:st|nd|rd|th)?,?|"
    r"(?:19|20)\d\d)){0,4}\s?(?:\([^()]{2,40}\)\s?)?(?:[–—:]|--?|\.-?)\s(?![a-z])"
)
_DATELINE_HEAD = re.compile(
    r"[A-ZÀ-Þ][\w.’'-]*+(?:,?\s(?:[A-ZÀ-Þ][\w.’'-]*+|\([A-Z][\w./ ]{0,20}\)|"
    r"\d{1,4}(?:st|nd|rd|th)?)){1,7}"
    r"\s?(?:[–—]|--?)\s"
)
"""`LIMA, Peru, May 4, ANP – `: the place of a report and its agency, before a whole sentence."""


_CAPITALS = re.compile(r"(?:\b[A-Z]{2,}[A-Z'’.]*[,]?\s|\bA\s){4,}[A-Z]{2,}\b")
"""`BE IT RESOLVED BY THE COUNCIL OF THE CITY OF LIMA, that …`"""


def _with_small_letters(words: str) -> str:
    """`CITY OF SEOUL AND LA` with capitals where names have them; as long as before."""
    small = re.compile(r"\b(?:Of|And|The|Between|With|In|At|By|For|To|On|A|An)\b")
    titled = re.sub(r"[A-Za-z]+(?:['’][A-Za-z]+)?", lambda m: m.group().capitalize(), words)
    return small.sub(lambda m: m.group().lower(), titled)


def _moved(mention: Mention, by: int) -> Mention:
    return replace(
        mention,
        span=(mention.span[0] + by, mention.span[1] + by),
        reach=(mention.reach[0] + by, mention.reach[1] + by),
    )


def _parts(match: re.Match[str]) -> list[re.Match[str]]:
    """A word, or the two places that it joins: Seoul-Hanoi."""
    if "-" not in match.group():
        return [match]
    first, sign, second = match.group().partition("-")
    rest = match.string[match.end() :]
    longer = re.match(r"\s[A-Z]\w+", rest)
    is_longer = bool(longer and known_latin(second + longer.group()))
    # Seoul-Beijing Integration Council is one name, Seoul-Beijing Sister Cities are two; and
    # Miami-Dade is one wherever it does something.
    is_alone = not re.match(
        r"\s(?!Sister|Twin|Friend|Partner|Agreement)[A-Z][a-z]|['’]s\b|\s(?:has|have|had|is|was|will|would|"
        r"lawmakers|officials|council|commission|signed|became)\b",
        rest,
    )
    is_place = is_longer or (is_alone and known_latin(second) is not None)
    is_first = known_latin(first) or first in ("City", "Town", "County", "Province")
    if sign and second[:1].isupper() and is_first and is_place:
        halves = re.compile(re.escape(first)), re.compile(re.escape(second))
        at = match.start() + len(first) + 1
        found = halves[0].match(match.string, match.start()), halves[1].match(match.string, at)
        return [half for half in found if half]
    return [match]


_SMALL_AREA = re.compile(r"(?:[Cc]ounty|[Dd]istrict|Borough|-gun|-gu)$")
_KOREAN_AREA = re.compile(r"^[A-Z][a-z]+-(?:gu|gun|si|do)$")
"""Romanised names of districts, counties, cities and provinces of Korea."""
_OF_TIES = re.compile(
    r"(?i)(?:\b(?:sister|twin|sibling|friendship|partner|friendly|capital|port)[-\s]|cities/)$"
)
_SMALL_HEAD = r"(?:acting |deputy |vice |lord |executive )?(?:mayor|governor)"
_OFFICE_OF = re.compile(
    rf"\b(?P<o>{TITLE}|{_SMALL_HEAD}) of (?:the )?"
    r"(?:(?:[A-Z]\w+ )?(?:city|town|municipality|district|commune|county|province) "
    r"(?:of (?:the )?)?)?(?:[Cc]ity of )?$"
)
_PERSON_OF = re.compile(
    rf"\b(?P<o>{TITLE})\.?,?\s(?![^.;]{{0,40}}\b(?:Bureau|Department|Division|Board|Committee|Affairs)\s)"
    rf"{_CAPITAL}(?:,?\s(?:(?:de|del|da|dos|van|von|bin|al|el|la)\s)?"
    rf"{_CAPITAL}){{0,4}},?"
    r"(?: and .{0,30})? of (?:the )?(?:[Cc]ity of )?$"
)
_PARTICLE = re.compile(
    r"bin|de|del|della|di|da|do|dos|la|le|las|los|el|al|am|der|den|von|van|sur|upon"
)
_NATION = re.compile(
    r"American|Chinese|Japanese|Korean|Russian|German|French|Indian|Mexican|Brazilian|Canadian|"
    r"Australian|Italian|Turkish|British|Vietnamese|Swiss|Spanish|Polish|Czech|Danish|Dutch|Swedish|"
    r"Norwegian|Finnish|Greek|Hungarian|Austrian|Belgian|Irish|Scottish|Welsh|English|Thai|Taiwanese|"
    r"Indonesian|Malaysian|Philippine|Ukrainian|Romanian|Bulgarian|Serbian|Croatian|Portuguese|"
    r"Argentine|Chilean|Peruvian|Colombian|Egyptian|Moroccan|Israeli|Kenyan|Ghanaian"
)
_DEMONYM = re.compile(
    r"[A-Z][\w-]+(?:ian|ish|ese|ean|an|nch|tch|zech|eek|wiss|rabic|bai|sque)|Saudi"
)
_OF_OFFICE = re.compile(
    rf"(?:Executive|Lieutenant|Acting|Governing|Deputy|Vice|Lord|Chief|Municipal|First)\s{TITLE}\b|"
    r"(?:Head\sof\s)?Government\b|Head\b"
)
_OF_KIND = frozenset({"Historic", "Regional", "Metropolitan", "Rural"})
"""Words that belong to the kind of place behind a name."""
_INITIALS = re.compile(r"(?<![A-Z])(?!U\.[SK]\.|D\.C\.|P\.R\.)(?:[A-Z]\.\s?){1,3}\s$")
_SPOKE = re.compile(r"\s(?:said|says|told|added|noted|stated|recalled|explained|thanked)\b")
_SEATS = (" City", " Town", " County", " Borough", " District", " Shire")
"""What stands before `Council` where it is the government of a place."""


_OF_BODY = re.compile(
    r"\b(?:All|(?<=[Tt]he\s)(?:Ports?|Maritime|Harbou?r|Airports?)\sand|National|Royal|Federal|Technical|Catholic|Imperial|(?:North|South|East|West|Central)(?:ern)?)\s$"
)
_FORMER = re.compile(
    rf"(?:{_CAPITAL}\s)?{_CAPITAL},\s(?:now|today|formerly|previously|then)\s(?:called\s)?$"
)
"""`Stalingrad, now Volgograd`: the other name of a place before it."""
_BODY_WORD = re.compile(
    r"Smart|Green|Global|World|International|National|Digital|Central|Future|Innovation|New|Eco"
)
_TIE_OF_PORTS = re.compile(
    r"\b(?:Sister|Brother|Sibling|Twin|Become|Friendship)\s(?:\w+\s)?Ports?$"
)
"""What a headline makes of ports: `Oslo Port and Lima Port Become Sister Ports`."""
_WHOLE_BODY = re.compile(
    r"Foundation|Association|Institute|Agency|Bank|Organi[sz]ation|Alliance|Network|Fund|Council|"
    r"Committee|Commission|Federation|Society|Union|Corporation|Company|Group|Academy|Authority"
)
_PERSON_BEHIND = re.compile(
    rf"\s(?P<name>{_CAPITAL}(?:[-\s]{_CAPITAL}){{1,3}})(?=\s(?:and|signed|has|have|met|on)\b|,)"
)
"""`Mayor of Lima Ana Ruiz and …`: the name belongs to the place."""
_TWINNING_BODY = re.compile(
    r"(?:Twinning|Sister\sCit\w+)\s(?:Association|Society|Committee|Commission|Foundation|Council|Board)$"
)
_AND_DISTRICT = re.compile(rf"(?P<name>{_CAPITAL}) and $")
_SEVERAL_OF = re.compile(r"\b(?:communities|cities|towns|villages|municipalities)\sof\s(?:the\s)?$")
"""`the communities of A and B`: what follows the second is no matter."""
_OPENING = re.compile(
    r"Joining|Following|Besides|Welcoming|Visiting|Addressing|Hosting|Representing"
)
_OF_ANY = re.compile(r"|International|National|Town|City|Joint|Japanese|Local")
_CITY_ENDS = re.compile(
    r"[,.;)]|\sof\s[A-Z]\w+\s(?:[Pp]rovince|[Ss]tate|[Rr]egion)\b|\s(?:and|in|has|have|signed|will)\b|$"
)
_CAPITAL_SURNAME = re.compile(rf"[A-Z]{{2,}}\s[A-Z][a-z-]+,\s(?:the\s)?{TITLE}\b")
"""`MA Xingrui, Governor of Guangdong`."""
_KINDS_OF_AREA = (" Province", " Prefecture", " State", " County")
_LIST_SIGN = re.compile(r",\s(?:and\s)?|\sand\s")
_LIST_END = re.compile(
    r"(?!,\s(?:the\s|its\s)?(?:\w+\s){0,2}(?:head|mayor|governor|chair\w*|president|director|minister|"
    r"ambassador|chief)\b)(?:[.,;)]|$|\s(?:and|in|on|since)\b)"
)
_PAPER = re.compile(r"(?i)\b(?:agree|memo|MO[UC]|pact|accord|intent|protocol|partner)")
_LED = re.compile(r"\b(?:with|between|and)\s(?:the\s)?(?:(?:city|town|municipality)\sof\s)?$")
_TIE = re.compile(r"(?i)\b(?:sister|twin|sibling|friend)")
_TIE_WORD = (
    r"\b(?i:(?:sister|twin|twinned|twinning|sibling|friendship|sisterhood|friendly)\b"
    r"(?:[-\s](?:and\s)?(?:cit(?:y|ies)|towns?|states?|provinces?|ports?|count(?:y|ies)|municipalit(?:y|ies)|"
    r"communit(?:y|ies)|school|link|status|agreements?|pacts?|relations?(?:hips?)?|ties?|partnerships?|"
    r"memorandum|co-?operation|accord)){0,3})"
)
"""A lasting tie: `sister city agreement`, `twinned`."""
_NP = (
    rf"(?:the\s)?(?:(?:[Cc]ity|[Tt]own|[Mm]unicipality|cities|towns|communities)\sof\s)?{_CAPITAL}"
    rf"(?:[\s-](?:(?:de|del|la|am|an|der|do|da|di|sur|upon|on)[\s-])?{_CAPITAL}){{0,3}}"
    rf"(?:,?\s\(?(?:in\s)?{_CAPITAL}(?:\s{_CAPITAL})?\)?)?(?:\s\(?(?:in\s)?(?:19|20)\d\d\)?)?"
)
"""A name that may be a place, with its country, and a year behind it."""
_NATIONAL = r"(?:[A-Z][\w-]+(?:ian|ish|ese|ean|an|nch|tch|eek|sque|di)\s)?"
_LIST_BEFORE = (
    rf"\s(?:(?:the\s)?{_NATIONAL}{_NP}(?:,\s(?:and\s)?|\sand\s)(?:with\s)?){{0,4}}(?:the\s)?{_NATIONAL}"
    r"(?:(?:city|town|cities|towns|communities|villages|municipalities)\sof\s)?$"
)
_OBJECT_OF_TIE = re.compile(
    rf"(?:{_TIE_WORD}(?:\s(?:signed|established|formed))?(?:\s(?:with|to|of|between|are|is|was|were|includes?)|:|\s[–—-])|"
    rf"\btwin(?:s|ned|ning)?\s(?:\w+ly\s)?with|['’]s\s(?:\w+\s){{0,2}}(?i:sister|twin)\s(?:city|town),?|"
    rf"(?:\b(?i:sister|twin)\s(?:city|town|cities|towns))){_LIST_BEFORE}"
)
"""Ahead of a name that a tie is with, of or between, and of those listed before it."""
_NOW = re.compile(r",\s(?:now|today)\s[A-Z]")
"""`Stalingrad, now Volgograd`: the name behind counts."""
_GENERIC = re.compile(
    rf"{_CITY_BEFORE}|{_AREA_BEFORE}|{_BODY_BEFORE}|Conference|Committee|Board|Company|Group|Authority|"
    r"Corporation|Foundation|Network|School|College|Airport|Commission|Party|Parties|Articles?|Section"
)
"""`the Conference`, short for one named before."""
_OBJECT_OF_PAPER = re.compile(
    r"\b(?i:memorandum|MO[UC]s?|agreements?|pacts?|accords?|letters?\sof\sintent|protocols?|partnership)\b\)?"
    r"(?:(?!\b(?:with|between|to|by|and)\b)[^.;:]){0,60}?\s(?:with|between)"
    rf"(?:\s(?:mayors?|governors?|officials|the\s(?:mayors?|governors?)\sof))?{_LIST_BEFORE}"
)
"""Ahead of a name that a paper is with or between."""
_SUBJECT_OF_TIE = re.compile(
    rf"(?:,?\s(?:and|&)\s{_NP}|,\s{_NP}){{0,4}}(?:['’]s\s(?:\w+\s){{0,2}}{_TIE_WORD}|,?"
    r"(?:\s(?:has|have|had|will|to|are|is|were|was|been|be|bec[ao]mes?|also|now|a|an|the|its|their|each|"
    r"officially|formally|long|both|new|first|maintains?|enjoys?|boasts?|celebrates?|renew(?:s|ed)?|"
    r"currently|already|official|formal|active|\w+th|two|three|four|five|six|seven|eight|nine|ten|\d+))+"
    rf"\s[\"“‘']?{_TIE_WORD}|,?\s(?:\w+ly\s)?twin(?:s|ned)\b)"
)
"""Behind a name that has or is a tie, and behind those listed with it: no person has."""
_IS_TWINNED = re.compile(
    r"\s(?:(?:has|have)\s(?:long\s)?been|is|was|are|were|became)\s(?:\w+\s)?"
    r"(?:twinned\swith|(?:a|the)\s(?:sister|twin)\s(?:city|town)\sof)\b"
)
"""Behind a name that may begin its sentence: no other word does `is twinned with`."""
_SUBJECT_OF_PAPER = re.compile(
    rf"(?:,?\s(?:and|&)\s{_NP}|,\s{_NP}){{0,4}}(?:\s(?:has|have|had|will|to|also|officially|formally|jointly))*"
    r"\s(?:sign|ink|seal|conclude|renew|enter|establish|forge|formali[sz]e)(?:s|d|ed|es)?\b(?:\s\w+){0,8}?\s"
    r"(?i:agreements?|memorandum|MO[UC]s?|pacts?|accords?|letters?\sof\sintent|ties|relations\w*|partnership)\b"
)
"""Behind a name that signs or renews a paper."""
_CLOSED = re.compile(r"[.;]|,?\s(?:and|on|in|at|to|during)\b")
_KIND_AHEAD = re.compile(
    r"\b(?:the|a)\s(?:(?!sister|twin|friend|partner|sibling)[\w.-]+\s){1,2}"
    r"(?:city|town|port|province|state|municipality|county|region|district|prefecture)\sof\s(?:the\s)?$"
)
"""`the Peruvian city of Lima`."""
_PARTS = re.compile(r"[,;:()]\s")
"""What parts names."""


class _Reader:
    """One sentence."""

    def __init__(self, words: str, is_heading: bool, sure: frozenset[str], hints: Hints) -> None:
        self.text = words
        self.sure = sure
        self.hints = hints
        self.tokens = [part for match in _WORD.finditer(words) for part in _parts(match)]
        self.persons = [match.span("name") for match in PERSON.finditer(words)]
        self.persons += [match.span() for match in _TO_FILL_IN.finditer(words)]
        if agency := _AGENCY.match(words):
            self.persons.append(agency.span(agency.lastgroup or 0))
        elif agency := _AGENCY_BEFORE_TEXT.match(words):
            self.persons.append(agency.span("it"))
        capitals = sum(token.group()[0].isupper() for token in self.tokens)
        self.has_tie = _TIE.search(words) is not None
        self.has_cue = self.has_tie or _PAPER.search(words) is not None
        self.is_title = is_heading and capitals > 0.6 * max(1, len(self.tokens))

    def mentions(self) -> list[Mention]:
        """The names, countries and regions behind a city joined to it."""
        found: list[Mention] = []
        at = 0
        for place, token in enumerate(self.tokens):
            if token.start() < at:
                continue
            mention = self._mention(place) or self._listed_too(place, found)
            if mention is None:
                if person := self._person_at(token.start()):
                    at = person[1]
                continue
            at = mention.reach[1]
            if found and (port := self._port_too(found[-1], mention)):
                mention = port
            if found and self._is_region_of(found[-1], mention):
                gloss = _GLOSS.match(self.text, mention.reach[1])
                at = gloss.end() if gloss else at
                found[-1] = replace(found[-1], reach=(found[-1].reach[0], at))
                continue
            if self._is_region_before(found, mention):
                found[-1] = replace(mention, reach=(found[-1].reach[0], mention.reach[1]))
            elif mention.name.kind != "country":
                found.append(mention)
        return [self._with_role(mention) for mention in found]

    def _is_region_of(self, city: Mention, mention: Mention) -> bool:
        """Whether a name says where the one before is: `Portland, Oregon`, `Porto (Portugal)`."""
        gap = self.text[city.reach[1] : mention.reach[0]]
        is_nested = gap in ("'s ", "’s ") and city.reach[1] > city.span[1]
        if not (is_nested or _IN_REGION.fullmatch(gap)) or mention.office:
            return False
        if mention.name.kind == "country" and re.match(r"['’]s\s", self.text[mention.reach[1] :]):
            return False  # Korea's Ulsan, Japan's Yonaguni
        if mention.name.kind == "country":
            return city.name.kind in ("city", "government")
        if gap == ", " and city.name.kind == "university" and mention.name.kind == "city":
            return not _LIST_SIGN.match(self.text, mention.reach[1])
        if mention.name.label_en in territories():
            return city.name.kind == "city"
        if _in_other_country(city.name.text, mention.name.text):
            return False
        if gap == ", " and city.name.kind == "city" and _is_province_too(city.name, mention.name):
            return True
        if gap == ", " and _is_state_too(city.name.text, mention.name.text):
            return True
        is_district = re.search(r"-gu$|-gun$|[Dd]istrict$", city.name.text) is not None
        if (is_district or _KOREAN_AREA.search(city.name.text)) and gap.startswith(","):
            return mention.name.kind in ("city", "government")  # Dong-gu, Busan
        is_within = city.name.kind == "city" or _SMALL_AREA.search(city.name.label_en)
        return mention.name.kind == "government" and bool(is_within)

    def _is_region_before(self, found: list[Mention], mention: Mention) -> bool:
        """`Osh Province Tokmok Municipality`: the first says where the second is."""
        if not found or found[-1].office or mention.office:
            return False
        gap = self.text[found[-1].reach[1] : mention.reach[0]]
        if gap in ("'s ", "’s ") and self.text.endswith(" district", 0, mention.reach[1]):
            return found[-1].name.kind == "city"  # Oslo's Frogner district
        if mention.name.kind != "city":
            return False
        is_area = re.search(
            r"(?:Province|Prefecture|County|Region)$", self.text[: found[-1].reach[1]]
        )
        is_owner = gap in ("'s ", "’s ") and found[-1].name.kind == "government"
        is_part = gap == " " and _OF_PART.match(self.text, mention.span[1]) is not None
        if is_part and found[-1].name.kind == "city" and found[-1].reach[1] == found[-1].span[1]:
            return True  # Sarajevo Stari Grad Municipality
        return (gap == " " and is_area is not None) or is_owner

    def _listed_too(self, place: int, found: list[Mention]) -> Mention | None:
        """An unknown name in a list of partners: `twinned with Lima, Oslo and Zorinsk`."""
        start = self.tokens[place].start()
        before = found[-1] if found else None
        if before is None or before.name.kind not in ("city", "government") or not before.is_sure:
            return None
        gap = self.text[before.reach[1] : start]
        if not _LIST_SIGN.fullmatch(gap) or before.office:
            return None
        is_long = len(found) > 1 and _LIST_SIGN.fullmatch(
            self.text, found[-2].reach[1], before.reach[0]
        )
        if "and" not in gap and not is_long:
            return None  # a region
        core = self._capitals(place) if self.has_tie else None
        if core is None or self._person_at(start):
            return None
        of_several = _SEVERAL_OF.search(self.text, 0, before.span[0])
        if not of_several and not _LIST_END.match(self.text, core.stop):
            return None
        name = self.text[core.start : core.stop]
        if known_latin(name) or _DEMONYM.fullmatch(name) or name.isupper():
            return None
        kind = before.name.kind
        return self._finished(start, start, core.stop, core.stop, name, None, kind, False)

    def _port_too(self, first: Mention, mention: Mention) -> Mention | None:
        """`the ports of A and B`: B is a port as A is."""
        gap = self.text[first.reach[1] : mention.reach[0]]
        is_list = re.fullmatch(r",?\s(?:and\s)?", gap) is not None
        is_first = re.search(r"\b[Pp]orts\sof\s(?:the\s)?$", self.text[: first.span[0]])
        if first.name.kind != "port" or mention.name.kind != "city" or not (is_list and is_first):
            return None
        name = f"Port of {mention.name.text}"
        return replace(mention, name=Name(name, "", name, "port"))

    def _person_at(self, at: int) -> Span | None:
        return next((p for p in self.persons if p[0] <= at < p[1]), None)

    def _mention(self, place: int) -> Mention | None:
        begin, first_word = self.tokens[place].start(), self.tokens[place].group()
        can_lead = first_word in _LEADING or first_word.removesuffix("s") in _LEADING
        before = _BEFORE.match(self.text, begin) if can_lead else None
        if before and self.text.endswith(("People's ", "People’s "), 0, begin):
            before = None  # the People's Council of Ha Nam
        if before and _OF_TIES.search(self.text[max(0, begin - 14) : begin]):
            before = None  # a sister city of Lyon
        if before:
            first = next((i for i, t in enumerate(self.tokens) if t.start() >= before.end()), None)
            if first is None:
                return None
            core = self._core(first) or self._capitals(first)
            part = _PART_OF_LAND.match(self.text, self.tokens[first].start())
            if core is None and part and before["word"] == "University":
                core = _Core(part.start(), part.end(), 2, None)
            if core and before["word"] in _BODIES_BEFORE and _OWNS.match(self.text, core.stop):
                return None  # the Office of the People's Government of Hubei
            is_body = before["word"] in _BODIES_BEFORE and before["word"] != "University"
            whole = _WHOLE_NAME.match(self.text, self.tokens[first].start()) if is_body else None
            if core and whole and not self.is_title and whole.end() > core.stop:
                core = _Core(core.start, whole.end(), len(whole.group().split()), None)
            if core and core.entry and not core.entry.entity and not self.is_title:
                longer = self._capitals(first)
                if longer and longer.length == core.length + 1 and self._is_bare(longer, core):
                    core = longer
            return self._named_before(begin, before, core) if core else None
        if not first_word[0].isupper():
            return None
        if self._is_of_nation(place):
            return None  # the Chinese Port of Dalian, Taiwan's Port of Keelung
        if sure := self._sure(place):
            return sure
        core = self._core(place)
        if named := self._longer_sure(place, core):
            return named
        # Seoul Mayor Park: the title stands behind the name of the city.
        is_titled = core is not None and self._office_behind(core.stop) is not None
        if self._person_at(begin) is not None and not is_titled:
            return None
        if core is None or core.entry is None:
            return self._unknown(place)
        return self._known(place, core)

    def _is_of_nation(self, place: int) -> bool:
        """Whether a word only says in which country the body behind it is."""
        word = self.tokens[place].group()
        owner = re.sub(r"['’][sS]$", "", word)
        is_nation = _DEMONYM.fullmatch(word) and known_latin(word) is None  # no Hunan
        is_nation = is_nation or (owner != word and is_country(owner))
        if not is_nation or place + 1 >= len(self.tokens):
            return False
        of = _BEFORE.match(self.text, self.tokens[place + 1].start())
        return of is not None and (of["word"] or of["small"]) not in _BODIES_BEFORE

    def _is_bare(self, longer: _Core, core: _Core) -> bool:
        """Whether the word behind a known name belongs to it: `Village of Wadi Foquin`."""
        more = self.text[core.stop : longer.stop].strip()
        is_kind = _kind_behind(self.text, core.stop) or _BODY_BEHIND.match(self.text, core.stop)
        is_other = (
            more.endswith("ing")
            or _NEXT_OK.match(more)
            or known_latin(more)
            or _DEMONYM.fullmatch(more)
        )
        return not (is_kind or is_other)

    def _core(self, place: int) -> _Core | None:
        """The longest known name that begins with a word."""
        if place >= len(self.tokens):
            return None
        start = self.tokens[place].start()
        longest = place
        while longest < min(len(self.tokens), place + 8) - 1:
            gap = self.text[self.tokens[longest].end() : self.tokens[longest + 1].start()]
            if gap != " " and _PARTS.search(gap):
                break
            longest += 1
        for last in range(longest, place - 1, -1):
            stop = self.tokens[last].end()
            words = self.text[start:stop]
            if not 1 < len(words) <= 70:
                continue
            for ending in ("", "'s", "’s", "'", "’"):
                if ending and not words.endswith(ending):
                    continue
                name = words.removesuffix(ending) if ending else words
                entry = known_latin(name) or known_latin(name.removeprefix("Greater "))
                is_letters = name.isupper() and len(name) < 4 and entry and not entry.entity
                if is_letters or name.lower() in word_list("no_names"):
                    continue  # UN is no town
                if entry is not None:
                    return _Core(start, start + len(name), last - place + 1, entry)
        return None

    def _capitals(self, place: int) -> _Core | None:
        """Words in capitals next to each other."""
        start = self.tokens[place].start()
        stop = start
        count = 0
        for index in range(place, min(len(self.tokens), place + 5)):
            token = self.tokens[index].group()
            if count and _PARTICLE.fullmatch(token) and self._is_capital(index + 1):
                continue
            is_name = token[0].isupper() or (count and re.match(r"d['’][A-Z]", token))
            if not is_name or token.lower() in word_list("no_names"):
                break
            if re.fullmatch(TITLE, token) or (
                count
                and self.text[self.tokens[index - 1].end() : self.tokens[index].start()] != " "
            ):
                break
            count = index - place + 1
            stop = self.tokens[index].end()
            if token.endswith(("'s", "’s")):
                stop -= 2
                break
        return _Core(start, stop, count, None) if count else None

    def _is_capital(self, place: int) -> bool:
        return place < len(self.tokens) and self.tokens[place].group()[0].isupper()

    def _named_before(self, begin: int, before: re.Match[str], core: _Core) -> Mention:
        """`City of Seoul`, `Ministry of Environment`, `Port of Los Angeles`."""
        word = before["word"] or before["small"].split()[-1].capitalize()
        word = _ONE_OF.get(word, word)
        area = _GOVERNED.get(word)
        is_several = re.match(r"(?:[Tt]he\s)?[Pp]orts\s", before.group()) is not None
        entry = core.entry
        start, stop = core.start, core.stop
        whole = re.sub(r"^[Tt]he ", "", self.text[begin:stop])
        if re.fullmatch(_CITY_BEFORE, word):
            kind = "city"
            county = re.compile(rf"\sand\s{_CAPITAL}\sCounty\b").match(self.text, stop)
            if county:  # a city and its county under one government
                stop = county.end()
            entry = entry if entry and entry.kind == "city" else None
        elif re.fullmatch(_BODY_BEFORE, word):
            kind = {"University": "university", "Ministry": "government"}.get(word, "organization")
            further = re.compile(rf"(?:,\s{_CAPITAL},?\sand\s{_CAPITAL}|\sand\s{_CAPITAL})")
            if word in ("Ministry", "Department") and (more := further.match(self.text, stop)):
                stop = more.end()
                whole = re.sub(r"^[Tt]he ", "", self.text[begin:stop])
            entry = known_latin(whole)
            start = stop - len(whole)
        else:
            kind = "port" if word == "Port" else "government"
            known = known_latin(whole)
            if known is None and entry is not None and entry.kind == "government":
                known = entry if word != "Port" else None
            entry = known if known is None or known.kind != "city" else None
            start = stop - len(whole) if entry is None else start
        name = self.text[start:stop]
        is_area = word in ("Province", "Prefecture") and entry is None
        if is_area and not self.text.startswith("People", core.start):
            start, name = core.start, f"{self.text[core.start : stop]} {word}"
        if is_country(name) or (
            word in ("Republic", "State", "Government") and is_country(self.text[core.start : stop])
        ):
            kind = "country"
        if area and (core.entry is None or core.entry.kind == "city"):
            start, name = core.start, f"{self.text[core.start : stop]} {area}"
            entry = known_latin(name)
        if is_several:
            start, name, entry = core.start, f"Port of {self.text[core.start : stop]}", None
        return self._finished(begin, start, stop, stop, name, entry, kind, True)

    def _known(self, place: int, core: _Core) -> Mention | None:
        """A known name, with the words for its kind behind it."""
        entry, start, stop = core.entry, core.start, core.stop
        assert entry is not None
        name = self.text[start:stop]
        if entry.kind == "government" and name.endswith(" City"):
            city = known_latin(name.removesuffix(" City"))  # Kigali City is a province, too
            entry = city if city is not None and city.kind == "city" else entry
        kind, reach = entry.kind, stop
        behind = _kind_behind(self.text, stop) if kind in ("city", "government") else None
        if kind == "country" and self.text.startswith(" City", stop):
            stop += len(" City")
            name = self.text[start:stop]
            return self._finished(start, start, stop, stop, name, known_latin(name), "city", True)
        body = _BODY_BEHIND.match(self.text, stop) if kind != "organization" else None
        is_council = body is not None and body["word"] == "Council" and name.endswith(_SEATS)
        for seat in _SEATS if kind == "city" else ():
            # Taoyuan City Government, where `Taoyuan City` is known
            seated = _kind_behind(self.text, stop - len(seat)) if name.endswith(seat) else None
            if seated and seated.end() > stop:
                return self._finished(start, start, stop, seated.end(), name, entry, kind, True)
        is_longer = body is not None and (behind is None or body.end() > behind.end())
        of_twinning = body is not None and _TWINNING_BODY.search(self.text[start : body.end()])
        if body and of_twinning and kind == "city":
            return self._finished(start, start, stop, body.end(), name, entry, kind, True)
        if body and is_longer and not is_council and not self._is_title_gap(body):
            return self._body(start, body)
        sure = True
        if behind:
            reach = behind.end()
            if (behind["area"] or "").islower() and behind["area"] not in ("province", "region"):
                pass  # Berlin's Pankow district: Pankow
            elif (behind["area"] and kind == "city") or (behind["city"] and kind == "government"):
                whole = self.text[start:reach]
                entry = known_latin(whole)
                if entry is not None and entry.kind == kind:
                    entry = None
                name, stop = whole, reach
                kind = "government" if behind["area"] else "city"
        elif not self._stands_alone(place, core):
            longer = self._longer_name(place, core)
            if longer is not None or not entry.entity:
                return longer
        if not behind and entry and not entry.entity and is_word_too(name):
            near = self._office_behind(stop) or self._office_before(start) or self._country(stop)
            leads = _TWINS.match(self.text, stop) or re.search(
                r"\b(?:with|between|city|cities|twin) $", self.text[max(0, start - 9) : start]
            )
            sure = bool(near or leads)
        return self._finished(start, start, stop, reach, name, entry, kind, sure)

    def _one_of_several(self, start: int) -> Mention | None:
        """A name whose kind stands behind the last of a list: `Savan and Zorin provinces`."""
        several = _OF_SEVERAL.match(self.text, start)
        if several is None or self._person_at(start):
            return None
        kind = "city" if several["kind"].lower() == "municipalities" else "government"
        name = several["name"].removesuffix(" Metropolitan")
        is_list = several.end("name") < several.start("kind") - 1
        is_list = is_list or self.text.endswith((" and ", ", "), 0, start)
        is_nation = _NATION.fullmatch(name) or name.endswith(("ian", "ish", "ese"))
        if is_nation or not is_list or name.lower() in word_list("no_names"):
            return None
        stop, reach = start + len(name), several.end("name")
        entry = known_latin(name) if kind == "city" else None
        return self._finished(start, start, stop, reach, name, entry, kind, True)

    def _longer_name(self, place: int, core: _Core) -> Mention | None:
        """An unknown name that begins as a known one, with its country: `Lima Novo, Brazil`."""
        if several := self._one_of_several(core.start):
            return several
        longer = self._capitals(place)
        if longer is None or longer.length != core.length + 1 or self._person_at(core.start):
            return None
        start, stop = longer.start, longer.stop
        if not self._country(stop) or self.text[stop : stop + 2] != ", ":
            return None
        name = self.text[start:stop]
        return self._finished(start, start, stop, stop, name, None, "city", True)

    def _is_title_gap(self, body: re.Match[str]) -> bool:
        """Whether words of a headline stand between a place and a word for a body."""
        return self.is_title and bool(re.search(_NO_NAME_OF_BODY, body["middle"]))

    def _stands_alone(self, place: int, core: _Core) -> bool:
        """Whether a name is not a part of a longer one, as in London Breed or Seoul Forum."""
        if self.is_title or _ENDS_IN_KIND.search(self.text[core.start : core.stop]):
            return True
        head = self._office_before(core.start)
        is_headed = head is not None and re.fullmatch(_HEAD, head["o"]) is not None
        if is_headed and _PERSON_BEHIND.match(self.text, core.stop):
            return True  # Mayor of Lima Ana Ruiz and the Mayor of Oslo
        if _INITIALS.search(self.text, max(0, core.start - 12), core.start):
            return False  # K. J. Antony
        if place and _SPOKE.match(self.text, core.stop):
            first = self.tokens[place - 1]
            is_next = self.text[first.end() : core.start] == " " and first.group()[0].isupper()
            if is_next and first.group().lower() not in word_list("no_names"):
                return False  # Mohd Ali said
        following = place + core.length
        if following < len(self.tokens):
            token = self.tokens[following]
            next_to = self.text[core.stop : token.start()] == " "
            if (
                next_to
                and token.group()[0].isupper()
                and not _NEXT_OK.match(self.text, token.start())
            ):
                return known_latin(token.group()) is not None
        if place:
            token = self.tokens[place - 1]
            next_to = self.text[token.end() : core.start] == " "
            word = token.group()
            if word.endswith(("s’", "s'", "’s", "'s")) or _DEMONYM.fullmatch(word):
                return True
            if next_to and word[0].isupper() and place > 1 and not re.fullmatch(TITLE, word):
                return word.lower() in word_list("no_names") or known_latin(word) is not None
        return True

    def _body(self, start: int, body: re.Match[str]) -> Mention:
        stop = reach = body.end()
        if body["of"] and is_country(body["of"]) and body["word"] != "University":
            stop = body.end("word")
        if body["of"] and _OWNS.match(self.text, stop):
            stop = reach = body.end("word")  # the Affairs Office of the People's Government
        if ahead := _OF_BODY.search(self.text, max(0, start - 30), start):
            start = ahead.start()
        name = self.text[start:stop]
        if (of_twinning := _TWINNING_BODY.search(name)) and not _OF_ANY.fullmatch(
            name[: of_twinning.start()].strip()
        ):
            name = name[: of_twinning.start()].strip()
            wider = (
                _AND_DISTRICT.search(self.text, 0, start) if name in ("District", "Area") else None
            )
            if wider:  # the Oslo and District Twinning Association
                start, name = wider.start("name"), wider["name"]
            stop = start + len(name)
            return self._finished(start, start, stop, reach, name, known_latin(name), "city", True)
        kind = "organization"
        if "Port" in body["word"]:
            kind = "port"
        elif body["word"] in ("University", "College"):
            kind = "university"
        elif body["word"] == "School":
            kind = "school"
        return self._finished(start, start, stop, reach, name, known_latin(name), kind, True)

    def _unknown(self, place: int) -> Mention | None:
        """A name that we don't know, where something says what it is."""
        core = self._capitals(place)
        if core is None:
            return self._body_of_words(place)
        if several := self._one_of_several(core.start):
            return several
        following = self._core(place + 1)
        is_next = following is not None and following.start == self.tokens[place].end() + 1
        if is_next and _DEMONYM.fullmatch(self.tokens[place].group()):
            return None  # Ukrainian Kyiv
        if is_next and _OPENING.fullmatch(self.tokens[place].group()):
            return None  # Joining Lima, Oslo …
        if self.text[core.start : core.stop] == "St" and self.text.startswith(".", core.stop):
            return None  # Kingston and St. Andrew Corporation
        if _OF_OFFICE.match(self.text, core.start):
            return None  # Executive Mayor Berg, Head of Government
        start, stop = core.start, core.stop
        if re.fullmatch(r"[A-Z]{2}", self.text[start:stop]) and self.text.endswith(", ", 0, start):
            return None  # Sidney, BC, Canada
        for cut in range(core.length, 0, -1):
            stop = self.tokens[place + cut - 1].end()
            if self.text[stop - 2 : stop] in ("'s", "’s"):
                stop -= 2
            behind = _kind_behind(self.text, stop)
            if behind and cut > 1 and self.tokens[place + cut - 1].group() in _OF_KIND:
                continue  # Oslo Historic City Council
            if behind and behind["either"]:
                name = self.text[start:stop]
                end = behind.end()
                return self._finished(start, start, stop, end, name, None, "government", True)
            is_small = behind is not None and behind.group()[1].islower()
            if behind and _NATION.fullmatch(self.text[start:stop]):
                return None  # American State California
            if is_small and _DEMONYM.fullmatch(self.text[start:stop]):
                return None  # a Chinese province
            is_plain = (behind["city"] or "").islower() if behind else False
            if is_plain and behind and cut == core.length > 1:
                # Song Cong city; but a North Korean city
                is_plain = not _CITY_ENDS.match(self.text, behind.end()) or any(
                    _DEMONYM.fullmatch(word) for word in self.text[start:stop].split()
                )
            if behind and not is_plain:
                name = self.text[start:stop] if behind["city"] else self.text[start : behind.end()]
                kind = "city" if behind["city"] else "government"
                end = stop if behind["city"] else behind.end()
                return self._finished(start, start, end, behind.end(), name, None, kind, True)
            body = _BODY_BEHIND.match(self.text, stop)
            if body and _TIE_OF_PORTS.search(self.text[start : body.end("word")]):
                return None
            if body and not (body["word"] == "Council" and self.text[start:stop].endswith(_SEATS)):
                return self._body(start, body)
        stop = core.stop
        name = self.text[start:stop]
        token = self.tokens[place]
        if _KOREAN_AREA.match(token.group()):
            name, end = token.group(), token.end()
            again = re.compile(r"\s(?:County|District|City|Province)\b").match(self.text, end)
            kind = "city" if name.endswith("-si") else "government"
            reach = again.end() if again else end
            return self._finished(start, start, end, reach, name, None, kind, True)
        head, before = self._office_behind(stop), self._office_before(start)
        is_headed = bool(before and re.fullmatch(_HEAD, before["o"])) or (
            head is not None
            and "," not in head.group()
            and re.fullmatch(rf"{_HEAD}|counterpart", head["o"] or "") is not None
        )
        if region := self._region_of_partner(start, stop):
            return self._finished(start, start, stop, region, name, None, "city", True)
        if self._is_party(start, stop):
            return self._finished(start, start, stop, stop, name, None, "city", True)
        if before and core.length > 2:  # Mayor of Lima Ana Ruiz: two words are the person's
            cuts = range(core.length - 2, 0, -1)
            ends = [self.tokens[place + cut - 1].end() for cut in cuts]
            stop = next((end for end in ends if self.text[start:end] in self.sure), ends[0])
            name = self.text[start:stop]
        is_kind = _SMALL_KIND.match(self.text, stop) or self.text.startswith(" counterpart", stop)
        if is_headed and is_kind and _DEMONYM.fullmatch(name):
            return None  # Mayor of the Bosnian capital Sarajevo; her French counterpart
        if is_headed or self._country(stop):
            return self._finished(start, start, stop, stop, name, None, "city", True)
        for cut in range(core.length, 0, -1):
            stop = min(self.tokens[place + cut - 1].end(), core.stop)
            if self.text[start:stop] in self.sure:
                name = self.text[start:stop]
                entry = known_latin(f"{name} City")
                return self._finished(start, start, stop, stop, name, entry, "city", True)
        stop = core.stop
        first = self.tokens[place].group()
        if _CAPITAL_SURNAME.match(self.text, start):
            return None
        if re.fullmatch(r"[A-Z][A-Za-z]*[A-Z][A-Za-z-]*", first) and len(first) < 12:
            is_state = len(first) == 2 and self.text.endswith(", ", 0, start)
            word = self.tokens[place - 1].group() if place else "a"
            is_part = word[0].isupper() and self.text.endswith(f"{word} ", 0, start)
            is_state = is_state or (len(first) < 4 and is_part and not self.is_title)
            is_state = is_state or ("-" in first and self.text.endswith("(", 0, start))
            if is_state or first in word_list("no_bodies") or (self.is_title and first.isupper()):
                return None
            end = start + len(first)
            if first.isupper() and (more := _MORE_CAPITALS.match(self.text, end)):
                end = more.end()  # UCLG ASPAC
            words = self.text[start:end]
            return self._finished(start, start, end, end, words, None, "organization", False)
        return None

    def _longer_sure(self, place: int, core: _Core | None) -> Mention | None:
        """A name beyond doubt elsewhere that begins as a known one: `Novi Grad`, where Novi is."""
        if core is None or not self.sure or _BODY_BEHIND.match(self.text, core.stop):
            return None
        ends = [self.tokens[at].end() for at in range(place, min(place + 4, len(self.tokens)))]
        for stop in reversed([end for end in ends if end > core.stop]):
            name = self.text[core.start : stop]
            if name in self.sure and not _kind_behind(self.text, stop):
                return self._finished(core.start, core.start, stop, stop, name, None, "city", True)
        return None

    def _sure(self, place: int) -> Mention | None:
        """A name that is beyond doubt elsewhere and begins with an ordinary word: South Jeolla."""
        begin, first = self.tokens[place].start(), self.tokens[place].group()
        if first.lower() not in word_list("no_names"):
            return None
        for name in sorted(self.sure, key=len, reverse=True):
            stop = begin + len(name)
            if " " not in name or not self.text.startswith(name, begin):
                continue
            if self.text[stop : stop + 1].isalnum() or _kind_behind(self.text, stop):
                continue
            for kind in ("", *_KINDS_OF_AREA, " City"):
                if entry := known_latin(f"{name}{kind}"):
                    sort = "city" if entry.kind == "city" else "government"
                    return self._finished(begin, begin, stop, stop, name, entry, sort, True)
        return None

    def _body_of_words(self, place: int) -> Mention | None:
        """A body whose name begins with an ordinary word: `Smart Africa Alliance`."""
        token = self.tokens[place]
        body = _BODY_BEHIND.match(self.text, token.end())
        if body is None or self.is_title or not _BODY_WORD.fullmatch(token.group()):
            return None
        if not body["middle"] or not _WHOLE_BODY.fullmatch(body["word"]):
            return None
        is_plain = any(w.lower() in word_list("no_names") for w in body["middle"].split())
        return None if is_plain else self._body(token.start(), body)

    def _office_behind(self, at: int) -> re.Match[str] | None:
        return re.compile(
            rf"(?:(?:['’]s?)?,?\s(?P<o>{_HEAD}|{TITLE}|counterpart)|['’]s\s(?P<small>{_SMALL_HEAD}))\b(?:\s{_CAPITAL}"
            rf"(?:,?\s(?:(?:de|del|da|dos|van|von|bin|al|el|la)\s)?{_CAPITAL}){{0,4}})?"
        ).match(self.text, at)

    def _office_before(self, at: int) -> re.Match[str] | None:
        ahead = self.text[max(0, at - 80) : at]
        return _OFFICE_OF.search(ahead) or _PERSON_OF.search(ahead)

    def _country(self, at: int) -> bool:
        """Whether a country or region follows behind a comma."""
        match = re.compile(
            rf"(?:,|\sin|\sin\sthe|\s?\()\s?({_CAPITAL}(?:\s(?:of\s)?{_CAPITAL}){{0,3}})"
        ).match(self.text, at)
        words = match[1] if match else ""
        while words:
            entry = known_latin(words.rstrip("."))
            if entry is not None:
                return entry.kind in ("country", "government")
            words = words.rpartition(" ")[0]
        return False

    def _region_of_partner(self, start: int, stop: int) -> int:
        """Where the region ends behind an unknown partner of a tie: `with Xico, Veracruz, and`."""
        if not _LED.search(self.text, max(0, start - 40), start) or not _TIE.search(self.text):
            return 0
        if self.text[stop : stop + 2] != ", ":
            return 0
        place = next((i for i, t in enumerate(self.tokens) if t.start() == stop + 2), None)
        core = self._core(place) if place is not None else None
        is_closed = core is not None and _CLOSED.match(self.text, core.stop) is not None
        return core.stop if core is not None and is_closed else 0

    def _is_party(self, start: int, stop: int) -> bool:
        """Whether an unknown name stands where the parties of a tie or a paper stand.

        `Zorin and Xico are twinned`, `Zorin signed a memorandum with Xico`.
        """
        words = self.text[start:stop].split()
        is_proper = words[0] in self.hints.proper or _IS_TWINNED.match(self.text, stop)
        if self._person_at(start) or not is_proper:
            return False
        if any(_DEMONYM.fullmatch(word) for word in (words[0], words[-1])) or words[-1].isupper():
            return False
        if self._office_behind(stop) or _NOW.match(self.text, stop):
            return False
        if any(_GENERIC.fullmatch(word) for word in words):
            return False
        if " ".join(words) in self.hints.places or not self.has_cue:
            return " ".join(words) in self.hints.places
        ahead = max(0, start - 160)
        if self.has_tie and (
            _OBJECT_OF_TIE.search(self.text, ahead, start) or _SUBJECT_OF_TIE.match(self.text, stop)
        ):
            return True
        if _OBJECT_OF_PAPER.search(self.text, ahead, start):
            return True
        is_surname = re.search(rf"{_CAPITAL}\s$", self.text[ahead:start]) is not None
        is_short = len(words) == 1 and not is_surname
        return is_short and _SUBJECT_OF_PAPER.match(self.text, stop) is not None

    def _country_from(self, at: int) -> int:
        """Where a country that begins at a place ends; 0 for none."""
        match = re.compile(rf"{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}").match(self.text, at)
        words = match.group() if match else ""
        while words:
            if is_country(words) or words in territories():
                return at + len(words)
            words = words.rpartition(" ")[0]
        return 0

    def _finished(
        self,
        begin: int,
        start: int,
        stop: int,
        reach: int,
        words: str,
        entry: Entry | None,
        kind: str,
        is_sure: bool,
    ) -> Mention:
        """A mention with office, person and bracket around it."""
        if (former := _FORMER.search(self.text, max(0, begin - 50), begin)) and kind == "city":
            begin = former.start()
        if ahead := _KIND_AHEAD.search(self.text, max(0, start - 60), start):
            begin = min(begin, ahead.start())
        gloss = _GLOSS.match(self.text, reach)
        if gloss:
            reach = gloss.end()
        within = re.compile(rf"\s(?:in|from)\s(?:the\s)?(?={_CAPITAL})").match(self.text, reach)
        if within and (country := self._country_from(within.end())):
            reach = country
        office = ""
        if ahead := self._office_before(begin):
            office = ahead["o"]
            begin = max(0, begin - 80) + ahead.start()
        person = _PERSON_BEHIND.match(self.text, reach) if office else None
        if person is not None and known_latin(person["name"]) is None:
            reach = person.end("name")
        behind = self._office_behind(reach)
        if behind and not (
            behind.group().startswith(",") and re.search(r"\s\w+\s", behind.group())
        ):
            office, reach = behind["o"] or behind["small"], behind.end()
        name = Name(
            words,
            entry.entity if entry else "",
            entry.label_en if entry else words,
            entry.kind if entry and entry.entity else kind,
        )
        return Mention((start, stop), (begin, reach), name, Role.NONE, office, is_sure)

    def _with_role(self, mention: Mention) -> Mention:
        before = self.text[max(0, mention.reach[0] - 14) : mention.reach[0]]
        role = Role.NONE
        is_venue = VENUE.match(self.text, mention.reach[1]) is not None
        is_venue = is_venue or (
            _REPORTER.search(mention.name.text) is not None
            and bool(_REPORTS.match(self.text, mention.reach[1]))
        )
        is_place = _PLACE.search(before) is not None and not _SISTER_TO.search(before)
        ahead = self.text[max(0, mention.reach[0] - 24) : mention.reach[0]]
        is_place = is_place and not _AUTHORITIES_IN.search(ahead)
        signs = _DELEGATION_FROM.search(ahead) and _IS_TO_SIGN.match(self.text, mention.reach[1])
        is_place = is_place and not signs
        if not mention.office and (is_venue or is_place):
            role = Role.PLACE
        elif re.match(r"['’]s?\s", self.text[mention.reach[1] :]) and not mention.office:
            role = Role.GENITIVE
        elif _LISTED.match(self.text, mention.reach[1]):
            role = Role.LISTED
        return replace(mention, role=role)


_MORE_CAPITALS = re.compile(r"\s[A-Z]{3,}\b(?!\s[A-Z]{2,}\b)")


def _in_other_country(city: str, area: str) -> bool:
    """Whether an area lies in other countries than a city: Luang Prabang, Siem Reap."""
    places, areas = (gazetteer().latin.get(fold(name), ()) for name in (city, area))
    countries = {place.country for place in places}
    return bool(countries and areas) and not countries & {place.country for place in areas}


def _is_province_too(city: Name, area: Name) -> bool:
    """Whether a name behind a city is that of a province of its country too: `Taytay, Rizal`."""
    if area.kind != "city" or area.entity:
        return False
    countries = {p.country for p in gazetteer().latin.get(fold(city.text), ()) if p.kind == "city"}
    areas = [p for p in gazetteer().latin.get(fold(area.text), ()) if p.kind == "province"]
    return any(place.country in countries for place in areas)


def _is_state_too(city: str, area: str) -> bool:
    """Whether a name behind an American city is that of its state: `Renton, Washington`."""
    places = gazetteer().latin.get(fold(city), ())
    return area in ("Washington", "New York") and any(place.country == "US" for place in places)


def _kind_behind(text: str, at: int) -> re.Match[str] | None:
    """The words for the kind of place behind a name: not in `the State Council of China`.

    `of` may follow with a country, or with the city of a district.
    """
    match = _BEHIND.match(text, at)
    if match is None or match["of"] is None:
        return match
    where = match["where"]
    is_part = match["area"] in ("District", "County", "Borough")
    is_where = is_country(where) or is_country(where.split()[0]) or is_part
    is_where = is_where or where.startswith(("People", "Republic"))  # of the People's Republic of
    if not is_where and (match["city"] or "").endswith(("Municipality", "Council")):
        return match  # Xico Municipality of Veracruz
    return _BEHIND.match(text[: match.start("of")], at) if is_where else None


def is_country(words: str) -> bool:
    """Whether words name a country, in either language."""
    table = lexicon().korean if re.search("[가-힣]", words) else lexicon().latin
    entry = table.get(words if re.search("[가-힣]", words) else words.lower())
    return entry is not None and entry.kind == "country"
