"""Ties that no rule has told: places that are weighed as partners, by many small signs.

Rules say what certain orders of words tell, and pass over an order that nobody has written down.
Here each place of an English document is a candidate, with each place that may be its partner; how
much the signs around it count is in `partners.csv`, learnt by `partner_fitting.py` from labelled
documents. The weights of `hub` choose whose partner a place would be; those of `partner` whether it
is one. Both are sums: what decided can be read off.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.extraction.confidence import country_of, share_of
from citypact.sources.extraction.english_groups import english_groups
from citypact.sources.extraction.forms import Cue, cues_in
from citypact.sources.extraction.groups import Event, Group, Scene, Tense, key_of, years_in
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import TIES, WEIGHED, Form

LIKELY = 0.8
"""From what share on a place counts as a partner."""
READ = 0.97
"""The same in a sentence in which rules have found a tie: they know it better."""
_LEAD = 3
"""A tie that the first sentences tell as new is what the document is about."""
_OF_TWINS = re.compile(r"\b(?:sister|twin)", re.IGNORECASE)
_HUBS = 6
"""No more places are tried as the one whose partners a document tells."""

_WORDS = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "ours": r"our|its|their|we|it|the\s(?:city|town|county|council|borough|state|port|island|"
        r"district|municipality)",
        "will": r"will|plan|plans|planned|hop\w+|propos\w+|consider\w*|seek\w*|may|could|would|"
        r"to\sbe\ssigned|expected|intends?|interest\w*|discuss\w*|talks|explor\w*|request\w*|asked|suggest\w*",
        "not": r"not|no|never|nor|without|yet\sto|declin\w*|reject\w*|nothing|unlike|instead|"
        r"refus\w*|denied|turned\sdown",
        "since": r"since|ago|anniversary|earlier|already|existing|before|formerly|originally|"
        r"dates?\sback|in\s(?:19|20)\d\d|previous\w*|also",
        "ties": r"(?:sister|twin|friend|partner|relation|tie|link|pact|agreement|memorand|mou)\w*",
    }.items()
}
"""Words of the sentence that count."""
_NEAR = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "act": r"sign\w*|inked|seal\w*|conclud\w*|formali[sz]\w*|enter\w*\sinto|establish\w*|"
        r"became|become|form(?:ed|ing)?|join\w*|add(?:s|ed)|twin(?:s|ned)|link\w*|agreed|has|have|"
        r"had|with",
        "visit": r"visit\w*|travel\w*|trip|flew|arriv\w*|delegation|held|conference|attend\w*|"
        r"host\w*|summit|forum|born|lives?|students?|festival|guests?|toured?|exhibition",
    }.items()
}
"""Words up to 120 characters ahead of a name and 60 behind it that count."""
_PLURAL = re.compile(
    r"\b(?:cities|towns|ties|twins|partners|partnerships|relationships|states|links|agreements|"
    r"relations|sisters|counties|ports|provinces|MOUs|memoranda)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?:\b(?P<word>with|and|in|at|from|near|between|of|to|including|includes?|are|is)|(?P<sign>[,;:(–—-]))"
    r"\s?(?:the\s)?(?:(?:city|town)\sof\s)?$",
    re.IGNORECASE,
)
_KIND_AHEAD = {
    "in": "in at from near",
    "with": "with between to",
    "listed": "and , ; : including include includes are is",
    "of": "of",
}
_YEAR_BEHIND = re.compile(r"\s?\((?:since\s|est\.?\s)?\d{4}")


@dataclass(frozen=True, slots=True)
class PossiblePartner:
    """A place that may be a partner of another, the hub. signs: with their numbers, by name."""

    mention: Mention
    hub: Mention
    sentence: int
    cue: Cue
    signs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """A tie that rules have found: its form, its parties, and the sentences that tell it."""

    form: Form
    parties: tuple[Mention, ...]
    sentences: frozenset[int]


def overlooked(scene: Scene, told: Sequence[Told]) -> list[Event]:
    """Likely ties of places that no rule has told of, in the order of the text.

    Where rules have found nothing at all, there is nothing to complete. A sentence in which they
    have found a tie gives others only where it speaks of a lasting tie.
    """
    if not told:
        return []
    names = {m.name.label_en for each in told for m in each.parties}
    known = {key_of(m.name) for each in told for m in each.parties}
    known |= {
        key_of(m.name) for mentions in scene.mentions for m in mentions
        if any(_is_part_of(m.name.label_en, name) for name in names)
    }  # fmt: skip
    read = frozenset().union(*(each.sentences for each in told))
    found = [
        (share, best)
        for share, best in best_of(candidates(scene, known))
        if share >= LIKELY and (best.sentence not in read or (share >= READ and best.cue.is_tie))
    ]
    of_sentence = Counter(best.sentence for _, best in found)
    pairs: set[frozenset[str]] = set()
    events = []
    for share, best in sorted(found, key=lambda each: (-each[0], each[1].mention.span)):
        pair = frozenset((key_of(best.hub.name), key_of(best.mention.name)))
        if pair not in pairs:
            pairs.add(pair)
            is_list = of_sentence[best.sentence] > 1
            events.append(_event(scene, best, share, told, is_list))
    return sorted(events, key=lambda event: (event.sentence, event.parties[1].span))


def _is_part_of(one: str, other: str) -> bool:
    """Whether one of two names is within the other: `Everett` and `Port of Everett`."""
    short, long = sorted((one, other), key=len)
    return re.search(rf"\b{re.escape(short)}\b", long) is not None


def _event(
    scene: Scene, best: PossiblePartner, share: float, told: Sequence[Told], is_list: bool
) -> Event:
    """The tie of a candidate; a list of several tells of older ones."""
    start, end = scene.context.sentences[best.sentence].span
    is_here = start <= best.cue.span[0] < end
    words = scene.context.form.text[start:end]
    is_older = is_list or not {"since", "plural cue"}.isdisjoint(best.signs)
    is_news = best.sentence < _LEAD and not is_older
    years = years_in(words)
    return Event(
        best.sentence,
        replace(best.cue, form=_form(best, words, is_here, told)),
        Tense.DONE if is_news else Tense.STATE,
        (best.hub, best.mention),
        best.cue.span if is_here else best.mention.span,
        WEIGHED,
        is_past=not is_news or bool(years and max(years) < scene.year),
        years=years,
        confidence=min(share, 0.8),
        doubts=("no sentence says it outright",),
    )


def _form(best: PossiblePartner, words: str, is_here: bool, told: Sequence[Told]) -> Form:
    """The form that the cue names; of `such ties` and the like that of the ties told already."""
    if not is_here and _OF_TWINS.search(words):
        return Form.SISTER_CITY
    if best.cue.form is not Form.OTHER or (is_here and not (best.cue.is_plain or best.cue.is_tie)):
        return best.cue.form
    hub = key_of(best.hub.name)
    own = [each for each in told if any(key_of(m.name) == hub for m in each.parties)]
    counts = Counter(each.form for each in own or told)
    return max(counts, key=lambda form: (counts[form], form in TIES))


def best_of(
    found: Sequence[PossiblePartner], weights: Mapping[str, Mapping[str, float]] | None = None
) -> list[tuple[float, PossiblePartner]]:
    """For each place its likeliest tie, with the share of such that are right, 0 to 1."""
    of_kind = weights or partner_weights()
    mentions: dict[tuple[str, tuple[int, int]], list[PossiblePartner]] = {}
    for each in found:
        mentions.setdefault((key_of(each.mention.name), each.mention.span), []).append(each)
    best: dict[str, tuple[float, PossiblePartner]] = {}
    for (key, _), of_mention in mentions.items():
        choice = max(of_mention, key=lambda each: odds_of(each, of_kind["hub"]))
        odds = odds_of(choice, of_kind["partner"])
        if key not in best or odds > best[key][0]:
            best[key] = odds, choice
    return [(share_of(odds), choice) for odds, choice in best.values()]


def odds_of(candidate: PossiblePartner, weights: Mapping[str, float]) -> float:
    """The sum of the weights of what speaks for a candidate and against it."""
    return sum(weights.get(name, 0.0) * number for name, number in candidate.signs.items())


@cache
def partner_weights() -> Mapping[str, Mapping[str, float]]:
    """The weights of `partners.csv` by what they choose (`hub`, `partner`) and sign."""
    found: dict[str, dict[str, float]] = {}
    path = Path(__file__).parent / "partners.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["chooses"], {})[row["sign"]] = float(row["weight"])
    return found


# --- Candidates ---------------------------------------------------------------------------------


def candidates(scene: Scene, known: Collection[str] = ()) -> list[PossiblePartner]:
    """Each mention of a place in English with each hub that it may be a partner of.

    known: keys of places of which ties are told already.
    """
    cues = [
        cues_in(scene.context.form.text, sentence.span, "en") if sentence.language == "en" else []
        for sentence in scene.context.sentences
    ]
    counts = Counter(
        key_of(m.name) for mentions in scene.mentions for m in mentions if _may_be_party(m)
    )
    if not any(cues) or counts.keys() <= set(known):
        return []
    hubs = _hubs(scene, cues, counts)
    of_hubs = [_signs_of_hub(scene, hub, counts) for hub in hubs]
    found = []
    for mention, place, group, cue, signs in _mentions(scene, cues, counts, known):
        for hub, of_hub in zip(hubs, of_hubs, strict=True):
            if not _is_part_of(hub.name.label_en, mention.name.label_en):
                together = _signs_together(scene, mention, hub, place, group, cue)
                found.append(PossiblePartner(mention, hub, place, cue, signs | of_hub | together))
    return found


def _is_within(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a name says only where another is: `Xicheng, Beijing`."""
    return any(
        other.reach[0] <= mention.span[0] and mention.span[1] <= other.reach[1]
        for other in mentions
        if other is not mention and other.span != mention.span
    )


