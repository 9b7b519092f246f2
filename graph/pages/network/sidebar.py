"""What the page says beside the canvas: legend, tables, the drawing for print, the footer.

Everything here is plain data for the templates, in both languages, in a fixed order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import networkx as nx

from citypact.graph.pages.network import style as marks

Words = dict[str, str]

ACTORS = ("government", "network", "organization", "office", "country", "region")
STATUSES: dict[str, Words] = {
    "signed": {"ko": "서명", "en": "Signed"},
    "announced": {"ko": "발표", "en": "Announced"},
}
COUNTED: dict[str, Words] = {
    "documents": {"ko": "문서", "en": "documents"},
    "claims": {"ko": "주장", "en": "claims"},
    "statements": {"ko": "진술", "en": "statements"},
    "facts": {"ko": "사실", "en": "facts"},
    "agreements": {"ko": "협정", "en": "agreements"},
    "actors": {"ko": "행위자", "en": "actors"},
    "topics": {"ko": "주제", "en": "topics"},
    "nodes": {"ko": "마디", "en": "nodes"},
    "edges": {"ko": "관계", "en": "ties"},
}


def node_ids(network: nx.MultiDiGraph) -> dict[str, str]:
    """Opaque ids, "n1", "n2" and so on, by IRI in sorted order."""
    return {iri: f"n{number}" for number, iri in enumerate(sorted(network), start=1)}


def all_marks() -> dict[str, marks.Mark]:
    """Every look that a node may have, "other" for kinds we don't know."""
    return marks.MARKS | {"other": marks.OTHER}


def group(data: Mapping[str, Any]) -> str:
    """The kind of a node as the page knows it."""
    kind = str(data.get("kind") or "")
    return kind if kind in marks.MARKS else "other"


def year(data: Mapping[str, Any]) -> int:
    """The year of a node or an edge, 0 where unknown."""
    value = data.get("year") or 0
    return int(value) if isinstance(value, int | float) and 0 < value < 10_000 else 0


def both(words: Mapping[str, Any] | None) -> Words:
    """Words in both languages; where one is missing the other stands in."""
    ko, en = (str((words or {}).get(language) or "") for language in marks.LANGUAGES)
    return {"ko": ko or en, "en": en or ko}


def _named(data: Mapping[str, Any], name: str) -> Words:
    return both({"ko": data.get(f"{name}_ko"), "en": data.get(f"{name}_en")})


def relation(data: Mapping[str, Any], language: str) -> str:
    """What a tie is called in a language."""
    return _named(data, "relation")[language] or str(data.get("relation") or "")


def in_first_view(
    network: nx.MultiDiGraph, source: str, target: str, data: Mapping[str, Any]
) -> bool:
    """Whether an edge is drawn when the page opens."""
    ends = (network.nodes[source], network.nodes[target])
    return (
        bool(data.get("first_view"))
        and not data.get("prospect")
        and all(end.get("first_view") for end in ends)
    )


def fragment(iri: str) -> str:
    """The part of a page's address that opens the panel of a node."""
    return "#node=" + quote(iri, safe="", errors="replace")


