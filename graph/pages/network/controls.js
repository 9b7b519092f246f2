// What people do: tabs, search, pointer, keyboard, help; and how the page begins.
"use strict";

(() => {
  const { model, canvas, page } = Citypact;
  const { $, all, el, bi, t, select, selectEdge } = page;
  const { nodes, edges } = model;
  const { network } = canvas;

  const year = (thing) => (thing.year ? el("span", { class: "year" }, String(thing.year)) : "");

  // Tabs ------------------------------------------------------------------------------------
  const tabs = ["picture", "table"];
  function turnTo(name) {
    for (const tab of tabs) {
      const chosen = tab === name;
      $(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
      $(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
      $(`view-${tab}`).classList.toggle("away", !chosen);
    }
    page.remember();
  }
  tabs.forEach((name, place) => {
    $(`tab-${name}`).addEventListener("click", () => turnTo(name));
    $(`tab-${name}`).addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const next = tabs[(place + 1) % tabs.length];
      turnTo(next);
      $(`tab-${next}`).focus();
    });
  });

  // Search ----------------------------------------------------------------------------------
  const query = $("query");
  const found = $("found");
  let hits = [];
  let active = -1;

  function suggest() {
    hits = model.search(query.value);
    const asked = model.folded(query.value) !== "";
    found.replaceChildren(...hits.map(({ node, name }, place) => {
      const known = [node.ko, node.en].includes(name);
      const made = el("li", { role: "option", id: `hit-${place}`, "aria-selected": "false" },
        page.swatch(node), el("span", { class: "name" }, bi(node)),
        known ? null : el("bdi", { class: "alias" }, name),
        node.kind === "agreement" ? year(node) : null,
        page.shown().nodes.has(node.id) ? null
          : el("span", { class: "alias" }, t("(지금 숨겨짐)", "(hidden now)")));
      made.addEventListener("pointerdown", (event) => { event.preventDefault(); take(place); });
      return made;
    }));
    if (asked && !hits.length) {
      found.append(el("li", { class: "none" }, t("찾은 것이 없습니다", "Nothing found")));
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
    select(hit.node.id);
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

  // Pointer ---------------------------------------------------------------------------------
  const tip = $("tip");
  function hint(words, event) {
    tip.replaceChildren(...words);
    tip.hidden = false;
    const box = canvas.host.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    tip.style.left = `${Math.max(4, Math.min(at.x + 14, box.width - tip.offsetWidth - 4))}px`;
    const below = at.y + 18 + tip.offsetHeight < box.height;
    tip.style.top = `${below ? at.y + 18 : Math.max(4, at.y - tip.offsetHeight - 10)}px`;
  }
  const short = (words) => bi({ ko: words.ko.slice(0, 160), en: words.en.slice(0, 160) });
  network.on("hoverNode", ({ node: id, event }) => {
    const node = nodes.get(id);
    canvas.set({ hovered: id, hoveredEdge: "" });
    canvas.host.style.cursor = "pointer";
    hint([el("strong", {}, short(node)), el("span", {}, t(node.style.ko, node.style.one)),
      node.kind === "agreement" ? year(node) : ""], event);
  });
  network.on("hoverEdge", ({ edge: id, event }) => {
    if (canvas.state.hovered) return;
    const edge = edges.get(id);
    canvas.set({ hoveredEdge: id });
    canvas.host.style.cursor = "pointer";
    hint([el("strong", {}, short(edge)), el("span", {}, short(nodes.get(edge.from)), " – ",
      short(nodes.get(edge.to))), year(edge)], event);
  });
  const leave = () => {
    canvas.set({ hovered: "", hoveredEdge: "" });
    canvas.host.style.cursor = "";
    tip.hidden = true;
  };
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, leave);
  canvas.host.addEventListener("pointerleave", leave);

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    tip.hidden = true;
    // vis-network keeps a selection of its own, which would thicken lines: ours is enough.
    network.unselectAll();
    if (node) select(node);
    else if (edge) selectEdge(edge);
    else page.close();
  });
  network.on("doubleClick", () => canvas.zoom(1.5));

  // Keyboard --------------------------------------------------------------------------------
  const help = $("help");
  const toggleHelp = () => (help.open ? help.close() : help.showModal());
  $("help-open").addEventListener("click", toggleHelp);
  $("help-close").addEventListener("click", () => help.close());
  $("zoom-in").addEventListener("click", () => canvas.zoom(1.3));
  $("zoom-out").addEventListener("click", () => canvas.zoom(1 / 1.3));
  $("zoom-fit").addEventListener("click", () => canvas.fit());
  $("print").addEventListener("click", () => window.print());

  function focusOn(id) {
    canvas.set({ focused: id });
    if (!id) return;
    canvas.bring(id);
    const node = nodes.get(id);
    const ties = node.edges.filter((edge) => page.shown().edges.has(edge.id)).length;
    $("reader").replaceChildren(t(`${node.ko.slice(0, 200)}, ${node.style.ko}, 연결 ${ties}개`,
      `${node.en.slice(0, 200)}, ${node.style.one}, ${ties} ties`));
  }
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.host.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in ARROWS) focusOn(canvas.step(...ARROWS[event.key]));
    else if (event.key === "Home") focusOn(canvas.start());
    else if (event.key === "Enter" || event.key === " ") {
      if (canvas.state.focused) select(canvas.state.focused, { focus: true });
    } else return;
    event.preventDefault();
  });
  canvas.host.addEventListener("focus", () => {
    if (canvas.host.matches(":focus-visible") && !canvas.state.focused) focusOn(canvas.start());
    else canvas.network.redraw();
  });
  canvas.host.addEventListener("blur", () => canvas.network.redraw());

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input[type=text], input[type=number], select, dialog");
    if (event.key === "Escape" && !help.open) {
      if (document.documentElement.classList.contains("with-filters")) drawer(false);
      else page.close();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      "/": () => query.focus(), "?": toggleHelp, "+": () => canvas.zoom(1.3),
      "=": () => canvas.zoom(1.3), "-": () => canvas.zoom(1 / 1.3), 0: () => canvas.fit(),
    }[event.key] || (event.code === "KeyL" && // the same key, whatever alphabet it types
      (() => page.speak(page.speaks() === "ko" ? "en" : "ko")));
    if (!act) return;
    event.preventDefault();
    act();
  });

  for (const button of all("[data-speak]")) {
    button.addEventListener("click", () => page.speak(button.dataset.speak));
  }

  // On narrow screens legend and filters wait in a drawer.
  function drawer(open) {
    document.documentElement.classList.toggle("with-filters", open);
    $("filters-open").setAttribute("aria-expanded", String(open));
    if (open) page.close();
    (open ? $("filters-close") : $("filters-open")).focus();
  }
  $("filters-open").addEventListener("click", () => drawer(true));
  $("filters-close").addEventListener("click", () => drawer(false));

  // Beginning -------------------------------------------------------------------------------
  function recall(first) {
    const parts = new URLSearchParams(location.hash.slice(1));
    const browser = /^ko\b/i.test(navigator.language) ? "ko" : "en";
    const asked = parts.get("lang");
    const node = model.byIri.get(parts.get("node"));
    const edge = edges.has(parts.get("edge")) ? parts.get("edge") : "";
    turnTo(parts.get("tab") === "table" ? "table" : "picture");
    page.speak(["ko", "en"].includes(asked) ? asked : first ? browser : page.speaks());
    if (node) select(node.id);
    else if (edge) selectEdge(edge);
    else if (!first) page.close();
  }
  page.apply();
  recall(true);
  window.addEventListener("hashchange", () => recall(false));

  // For pages that embed this one, and for tests: what is shown, where, and how to open it.
  window.citypact = {
    shown: () => ({ nodes: [...page.shown().nodes].map((id) => nodes.get(id).iri),
      edges: [...page.shown().edges] }),
    where: (iri) => {
      const node = model.byIri.get(iri);
      const box = canvas.host.getBoundingClientRect();
      const at = network.canvasToDOM({ x: node.x, y: node.y });
      return { x: box.left + at.x, y: box.top + at.y };
    },
    open: (iri) => select(model.byIri.get(iri).id),
  };
})();
