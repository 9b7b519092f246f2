"""What the columns of a sheet mean: the row of headings is found, each heading understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, zip_longest

from citypact.ontology.errors import Bilingual, CitypactError, Message, shown
from citypact.sources.files.csv_tables import CsvRow
from citypact.sources.twins.headings import (
    END,
    LINK,
    PLACE,
    UNUSED,
    HeadingMeaning,
    domestic_country,
    heading_key,
    known_headings,
    meaning_of_name,
    meanings,
    near_heading,
    side_of,
)
from citypact.sources.twins.name_texts import ITEM
from citypact.sources.twins.row_texts import is_group_or_note, is_total, kind_of_section
from citypact.sources.twins.sheets import Sheet, SheetRow

LINKS, CITIES = "links", "cities"
SIDES = ("source", "target")
NEEDED = {
    "source": Bilingual("source", "도시(source)"),
    "target": Bilingual("target", "상대 도시(target)"),
    "id": Bilingual("id", "식별자(id)"),
}
"""What messages call the columns that a table cannot do without."""
_TITLE_ROWS = 30
"""Rows from the top among which the headings are looked for."""
_EXAMPLES = 3
_CELLS_OF_ITEMS = 20
"""So many cells of a column show whether it holds items of Wikidata."""
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
"""Names of nodes as well as headings: `x` is a longitude."""
_COMPARED = 200
"""For so many columns that are not understood the heading that is written much like it is sought:
it takes a hundred times as long as all else."""


@dataclass
class ColumnReading:
    """A column: its place from 0, its heading, the field that it is read as (`UNUSED` for one that
    is known and not taken in, empty where it is not understood), some of its values, how many of
    its values were not understood, and the known heading that it is written much like."""

    at: int
    heading: str
    field: str
    examples: list[str]
    doubtful: int = 0
    near: str = ""


@dataclass
class TableReading:
    """A sheet of which the columns are understood.

    Attributes: sheet, role (LINKS or CITIES), line of the headings, titles (texts above them),
    columns, rows (cells by field), home (the code of the country that the heading of the source
    says), remarks, width (number of headings), ragged (rows of a text with fewer or more cells,
    each with their number, which are in no other list), groups (rows that count others, or name a
    group of cities), sections (the kinds of partnership that titles say of the rows below them; in
    each such row the kind is in the cell `section`).
    """

    sheet: Sheet
    role: str
    line: int
    titles: list[str]
    columns: list[ColumnReading]
    rows: list[CsvRow]
    home: str = ""
    remarks: list[Message] = field(default_factory=list)
    width: int = 0
    ragged: list[tuple[CsvRow, int]] = field(default_factory=list)
    groups: list[CsvRow] = field(default_factory=list)
    sections: set[str] = field(default_factory=set)

    def has(self, field_name: str) -> bool:
        """Whether a column is read as that field."""
        return any(column.field == field_name for column in self.columns)

    def column(self, field_name: str) -> ColumnReading | None:
        """The column that is read as a field."""
        return next((column for column in self.columns if column.field == field_name), None)


Fields = dict[int, str]
"""The field of each column by its place."""


def read_links_tables(
    sheet: Sheet, maps: Mapping[str, str], *, has_source: bool = False
) -> list[TableReading]:
    """The tables of links of a sheet, which may stand side by side or below one another.

    `has_source` says that all rows are of one city. Raises CitypactError where no row names both
    cities.
    """
    needed = ("target",) if has_source else SIDES

    def fields_of(heads: list[str]) -> Fields:
        return _link_fields(heads, maps, has_source)

    def has_needed(heads: list[str]) -> bool:
        return set(needed) <= {*fields_of(heads).values()}

    return [
        _table(part, LINKS, fields_of, needed)
        for block in _side_by_side(sheet, has_needed)
        for part in _below_one_another(block, has_needed)
    ]


def read_cities_table(sheet: Sheet, maps: Mapping[str, str]) -> TableReading:
    """A sheet as a table of cities. Raises CitypactError where no row has a heading for ids."""

    def fields_of(heads: list[str]) -> Fields:
        return _city_fields(heads, maps)

    return _table(sheet, CITIES, fields_of, ("id",))


def _side_by_side(sheet: Sheet, has_needed: Callable[[list[str]], bool]) -> list[Sheet]:
    """The tables of a sheet that empty columns part, where each has headings of its own."""
    width = max((len(cells) for _, cells in sheet.rows), default=0)
    filled = {at for _, row in sheet.rows for at, cell in enumerate(row) if cell.strip()}
    ends = [at for at in range(width) if at - 1 in filled and at not in filled] + [width]
    if len(ends) == 1 or sheet.separator:
        return [sheet]
    blocks, begin = [], 0
    for end in ends:
        rows = [(number, cells[begin:end]) for number, cells in sheet.rows]
        if said := [row for row in rows if any(map(str.strip, row[1]))]:
            blocks.append(replace(sheet, rows=said))
        begin = end + 1
    if not all(
        any(has_needed(list(cells)) for _, cells in block.rows[:_TITLE_ROWS]) for block in blocks
    ):
        return [sheet]
    # Headings alone are a table that is still empty.
    return [each for each in blocks if not has_needed(list(each.rows[-1][1]))] or [sheet]


def _below_one_another(sheet: Sheet, has_needed: Callable[[list[str]], bool]) -> list[Sheet]:
    """The tables of a sheet that begin with headings of their own; headings that are repeated on
    each page begin none."""
    parts: list[list[SheetRow]] = [[]]
    last: list[str] = []
    count = 0
    has_rows = True
    for number, cells in sheet.rows:
        said = [cell.strip() for cell in cells if cell.strip()]
        is_known = len(said) > 1 and any(cell.casefold() in known_headings() for cell in said)
        # Headings right below others belong to these.
        if is_known and has_rows and _all_are_headings(said) and has_needed(list(cells)):
            has_rows = False
            if said == last:
                count += 1
                continue
            if last:
                titles = _lone_rows_at_the_end(parts[-1])
                parts.append(titles)
                del parts[-2][len(parts[-2]) - len(titles) :]
            last = said
        else:
            has_rows |= len(said) > 1
        parts[-1].append((number, cells))
    if len(parts) > 1 and not has_rows:
        parts.pop()  # headings of a table that is still empty
    if len(parts) == 1 and not count:
        return [replace(sheet, rows=parts[0])]
    remarks = [*sheet.remarks]
    if count:
        remarks.append(
            Message(
                "{count} repeated {count:row|rows} of headings {count:is|are} skipped", count=count
            )
        )
    found = [replace(sheet, rows=rows, remarks=[]) for rows in parts]
    return [replace(found[0], remarks=remarks), *found[1:]]


def _all_are_headings(cells: list[str]) -> bool:
    return all(heading_key(cell) not in _LETTERS and meanings(cell) for cell in cells)


def _lone_rows_at_the_end(rows: list[SheetRow]) -> list[SheetRow]:
    """The last rows that hold one cell: titles of the table below."""
    at = len(rows)
    while at and sum(bool(cell.strip()) for cell in rows[at - 1][1]) == 1:
        at -= 1
    return rows[at:]


def _table(
    sheet: Sheet, role: str, fields_of: Callable[[list[str]], Fields], needed: Sequence[str]
) -> TableReading:
    if not sheet.rows:
        raise CitypactError(
            "{file}: is empty\n    -> its first line names the columns", file=sheet.place
        )
    at = _heading_row(sheet.rows, fields_of, needed)
    line, heads = sheet.rows[at]
    heads = list(heads)
    is_upper = at + 1 < len(sheet.rows) and _are_headings(sheet.rows[at + 1][1], heads)
    is_upper |= at > 0 and {side_of(cell) for cell in sheet.rows[at - 1][1]} >= {*SIDES}
    if is_upper or not set(needed) <= {*fields_of(heads).values()}:
        at, heads = _headings_in_two_rows(sheet.rows, fields_of, needed) or (at, heads)
        line = sheet.rows[at][0]
    while heads and not heads[-1].strip():
        heads.pop()
    fields = fields_of(_with_items_named(heads, sheet.rows[at + 1 :]))
    for place, head in enumerate(heads):
        if meanings(head):
            fields.setdefault(place, UNUSED)
    _check(sheet, line, heads, fields, needed)
    rows = sheet.rows[at + 1 :]
    if not rows:
        where = Message("the first line") if at == 0 else Message("line {line}", line=line)
        raise CitypactError(
            "{file}: has no rows below {where}\n    -> check the file",
            file=sheet.place,
            where=where,
        )
    titles = [cell.strip() for _, cells in sheet.rows[:at] for cell in cells if cell.strip()]
    home = ""
    if role == LINKS:
        source = next((place for place, name in fields.items() if name == "source"), None)
        home = domestic_country(heads[source]) if source is not None else ""
    full = len(sheet.rows[at][1])
    reading = TableReading(sheet, role, line, titles, [], [], home, [*sheet.remarks], full)
    places = {place: name for place, name in fields.items() if name != UNUSED}
    kept = _take_rows(reading, rows, places, len(heads))
    for place, head in enumerate(heads):
        examples = _examples(kept, place)
        if head.strip() or examples:
            column = ColumnReading(place, head.strip(), fields.get(place, ""), examples)
            reading.columns.append(column)
    for column in [c for c in reading.columns if not c.field][:_COMPARED]:
        column.near = near_heading(column.heading)
    _pair_coordinates(reading)
    return reading


def _with_items_named(heads: list[str], rows: list[SheetRow]) -> list[str]:
    """Headings in which a column is called `wikidata` if its own heading says nothing that is
    taken in, and all its cells are addresses of Wikidata's items."""

    def holds_items(place: int) -> bool:
        texts = (cells[place].strip() for _, cells in rows if place < len(cells))
        said = list(islice(filter(None, texts), _CELLS_OF_ITEMS))
        return bool(said) and all("wikidata" in text and ITEM.fullmatch(text) for text in said)

    return [
        "wikidata"
        if all(meaning.kind == UNUSED for meaning in meanings(head)) and holds_items(place)
        else head
        for place, head in enumerate(heads)
    ]


