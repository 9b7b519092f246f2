// Elements of the network page: those of all pages, words and symbols of nodes and ties.
"use strict";

Citypact.elements = (() => {
  const { page } = Citypact.data;
  const { $, all, el, bi, say, message, speak } = pageElements(page.words);
  const kindOf = (node) => message(`kinds.${node.kind}`, { n: 1 });
  // What a tie is called: a line for agreements by their number.
  const nameOf = (edge) => (edge.agreements
    ? message("panel.agreements", { n: edge.agreements.length }) : { ko: edge.ko, en: edge.en });
  const shortened = (words, length) =>
    ({ ko: words.ko.slice(0, length), en: words.en.slice(0, length) });
  const filled = (words) => words.ko !== "" || words.en !== "";

  const year = (thing) => (thing.year ? el("span", { class: "year" }, String(thing.year)) : "");

  function drawing(viewBox, name, path, attributes) {
    const make = (tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);
    const svg = make("svg"), line = make("path");
    for (const [key, value] of Object.entries({ viewBox, class: name, "aria-hidden": "true" })) {
      svg.setAttribute(key, value);
    }
    for (const [key, value] of Object.entries({ d: path, ...attributes })) line.setAttribute(key, value);
    svg.append(line);
    return svg;
  }
  const paint = (hex) => `var(--x${hex.slice(1)})`;
  // The shape of a node as in the legend.
  const swatch = ({ style }) => drawing("-1.2 -1.2 2.4 2.4", "swatch", page.shapes[style.shape], {
    fill: style.filled ? paint(style.colour) : "var(--paper)", stroke: paint(style.colour),
    "stroke-width": style.filled ? "0" : "0.22" });
  const stroke = ({ line, dashed }) => drawing("0 0 26 10", "stroke", "M1 5H25", {
    stroke: paint(line.colour), "stroke-width": line.width * 1.15, fill: "none",
    ...(dashed ? { "stroke-dasharray": "6 4" } : {}) });
  const toNode = (node) => el("a", { href: `#node=${encodeURIComponent(node.iri)}`, class: "go",
    "data-go": node.id }, bi(node));
  const toEdge = (edge, words) => el("a", { href: `#edge=${edge.id}`, class: "tie",
    "data-go": edge.id }, bi(words || nameOf(edge)));
  function toWeb(address, ...words) {
    if (!/^https?:\/\//i.test(address)) return null;
    return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", class: "out" },
      ...words);
  }
  return { $, all, el, bi, say, message, speak, kindOf, nameOf, shortened, filled, year, swatch,
    stroke, toNode, toEdge, toWeb };
})();
