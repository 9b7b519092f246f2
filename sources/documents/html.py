"""Reads HTML: all text that a page shows, in order, with what is not its subject marked.

resiliparse parses the page and finds its main text; its lines vote on what is evidence. Nothing
that a page refers to is fetched.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any

from citypact.ontology.errors import CitypactError
from citypact.sources.documents import numerals
from citypact.sources.documents.building import FormBuilder, clean
from citypact.sources.documents.finishing import licence_in
from citypact.sources.documents.layout import DocumentTable, Paragraph, Run, add, with_headings
from citypact.sources.documents.layout import Row as _Row
from citypact.sources.documents.libraries import library
from citypact.sources.documents.limits import LIMITS, Limits
from citypact.sources.documents.list_marks import list_mark
from citypact.sources.documents.normal_form import BlockKind, Mark, Metadata, NormalForm
from citypact.sources.documents.plain import CAPTION, SENTENCE_END, PlainLine, join_lines
from citypact.sources.reading.texts import decode_document
from citypact.sources.reading.written_dates import read_written_date

READER = "html 1"
"""Name and version of this reader; a change of the text that it gives changes the version."""
_UNSEEN = re.compile(
    "script|style|noscript|template|svg|iframe|object|embed|applet|select|datalist|button"
    "|textarea|input|canvas|audio|video|map|head|title"
)
_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|rp|rt"
    "|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|img"
)
_NOISE_TAGS = frozenset({"nav", "aside", "footer", "form", "menu", "dialog"})
_NOISE_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu"})
_NOISE_NAMES = re.compile(
    "nav|navi|navigation|menu|menus|gnb|lnb|snb|fnb|breadcrumb|breadcrumbs|location|sns|share"
    "|sharing|social|footer|foot|sidebar|related|relation|recommend|recommended|popular"
    "|ranking|rank|banner|banners|ad|ads|advert|advertisement|comment|comments|reply|replies"
    "|copyright|tags|pagination|paging|pager|cookie|cookies|skip|skipnav|login|search|quick"
    "|quickmenu|util|toolbar|newsletter|subscribe|subscription|prevnext|widget|topmenu"
    "|mostread"
)
"""Words in the names (class, id) of parts of a page that aren't its subject."""
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_PART = 0.4
"""A part with a larger share of the text of its page is the page."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*[\"']?\s*([\w-]{2,20})",
    re.IGNORECASE,
)
_BROKEN = 0.002
"""So small a share of broken letters leaves a page readable."""
_KOREAN = {"euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "ks_c_5601": "cp949"}
"""Names of encodings that pages use for what Windows calls CP949."""
_HEADING_LENGTH = 120
_LONG = 40
"""Characters of a sentence that says more than a label of the page."""
_LINKED = 0.8
"""A block with so much of its text in links leads elsewhere."""
_HEADLINE_LENGTH, _HEADLINE_WORDS = 18, 8
"""So long are headlines in Korean (characters) and English (words) at least."""
_LIST_OF_NEWS = (
    re.compile(r"(?:제목|Title|Subject)", re.IGNORECASE),
    re.compile(r"(?:번호|조회수?|작성자|작성일|등록일|No\.?|Views?|Hits?|Author)", re.IGNORECASE),
)
"""Headings of the columns of a board: its rows are headlines."""


def read_html(data: bytes, file: str, limits: Limits = LIMITS) -> NormalForm:
    """The normal form of an HTML page.

    All that a page shows stands in the text; menus, other news, comments and the like are marked
    as boilerplate, and the log has them and what the page hides. Raises CitypactError for nesting
    and lengths beyond the limits.
    """
    tree = library("resiliparse.parse.html", "resiliparse", file).HTMLTree
    text, broken = _decoded(data, file)
    page = tree.parse(text)
    _check_depth(page.document, limits, file)
    walk = _PageWalk(file, len(page.body.text) if page.body else 0)
    if page.body:
        walk.element(page.body, "", _Inherited())
        walk.flush(_Inherited())
    _mark(walk.items, _main_lines(page, file))
    if not any(isinstance(item, DocumentTable) or not item.mark for item in walk.items):
        walk.items = [
            replace(item, mark=None) for item in walk.items if isinstance(item, Paragraph)
        ]
    shown = [
        i for i, item in enumerate(walk.items) if isinstance(item, DocumentTable) or not item.mark
    ]
    headed = with_headings(walk.items[i] for i in shown)
    for i, item in zip(shown, headed, strict=True):
        walk.items[i] = item
    asked = next((each for each in walk.asked if each), "")
    builder = FormBuilder(file, data, f"{READER} resiliparse {version('resiliparse')}{asked}")
    add(builder, walk.items, "body")
    if broken:
        builder.log("broken", f"{broken} \ufffd")
    for words in walk.hidden:
        builder.log("hidden", words)
    form = builder.form()
    limits.check_characters(len(form.text), file)
    return replace(form, metadata=_metadata(page, form))


def _decoded(data: bytes, file: str) -> tuple[str, int]:
    """The text of a page in the encoding that it names, and how many letters of it are broken.

    Pages put together from several sources have a few bytes of other encodings: browsers show
    these as `\ufffd`, and so do we, if they are few.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_document(data, file).text, 0
    named = [name.decode().lower() for name in _CHARSET.findall(data[:4096])[:1]]
    for encoding in (*named, "utf-8"):
        try:
            text = data.decode(_KOREAN.get(encoding, encoding), "replace")
        except LookupError:
            continue
        if (broken := text.count("\ufffd")) <= _BROKEN * len(text):
            return text, broken
    return decode_document(data, file).text, 0