def _take_rows(
    reading: TableReading, rows: list[SheetRow], places: Fields, width: int
) -> list[SheetRow]:
    """Puts rows into a reading: those that say something, ragged ones, and groups. Gives the rows
    that are no groups. width: the number of headings."""
    file, is_text = reading.sheet.place, bool(reading.sheet.separator)
    section = kind_of_section(reading.titles[-1]) if reading.titles else ""
    reading.sections = {section} - {""}
    kept = []
    for number, cells in rows:
        said = [cell for cell in cells if cell.strip()]
        if reading.role == LINKS and said:
            is_lone = len(said) == 1 and width > 1
            if is_total(said[0]) or (is_lone and is_group_or_note(said[0])):
                reading.groups.append(CsvRow(file, number, {}))
                if is_lone and (kind := kind_of_section(said[0])):
                    section = kind
                    reading.sections.add(section)
                continue
        kept.append((number, cells))
        count = len(cells)
        if count != reading.width and is_text and (count < width or any(cells[width:])):
            reading.ragged.append((CsvRow(file, number, {}), count))
            continue
        texts = {name: cells[place] if place < count else "" for place, name in places.items()}
        if section:
            texts["section"] = section
        reading.rows.append(CsvRow(file, number, texts))
    return kept


def _heading_row(
    rows: list[SheetRow], fields_of: Callable[[list[str]], Fields], needed: Sequence[str]
) -> int:
    """The first row that has the needed headings below rows with fewer cells: titles."""
    widest = 0
    best, most = 0, 0
    top = [(sum(bool(cell.strip()) for cell in cells), cells) for _, cells in rows[:_TITLE_ROWS]]
    least = min(2, max(width for width, _ in top))
    for at, (width, cells) in enumerate(top):
        if width <= widest or width < least:
            continue
        widest = width
        fields = fields_of(list(cells))
        if set(needed) <= {*fields.values()}:
            return at
        known = sum(bool(name) for name in fields.values())
        if known > most:
            best, most = at, known
    return best


