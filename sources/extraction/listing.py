"""Relations that lists, tables, titles and texts of agreements assert without a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from citypact.sources.documents.normal_form import BlockKind, NormalForm
from citypact.sources.extraction.english_names import is_country
from citypact.sources.extraction.forms import Cue, cues_in
from citypact.sources.extraction.groups import Event, Scene, Tense, distinct
from citypact.sources.extraction.lexicon import known_latin
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import TIES, Form, Name, Sentence
from citypact.sources.extraction.sentences import language_of
from citypact.sources.model import Span

_ROWS = (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM)
_FAR = 60
"""A heading counts for at most so many rows."""
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[.년/-]|\b(?:19|20)\d\d\b|[’'‘]\d\d\s?[.년]|"
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b"
)
_PARTNER_COLUMN = re.compile(
    r"(?i)^\W*(?:(?:결연|자매|우호|교류|협력|체결|상대)?\s?(?:도시|지역|기관|자치단체|"
    r"지자체)(?:명|\(.*\))?|(?:sister|partner|twin|friendship)?\s?"
    r"(?:city|cities|town|partner|municipality|name)(?:\s?name|\sof\s.*)?|상대방|체결\s?기관)\W*$"
)
_NO_COLUMN = re.compile(
    r"(?i)^\W*(?:item|category|rank|type|continent|signing)|국가|국명|나라|country|nation|인구|population|면적|date|일자|일시|연월일|연도|년도|"
    r"year|비고|note|info|특징|분야|번호|no\.?$|구분|대륙|continent|agreement|시기|내용"
)
_SHORT_ROW = re.compile(
    r"[A-Z가-힣][^()]{2,60}\((?:since|from|est\.?|established|signed|twinned)\s(?:in\s)?[^()]{0,16}"
    r"(?:19|20)\d\d\)$|"
    r"[A-Z가-힣][^()]{2,40}(?:\((?:19|20)\d\d|\([^()]*\) since (?:19|20)\d\d|"
    r"(?:\s\([^()]{2,40}\),?\s?[–—:-]?|\s?[–—:-])\s?.{0,14}(?:19|20)\d\d$)"
)
_SAID = re.compile(
    r"[다요]\.?$|\b(?:was|were|has|have|is|are|signed|twinned|became|joined|reviewed)\b|"
    r"^(?:In|On|At|For|By|As|With)\s|^[A-Z][^:–—(]{30,}\w{3}\.$"
)
"""That a line is a sentence rather than a row."""
_ITEM = re.compile(
    r"(?:[\W\d]{0,6})(?P<name>(?!(?:In|On|At|Since|The|By|As)\s)[A-Z][\w’'. ]{1,28}?)"
    r"(?:,\s|\s[–—-]\s|\s?\(|:|\s(?=(?:19|20)\d\d))"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
_LINE = re.compile(r"(?:19|20)\d\d|[’'‘]\d\d\.")


_DATED_LABEL = re.compile(
    r"(?i)\W*(?:date|year|relation|affiliat|agreement|sister|twin|friendship|partner|established|"
    r"signed|since|formed|signing|accord|memorandum|mou|protocol|pact|treaty|contract)[\w\s/()’'-]{0,40}:\s?[^\n]{0,20}\b(?:19|20)\d\d\b"
)


def _entries(scene: Scene) -> list[Event]:
    """Entries of several lines: a name, what it is, and `Relationship established: 5 May 1981`."""
    form, sentences = scene.context.form, scene.context.sentences
    cue: Cue | None = None
    paper: Cue | None = None
    name: Mention | None = None
    owner: Mention | None = None
    named_at = -99
    events: list[Event] = []
    for place, sentence in enumerate(sentences):
        words = form.words(sentence.span)
        found = [c for c in cues_in(form.text, sentence.span, "en") if not c.is_plain]
        ties = [c for c in found if c.is_tie]
        named = [m for m in scene.mentions[place] if m.reach[0] - sentence.span[0] < 6]
        is_short = len(words) < 60 and not _SPOKEN.search(words)
        if ties and not events and ties[0].form in TIES:
            cue = cue or ties[0]
        if found and place < 4 and form.text[found[-1].span[1] - 1] == "s":
            paper = paper or found[-1]  # Partnership agreements
        own = cue or next((c for c in found if not c.is_tie), paper)
        if name and own and (cue or paper) and place - named_at < 7 and _DATED_LABEL.match(words):
            owner = owner or scene.owner
            pair = distinct((owner, name)) if owner else ()
            if len(pair) == 2:
                event = Event(place, own, Tense.STATE, pair, sentence.span, "row", True)
                events.append(replace(event, confidence=0.85))
            name = None
        elif is_short and len(named) == 1 and not _DATE.search(words):
            name, named_at = named[0], place
        elif name is None and owner is None:
            places = [m for m in scene.mentions[place] if m.name.kind in ("city", "government")]
            owner = places[0] if places else None
    return events if len(events) > 1 else []


_AHEAD = re.compile(
    r"(?i)\b(?:in\s(?:a|the)\sprocess|plan(?:s|ned|ning)?\sto|to\sbe\s(?:established|signed)|future|"
    r"prospective)\b"
)
"""`The city is in the process of establishing ties with the following cities:`."""


def listed_events(scene: Scene) -> list[Event]:
    """The rows of lists and tables of partners: each is an agreement of the heading's owner."""
    context = scene.context
    events: list[Event] = []
    cue: Cue | None = None
    heading = -99
    header: tuple[Span, ...] = ()
    owner: Mention | None = None
    dated_above = -1
    for place, sentence in enumerate(context.sentences):
        if place == dated_above:
            continue
        block = context.form.blocks[sentence.block]
        words = context.form.words(sentence.span)
        is_row = block.kind in _ROWS or (
            len(words) < 100 and place > 0 and _LINE.search(words) is not None
            and not _SAID.search(words)
            and (block.kind is not BlockKind.HEADING or _is_dated_row(words, cue))
        )  # fmt: skip
        is_row = is_row or _stands_over_date(scene, place)
        is_row = is_row or (cue is not None and _tells_of_first(scene, place, words))
        is_row = is_row or (cue is not None and _begins_with_dated_name(scene, place))
        is_row = is_row or (cue is not None and _is_bare_name(scene, place))
        is_row = is_row or (cue is not None and len(_pair_in_row(scene, place)) == 2)
        found = cues_in(context.form.text, sentence.span, sentence.language or "en")
        ties = [c for c in found if c.is_tie and c.form is not Form.OTHER]
        papers = ties or [c for c in found if not c.is_plain]
        if papers and cue is None and scene.owner and _is_entry(scene, place, papers[0], words):
            parties = distinct((scene.owner, scene.mentions[place][0]))
            if len(parties) == 2:
                entry = Event(place, papers[0], Tense.STATE, parties, sentence.span, "row", True)
                events.append(entry)
                continue
        if block.kind is BlockKind.LIST_ITEM and ties and not block.cells:
            parties = _with_partners(scene, place, ties[0])
            if len(parties) > 1:
                event = Event(place, ties[0], Tense.STATE, parties, sentence.span, "row", True)
                events.append(replace(event, confidence=0.85))
                if _stands_over_date(scene, place) and _dates_tie(scene, place + 1):
                    below = context.sentences[place + 1].span
                    events.append(replace(event, sentence=place + 1, words=below))
                    dated_above = place + 1
                continue
        if is_row and not re.search(r"[^\W\d_]", words):
            continue  # the line below the head of a Markdown table
        if is_row and re.search(r"\b(?:failed|not|declined|lapsed)\b|무산|불발", words):
            continue
        if cue is None and not ties and _is_header(scene, block.cells):
            header = block.cells
            continue
        if cue is None and ties and _is_cell(scene, block.cells, ties[-1]):
            cue, heading = ties[-1], place
        if is_row and cue is not None and place - heading < _FAR:
            if _is_header(scene, block.cells):
                header = block.cells
                heading = max(heading, place - _FAR + 50)
                continue
            own = ties[-1] if ties else _of_kind(context.form.text, block.cells, cue)
            both = _pair_of(scene, place, block.cells, header) or _pair_in_row(scene, place)
            if both:
                event = Event(place, own, Tense.STATE, both, sentence.span, "row", True)
                events.append(replace(event, confidence=0.85))
                continue
            partner = _partner(scene, place, sentence, block.cells, header, owner)
            if partner is not None and (owner or scene.owner):
                dated = bool(_DATE.search(words)) or bool(block.cells)
                first = owner or scene.owner
                assert first is not None
                parties = distinct((first, partner))
                if len(parties) == 2:
                    is_ahead = _AHEAD.search(scene.sentence(heading))
                    tense = Tense.PLANNED if is_ahead else Tense.STATE
                    event = Event(place, own, tense, parties, sentence.span, "row", not is_ahead)
                    events.append(replace(event, confidence=0.85 if dated else 0.65))
                    if _stands_over_date(scene, place) and _dates_tie(scene, place + 1):
                        below = context.sentences[place + 1].span
                        events.append(replace(event, sentence=place + 1, words=below))
                        dated_above = place + 1
                    continue
        if cue and not found and not is_row and words.endswith(":") and place - heading > 1:
            cue = None  # the next list is of something else
        if ties and _names_columns(scene, place, block.cells, ties[-1]):
            cue, heading, header = ties[-1], place, block.cells
            owner = next(iter(scene.mentions[place]), owner)
        elif (
            papers
            and not block.cells
            and not (place and _WHOLE_DATE.search(words))
            and _heads_a_list(scene, place, words, any(c.is_tie for c in papers))
        ):
            cue, heading, header = papers[-1], place, ()
            named = [
                m for m in scene.mentions[place]
                if m.name.kind in ("city", "government") and m.role is not Role.PLACE
            ]  # fmt: skip
            owner = named[0] if named else owner
    entries = _entries(scene)
    if entries or len({event.sentence for event in events}) < 2:
        return entries
    return events