def _check_depth(document: Any, limits: Limits, file: str) -> None:
    """Raises CitypactError for deep nesting: resiliparse takes minutes for it."""
    node, depth = document, 0
    while node is not None:
        if (child := node.first_child) is not None:
            node, depth = child, depth + 1
            if depth > limits.depth:
                raise CitypactError(
                    "{file}: has elements nested more than {depth} deep\n    -> save the text of "
                    "the page as a text file",
                    file=file,
                    depth=limits.depth,
                )
            continue
        while node is not None and node.next_sibling is None:
            node, depth = node.parent, depth - 1
        node = node.next_sibling if node is not None else None


def _main_lines(page: Any, file: str) -> frozenset[str]:
    """The lines of the main text, as resiliparse finds it."""
    extract = library("resiliparse.extract.html2text", "resiliparse", file).extract_plain_text
    text = extract(page, main_content=True, list_bullets=False, alt_texts=False)
    return frozenset(filter(None, (_letters(line) for line in text.splitlines())))


def _letters(text: str) -> str:
    """Letters and digits alone, by which lines are compared."""
    return re.sub(r"[\W_]+", "", text)


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What an element inherits: the kind of its blocks, and why they are no evidence."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    number: str = ""
    noise: bool = False
    link: bool = False
    bold: bool = False
    pre: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """A text node, or the end of a line."""

    text: str
    path: str
    link: bool = False
    bold: bool = False


