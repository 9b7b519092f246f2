"""A picture whose every field holds text that would like to be something else."""

from __future__ import annotations

import networkx as nx

from citypact.graph.pages.network.pyvis_page import PageContent, edge_keys


def hostile_picture() -> PageContent:
    """Every field filled with text that would like to be code, overflow or turn the page around."""
    nasty = [
        "<script>window.hacked=1</script>",
        "</script><img src=x onerror=window.hacked=1>",
        "\"'`${window.hacked=1}{{7*7}}{% x %}",
        "\u202eright to left\u2066",
        "가" * 10_000,
        "word " * 2_000,
        "\u2028\u2029\x00\x1b]0;x\x07<!--",
        "x" * 10_000,
        "&lt;b&gt;&amp;",
    ]
    network = nx.MultiDiGraph()
    kinds = [
        "government",
        "agreement",
        "topic",
        "organization",
        "<b>kind",
        "network",
        "prospect",
        "person",
        "agreement",
    ]
    for index, text in enumerate(nasty):
        network.add_node(
            f"https://example.org/{index}/{text}",
            kind=kinds[index],
            form=text,
            form_ko=text,
            form_en=text,
            label_ko=text,
            label_en=text,
            aliases=text,
            country=text,
            country_ko=text,
            country_en=text,
            date=text,
            year=2000 + index,
            status=text,
            top_topic=f"https://example.org/2/{nasty[2]}",
            first_view=True,
        )
    nodes = list(network.nodes)
    for index, text in enumerate(nasty):
        network.add_edge(
            nodes[index],
            nodes[(index + 1) % len(nodes)],
            key=text,
            relation=text,
            relation_ko=text,
            relation_en=text,
            prospect=False,
            year=0,
            first_view=True,
        )
    bilingual = [{"ko": text, "en": text} for text in nasty]
    rows = [
        {
            "label": text,
            "value": text,
            "target": nodes[0],
            "address": "javascript:window.hacked=1",
            "claims": [
                {
                    "document": text,
                    "address": "javascript:window.hacked=1",
                    "source": "</script>",
                    "published": text["ko"],
                    "link": "javascript:window.hacked=1",
                    "spans": [{"position": text["ko"], "link": "javascript:window.hacked=1"}],
                    "modality": text,
                    "rank": text,
                    "note": text,
                    "sentence": text["ko"],
                    "highlight": [-5, 10**9],
                }
            ],
        }
        for text in bilingual
    ]
    sections = [{"heading": bilingual[0], "rows": rows}]
    panels = dict.fromkeys(nodes, sections)
    panels |= dict.fromkeys(edge_keys(network).values(), sections)
    values = [{"value": row["value"], "claims": row["claims"], "followed": True} for row in rows]
    dispute = {"thing": nodes[0], "owner": nodes[0], "values": values[:3]}
    text = "".join(nasty[:4])
    return PageContent(
        title={"ko": text, "en": text},
        subtitle={"ko": text, "en": text},
        network=network,
        panels=panels,
        meta={"hash": text, text: 1},
        disputes=[dispute | {"name": w, "label": w, "reason": w} for w in bilingual],
        citations={"</script>": {"ko": text, "en": text, "bibtex": text, "csl": {"id": text}}},
    )
