// The panel of a node or a tie: its statements, each with the evidence that supports it.
"use strict";

Citypact.panels = (() => {
  const { page, nodes, edges, byIri, other } = Citypact.data;
  const { canvas, citations, filters } = Citypact;
  const { $, all, el, bi, say, kindOf, year, swatch } = Citypact.elements;
  const filled = (words) => words.ko !== "" || words.en !== "";

  const panel = $("panel");
  let opener = null;

  // What a tie is called from one of its ends.
  const read = (edge, id) => (page.readings[edge.id] || [edge, edge])[edge.from === id ? 0 : 1];
  const toNode = (node) => el("a", { href: `#node=${encodeURIComponent(node.iri)}`,
    class: "go", "data-go": node.id }, bi(node));

  function toWeb(address, ...words) {
    if (!/^https?:\/\//i.test(address)) return null;
    return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", class: "out" },
      ...words);
  }
  const host = (address) => { try { return new URL(address).host; } catch { return ""; } };

  function claimItem(claim) {
    const title = filled(claim.document) ? bi(claim.document) : say("panel.document");
    const how = el("p", { class: "how" });
    for (const words of [claim.modality, claim.rank]) {
      if (filled(words)) how.append(el("span", { class: "chip" }, bi(words)));
    }
    // Each position opens the source there, where the words of the passage are known.
    for (const { position, passage } of claim.spans) {
      const words = el("span", { class: "span" }, say("panel.span", { span: position }));
      how.append(passage ? toWeb(claim.address + passage, words) : words);
    }
    const own = claim.spans.find((span) => span.passage)?.passage;
    const passage = own || claim.passage;
    if (!own && passage) how.append(el("span", {}, say("panel.passage")));
    const [before, marked, after] = claim.sentence;
    return el("li", {},
      el("p", { class: "document" }, toWeb(claim.address + passage, title) || el("span", {}, title)),
      el("p", { class: "where" }, filled(claim.publisher) ? el("span", {}, bi(claim.publisher)) : null,
        claim.published && el("time", {}, claim.published),
        claim.address ? el("bdi", { class: "host" }, host(claim.address))
          : el("span", { class: "host" }, say("panel.no_address"))),
      how.childNodes.length ? how : null,
      claim.sentence.length ? el("blockquote", { dir: "auto" }, before,
        marked ? el("mark", {}, marked) : null, after) : null,
      filled(claim.note) ? el("p", { class: "note" }, bi(claim.note)) : null);
  }

  function rowItem(row, before) {
    const target = byIri.get(row.target);
    const value = target
      ? el("a", { href: `#node=${encodeURIComponent(target.iri)}`, class: "go", "data-go": target.id },
        bi(row.value))
      // An address that has no name is its own link.
      : row.address && row.value.ko === row.address
        ? toWeb(row.address, el("bdi", {}, row.address.replace(/^https?:\/\/(www\.)?/i, "")))
        : el("span", {}, bi(row.value));
    const same = before && before.label.ko === row.label.ko && before.label.en === row.label.en;
    const element = el("div", { class: "row" },
      el("dt", same ? { class: "same" } : {}, bi(row.label)), el("dd", {}, value,
        row.address && row.value.ko !== row.address ? toWeb(row.address, el("bdi", { class: "host" }, host(row.address))) : null));
    if (row.claims.length) {
      const number = row.claims.length;
      element.lastChild.append(el("details", {},
        el("summary", {}, say("panel.evidence", { n: number })),
        el("ol", { class: "claims" }, ...row.claims.map(claimItem))));
    }
    return element;
  }

  function sections(id) {
    return (page.panels[id] || []).map((section) => el("section", {},
      filled(section.heading) ? el("h3", {}, bi(section.heading)) : null,
      el("dl", {}, ...section.rows.map((row, place) => rowItem(row, section.rows[place - 1])))));
  }

  // All ties of a node that are shown, so that none is reachable by mouse alone.
  function ties(node) {
    const seen = node.edges.filter((edge) => filters.shown().edges.has(edge.id));
    return el("details", { class: "ties" },
      el("summary", {}, say("panel.ties", { n: seen.length })),
      el("ul", {}, ...seen.map((edge) => el("li", {},
        el("a", { href: `#edge=${edge.id}`, class: "tie", "data-go": edge.id }, bi(read(edge, node.id))),
        " ", toNode(other(edge, node.id))))));
  }

  function open(id, kind, title, body) {
    if (panel.hidden) opener = document.activeElement;
    $("panel-kind").replaceChildren(...kind);
    $("panel-title").replaceChildren(title);
    const sources = body.some((element) => element.querySelector?.(".claims"));
    $("expand").hidden = !sources;
    citations.offer(page.panels[id] || []);
    $("expand").setAttribute("aria-expanded", "false");
    $("panel-body").replaceChildren(...body);
    panel.hidden = false;
    panel.querySelector(".scroll").scrollTop = 0;
    document.documentElement.classList.add("with-panel");
    const box = panel.getBoundingClientRect();
    const sheet = box.width > innerWidth * 0.8;
    canvas.reserve(sheet ? { right: 0, bottom: box.height } : { right: box.width, bottom: 0 });
    Citypact.address.remember();
  }

  function select(id, { focus = false } = {}) {
    filters.reveal(id);
    const node = nodes.get(id);
    canvas.set({ selected: id, edge: "", focused: id });
    open(id, [swatch(node), el("span", {}, bi(kindOf(node))),
      node.kind === "agreement" ? year(node) : ""], bi(node), [...sections(id), ties(node)]);
    canvas.bring(id);
    if (focus) $("panel-title").focus();
  }

  function selectEdge(id, { focus = false } = {}) {
    const edge = edges.get(id);
    const ends = [nodes.get(edge.from), nodes.get(edge.to)];
    for (const end of ends) filters.reveal(end.id);
    if (!filters.shown().edges.has(id)) {
      for (const input of all("#filters input[name=kind]")) {
        if (edge.layers.includes(input.value)) input.checked = true;
      }
      filters.apply();
    }
    canvas.set({ selected: "", edge: id, focused: "" });
    open(id, [say("panel.tie"), year(edge),
      edge.prospect ? el("span", { class: "chip" }, say("kinds.prospect", { n: 1 })) : ""], bi(edge),
    [el("ul", { class: "ends" }, ...ends.map((end) => el("li", {}, swatch(end), toNode(end)))),
      ...sections(id)]);
    if (focus) $("panel-title").focus();
  }

  function close() {
    canvas.set({ selected: "", edge: "" });
    if (panel.hidden) return;
    const within = panel.contains(document.activeElement);
    panel.hidden = true;
    document.documentElement.classList.remove("with-panel");
    canvas.reserve({ right: 0, bottom: 0 });
    if (within) (opener && opener.isConnected ? opener : canvas.host).focus();
    Citypact.address.remember();
  }

  $("close").addEventListener("click", close);
  $("expand").addEventListener("click", () => {
    const wide = $("expand").getAttribute("aria-expanded") !== "true";
    $("expand").setAttribute("aria-expanded", String(wide));
    for (const details of all("dl details", panel)) details.open = wide;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const id = link.dataset.go;
    if (nodes.has(id)) select(id, { focus: true });
    else if (edges.has(id)) selectEdge(id, { focus: true });
  });
  return { select, selectEdge, close };
})();
