// Print: the open panel, else the table or the picture that is open.
"use strict";

(() => {
  const { panels, tables, tabs, downloads } = Citypact;
  const { $, all } = Citypact.elements;
  const root = document.documentElement;
  const isOpen = () => !$("panel").hidden;

  function prepare() {
    root.classList.toggle("print-panel", isOpen());
    if (isOpen()) cite();
    else if (tabs.open() === "table") tables.complete();
    else $("printed").replaceChildren(downloads.svg());
  }
  // Of the sources those that the open sections cite.
  function cite() {
    const sources = document.querySelector("#panel .part.sources");
    if (!sources) return;
    const shown = all("#panel details.part[open]:not(.sources) .numbers")
      .flatMap((element) => element.textContent.match(/\d+/g) || []);
    sources.fill();
    sources.open = shown.length > 0;
    for (const item of all(".sources > li", sources)) {
      item.classList.toggle("unprinted", !shown.includes(item.getAttribute("value")));
    }
  }
  function after() {
    $("printed").replaceChildren();
    for (const item of all(".unprinted")) item.classList.remove("unprinted");
    root.classList.remove("print-panel");
  }
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", after);
  matchMedia("print").addEventListener("change", ({ matches }) => { if (matches) prepare(); });
  $("print").addEventListener("click", () => window.print());
})();
