"""The process that reads files: takes their bytes on standard input, answers with JSON."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from citypact.ontology.errors import CitypactError, Message
from citypact.sources.documents.form_json import form_to_json
from citypact.sources.documents.limits import Limits
from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.documents.read import read_bytes
from citypact.sources.files.own_process import (
    end_with_parent,
    message_to_json,
    read_message,
    write_message,
)

_NO_MEMORY = re.compile("annot allocate memory|failed to map segment")
"""What the system says, and the loader of libraries, where there is no more memory."""
Answer = Callable[[NormalForm, Mapping[str, Any]], dict[str, Any]]
"""What is answered to a document and to what was said of it."""


def serve(answer: Answer) -> None:
    """Reads files until standard input ends."""
    end_with_parent()
    # Libraries in C may print: what they say must not stand between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while head := read_message(sys.stdin.buffer):
        task = json.loads(head)
        data = read_message(sys.stdin.buffer)
        if data is None:
            return
        limits = Limits(**task["limits"])
        _limit_memory(limits.memory)
        said = _answer(data, task, limits, answer)
        write_message(answers, json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))


def _answer(data: bytes, task: Mapping[str, Any], limits: Limits, answer: Answer) -> dict[str, Any]:
    """What a file gives, or the error that the user gets."""
    file = task["file"]
    try:
        form = read_bytes(data, file, limits)
        return {"form": form_to_json(form), **answer(form, task)}
    except CitypactError as error:
        return {"error": message_to_json(error.message)}
    except Exception as error:
        # Whatever a library makes of a hostile file is a fault of that file.
        return {"error": message_to_json(_fault(error, file, limits))}


def _fault(error: Exception, file: str, limits: Limits) -> Message:
    """What an exception of a reader says of the file."""
    if isinstance(error, MemoryError) or _NO_MEMORY.search(str(error)):
        return Message(
            "{file}: needs more than {size} GB of memory\n    -> save it as text, or raise the "
            "limit",
            file=file,
            size=f"{limits.memory / 1e9:g}",
        )
    return Message(
        "{file}: cannot be read ({reason})\n    -> the file may be damaged; save it as PDF or text",
        file=file,
        reason=f"{type(error).__name__}: {str(error)[:200]}",
    )


def _limit_memory(size: int) -> None:
    """Let this process have no more memory; systems that can't say so have the limit of time."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or size < most:
            resource.setrlimit(resource.RLIMIT_AS, (size, most))


if __name__ == "__main__":
    serve(lambda form, task: {})
