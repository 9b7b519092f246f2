"""Tables of links, and of their cities where there are such, in the files that people have."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from citypact.ontology.errors import Bilingual, CitypactError, Message, did_you_mean, shown
from citypact.sources.files.csv_tables import CsvRow, read_file
from citypact.sources.reading.edtf import ends_before
from citypact.sources.reading.values import MOST_NAMES
from citypact.sources.reading.written_dates import (
    DAY_FIRST,
    OpenOrder,
    read_written_date,
)
from citypact.sources.twins import cells
from citypact.sources.twins.columns import (
    CITIES,
    LINKS,
    NEEDED,
    SIDES,
    TableReading,
    read_cities_table,
    read_links_tables,
)
from citypact.sources.twins.country_names import (
    city_and_country,
    country_code,
    country_names,
    historic_country,
    near_countries,
    read_country_code,
)
from citypact.sources.twins.doubts import ROW_LEFT_OUT, TOLD, Doubts
from citypact.sources.twins.headings import UNUSED, kind_said, value_words
from citypact.sources.twins.model import (
    ENDED,
    City,
    Input,
    TwinLink,
    Twins,
)
from citypact.sources.twins.name_texts import ITEM, LONGEST, clean
from citypact.sources.twins.row_texts import is_total, plain_text
from citypact.sources.twins.sheets import Sheet, read_sheets

_OF_SIDES = ("", "source.", "target.")
_TEXTS = (
    *SIDES, *(f"{side}.{name}" for side in SIDES for name in ("city", "korean", "country")),
    "start", "end",
)  # fmt: skip
"""Fields in which marks of notes and links say nothing."""
_OTHERS = {side: {side + name for name in cells.OTHERS} for side in _OF_SIDES}
_PLACE = {side: {f"{side}latitude", f"{side}coordinates"} for side in _OF_SIDES}
MOST_PARTNERS = 5_000
"""Partners in a cell that lists several: no list of cities has more."""
_ALIASES = re.compile(r"\|")
_SEVERAL = re.compile(r"\s*(?:[;|；、]|\r?\n)\s*")
_BROKEN = re.compile(r"\s*\r?\n\s*(?=[(（\[])")
"""The end of a line before brackets, which belong to the name above: 하노이시 and (Hanoi)."""
_NAMED_ITEM = re.compile(r"(.+?)\s*[(\[]\s*(?:wd:|wikidata:\s*)?(Q[1-9]\d{0,15})\s*[)\]]", re.I)
_DAY_NUMBER = re.compile(r"[1-6]\d{4}")
"""Days as Excel counts them, of 1927 to 2091: what is left where a column lost its format."""
_INTERVAL = re.compile(
    r"(.*?)\s*(?:[~～〜–—]|(?<=\d{4})-(?=\d{4}$)|\s-\s|\s(?:to|until|bis|à|hasta|al?)\s)\s*(.+)"
)
"""Beginning and end in one cell: 1999.5.1~2014.5.1, 1988 – present."""
_DATE = re.compile(
    r"(?<!\d)(?:['’‘]\d\d|(?:1[89]|20)\d\d)(?:\s*[-./년年]\s*\d{1,2}(?!\d)){0,2}\s*[.월일月日년年]?"
)
"""A date among words, with the year first."""
_AROUND_A_STATE = re.compile(
    r"^(?:(?:자매|우호|협정|협약|교류|결연|협력|관계)\s*)+(?=\S)|\s*(?:됨|함|상태|중|완료|済み?)$"
)
"""What stands around the word for the state of a tie: 협정 해지, 교류중단, 중단됨."""
_REMARK = Message("does not name two cities (a total or a note)")


@dataclass(frozen=True)
class ReadOptions:
    """How a list is read.

    Attributes: is_directed (the source column is the city that states a link), maps (meanings of
    columns by heading, see `known_meanings`), encoding (of texts), date_order (DAY_FIRST or
    MONTH_FIRST where it is open), skip_faulty (leave out what is not understood), partners_of (the
    city whose partners a table without a column for it lists), country (of the cities of the source
    column, where no column names it).
    """

    is_directed: bool = False
    maps: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    date_order: str = ""
    skip_faulty: bool = False
    partners_of: str = ""
    country: str = ""


def read_edges(
    edges: Path,
    cities: Path | None = None,
    *,
    is_directed: bool = False,
    options: ReadOptions | None = None,
) -> Twins:
    """Reads a table of links and, where given, the table of their cities; see `read_tables`."""
    given = replace(options or ReadOptions(), is_directed=is_directed)
    return read_tables([edges], [cities] if cities else [], given)


def read_tables(
    files: Sequence[Path], cities: Sequence[Path] = (), options: ReadOptions | None = None
) -> Twins:
    """Reads files of links and of cities; what each sheet of `files` is, is found out.

    Without a table of cities the ids are the names, with the country where rows give one. Raises
    CitypactError for a file that cannot be read, and RecordError with all the faults of all
    tables at once, unless `options.skip_faulty`. What is left out or changed is in `Twins.doubts`.
    """
    reader = _EdgeTableReader(options or ReadOptions())
    for path in files:
        reader.add(path, (LINKS, CITIES))
    for path in cities:
        reader.add(path, (CITIES,))
    return reader.twins()


class _EdgeTableReader:
    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.doubts = Doubts()
        self.inputs: list[Input] = []
        self.digest = hashlib.sha256()
        self.tables: list[TableReading] = []

    def add(self, path: Path, roles: Sequence[str]) -> None:
        """Reads a file whose sheets have one of the roles."""
        data = read_file(path)
        self.inputs.append(Input(path.name, hashlib.sha256(data).hexdigest()))
        self.digest.update(data)
        sheets = read_sheets(data, path, self.options.encoding)
        errors: list[CitypactError] = []
        found: list[TableReading] = []
        read: list[Sheet] = []
        for sheet in sheets:
            for role in roles:
                try:
                    tables = self._tables(sheet, role)
                    found += tables
                    read.append(sheet)
                    for table in tables:
                        self._tell_left_out(table)
                        _empty_long_cells(table, self.doubts)
                    break
                except CitypactError as error:
                    errors.append(error)
        if not found:
            raise errors[0]
        unread = [s.name for s in sheets if all(each is not s for each in read) and s.rows]
        if unread:
            found[0].remarks.append(
                Message(
                    "sheets without a table of links or cities are skipped: {names}",
                    names=", ".join(unread),
                )
            )
        self.tables += found

    def _tables(self, sheet: Sheet, role: str) -> list[TableReading]:
        if role == LINKS:
            has_source = bool(self.options.partners_of)
            return read_links_tables(sheet, self.options.maps, has_source=has_source)
        return [read_cities_table(sheet, self.options.maps)]

    def _tell_left_out(self, table: TableReading) -> None:
        for row in table.groups:
            self.doubts.note(row, "", _REMARK, effect=ROW_LEFT_OUT)
        for row, count in table.ragged:
            if count == 1 and len(table.columns) > 2:
                self.doubts.note(row, "", _REMARK, effect=ROW_LEFT_OUT)
                continue
            reason = Message(
                "has {count} {count:cell|cells}, the first line has {count2}",
                count=count,
                count2=table.width,
            )
            cure = Message("put a cell that holds the separator in double quotes")
            self.doubts.fault(row, "", reason, cure, ROW_LEFT_OUT)

    def twins(self) -> Twins:
        links = [table for table in self.tables if table.role == LINKS]
        if not links:
            raise CitypactError(
                "{files}: has cities and no links\n    -> give the table of links as well",
                files=", ".join(table.sheet.place for table in self.tables),
            )
        if len({kind for table in links for kind in table.sections}) == 1:
            # A title of the whole list, which may hold both kinds.
            for row in (row for table in links for row in table.rows):
                row.cells.pop("section", None)
        known: dict[str, City] | None = None
        for table in self.tables:
            if table.role == CITIES:
                known = {} if known is None else known
                _CitiesTable(table, self.doubts).read(known)
        ends = _Ends(known, self.doubts, self.options.partners_of)
        found = [link for table in links for link in self._links(table, ends)]
        for table in self.tables:
            _count_doubts(table, self.doubts)
            if (column := table.column("kind")) and not any(map(_kind, table.rows)):
                column.field = UNUSED
        if not self.options.skip_faulty:
            self.doubts.refuse(self.tables)
        named = ends.cities()
        kept = found
        if known is None:
            kept = [
                TwinLink(
                    ends.ids[link.source],
                    ends.ids[link.target],
                    link.start,
                    link.end,
                    kind=link.kind,
                )
                for link in found
            ]
        twins = Twins(
            "csv",
            named,
            kept,
            self.options.is_directed,
            self.digest.hexdigest(),
            self.inputs,
            doubts=self.doubts,
            tables=self.tables,
        )
        return twins.tidy()

    def _links(self, table: TableReading, ends: _Ends) -> list[TwinLink]:
        dates = _Dates(table, self.options.date_order, self.doubts)
        home = country_names()[table.home][0] if table.home else ""
        if self.options.country:
            home = self.options.country
        elif home:
            heading = next(c.heading for c in table.columns if c.field == "source")
            table.remarks.append(
                Message(
                    "the cities in the column {heading} are assumed to be in {country}",
                    heading=shown(heading),
                    country=Bilingual(*country_names()[table.home]),
                )
            )
        places = _PlaceCells(table, self.doubts)
        width = len(table.columns)
        found = []
        texts = [name for name in _TEXTS if table.has(name)]
        if ends.known is not None:
            texts = [name for name in texts if name not in SIDES]
        for row in table.rows:
            for name in texts:
                text = row.get(name)
                if text and (plain := plain_text(text, name in ("start", "end"))) != text:
                    self.doubts.changed(name, Message("marks or links around a text"))
                    row.cells[name] = plain
            for each in self._one_each(row):
                if link := self._link(each, ends, dates, home, width, places):
                    found.append(link)
        return found

    def _one_each(self, row: CsvRow) -> list[CsvRow]:
        """A row for each city of a cell that lists several partners."""
        text = row.cells.get("target", "")
        if not _SEVERAL.search(text):
            return [row]
        text = _BROKEN.sub(" ", text)
        names = [name for name in _SEVERAL.split(text) if name.strip()]
        if len(names) < 2:
            return [CsvRow(row.file, row.line, row.cells | {"target": text})]
        self.doubts.changed("target", Message("several cities in one cell"))
        return [CsvRow(row.file, row.line, row.cells | {"target": name}) for name in names]

    def _link(
        self, row: CsvRow, ends: _Ends, dates: _Dates, home: str, width: int, places: _PlaceCells
    ) -> TwinLink | None:
        texts = {side: ends.text_of(row, side) for side in SIDES}
        if not _is_whole(row, texts, width, self.doubts):
            return None
        if (status := row.get("status")) and _says(status, "planned"):
            reason = Message("{text} says that the tie is only planned", text=shown(status))
            self.doubts.note(row, "status", reason, effect=ROW_LEFT_OUT)
            return None
        keys = []
        for side in SIDES:
            key = ends.key(row, side, texts[side], home if side == "source" else "", places)
            if key is None:
                return None
            keys.append(key)
        start, end = dates.of(row)
        if start and end and ends_before(end, start):
            self.doubts.fault(
                row,
                "",
                Message("ends ({end}) before it starts ({start})", end=end, start=start),
                "correct start or end, or leave out the one that is not known",
                Message("the dates are left out"),
            )
            start = end = ""
        if keys[0] == keys[1]:
            ends.tell_loop(row, texts["source"])
        return TwinLink(keys[0], keys[1], start, end, kind=_kind(row))


def _empty_long_cells(table: TableReading, doubts: Doubts) -> None:
    """Tells of cells that hold more than a name, a number or a date does, and empties them."""
    for row in table.rows:
        for name, text in row.cells.items():
            if len(text) <= LONGEST:
                continue
            is_alias = name.endswith("aliases")
            separator = _ALIASES if is_alias else _SEVERAL if name == "target" else None
            parts = separator.split(text) if separator else [text]
            most = MOST_NAMES if is_alias else MOST_PARTNERS
            if (longest := max(map(len, parts))) > LONGEST:
                reason = Message("has {count} characters", count=longest)
                cure = Message("shorten it to {length} characters at most", length=LONGEST)
            elif len(parts) > most:
                reason = Message("has {count} names, more than {most}", count=len(parts), most=most)
                keep = Message("keep those that sources use")
                cure = keep if is_alias else Message("write one partner per row")
            else:
                continue
            doubts.fault(replace(row, cells={}), name, reason, cure)
            row.cells[name] = ""


def _kind(row: CsvRow) -> str:
    """The relation type that a row says, or the title above it; empty for any other word."""
    kind = kind_said(row.get("kind").casefold())
    return (kind or row.cells.get("section", "")).replace("_", "-")


def _is_whole(row: CsvRow, texts: Mapping[str, str], width: int, doubts: Doubts) -> bool:
    """Whether a row names both cities."""
    if any(is_total(texts[side]) for side in SIDES):
        doubts.note(row, "", _REMARK, effect=ROW_LEFT_OUT)
        return False
    missing = [side for side in SIDES if not texts[side]]
    if not missing:
        return True
    others = [name for name, cell in row.cells.items() if cell.strip() and name not in SIDES]
    if len(missing) == 2 or (width > 2 and len(others) == 0):
        doubts.note(row, "", _REMARK, effect=ROW_LEFT_OUT)
        return False
    cure = Message("every link needs two cities; repeat a name that applies to several rows")
    doubts.fault(row, "", Message("has no {name}", name=NEEDED[missing[0]]), cure, ROW_LEFT_OUT)
    return False


def _count_doubts(table: TableReading, doubts: Doubts) -> None:
    for doubt in doubts.found:
        if doubt.file == table.sheet.place and (column := table.column(doubt.column)):
            column.doubtful += 1


class _Dates:
    """The dates of a table of links; which of day and month comes first is told by its column."""

    def __init__(self, table: TableReading, order: str, doubts: Doubts) -> None:
        self.doubts, self.order = doubts, order
        self.day_zero = table.sheet.day_zero
        self.names = [name for name in ("start", "end") if table.has(name)]
        self.has_status = table.has("status")
        if not order:
            shows: dict[str, CsvRow] = {}
            for row in table.rows:
                for name in self.names:
                    try:
                        found = read_written_date(row.get(name)).order
                    except ValueError:
                        continue
                    if found:
                        shows.setdefault(found, row)
            if len(shows) == 1:
                ((self.order, row),) = shows.items()
                text = next(t for n in self.names if _shows(t := row.get(n), self.order))
                told = {"text": shown(text), "line": row.line}
                table.remarks.append(
                    Message("the day precedes the month, as {text} in line {line} shows", **told)
                    if self.order == DAY_FIRST
                    else Message(
                        "the month precedes the day, as {text} in line {line} shows", **told
                    )
                )

    def of(self, row: CsvRow) -> tuple[str, str]:
        """Start and end of a row."""
        row = self._apart(row)
        start = self._read(row, "start") if "start" in self.names else ""
        end = self._read(row, "end") if row.get("end") else ""
        if self.has_status and (status := row.get("status").casefold()):
            if _says(status, "ended"):
                end = end or self._only_date(status) or ENDED
            elif status not in value_words("in_force"):
                self.doubts.note(
                    row,
                    "status",
                    Message("{text} says neither ended nor active", text=shown(status)),
                    effect=TOLD,
                )
        return start, end

    def _apart(self, row: CsvRow) -> CsvRow:
        """A row with beginning and end in cells of their own where one cell says both."""
        text = row.cells.get("start", "")
        if row.cells.get("end") or not (halves := _INTERVAL.fullmatch(text)):
            return row
        start, end = halves.groups()
        if (start and not self._is_date(start)) or not (
            self._is_date(end) or (start and _says(end, "in_force"))
        ):
            return row
        self.doubts.changed("start", Message("beginning and end in one cell"))
        return CsvRow(row.file, row.line, row.cells | {"start": start, "end": end})

    def _is_date(self, text: str) -> bool:
        """Whether a text is one date, and not a day or month alone."""
        try:
            return bool(read_written_date(text, self.order).edtf)
        except ValueError:
            return False

    def _only_date(self, text: str) -> str:
        """The date in a text that holds no other one; else empty."""
        dates = _DATE.findall(text)
        if len(dates) != 1 or not self._is_date(date := dates[0].strip()):
            return ""
        return read_written_date(date, self.order).edtf

    def _read(self, row: CsvRow, name: str) -> str:
        text = row.get(name)
        if not text:
            return ""
        if name == "end" and _says(text, "in_force"):
            self.doubts.changed(name, Message("still in force"))
            return ""
        is_over = name == "end" and (_says(text, "ended_unknown") or _says(text, "ended"))
        if is_over and not re.search(r"\d{4}", text):
            self.doubts.changed(name, Message("ended at an unknown time"))
            return ENDED
        is_day_number = bool(_DAY_NUMBER.fullmatch(text))
        if self.day_zero and is_day_number:
            self.doubts.changed(name, Message("serial dates of Excel"))
            return (self.day_zero + timedelta(days=int(text))).isoformat()
        if text.casefold() in cells.MISSING_WORDS or re.fullmatch(r"[0.,/\-: ]+", text):
            if re.search(r"\w", text):
                reason = Message("{text} is treated as an unknown date", text=shown(text))
                self.doubts.note(row, name, reason)
            return ""
        try:
            found = read_written_date(text, self.order)
        except OpenOrder as error:
            cure = Message("give --day-first or --month-first, or write the year first")
            self.doubts.fault(row, name, error.args[0], cure, self._effect(name))
            return ""
        except ValueError as error:
            cure = Message("write 1976, 1976-05 or 1976-05-18")
            if is_day_number:
                cure = Message("format the column as dates in Excel, and save it again")
            self.doubts.fault(row, name, error.args[0], cure, self._effect(name))
            return ENDED if name == "end" else ""
        if found.change:
            self.doubts.changed(name, found.change)
        return found.edtf

    @staticmethod
    def _effect(name: str) -> str:
        if name == "end":
            return Message("treated as ended at an unknown time")
        return Message("the cell is left empty")


def _says(text: str, kind: str) -> bool:
    """Whether a cell says a word, whatever date or brackets stand by: Terminated in 2015."""
    words, text = value_words(kind), text.casefold()
    bare = re.sub(r"\s*[(（].*|\s+(?:in|since|on|seit|en|le)?\s*\d[\d./-]*$", "", text).strip()
    bare = re.sub(r"^(?:in|since|on|seit|en|le)\s+|[\s:,]+$", "", _DATE.sub("", bare)).strip()
    return not words.isdisjoint((text, bare, _AROUND_A_STATE.sub("", bare)))


def _shows(text: str, order: str) -> bool:
    try:
        return read_written_date(text).order == order
    except ValueError:
        return False


class _PlaceCells:
    """What a table says of a city: in the rows of a table of cities, or beside a link."""

    def __init__(self, table: TableReading, doubts: Doubts) -> None:
        self.doubts = doubts
        self.fields = {column.field for column in table.columns}
        self.says_country = {
            side: [f"{side}.{name}" for name in ("country", "iso2", "city")
                   if f"{side}.{name}" in self.fields]
            for side in SIDES
        }  # fmt: skip
        """Fields that say the country of a city on a side, or that its other cell is an id."""
        self.signs: dict[str, cells.NumberSigns] = {}
        for name in self.fields:
            if name.rpartition(".")[2] == "population":
                texts = (row.get(name) for row in table.rows)
                self.signs[name] = cells.NumberSigns.of(texts)

    def has_any(self, side: str) -> bool:
        """Whether the table says anything of the cities on a side."""
        return any(name.startswith(side) for name in self.fields)

    def city(self, row: CsvRow, side: str, identifier: str, name: str, home: str = "") -> City:
        """The city that a row speaks of; `side` is the beginning of its fields."""
        doubts, has = self.doubts, self.fields
        country, iso2 = self._country(row, side)
        identifiers = cells.other_identifiers(row, side, doubts) if has & _OTHERS[side] else ()
        if not country and not iso2:
            iso2 = cells.country_of(identifiers)
            country = "" if iso2 else home
        latitude = longitude = None
        if has & _PLACE[side]:
            latitude, longitude = cells.place(row, side, doubts)
        people = f"{side}population"
        korean = _name(row, f"{side}korean") if f"{side}korean" in has else ""
        written = row.get(f"{side}aliases")
        aliases = [clean(alias) for alias in _ALIASES.split(written)] if written else []
        item = geonames = ""
        if f"{side}wikidata" in has:
            item = cells.wikidata(row, f"{side}wikidata", doubts)
        if f"{side}geonames" in has:
            geonames = cells.geonames(row, f"{side}geonames", doubts)
        return City(
            identifier,
            name,
            korean,
            tuple(alias for alias in aliases if alias),
            country,
            "",
            iso2,
            latitude,
            longitude,
            cells.people(row, people, self.signs[people], doubts)
            if people in self.fields
            else None,
            item or _item(identifier),
            geonames,
            identifiers,
            f"{row.file}:{row.line}",
        )

    def _country(self, row: CsvRow, side: str) -> tuple[str, str]:
        """Name and code of a country; where they contradict each other neither is taken."""
        name = _name(row, f"{side}country")
        if name.casefold() in cells.MISSING_WORDS:
            name = ""
        written = row.get(f"{side}iso2")
        code = read_country_code(written)
        of_name = country_code(name) if name else ""
        if name and not of_name and (read := read_country_code(name)):
            self.doubts.changed(f"{side}country", Message("country codes instead of names"))
            name, of_name = "", read
            if not written:
                return "", read
        if not written:
            return name, ""
        column = f"{side}iso2"
        if not code:
            if written.casefold() in cells.MISSING:
                return name, ""
            near = Message("write two letters such as KR")
            reason = Message("{iso2} is not a country code", iso2=shown(written))
            if name and (of_name or historic_country(name)):
                self.doubts.note(row, column, reason, near)
            else:
                self.doubts.fault(row, column, reason, near)
            return name, ""
        if of_name and of_name != code:
            if written.casefold() == "na":
                reason = Message("NA next to {country} is treated as a missing code", country=name)
                self.doubts.note(row, column, reason)
                return name, ""
            reason = Message(
                "the code {code} means {country}, but the name is {name}",
                code=written,
                country=country_names()[code][0],
                name=name,
            )
            self.doubts.fault(
                row, column, reason, "correct the code or the name", Message("both are left empty")
            )
            return "", ""
        if code == "NA" and not name:
            reason = Message("NA is treated as the code of Namibia")
            self.doubts.note(
                row, column, reason, "leave the cell empty where no code is known", TOLD
            )
        if written.upper() != code:
            self.doubts.changed(column, Message("other forms of country codes"))
        if name and not of_name and written.casefold() == "na" and historic_country(name):
            return name, ""
        return name, code


def _name(row: CsvRow, name: str) -> str:
    text = clean(row.get(name))
    return "" if text.casefold() in cells.NO_NAME else text


def _item(identifier: str) -> str:
    """The Wikidata item that an identifier is; empty for any other."""
    match = ITEM.fullmatch(identifier)
    return match[1].upper() if match else ""


class _CitiesTable:
    """Reads a table of cities."""

    def __init__(self, table: TableReading, doubts: Doubts) -> None:
        self.table, self.doubts = table, doubts
        self.places = _PlaceCells(table, doubts)

    def read(self, cities: dict[str, City]) -> None:
        """Adds the cities of the table by their ids."""
        has_name = self.table.has("name")
        lines: dict[str, int] = {}
        for row in self.table.rows:
            identifier = row.get("id")
            if not identifier:
                if any(cell.strip() for cell in row.cells.values()):
                    cure = Message("every city has an id that the links use")
                    self.doubts.fault(row, "", Message("has no id"), cure, ROW_LEFT_OUT)
                continue
            if identifier in cities:
                reason = Message(
                    "{id} appears twice (first in line {lines})",
                    id=shown(identifier),
                    lines=lines.get(identifier, 1),
                )
                cure = Message("give every city an id of its own, or remove one row")
                self.doubts.fault(row, "", reason, cure, ROW_LEFT_OUT)
                continue
            name = _name(row, "name")
            is_named = has_name or row.get("korean")
            if not is_named and not identifier.isdecimal() and not _item(identifier):
                name = clean(identifier)
            cities[identifier] = self.places.city(row, "", identifier, name)
            lines[identifier] = row.line


class _Ends:
    """The cities that links name: those of a table, else what the rows say of both ends."""

    def __init__(self, known: dict[str, City] | None, doubts: Doubts, partners_of: str) -> None:
        self.known, self.doubts, self.partners_of = known, doubts, partners_of
        self.found: dict[str, City] = {}
        self.ids: dict[str, str] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._where: dict[str, tuple[str, str]] = {}

    def text_of(self, row: CsvRow, side: str) -> str:
        """The cell that names a city."""
        if side == "source" and self.partners_of:
            return self.partners_of
        text = row.get(side)
        region = row.get(f"{side}.region") if f"{side}.region" in row.cells else ""
        if region and (not text or text.casefold() in value_words("of_region")):
            return region
        return "" if text.casefold() in cells.NO_NAME else text

    def key(self, row: CsvRow, side: str, text: str, home: str, places: _PlaceCells) -> str | None:
        """The id of a city of the table; else a key of what the row says of it."""
        if self.known is not None:
            if text in self.known:
                return text
            self.doubts.fault(
                row,
                "",
                Message("{end} is not in the table of cities", end=shown(text)),
                "add the city, or remove the link",
                ROW_LEFT_OUT,
            )
            return None
        prefix = f"{side}."
        named = _NAMED_ITEM.fullmatch(text)
        item = named[2].upper() if named else _item(text)
        if not item and not any(row.cells[name] for name in places.says_country[side]):
            text, country = city_and_country(text)
            if country:
                home = country
                self.doubts.changed(side, Message("countries next to names"))
        if not places.has_any(prefix) and not home:
            key = item or text
            if key not in self.found:
                city = _bare_city(key, item, row)
                self.found[key] = replace(city, name=clean(named[1])) if named else city
                self._names[key].add(key)
            return key
        name = _name(row, f"{prefix}city") or (clean(named[1]) if named else "")
        is_id = bool(item) or text.isdecimal() or bool(name)
        city = places.city(row, prefix, item or text, name or ("" if is_id else clean(text)), home)
        if is_id or city.wikidata:
            key = item or (text if is_id else city.wikidata)
        else:
            code = city.iso2 or country_code(city.country)
            region = row.get(f"{prefix}region")
            region = "" if region == text else region
            key = f"{text}\n{code or city.country}\n{region}"
            self._where[key] = city.country or city.iso2, region
        label = key if is_id or city.wikidata else text
        self._names[label].add(key)
        before = self.found.get(key)
        self.found[key] = (
            self._filled(before, replace(city, id=label), row)
            if before
            else replace(city, id=label)
        )
        return key

    def _filled(self, before: City, city: City, row: CsvRow) -> City:
        """What several rows say of one city: the first that says something counts."""
        missing = {
            name: value
            for name in (
                "name", "korean", "aliases", "country", "iso2", "population", "wikidata",
                "geonames", "identifiers",
            )
            if (value := getattr(city, name)) and not getattr(before, name)
        }  # fmt: skip
        if before.place is None and city.place is not None:
            missing |= {"latitude": city.latitude, "longitude": city.longitude}
        return replace(before, **missing) if missing else before

    def tell_loop(self, row: CsvRow, text: str) -> None:
        """Tells of a row that names one city twice."""
        if self.known is not None:
            reason = Message("{name} is linked with itself", name=shown(text))
            self.doubts.note(row, "", reason, "correct one of the two", ROW_LEFT_OUT)
            return
        reason = Message(
            "{name} is on both sides: two cities of the same name, or an error", name=shown(text)
        )
        cure = Message("give both cities identifiers or countries")
        self.doubts.note(row, "", reason, cure, ROW_LEFT_OUT)

    def cities(self) -> dict[str, City]:
        """The cities by id: the name alone where it is that of one city, else with the country."""
        if self.known is not None:
            return self.known
        found = {}
        for key, city in sorted(self.found.items()):
            identifier = city.id
            if len(self._names[identifier]) > 1:
                countries = {self._where.get(other, ("",))[0] for other in self._names[city.id]}
                country, region = self._where.get(key, ("", ""))
                parts = [region, country if len(countries) > 1 else ""]
                identifier = ", ".join([identifier, *filter(None, parts)])
            self.ids[key] = identifier
            found[identifier] = replace(city, id=identifier)
        return found


def _bare_city(key: str, item: str, row: CsvRow) -> City:
    # A number is an id, not a name: it says nothing that could be compared.
    name = "" if item or key.isdecimal() else clean(key)
    place = f"{row.file}:{row.line}"
    return City(key, name, wikidata=item, place_in_file=place)


def unknown_countries(cities: Mapping[str, City]) -> list[tuple[str, int, str]]:
    """The names of countries that are not understood, with the number of cities and a cure."""
    counts: dict[str, int] = defaultdict(int)
    for city in cities.values():
        is_known = city.iso2 or country_code(city.country) or historic_country(city.country)
        if city.country and not is_known:
            counts[city.country] += 1
    return [(name, count, _country_cure(name)) for name, count in sorted(counts.items())]


def _country_cure(name: str) -> str:
    near = near_countries(name)
    return did_you_mean(near) if near else Message("write its ISO name or code")


__all__ = ["ReadOptions", "read_edges", "read_tables", "unknown_countries"]
