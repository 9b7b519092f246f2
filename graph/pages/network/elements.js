// Elements of the network page: those of all pages, words and symbols of nodes.
"use strict";

Citypact.elements = (() => {
  const { page } = Citypact.data;
  const { $, all, el, bi, say, message, speak } = pageElements(page.words);
  const kindOf = (node) => message(`kinds.${node.kind}`, { n: 1 });
  const shortened = (words, length) =>
    ({ ko: words.ko.slice(0, length), en: words.en.slice(0, length) });

  const year = (thing) => (thing.year ? el("span", { class: "year" }, String(thing.year)) : "");

  // The shape of a node as in the legend.
  function swatch(node) {
    const { style } = node;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "-1.2 -1.2 2.4 2.4");
    svg.setAttribute("class", "swatch");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", page.shapes[style.shape]);
    path.setAttribute("fill", style.filled ? style.colour : page.colours.paper);
    path.setAttribute("stroke", style.colour);
    path.setAttribute("stroke-width", style.filled ? "0" : "0.22");
    svg.append(path);
    return svg;
  }
  return { $, all, el, bi, say, message, speak, kindOf, shortened, year, swatch };
})();
