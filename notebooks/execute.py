"""Runs notebooks in a fresh kernel and keeps their outputs, the same bytes for the same graph.

python notebooks/execute.py            # runs all and writes them
python notebooks/execute.py 01-*.ipynb # runs some
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent
SECONDS = 300


def executed(path: Path) -> Any:
    """The notebook with the outputs of a run in an empty folder; what differs by run left out."""
    notebook = nbformat.read(path, as_version=4)
    # The kernel runs elsewhere: what it imports and reads must not depend on the folder.
    places = [str(FOLDER.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    if material := os.environ.get("CITYPACT_MATERIAL"):
        environment["CITYPACT_MATERIAL"] = str(Path(material).resolve())
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            timeout=SECONDS,
            kernel_name="python3",
            resources={"metadata": {"path": folder}},
            record_timing=False,
        )
        client.execute(env=environment)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def main(patterns: list[str]) -> None:
    """Executes the notebooks that the patterns name, all where there are none, in place."""
    for pattern in patterns or ["*.ipynb"]:
        for path in sorted(FOLDER.glob(Path(pattern).name)):
            nbformat.write(executed(path), path)
            print(path.name)


if __name__ == "__main__":
    main(sys.argv[1:])
