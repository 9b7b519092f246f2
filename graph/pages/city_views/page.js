// The page around a view: elements, language, address, view or table, keys and hints.
// Text of the data enters only through textContent.
"use strict";

const Page = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const elements = pageElements(data.words);
  const { $, el, bi, say, message } = elements;
  const root = document.documentElement;
  let view = null, begun = false;

  const speaks = () => root.lang;
  const number = (value) => value.toLocaleString("en");

  // Language
  function speak(language) {
    elements.speak(language, data.title);
    remember();
    if (view) view.redraw();
  }

  // Address: language, what is open, table or picture
  function remember() {
    const parts = new URLSearchParams({ lang: speaks() });
    if (Panel.opened()) parts.set("at", Panel.opened());
    if (root.classList.contains("with-table")) parts.set("tab", "table");
    // A page inside a frame without an address of its own can't keep one.
    try { history.replaceState(null, "", `#${parts}`); } catch { /* nothing is lost */ }
  }
  function recall() {
    const parts = new URLSearchParams(location.hash.slice(1));
    // Read first: what follows writes the language into the address.
    const language = openingLanguage(parts.has("lang") || !begun ? data.language : speaks());
    begun = true;
    turnTo(parts.get("tab") === "table");
    const wanted = parts.get("at");
    speak(language);
    if (wanted) view.select(wanted);
  }
  function turnTo(table) {
    root.classList.toggle("with-table", table);
    $("to-table").setAttribute("aria-pressed", String(table));
    $("to-picture").setAttribute("aria-pressed", String(!table));
    remember();
  }

  // Keys for the whole page
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select")) return;
    if (event.key === "Escape") Panel.close();
    else if (event.key === "/") { event.preventDefault(); $("query").focus(); }
    else if (event.key === "l" || event.key === "L") speak(speaks() === "ko" ? "en" : "ko");
  });
  for (const button of document.querySelectorAll("[data-speak]")) {
    button.addEventListener("click", () => speak(button.dataset.speak));
  }
  $("to-table").addEventListener("click", () => turnTo(true));
  $("to-picture").addEventListener("click", () => turnTo(false));
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

  // The documents behind the tie of two things that are drawn, by their keys.
  const sources = (one, other) => (data.sources.ties[[one, other].sort().join(" ")] || [])
    .map((place) => data.sources.documents[place]);
  const status = (words) => $("status").replaceChildren(bi(words));
  const colours = () => {
    const style = getComputedStyle(root);
    return new Proxy({}, { get: (_, name) => style.getPropertyValue(`--${name}`).trim() });
  };
  function begin(drawn) {
    view = drawn;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => view.redraw());
    recall();
  }
  return { elements, $, el, bi, say, message, data, number, speaks, remember, turnTo, hint, status, colours, sources,
    begin, view: () => view };
})();
