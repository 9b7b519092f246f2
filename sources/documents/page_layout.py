"""From the places of words on a page to what a person reads: columns, rows, lines, paragraphs.

Plain geometry in points, with the origin at the lower left; nothing of PDF or of languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple


class PageBox(NamedTuple):
    """Left, bottom, right and top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words that stand on one line without a wide gap. size: height of the letters.

    is_spaced: whether the file has a space behind them. gaps: widths of the spaces between them.
    table: what stands here instead of words.
    """

    words: str
    box: PageBox
    size: float
    is_spaced: bool = False
    gaps: tuple[float, ...] = ()
    table: RuledTable | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: its fragments from left to right."""

    fragments: tuple[Fragment, ...]

    @property
    def box(self) -> PageBox:
        """Around all its fragments."""
        return around(fragment.box for fragment in self.fragments)

    @property
    def words(self) -> str:
        """Its words, with a space where there is a gap."""
        return " ".join(fragment.words for fragment in self.fragments)

    @property
    def gaps(self) -> list[float]:
        """The widths of its spaces."""
        between = [b.box.left - a.box.right for a, b in pairwise(self.fragments)]
        return [gap for fragment in self.fragments for gap in fragment.gaps] + between

    @property
    def size(self) -> float:
        """Height of most of its letters."""
        return max(self.fragments, key=lambda fragment: len(fragment.words)).size

    @property
    def is_spaced(self) -> bool:
        """Whether the file has a space behind it."""
        return self.fragments[-1].is_spaced


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of a paragraph. is_open: its last line is full, so it may go on elsewhere.

    is_first: of its column. rights: for each line where it may end at most.
    """

    lines: tuple[TextLine, ...]
    is_open: bool = False
    is_first: bool = False
    rights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class RowBlock:
    """A row of a table: the lines of each cell."""

    cells: tuple[tuple[TextLine, ...], ...]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table drawn with lines: for each row its cells, with the fragments in each."""

    rows: tuple[tuple[tuple[Fragment, ...], ...], ...]


class DrawnLine(NamedTuple):
    """A drawn line: `at` is its height or its distance from the left."""

    at: float
    start: float
    end: float


HYPHENS = "-‐\u00ad\x02"
"""What parts a word at the end of a line; pdfium has U+0002 for a hyphen there."""
_END = re.compile(r"[.!?)]$")
"""How a line may end a paragraph."""
_SAME = 3.0
"""Points within which two drawn lines are one."""
_GAP = 1.0
"""Letters' heights between fragments that may be in two columns."""
_FULL = 0.55
"""The share of a column's width that most lines of running text fill."""
_FEWEST_LINES = 3
"""Lines that make a column."""
_FEWEST_LETTERS = 9
"""Letters in the lines of running text, on average; cells of tables have fewer."""
_OTHER_SIZE = 0.12
"""The share by which letters of another size are larger or smaller."""
_MOST_RULES = 3000

StartsItem = Callable[[str, Sequence[str], bool], bool]
"""Whether a line begins a list item, given the lines before it in its paragraph (there may be
none), and whether the last of these is full."""


