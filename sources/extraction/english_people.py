"""People whom an English text names with an office: Mayor Jane Doe of Yuma, Roe, the Yuma Mayor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from citypact.sources.extraction.lexicon import known_latin, lexicon
from citypact.sources.extraction.person import Person, shifted
from citypact.sources.model import Span

OFFICE = (
    r"(?:(?:[Aa]cting|[Ii]nterim|[Ff]ormer|[Tt]hen|[Dd]eputy|[Vv]ice|[Ll]ord|[Ff]irst|[Ss]econd|"
    r"[Ee]xecutive|[Gg]overning|[Mm]anaging|[Aa]ssistant|[Ss]enior|[Hh]onorary|[Ll]ieutenant|[Cc]ounty|"
    r"[Mm]unicipal|[Cc]hief(?= [Mm]inister)|"
    r"[Tt]own)[ -])*"
    r"(?:MAYOR|[Mm]ayor(?:ess)?(?: [Pp]ro [Tt]em(?:pore)?)?|[Gg]overnor(?:[ -][Gg]eneral)?|"
    r"[Pp]resident(?: and CEO)?|[Cc]hair(?:man|woman|person)?|CEO|COO|"
    r"[Cc]hief [Ee]xecutive(?: [Oo]fficer)?|"
    r"[Cc]hief [A-Z][a-z]+ [Oo]fficer|[Ss]ecretary[ -][Gg]eneral|[Dd]irector[ -][Gg]eneral|"
    r"[Ee]xecutive [Dd]irector|[Dd]irector|[Cc]ity [Mm]anager|[Cc]ounty [Ee]xecutive|"
    r"[Cc]ouncil ?(?:[Mm]ember|man|woman|member)|[Cc]ouncill?or|[Cc]ommissioner|"
    r"[Vv]ice[ -][Mm]inister|[Mm]inister[- ][Pp]resident|[Mm]inister|"
    r"[Aa]mbassador|[Cc]onsul[ -][Gg]eneral|[Pp]remier|"
    r"[Cc]hancellor|[Rr]ector|[Ss]uperintendent|[Pp]arty [Ss]ecretary|[Aa]dministrator|"
    r"[Gg]eneral [Mm]anager|[Dd]ean|[Rr]eeve|[Aa]lderman|[Ss]upervisor|"
    r"[Ss]peaker|"
    r"[Ss]ecretary of (?:State|Commerce|Agriculture|Tourism|Transportation|Education|Labor|Trade)|"
    r"[Ss]ecretary|[Hh]ead|[Pp]rovost|Cr|Presidente [Mm]unicipal|Alcalde(?:sa)?|Sindaco|"
    r"(?:Ober)?[Bb]ürgermeister(?:in)?|[Aa]kim|[Kk]?[Hh]okim|"
    r"[Mm]anager|[Cc]abinet [Mm]ember|[Cc]hief|[Cc]ounterpart|[Cc]olleague|Gov)"
)
HONORIFIC = (
    r"(?:(?:Dr|Mr|Mrs|Ms|Madame?|Prof(?:essor)?|Hon|Gen|Engr?|H\.E|HE|HRH|Sir|Dame|The Honou?rable|"
    r"His Excellency|Her Excellency|Dato[’']?|Datuk(?: Seri)?|Tan Sri|Tn|Atty|Cllr|Cr|Clr|"
    r"Coun|Councillor|"
    r"Ald|Adv|Rev|Shri|Smt|Pn|"
    r"Hj|YB|YBhg)\.?,?\s+){0,3}"
)
PART = r"(?:[A-ZÀ-Þ][\w’'.-]*[\w.](?:(?<!s)[’'](?=\s[A-ZÀ-Þ]))?|[A-ZÀ-Þ]\.?)"
_LINK = r"(?:de|da|del|della|van|von|der|den|bin|binti|ibn|ul|al|el|la|le|dos|di|du|y|e)"
NAME = rf"{PART}(?:\s+(?:{_LINK}\s+)*{PART}){{0,5}}"
_ORGANISATION = (
    r"(?:[A-ZÀ-Þ][\w&’'.-]*)(?:\s+(?:of|the|for|and|de|do|da|la)\b(?=\s+(?:the\s+)?[A-ZÀ-Þ])|"
    r"\s+(?:the\s+)?[A-ZÀ-Þ][\w&’'.-]*)*"
)
_BEFORE_OFFICE = r"[A-ZÀ-Þ][\w&’'.-]*(?:\s+(?:of\s+)?[A-ZÀ-Þ][\w&’'.-]*){0,5}"
OFFICE_WORD = re.compile(rf"{OFFICE}\b")
_OFFICE_END = re.compile(rf"{OFFICE}\s*$")
_OFFICE_OF_END = re.compile(
    rf"{OFFICE}\s+of\s+(?:the\s+)?[A-ZÀ-Þ][\w’'.-]*(?:\s[A-ZÀ-Þ][\w’'.-]*){{0,2}}\s+$"
)
"""`Mayor of Oslo Ada Berg, Mayor of Lima Ana Ruiz and …`: the name belongs to the first."""
_OFFICE_IN_NAME = re.compile(rf"\b{OFFICE}\s+(?=[A-Z])")
_AND_OFFICE = re.compile(rf"\s+and\s+(?={OFFICE}\b)")
_AND_THE_OFFICE = re.compile(rf"\s+and\s+(?:the\s+)?(?:{OFFICE})\b")
_NAME_BEFORE = re.compile(rf"({_BEFORE_OFFICE})(?:[’']s)?\s+$")
_NAME_BEHIND = re.compile(rf"\s+{HONORIFIC}(?P<name>{NAME})")
_COMMA_NAME = re.compile(rf",\s+({PART}(?:\s+{PART})?)(?=\s*(?:,|$))")
_OF_BEHIND = re.compile(rf"(?:,)?\s+(?:of|from)\s+(?:the\s+)?({_ORGANISATION})")
_SPLIT = re.compile(
    rf"(?P<organisation>{PART}(?:\s+(?:(?:and|of|the)\s+)*{PART})*?)\s+"
    rf"(?P<name>{PART}\s+(?:[A-Z]\.\s+)?{PART})(?![\w’'-]|\s+{PART})"
)
_SPLIT_AT_KIND = re.compile(
    rf"(?P<organisation>(?:(?:{PART}|of|the|and)\s+){{1,7}}?(?:District|City|Province|County|Prefecture|Region))\s+"
    rf"(?P<name>{PART}(?:\s+{PART}){{1,3}})"
)
"""`of Ba Vi District Nguyen Van An`: the word for the kind of place ends its name."""
_PLACE = r"[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*){0,3}"
_EN_RESPECTIVE = re.compile(
    rf"(?P<one>{NAME})\s+and\s+{HONORIFIC}(?:{OFFICE}\s+)?(?P<two>{NAME}),\s+(?:the\s+)?"
    rf"(?P<office>[Mm]ayor|[Gg]overnor|[Pp]resident)s\s+of\s+(?P<of_one>{_PLACE})(?:,\s{_PLACE},?)?\s+and\s+"
    rf"(?P<of_two>{_PLACE})"
)
"""`Ada Berg and Ana Ruiz, Mayors of Oslo and Lima respectively`."""
_EN_PLURAL = re.compile(
    rf"\b(?P<office>[Mm]ayor|[Gg]overnor|[Pp]resident)s,?\s+(?P<one>{NAME})"
    rf"(?:\s+of\s+(?P<of>{_PLACE}))?\s+and\s+(?P<two>{NAME})"
)
_EN_PLURAL_OF = re.compile(
    rf"\b(?P<office>[Mm]ayor|[Gg]overnor|[Pp]resident)s\s(?:of|for|from)\s(?P<of_one>{_PLACE})\s+and\s+"
    rf"(?P<of_two>{_PLACE}),\s+{HONORIFIC}(?P<one>{NAME})\s+and\s+{HONORIFIC}(?P<two>{NAME}),?\s"
)
"""`Mayors of Oslo and Lima, Ada Berg and Ana Ruiz, respectively`."""
_FROM_BEHIND = re.compile(
    rf",?\s+(?:from|of)\s+(?:the\s+(?:province|state|city) of\s+)?({_ORGANISATION})"
)
_AND_ANOTHER = re.compile(rf"\s+and\s+{NAME}$")
"""`Ana Ruiz, Member of Lima and Ada Berg, Director`: the second is no part of the place."""
_EN_BEFORE = re.compile(
    rf"(?P<office>\b{OFFICE})\.?(?:\s\([^()]{{2,40}}\))?(?P<of>,?\s+of\s+(?:the\s+)?(?:(?:[A-Z]\w+\s)?(?:city|town|state|province|municipality|district|county|commune|borough)\s(?:of\s(?:the\s)?)?)?(?P<organisation>{_ORGANISATION}))?(?:\s\([^()]{{2,40}}\)(?=,))?"
    rf"(?P<comma>,)?\s+{HONORIFIC}(?P<name>{NAME})"
)
_EN_BEHIND = re.compile(
    rf"(?P<name>{NAME})\s*(?:\([^)]{{1,24}}\))?,\s+(?:(?:the|its|his|her|their|then|current)\s+){{0,2}}"
    rf"(?:(?P<before>{_ORGANISATION}?)(?:[’']s)?\s+)?(?P<office>{OFFICE})\b"
    rf"(?:(?:\s+(?:of|for|at)|,)\s+(?:the\s+)?(?:[A-Z][\w.]*\s(?:city|town|state|province)\sof\s)?"
    rf"(?P<organisation>{_ORGANISATION}))?"
)
_NO_NAME_TEXT = """
excellency honorable honourable professor prof
the a an and or of for in on at by to with from as his her its their our this that these those
city county state province prefecture town village district region government council office
municipality
university institute organization organisation association committee department ministry agreement
memorandum understanding mou moa loi partnership sister cities relationship program january
february march april may june july august september october november december monday tuesday
wednesday thursday friday saturday sunday mayor governor president chairman ceo minister director
secretary general vice deputy international world united nations republic korea china japan
america usa uk europe asia signing ceremony hall center centre conference summit forum affairs
cooperation development both two mr mrs ms dr madam madame
sir prof hon cllr he h.e hrh atty engr ald adv yb shri smt
during after before when while also today yesterday krai kray oblast
under according meanwhile
"""
_NO_NAME = frozenset(_NO_NAME_TEXT.split())


_OFFICE_BEHIND = re.compile(
    rf"(?P<name>{PART}(?:\s{PART}){{1,3}})\s"
    r"(?P<office>mayor|governor|premier|vice[- ]mayor|deputy mayor)\sof\s(?:the\s)?"
    rf"(?P<organisation>{_ORGANISATION})"
)
"""`Ada Berg mayor of Oslo`."""


_WHO_REPORTS = re.compile(r",\s[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}\s(?:reports|reported)(?=\.|$)")
"""`… signed the pact, Oslo Times reports.`: nobody's name."""


