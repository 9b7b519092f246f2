// The canvas: vis-network holds nodes, edges, view and pointer; shapes and labels are drawn here,
// so that labels do not overlap and more of them appear on zooming in.
"use strict";

Citypact.canvas = (() => {
  const { page, nodes, edges, neighbourhood } = Citypact.data;
  const { place, radius } = Citypact.labelPlacement;
  const { drawShape, drawLabel, drawTie } = Citypact.drawing;
  const host = document.getElementById("picture");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const state = {
    language: "ko", shown: { nodes: new Set(), edges: new Set() },
    selected: "", edge: "", hovered: "", hoveredEdge: "", focused: "",
  };
  let labels = new Map();
  let touched = false;
  let network = null; // the renderer below may run before the network exists

  const items = new vis.DataSet(page.nodes.map(({ id, x, y, size, hidden }) =>
    ({ id, x, y, size, hidden, shape: "custom", ctxRenderer: render, label: "" })));
  const links = new vis.DataSet(page.edges.map(
    ({ id, from, to, color, width, dashes, smooth, hidden }) => ({
      id, from, to, width, dashes, smooth, hidden,
      color: { ...color, highlight: color.color, hover: color.color },
    })));
  network = new vis.Network(host, { nodes: items, edges: links },
    { ...page.options, autoResize: true });
  host.querySelector(".vis-network").tabIndex = -1;

  // Positions for wide and for tall pages; vis-network is updated from these.
  const layouts = { wide: new Map(), tall: new Map() };
  for (const node of nodes.values()) {
    layouts.wide.set(node.id, { x: node.x, y: node.y, above: node.above });
    layouts.tall.set(node.id, { x: node.tall[0], y: node.tall[1], above: node.tall[2] });
  }
  let layout = "wide";
  function lay(name) {
    if (name === layout) return;
    layout = name;
    for (const [id, at] of layouts[name]) Object.assign(nodes.get(id), at);
    items.update([...nodes.values()].map(({ id, x, y }) => ({ id, x, y })));
  }

  const keyed = () => (host.matches(":focus-visible") ? state.focused : "");
  const look = () => ({ selected: state.selected, keyed: keyed() });

  function render({ ctx, id }) {
    const node = nodes.get(id);
    const scale = network ? network.getScale() : 1;
    const box = labels.get(id);
    const pill = node.style.shape === "pill" && box;
    const size = Math.max(2 * radius(node, scale), 16 / scale);
    return {
      drawNode: () => drawShape(ctx, node, box, scale, look()),
      nodeDimensions: pill
        ? { width: (box.right - box.left) / scale, height: (box.bottom - box.top) / scale }
        : { width: size, height: size },
    };
  }

  // What is emphasised: the selection, or else what has the focus or the pointer.
  function spotlight() {
    const id = keyed() || state.selected || (state.edge ? "" : state.hovered);
    if (id && state.shown.nodes.has(id)) return neighbourhood(id, state.shown);
    const edge = edges.get(state.edge || state.hoveredEdge);
    if (!edge || !state.shown.edges.has(edge.id)) return null;
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  }

  network.on("beforeDrawing", () => {
    labels = place(state.shown.nodes, network.getScale(), state.language);
  });
  network.on("afterDrawing", (ctx) => {
    const scale = network.getScale();
    for (const [id, box] of labels) drawLabel(ctx, nodes.get(id), box, scale);
    const light = spotlight();
    if (!light) return;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = "rgba(255,255,255,0.82)";
    ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.restore();
    const lit = place(light.nodes, scale, state.language);
    for (const id of light.edges) drawTie(ctx, edges.get(id), scale);
    const order = [...light.nodes].map((id) => nodes.get(id)).sort((a, b) => b.style.rank - a.style.rank);
    for (const node of order) drawShape(ctx, node, lit.get(node.id), scale, look());
    for (const node of order) drawLabel(ctx, node, lit.get(node.id), scale);
  });

  // View ------------------------------------------------------------------------------------
  const motion = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  let margin = { right: 0, bottom: 0 };
  const foot = () => (innerWidth <= 640 ? 44 : 0); // where the buttons lie in a row below

  // The largest scale at which everything shown fits the canvas, labels included.
  function fitting(name) {
    lay(name);
    const room = { x: host.clientWidth - margin.right - 28,
      y: host.clientHeight - margin.bottom - foot() - 28 };
    const shown = [...state.shown.nodes].map((id) => nodes.get(id));
    const hull = (scale) => {
      const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
      const widen = (left, right, top, bottom) => {
        box.left = Math.min(box.left, left); box.right = Math.max(box.right, right);
        box.top = Math.min(box.top, top); box.bottom = Math.max(box.bottom, bottom);
      };
      for (const node of shown) {
        const [x, y, r] = [node.x * scale, node.y * scale, radius(node, scale) * scale + 2];
        widen(x - r, x + r, y - r, y + r);
      }
      for (const named of place(state.shown.nodes, scale, state.language).values()) {
        widen(named.left, named.right, named.top, named.bottom);
      }
      return box;
    };
    let [low, high] = [0.02, 1.3];
    for (let turn = 0; turn < 9; turn += 1) {
      const scale = Math.sqrt(low * high);
      const box = hull(scale);
      if (box.right - box.left <= room.x && box.bottom - box.top <= room.y) low = scale;
      else high = scale;
    }
    // In a narrow window the network takes half of the height, even if outer labels are cut.
    if (host.clientWidth < 500 && shown.length) {
      const extent = (axis) => Math.max(1, Math.max(...shown.map((node) => node[axis]))
        - Math.min(...shown.map((node) => node[axis])));
      low = Math.max(low, Math.min(1.3, room.x / extent("x"), 0.55 * innerHeight / extent("y"),
        room.y / extent("y")));
    }
    const box = hull(low);
    return { scale: low, x: (box.left + box.right) / 2 / low, y: (box.top + box.bottom) / 2 / low };
  }

  // The layout is chosen when the page is resized only: filters must not move nodes.
  function settle() {
    const wide = fitting("wide").scale;
    lay(fitting("tall").scale > wide * 1.04 ? "tall" : "wide");
  }

  function fit(animate = true) {
    if (!state.shown.nodes.size || !host.clientWidth) return;
    const { scale, x, y } = fitting(layout);
    network.moveTo({ position: { x, y }, scale, animation: animate && motion(),
      offset: { x: -margin.right / 2, y: -(margin.bottom + foot()) / 2 } });
    touched = false;
  }

  function zoom(factor) {
    touched = true;
    network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)),
      animation: motion() });
  }

  // Moves as little as needed to bring a node into view, with its neighbourhood if that fits.
  function bring(id) {
    let scale = Math.max(network.getScale(), 0.55);
    const middle = network.getViewPosition();
    const room = { x: host.clientWidth - margin.right, y: host.clientHeight - margin.bottom };
    const spread = (ids) => {
      const at = [...ids].map((other) => nodes.get(other));
      const span = (axis) => [Math.min(...at.map((n) => n[axis])), Math.max(...at.map((n) => n[axis]))];
      return { x: span("x"), y: span("y") };
    };
    const edge = { x: 75, y: 60 };
    const around = spread(neighbourhood(id, state.shown).nodes);
    const fits = Math.min((room.x - 2 * edge.x) / (around.x[1] - around.x[0] || 1),
      (room.y - 2 * edge.y) / (around.y[1] - around.y[0] || 1));
    const wanted = fits > scale * 0.75 ? around : spread([id]);
    if (wanted === around) scale = Math.min(scale, fits);
    const size = { x: host.clientWidth, y: host.clientHeight };
    const shift = (axis) => {
      const [low, high] = wanted[axis].map((v) => (v - middle[axis]) * scale + size[axis] / 2);
      if (low < edge[axis]) return low - edge[axis];
      return Math.max(0, high - (room[axis] - edge[axis]));
    };
    const by = { x: shift("x"), y: shift("y") };
    if (!by.x && !by.y && scale === network.getScale()) return;
    touched = true;
    network.moveTo({ position: { x: middle.x + by.x / scale, y: middle.y + by.y / scale }, scale,
      animation: motion() });
  }

  function show(shown) {
    state.shown = shown;
    items.update([...nodes.keys()].map((id) => ({ id, hidden: !shown.nodes.has(id) })));
    links.update([...edges.keys()].map((id) => ({ id, hidden: !shown.edges.has(id) })));
    if (!shown.nodes.has(state.focused)) state.focused = "";
    if (!touched) fit(false);
  }

  // The next node in a direction: a neighbour, or else the nearest node.
  function step(dx, dy) {
    const from = nodes.get(state.focused);
    if (!from) return start();
    const near = neighbourhood(from.id, { ...state.shown }).nodes;
    const pick = (ids) => {
      let best = null;
      for (const id of ids) {
        const node = nodes.get(id);
        const ahead = (node.x - from.x) * dx + (node.y - from.y) * dy;
        const aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
        if (id === from.id || ahead <= 0 || aside > ahead * 1.2) continue;
        const far = ahead + 2 * aside;
        if (!best || far < best.far) best = { id, far };
      }
      return best && best.id;
    };
    return pick(near) || pick(state.shown.nodes) || from.id;
  }

  const start = () => state.selected || [...state.shown.nodes].map((id) => nodes.get(id))
    .sort((a, b) => a.style.rank - b.style.rank || b.edges.length - a.edges.length)[0]?.id || "";

  for (const name of ["zoom", "dragStart"]) network.on(name, () => { touched = true; });
  new ResizeObserver(() => {
    network.setSize("100%", "100%");
    network.redraw();
    if (!touched) { settle(); fit(false); }
  }).observe(host);

  function set(change) {
    const other = change.language && change.language !== state.language;
    Object.assign(state, change);
    if (other && !touched) fit(false);
    network.redraw();
  }
  const reserve = (room) => { margin = room; };
  return { host, network, state, set, show, fit, zoom, bring, step, start, reserve };
})();
