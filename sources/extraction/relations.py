"""All relations of a document: who has, concludes or will conclude which agreement with whom.

Every sentence, list and title is asked what it asserts; what is asserted several times of the same
parties is one agreement. Which agreement the document is about is decided last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from citypact.sources.extraction.english import english_events
from citypact.sources.extraction.english_names import VENUE
from citypact.sources.extraction.forms import cues_in
from citypact.sources.extraction.groups import Event, Scene, Tense, distinct, key_of
from citypact.sources.extraction.korean import korean_events
from citypact.sources.extraction.lexicon import known_latin
from citypact.sources.extraction.listing import is_paper, listed_events, titled_events
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import TIES, Context, Drafted, Form, Relation, Status
from citypact.sources.extraction.parties import names_of
from citypact.sources.extraction.partners import Told, overlooked

_SPECIFIC = (Form.LETTER_OF_INTENT, Form.SISTER_CITY, Form.FRIENDSHIP, Form.MOU)
_DATELINE = re.compile(
    r"(?:[A-Z][a-z]+\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s|\d{1,2}\s[A-Z][a-z]+,?\s)((?:19|20)\d\d)\b|"
    r"((?:19|20)\d\d)\s?[.년/-]\s?\d{1,2}\s?[.월/-]\s?\d"
)
"""A whole date at the head of a text is that of its publication."""
_LEAD = 4
"""A plan told in the first sentences is what the document is about."""


@dataclass(slots=True)
class _Draft:
    """A relation on the way: its events, of which the first asserts it."""

    form: Form
    parties: tuple[Mention, ...]
    events: list[Event] = field(default_factory=list)
    is_plain: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key_of(m.name) for m in self.parties)

    @property
    def years(self) -> frozenset[int]:
        """The years with which it is told."""
        return frozenset(year for e in self.events for year in e.years)

    @property
    def is_heading(self) -> bool:
        """Whether nothing but headings tells it."""
        return all(e.is_heading for e in self.events)

    @property
    def is_past(self) -> bool:
        """Whether all that is said of it is said as of something earlier."""
        return all(e.is_past or e.tense in (Tense.STATE, Tense.ENDED) for e in self.events)

    @property
    def is_planned(self) -> bool:
        return not self.is_past and all(
            e.tense is Tense.PLANNED for e in self.events if not (e.is_heading or e.is_past)
        ) and any(e.tense is Tense.PLANNED for e in self.events)  # fmt: skip


def relations_of(context: Context) -> tuple[Relation, ...]:
    """The relations that a document asserts, each once, in the order of the text."""
    scene = scene_of(context)
    drafts: list[_Draft] = []
    from_lists = [] if is_paper(context.form.text) else listed_events(scene)
    taken = {event.sentence for event in from_lists}
    for event in titled_events(scene):
        scene.is_paper = is_paper(context.form.text)
        _take(scene, drafts, event)
    for place, sentence in enumerate(context.sentences):
        if place in taken:
            for event in from_lists:
                if event.sentence == place:
                    _take(scene, drafts, event)
            continue
        found = (korean_events if sentence.language == "ko" else english_events)(scene, place)
        for event in found:
            is_this = event.cue.is_plain and event.is_past and event.rule != "between"
            if scene.is_paper and is_this and not event.years:
                continue  # `this memorandum`, of which the document is the text
            if scene.is_paper and not _is_told_as_past(event):
                event = replace(event, cue=replace(event.cue, is_plain=True))
            _take(scene, drafts, event)
    for event in tuple(scene.later):
        if len(scene.pair) > 1 and event.is_past:
            _take(scene, drafts, replace(event, parties=scene.pair))
    told = [Told(d.form, d.parties, frozenset(e.sentence for e in d.events)) for d in drafts]
    for event in overlooked(scene, told):
        drafts.append(_Draft(event.cue.form, event.parties, [event]))
    drafts = _without_doubles(drafts)
    _name_papers(scene, drafts)
    statuses = _statuses(scene, drafts)
    return tuple(
        _relation(context, draft, status) for draft, status in zip(drafts, statuses, strict=True)
    )


def _is_told_as_past(event: Event) -> bool:
    return event.is_past or event.tense in (Tense.STATE, Tense.ENDED, Tense.PLANNED)


def scene_of(context: Context) -> Scene:
    """A document with its names, its owner and its year."""
    mentions = names_of(context)
    scene = Scene(context, mentions)
    scene.year = _year_of(context)
    scene.owner = _owner_of(context, mentions)
    return scene


def _year_of(context: Context) -> int:
    if match := re.match(r"(\d{4})", context.published):
        return int(match[1])
    if match := re.search(r"(?<!\d)(20[0-3]\d|19[89]\d)(?:[01]\d|[/-][01]?\d)", context.address):
        return int(match[1])
    text = context.form.text
    dates = [
        m for m in _DATELINE.finditer(text[:300]) if m.start() - text.rfind("\n", 0, m.start()) < 50
    ]
    return max((int(match[1] or match[2]) for match in dates), default=0)


def _owner_of(context: Context, mentions: tuple[tuple[Mention, ...], ...]) -> Mention | None:
    """Whose document it is: who is the topic of its first sentences, or has its address."""
    if council := _COUNCIL_OF.search(context.form.text[:80]):
        everywhere = (mention for group in mentions for mention in group)
        whose = next((m for m in everywhere if m.name.text == council[1]), None)
        if whose is not None:
            return whose
    counts: dict[str, int] = {}
    for group in mentions:
        for mention in group:
            counts[key_of(mention.name)] = counts.get(key_of(mention.name), 0) + 1
    best: tuple[float, Mention] | None = None
    host = urlsplit(context.address).hostname or ""
    labels = set(re.split(r"[.-]", host))
    for place, group in enumerate(mentions[:8]):
        named = [mention for mention in group if mention.role is not Role.PLACE]
        named = [mention for mention in named if not _NO_OWNER.search(mention.name.text)]
        if named and named[-1].role is Role.WITH:  # a partner is no topic
            named = named[:-1]
        text = context.form.text
        named = [m for m in named if not text.endswith(("with ", "with the "), 0, m.reach[0])]
        for order, mention in enumerate(named):
            is_place = mention.name.kind in ("city", "government")
            if not (is_place or place <= 2):
                continue
            score = 3.0 - place * 0.5 - order * 0.4 + min(counts[key_of(mention.name)], 8) * 0.4
            if order == 0 and mention.role is Role.SUBJECT and place < 4:
                score += 3.0
            if order == 0 and mention.role is Role.LISTED and place == 0:
                score += 2.0
            if not is_place:
                score -= 1.0
            if mention.name.label_en.casefold().replace(" ", "") in labels:
                score += 6
            if best is None or score > best[0] + 1e-9:
                best = (score, mention)
    if best is None or best[0] < 9:
        for label in labels:
            entry = known_latin(label)
            if entry is not None and entry.kind == "city" and len(label) > 4:
                for group in mentions:
                    for mention in group:
                        if mention.name.label_en == entry.label_en:
                            return mention
    return best[1] if best else _place_of_heading(mentions)


def _place_of_heading(mentions: tuple[tuple[Mention, ...], ...]) -> Mention | None:
    """The one place that the first line names, as in `Twinning in Oslo`."""
    named = distinct([m for m in mentions[0] if m.name.kind == "city"]) if mentions else ()
    return named[0] if len(named) == 1 else None


_COUNCIL_OF = re.compile(r"([가-힣]{2,6}[시군구도])(?:의회|정(?:소식|뉴스|신문|백서))")
"""`나루구의회 회의록`, `나루시정소식`: whose minutes or news a document is."""
_NO_PARTY = re.compile(r"(?:Common|City|Town|County) Council")
"""A council without the name of its city."""
_NO_OWNER = re.compile(r"(?:Committee|Commission|Board|Sister Cities International|^SCI)$")
"""Who writes the papers of a council or has all cities for members: they have no partners."""


def _take(scene: Scene, drafts: list[_Draft], event: Event) -> None:
    """Adds an event to the relation that it speaks of, or as a new one."""
    parties = _parties(scene, event)
    keys = frozenset(key_of(m.name) for m in parties)
    if event.cue.is_tie and any(_NO_OWNER.search(m.name.text) for m in parties):
        return
    past = event.is_past or event.tense in (Tense.STATE, Tense.ENDED)
    if len(parties) < 2:
        _refer(scene, drafts, event, keys)
        return
    fitting = [d for d in drafts if d.keys == keys]
    wider = [
        d for d in drafts
        if d.keys != keys and (d.keys > keys or d.keys < keys) and not past and not d.is_past
        and not (event.cue.is_tie or d.events[0].cue.is_tie)
        and not (event.rule == "between" and _SEVERAL.search(_words_of_cue(scene, d)))
    ]  # fmt: skip
    draft = _same(scene, event, fitting, past) or _same(scene, event, wider, past)
    if draft and draft.events[0].rule == "row" and event.cue.is_plain and not scene.form:
        event, past = replace(event, is_past=True), True  # goes on with an entry of a list
    main = next((d for d in drafts if not d.is_past), drafts[-1] if drafts else None)
    if draft is None and main and _ALIKE.match(scene.context.form.words(event.cue.span)):
        event = replace(event, cue=replace(event.cue, form=main.form, is_plain=False))
    words = scene.sentence(event.sentence)
    if (
        draft
        and past
        and not draft.is_past
        and _AT_FIRST.search(words)
        and _is_renewed(scene, draft, 0)
    ):
        draft = None  # the tie that is renewed
    if draft is None and event.cue.is_plain and event.years:  # what the sentence has named
        draft = next((d for d in fitting if _is_told_with(d.events[-1], event)), None)
    renewed = next((d for d in fitting if d.is_past and _is_renewed(scene, d)), None)
    if draft is None and renewed and event.cue.is_plain and not past:
        event = replace(event, cue=replace(event.cue, form=renewed.form, is_plain=False))
    if draft is None and (told := _told_just_before(scene, event, fitting)):
        draft, event = told, replace(event, is_past=True)
        past = True
    if draft is None and event.cue.is_plain and past and _ORIGINAL.search(words):
        tie = next((d for d in fitting if d.form in TIES), None)  # the tie that is renewed
        event = replace(event, cue=replace(event.cue, form=tie.form)) if tie else event
    is_now = event.tense is Tense.DONE and not past and event.rule != "between"
    if draft is None and event.cue.is_plain and is_now:
        draft = next((d for d in drafts if _is_meant(scene, d, event, parties, drafts)), None)
    if draft is None:
        draft = next((d for d in fitting if _is_its_paper(scene, d, event)), None)
    if draft is None:
        draft = _Draft(event.cue.form, parties, [event], event.cue.is_plain)
        drafts.append(draft)
    else:
        _merge(draft, event, parties)
    if not past or len(scene.pair) < 2 or event.rule == "row":
        scene.pair = draft.parties
    if not past:
        scene.form = draft.form


_ORIGINAL = re.compile(
    r"(?i)\b(?:original|first|initial)\s(?:\w+\s)?(?:agreement|document|charter|MO[UC]|memorandum|pact)\b"
)
"""`The original agreement was signed in 1980`."""
_MEANS = re.compile(r"\b[Tt]h(?:e|is)\s(?:\w+\s)?$")


def _is_meant(
    scene: Scene, draft: _Draft, event: Event, parties: tuple[Mention, ...], drafts: list[_Draft]
) -> bool:
    """Whether `the document` is the one new paper of a text, though it names a party otherwise."""
    text = scene.context.form.text
    if (
        scene.context.sentences[event.sentence].language != "en"
        or draft.is_past
        or draft.is_planned
    ):
        return False
    if sum(not d.is_past for d in drafts) > 1 or not _MEANS.search(text[: event.cue.span[0]][-20:]):
        return False
    return len(parties) == len(draft.parties) and bool(
        frozenset(key_of(m.name) for m in parties) & draft.keys
    )


_ONE_MORE = re.compile(
    r"(?i)\b(?:also|too|another|separate\w*|additional\w*|further\w*|besides|sidelines|moreover|as\swell|"
    r"second|third|later|meanwhile|(?:two|three|four|several)\s(?:\w+\s)?(?:agreements|documents|papers|memoranda|MO))\b"
)


def _is_its_paper(scene: Scene, draft: _Draft, event: Event) -> bool:
    """Whether a tie and a paper that sentences tell of the same parties are one.

    `A and B became sister cities. The mayors signed a memorandum.`; not `They also signed a pact`.
    """
    sentences = scene.context.sentences
    if sentences[event.sentence].language != "en":
        return False
    if event.tense is not Tense.DONE or event.is_past or draft.is_past or draft.is_planned:
        return False
    tie, paper = draft.form in TIES, event.cue.form in TIES
    others = (Form.MOU, Form.BUSINESS_AGREEMENT, Form.OTHER)
    is_next = event.sentence - draft.events[-1].sentence == 1
    if {draft.form, event.cue.form} == {Form.MOU, Form.OTHER} and is_next:
        pass  # they entered into an agreement: the mayors signed a memorandum
    elif tie == paper or (event.cue.form if tie else draft.form) not in others:
        return False
    if any(e.sentence == event.sentence for e in draft.events):
        return False
    words = scene.sentence(event.sentence)
    return _ONE_MORE.search(words) is None


def _is_told_with(last: Event, event: Event) -> bool:
    """Whether a sentence tells of a paper with the years that it has told already."""
    return last.sentence == event.sentence and last.years == event.years and last.is_past


def _told_just_before(scene: Scene, event: Event, drafts: list[_Draft]) -> _Draft | None:
    """The earlier paper of which a sentence goes on: `… in 2013. The agreement was signed by …`."""
    if not event.cue.is_plain or event.rule != "english-passive" or event.years:
        return None
    last = next((d for d in reversed(drafts) if d.is_past), None)
    before, here = (scene.context.sentences[max(event.sentence - i, 0)] for i in (1, 0))
    is_next = last is not None and last.events[-1].sentence == event.sentence - 1
    return last if is_next and before.block == here.block else None


def _parties(scene: Scene, event: Event) -> tuple[Mention, ...]:
    """The parties of an event, each once, without councils beside them, with the names of ports."""
    named = [m for m in _as_ports(scene, event) if not _NO_PARTY.fullmatch(m.name.text)]
    return _without_councils(distinct(named))


_OF_PORTS = re.compile(r"(?i)\bports?\b")


def _as_ports(scene: Scene, event: Event) -> tuple[Mention, ...]:
    """The parties of a tie of ports, with the port that the text names for a city that has one."""
    has_port = any(mention.name.kind == "port" for mention in event.parties)
    if not has_port and not _OF_PORTS.search(scene.context.form.words(event.cue.span)):
        return event.parties
    ports = [m for mentions in scene.mentions for m in mentions if m.name.kind == "port"]

    def port_of(city: Mention) -> Mention:
        words = city.name.text
        own = (m for m in ports if re.search(rf"\b{re.escape(words)}\b", m.name.text))
        return next(own, city) if city.name.kind == "city" else city

    return tuple(map(port_of, event.parties))


def _without_councils(parties: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Without councils that stand beside two governments, as guests of a ceremony do."""
    governments = [m for m in parties if m.name.kind in ("city", "government")]
    if len(governments) < 2:
        return parties
    others = tuple(m for m in parties if not m.name.text.endswith(("의회", "Council")))
    return others if len(others) > 1 else parties


