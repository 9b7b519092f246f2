"""Loads a graph into a remote store: beside the current one, counted, then switched to.

The triples go in batches, in an order that follows from the graph alone. What has arrived is noted
in the store itself, so a load that was stopped can be gone on with from any machine: a batch that
arrived without a note is sent again, and adding triples twice changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from citypact.graph.rdf.serialise import sorted_quads, to_nquads
from citypact.graph.store.server import Server
from citypact.graph.store.versions import STORE, VERSIONS, Version
from citypact.ontology import FACTS_GRAPH
from citypact.ontology.errors import CitypactError, Message

BATCH = 5_000
"""Triples in a request."""
DIGITS = 16
"""Hexadecimal digits of the SHA-256 digest of a graph that name its version."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class UploadBatch:
    """Triples for one graph of a version, as N-Triples, and their digest."""

    graph: str
    triples: bytes
    digest: str


def load(
    server: Server,
    quads: Iterable[ox.Quad],
    summary: dict[str, Any],
    progress: Progress = lambda step: None,
) -> Version:
    """Loads the quads as a new version, switches readers to it, and removes what is outdated.

    `summary` is what the build says of itself. The version before stays for those who read it. The
    request that switches also copies the version to the default graph and the plain names, for
    programs that know nothing of versions; see `Version.is_published`.
    Raises CitypactError where the server refuses or a count is wrong; readers then keep what they
    had, and the same call goes on where it was stopped.
    """
    update, graphs = server.writing()
    version, batches = plan(quads, summary)
    known = server.versions()
    current = next((each for each in known if each.number), None)
    if current and current.name == version.name and _is_settled(server, current):
        return current
    before = next((each for each in known if each.name == version.name), None)
    if before is None:
        server.client.update(update, _insert(_description(version)))
    loaded = before.batches if before else frozenset()
    for number, batch in enumerate(batches, 1):
        if batch.digest not in loaded:
            progress(Message("loading part {number} of {count}", number=number, count=len(batches)))
            server.client.add(graphs, version.graphs[batch.graph], batch.triples)
            note = f'<{version.iri}> <{STORE}batch> "{batch.digest}" .'
            server.client.update(update, _insert([note]))
    progress("counting")
    for plain, count in sorted(version.counts.items()):
        found = server.count(version.graphs[plain])
        if found != count:
            _remove(server, update, version)
            raise CitypactError(
                "{address}: holds {found} of the {count} triples sent for <{plain}>; readers "
                "keep the previous graph\n"
                "    -> load it again",
                address=server.address,
                found=found,
                count=count,
                plain=plain,
            )
    number = max((each.number for each in known), default=0) + 1
    published = next((each for each in known if each.is_published), None)
    is_published = _may_publish(server, version, published)
    steps = _publication(version, published) if is_published else []
    steps.append(_insert([f"<{version.iri}> <{STORE}number> {number} ."]))
    server.client.update(update, " ;\n".join(steps))
    progress("removing older versions")
    for each in server.versions():
        if each.name not in (version.name, current.name if current else ""):
            _remove(server, update, each)
    return replace(version, number=number, is_published=is_published)


def _is_settled(server: Server, current: Version) -> bool:
    """Whether nothing is to be done: the version is current, and published where it can be."""
    return current.is_published or not _may_publish(server, current, None)


def _may_publish(server: Server, version: Version, published: Version | None) -> bool:
    """Whether the default graph and the plain names are ours to write: empty, or as we left them.

    What somebody else has put there stays as it is.
    """
    known = published.counts if published else {}
    return server.has_default_graph and all(
        server.count(plain) == known.get(plain, 0)
        for plain in sorted({FACTS_GRAPH, *version.counts, *known})
    )


