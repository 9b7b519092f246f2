// The search: finds nodes by their names and aliases, and opens what is chosen.
"use strict";

(() => {
  const { nodes } = Citypact.data;
  const { elements, filters, language, panels } = Citypact;
  const { $, el, bi, say, year, swatch } = elements;

  // Nodes of kinds that are drawn above others weigh more, and then those with more ties.
  const index = [...nodes.values()].map((node) => [node.id,
    1000 * (10 - node.style.rank) + Math.min(999, node.edges.length),
    ...new Set([node.ko, node.en, ...node.aliases].filter(Boolean))]);
  const names = nameSearch(index);

  searchBox({
    elements,
    find: names.find,
    prepare: names.prepare,
    option({ place, name }) {
      const node = nodes.get(index[place][0]);
      return [swatch(node), el("span", { class: "name" }, bi(node)),
        [node.ko, node.en].includes(name) ? null : el("bdi", { class: "alias" }, name),
        node.kind === "agreement" ? year(node) : null,
        filters.shown().nodes.has(node.id) ? null
          : el("span", { class: "alias" }, say("tools.hidden"))];
    },
    take({ place, name }) {
      const node = nodes.get(index[place][0]);
      const isName = [node.ko, node.en].includes(name); // and no alias
      $("query").value = isName ? node[language.speaks()] || name : name;
      panels.select(index[place][0]);
    },
  });
})();