def _are_headings(cells: list[str], above: list[str]) -> bool:
    """Whether all that a row says are names of columns, such as `City` and `Country`.

    What is merged with the cell above says nothing of its own.
    """
    pairs = zip_longest(cells, above[: len(cells)], fillvalue="")
    said = [cell for cell, upper in pairs if cell.strip() and cell != upper]
    return len(said) > 1 and all(
        heading_key(cell) not in _LETTERS and any(m.kind in (PLACE, LINK) for m in meanings(cell))
        for cell in said
    )


def _headings_in_two_rows(
    rows: list[SheetRow], fields_of: Callable[[list[str]], Fields], needed: Sequence[str]
) -> tuple[int, list[str]] | None:
    """The lower of two rows that together are headings, and these: 국내 and 해외 above 도시.

    A cell above counts for the empty ones to its right, as it does where cells are merged.
    """
    for at in range(1, min(len(rows), _TITLE_ROWS)):
        above, below = rows[at - 1][1], rows[at][1]
        if sum(heading_key(head) not in _LETTERS and bool(meanings(head)) for head in below) < 2:
            continue
        heads, last = [], ""
        for place, head in enumerate(below):
            last = (above[place].strip() if place < len(above) else "") or last
            both = f"{last} {head}".strip() if last != head.strip() else last
            heads.append(both if meanings(both) or not meanings(head) else head.strip())
        if set(needed) <= {*fields_of(heads).values()}:
            return at, heads
    return None


