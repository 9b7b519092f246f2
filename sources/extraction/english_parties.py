"""Between whom an English sentence says that a paper or a tie is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.extraction.english_telling import AS_SISTER, IS_THAT
from citypact.sources.extraction.english_verbs import Act
from citypact.sources.extraction.forms import Cue
from citypact.sources.extraction.groups import Event, Group, Scene, Tense, distinct, pairs_of
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import TIES
from citypact.sources.model import Span

_PAIR = re.compile(
    r"\b(?:[Tt]he|[Tt]hese|[Tt]heir)\s(?:two|three|four|respective)\b|\b[Bb]oth\s(?:cities|"
    r"parties|sides|mayors|governments|towns|leaders)\b|"
    r"\b[Tt]he\s(?:cities|mayors|parties|sides|governors|partners|pair|two|partnership)\b|"
    r"\b[Tt]hey\b"
)
OF_TWO_SIDES = re.compile(r"\sbetween\s(?:the\s)?(?:two|both|our)\b")


@dataclass(frozen=True, slots=True)
class Clause:
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


def end_of_clause(cue: Cue, following: int, acts: list[Act], end: int) -> int:
    """Where what is said of a cue ends: at the verb of the next cue, if it has one of its own."""
    own = [a for a in acts if cue.span[1] < a.span[0] < following and a.sort in ("sign", "state")]
    if own and following < end:
        return own[-1].span[0]
    return min(end, following + 70)


def parties_of(clause: Clause) -> list[tuple[Mention, ...]]:
    """The parties of an act: one tuple for each agreement; an empty one for those named before."""
    text, cue, words, groups = clause.text, clause.cue, clause.words, clause.groups
    for group in groups:  # A and B (twinned in 1968)
        last = group.mentions[-1]
        is_within = last.span[1] < cue.span[0] and cue.span[1] < last.reach[1]
        if cue.is_tie and is_within and len(group.mentions) > 1:
            return _split(group, text)
    joint = _between(clause)
    partners = _partners(clause)
    if joint is not None and not (
        partners and (_is_behind_another(clause) or _is_of_goods(clause, partners))
    ):
        return joint
    if IS_THAT.match(text, cue.span[1]):
        inner = [g for g in groups if cue.span[1] <= g.span[0] and g.span[1] <= words[1]]
        if inner and (len(inner[0].mentions) > 1 or partners):
            return (
                [distinct((*inner[0].mentions, *partners))] if partners else _split(inner[0], text)
            )
    if brought := _brought_together(clause):
        return [brought]
    if first := _first_was(clause):
        return [first]
    if _COUNTED.match(text, cue.span[1]) and not partners:
        return []
    subjects = [g for g in _subjects(clause) if not partners or g.mentions[-1] != partners[-1]]
    subject = subjects[-1] if subjects else None
    plural = next((g for g in reversed(subjects) if len(g.mentions) > 1), None)
    own = [
        g for g in groups
        if g.role is Role.GENITIVE and g.span[1] <= cue.span[0]
        and (words[0] - 1 <= g.span[0] or _OWNER.fullmatch(text, g.span[1], cue.span[0]))
    ]  # fmt: skip
    by = _signers(clause)
    if own and cue.is_tie and not partners:
        apposed = next((g for g in groups if 0 <= own[-1].span[0] - g.span[1] < 3), None)
        if apposed is not None and text.startswith(", ", apposed.span[1]):
            return [distinct((own[-1].mentions[-1], apposed.mentions[-1]))]
    if by is not None and len(signers := distinct((*by.mentions, *partners))) > 1:
        return [signers]
    if partners:
        owners: tuple[Mention, ...] = ()
        apposed = next(
            (g for g in groups if _IN_APPOSITION.fullmatch(text, g.span[1], cue.span[0])), None
        )
        if apposed is not None and cue.is_tie and apposed.mentions[-1] not in partners:
            owners = apposed.mentions[-1:]
        elif own:
            owners = own[-1].mentions[-1:]
        elif subject is not None and not _is_pronoun_between(text, subject, words[0]):
            owners = subject.mentions if len(subject.mentions) < 3 else subject.mentions[:1]
            if _ARE_ALL.fullmatch(text, subject.span[1], cue.span[0]):
                owners = subject.mentions
        if len(owners) == 2 and any(m in partners for m in owners):
            owners = ()
        if (each := _respectively(clause, subject, partners)) and not own:
            return each
        if not owners:
            owners = _topic_behind(clause) or _owner(clause.scene, clause.place)
            if len(distinct((*owners, *partners))) == len(distinct(partners)):
                return []  # whose partners they are isn't told
        if owners and (further := _gapped(clause, partners)):
            return [*_cross(owners, partners[:-1], cue, text, words), *further]
        if owners:
            return _cross(owners, partners, cue, text, words)
        return []
    start, end = clause.sentence
    if own and cue.is_tie and text.startswith("is ", words[0]):
        near = next((g for g in subjects[::-1] if 0 <= words[0] - g.span[1] < 3), None)
        if near is not None:
            whose = own[-1].mentions[-1]
            return pairs_of(whose, (*_joined(clause), near.mentions[-1]))
    if _PAIR.search(text, max(start, words[0] - 90), min(end, cue.span[1] + 60)) and not plural:
        return [()]
    beside = next((g for g in groups if 0 <= cue.span[0] - g.span[1] < 3), None)
    if beside is not None and len(beside.mentions) > 1 and cue.is_tie:
        return _split(beside, text)
    if both := _joint_behind(clause):
        return _split(both, text)
    if own and plural is not None and cue.is_tie and _BECAME.match(text, words[0]):
        return pairs_of(own[-1].mentions[-1], plural.mentions)
    if plural is not None and (plural is subject or words[0] - plural.span[1] < 140):
        return _split(plural, text)
    return _single(clause, subjects, own)


_OWNER = re.compile(r"['’]s?\s(?:[\w-]+\s){0,2}")
"""`Oslo’s oldest sister city`."""
_ARE_ALL = re.compile(r"(?:,?\s(?:which|who|that))?\s(?:are|were)\s(?:\w+\s)?")
"""`Oslo, Lima and Kyoto, which are also twinned with Bonn`: each of them."""
_JOINING = re.compile(r"(?:Joining|Besides|In addition to|Along with|Alongside)\s(?:the\s)?")


def _joined(clause: Clause) -> tuple[Mention, ...]:
    """`Joining Oslo and Lima, Kyoto is Bonn's third sister city`: Oslo and Lima are two, too."""
    match = _JOINING.match(clause.text, clause.sentence[0])
    group = next((g for g in clause.groups if match and g.span[0] <= match.end() + 14), None)
    return group.mentions if group is not None else ()


_BRINGS = re.compile(
    r"\s(?:to|that|which)\s(?:will\s)?(?:bring|link|join|unite|connect)s?\s(?:together\s)?(?:the\s)?"
)


def _brought_together(clause: Clause) -> tuple[Mention, ...]:
    """`A twinning agreement to bring together the communities of A and B`."""
    match = _BRINGS.match(clause.text, clause.cue.span[1])
    group = next(
        (g for g in clause.groups if match and 0 <= g.span[0] - match.end() + 16 < 32), None
    )
    return distinct(group.mentions) if group is not None and len(group.mentions) == 2 else ()


_FIRST_WAS = re.compile(r"(?:The|Its|Their)\s(?:very\s)?(?:first|latest|second|last|oldest)\b")


def _first_was(clause: Clause) -> tuple[Mention, ...]:
    """`The first to establish sisterly relations was A, with B`: A and B."""
    was = re.compile(r"\s(?:was|were)\s(?:the\s)?").match(clause.text, clause.cue.span[1])
    if was is None or not _FIRST_WAS.match(clause.text, clause.sentence[0]):
        return ()
    group = next((g for g in clause.groups if 0 <= g.span[0] - was.end() < 12), None)
    return group.mentions if group is not None and len(group.mentions) == 2 else ()


def _is_behind_another(clause: Clause) -> bool:
    """Whether `between A and B` only stands ahead of a cue, as that of `ties with C` behind it."""
    between = [g for g in clause.groups if g.role is Role.BETWEEN]
    behind = [g for g in _behind(clause) if g.role is Role.WITH]
    return bool(between and behind) and all(g.span[1] < clause.cue.span[0] for g in between)


def _is_of_goods(clause: Clause, partners: tuple[Mention, ...]) -> bool:
    """Whether `between` comes after the partners: `a pact with C to ease trade between A and B`."""
    start = partners[0].reach[0]
    link = clause.text[clause.cue.span[1] : start]
    between = [g.span[0] for g in clause.groups if g.role is Role.BETWEEN]
    return (
        re.fullmatch(r"[”\"’']?\swith\s[^.;:]{0,30}", link) is not None
        and bool(between)
        and all(at > partners[-1].reach[1] for at in between)
        and " and between " not in clause.text[partners[-1].reach[1] : clause.sentence[1]]
    )


_BESIDE = re.compile(
    r"(?i)\b(?:cooperation|coordination|collaboration|association|conjunction|consultation|talks|met|meetings?|"
    r"discussions?|along|together)\swith\s(?:the\s)?$"
)
"""`In cooperation with a union, Oslo and Lima signed`: the union is no party."""
_AS_WITNESS = re.compile(r"[^.;]{0,90}\sas\s(?:an?\s|the\s)?(?:witness|observer|guest)")
"""`They signed it, with the office of Lima as a witness`: Lima is no party."""
_IN_APPOSITION = re.compile(r",\s(?:an?|the|now\sa|one\sof\s(?:the|its))\s(?:\w+\s)?")
"""`He met the mayor of Lima, a sister city of Oslo`: Lima has the tie."""
_BECAME = re.compile(r"(?:bec|are\b|were\b|ha(?:ve|d)\s(?:been|become)\b)")
"""`Oslo, Lima and Kyoto became Bonn's new sister cities`: Bonn with each."""
_COUNTED = re.compile(
    r"[”\"’']?\s(?:with|to|of)\s(?:more\sthan\s|over\s|about\s|some\s|a\stotal\sof\s|around\s|another\s|a\sfurther\s)?(?:\d+|several|many|"
    r"various|numerous|both\sgovernments|other|foreign|cities|dozens)\b(?![^.]{0,60}[:(]|[^.]{0,40}\b(?:including|such\sas)\b)"
)


def _between(clause: Clause) -> list[tuple[Mention, ...]] | None:
    """The parties that `between` names: A and B, A and the province, A and four cities: B, C …"""
    text, cue = clause.text, clause.cue
    ahead = min(clause.words[0], cue.span[0])
    near = any(0 <= g.span[0] - cue.span[1] < 45 for g in clause.groups)
    if OF_TWO_SIDES.match(text, cue.span[1]) and not near:
        return [()]
    if len(far := _between_heads(clause)) == 2:
        return [far]
    # Those behind come first: before them may stand those of another paper.
    for group in sorted(clause.groups, key=lambda group: group.span[0] < cue.span[1]):
        is_of = cue.is_tie and _OF_BOTH.fullmatch(text, cue.span[1], group.span[0])
        if is_of and len(group.mentions) > 1 and _OF_A_TIE.search(text, *cue.span):
            return _split(group, text)
        if group.role is not Role.BETWEEN or not ahead - 70 <= group.span[0] < clause.end + 20:
            continue
        if cue.is_tie and _is_one_with_each(group, text):
            return pairs_of(group.mentions[0], group.mentions[1:])
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


_OF_A_TIE = re.compile(r"(?i)\btwinning|(?:agreement|pact|relationship|relations|tie|accord|hood)$")
_OF_BOTH = re.compile(r"\sof\s(?:the\s)?(?:(?:cities|towns|communities)\sof\s)?")
"""`the twinning of Oslo and Lima`."""
_BETWEEN_HEAD = re.compile(
    r"(?:\s(?:was|were|has\sbeen|have\sbeen))?(?:\ssigned|\sconcluded|\sinked)?\sbetween\s(?:the\s)?"
    r"(?i:head|director|minister|secretary|president|chair\w*|mayor|governor|commissioner|"
    r"(?:city\s|state\s|regional\s|local\s)*government|authorit(?:y|ie)|administration|municipality)s?\s"
)


def _between_heads(clause: Clause) -> tuple[Mention, ...]:
    """`signed between the head of an office of A, N, and the minister of B, M`: A and B."""
    match = _BETWEEN_HEAD.match(clause.text, clause.cue.span[1], clause.sentence[1])
    if match is None:
        return ()
    behind = [g for g in clause.groups if g.span[0] >= match.start()]
    found = [mention for group in behind for mention in group.mentions]
    return distinct(found) if len(found) == 2 else ()


def _is_one_with_each(group: Group, text: str) -> bool:
    """`between A and B, C, and D`: A has a tie with each of the others."""
    gaps = [text[a.reach[1] : b.reach[0]] for a, b in pairwise(group.mentions)]
    return (
        len(gaps) > 2
        and re.match(r"\sand\b", gaps[0]) is not None
        and all(gap.startswith(",") for gap in gaps[1:])
    )


def _subjects(clause: Clause) -> list[Group]:
    """The groups ahead of a verb that may be its subject."""
    roles = (Role.NONE, Role.GENITIVE, Role.LISTED)
    limit = max(min(clause.words[0], clause.cue.span[0]), clause.words[0]) + 1
    return [g for g in clause.groups if g.span[1] <= limit and g.role in roles]


def _behind(clause: Clause) -> list[Group]:
    return [
        g for g in clause.groups
        if clause.cue.span[1] - 1 <= g.span[0] < clause.end and g.span[0] - clause.cue.span[1] < 150
    ]  # fmt: skip


def _partners(clause: Clause) -> tuple[Mention, ...]:
    """Who comes after `with`, behind the cue, between it and the verb, or first in the sentence."""
    if antecedent := _WITH_WHICH.search(clause.text, clause.sentence[0], clause.cue.span[0]):
        for group in clause.groups:
            if abs(group.span[1] - antecedent.start()) < 2:
                return group.mentions[-1:]
    behind = _behind(clause)
    inner = [g for g in clause.groups if clause.words[0] <= g.span[0] < clause.cue.span[1]]
    fronted = [g for g in clause.groups if g.span[1] <= clause.words[0] and g.role is Role.WITH]
    fronted = [
        g for g in fronted if not _BESIDE.search(clause.text, max(0, g.span[0] - 40), g.span[0])
    ]
    for group in [*behind, *inner]:
        if group.role is Role.WITH and not _AS_WITNESS.match(clause.text, group.span[1]):
            if _gapped(clause, group.mentions):
                return group.mentions
            return (*group.mentions, *_more_partners(clause, group))
    for group in behind if clause.cue.is_tie else ():
        link = clause.text[clause.cue.span[1] : group.span[0]]
        preposition = "of|to|in" if _HAS.match(clause.text, clause.words[0]) else "of|to"
        if re.fullmatch(rf"[\"”’']?\s(?:{preposition})\s(?:the\s)?(?:city\sof\s)?", link):
            return (*group.mentions, *_more_partners(clause, group))
    for group in reversed(fronted):
        return (*group.mentions, *_more_partners(clause, group))
    if listed := _WITH_COUNTED.match(clause.text, clause.cue.span[1], clause.sentence[1]):
        for group in clause.groups:
            if 0 <= group.span[0] - listed.end() < 14:
                return _all_listed(clause.scene, clause.place, group)
    return ()


_HAS = re.compile(r"(?:has|have|had)\b")
"""`Oslo has a sister city in Lima`."""


def _respectively(
    clause: Clause, subject: Group | None, partners: tuple[Mention, ...]
) -> list[tuple[Mention, ...]]:
    """`A and B have partnerships with C and D, respectively`: A with C, B with D."""
    if subject is None or len(partners) < 2 or len(subject.mentions) != len(partners):
        return []
    if clause.cue.is_tie and len(partners) > 2:  # A, B and C will be twins of D, E and F
        return [distinct(pair) for pair in zip(subject.mentions, partners, strict=True)]
    if not re.match(r",?\srespectively\b", clause.text[partners[-1].reach[1] :]):
        return []
    return [distinct(pair) for pair in zip(subject.mentions, partners, strict=True)]


def _gapped(clause: Clause, partners: tuple[Mention, ...]) -> list[tuple[Mention, ...]]:
    """`A has ties with B, C with D, and E with F`: C and D, and E and F."""
    pairs = []
    while len(partners) > 1:
        end = partners[-1].reach[1]
        behind = (g for g in clause.groups if g.role is Role.WITH and g.span[0] > end)
        other = next(
            (g for g in behind if clause.text[end : g.span[0]] in (" with ", " with the ")), None
        )
        if other is None:
            break
        pairs.append(distinct((partners[-1], other.mentions[0])))
        partners = other.mentions
    return pairs


_WITH_COUNTED = re.compile(
    r"[^.:;]{0,60}\b(?:with|to)\s[^.:;]{0,110}(?::|,?\s(?:including|such\sas|namely))\s"
)
"""`relations with eight other cities in various regions: A, B …`"""
_WITH_WHICH = re.compile(r",\swith\s(?:which|whom)\s[^,;.]{0,60}$")
"""`Hanoi, with which an agreement has existed since 1998`."""
_AND_WITH = re.compile(
    r"(?:,?\s(?:in|on|since)\s[\w\s]{4,16}|\s\([^)]*\)){0,2},?\s(?:and\s|as\swell\sas\s)?with\s(?:the\s)?"
)


_DATED_AND = re.compile(
    r",?\s(?:(?:in|on|since)\s[\w\s]{0,12}(?:19|20)\d\d|\((?:19|20)\d\d\)),?\s(?P<last>and\s)?(?:with\s|of\s|to\s)?(?:the\s)?"
)
_DATE_BEHIND = re.compile(r",?\s\(?(?:in|on|since)?\s?[\w\s]{0,12}(?:19|20)\d\d\b")
"""`with A in 1968, B in 1970 and C in 1976`: dates set the partners apart."""


def _more_partners(clause: Clause, group: Group) -> tuple[Mention, ...]:
    """`with A in 1968 and with B in 1976`: B too."""
    later = next((g for g in clause.groups if g.span[0] > group.span[1]), None)
    if later is None:
        return ()
    gap = group.span[1], later.span[0]
    if later.role is Role.WITH:
        goes_on = _AND_WITH.fullmatch(clause.text, *gap) is not None
    else:
        dated = _DATED_AND.fullmatch(clause.text, *gap)
        is_dated = _DATE_BEHIND.match(clause.text, later.span[1]) is not None
        goes_on = dated is not None and (dated["last"] is not None or is_dated)
    if not goes_on:
        return ()
    return (*later.mentions, *_more_partners(clause, later))


_WITNESSED = re.compile(r"\b(?:witnessed|attended|watched)\s(?:also\s)?by\b")


def _signers(clause: Clause) -> Group | None:
    """Who stands behind `signed by`."""
    for group in _behind(clause):
        link = clause.text[clause.cue.span[1] : group.span[0]]
        if _WITNESSED.search(link):
            continue
        if re.search(r"\bby\s(?!\w+ing\b)[^.;]{0,50}$", link):
            return group
    return None


_FRONTED = re.compile(
    r"(?:Since|After|By|Having|Before|When|In|Upon)\s\w*ing\b|Twinned\b|Paired\b|"
    r"(?:Under|Through|With|By|Following|After|As\spart\sof|In|Upon|Since)\s(?:the\ssigning\sof\s)?(?:an?|the|this|its)\s"
)
"""What stands ahead of the subject: `Since signing a pact`, `Under a memorandum signed in May`."""


def _topic_behind(clause: Clause) -> tuple[Mention, ...]:
    """`Since signing a pact with A in 1976, B has …`: the subject stands behind the clause."""
    start, _ = clause.sentence
    if not _FRONTED.match(clause.text, start):
        return ()
    for group in clause.groups:
        ahead = clause.text[max(clause.cue.span[1], group.span[0] - 3) : group.span[0]]
        if group.role in (Role.NONE, Role.LISTED) and re.search(r",\s$", ahead):
            return group.mentions[:1]
    return ()


def _joint_behind(clause: Clause) -> Group | None:
    """`Since signing a pact in 1976, A and B have …`: both subjects stand behind the clause."""
    start, _ = clause.sentence
    if not _FRONTED.match(clause.text, start):
        return None
    for group in clause.groups:
        ahead = clause.text[max(clause.cue.span[1], group.span[0] - 6) : group.span[0]]
        if len(group.mentions) > 1 and re.search(r",\s(?:the\s)?$", ahead):
            return group
    return None


_COUNTERPART = re.compile(
    r"[^.;:]{0,60}\swith\s(?:his|her|its|their)\s(?:[\w-]+\s){0,2}(?:counterparts?|host)\b"
)
_GOES_TO = re.compile(
    r"(?i)\b(?:visit(?:s|ed|ing)?|trip|travel\w*|mission|tour|went|flew|journey\w*)\s(?:to\s)?(?:the\s)?$"
)


def _visited(clause: Clause) -> tuple[Mention, ...]:
    """Where the signers went, for a paper whose other side is only `his counterpart`, or unnamed.

    `During a visit to Lima, the Mayor of Oslo signed a memorandum with his counterpart.`
    """
    named = [m for g in clause.groups for m in g.mentions if g.span[1] <= clause.words[0] + 1]
    places = distinct(named)
    is_visit = any(_GOES_TO.search(clause.text[: m.reach[0]][-24:]) for m in places)
    is_with = _COUNTERPART.match(clause.text, clause.cue.span[1]) is not None
    return places if len(places) == 2 and (is_with or is_visit) else ()


def _single(clause: Clause, subjects: list[Group], own: list[Group]) -> list[tuple[Mention, ...]]:
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
    if both := _visited(clause):
        return [both]
    if subject is None or len(subject.mentions) != 1:
        return [()]
    if both := _with_apposition(clause, subjects):
        return [both]
    met = re.compile(r"\b(?:met|meets|meeting)\s(?:with\s)?").search(
        text, subject.span[1], words[0]
    )
    if AS_SISTER.search(text, clause.sentence[0], cue.span[0]) and len(everyone) > 1:
        return [everyone[:2]]
    if met:
        guest = next((g for g in clause.groups if g.span[0] >= met.end() - 1), None)
        if guest:
            return [distinct((*subject.mentions, *guest.mentions))]
    return [subject.mentions]


_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|said|signed|that|who|which)\b")


def _with_apposition(clause: Clause, subjects: list[Group]) -> tuple[Mention, ...]:
    """`A, the body in charge of B matters and C, a firm, signed`: A and C, for nothing is said."""
    if len(subjects) < 2:
        return ()
    first, last = subjects[-2], subjects[-1]
    between = clause.text[first.span[1] : last.span[0]]
    if not re.match(r",\s(?:an?|the|one\sof)\s", between) or _FINITE.search(between):
        return ()
    if not re.search(r"\sand\s(?:the\s)?$", between) or re.search(r"[.;:]", between):
        return ()
    return distinct((*first.mentions, *last.mentions))


def _split(group: Group, text: str) -> list[tuple[Mention, ...]]:
    """`A and B, and C and D` are two pairs; `A, B and C` have one paper together."""
    gaps = [text[a.reach[1] : b.reach[0]] for a, b in pairwise(group.mentions)]
    inner, outer = gaps[::2], gaps[1::2]
    if len(outer) > 1 and re.match(r",?\sand\b", outer[-1]):
        outer = outer[:-1]  # A and B, C and D and E and F
    if len(gaps) > 2 and len(gaps) % 2:
        joined = all(
            re.match(r"\sand\b|\s?[–-]\s?", gap)
            or (first.reach[1] > first.span[1] and gap.startswith(", and "))  # Oslo, Norway, and
            for first, gap in zip(group.mentions[::2], inner, strict=True)
        )
        if joined and all(re.match(r"[,;]|\sas\swell\sas\b", gap) for gap in outer):
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
    words = scene.sentence(place)
    if place and re.match(
        r"(?:[A-Z][a-z]+,?\s)?(?:[Ii]t|[Tt]he\s(?:(?:city|provincial|state|municipal|county)\s)?"
        r"(?:city|town|port|county|province|state|prefecture|district|municipality|government))\b",
        words,
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
        or cue.form in TIES
        or bool(
            re.search(
                r"\beach\b|\bseparate(?:ly)?\b|\brespectively\b|and\swith\b|\b(?:those|ones)\swith\b|memoranda\b|memorandums\b|agreements\b|"
                r"\bMO[UC]s\b|pacts\b|accords\b|protocols\b|letters\sof\sintent\b|"
                r"\b(?:similar|such)\s\w+s\b",
                near,
                re.IGNORECASE,
            )
        )
        or (
            re.search(r"\b(?:has|have)\b", near) is not None
            and len(owners) == 1
            and not _SIGNED_ONE.search(text, max(0, cue.span[0] - 40), cue.span[0])
        )
    )
    if apart and len(owners) == 1:
        return pairs_of(owners[0], partners)
    is_separate = bool(re.search(r"\bseparate(?:ly)?\b", near))
    if apart and len(partners) == 1 and (cue.is_tie or is_separate):
        return [distinct((o, partners[0])) for o in owners if len(distinct((o, partners[0]))) > 1]
    return [distinct((*owners, *partners))]


_SIGNED_ONE = re.compile(
    r"\b(?:signed|inked|concluded|entered\sinto)\s(?:an?|one)\s(?:[\w-]+\s){0,2}$"
)
"""`A has signed a memorandum with B and C`: one paper of all."""
_LIST_AHEAD = re.compile(
    r"[\"”’']?(?:\s(?:relationships?|agreements?|ties|partnerships?))?(?:\s(?:currently|now|"
    r"also|in\s\w+|worldwide|abroad))?,?\s?(?:include|includes|including|:|are|is|was|–|—|\((?=[A-Z])|"
    r",?\sthe\s(?:most\srecent|latest|newest|oldest|first|earliest)\s(?:of\s(?:which|these|them)\s)?"
    r"[^.;,]{0,40}?\b(?:was|is|being)|"
    r",?\snamely|,?\swhich\sincludes?|,?\samong\s(?:them|which|these)(?:\sare)?|,?\sone\sof\swhich\sis|,\ssuch\sas|,?\slike|with)\s?:?\s?(?:the\s(?:cities|city)\sof\s|the\s)?"
)


_OF_WHOM = re.compile(r"\sof\s(?:the\s)?(?:city\sof\s)?(?=[A-Z])")
"""`The sister cities of Oslo are Lima and Kyoto`."""
_OUR = re.compile(r"\b(?:our|its|their)\s$")
"""`through our sister cities of Oslo, Lima and Kyoto`."""
_SAID_OF_THEM = re.compile(r"\s\w+(?:ed|wn)\s(?:by|in|at|from|to)\s")
"""`Friendship cities are chosen by Oslo`: no list of them."""


_ONE_OF_THEM = re.compile(
    r"(?:['’]s|\b[Ii]ts|\b[Tt]heir|\b[Oo]ur|\b[Tt]he)\s(?:(?:first|oldest|newest|latest|second|third|last|only|other|most\srecent)\s)"
    r"(?:\w+\s)?$"
)
_MANY = re.compile(
    r"(?i)cities|towns|agreements|relationships|ties|ports|states|\bpartners$|sisters$|counterparts$"
)
_IS = re.compile(r"\s(?:is|was)\s(?:the\s)?(?=[A-Z]|\w+\s\w+\sof\s[A-Z])")
"""`Its oldest sister city is Lima`."""


def listed_ties(scene: Scene, place: int, cue: Cue, groups: list[Group]) -> list[Event]:
    """`Its sister cities include A, B and C`: each is a partner of the owner."""
    text = scene.context.form.text
    is_one = _ONE_OF_THEM.search(text, max(0, cue.span[0] - 30), cue.span[0])
    is_one = is_one and _IS.match(text, cue.span[1])
    if not cue.is_tie or not (is_one or _MANY.search(text, *cue.span)):
        return []
    match = _LIST_AHEAD.match(text, cue.span[1])
    whose = _OF_WHOM.match(text, cue.span[1])
    theirs = next((g for g in groups if whose and 0 <= g.span[0] - whose.end() < 14), None)
    if not match and theirs is not None and len(theirs.mentions) == 1:
        match = _LIST_AHEAD.match(text, theirs.span[1])
    if not match and re.search(r"\b(?:has|have)\s[^.]{0,40}$", text[: cue.span[0]][-60:]):
        match = re.compile(r",\s(?=[A-Z])").match(text, cue.span[1])
    if not match and _OUR.search(text, max(0, cue.span[0] - 12), cue.span[0]):
        match = re.compile(r"\sof(?=\s[A-Z])").match(text, cue.span[1])
    if not match:
        return []
    group = next((g for g in groups if -5 < g.span[0] - match.end() < 14), None)
    if group is None or _SAID_OF_THEM.search(text[match.end() - 1 : group.span[0]]):
        return []
    start = scene.context.sentences[place].span[0]
    ahead = [
        g
        for g in groups
        if g.span[1] <= cue.span[0] + 1 and g.role is not Role.PLACE and g.span[0] >= start
    ]
    if ahead and ")" in text[ahead[-1].span[1] : cue.span[0]]:
        ahead = []  # our twin towns (Lima and Oslo) and partner towns (…): those are no owners
    if theirs is not None and theirs.span[1] <= match.start():
        ahead = [theirs]
    owner = ahead[-1].mentions[-1:] if ahead else _owner(scene, place)
    has = re.search(
        r"\b(?:has|have|had|maintain\w*)\s(?!(?:also\s)?(?:become|been|signed)\b)[^.]{0,40}$",
        text[start : cue.span[0]],
    )
    if not owner or ("with" in match.group() and not (ahead and has)):
        return []
    if re.search(
        r"\b(?:visit\w*|from|delegat\w+|hosts?|represent\w+|attend\w*|met|meet\w*|invit\w+)\b",
        text[max(start, cue.span[0] - 60) : cue.span[0]],
    ):
        return []
    pairs = pairs_of(owner[0], _all_listed(scene, place, group))
    is_of_pairs = len(both := _split(group, text)) > 1  # sister cities: Oslo-Lima, Kyoto-Hanoi
    return [
        Event(place, cue, Tense.STATE, pair, pair[1].reach, "list-of-ties", True, confidence=0.75)
        for pair in (both if is_of_pairs else pairs)
    ]


_LIST_GAP = re.compile(
    # Possessive, since a run of capitals or digits can be cut in as many ways as it has parts.
    r"(?:[\s,;()–-]|\b(?:and|in|since|on|as\swell\sas|the|of|both|from)\b|[A-Z]\w*+\.?|\d++)*"
)
"""What may stand between the names of a list: regions, countries, dates."""


_NEXT_VERB = re.compile(r"\s(?:has|have|had|is|became|signed|will)\b")


def _all_listed(scene: Scene, place: int, group: Group) -> tuple[Mention, ...]:
    """The names of a list, of which a group is the first: `A in 1993; B, Japan, in 2017; and C`."""
    text = scene.context.form.text
    listed = list(group.mentions)
    for mention in scene.mentions[place]:
        if mention.reach[0] < listed[-1].reach[1]:
            continue
        if not _LIST_GAP.fullmatch(text, listed[-1].reach[1], mention.reach[0]):
            break
        if _NEXT_VERB.match(text, mention.reach[1]):
            break  # … with Lima, Oslo has become a sister city of Kyoto
        if mention.role is not Role.PLACE:
            listed.append(mention)
    return tuple(listed)
