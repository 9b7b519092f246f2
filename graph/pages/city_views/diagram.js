// Circles and lines: countries, communities, or the partner cities around a city.
"use strict";

(() => {
  const { $, el, say, message, data, number, speaks } = Page;
  const { circles, lines, rings } = data;
  const byKey = new Map(circles.map((circle, i) => [circle.key, i]));
  const isRadial = rings.length > 0;
  const most = Math.max(1, ...lines.map((line) => line[2]));
  const neighbours = circles.map(() => []);
  for (const [a, b, n] of lines) {
    neighbours[a].push([b, n]);
    neighbours[b].push([a, n]);
  }
  for (const all of neighbours) {
    all.sort((p, q) => q[1] - p[1] || circles[q[0]].weight - circles[p[0]].weight || p[0] - q[0]);
  }
  let least = data.begin, selected = -1, over = -1, camera = null;
  // The city in the middle of a ring is emphasised.
  const isMiddle = (circle) => isRadial && circle.angle === undefined;

  function draw(context) {
    const colours = Page.colours();
    const focus = over >= 0 ? over : selected;
    const near = new Set(focus < 0 ? [] : [focus, ...neighbours[focus].map(([other]) => other)]);
    const { scale } = camera;
    context.lineWidth = 1;
    context.strokeStyle = colours.line;
    for (const r of rings) {
      context.beginPath();
      context.arc(camera.toX(0), camera.toY(0), r * scale, 0, 2 * Math.PI);
      context.stroke();
    }
    let shown = 0, ties = 0;
    for (const [a, b, n, faint] of [...lines].reverse()) {
      const isNear = a === focus || b === focus;
      if (n < least && !isNear) continue;
      shown += 1;
      ties += n;
      if (focus >= 0 && !isNear) context.globalAlpha = 0.06;
      else context.globalAlpha = isNear ? 0.85 : faint ? 0.2 : isRadial ? 0.4 : 0.18 + 0.4 * Math.sqrt(n / most);
      context.strokeStyle = isNear ? colours.strong : colours.arc;
      context.lineWidth = isRadial ? (isNear ? 1.6 : 1.1)
        : Math.max(0.7, 14 * Math.sqrt(n / most) * Math.min(1, scale * 1.2));
      line(context, circles[a], circles[b], faint);
    }
    circles.forEach((circle, i) => {
      context.globalAlpha = focus < 0 || near.has(i) ? 1 : 0.25;
      context.beginPath();
      context.arc(camera.toX(circle.x), camera.toY(circle.y), circle.r * scale, 0, 2 * Math.PI);
      context.fillStyle = tone(circle, colours);
      context.fill();
      context.lineWidth = i === selected ? 3 : 1;
      context.strokeStyle = i === selected ? colours.strong
        : isRadial || circle.tone !== undefined ? colours.halo : colours.dot;
      context.stroke();
    });
    context.globalAlpha = 1;
    if (isRadial) rays(context, colours, focus, near);
    else names(context, colours, focus, near);
    sayCount(shown, ties);
  }
  const tone = (circle, colours) => {
    if (isMiddle(circle)) return colours.strong;
    if (circle.tone !== undefined) return data.communities[circle.tone % data.communities.length];
    return isRadial ? colours.dot : colours.fill;
  };

  // Lines are slightly curved, so that those between aligned circles do not coincide.
  function line(context, a, b, faint) {
    const [ax, ay, bx, by] = [camera.toX(a.x), camera.toY(a.y), camera.toX(b.x), camera.toY(b.y)];
    context.beginPath();
    context.moveTo(ax, ay);
    if (isRadial && faint) {
      context.quadraticCurveTo((ax + bx) / 4 + camera.toX(0) / 2, (ay + by) / 4 + camera.toY(0) / 2,
        bx, by);
    } else if (isRadial) context.lineTo(bx, by);
    else {
      context.quadraticCurveTo((ax + bx) / 2 + (by - ay) * 0.12, (ay + by) / 2 - (bx - ax) * 0.12,
        bx, by);
    }
    context.stroke();
  }
  function names(context, colours, focus, near) {
    const order = [...circles.keys()].sort((a, b) => circles[b].weight - circles[a].weight || a - b);
    const first = focus < 0 ? order : [focus, ...order.filter((i) => near.has(i) && i !== focus)];
    const items = first.flatMap((i) => {
      const circle = circles[i], r = circle.r * camera.scale, bold = r > 20;
      const [x, y] = [camera.toX(circle.x), camera.toY(circle.y)];
      const colour = circle.tone === undefined ? colours.ink : colours["on-community"];
      const named = circle.lines || [];
      for (const [all, most] of [[[circle.words], 24], [named, 24], [named, 12]]) {
        const rows = all.map((words) => LabelPlacement.shortened(words[speaks()], most));
        context.font = LabelPlacement.font(20, bold);
        const widest = Math.max(...rows.map((row) => context.measureText(row).width)) / 20;
        const px = Math.min(17, r / 1.9, (1.8 * r - 2 * rows.length) / widest);
        if (!rows.length || px < 9.5) continue;
        return rows.map((text, row) => ({ text, x, r, px, bold, colour, inside: true,
          y: y + (row - (rows.length - 1) / 2) * px * 1.22 }));
      }
      return [{ text: LabelPlacement.shortened(circle.words[speaks()]), x, y, r, px: 12, bold,
        over: true }];
    });
    // Labels next to circles avoid large circles.
    const large = circles.filter((circle) => circle.r * camera.scale > 9).map((circle) => {
      const [x, y, half] = [camera.toX(circle.x), camera.toY(circle.y), 0.72 * circle.r * camera.scale];
      return [x - half, y - half, x + half, y + half];
    });
    LabelPlacement.draw(context, items, colours, { most: 140, taken: taken(), large });
  }
  function taken() {
    const whole = $("canvas").getBoundingClientRect();
    return ["controls", "status"].map((id) => $(id).getBoundingClientRect()).filter((b) => b.width)
      .map((b) => [b.left - whole.left, b.top - whole.top, b.right - whole.left, b.bottom - whole.top]);
  }
  const longest = () => (innerWidth < 500 ? 11 : 24);
  // Labels along rays: as many as fit, those of the highest weight first.
  function rays(context, colours, focus, near) {
    const px = 12, drawn = [];
    const order = [...circles.keys()].sort((a, b) => circles[b].weight - circles[a].weight || a - b);
    if (focus >= 0) order.sort((a, b) => Number(near.has(b)) - Number(near.has(a)));
    context.textBaseline = "middle";
    context.lineJoin = "round";
    // Where the rings are close, labels of the inner ring need the space between them.
    const isTight = rings.length > 1 && (rings[1] - rings[0]) * camera.scale < 85;
    for (const i of order) {
      const circle = circles[i];
      if (focus >= 0 && !near.has(i)) break;
      if (isTight && focus < 0 && Math.hypot(circle.x, circle.y) > rings[0] + 1) continue;
      const [x, y] = [camera.toX(circle.x), camera.toY(circle.y)];
      const text = LabelPlacement.shortened(circle.words[speaks()], longest());
      context.font = LabelPlacement.font(isMiddle(circle) ? 16 : px, isMiddle(circle));
      context.save();
      context.translate(x, y);
      if (isMiddle(circle)) {
        context.textAlign = "center";
        context.translate(0, circle.r * camera.scale + 12);
      } else {
        const ring = Math.hypot(circle.x, circle.y) * camera.scale;
        if (drawn.some(([r, angle]) => Math.abs(r - ring) < 1
          && Math.abs(((angle - circle.angle + 540) % 360) - 180) * Math.PI / 180 * ring < px)) {
          context.restore();
          continue;
        }
        drawn.push([ring, circle.angle]);
        const flipped = circle.angle > 90 && circle.angle < 270;
        context.rotate((circle.angle + (flipped ? 180 : 0)) * Math.PI / 180);
        context.textAlign = flipped ? "right" : "left";
        context.translate((circle.r * camera.scale + 4) * (flipped ? -1 : 1), 0);
      }
      context.strokeStyle = colours.halo;
      context.lineWidth = 3;
      context.strokeText(text, 0, 0);
      context.fillStyle = colours.ink;
      context.fillText(text, 0, 0);
      context.restore();
    }
  }

  function sayCount(shown, ties) {
    Page.status(!circles.length ? message("status.empty")
      : !lines.length ? message("status.no_lines")
        : message("status.lines",
          { n: lines.length, shown, ties: message("counts.ties", { n: ties }) }));
  }

  function point(px, py, reach = 6) {
    let best = null, nearest = Infinity;
    circles.forEach((circle, i) => {
      const far = Math.hypot(camera.toX(circle.x) - px, camera.toY(circle.y) - py)
        - circle.r * camera.scale;
      if (far < reach && far < nearest) [best, nearest] = [i, far];
    });
    return best;
  }
  function hover(i, px, py) {
    const now = i === null || i === undefined ? -1 : i;
    if (now !== over) {
      over = now;
      camera.redraw();
    }
    Page.hint(now < 0 ? null : [circles[now].words, ...(circles[now].facts || [])], px, py);
  }
  function tap(i) {
    Page.hint(null);
    over = -1;
    if (i === null) Panel.close();
    else select(circles[i].key);
  }
  function select(key) {
    const i = byKey.get(key);
    if (i === undefined) return;
    selected = i;
    const { words, facts = [], members = [], more = 0 } = circles[i];
    const shown = neighbours[i].slice(0, 60);
    const plain = (n) => ({ ko: number(n), en: number(n) });
    Panel.show(key, facts[0] || { ko: "", en: "" }, words, [
      { rows: facts.slice(1).map((name) => ({ name })) },
      { heading: message("panel.tied"),
        rows: shown.map(([other, n]) => ({ key: circles[other].key, name: circles[other].words,
          note: isRadial && n === 1 ? null : plain(n),
          sources: Page.sources(key, circles[other].key) })),
        more: neighbours[i].length > shown.length ? message("counts.more", { n: neighbours[i].length - shown.length }) : undefined },
      ...(members.length ? [{ heading: message("panel.members"),
        rows: members.map(([name, n]) => ({ name, note: plain(n) })),
        more: more ? message("counts.more", { n: more }) : undefined }] : []),
    ]);
    camera.bring(circles[i].x, circles[i].y);
    camera.redraw();
  }
  function deselect() {
    selected = -1;
    camera.redraw();
  }
  // Cities in a circle can be found, too.
  function entries() {
    const own = circles.map((circle) => ({ key: circle.key, name: circle.words, weight: 1e9 + circle.weight,
      note: (circle.facts || [])[0], others: circle.others }));
    const within = circles.flatMap((circle) => (circle.members || []).map(([name, n]) =>
      ({ key: circle.key, name, weight: n, note: circle.words })));
    return [...own, ...within];
  }

  function controls() {
    const levels = [...new Set(lines.map((line) => line[2]))].sort((a, b) => a - b);
    if (isRadial || levels.length < 2) return;
    const from = Math.max(0, levels.findIndex((n) => n >= least));
    const slider = el("input", { type: "range", id: "least", min: 0, max: levels.length - 1, value: from });
    const said = el("output");
    const update = () => said.replaceChildren(say("controls.least", { number: least }));
    least = levels[from] || 1;
    slider.addEventListener("input", () => {
      least = levels[Number(slider.value)];
      update();
      camera.redraw();
    });
    update();
    $("controls").append(el("label", {}, el("span", {}, say("controls.ties")), slider, said));
  }
  function world() {
    if (!circles.length) return { left: -100, right: 100, top: -100, bottom: 100 };
    const room = 30;
    if (isRadial) {
      // Labels are as long on a small screen as on a large one.
      const context = document.createElement("canvas").getContext("2d");
      context.font = LabelPlacement.font(12, false);
      const wide = Math.max(...circles.flatMap(({ words }) => [words.ko, words.en]).map((text) =>
        context.measureText(LabelPlacement.shortened(text, longest())).width)) + 12;
      const half = Math.min(innerWidth, innerHeight - 100) / 2;
      const r = Math.max(...rings) / Math.max(0.35, 1 - wide / half);
      return { left: -r, right: r, top: -r, bottom: r };
    }
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (const { x, y, r } of circles) {
      box.left = Math.min(box.left, x - r - room);
      box.right = Math.max(box.right, x + r + room);
      box.top = Math.min(box.top, y - r - room);
      box.bottom = Math.max(box.bottom, y + r + room);
    }
    return box;
  }
  camera = Camera(world(), (fitting) => (fitting ? 1.5 : 8), { draw, point, hover, tap });
  controls();
  Page.begin({ select, deselect, entries, redraw: camera.redraw });
  window.citypact = {
    state: () => ({ circles: circles.length, lines: lines.length, least,
      shown: lines.filter((line) => line[2] >= least).length,
      selected: selected < 0 ? "" : circles[selected].key }),
    where: (key) => {
      const circle = circles[byKey.get(key)], box = $("canvas").getBoundingClientRect();
      return { x: box.left + camera.toX(circle.x), y: box.top + camera.toY(circle.y) };
    },
  };
})();
