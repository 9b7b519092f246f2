// The search: finds cities, countries and communities by name, and opens them.
"use strict";

(() => {
  const { $, el, bi, say } = Page;
  const folded = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").normalize("NFC")
    .toLowerCase().replace(/[\s'’.,·()-]+/g, "");
  const query = $("query"), found = $("found");
  let entries = null, hits = [], active = -1;

  function search(text) {
    const wanted = folded(text);
    if (!wanted) return [];
    entries ||= Page.view().entries().map((entry) => ({ ...entry,
      folded: [entry.name.ko, entry.name.en, ...(entry.others || [])].map(folded) }));
    const ranked = [];
    for (const entry of entries) {
      let rank = 9;
      for (const name of entry.folded) {
        if (name === wanted) rank = Math.min(rank, 0);
        else if (name.startsWith(wanted)) rank = Math.min(rank, 1);
        else if (name.includes(wanted)) rank = Math.min(rank, 2);
      }
      if (rank < 9) ranked.push([rank, -entry.weight, ranked.length, entry]);
    }
    ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    return ranked.slice(0, 12).map((each) => each[3]);
  }
  function suggest() {
    hits = search(query.value);
    found.replaceChildren(...hits.map((hit, place) => {
      const option = el("li", { role: "option", id: `hit-${place}`, "aria-selected": "false" },
        el("span", { class: "what" }, bi(hit.name)),
        hit.note ? el("span", { class: "note" }, bi(hit.note)) : null);
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(place); });
      return option;
    }));
    if (folded(query.value) && !hits.length) {
      found.append(el("li", { class: "none" }, say("search.nothing")));
    }
    unfold(folded(query.value) !== "");
    mark(hits.length ? 0 : -1);
  }
  function unfold(shown) {
    found.hidden = !shown;
    query.setAttribute("aria-expanded", String(shown));
    if (!shown) query.removeAttribute("aria-activedescendant");
  }
  function mark(place) {
    active = place;
    [...found.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
    if (place < 0) return;
    query.setAttribute("aria-activedescendant", `hit-${place}`);
    found.children[place].scrollIntoView({ block: "nearest" });
  }
  function take(place) {
    unfold(false);
    query.value = "";
    Page.turnTo(false);
    Page.view().select(hits[place].key);
    $("panel-title").focus();
  }
  query.addEventListener("input", suggest);
  query.addEventListener("blur", () => unfold(false));
  query.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      event.preventDefault();
      mark((active + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && active >= 0) take(active);
    else if (event.key === "Escape" && query.value) { query.value = ""; unfold(false); }
    else if (event.key === "Escape") Panel.close();
  });
})();