def english_people_in(text: str, start: int, end: int, places: frozenset[str]) -> Iterator[Person]:
    """The people of an English sentence from `start` to `end`; places are no part of a name."""
    words = _WHO_REPORTS.sub(lambda m: f", {'x' * (len(m[0]) - 2)}", text[start:end])
    taken: list[Span] = []
    yield from _in_rarer_forms(words, start, places, taken)
    yield from _ahead_of_office(words, start, places, taken)
    yield from _behind_office(words, start, places, taken)


def _in_rarer_forms(
    words: str, start: int, places: frozenset[str], taken: list[Span]
) -> Iterator[Person]:
    """`Mayors Ada Berg and Ana Ruiz`, `Ada Berg mayor of Oslo`; adds to the spans taken."""
    for match, key, stop, side in _pairs(words):
        pair = _trimmed(words, match.span(key), places)
        if pair and is_name(words[slice(*pair)]):
            taken.append((pair[0], stop))
            yield Person(
                words[slice(*pair)], shifted(start, pair), shifted(start, pair),
                match["office"], side,
            )  # fmt: skip
    for match in _OFFICE_BEHIND.finditer(words):
        span = _trimmed(words, match.span("name"), places)
        if span and " " in words[slice(*span)] and is_name(words[slice(*span)]):
            taken.append((span[0], match.end()))
            yield Person(
                words[slice(*span)], shifted(start, span), shifted(start, taken[-1]),
                match["office"], _bare(match["organisation"]),
            )  # fmt: skip
    for one, office, side in _side_by_side(words, places):
        if is_name(words[slice(*one)]) and not any(a <= one[0] < b for a, b in taken):
            taken.append(one)
            yield Person(words[slice(*one)], shifted(start, one), shifted(start, one), office, side)