def _check(
    sheet: Sheet, line: int, heads: list[str], fields: Fields, needed: Sequence[str]
) -> None:
    place = f"{sheet.place}:{line}"
    for name in needed:
        if name not in fields.values():
            raise CitypactError(
                "{place}: has no column for {what}\n"
                "    -> say which one it is: --map 'COLUMN={name}' (it has: {heads})",
                place=place,
                what=NEEDED[name],
                name=name,
                heads=", ".join(shown(head) for head in heads[:12]),
            )
    for at, name in fields.items():
        if name not in SIDES and name != "id":
            continue
        text = heads[at].strip().casefold()
        same = [head for head in heads if head.strip().casefold() == text]
        if len(same) > 1 and len({n for n in fields.values() if n in SIDES}) != 2:
            raise _twice(place, same[0])
        if len(same) > 1 and meanings(same[0])[:1] and meanings(same[0])[0].kind == END:
            raise _twice(place, same[0])


def _twice(place: str, head: str) -> CitypactError:
    return CitypactError(
        "{place}: has the column {other} twice\n    -> rename one of them",
        place=place,
        other=shown(head),
    )


def _examples(rows: list[SheetRow], place: int) -> list[str]:
    found: dict[str, None] = {}
    for _, cells in islice(rows, 200):
        if place < len(cells) and (text := cells[place].strip()):
            found[text] = None
            if len(found) == _EXAMPLES:
                break
    return list(found)


def mapped(maps: Mapping[str, str], head: str, at: int) -> str:
    """The meaning that the user gives a column, by its heading or its place (`#3`)."""
    for name, meaning in maps.items():
        if heading_key(name) == heading_key(head) or name.strip() == f"#{at + 1}":
            return meaning
    return ""


def _choices(heads: list[str], maps: Mapping[str, str]) -> dict[int, tuple[HeadingMeaning, ...]]:
    found = {}
    for at, head in enumerate(heads):
        given = meaning_of_name(mapped(maps, head, at))
        found[at] = (given,) if given else meanings(head) if head.strip() else ()
    return found


def _link_fields(heads: list[str], maps: Mapping[str, str], has_source: bool) -> Fields:
    choices = _choices(heads, maps)
    fields: Fields = {}
    keys = [heading_key(head) for head in heads]
    if "target" not in keys and any(_has(options, "", "city") for options in choices.values()):
        # City, Sister city, Source: where it is from.
        for at, key in enumerate(keys):
            if key == "source" and not mapped(maps, heads[at], at):
                fields[at] = UNUSED
    _take_ends(heads, choices, fields, has_source)
    for at, options in choices.items():
        if at in fields:
            continue
        for option in options:
            name = f"{option.side}.{option.name}" if option.side else option.name
            if option.kind == LINK or (option.kind == PLACE and option.side):
                if name == f"{option.side}.id":
                    continue
                if name not in fields.values():
                    fields[at] = name
                break
            if option.kind == UNUSED:
                fields[at] = UNUSED
                break
    is_home = any(
        fields.get(at) == "source" and domestic_country(head) for at, head in enumerate(heads)
    )
    _take_attributes(choices, fields, "target" if is_home or has_source else "")
    return fields


