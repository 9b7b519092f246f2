"""New documents of a project: a text and what is known of it become a record to fill in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from importlib import resources
from pathlib import Path

from citypact.ontology import LANGUAGES, NS
from citypact.ontology.errors import CitypactError, Message
from citypact.ontology.vocabulary import SLUG, vocabulary
from citypact.sources.files.atomic_files import write_files
from citypact.sources.files.atomic_folder import writing_in
from citypact.sources.files.csv_tables import read_file
from citypact.sources.files.encodings import Decoded
from citypact.sources.model import Date, Sources
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.project import DOCUMENTS, Project
from citypact.sources.reading.texts import MAXIMUM_BYTES, decode_document
from citypact.sources.twins.country_names import slugify
from citypact.translation import current_language

_SCRIPTS = {"ko": "[가-힣]", "ja": "[ぁ-んァ-ヶ]", "zh": "[一-鿿]"}
"""Letters by which a language is known. Japanese has Chinese characters too, and comes before."""
_SIGNS = 0.15
"""A text has at least this share of such letters: names in Latin letters may be between them."""
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "for",
        "on",
        "with",
        "that",
        "by",
        "is",
        "at",
        "from",
        "as",
        "was",
        "will",
    ]
)
_ENOUGH = 0.2
"""At least this share of the words of an English text are such words."""


@dataclass(frozen=True)
class DocumentDetails:
    """What is known of a document, each empty where it is not.

    Attributes: id (its name in IRIs), title, publisher, address, published and retrieved (EDTF),
    type (a code of document-type), languages (codes).
    """

    id: str = ""
    title: str = ""
    publisher: str = ""
    address: str = ""
    published: str = ""
    retrieved: str = ""
    type: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class AddedDocument:
    """A document that was added, or was there already.

    Attributes: file (as the user named it), id, record and text (where they are now; None for
    what the project builds on), characters, languages, encoding and how sure that is (0 to 1),
    is_known (whether it was there before, and nothing was written).
    """

    file: Path
    id: str
    record: Path | None
    text: Path | None
    characters: int
    languages: tuple[str, ...]
    encoding: str
    confidence: float
    is_known: bool = False


def add_documents(
    files: Sequence[Path], project: Project, about: DocumentDetails, language: str | None = None
) -> list[AddedDocument]:
    """Adds texts to a project: each with a record to fill in, in records/, and in documents/.

    The record has the SHA-256 digest of the bytes, the length of the text, what is known `about`
    it, and commented examples in `language` (that of messages where not given). Texts that the
    project has already are left alone. Raises CitypactError for files that are no texts, for names
    that are taken, and where the language of a title cannot be told; then nothing is written.
    """
    folder = project.folder / "records"
    with writing_in(folder, project.folder):
        return _add(files, project, about, language or current_language())


def _add(
    files: Sequence[Path], project: Project, about: DocumentDetails, language: str
) -> list[AddedDocument]:
    texts: dict[str, _Text] = {}
    errors: list[str] = []
    for file in files:
        try:
            text = _read(file, about)
        except CitypactError as error:  # the other files are looked at, too
            errors.append(error.message)
        else:
            texts.setdefault(text.digest, text)
    if errors:
        lines = reduce(lambda one, other: Message("{one}\n{other}", one=one, other=other), errors)
        raise CitypactError(lines)
    sources = load_sources(project.folder, whole_base=True, faults=[])
    by_digest = {each.sha256: each for each in sources.documents.values() if each.has_text}
    contents: dict[Path, bytes] = {}
    added: list[AddedDocument] = []
    for digest, text in texts.items():
        where, count, decoded = None, len(text.decoded.text), text.decoded
        if known := by_digest.get(digest):
            slug, is_own = known.slug, ":" not in known.place.file
            record = project.folder / known.place.file if is_own else None
        else:
            slug = about.id or document_name(text.file)
            record = project.folder / "records" / f"{slug}.yaml"
            _refuse_address(about.address, sources)
            _refuse_taken(text.file, slug, record, sources, {each.id for each in added})
            where = _place_of_text(text.file, slug, digest, project.folder / DOCUMENTS)
            if where != text.file.resolve():
                contents[where] = text.data
            said = text.fields | {"id": slug, "sha256": digest, "characters": str(count)}
            contents[record] = _record(said, language)
        found = decoded.encoding, decoded.confidence, known is not None
        added.append(AddedDocument(text.file, slug, record, where, count, text.languages, *found))
    write_files(contents, "--project", inside=project.folder)
    return added


@dataclass(frozen=True)
class _Text:
    """A file that was read: its bytes with their digest, the text, what is known of it in YAML."""

    file: Path
    data: bytes
    digest: str
    decoded: Decoded
    languages: tuple[str, ...]
    fields: dict[str, str]


def _read(file: Path, about: DocumentDetails) -> _Text:
    """A file as a text. Raises CitypactError for what is none."""
    data = read_file(file)
    if len(data) > MAXIMUM_BYTES:
        raise CitypactError(
            "{file}: is larger than {maximum_bytes} bytes\n    -> split it",
            file=file,
            maximum_bytes=MAXIMUM_BYTES,
        )
    decoded = decode_document(data, str(file))
    if not decoded.text.strip():
        raise CitypactError("{file}: is empty\n    -> name a file with a text", file=file)
    languages = about.languages or tuple(filter(None, [language_of(decoded.text)]))
    fields = document_fields(file, about, languages)
    return _Text(file, data, hashlib.sha256(data).hexdigest(), decoded, languages, fields)


def document_name(file: Path) -> str:
    """A name for IRIs, made of that of the file."""
    slug = slugify(file.stem)
    return f"document-{slug}" if re.fullmatch("[0-9a-f]{8}|[0-9-]+", slug) else slug


def _refuse_taken(file: Path, slug: str, record: Path, sources: Sources, new: set[str]) -> None:
    if not SLUG.fullmatch(slug):
        raise CitypactError(
            "{name!r} cannot be a name in IRIs\n    -> use small letters, digits and single "
            "hyphens",
            name=slug,
        )
    taken = {each.slug: each.place.file for each in sources.documents.values()}
    if slug in taken or slug in new or record.exists():
        raise CitypactError(
            "{file}: {name!r} is taken by {other}\n    -> choose another name with --id",
            file=file,
            name=slug,
            other=taken.get(slug) or f"records/{record.name}",
        )


def _place_of_text(file: Path, slug: str, digest: str, folder: Path) -> Path:
    """Where the text is kept: where it is, if that is in the folder, else under its name there."""
    if file.resolve().parent == folder.resolve():
        return file.resolve()
    place = folder / f"{slug}.txt"
    if place.exists() and hashlib.sha256(place.read_bytes()).hexdigest() != digest:
        return folder / f"{slug}-{digest[:8]}.txt"
    return place


def _refuse_address(address: str, sources: Sources) -> None:
    """Refuses an address that another document has: one document would count as two sources."""
    page = re.sub("^https?://", "", address)
    for claim in sources.claims if page else ():
        if claim.predicate != f"{NS}address" or isinstance(claim.object, Date):
            continue
        if re.sub("^https?://", "", claim.object.value) == page:
            is_own = ":" not in claim.place.file
            raise CitypactError(
                "{address} is the address of {other} already ({file}:{line})\n    -> {cure}",
                address=address,
                other=claim.subject.rsplit("/", 1)[-1],
                file=claim.place.file,
                line=claim.place.line,
                cure=Message(
                    "write what its rows say into the new record and remove it there first; leave "
                    "--address out if it is another document"
                )
                if is_own
                else Message(
                    "name it as the source of rows of yours; to quote its text, leave --address "
                    "out, and it will count as a source of its own"
                ),
            )


def language_of(text: str) -> str:
    """The language that a text is written in, by its letters and commonest words; '' if unsure."""
    letters = sum(map(str.isalpha, text))
    for language, sign in _SCRIPTS.items():
        if len(re.findall(sign, text)) > _SIGNS * letters:
            return language
    words = re.findall(r"[a-z]+", text.casefold())
    if words and sum(word in _ENGLISH for word in words) > _ENOUGH * len(words):
        return "en"
    return ""


def document_fields(
    file: Path, about: DocumentDetails, languages: tuple[str, ...]
) -> dict[str, str]:
    """The lines of `document:` that are known, in YAML, by their fields."""

    def in_language(text: str) -> str:
        language = next((each for each, sign in _SCRIPTS.items() if re.search(sign, text)), "")
        others = [each for each in languages if each not in _SCRIPTS]
        # Names in Latin letters in a Korean text are English as a rule.
        language = language or next(iter(others), "en" if languages else "")
        if not language:
            raise CitypactError(
                "{file}: the language of the text cannot be determined\n    -> name it with "
                "--text-language: {codes}",
                file=file,
                codes=", ".join(vocabulary().codes["language"]),
            )
        return f"{{{language}: {_quoted(text)}}}"

    said: dict[str, str] = {}
    if about.title:
        said["title"] = in_language(about.title)
    else:
        name = _quoted(f"[{file.stem}]")
        said["label"] = "{" + ", ".join(f"{each}: {name}" for each in LANGUAGES) + "}"
    if about.publisher:
        said["publisher"] = in_language(about.publisher)
    if about.address:
        said["address"] = _quoted(about.address)
    for name in ("published", "retrieved", "type"):
        if value := getattr(about, name):
            said[name] = value
    if languages:
        several = ", ".join(languages)
        said["languages"] = several if len(languages) == 1 else f"[{several}]"
    return said


def _quoted(text: str) -> str:
    """A text as YAML writes it in quotation marks."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in quoted)


def _record(said: Mapping[str, str], language: str) -> bytes:
    """The template of a record, with what is known in place of its examples."""
    template = resources.files("citypact") / "project_files" / f"record.{language}.yaml"
    lines = []
    for line in template.read_text(encoding="utf-8").splitlines(keepends=True):
        field = re.match(r"  (?:# )?([a-z0-9]+):", line)
        if field and field[1] in said:
            line = f"  {field[1]}: {said[field[1]]}\n"
        lines.append(line)
    return "".join(lines).encode()


__all__ = [
    "AddedDocument",
    "DocumentDetails",
    "add_documents",
    "document_fields",
    "document_name",
    "language_of",
]
