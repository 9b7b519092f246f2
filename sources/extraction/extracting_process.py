"""The process that reads files and extracts: a text made to take hours is ended with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from citypact.sources.documents.form_json import form_from_json
from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.documents.read import DocumentReader
from citypact.sources.documents.reading_process import serve
from citypact.sources.extraction.draft_json import draft_from_json, draft_to_json
from citypact.sources.extraction.model import Draft


class DocumentExtractor(DocumentReader):
    """Reads files and finds their agreements in another process."""

    module = "citypact.sources.extraction.extracting_process"

    def extract(
        self, path: Path, *, published: str = "", address: str = ""
    ) -> tuple[NormalForm, Draft]:
        """The normal form of a file and its draft; see `extract`. Raises as `ask` does."""
        answer = self.ask(path, published=published, address=address)
        return form_from_json(answer["form"]), draft_from_json(answer["draft"])


def _draft(form: NormalForm, task: Mapping[str, Any]) -> dict[str, Any]:
    from citypact.sources.extraction.extract import extract

    draft = extract(form, published=task["published"], address=task["address"])
    return {"draft": draft_to_json(draft)}


if __name__ == "__main__":
    serve(_draft)
