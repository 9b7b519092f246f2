"""What the graph is made from: records of documents, entities, and what they claim."""

from pathlib import Path

PACKAGED = Path(__file__).parent
"""The folder whose `entities/` and `records/` travel with the package."""
