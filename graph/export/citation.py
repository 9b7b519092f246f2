"""How a data set is cited, for programs: CITATION.cff (https://citation-file-format.github.io)."""

from __future__ import annotations

import json

from citypact.graph.export.dataset import Dataset


def citation_file(dataset: Dataset) -> str:
    """The data set as CITATION.cff 1.2.0."""
    lines = [
        "cff-version: 1.2.0",
        f"message: {_text('Please cite this version of the data set.')}",
        "type: dataset",
        f"title: {_text(dataset.title['en'])}",
        f"abstract: {_text(dataset.description['en'])}",
        f"version: {_text(dataset.version)}",
        *([f"date-released: {dataset.day}"] if dataset.day else []),
        *(["license: CC-BY-4.0"] if dataset.is_open else []),
        "authors:",
        *(f"  - name: {_text(maker['en'])}" for maker in dataset.makers),
        "identifiers:",
        "  - type: other",
        f"    value: {_text(dataset.iri)}",
        "keywords:",
        *(f"  - {_text(word)}" for word in dataset.keywords["en"]),
    ]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """A text as YAML: that of JSON, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


__all__ = ["citation_file"]
