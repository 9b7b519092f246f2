"""The files of a site for programs: tables, RDF, and what describes them as a data set."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cached_property

from citypact.graph.export.datapackage import DESCRIPTOR, PATHS, to_datapackage
from citypact.graph.export.dataset import DataFile, Dataset, dataset_of
from citypact.graph.export.dcat import to_dcat
from citypact.graph.export.ro_crate import METADATA, to_ro_crate
from citypact.graph.export.schema_org import schema_org
from citypact.graph.pages.site.words import message
from citypact.graph.rdf.serialise import sorted_nquads, sorted_quads, to_turtle
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.graph.text.bilingual import Words, both

FACTS, GRAPH = "data/facts.ttl", "data/graph.nq.gz"
DCAT, SCHEMA = "dataset.ttl", "dataset.jsonld"
FILES = (*PATHS, FACTS, GRAPH, DCAT, SCHEMA, METADATA)
"""The paths of all these files: known before any of them is made."""


@dataclass(frozen=True)
class DataFiles:
    """The files of a data set, made at the first need: each description names the others."""

    store: Store

    @classmethod
    def of(cls, store: Store) -> DataFiles:
        """The files that all who ask the store share."""
        return store.read_once("data files", lambda: cls(store))

    @cached_property
    def dataset(self) -> Dataset:
        """What the graph says of itself."""
        return dataset_of(self.store)

    @cached_property
    def contents(self) -> dict[str, bytes]:
        """All files by their paths."""
        files = dict(self._data)
        described = self.described
        files[DCAT] = to_dcat(self.store, self.dataset, described)
        files[SCHEMA] = (
            json.dumps(schema_org(self.dataset, described), ensure_ascii=False, indent=1) + "\n"
        ).encode()
        folders = {"id/": message("data.things"), "list/": message("data.lists")}
        files[METADATA] = to_ro_crate(self.dataset, described, folders)
        return files

    @cached_property
    def described(self) -> list[DataFile]:
        """The files that hold the data, as descriptions list them."""
        titles = self._titles
        return [
            DataFile.of(path, media_type, titles[path], self._data[path])
            for path, media_type in self._media_types.items()
        ]

    @cached_property
    def _data(self) -> dict[str, bytes]:
        facts = sorted_quads(self.store.quads(None, None, None, DEFAULT_GRAPH))
        return {
            **to_datapackage(self.store),
            FACTS: to_turtle(facts),
            GRAPH: gzip.compress(self._nquads(), 6, mtime=0),
        }

    def _nquads(self) -> bytes:
        """The whole graph as a build writes it: its SHA-256 is that of the graph."""
        rows = self.store.solutions("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        graphs = [DEFAULT_GRAPH, *(row["g"] for row in rows)]
        return b"".join(
            sorted_nquads(self.store.quads(None, None, None, graph))  # type: ignore[arg-type]
            for graph in sorted(graphs, key=str)
        )

    @cached_property
    def _media_types(self) -> dict[str, str]:
        found = {FACTS: "text/turtle", GRAPH: "application/gzip", DESCRIPTOR: "application/json"}
        return found | {path: "text/csv" for path in self._data if path.endswith(".csv")}

    @cached_property
    def _titles(self) -> dict[str, Words]:
        descriptor = json.loads(self._data[DESCRIPTOR])
        tables = {
            each["path"]: both(each["title_ko"], each["title"]) for each in descriptor["resources"]
        }
        return tables | {
            FACTS: message("data.facts"),
            GRAPH: message("data.graph"),
            DESCRIPTOR: message("data.package"),
        }


__all__ = ["DCAT", "FILES", "SCHEMA", "DataFiles"]