@dataclass
class _PageWalk:
    """Walks over a page and collects its paragraphs and tables."""

    file: str
    length: int
    items: list[Paragraph | DocumentTable] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    _open: list[_Words] = field(default_factory=list)

    def element(self, node: Any, path: str, place: _Inherited) -> None:
        """An element and what is in it."""
        if node.hasattr("hidden") or _HIDDEN.search(node.getattr("style") or ""):
            if words := " ".join(node.text.split()):
                self.hidden.append(words)
            return
        tag = node.tag
        place = replace(
            place,
            noise=place.noise or _is_noise(node, tag, self.length),
            link=place.link or tag == "a",
            bold=place.bold or tag in ("b", "strong"),
            pre=place.pre or tag == "pre",
        )
        if tag == "br":
            self._open.append(_Words("\n", path))
        elif tag == "table":
            self.flush(place)
            self._table(node, path, place)
        elif tag in ("ul", "ol"):
            self.flush(place)
            self._list(node, path, place)
        elif _INLINE.fullmatch(tag):
            self._children(node, path, place)
        else:
            self.flush(place)
            inner = _kind_of(tag, place)
            self._children(node, path, inner)
            self.flush(inner)

    def _children(self, node: Any, path: str, place: _Inherited) -> None:
        for child, name in _named_children(node):
            inner = f"{path}/{name}" if path else name
            if not name.startswith("text()"):
                self.element(child, inner, place)
                continue
            text = child.value if place.pre else re.sub(r"\s+", " ", child.value)
            self._open.append(_Words(text, inner, place.link, place.bold))

    def _list(self, node: Any, path: str, place: _Inherited) -> None:
        """A list: its numbers are those that a browser shows."""
        level = place.level + 1 if place.kind is BlockKind.LIST_ITEM else 1
        numbers = _numbers(node) if node.tag == "ol" else None
        for child, name in _named_children(node):
            if name.startswith("text()"):
                continue
            number = ""
            if child.tag == "li" and numbers:
                number = numbers(child)
                if list_mark(clean(child.text).strip())[0]:
                    number = ""
            kind = place.kind if place.kind is BlockKind.HEADING else BlockKind.LIST_ITEM
            inner = replace(place, kind=kind, level=level, number=number)
            self.element(child, f"{path}/{name}", inner)

    def _table(self, node: Any, path: str, place: _Inherited) -> None:
        """A table of data becomes rows; what a table only lays out becomes blocks in order."""
        rows: list[_Row] = []
        covered: dict[int, int] = {}
        for tag, row, row_path in _rows(node, path):
            if tag == "caption":
                self.element(row, row_path, replace(place, kind=BlockKind.CAPTION))
                continue
            cells = self._cells(row, row_path, place, covered)
            if _is_laid_out(cells):
                self._add_table(rows, place)
                self.items.extend(item for cell in cells for item in cell)
            else:
                rows.append(cells)
        self._add_table(rows, place)

    def _add_table(self, rows: list[_Row], place: _Inherited) -> None:
        if not rows:
            return
        if place.noise or (len(rows) > 2 and _is_list_of_news(rows[0])):
            self.items.extend(
                replace(item, mark=Mark.BOILERPLATE)
                for row in rows
                for cell in row
                for item in cell
                if isinstance(item, Paragraph)
            )
        else:
            self.items.append(DocumentTable(tuple(rows)))
        rows.clear()

    def _cells(self, row: Any, path: str, place: _Inherited, covered: dict[int, int]) -> _Row:
        """The cells of a row, empty where a cell of a row above reaches into it."""
        cells: list[tuple[Paragraph | DocumentTable, ...]] = []
        last = 0
        outer, self.items = self.items, []
        for child, name in _named_children(row):
            if name.startswith("text()") or child.tag not in ("td", "th"):
                continue
            while covered.get(len(cells), 0):
                covered[len(cells)] -= 1
                cells.append(())
            inner = replace(place, kind=BlockKind.PARAGRAPH, level=0, number="")
            self.element(child, f"{path}/{name}", inner)
            self.flush(inner)
            wide, high = _span(child, "colspan"), _span(child, "rowspan")
            covered.update(dict.fromkeys(range(len(cells), len(cells) + wide), high - 1))
            cells.append(tuple(self.items))
            last = len(cells)
            cells.extend([()] * (wide - 1))
            self.items = []
        self.items = outer
        for column in [each for each in covered if each >= len(cells)]:
            covered[column] = max(covered[column] - 1, 0)
        return tuple(cells[:last])

    def flush(self, place: _Inherited) -> None:
        """Make paragraphs of the words since the last block."""
        words, self._open = self._open, []
        lines = _lines(words)
        if not lines:
            return
        joined, asked = join_lines(lines) if len(lines) > 2 else (lines, "")
        self.asked.append(asked)
        linked = sum(len(_letters(each.text)) for each in words if each.link)
        is_link = linked >= _LINKED * sum(len(_letters(each.text)) for each in words) > 0
        is_bold = all(each.bold for each in words if each.text.strip())
        for number, line in enumerate(joined):
            kind, level = place.kind, place.level
            text = clean(line.text)
            if kind is BlockKind.PARAGRAPH and CAPTION.match(text):
                kind = BlockKind.CAPTION
            elif kind is BlockKind.PARAGRAPH and is_bold and _is_short(text):
                kind, level = BlockKind.HEADING, 3
            mark = Mark.BOILERPLATE if place.noise or (is_link and _is_headline(text)) else None
            if mark and kind is BlockKind.HEADING and level == 1:
                mark = None  # the title of a page may stand in its head
            runs = tuple(Run(*piece) for piece in line.pieces)
            listed = place.number if number == 0 else ""
            self.items.append(Paragraph(runs, kind, listed, level, mark))


def _is_headline(text: str) -> bool:
    """Whether a linked text leads to other news, rather than naming a city, say."""
    words = len(text.split())
    return words >= _HEADLINE_WORDS if text.isascii() else len(text) >= _HEADLINE_LENGTH


def _is_short(text: str) -> bool:
    return len(text) <= _HEADING_LENGTH and not SENTENCE_END.search(text) and not list_mark(text)[0]