_AT_FIRST = re.compile(
    r"\b(?:originally|initially|first)\s(?:established|signed|formed|forged|made)\b"
)


def _is_renewed(scene: Scene, draft: _Draft, at: int = -1) -> bool:
    """Whether the text says that a tie is reaffirmed, so that `this agreement` renews it."""
    first = scene.sentence(draft.events[at].sentence)
    return bool(re.search(r"(?i)reaffirm|renew|\bre-?sign", first))


_OF_TWO = re.compile(
    r"(?i)\b(?:two|both|they|the\s(?:mayors|cities|parties|pair|sides|governors|partners|towns|"
    r"capitals|municipalities|communities)|representatives\s(?:from|of)\sthe\s\w+\sand\sthe)\b"
)
_TWO_HEADS = re.compile(
    r"^(?:[A-Z][^,]{0,40},\s)?(?:(?:Cr|Cllr|Coun|Mr|Mrs|Ms|Dr)\.?\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?\sand\s"
    r"(?:[A-Z][\w’'-]+\s){1,3}(?:Mayor|Governor|Premier)\b|"
    r"\b(?:[Hh]e|[Ss]he)\sand\s(?:the\s)?(?:Mayor|Governor|Premier|Provost)\b|"
    r"\b(?:Mayor|Governor|Premier|Provost)\s(?:of\s)?[A-Z][^.;]{2,50}\sand\s(?:the\s)?(?:[A-Z]\w+\s){0,3}?"
    r"(?:(?:his|her|their)\s(?:[\w-]+\s){0,2}counterpart|Mayor|Governor|Head\sof|Premier|Provost|Commissioner|"
    r"Director|Councill?or|Chair\w*)\b"
)
"""`Mayor Berg and her counterpart`: the heads of two places, without the names of these."""
_SEVERAL = re.compile(r"(?i)(?:agreements|memoranda|MOUs|pacts|documents)$")