_KIND_CELL = re.compile(
    r"(?P<sister>자매|친선|[Ss]ister|[Tt]win)|(?P<friend>우호(?:협력)?|[Ff]riendship)"
)


def _of_kind(text: str, cells: tuple[Span, ...], cue: Cue) -> Cue:
    """The tie of a row, by a cell that says nothing but its kind: `우호 / 중국 / 나루시 / 2001`."""
    kinds = (_KIND_CELL.fullmatch(text[slice(*cell)].strip(" *|")) for cell in cells)
    kind = next((found for found in kinds if found), None)
    if kind is None:
        return cue
    return replace(cue, form=Form.SISTER_CITY if kind["sister"] else Form.FRIENDSHIP)


_WRITTEN_DAY = re.compile(
    r"(?:19|20)\d\d[.-]\s?\d{1,2}[.-]\s?\d|\b[A-Z][a-z]{2,8}\.?\s?\d{1,2}[.,]\s?(?:19|20)\d\d"
)


def _begins_with_dated_name(scene: Scene, place: int) -> bool:
    """Whether a line is a row without signs between its columns: `Lima Peru 1999.5.17 2,672 …`."""
    start, end = scene.context.sentences[place].span
    block = scene.context.form.blocks[scene.context.sentences[place].block]
    named = scene.mentions[place]
    if not named or named[0].span[0] - start > 3 or start != block.span[0]:
        return False
    day = _WRITTEN_DAY.search(scene.context.form.text, start, min(end, start + 70))
    return day is not None and not _SAID.search(scene.context.form.text[start : day.start()])