def _lines(words: Sequence[_Words]) -> list[PlainLine]:
    """The lines of a run of words: `<br>` ends one, two of them a paragraph."""
    lines: list[PlainLine] = []
    pieces: list[tuple[str, str]] = []
    blank = False
    for each in (*words, _Words("\n", "")):
        first, *others = each.text.split("\n")
        if first:
            pieces.append((first, each.path))
        for other in others:
            text = "".join(piece for piece, _ in pieces)
            if clean(text).strip():
                lines.append(PlainLine(tuple(pieces), text.strip(), blank))
                blank = False
            else:
                blank = True
            pieces = [(other, each.path)] if other else []
    return lines


def _named_children(node: Any) -> Iterator[tuple[Any, str]]:
    """The elements and texts in an element that are shown, with their names in a path."""
    counts: dict[str, int] = {}
    child = node.first_child
    while child is not None:
        tag = child.tag
        if tag == "#text" or (tag and not tag.startswith("#") and not _UNSEEN.fullmatch(tag)):
            name = "text()" if tag == "#text" else tag
            counts[name] = counts.get(name, 0) + 1
            yield child, f"{name}[{counts[name]}]"
        child = child.next_sibling


def _kind_of(tag: str, place: _Inherited) -> _Inherited:
    """What the blocks of an element are."""
    if re.fullmatch("h[1-6]", tag):
        return replace(place, kind=BlockKind.HEADING, level=int(tag[1]), number="")
    if tag in ("figcaption", "caption"):
        return replace(place, kind=BlockKind.CAPTION, number="")
    if tag in ("dt", "dd"):
        return replace(place, kind=BlockKind.LIST_ITEM, level=1 if tag == "dt" else 2, number="")
    return place


def _is_noise(node: Any, tag: str, length: int) -> bool:
    """Whether an element is a part of the page that has another subject.

    length: of the text of the page. A name such as `has-sidebar` may be that of the whole page.
    """
    if tag in _NOISE_TAGS:
        return tag != "form" or len(node.text) < 500  # whole pages stand in a form
    if (node.getattr("role") or "").lower() in _NOISE_ROLES:
        return True
    if tag in ("body", "main", "article", "html"):
        return False
    names = f"{node.getattr('class') or ''} {node.getattr('id') or ''}"
    return any(_NOISE_NAMES.fullmatch(name.lower()) for name in _NAME.findall(names)) and (
        len(node.text) < _PART * length
    )


def _numbers(node: Any) -> Any:
    """Gives the number that a browser shows for each item of an ordered list."""
    kind = node.getattr("type") or "1"
    step = -1 if node.hasattr("reversed") else 1
    start = _integer(node.getattr("start"), 1 if step == 1 else node.text.count("\n"))
    state = {"next": start}

    def number(item: Any) -> str:
        value = _integer(item.getattr("value"), state["next"])
        state["next"] = value + step
        if value < 1 or kind not in ("a", "A", "i", "I"):
            return f"{value}."
        written = numerals.letters(value) if kind in "aA" else numerals.roman(value)
        return f"{written.lower() if kind in 'ai' else written}."

    return number


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,5}", text.strip()) else otherwise


def _span(cell: Any, name: str) -> int:
    return min(max(_integer(cell.getattr(name), 1), 1), 100)


def _rows(node: Any, path: str) -> Iterator[tuple[str, Any, str]]:
    """The rows and captions of a table, not of the tables in it."""
    for child, name in _named_children(node):
        if name.startswith("text()"):
            continue
        if child.tag in ("tr", "caption"):
            yield child.tag, child, f"{path}/{name}"
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child, f"{path}/{name}")


def _is_laid_out(cells: Sequence[Sequence[Paragraph | DocumentTable]]) -> bool:
    """Whether a row is no row of data: it has tables, or paragraphs of sentences in one cell."""
    if len(cells) == 1:
        return True
    for cell in cells:
        texts = ["".join(run.words for run in p.runs) for p in cell if isinstance(p, Paragraph)]
        if len(texts) < len(cell) or any(
            isinstance(p, Paragraph) and p.kind is BlockKind.HEADING and p.level < 3 for p in cell
        ):
            return True
        long = [text for text in texts if len(text) > _LONG]
        if len(long) > 1 or any(SENTENCE_END.search(text) for text in long):
            return True
    return False


def _is_list_of_news(row: _Row) -> bool:
    """Whether the headings of a table are those of a board with a row for each article."""
    texts = [
        "".join(run.words for run in item.runs).strip()
        for cell in row
        for item in cell
        if isinstance(item, Paragraph)
    ]
    return all(any(pattern.fullmatch(text) for text in texts) for pattern in _LIST_OF_NEWS)