def _words_of_cue(scene: Scene, draft: _Draft) -> str:
    """The words of the cue that asserts a relation first."""
    return scene.context.form.words(draft.events[0].cue.span)


_ALIKE = re.compile(r"similar|such|같은|비슷한|유사한")


def _same(scene: Scene, event: Event, drafts: list[_Draft], past: bool) -> _Draft | None:
    """The relation among those of the same parties that an event speaks of."""
    for draft in reversed(drafts):
        if draft.form is event.cue.form and (draft.is_past == past or not event.cue.is_plain):
            told = draft.years
            is_other_year = bool(event.years and told and not event.years & told)
            if draft.is_past == past and not (past and is_other_year):
                return draft
            is_tie = draft.form in TIES
            if draft.is_past != past and is_tie and not _is_dated_before(scene, event, draft):
                return draft
    for draft in reversed(drafts):
        if event.cue.is_plain and draft.events[0].rule == "row" and not scene.form:
            return draft  # a page of ties, where `the agreement` is that of its entry
        if draft.is_past != past:
            continue
        last = draft.events[-1]
        is_below = last.rule == "row" and 0 < event.sentence - last.sentence < 4
        here = scene.sentence(event.sentence)
        if is_below and past and event.cue.is_tie and _OF_THESE.search(here):
            return draft  # the paper of the partner whose name is the heading
        if event.rule == "signing" and last.sentence == event.sentence and last.cue.is_tie:
            return draft  # became sister cities with the signing of a memorandum
        told = draft.years
        if past and event.years and told and not event.years & told:
            continue
        if event.cue.is_plain or draft.is_plain:
            return draft
        in_heading = event.is_heading or draft.is_heading
        if past and in_heading and event.years & told:
            return draft  # one paper under two names
        papers = {draft.form, event.cue.form}
        if papers == {Form.MOU, Form.BUSINESS_AGREEMENT}:
            return draft
        planned = (event.tense is Tense.PLANNED) != draft.is_planned
        if in_heading and not past and not planned:
            return draft
        if Form.BUSINESS_AGREEMENT in papers and not past and not planned:
            return draft
    return None


