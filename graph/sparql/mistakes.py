"""Common mistakes in SPARQL text, said in words.

The engine says where it stopped reading and which words it would have taken, which is seldom where
or what the mistake is: a COUNT without a name is reported at its bracket, as a missing DISTINCT.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from citypact.graph.sparql.syntax import FORMS
from citypact.graph.sparql.tokens import Token, tokens
from citypact.ontology.errors import Message, either
from citypact.ontology.vocabulary import vocabulary

AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}
BEFORE_BRACKETS = re.compile(
    "ABS|ADD|ADJUST|AS|ASC|BIND|BNODE|BOUND|BY|CEIL|COALESCE|CONCAT|CONTAINS|DATATYPE|DAY|"
    "DESC|DISTINCT|ENCODE_FOR_URI|EXISTS|FILTER|FLOOR|HAVING|HOURS|IF|IN|IRI|ISBLANK|"
    "ISIRI|ISLITERAL|ISNUMERIC|ISTRIPLE|ISURI|LANG|LANGDIR|LANGMATCHES|LCASE|MD5|MINUTES|"
    "MONTH|NOT|NOW|OBJECT|PREDICATE|RAND|REDUCED|REGEX|REPLACE|ROUND|SAMETERM|SECONDS|"
    "SELECT|SHA1|SHA256|SHA384|SHA512|STR|STRAFTER|STRBEFORE|STRDT|STRENDS|STRLANG|"
    "STRLANGDIR|STRLEN|STRSTARTS|STRUUID|SUBJECT|SUBSTR|TIMEZONE|TRIPLE|TZ|UCASE|UNDEF|"
    "URI|UUID|VALUES|WHERE|YEAR|HASLANG|HASLANGDIR"
)
"""The words of SPARQL 1.1 and 1.2 behind which a bracket may stand."""
BEHIND_PATTERNS = {"LIMIT", "OFFSET", "ORDER", "GROUP", "HAVING"}
"""The words of what follows the patterns of a query."""
TERMS = {"variable", "iri", "name", "string", "number"}
"""The kinds of tokens that are a subject, a property or a value by themselves."""
WORDS = {"TRUE", "FALSE", "OPTIONAL", "UNION", "MINUS", "GRAPH", "SERVICE", "LATERAL", "FILTER"}
"""The other words that stand between patterns, or are values."""
UNFINISHED = set("=<>&|-/^!")
"""Signs behind which something has to stand."""
SPACED_IRI = re.compile(r"""<[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\?\s]*\s[^<>"{}|^`\\?]*>""")
"""What looks like an IRI but for white space in it."""
DAY = re.compile(r"\d{4}-\d\d(-\d\d)?(?!\d)")
OPERATORS = {"==": "=", "AND": "&&", "OR": "||"}
"""What other languages write, and SPARQL in its place."""


def mistake(text: str) -> Message | None:
    """What is likely wrong with a text that is no SPARQL; None where nothing is recognised."""
    said = [token for token in tokens(text) if token.kind not in ("space", "comment")]
    return next(_mistakes(text, said), None)


