// The address of the page: language, tab, table, filters and what is open, kept in its fragment.
"use strict";

Citypact.address = (() => {
  const { nodes, edges, byIri } = Citypact.data;
  const { canvas, filters, language, panels, tables, tabs } = Citypact;
  let recalling = true;

  function remember() {
    if (recalling) return;
    const { selected, edge } = canvas.state;
    const parts = new URLSearchParams({ lang: language.speaks(), ...filters.asked() });
    if (selected) parts.set("node", nodes.get(selected).iri);
    if (edge) parts.set("edge", edge);
    if (tabs.open() !== tabs.usual()) parts.set("tab", tabs.open());
    if (tabs.open() === "table") parts.set("table", tables.current());
    // A page inside a frame without an address of its own can't keep one.
    try { history.replaceState(null, "", `#${parts}`); } catch { /* nothing is lost */ }
  }

  function recall(first) {
    recalling = true;
    const parts = new URLSearchParams(location.hash.slice(1));
    const node = byIri.get(parts.get("node"));
    const edge = edges.has(parts.get("edge")) ? parts.get("edge") : "";
    language.speak(parts.has("lang") || first ? openingLanguage("en") : language.speaks());
    filters.restore(parts);
    if (!first) panels.close();
    filters.apply();
    tables.choose(parts.get("table"));
    const wanted = parts.get("tab") || (parts.has("table") ? "table" : "");
    tabs.turnTo(["table", "picture"].includes(wanted) ? wanted : tabs.usual());
    if (node) panels.select(node.id);
    else if (edge) panels.selectEdge(edge);
    recalling = false;
    remember();
  }
  return { remember, recall };
})();
