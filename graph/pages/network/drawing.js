// How nodes, labels and ties are drawn on a canvas, from the same paths as in the legend.
"use strict";

Citypact.drawing = (() => {
  const { page, nodes } = Citypact.data;
  const { colour, own, changed } = Citypact.theme;
  const { radius, FONT } = Citypact.labelPlacement;
  const paths = Object.fromEntries(
    Object.entries(page.shapes).map(([name, path]) => [name, new Path2D(path)]));

  // Labels with their halo, kept from the second time they are drawn in a size: strokes around
  // letters take most of a frame, images most of the first.
  let sprites = new Map();
  changed(() => { sprites = new Map(); });
  function sprite(line, px, bold, ratio) {
    const key = `${ratio} ${px} ${bold} ${line}`;
    if (!sprites.has(key)) {
      if (sprites.size > 4000) sprites.clear();
      sprites.set(key, null);
    } else if (!sprites.get(key)) {
      const image = document.createElement("canvas");
      const ctx = image.getContext("2d");
      const font = `${bold ? "700" : "400"} ${px}px ${FONT}`;
      ctx.font = font;
      image.width = Math.ceil((ctx.measureText(line).width + 10) * ratio);
      image.height = Math.ceil((px * 1.5 + 8) * ratio);
      ctx.scale(ratio, ratio);
      ctx.font = font;
      write(ctx, line, 5, 4 + px);
      sprites.set(key, image);
    }
    return sprites.get(key);
  }
  function write(ctx, line, x, y) {
    ctx.lineJoin = "round";
    ctx.lineWidth = 4;
    ctx.strokeStyle = colour("paper");
    ctx.strokeText(line, x, y);
    ctx.fillStyle = colour("ink");
    ctx.fillText(line, x, y);
  }

  function drawLabel(ctx, node, box, scale, sharp = false) {
    if (!box) return;
    const { strong, shape } = node.style;
    const middle = (box.left + box.right) / 2;
    ctx.save();
    ctx.scale(1 / scale, 1 / scale);
    box.lines.forEach((line, row) => {
      const y = box.top + (shape === "pill" ? 3 : 0) + (row + 0.8) * box.px * 1.25;
      const ratio = devicePixelRatio || 1;
      const image = shape === "pill" || sharp ? null : sprite(line, box.px, strong, ratio);
      if (!image) {
        ctx.font = `${strong ? "700" : "400"} ${box.px}px ${FONT}`;
        ctx.textAlign = "center";
        if (shape !== "pill") write(ctx, line, middle, y);
        else {
          ctx.fillStyle = colour("pill-text");
          ctx.fillText(line, middle, y);
        }
        return;
      }
      ctx.drawImage(image, middle - image.width / ratio / 2, y - box.px - 4,
        image.width / ratio, image.height / ratio);
    });
    ctx.restore();
  }

  function pill(ctx, node, box, scale, look) {
    ctx.beginPath();
    ctx.roundRect(box.left / scale, box.top / scale, (box.right - box.left) / scale,
      (box.bottom - box.top) / scale, 9 / scale);
    ctx.fillStyle = colour("pill");
    ctx.fill();
    if (node.id === look.selected) {
      ctx.lineWidth = 1.6 / scale;
      ctx.strokeStyle = colour("ink");
      ctx.stroke();
    }
  }

  function drawShape(ctx, node, box, scale, look) {
    const { shape, colour: hex, filled } = node.style;
    if (shape === "pill" && box) {
      pill(ctx, node, box, scale, look);
      if (node.id === look.keyed) {
        ring(ctx, node, (box.right - box.left) / 2 / scale, (box.bottom - box.top) / 2 / scale);
      }
      return;
    }
    const r = radius(node, scale);
    const paint = own(hex);
    ctx.save();
    ctx.translate(node.x, node.y);
    ctx.scale(r, r);
    ctx.lineJoin = "round";
    const path = paths[shape === "pill" ? "circle" : shape];
    ctx.lineWidth = 4 / r;
    ctx.strokeStyle = colour("paper");
    ctx.stroke(path);
    ctx.fillStyle = filled ? paint : colour("paper");
    ctx.fill(path);
    ctx.strokeStyle = node.id === look.selected ? colour("ink") : paint;
    ctx.lineWidth = (filled ? 0 : 1.8) / r + (node.id === look.selected ? 2 / r : 0);
    if (node.kind === "prospect" || node.status === "announced") ctx.setLineDash([4 / r, 3 / r]);
    if (ctx.lineWidth && (!filled || node.id === look.selected)) ctx.stroke(path);
    ctx.setLineDash([]);
    if (shape === "document") {
      ctx.lineWidth = 1.2 / r;
      ctx.stroke(paths.fold);
    }
    ctx.restore();
    if (shape === "document" && node.year && r * scale > 13) {
      ctx.font = `700 ${Math.min(0.58 * r, 12.5)}px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = paint;
      ctx.fillText(String(node.year), node.x, node.y + r * 0.2);
      ctx.textBaseline = "alphabetic";
    }
    if (node.disputed) badge(ctx, node.x + r * 0.75, node.y - r * 0.75, scale);
    if (node.id === look.keyed) ring(ctx, node, r, r);
  }

  // The mark of what sources disagree on.
  function badge(ctx, x, y, scale) {
    const r = 7 / scale ** 0.75;
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = colour("focus");
    ctx.fill();
    ctx.lineWidth = r * 0.22;
    ctx.strokeStyle = "#1d2733";
    ctx.beginPath();
    for (const [x0, y0, x1, y1] of [[-0.5, -0.2, 0.5, -0.2], [-0.5, 0.22, 0.5, 0.22],
      [-0.25, 0.6, 0.25, -0.6]]) {
      ctx.moveTo(x + x0 * r, y + y0 * r);
      ctx.lineTo(x + x1 * r, y + y1 * r);
    }
    ctx.stroke();
  }

  function ring(ctx, node, halfWidth, halfHeight) {
    const gap = 5;
    ctx.beginPath();
    ctx.roundRect(node.x - halfWidth - gap, node.y - halfHeight - gap, 2 * (halfWidth + gap),
      2 * (halfHeight + gap), 10);
    ctx.lineWidth = 6;
    ctx.strokeStyle = colour("ink");
    ctx.stroke();
    ctx.lineWidth = 2.5;
    ctx.strokeStyle = colour("focus");
    ctx.stroke();
  }

  // The control point of a curved edge, as vis-network places it.
  function via(a, b, bend) {
    const [across, up] = [b.x - a.x, a.y - b.y];
    const reach = (0.5 * Math.abs(bend) + 0.5) * Math.hypot(across, up);
    const angle = Math.atan2(up, across) + (0.5 * bend + 0.5) * Math.PI;
    return [a.x + reach * Math.sin(angle), a.y + reach * Math.cos(angle)];
  }
  function trace(ctx, edge) {
    const [a, b] = [nodes.get(edge.from), nodes.get(edge.to)];
    ctx.moveTo(a.x, a.y);
    if (edge.bend) ctx.quadraticCurveTo(...via(a, b, edge.bend), b.x, b.y);
    else ctx.lineTo(b.x, b.y);
  }
  function pen(ctx, edge, width) {
    ctx.strokeStyle = own(edge.line.colour);
    ctx.lineWidth = width;
    ctx.setLineDash(edge.dashed ? [7, 6] : []);
  }
  function drawTie(ctx, edge, scale) {
    ctx.beginPath();
    trace(ctx, edge);
    pen(ctx, edge, Math.max(edge.line.width * 1.25, 1.4 / scale));
    ctx.stroke();
    ctx.setLineDash([]);
  }
  // Many ties at once: those that look the same in few strokes.
  function drawTies(ctx, some, scale) {
    const alike = new Map();
    for (const edge of some) {
      const key = `${edge.line.colour} ${edge.line.width} ${edge.dashed}`;
      if (!alike.has(key)) alike.set(key, []);
      alike.get(key).push(edge);
    }
    for (const group of alike.values()) {
      pen(ctx, group[0], Math.max(group[0].line.width, 0.8 / scale));
      for (let start = 0; start < group.length; start += 200) {
        ctx.beginPath();
        for (const edge of group.slice(start, start + 200)) trace(ctx, edge);
        ctx.stroke();
      }
    }
    ctx.setLineDash([]);
  }

  return { drawShape, drawLabel, drawTie, drawTies, via };
})();
