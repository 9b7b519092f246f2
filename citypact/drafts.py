"""Drafts of records: files are read, what they tell of agreements is written for a person to judge.

A draft is three files: NAME.yaml, the record; NAME.draft.jsonl, from what and how it was made, and
all values with their confidence; NAME.txt, the text in which spans count. The first line of the
second tells whether a file needs to be read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from citypact import __version__
from citypact.graph.store.declared_names import declared_names
from citypact.graph.store.labels import Names
from citypact.new_documents import DocumentDetails, document_fields, document_name
from citypact.ontology import ID, NS
from citypact.ontology.errors import CitypactError, Message
from citypact.sources import PACKAGED
from citypact.sources.documents.form_json import form_to_json
from citypact.sources.documents.limits import LIMITS, Limits
from citypact.sources.documents.normal_form import BlockKind, NormalForm
from citypact.sources.documents.read import files_in
from citypact.sources.extraction.draft_json import draft_to_json
from citypact.sources.extraction.extracting_process import DocumentExtractor
from citypact.sources.extraction.language_model import Ask, Refused, ask_model
from citypact.sources.extraction.merged_drafts import OTHER_VALUE, merged
from citypact.sources.extraction.model import Draft
from citypact.sources.extraction.record import record_sections, says_it_was_signed
from citypact.sources.files.atomic_files import refuse_links, write_files
from citypact.sources.files.atomic_folder import writing_in
from citypact.sources.model import Date, Document, Sources
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.moved_spans import move_spans
from citypact.sources.reading.passages import passages_table, path_of_table
from citypact.sources.reading.project import DOCUMENTS, Project
from citypact.sources.reading.texts import Texts
from citypact.translation import current_language, translated

DRAFTS = "drafts"
"""The folder of a project for drafts, which no build contains."""
_ARTICLE = re.compile(r"제\s?\d+\s?조|article", re.IGNORECASE)
_RECITAL = re.compile(
    r"(?m)^WHEREAS\b|\bhereinafter (?:referred|called)|이하\s?[“\"「‘'].{1,20}라 한다"
)
_RELEASE = re.compile(
    r"보도\s?자료|(?:press|news|media) release|for immediate release", re.IGNORECASE
)
_DATED = re.compile(r"^.{0,25}\b(?:19|20)\d\d\b.{0,12}$")
"""A line such as `Updated on May 3, 2024`, which is no title."""
_OR_ANOTHER = Message("or another: see docs/records.md")
MADE_FROM = ".draft.jsonl"
_OFTEN_WRONG = re.compile(r"found by (\S+), which is often wrong")
_HEAD = {
    "en": (
        "A draft by `citypact read`. `citypact review {name}` shows it next to the document and\n"
        "writes what you accept to records/. Or correct it here and move the file to records/."
    ),
    "ko": (
        "`citypact read`가 쓴 초안입니다. `citypact review {name}`을 실행하면 문서와 나란히\n"
        "검토하고, 승인한 값을 records/에 쓸 수 있습니다. 직접 고쳐 records/로 옮겨도 됩니다."
    ),
}


@dataclass(frozen=True)
class ReadDocument:
    """What came of a file.

    Attributes: file, id (its name), state (`read`, `unchanged`: neither file nor program have
    changed since; `edited`: the draft was changed by hand and left alone; `known`: the project has
    a record of this text; `differs`: it has one whose spans count in the text that another reader
    gave; `moved`: these spans were found again in the new text; `failed`), form and draft (None
    where it was not read now), record and text (the files of the draft or record, if any), error,
    refused (what a language model said that is not in the text).
    """

    file: Path
    id: str
    state: str
    form: NormalForm | None = None
    draft: Draft | None = None
    record: Path | None = None
    text: Path | None = None
    error: CitypactError | None = None
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True)
class LanguageModel:
    """A model that reads documents too: its name, and what asks it."""

    name: str
    ask: Ask


@dataclass(frozen=True)
class DraftPlace:
    """Where drafts are kept: those of a project in drafts/, their texts in documents/."""

    drafts: Path
    texts: Path
    named: Path
    """The folder that a person named: no link leads out of it."""

    @classmethod
    def of(cls, project: Project) -> DraftPlace:
        """The place of a project."""
        return cls(project.folder / DRAFTS, project.folder / DOCUMENTS, project.folder)


class KnownNames:
    """What the sources of a project declare; they are read when first asked."""

    def __init__(self, folder: Path = PACKAGED) -> None:
        self.folder = folder

    @cached_property
    def sources(self) -> Sources:
        """All sources of the project and of what it builds on."""
        return load_sources(self.folder, whole_base=True, faults=[])

    @cached_property
    def _names(self) -> Names:
        return declared_names(self.sources)

    def __contains__(self, key: object) -> bool:
        return f"{ID}{key}" in self.sources.things

    def label(self, key: str) -> Mapping[str, str]:
        """The labels of a thing in Korean and English."""
        return self._names.both(ID + key)

    def person(self, name: str) -> str:
        """The one person of a name; '' without one."""
        found = self._names.called(name, f"{ID}person/")
        return found[0].removeprefix(ID) if len(found) == 1 else ""

    def like(self, words: str, kinds: Sequence[str], most: int = 12) -> list[dict[str, str]]:
        """Things of some kinds in whose key or labels the words are, shortest labels first."""
        wanted = words.casefold().strip()
        found = []
        for iri in self.sources.things:
            key = iri.removeprefix(ID)
            if key.partition("/")[0] in kinds:
                labels = self._names.both(iri)
                if any(wanted in text.casefold() for text in (key, *labels.values())):
                    found.append({"key": key, **labels})
        return sorted(found, key=lambda each: (len(each["en"]), each["key"]))[:most]

    @cached_property
    def document_names(self) -> frozenset[str]:
        """The names of all documents."""
        return frozenset(document.slug for document in self.sources.documents.values())

    @cached_property
    def _records(self) -> dict[str, Document]:
        """Documents by the digest of their text, and of the file that it was read from."""
        found = {each.sha256: each for each in self.sources.documents.values() if each.sha256}
        by_iri = {each.iri: each for each in self.sources.documents.values()}
        for claim in self.sources.claims:
            if claim.predicate != f"{NS}originalSha256" or isinstance(claim.object, Date):
                continue
            if document := by_iri.get(claim.subject):
                found.setdefault(claim.object.value, document)
        return found

    def record_of(self, form: NormalForm) -> tuple[Document, Path | None] | None:
        """The document of a text, or of the file that another reader read it from, and its record.

        The file is None for a record of what the project builds on.
        """
        document = self._records.get(form.text_sha256) or self._records.get(form.sha256)
        if document is None:
            return None
        file = document.place.file
        return document, None if ":" in file else self.folder / file


def read_files(
    paths: Iterable[Path],
    about: DocumentDetails,
    place: DraftPlace | None = None,
    known: KnownNames | None = None,
    *,
    is_again: bool = False,
    language: str | None = None,
    limits: Limits = LIMITS,
    model: LanguageModel | None = None,
    progress: Callable[[str], None] = lambda step: None,
) -> Iterator[ReadDocument]:
    """Reads files and the files in folders, and keeps a draft of each in a place, if one is given.

    about: what is known of the documents (address, published and others); else their own metadata
    count. is_again: read what has not changed as well, and replace drafts that were edited.
    language: of the comments in a draft. model: a language model that reads each document besides
    the rules. progress: is told before each document how many are read. A file that cannot be read
    is given with its error, and the next is read.
    """
    own = {place.drafts.resolve(), place.texts.resolve()} if place else set()
    files = []
    for path in paths:
        there = files_in(path)
        others = [f for f in there if f == path or not own.intersection(f.resolve().parents)]
        if there and not others:
            raise CitypactError(
                "{folder}: is where texts and drafts are kept, which are not read again\n"
                "    -> name the files to read, or put them into another folder",
                folder=path,
            )
        files += [(path, file) for file in others]
    if place:
        refuse_links(place.texts, place.named)
    reader = _DraftWriter(
        about, place, known or KnownNames(), is_again, language or current_language(), model
    )
    with writing_in(place.drafts, place.named) if place else nullcontext():
        progress(Message("document {done} of {number}", done=0, number=len(files)))
        for done, document in enumerate(reader.read(files, limits), 1):
            yield document
            progress(Message("document {done} of {number}", done=done, number=len(files)))


def _refuse_link(file: Path, folder: Path) -> None:
    """Raises CitypactError for a link in a folder that leads out of it: nobody named its target,
    whose text would be kept in the project."""
    if file != folder and not file.resolve().is_relative_to(folder.resolve()):
        raise CitypactError(
            "{file}: is a link that leads out of the folder\n    -> name the file itself",
            file=file,
        )


class _DraftWriter:
    def __init__(
        self,
        about: DocumentDetails,
        place: DraftPlace | None,
        known: KnownNames,
        is_again: bool,
        language: str,
        model: LanguageModel | None,
    ) -> None:
        self._about, self._place, self._known = about, place, known
        self._is_again, self._language, self._model = is_again, language, model
        self._made = dict(_made(place.drafts)) if place else {}
        self._names = {
            str(head.get(key)): name
            for name, head in self._made.items()
            for key in ("place", "original")
        }

    def read(self, files: Iterable[tuple[Path, Path]], limits: Limits) -> Iterator[ReadDocument]:
        """What comes of files, each given with the path that a person named."""
        with DocumentExtractor(limits) as reader:
            for folder, file in files:
                try:
                    _refuse_link(file, folder)
                    yield self._read(file, reader)
                except CitypactError as error:
                    yield ReadDocument(file, document_name(file), "failed", error=error)

    def _read(self, file: Path, reader: DocumentExtractor) -> ReadDocument:
        name = ""
        if self._place:
            digest = _digest_of_file(file)
            name = self._names.get(digest) or self._names.get(
                _digest_of_place(file, self._place.drafts), ""
            )
            record = self._place.drafts / f"{name}.yaml"
            if name and not self._is_again and self._is_current(name, digest) and record.exists():
                text = self._place.texts / str(self._made[name]["text"])
                return ReadDocument(file, name, "unchanged", record=record, text=text)
        form, draft = reader.extract(
            file, published=self._about.published, address=self._about.address
        )
        if self._place and (known := self._known.record_of(form)):
            return self._known_document(file, form, draft, self._place, *known)
        draft, refused = self._with_model(form, draft)
        if self._place is None:
            read = ReadDocument(file, document_name(file), "read", form, draft)
        else:
            name = name or self._free_name(self._about.id or document_name(file), form)
            read = self._write(file, name, form, draft, self._place)
        return replace(read, refused=refused)

    def _with_model(self, form: NormalForm, draft: Draft) -> tuple[Draft, tuple[Refused, ...]]:
        """The draft of the rules with what the language model reads, if one was chosen."""
        if self._model is None:
            return draft, ()
        about = self._about
        answer = ask_model(form, self._model.ask, published=about.published, address=about.address)
        return merged(draft, answer.draft), answer.refused

    def _known_document(
        self,
        file: Path,
        form: NormalForm,
        draft: Draft,
        place: DraftPlace,
        document: Document,
        record: Path | None,
    ) -> ReadDocument:
        """A document that has a record; another reader may have given the text of that."""
        name = document.slug
        if record is None or document.sha256 == form.text_sha256:
            return ReadDocument(file, name, "known", form, draft, record)
        if not self._is_again:
            return ReadDocument(file, name, "differs", form, draft, record)
        old = Texts.in_folder(place.texts).by_digest.get(document.sha256)
        if old is None:
            raise CitypactError(
                "{file}: the text in which its spans count is not in {folder}\n"
                "    -> put it back, or correct the spans by hand",
                file=record,
                folder=place.texts,
            )
        fields = {
            "sha256": form.text_sha256,
            "characters": str(len(form.text)),
            "read_by": json.dumps(form.reader, ensure_ascii=False),
        }
        moved = move_spans(record, document.place.file, old, form.text, fields)
        text = _place_of_text(place.texts, name, form)
        passages = path_of_table(self._known.folder, document)
        files = {text: form.text.encode(), record: moved.data}
        if passages.exists():
            files[passages] = passages_table(form.text, sorted(set(moved.spans.values())))
        write_files(files, "--project", inside=self._known.folder)
        return ReadDocument(file, name, "moved", form, draft, record, text)

    def _is_current(self, name: str, digest: str) -> bool:
        """Whether a draft is of this file, and made by this program with these options."""
        return self._made[name].items() >= self._made_from(digest).items()

    def _made_from(self, digest: str) -> dict[str, Any]:
        """From what a draft of the file with a digest is made."""
        return {
            "original": digest,
            "program": __version__,
            "asked": _asked(self._about),
            "language_model": self._model.name if self._model else "",
        }

    def _free_name(self, name: str, form: NormalForm) -> str:
        if name in self._known.document_names or name in self._made:
            return f"{name}-{form.sha256[:8]}"
        return name

    def _write(
        self,
        file: Path,
        name: str,
        form: NormalForm,
        draft: Draft,
        place: DraftPlace,
    ) -> ReadDocument:
        record = place.drafts / f"{name}.yaml"
        text = _place_of_text(place.texts, name, form)
        was = self._made.get(name, {}).get("record")
        is_edited = record.exists() and hashlib.sha256(record.read_bytes()).hexdigest() != was
        if is_edited and not self._is_again:
            return ReadDocument(file, name, "edited", form, draft, record, text)
        comment = _HEAD[self._language].format(name=name)
        data = record_text(
            name,
            replace(form, file=str(file)),
            draft,
            self._about,
            self._known,
            self._language,
            comment,
        ).encode()
        head: dict[str, Any] = {
            **self._made_from(form.sha256),
            "place": _digest_of_place(file, place.drafts),
            "record": hashlib.sha256(data).hexdigest(),
            "text": text.name,
        }
        values = [head, form_to_json(replace(form, file=file.name)), draft_to_json(draft)]
        lines = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in values)
        write_files(
            {
                text: form.text.encode(),
                record: data,
                place.drafts / f"{name}{MADE_FROM}": ("\n".join(lines) + "\n").encode(),
            },
            inside=place.named,
        )
        self._made[name] = head
        self._names |= {head["original"]: name, head["place"]: name}
        return ReadDocument(file, name, "read", form, draft, record, text)


def record_text(
    name: str,
    form: NormalForm,
    draft: Draft,
    about: DocumentDetails,
    known: KnownNames,
    language: str,
    comment: str,
) -> str:
    """The whole record of a document, with a comment in `language` above it.

    about: what is known of the document besides what it says itself.
    """
    about = replace(
        about,
        published=about.published or form.metadata.published,
        address=about.address or form.metadata.address,
        publisher=about.publisher or form.metadata.publisher,
    )
    found = [block.language for block in form.evidence if block.language]
    languages = about.languages or tuple(sorted(set(found), key=lambda it: -found.count(it)))[:1]
    title = form.metadata.title
    at = ""
    if not about.title and not title:
        headings = (form.words(b.span) for b in form.evidence if b.kind is BlockKind.HEADING)
        title = next((words for words in headings if not _DATED.search(words)), "")
    place = form.text.find(title) if title else -1
    if place >= 0 and not about.title:
        at = f", at: {place}-{place + len(title)}"
    about = replace(about, title=about.title or title)
    fields = document_fields(Path(form.file), about, languages)
    if at and "title" in fields:
        fields["title"] = fields["title"].removesuffix("}") + at + "}"
    fields |= {
        "sha256": form.text_sha256,
        "characters": str(len(form.text)),
        "original_sha256": form.sha256,
        "read_by": json.dumps(form.reader, ensure_ascii=False),
    }
    fields.setdefault("type", f"{_type(form)}  # {translated(_OR_ANOTHER, language)}")
    if says_it_was_signed(draft, about.published):
        fields["said_after_signing"] = "true"
    if form.metadata.licence:
        licence = json.dumps(form.metadata.licence, ensure_ascii=False)
        fields["licence"] = f"{{ko: {licence}, en: {licence}}}"
    head = "".join(f"# {line}\n" for line in comment.split("\n"))
    lines = "".join(f"  {key}: {value}\n" for key, value in {"id": name, **fields}.items())
    sections = record_sections(draft, form, known, name, lambda text: doubt_text(text, language))
    return f"{head}document:\n{lines}\n{sections}".rstrip("\n") + "\n"


def doubt_text(doubt: str, language: str) -> str:
    """What extraction says of a value, in a language. From a file of drafts it comes as text."""
    if found := _OFTEN_WRONG.fullmatch(doubt):
        doubt = Message("found by {rule}, which is often wrong", rule=found[1])
    elif doubt.startswith(OTHER_VALUE):
        value = doubt.removeprefix(OTHER_VALUE)
        doubt = Message("the language model reads: {value}", value=value)
    return translated(doubt, language)


def _type(form: NormalForm) -> str:
    """What kind of document a text most likely is."""
    articles = sum(bool(_ARTICLE.match(block.number)) for block in form.blocks)
    if articles > 1 or _RECITAL.search(form.text):
        return "agreement-text"
    return "press-release" if _RELEASE.search(form.text) else "press-article"


def _made(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The drafts in a folder by name, each with what it was made of."""
    for path in sorted(folder.glob(f"[!.]*{MADE_FROM}")):
        try:
            with path.open(encoding="utf-8") as lines:
                head = json.loads(next(lines))
        except (OSError, ValueError, StopIteration):
            continue  # then it is made again
        if isinstance(head, dict) and "original" in head:
            yield path.name.removesuffix(MADE_FROM), head


