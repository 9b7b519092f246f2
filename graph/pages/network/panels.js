// The panels of nodes and ties: what is said of them in sections, and the sources once at the end.
"use strict";

Citypact.panels = (() => {
  const { nodes, edges, byIri, other, agreementsOf, isActor } = Citypact.data;
  const { canvas, filters, citations, panelData } = Citypact;
  const { $, all, el, bi, say, message, kindOf, nameOf, filled, year, swatch, stroke, toNode, toEdge,
    toWeb } = Citypact.elements;
  const MANY = 40, FEW = 10, PAGE = 150;

  const panel = $("panel");
  let opener = null;

  // What a tie is called from one of its ends.
  const read = (edge, id) => edge.readings[edge.from === id ? 0 : 1] || nameOf(edge);
  const host = (address) => { try { return new URL(address).host; } catch { return ""; } };
  // Contents that are made when they are first opened.
  function fold(summary, make, { open = false, name = "" } = {}) {
    const element = el("details", name ? { class: name } : {}, el("summary", {}, ...summary));
    const fill = () => { if (element.children.length === 1) element.append(...[make()].flat()); };
    element.addEventListener("toggle", () => { if (element.open) fill(); });
    element.firstChild.addEventListener("click", fill); // before the browser opens it
    element.fill = fill;
    if (open) { element.open = true; fill(); }
    return element;
  }

  // Sources ---------------------------------------------------------------------------------
  // Each document of a panel has a number, and each claim of it is shown once.
  function sourcesOf(sections) {
    const documents = new Map();
    const note = (claim) => {
      if (!documents.has(claim.document)) {
        documents.set(claim.document, { number: documents.size + 1, claims: new Map() });
      }
      documents.get(claim.document).claims.set(claim.place, claim);
    };
    for (const { rows } of sections) {
      for (const row of rows) {
        row.claims.forEach(note);
        row.others.forEach(({ claims }) => claims.forEach(note));
      }
    }
    return documents;
  }
  function documentLine({ title, publisher, published, address, passage = "" }) {
    const words = filled(title) ? bi(title) : say("panel.document");
    return [el("p", { class: "document" }, toWeb(address + passage, words) || el("span", {}, words)),
      el("p", { class: "where" }, filled(publisher) ? el("span", {}, bi(publisher)) : null,
        published && el("time", {}, published),
        address ? el("bdi", { class: "host" }, host(address))
          : el("span", { class: "host" }, say("panel.no_address")))];
  }
  function claimDetails(claim) {
    const how = el("p", { class: "how" });
    for (const words of [claim.modality, claim.rank]) {
      if (filled(words)) how.append(el("span", { class: "chip" }, bi(words)));
    }
    // Each position opens the source there, where the words of the passage are known.
    for (const { position, passage } of claim.spans) {
      const words = el("span", { class: "span" }, say("panel.span", { span: position }));
      how.append(passage ? toWeb(claim.address + passage, words) : words);
    }
    if (!claim.spans.some((span) => span.passage) && claim.passage) {
      how.append(el("span", {}, say("panel.passage")));
    }
    const [before, marked, after] = claim.sentence;
    return [how.childNodes.length ? how : null,
      claim.sentence.length ? el("blockquote", { dir: "auto" }, before,
        marked ? el("mark", {}, marked) : null, after) : null,
      filled(claim.note) ? el("p", { class: "note" }, bi(claim.note)) : null].filter(Boolean);
  }
  function claimItem(claim) {
    const passage = claim.spans.find((span) => span.passage)?.passage || claim.passage;
    return el("li", {}, ...documentLine({ ...claim, passage }), ...claimDetails(claim));
  }
  function sourceItem({ number, claims }) {
    const [first] = claims.values();
    return el("li", { id: `source-${number}`, value: String(number) },
      ...documentLine({ ...first, passage: first.passage }),
      ...[...claims.values()].flatMap((claim) => el("div", { class: "claim" }, ...claimDetails(claim))));
  }
  // The numbers of the sources of a row; they open its claims below it.
  function evidence(claims, documents) {
    if (!claims.length) return null;
    const numbers = [...new Set(claims.map((claim) => documents.get(claim.document).number))]
      .sort((a, b) => a - b);
    return fold([say("panel.claims", { n: claims.length }),
      el("span", { class: "numbers" }, ` ${numbers.map((n) => `[${n}]`).join(" ")}`)],
    () => el("ol", { class: "claims" }, ...claims.map(claimItem)), { name: "evidence" });
  }

  // Rows ------------------------------------------------------------------------------------
  function valueOf(row) {
    const node = nodes.get(row.target), edge = edges.get(row.target);
    if (node) {
      return el("a", { href: `#node=${encodeURIComponent(node.iri)}`, class: "go",
        "data-go": node.id }, bi(row.value));
    }
    if (edge) return el("a", { href: `#edge=${edge.id}`, class: "go", "data-go": edge.id }, bi(row.value));
    // An address that has no name is its own link.
    if (row.address && row.value.ko === row.address) {
      return toWeb(row.address, el("bdi", {}, row.address.replace(/^https?:\/\/(www\.)?/i, "")));
    }
    return el("span", {}, bi(row.value));
  }
  function rowItem(row, before, documents) {
    const same = before && before.label.ko === row.label.ko && before.label.en === row.label.en;
    const link = row.address && row.value.ko !== row.address
      ? toWeb(row.address, el("bdi", { class: "host" }, host(row.address))) : null;
    const details = row.details.length ? el("ul", { class: "facts" }, ...row.details.map((each) =>
      el("li", {}, el("span", { class: "what" }, bi(each.label)), " ", bi(each.value)))) : null;
    return el("div", { class: "row" },
      el("dt", same ? { class: "same" } : {}, bi(row.label)),
      el("dd", {}, valueOf(row), " ", link, details, " ", disagreement(row, documents),
        evidence(row.claims, documents)));
  }
  // What other documents say instead, with their addresses and the reason of the rank.
  function disagreement(row, documents) {
    if (!row.others.length) return null;
    return el("div", { class: "others" }, el("p", { class: "differ" }, say("claims.others")),
      el("ul", {}, ...row.others.map(({ value, claims }) => el("li", {},
        el("strong", {}, bi(value)), ...claims.map((claim) => sourceLink(claim, documents))))),
      filled(row.reason) ? el("p", { class: "note" }, say("claims.reason"), " ", bi(row.reason)) : null);
  }
  function sourceLink(claim, documents) {
    const title = el("span", {}, documents ? `[${documents.get(claim.document).number}] ` : "",
      bi(claim.title));
    const passage = claim.spans.find((span) => span.passage)?.passage || claim.passage;
    return el("span", { class: "source" }, toWeb(claim.address + passage, title) || title,
      filled(claim.publisher) ? el("span", { class: "host" }, ", ", bi(claim.publisher)) : null,
      claim.published ? el("span", { class: "host" }, `, ${claim.published}`) : null,
      claim.address ? el("bdi", { class: "host" }, ` ${host(claim.address)}`) : null);
  }
  function rowsOf(rows, documents) {
    const list = el("dl", {});
    function more(from) {
      rows.slice(from, from + PAGE).forEach((row, at) =>
        list.append(rowItem(row, rows[from + at - 1], documents)));
      if (from + PAGE >= rows.length) return;
      const button = el("button", { type: "button", class: "small-button more-rows" },
        say("tables.more", { n: rows.length - from - PAGE }));
      button.addEventListener("click", () => { button.remove(); more(from + PAGE); });
      list.after(button);
    }
    queueMicrotask(() => more(0));
    return list;
  }
  const heading = (words, n) => [el("h3", {}, words, " ", el("span", { class: "count" }, String(n)))];
  function sectionsOf(found, documents) {
    const rows = found.reduce((sum, section) => sum + section.rows.length, 0);
    return found.map(({ key, heading: words, rows: own }) => fold(heading(bi(words), own.length),
      () => rowsOf(own, documents), { name: `part ${key}`,
        open: rows <= MANY || own.length <= FEW || own.some((row) => row.others.length) }));
  }
  function sourceSection(documents, mentions) {
    const cited = new Set([...documents.values()].flatMap(({ claims }) =>
      [...claims.values()].map((claim) => claim.source)));
    const rest = mentions.filter((row) => row.source < 0 || !cited.has(row.source));
    const number = documents.size + rest.length;
    if (!number) return [];
    return [fold(heading(say("panel.sources"), number), () => [
      el("ol", { class: "claims sources" }, ...[...documents.values()].map(sourceItem),
        ...rest.map((row) => el("li", { class: "mention" }, ...documentLine({ title: row.value,
          publisher: { ko: "", en: "" }, published: row.label.ko === row.label.en ? row.label.en : "", // else it says that none is known
          address: row.address }))))],
    { name: "part sources", open: number <= FEW })];
  }

  // All ties of a node that are shown, so that none is reachable by mouse alone.
  function ties(node) {
    const seen = node.edges.filter((edge) => filters.shown().edges.has(edge.id));
    if (!seen.length) return [];
    return [fold(heading(say("panel.ties"), seen.length), () =>
      el("ul", { class: "plain-list" }, ...seen.map((edge) => el("li", {},
        toEdge(edge, read(edge, node.id)), " ", toNode(other(edge, node.id))))), { name: "part ties" })];
  }
  // The agreements between the two ends of a tie.
  function between(edge) {
    const [one, two] = [nodes.get(edge.from), nodes.get(edge.to)];
    const found = edge.agreements || (isActor(one) && isActor(two) ? agreementsOf(one, two) : []);
    if (!found.length) return [];
    return [fold(heading(say("panel.between"), found.length), () =>
      el("ul", { class: "plain-list" }, ...found.map((agreement) => el("li", {}, toNode(agreement),
        " ", year(agreement)))), { name: "part", open: true })];
  }

  function open(id, kind, title, body) {
    if (panel.hidden) opener = document.activeElement;
    const found = panelData.panel(id);
    const documents = sourcesOf(found);
    const mentions = found.filter(({ key }) => key === "documents").flatMap(({ rows }) => rows);
    const said = found.filter(({ key }) => key !== "documents");
    $("panel-kind").replaceChildren(...kind);
    $("panel-title").replaceChildren(title);
    $("expand").hidden = !said.length && !documents.size;
    citations.offer(found);
    $("expand").setAttribute("aria-expanded", "false");
    const disputed = said.some(({ rows }) => rows.some((row) => row.others.length));
    $("panel-body").replaceChildren(
      ...(disputed ? [el("p", { class: "dispute" }, say("panel.disputed"))] : []),
      ...body.before, ...sectionsOf(said, documents), ...body.after,
      ...sourceSection(documents, mentions));
    panel.hidden = false;
    panel.querySelector(".scroll").scrollTop = 0;
    document.documentElement.classList.add("with-panel");
    const box = panel.getBoundingClientRect();
    const sheet = box.width > innerWidth * 0.8;
    canvas.reserve(sheet ? { right: 0, bottom: box.height } : { right: box.width, bottom: 0 });
    Citypact.address.remember();
  }

  function select(id, { focus = false } = {}) {
    const node = nodes.get(id);
    canvas.set({ selected: id, edge: "", focused: id });
    filters.open(id);
    open(id, [swatch(node), el("span", {}, bi(kindOf(node))),
      node.kind === "agreement" ? year(node) : ""], bi(node), { before: [], after: ties(node) });
    canvas.bring(id);
    if (focus) $("panel-title").focus();
  }

  function selectEdge(id, { focus = false } = {}) {
    const edge = edges.get(id);
    const ends = [nodes.get(edge.from), nodes.get(edge.to)];
    canvas.set({ selected: "", edge: id, focused: "" });
    filters.open(id);
    open(id, [stroke(edge), say("panel.tie"), year(edge),
      edge.prospect ? el("span", { class: "chip" }, say("kinds.prospect", { n: 1 })) : ""],
    bi(nameOf(edge)), { after: between(edge),
      before: [el("ul", { class: "ends" }, ...ends.map((end) => el("li", {}, swatch(end), toNode(end))))] });
    if (focus) $("panel-title").focus();
  }
  function go(id, options) {
    if (nodes.has(id)) select(id, options);
    else if (edges.has(id)) selectEdge(id, options);
  }

  function close() {
    if (panel.hidden) return;
    const within = panel.contains(document.activeElement);
    panel.hidden = true;
    document.documentElement.classList.remove("with-panel");
    canvas.set({ selected: "", edge: "" });
    filters.open("");
    canvas.reserve({ right: 0, bottom: 0 });
    if (within) (opener && opener.isConnected ? opener : canvas.host).focus();
    Citypact.address.remember();
  }

  // Every section opened, for reading on and for print.
  function unfold(wide) {
    for (const part of all("details.part", panel)) {
      if (wide) part.fill();
      part.open = wide;
    }
    $("expand").setAttribute("aria-expanded", String(wide));
    // Rows are made in a microtask, so that their list has its place.
    if (wide) queueMicrotask(() => {
      for (let more; (more = panel.querySelector(".more-rows"));) more.click();
    });
  }
  $("close").addEventListener("click", close);
  $("expand").addEventListener("click", () =>
    unfold($("expand").getAttribute("aria-expanded") !== "true"));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.dataset.go, { focus: true });
  });
  return { select, selectEdge, close, sourceLink };
})();