def _ahead_of_office(
    words: str, start: int, places: frozenset[str], taken: list[Span]
) -> Iterator[Person]:
    """`Ada Berg, Mayor of Oslo`; adds to the spans taken."""
    behind_at = 0
    while match := _EN_BEHIND.search(words, behind_at):
        behind_at = match.end()
        if (both := _AND_ANOTHER.search(match["organisation"] or "")) and re.match(
            rf"(?:\s{_LINK}\s{PART})*,\s+(?:the\s+)?{OFFICE}\b", words[match.end() :]
        ):
            behind_at = match.start("organisation") + both.start()
        span = _trimmed(words, match.span("name"), places)
        if span is None or not is_name(words[slice(*span)]):
            continue
        if any(first <= span[0] < last for first, last in taken):
            continue
        organisation = match["before"] or ""
        if match["organisation"]:
            first, last = match.span("organisation")
            organisation = words[first : min(last, behind_at)]
        if OFFICE_WORD.match(organisation):
            organisation = match["before"] or ""
        ahead = words[max(0, span[0] - 60) : span[0]]
        if _OFFICE_END.search(ahead) or _OFFICE_OF_END.search(ahead):
            continue
        is_title = not match["organisation"] and re.match(r"\s+[A-ZÀ-Þ]", words[match.end() :])
        entry = known_latin(words[slice(*span)])
        is_place = words[slice(*span)] in places or (entry is not None and entry.kind == "country")
        if is_title or is_place:
            continue  # `Vancouver, Mayor Jane Doe`: the office is that of the next one
        taken.append((span[0], min(match.end(), behind_at)))
        yield Person(
            words[slice(*span)], shifted(start, span), shifted(start, taken[-1]),
            match["office"], _bare(organisation),
        )  # fmt: skip


