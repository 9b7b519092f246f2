// What the page knows and shows: the data, the language, which parts the filters leave, the search.
// Nothing here touches the canvas or builds elements.
"use strict";

const Citypact = {};

Citypact.model = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const ACTORS = ["government", "network", "organization", "office", "country", "region"];
  const UNDATED = [...ACTORS, "topic", "person", "other"];

  const nodes = new Map();
  for (const { id, x, y, size, hidden, citypact } of data.nodes) {
    nodes.set(id, { ...citypact, id, x, y, size, hidden, style: data.styles[citypact.kind], edges: [] });
  }
  const edges = new Map();
  for (const { id, from, to, color, width, dashes, smooth, hidden, citypact } of data.edges) {
    const edge = { ...citypact, id, from, to, colour: color.color, width, dashes, smooth, hidden };
    const layered = [from, to].map((end) => nodes.get(end))
      .filter((node) => !node.first && data.layers.includes(node.kind)).map((node) => node.kind);
    edge.layers = edge.prospect ? [...layered, "prospect"] : layered;
    if (!edge.layers.length && !edge.first) edge.layers.push("more");
    edges.set(id, edge);
    nodes.get(from).edges.push(edge);
    if (from !== to) nodes.get(to).edges.push(edge);
  }
  const byIri = new Map([...nodes.values()].map((node) => [node.iri, node]));
  const other = (edge, id) => nodes.get(edge.from === id ? edge.to : edge.from);

  // What the filters let through on their own, before asking what still has a meaning.
  function candidates(choice) {
    const dated = (thing) => !thing.year ||
      ((!choice.from || thing.year >= choice.from) && (!choice.to || thing.year <= choice.to));
    const kept = new Set();
    for (const node of nodes.values()) {
      if (!choice.kinds.has(node.kind)) continue;
      if (!UNDATED.includes(node.kind) && !dated(node)) continue;
      if (node.kind === "agreement" && !node.forms.some((form) => choice.forms.has(form))) continue;
      if (choice.topic && node.kind === "topic" && node.top !== choice.topic) continue;
      if (choice.topic && node.kind === "agreement" && !node.edges.some((edge) =>
        other(edge, node.id).kind === "topic" && other(edge, node.id).top === choice.topic)) continue;
      kept.add(node.id);
    }
    const ties = [...edges.values()].filter((edge) =>
      dated(edge) && edge.layers.every((layer) => choice.kinds.has(layer)));
    return { kept, ties };
  }

  // Which nodes and edges a choice of filters leaves: what has lost its last tie falls away.
  function visible(choice) {
    const { kept, ties } = candidates(choice);
    let left = [];
    for (let size = -1; size !== kept.size;) {
      size = kept.size;
      left = ties.filter((edge) => kept.has(edge.from) && kept.has(edge.to));
      const tied = new Set();
      for (const edge of left) {
        const [a, b] = [nodes.get(edge.from), nodes.get(edge.to)];
        if (a.kind !== "topic" || b.kind !== "topic") tied.add(a.id).add(b.id);
      }
      for (const id of [...kept]) {
        const node = nodes.get(id);
        const alone = node.first && !choice.narrowed && !node.edges.some((edge) => !edge.layers.length);
        if (!tied.has(id) && !alone && !(data.layers.includes(node.kind) && !node.edges.length)) {
          kept.delete(id);
        }
      }
      if (choice.narrowed && choice.kinds.has("agreement")) dropLoosePieces(kept, left);
    }
    return { nodes: kept, edges: new Set(left.map((edge) => edge.id)) };
  }

  // While agreements are being filtered, pieces of the picture without any of them say nothing.
  function dropLoosePieces(kept, left) {
    const reached = new Set([...kept].filter((id) => nodes.get(id).kind === "agreement"));
    const around = new Map();
    for (const edge of left) {
      for (const [a, b] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        if (!around.has(a)) around.set(a, []);
        around.get(a).push(b);
      }
    }
    const queue = [...reached];
    while (queue.length) {
      for (const next of around.get(queue.pop()) || []) {
        if (!reached.has(next)) { reached.add(next); queue.push(next); }
      }
    }
    for (const id of [...kept]) if (!reached.has(id)) kept.delete(id);
  }

  // A node with what it is tied to; actors reach through agreements to their partners.
  function neighbourhood(id, shown) {
    const around = { nodes: new Set([id]), edges: new Set() };
    const reach = (from, wanted) => {
      for (const edge of nodes.get(from).edges) {
        const next = other(edge, from);
        if (!shown.edges.has(edge.id) || !wanted(edge, next)) continue;
        around.nodes.add(next.id);
        around.edges.add(edge.id);
      }
    };
    reach(id, () => true);
    if (nodes.get(id).kind !== "agreement") {
      for (const near of [...around.nodes]) {
        if (near !== id && nodes.get(near).kind === "agreement") {
          reach(near, (edge) => edge.relation === "party");
        }
      }
    }
    return around;
  }

  // Letters to compare: one case, one width, no spaces, no accents, Hangul whole.
  const folded = (text) => String(text).normalize("NFKD").replace(/[\u0300-\u036f\s]/g, "")
    .normalize("NFC").toLowerCase();

  const index = [...nodes.values()].map((node) => ({
    node,
    names: [...new Set([node.ko, node.en, ...node.aliases])].filter(Boolean)
      .map((name) => ({ name, key: folded(name).slice(0, 300) })),
  }));

  // The best matches first: beginnings before middles, names before aliases, actors before topics.
  function search(query, limit = 8) {
    const wanted = folded(query);
    if (!wanted) return [];
    const hits = [];
    for (const { node, names } of index) {
      let best = null;
      names.forEach(({ name, key }, place) => {
        const at = key.indexOf(wanted);
        if (at < 0) return;
        const score = (at ? 100 : 0) + (key.length === wanted.length ? -50 : 0) +
          (place > 1 ? 20 : 0) + node.style.rank;
        if (!best || score < best.score) best = { node, name, score };
      });
      if (best) hits.push(best);
    }
    const order = (a, b) => a.score - b.score || (a.node.iri < b.node.iri ? -1 : 1);
    return hits.sort(order).slice(0, limit);
  }

  return { data, nodes, edges, byIri, other, visible, neighbourhood, search, folded, ACTORS };
})();