def address(value: object) -> str:
    """A web address as it is, anything else as nothing."""
    text = str(value or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc else ""


def safe_sections(sections: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sections of a panel with every field present and only web addresses left."""
    return [
        {
            "heading": both(section.get("heading")),
            "rows": [
                {
                    "label": both(row.get("label")),
                    "value": both(row.get("value")),
                    "target": str(row.get("target") or ""),
                    "address": address(row.get("address")),
                    "claims": [_claim(claim) for claim in row.get("claims") or ()],
                }
                for row in section.get("rows") or ()
            ],
        }
        for section in sections
    ]


def _claim(claim: Mapping[str, Any]) -> dict[str, Any]:
    sentence = str(claim.get("sentence") or "")
    marked = [int(offset) for offset in claim.get("highlight") or ()]
    start, end = marked if len(marked) == 2 else (0, 0)
    return {
        "document": both(claim.get("document")),
        "address": address(claim.get("address")),
        "published": str(claim.get("published") or ""),
        "span": str(claim.get("span") or ""),
        "modality": both(claim.get("modality")),
        "rank": both(claim.get("rank")),
        "note": both(claim.get("note")),
        # Cut here, where offsets count characters as the records do; scripts count otherwise.
        "sentence": _cut(sentence, max(0, start), max(0, end)),
    }


def _cut(sentence: str, start: int, end: int) -> list[str]:
    """A sentence as what stands before, within and after its highlight."""
    return [sentence[:start], sentence[start:end], sentence[max(start, end) :]] if sentence else []


def legend(network: nx.MultiDiGraph) -> dict[str, Any]:
    """What the legend lists: kinds, layers, forms, topics, years and lines, with counts."""
    nodes = [network.nodes[iri] for iri in sorted(network)]
    kinds = Counter(group(data) for data in nodes)
    first = {group(data) for data in nodes if data.get("first_view")}
    entries = [
        {"kind": kind, "mark": mark, "count": kinds[kind], "on": kind in first}
        for kind, mark in sorted(all_marks().items(), key=lambda item: item[1].rank)
        if kinds[kind]
    ]
    edges = [data for _, _, data in sorted_edges(network)]
    agreements = [data for data in nodes if data.get("kind") == "agreement"]
    years = [value for value in map(year, (*nodes, *edges)) if value]
    return {
        "kinds": [e for e in entries if e["kind"] not in marks.LAYERS and e["kind"] in first],
        "layers": [e for e in entries if e["kind"] in marks.LAYERS and e["kind"] != "prospect"],
        "prospects": sum(bool(data.get("prospect")) for data in edges) or kinds["prospect"],
        # Kinds that come only with layers have no tick of their own.
        "guests": [e for e in entries if e["kind"] not in marks.LAYERS and e["kind"] not in first],
        "more": any(_is_more(network, *edge) for edge in sorted_edges(network)),
        "forms": _forms(agreements),
        "announced": any(data.get("status") == "announced" for data in agreements),
        "topics": _top_topics(network, nodes),
        "years": (min(years), max(years)) if years else None,
        "lines": _lines(edges),
    }


def _is_more(network: nx.MultiDiGraph, source: str, target: str, data: Mapping[str, Any]) -> bool:
    """Whether a tie is off at first although no layer of its own holds it."""
    ends = (network.nodes[source], network.nodes[target])
    return not (
        data.get("first_view")
        or data.get("prospect")
        or any(group(end) in marks.LAYERS and not end.get("first_view") for end in ends)
    )


def sorted_edges(network: nx.MultiDiGraph) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Source, target and attributes of every edge, in the order of their panels' names."""
    edges = network.edges(keys=True, data=True)
    return [(s, t, d) for s, t, _, d in sorted(edges, key=lambda edge: (*edge[:2], str(edge[2])))]


def forms_of(data: Mapping[str, Any]) -> dict[str, Words]:
    """The forms of an agreement, several joined by "|", and what they are called."""
    slugs = str(data.get("form") or "").split("|")
    words = _named(data, "form")
    split = {language: text.split("|") for language, text in words.items()}
    if all(len(names) == len(slugs) for names in split.values()):
        return {slug: {lang: split[lang][n] for lang in split} for n, slug in enumerate(slugs)}
    return dict.fromkeys(slugs, words)


def _forms(agreements: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    forms: dict[str, dict[str, Any]] = {}
    for data in agreements:
        for slug, words in forms_of(data).items():
            named = (
                words if words["ko"] else {"ko": slug or "형식 미상", "en": slug or "Unknown form"}
            )
            entry = forms.setdefault(slug, {"slug": slug, "words": _short(named), "count": 0})
            entry["count"] += 1
            # Of several namings the plainest.
            entry["words"] = min(
                entry["words"], _short(named), key=lambda w: (len(w["ko"]), w["ko"])
            )
    return sorted(forms.values(), key=lambda form: (-form["count"], form["slug"]))


def _top_topics(network: nx.MultiDiGraph, nodes: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    topics: dict[str, dict[str, Any]] = {}
    for data in nodes:
        top = str(data.get("top_topic") or "")
        if data.get("kind") != "topic" or not top:
            continue
        entry = topics.setdefault(top, {"iri": top, "words": top_words(network, data), "count": 0})
        entry["count"] += 1
    return sorted(topics.values(), key=lambda topic: (-topic["count"], topic["iri"]))


def top_words(network: nx.MultiDiGraph, data: Mapping[str, Any]) -> Words:
    """The name of the top concept of a topic: its node's, its attributes', or its address' end."""
    top = str(data.get("top_topic") or "")
    words = _named(data, "top_topic")
    if top in network:
        words = _named(network.nodes[top], "label")
    slug = top.rstrip("/").rsplit("/", 1)[-1]
    return _short(words if words["ko"] else {"ko": slug, "en": slug})


def _short(words: Words) -> Words:
    return {
        language: text if len(text) <= 60 else text[:59] + "…" for language, text in words.items()
    }


def _lines(edges: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One entry for each relation of the first view, in the order that the styles are written."""
    order = list(marks.LINES)
    relations: dict[str, Words] = {}
    for data in edges:
        if data.get("first_view") and not data.get("prospect"):
            name = str(data.get("relation") or "")
            words = {language: relation(data, language) for language in marks.LANGUAGES}
            relations.setdefault(name, _short(words))
    return [
        {"line": marks.line_of(name), "words": words}
        for name, words in sorted(
            relations.items(),
            key=lambda item: (order.index(item[0]) if item[0] in order else 99, item[0]),
        )
    ]


def counts(meta: Mapping[str, Any]) -> list[tuple[Any, Words]]:
    """How many of what the data holds, in words."""
    numbers = {k: v for k, v in meta.items() if isinstance(v, int) and not isinstance(v, bool)}
    numbers |= dict(meta.get("counts") or {})
    return [(numbers[name], COUNTED[name]) for name in COUNTED if name in numbers] + [
        (numbers[name], _short({"ko": str(name), "en": str(name)}))
        for name in sorted(numbers, key=str)
        if name not in COUNTED
    ]


def date_text(value: object) -> Words:
    """An EDTF date for readers: as it is, save for a day whose month nobody tells."""
    text = str(value or "")
    found = re.fullmatch(r"XXXX-XX-(\d\d)", text)
    if not found:
        return {"ko": text, "en": text}
    day = int(found[1])
    return {"ko": f"{day}일 (연·월 미상)", "en": f"day {day}, month and year unknown"}


def tables(network: nx.MultiDiGraph) -> dict[str, list[dict[str, Any]]]:
    """The rows of the tables: together they hold every node and every edge of the network."""
    ids = node_ids(network)
    edges = sorted_edges(network)
    beside: dict[str, list[tuple[str, Mapping[str, Any]]]] = {iri: [] for iri in network}
    for source, target, data in edges:
        beside[source].append((target, data))
        beside[target].append((source, data))

    def link(iri: str) -> dict[str, Any]:
        return {"iri": iri, "id": ids[iri], "words": _named(network.nodes[iri], "label")}

    def tied(iri: str, name: str, kind: str = "") -> list[dict[str, Any]]:
        others = {
            other
            for other, data in beside[iri]
            if data.get("relation") == name and (not kind or group(network.nodes[other]) == kind)
        }
        return [link(other) for other in sorted(others)]

    def row(iri: str) -> dict[str, Any]:
        data = network.nodes[iri]
        return link(iri) | {
            "kind": all_marks()[group(data)],
            "date": date_text(data.get("date")),
            "country": _named(data, "country"),
            "form": {k: v.replace("|", ", ") for k, v in _named(data, "form").items()},
            "status": STATUSES.get(str(data.get("status") or ""), both({"ko": data.get("status")})),
            "parties": tied(iri, "party"),
            "topics": tied(iri, "topic"),
            "agreements": tied(iri, "topic" if group(data) == "topic" else "party", "agreement"),
            "top": top_words(network, data) if data.get("top_topic") else {"ko": "", "en": ""},
            "first": bool(data.get("first_view")),
        }

    def rows(*kinds: str) -> list[dict[str, Any]]:
        chosen = [iri for iri in sorted(network) if group(network.nodes[iri]) in kinds]
        return [row(iri) for iri in sorted(chosen, key=lambda iri: _order(network.nodes[iri]))]

    ties = [
        {
            "id": f"e{number}",
            "source": link(source),
            "target": link(target),
            "words": {language: relation(data, language) for language in marks.LANGUAGES},
            "year": year(data) or "",
            "prospect": bool(data.get("prospect")),
            "first": in_first_view(network, source, target, data),
        }
        for number, (source, target, data) in enumerate(edges)
        if data.get("relation") not in ("party", "topic")
        or "agreement" not in (group(network.nodes[source]), group(network.nodes[target]))
    ]
    return {
        "agreements": rows("agreement"),
        "ties": ties,
        "actors": rows(*ACTORS),
        "topics": rows("topic"),
        "further": rows(*marks.LAYERS, "other"),
    }


def _order(data: Mapping[str, Any]) -> tuple[int, int, str, str]:
    mark = all_marks()[group(data)]
    return (mark.rank, year(data) or 9999, str(data.get("date") or ""), marks.label(data, "ko"))