def _mark(items: list[Paragraph | DocumentTable], main: frozenset[str]) -> None:
    """Mark what stands before and after the main text, but for headings before it."""
    texts = [
        _letters("".join(run.words for run in item.runs)) if isinstance(item, Paragraph) else ""
        for item in items
    ]
    found = [i for i, text in enumerate(texts) if text in main]
    if not found or sum(len(texts[i]) for i in found) < sum(map(len, texts)) / 3:
        return  # a page on which the finder found nothing, such as a short one
    for i, item in enumerate(items):
        if not isinstance(item, Paragraph) or found[0] <= i <= found[-1]:
            continue
        if i > found[-1] or item.kind is not BlockKind.HEADING:
            items[i] = replace(item, mark=item.mark or Mark.BOILERPLATE)


def _metadata(page: Any, form: NormalForm) -> Metadata:
    """What the page says about itself: JSON-LD first, then meta, then what it shows."""
    head: dict[str, str] = {}
    licence = address = ""
    for node in page.document.query_selector_all("meta, link, a[href], time[datetime]"):
        get = node.getattr
        if node.tag == "meta":
            name = (get("property") or get("name") or get("itemprop") or "").lower()
            head.setdefault(name, clean(get("content") or "").strip())
        elif node.tag == "time":
            head.setdefault("time", get("datetime") or "")
        elif "license" in (get("rel") or "").split():
            licence = licence or get("href") or ""
        elif node.tag == "link" and "canonical" in (get("rel") or "").split():
            address = address or get("href") or ""
        elif node.tag == "a" and "kogl.or.kr" in (get("href") or ""):
            head.setdefault("kogl", " ".join(node.text.split()) or get("href"))
    linked = _linked_data(page)
    licence = licence or form.metadata.licence or licence_in(_alternatives(page))
    title = page.document.query_selector("h1")
    written = (
        linked.get("datePublished"),
        *(head.get(name) for name in _PUBLISHED),
    )
    return Metadata(
        address=_web_address(address, head.get("og:url"), linked.get("url")),
        title=_first(
            linked.get("headline"), head.get("og:title"), title and title.text, page.title
        ),
        publisher=_first(
            linked.get("publisher"), head.get("og:site_name"), head.get("dc.publisher")
        ),
        published=next(filter(None, map(_day, written)), "")
        or form.metadata.published
        or _day(head.get("time")),
        licence=_first(linked.get("license"), licence, head.get("dc.rights"), head.get("kogl")),
    )


_PUBLISHED = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.issued", "pubdate", "publishdate", "og:regdate", "parsely-pub-date",
)  # fmt: skip
"""Names of `meta` that give the day of publication."""


def _first(*texts: str | None) -> str:
    """The first text that says something, in one line."""
    return next((text for each in texts if each and (text := clean(each).strip())), "")[:500]


def _web_address(*addresses: str | None) -> str:
    return next((each for each in addresses if each and re.match(r"https?://\S+$", each)), "")


def _day(text: str | None) -> str:
    """A date in EDTF without its time, '' where it is none or its order is open."""
    if not text:
        return ""
    try:
        return read_written_date(clean(text).strip()[:40]).edtf
    except ValueError:
        return ""


def _alternatives(page: Any) -> str:
    """The alternative texts of pictures, among them the marks of licences."""
    return "\n".join(
        node.getattr("alt") or "" for node in page.document.query_selector_all("img[alt]")
    )


def _linked_data(page: Any) -> dict[str, str]:
    """What JSON-LD says of the page: the first thing with a day of publication or a headline."""
    things: list[Any] = []
    for node in page.document.query_selector_all('script[type="application/ld+json"]'):
        try:
            things.append(json.loads(node.text))
        except (ValueError, RecursionError):
            continue
    while things:
        thing = things.pop(0)
        if isinstance(thing, list):
            things = [*thing[:100], *things]
        elif isinstance(thing, dict):
            if "datePublished" in thing or "headline" in thing:
                named = ((name, _name(value)) for name, value in thing.items())
                return {name: value for name, value in named if value}
            things.extend(thing.get("@graph") or [])
    return {}


def _name(value: Any) -> str:
    """A text, or the name or address of a thing of JSON-LD."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("url")
    return value if isinstance(value, str) else ""
