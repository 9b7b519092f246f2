"""The documentation is true: references are current, links lead somewhere, commands exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from citypact import open as open_graph
from citypact.commands import COMMANDS
from citypact.commands import citypact as group
from citypact.graph.provenance.named_queries import named_queries
from citypact.graph.provenance.vocabulary_terms import vocabulary_terms
from citypact.ontology.vocabulary import prefixes, vocabulary
from citypact.sources.reading.annotations import INHERITED, OF_A_VALUE
from citypact.sources.reading.load import STRUCTURE
from tests.running import citypact, environment

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/README.md")])
OF_MEMBERSHIPS = {"reportedUnder", "reporterListCompleteness"}
"""Terms without an example in the packaged graph, as `build --memberships` alone has any."""


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def command(name: str) -> click.Command:
    """A command by its words, such as `build` or `import twins`."""
    found: click.Command | None = group
    for word in name.split():
        assert isinstance(found, click.Group), name
        found = found.get_command(click.Context(found), word)
        assert found is not None, f"no command is called {name}"
    return found


def every_command() -> Iterator[str]:
    for name in COMMANDS:
        yield name
        found = command(name)
        if isinstance(found, click.Group):
            yield from (f"{name} {part}" for part in found.commands)


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of its level."""
    level = heading.split()[0]
    assert f"\n{heading}\n" in text, heading
    return text.split(f"\n{heading}\n", 1)[1].split(f"\n{level} ", 1)[0]


def test_the_references_are_current(tmp_path: Path) -> None:
    """Written anew elsewhere they are the same; the check finds what is stale there."""
    (tmp_path / "generate.py").write_bytes((ROOT / "docs" / "generate.py").read_bytes())

    def generate(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(tmp_path / "generate.py"), *arguments],
            capture_output=True,
            text=True,
            env=environment(PYTHONPATH=str(ROOT)),
        )

    done = generate()
    assert done.returncode == 0, done.stderr
    written = {path.name for path in tmp_path.glob("*.md")}
    vocabulary_pages = {"vocabulary.md", "vocabulary.ko.md"}
    assert (
        written == {"commands.md", "commands.ko.md", "queries.md", "records.md"} | vocabulary_pages
    )
    for name in written:
        assert (tmp_path / name).read_text(encoding="utf-8") == page(name), (
            "run python docs/generate.py"
        )
    with (tmp_path / "queries.md").open("a", encoding="utf-8") as file:
        file.write("stale")
    done = generate("--check")
    assert done.returncode == 1
    assert done.stderr == "not current: queries.md; run python docs/generate.py\n"


@pytest.mark.parametrize("name", list(every_command()))
def test_every_command_and_option_is_documented(name: str) -> None:
    text = section(page("commands.md"), f"## citypact {name}")
    assert COMMANDS[name.split()[0]] in page("commands.md")
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}" in text, parameter.opts
            assert parameter.help
            assert " ".join(parameter.help.split()) in text, parameter.opts


@pytest.mark.parametrize("name", ["vocabulary.md", "vocabulary.ko.md"])
def test_the_page_on_the_vocabulary_names_every_term_and_prefix(name: str) -> None:
    text = page(name)
    for prefix, namespace in prefixes().items():
        assert f"| `{prefix}:` | `{namespace}` |" in text
    language = "ko" if name.endswith(".ko.md") else "en"
    for term in vocabulary_terms():
        if term.kind != "topic":
            assert f"| `{term.name}` | {term.labels[language]} |" in text
    party = next(line for line in text.splitlines() if line.startswith("| `citypact:party` "))
    inverse = vocabulary().properties["party"].inverse[language]
    assert inverse in party and "`government:guayaquil`" in party
    without = re.findall(
        r"^\| `citypact:(\w+)`.*\| – \| `https://w3id.org/citypact/ns#", text, re.M
    )
    assert len(set(without) - OF_MEMBERSHIPS) < 20


@pytest.mark.parametrize("name", ["vocabulary.md", "vocabulary.ko.md"])
def test_worked_queries_run_as_they_are_printed(name: str, whole_build: Path) -> None:
    texts = re.findall(r"^```sparql\n(.*?)^```$", page(name), re.MULTILINE | re.DOTALL)
    assert len(texts) == 10
    graph = open_graph(whole_build)
    for text in texts:
        assert len(graph.query(text)), text
        assert any(graph.query(text).sources()), text


