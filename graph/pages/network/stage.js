// The stage of the picture: one canvas. While the view moves, the last frame is moved along if
// drawing it anew would take long; it is drawn again when the view rests.
// A stage draws what is shown and says where the pointer is; canvas.js says what is drawn how.
"use strict";

Citypact.makeStage = (host, { drawNode, sizeOf, before, after }) => {
  const { nodes, edges } = Citypact.data;
  const { drawTies, via } = Citypact.drawing;
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "position:absolute;inset:0;width:100%;height:100%;touch-action:none";
  host.append(canvas);
  const ctx = canvas.getContext("2d");
  const last = document.createElement("canvas");
  const SLOW = 24, REST = 90, REACH = 6;

  let view = { x: 0, y: 0, scale: 1 };
  let lastView = null, isKept = false, took = 0, waiting = 0, resting = 0, easing = 0;
  let order = [], lines = [], cells = new Map(), stale = true;

  const size = () => ({ width: host.clientWidth, height: host.clientHeight });
  const ratio = () => devicePixelRatio || 1;
  function toHost({ x, y }) {
    const { width, height } = size();
    return { x: (x - view.x) * view.scale + width / 2, y: (y - view.y) * view.scale + height / 2 };
  }
  function toWorld({ x, y }) {
    const { width, height } = size();
    return { x: (x - width / 2) / view.scale + view.x, y: (y - height / 2) / view.scale + view.y };
  }

  // What lies where, for the pointer: nodes by cells of the plane.
  const CELL = 200;
  function sort() {
    if (!stale) return;
    stale = false;
    cells = new Map();
    for (const node of order) {
      const key = `${Math.floor(node.x / CELL)} ${Math.floor(node.y / CELL)}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(node);
    }
  }
  function under(at) {
    sort();
    const { x, y } = toWorld(at);
    const around = Math.ceil(120 / view.scale / CELL) || 1;
    const [column, row] = [Math.floor(x / CELL), Math.floor(y / CELL)];
    let best = null;
    for (let i = column - around; i <= column + around; i += 1) {
      for (let j = row - around; j <= row + around; j += 1) {
        for (const node of cells.get(`${i} ${j}`) || []) {
          const { width, height } = sizeOf(node, view.scale);
          if (Math.abs(node.x - x) <= width / 2 && Math.abs(node.y - y) <= height / 2) best = node;
        }
      }
    }
    return best ? { node: best.id } : nearestTie(x, y);
  }
  function nearestTie(x, y) {
    let least = REACH / view.scale, edge;
    const measure = (each, x0, y0, x1, y1) => {
      const [dx, dy] = [x1 - x0, y1 - y0];
      const share = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
      const far = Math.hypot(x - x0 - share * dx, y - y0 - share * dy);
      if (far < least) { least = far; edge = each.id; }
    };
    for (const each of lines) {
      const [a, b] = [nodes.get(each.from), nodes.get(each.to)];
      if (!each.bend) { measure(each, a.x, a.y, b.x, b.y); continue; }
      const [vx, vy] = via(a, b, each.bend);
      const [mx, my] = [(a.x + 2 * vx + b.x) / 4, (a.y + 2 * vy + b.y) / 4];
      measure(each, a.x, a.y, mx, my);
      measure(each, mx, my, b.x, b.y);
    }
    return { edge };
  }

  function paint() {
    const { width, height } = size();
    const k = ratio();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.setTransform(k * view.scale, 0, 0, k * view.scale, k * (width / 2 - view.x * view.scale),
      k * (height / 2 - view.y * view.scale));
    const from = toWorld({ x: -60, y: -60 }), to = toWorld({ x: width + 60, y: height + 60 });
    const inside = (node) => node.x > from.x && node.x < to.x && node.y > from.y && node.y < to.y;
    const beside = (a, b) => Math.max(a.x, b.x) > from.x && Math.min(a.x, b.x) < to.x &&
      Math.max(a.y, b.y) > from.y && Math.min(a.y, b.y) < to.y;
    before();
    drawTies(ctx, lines.filter((edge) => edge.bend || beside(nodes.get(edge.from), nodes.get(edge.to))),
      view.scale);
    for (const node of order) if (inside(node)) drawNode(ctx, node, view.scale);
    after(ctx);
  }
  function frame() {
    waiting = 0;
    lastView = null;
    const { width, height } = size();
    if (!width || !height) return;
    const [wide, high] = [width, height].map((pixels) => Math.round(pixels * ratio()));
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
    }
    const begun = performance.now();
    paint();
    took = performance.now() - begun;
    lastView = { ...view };
    isKept = false;
  }
  // The last frame where it now belongs.
  function shift() {
    waiting = 0;
    if (!lastView) { frame(); return; } // resized in the meantime
    if (!isKept) {
      isKept = true;
      last.width = canvas.width;
      last.height = canvas.height;
      last.getContext("2d").drawImage(canvas, 0, 0);
    }
    const { width, height } = size();
    const by = view.scale / lastView.scale;
    const k = ratio();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.setTransform(by, 0, 0, by,
      k * (width / 2 - (view.x - lastView.x) * view.scale - (width / 2) * by),
      k * (height / 2 - (view.y - lastView.y) * view.scale - (height / 2) * by));
    ctx.drawImage(last, 0, 0);
  }
  function redraw() { waiting ||= requestAnimationFrame(frame); }
  function glide() {
    if (took <= SLOW || !lastView) { redraw(); return; }
    waiting ||= requestAnimationFrame(shift);
    clearTimeout(resting);
    resting = setTimeout(() => { cancelAnimationFrame(waiting); waiting = 0; redraw(); }, REST);
  }

  function moveTo({ x = view.x, y = view.y, scale = view.scale, offset = { x: 0, y: 0 }, ease }) {
    const goal = { x: x - offset.x / scale, y: y - offset.y / scale, scale };
    cancelAnimationFrame(easing);
    if (!ease) { view = goal; redraw(); return; }
    const begun = performance.now(), from = { ...view };
    const step = (now) => {
      const t = Math.min(1, Math.max(0, (now - begun) / ease));
      const share = t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) ** 2;
      view = Object.fromEntries(Object.keys(goal)
        .map((name) => [name, from[name] + (goal[name] - from[name]) * share]));
      glide();
      if (t < 1) easing = requestAnimationFrame(step);
    };
    easing = requestAnimationFrame(step);
  }

  function on({ enter, leave, click, twice, moved }) {
    const down = new Map();
    let dragged = false, hovered = "";
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    function zoomAt(point, factor) {
      const fixed = toWorld(point);
      const scale = Math.min(4, Math.max(0.02, view.scale * factor));
      const by = view.scale / scale;
      view = { scale, x: fixed.x + (view.x - fixed.x) * by, y: fixed.y + (view.y - fixed.y) * by };
      leave();
      moved();
      glide();
    }
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      zoomAt(at(event), Math.exp(-Math.max(-90, Math.min(90, event.deltaY)) / 420));
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      down.set(event.pointerId, at(event));
      dragged = down.size > 1;
    });
    canvas.addEventListener("pointermove", (event) => {
      const now = at(event), was = down.get(event.pointerId);
      if (!was) {
        const found = event.pointerType === "touch" ? {} : under(now);
        const name = found.node || found.edge || "";
        if (name === hovered) return;
        hovered = name;
        leave();
        if (name) enter({ ...found, event });
        return;
      }
      if (!dragged && Math.hypot(now.x - was.x, now.y - was.y) < 4) return;
      if (!dragged) { dragged = true; leave(); moved(); }
      if (down.size === 1) {
        view = { ...view, x: view.x - (now.x - was.x) / view.scale,
          y: view.y - (now.y - was.y) / view.scale };
      } else {
        const [other] = [...down].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
        const spread = (point) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
        zoomAt({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, spread(now) / spread(was));
      }
      down.set(event.pointerId, now);
      glide();
    });
    for (const name of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(name, (event) => {
        const here = down.delete(event.pointerId);
        if (here && !dragged && name === "pointerup") click(under(at(event)));
      });
    }
    canvas.addEventListener("dblclick", twice);
  }

  Citypact.theme.changed(redraw);
  return {
    scale: () => view.scale,
    centre: () => ({ x: view.x, y: view.y }),
    toHost, redraw, moveTo, on,
    resize() {
      lastView = null;
      redraw();
    },
    show(shown) {
      order = [...shown.nodes].map((id) => nodes.get(id)).sort((a, b) => b.style.rank - a.style.rank);
      lines = [...shown.edges].map((id) => edges.get(id));
      stale = true;
      redraw();
    },
    moved() { stale = true; redraw(); },
  };
};
