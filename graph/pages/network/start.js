// The start of the page: opens what its address names.
"use strict";

(() => {
  const { nodes, byIri } = Citypact.data;
  const { address, canvas, filters, panels } = Citypact;
  address.recall(true);
  window.addEventListener("hashchange", () => address.recall(false));

  // For pages that embed this one, and for tests: what is shown, where, and how to open it.
  window.citypact = {
    shown: () => ({ nodes: [...filters.shown().nodes].map((id) => nodes.get(id).iri),
      edges: [...filters.shown().edges] }),
    where: (iri) => {
      const node = byIri.get(iri);
      const box = canvas.host.getBoundingClientRect();
      const at = canvas.stage.toHost({ x: node.x, y: node.y });
      return { x: box.left + at.x, y: box.top + at.y };
    },
    open: (iri) => panels.select(byIri.get(iri).id),
  };
})();
