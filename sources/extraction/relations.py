"""All relations of a document: who has, concludes or will conclude which agreement with whom."""

from __future__ import annotations

from citypact.sources.extraction.model import Context, Relation


def relations_of(context: Context) -> tuple[Relation, ...]:
    """The relations that a document asserts, each once, in the order of the text."""
    return ()