def _is_bare_name(scene: Scene, place: int) -> bool:
    """Whether a line is nothing but a place and where it is: `Porirua, New Zealand`."""
    if place >= len(scene.mentions) or len(scene.mentions[place]) != 1:
        return False
    start, end = scene.context.sentences[place].span
    text, reach = scene.context.form.text, scene.mentions[place][0].reach
    is_heading = (
        scene.context.form.blocks[scene.context.sentences[place].block].kind is BlockKind.HEADING
    )
    where = _WHERE_OF_HEADING if is_heading else _WHERE
    is_first = reach[0] - start < 4 or (
        is_heading and _KIND_OF_CITY.fullmatch(text, start, reach[0])
    )
    return bool(is_first) and end - start < 70 and where.fullmatch(text, reach[1], end) is not None


_WHERE_TEXT = r"(?:\s?\([^)]*\)|(?:,\s[A-Z][\w’']*(?:[ -][\w’']+){0,5}))*"
_WHERE = re.compile(rf"{_WHERE_TEXT}[.,;\s]*")
_WHERE_OF_HEADING = re.compile(rf"{_WHERE_TEXT}(?:\s(?:in|from)\s(?:the\s)?[\w ]{{3,50}})?[.,;\s]*")
_KIND_OF_CITY = re.compile(
    r"(?:The\s)?(?:[A-Z][a-z]+(?:ese|an|ish|ch)\s)?(?:(?:[Cc]ity|[Tt]own)(?:\sof\s)?)?"
)
"""`The Chinese city of Zhongshan in Guangdong` over what is told of it."""
_SPOKEN = re.compile(
    r"[다요]\.?$|(?<![A-Z])[.!?]$|\b(?:was|were|has|have|is|are|signed|will|the)\b|\b(?:not|failed|lapsed|ended)\b"
)


