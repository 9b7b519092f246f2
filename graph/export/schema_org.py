"""A data set as schema.org describes it (JSON-LD): what search engines for data read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from citypact.graph.export.dataset import CC_BY, DataFile, Dataset
from citypact.graph.text.bilingual import Words
from citypact.ontology import LANGUAGES


def schema_org(dataset: Dataset, files: Iterable[DataFile]) -> dict[str, Any]:
    """The data set and its files; addresses are relative to the page."""
    found = {
        "@context": {"@vocab": "https://schema.org/"},
        "@id": dataset.iri,
        "@type": "Dataset",
        "name": _in_both(dataset.title),
        "description": _in_both(dataset.description),
        "identifier": dataset.iri,
        "version": dataset.version,
        "dateModified": dataset.day,
        "license": CC_BY if dataset.is_open else "",
        "inLanguage": list(LANGUAGES),
        "isAccessibleForFree": True,
        "creator": [{"@type": "Organization", "name": _in_both(maker)} for maker in dataset.makers],
        "keywords": [word for words in dataset.keywords.values() for word in words],
        "temporalCoverage": f"{dataset.first}/{dataset.last}" if dataset.first else "",
        "distribution": [
            {
                "@type": "DataDownload",
                "name": _in_both(file.title),
                "contentUrl": file.path,
                "encodingFormat": file.media_type.partition(";")[0],
                "contentSize": str(file.size),
                "sha256": file.sha256,
            }
            for file in files
        ],
    }
    return {name: value for name, value in found.items() if value}


def _in_both(words: Words) -> list[dict[str, str]]:
    return [{"@language": language, "@value": words[language]} for language in LANGUAGES]


__all__ = ["schema_org"]
