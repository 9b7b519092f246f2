"""The glossary is well-formed, and nothing that users read contains a word that it rejects."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = ROOT / "docs" / "glossary.csv"
COLUMNS = (
    "id",
    "ko",
    "en",
    "definition_ko",
    "definition_en",
    "rejected_ko",
    "rejected_en",
)
PAGES = (
    "README*.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/*.md",
)
PACKAGES = ("graph", "citypact")
MESSAGES = {".ftl", ".html", ".j2", ".po", ".toml", ".txt"}
"""Suffixes of templates and message files; Python files are searched by their string literals."""

WRITTEN_BY_USERS = ("graph/questions/patterns.toml",)
"""Files with the words in which users ask, whatever they call things."""

HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True)
class Rejected:
    """A word that users must not read, and the term to use instead."""

    word: str
    pattern: re.Pattern[str]
    term: str

    @cached_property
    def stem(self) -> str:
        """What a text contains, in lower case, if the pattern may match in it: soon looked for."""
        return self.word.split()[0].casefold()


@dataclass(frozen=True)
class Text:
    """A text that users read, with the line of its file on which it begins.

    source: the literal as it is written, where the text is the value of one over several lines.
    """

    line: int
    text: str
    source: str = ""

    def line_of(self, match: re.Match[str]) -> int:
        """The line of the file on which a match begins."""
        if not self.source:
            return self.line + self.text.count("\n", 0, match.start())
        first = match[0].split()[0]
        before = self.text.count(first, 0, match.start())
        found = [each.start() for each in re.finditer(re.escape(first), self.source)]
        return self.line + (self.source.count("\n", 0, found[before]) if before < len(found) else 0)


@dataclass(frozen=True)
class Offence:
    """A rejected word in a file."""

    path: str
    line: int
    word: str
    term: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: “{self.word}”, use “{self.term}”"


@cache
def glossary() -> list[dict[str, str]]:
    """The rows of the glossary."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(cell: str) -> list[str]:
    """The rejected words of a cell."""
    return [word.strip() for word in cell.split(";")] if cell else []


def pattern(word: str, language: str) -> re.Pattern[str]:
    """How a word is searched: Korean from the beginning of a word on, English as whole words.

    Particles follow a Korean word without a blank, so its end is open: 나라 is found in 나라의 and
    not in 우리나라. English words are found in any case. A blank matches any white space, so a line
    break hides nothing.
    """
    body = r"\s+".join(map(re.escape, word.split()))
    if language == "ko":
        return re.compile(rf"(?<![가-힣]){body}")
    return re.compile(rf"(?<![\w-]){body}(?![\w-])", re.IGNORECASE)


@cache
def rejected() -> list[Rejected]:
    """All rejected words, the longest first."""
    found = [
        Rejected(word, pattern(word, language), row[language])
        for row in glossary()
        for language in ("ko", "en")
        for word in words(row[f"rejected_{language}"])
    ]
    return sorted(found, key=lambda each: (-len(each.word), each.word))


def offences(path: str, texts: Sequence[Text]) -> list[Offence]:
    """The rejected words in the texts of a file; of words that overlap, the longest alone."""
    found = []
    for text in texts:
        taken: list[tuple[int, int]] = []
        folded = text.text.casefold()
        for each in rejected():
            if each.stem not in folded:
                continue
            for match in each.pattern.finditer(text.text):
                start, end = match.span()
                if any(start < other_end and other < end for other, other_end in taken):
                    continue
                taken.append((start, end))
                found.append(Offence(path, text.line_of(match), each.word, each.term))
    return sorted(found, key=lambda each: (each.line, each.word))


