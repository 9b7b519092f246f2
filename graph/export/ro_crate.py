"""A folder with a data set as an RO-Crate 1.1 (https://w3id.org/ro/crate/1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from citypact.graph.export.dataset import CC_BY, DataFile, Dataset, message
from citypact.graph.text.bilingual import Words

METADATA = "ro-crate-metadata.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
SHA256 = "https://schema.org/sha256"
"""The context of RO-Crate 1.1 has no name for it."""


def to_ro_crate(dataset: Dataset, files: Iterable[DataFile], folders: Mapping[str, Words]) -> bytes:
    """The metadata of a folder: the data set, its files with digests, and folders of pages.

    folders: names of the folders that are described as a whole.
    """
    described = [_file(file) for file in files]
    described += [
        {"@id": path, "@type": "Dataset", "name": words["en"], "description": words["ko"]}
        for path, words in folders.items()
    ]
    makers = [
        {"@id": f"#maker-{number}", "@type": "Organization", "name": maker["en"]}
        for number, maker in enumerate(dataset.makers, 1)
    ]
    licence = _licence(dataset)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": dataset.title["en"],
        "alternateName": dataset.title["ko"],
        "description": dataset.description["en"],
        "identifier": dataset.iri,
        "datePublished": dataset.day or "0001-01-01",
        "version": dataset.version,
        "license": {"@id": licence["@id"]},
        "author": [{"@id": maker["@id"]} for maker in makers]
        if len(makers) > 1
        else {"@id": makers[0]["@id"]},
        "publisher": {"@id": makers[0]["@id"]},
        "keywords": ", ".join(dataset.keywords["en"]),
        "hasPart": [{"@id": each["@id"]} for each in described],
    }
    about = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": SPECIFICATION},
        "about": {"@id": "./"},
    }
    crate = {
        "@context": [f"{SPECIFICATION}/context", {"sha256": SHA256}],
        "@graph": [about, root, licence, *makers, *described],
    }
    return (json.dumps(crate, ensure_ascii=False, indent=1) + "\n").encode()


def _file(file: DataFile) -> dict[str, Any]:
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.title["en"],
        "description": file.title["ko"],
        "encodingFormat": file.media_type.partition(";")[0],
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _licence(dataset: Dataset) -> dict[str, Any]:
    if dataset.is_open:
        name = "Creative Commons Attribution 4.0 International"
        return {"@id": CC_BY, "@type": "CreativeWork", "name": name, "description": "CC BY 4.0"}
    words = message("readme.asked")
    return {
        "@id": "#licence",
        "@type": "CreativeWork",
        "name": "Terms of use",
        "description": words["en"],
    }


__all__ = ["METADATA", "to_ro_crate"]
