// The picture: what is shown of the network, what is emphasised, and which part of it is seen.
// Shapes and labels are drawn here, so that labels do not overlap and more appear on zooming in.
"use strict";

Citypact.canvas = (() => {
  const { nodes, edges, neighbourhood } = Citypact.data;
  const { place, radius, shapeBox } = Citypact.labelPlacement;
  const { drawShape, drawLabel, drawTie } = Citypact.drawing;
  const host = document.getElementById("picture");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const state = {
    language: "ko", shown: { nodes: new Set(), edges: new Set() },
    selected: "", edge: "", hovered: "", hoveredEdge: "", focused: "",
  };
  let labels = new Map(), labelled = "", version = 0;
  let touched = false;

  const keyed = () => (host.matches(":focus-visible") ? state.focused : "");
  const look = () => ({ selected: state.selected, keyed: keyed() });

  // The labels of what is shown; they are placed again when scale, language or contents change.
  function arrange(scale) {
    const { width, height } = host.getBoundingClientRect();
    const large = state.shown.nodes.size > 800;
    const middle = stage.centre();
    const window = large ? {
      left: middle.x * scale - width, right: middle.x * scale + width,
      top: middle.y * scale - height, bottom: middle.y * scale + height } : null;
    const part = large ? `${Math.round(middle.x * scale / 200)} ${Math.round(middle.y * scale / 200)}` : "";
    // Where all is in view, no name is cut off.
    const whole = fitting();
    const frame = whole.scale === scale ? whole.frame : null;
    const key = `${scale} ${state.language} ${version} ${laid} ${part} ${Boolean(frame)}`;
    if (key !== labelled) {
      labels = place(state.shown.nodes, scale, state.language, { window, frame });
    }
    labelled = key;
  }
  function sizeOf(node, scale) {
    const box = labels.get(node.id);
    if (node.style.shape === "pill" && box) {
      return { width: (box.right - box.left) / scale, height: (box.bottom - box.top) / scale };
    }
    const size = Math.max(2 * radius(node, scale), 16 / scale);
    return { width: size, height: size };
  }

  // What is emphasised: the selection, or else what has the focus or the pointer.
  function spotlight() {
    const id = keyed() || state.selected || (state.edge ? "" : state.hovered);
    if (id && state.shown.nodes.has(id)) return neighbourhood(id, state.shown);
    const edge = edges.get(state.edge || state.hoveredEdge);
    if (!edge || !state.shown.edges.has(edge.id)) return null;
    return { nodes: new Set([edge.from, edge.to]), edges: new Set([edge.id]) };
  }
  let litLabels = null, litKey = "";
  function emphasise(ctx, scale) {
    const light = spotlight();
    if (!light) return;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = 0.82;
    ctx.fillStyle = Citypact.theme.colour("paper");
    ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.restore();
    const key = `${labelled} ${[...light.nodes].join()}`;
    if (key !== litKey) litLabels = place(light.nodes, scale, state.language);
    litKey = key;
    for (const id of light.edges) drawTie(ctx, edges.get(id), scale);
    const order = [...light.nodes].map((id) => nodes.get(id)).sort((a, b) => b.style.rank - a.style.rank);
    for (const node of order) drawShape(ctx, node, litLabels.get(node.id), scale, look());
    for (const node of order) drawLabel(ctx, node, litLabels.get(node.id), scale);
  }

  const stage = Citypact.makeStage(host, {
    drawNode: (ctx, node, scale) => drawShape(ctx, node, labels.get(node.id), scale, look()),
    sizeOf,
    before: () => arrange(stage.scale()),
    after(ctx) {
      const scale = stage.scale();
      for (const [id, box] of labels) drawLabel(ctx, nodes.get(id), box, scale);
      emphasise(ctx, scale);
    },
  });
  // View ------------------------------------------------------------------------------------
  const ease = () => (calm.matches ? 0 : 350);
  let margin = { right: 0, bottom: 0 };
  const foot = () => (innerWidth <= 640 ? 44 : 0); // where the buttons lie in a row below

  const MOST = 1.6; // by how much positions are stretched
  // The room of the picture, and how much of it on each side is for names alone.
  function frameRoom() {
    const room = { x: host.clientWidth - margin.right - 16,
      y: host.clientHeight - margin.bottom - foot() - 16 };
    return { room, rim: { x: Math.min(60, room.x * 0.05), y: Math.min(24, room.y * 0.05) } };
  }

  // Where everything shown fits the canvas, as large as may be; names take the room that is left.
  let fitted = {};
  function fitting() {
    const key = [state.language, version, laid, host.clientWidth, host.clientHeight, margin.right,
      margin.bottom].join();
    if (fitted.key !== key) fitted = { key, ...measured() };
    return fitted;
  }
  function measured() {
    const { room, rim } = frameRoom();
    const shown = [...state.shown.nodes].map((id) => nodes.get(id));
    const hull = (scale) => {
      const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
      for (const node of shown) {
        const each = shapeBox(node, scale, state.language, shown.length);
        box.left = Math.min(box.left, each.left); box.right = Math.max(box.right, each.right);
        box.top = Math.min(box.top, each.top); box.bottom = Math.max(box.bottom, each.bottom);
      }
      return box;
    };
    let low = 0.02, high = 1.3;
    for (let turn = 0; turn < 8; turn += 1) {
      const scale = Math.sqrt(low * high);
      const { left, right, top, bottom } = hull(scale);
      if (right - left <= room.x - 2 * rim.x && bottom - top <= room.y - 2 * rim.y) low = scale;
      else high = scale;
    }
    const { left, right, top, bottom } = hull(low);
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return { scale: low, x: x / low, y: y / low, frame: { left: x - room.x / 2,
      right: x + room.x / 2, top: y - room.y / 2, bottom: y + room.y / 2 } };
  }

  // The positions for a wide or a narrow picture, those that are nearer to the form of the room,
  // stretched so that they fill it. They are chosen when the page is resized only: filters must
  // not move nodes.
  let laid = "";
  function settle() {
    const { room, rim } = frameRoom();
    const shown = [...state.shown.nodes].map((id) => nodes.get(id));
    if (!shown.length) return;
    const form = (room.y - 2 * rim.y) / (room.x - 2 * rim.x);
    const [best] = ["wide", "narrow"].map((name) => {
      const span = (axis) => {
        const at = shown.map((node) => node[name][axis]);
        return Math.max(1, Math.max(...at) - Math.min(...at));
      };
      return { name, by: form / (span("y") / span("x")) };
    }).sort((a, b) => Math.abs(Math.log(a.by)) - Math.abs(Math.log(b.by)));
    const by = Math.min(MOST, Math.max(1 / MOST, best.by));
    for (const node of nodes.values()) {
      const { x, y, above } = node[best.name];
      Object.assign(node, { x: x * Math.max(1, 1 / by), y: y * Math.max(1, by), above });
    }
    laid = `${best.name} ${by}`;
    stage.moved();
  }

  function fit(animate = true) {
    if (!state.shown.nodes.size || !host.clientWidth) return;
    stage.moveTo({ ...fitting(), ease: animate ? ease() : 0,
      offset: { x: -margin.right / 2, y: -(margin.bottom + foot()) / 2 } });
    touched = false;
  }

  function zoom(factor) {
    touched = true;
    stage.moveTo({ scale: Math.min(4, Math.max(0.05, stage.scale() * factor)), ease: ease() });
  }

  // Moves as little as needed to bring a node into view, with its neighbourhood if that fits.
  function bring(id) {
    let scale = Math.max(stage.scale(), 0.55);
    const middle = stage.centre();
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
    if (!by.x && !by.y && scale === stage.scale()) return;
    touched = true;
    stage.moveTo({ x: middle.x + by.x / scale, y: middle.y + by.y / scale, scale, ease: ease() });
  }

  function show(shown) {
    const same = (one, two) => one.size === two.size && [...one].every((id) => two.has(id));
    if (same(shown.nodes, state.shown.nodes) && same(shown.edges, state.shown.edges)) return;
    state.shown = shown;
    version += 1;
    stage.show(shown);
    if (!shown.nodes.has(state.focused)) state.focused = "";
    if (!room) takeRoom();
    else if (!touched) fit(false);
  }

  // The next node in a direction: a neighbour, or else the nearest node.
  function step(dx, dy) {
    const from = nodes.get(state.focused);
    if (!from) return start();
    const near = neighbourhood(from.id, state.shown).nodes;
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

  // The picture in the room that it has; an observer tells of it only after the first frame.
  let room = "";
  function takeRoom() {
    const now = host.clientWidth ? `${host.clientWidth} ${host.clientHeight}` : "";
    if (now && now !== room) {
      stage.resize();
      if (!touched) { settle(); fit(false); }
    }
    room = now;
  }
  new ResizeObserver(takeRoom).observe(host);

  function set(change) {
    const other = change.language && change.language !== state.language;
    Object.assign(state, change);
    if (other && !touched) fit(false);
    stage.redraw();
  }
  const reserve = (room) => { margin = room; };
  return { host, stage, state, set, show, fit, fitting, zoom, bring, step, start, reserve,
    touch: () => { touched = true; } };
})();
