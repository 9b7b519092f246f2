"""Writes the references of this folder from what the program itself knows.

python docs/generate.py            writes the files
python docs/generate.py --check    exits with 1 where one of them is not current
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import click
import pyoxigraph as ox

from citypact.commands import COMMANDS, citypact
from citypact.commands.help import paragraphs
from citypact.graph.build.claims import assemble
from citypact.graph.build.rules import derive
from citypact.graph.provenance.named_queries import named_queries
from citypact.graph.provenance.vocabulary_terms import vocabulary_terms
from citypact.graph.rdf.terms import CLAIMS, object_term, prefixed
from citypact.graph.store.base import LocalStore
from citypact.ontology import CODE, NS, RDFS, XSD, folder
from citypact.ontology.errors import Message
from citypact.ontology.query_files import headers
from citypact.ontology.vocabulary import (
    Class,
    Property,
    Term,
    prefixes,
    vocabulary,
    vocabulary_quads,
)
from citypact.sources import PACKAGED
from citypact.sources.reading.load import load_sources
from citypact.translation import current_language, speaking, translated

HERE = Path(__file__).parent


def commands() -> Iterator[str]:
    """The reference of the commands and their options, in the current language."""
    yield f"# {translated('Commands')}\n"
    yield translated(
        "What each command does, and every option it takes. Results are written to standard "
        "output, messages to standard error. Exit status 0: success; 1: problems found; 2: usage "
        "error or another error; 130: interrupted with Ctrl-C."
    )
    yield ""
    yield from _table(translated("Command"), translated("Purpose"))
    for name, purpose in COMMANDS.items():
        yield _row(f"[`citypact {name}`](#citypact-{name})", translated(purpose))
    yield ""
    for name, command in _every_command():
        context = click.Context(command, info_name=f"citypact {name}")
        usage = command.get_usage(context).removeprefix(translated("Usage:")).strip()
        yield f"## citypact {name}\n"
        yield f"```\n{usage}\n```\n"
        yield from (f"{translated(text)}\n" for text, _ in paragraphs(command.help or ""))
        if isinstance(command.epilog, Message):
            yield f"```\n{command.epilog.values['command']}\n```\n"
        if isinstance(command, click.Group):
            continue
        records = [
            record
            for parameter in command.params
            if isinstance(parameter, click.Option)
            and (record := parameter.get_help_record(context))
        ]
        if records:
            yield from _table(translated("Option"), translated("Meaning"))
            yield from (_row(f"`{names}`", " ".join(text.split())) for names, text in records)
            yield ""


def commands_in_korean() -> Iterator[str]:
    """The same in Korean."""
    with speaking("ko"):
        yield from commands()


def _every_command() -> Iterator[tuple[str, click.Command]]:
    """The commands with their names, each group followed by what is in it."""
    for name in COMMANDS:
        command = citypact.get_command(click.Context(citypact), name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            for part, each in sorted(command.commands.items()):
                yield f"{name} {part}", each


def _table(*heads: str) -> Iterator[str]:
    """The head of a table."""
    yield _row(*heads)
    yield "|" + "---|" * len(heads)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def queries() -> Iterator[str]:
    """The reference of the named queries."""
    yield "# Named queries\n"
    yield "Questions that are written already: `citypact query NAME --PARAMETER VALUE`. Every"
    yield "parameter may be left out unless it is required; the answer is then not narrowed by it."
    yield "The files are in [ontology/queries](../ontology/queries) and run on any SPARQL 1.1"
    yield "engine.\n"
    yield "Each row of an answer is one thing: rows can be counted. A column that can hold several"
    yield "values has a plural name; `--format json` gives them as a list, `csv` and the formats of"
    yield "the W3C join them with `|`.\n"
    yield from _table("Query", "Question", "질문")
    for query in named_queries().values():
        yield _row(f"[`{query.name}`](#{query.name})", query.title["en"], query.title["ko"])
    yield ""
    for query in named_queries().values():
        yield f"## {query.name}\n"
        yield f"**{query.title['en']}** · {query.title['ko']}\n"
        yield f"{query.purpose['en']}\n\n{query.purpose['ko']}\n"
        if query.parameters:
            yield from _table("Parameter", "Type", "Meaning", "뜻", "Example")
            for p in query.parameters:
                needed = " (required)" if p.required else ""
                kind = p.type.replace("|", " or ")
                name = f"`--{p.name}`{needed}"
                yield _row(name, kind, p.meaning["en"], p.meaning["ko"], p.example)
            yield ""


CITED = """\
Write what a citation needs, as far as the document shows it. `citypact check` counts what
is missing.