def _may_be_party(mention: Mention) -> bool:
    return not mention.refers and mention.name.kind != "country"


def _hubs(scene: Scene, cues: Sequence[Sequence[Cue]], counts: Counter[str]) -> list[Mention]:
    """Whose partners a document may tell: its owner, frequent names, and first names of sentences.

    These are of sentences with a cue.
    """
    first: dict[str, Mention] = {}
    leads: Counter[str] = Counter()
    for place, mentions in enumerate(scene.mentions):
        named = [mention for mention in mentions if _may_be_party(mention)]
        for mention in named:
            first.setdefault(key_of(mention.name), mention)
        plain = [mention for mention in named if mention.role is not Role.PLACE]
        if plain and (cues[place] or place < 2):
            leads[key_of(plain[0].name)] += 1
    if scene.owner is not None:
        key = key_of(scene.owner.name)
        first[key] = scene.owner
        leads[key] += 1000
    ranked = sorted(first, key=lambda key: (-leads[key], -counts[key], first[key].span))
    return [first[key] for key in ranked[:_HUBS]]


def _mentions(
    scene: Scene, cues: Sequence[Sequence[Cue]], counts: Counter[str], known: Collection[str]
) -> Iterator[tuple[Mention, int, Group | None, Cue, dict[str, float]]]:
    """Each candidate with its sentence, group, cue and the signs that ask for no hub."""
    text = scene.context.form.text
    last: tuple[Cue, int] | None = None
    for place, sentence in enumerate(scene.context.sentences):
        named = [m for m in scene.mentions[place] if _may_be_party(m)]
        if sentence.language == "en" and any(key_of(m.name) not in known for m in named):
            groups = english_groups(text, scene.mentions[place], sentence.span[0])
            of_sentence = _signs_of_sentence(scene, place, cues[place], len(named))
            for mention in named:
                if key_of(mention.name) in known or _is_within(mention, scene.mentions[place]):
                    continue
                group = next((g for g in groups if mention in g.mentions), None)
                cue, signs = _nearest(scene, mention, place, cues[place], last)
                if cue is not None:
                    signs |= of_sentence | _signs_of_name(scene, mention, place, group, counts)
                    yield mention, place, group, cue, signs
        if cues[place]:
            tie = next((cue for cue in reversed(cues[place]) if cue.is_tie), None)
            if tie or last is None or not last[0].is_tie:
                last = tie or cues[place][-1], place


