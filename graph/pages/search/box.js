// A search box: a field and a list of hits below it, for names.js or any other search.
"use strict";

// elements: those of elements.js. find(text) gives { hits, total, near }, option(hit) the contents
// of its line; take(hit, place) is called for the one that is chosen, leave() for Escape in an
// empty field. prepare() is called when the field gets the focus.
function searchBox({ elements, find, option, take, leave = () => {}, prepare = () => {} }) {
  const { $, all, el, say } = elements;
  const query = $("query"), list = $("found");
  const status = el("span", { class: "reader", role: "status" });
  list.after(status);
  let hits = [], active = -1;

  function suggest() {
    const found = find(query.value);
    hits = found.hits;
    const asked = query.value.trim() !== "";
    list.replaceChildren(...hits.map((hit, place) => {
      const line = el("li", { role: "option", id: `hit-${place}`, "aria-selected": "false" },
        ...option(hit));
      // The field keeps the focus, and the list stays until the click: a tap would hit what is below.
      line.addEventListener("mousedown", (event) => event.preventDefault());
      line.addEventListener("click", ({ pointerType }) => {
        choose(place);
        if (pointerType === "touch") query.blur(); // its keyboard would cover what was opened
      });
      return line;
    }));
    const fields = { n: found.total, shown: hits.length };
    const told = () => (!hits.length ? say("search.nothing")
      : found.near ? say("search.near", fields) : say("search.count", fields));
    if (asked) list.append(el("li", { class: "none", "aria-hidden": "true" }, told()));
    status.replaceChildren(asked ? told() : "");
    unfold(asked);
    mark(hits.length ? 0 : -1);
  }
  function unfold(open) {
    list.hidden = !open;
    query.setAttribute("aria-expanded", String(open));
    if (!open) query.removeAttribute("aria-activedescendant");
  }
  function mark(place) {
    active = place;
    all("[role=option]", list).forEach((line, at) =>
      line.setAttribute("aria-selected", String(at === place)));
    if (place < 0) query.removeAttribute("aria-activedescendant");
    else {
      query.setAttribute("aria-activedescendant", `hit-${place}`);
      $(`hit-${place}`).scrollIntoView({ block: "nearest" });
    }
  }
  function choose(place) {
    if (!hits[place]) return;
    unfold(false);
    take(hits[place]);
  }
  query.addEventListener("input", suggest);
  query.addEventListener("focus", () => { setTimeout(prepare); if (query.value) suggest(); });
  query.addEventListener("blur", () => unfold(false));
  query.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) suggest();
      else if (hits.length) mark((active + step + hits.length) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (list.hidden) suggest();
      choose(active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (!list.hidden) unfold(false);
      else if (query.value) query.value = "";
      else leave();
    }
  });
}
