// The address of the page: language, tab and what is open, kept in its fragment.
"use strict";

Citypact.address = (() => {
  const { nodes, edges, byIri } = Citypact.data;
  const { canvas, language, panels, tabs } = Citypact;
  const { $ } = Citypact.elements;

  function remember() {
    const { selected, edge } = canvas.state;
    const parts = new URLSearchParams({ lang: language.speaks() });
    if (selected) parts.set("node", nodes.get(selected).iri);
    if (edge) parts.set("edge", edge);
    if ($("tab-table").getAttribute("aria-selected") === "true") parts.set("tab", "table");
    // A page inside a frame without an address of its own can't keep one.
    try { history.replaceState(null, "", `#${parts}`); } catch { /* nothing is lost */ }
  }

  function recall(first) {
    const parts = new URLSearchParams(location.hash.slice(1));
    const node = byIri.get(parts.get("node"));
    const edge = edges.has(parts.get("edge")) ? parts.get("edge") : "";
    // Read first: what follows writes the language into the address.
    const speaks = parts.has("lang") || first ? openingLanguage("en") : language.speaks();
    tabs.turnTo(parts.get("tab") === "table" ? "table" : "picture");
    language.speak(speaks);
    if (node) panels.select(node.id);
    else if (edge) panels.selectEdge(edge);
    else if (!first) panels.close();
  }
  return { remember, recall };
})();
