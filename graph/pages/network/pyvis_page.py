"""The network as a pyvis network and as a self-contained page.

The page is rendered from templates with autoescape. Scripts read their data from one block of JSON,
in which <, > and & are escaped, and never interpret it as markup.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
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
    kind_of,
    named,
    node_ids,
    opening_nodes,
    relation,
    year,
)
from citypact.graph.pages.network.layout import MANY, TALL, NodePosition, positions
from citypact.graph.pages.network.legend import counts, legend
from citypact.graph.pages.network.payload import (
    PanelTables,
    citation_rows,
    edge_columns,
    node_columns,
    paints,
)
from citypact.graph.pages.network.plain import date_text, plain_tables
from citypact.graph.pages.network.words import message
from citypact.graph.text.bilingual import complete
from citypact.graph.things.sections import Section
from citypact.ontology import LANGUAGES

if TYPE_CHECKING:
    from pyvis.network import Network

SCRIPTS = (
    "network_data",
    "panel_data",
    "theme",
    "label_placement",
    "drawing",
    "stage",
    "canvas",
    "elements",
    "language",
    "filters",
    "citations",
    "panels",
    "search",
    "tables",
    "tabs",
    "pointer",
    "keyboard",
    "downloads",
    "print",
    "address",
    "start",
)
"""The scripts in this folder, each after those that it uses."""
LARGE = 1000
"""With more nodes a page has no tables for readers without scripts."""


@dataclass(frozen=True)
class PageContent:
    """What a page shows: titles in both languages, the network, and panels.

    panels: sections by the IRI of a node or the name of an edge (see `edge_keys`). meta: the "hash"
    of the data, "counts" of what it contains, and "places", words on where its claims can be read;
    further numbers are counts, too. readings: what edges are called from their source and from
    their target, where their relation has two names. citations: by the IRI of a document its
    citations in "ko", "en" and "bibtex", and "csl", its item of CSL-JSON. targets: the IRIs of
    nodes or names of edges that stand for other things (IRIs). founded: the years in which bodies
    were founded, by their IRIs. disputes: where sources disagree, see
    `ThingDescriber.disagreement_rows`.
    """

    title: dict[str, str]
    subtitle: dict[str, str]
    network: nx.MultiDiGraph
    panels: dict[str, list[Section]] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)
    readings: Mapping[EdgeKey, Readings] = field(default_factory=dict)
    citations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    founded: Mapping[str, int] = field(default_factory=dict)
    disputes: list[dict[str, Any]] = field(default_factory=list)


def edge_keys(network: nx.MultiDiGraph) -> dict[EdgeKey, str]:
    """The panel name of every edge: "edge:<i>", i counting (source, target, key) in sorted order.

    >>> network = nx.MultiDiGraph([("b", "c", "party"), ("a", "b", "topic")])
    >>> edge_keys(network)
    {('a', 'b', 'topic'): 'edge:0', ('b', 'c', 'party'): 'edge:1'}
    """
    edges = sorted((s, t, str(k)) for s, t, k in network.edges(keys=True))
    return {edge: f"edge:{number}" for number, edge in enumerate(edges)}


def pyvis_network(network: nx.MultiDiGraph, founded: Mapping[str, int] | None = None) -> Network:
    """The network for pyvis: opaque ids in order of IRI, positions given, physics off.

    Parallel edges are kept. Attributes that vis-network does not know are under "citypact".
    founded: the years in which bodies were founded.
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
    opening = opening_nodes(network)
    drawn.nodes = [
        _node(network, iri, ids[iri], places[iri], tall[iri], iri in opening)
        for iri in sorted(network)
    ]
    for node in drawn.nodes:
        node["citypact"]["founded"] = (founded or {}).get(node["citypact"]["iri"], 0)
    drawn.node_ids = [node["id"] for node in drawn.nodes]
    drawn.node_map = {node["id"]: node for node in drawn.nodes}
    drawn.edges = _edges(network, ids, opening)
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
    network: nx.MultiDiGraph,
    iri: str,
    name: str,
    place: NodePosition,
    tall: NodePosition,
    opens: bool,
) -> dict[str, Any]:
    data = network.nodes[iri]
    look = style.node_style(str(data.get("kind", "")))
    size = style.size_of(network, iri)
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
        "hidden": not opens,
        "citypact": {
            "iri": iri,
            "kind": kind_of(data),
            "ko": style.label(data, "ko"),
            "en": style.label(data, "en"),
            "lines": lines,
            "brief": {lang: style.short_name(data, lang) for lang in LANGUAGES},
            "above": place.above,
            "tall": [tall.x, tall.y, int(tall.above)],
            "form": {k: v.replace("|", ", ") for k, v in named(data, "form").items()},
            "country": named(data, "country"),
            "date": date_text(data.get("date")),
            "aliases": [alias for alias in str(data.get("aliases") or "").split("|") if alias],
            "forms": list(forms_of(data)),
            "status": str(data.get("status") or ""),
            "top": str(data.get("top_topic") or ""),
            "year": year(data),
            "first": bool(data.get("first_view")),
        },
    }


