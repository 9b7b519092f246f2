"""A brief in Markdown, its notes as footnotes (`[^1]`), as Pandoc, GitHub and editors read them."""

from __future__ import annotations

import re

from citypact.graph.brief.notes import Note
from citypact.graph.brief.page import note_label, passage_words
from citypact.graph.brief.text import BriefLine, BriefText, message
from citypact.graph.things.sections import address

_MEANING = re.compile(r"[\\`*_{}\[\]<>|~$&!^]|:(?=//)|(?<=www)\.|^[-+=#]|^\d+[.)]")
"""What means something to Markdown where it stands: a sign, an address, the mark of a list."""


def brief_markdown(text: BriefText) -> bytes:
    """A brief as Markdown in UTF-8; whatever sources or names contain stays text."""
    lines = [f"# {escaped(text.title)}", "", escaped(" · ".join(text.about)), ""]
    for number, section in enumerate(text.sections, 1):
        lines += [f"## {number}. {escaped(section.title)}", ""]
        for line in section.lines:
            lines += _line(line, text.language)
        lines.append("")
    for note in text.notes:
        lines.append(_note(note, text.language))
    lines += ["", *(escaped(remark) for remark in text.remarks)]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"
    return joined.encode("utf-8", "replace")


def _line(line: BriefLine, language: str) -> list[str]:
    said = " ".join(
        escaped(part.text)
        + "".join(f"[^{number}]" for number in part.notes)
        + (f" ({message('brief.more', n=part.more)[language]})" if part.more else "")
        for part in line.parts
    )
    if line.kind == "heading":
        return ["", f"### {said}", ""]
    return [f"- {said}"] if line.kind == "sentence" else ["", said, ""]


def _note(note: Note, language: str) -> str:
    parts = [escaped(note_label(note, language))]
    for passage in note.passages:
        words = escaped(passage_words(passage, language))
        link = address(passage.link)
        parts.append(f"[{words}](<{_target(link)}>)" if link else words)
    if not note.same and (web := address(note.address)):
        parts.append(f"<{_target(web)}>")
    return f"[^{note.number}]: {' '.join(parts)}"


def _target(link: str) -> str:
    """An address for a link in angle brackets."""
    return re.sub(r"[\s<>\\]", lambda found: f"%{ord(found[0]):02X}", link)


def escaped(text: str) -> str:
    """Text that Markdown and HTML in it take for text, on one line."""
    return _MEANING.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", " ".join(text.split()))


__all__ = ["brief_markdown", "escaped"]
