"""Merges: judgements that two entries are one thing, kept in a file, replayed at every reading.

`merges.csv` has a row a judgement: `entry` becomes one with `into`, for the `reason` given in both
languages. All that is said of the entry is then said of the other, its names become aliases; where
the editors say of both what can have one value, such as where a city lies, the other keeps its own.
A row that is taken out undoes its merge: files name the entry as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from citypact.ontology import ID, LANGUAGES, NS, SKOS, is_editors
from citypact.ontology.errors import Message, Problem, RecordError, shown
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.files.csv_tables import table
from citypact.sources.model import Claim, Place, Sources, Triple

COLUMNS = ("entry", "into", "reason.ko", "reason.en")


@dataclass(frozen=True)
class Merge:
    """One judgement: the IRI of an entry, that of the thing it is, the reason by language."""

    entry: str
    into: str
    reasons: tuple[tuple[str, str], ...]
    place: Place


def merge(sources: Sources, path: Path, problems: list[Problem], prefix: str = "") -> None:
    """Replays the judgements of a file on what was read; without the file nothing changes.

    Faults of the file are added to `problems`: entries that nobody declares, of different classes,
    judged twice, or merged in a circle; `prefix` stands before its name.
    """
    if not path.exists():
        return
    try:
        merges = _read(path, f"{prefix}{path.parent.name}/{path.name}", sources)
    except RecordError as error:
        problems += error.problems
        return
    target = {each.entry: each.into for each in merges}
    ends = {entry: _end(entry, target) for entry in target}
    names = _names(sources, set(ends))
    sources.claims = _distinct(_moved(claim, ends) for claim in _without_doubles(sources, ends))
    for iri in [iri for iri in sources.things if _iri(iri, ends) != iri and iri not in ends]:
        part = sources.things.pop(iri)
        sources.things.setdefault(_iri(iri, ends), replace(part, iri=_iri(iri, ends)))
    sources.imported = {
        document: [moved for triple in triples if (moved := _moved_triple(triple, ends))]
        for document, triples in sources.imported.items()
    }
    sources.listed -= {*ends, *ends.values()}
    for each in merges:
        slug = each.entry.removeprefix(ID)
        sources.claims.append(
            Claim(
                ends[each.entry],
                NS + "mergedFrom",
                ox.Literal(slug),
                sources.editors_of(each.place.file),
                each.place,
                notes=each.reasons,
            )
        )
        sources.claims += [
            Claim(
                ends[each.entry],
                SKOS + "altLabel",
                name,
                sources.editors_of(each.place.file),
                each.place,
            )
            for name in names.get(each.entry, ())
        ]
        sources.things.pop(each.entry, None)
        sources.labelled.discard(each.entry)


def _read(path: Path, file: str, sources: Sources) -> list[Merge]:
    header, rows = table(path, file)
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        message = Message("has no column {missing!r}", missing=missing[0])
        raise RecordError(
            [
                Problem(
                    file,
                    1,
                    "",
                    message,
                    Message("it requires {columns}", columns=", ".join(COLUMNS)),
                )
            ]
        )
    found: list[Merge] = []
    faults: list[Problem] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        cells = dict(zip(header, row, strict=True))
        entry, into = (ID + cells[column] for column in ("entry", "into"))

        def fault(column: str, message: str, cure: str, line: int = line) -> None:
            faults.append(Problem(file, line, column, message, cure))

        for column in ("entry", "into"):
            if ID + cells[column] not in sources.things:
                fault(
                    column,
                    Message("{cells} is not an entry", cells=shown(cells[column])),
                    "write it as city/kyiv",
                )
        kinds = {sources.things[iri].class_name for iri in (entry, into) if iri in sources.things}
        if len(kinds) > 1:
            fault("into", "is of another class than the entry", "merge things of one class")
        if entry in seen:
            fault(
                "entry",
                Message("is judged twice (first in line {seen})", seen=seen[entry]),
                "keep one row",
            )
        seen.setdefault(entry, line)
        for column in ("reason.ko", "reason.en"):
            if not cells[column]:
                fault(column, "is missing in a language", "say why the two are one")
        if "SourceDocument" in kinds:
            fault(
                "entry",
                "is a document: its claims stay its own",
                "merge the things that it is about",
            )
        if cells["entry"].count("/") > 1:
            fault("entry", "is a part: merge what it is part of", "write it as city/kyiv")
        reasons = tuple((language, cells[f"reason.{language}"]) for language in sorted(LANGUAGES))
        found.append(Merge(entry, into, reasons, Place(file, line, "entry")))
    target = {each.entry: each.into for each in found}
    for each in found:
        if _end(each.entry, target) == each.entry:
            cure = Message("let one of the entries stay")
            faults.append(Problem(file, each.place.line, "into", "leads back to the entry", cure))
    if faults:
        raise RecordError(faults)
    return found


def _end(entry: str, target: dict[str, str]) -> str:
    """Where a chain of merges ends; the entry itself where it goes in a circle."""
    seen = {entry}
    here = target[entry]
    while here in target:
        if here in seen:
            return entry
        seen.add(here)
        here = target[here]
    return here


def _names(sources: Sources, entries: set[str]) -> dict[str, list[ox.Literal]]:
    found: dict[str, list[ox.Literal]] = {}
    for claim in sources.claims:
        if claim.subject in entries and claim.predicate == SKOS + "prefLabel":
            assert isinstance(claim.object, ox.Literal)
            found.setdefault(claim.subject, []).append(claim.object)
    return found


def _without_doubles(sources: Sources, ends: dict[str, str]) -> Iterator[Claim]:
    """Claims, without what the editors say of an entry where its other half has a value already.

    Of several entries that become one that has none, the first by IRI gives it: the order of rows
    decides nothing.
    """
    heard: dict[tuple[str, str], tuple[bool, str]] = {}
    of_one_value = {prop.iri for prop in vocabulary().properties.values() if prop.one_value}

    def is_single(claim: Claim) -> bool:
        """Whether the editors say it of a property that has one value."""
        return claim.predicate in of_one_value and is_editors(claim.document)

    for claim in filter(is_single, sources.claims):
        key = ends.get(claim.subject, claim.subject), claim.predicate
        speaker = claim.subject in ends, claim.subject
        heard[key] = min(heard.get(key, speaker), speaker)
    for claim in sources.claims:
        if not is_single(claim):
            yield claim
            continue
        key = ends.get(claim.subject, claim.subject), claim.predicate
        if heard[key][1] == claim.subject:
            yield claim


def _moved(claim: Claim, ends: dict[str, str]) -> Claim | None:
    """A claim about the thing that an entry was merged into; None for the entry's main name."""
    if claim.predicate == SKOS + "prefLabel" and claim.subject in ends:
        return None
    subject = _iri(claim.subject, ends)
    value = claim.object
    if isinstance(value, ox.NamedNode) and (iri := _iri(value.value, ends)) != value.value:
        value = ox.NamedNode(iri)
    speaker = _iri(claim.attributed_to, ends)
    if (subject, value, speaker) == (claim.subject, claim.object, claim.attributed_to):
        return claim
    return replace(claim, subject=subject, object=value, attributed_to=speaker)


