// A canvas that can be panned, zoomed and pointed at with mouse, touch and keys.
"use strict";

// `box` is the area to show at first: { left, right, top, bottom }, y downwards; `most(fitting)`
// gives the highest number of pixels per unit.
// `on` has draw(context), point(x, y) -> what is there, hover(what, x, y), tap(what, x, y).
function Camera(box, most, on) {
  const { $ } = Page;
  const { covered } = Panel;
  const canvas = $("canvas");
  const context = canvas.getContext("2d");
  const self = { scale: 1, x: 0, y: 0, width: 0, height: 0, context, isMoving: false };
  let drawn = false, least = 1, moved = false, rest = 0;

  self.toX = (x) => (x - self.x) * self.scale + self.width / 2;
  self.toY = (y) => (y - self.y) * self.scale + self.height / 2;
  self.atX = (x) => (x - self.width / 2) / self.scale + self.x;
  self.atY = (y) => (y - self.height / 2) / self.scale + self.y;

  function paint() {
    drawn = false;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, self.width, self.height);
    on.draw(context);
  }
  self.redraw = () => {
    if (drawn) return;
    drawn = true;
    requestAnimationFrame(paint);
  };
  // While `isMoving`, views may draw in less detail; a full drawing follows.
  function move() {
    self.isMoving = true;
    clearTimeout(rest);
    rest = setTimeout(() => { self.isMoving = false; self.redraw(); }, 160);
    self.redraw();
  }
  function resize() {
    const shape = canvas.getBoundingClientRect();
    if (!shape.width || !shape.height) return;
    self.width = shape.width;
    self.height = shape.height;
    canvas.width = Math.round(shape.width * devicePixelRatio);
    canvas.height = Math.round(shape.height * devicePixelRatio);
    if (!moved) self.fit();
    else self.redraw();
  }
  // Shows a part with a margin around it, or everything.
  self.fit = (part = null, margin = 24) => {
    const wanted = part || box;
    const { right, bottom } = covered();
    const width = Math.max(self.width - right - 2 * margin, 40);
    const height = Math.max(self.height - bottom - 2 * margin, 40);
    const scale = Math.min(width / Math.max(wanted.right - wanted.left, 1e-9),
      height / Math.max(wanted.bottom - wanted.top, 1e-9));
    if (!part) { least = scale / 2; moved = false; }
    self.scale = Math.max(least, Math.min(scale, most(true)));
    self.x = (wanted.left + wanted.right) / 2 + right / 2 / self.scale;
    self.y = (wanted.top + wanted.bottom) / 2 + bottom / 2 / self.scale;
    if (part) moved = true;
    self.redraw();
  };
  self.world = (area) => { box = area; };
  self.zoom = (factor, px = self.width / 2, py = self.height / 2) => {
    const [x, y] = [self.atX(px), self.atY(py)];
    self.scale = Math.max(least, Math.min(self.scale * factor, most(false)));
    self.x = x - (px - self.width / 2) / self.scale;
    self.y = y - (py - self.height / 2) / self.scale;
    moved = true;
    keep();
    move();
  };
  function keep() {
    self.x = Math.max(box.left, Math.min(box.right, self.x));
    self.y = Math.max(box.top, Math.min(box.bottom, self.y));
  }
  self.pan = (dx, dy) => {
    self.x -= dx / self.scale;
    self.y -= dy / self.scale;
    moved = true;
    keep();
    move();
  };
  // Moves as little as needed to bring a point out from under the panel.
  self.bring = (x, y) => {
    const { right, bottom } = covered();
    const [px, py] = [self.toX(x), self.toY(y)];
    if (px > 40 && px < self.width - right - 60 && py > 40 && py < self.height - bottom - 40) return;
    self.x = x + right / 2 / self.scale;
    self.y = y + bottom / 2 / self.scale;
    moved = true;
    self.redraw();
  };

  // Pointers
  const pointers = new Map();
  let far = 0, press = null;
  const place = (event) => {
    const shape = canvas.getBoundingClientRect();
    return [event.clientX - shape.left, event.clientY - shape.top];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place(event));
    far = 0;
    press = pointers.size === 1 ? place(event) : null;
  });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = place(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      const what = on.point(x, y);
      canvas.classList.toggle("pointing", what !== null);
      on.hover(what, x, y);
      return;
    }
    if (pointers.size === 1) {
      far += Math.hypot(x - before[0], y - before[1]);
      if (far > 4) {
        canvas.classList.add("moving");
        on.hover(null);
        self.pan(x - before[0], y - before[1]);
      }
    } else {
      const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
      const length = ([a, b]) => Math.hypot(a - other[0], b - other[1]) || 1;
      self.zoom(length([x, y]) / length(before), (x + other[0]) / 2, (y + other[1]) / 2);
      self.pan((x - before[0]) / 2, (y - before[1]) / 2);
    }
    pointers.set(event.pointerId, [x, y]);
  });
  function lift(event) {
    if (pointers.size === 1 && press && far <= 4 && event.type === "pointerup") {
      on.tap(on.point(...press, event.pointerType === "touch" ? 18 : 8), ...press);
    }
    pointers.delete(event.pointerId);
    press = null;
    canvas.classList.remove("moving");
  }
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => on.hover(null));
  canvas.addEventListener("dblclick", (event) => self.zoom(2, ...place(event)));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const step = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    self.zoom(Math.exp(-Math.max(-300, Math.min(300, step)) / 400), ...place(event));
  }, { passive: false });

  // Keys
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60],
      ArrowDown: [0, -60] }[event.key];
    if (way) self.pan(...way);
    else if (event.key === "+" || event.key === "=") self.zoom(1.5);
    else if (event.key === "-") self.zoom(1 / 1.5);
    else if (event.key === "0") self.fit();
    else if (event.key === "Enter") {
      const { right, bottom } = covered();
      const [x, y] = [(self.width - right) / 2, (self.height - bottom) / 2];
      on.tap(on.point(x, y, 1e9), x, y);
    } else return;
    event.preventDefault();
  });
  $("zoom-in").addEventListener("click", () => self.zoom(1.6));
  $("zoom-out").addEventListener("click", () => self.zoom(1 / 1.6));
  $("zoom-fit").addEventListener("click", () => self.fit());
  new ResizeObserver(resize).observe(canvas);
  resize();
  return self;
}
