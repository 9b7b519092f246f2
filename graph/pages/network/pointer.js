// The pointer over the network: hints, and clicks that open panels.
"use strict";

(() => {
  const { nodes, edges } = Citypact.data;
  const { canvas, panels } = Citypact;
  const { $, el, bi, kindOf, shortened, year } = Citypact.elements;
  const { network } = canvas;
  const tip = $("tip");
  function hint(words, event) {
    tip.replaceChildren(...words);
    tip.hidden = false;
    const box = canvas.host.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    tip.style.left = `${Math.max(4, Math.min(at.x + 14, box.width - tip.offsetWidth - 4))}px`;
    const below = at.y + 18 + tip.offsetHeight < box.height;
    tip.style.top = `${below ? at.y + 18 : Math.max(4, at.y - tip.offsetHeight - 10)}px`;
  }
  const short = (words) => bi(shortened(words, 160));
  network.on("hoverNode", ({ node: id, event }) => {
    const node = nodes.get(id);
    canvas.set({ hovered: id, hoveredEdge: "" });
    canvas.host.style.cursor = "pointer";
    hint([el("strong", {}, short(node)), el("span", {}, bi(kindOf(node))),
      node.kind === "agreement" ? year(node) : ""], event);
  });
  network.on("hoverEdge", ({ edge: id, event }) => {
    if (canvas.state.hovered) return;
    const edge = edges.get(id);
    canvas.set({ hoveredEdge: id });
    canvas.host.style.cursor = "pointer";
    hint([el("strong", {}, short(edge)), el("span", {}, short(nodes.get(edge.from)), " – ",
      short(nodes.get(edge.to))), year(edge)], event);
  });
  const leave = () => {
    canvas.set({ hovered: "", hoveredEdge: "" });
    canvas.host.style.cursor = "";
    tip.hidden = true;
  };
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, leave);
  canvas.host.addEventListener("pointerleave", leave);

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    tip.hidden = true;
    // The selection of vis-network would thicken lines.
    network.unselectAll();
    if (node) panels.select(node);
    else if (edge) panels.selectEdge(edge);
    else panels.close();
  });
  network.on("doubleClick", () => canvas.zoom(1.5));
})();