def _moved_triple(triple: Triple, ends: dict[str, str]) -> Triple | None:
    """What an imported list states, of the thing merged into; None for names and ties to itself."""
    subject, predicate, value = triple
    moved = ends.get(subject.value)
    end = ends.get(value.value) if isinstance(value, ox.NamedNode) else None
    if moved is None and end is None:  # as nearly all of tens of thousands
        return None if value.value == subject.value else triple
    if moved is not None:
        if isinstance(value, ox.Literal):
            return None
        subject = ox.NamedNode(moved)
    if end is not None:
        value = ox.NamedNode(end)
    return None if value.value == subject.value else (subject, predicate, value)


def _iri(iri: str, ends: dict[str, str]) -> str:
    """The IRI itself or of the thing merged into; parts of a merged thing move with it."""
    if iri in ends:
        return ends[iri]
    whole = ID + "/".join(iri.removeprefix(ID).split("/")[:2])
    return ends[whole] + iri[len(whole) :] if whole in ends else iri


def _distinct(claims: Iterable[Claim | None]) -> list[Claim]:
    """Without what an entry and its other half both say in one document."""
    found: list[Claim] = []
    seen: set[tuple[object, ...]] = set()
    for claim in claims:
        if claim is None:
            continue
        key = (claim.subject, claim.predicate, claim.object, claim.document, claim.modality)
        if key in seen and is_editors(claim.document):
            continue
        seen.add(key)
        found.append(claim)
    return found
