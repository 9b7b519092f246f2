// The search: finds cities, countries and communities by name, and opens them.
"use strict";

(() => {
  const { $, el, bi } = Page.elements;
  let entries = [], names = null;

  function prepare() {
    if (names) return;
    entries = Page.view().entries();
    names = nameSearch(entries.map(({ key, weight, name, others = [] }) =>
      [key, weight, ...new Set([name.ko, name.en, ...others].filter(Boolean))]));
    names.prepare();
  }
  searchBox({
    elements: Page.elements,
    prepare,
    find(text) { prepare(); return names.find(text, 12); },
    option({ place }) {
      const { name, note } = entries[place];
      return [el("span", { class: "what" }, bi(name)),
        note ? el("span", { class: "note" }, bi(note)) : null];
    },
    take({ place }) {
      $("query").value = "";
      Page.turnTo(false);
      Page.view().select(entries[place].key);
      $("panel-title").focus();
    },
    leave: () => Panel.close(),
  });
})();