def blank(match: re.Match[str]) -> str:
    """White space in place of a passage, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", match[0])


def markdown_texts(source: str) -> list[Text]:
    """The prose of a Markdown page: code, link targets and addresses are blanked out."""
    for hidden in (
        r"^```.*?^```",
        r"`[^`]*`",
        r"(?<=\])\([^)\s]*\)",
        r"https?://[^\s)>]+",
    ):
        source = re.sub(hidden, blank, source, flags=re.DOTALL | re.MULTILINE)
    return [Text(1, source)]


def template_texts(source: str) -> list[Text]:
    """A template or message file without comments, scripts and styles.

    Placeholders such as {number} and { $number } are an ellipsis, as values of f-strings are.
    """
    for hidden in (r"<!--.*?-->", r"\{#.*?#\}", r"<(script|style)\b.*?</\1>"):
        source = re.sub(hidden, blank, source, flags=re.DOTALL)
    return [Text(1, re.sub(r"\{[ \t]*\$?[\w.:,%/]*[ \t]*\}", "…", source))]


def toml_texts(source: str) -> list[Text]:
    """The texts of a message file or catalogue; names of tables, messages and columns are not."""
    return [
        Text(number, text.text)
        for number, line in enumerate(source.splitlines(), 1)
        for value in re.findall(r'\b(?:ko|en|one|other) = "([^"]*)"', line)
        for text in template_texts(value)
    ]


def python_texts(source: str) -> list[Text]:
    """The string literals of a module that hold Korean words or several words; no docstrings.

    Adjacent literals are one text. Values of f-strings are replaced by an ellipsis.
    """
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.Constant)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if id(node) in docstrings | inside:
            continue
        if HANGUL.search(text) or " " in text.strip():
            written = "".join(lines[node.lineno - 1 : node.end_lineno])
            found.append(Text(node.lineno, text, written))
    return found


def texts_of(path: Path) -> list[Text]:
    """What users read of a file."""
    source = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".md":
            return markdown_texts(source)
        case ".py":
            return python_texts(source)
        case ".toml":
            return toml_texts(source)
        case _:
            return template_texts(source)


def files() -> Iterator[Path]:
    """Pages, templates, message files and modules whose words users read."""
    for place in PAGES:
        yield from sorted(ROOT.glob(place))
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix in MESSAGES or path.suffix == ".py":
                yield path.resolve()


# A package may be linked into another: its files are resolved, so that each is searched once.
FILES = {
    name: path
    for path in files()
    if (name := path.relative_to(ROOT).as_posix()) not in WRITTEN_BY_USERS
}


def test_the_glossary_has_all_columns_filled() -> None:
    assert glossary()
    assert tuple(glossary()[0]) == COLUMNS
    for row in glossary():
        # A row with too many cells has them under None, one with too few has None in a column.
        assert None not in row, row["id"]
        assert None not in row.values(), row["id"]
        assert all(value == value.strip() for value in row.values()), row["id"]
        for column in COLUMNS[:5]:
            assert row[column], (row["id"], column)
        assert HANGUL.search(row["definition_ko"]), row["id"]
        assert not HANGUL.search(row["en"] + row["definition_en"]), row["id"]


def test_the_glossary_is_sorted_by_unique_ids() -> None:
    ids = [row["id"] for row in glossary()]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in ids)


def test_terms_are_unique() -> None:
    for language in ("ko", "en"):
        terms = [row[language].lower() for row in glossary()]
        assert len(terms) == len(set(terms)), sorted({t for t in terms if terms.count(t) > 1})


def test_rejected_words_are_unique_and_none_is_empty() -> None:
    for language in ("ko", "en"):
        found = [word for row in glossary() for word in words(row[f"rejected_{language}"])]
        assert all(found)
        assert len(found) == len(set(found)), sorted({w for w in found if found.count(w) > 1})
        assert all(bool(HANGUL.search(word)) == (language == "ko") for word in found)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_glossary_keeps_to_its_own_terms(language: str) -> None:
    for row in glossary():
        own = [Text(1, row[language]), Text(1, row[f"definition_{language}"])]
        assert not offences(row["id"], own), list(map(str, offences(row["id"], own)))


def planted() -> tuple[str, str]:
    """A rejected word of each language, Korean first."""
    return tuple(  # type: ignore[return-value]
        next(word for row in glossary() for word in words(row[f"rejected_{language}"]))
        for language in ("ko", "en")
    )


@pytest.mark.parametrize("suffix", [".md", ".html", ".ftl"])
def test_a_planted_word_is_found(tmp_path: Path, suffix: str) -> None:
    ko, en = planted()
    path = tmp_path / f"page{suffix}"
    path.write_text(f"Good text.\n\nIt says {en.upper()} here.\n그리고 {ko} 있다.\n", "utf-8")
    found = offences("page", texts_of(path))
    assert [(each.line, each.word) for each in found] == [(3, en), (4, ko)]
    assert all(each.term and each.term in str(each) for each in found)


def test_a_planted_word_is_found_in_literals_and_not_in_docstrings(tmp_path: Path) -> None:
    ko, en = planted()
    path = tmp_path / "module.py"
    path.write_text(
        f'"""Docstring: {en}, {ko}."""\n'
        f"# Comment: {en}, {ko}.\n"
        f'CODE = "{en.split()[0]}"\n'
        f'FIRST = "It says {en} here"\n'
        f"number = 2\n"
        f'SECOND = f"{{number}} {ko}"\n'
        f'THIRD = (\n    "first "\n    "{ko}"\n)\n',
        "utf-8",
    )
    found = offences("module.py", texts_of(path))
    assert [(each.line, each.word) for each in found] == [(4, en), (6, ko), (9, ko)]


def test_a_planted_phrase_is_found_over_two_literals_and_two_lines() -> None:
    phrase = next(each for each in rejected() if " " in each.word and not HANGUL.search(each.word))
    first, rest = phrase.word.split(maxsplit=1)
    source = f'WORDS = (\n    "It says {first} "\n    f"{rest} of {{number}}"\n)\n'
    found = offences("", python_texts(source))
    assert [(each.line, each.word) for each in found] == [(2, phrase.word)]
    page = markdown_texts(f"It says {first}\n{rest} here.")
    assert [each.word for each in offences("", page)] == [phrase.word]


def test_a_planted_word_is_found_in_the_texts_of_a_catalogue_and_not_in_its_names() -> None:
    ko, en = planted()
    source = f'[columns]\n# {en}\n{en} = {{ ko = "그 {ko}", en = {{ one = "{en} {{n}}" }} }}\n'
    found = offences("", toml_texts(source))
    assert {(each.line, each.word) for each in found} == {(3, ko), (3, en)}


def test_code_and_parts_of_words_are_not_found() -> None:
    _, en = planted()
    page = f"Run `{en}`:\n\n```\n{en}\n```\n\n[x](https://example.org/{en}) pre{en}post\n"
    assert not offences("", markdown_texts(page))


def test_korean_words_are_found_with_particles_and_not_inside_others() -> None:
    ko, _ = planted()
    assert offences("", [Text(1, f"그 {ko}에서는")])
    assert not offences("", [Text(1, f"가나다{ko}")])


def test_users_read_no_rejected_word() -> None:
    found = [each for name in FILES for each in offences(name, texts_of(FILES[name]))]
    assert not found, "\n" + "\n".join(map(str, found))