_ENTRY = re.compile(
    r"[^.;]{2,50}[:–—-]\s[^.;]{6,60}\b(?:19|20)\d\d\W*$|[^.;]{2,50}[:–—-]\s[^;]{0,20}(?:19|20)\d\d[^.;]{0,50}$"
)


def _is_entry(scene: Scene, place: int, paper: Cue, words: str) -> bool:
    """Whether a line says all of a tie: `Rome (Italy): twinning agreement, 26 June 1995`."""
    named, start = scene.mentions[place], scene.context.sentences[place].span[0]
    if len(named) != 1 or named[0].reach[0] - start > 4 or named[0].reach[1] > paper.span[0]:
        return False
    return len(words) < 110 and not _SAID.search(words) and _ENTRY.match(words) is not None


def _stands_over_date(scene: Scene, place: int) -> bool:
    """Whether a short line names one place, and the line below gives a date and names none."""
    if place + 1 >= len(scene.mentions) or len(scene.mentions[place]) != 1:
        return False
    words = scene.sentence(place)
    below = scene.sentence(place + 1)
    is_dated = len(below) < 70 and _LINE.search(below) is not None
    if _OF_TIE.match(below):
        words = words.removesuffix(".")
    is_short = len(words) < 60 and not _SPOKEN.search(words)
    return is_short and is_dated and not scene.mentions[place + 1]


_WHOLE_DATE = re.compile(
    r"(?:19|20)\d\d\s?[.년/-]\s?\d{1,2}\s?[.월/-]\s?\d|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d"
)


def _is_dated_row(words: str, cue: Cue | None) -> bool:
    """Whether a short line that looks like a heading is a row of a list of ties."""
    is_dated = cue is not None and _WHOLE_DATE.search(words) is not None
    return is_dated or _SHORT_ROW.match(words) is not None


def _tells_of_first(scene: Scene, place: int, words: str) -> bool:
    """Whether a line is a name, a dash and what is told of it, with a year at its end."""
    named, start = scene.mentions[place], scene.context.sentences[place].span[0]
    is_first = bool(named) and named[0].reach[0] - start < 4
    return is_first and _TOLD_ROW.fullmatch(words) is not None


_TOLD_ROW = re.compile(r"[A-ZÀ-Þ][^–—.;:]{2,50}\s[–—-]\s[^.;:]{3,80}\b(?:19|20)\d\d\W*")
"""`Bonn, Germany – linked in 1947 and twinned in 1988`, below a line on ties."""


_OF_TIE = re.compile(
    r"(?i)\b(?:since|commenced|began|established|date|signed|joined|twinned|est)\b"
)


def _dates_tie(scene: Scene, place: int) -> bool:
    """Whether a line says since when the partner above it is one: `Sister city since 1983`."""
    sentence = scene.context.sentences[place]
    return _OF_TIE.search(scene.context.form.words(sentence.span)) is not None


def _heads_a_list(scene: Scene, place: int, words: str, is_tie: bool) -> bool:
    """Whether a heading or a line names ties and rows follow."""
    kind = scene.context.form.blocks[scene.context.sentences[place].block].kind
    if len(words) > 160 and kind is not BlockKind.HEADING:
        return False
    if kind is not BlockKind.HEADING and _TELLS.search(words):
        return False
    following = scene.context.sentences[place + 1 : place + (4 if is_tie else 3)]
    rows = sum(scene.context.form.blocks[s.block].kind in _ROWS for s in following)
    dated = sum(bool(_LINE.search(scene.context.form.words(s.span))) for s in following)
    bare = sum(_is_bare_name(scene, at) for at in range(place + 1, place + 4))
    is_title = kind is BlockKind.HEADING or words.endswith((":", "：")) or len(words) < 60
    if is_tie and bare > 1 and _SEVERAL.search(words):
        return True
    if not is_tie:
        return is_title and rows > 1
    return is_title and (rows > 0 or dated > 0 or kind is BlockKind.HEADING)


_TELLS = re.compile(r"\b(?:started|began|signed|became|established)\b[^:]*\.$")
"""`Their relationship started in 1965.`: what an entry says, over no list."""
_SEVERAL = re.compile(r"(?i)\b(?:cities|towns|partnerships|relationships|agreements|links|ties)\b")