def _publication(version: Version, published: Version | None) -> list[str]:
    """The operations that put a version under the plain names, in place of the one before.

    Only what differs is written: COPY of 200,000 triples takes ten times as long.
    """
    steps = []
    for plain in sorted({*version.counts, *(published.counts if published else ())}):
        there = "?s ?p ?o" if plain == FACTS_GRAPH else f"GRAPH <{plain}> {{ ?s ?p ?o }}"
        new = f"GRAPH <{plain}/{version.name}> {{ ?s ?p ?o }}"
        steps += [
            f"DELETE {{ {there} }} WHERE {{ {there} FILTER NOT EXISTS {{ {new} }} }}",
            f"INSERT {{ {there} }} WHERE {{ {new} FILTER NOT EXISTS {{ {there} }} }}",
        ]
    return [
        *steps,
        f"DELETE WHERE {{ GRAPH <{VERSIONS}> {{ <{VERSIONS}> <{STORE}published> ?version }} }}",
        _insert([f"<{VERSIONS}> <{STORE}published> <{version.iri}> ."]),
    ]


def plan(quads: Iterable[ox.Quad], summary: dict[str, Any]) -> tuple[Version, list[UploadBatch]]:
    """The version that quads make, and its batches: the same for the same graph, always.

    Raises CitypactError for blank nodes and for texts with the character NUL.
    """
    quads = sorted_quads(quads)
    name = hashlib.sha256(to_nquads(quads)).hexdigest()[:DIGITS]
    by_graph: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in quads:
        _check(quad)
        place = quad.graph_name
        graph = place.value if isinstance(place, ox.NamedNode) else FACTS_GRAPH
        by_graph[graph].append(quad.triple)
    batches = []
    for graph, triples in sorted(by_graph.items()):
        for start in range(0, len(triples), BATCH):
            part = triples[start : start + BATCH]
            data = ox.serialize(part, format=ox.RdfFormat.N_TRIPLES) or b""
            digest = hashlib.sha256(graph.encode() + b"\n" + data).hexdigest()
            batches.append(UploadBatch(graph, data, digest))
    counts = {graph: len(triples) for graph, triples in by_graph.items()}
    return Version(name, counts, 0, summary), batches


def _check(quad: ox.Quad) -> None:
    if any(isinstance(part, ox.BlankNode) for part in quad):
        raise CitypactError(
            "{quad}: has a blank node, which cannot be loaded twice\n    -> name it with an IRI",
            quad=quad,
        )
    if isinstance(quad.object, ox.Literal) and "\0" in quad.object.value:
        raise CitypactError(
            "{subject} {predicate}: has a text with the character NUL, which not every "
            "store can keep\n"
            "    -> remove it",
            subject=quad.subject,
            predicate=quad.predicate,
        )


def _description(version: Version) -> list[str]:
    """What the store says of a version before its triples come."""
    node = f"<{version.iri}>"
    summary = ox.Literal(json.dumps(version.summary, sort_keys=False))
    found = [f"{node} <{STORE}summary> {summary} ."]
    for plain, stored in version.graphs.items():
        found.append(f"{node} <{STORE}holds> <{stored}> .")
        found.append(f"<{stored}> <{STORE}triples> {version.counts[plain]} .")
    return found


def _insert(triples: list[str]) -> str:
    return f"INSERT DATA {{ GRAPH <{VERSIONS}> {{ {' '.join(triples)} }} }}"


def _remove(server: Server, update: str, version: Version) -> None:
    """Removes a version; first what makes it current, so that no reader finds half of it."""

    def forget(subject: str, predicate: str) -> None:
        pattern = f"GRAPH <{VERSIONS}> {{ <{subject}> {predicate} ?o }}"
        server.client.update(update, f"DELETE WHERE {{ {pattern} }}")

    forget(version.iri, f"<{STORE}number>")
    # Then the notes: a load that is gone on with shall not rely on triples that are going.
    forget(version.iri, f"<{STORE}batch>")
    for stored in version.graphs.values():
        server.client.update(update, f"DROP SILENT GRAPH <{stored}>")
    # The rest last: who is stopped here leaves a record by which the next load can tidy up.
    for subject in (*version.graphs.values(), version.iri):
        forget(subject, "?p")