def _behind_office(
    words: str, start: int, places: frozenset[str], taken: list[Span]
) -> Iterator[Person]:
    """`Oslo Mayor Ada Berg`, but for the spans taken."""
    at, pending = 0, ""
    while match := _EN_BEFORE.search(words, at):
        at = match.end("office")
        if any(first <= match.start("name") < last for first, last in taken):
            continue
        if second := _OFFICE_IN_NAME.search(match["name"]):
            # `C40 Chair Yuma Mayor Jane Doe`: the first office tells for whom she signs.
            before = _NAME_BEFORE.search(words[max(0, match.start() - 120) : match.start()])
            pending = before[1] if before else ""
            at = match.start("name") + second.start()
            continue
        span = _trimmed(words, match.span("name"), places)
        organisation = (match["organisation"] or "").strip(" ,.") or pending
        pending = ""
        is_next = match["comma"] and (
            OFFICE_WORD.match(words, match.start("name"))
            or _AND_THE_OFFICE.search(match["organisation"] or "")
        )
        if match["of"] and (is_next or not match["comma"]):
            # `Mayor of Seoul Park Won Soon`: the organisation takes all, up to its own `and`.
            organisation, span = _split(words, match.start("organisation"), places)
            span = _trimmed(words, span, places) if span else None
        if span is None:
            continue
        name = words[slice(*span)]
        comma_name = _COMMA_NAME.match(words[span[1] :])
        if match["comma"] and " " not in name and comma_name:
            span = (span[0], span[1] + comma_name.end())
            name = words[slice(*span)]
        known = lexicon().latin.get(name.lower())
        if not is_name(name) or (known and known.kind == "country"):
            continue  # `Mayor of Yuma, New Zealand`
        at = span[1]
        of_behind = _OF_BEHIND.match(words[span[1] :])
        reach = (match.start(), span[1])
        if not organisation and of_behind:
            organisation = of_behind[1].strip(" ,.")
            reach = (match.start(), span[1] + of_behind.end())
        if not organisation:
            near = max(0, match.start() - 120)
            before = _NAME_BEFORE.search(words[near : match.start()])
            if before:
                organisation, reach = before[1], (near + before.start(), reach[1])
        if not organisation:
            leading = words[match.start("name") : span[0]].strip()
            organisation = leading if leading in places else ""
        yield Person(
            name, shifted(start, span), shifted(start, reach), match["office"], _bare(organisation),
            is_bracketed=words[match.start() - 1 : match.start()] == "("
            and words[span[1] : span[1] + 1] == ")",
        )  # fmt: skip


