// The data of the page: nodes, edges and neighbourhoods. What it holds: payload.py.
"use strict";

const Citypact = {};

Citypact.data = (() => {
  const page = JSON.parse(document.getElementById("data-core").textContent);
  const ACTORS = ["government", "network", "organization", "office", "country", "region"];
  const isActor = (node) => ACTORS.includes(node.kind);

  // Rows of columns; what is repeated in a column is written once.
  function rows(columns) {
    const found = [];
    for (const [name, column] of Object.entries(columns)) {
      const { at, values } = Array.isArray(column) ? { at: column } : column;
      at.forEach((cell, row) => { (found[row] ||= {})[name] = values ? values[cell] : cell; });
    }
    return found;
  }
  function lines(label, breaks) {
    if (typeof breaks === "string") return breaks ? breaks.split("\n") : [];
    if (!breaks) return label ? [label] : [];
    const at = Math.abs(breaks);
    return [label.slice(0, at), label.slice(breaks > 0 ? at + 1 : at)];
  }

  const nodes = new Map();
  rows(page.nodes).forEach((row, place) => {
    const id = `n${place + 1}`;
    nodes.set(id, Object.assign(row, { id, edges: [], style: page.styles[row.kind],
      lines: { ko: lines(row.ko, row.lines_ko), en: lines(row.en, row.lines_en) },
      brief: { ko: row.brief_ko, en: row.brief_en },
      wide: { x: row.x, y: row.y, above: row.above },
      narrow: { x: row.tall[0], y: row.tall[1], above: row.tall[2] } }));
  });
  const all = [...nodes.values()];

  const edges = new Map();
  function add(edge) {
    edges.set(edge.id, edge);
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    from.edges.push(edge);
    if (from !== to) to.edges.push(edge);
  }
  rows(page.edges).forEach((row, place) => {
    const [from, to] = [all[row.from], all[row.to]];
    const edge = Object.assign(row, { id: `e${place}`, from: from.id, to: to.id,
      dashed: Boolean(row.prospect),
      lineName: [row.type, row.relation].find((name) => page.lines[name]) || "other" });
    edge.line = page.lines[edge.lineName];
    const layered = [from, to].filter((node) => !node.first && page.layers.includes(node.kind))
      .map((node) => node.kind);
    edge.layers = edge.prospect ? [...layered, "prospect"] : layered;
    if (!edge.layers.length && !edge.first) edge.layers.push("more");
    add(edge);
  });
  // Where the page opens around a centre, what lies beyond it is a layer of its own.
  for (const node of all) {
    node.far = !node.first && !page.layers.includes(node.kind) &&
      node.edges.some((edge) => edge.first);
  }
  for (const edge of edges.values()) {
    if (nodes.get(edge.from).far || nodes.get(edge.to).far) edge.layers.push("far");
  }
  const other = (edge, id) => nodes.get(edge.from === id ? edge.to : edge.from);

  // Where agreements are not drawn themselves, lines stand for them: between their parties, and
  // from those who brokered them.
  const pairs = new Map();
  for (const agreement of all.filter((node) => node.kind === "agreement")) {
    const tied = (relation) => agreement.edges.filter((edge) => edge.relation === relation)
      .map((edge) => other(edge, agreement.id));
    const parties = tied("party");
    const join = (one, two, relation) => {
      const key = one.id < two.id ? `${one.id} ${two.id}` : `${two.id} ${one.id}`;
      if (!pairs.has(key)) pairs.set(key, { one, two, relation, agreements: [] });
      pairs.get(key).agreements.push(agreement);
    };
    parties.forEach((one, at) => parties.slice(at + 1).forEach((two) => join(one, two, "agreement")));
    for (const broker of tied("brokering").filter((one) => !parties.includes(one))) {
      parties.forEach((party) => join(broker, party, "brokering"));
    }
  }
  const agreementsOf = (one, two) =>
    (pairs.get(one.id < two.id ? `${one.id} ${two.id}` : `${two.id} ${one.id}`)?.agreements || []);
  for (const { one, two, relation, agreements } of pairs.values()) {
    if (one === two) continue;
    add({ id: `p${one.id}-${two.id}`, from: one.id, to: two.id, relation, agreements,
      layers: one.far || two.far ? ["far"] : [], first: 1, year: 0, bend: 0, readings: [],
      line: page.lines[relation], dashed: false, ko: "", en: "" });
  }
  const byIri = new Map(all.map((node) => [node.iri, node]));
  for (const id of page.disputed) (nodes.get(id) || edges.get(id) || {}).disputed = true;

  // A node and its neighbours; for actors also the other parties of their agreements.
  function neighbourhood(id, shown) {
    const around = { nodes: new Set([id]), edges: new Set() };
    const reach = (from, wanted) => {
      for (const edge of nodes.get(from).edges) {
        if (!shown.edges.has(edge.id) || !wanted(edge)) continue;
        around.nodes.add(other(edge, from).id);
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

  return { page, nodes, edges, byIri, other, agreementsOf, neighbourhood, ACTORS, isActor };
})();