def _is_cell(scene: Scene, cells: tuple[Span, ...], tie: Cue) -> bool:
    """Whether a cell of a row says nothing but the kind of tie: `Rome / Italy / Sister city`."""
    words = scene.context.form.text[slice(*tie.span)]
    return any(scene.context.form.words(cell).strip(" *") == words for cell in cells)


def _names_columns(scene: Scene, place: int, cells: tuple[Span, ...], tie: Cue) -> bool:
    """Whether a row is the head of a table of ties: `Sister city of Seoul / Country / Year`."""
    own = next((cell for cell in cells if cell[0] <= tie.span[0] < cell[1]), None)
    if own is None or re.search(r"\d", scene.context.form.text[cells[0][0] : cells[-1][1]]):
        return False
    return all(own[0] <= mention.span[0] < own[1] for mention in scene.mentions[place])


_SIDE_COLUMN = re.compile(
    r"(?i)\b(?:cit(?:y|ies)|towns?|prefectures?|counterparts?|partners?|municipalit\w+|sister)\b"
)


def _side_columns(scene: Scene, header: tuple[Span, ...]) -> list[int]:
    """The columns of a head that names both sides: `Japanese cities / U.S. counterparts`."""
    words = [scene.context.form.words(cell) for cell in header]
    sides = [
        i for i, each in enumerate(words) if _SIDE_COLUMN.search(each) and not _DATE_OF.search(each)
    ]
    if len(sides) != 2 and len(header) == 2 and all(map(_is_region, words)):
        return [0, 1]  # Ireland / Brittany
    return sides if len(sides) == 2 else []


def _is_region(words: str) -> bool:
    """Whether words name a country, or a region that is no city."""
    name = words.strip(" *|")
    known = known_latin(name) if re.fullmatch(r"[A-Z][\w’' -]{3,30}", name) else None
    return is_country(name) or (known is not None and known.kind == "government")


_DATE_OF = re.compile(r"(?i)\b(?:date|year|since|signed|established)\b")


def _pair_of(
    scene: Scene, place: int, cells: tuple[Span, ...], header: tuple[Span, ...]
) -> tuple[Mention, ...]:
    """Both parties of a row, where the head of the table names the sides."""
    sides = _side_columns(scene, header)
    if not sides or len(cells) <= sides[1]:
        return ()
    found: list[Mention] = []
    for cell in (cells[side] for side in sides):
        inside = [m for m in scene.mentions[place] if cell[0] <= m.span[0] < cell[1]]
        if inside:
            found.append(_last_of(inside))
            continue
        words = scene.context.form.words(cell).strip(" *|")
        if not re.fullmatch(r"[A-ZÀ-Þ][\w’'. -]{2,40}", words):
            return ()
        found.append(_unknown(words, scene.context.form.text.index(words, cell[0])))
    pair = distinct(found)
    return pair if len(pair) == 2 else ()


def _with_partners(scene: Scene, place: int, tie: Cue) -> tuple[Mention, ...]:
    """The parties of a row that names tie and partners: `• Sister city relationship with Lima`."""
    start, _ = scene.context.sentences[place].span
    text = scene.context.form.text
    named = scene.mentions[place]
    if scene.owner is None or not named or tie.span[0] - start > 16:
        return ()
    if text[tie.span[1] : named[0].reach[0]] not in (" with ", " with the "):
        return ()
    return distinct((scene.owner, *named))


_ROW_START = re.compile(r"\W{0,4}(?:\d{1,3}[.)]\s)?\W{0,2}")
_ROW_END = re.compile(
    r"(?:\s(?:state|province|region|county|city))?(?:,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}){0,2}\s?(?:\((?:19|20)\d\d\))?\W*"
)


def _pair_in_row(scene: Scene, place: int) -> tuple[Mention, ...]:
    """Both parties of a row that names nothing else, among such: `Lima and Oslo, Norway (2014)`."""
    pair = _only_two(scene, place)
    near = any(_only_two(scene, at) for at in (place - 1, place + 1) if at >= 0)
    return pair if near else ()


def _only_two(scene: Scene, place: int) -> tuple[Mention, ...]:
    if place >= len(scene.mentions) or len(scene.mentions[place]) != 2:
        return ()
    start, end = scene.context.sentences[place].span
    first, second = scene.mentions[place]
    text = scene.context.form.text
    gap = text[first.reach[1] : second.reach[0]]
    is_whole = _ROW_START.fullmatch(text, start, first.reach[0]) and _ROW_END.fullmatch(
        text, second.reach[1], end
    )
    if not is_whole or not re.fullmatch(r"\sand\s|\s?[–—-]\s|\s&\s", gap):
        return ()
    return distinct((first, second))


