"""A brief as a file, in one of its formats."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from citypact.graph.brief.data import Brief, brief
from citypact.graph.brief.text import brief_text
from citypact.graph.relations.facts import FactReader
from citypact.ontology.errors import CitypactError

FORMATS = ("html", "docx", "md")
"""HTML that prints on A4, a Word document with footnotes, and Markdown with footnotes."""


def check_format(form: str) -> None:
    """Raises CitypactError for what is not one of `FORMATS`, or lacks its package."""
    if form not in FORMATS:
        raise CitypactError(
            "{form!r} is not a format\n    -> use one of: {known}",
            form=form,
            known=", ".join(FORMATS),
        )
    if form == "docx":
        from citypact.graph.brief.word_document import check_installed

        check_installed()


def brief_file(
    reader: FactReader,
    found: Brief,
    form: str,
    language: str,
    links: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A brief in a format and a language; links as `page.brief_page` takes them.

    Raises CitypactError as `check_format`.
    """
    check_format(form)
    text = brief_text(reader, found, language)
    if form == "md":
        from citypact.graph.brief.markdown import brief_markdown

        return brief_markdown(text)
    if form == "docx":
        from citypact.graph.brief.word_document import brief_document

        return brief_document(text)
    from citypact.graph.brief.page import brief_page

    return brief_page(text, links)


def brief_on(
    reader: FactReader, subject: str, counterpart: str, as_of: datetime.date | None = None
) -> Brief:
    """The brief on two partners by their names, in either language.

    counterpart: '' for the centre of the project. Raises CitypactError for a name that no city and
    no body has, where there is no counterpart, and where both are one.
    """
    names = reader.names
    other = names.find(counterpart, *ACTORS)[0] if counterpart else reader.store.centre
    if not other:
        raise CitypactError(
            "the project has no centre\n    -> name the other side of the relation with --with"
        )
    return brief(
        reader, _place(reader, names.find(subject, *ACTORS)), _place(reader, [other]), as_of
    )


ACTORS = ("LocalArea", "Organization")
"""The classes (local names) of what a brief may be about."""


def _place(reader: FactReader, found: list[str]) -> str:
    """Of the things that a name means the city, if one is among them or governed by one."""
    places = [iri for iri in found if "LocalArea" in reader.names.kinds(iri)]
    governed = [city for iri in found for city in reader.values(iri, "governs")]
    return next(iter((*places, *governed, *found)))


__all__ = ["ACTORS", "FORMATS", "brief_file", "brief_on", "check_format"]