def _take_ends(
    heads: list[str],
    choices: Mapping[int, tuple[HeadingMeaning, ...]],
    fields: Fields,
    has_source: bool,
) -> None:
    """Finds the columns of the two cities: by words for either, by ids, by the word `city`."""
    generic = [at for at, options in choices.items() if _has(options, "", "city")]
    for side in SIDES:
        ranked = sorted(
            (option.rank, at)
            for at, options in choices.items()
            for option in options
            if option.kind == END and option.name == side
        )
        ids = [at for at, options in choices.items() if _has(options, side, "id")]
        names = [at for at, options in choices.items() if _has(options, side, "city")]
        free = [at for _, at in ranked if at not in fields]
        if ids:
            fields[ids[0]] = side
            rest = [at for at in (*free, *names) if at not in fields]
            if rest:
                fields[rest[0]] = f"{side}.city"
        elif free:
            fields[free[0]] = side
            if rest := [at for at in names if at not in fields]:
                fields[rest[0]] = f"{side}.city"
        elif rest := [at for at in names if at not in fields]:
            # `city` and `cityLabel`: an id and its name.
            bare = [at for at in generic if at not in fields and _begins(heads, at, rest[0])]
            if bare:
                fields[bare[0]] = side
            fields[rest[0]] = f"{side}.city" if bare else side
        else:
            items = [at for at, options in choices.items() if _has(options, side, "wikidata")]
            if items:
                fields[items[0]] = side
    generic = [at for at in generic if at not in fields]
    if not {*SIDES} & {*fields.values()} and not has_source:
        # Two columns of one heading are the two cities; a name and a label are not.
        keys = [heading_key(heads[at]) for at in generic]
        generic = [at for at, key in zip(generic, keys, strict=True) if keys.count(key) == 2]
    for side in SIDES:
        if side not in fields.values() and generic and not (has_source and side == "source"):
            fields[generic.pop(0)] = side


def _begins(heads: list[str], at: int, other: int) -> bool:
    """Whether one heading is the beginning of another."""
    return heading_key(heads[other]).startswith(heading_key(heads[at]) + " ")


def _has(options: Sequence[HeadingMeaning], side: str, name: str) -> bool:
    return any(o.kind == PLACE and o.side == side and o.name == name for o in options)


def _take_attributes(
    choices: Mapping[int, tuple[HeadingMeaning, ...]], fields: Fields, owner: str
) -> None:
    """Gives columns that do not say of which city they speak to the city before them.

    Where none stands before, to the one behind; all to `owner` where only one can be meant.
    """
    places = sorted(at for at, name in fields.items() if name in SIDES)
    for at, options in choices.items():
        option = next((o for o in options if o.kind == PLACE and not o.side), None)
        if at in fields or option is None or option.name in ("id", "city"):
            continue
        # A region that could be the city itself belongs to its side.
        own = [o.name for o in options if o.kind == END and o.name in SIDES]
        before = [fields[place] for place in places if place < at]
        behind = [fields[place] for place in places if place > at]
        # The country of the one side is known; any other column speaks of the city before it.
        is_owned = owner and option.name != "region"
        order = own or ([owner] if is_owned else [*reversed(before), *behind])
        for side in order:
            name = f"{side}.{option.name}"
            if name not in fields.values():
                fields[at] = name
                break


def _city_fields(heads: list[str], maps: Mapping[str, str]) -> Fields:
    choices = _choices(heads, maps)
    fields: Fields = {}
    ranked: dict[str, list[tuple[int, int]]] = {}
    for at, options in choices.items():
        for option in options:
            if option.kind == PLACE and not option.side:
                ranked.setdefault(option.name, []).append((option.rank, at))
    for name, places in ranked.items():
        free = [at for _, at in sorted(places) if at not in fields]
        if free:
            fields[free[0]] = "name" if name == "city" else name
    for at, options in choices.items():
        if at not in fields and any(option.kind == UNUSED for option in options):
            fields[at] = UNUSED
    return fields


def _pair_coordinates(reading: TableReading) -> None:
    """Leaves a latitude without a longitude, or the other way round, and says so once."""
    for side in ("", "source.", "target."):
        latitude, longitude = (reading.column(side + name) for name in ("latitude", "longitude"))
        alone = latitude or longitude
        if alone is None or (latitude and longitude):
            continue
        missing = "longitude" if latitude else "latitude"
        near = next((c.heading for c in reading.columns if c.near == missing), "")
        reading.remarks.append(
            Message(
                "the column {heading} is not used: there is no column for {missing}",
                heading=shown(alone.heading),
                missing=missing + (f" ({shown(near)}?)" if near else ""),
            )
        )
        name, alone.field = alone.field, ""
        for row in reading.rows:
            row.cells.pop(name, None)


__all__ = [
    "CITIES",
    "LINKS",
    "ColumnReading",
    "TableReading",
    "mapped",
    "read_cities_table",
    "read_links_tables",
]