_OF_THESE = re.compile(r"(?i)\b(?:these|the\stwo|both)\s(?:cities|towns|communities)\b")
_RATIFIES = re.compile(r"(?i)ratif|confirm|endors")
"""What a council does to a paper that is signed already."""


def _is_dated_before(scene: Scene, event: Event, draft: _Draft) -> bool:
    """Whether one of the two is told with a year and the other as signed now."""
    events = [event, *draft.events]
    past = [e for e in events if e.is_past and e.years and e.tense is not Tense.PLANNED]
    is_paper = scene.is_paper  # whose heading is the paper itself
    now = [
        e
        for e in events
        if not e.is_past and e.tense is Tense.DONE and (is_paper or not e.is_heading)
    ]
    now = [e for e in now if not _RATIFIES.match(scene.context.form.words(e.words))]
    return bool(past) and any(re.match("korean|english|text|signing", e.rule) for e in now)


def _merge(draft: _Draft, event: Event, parties: tuple[Mention, ...]) -> None:
    if event.is_past and event.years and all(e.rule == "headline" for e in draft.events):
        draft.events = [replace(e, is_past=True) for e in draft.events]  # the topic of the page
    is_fuller = draft.is_heading and not event.is_heading and event.parties
    if len(parties) > len(draft.parties) or (is_fuller and len(parties) == len(draft.parties)):
        draft.parties = parties  # as sentences name them, not headlines
    cue = event.cue
    if draft.form is not cue.form and not cue.is_plain:
        ranks = {form: rank for rank, form in enumerate(_SPECIFIC)}
        if draft.is_plain or ranks.get(cue.form, 9) < ranks.get(draft.form, 9):
            draft.form = cue.form
        draft.is_plain = False
    draft.events.append(event)