def _is_header(scene: Scene, cells: tuple[Span, ...]) -> bool:
    form = scene.context.form
    names = [form.words(cell).strip() for cell in cells]
    if len(names) == 2 and all(map(_is_region, names)):
        return True
    is_of_sides = _side_columns(scene, cells) and not any(map(_DATE.search, names))
    if is_of_sides and not any(
        cell[0] <= mention.span[0] < cell[1]
        for mentions in scene.mentions for mention in mentions for cell in cells
    ):  # fmt: skip
        return True
    return len(names) > 1 and sum(
        bool(_PARTNER_COLUMN.match(n) or _NO_COLUMN.search(n)) for n in names
    ) >= len(names) / 2 and not any(_DATE.search(n) for n in names)  # fmt: skip


def _partner(
    scene: Scene,
    place: int,
    sentence: Sentence,
    cells: tuple[Span, ...],
    header: tuple[Span, ...],
    owner: Mention | None,
) -> Mention | None:
    """Who the partner of a row is: by its column, else the first place that is no country."""
    form = scene.context.form
    own = owner or scene.owner
    named = [
        m for m in scene.mentions[place]
        if m.name.kind != "country" and (own is None or len(distinct((own, m))) == 2)
    ]  # fmt: skip
    if cells and header and len(header) >= 2:
        columns = [
            index for index, cell in enumerate(header)
            if _PARTNER_COLUMN.match(form.words(cell).strip()) and index < len(cells)
        ]  # fmt: skip
        for index in columns:
            cell = cells[index]
            inside = [m for m in named if cell[0] <= m.span[0] < cell[1]]
            ahead = _BEFORE_REGION.match(form.text, cell[0], inside[0].reach[0]) if inside else None
            if ahead and ahead.end() == inside[0].reach[0]:
                return _unknown(ahead["name"], ahead.start("name"))
            if inside:
                return _last_of(inside)
            words = re.sub(r"\s?[(（].*$", "", form.words(cell)).strip()
            if words and not _DATE.search(words):
                start = form.text.index(words, cell[0])
                return _unknown(words, start)
    if len(cells) > 2 and (second := _behind_country(form, cells)):
        inside = [m for m in named if second[0] <= m.span[0] < second[1]]
        words = re.sub(r"\s?[(（].*$", "", form.words(second)).strip()
        return _last_of(inside) if inside else _unknown(words, form.text.index(words, second[0]))
    if not cells and named and _LABEL.match(form.text, sentence.span[0], named[0].reach[0]):
        return None  # State capital: Honolulu
    if named:
        first = named[0]
        if cells:
            own_cell = next((c for c in cells if c[0] <= first.span[0] < c[1]), None)
            if own_cell is not None:
                inside = [m for m in named if own_cell[0] <= m.span[0] < own_cell[1]]
                return _last_of(inside)
        return first
    words = form.words(sentence.span)
    if cells and len(cells) >= 2:
        places = (form.words(cell).strip(" *•-·") for cell in cells)
        if not (header or _DATE.search(words) or any(map(is_country, places))):
            return None  # a table of something else: `Press desk / City Hall`
        for cell in cells:
            text = re.sub(r"\s?[(（].*$", "", form.words(cell)).strip(" •-·\t")
            if (
                text
                and not _DATE.search(text)
                and not re.fullmatch(r"[\d.,\s-]+", text)
                and not is_country(text)
                and len(text) < 30
                and re.match(r"[A-Z가-힣]", text)
                and not cues_in(form.text, cell, language_of(text) or "en")
            ):
                return _unknown(text, form.text.index(text, cell[0]))
        return None
    match = _ITEM.match(words)
    month = match and re.match(
        rf"{_MONTH}|Signed|Established|Commenced|Began|Founded|Formed|Partnership|Twinn\w+|Since|Date|Population|Year|Relation|Affiliat|Capital|State|"
        r"Province|Area|Industr|Major|Mayor|Location|Website|Language|Climate|Department|Country",
        match["name"],
    )
    kind = form.blocks[sentence.block].kind
    if match and not month and (_DATE.search(words) or kind is BlockKind.LIST_ITEM):
        return _unknown(match["name"], sentence.span[0] + match.start("name"))
    return None


