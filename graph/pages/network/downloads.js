// What can be taken out of the page: the table as CSV, the picture as PNG or SVG.
"use strict";

(() => {
  const { page, nodes, edges } = Citypact.data;
  const { canvas, tables, theme } = Citypact;
  const { $, all } = Citypact.elements;
  const { place, radius, FONT } = Citypact.labelPlacement;
  const { drawShape, drawLabel, drawTies, via } = Citypact.drawing;
  const menu = $("downloads");

  function save(blob, ending) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `citypact-${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // Cells that a spreadsheet would take for formulas begin with an apostrophe.
  const cell = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const csv = () => `\ufeff${tables.saved().map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

  // Everything that is shown, at the scale of the screen or at least readable.
  function scene() {
    const scale = Math.max(0.6, canvas.stage.scale());
    const shown = canvas.state.shown;
    const labels = place(shown.nodes, scale, canvas.state.language);
    const drawn = [...shown.nodes].map((id) => nodes.get(id)).sort((a, b) => b.style.rank - a.style.rank);
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    const widen = (left, right, top, bottom) => {
      box.left = Math.min(box.left, left - 14); box.right = Math.max(box.right, right + 14);
      box.top = Math.min(box.top, top - 14); box.bottom = Math.max(box.bottom, bottom + 14);
    };
    for (const node of drawn) {
      const r = radius(node, scale) * scale;
      widen(node.x * scale - r, node.x * scale + r, node.y * scale - r, node.y * scale + r);
    }
    for (const each of labels.values()) widen(each.left, each.right, each.top, each.bottom);
    return { scale, labels, nodes: drawn, edges: [...shown.edges].map((id) => edges.get(id)), box,
      width: Math.ceil(box.right - box.left) || 1, height: Math.ceil(box.bottom - box.top) || 1 };
  }

  function png() {
    const { scale, labels, nodes: drawn, edges: ties, box, width, height } = scene();
    const ratio = Math.min(2, 16_000 / width, 16_000 / height);
    const image = document.createElement("canvas");
    image.width = Math.round(width * ratio);
    image.height = Math.round(height * ratio);
    const ctx = image.getContext("2d");
    ctx.fillStyle = theme.colour("paper");
    ctx.fillRect(0, 0, image.width, image.height);
    ctx.setTransform(ratio * scale, 0, 0, ratio * scale, -box.left * ratio, -box.top * ratio);
    drawTies(ctx, ties, scale);
    for (const node of drawn) drawShape(ctx, node, labels.get(node.id), scale, {});
    for (const [id, label] of labels) drawLabel(ctx, nodes.get(id), label, scale, true);
    return new Promise((done) => image.toBlob(done, "image/png"));
  }

  // An SVG of what is shown, in the colours of light pages; nodes have their names as titles.
  function svg() {
    const { scale, labels, nodes: drawn, edges: ties, box, width, height } = scene();
    const NS = "http://www.w3.org/2000/svg";
    const make = (tag, attributes, ...children) => {
      const element = document.createElementNS(NS, tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.append(...children);
      return element;
    };
    const at = (value) => Math.round(value * 10) / 10;
    const [ink, paper] = ["#1d2733", "#ffffff"];
    const said = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
    const lines = ties.map((edge) => {
      const [a, b] = [nodes.get(edge.from), nodes.get(edge.to)];
      const bend = edge.bend ? `Q${via(a, b, edge.bend).map((v) => at(v * scale)).join(" ")} ` : "L";
      return make("path", { stroke: edge.line.colour, "stroke-width": at(edge.line.width * scale) || 0.5,
        ...(edge.dashed ? { "stroke-dasharray": "5 4" } : {}),
        d: `M${at(a.x * scale)} ${at(a.y * scale)}${bend}${at(b.x * scale)} ${at(b.y * scale)}` });
    });
    const shapes = drawn.map((node) => {
      const label = labels.get(node.id);
      const title = make("title", {}, said(node[canvas.state.language]).slice(0, 300));
      if (node.style.shape === "pill" && label) {
        return make("rect", { x: at(label.left), y: at(label.top), width: at(label.right - label.left),
          height: at(label.bottom - label.top), rx: 9, fill: "#eef1f4" }, title);
      }
      const r = radius(node, scale) * scale;
      const { colour, filled, shape } = node.style;
      return make("path", { transform: `translate(${at(node.x * scale)} ${at(node.y * scale)}) scale(${at(r)})`,
        d: page.shapes[shape === "pill" ? "circle" : shape] + (shape === "document" ? page.shapes.fold : ""),
        fill: filled ? colour : paper, stroke: filled ? paper : colour,
        "stroke-width": Math.round(1800 / r) / 1000 }, title);
    });
    const texts = [...labels].flatMap(([id, label]) => label.lines.map((line, row) => {
      const { strong, shape } = nodes.get(id).style;
      const pill = shape === "pill";
      return make("text", { x: at((label.left + label.right) / 2),
        y: at(label.top + (pill ? 3 : 0) + (row + 0.8) * label.px * 1.25), "font-size": label.px,
        ...(strong ? { "font-weight": "700" } : {}),
        ...(pill ? { fill: "#465361", stroke: "none" } : {}) }, said(line));
    }));
    return make("svg", { xmlns: NS, viewBox: `${at(box.left)} ${at(box.top)} ${width} ${height}`, width,
      height, "font-family": FONT.replaceAll('"', "'") },
    make("rect", { x: at(box.left), y: at(box.top), width, height, fill: paper }),
    make("g", { fill: "none", "stroke-linecap": "round" }, ...lines), make("g", {}, ...shapes),
    make("g", { fill: ink, "text-anchor": "middle", stroke: paper, "stroke-width": 3.5,
      "stroke-linejoin": "round", "paint-order": "stroke" }, ...texts));
  }
  const written = () => new XMLSerializer().serializeToString(svg());

  const ways = {
    csv: () => save(new Blob([csv()], { type: "text/csv" }), `${tables.current()}.csv`),
    png: async () => save(await png(), "network.png"),
    svg: () => save(new Blob([written()], { type: "image/svg+xml" }), "network.svg"),
  };
  for (const button of all("button", menu)) {
    button.addEventListener("click", () => { menu.open = false; ways[button.dataset.form](); });
  }
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.firstElementChild.focus();
  });
  Citypact.downloads = { svg };
})();