def _pairs(words: str) -> Iterator[tuple[re.Match[str], str, int, str]]:
    """Whose office is told in the plural: match, group of the name, where its words end, side."""
    for match in _EN_PLURAL.finditer(words):
        of = _FROM_BEHIND.match(words, match.end())
        yield match, "one", match.end("one"), match["of"] or ""
        yield match, "two", match.end("two"), of[1] if of else ""
    respective = (
        [*_EN_RESPECTIVE.finditer(words), *_EN_PLURAL_OF.finditer(words)]
        if re.search(r"s\s(?:of|for|from)\s", words)
        else []
    )
    for match in respective:
        for key in ("one", "two"):
            yield match, key, match.end(), match[f"of_{key}"]


_OF_TWO = re.compile(
    r"\b(?P<office>[Mm]ayor|[Gg]overnor|[Pp]resident)s\sof\s(?P<rest>[^.;,]{8,120})"
)


_SEVERAL_NAMES = re.compile(
    rf"(?:\s[–—-]\s|,\s|\s\()(?P<names>{NAME}(?:,\s{NAME}){{1,4}},?\s+and\s+{NAME})(?=,?\srespectively|\s[–—-]|\)|,)"
)


def _respective(words: str, places: frozenset[str]) -> Iterator[tuple[Span, str, str]]:
    """`the mayors of Oslo, Lima and Bonn – Ada Berg, Ana Ruiz and Eva Roth, respectively`."""
    for match in _OF_SEVERAL.finditer(words):
        names = _SEVERAL_NAMES.match(words, match.end())
        sides = re.split(r",\s(?:and\s)?|\sand\s", match["rest"])
        if names is None or not set(sides) <= places:
            continue
        start, _ = names.span("names")
        found = [m.span() for m in re.finditer(NAME, names["names"])]
        if len(found) == len(sides):
            for (first, last), side in zip(found, sides, strict=True):
                yield (start + first, start + last), match["office"], side


_OF_SEVERAL = re.compile(
    rf"\b(?P<office>[Mm]ayor|[Gg]overnor|[Pp]resident)s\sof\s(?P<rest>{_PLACE}(?:,\s{_PLACE}){{1,4}},?\sand\s{_PLACE})"
)