def around(boxes: Iterable[PageBox]) -> PageBox:
    """The box around boxes."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return PageBox(min(lefts), min(bottoms), max(rights), max(tops))


def rows_of(fragments: Iterable[Fragment]) -> list[TextLine]:
    """Fragments at one height as lines, from top to bottom."""
    rows: list[tuple[list[Fragment], PageBox]] = []
    for fragment in sorted(fragments, key=lambda f: (-f.box.middle, f.box.left)):
        for place in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            row, box = rows[place]
            overlap = min(box.top, fragment.box.top) - max(box.bottom, fragment.box.bottom)
            lower = min(box.top - box.bottom, fragment.box.top - fragment.box.bottom)
            if overlap > 0.5 * lower:
                row.append(fragment)
                break
        else:
            rows.append(([fragment], fragment.box))
    return [TextLine(tuple(sorted(row, key=lambda f: f.box.left))) for row, _ in rows]


def read_region(
    fragments: Sequence[Fragment], starts_item: StartsItem
) -> list[TextBlock | RowBlock]:
    """What stands in a region of a page, in reading order."""
    columns = list(_in_columns(rows_of(fragments)))
    steps = _Steps(columns)
    return [block for rows in columns for block in _in_one_column(rows, starts_item, steps)]


def _in_columns(rows: Sequence[TextLine]) -> Iterator[Sequence[TextLine]]:
    """The lines of each column, and of what stands above and below columns."""
    if not rows:
        return
    if (found := _columns(rows)) is None:
        yield rows
        return
    first, last, at = found
    inner = [fragment for row in rows[first:last] for fragment in row.fragments]
    yield from _in_columns(rows[:first])
    yield from _in_columns(rows_of(f for f in inner if f.box.right <= at))
    yield from _in_columns(rows_of(f for f in inner if f.box.right > at))
    yield from _in_columns(rows[last:])


def _columns(rows: Sequence[TextLine]) -> tuple[int, int, float] | None:
    """Rows that stand in two columns, from one to before another, and what parts them."""
    gaps = {
        round((left.box.right + right.box.left) / 2)
        for row in rows
        for left, right in pairwise(row.fragments)
        if right.box.left - left.box.right > _GAP * min(left.size, right.size)
    }
    best: tuple[int, int, float] | None = None
    for at in sorted(gaps)[:60]:
        start = 0
        for place in range(len(rows) + 1):
            is_end = place == len(rows)
            if not is_end and not any(
                fragment.box.left < at - 1 and fragment.box.right > at + 1
                for fragment in rows[place].fragments
            ):
                continue
            first, last = _trimmed(rows, start, place, at)
            if (not best or last - first > best[1] - best[0]) and _are_columns(
                rows[first:last], at
            ):
                best = first, last, float(at)
            start = place + 1
    return best


def _trimmed(rows: Sequence[TextLine], first: int, last: int, at: float) -> tuple[int, int]:
    """Rows without those above and below two columns that are only too short to cross `at`."""
    both = [place for place in range(first, last) if rows[place].box.right > at]
    end = both[-1] + 1 if both else first
    inner = [f.box for row in rows[first:end] for f in row.fragments if f.box.right <= at]
    if not inner:
        return first, first
    left = around(inner)
    rest = rows[end:last]
    full = sum(row.box.right - row.box.left > _FULL * (left.right - left.left) for row in rest)
    if last == len(rows) and full >= len(rest) / 2:
        return both[0], last  # the right column is shorter
    # what goes on in the left column, as close as its lines are
    lines = rows_of(f for row in rows[both[0] : last] for f in row.fragments if f.box.right <= at)
    steps = _Steps([lines])
    for before, after in pairwise(lines):
        if after.box.middle < rows[end - 1].box.bottom:
            if steps.are_apart(before, after):
                break
            end += 1
    return both[0], end


def _are_columns(rows: Sequence[TextLine], at: float) -> bool:
    """Whether running text stands on both sides: lines that fill their width, not short cells."""
    sides: tuple[list[Fragment], list[Fragment]] = ([], [])
    for row in rows:
        for fragment in row.fragments:
            sides[fragment.box.right > at].append(fragment)
    for side in sides:
        if len(side) < _FEWEST_LINES:
            return False
        box = around(fragment.box for fragment in side)
        width = box.right - box.left
        lines = rows_of(side)
        full = sum(line.box.right - line.box.left > _FULL * width for line in lines)
        letters = sum(len(fragment.words) for fragment in side)
        if len(lines) < _FEWEST_LINES or full < len(lines) / 2:
            return False
        if letters < _FEWEST_LETTERS * len(lines):
            return False
    left, right = (around(fragment.box for fragment in side) for side in sides)
    overlap = min(left.top, right.top) - max(left.bottom, right.bottom)
    return overlap > 0.3 * min(left.top - left.bottom, right.top - right.bottom)


def _in_one_column(
    rows: Sequence[TextLine], starts_item: StartsItem, steps: _Steps
) -> list[TextBlock | RowBlock]:
    """Lines as paragraphs, tables as rows."""
    blocks: list[TextBlock | RowBlock] = []
    lines: list[TextLine] = []

    def close() -> None:
        blocks.extend(paragraphs_of(lines, starts_item, steps))
        lines.clear()

    for place, row in enumerate(rows):
        tables = [fragment for fragment in row.fragments if fragment.table is not None]
        words = tuple(fragment for fragment in row.fragments if fragment.table is None)
        around_row = [*rows[max(place - 1, 0) : place], *rows[place + 1 : place + 2]]
        if tables:
            close()
            for fragment in tables:
                assert fragment.table is not None
                blocks.extend(_ruled_blocks(fragment.table, starts_item))
            if words:
                lines.append(TextLine(words))
        elif any(_are_aligned(row, other) for other in around_row):
            close()
            blocks.append(RowBlock(tuple((TextLine((fragment,)),) for fragment in row.fragments)))
        else:
            lines.append(row)
    close()
    return blocks


def _are_aligned(row: TextLine, other: TextLine) -> bool:
    """Whether two lines have several fragments each that begin at the same places."""
    if len(row.fragments) < 2 or len(other.fragments) < 2:
        return False
    gap = max(b.box.left - a.box.right for a, b in pairwise(row.fragments))
    if abs(row.box.right - other.box.right) < 0.5 and gap < 3 * row.size:
        return False  # justified text, whose spaces are wide
    starts = [fragment.box.left for fragment in other.fragments[1:]]
    near = 0.6 * row.size
    shared = sum(
        any(abs(fragment.box.left - start) < near for start in starts)
        for fragment in row.fragments[1:]
    )
    return shared == min(len(starts), len(row.fragments) - 1)


def _ruled_blocks(table: RuledTable, starts_item: StartsItem) -> list[TextBlock | RowBlock]:
    """Rows of a drawn table; what stands in a cell that is a whole row is read like a page."""
    blocks: list[TextBlock | RowBlock] = []
    is_box = all(len(row) == 1 for row in table.rows)
    for row in table.rows:
        filled = [cell for cell in row if cell]
        if not filled:
            continue
        lines = tuple(tuple(rows_of(cell)) for cell in row)
        if len(row) == 1 and (is_box or len(lines[0]) > 1):
            blocks.extend(read_region(row[0], starts_item))
        else:
            blocks.append(RowBlock(lines))
    return blocks


def paragraphs_of(
    lines: Sequence[TextLine], starts_item: StartsItem, steps: _Steps
) -> list[TextBlock]:
    """Lines of one column as paragraphs.

    A paragraph ends where the next word would still have stood on its last line, where the next
    line is further down than others, further in, of another size, or a list item.
    """
    if not lines:
        return []
    box = around(line.box for line in lines)
    boxes = _boxes(lines, box, steps)
    groups: list[list[int]] = [[0]]
    for place, (before, after) in enumerate(pairwise(lines)):
        group = [lines[one] for one in groups[-1]]
        lowest = steps.lowest(lines[max(place - 2, 0) : place + 4], before.size)
        if _is_new(before, after, group, boxes[place], steps, lowest, starts_item):
            groups.append([])
        groups[-1].append(place + 1)
    return [
        TextBlock(
            tuple(lines[one] for one in group),
            _is_full(lines[group[-1]], boxes[group[-1]].right),
            place == 0,
            tuple(boxes[one].right for one in group),
        )
        for place, group in enumerate(groups)
    ]


def _boxes(lines: Sequence[TextLine], box: PageBox, steps: _Steps) -> list[PageBox]:
    """For each line the room in which it was set: that of its column, or narrower.

    Narrower where most lines that follow each other end at one place before that of the column.
    """
    boxes: list[PageBox] = []
    start = 0
    for place in range(1, len(lines) + 1):
        if place < len(lines) and not steps.are_apart(lines[place - 1], lines[place]):
            continue
        run = lines[start:place]
        right = max(line.box.right for line in run)
        even = sum(right - line.box.right < 1.5 for line in run)
        is_wide = any(right - line.box.left > 12 * line.size for line in run)
        # items of a list may be equally long by chance, a last line rarely is
        is_narrow = is_wide and even >= max(2, (len(run) - 1) / 2) and len(run) > 2
        is_narrow = is_narrow and (even < len(run) or even > 3)
        boxes += [box._replace(right=right) if is_narrow else box] * len(run)
        start = place
    return boxes


class _Steps:
    """The usual distance of two lines of a paragraph, by the size of their letters."""

    def __init__(self, columns: Sequence[Sequence[TextLine]]) -> None:
        self._steps = sorted(
            (before.box.middle - after.box.middle, before.size)
            for lines in columns
            for before, after in pairwise(lines)
            if abs(before.size - after.size) < _OTHER_SIZE * before.size
        )
        self._found: dict[tuple[float, int], float] = {}

    def usual(self, size: float, part: int = 3) -> float:
        """The distance of the closest third of lines of such a size, or of another part."""
        key = round(size, 1), part
        if key not in self._found:
            near = [
                step
                for step, own in self._steps
                if abs(own - size) < _OTHER_SIZE * size and 0.9 * size < step < 2.5 * size
            ]
            self._found[key] = near[len(near) // part] if near else 1.6 * size
        return self._found[key]

    def lowest(self, lines: Sequence[TextLine], size: float) -> float:
        """The least distance of lines with letters of a size, as far as it is one of lines."""
        steps = (
            a.box.middle - b.box.middle
            for a, b in pairwise(lines)
            if max(abs(a.size - size), abs(b.size - size)) < _OTHER_SIZE * size
        )
        return min((step for step in steps if step > 0.9 * size), default=float("inf"))

    def are_apart(self, before: TextLine, after: TextLine, lowest: float = float("inf")) -> bool:
        """Whether two lines differ in size, or stand further apart than lines of a paragraph.

        lowest: the least distance of lines around them.
        """
        if abs(before.size - after.size) > _OTHER_SIZE * before.size:
            return True
        step = min(self.usual(before.size), lowest)
        if _END.search(before.words):
            step = min(step, self.usual(before.size, 10))
        return before.box.middle - after.box.middle > max(1.25 * step, step + 0.15 * before.size)


def _is_new(
    before: TextLine,
    after: TextLine,
    group: Sequence[TextLine],
    box: PageBox,
    steps: _Steps,
    lowest: float,
    starts: StartsItem,
) -> bool:
    if steps.are_apart(before, after, lowest):
        return True
    if starts(after.words, [line.words for line in group], _is_full(before, box.right)):
        return True
    if before.words.endswith(tuple(HYPHENS)):
        return False
    first = group[0].box.left if len(group) == 1 else group[1].box.left
    is_further_in = after.box.left - before.box.left > 0.7 * after.size
    if is_further_in and not _is_centred(after, box):
        # the text of a list item stands further in than its sign
        return not (len(group) == 1 and starts(before.words, [], False))
    if len(group) > 1 and first - after.box.left > 0.7 * after.size:
        return True
    room = box.right - before.box.right
    return 1.12 * _word_width(after) + 0.25 * after.size < room and not _is_centred(before, box)


def _is_full(line: TextLine, right: float) -> bool:
    return right - line.box.right < 2.5 * line.size


def _is_centred(line: TextLine, box: PageBox) -> bool:
    """Whether a line has the same room on both sides, and much of it."""
    left, right = line.box.left - box.left, box.right - line.box.right
    return left > 2 * line.size and abs(left - right) < line.size


def _word_width(line: TextLine) -> float:
    """The width of the first word of a line."""
    fragment = line.fragments[0]
    letters = len(fragment.words)
    word = len(fragment.words.split(" ", 1)[0])
    return (fragment.box.right - fragment.box.left) * word / max(letters, 1)


def ruled_tables(
    across: Sequence[DrawnLine], down: Sequence[DrawnLine], fragments: Sequence[Fragment]
) -> tuple[list[Fragment], list[Fragment]]:
    """Tables that drawn lines make, each as a fragment at its top, and the fragments outside.

    across and down: horizontal and vertical lines. A frame around text alone is no table.
    """
    tables: list[Fragment] = []
    rest = list(fragments)
    for xs, ys, horizontals, verticals in _grids(across, down):
        box = PageBox(xs[0], ys[-1], xs[-1], ys[0])
        inside = [f for f in rest if _is_inside(f.box, box)]
        if not inside:
            continue
        rest = [f for f in rest if not _is_inside(f.box, box)]
        rows: list[list[tuple[Fragment, ...]]] = []
        owners: list[tuple[float, float, int, int]] = []  # cells above: left, right, row, place
        for top, bottom in pairwise(ys):
            middle = (top + bottom) / 2
            edges = [x for x in xs if x in (xs[0], xs[-1]) or _is_crossed(verticals, x, middle)]
            row: list[tuple[Fragment, ...]] = []
            above, owners = owners, []
            for left, right in pairwise(edges):
                across_middle = (left + right) / 2
                cell = tuple(
                    f
                    for f in inside
                    if bottom <= f.box.middle < top
                    and left <= (f.box.left + f.box.right) / 2 < right
                )
                owner = next((one for one in above if one[0] < across_middle < one[1]), None)
                if owner is not None and not _is_crossed(horizontals, top, across_middle):
                    rows[owner[2]][owner[3]] += cell  # merged with the cell above
                    owners.append((left, right, owner[2], owner[3]))
                else:
                    owners.append((left, right, len(rows), len(row)))
                    row.append(cell)
            rows.append(row)
        size = median(f.size for f in inside)
        head = PageBox(box.left, box.top - size, box.right, box.top)
        tables.append(Fragment("", head, size, table=RuledTable(tuple(map(tuple, rows)))))
    return tables, rest


def _grids(
    across: Sequence[DrawnLine], down: Sequence[DrawnLine]
) -> list[tuple[list[float], list[float], list[DrawnLine], list[DrawnLine]]]:
    """Where drawn lines that touch each other make rows or columns.

    For each grid the places of its columns, of its rows from the top, and its lines.
    """
    if not across or not down or len(across) + len(down) > _MOST_RULES:
        return []
    parent = list(range(len(across) + len(down)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if (
                h.start - _SAME <= v.at <= h.end + _SAME
                and v.start - _SAME <= h.at <= v.end + _SAME
            ):
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[DrawnLine], list[DrawnLine]]] = {}
    for place, rule in enumerate([*across, *down]):
        groups.setdefault(root(place), ([], []))[place >= len(across)].append(rule)
    grids = []
    for horizontals, verticals in groups.values():
        xs = _places(rule.at for rule in verticals)
        ys = _places(rule.at for rule in horizontals)[::-1]
        if len(xs) > 1 and len(ys) > 1 and (len(xs), len(ys)) != (2, 2):
            grids.append((xs, ys, horizontals, verticals))
    # an inner table before the one around it
    return sorted(grids, key=lambda grid: (grid[0][-1] - grid[0][0], grid[1][0]))


def _places(values: Iterable[float]) -> list[float]:
    """Places from low to high; those of double lines once."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SAME:
            places.append(value)
    return places


def _is_crossed(rules: Iterable[DrawnLine], at: float, place: float) -> bool:
    """Whether a drawn line stands at one place and reaches over another."""
    return any(abs(rule.at - at) <= _SAME and rule.start <= place <= rule.end for rule in rules)


def _is_inside(inner: PageBox, outer: PageBox) -> bool:
    across = (inner.left + inner.right) / 2
    return outer.left <= across <= outer.right and outer.bottom <= inner.middle <= outer.top


__all__ = [
    "HYPHENS",
    "DrawnLine",
    "Fragment",
    "PageBox",
    "RowBlock",
    "RuledTable",
    "TextBlock",
    "TextLine",
    "around",
    "read_region",
    "rows_of",
    "ruled_tables",
]
