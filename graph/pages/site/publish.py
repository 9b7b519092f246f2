"""Writes a site as a folder, as one zip file, or as both: whole or not at all."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from citypact.graph.pages.site.site import Site
from citypact.ontology.errors import CitypactError
from citypact.sources.files.atomic_folder import check_usable, replaced
from citypact.sources.files.output_files import check_output, write_output

COMMAND = "publish"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of all files in the zip, the first that it can say: the same site, the same bytes."""


def publish(
    site: Site,
    folder: Path | None,
    archive: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    *,
    replace: bool = False,
) -> int:
    """Writes a site into a folder, or into a zip file, or both; gives the number of its files.

    A folder that `citypact publish` made is replaced at the end; what others put into it stays. A
    zip file that we did not write is replaced only with `replace`.
    progress: is called with the numbers of files that are written and of all. Raises CitypactError
    for a folder of others and for places that cannot be written, before a page is made.
    """
    place = Path(os.path.abspath(folder)) if folder is not None else None  # noqa: PTH100
    if place is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        check_usable(place, COMMAND)
    if archive is not None:
        check_output(archive, "--zip", replace=replace)
    with ExitStack() as stack:
        new = stack.enter_context(replaced(place, COMMAND)) if place is not None else None
        packed = io.BytesIO()
        zipped = stack.enter_context(zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED))
        paths = site.paths()
        for done, (path, data) in enumerate(_files(site, paths), 1):
            if new is not None:
                _write(new / path, data)
            if archive is not None:
                _add(zipped, f"{archive.stem}/{path}", data)
            progress(done, len(paths))
    if archive is not None:
        write_output(archive, packed.getvalue(), "--zip", replace=replace)
    return len(paths)


def _files(site: Site, paths: list[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        data = site.page(path)
        if data is None:
            raise CitypactError("{path}: the graph has changed while it was published", path=path)
        yield path, data


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True)
        path.write_bytes(data)


def _add(zipped: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, FIRST_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    zipped.writestr(entry, data)


__all__ = ["publish"]