_BEFORE_REGION = re.compile(r"\W*(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}),\s")
"""What a cell names before the city or province that it is in: `Xicheng, Beijing, China`."""
_LABEL = re.compile(
    r"\W*(?:\w+\s)?(?:capital|population|area|industr\w+|language|location|climate|department|mayor|"
    r"governor|region|country|airport|distance)\b[^:]{0,20}:\s?",
    re.IGNORECASE,
)
"""What an entry of a list tells of a partner, rather than who it is."""


def _behind_country(form: NormalForm, cells: tuple[Span, ...]) -> Span | None:
    """The cell behind that of a country at the head of a row, if it can hold a name."""
    at = 0
    while at < len(cells) - 2 and re.fullmatch(r"\W*\d{0,3}\W*", form.words(cells[at])):
        at += 1  # the number of the row
    if not is_country(form.words(cells[at]).strip(" *•-·").removeprefix("Republic of the ")):
        return None
    words = form.words(cells[at + 1]).strip()
    is_name = re.match(r"[A-ZÀ-Þ가-힣]", words) and len(words) < 40 and not _DATE.search(words)
    return cells[at + 1] if is_name and not cues_in(form.text, cells[at + 1], "en") else None


def _last_of(mentions: list[Mention]) -> Mention:
    """In one cell `Portland, Oregon` the first, `Oregon Portland` and `절강성 이우시` the last."""
    first = mentions[0]
    for mention in mentions[1:]:
        if first.name.kind == "government" and mention.name.kind == "city":
            return mention
    return first


def _unknown(words: str, start: int) -> Mention:
    kind = (
        "government"
        if re.search(r"(?:주|성|현|도|군|구)$|County|Province|State|Prefecture", words)
        else "city"
    )
    span = (start, start + len(words))
    return Mention(span, span, Name(words, "", words, kind), Role.NONE, "", False)


# --- Texts of agreements ------------------------------------------------------------------------

_IS_TEXT = re.compile(
    r"(?i)\b(?=[hdwaiteu])(?:hereinafter\b|do\shereby\b|hereby\b|whereas\b|have\sagreed\sas\sfollows|"
    r"agree(?:d)?\s(?:as\sfollows|to\sthe\sfollowing)|in\switness\swhereof|in\sduplicate\b|"
    r"article\s(?:1|i|one)\b|the\sundersigned\b|equally\sauthentic\b|done\s(?:at|in)\b)|"
    r"(?=[제다이각동합])(?:제\s?1\s?조|다음과\s?같이\s?(?:합의|협약|체결|협정|약정)|"
    r"이하\s?[“\"‘'「]|각\s?(?:1|한)\s?부씩|동등한\s효력|합의하였다)"
)
_BETWEEN_LINE = re.compile(r"(?im)^\s*between\b.{0,90}$")
_IS_RESOLUTION = re.compile(
    r"(?i)\bresolution\b|\bordinance\b|\bproclamation\b|\bproclaiming\b|조례"
)
_TEMPLATE = re.compile(
    r"(?i)\[(?:insert|name|partner|address|your)[^\]]{0,60}\]|\b(?:and|between)\s(?:_{4,}|\[[^\]]*\]|…{2,})"
)
"""A form to fill in is no agreement."""
_IS_STATUTE = re.compile(r"(?i)\bby-?laws\b|\barticles\sof\sincorporation\b|\bhandbook\b")
"""What an association is bound by is no agreement of the places that it names."""
_TITLE_LINES = 10


_IS_PAPER = re.compile(
    r"(?i)\bwhereas\b|\bin\switness\swhereof\b|\bequally\s(?:authentic|valid)\b|\bthe\sparties\sshall\b|"
    r"\bthis\s(?:memorandum|agreement|mou)\s(?:is\snot|does\snot|shall|will|takes|enters|may|provides)\b|"
    r"\bhave\sagreed\sas\sfollows\b|제\s?1\s?조|다음과\s?같이\s?(?:합의|협약|체결|협정|약정)"
)


def is_paper(text: str) -> bool:
    """Whether a text is that of an agreement itself: what its articles say is signed is it."""
    return _IS_PAPER.search(text) is not None


