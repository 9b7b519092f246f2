"""Graphs in which everything of a kind is otherwise: each change is made to a whole good graph.

What is odd in one place is in `odd_graphs`; here a graph fits together in another way throughout,
as where somebody's program wrote it by rules of its own.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from citypact.graph.provenance.named_queries import named_queries
from citypact.ontology import CLAIMS_GRAPH, DERIVATIONS_GRAPH, ID, NS, RDF, SKOS, XSD
from citypact.ontology.vocabulary import vocabulary

Quads = list[ox.Quad]
Value = ox.NamedNode | ox.Literal
CLAIMS, DERIVATIONS = ox.NamedNode(CLAIMS_GRAPH), ox.NamedNode(DERIVATIONS_GRAPH)
TYPE = ox.NamedNode(RDF + "type")
HOSTILE = "=cmd|' /C calc'!A0</script><script>alert(1)</script>{{7*7}}\u202e\t\r\n\"'`$(x)"
FOREIGN_IRIS = (
    "http://example.org/a?b=c&d=%22#x/y'(\u00e9)",
    "mailto:a@example.org",
    "urn:uuid:1",
    ID,
    f"{ID}date/2015-02-30",
    f"{ID}date/",
    f"{ID}city/가",
)
OWN_IRIS = (
    f"{ID}city/../../etc/passwd",
    f"{ID}city/%2e%2e%2f..%2f",
    f"{ID}city/a'b",
    f"{ID}person/{'x' * 900}",
    f"{ID}agreement/CON",
    f"{ID}agreement/..",
)
ODD_LANGUAGES = ("zh-hans-x-private", "aaaaaaaa-bbbbbbbb")
FAR_DATES = ("0000", "0001", "9999-12-31", "-0044-03-15", "Y170000002", "2015-13", "XXXX-XX-XX",
             "../..", "%5B1996,%5D", "2015-02-29")  # fmt: skip
FAR_DAYS = (("0000-00-00", "date"), ("99999-01-01", "date"), ("-2015", "gYear"), ("abc", "gYear"),
            ("2015-03-02+25:00", "date"), ("2015-03-02T00:00:00", "dateTime"),
            ("0001-01-01", "date"), ("9999-12-31", "date"))  # fmt: skip
NUMBERS = (("-1", "integer"), ("1e400", "double"), ("1E5", "double"), ("-0", "decimal"),
           ("9223372036854775807", "integer"), ("99999999999999999999", "integer"),
           ("NaN", "float"), ("1_0", "integer"), ("٣", "integer"), ("0x10", "integer"))  # fmt: skip


def of_vocabulary(quad: ox.Quad) -> bool:
    """Whether a quad describes a term, code, topic or rule, not a thing of the sources."""
    subject = quad.subject.value  # type: ignore[union-attr]
    return not subject.startswith(ID) or any(f"/{k}/" in subject for k in ("code", "topic", "rule"))


def _is_text(quad: ox.Quad) -> bool:
    return isinstance(quad.object, ox.Literal)


def _is_thing(quad: ox.Quad) -> bool:
    return isinstance(quad.object, ox.NamedNode)


def _tagged(quad: ox.Quad) -> bool:
    return isinstance(quad.object, ox.Literal) and bool(quad.object.language)


def _with(quad: ox.Quad, value: object) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)  # type: ignore[arg-type]


def _once(
    which: Callable[[ox.Quad], bool],
    values: Callable[[ox.Quad], Iterable[Value]],
    *,
    instead: bool = False,
    everywhere: bool = False,
) -> Callable[[Quads], Quads]:
    """Adds values to the first quad of each property and graph (or to all), or puts them there."""

    def change(quads: Quads) -> Quads:
        seen, added, gone = set(), [], set()
        for quad in quads:
            place = (quad.predicate, quad.graph_name)
            if of_vocabulary(quad) or not which(quad) or (place in seen and not everywhere):
                continue
            seen.add(place)
            added += [_with(quad, value) for value in values(quad)]
            if instead:
                gone.add(quad)
        return [quad for quad in quads if quad not in gone] + added

    return change


def _without(which: Callable[[ox.Quad], bool]) -> Callable[[Quads], Quads]:
    return lambda quads: [quad for quad in quads if not which(quad)]


def _texts(text: str, **options: str) -> Callable[[Quads], Quads]:
    """Every text in a language becomes this one."""
    return _once(
        _tagged,
        lambda quad: [ox.Literal(text, language=options.get("language", quad.object.language))],
        instead=True,
        everywhere=True,
    )


def _typed(values: Iterable[tuple[str, str]]) -> list[Value]:
    return [ox.Literal(text, datatype=ox.NamedNode(XSD + kind)) for text, kind in values]


def _kind(quad: ox.Quad, *kinds: str) -> bool:
    return isinstance(quad.object, ox.Literal) and quad.object.datatype.value in {
        XSD + kind for kind in kinds
    }


def _swapped(quads: Quads) -> Quads:
    """Every second tie the other way round."""
    turned = []
    for number, quad in enumerate(quads):
        thing = _is_thing(quad) and quad.object.value.startswith(ID)
        if thing and number % 2 and "/code/" not in quad.object.value:
            quad = ox.Quad(quad.object, quad.predicate, quad.subject, quad.graph_name)
        turned.append(quad)
    return turned


def _shuffled(which: Callable[[ox.Quad], bool]) -> Callable[[Quads], Quads]:
    """The values of all properties are dealt out anew, whatever they are values of."""

    def change(quads: Quads) -> Quads:
        places = [i for i, q in enumerate(quads) if which(q) and not of_vocabulary(q)]
        values = [quads[i].object for i in places]
        random.Random(1).shuffle(values)
        dealt = dict(zip(places, values, strict=True))
        return [_with(quad, dealt.get(i, quad.object)) for i, quad in enumerate(quads)]

    return change


def _renamed(name: Callable[[str], str]) -> Callable[[Quads], Quads]:
    """Every thing of the sources has another IRI."""

    def other(node: object) -> object:
        if not isinstance(node, ox.NamedNode) or not node.value.startswith(ID):
            return node
        return ox.NamedNode(name(node.value))

    return lambda quads: [
        ox.Quad(other(q.subject), q.predicate, other(q.object), q.graph_name)  # type: ignore[arg-type]
        for q in quads
    ]


def _one_city(iri: str) -> str:
    return f"{ID}city/seoul" if iri.startswith(f"{ID}city/") else iri


def _all_classes(quads: Quads) -> Quads:
    """Every thing is a thing of every class: a person is a city, an agreement is a post."""
    things = {q.subject for q in quads if q.predicate == TYPE and not of_vocabulary(q)}
    classes = [ox.NamedNode(NS + name) for name in sorted(vocabulary().classes)]
    ordered = sorted(things, key=str)
    return quads + [ox.Quad(thing, TYPE, each) for thing in ordered for each in classes]


def _next_classes(quads: Quads) -> Quads:
    """Every class is called by the name of another one."""
    names = sorted(vocabulary().classes)
    after = dict(zip(names, names[1:] + names[:1], strict=True))
    return [
        _with(q, ox.NamedNode(NS + after[q.object.value[len(NS) :]]))  # type: ignore[union-attr]
        if q.predicate == TYPE and not of_vocabulary(q) and q.object.value[len(NS) :] in after  # type: ignore[union-attr]
        else q
        for q in quads
    ]


def _many_names(quads: Quads) -> Quads:
    """A hundred names of every thing, in both languages."""
    things = sorted({q.subject for q in quads if not of_vocabulary(q) and _is_named(q)}, key=str)
    return quads + [
        ox.Quad(thing, ox.NamedNode(SKOS + name), ox.Literal(f"{text} {n}", language=language))
        for thing in things
        for n in range(50)
        for name in ("prefLabel", "altLabel")
        for language, text in (("ko", "이름"), ("en", "Name"))
    ]


def _is_named(quad: ox.Quad) -> bool:
    return quad.predicate.value == SKOS + "prefLabel"


def _chains(quads: Quads) -> Quads:
    """Topics, offices and premises in rows of thousands."""
    rows: dict[tuple[str, str], object] = {
        (f"{ID}topic/t", SKOS + "broader"): ox.DefaultGraph(),
        (f"{ID}government/u", NS + "unitOf"): ox.DefaultGraph(),
        (f"{ID}statement/s", NS + "premise"): DERIVATIONS,
    }
    added = [
        ox.Quad(
            ox.NamedNode(f"{begin}{i}"),
            ox.NamedNode(link),
            ox.NamedNode(f"{begin}{i + 1}"),
            graph,  # type: ignore[arg-type]
        )
        for (begin, link), graph in rows.items()
        for i in range(3_000)
    ]
    first = ox.NamedNode(f"{ID}statement/s0")
    added += [
        ox.Quad(q.subject, ox.NamedNode(NS + "premise"), first, DERIVATIONS)
        for q in quads
        if q.predicate.value == NS + "derivedBy"
    ]  # fmt: skip
    return quads + added


def _vocabulary_circles(quads: Quads) -> Quads:
    ends = ("broader", "subClassOf", "subPropertyOf")
    return quads + [
        ox.Quad(q.object, q.predicate, q.subject)  # type: ignore[arg-type]
        for q in quads
        if q.predicate.value.endswith(ends) and _is_thing(q)
    ]


def _in_graph(name: str) -> Callable[[Quads], Quads]:
    """All of it a second time, in another named graph."""
    return lambda quads: (
        quads + [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(name)) for q in quads]
    )


def _half(quads: Quads) -> Quads:
    return [quad for quad in quads if random.Random(str(quad)).random() < 0.5]


def _fan_out(quads: Quads) -> Quads:
    """Every property of every thing has the values that any of its kind has."""
    values: dict[tuple[object, str], set[object]] = defaultdict(set)
    things = defaultdict(set)
    for quad in quads:
        if not of_vocabulary(quad) and quad.graph_name == ox.DefaultGraph():
            kind = quad.subject.value[len(ID) :].split("/")[0]  # type: ignore[union-attr]
            values[quad.predicate, kind].add(quad.object)
            things[kind].add(quad.subject)
    added = [
        ox.Quad(thing, predicate, value)  # type: ignore[arg-type]
        for (predicate, kind), of in values.items()
        for thing in things[kind]
        for value in of
    ]
    return sorted({*quads, *added}, key=str)


CHANGES: dict[str, Callable[[list[ox.Quad]], list[ox.Quad]]] = {
    "texts in French": _once(
        _is_text, lambda q: [ox.Literal(q.object.value, language="fr")], everywhere=True
    ),
    "texts without language or kind": _once(
        _is_text, lambda q: [ox.Literal(q.object.value)], instead=True, everywhere=True
    ),
    "texts for things": _once(_is_thing, lambda q: [ox.Literal(q.object.value)], everywhere=True),
    "things for texts": _once(
        _is_text, lambda q: [ox.NamedNode(f"{ID}city/seoul")], everywhere=True
    ),
    "empty texts": _texts(""),
    "blanks for texts": _texts("  \n "),
    "the same text everywhere": _texts("Seoul"),
    "long texts": _texts("가" * 9_000),
    "hostile texts": _texts(HOSTILE),
    "odd languages": _once(
        _tagged,
        lambda q: [
            ox.Literal("x", language=tag) for tag in ("zh-hans-x-private", "aaaaaaaa-bbbbbbbb")
        ],
    ),
    "foreign IRIs": _once(_is_thing, lambda q: [ox.NamedNode(iri) for iri in FOREIGN_IRIS]),
    "odd IRIs of ours": _once(_is_thing, lambda q: [ox.NamedNode(iri) for iri in OWN_IRIS]),
    "things of themselves": _once(_is_thing, lambda q: [q.subject], instead=True, everywhere=False),
    "ties the other way round": _swapped,
    "things dealt out anew": _shuffled(_is_thing),
    "texts dealt out anew": _shuffled(_is_text),
    "far dates": _once(
        lambda q: _is_thing(q) and "/date/" in q.object.value,
        lambda q: [ox.NamedNode(f"{ID}date/{text}") for text in FAR_DATES],
        instead=True,
    ),
    "far days": _once(
        lambda q: _kind(q, "date", "gYear", "gYearMonth", "dateTime"),
        lambda q: _typed(FAR_DAYS),
        instead=True,
    ),
    "odd numbers": _once(
        lambda q: _kind(q, "integer", "decimal", "double"),
        lambda q: _typed(NUMBERS),
        instead=True,
    ),
    "odd truth values": _once(
        lambda q: _kind(q, "boolean"),
        lambda q: _typed([("1", "boolean"), ("maybe", "boolean")]),
        instead=True,
        everywhere=True,
    ),
    "every class": _all_classes,
    "the next class": _next_classes,
    "one city": _renamed(_one_city),
    "IRIs in Korean": _renamed(
        lambda iri: (
            iri
            if "/date/" in iri or "/code/" in iri or "/topic/" in iri or "#" in iri
            else f"{iri}-서울"
        )
    ),
    "hundreds of names": _many_names,
    "values of all others": _fan_out,
    "rows of thousands": _chains,
    "circles in the vocabulary": _vocabulary_circles,
    "all of it in another graph too": _in_graph("http://example.org/g?x='"),
    "facts among the claims": _in_graph(CLAIMS_GRAPH),
    "half of it": _half,
    "no names": _without(
        lambda q: (
            not of_vocabulary(q)
            and (q.predicate.value.startswith(SKOS) or "label" in q.predicate.value.lower())
        )
    ),
    "no classes": _without(lambda q: q.predicate == TYPE and not of_vocabulary(q)),
    "no claims": _without(lambda q: q.graph_name == CLAIMS),
    "no derivations": _without(lambda q: q.graph_name == DERIVATIONS),
    "no facts": _without(lambda q: q.graph_name == ox.DefaultGraph() and not of_vocabulary(q)),
    "no vocabulary": _without(of_vocabulary),
    "no dates": _without(lambda q: "/date/" in str(q)),
    "no text spans": _without(lambda q: "#char=" in str(q.subject)),
    "no documents": _without(
        lambda q: str(q.subject).startswith(f"<{ID}doc/") and "#" not in str(q.subject)
    ),
    "no governments": _without(lambda q: q.predicate.value == NS + "governs"),
    "nothing but the vocabulary": _without(lambda q: not of_vocabulary(q)),
}
"""What is otherwise, by what it is."""


def changed(good: str, name: str) -> bytes:
    """N-Quads of a good graph, changed throughout."""
    quads = sorted(ox.parse(good.encode(), format=ox.RdfFormat.N_QUADS), key=str)
    lines = {f"{quad} .\n" for quad in CHANGES[name](quads)}
    return "".join(sorted(lines)).encode()


def more_commands(folder: Path) -> Iterator[list[str]]:
    """Commands that read a graph beyond those of `odd_graphs`."""
    for form in ("html", "docx", "md"):
        out = f"{folder}/brief.{form}"
        yield ["brief", "Hanoi", "--with", "Seoul", "--format", form, "--out", out]
    yield ["publish", f"{folder}/site", "--zip", f"{folder}/site.zip", "--briefs"]
    for question in (
        "Which agreements did Seoul sign with Hanoi?",
        "서울과 하노이의 협정은?",
        "How many agreements by year?",
    ):
        yield ["ask", question, "--why", "--language", "en"]
    yield ["export", "--format", "datapackage", "--out", f"{folder}/package"]
    yield ["draw", "--as-of", "2016-01-01", "--topic", "smart-city", "--out", f"{folder}/f.html"]
    for style in ("korean", "bibtex"):
        yield ["cite", "seoul-hanoi-2015", "--style", style]
    yield ["why", "seoul-hanoi-2015", "--json"]
    for query in sorted(named_queries()):
        yield ["query", query, "--why", "--format", "json"]
