"""Large graphs of the real shape: the packaged graph again and again, its things renamed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from citypact.ontology import DCTERMS, ID, SKOS

NAMES = tuple(
    f"<{iri}>".encode()
    for iri in (*(f"{SKOS}{kind}Label" for kind in ("pref", "alt", "hidden")), DCTERMS + "title")
)
SHARED = "code|date|rule|topic|topics|doc/citypact-editors"
"""Kinds that are the same in every copy: codes, topics, rules, dates."""
THING = re.compile(rf"(<{re.escape(ID)}(?!(?:{SHARED})[/>])[a-z-]+/[^/#>]+)".encode())
LITERAL = re.compile(rb'(?<!\\)"(@[a-z-]+|\^\^<[^>]*>)? ')


def write_copies(source: Path, target: Path, quads: int) -> int:
    """Writes a graph (sorted N-Quads) repeated until it has so many quads; gives the number.

    The first copy is the graph itself, so that examples of queries find what they name. In the
    others things, documents, statements and claims have a number in their IRI, and names end with
    it. What all copies share (vocabulary, codes, topics, dates) stands there once. The last copy
    is cut off where the size is reached.
    """
    own = source.read_bytes().splitlines(keepends=True)
    copied = [line for line in own if THING.search(line)]
    with target.open("wb") as out:
        first = own[:quads]
        out.writelines(first)
        count, number = len(first), 0
        while count < quads:
            number += 1
            rename = _renaming(number)
            part = copied[: quads - count]
            out.writelines(map(rename, part))
            count += len(part)
    return count


def _renaming(number: int) -> Callable[[bytes], bytes]:
    """What makes a line of the graph one of the copy of that number."""
    thing = rb"\g<1>-copy-%d" % number
    name = rb' %d"\g<1> ' % number

    def rename(line: bytes) -> bytes:
        renamed = THING.sub(thing, line)
        if any(predicate in renamed for predicate in NAMES):
            return LITERAL.sub(name, renamed, count=1)
        return renamed

    return rename
