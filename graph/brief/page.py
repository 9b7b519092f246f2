"""A brief as a page: one file that needs nothing else and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence

from citypact.graph.brief.notes import Note, NotePassage
from citypact.graph.brief.text import BriefText, message
from citypact.graph.pages.html import encodable, environment, policy, template_text
from citypact.graph.things.sections import address


def brief_page(text: BriefText, links: Sequence[tuple[str, str]] = ()) -> bytes:
    """The page of a brief in its language: HTML in UTF-8, no scripts, nothing loaded.

    links: words and addresses of what stands at the top of the page, and is not printed.
    """
    language = text.language

    def say(name: str, **fields: str | int) -> str:
        return message(name, **fields)[language]

    html = (
        environment()
        .get_template("brief/brief.html")
        .render(
            brief=text,
            links=links,
            css=template_text("brief/brief.css"),
            policy=policy([]),
            say=say,
            address=address,
            passage=lambda each: passage_words(each, language),
            label=lambda note: note_label(note, language),
        )
    )
    return encodable(html).encode()


def note_label(note: Note, language: str, same: int = 0) -> str:
    """What a note says before its passages: the document, or the note that has it.

    same: the number of that note where notes are numbered otherwise.
    """
    said = note.citation or message("note.same", n=same or note.same)[language]
    marks = f" [{'; '.join(note.marks)}]" if note.marks else ""
    return said + marks


def passage_words(passage: NotePassage, language: str) -> str:
    """How a passage is shown: its words, its place in the text, else that it is the source."""
    if passage.words:
        return message("note.passage", words=passage.words)[language]
    if passage.span:
        start, end = (f"{place:,}" for place in passage.span)
        return message("note.position", start=start, end=end)[language]
    return message("note.open")[language]


__all__ = ["brief_page", "note_label", "passage_words"]
