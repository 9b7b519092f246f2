"""Where the things of a graph are in a site: a safe path for every IRI, and no two alike.

    https://w3id.org/citypact/id/agreement/seoul-london-2017
    id/agreement/seoul-london-2017.en.html    (and .ko.html, .ttl, .jsonld)

Names have small ASCII letters, digits, hyphens and underscores; all else is written as `~` with the
hexadecimal number of each byte of its UTF-8. So file systems that ignore case or normalise letters
keep two things apart, and no path leads out of its folder.
"""

from __future__ import annotations

import hashlib

from citypact.ontology import ID, LANGUAGES

FOLDER = "id/"
"""The folder of the things: behind it a path is the end of an IRI, as far as names allow."""
DATA_FORMATS = ("ttl", "jsonld")
"""The suffixes of the data files of a thing."""
LONGEST = 120
"""Characters that a name may have; of longer ones the end is a digest."""
_KEPT = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-_")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))}
"""Names that Windows keeps for devices, whatever follows after a dot."""


def file_name(text: str) -> str:
    """A text as the name of a file without its suffix; different texts have different names.

    >>> file_name("seoul-london-2017"), file_name("../São")
    ('seoul-london-2017', '~2e~2e~2f~53~c3~a3o')
    """
    name = "".join(
        chr(byte) if byte in _KEPT else f"~{byte:02x}"
        for byte in text.encode("utf-8", "surrogatepass")
    )
    if not name or name in _DEVICES:
        name = f"~{ord(name[0]):02x}{name[1:]}" if name else "~"
    if len(name) > LONGEST:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        name = f"{name[: LONGEST - 34]}~~{digest}"
    return name


def thing_stem(iri: str) -> str:
    """The path of a thing without language and suffix, such as `id/city/seoul`."""
    kind, _, slug = iri.removeprefix(ID).partition("/")
    return f"{FOLDER}{file_name(kind)}/{file_name(slug)}"


def in_language(stem: str, language: str) -> str:
    """The path of a page in a language.

    >>> in_language("topics", "ko")
    'topics.ko.html'
    """
    return f"{stem}.{language}.html"


def split_language(path: str) -> tuple[str, str]:
    """The stem and the language of the path of a page; '' as the language of any other path."""
    for language in LANGUAGES:
        if path.endswith(f".{language}.html"):
            return path.removesuffix(f".{language}.html"), language
    return path, ""


def to_root(path: str) -> str:
    """What leads from a path of the site to its folder: '' or '../' for each folder on the way."""
    return "../" * path.count("/")


__all__ = [
    "DATA_FORMATS",
    "FOLDER",
    "file_name",
    "in_language",
    "split_language",
    "thing_stem",
    "to_root",
]
