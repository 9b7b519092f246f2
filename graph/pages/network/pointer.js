// The pointer over the network: hints, and clicks that open panels.
"use strict";

(() => {
  const { nodes, edges } = Citypact.data;
  const { canvas, panels } = Citypact;
  const { $, el, bi, kindOf, nameOf, shortened, year } = Citypact.elements;
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
  function enter({ node: id, edge: tie, event }) {
    if (id) {
      const node = nodes.get(id);
      canvas.set({ hovered: id, hoveredEdge: "" });
      hint([el("strong", {}, short(node)), el("span", {}, bi(kindOf(node))),
        node.kind === "agreement" ? year(node) : ""], event);
    } else {
      if (canvas.state.hovered) return;
      const edge = edges.get(tie);
      canvas.set({ hoveredEdge: tie });
      hint([el("strong", {}, short(nameOf(edge))), el("span", {}, short(nodes.get(edge.from)), " – ",
        short(nodes.get(edge.to))), year(edge)], event);
    }
    canvas.host.style.cursor = "pointer";
  }
  const leave = () => {
    if (!tip.hidden) canvas.set({ hovered: "", hoveredEdge: "" });
    canvas.host.style.cursor = "";
    tip.hidden = true;
  };
  canvas.host.addEventListener("pointerleave", leave);
  canvas.stage.on({
    enter,
    leave,
    click({ node, edge }) {
      tip.hidden = true;
      if (node) panels.select(node);
      else if (edge) panels.selectEdge(edge);
      else panels.close();
    },
    twice: () => canvas.zoom(1.5),
    moved: () => canvas.touch(),
  });
})();
