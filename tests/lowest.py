"""The tests that run once more with the lowest versions of libraries that pyproject.toml allows.

They are those that touch what we use of each library, and have the marker `lowest`. To collect all
others takes as long as many of them: `python -m tests.lowest` prints where they are.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

TOUCHED_BY = {
    "altair": "graph/report/test_report_files.py",
    "babel": "sources/twins/test_edge_tables.py",
    "charset-normalizer": "sources/twins/test_edge_tables.py",
    "click": "citypact/test_commands.py",
    "defusedxml": "sources/documents/test_hwpx.py",
    "distributed": "graph/analysis/test_draws.py",
    "filelock": "citypact/test_import_command.py",
    "httptools": "citypact/service/test_sparql_endpoint.py",
    "httpx": "sources/files/test_http.py",
    "igraph": "graph/analysis/test_communities.py",
    "ipykernel": "notebooks/test_notebooks.py",
    "jinja2": "graph/report/test_structure.py",
    "kiwipiepy": "sources/documents/test_plain.py",
    "koreanize-matplotlib": "notebooks/test_notebooks.py",
    "llm": "citypact/test_read_with_model.py",
    "markdown-it-py": "sources/documents/test_markdown.py",
    "matplotlib": "notebooks/test_notebooks.py",
    "nbclient": "notebooks/test_notebooks.py",
    "networkx": "graph/analysis/test_structure.py",
    "numpy": "graph/analysis/test_bipartite.py",
    "olefile": "sources/documents/test_hwp.py",
    "openpyxl": "sources/twins/test_edge_tables.py",
    "oxigraph": "citypact/service/test_sparql_endpoint.py",
    "pandas": "graph/export",
    "platformdirs": "sources/files/test_data_folder.py",
    "pyarrow": "graph/export",
    "pycountry": "sources/twins/test_edge_tables.py",
    "pyoxigraph": "graph/rdf",
    "pypdfium2": "sources/documents/test_pdf.py",
    "pyshacl": "graph/build/test_shacl.py",
    "pyshacl-turbo": "graph/build/test_shacl.py",
    "python-docx": "graph/brief/test_brief.py",
    "pyvis": "graph/pages/network/test_panels.py",
    "pyyaml": "sources/reading/test_records.py",
    "rapidfuzz": "citypact/service/test_json_api.py",
    "rdflib": "graph/rdf",
    "resiliparse": "sources/documents/test_html.py",
    "rich": "citypact/test_query_command.py",
    "scipy": "graph/analysis/test_tempo.py",
    "starlette": "citypact/service/test_sparql_endpoint.py",
    "statsmodels": "graph/analysis/test_gravity.py",
    "unhwp": "sources/documents/test_hwp.py",
    "uvicorn": "citypact/service/test_sparql_endpoint.py",
    "uvloop": "citypact/service/test_sparql_endpoint.py",
    "vl-convert-python": "graph/report/test_report_files.py",
}
"""A file or folder of tests for each library, as pyproject.toml calls it."""

PLACES = tuple(Path(__file__).parent / place for place in set(TOUCHED_BY.values()))


@cache  # asked for each test
def is_among(path: Path) -> bool:
    """Whether the tests of a file are run with the lowest versions too."""
    return any(path.is_relative_to(place) for place in PLACES)


if __name__ == "__main__":
    print(*sorted(f"tests/{place}" for place in set(TOUCHED_BY.values())))