def _nearest(
    scene: Scene,
    mention: Mention,
    place: int,
    cues: Sequence[Cue],
    last: tuple[Cue, int] | None,
) -> tuple[Cue | None, dict[str, float]]:
    """The cue that a name belongs to, if any, and how it stands to it."""
    ahead = [cue for cue in cues if cue.span[1] <= mention.span[0]]
    behind = [cue for cue in cues if cue.span[0] >= mention.span[1]]
    signs = {}
    if ahead:
        cue = ahead[-1]
        signs = {"cue ahead": 1.0, "far from cue ahead": _far(cue.span[1], mention.span[0])}
        if behind:
            signs["cue on both sides"] = 1.0
    elif behind:
        cue = behind[0]
        signs = {"cue behind": 1.0, "far from cue behind": _far(mention.span[1], cue.span[0])}
    elif last is not None:
        cue, at = last
        sentences = scene.context.sentences
        is_same_block = sentences[at].block == sentences[place].block
        signs["cue in sentence before" if place - at == 1
              else "cue in block" if is_same_block else "cue earlier"] = 1.0  # fmt: skip
    else:
        return None, {}
    return cue, signs | _ones(
        {
            "tie": cue.is_tie,
            "paper": not cue.is_tie and cue.form is not Form.OTHER,
            "vague cue": not cue.is_tie and cue.form is Form.OTHER,
            "plain cue": cue.is_plain,
            "plural cue": scene.context.form.text[cue.span[1] - 1] == "s",
        }
    )