def _refer(scene: Scene, drafts: list[_Draft], event: Event, keys: frozenset[str]) -> None:
    """An event whose parties were named before, such as `두 도시는 1997년 우호협정을 맺었다`."""
    words = scene.context.form.words(event.cue.span)
    if not keys and event.cue.is_tie and _OF_OTHERS.search(words):
        return  # schools of both cities have become sister schools
    pair = scene.pair
    if not keys and len(own := _both_here(scene, event)) == 2:
        scene.pair = pair = own
    if not keys and (told := _pair_told_before(scene, drafts, event)):
        pair = told
    if not keys and (of_place := _of_visited(scene, drafts, event)):
        pair = of_place
    if keys and not any(keys <= d.keys for d in drafts):
        other = scene.owner
        if other is None or key_of(other.name) in keys:
            other = _other_of(scene, keys)
        words = scene.sentence(event.sentence)
        if other is None or not (event.cue.is_tie or _TWO_HEADS.search(words)):
            return
        pair = (other, *event.parties)
    elif keys and not keys <= frozenset(key_of(m.name) for m in pair):
        draft = next(d for d in drafts if keys <= d.keys)
        pair = draft.parties
    sentence = scene.context.sentences[event.sentence]
    words = scene.context.form.words(sentence.span)
    if event.tense is Tense.PLANNED and words.endswith(":"):
        return  # over the list of those to come
    speaks_of_two = _OF_TWO.search(words) is not None or _TWO_HEADS.search(words) is not None
    if len(pair) < 2 and sentence.language == "en" and not speaks_of_two:
        return
    if not keys and sentence.language == "en" and not speaks_of_two and len(pair) > 1:
        there = (m for m in scene.mentions[event.sentence] if m.role is not Role.PLACE)
        named = {key_of(m.name) for m in there if m.is_sure}
        if named and not named & {key_of(m.name) for m in pair}:
            return  # it speaks of others
    if len(pair) < 2:
        pair = _pair_before(scene, event.sentence)
        is_new = scene.context.form.text.endswith(("an ", "a "), 0, event.cue.span[0])
        is_vague = event.cue.is_plain and (event.is_past or event.tense is Tense.STATE)
        is_vague = is_vague and not (is_new and event.years)
        if len(pair) < 2 and not is_vague and not keys and not event.is_heading:
            scene.later.append(event)
        if len(pair) < 2 or is_vague:
            return
    event = replace(event, parties=pair, confidence=event.confidence - 0.15)
    if len(_parties(scene, event)) > 1:
        _take(scene, drafts, event)