def _side_by_side(words: str, places: frozenset[str]) -> Iterator[tuple[Span, str, str]]:
    """`Mayors of Oslo and the Peruvian capital Lima Ada Berg and Ana Ruiz`: name, office, side."""
    yield from _respective(words, places)
    for match in _OF_TWO.finditer(words):
        start, end = match.span("rest")
        at = sorted(
            (words.find(place, start, end), place) for place in places if " and " not in place
        )
        sides = [(where, place) for where, place in at if where >= 0]
        outer = [
            (where, place) for where, place in sides
            if not any(
                p != place and w <= where and where + len(place) <= w + len(p) for w, p in sides
            )
        ]  # fmt: skip
        if len(outer) != 2:
            continue
        names = _TWO_NAMES.match(words, outer[1][0] + len(outer[1][1]))
        if names:
            yield names.span("one"), match["office"], outer[0][1]
            yield names.span("two"), match["office"], outer[1][1]


_TWO_NAMES = re.compile(rf",?\s{HONORIFIC}(?P<one>{NAME})\s+and\s+{HONORIFIC}(?P<two>{NAME})")


def _bare(organisation: str) -> str:
    alone = _AND_OFFICE.split(organisation.strip(" ,."))[0]
    return re.sub(r"[’']s?$", "", alone).strip()


def _trimmed(words: str, span: Span, places: frozenset[str]) -> Span | None:
    """A name without places and common words at its ends; None where nothing is left."""
    tokens = [
        (m.start() + span[0], m.end() + span[0]) for m in re.finditer(r"\S+", words[slice(*span)])
    ]
    while tokens:
        first = words[slice(*tokens[0])]
        if first.lower().strip(".") in _NO_NAME or (first in places and len(tokens) > 2):
            tokens = tokens[1:]
            continue
        last = words[slice(*tokens[-1])]
        if last.lower().strip(".’'") in _NO_NAME or last.endswith(("’s", "'s")):
            if last.endswith(("’s", "'s")) and last[:-2].lower() not in _NO_NAME:
                tokens[-1] = (tokens[-1][0], tokens[-1][1] - 2)
                break
            tokens = tokens[:-1]
            continue
        break
    if not tokens:
        return None
    # A sentence that ends in the middle (`Soon. The`) ends the name.
    for one, two in pairwise(tokens):
        word = words[slice(*one)]
        if word.endswith(".") and len(word) > 3 and word.lower() not in ("jr.", "sr.", "dr."):
            return tokens[0][0], one[1] - 1
        del two
    end = tokens[-1][1]
    if words[end - 1] == "." and len(words[slice(*tokens[-1])]) > 2:
        end -= 1
    return tokens[0][0], end


def is_name(name: str) -> bool:
    """Whether words can be a person's name: Jane Doe, no Sister Cities."""
    parts = name.replace(",", "").split()
    return bool(parts) and not any(
        part.lower().strip(".") in _NO_NAME for part in (parts[0], parts[-1])
    )


_BODY_OF_PLACE = re.compile(
    r"\s(?:People['’]s\s(?:Committee|Government|Congress|Council)|(?:City|Town|Municipal|"
    r"Metropolitan|County|District|Provincial|State)\s(?:Council|Government|Assembly|Congress))\b"
)
"""`Chairman of the Lima City Council Ana Ruiz`: what stands between the place and the name."""


def _split(words: str, start: int, places: frozenset[str]) -> tuple[str, Span | None]:
    """Organisation and name where nothing stands between them.

    The organisation is a known place; else the last two words are the name.
    """
    ends = sorted((start + len(p) for p in places if words.startswith(p, start)), reverse=True)
    for cut in ends:
        if body := _BODY_OF_PLACE.match(words, cut):
            cut = body.end()
        if rest := _NAME_BEHIND.match(words[cut:]):
            return words[start:cut], (cut + rest.start("name"), cut + rest.end("name"))
    if kind := _SPLIT_AT_KIND.match(words[start:]):
        return kind["organisation"], (start + kind.start("name"), start + kind.end("name"))
    both = _SPLIT.match(words[start:])
    if not both or re.search(r"\b(?:New|San|Los|Santa|Saint|El)$", both["organisation"]):
        return "", None
    name = (start + both.start("name"), start + both.end("name"))
    if name[0] < min(ends, default=0) < name[1]:
        return "", None  # the place reaches into it: Mayor of New Taipei City
    return both["organisation"], name
