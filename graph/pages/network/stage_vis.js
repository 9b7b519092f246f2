// The stage of an ordinary picture: vis-network keeps the view and the pointer and draws the lines.
// A stage draws what is shown and says where the pointer is; canvas.js says what is drawn how.
"use strict";

Citypact.makeStage = (host, { drawNode, sizeOf, before, after }) => {
  const { page, nodes, edges } = Citypact.data;
  const { own, changed } = Citypact.theme;
  const items = new vis.DataSet(), links = new vis.DataSet();
  let network = null; // the renderer may run before the network exists
  const scale = () => (network ? network.getScale() : 1);

  const item = ({ id, x, y, size }) => ({ id, x, y, size, shape: "custom", label: "",
    ctxRenderer: ({ ctx }) => ({ drawNode: () => drawNode(ctx, nodes.get(id), scale()),
      nodeDimensions: sizeOf(nodes.get(id), scale()) }) });
  function link({ id, from, to, line, dashed, bend }) {
    const colour = own(line.colour);
    return { id, from, to, width: line.width, dashes: dashed ? [7, 6] : false,
      color: { color: colour, highlight: colour, hover: colour, inherit: false },
      smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW",
        roundness: Math.abs(bend) } : { enabled: false } };
  }
  network = new vis.Network(host, { nodes: items, edges: links },
    { ...page.options, autoResize: false });
  host.querySelector(".vis-network").tabIndex = -1;
  network.on("beforeDrawing", before);
  network.on("afterDrawing", after);

  function keep(set, wanted, known, make) {
    const gone = set.getIds().filter((id) => !wanted.has(id));
    const there = new Set(set.getIds());
    set.remove(gone);
    set.add([...wanted].filter((id) => !there.has(id)).map((id) => make(known.get(id))));
  }
  changed(() => links.update(links.getIds().map((id) => link(edges.get(id)))));
  return {
    scale,
    centre: () => network.getViewPosition(),
    toHost: (at) => network.canvasToDOM(at),
    redraw: () => network.redraw(),
    resize() { network.setSize("100%", "100%"); network.redraw(); },
    show(shown) {
      keep(items, shown.nodes, nodes, item);
      keep(links, shown.edges, edges, link);
    },
    moved: () => items.update(items.getIds().map((id) => {
      const { x, y } = nodes.get(id);
      return { id, x, y };
    })),
    moveTo: ({ x, y, scale: to, offset = { x: 0, y: 0 }, ease }) => network.moveTo({ offset,
      ...(x === undefined ? {} : { position: { x, y } }), scale: to,
      animation: ease ? { duration: ease, easingFunction: "easeInOutQuad" } : false }),
    // Calls with the ids of a node or an edge under the pointer.
    on({ enter, leave, click, twice, moved }) {
      network.on("hoverNode", ({ node, event }) => enter({ node, event }));
      network.on("hoverEdge", ({ edge, event }) => enter({ edge, event }));
      for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, leave);
      for (const name of ["dragStart", "zoom"]) network.on(name, moved);
      network.on("click", ({ nodes: [node], edges: [edge] }) => {
        network.unselectAll(); // the selection of vis-network would thicken lines
        click(node ? { node } : { edge });
      });
      network.on("doubleClick", twice);
    },
  };
};