_BOTH_OF_THEM = re.compile(
    r"(?i)\b(?:(?:of|from)\s(?:both|the\stwo)|both|the\stwo)\s(?:cities|towns|states|provinces|counties|ports|municipalities|communities)\b"
)


def _both_here(scene: Scene, event: Event) -> tuple[Mention, ...]:
    """`Oslo became a partner of Lima, as the mayors of both cities signed a pact`: these two."""
    text = scene.context.form.text
    start, end = scene.context.sentences[event.sentence].span
    both = _BOTH_OF_THEM.search(text, start, end)
    if both is None or scene.context.sentences[event.sentence].language != "en":
        return ()
    named = [m for m in scene.mentions[event.sentence] if m.is_sure and m.role is not Role.PLACE]
    ahead = distinct([m for m in named if m.reach[1] <= both.start()])
    return ahead if all(m.name.kind in ("city", "government") for m in ahead) else ()


_KO_TWO = re.compile(
    r"(?:^|\s)(?:두|양)\s?(?:도시|시|항만|항|기관|지역|지자체|군|구|도|공사)(?:은|는|이|가)\s"
)


def _pair_told_before(scene: Scene, drafts: list[_Draft], event: Event) -> tuple[Mention, ...]:
    """Those of whom the sentence right before tells, for `두 항만은 1981년 협정을 맺었다`."""
    sentences = scene.context.sentences
    place = event.sentence
    if not place or sentences[place].block != sentences[place - 1].block:
        return ()
    if sentences[place].language != "ko" or not _KO_TWO.search(scene.sentence(place)):
        return ()
    told = [d.parties for d in drafts if d.events[-1].sentence == place - 1]
    return told[-1] if told and len(told[-1]) == 2 else ()


_OF_OTHERS = re.compile(
    r"(?i)\b(?:schools?|universit\w+|airports?|parks?|stations?|hospitals?|libraries|museums?|zoos?)\b"
)


def _of_visited(scene: Scene, drafts: list[_Draft], event: Event) -> tuple[Mention, ...]:
    """The pair of which a sentence names one side, as the place of a visit."""
    named = {key_of(m.name) for m in scene.mentions[event.sentence]}
    told = named - ({key_of(scene.owner.name)} if scene.owner else set())
    fitting = {d.keys: d.parties for d in drafts if len(d.keys) == 2 and len(d.keys & told) == 1}
    return next(iter(fitting.values())) if len(fitting) == 1 else ()


