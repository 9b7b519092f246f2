// Elements of the page, and words in both languages. Text enters only through textContent.
"use strict";

Citypact.elements = (() => {
  const { page } = Citypact.data;
  const message = pageWords(page.words);
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  }
  // Words in both languages; the style sheet shows the one that the page speaks.
  const bi = (words) => {
    const fragment = document.createDocumentFragment();
    for (const language of ["ko", "en"]) {
      fragment.append(el("bdi", { class: language, lang: language }, words[language]));
    }
    return fragment;
  };
  // A message of words.toml with its fields.
  const say = (id, fields) => bi(message(id, fields));
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
  return { $, all, el, bi, say, message, kindOf, shortened, year, swatch };
})();
