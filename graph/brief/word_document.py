"""A brief as a Word document (DOCX) with real footnotes.

python-docx makes the document but knows no footnotes, so their part is written here: it has the
form of ECMA-376, part 1, section 17.11. All text goes in as text of XML elements.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import TYPE_CHECKING, Any

from citypact.graph.brief.notes import Note
from citypact.graph.brief.page import note_label, passage_words
from citypact.graph.brief.text import BriefLine, BriefText, message
from citypact.graph.text.xml_text import legal_xml
from citypact.graph.things.sections import address
from citypact.ontology.errors import CitypactError

if TYPE_CHECKING:
    from docx.document import Document

FONT = "맑은 고딕"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_EMPTY = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
)
_DAY = datetime.datetime(1980, 1, 1)
"""The date in the file, which would else be that of the run: the earliest a ZIP archive can say."""


def brief_document(text: BriefText) -> bytes:
    """A brief as DOCX: A4, a footnote where a sentence has its source, links to the passages.

    The same brief gives the same bytes. Raises CitypactError where python-docx is missing.
    """
    check_installed()
    import docx

    document = docx.Document()
    _set_up(document, text)
    footnotes = _Footnotes(document, text)
    document.add_heading(legal_xml(text.title), 0)
    document.add_paragraph(legal_xml(" · ".join(text.about)))
    for number, section in enumerate(text.sections, 1):
        document.add_heading(f"{number}. {legal_xml(section.title)}", 1)
        for line in section.lines:
            _add_line(document, footnotes, line, text.language)
    for remark in text.remarks:
        document.add_paragraph(legal_xml(remark))
    footnotes.finish()
    return _with_fixed_dates(document)


def check_installed() -> None:
    """Raises CitypactError where python-docx is missing."""
    try:
        import docx  # noqa: F401
    except ImportError as error:
        raise CitypactError(
            "the format docx requires the package python-docx\n    -> pip install 'citypact[docx]'"
        ) from error


def _set_up(document: Document, text: BriefText) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(16)
    sizes = {"Normal": 10, "List Bullet": 10, "Title": 18, "Heading 1": 12, "Heading 2": 10.5}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.space_before = Pt({"Heading 1": 9, "Heading 2": 4}.get(name, 0))
        if name.startswith(("Title", "Heading")):
            style.font.color.rgb = RGBColor(0x16, 0x20, 0x2B)
    properties = document.core_properties
    properties.title, properties.language = legal_xml(text.title)[:255], text.language
    properties.author, properties.comments = "Citypact", ""
    properties.created = properties.modified = _DAY


def _add_line(document: Document, footnotes: _Footnotes, line: BriefLine, language: str) -> None:
    if line.kind == "heading":
        document.add_heading(legal_xml(line.parts[0].text), 2)
        return
    style = "List Bullet" if line.kind == "sentence" else "Normal"
    paragraph = document.add_paragraph(style=style)
    for place, part in enumerate(line.parts):
        paragraph.add_run((" " if place else "") + legal_xml(part.text))
        for position, number in enumerate(part.notes):
            if position:
                paragraph._p.append(_raised_run(","))
            footnotes.refer(paragraph, number)
        if part.more:
            paragraph.add_run(f" ({message('brief.more', n=part.more)[language]})")


class _Footnotes:
    """The part of a document that holds its footnotes.

    Word numbers footnotes by their place and cannot refer to one twice in its own way: a later
    reference to a note is a raised number with a link to the place where it is first referred to.
    """

    def __init__(self, document: Document, text: BriefText) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml.parser import parse_xml

        self._document = document
        self._notes = {note.number: note for note in text.notes}
        self._language = text.language
        self._placed: dict[int, int] = {}
        self._element: Any = parse_xml(_EMPTY)
        package: Any = document.part.package
        self._part = Part(PackURI("/word/footnotes.xml"), _TYPE, b"", package)
        document.part.relate_to(self._part, _RELATION + "footnotes")

    def refer(self, paragraph: Any, number: int) -> None:
        """Adds a reference to a note at the end of a paragraph, and the note at its first place."""
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        if number in self._placed:
            self._refer_again(paragraph, number)
            return
        place = self._placed[number] = len(self._placed) + 1
        mark = OxmlElement("w:bookmarkStart")
        mark.set(qn("w:id"), str(place))
        mark.set(qn("w:name"), f"note{place}")
        end = OxmlElement("w:bookmarkEnd")
        end.set(qn("w:id"), str(place))
        run: Any = _raised_run()
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(place))
        run.append(reference)
        for element in (mark, run, end):
            paragraph._p.append(element)
        self._add(self._notes[number], place)

    def _refer_again(self, paragraph: Any, number: int) -> None:
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        place = self._placed[number]
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"note{place}")
        link.append(_raised_run(f"{place}"))
        paragraph._p.append(link)

    def _add(self, note: Note, place: int) -> None:
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        footnote: Any = OxmlElement("w:footnote")
        footnote.set(qn("w:id"), str(place))
        paragraph: Any = OxmlElement("w:p")
        mark: Any = _small_run("")
        mark.append(OxmlElement("w:footnoteRef"))
        paragraph.append(mark)
        same = self._placed.get(note.same, 0)
        label = note_label(note, self._language, same)
        paragraph.append(_small_run(f" {label}"))
        for passage in note.passages:
            words = passage_words(passage, self._language)
            paragraph.append(_small_run(" "))
            if link := address(passage.link):
                paragraph.append(self._link(link, words))
            else:
                paragraph.append(_small_run(words))
        if not note.same and (web := address(note.address)):
            paragraph.append(_small_run(f" {web}"))
        footnote.append(paragraph)
        self._element.append(footnote)

    def _link(self, target: str, words: str) -> Any:
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        link = OxmlElement("w:hyperlink")
        number = self._part.relate_to(legal_xml(target), _RELATION + "hyperlink", is_external=True)
        link.set(qn("r:id"), number)
        link.append(_small_run(words, underlined=True))
        return link

    def finish(self) -> None:
        """Writes the part, which is complete only when all references have been made."""
        from docx.opc.oxml import serialize_part_xml

        self._part._blob = serialize_part_xml(self._element)


def _run(text: str, **properties: str) -> Any:
    """A run with properties of text, by the names of their elements."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    run, held = OxmlElement("w:r"), OxmlElement("w:rPr")
    for name, value in properties.items():
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), value)
        held.append(element)
    run.append(held)
    if text:
        run.append(_text_element(text))
    return run


def _raised_run(text: str = "") -> Any:
    return _run(text, vertAlign="superscript")


def _small_run(text: str, *, underlined: bool = False) -> Any:
    small = {"sz": "16"}  # half points
    return _run(text, **small, **({"u": "single"} if underlined else {}))


def _text_element(text: str) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element: Any = OxmlElement("w:t")
    element.set(qn("xml:space"), "preserve")
    element.text = legal_xml(text)
    return element


def _with_fixed_dates(document: Document) -> bytes:
    """The file of a document; the entries of the archive have one date, whatever the day is."""
    written = io.BytesIO()
    document.save(written)
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _DAY.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


__all__ = ["brief_document", "check_installed"]