def _edges(
    network: nx.MultiDiGraph, ids: Mapping[str, str], opening: Collection[str]
) -> list[dict[str, Any]]:
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
        look = style.edge_style(data)
        is_drawn = data.get("first_view") and not data.get("prospect")
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
                "hidden": not (is_drawn and source in opening and target in opening),
                "physics": False,
                "citypact": {
                    "relation": str(data.get("relation") or ""),
                    "type": str(data.get("relation_type") or ""),
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
    drawn = drawn or pyvis_network(network, content.founded)
    ids = node_ids(network)
    names = edge_keys(network)
    data = _data(content, drawn, ids, names)
    names_of_scripts = (f"pages/network/{name}.js" for name in SCRIPTS)
    opening = template_text("pages/language.js") + template_text("pages/network/opening.js")
    # One script: between two, browsers may lay the page out and draw it.
    script = "\n".join([*shared_scripts(), *map(template_text, names_of_scripts)])
    html = (
        environment()
        .get_template("pages/network/page.html")
        .render(
            title=complete(content.title),
            subtitle=complete(content.subtitle),
            css=Markup(_style_sheet()),
            data={name: Markup(inert_json(block)) for name, block in data.items()},
            opening=Markup(opening),
            script=Markup(script),
            policy=policy([opening, script]),
            styles=style.node_styles(),
            shapes=style.SHAPES,
            edge_styles=style.edge_styles(),
            legend=legend(network),
            plain=plain_tables(network) if len(network) <= LARGE else None,
            disputes=len(content.disputes),
            message=message,
            counts=counts(content.meta),
            places=content.meta.get("places"),
            fingerprint=str(content.meta.get("hash") or ""),
        )
    )
    return encodable(html)


def _data(
    content: PageContent, drawn: Network, ids: Mapping[str, str], names: Mapping[EdgeKey, str]
) -> dict[str, Any]:
    """The blocks of data of a page, see `payload`."""
    opened = {name: name.replace("edge:", "e") for name in names.values()} | dict(ids)
    targets = {iri: opened[name] for iri, name in content.targets.items() if name in opened}
    numbers = {iri: number for number, iri in enumerate(content.citations)}
    tables = PanelTables(targets | dict(ids), numbers)
    panels = tables.data(
        ((opened[name], sections) for name, sections in content.panels.items()), content.disputes
    )
    readings = {
        opened[names[key]]: both_ends for key, both_ends in content.readings.items() if key in names
    }
    core = {
        "title": complete(content.title),
        "nodes": node_columns(drawn.nodes),
        "edges": edge_columns(drawn.edges, drawn.nodes, readings),
        "disputed": sorted({str(row[1]) for row in panels["disputes"] if row[1]}),
        "styles": {kind: vars(look) for kind, look in style.node_styles().items()},
        "lines": paints(),
        "shapes": style.SHAPES | {"fold": style.FOLD},
        "layers": list(style.LAYERS),
        "words": message.by_id,
    }
    return {"core": core, "panels": panels, "citations": citation_rows(content.citations.values())}


def _style_sheet() -> str:
    """The style sheet with the colours of the page, of nodes and of lines, light and dark."""
    colours = [look.colour for look in style.node_styles().values()]
    colours += [line.colour for line in style.edge_styles().values()]
    own = {f"x{colour[1:]}": colour for colour in colours}
    light = palette.NETWORK | own
    dark = palette.NETWORK_DARK | {name: palette.lightened(colour) for name, colour in own.items()}
    return palette.css_variables(light, dark) + template_text("pages/network/page.css")
