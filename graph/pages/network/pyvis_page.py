"""The network as a pyvis network and as a self-contained page.

The page is rendered from templates with autoescape. Scripts read their data from one block of JSON,
in which <, > and & are escaped, and never interpret it as markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

import networkx as nx
from markupsafe import Markup

from citypact.graph.charts import palette
from citypact.graph.networks.overview import EdgeKey, Readings
from citypact.graph.pages.html import (
    encodable,
    environment,
    inert_json,
    policy,
    shared_scripts,
    template_text,
)
from citypact.graph.pages.network import style
from citypact.graph.pages.network.attributes import (
    forms_of,
    in_first_view,
    kind_of,
    node_ids,
    relation,
    year,
)
from citypact.graph.pages.network.layout import MANY, TALL, NodePosition, positions
from citypact.graph.pages.network.legend import counts, legend
from citypact.graph.pages.network.svg import svg
from citypact.graph.pages.network.tables import tables
from citypact.graph.pages.network.words import message
from citypact.graph.text.bilingual import complete
from citypact.graph.things.sections import Section, safe_sections
from citypact.ontology import LANGUAGES

if TYPE_CHECKING:
    from pyvis.network import Network

SCRIPTS = (
    "network_data",
    "label_placement",
    "drawing",
    "canvas",
    "elements",
    "language",
    "filters",
    "citations",
    "panels",
    "search",
    "tabs",
    "pointer",
    "keyboard",
    "address",
    "start",
)
"""The scripts in this folder, each after those that it uses."""
LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"


@dataclass(frozen=True)
class PageContent:
    """What a page shows: titles in both languages, the network, and panels.

    panels: sections by the IRI of a node or the name of an edge (see `edge_keys`). meta: the "hash"
    of the data, "counts" of what it contains, and "places", words on where its claims can be read;
    further numbers are counts, too. readings: what edges are called from their source and from
    their target, where their relation has two names. citations: by the IRI of a document its
    citations in "ko", "en" and "bibtex", and "csl", its item of CSL-JSON.
    """

    title: dict[str, str]
    subtitle: dict[str, str]
    network: nx.MultiDiGraph
    panels: dict[str, list[Section]] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)
    readings: Mapping[EdgeKey, Readings] = field(default_factory=dict)
    citations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def edge_keys(network: nx.MultiDiGraph) -> dict[EdgeKey, str]:
    """The panel name of every edge: "edge:<i>", i counting (source, target, key) in sorted order.

    >>> network = nx.MultiDiGraph([("b", "c", "party"), ("a", "b", "topic")])
    >>> edge_keys(network)
    {('a', 'b', 'topic'): 'edge:0', ('b', 'c', 'party'): 'edge:1'}
    """
    edges = sorted((s, t, str(k)) for s, t, k in network.edges(keys=True))
    return {edge: f"edge:{number}" for number, edge in enumerate(edges)}


def pyvis_network(network: nx.MultiDiGraph) -> Network:
    """The network for pyvis: opaque ids in order of IRI, positions given, physics off.

    Parallel edges are kept. Attributes that vis-network does not know are under "citypact".
    """
    from pyvis.network import Network

    places = positions(network)
    # A large network is laid out once, and turned on its side for narrow windows.
    tall = (
        positions(network, TALL)
        if len(network) <= MANY
        else {iri: NodePosition(at.y, at.x, at.above) for iri, at in places.items()}
    )
    ids = node_ids(network)
    drawn = Network(height="720px", width="100%", directed=True)
    drawn.nodes = [_node(network, iri, ids[iri], places[iri], tall[iri]) for iri in sorted(network)]
    drawn.node_ids = [node["id"] for node in drawn.nodes]
    drawn.node_map = {node["id"]: node for node in drawn.nodes}
    drawn.edges = _edges(network, ids)
    drawn.set_options(
        json.dumps(
            {
                "physics": {"enabled": False},
                "layout": {"randomSeed": 1, "improvedLayout": False},
                "interaction": {
                    "hover": True,
                    "dragNodes": False,
                    "keyboard": False,
                    "selectConnectedEdges": False,
                    "hoverConnectedEdges": False,
                    "multiselect": False,
                },
                "edges": {"arrows": {"to": {"enabled": False}}, "selectionWidth": 1.5},
            }
        )
    )
    return drawn


def _node(
    network: nx.MultiDiGraph, iri: str, name: str, place: NodePosition, tall: NodePosition
) -> dict[str, Any]:
    data = network.nodes[iri]
    look = style.node_style(str(data.get("kind", "")))
    size = style.size_of(network, iri)
    box = style.box_of(data, size)
    lines = {language: style.label_lines(data, language) for language in LANGUAGES}
    return {
        "id": name,
        "label": "\n".join(lines["ko"]),
        "x": place.x,
        "y": place.y,
        "size": size,
        "shape": style.VIS_SHAPES.get(look.shape, look.shape),
        "color": {
            "background": look.colour if look.filled else palette.PAPER,
            "border": look.colour,
        },
        "physics": False,
        "hidden": not data.get("first_view"),
        "citypact": {
            "iri": iri,
            "kind": kind_of(data),
            "ko": style.label(data, "ko"),
            "en": style.label(data, "en"),
            "lines": lines,
            "brief": {lang: style.short_name(data, lang) for lang in LANGUAGES},
            "above": place.above,
            "tall": list(tall),
            "box": [round(side) for side in (box.left, box.top, box.right, box.bottom)],
            "aliases": [alias for alias in str(data.get("aliases") or "").split("|") if alias],
            "forms": list(forms_of(data)),
            "status": str(data.get("status") or ""),
            "top": str(data.get("top_topic") or ""),
            "year": year(data),
            "first": bool(data.get("first_view")),
        },
    }


def _edges(network: nx.MultiDiGraph, ids: Mapping[str, str]) -> list[dict[str, Any]]:
    """Edges in the order of `edge_keys`; parallel edges are curved apart."""
    beside: dict[tuple[str, str], list[EdgeKey]] = {}
    by_key = {(s, t, str(k)): data for s, t, k, data in network.edges(keys=True, data=True)}
    names = edge_keys(network)
    for source, target, key in names:
        beside.setdefault((min(source, target), max(source, target)), []).append(
            (source, target, key)
        )
    edges = []
    for edge, name in names.items():
        source, target, _ = edge
        data = by_key[edge]
        group = beside[min(source, target), max(source, target)]
        look = style.edge_style(str(data.get("relation", "")))
        bend = (group.index(edge) - (len(group) - 1) / 2) * (1 if source < target else -1)
        roundness = min(0.9, round(abs(bend) * 0.24, 2))
        smooth = {
            "enabled": True,
            "type": "curvedCW" if bend > 0 else "curvedCCW",
            "roundness": roundness,
        }
        edges.append(
            {
                "id": name.replace("edge:", "e"),
                "from": ids[source],
                "to": ids[target],
                "color": {"color": look.colour, "inherit": False},
                "width": look.width,
                "dashes": [7, 6] if data.get("prospect") else False,
                "smooth": smooth if roundness else {"enabled": False},
                "hidden": not in_first_view(network, source, target, data),
                "physics": False,
                "citypact": {
                    "relation": str(data.get("relation") or ""),
                    "ko": relation(data, "ko"),
                    "en": relation(data, "en"),
                    "prospect": bool(data.get("prospect")),
                    "year": year(data),
                    "first": bool(data.get("first_view")),
                },
            }
        )
    return edges


def page(content: PageContent, drawn: Network | None = None) -> str:
    """The page as self-contained HTML in both languages. The same input gives the same bytes.

    drawn: the network of the content for pyvis, where it is at hand.
    """
    network = content.network
    drawn = drawn or pyvis_network(network)
    ids = node_ids(network)
    edge_names = edge_keys(network)
    numbers = {iri: number for number, iri in enumerate(content.citations)}
    data = {
        "title": complete(content.title),
        "nodes": drawn.nodes,
        "edges": drawn.edges,
        "options": drawn.options,
        "panels": {
            ids.get(name, name.replace("edge:", "e")): safe_sections(sections, numbers)
            for name, sections in content.panels.items()
        },
        "readings": {
            edge_names[key].replace("edge:", "e"): [complete(words) for words in both_ends]
            for key, both_ends in content.readings.items()
        },
        "citations": list(content.citations.values()),
        "styles": {kind: vars(look) for kind, look in style.node_styles().items()},
        "shapes": style.SHAPES | {"fold": style.FOLD},
        "layers": list(style.LAYERS),
        "words": message.by_id,
        "colours": palette.NETWORK,
    }
    scripts = [
        _library(),
        *shared_scripts(),
        *(template_text(f"pages/network/{name}.js") for name in SCRIPTS),
    ]
    html = (
        environment()
        .get_template("pages/network/page.html")
        .render(
            title=complete(content.title),
            subtitle=complete(content.subtitle),
            css=Markup(
                palette.css_variables(palette.NETWORK) + template_text("pages/network/page.css")
            ),
            data=Markup(inert_json(data)),
            scripts=[Markup(script) for script in scripts],
            policy=policy(scripts),
            styles=style.node_styles(),
            edge_styles=style.edge_styles(),
            legend=legend(network),
            tables=tables(network),
            svg=svg(drawn.nodes, drawn.edges),
            message=message,
            counts=counts(content.meta),
            places=content.meta.get("places"),
            fingerprint=str(content.meta.get("hash") or ""),
        )
    )
    return encodable(html)


def _library() -> str:
    """vis-network as installed with pyvis, without the reference to its source map."""
    text = (resources.files("pyvis") / LIBRARY).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").split("//# sourceMappingURL", 1)[0]
