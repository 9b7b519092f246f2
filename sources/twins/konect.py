"""Networks of the KONECT collection: an `out.*` file, alone or in the archive that KONECT gives.

The format (J. Kunegis, KONECT: The Koblenz Network Collection, WWW 2013 Companion): a first line
such as `% sym unweighted`, further comments with `%`, then one edge a line, with ids from 1.
"""

from __future__ import annotations

import hashlib
import lzma
import tarfile
import zlib
from pathlib import Path, PurePosixPath

from citypact.ontology.errors import CitypactError, Message, shown
from citypact.sources.files.csv_tables import MAXIMUM_BYTES, decode, read_file
from citypact.sources.twins.model import City, Input, TwinLink, Twins
from citypact.sources.twins.name_texts import LONGEST, clean

_PACKED = (b"BZh", b"\x1f\x8b", b"\xfd7zXZ")
"""How files packed by bzip2, gzip and xz begin."""
_ENDINGS = (".tar", ".bz2", ".gz", ".xz", ".tbz2", ".tgz", ".txz")
"""How names of archives end: what is called so is none of the texts."""
_WANTED = Message("name the file `out.…` of a KONECT network, or its archive `….tar.bz2`")


def read_konect(path: Path, names: Path | None = None) -> Twins:
    """Reads a KONECT network; `names` is a file with one name a line (KONECT calls it `ent.…`).

    Ids without names become cities without names. Raises CitypactError with file and line.
    """
    data = read_file(path)
    inputs = [Input(path.name, hashlib.sha256(data).hexdigest())]
    file, edges = path.name, data
    is_named_so = path.suffix.lower() in _ENDINGS
    if is_named_so or data.startswith(_PACKED) or tarfile.is_tarfile(path):
        file, edges = _member(path)
    links, is_directed = _links(decode(edges, file), file)
    titles: list[str] = []
    if names is not None:
        more = read_file(names)
        inputs.append(Input(names.name, hashlib.sha256(more).hexdigest()))
        titles = [
            clean(line) if len(line) <= LONGEST else ""
            for line in decode(more, names.name).split("\n")
        ]
        data += more
    ends = sorted({int(end) for link in links for end in (link.source, link.target)})
    cities = {
        str(end): City(str(end), titles[end - 1] if end <= len(titles) else "") for end in ends
    }
    digest = hashlib.sha256(data).hexdigest()
    return Twins("konect", cities, links, is_directed, digest, inputs).tidy()


def _member(path: Path) -> tuple[str, bytes]:
    """The edge file of an archive: its name and bytes. Nothing is ever unpacked to the disk."""
    try:
        with tarfile.open(path, "r:*") as archive:
            room = MAXIMUM_BYTES
            for member in archive:
                name = PurePosixPath(member.name).name
                # Members before ours are read too, to get past them: all of them count.
                room -= member.size
                if member.size < 0:
                    raise tarfile.ReadError("a negative size")
                if room < 0:
                    raise CitypactError(
                        "{name}: is larger than {maximum_bytes} bytes when unpacked\n"
                        "    -> {wanted}",
                        name=path.name,
                        maximum_bytes=MAXIMUM_BYTES,
                        wanted=_WANTED,
                    )
                if not member.isfile() or not name.startswith("out."):
                    continue
                stream = archive.extractfile(member)
                assert stream is not None  # a plain file has content
                return f"{path.name}/{name}", stream.read(MAXIMUM_BYTES)
    except (tarfile.TarError, lzma.LZMAError, zlib.error, OSError, EOFError) as error:
        # tarfile tells on further lines what it tried.
        what = str(error).split("\n")[0].rstrip(":")
        raise CitypactError(
            "{name}: is a damaged archive that cannot be read ({what})\n    -> download it again",
            name=path.name,
            what=what,
        ) from error
    raise CitypactError(
        "{name}: has no file `out.…` in it\n    -> {wanted}", name=path.name, wanted=_WANTED
    )


def _links(text: str, file: str) -> tuple[list[TwinLink], bool]:
    lines = text.split("\n")
    head = lines[0].split()
    if len(head) < 2 or head[0] != "%":
        raise CitypactError(
            "{file}:1: is not a KONECT network, which begins like `% sym unweighted`\n"
            "    -> {wanted}",
            file=file,
            wanted=_WANTED,
        )
    if head[1] not in ("sym", "asym"):
        raise CitypactError(
            "{file}:1: {head} is not a network with one kind of node (sym or asym)\n"
            "    -> a network with two kinds of nodes has no sister cities",
            file=file,
            head=shown(head[1]),
        )
    links = []
    for number, line in enumerate(lines, 1):
        cells = line.split()
        if not cells or cells[0].startswith("%"):
            continue
        if len(cells) < 2 or not all(_is_id(cell) for cell in cells[:2]):
            raise CitypactError(
                "{file}:{number}: {line} is not an edge\n"
                "    -> an edge is two whole numbers from 1, with a space between",
                file=file,
                number=number,
                line=shown(line),
            )
        links.append(TwinLink(str(int(cells[0])), str(int(cells[1]))))
    if not links:
        raise CitypactError("{file}: has no edges\n    -> {wanted}", file=file, wanted=_WANTED)
    return links, head[1] == "asym"


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16 and int(text) > 0


__all__ = ["read_konect"]