def titled_events(scene: Scene) -> list[Event]:
    """The agreement of which the document is the text: named by its title and first lines."""
    context = scene.context
    text = context.form.text
    between = _BETWEEN_LINE.search(text, 0, 400)
    is_text = _IS_TEXT.search(text) or (between and text[between.end() : between.end() + 1] in "\n")
    if not is_text or _TEMPLATE.search(text) or _IS_RESOLUTION.search(text[:200]):
        return []
    if _IS_STATUTE.search(text[:200]):
        return []
    found = _paper_of(scene)
    if found is None:
        return []
    cue, at = found
    named = _hereinafter(scene) or _first_named(scene, at)
    if len(named) < 2:
        return []
    words = (cue.span[0], context.sentences[at].span[1])
    event = Event(at, cue, Tense.DONE, named, words, "text", confidence=0.85)
    return [event]


def _paper_of(scene: Scene) -> tuple[Cue, int] | None:
    """The paper that the first lines name, and in which of them: `agreement` only if no other."""
    text = scene.context.form.text
    plain: tuple[Cue, int] | None = None
    for place, sentence in enumerate(scene.context.sentences[:_TITLE_LINES]):
        is_short = sentence.span[1] - sentence.span[0] < 260
        for cue in cues_in(text, sentence.span, sentence.language or "en"):
            if text.startswith(("WHEREAS", "Whereas"), sentence.span[0]):
                continue
            if not cue.is_plain and (is_short or cue.is_tie):
                tie = _tie_below(scene, place) if place < 3 and not cue.is_tie else None
                if tie is None and cue.form in (Form.MOU, Form.OTHER):
                    tie = _tie_agreed(scene, place)
                return replace(cue, form=tie.form) if tie else cue, place
            if plain is None and place < 4 and is_short:
                plain = cue, place
    return plain


_AGREES = re.compile(
    r"(?i)\b(?:hereby|agree\w*\sto|do)\s(?:\w+\s){0,3}(?:establish|form|become|enter\sinto|create)\w*\s"
    r"(?:an?\s|the\s|into\s)?(?:\w+\s){0,2}$"
)


def _tie_agreed(scene: Scene, at: int) -> Cue | None:
    """The tie that the first articles of a paper make: `hereby agree to establish a … relation`."""
    text = scene.context.form.text
    for sentence in scene.context.sentences[at : at + _TITLE_LINES]:
        for cue in cues_in(text, sentence.span, sentence.language or "en"):
            is_named = cue.is_tie and cue.form in TIES
            if is_named and _AGREES.search(
                text, max(sentence.span[0], cue.span[0] - 60), cue.span[0]
            ):
                return cue
    return None


def _tie_below(scene: Scene, place: int) -> Cue | None:
    """The tie that the title of a paper names in its next line, before its parties."""
    text = scene.context.form.text
    for sentence in scene.context.sentences[place : place + 2]:
        if sentence.span[1] - sentence.span[0] < 120:
            for cue in cues_in(text, sentence.span, sentence.language or "en"):
                if cue.is_tie and cue.form in TIES:
                    return cue
    return None


def _hereinafter(scene: Scene) -> tuple[Mention, ...]:
    """The parties that the text gives short names: `the City of Seoul (hereinafter "Seoul")`."""
    text = scene.context.form.text
    named: list[Mention] = []
    for place, sentence in enumerate(scene.context.sentences[:20]):
        for match in _SHORT_NAME.finditer(text, *sentence.span):
            if _ALL_PARTIES.search(text, max(0, match.start() - 14), match.end() + 34):
                continue
            before = [m for m in scene.mentions[place] if m.span[1] <= match.start() + 1]
            before = [m for m in before if m.role is not Role.PLACE] or before
            if before:
                named.append(before[-1])
    parties = distinct(named)
    return parties if len(parties) > 1 else ()


_ALL_PARTIES = re.compile(
    r"(?i)both|collectively|jointly|together|the\s[“\"‘']?part(?:y|ies)\b|양\s?측"
)
_SHORT_NAME = re.compile(
    r"(?i)\bhereinafter\b|\bdo\shereby\b|\bhereby\b|\bhereafter\b|\(이하|\s이하\s?[‘'“\"「]"
)


def _first_named(scene: Scene, at: int) -> tuple[Mention, ...]:
    """The parties up to the first lines that name two."""
    named: tuple[Mention, ...] = ()
    for place in range(min(len(scene.context.sentences), at + 9)):
        here = [
            m for m in scene.mentions[place]
            if m.role is not Role.PLACE and (m.is_sure or m.name.kind in ("university", "port"))
        ]  # fmt: skip
        named = distinct((*named, *here))
        if len(named) >= 2 and place >= at:
            break
    return named[:4]
