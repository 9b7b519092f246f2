// The page around the canvas: language, address, filters, panel.
// Text from the data enters only through textContent.
"use strict";

(() => {
  const { model, canvas } = Citypact;
  const { nodes, edges } = model;
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  function el(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }
  // Words in both languages; the style sheet shows the one that the page speaks.
  const bi = (words) => {
    const made = document.createDocumentFragment();
    for (const language of ["ko", "en"]) {
      made.append(el("bdi", { class: language, lang: language }, words[language]));
    }
    return made;
  };
  const t = (ko, en) => bi({ ko, en });
  const filled = (words) => words.ko !== "" || words.en !== "";

  // Language --------------------------------------------------------------------------------
  const root = document.documentElement;
  const speaks = () => canvas.state.language;

  function speak(language) {
    root.lang = language;
    document.title = model.data.title[language].slice(0, 200);
    for (const made of all("[data-ko]")) made.textContent = made.dataset[language];
    for (const [attribute, name] of [["aria-label", "Label"], ["placeholder", "Hint"]]) {
      for (const made of all(`[data-ko-${name.toLowerCase()}]`)) {
        made.setAttribute(attribute, made.dataset[language + name]);
      }
    }
    for (const button of all("[data-speak]")) {
      button.setAttribute("aria-pressed", String(button.dataset.speak === language));
    }
    canvas.set({ language });
    remember();
  }

  // Address: language, what is open, which tab ----------------------------------------------
  function remember() {
    const { selected, edge } = canvas.state;
    const parts = new URLSearchParams({ lang: speaks() });
    if (selected) parts.set("node", nodes.get(selected).iri);
    if (edge) parts.set("edge", edge);
    if ($("tab-table").getAttribute("aria-selected") === "true") parts.set("tab", "table");
    // A page inside a frame without an address of its own can't keep one.
    try { history.replaceState(null, "", `#${parts}`); } catch { /* nothing is lost */ }
  }

  // Filters ---------------------------------------------------------------------------------
  const form = $("filters");
  let shown = { nodes: new Set(), edges: new Set() };

  function choice() {
    const ticked = (name) => new Set(all(`input[name=${name}]:checked`, form).map((i) => i.value));
    const kinds = ticked("kind");
    const listed = new Set(all("input[name=kind]", form).map((input) => input.value));
    for (const node of nodes.values()) if (!listed.has(node.kind)) kinds.add(node.kind);
    const made = { kinds, forms: ticked("form"), topic: $("topic").value,
      from: Number($("from")?.value) || 0, to: Number($("to")?.value) || 0 };
    made.narrowed = Boolean(made.topic || made.from || made.to ||
      made.forms.size < all("input[name=form]", form).length);
    return made;
  }

  function apply() {
    const chosen = choice();
    shown = model.visible(chosen);
    for (const made of all("[data-id]")) {
      const there = shown.nodes.has(made.dataset.id) || shown.edges.has(made.dataset.id);
      made.classList.toggle("off", !there);
      if (made.tagName === "TR") made.hidden = !there;
    }
    for (const table of all("#view-table table")) {
      const count = all("tbody tr[data-id]:not([hidden])", table).length;
      table.querySelector(".count").textContent = `(${count})`;
      table.querySelector(".empty").hidden = count > 0;
    }
    for (const entry of all(".entry", form)) {
      entry.classList.toggle("unticked", !entry.querySelector("input").checked);
    }
    const kinds = new Set([...shown.nodes].map((id) => nodes.get(id).kind));
    for (const guest of all(".guest", form)) {
      guest.classList.toggle("absent", !kinds.has(guest.dataset.kind));
    }
    canvas.show(shown);
    tellCount(chosen);
    if (!shown.nodes.has(canvas.state.selected) && !shown.edges.has(canvas.state.edge)) close();
  }

  function tellCount(chosen) {
    const kinds = [...shown.nodes].map((id) => nodes.get(id).kind);
    const [agreements, topics] = ["agreement", "topic"].map((k) => kinds.filter((x) => x === k).length);
    const actors = kinds.filter((kind) => model.ACTORS.includes(kind)).length;
    const rest = kinds.length - agreements - topics - actors;
    const undated = [...shown.nodes].map((id) => nodes.get(id))
      .filter((node) => node.kind === "agreement" && !node.year).length;
    const [ko, en] = [[`협정 ${agreements}`, `행위자 ${actors}`, `주제 ${topics}`],
      [`${agreements} agreements`, `${actors} actors`, `${topics} topics`]];
    if (rest) { ko.push(`그 밖 ${rest}`); en.push(`${rest} others`); }
    ko.push(`관계 ${shown.edges.size}`);
    en.push(`${shown.edges.size} ties`);
    const late = (chosen.from || chosen.to) && undated;
    $("count").replaceChildren(t(
      ko.join(" · ") + (late ? ` — 해를 알 수 없는 협정 ${undated}건 포함` : ""),
      en.join(" · ") + (late ? ` — with ${undated} of unknown year` : "")));
    $("nothing").hidden = shown.nodes.size > 0;
  }

  // Open the filters step by step until a node is seen; says what was done.
  function reveal(id) {
    if (shown.nodes.has(id)) return;
    const node = nodes.get(id);
    const tick = (name, value) => {
      const input = all(`input[name=${name}]`, form).find((made) => made.value === value);
      if (input) input.checked = true;
      apply();
    };
    const layers = node.edges.flatMap((edge) => edge.layers);
    const steps = [
      () => tick("kind", node.kind),
      () => node.kind === "agreement" && node.forms.forEach((slug) => tick("form", slug)),
      () => { $("topic").value = ""; apply(); },
      () => { for (const name of ["from", "to"]) if ($(name)) $(name).value = ""; apply(); },
      ...[...new Set(layers)].map((layer) => () => tick("kind", layer)),
      () => { for (const made of all("input[type=checkbox]", form)) made.checked = true; apply(); },
    ];
    for (const step of steps) {
      step();
      if (shown.nodes.has(id)) break;
    }
    say(t(`‘${node.ko.slice(0, 80)}’: 필터에 가려져 있어 다시 보이게 했습니다.`,
      `“${node.en.slice(0, 80)}” was hidden by a filter and is shown again.`));
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { apply(); canvas.fit(); }));

  let fading = 0;
  function say(words) {
    $("message").replaceChildren(words);
    clearTimeout(fading);
    fading = setTimeout(() => $("message").replaceChildren(), 8000);
  }

  // Panel -----------------------------------------------------------------------------------
  const panel = $("panel");
  let opener = null;

  function swatch(node) {
    const { style } = node;
    const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    made.setAttribute("viewBox", "-1.2 -1.2 2.4 2.4");
    made.setAttribute("class", "swatch");
    made.setAttribute("aria-hidden", "true");
    path.setAttribute("d", model.data.shapes[style.shape]);
    path.setAttribute("fill", style.filled ? style.colour : "#fff");
    path.setAttribute("stroke", style.colour);
    path.setAttribute("stroke-width", style.filled ? "0" : "0.22");
    made.append(path);
    return made;
  }

  const toNode = (node) => el("a", { href: `#node=${encodeURIComponent(node.iri)}`,
    class: "go", "data-go": node.id }, bi(node));

  function toWeb(address, ...words) {
    if (!/^https?:\/\//i.test(address)) return null;
    return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", class: "out" },
      ...words);
  }
  const host = (address) => { try { return new URL(address).host; } catch { return ""; } };

  function claimItem(claim) {
    const title = filled(claim.document) ? bi(claim.document) : t("문서", "Document");
    const how = el("p", { class: "how" });
    for (const words of [claim.modality, claim.rank]) {
      if (filled(words)) how.append(el("span", { class: "chip" }, bi(words)));
    }
    if (claim.span) how.append(el("bdi", { class: "span" }, claim.span));
    const [before, marked, after] = claim.sentence;
    return el("li", {},
      el("p", { class: "document" }, toWeb(claim.address, title) || el("span", {}, title)),
      el("p", { class: "where" }, claim.published && el("time", {}, claim.published),
        claim.address ? el("bdi", { class: "host" }, host(claim.address))
          : el("span", { class: "host" }, t("주소 없음", "no address known"))),
      how.childNodes.length ? how : null,
      claim.sentence.length ? el("blockquote", { dir: "auto" }, before,
        marked ? el("mark", {}, marked) : null, after) : null,
      filled(claim.note) ? el("p", { class: "note" }, bi(claim.note)) : null);
  }

  function rowItem(row, before) {
    const target = model.byIri.get(row.target);
    const value = target
      ? el("a", { href: `#node=${encodeURIComponent(target.iri)}`, class: "go", "data-go": target.id },
        bi(row.value))
      : el("span", {}, bi(row.value));
    const same = before && before.label.ko === row.label.ko && before.label.en === row.label.en;
    const made = el("div", { class: "row" },
      el("dt", same ? { class: "same" } : {}, bi(row.label)), el("dd", {}, value,
        row.address ? toWeb(row.address, el("bdi", { class: "host" }, host(row.address))) : null));
    if (row.claims.length) {
      const number = row.claims.length;
      made.lastChild.append(el("details", {},
        el("summary", {}, t(`근거 ${number}건`, number > 1 ? `${number} sources` : "1 source")),
        el("ol", { class: "claims" }, ...row.claims.map(claimItem))));
    }
    return made;
  }

  function sections(id) {
    return (model.data.panels[id] || []).map((section) => el("section", {},
      filled(section.heading) ? el("h3", {}, bi(section.heading)) : null,
      el("dl", {}, ...section.rows.map((row, place) => rowItem(row, section.rows[place - 1])))));
  }

  // Everything a node is tied to in the picture, so that nothing is reachable by mouse alone.
  function ties(node) {
    const seen = node.edges.filter((edge) => shown.edges.has(edge.id));
    return el("details", { class: "ties" },
      el("summary", {}, t(`그림 속 연결 ${seen.length}개`, `${seen.length} ties in the picture`)),
      el("ul", {}, ...seen.map((edge) => el("li", {},
        el("a", { href: `#edge=${edge.id}`, class: "tie", "data-go": edge.id }, bi(edge)),
        " ", toNode(model.other(edge, node.id))))));
  }

  function open(kind, title, body) {
    if (panel.hidden) opener = document.activeElement;
    $("panel-kind").replaceChildren(...kind);
    $("panel-title").replaceChildren(title);
    const sources = body.some((made) => made.querySelector?.(".claims"));
    $("expand").hidden = !sources;
    $("expand").setAttribute("aria-expanded", "false");
    $("panel-body").replaceChildren(...body);
    panel.hidden = false;
    panel.querySelector(".scroll").scrollTop = 0;
    root.classList.add("with-panel");
    const box = panel.getBoundingClientRect();
    const sheet = box.width > innerWidth * 0.8;
    canvas.reserve(sheet ? { right: 0, bottom: box.height } : { right: box.width, bottom: 0 });
    remember();
  }

  function select(id, { focus = false } = {}) {
    reveal(id);
    const node = nodes.get(id);
    canvas.set({ selected: id, edge: "", focused: id });
    const year = node.year && node.kind === "agreement" ? String(node.year) : "";
    open([swatch(node), el("span", {}, t(node.style.ko, node.style.one)),
      year && el("span", { class: "year" }, year)], bi(node), [...sections(id), ties(node)]);
    canvas.bring(id);
    if (focus) $("panel-title").focus();
  }

  function selectEdge(id, { focus = false } = {}) {
    const edge = edges.get(id);
    const ends = [nodes.get(edge.from), nodes.get(edge.to)];
    for (const end of ends) reveal(end.id);
    if (!shown.edges.has(id)) {
      for (const input of all("input[name=kind]", form)) {
        if (edge.layers.includes(input.value)) input.checked = true;
      }
      apply();
    }
    canvas.set({ selected: "", edge: id, focused: "" });
    open([t("관계", "Tie"), edge.year ? el("span", { class: "year" }, String(edge.year)) : "",
      edge.prospect ? el("span", { class: "chip" }, t("전망", "Prospect")) : ""], bi(edge),
    [el("ul", { class: "ends" }, ...ends.map((end) => el("li", {}, swatch(end), toNode(end)))),
      ...sections(id)]);
    if (focus) $("panel-title").focus();
  }

  function close() {
    canvas.set({ selected: "", edge: "" });
    if (panel.hidden) return;
    const within = panel.contains(document.activeElement);
    panel.hidden = true;
    root.classList.remove("with-panel");
    canvas.reserve({ right: 0, bottom: 0 });
    if (within) (opener && opener.isConnected ? opener : canvas.host).focus();
    remember();
  }

  $("close").addEventListener("click", close);
  $("expand").addEventListener("click", () => {
    const wide = $("expand").getAttribute("aria-expanded") !== "true";
    $("expand").setAttribute("aria-expanded", String(wide));
    for (const made of all("dl details", panel)) made.open = wide;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const id = link.dataset.go;
    if (nodes.has(id)) select(id, { focus: true });
    else if (edges.has(id)) selectEdge(id, { focus: true });
  });
  Citypact.page = { $, all, el, bi, t, apply, speak, speaks, remember, select, selectEdge,
    close, say, swatch, shown: () => shown };
})();
