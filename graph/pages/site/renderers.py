"""What pages of a site show and packages above `pages` make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Renderers:
    """heading: the heading of a column of a named query, in a language. brief: the brief on a city
    or body (IRI) for the centre, as html or docx, in a language; with links (words and address) at
    the top of a page.
    """

    heading: Callable[[str, str], str]
    brief: Callable[[str, str, str, Sequence[tuple[str, str]]], bytes]


__all__ = ["Renderers"]