def _other_of(scene: Scene, keys: frozenset[str]) -> Mention | None:
    """The one other place that the headings name, for a sentence that names but one party."""
    named = [m for mentions in scene.mentions[:2] for m in mentions if m.role is not Role.PLACE]
    others = [m for m in distinct(named) if key_of(m.name) not in keys]
    if not others:  # the mayor of the other place was there
        heads = [m for mentions in scene.mentions for m in mentions if m.office == "Mayor"]
        others = [m for m in distinct(heads) if key_of(m.name) not in keys]
    return others[0] if len(others) == 1 else None


def _pair_before(scene: Scene, place: int) -> tuple[Mention, ...]:
    """Two parties that the sentence, a heading or the sentence before names, if just two."""
    words = scene.sentence(place)
    here = distinct([m for m in scene.mentions[place] if m.is_sure and not is_venue(scene, m)])
    if len(here) == 2:
        return here
    for before in (place - 1, place - 2, 0, 1):
        if 0 <= before < len(scene.mentions) and before != place:
            sure = [m for m in scene.mentions[before] if m.is_sure]
            named = distinct([m for m in sure if m.role is not Role.PLACE])
            of_two = re.search(r"(?i)\btwo\s(?:cities|towns|communities|states|ports)", words)
            pair = distinct(sure) if len(named) < 2 and of_two else named
            if len(pair) == 2:
                return pair
    if _BETWEEN_TWO.search(words) and len(both := _all_named(scene)) == 2:
        return both
    if scene.owner and _BETWEEN_TWO.search(words):
        for at in (place, place - 1):
            there = distinct([m for m in scene.mentions[max(at, 0)] if not is_venue(scene, m)])
            pair = distinct((scene.owner, *there))
            if len(pair) == 2:
                return pair
    return ()


def _all_named(scene: Scene) -> tuple[Mention, ...]:
    """The places that a document names, each once."""
    named = [m for mentions in scene.mentions for m in mentions if m.is_sure]
    return distinct([m for m in named if m.name.kind in ("city", "government")])


_BETWEEN_TWO = re.compile(
    r"(?i)\b(?:the\stwo|both)\s(?:capitals|cities|towns|communities|states|ports|sides|localities|parties)\b"
)


def is_venue(scene: Scene, mention: Mention) -> bool:
    """Whether a name is that of a town hall or the like."""
    return VENUE.match(scene.context.form.text, mention.reach[1]) is not None


def _without_doubles(drafts: list[_Draft]) -> list[_Draft]:
    """Without what only a heading says and the text says otherwise."""
    kept = []
    for draft in drafts:
        others = [d for d in drafts if d is not draft]
        if draft.is_heading and not draft.is_past:
            if any(d.keys >= draft.keys and not d.is_past for d in others):
                continue
            if any(
                d.form is draft.form and not d.is_past and _has_bodies_of(d, draft) for d in others
            ):
                continue
            told = [d for d in others if _has_names_of(d, draft) and d.form is draft.form]
            if told and all(e.rule == "headline" for e in draft.events):
                continue  # the tie that is the topic, of which the text tells when it began
            if any(
                len(d.keys & draft.keys) >= 1
                and not d.is_past
                and not d.is_heading
                and d.form is draft.form
                and not d.events[0].cue.is_tie
                for d in others
            ):
                continue
        parts = [d for d in others if d.form is draft.form and d.keys < draft.keys]
        if len(draft.keys) > 2 and len({d.keys for d in parts}) > 1 and not draft.is_past:
            continue  # papers between A, B and C: one of A and B, and one of A and C
        kept.append(draft)
    return kept


_KIND = re.compile(r"\s(?:City|Province|Prefecture|State|County|Region)$", re.IGNORECASE)


def _has_names_of(draft: _Draft, other: _Draft) -> bool:
    """Whether the parties of two drafts have the same names, but for their kinds."""
    one, two = ({_KIND.sub("", m.name.label_en) for m in d.parties} for d in (draft, other))
    return one == two


