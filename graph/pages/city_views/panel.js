// The panel of a city, country, community or group.
"use strict";

const Panel = (() => {
  const { $, el, bi } = Page;
  const root = document.documentElement, panel = $("panel");
  let opener = null, open = "";

  // Kind and title are words; sections have a heading and rows of name, note and key.
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
        row.note ? el("span", { class: "note" }, bi(row.note)) : null,
        row.sources?.length ? evidence(row.sources) : null))),
      section.more ? el("p", { class: "more" }, bi(section.more)) : null)));
    panel.hidden = false;
    panel.querySelector(".scroll").scrollTop = 0;
    root.classList.add("with-panel");
    Page.remember();
  }
  // The documents behind a row, made when they are opened.
  function evidence(sources) {
    const list = el("ul", {});
    const details = el("details", {}, el("summary", {}, Page.say("panel.sources", { n: sources.length })),
      list);
    details.addEventListener("toggle", () => {
      if (list.children.length) return;
      list.append(...sources.map(({ name, link }) => el("li", {}, /^https?:/.test(link)
        ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, bi(name))
        : el("span", {}, bi(name)))));
    });
    return details;
  }
  function act({ words, run }) {
    const button = el("button", { type: "button" }, bi(words));
    button.addEventListener("click", run);
    return button;
  }
  const go = (key, words) =>
    el("button", { type: "button", class: "link", "data-go": key }, words);
  function close() {
    if (panel.hidden) return;
    const within = panel.contains(document.activeElement);
    panel.hidden = true;
    open = "";
    root.classList.remove("with-panel");
    Page.view().deselect();
    if (within) (opener && opener.isConnected ? opener : $("canvas")).focus();
    Page.remember();
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    Page.turnTo(false);
    Page.view().select(link.dataset.go);
    $("panel-title").focus();
  });
  // How much of the canvas the panel covers, in pixels from the right and from below.
  function covered() {
    if (panel.hidden) return { right: 0, bottom: 0 };
    const box = panel.getBoundingClientRect();
    return box.width > innerWidth * 0.8 ? { right: 0, bottom: box.height }
      : { right: box.width, bottom: 0 };
  }
  $("close").addEventListener("click", close);
  return { show, close, covered, opened: () => open };
})();