def _far(start: int, end: int) -> float:
    """A distance in hundreds of characters, three at most."""
    return min(end - start, 300) / 100


def _ones(answers: Mapping[str, bool]) -> dict[str, float]:
    return {name: 1.0 for name, answer in answers.items() if answer}


def _signs_of_sentence(
    scene: Scene, place: int, cues: Sequence[Cue], names: int
) -> dict[str, float]:
    words = scene.sentence(place)
    kind = scene.context.form.blocks[scene.context.sentences[place].block].kind
    said = {name: pattern.search(words) is not None for name, pattern in _WORDS.items()}
    said["nothing of ties"] = not (said["ties"] or cues)
    said["ties"] = said["ties"] and not cues
    return {"always": 1.0} | _ones(
        said
        | {
            "list": kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW),
            "heading": kind is BlockKind.HEADING,
            "short": len(words) < 60,
            "lead": place < 2,
            "first sentence": place == 0,
            "many names": names > 3,
            "years": bool(years_in(words)),
            "quoted": re.search('["“]', words) is not None,
        }
    )


def _signs_of_name(
    scene: Scene, mention: Mention, place: int, group: Group | None, counts: Counter[str]
) -> dict[str, float]:
    text, start = scene.context.form.text, scene.context.sentences[place].span[0]
    ahead = _AHEAD.search(text, max(start, mention.reach[0] - 40), mention.reach[0])
    word = (ahead["word"] or ahead["sign"]).lower() if ahead else ""
    role = group.role if group else None
    near = slice(max(start, mention.span[0] - 120), mention.span[1] + 60)
    return _ones(
        {name: word in words.split() for name, words in _KIND_AHEAD.items()}
        | {name: pattern.search(text[near]) is not None for name, pattern in _NEAR.items()}
        | {
            "first in sentence": mention.reach[0] - start < 4,
            "plural ahead": _PLURAL.search(text, start, mention.span[0]) is not None,
            "group of three": group is not None and len(group.mentions) > 2,
            "group after with": role is Role.WITH,
            "group of place": role is Role.PLACE,
            "group after between": role is Role.BETWEEN,
            "aside": group is None,
            "place": mention.role is Role.PLACE,
            "genitive": text[mention.span[1] : mention.span[1] + 2] in ("'s", "’s"),
            "with country": mention.reach[1] > mention.span[1] + 3,
            "year behind": _YEAR_BEHIND.match(text, mention.reach[1]) is not None,
            "office": bool(mention.office),
            "unsure": not mention.is_sure,
            "unknown": not country_of(mention.name),
            "organization": mention.name.kind == "organization",
            "government": mention.name.kind == "government",
            "other kind": mention.name.kind not in ("organization", "government", "city"),
            "often": counts[key_of(mention.name)] > 2,
        }
    )


