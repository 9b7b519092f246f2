"""The door to all readers: a file becomes a normal form, in a process that can be ended.

What is read comes from anywhere, and libraries in C take it apart. So the process that reads has
limits of time and memory, speaks JSON alone, and its death is one line about one file.
"""

from __future__ import annotations

import importlib
import json
import selectors
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from citypact.ontology.errors import CitypactError, system_reason
from citypact.sources.documents.form_json import form_from_json
from citypact.sources.documents.formats import Format, format_of
from citypact.sources.documents.limits import LIMITS, Limits
from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.files.atomic_folder import LIST
from citypact.sources.files.input_files import read_at_most
from citypact.sources.files.own_process import (
    message_from_json,
    read_message,
    start_module,
    write_message,
)

ReadFunction = Callable[[bytes, str, Limits], NormalForm]
READERS = {
    Format.PLAIN: "plain:read_plain",
    Format.DOCX: "docx:read_docx",
    Format.HTML: "html:read_html",
    Format.MARKDOWN: "markdown:read_markdown",
    Format.HWPX: "hwpx:read_hwpx",
    Format.HWP: "hwp:read_hwp",
    Format.PDF: "pdf:read_pdf",
}
"""Module and function that read a format; loaded when they are needed."""
SUFFIXES = frozenset(
    {
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".xhtml",
        ".pdf",
        ".docx",
        ".hwpx",
        ".hwp",
    }
    | {".doc", ".rtf", ".odt", ".hwt"}
)
"""Ends of names of what is read in a folder, or told that it can't be; a file that is named is
read whatever its name."""
FILES_PER_PROCESS = 500
"""After so many files a new process reads on, since libraries may keep memory."""


def read_bytes(data: bytes, file: str, limits: Limits = LIMITS) -> NormalForm:
    """The normal form of a file's bytes, read in this process.

    Raises CitypactError for what can't be read, and where a limit is passed.
    """
    if len(data) > limits.bytes:
        raise _too_large(file, limits)
    module, function = READERS[format_of(data, file)].split(":")
    loaded = importlib.import_module(f"citypact.sources.documents.{module}")
    read: ReadFunction = getattr(loaded, function)
    form = read(data, file, limits)
    if not form.text.strip():
        raise CitypactError(
            "{file}: has no text\n    -> name a file with a text; a scan needs text recognition",
            file=file,
        )
    return form


def read_document(path: Path, limits: Limits = LIMITS) -> NormalForm:
    """The normal form of one file, read in a process of its own.

    Raises CitypactError, naming file and cure, for what can't be read within the limits.
    """
    with DocumentReader(limits) as reader:
        return reader.read(path)


def read_documents(
    paths: Iterable[Path], limits: Limits = LIMITS
) -> Iterator[tuple[Path, NormalForm | CitypactError]]:
    """Each file with its normal form, or with what is wrong with it; one does not stop the next."""
    with DocumentReader(limits) as reader:
        for path in paths:
            try:
                yield path, reader.read(path)
            except CitypactError as error:
                yield path, error


def files_in(path: Path) -> list[Path]:
    """A file itself, or the documents below a folder by name.

    Hidden files, tables and pictures are passed over, and what builds and reports consist of.
    """
    if not path.is_dir():
        return [path]
    made = {each.parent for each in path.rglob(LIST)}
    return sorted(
        each
        for each in path.rglob("*")
        if each.suffix.lower() in SUFFIXES
        and each.is_file()
        and not any(name.startswith((".", "~$")) for name in each.relative_to(path).parts)
        and not made.intersection(each.parents)
    )


class DocumentReader:
    """Reads files in another process, which starts with the first and ends with `close`."""

    module = "citypact.sources.documents.reading_process"
    """What the process runs."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it does."""
        if process := self._process:
            self._process = None
            process.kill()
            process.communicate()

    def read(self, path: Path) -> NormalForm:
        """The normal form of a file. Raises CitypactError, and can read on after that."""
        return form_from_json(self.ask(path)["form"])

    def ask(self, path: Path, **task: str) -> Any:
        """What the process answers to a file and to what else is said of it.

        Raises CitypactError where the file cannot be read within the limits.
        """
        data = _bytes_of(path, self._limits)
        if self._files >= FILES_PER_PROCESS:
            self.close()
        process = self._process or self._start()
        self._files += 1
        limits = {name: getattr(self._limits, name) for name in self._limits.__slots__}
        try:
            answer = self._exchange(process, {**task, "file": str(path), "limits": limits}, data)
        except BaseException:
            self.close()
            raise
        if "error" in answer:
            raise CitypactError(message_from_json(answer["error"]))
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        self._files = 0
        self._process = start_module(self.module)
        return self._process

    def _exchange(
        self, process: subprocess.Popen[bytes], task: Mapping[str, Any], data: bytes
    ) -> Any:
        """Sends a file and waits for its answer, as long as the limits allow."""
        assert process.stdin and process.stdout
        file = task["file"]
        try:
            write_message(process.stdin, json.dumps(task).encode())
            write_message(process.stdin, data)
        except OSError as error:
            raise _died(file) from error
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            if not selector.select(self._limits.seconds):
                raise CitypactError(
                    "{file}: takes longer than {seconds:g} {seconds:second|seconds} to read\n"
                    "    -> save it as text, "
                    "or raise the limit",
                    file=file,
                    seconds=self._limits.seconds,
                )
        if (answer := read_message(process.stdout)) is None:
            raise _died(file)
        return json.loads(answer)


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        data = read_at_most(path, limits.bytes, is_named=True)
    except OSError as error:
        raise CitypactError(
            "{file}: cannot be read ({reason})\n    -> check its name and permissions",
            file=path,
            reason=system_reason(error),
        ) from error
    if len(data) > limits.bytes:
        raise _too_large(str(path), limits)
    return data


def _too_large(file: str, limits: Limits) -> CitypactError:
    return CitypactError(
        "{file}: is larger than {size} MB\n    -> save the text alone, or raise the limit",
        file=file,
        size=f"{limits.bytes / 1e6:g}",
    )


def _died(file: str) -> CitypactError:
    return CitypactError(
        "{file}: the program that reads it ended\n    -> the file may be damaged, or made to do "
        "harm; save it as text",
        file=file,
    )