def _mistakes(text: str, said: Sequence[Token]) -> Iterator[Message]:
    for token in said:
        if token.text[0] in "“”‘’„":
            yield Message(
                "{quote} is no quotation mark of SPARQL: write \" or '", quote=token.text[0]
            )
        if token.text in ("'", '"'):
            yield Message("the text that begins with {quote} does not end", quote=token.text)
        if token.text == "<" and (spaced := SPACED_IRI.match(text, token.offset)):
            yield Message(
                "an IRI has no spaces: {iri}; write %20 in place of each", iri=spaced[0][:120]
            )
    if said and not any(token.text.upper() in FORMS for token in said):
        yield Message("a query begins with {forms}", forms=either(FORMS))
    for one, other, name in (("{", "}", "{ }"), ("(", ")", "( )")):
        opened = sum(token.text == one for token in said if token.kind == "other")
        closed = sum(token.text == other for token in said if token.kind == "other")
        if opened != closed:
            yield Message(
                "the brackets {name} do not match: {opened} opened, {closed} closed",
                name=name,
                opened=opened,
                closed=closed,
            )
    has_base = any(_is(token, "BASE") for token in said)
    for before, token in pairwise(said):
        if token.text == "(" and before.kind == "word" and not _is_word_of_sparql(before):
            yield Message("SPARQL has no function {name}", name=before.text[:80])
        word = before.text.upper() if before.kind == "word" else ""
        if word in ("FILTER", "HAVING") and token.kind == "variable":
            yield Message("write brackets around the condition of {word}", word=word)
        if word in ("ASC", "DESC") and token.kind == "variable":
            yield Message(
                "write brackets behind {word}: {word}({name})", word=word, name=token.text
            )
        if word in ("LIMIT", "OFFSET") and token.kind != "number":
            yield Message(
                "write a number behind {word}, not {said}", word=word, said=token.text[:80]
            )
        if token.kind == "iri" and ":" not in token.text and not has_base:
            yield Message(
                "{iri} is no complete IRI: begin it with https://, or write a name with its "
                "prefix, such as city:seoul",
                iri=token.text[:120],
            )
        if before.kind == "string" and token.kind == "language":
            end = token.offset + len(token.text)
            if text[end : end + 1] == "-":
                yield Message("{tag}- is no language: write @en or @ko", tag=token.text[:40])
        joined = before.text + token.text
        sign = joined if before.offset + len(before.text) == token.offset else before.text.upper()
        if sign in OPERATORS and before.kind in ("other", "word"):
            yield Message("write {sign} in place of {said}", sign=OPERATORS[sign], said=sign)
    yield from _columns(said)
    yield from _clauses(said)
    yield from _triples(text, said)
    for mark, behind in pairwise(said):
        if mark.kind == "other" and mark.text in UNFINISHED and behind.text in (")", "}"):
            yield Message(
                "something is missing between {sign} and {end}", sign=mark.text, end=behind.text
            )


def _is_word_of_sparql(token: Token) -> bool:
    word = token.text.upper()
    return word in AGGREGATES | WORDS or bool(BEFORE_BRACKETS.fullmatch(word))


def _columns(said: Sequence[Token]) -> Iterator[Message]:
    """What is wrong between SELECT and the pattern."""
    selected = next((n for n, t in enumerate(said) if t.text.upper() == "SELECT"), None)
    if selected is None:
        return
    behind = said[selected + 1 :]
    end = next((n for n, t in enumerate(behind) if t.text == "{"), len(behind))
    columns, depth = behind[:end], 0
    if not columns and len(behind) > end:
        yield Message("write behind SELECT which columns you want, such as ?x, or * for all")
    if columns and columns[0].kind == "word" and not _is_word_of_sparql(columns[0]):
        yield Message("the name of a column begins with ?, such as ?{name}", name=columns[0].text)
    named: set[str] = set()
    for number, token in enumerate(columns):
        if token.text == "," and depth == 0:
            yield Message("columns are separated by spaces, not by commas")
        if token.text.upper() in AGGREGATES and depth == 0:
            yield Message("write a computed column with brackets and a name: (COUNT(?x) AS ?n)")
        if depth == 0 and token.kind == "variable":
            named.add(token.text)
        depth += (token.text == "(") - (token.text == ")")
        is_end = depth == 0 and token.text == ")" and number > 1
        if is_end and columns[number - 2].text.upper() != "AS":
            yield Message("write a computed column with brackets and a name: (COUNT(?x) AS ?n)")
    grouped = {t.text for n, t in enumerate(behind) if _is_grouped(behind, n)}
    if any(token.text.upper() in AGGREGATES for token in columns) and named - grouped:
        missing = sorted(named - grouped)
        yield Message(
            "{columns} stands next to a column that is computed over rows: write GROUP BY {group} "
            "at the end",
            columns=either(missing),
            group=" ".join(sorted(grouped | named)),
        )