```yaml
document:
  id: seoul-hanoi-2026-daily
  title: {ko: 제목}                      # as printed, in its own language
  label: {en: "[Title in English]"}     # in brackets: translated or supplied by editors
  publisher: {ko: 일간지, en: The Daily}
  site: seoul-policy-archive            # the publisher, where it is described itself
  type: press-article
  languages: ko
  address: https://daily.example/1
  archive_address: https://archive.example/2026/https://daily.example/1
  published: 2026-10-30                 # never after `retrieved`
  retrieved: 2026-11-22                 # the day on which it was last read
```

A document without a `label` in a language is named after its title.
"""
"""How the fields by which a document is cited are filled in."""


def records() -> Iterator[str]:
    """The reference of the sections and fields of records."""
    words = vocabulary()
    yield "# Records\n"
    yield "A record is one YAML file for one document: `document:` and any of the sections below,"
    yield "each with things by name. Entity files have the same sections without a document. This"
    yield "page follows from [ontology/citypact.ttl](../ontology/citypact.ttl), which defines every"
    yield "term.\n"
    yield "A value is written plain, or as `{is: value, at: spans}`; names and texts as"
    yield "`{ko: …, en: …}`; several values as a list. A plain value takes the spans of the thing"
    yield "around it. These keys say how a thing or a value is stated:\n"
    yield from _table("Key", "Where", "Means")
    for key, where, what in KEYS:
        yield _row(f"`{key}`", where, what)
    yield ""
    yield QUOTES
    wanted = {"document": words.classes["SourceDocument"], **dict(sorted(words.sections.items()))}
    parts = {p.range[0]: p for p in words.properties.values() if p.kind == "part"}
    for section, found in wanted.items():
        yield f"## {section}\n"
        yield from _about(found)
        if section == "document":
            yield CITED
        yield from _fields(words.fields(found.name))
    yield "# Parts\n"
    yield "What stands within a thing, by name, like the provisions of an agreement.\n"
    for name, prop in sorted(parts.items()):
        yield f"## Fields of {prop.field}\n"
        yield from _about(words.classes[name])
        yield from _fields(words.fields(name))


def _about(found: Class) -> Iterator[str]:
    """The names of a class, and what it is, in both languages."""
    yield f"**{found.labels['en']}** · {found.labels['ko']}\n"
    comments = _comments().get(found.iri, {})
    for language in ("en", "ko"):
        if language in comments:
            yield f"{comments[language]}\n"


@cache
def _comments() -> dict[str, dict[str, str]]:
    """The definitions of terms by IRI and language."""
    found: dict[str, dict[str, str]] = {}
    for triple in vocabulary_quads():
        if triple.predicate.value == RDFS + "comment":
            found.setdefault(triple.subject.value, {})[triple.object.language] = triple.object.value
    return found


def vocabulary_page() -> Iterator[str]:
    """The vocabulary for whoever writes SPARQL, in the current language."""
    yield f"# {translated('The vocabulary for SPARQL')}\n"
    yield translated(
        "The classes, properties and code lists with which SPARQL queries ask. Run a query with "
        "`citypact query --text` or `--file`; `citypact query --terms WORD` finds a term and "
        "prints its definition. A property can be followed backwards with `^`."
    )
    yield f"\n## {translated('Prefixes')}\n"
    yield translated(
        "These prefixes need no declaration here. For other programs, `citypact query --show` "
        "prints a query with the declarations that it needs."
    )
    yield ""
    yield from _table(translated("Prefix"), translated("Namespace"))
    for prefix, namespace in sorted(prefixes().items()):
        yield _row(f"`{prefix}:`", f"`{namespace}`")
    kinds = {kind: [t for t in vocabulary_terms() if t.kind == kind] for kind in ("class", "code")}
    yield f"\n## {translated('Classes')}\n"
    yield from _table(translated("Name"), translated("Label"), translated("Definition"), "IRI")
    for term in kinds["class"]:
        names = (f"`{term.name}`", _in_language(term.labels), _in_language(term.comments))
        yield _row(*names, f"`{term.iri}`")
    properties = [term for term in vocabulary_terms() if term.kind == "property"]
    yield f"\n## {translated('Properties')}\n"
    yield translated(
        "The inverse says what a property is called when it is read from its value. The example is "
        "a value out of the graph, a dash where the package has none."
    )
    yield ""
    names = (translated("Name"), translated("Label"))
    kinds_of_value = (translated("Domain"), translated("Range"), translated("Example"))
    yield from _table(*names, translated("Inverse"), *kinds_of_value, "IRI")
    for term in properties:
        values = [f"{prefixed(term.codes + '/x')[:-1]}…"] if term.codes else []
        known = vocabulary().by_iri(term.iri)
        yield _row(
            f"`{term.name}`",
            _in_language(term.labels),
            _in_language(known.inverse if known else {}),
            _code(map(prefixed, term.domain)),
            _code(values or map(prefixed, term.range)),
            _example(term.iri),
            f"`{term.iri}`",
        )
    yield f"\n## {translated('Dates')}\n"
    yield translated(
        "A date is a node, which keeps what its source says (`citypact:edtf`). Three properties "
        "give it as literals. `citypact:signingDateEarliest` and `citypact:signingDateLatest` are "
        "the first and the last day that it allows, always as `xsd:date`: with them `YEAR()`, "
        "comparisons and `ORDER BY` give the same in every engine. `citypact:signingDateValue` is "
        "as precise as the source (`xsd:date`, `xsd:gYearMonth` or `xsd:gYear`), and missing where "
        "a date is uncertain or longer than a year. Every property whose values are dates has such "
        "properties."
    )
    yield ""
    yield translated(
        "Do not compare values of different precision: Oxigraph and rdflib leave out the rows "
        "where a day is compared with a year, and rdflib has no `YEAR()` of months and years. "
        "Virtuoso takes a year for its first day."
    )
    yield f"\n## {translated('Codes')}\n"
    yield from _table(*names, translated("Value of"))
    for term in kinds["code"]:
        users = [prefixed(user.iri) for user in properties if user.codes == term.code_list]
        yield _row(f"`{term.name}`", _in_language(term.labels), _code(users))
    yield f"\n## {translated('Other programs')}\n"
    yield translated(
        "The file `facts.ttl` of a build holds the facts and this vocabulary: one file is enough "
        "for rdflib and, opened with File > Open, for Protégé. `graph.nq` has the claims as well, "
        "in named graphs."
    )
    yield f"\n```python\n{RDFLIB}```\n"
    yield f"## {translated('Worked queries')}\n"
    files = sorted((folder() / "examples").iterdir(), key=lambda file: file.name)
    for number, file in enumerate(files, 1):
        text = file.read_text(encoding="utf-8")
        yield f"### {number}. {headers(text)[f'title-{current_language()}']}\n"
        yield f"```sparql\n{text.split(chr(10) * 2, 1)[1].rstrip()}\n```\n"


RDFLIB = '''import rdflib

facts = rdflib.Graph().parse("build/facts.ttl")
agreements = """SELECT ?name ?day WHERE {
  ?agreement citypact:topic/skos:broader* topic:smart-city ;
    citypact:labelEnglish ?name ; citypact:signingDateEarliest ?day .
} ORDER BY ?day"""
for row in facts.query(agreements):
    print(row.day, row.name)

everything = rdflib.Dataset()
everything.parse("build/graph.nq", format="nquads")
claims = """PREFIX citypact: <https://w3id.org/citypact/ns#>
SELECT ?document (COUNT(?claim) AS ?claims) WHERE {
  GRAPH <https://w3id.org/citypact/graph/claims> { ?claim citypact:inDocument ?document }
} GROUP BY ?document ORDER BY DESC(?claims)"""
for row in everything.query(claims):
    print(row.claims, row.document)
'''


def vocabulary_page_in_korean() -> Iterator[str]:
    """The same in Korean."""
    with speaking("ko"):
        yield from vocabulary_page()


@cache
def _graph() -> LocalStore:
    """The facts of the records, without registers, which would take several times as long."""
    assembled = assemble(load_sources(PACKAGED, registers=False))
    inner = ox.Store()
    inner.extend(ox.Quad(t.subject, t.predicate, t.object) for t in vocabulary_quads())
    inner.extend(ox.Quad(*triple) for triple in assembled.dates)
    inner.extend(ox.Quad(*triple, CLAIMS) for triple in assembled.claims)
    derive(inner)
    return LocalStore(inner)


@cache
def _claimed() -> dict[str, list[tuple[str, Term]]]:
    """What records and registers claim, by property: subjects with values."""
    found: dict[str, list[tuple[str, Term]]] = {}
    for claim in load_sources(PACKAGED).claims:
        found.setdefault(claim.predicate, []).append((claim.subject, object_term(claim.object)))
    return found


def _example(iri: str) -> str:
    """A value of a property: of a fact, else of a claim; a text in the language of the page."""
    quads = [(q.subject.value, q.object) for q in _graph().quads(None, ox.NamedNode(iri))]  # type: ignore[union-attr]
    facts = [pair for pair in quads if not pair[0].startswith((NS, CODE))]
    pairs: list[tuple[str, Term]] = facts or quads or _claimed().get(iri, []) or _inverted(iri)  # type: ignore[assignment]

    def rank(pair: tuple[str, Term]) -> tuple[object, ...]:
        subject, value = pair
        language = value.language if isinstance(value, ox.Literal) else None
        is_foreign = language not in (None, current_language())
        return is_foreign, KNOWN not in subject, len(str(value)) > LONGEST, str(value)

    best = min(pairs, key=rank, default=("", None))[1]
    if best is None:
        return "–"
    if isinstance(best, ox.NamedNode):
        name = prefixed(best.value)
        return "`statement:…`" if name.startswith("statement:") else f"`{name}`"
    text = " ".join(best.value.split())
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    kind = best.datatype.value
    if kind in (XSD + "boolean", XSD + "integer", XSD + "decimal"):
        return f"`{text}`"
    tail = f"@{best.language}" if best.language else f"^^{prefixed(kind)}"
    return f'`"{text}"{"" if kind == XSD + "string" else tail}`'


def _inverted(iri: str) -> list[tuple[str, Term]]:
    """Values of a property that is there only from its other end: those of its inverse, turned."""
    inverse = ox.NamedNode("http://www.w3.org/2002/07/owl#inverseOf")
    return [
        (fact.object.value, fact.subject)  # type: ignore[union-attr,misc]
        for quad in _graph().quads(ox.NamedNode(iri), inverse, None)
        for fact in _graph().quads(None, quad.object, None)  # type: ignore[arg-type]
    ]


KNOWN = "seoul-guayaquil-2020"
"""Examples are from this agreement where it has any: they change less when records are added."""
LONGEST = 40
"""Characters of an example."""


def _in_language(labels: dict[str, str]) -> str:
    return labels.get(current_language(), "")


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


QUOTES = """\
## Quotes

