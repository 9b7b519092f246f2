"""What `citypact import twins` says: how tables were understood, what was found, doubts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from citypact.commands.help import columns
from citypact.ontology.errors import Message
from citypact.terminal import print_json, print_lines, print_message
from citypact.translation import translated

if TYPE_CHECKING:
    from citypact.sources.twins.columns import TableReading
    from citypact.sources.twins.doubts import Doubt
    from citypact.sources.twins.model import Twins
    from citypact.sources.twins.reconcile import Match
    from citypact.sources.twins.write import Import

MANY = 10
_NAMES_SHOWN = 6
_WIDEST = 28
_OTHERS_SHOWN = 60
"""Columns that are not understood, in the table of columns."""
DOUBTFUL = ("ambiguous", "unmatched")
HOW_TO_SKIP = Message("Correct the list, or give --skip-faulty to import the rest of it:")
"""What is said before the faults of a list."""
COUNTS = {
    "cities": Message("cities"),
    "links": Message("links"),
    "matched": Message("matched with known cities"),
    "wikidata": Message("by Wikidata item"),
    "geonames": Message("by GeoNames identifier"),
    "identifier": Message("by another identifier"),
    "distance": Message("by name, country and distance"),
    "name": Message("by name and country"),
    "judgement": Message("by your judgement"),
    "new": Message("new"),
    "ambiguous": Message("ambiguous (not merged)"),
    "unmatched": Message("not comparable"),
    "twice": Message("known cities whose name would exist twice"),
    "ended": Message("links that have ended"),
    "ended_unknown": Message("links that have ended at an unknown time"),
    "ends_of_one_side": Message("ends that only one of the two cities states"),
    "duplicates": Message("duplicates left out"),
    "loops": Message("links of a city with itself left out"),
    "others": Message("statements without a known city left out"),
}
MEANINGS = {
    "source": Message("city"),
    "target": Message("partner city"),
    "start": Message("start"),
    "end": Message("end"),
    "status": Message("in force or ended"),
    "kind": Message("kind of partnership"),
    "id": Message("identifier"),
    "name": Message("name"),
    "city": Message("name"),
    "korean": Message("Korean name"),
    "aliases": Message("other names"),
    "country": Message("country"),
    "iso2": Message("country code"),
    "region": Message("region"),
    "latitude": Message("latitude"),
    "longitude": Message("longitude"),
    "coordinates": Message("coordinates"),
    "population": Message("population"),
    "wikidata": Message("Wikidata item"),
    "geonames": Message("GeoNames identifier"),
    "osm": Message("OpenStreetMap identifier"),
    "iso3166_2": Message("ISO 3166-2 code"),
    "unlocode": Message("UN/LOCODE"),
    "unused": Message("not used"),
    "": Message("not understood"),
}


def _meaning(field: str) -> str:
    """What a column is read as, in words."""
    side, _, name = field.rpartition(".")
    words = MEANINGS[name]
    if not side:
        return translated(words)
    of_side = (
        Message("{what} of the city") if side == "source" else Message("{what} of the partner city")
    )
    return translated(Message(of_side.template, what=words))


def print_tables(tables: Iterable[TableReading]) -> None:
    """Shows how each column of each table was understood."""
    for table in tables:
        print_lines("\n".join(_table_lines(table)) + "\n")


def _table_lines(table: TableReading) -> list[str]:
    sheet = table.sheet
    form = sheet.format + (f", {sheet.encoding}" if sheet.encoding else "")
    if sheet.confidence < 1 or sheet.encoding not in ("", "UTF-8"):
        form = translated(
            Message("{form} (confidence {share:.0%})", form=form, share=sheet.confidence)
        )
    head = Message(
        "{file}: {form}; headings in line {line}", file=sheet.place, form=form, line=table.line
    )
    lines = [translated(head)]
    if table.titles:
        above = " / ".join(table.titles)[:80]
        lines.append("  " + translated(Message("above them: {titles}", titles=above)))
    rows = [
        tuple(
            map(translated, (Message("column"), Message("understood as"), Message("examples"),
                             Message("not understood")))
        )
    ]  # fmt: skip
    known = [column for column in table.columns if column.field]
    others = [column for column in table.columns if not column.field]
    shown = {column.at for column in [*known, *others[:_OTHERS_SHOWN]]}
    for column in (each for each in table.columns if each.at in shown):
        meaning = _meaning(column.field)
        if column.near:
            meaning += f" ({column.near}?)"
        examples = ", ".join(column.examples)
        doubtful = str(column.doubtful) if column.doubtful else ""
        rows.append((_short(column.heading), meaning, _short(examples), doubtful))
    widths = [max(columns(row[at]) for row in rows) for at in range(3)]
    for row in rows:
        cells = [
            text + " " * (width - columns(text))
            for text, width in zip(row[:3], widths, strict=True)
        ]
        lines.append("  " + "  ".join([*cells, row[3]]).rstrip())
    if len(others) > _OTHERS_SHOWN:
        more = len(others) - _OTHERS_SHOWN
        rest = Message(
            "… and {count} more {count:column that is|columns that are} not understood", count=more
        )
        lines.append(f"  {translated(rest)}")
    lines += [f"  {translated(remark)}" for remark in table.remarks]
    return lines


def _short(text: str) -> str:
    """The beginning of a text that would make the table too wide."""
    text = " ".join(text.split())
    if len(text) <= _WIDEST and columns(text) <= _WIDEST:
        return text
    text = text[:_WIDEST]
    while columns(text) >= _WIDEST:
        text = text[:-1]
    return text + "…"


def _print_doubts(doubts: Sequence[Doubt]) -> None:
    """Shows what was left out or changed: of each kind the number and the first place."""
    if not doubts:
        return
    kinds: dict[tuple[str, str], list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        template = getattr(doubt.reason, "template", doubt.reason)
        kinds[template, doubt.effect].append(doubt)
    print_lines("\n" + translated("Omitted, changed or uncertain:"))
    for same in kinds.values():
        first = same[0]
        line = f"  {first.place}: {translated(first.reason)} → {translated(first.effect)}"
        if len(same) > 1:
            more = Message("and {count} more of this kind", count=len(same) - 1)
            line += f" ({translated(more)})"
        print_lines(line)


def _print_counts(
    counts: dict[str, Any], twins: Twins, matches: Sequence[Match], twice: Sequence[str]
) -> None:
    from citypact.sources.twins.edge_tables import unknown_countries

    lines: list[tuple[str, str, int]] = [("", key, counts[key]) for key in ("cities", "links")]
    for decision, number in counts["decisions"].items():
        lines.append(("", decision, number))
        if decision == "matched":
            lines += [("  ", rule, n) for rule, n in counts["rules"].items() if n]
    if twice:
        lines.append(("", "twice", len(twice)))
    more = ("ended", "ended_unknown", "ends_of_one_side", "duplicates", "loops", "others")
    lines += [("", key, counts[key]) for key in more if counts.get(key)]
    for indent, key, number in lines:
        print_lines(f"{number:>8,}  {indent}{translated(COUNTS[key])}")
    if twice:
        names = ", ".join(twice[:_NAMES_SHOWN]) + (" …" if len(twice) > _NAMES_SHOWN else "")
        print_lines(f"          {names}")
    for column, changes in sorted(twins.doubts.changes.items()):
        told = ", ".join(
            f"{translated(what)} {count:,}" for what, count in sorted(Counter(changes).items())
        )
        reads = Message("Converted values, {column}: {changes}",
                        column=_meaning(column), changes=told)  # fmt: skip
        print_lines(translated(reads))
    unknown = unknown_countries(twins.cities)
    if unknown:
        print_lines("\n" + translated("Countries that are not understood:"))
    for name, count, cure in unknown[:MANY]:
        told_count = translated(Message("{count} {count:city|cities}", count=count))
        print_lines(f"  {name} ({told_count}) -> {translated(cure)}")
    for decision in DOUBTFUL:
        named = [m for m in matches if m.decision == decision and (m.city.name or m.city.korean)]
        if named:
            print_lines(f"\n{translated(COUNTS[decision])}:")
        for match in named[:MANY]:
            name = match.city.name or match.city.korean
            print_lines(f"  {match.city.id}  {name}: {translated(match.reason)}")
        if len(named) > MANY:
            rest = Message("… and {count} more in matches.csv", count=len(named) - MANY)
            print_lines(f"  {translated(rest)}")


def show_report(
    written: Import, twins: Twins, matches: Sequence[Match], twice: Sequence[str]
) -> None:
    """The report of a finished import, for people."""
    print_tables(twins.tables)
    _print_counts(written.summary["counts"], twins, matches, twice)
    _print_doubts(twins.doubts.found)
    if twins.doubts.found:
        print_lines("  " + translated("left-out.csv lists them all."))
    print_lines(f"\n{written.folder}")


def show_dry_run(
    twins: Twins, matches: Sequence[Match], twice: Sequence[str], *, as_json: bool
) -> None:
    """How a list is understood, and what an import would find; nothing is written."""
    from citypact.sources.twins.output_tables import counted, table_summary

    counts = counted(twins, matches)
    if as_json:
        print_json(
            {
                "counts": counts | {"twice": len(twice)},
                "tables": [table_summary(table) for table in twins.tables],
                "doubts": [_as_json(doubt) for doubt in twins.doubts.found],
            }
        )
        return
    print_tables(twins.tables)
    _print_counts(counts, twins, matches, twice)
    _print_doubts(twins.doubts.found)
    print_message(translated("Nothing was written."))


def show_json(written: Import, matches: Sequence[Match], twice: Sequence[str]) -> None:
    """The report of a finished import, for programs."""
    doubtful = [
        {
            "source_id": match.city.id,
            "name": match.city.name or match.city.korean,
            "decision": match.decision,
            "reason": match.reason,
        }
        for match in matches
        if match.decision in DOUBTFUL and (match.city.name or match.city.korean)
    ]
    print_json(
        written.summary
        | {"folder": str(written.folder), "doubtful": doubtful, "names_twice": list(twice)}
    )


def _as_json(doubt: Doubt) -> dict[str, Any]:
    return {
        "file": doubt.file,
        "line": doubt.line,
        "column": doubt.column,
        "value": doubt.value,
        "reason": doubt.reason,
        "effect": doubt.effect,
    }


__all__ = ["HOW_TO_SKIP", "print_tables", "show_dry_run", "show_json", "show_report"]
