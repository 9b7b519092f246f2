"""Brings the Korean catalogue up to date with the messages of the code (needs Babel).

python -m citypact.commands.update_catalogue            writes messages.po and messages.mo
python -m citypact.commands.update_catalogue --check    exits with 1 where they are not current, or
                                                        where a message has no translation

A message is what the code gives to `Message`, `CitypactError` and their like as a constant text,
and the help of commands and options. Merge conflicts in messages.po are resolved as in any text;
messages.mo is written again.
"""

from __future__ import annotations

import ast
import inspect
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from citypact import __version__
from citypact.commands import citypact as group
from citypact.commands.help import paragraphs
from citypact.graph.provenance.named_queries import named_queries
from citypact.ontology import PREFIXES
from citypact.ontology.errors import Message
from citypact.translation import COLUMN, DOMAIN, FOLDER

PACKAGE = FOLDER.parent
CATALOGUE = FOLDER / "ko" / "LC_MESSAGES" / f"{DOMAIN}.po"
HEADER = """# Korean messages of the citypact command line.
# Edit the msgstr lines with any editor of gettext files, then run
# python -m citypact.commands.update_catalogue. Keep the fields in braces; {name:은/는} chooses the
# particle that fits the word."""
FUNCTIONS = {
    "CitypactError",
    "Message",
    "NoEndpoint",
    "NotFitted",
    "ServiceError",
    "Problem",
    "UnknownThing",
    "UsageError",
    "ValueFault",
    "_Fault",
    "_error",
    "_print",
    "fault",
    "problem",
    "progress",
    "translated",
}
"""What takes messages: every constant text among the arguments that is more than one word."""
SINGLE = {"Message", "translated"}
"""Whose first argument is a message, also where it is a single word."""
CLICK = (
    "(dynamic)",
    "Argument {name!r} takes {nargs} values.",
    "Choose from:\n\t{choices}",
    "Commands",
    "Error: {message}",
    "Invalid value for {param_hint}: {message}",
    "Invalid value: {message}",
    "Missing argument",
    "Missing command.",
    "Missing option",
    "Missing parameter",
    "Missing parameter: {param_name}",
    "No such command {name!r}.",
    "No such option {name!r}.",
    "No such option: {name}",
    "Option {name!r} does not take a value.",
    "Options",
    "Show the version and exit.",
    "Show this message and exit.",
    "Try '{command} {option}' for help.",
    "Usage:",
    "Value must be an iterable.",
    "default: {default}",
    "env var: {var}",
    "required",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    (
        "{value!r} does not match the format {format}.",
        "{value!r} does not match the formats {formats}.",
    ),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
"""What click says to users of a command line, in its versions from 8.1.7; singular and plural."""

SYSTEM = (
    "Broken pipe",
    "Connection refused",
    "Connection reset by peer",
    "Connection timed out",
    "File exists",
    "File name too long",
    "Is a directory",
    "Network is unreachable",
    "No route to host",
    "No space left on device",
    "No such file or directory",
    "Not a directory",
    "Permission denied",
    "Read-only file system",
    "Server disconnected without sending a response.",
)
"""What operating systems and httpx say, in English whatever the locale of Python's process."""

Key = str | tuple[str, str]
"""A message, or its singular and plural."""


def messages() -> dict[Key, list[str]]:
    """Every message of the code and of click, with the files that have it."""
    found: dict[Key, list[str]] = {}
    for file in source_files():
        for key in _in_code(ast.parse(file.read_text(encoding="utf-8"))):
            found.setdefault(key, []).append(_name(file))
    for command in _commands(group):
        file = Path(inspect.getfile(inspect.unwrap(command.callback or main)))
        for text in _help(command):
            found.setdefault(text, []).append(_name(file))
    for origin, keys in (("click", CLICK), ("system", SYSTEM)):
        for key in keys:
            found.setdefault(key, []).append(origin)
    return found


def columns() -> list[str]:
    """The columns of the named queries."""
    store = ox.Store()
    answers = (store.query(query.text, prefixes=PREFIXES) for query in named_queries().values())
    selects = (answer for answer in answers if isinstance(answer, ox.QuerySolutions))
    return sorted({variable.value for select in selects for variable in select.variables})


def source_files() -> list[Path]:
    """The Python files of the package; the folders within it that are links are followed."""
    folders = (PACKAGE, *(PACKAGE / name for name in ("graph", "ontology", "sources")))
    generator = PACKAGE.parent / "docs" / "generate.py"
    files = {file for folder in folders for file in folder.rglob("*.py")} | {generator}
    return sorted(files - {Path(__file__)})


def _name(file: Path) -> str:
    return file.resolve().relative_to(PACKAGE.parent.resolve()).as_posix()


def _in_code(tree: ast.AST) -> Iterator[Key]:
    """The constant texts that calls take as messages."""
    for call in calls(tree):
        name = _called(call)
        if name == "plural":
            one, many = (ast.literal_eval(argument) for argument in call.args[:2])
            yield (one, many)
            continue
        for position, argument in enumerate(call.args):
            for node in _branches(argument):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    is_single = name in SINGLE and position == 0
                    is_phrase = name in FUNCTIONS and _is_english_phrase(node.value)
                    if node.value and (is_single or is_phrase):
                        yield node.value


def _is_english_phrase(text: str) -> bool:
    return " " in text and not re.search("[가-힣]", text)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls in a module of what takes messages."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in {*FUNCTIONS, *SINGLE, "plural"}:
            yield node


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _branches(argument: ast.expr) -> Iterator[ast.expr]:
    """The values that an argument may have, where a condition chooses."""
    if isinstance(argument, ast.IfExp):
        yield from _branches(argument.body)
        yield from _branches(argument.orelse)
    else:
        yield argument


def fixed_texts(file: Path) -> Iterator[int]:
    """The lines of a file where an f-string is given as a message: no catalogue can have it."""
    for call in calls(ast.parse(file.read_text(encoding="utf-8"))):
        for argument in call.args:
            for node in _branches(argument):
                if isinstance(node, ast.JoinedStr) and " " in ast.unparse(node):
                    yield node.lineno


def _help(command: click.Command) -> Iterator[str]:
    """The texts of the help of a command and its options."""
    yield from (text for text, _ in paragraphs(command.help or ""))
    for parameter in command.params:
        text = getattr(parameter, "help", None)
        if text:
            yield text.template if isinstance(text, Message) else text


def _commands(command: click.Command) -> Iterator[click.Command]:
    """A command and all below it."""
    yield command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            assert found is not None
            yield from _commands(found)


def catalogue(known: Catalog) -> Catalog:
    """The catalogue of today's messages with the translations that are known."""
    current = Catalog(
        locale="ko",
        domain=DOMAIN,
        header_comment=HEADER,
        project="citypact",
        version=__version__,
        msgid_bugs_address="none",
        last_translator="The Citypact team <none>",
        language_team="Korean <none>",
        creation_date=known.creation_date,
        revision_date=known.creation_date,
        fuzzy=False,
    )
    template = Catalog(creation_date=known.creation_date)
    for key, files in sorted(messages().items(), key=lambda item: (min(item[1]), str(item[0]))):
        template.add(key, locations=[(file, 0) for file in sorted(set(files))])
    for name in columns():
        template.add(name, locations=[("ontology/queries", 0)], context=COLUMN)
    for message in known:
        if message.id:
            current.add(message.id, message.string, flags=message.flags, context=message.context)
    current.update(template)
    current.obsolete.clear()
    return current


def main() -> None:
    """Writes the catalogue, or with --check says what is wrong with it."""
    with CATALOGUE.open("rb") as file:
        known = read_po(file, locale="ko", domain=DOMAIN)
    current = catalogue(known)
    text, binary = io.BytesIO(), io.BytesIO()
    write_po(text, current, width=100, include_lineno=False)
    write_mo(binary, current)
    missing = [message.id for message in current if message.id and not _is_translated(message)]
    files = {CATALOGUE: text.getvalue(), CATALOGUE.with_suffix(".mo"): binary.getvalue()}
    if "--check" not in sys.argv:
        for path, data in files.items():
            path.write_bytes(data)
        print(f"{len(list(current)) - 1} messages, {len(missing)} without a translation")
        return
    stale = [str(path) for path, data in files.items() if path.read_bytes() != data]
    if stale or missing:
        sys.exit(
            f"not current: {', '.join(stale) or 'nothing'}; without a translation: "
            f"{missing or 'nothing'}; run python -m citypact.commands.update_catalogue"
        )


def _is_translated(message: Any) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings) and not message.fuzzy


if __name__ == "__main__":
    main()
