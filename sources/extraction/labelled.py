"""Labelled documents: texts with what is right, by which extraction is measured.

`NN.txt` has the address in its first line, the day of publication in its second (either may be
empty) and then the text; `NN.yaml` has what is right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from citypact.ontology.errors import CitypactError
from citypact.sources.extraction.gazetteer import gazetteer

_SIGNS = re.compile(r"[\W_]+")
_CITY_WORDS = re.compile(
    r"^(?:the )?city of (?P<a>.+)$"
    r"|^(?P<b>.+?)(?: metropolitan(?: city)?| special(?: self-governing)? city)? government$"
    r"|^(?P<c>.+?)(?: metropolitan| special)? city(?: council| hall)?$"
    r"|^(?P<d>.{2,}?)(?:특별자치시|특별시|광역시|시)(?:청)?$"
)
_PROVINCE_WORDS = re.compile(
    r"^(?:the )?(?:state|province) of (?P<a>.+)$|^(?P<b>.+?) (?:province|state|prefecture)$"
    r"|^(?P<c>.+)-do$"
)


def name_key(name: str) -> str:
    """A name without what spellings differ in: case, accents, spaces and signs."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _SIGNS.sub("", unicodedata.normalize("NFC", plain)).casefold()


def name_keys(names: Iterable[str], kind: str = "") -> frozenset[str]:
    """The keys of names, with and without the words that a city or province may have.

    A city is the same with 시 or `City of`; a province (kind `government`) with `Province`.

    >>> sorted(name_keys(["City of Seoul"], "city"))
    ['cityofseoul', 'seoul']
    """
    keys = set()
    for name in names:
        keys.add(name_key(name))
        pattern = {"city": _CITY_WORDS, "government": _PROVINCE_WORDS}.get(kind)
        match = pattern.match(" ".join(name.split()).casefold()) if pattern else None
        if match:
            keys.add(name_key(next(group for group in match.groups() if group)))
    return frozenset(keys - {""})


@dataclass(frozen=True, slots=True)
class Party:
    """A party that is demanded. keys: of all names that are right (see `name_keys`)."""

    name: str
    kind: str
    keys: frozenset[str]

    def is_called(self, name: str) -> bool:
        """Whether a name is one of its names."""
        return not self.keys.isdisjoint(name_keys([name], self.kind))


@dataclass(frozen=True, slots=True)
class LabelledSignatory:
    """Who signs. of: the name of the side, '' where the label names none.

    is_demanded: False for who attended only; that is neither demanded nor counted wrong.
    """

    name: str
    keys: frozenset[str]
    of: str
    is_demanded: bool


