// The canvas: vis-network holds nodes, edges, view and pointer; shapes and labels are drawn here,
// so that labels keep a readable size, never cover one another, and say more as one zooms in.
"use strict";

Citypact.canvas = (() => {
  const { data, nodes, edges, neighbourhood } = Citypact.model;
  const FONT = '"Noto Sans KR","NanumGothic","Apple SD Gothic Neo","Malgun Gothic",sans-serif';
  const SMALLEST = { government: 12.5, network: 12, organization: 11.5, topic: 10 };
  // Below these scales a crowded picture leaves lesser labels out.
  const FROM_SCALE = { topic: 0.45, agreement: 0.45, office: 0.36 };
  const INK = "#1d2733", QUIET = "#465361", PILL = "#eef1f4", WHITE = "#ffffff", FOCUS = "#e8a100";
  const paths = Object.fromEntries(
    Object.entries(data.shapes).map(([name, path]) => [name, new Path2D(path)]));
  const host = document.getElementById("picture");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const state = {
    language: "ko", shown: { nodes: new Set(), edges: new Set() },
    selected: "", edge: "", hovered: "", hoveredEdge: "", focused: "",
  };
  let labels = new Map();
  let touched = false;
  let network = null; // the renderer below may be asked before the network stands

  const items = new vis.DataSet(data.nodes.map(({ id, x, y, size, hidden }) =>
    ({ id, x, y, size, hidden, shape: "custom", ctxRenderer: render, label: "" })));
  const links = new vis.DataSet(data.edges.map(
    ({ id, from, to, color, width, dashes, smooth, hidden }) => ({
      id, from, to, width, dashes, smooth, hidden,
      color: { ...color, highlight: color.color, hover: color.color },
    })));
  network = new vis.Network(host, { nodes: items, edges: links },
    { ...data.options, autoResize: true });
  host.querySelector(".vis-network").tabIndex = -1;

  // Positions come for wide and for tall pages; what vis-network draws follows what we hold.
  const layouts = { wide: new Map(), tall: new Map() };
  for (const node of nodes.values()) {
    layouts.wide.set(node.id, { x: node.x, y: node.y, above: node.above });
    layouts.tall.set(node.id, { x: node.tall[0], y: node.tall[1], above: node.tall[2] });
  }
  let layout = "wide";
  function lay(name) {
    if (name === layout) return;
    layout = name;
    for (const [id, place] of layouts[name]) Object.assign(nodes.get(id), place);
    items.update([...nodes.values()].map(({ id, x, y }) => ({ id, x, y })));
  }

  // Shapes shrink more slowly than the view, so that a small picture stays legible.
  const swell = (scale) => (scale < 1 ? scale ** -0.35 : scale ** -0.25);
  const radius = (node, scale) => node.size * swell(scale);

  const widths = new Map();
  const measuring = document.createElement("canvas").getContext("2d");
  function widthOf(text, bold) {
    const key = (bold ? "b" : "r") + text;
    if (!widths.has(key)) {
      measuring.font = `${bold ? "700" : "400"} 100px ${FONT}`;
      widths.set(key, measuring.measureText(text).width / 100);
    }
    return widths.get(key);
  }

  // The box of a label on the screen, in pixels from the middle of the world.
  function labelBox(node, scale, side, lines = node.lines[state.language]) {
    const { font, strong, shape } = node.mark;
    const px = Math.min(font * 1.5, Math.max(SMALLEST[node.kind] || 11, font * scale));
    const width = Math.max(0, ...lines.map((line) => widthOf(line, strong))) * px;
    const height = lines.length * px * 1.25;
    const [x, y] = [node.x * scale, node.y * scale];
    if (shape === "pill") {
      return { lines, px, left: x - width / 2 - 7, right: x + width / 2 + 7,
        top: y - height / 2 - 3, bottom: y + height / 2 + 3 };
    }
    const gap = radius(node, scale) * scale + 4;
    const top = { above: y - gap - height, below: y + gap }[side] ?? y - height / 2;
    const left = { left: x - gap - width, right: x + gap }[side] ?? x - width / 2;
    return { lines, px, left, right: left + width, top, bottom: top + height };
  }

  // Greedy map labelling: the important first, each where it covers nothing.
  function placeLabels(ids, scale) {
    const placed = new Map();
    const cells = new Map();
    const each = (box, act) => {
      for (let i = Math.floor(box.left / 90); i <= Math.floor(box.right / 90); i += 1) {
        for (let j = Math.floor(box.top / 60); j <= Math.floor(box.bottom / 60); j += 1) {
          const key = `${i},${j}`;
          if (!cells.has(key)) cells.set(key, []);
          if (act(cells.get(key))) return true;
        }
      }
      return false;
    };
    const take = (box) => each(box, (cell) => { cell.push(box); return false; });
    const covered = (box) => each(box, (cell) => cell.some((taken) => taken.owner !== box.owner &&
      // A city's name may lie over a lesser mark; nothing lies over a label.
      (box.rank > 2 || !(taken.rank > 2)) && box.left < taken.right && taken.left < box.right &&
      box.top < taken.bottom && taken.top < box.bottom));
    const order = [...ids].map((id) => nodes.get(id)).sort((a, b) =>
      a.mark.rank - b.mark.rank || b.size - a.size || (a.id < b.id ? -1 : 1));
    for (const node of order) {
      if (node.mark.shape === "pill") continue;
      const r = radius(node, scale) * scale;
      take({ owner: node.id, rank: node.mark.rank, left: node.x * scale - r, right: node.x * scale + r,
        top: node.y * scale - r, bottom: node.y * scale + r });
    }
    for (const node of order) {
      if (!node.lines[state.language].length) continue;
      if (ids.size > 40 && scale < (FROM_SCALE[node.kind] || 0)) continue;
      const upright = node.above ? ["above", "below"] : ["below", "above"];
      const sides = node.mark.shape === "pill" ? [""] : [...upright, "right", "left"];
      const brief = node.brief[state.language];
      const tries = [node.lines[state.language], ...(brief ? [[brief]] : [])]
        .flatMap((lines) => sides.map((side) => labelBox(node, scale, side, lines)));
      for (const box of tries) {
        Object.assign(box, { owner: node.id, rank: node.mark.rank });
        if (covered(box)) continue;
        take({ ...box, rank: 0 });
        placed.set(node.id, box);
        break;
      }
    }
    return placed;
  }

  function drawLabel(ctx, node, box, scale) {
    if (!box) return;
    const { strong, shape } = node.mark;
    ctx.save();
    ctx.scale(1 / scale, 1 / scale);
    ctx.font = `${strong ? "700" : "400"} ${box.px}px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.lineJoin = "round";
    box.lines.forEach((line, row) => {
      const y = box.top + (shape === "pill" ? 3 : 0) + (row + 0.8) * box.px * 1.25;
      const x = (box.left + box.right) / 2;
      if (shape !== "pill") {
        ctx.lineWidth = 4;
        ctx.strokeStyle = WHITE;
        ctx.strokeText(line, x, y);
      }
      ctx.fillStyle = shape === "pill" ? QUIET : INK;
      ctx.fillText(line, x, y);
    });
    ctx.restore();
  }

  function drawPill(ctx, node, box, scale) {
    ctx.beginPath();
    ctx.roundRect(box.left / scale, box.top / scale, (box.right - box.left) / scale,
      (box.bottom - box.top) / scale, 9 / scale);
    ctx.fillStyle = PILL;
    ctx.fill();
    if (node.id === state.selected) {
      ctx.lineWidth = 1.6 / scale;
      ctx.strokeStyle = INK;
      ctx.stroke();
    }
  }

  function drawNode(ctx, node, box, scale) {
    const { mark } = node;
    if (mark.shape === "pill" && box) {
      drawPill(ctx, node, box, scale);
      ringIfFocused(ctx, node, (box.right - box.left) / 2 / scale, (box.bottom - box.top) / 2 / scale);
      return;
    }
    const r = radius(node, scale);
    ctx.save();
    ctx.translate(node.x, node.y);
    ctx.scale(r, r);
    ctx.lineJoin = "round";
    const path = paths[mark.shape === "pill" ? "circle" : mark.shape];
    ctx.lineWidth = 4 / r;
    ctx.strokeStyle = WHITE;
    ctx.stroke(path);
    ctx.fillStyle = mark.filled ? mark.colour : WHITE;
    ctx.fill(path);
    ctx.strokeStyle = node.id === state.selected ? INK : mark.colour;
    ctx.lineWidth = (mark.filled ? 0 : 1.8) / r + (node.id === state.selected ? 2 / r : 0);
    if (node.kind === "prospect" || node.status === "announced") ctx.setLineDash([4 / r, 3 / r]);
    if (ctx.lineWidth && (!mark.filled || node.id === state.selected)) ctx.stroke(path);
    ctx.setLineDash([]);
    if (mark.shape === "document") {
      ctx.lineWidth = 1.2 / r;
      ctx.stroke(paths.fold);
    }
    ctx.restore();
    if (mark.shape === "document" && node.year && r * scale > 13) {
      ctx.font = `700 ${Math.min(0.58 * r, 12.5)}px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = mark.colour;
      ctx.fillText(String(node.year), node.x, node.y + r * 0.2);
    }
    ringIfFocused(ctx, node, r, r);
  }

  function ringIfFocused(ctx, node, halfWidth, halfHeight) {
    if (node.id !== state.focused || !host.matches(":focus-visible")) return;
    const gap = 5;
    ctx.beginPath();
    ctx.roundRect(node.x - halfWidth - gap, node.y - halfHeight - gap, 2 * (halfWidth + gap),
      2 * (halfHeight + gap), 10);
    ctx.lineWidth = 6;
    ctx.strokeStyle = INK;
    ctx.stroke();
    ctx.lineWidth = 2.5;
    ctx.strokeStyle = FOCUS;
    ctx.stroke();
  }

  function render({ ctx, id }) {
    const node = nodes.get(id);
    const scale = network ? network.getScale() : 1;
    const box = labels.get(id);
    const pill = node.mark.shape === "pill" && box;
    const size = Math.max(2 * radius(node, scale), 16 / scale);
    return {
      drawNode: () => drawNode(ctx, node, box, scale),
      nodeDimensions: pill
        ? { width: (box.right - box.left) / scale, height: (box.bottom - box.top) / scale }
        : { width: size, height: size },
    };
  }

  // The control point of a curved edge, by the formula that vis-network uses.
  function via(a, b, { type, roundness }) {
    const [across, up] = [b.x - a.x, a.y - b.y];
    const reach = (0.5 * roundness + 0.5) * Math.hypot(across, up);
    const side = type === "curvedCW" ? roundness : -roundness;
    const angle = Math.atan2(up, across) + (0.5 * side + 0.5) * Math.PI;
    return [a.x + reach * Math.sin(angle), a.y + reach * Math.cos(angle)];
  }

  function drawEdge(ctx, edge, scale) {
    const [a, b] = [nodes.get(edge.from), nodes.get(edge.to)];
    ctx.beginPath();
    ctx.moveTo(a.x, a.y);
    if (edge.smooth.enabled) ctx.quadraticCurveTo(...via(a, b, edge.smooth), b.x, b.y);
    else ctx.lineTo(b.x, b.y);
    ctx.strokeStyle = edge.colour;
    ctx.lineWidth = Math.max(edge.width * 1.25, 1.4 / scale);
    ctx.setLineDash(edge.dashes || []);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  // What stands in the light: what is selected, else what the keyboard or the pointer is on.
  function spotlight() {
    const keyed = host.matches(":focus-visible") && state.focused;
    const id = keyed || state.selected || (state.edge ? "" : state.hovered);
    if (id && state.shown.nodes.has(id)) return neighbourhood(id, state.shown);
    const edge = edges.get(state.edge || state.hoveredEdge);
    if (!edge || !state.shown.edges.has(edge.id)) return null;
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  }

  network.on("beforeDrawing", () => { labels = placeLabels(state.shown.nodes, network.getScale()); });
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
    const lit = placeLabels(light.nodes, scale);
    for (const id of light.edges) drawEdge(ctx, edges.get(id), scale);
    const order = [...light.nodes].map((id) => nodes.get(id)).sort((a, b) => b.mark.rank - a.mark.rank);
    for (const node of order) drawNode(ctx, node, lit.get(node.id), scale);
    for (const node of order) drawLabel(ctx, node, lit.get(node.id), scale);
  });

  // View ------------------------------------------------------------------------------------
  const motion = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  let margin = { right: 0, bottom: 0 };

  // The largest scale at which everything shown fits the room there is, labels included.
  function fitting(name) {
    lay(name);
    const room = { x: host.clientWidth - margin.right - 28, y: host.clientHeight - margin.bottom - 28 };
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
      for (const label of placeLabels(state.shown.nodes, scale).values()) {
        widen(label.left, label.right, label.top, label.bottom);
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
    const box = hull(low);
    return { scale: low, x: (box.left + box.right) / 2 / low, y: (box.top + box.bottom) / 2 / low };
  }

  function fit(animate = true) {
    if (!state.shown.nodes.size || !host.clientWidth) return;
    const wide = fitting("wide");
    const tall = fitting("tall");
    const best = tall.scale > wide.scale * 1.04 ? tall : wide;
    lay(best === tall ? "tall" : "wide");
    network.moveTo({ position: { x: best.x, y: best.y }, scale: best.scale,
      offset: { x: -margin.right / 2, y: -margin.bottom / 2 }, animation: animate && motion() });
    touched = false;
  }

  function zoom(factor) {
    touched = true;
    network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)),
      animation: motion() });
  }

  // Bring nodes out from under the panel or in from outside, moving no more than needed: the
  // whole neighbourhood where it fits, else the node alone.
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

  // The next node in a direction: tied ones first, else the nearest there is.
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
    .sort((a, b) => a.mark.rank - b.mark.rank || b.edges.length - a.edges.length)[0]?.id || "";

  for (const name of ["zoom", "dragStart"]) network.on(name, () => { touched = true; });
  new ResizeObserver(() => {
    network.setSize("100%", "100%");
    network.redraw();
    if (!touched) fit(false);
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