def _signs_of_hub(scene: Scene, hub: Mention, counts: Counter[str]) -> dict[str, float]:
    key = key_of(hub.name)
    address = re.sub("[^a-z0-9]", "", scene.context.address.split("//")[-1].lower())
    words = re.sub("[^a-z]", "", hub.name.label_en.lower())
    leads = [any(key_of(m.name) == key for m in mentions) for mentions in scene.mentions[:3]]
    return {"hub share": counts[key] / max(counts.values())} | _ones(
        {
            "hub is owner": scene.owner is not None and key_of(scene.owner.name) == key,
            "hub in address": len(words) > 3 and words in address,
            "hub in first sentence": leads[:1] == [True],
            "hub in lead": any(leads),
            "hub once": counts[key] == 1,
            "hub unsure": not hub.is_sure,
        }
    )


def _signs_together(
    scene: Scene, mention: Mention, hub: Mention, place: int, group: Group | None, cue: Cue
) -> dict[str, float]:
    """What tells of a place and its hub together, and whether another is the likelier hub."""
    text, (start, end) = scene.context.form.text, scene.context.sentences[place].span
    key = key_of(hub.name)
    here = next((m for m in scene.mentions[place] if key_of(m.name) == key), None)
    others = [
        m for m in scene.mentions[place]
        if _may_be_party(m) and key_of(m.name) not in (key, key_of(mention.name))
    ]  # fmt: skip
    cue_at = cue.span[0] if start <= cue.span[0] < end else mention.span[0]
    country = country_of(mention.name)
    signs = {
        "same country": bool(country) and country == country_of(hub.name),
        "kind of hub": mention.name.kind == hub.name.kind,
    }
    if here is None:
        signs["another ahead of cue"] = any(
            m.name.kind == hub.name.kind and m.span[0] < cue_at and m.role is not Role.PLACE
            for m in others
        )
        return _ones(signs)
    return _ones(
        signs
        | {
            "hub here": True,
            "hub beside": group is not None and any(key_of(m.name) == key for m in group.mentions),
            "hub ahead": here.span[0] < mention.span[0],
            "hub, cue, name": here.span[0] < cue.span[0] < mention.span[0]
            and cue_at == cue.span[0],
            "hub behind cue too": cue_at == cue.span[0]
            and min(here.span[0], mention.span[0]) > cue.span[1],
            "hub genitive": text[here.span[1] : here.span[1] + 1] in ("'", "’"),
            "hub first in sentence": here.reach[0] - start < 16,
            "hub is place": here.role is Role.PLACE,
            "another ahead of both": any(
                m.span[0] < min(here.span[0], mention.span[0]) for m in others
            ),
        }
    )
