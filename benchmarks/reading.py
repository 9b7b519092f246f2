"""Documents of each format read by us against the bare library that opens the format.

The library is asked for the plain text, with nothing of what a normal form has: blocks, tables,
notes and numbers in order, places in the file, marks, digests.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from benchmarks.processes import python, verdict
from citypact.sources.documents.read import DocumentReader, read_bytes
from tests.sources.documents import release

KINDS = ("txt", "html", "pdf", "docx", "hwpx", "hwp")
LIMITS = {"html": 150.0, "pdf": 10.0, "docx": 15.0, "hwpx": 10.0, "hwp": 100.0}
"""So many times the library's time at most. A text has none: bytes are decoded in microseconds."""
DOOR = 3.0
"""Through the door, with its process and JSON, so many times the time at most, and 5 ms."""
MEMORY = 1000
"""MB of the process that reads, with Kiwi."""
ROUNDS, REPEATS = 9, 5
COPIES = 4
"""The release so many times: some 2,000 characters."""

Read = Callable[[bytes], object]


def bare(kind: str) -> Read:
    """What the library gives of a file: its text."""
    if kind == "html":
        from resiliparse.extract.html2text import extract_plain_text

        return lambda data: extract_plain_text(data.decode(), main_content=True)
    if kind == "pdf":
        import pypdfium2

        def pages(data: bytes) -> str:
            with pypdfium2.PdfDocument(data) as document:
                return "".join(page.get_textpage().get_text_range() for page in document)

        return pages
    if kind == "docx":
        import docx

        def paragraphs(data: bytes) -> str:
            document = docx.Document(BytesIO(data))
            return "\n".join(paragraph.text for paragraph in document.paragraphs)

        return paragraphs
    if kind == "hwpx":
        from hwpx.tools.text_extractor import TextExtractor

        return lambda data: TextExtractor(BytesIO(data)).extract_text()
    if kind == "hwp":
        import unhwp

        def text(data: bytes) -> str:
            with unhwp.parse_bytes(data) as document:
                return str(document.text)

        return text
    return lambda data: data.decode()


def files() -> dict[str, bytes]:
    """A release of some 2,000 characters in each format."""
    from playwright.sync_api import sync_playwright

    release.PARAGRAPHS *= COPIES
    release.ENGLISH *= COPIES
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        made = {
            "txt": release.as_text(),
            "html": release.as_html(),
            "pdf": release.as_pdf(browser),
            "docx": release.as_docx(),
            "hwpx": release.as_hwpx(),
            "hwp": release.as_hwp(Path(folder)),
        }
        browser.close()
    return made


def milliseconds(read: Read, data: bytes) -> float:
    """Time of one reading, the mean of some."""
    begin = time.perf_counter()
    for _ in range(REPEATS):
        read(data)
    return (time.perf_counter() - begin) / REPEATS * 1e3


def main() -> bool:
    """Prints the times, their ratios and the memory; True where all limits are kept."""
    are_kept = True
    with tempfile.TemporaryDirectory() as folder, DocumentReader() as door:
        paths = {kind: Path(folder) / f"release.{kind}" for kind in KINDS}
        for kind, data in files().items():
            paths[kind].write_bytes(data)
        # before libraries are loaded here: a process begins with the peak of its parent
        memory = {kind: python("-m", "benchmarks.reading", paths[kind]).memory for kind in KINDS}
        for kind, path in paths.items():
            ours, through, library = _medians(kind, path, door)
            limit = LIMITS.get(kind, float("inf"))
            is_kept = ours <= limit * library and through <= DOOR * ours + 5
            is_kept = is_kept and memory[kind] <= MEMORY
            are_kept = are_kept and is_kept
            beside = f"{ours / library:.1f} times the library (limit {limit:g})"
            print(
                f"{kind:<6}{1e3 / ours:>6.0f} a second, "
                f"{beside if kind in LIMITS else 'beside no library'}, through the door "
                f"{through / ours:.1f} times that; {memory[kind]:.0f} MB: {verdict(is_kept)}"
            )
    print()
    return are_kept


def _medians(kind: str, path: Path, door: DocumentReader) -> tuple[float, float, float]:
    """Milliseconds of our reader, of the door and of the library, in turns."""
    data = path.read_bytes()
    ways: tuple[Read, ...] = (
        lambda data: read_bytes(data, path.name),
        lambda _: door.read(path),
        bare(kind),
    )
    for read in ways:
        read(data)  # so that all is loaded
    runs = [[milliseconds(read, data) for read in ways] for _ in range(ROUNDS)]
    ours, through, library = (statistics.median(column) for column in zip(*runs, strict=True))
    return ours, through, library


if __name__ == "__main__":
    if len(sys.argv) > 1:
        file = Path(sys.argv[1])
        for _ in range(50):
            read_bytes(file.read_bytes(), file.name)
    else:
        sys.exit(not main())
