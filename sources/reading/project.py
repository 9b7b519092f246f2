"""A project: a folder with a `citypact.toml`, which says whose graph it is and what it builds on.

The package is a project itself, Seoul's, and what others build on:

    title = { ko = "부산의 도시 협력 네트워크", en = "Busan's network of city partnerships" }
    centre = "city/busan"           # a city, network or organisation
    build = "build"                 # the folder of the build, or the address of a SPARQL server
    imports = ["kosis-2026"]        # lists that `citypact import` brought in
    editors = { ko = "부산광역시", en = "City of Busan" }    # who states what has no source

    [base]
    project = "package"             # or "hubs", "memberships", or the folder of another project
    take = "all"                    # or "records" (documents read in full), or "entities"

Who builds on several writes [[base]] for each. A folder without a citypact.toml stands alone: it
holds all that it speaks of.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citypact.ontology import LANGUAGES
from citypact.ontology.errors import CitypactError, Message, shown, suggestion
from citypact.sources import HUBS, HUBS_AND_MEMBERSHIPS, MEMBERSHIPS, PACKAGED
from citypact.sources.files.input_files import read_at_most

FILE = "citypact.toml"
MAXIMUM_BYTES = 1_000_000
"""Of a citypact.toml."""
DOCUMENTS = "documents"
"""The folder of a project for the texts of its documents, which no build contains."""
MOST_READ = 50
"""Projects on which one builds, each as often as another builds on it."""
PACKAGE = "package"
SHIPPED = {
    PACKAGE: PACKAGED,
    "hubs": HUBS,
    "memberships": MEMBERSHIPS,
    "hubs-and-memberships": HUBS_AND_MEMBERSHIPS,
}
"""The projects that travel with the package, by the name that a project can build on."""
PARTS = ("registers", "records")
"""What is read of a project besides its entities."""
FOLDERS = ("entities", *PARTS, DOCUMENTS)
"""The folders of a project in which only sources are: nothing is built there."""
TAKEN = {"all": PARTS, "records": ("records",), "entities": ()}
"""What a project can take of its base, and the parts that this is. Registers build on records."""
_KEYS = ("title", "centre", "build", "imports", "editors", "base")
_CENTRE = re.compile(r"(city|territory|government|network|organization)/[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Base:
    """What a project builds on, and which of PARTS of it are read, for their own sake."""

    project: Project
    take: tuple[str, ...]


@dataclass(frozen=True)
class Project:
    """What a citypact.toml says.

    Attributes: folder; title (by language; empty where none is given) and centre (the end of an
    IRI such as city/busan, '' for none); build (a folder or the address of a server; None where
    the folder of the process counts); imports (names of lists); editors (by language; empty where
    none are named); bases (what it builds on).
    """

    folder: Path
    title: dict[str, str] = field(default_factory=dict)
    centre: str = ""
    build: str | None = None
    imports: tuple[str, ...] = ()
    editors: dict[str, str] = field(default_factory=dict)
    bases: tuple[Base, ...] = ()

    @property
    def is_shipped(self) -> bool:
        """Whether it travels with the package: nothing is written into its folder."""
        return self.folder.resolve() in {each.resolve() for each in SHIPPED.values()}

    def about(self) -> dict[str, Any]:
        """What the summary of a build says of its project: its title and centre, where given."""
        said = {"title": self.title, "centre": self.centre}
        return {name: value for name, value in said.items() if value}


def packaged(*, hubs: bool = False, memberships: bool = False) -> Path:
    """The folder of the package, or of the project on top of it with further registers."""
    named = [name for name, chosen in (("hubs", hubs), ("memberships", memberships)) if chosen]
    return SHIPPED["-and-".join(named) or PACKAGE]


def find_project(start: Path) -> Project | None:
    """The project in whose folder, or below it, `start` lies. Raises CitypactError as below."""
    for folder in (start.absolute(), *start.absolute().parents):
        if os.path.lexists(folder / FILE):
            return read_project(folder)
    return None


def read_project(folder: Path) -> Project:
    """The project of a folder; without a citypact.toml, what is there stands alone.

    Raises CitypactError for what cannot be read, with file and field, and for projects that build
    on each other in a circle.
    """
    return _read(folder, (), [])


def _read(folder: Path, above: tuple[Path, ...], read: list[Path]) -> Project:
    path = folder / FILE
    read.append(path)
    if len(read) > MOST_READ:
        raise _fault(
            read[0],
            "base",
            Message("builds on more than {most} projects", most=MOST_READ),
            Message("name each of them once"),
        )
    if folder.resolve() in above:
        raise _fault(
            path, "base.project", Message("builds on itself"), Message("build on another project")
        )
    if not os.path.lexists(path):
        return Project(folder)
    import tomllib  # most who ask a build are in no project

    from citypact.sources.files.csv_tables import unreadable

    try:
        # Editors on Windows begin a text with a byte order mark, which TOML has not.
        data = read_at_most(path, MAXIMUM_BYTES)
        if len(data) > MAXIMUM_BYTES:
            raise CitypactError(
                "{path}: is larger than {maximum_bytes} bytes\n    -> begin with `citypact new`",
                path=path,
                maximum_bytes=MAXIMUM_BYTES,
            )
        table = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise CitypactError(
            "{path}: is not encoded in UTF-8\n    -> save it as UTF-8", path=path
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CitypactError(
            "{path}: is not TOML ({error})\n    -> mend it, or begin with `citypact new`",
            path=path,
            error=error,
        ) from error
    _known(path, "", table, _KEYS)
    bases = _tables(path, "base", table.get("base", []))
    build = _text(path, "build", table.get("build", "build"))
    is_address = re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", build)
    is_shipped = Project(folder).is_shipped
    return Project(
        folder,
        _in_both(path, "title", table.get("title", {})),
        _centre(path, table.get("centre", "")),
        None if is_shipped else build if is_address else str(_below(path, "build", build)),
        _texts(path, "imports", table.get("imports", [])),
        _in_both(path, "editors", table.get("editors", {})),
        tuple(_base(path, base, (*above, folder.resolve()), read) for base in bases),
    )


def _base(path: Path, base: dict[str, Any], above: tuple[Path, ...], read: list[Path]) -> Base:
    _known(path, "base.", base, ("project", "take"))
    return Base(_project(path, base, above, read), _take(path, base.get("take", "all")))


def _project(
    path: Path, base: dict[str, Any], above: tuple[Path, ...], read: list[Path]
) -> Project:
    named = _text(path, "base.project", base.get("project", PACKAGE))
    if named in SHIPPED:
        return _read(SHIPPED[named], above, read)
    folder = Path(os.path.normpath(path.parent / named))
    if not os.path.lexists(folder / FILE):
        cure = Message(
            "name a folder with a {file}, or {names}", file=FILE, names=", ".join(SHIPPED)
        )
        message = Message("{folder} is not the folder of a project", folder=folder)
        raise _fault(path, "base.project", message, cure)
    return _read(folder, above, read)


def _take(path: Path, value: object) -> tuple[str, ...]:
    word = _text(path, "base.take", value)
    if word not in TAKEN:
        message = Message("{text} is not a part of a project", text=shown(word))
        raise _fault(path, "base.take", message, suggestion(word, TAKEN))
    return TAKEN[word]


def _in_both(path: Path, name: str, value: object) -> dict[str, str]:
    """A text in both languages, or none."""
    texts = _table(path, name, value)
    _known(path, f"{name}.", texts, LANGUAGES)
    if texts and len(texts) < len(LANGUAGES):
        raise _fault(
            path, name, Message("is not in both languages"), Message("write it in ko and en")
        )
    return {key: _text(path, f"{name}.{key}", text) for key, text in sorted(texts.items())}


def _centre(path: Path, value: object) -> str:
    centre = _text(path, "centre", value)
    if centre and not _CENTRE.fullmatch(centre):
        cure = Message("write the kind and the name, such as city/busan or network/wego")
        raise _fault(path, "centre", Message("is not a city or body"), cure)
    return centre


def _below(path: Path, name: str, text: str) -> Path:
    """A folder inside that of the project."""
    folder = Path(os.path.normpath(path.parent / text))
    if not folder.is_relative_to(path.parent) or folder == path.parent:
        cure = Message("name a folder inside the project")
        raise _fault(path, name, Message("does not lie in the project"), cure)
    return folder


def _known(path: Path, where: str, table: dict[str, Any], keys: tuple[str, ...]) -> None:
    for key in table:
        if key not in keys:
            message = Message("is not a field; the fields are {fields}", fields=", ".join(keys))
            raise _fault(path, shown(where + key), message, suggestion(key, keys))


def _table(path: Path, name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _fault(
            path, name, Message("is not a table"), Message("write it as `citypact new` does")
        )
    return value


def _tables(path: Path, name: str, value: object) -> list[dict[str, Any]]:
    """One table, or several; an empty one is none."""
    several = value if isinstance(value, list) else [value]
    return [each for each in (_table(path, name, one) for one in several) if each]


def _text(path: Path, name: str, value: object) -> str:
    if not isinstance(value, str) or (not value.strip() and value):
        raise _fault(path, name, Message("is not a text"), Message("write it in quotation marks"))
    if any(ord(letter) < 32 for letter in value):
        raise _fault(path, name, Message("has a control character"), Message("write one line"))
    return value


def _texts(path: Path, name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _fault(
            path, name, Message("is not a list"), Message('write it in square brackets: ["…", "…"]')
        )
    return tuple(_text(path, name, text) for text in value)


def _fault(path: Path, field: str, fault: Message, cure: Message) -> CitypactError:
    return CitypactError(
        "{path}: {field}: {fault}\n    -> {cure}",
        path=path,
        field=field,
        fault=fault,
        cure=cure,
    )


__all__ = [
    "DOCUMENTS",
    "FILE",
    "FOLDERS",
    "Base",
    "Project",
    "find_project",
    "packaged",
    "read_project",
]
