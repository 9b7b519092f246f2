// The search: finds nodes by their names and aliases, and opens what is chosen.
"use strict";

(() => {
  const { nodes } = Citypact.data;
  const { filters, panels } = Citypact;
  const { $, all, el, bi, say, year, swatch } = Citypact.elements;

  // Text for comparison: lower case, one width, no spaces, no accents, composed Hangul.
  const folded = (text) => String(text).normalize("NFKD").replace(/[\u0300-\u036f\s]/g, "")
    .normalize("NFC").toLowerCase();

  const index = [...nodes.values()].map((node) => ({
    node,
    names: [...new Set([node.ko, node.en, ...node.aliases])].filter(Boolean)
      .map((name) => ({ name, key: folded(name).slice(0, 300) })),
  }));

  // The best matches first: beginnings before middles, names before aliases, actors before topics.
  function search(query, limit = 8) {
    const wanted = folded(query);
    if (!wanted) return [];
    const hits = [];
    for (const { node, names } of index) {
      let best = null;
      names.forEach(({ name, key }, place) => {
        const at = key.indexOf(wanted);
        if (at < 0) return;
        const score = (at ? 100 : 0) + (key.length === wanted.length ? -50 : 0) +
          (place > 1 ? 20 : 0) + node.style.rank;
        if (!best || score < best.score) best = { node, name, score };
      });
      if (best) hits.push(best);
    }
    const order = (a, b) => a.score - b.score || (a.node.iri < b.node.iri ? -1 : 1);
    return hits.sort(order).slice(0, limit);
  }

  const query = $("query");
  const found = $("found");
  let hits = [];
  let active = -1;

  function suggest() {
    hits = search(query.value);
    const asked = folded(query.value) !== "";
    found.replaceChildren(...hits.map(({ node, name }, place) => {
      const known = [node.ko, node.en].includes(name);
      const option = el("li", { role: "option", id: `hit-${place}`, "aria-selected": "false" },
        swatch(node), el("span", { class: "name" }, bi(node)),
        known ? null : el("bdi", { class: "alias" }, name),
        node.kind === "agreement" ? year(node) : null,
        filters.shown().nodes.has(node.id) ? null
          : el("span", { class: "alias" }, say("tools.hidden")));
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(place); });
      return option;
    }));
    if (asked && !hits.length) {
      found.append(el("li", { class: "none" }, say("search.nothing")));
    }
    unfold(asked);
    mark(hits.length ? 0 : -1);
  }
  function unfold(open) {
    found.hidden = !open;
    query.setAttribute("aria-expanded", String(open));
  }
  function mark(place) {
    active = place;
    all("[role=option]", found).forEach((option, at) =>
      option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) query.removeAttribute("aria-activedescendant");
    else {
      query.setAttribute("aria-activedescendant", `hit-${place}`);
      $(`hit-${place}`).scrollIntoView({ block: "nearest" });
    }
  }
  function take(place) {
    const hit = hits[place];
    if (!hit) return;
    unfold(false);
    query.value = hit.name;
    panels.select(hit.node.id);
  }
  query.addEventListener("input", suggest);
  query.addEventListener("focus", () => { if (query.value) suggest(); });
  query.addEventListener("blur", () => unfold(false));
  query.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      event.preventDefault();
      if (found.hidden) suggest();
      else if (hits.length) mark((active + moves[event.key] + hits.length) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (found.hidden) suggest();
      take(active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (found.hidden) query.value = "";
      unfold(false);
    }
  });
})();