def _clauses(said: Sequence[Token]) -> Iterator[Message]:
    """What orders or cuts rows within brackets, and a BIND without a name."""
    groups: list[bool] = []  # of each open group whether it is a query of its own
    for number, token in enumerate(said):
        word = token.text.upper() if token.kind == "word" else ""
        if token.text == "{":
            groups.append(said[number + 1 : number + 2] != [] and _is(said[number + 1], "SELECT"))
        elif token.text == "}" and groups:
            groups.pop()
        elif word in BEHIND_PATTERNS and groups and not groups[-1]:
            yield Message(
                "write {word} behind the bracket {bracket} that ends the patterns",
                word=word,
                bracket="}",
            )
        elif word == "BIND":
            closed = _closing(said, number + 1)
            if not any(_is(each, "AS") for each in said[number:closed]):
                yield Message("write BIND with a name for the value: BIND(… AS ?name)")


def _triples(text: str, said: Sequence[Token]) -> Iterator[Message]:
    """A pattern that has not three parts or a part that is a mere word, where it holds nothing
    but names and values."""
    parts: list[Token] | None = None  # of the pattern that is read; None within anything else
    needed = 3
    for number, token in enumerate(said):
        if token.text == "{" and number > 1 and _is(said[number - 2], "VALUES"):
            parts = None
        elif token.text in ("{", ".", "}", ";", ","):
            if parts and len(parts) != needed:
                yield Message(
                    "a pattern has a subject, a property and a value: {parts} has {count} of "
                    "{needed} parts",
                    parts=" ".join(part.text for part in parts)[:80],
                    count=len(parts),
                    needed=needed,
                )
            needed = {";": 2, ",": 1}.get(token.text, 3)
            parts = [] if token.text != "}" and (parts is not None or token.text in "{.") else None
        elif parts is not None and (day := DAY.match(text, token.offset)):
            yield Message(
                'write a date as date:{date} where the value is a node, else as "{date}"^^{type}',
                date=day[0],
                type="xsd:date" if day[1] else "xsd:gYearMonth",
            )
        elif parts is not None and (token.kind in TERMS or token.text == "a"):
            parts.append(token)
        elif parts is not None and token.kind == "word" and not _is_word_of_sparql(token):
            yield _mere_word(said[number:], len(parts) == needed - 1)
            parts = None
        else:
            parts = None


def _mere_word(behind: Sequence[Token], is_value: bool) -> Message:
    """What to write for a word without a prefix or quotes: a name, or a text where one may be."""
    name = behind[0].text
    known = vocabulary()
    if name in known.properties or name in known.classes:
        return Message("{word} has no prefix: write {name}", word=name, name=f"citypact:{name}")
    if not is_value:
        return Message(
            "{word} is no name: write one with its prefix, such as citypact:topic or city:seoul",
            word=name[:80],
        )
    words = itertools.takewhile(lambda token: token.kind == "word", behind)
    quoted = '"' + " ".join(token.text for token in words)[:80] + '"'
    quoted += "@ko" if re.search("[가-힣]", quoted) else "@en"
    return Message(
        "{word} is neither a text nor a name: write {text} for a text, or a name with its "
        "prefix, such as city:seoul",
        word=name[:80],
        text=quoted,
    )


def _closing(said: Sequence[Token], opening: int) -> int:
    """The place of the bracket that closes the one at a place; the end where none does."""
    depth = 0
    for number in range(opening, len(said)):
        depth += (said[number].text == "(") - (said[number].text == ")")
        if depth <= 0:
            return number
    return len(said)


def _is(token: Token, word: str) -> bool:
    return token.kind == "word" and token.text.upper() == word


def _is_grouped(behind: Sequence[Token], number: int) -> bool:
    """Whether a variable stands in a GROUP BY."""
    before = [token for token in behind[:number] if token.kind == "word"]
    words = [token.text.upper() for token in before[-2:]]
    return behind[number].kind == "variable" and words == ["GROUP", "BY"]


__all__ = ["mistake"]
