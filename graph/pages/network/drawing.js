// How nodes, labels and ties are drawn on the canvas, from the same paths as in the legend.
"use strict";

Citypact.drawing = (() => {
  const { page, nodes } = Citypact.data;
  const { radius, FONT } = Citypact.labelPlacement;
  const { ink, paper, pill: pillColour, focus } = page.colours;
  const paths = Object.fromEntries(
    Object.entries(page.shapes).map(([name, path]) => [name, new Path2D(path)]));

  function drawLabel(ctx, node, box, scale) {
    if (!box) return;
    const { strong, shape } = node.style;
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
        ctx.strokeStyle = paper;
        ctx.strokeText(line, x, y);
      }
      ctx.fillStyle = shape === "pill" ? page.colours["pill-text"] : ink;
      ctx.fillText(line, x, y);
    });
    ctx.restore();
  }

  function pill(ctx, node, box, scale, look) {
    ctx.beginPath();
    ctx.roundRect(box.left / scale, box.top / scale, (box.right - box.left) / scale,
      (box.bottom - box.top) / scale, 9 / scale);
    ctx.fillStyle = pillColour;
    ctx.fill();
    if (node.id === look.selected) {
      ctx.lineWidth = 1.6 / scale;
      ctx.strokeStyle = ink;
      ctx.stroke();
    }
  }

  function drawShape(ctx, node, box, scale, look) {
    const { shape, colour, filled } = node.style;
    if (shape === "pill" && box) {
      pill(ctx, node, box, scale, look);
      if (node.id === look.keyed) {
        ring(ctx, node, (box.right - box.left) / 2 / scale, (box.bottom - box.top) / 2 / scale);
      }
      return;
    }
    const r = radius(node, scale);
    ctx.save();
    ctx.translate(node.x, node.y);
    ctx.scale(r, r);
    ctx.lineJoin = "round";
    const path = paths[shape === "pill" ? "circle" : shape];
    ctx.lineWidth = 4 / r;
    ctx.strokeStyle = paper;
    ctx.stroke(path);
    ctx.fillStyle = filled ? colour : paper;
    ctx.fill(path);
    ctx.strokeStyle = node.id === look.selected ? ink : colour;
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
      ctx.fillStyle = colour;
      ctx.fillText(String(node.year), node.x, node.y + r * 0.2);
    }
    if (node.id === look.keyed) ring(ctx, node, r, r);
  }

  function ring(ctx, node, halfWidth, halfHeight) {
    const gap = 5;
    ctx.beginPath();
    ctx.roundRect(node.x - halfWidth - gap, node.y - halfHeight - gap, 2 * (halfWidth + gap),
      2 * (halfHeight + gap), 10);
    ctx.lineWidth = 6;
    ctx.strokeStyle = ink;
    ctx.stroke();
    ctx.lineWidth = 2.5;
    ctx.strokeStyle = focus;
    ctx.stroke();
  }

  // The control point of a curved edge, by the formula that vis-network uses.
  function via(a, b, { type, roundness }) {
    const [across, up] = [b.x - a.x, a.y - b.y];
    const reach = (0.5 * roundness + 0.5) * Math.hypot(across, up);
    const side = type === "curvedCW" ? roundness : -roundness;
    const angle = Math.atan2(up, across) + (0.5 * side + 0.5) * Math.PI;
    return [a.x + reach * Math.sin(angle), a.y + reach * Math.cos(angle)];
  }

  function drawTie(ctx, edge, scale) {
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

  return { drawShape, drawLabel, drawTie };
})();