@dataclass(frozen=True, slots=True)
class LabelledAgreement:
    """What is right of an agreement. Each set has all answers that are right, first the label's.

    dates: as precise as the file allows; '' where no date is right. topics: all concepts of the
    scheme that its topics are. mode: `in_person`, `online` or `unknown`. legally_binding: `true`,
    `false` or `unknown`.
    """

    forms: tuple[str, ...]
    statuses: tuple[str, ...]
    parties: tuple[Party, ...]
    dates: tuple[str, ...]
    signatories: tuple[LabelledSignatory, ...]
    topics: tuple[str, ...]
    modes: tuple[str, ...]
    legal_forces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document with what is right. published: EDTF, '' where the page shows none."""

    name: str
    language: str
    address: str
    published: str
    text: str
    agreements: tuple[LabelledAgreement, ...]


def read_labelled(folder: Path) -> tuple[LabelledDocument, ...]:
    """The labelled documents of a folder by name.

    Raises CitypactError naming the file, for one that cannot be read or lacks its other half.
    """
    if not folder.is_dir():
        raise CitypactError(
            "{folder}: is not a folder\n    -> name one with NN.txt and NN.yaml", folder=folder
        )
    files = [*folder.glob("[!.]*.yaml"), *folder.glob("[!.]*.txt")]
    names = sorted({path.stem for path in files if path.stem.lower() != "readme"})
    if not names:
        raise CitypactError(
            "{folder}: has no labelled documents\n    -> name a folder with NN.txt and NN.yaml",
            folder=folder,
        )
    return tuple(_document(folder / f"{name}.txt", folder / f"{name}.yaml") for name in names)


def _document(text_file: Path, label_file: Path) -> LabelledDocument:
    for path, other in ((text_file, label_file), (label_file, text_file)):
        if not path.is_file():
            raise CitypactError(
                "{file}: is missing\n    -> add it, or remove {other}", file=path, other=other
            )
    lines = _text(text_file).split("\n", 2)
    address, published, text = (line.strip() for line in (*lines, "", "")[:3])
    label = _mapping(_label(label_file), label_file, "")
    agreements = label.get("agreements")
    if not isinstance(agreements, list):
        raise _fault(label_file, "agreements")
    surfaces = _mapping(label.get("surfaces") or {}, label_file, "surfaces")
    return LabelledDocument(
        text_file.stem,
        str(label.get("language") or ""),
        address,
        published,
        text,
        tuple(
            _agreement(_mapping(each, label_file, f"agreements[{i}]"), surfaces, label_file, i)
            for i, each in enumerate(agreements)
        ),
    )


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CitypactError(
            "{file}: cannot be read: {error}\n    -> save it as UTF-8", file=path, error=error
        ) from error


def _label(path: Path) -> object:
    try:
        return yaml.load(_text(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise CitypactError(
            "{file}: is not YAML: {error}\n    -> correct it", file=path, error=error
        ) from error


def _mapping(value: object, path: Path, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _fault(path, place or "agreements")
    return value


def _fault(path: Path, place: str) -> CitypactError:
    return CitypactError(
        "{file}: {place} is missing or of another kind than expected\n    -> see the labels in "
        "docs/reading.md",
        file=path,
        place=place,
    )


def _agreement(
    label: Mapping[str, Any], surfaces: Mapping[str, Any], path: Path, place: int
) -> LabelledAgreement:
    if not label.get("type"):
        raise _fault(path, f"agreements[{place}].type")
    for field in ("parties", "signatories"):
        people = label.get(field, [] if field == "signatories" else None)
        named = [isinstance(each, dict) and "name" in each for each in _list(people)]
        if not all(named) or (field == "parties" and not named):
            raise _fault(path, f"agreements[{place}].{field}")
    parties = tuple(_party(each, surfaces) for each in label["parties"])
    wide = "topic_concepts_wide" if label.get("topic_concepts_wide") else "topic_concepts"
    date = "date_without_url" if "date_without_url" in label else "date"
    topics = [str(topic) for each in _list(label.get(wide)) for topic in _list(each)]
    return LabelledAgreement(
        _answers(label, "type"),
        _answers(label, "status"),
        parties,
        _answers(label, date, absent=""),
        tuple(_signatory(each, surfaces) for each in label.get("signatories") or ()),
        tuple(dict.fromkeys(topics)),
        _answers(label, "mode", absent="unknown"),
        _answers(label, "legally_binding", absent="unknown"),
    )


def _answers(label: Mapping[str, Any], field: str, absent: str = "") -> tuple[str, ...]:
    """The answer of a field and those of its `…_also`; true and false as YAML writes them."""
    answers = [label.get(field), *_list(label.get(f"{field}_also"))]
    return tuple(
        dict.fromkeys(
            absent if each is None else str(each).lower() if isinstance(each, bool) else str(each)
            for each in answers
        )
    )


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _names(label: Mapping[str, Any], surfaces: Mapping[str, Any]) -> list[str]:
    name = str(label["name"])
    names = [name, label.get("name_en"), *_list(label.get("also")), *_list(surfaces.get(name))]
    return [str(each) for each in names if each]


def _party(label: Mapping[str, Any], surfaces: Mapping[str, Any]) -> Party:
    kind, name = str(label.get("kind") or ""), str(label["name"])
    names = [*_names(label, surfaces), *_of_gazetteer(name, kind)]
    return Party(name, kind, name_keys(names, kind))


def _of_gazetteer(name: str, kind: str) -> list[str]:
    """What the gazetteer calls a place, whose name counts as the same: Seoul and 서울."""
    if kind not in ("city", "government"):
        return []
    for place in gazetteer().named(name):
        if (place.kind == "city") == (kind == "city"):
            return [place.label_en, place.label_ko]
    return []


def _signatory(label: Mapping[str, Any], surfaces: Mapping[str, Any]) -> LabelledSignatory:
    return LabelledSignatory(
        str(label["name"]),
        name_keys(_names(label, surfaces)),
        str(label.get("of") or ""),
        not str(label.get("basis") or "").startswith("attended"),
    )
