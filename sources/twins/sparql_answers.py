"""Answers of a SPARQL endpoint, fresh or saved, in JSON or CSV; and what they say of twin cities.

An answer has columns of two kinds, in one table or in several. Links: `item`, `other`, and
`statement`, `start`, `startPrecision`, `end`, `endPrecision` where there are such. Facts: `item`,
`what` (label, country, coordinates, population, geonames, iso, redirect), `value`, `detail`; or a
column for each of these, beside a link, on its `item`. `endQualifier` is the end of a statement as
it stands there: a date, or a node for an unknown value. An item that was merged into another
(`redirect`, in Wikidata owl:sameAs) is that other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.csv_tables import decode, parse_table, read_file
from citypact.sources.reading.edtf import ends_before, parse_edtf
from citypact.sources.reading.written_dates import is_year_of_a_tie
from citypact.sources.twins.cells import POINT
from citypact.sources.twins.doubts import EMPTIED, ROW_LEFT_OUT, TOLD, Doubt, Doubts
from citypact.sources.twins.model import (
    ENDED,
    City,
    Input,
    TwinLink,
    Twins,
)
from citypact.sources.twins.name_texts import LONGEST, clean

ITEM = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]{0,15})")
_TIME = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)T00:00:00Z?")
_EARTH = "http://www.wikidata.org/entity/Q2"
_LINK = ("statement", "start", "startPrecision", "end", "endPrecision", "endQualifier", "redirect")
_FACT = ("what", "value", "detail", "language")
WIDE = {
    "itemLabel": "label",
    "itemKo": "label",
    "itemEn": "label",
    "country": "country",
    "coordinates": "coordinates",
    "coord": "coordinates",
    "population": "population",
    "geonames": "geonames",
}
"""Columns beside a link that say something of its item, and what."""
_COUNTRY = {"countryLabel": "label", "iso": "iso"}
_COLUMNS = dict.fromkeys(("item", "other", "otherLabel", *_LINK, *_FACT, *WIDE, *_COUNTRY), ())
_CURE = Message("save the answer to the query that `citypact import query` prints, as JSON or CSV")

SparqlRow = dict[str, tuple[str, str]]
"""One row of an answer: value and language by variable; unbound ones are missing."""


def parse_json(data: bytes) -> list[SparqlRow]:
    """The rows of an answer in SPARQL 1.1 Query Results JSON. Raises ValueError for others.

    Also reads what the query page of Wikidata saves as JSON: a list of objects of plain values.
    """
    try:
        body = json.loads(data)
    except RecursionError as error:
        raise ValueError(Message("it is nested too deeply")) from error
    if isinstance(body, list) and all(isinstance(row, dict) for row in body):
        return [{k: (str(v), "") for k, v in row.items() if v is not None} for row in body]
    try:
        rows = body["results"]["bindings"]
        return [
            {k: (str(v["value"]), str(v.get("xml:lang", ""))) for k, v in row.items()}
            for row in rows
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(Message("it has no results and bindings")) from error


def read_answers(paths: Sequence[Path]) -> Twins:
    """Reads saved answers, JSON or CSV, that together hold links and facts.

    Raises CitypactError where a file is no answer or where none of them has links.
    """
    collected = Collected()
    inputs = []
    everything = hashlib.sha256()
    for path in paths:
        data = read_file(path)
        everything.update(data)
        inputs.append(Input(path.name, hashlib.sha256(data).hexdigest()))
        for row in _rows(data, path.name):
            collected.add(row)
    if not collected.rows_with_links:
        names = ", ".join(path.name for path in paths)
        raise CitypactError(
            "{names}: has no rows with `item` and `other`\n    -> {cure}", names=names, cure=_CURE
        )
    return collected.twins("answer", everything.hexdigest(), inputs)


def _rows(data: bytes, file: str) -> Iterable[SparqlRow]:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        try:
            return parse_json(decode(data, file).encode())
        except ValueError as error:
            what = (
                Message("line {line}", line=error.lineno)
                if isinstance(error, json.JSONDecodeError)
                else error
            )
            raise CitypactError(
                "{file}: is not a complete answer of a SPARQL endpoint ({what})\n    -> {cure}",
                file=file,
                what=what,
                cure=_CURE,
            ) from error
    table = parse_table(decode(data, file), file, _COLUMNS, ("item",))
    return [{k: (v, "") for k, v in row.cells.items() if v} for row in table.rows]


@dataclass(frozen=True, order=True)
class Fact:
    """One value that an answer gives for an item: value, its detail and its language."""

    value: str
    detail: str = ""
    language: str = ""


class Collected:
    """What answers say, put together: several values never make several links."""

    def __init__(self) -> None:
        self.rows_with_links = 0
        self.others = 0
        self._statements: dict[tuple[str, str, str], list[SparqlRow]] = defaultdict(list)
        self._unknown: set[tuple[str, str]] = set()
        self._facts: dict[tuple[str, str], set[Fact]] = defaultdict(set)

        self._redirects: dict[str, str] = {}
        self.doubts = Doubts()

    def add(self, row: SparqlRow) -> None:
        """Takes one row; what is neither link nor fact is left alone."""
        item = item_of(_value(row, "item"))
        if "other" in row:
            self.rows_with_links += 1
            other, statement = item_of(_value(row, "other")), _value(row, "statement")
            if other and (target := item_of(_value(row, "redirect"))):
                self._redirects[other] = target
            if item and other:
                self._statements[item, other, statement].append(row)
                self._add_label(other, row, "otherLabel")
            else:
                self._unknown.add((_value(row, "item"), statement or _value(row, "other")))
        if not item:
            return
        if "what" in row and "value" in row:
            value, language = row["value"]
            if _value(row, "what") == "redirect" and (target := item_of(value)):
                self._redirects[item] = target
            fact = Fact(value, _value(row, "detail"), language or _value(row, "language"))
            self._facts[item, _value(row, "what")].add(fact)
        for column in WIDE.keys() & row.keys():
            if WIDE[column] == "label":
                self._add_label(item, row, column)
            else:
                self._facts[item, WIDE[column]].add(Fact(row[column][0]))
        country = item_of(_value(row, "country"))
        if country:
            self._add_label(country, row, "countryLabel")
            if "iso" in row:
                self._facts[country, "iso"].add(Fact(row["iso"][0]))

    def _add_label(self, item: str, row: SparqlRow, column: str) -> None:
        value, language = row.get(column, ("", ""))
        # The label service gives the id where there is no label.
        if value and value != item:
            language = "ko" if column.endswith("Ko") else language or "en"
            self._facts[item, "label"].add(Fact(value, "", language))

    @property
    def items(self) -> list[str]:
        """The items of all links, by number; those that were merged by the items they led to."""
        found = {self._leads_to(end) for key in self._statements for end in key[:2]}
        return sorted(found, key=_number)

    def _leads_to(self, item: str) -> str:
        """The item that an item was merged into, at the end of all redirections."""
        seen = {item}
        while (target := self._redirects.get(item, "")) and target not in seen:
            seen.add(target)
            item = target
        return item

    def countries(self) -> list[str]:
        """The countries of all items, by number."""
        found = {country for item in self.items if (country := self._country(item))}
        return sorted(found, key=_number)

    def twins(self, kind: str, sha256: str, inputs: list[Input]) -> Twins:
        """The cities and links of all rows together."""
        cities = {item: self._city(item) for item in self.items}
        links = [
            self._link(item, other, statement, rows)
            for (item, other, statement), rows in self._statements.items()
        ]
        for item, target in sorted(self._redirects.items(), key=lambda pair: _number(pair[0])):
            merged = Message("was merged into {target}", target=target)
            self._tell(item, merged, Message("{target} is used instead", target=target))
        twins = Twins(
            kind, cities, links, True, sha256, inputs, others=len(self._unknown), doubts=self.doubts
        )
        return twins.tidy()

    def _link(self, item: str, other: str, statement: str, rows: list[SparqlRow]) -> TwinLink:
        start, end = _time(rows, "start"), _end(rows)
        if end == ENDED:
            self.doubts.changed("end", Message("ended at an unknown time"))
        name = statement.rsplit("/", 1)[-1] or f"{item} – {other}"
        for date in (start, end):
            if not is_year_of_a_tie(date):
                self._tell(
                    name,
                    Message("{text!r} cannot be the year of a partnership", text=date),
                    EMPTIED,
                    Message("correct it in Wikidata"),
                )
        start, end = (date if is_year_of_a_tie(date) else "" for date in (start, end))
        if ends_before(end, start):
            self._tell(
                name,
                Message("ends ({end}) before it starts ({start})", end=end, start=start),
                Message("the dates are left out"),
                Message("correct it in Wikidata"),
            )
            start = end = ""
        if self._leads_to(item) == self._leads_to(other):
            self._tell(name, Message("is linked with itself"), ROW_LEFT_OUT)
        return TwinLink(self._leads_to(item), self._leads_to(other), start, end)

    def _tell(self, name: str, reason: str, effect: str = TOLD, cure: str = "") -> None:
        self.doubts.found.append(Doubt(name, 0, "", "", reason, cure, effect, False))

    def _city(self, item: str) -> City:
        country = self._country(item)
        latitude, longitude = self._place(item) or (None, None)
        return City(
            item,
            self._label(item, "en", "mul"),
            self._label(item, "ko"),
            (),
            self._label(country, "en", "mul") or country,
            self._label(country, "ko"),
            self._iso(country),
            latitude,
            longitude,
            self._population(item),
            item,
            self._geonames(item),
        )

    def _get(self, item: str, what: str) -> list[Fact]:
        return sorted(self._facts.get((item, what), ()))

    def _label(self, item: str, *languages: str) -> str:
        for language in languages:
            for fact in self._get(item, "label"):
                is_short = fact.language == language and len(fact.value) <= LONGEST
                if is_short and (name := clean(fact.value)):
                    return name
        return ""

    def _country(self, item: str) -> str:
        """The country of an item: one that has not ended where there is one, the oldest item."""
        found = [
            (bool(f.detail), _number(c), c)
            for f in self._get(item, "country")
            if (c := item_of(f.value))
        ]
        return min(found)[2] if found else ""

    def _iso(self, country: str) -> str:
        codes = [f.value for f in self._get(country, "iso") if re.fullmatch("[A-Z]{2}", f.value)]
        return codes[0] if codes else ""

    def _place(self, item: str) -> tuple[float, float] | None:
        """The first point on Earth, by its text: any of several, but always the same one."""
        for fact in self._get(item, "coordinates"):
            match = POINT.fullmatch(fact.value.strip())
            if not match or (fact.value.startswith("<") and f"<{_EARTH}>" not in fact.value):
                continue
            try:
                longitude, latitude = float(match[1]), float(match[2])
            except ValueError:
                continue
            if latitude == longitude == 0:
                self._tell(item, Message("0, 0 is treated as missing coordinates"), EMPTIED)
                continue
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                return latitude, longitude
        return None

    def _population(self, item: str) -> int | None:
        """The latest count by its date; of several of one date the largest."""
        found = []
        for fact in self._get(item, "population"):
            try:
                value = float(fact.value)
            except ValueError:
                continue
            if 0 < value < 1e12 and value.is_integer():
                found.append((fact.detail, int(value)))
        return max(found)[1] if found else None

    def _geonames(self, item: str) -> str:
        found = [f.value for f in self._get(item, "geonames") if f.value.isdecimal()]
        return min(found, key=lambda value: (len(value), value)) if found else ""


def item_of(text: str) -> str:
    """The id of an item, such as Q8684, from its IRI or id; empty for anything else."""
    match = ITEM.fullmatch(text.strip())
    return match[1] if match else ""


def _number(item: str) -> int:
    return int(item[1:])


def _value(row: SparqlRow, name: str) -> str:
    return row.get(name, ("", ""))[0]


def _time(rows: list[SparqlRow], name: str) -> str:
    """The date of a statement as EDTF; of several the first start, the last end."""
    found = {
        edtf(_value(row, name), _value(row, f"{name}Precision")) for row in rows if name in row
    } - {""}
    if not found:
        return ""
    return min(found) if name == "start" else max(found)


def _end(rows: list[SparqlRow]) -> str:
    """The end of a statement; ENDED where it is said to have one that nobody knows."""
    if end := _time(rows, "end"):
        return end
    texts = {_value(row, name) for row in rows for name in ("end", "endQualifier")} - {""}
    # A date that cannot be said in EDTF, or a node that stands for an unknown value.
    return ENDED if texts else ""


def edtf(time: str, precision: str = "") -> str:
    """A time of Wikidata as EDTF, no more precise than its precision (8 decade, 9 year …).

    Without a precision, the first of January is read as the year and the first of a month as the
    month, because that is how Wikidata writes them. Empty for what cannot be said.

    >>> edtf("1976-05-18T00:00:00Z", "11"), edtf("1976-01-01T00:00:00Z", "9")
    ('1976-05-18', '1976')
    """
    match = _TIME.fullmatch(time.strip())
    if not match:
        return ""
    year, month, day = match.groups()
    if not precision.isdecimal():
        precision = "11" if day not in ("00", "01") else "10" if month not in ("00", "01") else "9"
    forms = {
        8: f"{year[:3]}X",
        9: year,
        10: f"{year}-{month}",
        11: f"{year}-{month}-{day}",
    }
    text = forms.get(int(precision), "")
    try:
        return parse_edtf(text).text if text else ""
    except ValueError:
        return ""


__all__ = ["Collected", "Fact", "SparqlRow", "edtf", "item_of", "parse_json", "read_answers"]