def test_other_programs_read_the_files_of_a_build(build: Path) -> None:
    [text] = re.findall(r"^```python\n(.*?)^```$", page("vocabulary.md"), re.MULTILINE | re.DOTALL)
    assert text in page("vocabulary.ko.md")
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=build.parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "Seoul–Guayaquil Agreement on Smart City Cooperation" in done.stdout
    assert "/id/doc/citypact-editors" in done.stdout


@pytest.mark.parametrize("name", named_queries())
def test_every_named_query_is_documented(name: str) -> None:
    query = named_queries()[name]
    text = section(page("queries.md"), f"## {name}")
    for language in ("ko", "en"):
        assert query.title[language] in text
        assert query.purpose[language] in text
        for parameter in query.parameters:
            assert f"`--{parameter.name}`" in text
            assert parameter.meaning[language] in text


@pytest.mark.parametrize("key", sorted({*STRUCTURE, *INHERITED, *OF_A_VALUE}))
def test_every_key_of_records_is_documented(key: str) -> None:
    assert re.search(rf"^\| `{key}` \| (document|thing|value)", page("records.md"), re.MULTILINE)


@pytest.mark.parametrize("name", vocabulary().sections)
def test_every_section_and_field_of_records_is_documented(name: str) -> None:
    found = vocabulary().sections[name]
    text = section(page("records.md"), f"## {name}")
    assert found.labels["ko"] in text
    for field, prop in vocabulary().fields(found.name).items():
        assert re.search(rf"^\| `{field}` \|.*{re.escape(prop.labels['ko'])}", text, re.MULTILINE)


def test_tables_are_whole() -> None:
    """Every row has the columns of its head: no sign within a cell divides it."""
    for path in sorted((ROOT / "docs").glob("*.md")):
        columns = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = len(re.split(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert not columns or not cells or cells == columns, (path.name, line)
            columns = cells


def links(path: Path) -> Iterator[str]:
    """The relative links of a page, code set aside."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(<?([^)\s>]+)>?[^)]*\)|(?:src|href)=\"([^\"]+)\"", text):
        link = target[0] or target[1]
        if not re.match(r"[a-z]+:", link):
            yield link


def anchors(path: Path) -> set[str]:
    """The anchors that the headings of a page get."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for link in links(path):
        file, _, anchor = link.partition("#")
        target = (path.parent / file) if file else path
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), link


def shown_commands() -> Iterator[tuple[Path, str]]:
    """The lines of code blocks that call the command, continued lines joined."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            for line in re.sub(r"\\\n\s*", "", block).splitlines():
                words = re.sub(r"^(\$ )?(\.venv/bin/)?", "", line.strip())
                if re.match(r"citypact \w+( |$)", words) and "[OPTIONS]" not in words:
                    yield path, words


SHOWN = sorted({line for _, line in shown_commands()})


def arguments_of(line: str) -> list[str]:
    """The words of a command as a shell reads them, up to a pipe, a redirection or a comment."""
    words = shlex.split(line, comments=True)[1:]
    end = next((i for i, word in enumerate(words) if word in ("|", ">", "&&", ";")), len(words))
    return words[:end]


def test_the_readme_shows_commands() -> None:
    shown = [line for path, line in shown_commands() if path.name == "README.md"]
    assert {arguments_of(line)[0] for line in shown} >= {"build", "query", "why"}


@pytest.mark.parametrize("line", SHOWN)
def test_shown_commands_exist_with_their_options(line: str) -> None:
    name, *rest = arguments_of(line)
    if isinstance(command(name), click.Group) and rest:
        name = f"{name} {rest.pop(0)}"
    known = {option for parameter in command(name).params for option in parameter.opts}
    if name == "query" and rest and rest[0] in named_queries():
        known |= {f"--{parameter.name}" for parameter in named_queries()[rest[0]].parameters}
    used = {word.partition("=")[0] for word in rest if word.startswith("--")}
    assert used <= known | {"--help"}


@pytest.mark.parametrize(
    "line", [line for line in SHOWN if arguments_of(line)[0] in ("query", "why")]
)
def test_shown_questions_have_answers(whole_build: Path, tmp_path: Path, line: str) -> None:
    words = arguments_of(line)
    for option in ("--build", "--documents"):
        if option in words:
            # A folder of the reader: ours takes its place, or none.
            at = words.index(option)
            del words[at : at + 2]
    text = words[words.index("--text") + 1] if "--text" in words else ""
    if "--file" in words or "…" in text:
        pytest.skip("asks for a file of the reader")
    done = citypact(*words, "--build", whole_build, folder=tmp_path)
    assert done.out.strip()
    assert "nothing recorded" not in done.out