def _place_of_text(folder: Path, name: str, form: NormalForm) -> Path:
    """Where the text of a draft is kept; texts that others have there are left alone."""
    place = folder / f"{name}.txt"
    if place.exists() and hashlib.sha256(place.read_bytes()).hexdigest() != form.text_sha256:
        return folder / f"{name}-{form.text_sha256[:8]}.txt"
    return place


def _digest_of_file(file: Path) -> str:
    """The digest of a file; '' where it cannot be read, which the reader says."""
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError:
        return ""


def _digest_of_place(file: Path, folder: Path) -> str:
    """A digest that tells files of one name apart; it stays when they move with the drafts."""
    way = os.path.relpath(file.resolve(), folder.resolve())
    return hashlib.sha256(os.fsencode(way)).hexdigest()[:16]


def _asked(about: DocumentDetails) -> Any:
    """What was said of a document, as JSON has it."""
    return _json_values({key: value for key, value in asdict(about).items() if value})


def _json_values(values: Any) -> Any:
    """Values as JSON has them, so that they can be compared with those that were read."""
    return json.loads(json.dumps(values, ensure_ascii=False))


__all__ = [
    "DRAFTS",
    "DraftPlace",
    "KnownNames",
    "ReadDocument",
    "doubt_text",
    "read_files",
    "record_text",
]
