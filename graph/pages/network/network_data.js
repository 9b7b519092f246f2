// The data of the page: nodes, edges and neighbourhoods.
"use strict";

const Citypact = {};

Citypact.data = (() => {
  const page = JSON.parse(document.getElementById("data").textContent);
  const ACTORS = ["government", "network", "organization", "office", "country", "region"];

  const nodes = new Map();
  for (const { id, x, y, size, hidden, citypact } of page.nodes) {
    nodes.set(id, { ...citypact, id, x, y, size, hidden, style: page.styles[citypact.kind], edges: [] });
  }
  const edges = new Map();
  for (const { id, from, to, color, width, dashes, smooth, hidden, citypact } of page.edges) {
    const edge = { ...citypact, id, from, to, colour: color.color, width, dashes, smooth, hidden };
    const layered = [from, to].map((end) => nodes.get(end))
      .filter((node) => !node.first && page.layers.includes(node.kind)).map((node) => node.kind);
    edge.layers = edge.prospect ? [...layered, "prospect"] : layered;
    if (!edge.layers.length && !edge.first) edge.layers.push("more");
    edges.set(id, edge);
    nodes.get(from).edges.push(edge);
    if (from !== to) nodes.get(to).edges.push(edge);
  }
  // Where the page opens around a centre, what lies beyond it is a layer of its own.
  for (const node of nodes.values()) {
    node.far = !node.first && !page.layers.includes(node.kind) && node.edges.some((edge) => edge.first);
  }
  for (const edge of edges.values()) {
    if (nodes.get(edge.from).far || nodes.get(edge.to).far) edge.layers.push("far");
  }
  const byIri = new Map([...nodes.values()].map((node) => [node.iri, node]));
  const other = (edge, id) => nodes.get(edge.from === id ? edge.to : edge.from);

  // A node and its neighbours; for actors also the other parties of their agreements.
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

  return { page, nodes, edges, byIri, other, neighbourhood, ACTORS };
})();