def _has_bodies_of(draft: _Draft, other: _Draft) -> bool:
    """Whether one party is the same and the name of the other is part of its other name.

    `Port Office of Lima` and `Lima`, `Great Lima` and `Lima`.
    """
    more, less = (
        [m.name.label_en for m in a.parties if key_of(m.name) not in b.keys]
        for a, b in ((draft, other), (other, draft))
    )
    if len(more) != 1 or len(less) != 1 or len(draft.keys & other.keys) != 1:
        return False
    return any(
        re.search(rf"\b{re.escape(one)}\b", two) is not None
        for one, two in ((less[0], more[0]), (more[0], less[0]))
    )


_NAMED_PAPER = re.compile(r"(?:The|This|Under\sthe|As\spart\sof\sthe|Through\sthe)\s(?:new\s)?$")


def _name_papers(scene: Scene, drafts: list[_Draft]) -> None:
    """Gives a paper without a name the one by which the text calls it later: `The MoU sets …`."""
    text = scene.context.form.text
    main = [draft for draft in drafts if not draft.is_past]
    if len(main) != 1 or main[0].form not in (Form.BUSINESS_AGREEMENT, Form.OTHER):
        return
    for sentence in scene.context.sentences:
        for cue in cues_in(text, sentence.span, sentence.language or "en"):
            ahead = text[sentence.span[0] : cue.span[0]]
            is_named = cue.form in (Form.MOU, Form.LETTER_OF_INTENT)
            if sentence.language == "en" and is_named and _NAMED_PAPER.fullmatch(ahead):
                main[0].form = cue.form
                return


def _statuses(scene: Scene, drafts: list[_Draft]) -> list[Status]:
    has_main = any(not d.is_past and not d.is_planned for d in drafts)
    statuses: list[Status] = []
    first: Form | None = None
    announced = {key_of(m.name) for mentions in scene.mentions[:2] for m in mentions}
    for draft in drafts:
        if draft.is_past:
            statuses.append(Status.PAST)
        elif draft.is_planned:
            place = next(e.sentence for e in draft.events if e.tense is Tense.PLANNED)
            is_lead = place < _LEAD or draft.keys <= announced
            is_main = is_lead and not has_main and first in (None, draft.form)
            first = draft.form if is_main else first
            statuses.append(Status.MAIN if is_main else Status.PLANNED)
        else:
            statuses.append(Status.MAIN)
    return statuses


_QUOTED = re.compile(r"[‘'“\"「『《<]([^‘’'“”\"「」『』《》<>\n]{6,90})[’'”\"」』》>]")


def _title(context: Context, draft: _Draft) -> Drafted[str] | None:
    """The title that the text gives the paper in quotes, where one of its cues stands in it."""
    text = context.form.text
    for event in draft.events:
        begin = context.sentences[event.sentence].span
        for match in _QUOTED.finditer(text, *begin):
            if match.start() <= event.cue.span[0] and event.cue.span[1] <= match.end():
                return Drafted(match[1], (match.span(1),), event.confidence, "quoted-title")
    return None


def _doubts(draft: _Draft) -> tuple[str, ...]:
    """Why a relation may be wrong, in words for a person."""
    doubts = dict.fromkeys(doubt for event in draft.events for doubt in event.doubts)
    if draft.is_heading:
        doubts["only a heading says so"] = None
    if not any(event.parties for event in draft.events):
        doubts["the parties are named in another sentence"] = None
    if any(not mention.is_sure for mention in draft.parties):
        doubts["a party has only the form of a name"] = None
    return tuple(doubts)


def _relation(context: Context, draft: _Draft, status: Status) -> Relation:
    event = next((e for e in draft.events if not e.is_heading), draft.events[0])
    confidence = max(e.confidence for e in draft.events)
    doubts = _doubts(draft)
    first = draft.events[0]
    spans = tuple(dict.fromkeys((event.words, *(e.words for e in draft.events))))
    sentences = tuple(dict.fromkeys((event.sentence, *(e.sentence for e in draft.events))))
    return Relation(
        form=Drafted(
            draft.form,
            (event.cue.span, first.cue.span) if first is not event else (event.cue.span,),
            confidence,
            event.rule,
            doubts,
        ),
        status=Drafted(status, spans[:1], confidence, event.rule, doubts),
        parties=tuple(
            Drafted(m.name, (m.span,), confidence if m.is_sure else confidence - 0.2, event.rule)
            for m in draft.parties
        ),
        cue=event.cue.span,
        sentences=sentences,
        title=_title(context, draft),
    )
