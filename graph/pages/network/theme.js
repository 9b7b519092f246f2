// The colours of the page, light or dark, for canvas and swatches.
"use strict";

Citypact.theme = (() => {
  const root = document.documentElement;
  let known = new Map();
  // A colour of the style sheet by its name; those of nodes and lines by what they are in the light.
  function colour(name) {
    if (!known.has(name)) {
      known.set(name, getComputedStyle(root).getPropertyValue(`--${name}`).trim());
    }
    return known.get(name);
  }
  const own = (hex) => colour(`x${hex.slice(1)}`);
  const listeners = [];
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    known = new Map();
    listeners.forEach((listener) => listener());
  });
  return { colour, own, changed: (listener) => listeners.push(listener) };
})();