Nobody has to count characters. Quote the words of the text where spans belong, and run
`citypact spans`:

```yaml
agreements:
  busan-auckland-2024:
    at: {words: "signed a memorandum of understanding"}
    signed: {is: 2024-05-02, at: {words: "2 May", occurrence: 2}}
    topics:
      - {is: tourism, at: [{words: "tourism"}, 310-322]}
```

The command finds the words in the text of the document and replaces each quote by its span;
everything else in the file stays as it is. White space, capitals and typographic marks need not
agree. Where words occur several times, each place is shown: quote more words, or say with
`occurrence` which place is meant. Where they do not occur, the nearest passage is shown. Spans of
`versions` and `copies` can be quoted as well.
"""

KEYS = (
    ("id", "document", "its name in IRIs, such as `seoul-london-2017`"),
    (
        "versions",
        "document",
        "its language versions and their spans: `{ko: 0-1280, en: 1281-4520}`",
    ),
    ("copies", "document", "passages that stand in it again: a list of `{of: span, again: span}`"),
    (
        "at",
        "thing, value",
        "spans of the words: `120-145`, or a list; code points, end exclusive; or "
        "[quotes](#quotes)",
    ),
    ("is", "value", "the value itself"),
    ("modality", "thing, value", "asserted (where not said), reported, expected, proposed …"),
    ("rank", "value", "preferred or deprecated, with a `reason`"),
    ("reason", "value", "why, in ko and en"),
    ("as_of", "value", "the date for which the document says it"),
    ("inferred", "thing, value", "true where the words imply it without saying it"),
    ("attributed_to", "thing, value", "whom the document quotes"),
    ("note", "thing, value", "a remark of the editors, in ko and en"),
    ("editorial", "thing, value", "true where it is our own statement, without evidence"),
)


def _fields(fields: dict[str, Property]) -> Iterator[str]:
    yield from _table("Field", "Means", "뜻", "Value")
    for key, prop in fields.items():
        yield _row(f"`{key}`", prop.labels["en"], prop.labels["ko"], _value(prop))
    yield ""


def _value(prop: Property) -> str:
    match prop.kind:
        case "code":
            return "one of: " + ", ".join(vocabulary().codes[prop.codes])
        case "thing":
            return "reference to " + ", ".join(prop.range)
        case "part":
            return f"parts by name: see fields of {prop.field}"
        case "text":
            return f"text in {', '.join(prop.languages)}"
        case "date":
            return "EDTF date"
        case "identifier":
            return f"such as {prop.example}"
        case kind:
            return kind


PAGES = {
    "commands.md": commands,
    "commands.ko.md": commands_in_korean,
    "queries.md": queries,
    "records.md": records,
    "vocabulary.md": vocabulary_page,
    "vocabulary.ko.md": vocabulary_page_in_korean,
}


def main() -> None:
    """Writes the pages, or with --check says which are not current."""
    stale = []
    for name, lines in PAGES.items():
        path, text = HERE / name, "\n".join(lines()).rstrip() + "\n"
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        sys.exit(f"not current: {', '.join(stale)}; run python docs/generate.py")


if __name__ == "__main__":
    main()
