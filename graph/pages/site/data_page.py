"""The page of the data: what the data set holds, how it was made, its files and its citation."""

from __future__ import annotations

from citypact.graph.export.datapackage import cited, covered
from citypact.graph.export.dataset import message as dataset_message
from citypact.graph.pages.site.data_files import DCAT, SCHEMA, DataFiles
from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.paths import split_language
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message


def data_page(graph: SiteGraph, path: str) -> bytes:
    """The description of the data set with links to its files."""
    language = split_language(path)[1]
    files = DataFiles.of(graph.store)
    return render(
        graph,
        "data.html",
        path,
        message("nav.data"),
        dataset=files.dataset,
        files=files.described,
        descriptions=(DCAT, SCHEMA, "ro-crate-metadata.json", "CITATION.cff", "README.md"),
        coverage=[covered(each, graph.names)[language] for each in files.dataset.coverage],
        citation=cited(files.dataset, language),
        dataset_message=dataset_message,
    )
