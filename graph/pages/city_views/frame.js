// The page around a picture: language, search, tables, panel, address.
// Text of the data enters only through textContent.
"use strict";

const Frame = (() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const root = document.documentElement;
  const panel = $("panel");
  let view = null, opener = null, open = "";

  function el(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }
  // Words in both languages; the style sheet shows the one that the page speaks.
  const bi = (words) => {
    const made = document.createDocumentFragment();
    for (const lang of ["ko", "en"]) made.append(el("bdi", { class: lang, lang }, words[lang]));
    return made;
  };
  const t = (ko, en) => bi({ ko, en });
  const speaks = () => root.lang;
  const number = (value) => value.toLocaleString("en");

  // Language
  function speak(language) {
    root.lang = language;
    document.title = data.title[language].slice(0, 200);
    for (const [attribute, name] of [["aria-label", "Label"], ["placeholder", "Hint"]]) {
      for (const made of document.querySelectorAll(`[data-ko-${name.toLowerCase()}]`)) {
        made.setAttribute(attribute, made.dataset[language + name]);
      }
    }
    for (const made of document.querySelectorAll("option[data-ko]")) {
      made.textContent = made.dataset[language];
    }
    for (const button of document.querySelectorAll("[data-speak]")) {
      button.setAttribute("aria-pressed", String(button.dataset.speak === language));
    }
    remember();
    if (view) view.redraw();
  }

  // Address: language, what is open, table or picture
  function remember() {
    const parts = new URLSearchParams({ lang: speaks() });
    if (open) parts.set("at", open);
    if (root.classList.contains("with-table")) parts.set("tab", "table");
    // A page inside a frame without an address of its own can't keep one.
    try { history.replaceState(null, "", `#${parts}`); } catch { /* nothing is lost */ }
  }
  function recall() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const lang = parts.get("lang");
    turn(parts.get("tab") === "table");
    const wanted = parts.get("at");
    speak(lang === "ko" || lang === "en" ? lang : data.language);
    if (wanted) view.select(wanted);
  }
  function turn(table) {
    root.classList.toggle("with-table", table);
    $("to-table").setAttribute("aria-pressed", String(table));
    $("to-picture").setAttribute("aria-pressed", String(!table));
    remember();
  }

  // Panel: kind and title are words; sections have a heading and rows of name, note and key.
  function show(key, kind, title, sections) {
    if (panel.hidden) opener = document.activeElement;
    open = key;
    $("panel-kind").replaceChildren(bi(kind));
    $("panel-title").replaceChildren(bi(title));
    $("panel-body").replaceChildren(...sections.map((section) => el("section", {},
      section.button ? act(section.button) : null,
      section.heading ? el("h3", {}, bi(section.heading)) : null,
      el("ul", {}, ...(section.rows || []).map((row) => el("li", {},
        row.key === undefined ? el("span", {}, bi(row.name)) : go(row.key, bi(row.name)),
        row.note ? el("span", { class: "note" }, bi(row.note)) : null))),
      section.more ? el("p", { class: "more" }, bi(section.more)) : null)));
    panel.hidden = false;
    panel.querySelector(".scroll").scrollTop = 0;
    root.classList.add("with-panel");
    remember();
  }
  function act({ words, run }) {
    const made = el("button", { type: "button" }, bi(words));
    made.addEventListener("click", run);
    return made;
  }
  const go = (key, words) =>
    el("button", { type: "button", class: "link", "data-go": key }, words);
  function close() {
    if (panel.hidden) return;
    const within = panel.contains(document.activeElement);
    panel.hidden = true;
    open = "";
    root.classList.remove("with-panel");
    view.deselect();
    if (within) (opener && opener.isConnected ? opener : $("canvas")).focus();
    remember();
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    turn(false);
    view.select(link.dataset.go);
    $("panel-title").focus();
  });
  // How much of the canvas the panel covers, in pixels from the right and from below.
  function covered() {
    if (panel.hidden) return { right: 0, bottom: 0 };
    const box = panel.getBoundingClientRect();
    return box.width > innerWidth * 0.8 ? { right: 0, bottom: box.height }
      : { right: box.width, bottom: 0 };
  }

  // Search
  const folded = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").normalize("NFC")
    .toLowerCase().replace(/[\s'’.,·()-]+/g, "");
  const query = $("query"), found = $("found");
  let entries = null, hits = [], active = -1;

  function search(text) {
    const wanted = folded(text);
    if (!wanted) return [];
    entries ||= view.entries().map((entry) => ({ ...entry,
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
      const made = el("li", { role: "option", id: `hit-${place}`, "aria-selected": "false" },
        el("span", { class: "what" }, bi(hit.name)),
        hit.note ? el("span", { class: "note" }, bi(hit.note)) : null);
      made.addEventListener("pointerdown", (event) => { event.preventDefault(); take(place); });
      return made;
    }));
    if (folded(query.value) && !hits.length) {
      found.append(el("li", { class: "none" }, t("찾은 것이 없습니다", "Nothing found")));
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
    [...found.children].forEach((made, i) => made.setAttribute("aria-selected", String(i === place)));
    if (place < 0) return;
    query.setAttribute("aria-activedescendant", `hit-${place}`);
    found.children[place].scrollIntoView({ block: "nearest" });
  }
  function take(place) {
    unfold(false);
    query.value = "";
    turn(false);
    view.select(hits[place].key);
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
    else if (event.key === "Escape") close();
  });

  // Keys for the whole page
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select")) return;
    if (event.key === "Escape") close();
    else if (event.key === "/") { event.preventDefault(); query.focus(); }
    else if (event.key === "l" || event.key === "L") speak(speaks() === "ko" ? "en" : "ko");
  });
  for (const button of document.querySelectorAll("[data-speak]")) {
    button.addEventListener("click", () => speak(button.dataset.speak));
  }
  $("to-table").addEventListener("click", () => turn(true));
  $("to-picture").addEventListener("click", () => turn(false));
  $("close").addEventListener("click", close);
  window.addEventListener("hashchange", recall);

  // Hover
  const tip = $("tip");
  function hint(lines, x, y) {
    tip.hidden = !lines;
    if (!lines) return;
    tip.replaceChildren(...lines.map((words) => el("span", {}, bi(words))));
    const box = tip.parentElement.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(x + 14, box.width - tip.offsetWidth - 6))}px`;
    tip.style.top = `${Math.max(4, y + 18 + tip.offsetHeight > box.height
      ? y - tip.offsetHeight - 10 : y + 18)}px`;
  }

  const status = (words) => $("status").replaceChildren(bi(words));
  const colours = () => {
    const style = getComputedStyle(root);
    return new Proxy({}, { get: (_, name) => style.getPropertyValue(`--${name}`).trim() });
  };
  function begin(made) {
    view = made;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => view.redraw());
    recall();
  }
  return { $, el, bi, t, data, number, speaks, show, close, covered, hint, status, colours, begin,
    search, opened: () => open };
})();
