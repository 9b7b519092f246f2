// The tables of what the filters leave: one at a time, sorted by any column, and where sources
// disagree.
"use strict";

Citypact.tables = (() => {
  const { nodes, edges, other, isActor } = Citypact.data;
  const { canvas, filters, panelData } = Citypact;
  const { $, all, el, bi, say, message, kindOf, nameOf, swatch, stroke, toNode, toEdge } = Citypact.elements;
  const PAGE = 200, LISTED = 8;
  const names = ["actors", "agreements", "ties", "topics", "further", "disputes"];

  const speaks = () => canvas.state.language;
  const word = (words) => words[speaks()];
  const status = (code) => (["signed", "announced"].includes(code) ? message(`status.${code}`)
    : { ko: code, en: code });
  const plain = (text) => ({ ko: text, en: text });
  // A cell: what is shown, and the text by which a column is sorted and that is saved.
  const text = (words) => ({ shown: bi(words), text: word(words) });
  const number = (n) => ({ shown: document.createTextNode(n ? String(n) : ""), text: n ? String(n) : "" });
  function links(some) {
    const shown = document.createDocumentFragment();
    some.slice(0, LISTED).forEach((node, at) => shown.append(at ? " · " : "",
      el("span", { class: "item" }, toNode(node))));
    if (some.length > LISTED) shown.append(" ", el("span", { class: "host" },
      say("tables.others", { n: some.length - LISTED })));
    return { shown, text: some.map(word).join(" · "), many: true };
  }
  const link = (node) => ({ shown: toNode(node), text: word(node) });
  const tied = (node, relation, wanted = () => true) => [...new Set(node.edges
    .filter((edge) => edge.relation === relation).map((edge) => other(edge, node.id)).filter(wanted))];
  const isAgreement = (node) => node.kind === "agreement" && filters.filtered().agreements.has(node.id);
  const kind = (node) => ({ shown: el("span", {}, swatch(node), " ", bi(kindOf(node))),
    text: word(kindOf(node)) });

  const shownNodes = (wanted) => [...filters.filtered().nodes].map((id) => nodes.get(id)).filter(wanted);
  const topics = () => [...nodes.values()].filter((node) => node.kind === "topic" &&
    tied(node, "topic", isAgreement).length);
  const TABLES = {
    actors: {
      title: () => message("tables.actors"),
      heads: () => [message("tables.name"), message("tables.kind"), message("tables.country"),
        message("tables.ties_shown"), message("tables.agreements")],
      rows: () => shownNodes(isActor).sort((a, b) => b.edges.length - a.edges.length),
      id: (node) => node.id,
      cells: (node) => [link(node), kind(node), text(node.country),
        number(node.edges.filter((edge) => filters.filtered().edges.has(edge.id)).length),
        number(tied(node, "party", isAgreement).length)],
    },
    agreements: {
      title: () => message("kinds.agreement", { n: 2 }),
      heads: () => [message("tables.agreement"), message("tables.form"),
        message("tables.parties"), message("tables.date"), message("tables.status"),
        message("tables.topics")],
      rows: () => [...filters.filtered().agreements].map((id) => nodes.get(id))
        .sort((a, b) => (a.year || 9999) - (b.year || 9999) || (a.date.en < b.date.en ? -1 : 1)),
      id: (node) => node.id,
      cells: (node) => [link(node), text(node.form), links(tied(node, "party")), text(node.date),
        text(status(node.status)), links(tied(node, "topic"))],
    },
    ties: {
      title: () => message("tables.ties"),
      heads: () => [message("tables.from"), message("tables.tie"), message("tables.to"),
        message("tables.year")],
      rows: () => [...filters.filtered().edges].map((id) => edges.get(id)).filter((edge) =>
        !edge.agreements && !(["party", "topic"].includes(edge.relation) &&
          [edge.from, edge.to].some((end) => nodes.get(end).kind === "agreement"))),
      id: (edge) => edge.id,
      cells: (edge) => [link(nodes.get(edge.from)), { shown: el("span", {}, stroke(edge), " ",
        toEdge(edge), edge.prospect ? el("span", { class: "chip" }, say("kinds.prospect", { n: 1 })) : ""),
      text: word(nameOf(edge)) }, link(nodes.get(edge.to)), number(edge.year)],
    },
    topics: {
      title: () => message("kinds.topic", { n: 2 }),
      heads: () => [message("tables.topic"), message("tables.broader"),
        message("tables.agreements"), message("tables.which")],
      rows: () => topics().sort((a, b) => b.edges.length - a.edges.length),
      id: (node) => node.id,
      cells: (node) => {
        const found = tied(node, "topic", isAgreement);
        return [link(node), text(node.top ? Citypact.data.byIri.get(node.top) || plain("") : plain("")),
          number(found.length), links(found)];
      },
    },
    further: {
      title: () => message("tables.further"),
      heads: () => [message("tables.name"), message("tables.kind"), message("tables.date")],
      rows: () => shownNodes((node) => !isActor(node) && !["agreement", "topic"].includes(node.kind)),
      id: (node) => node.id,
      cells: (node) => [link(node), kind(node), text(node.date)],
    },
    disputes: {
      title: () => message("tables.disputes"),
      heads: () => [message("tables.about"), message("tables.property"),
        message("tables.followed"), message("tables.differing"), message("tables.reason")],
      rows: () => panelData.disputes(),
      id: (row) => row.target,
      cells: (row) => {
        const values = (followed) => {
          const some = row.values.filter((value) => value.followed === followed);
          return { many: true, text: some.map((each) => `${word(each.value)} (${each.claims
            .map((claim) => [word(claim.title), claim.address].filter(Boolean).join(", ")).join("; ")})`)
            .join(" · "),
          shown: el("ul", { class: "values" }, ...some.map((each) => el("li", {},
            el("strong", {}, bi(each.value)), ...each.claims.map((claim) =>
              Citypact.panels.sourceLink(claim))))) };
        };
        const target = nodes.get(row.target) || edges.get(row.target);
        return [{ text: word(row.name), shown: target ? el("a", { href: "#", class: "go",
          "data-go": target.id }, bi(row.name)) : bi(row.name) }, text(row.label), values(true),
        values(false), text(row.reason)];
      },
    },
  };

  let current = "actors", sorted = { column: -1, down: false }, rows = [];
  const holder = $("table");

  function arranged() {
    const table = TABLES[current];
    const found = table.rows();
    if (sorted.column < 0) return found;
    const collator = new Intl.Collator(speaks(), { numeric: true });
    const keyed = found.map((row) => [table.cells(row)[sorted.column].text, row]);
    keyed.sort(([a], [b]) => (a === "") - (b === "") || collator.compare(a, b) * (sorted.down ? -1 : 1));
    return keyed.map(([, row]) => row);
  }

  function head(words, column) {
    const state = sorted.column === column ? (sorted.down ? "descending" : "ascending") : "none";
    const button = el("button", { type: "button", class: "sort" }, bi(words));
    button.addEventListener("click", () => {
      sorted = { column, down: sorted.column === column && !sorted.down };
      draw();
      all("th button", holder)[column].focus();
    });
    return el("th", { scope: "col", "aria-sort": state }, button);
  }
  function line(row) {
    const table = TABLES[current];
    const heads = table.heads();
    const cells = table.cells(row).map((cell, column) => {
      const words = heads[column];
      const attributes = { "data-head-ko": words.ko, "data-head-en": words.en,
        class: [cell.many && "many", !cell.text && "blank"].filter(Boolean).join(" ") || null };
      return column ? el("td", attributes, cell.shown) : el("th", { scope: "row" }, cell.shown);
    });
    return el("tr", { "data-id": table.id(row) }, ...cells);
  }
  function draw() {
    const table = TABLES[current];
    rows = arranged();
    const body = el("tbody", {});
    const element = el("table", { id: `table-${current}` },
      el("caption", {}, bi(table.title()), " ", el("span", { class: "count" }, `(${rows.length})`)),
      el("thead", {}, el("tr", {}, ...table.heads().map(head))), body);
    const more = el("button", { type: "button", class: "small-button more-rows" });
    function extend() {
      const from = body.rows.length;
      body.append(...rows.slice(from, from + PAGE).map(line));
      more.hidden = body.rows.length >= rows.length;
      more.replaceChildren(say("tables.more", { n: rows.length - body.rows.length }));
    }
    more.addEventListener("click", extend);
    holder.replaceChildren(element, more);
    extend();
    if (!rows.length) body.append(el("tr", { class: "empty" },
      el("td", { colspan: String(table.heads().length) }, say("tables.empty"))));
    for (const button of all("#tables button")) {
      button.setAttribute("aria-pressed", String(button.dataset.table === current));
    }
    holder.complete = () => { while (!more.hidden) extend(); };
  }

  const isOpen = () => Citypact.tabs.open() === "table";
  function refresh() { if (isOpen()) draw(); }
  function choose(name) {
    if (!names.includes(name)) return;
    current = name;
    sorted = { column: -1, down: false };
    refresh();
    Citypact.address.remember();
  }
  for (const button of all("#tables button")) {
    button.addEventListener("click", () => choose(button.dataset.table));
  }
  $("disputes")?.addEventListener("click", () => {
    Citypact.panels.close();
    current = "disputes";
    sorted = { column: -1, down: false };
    Citypact.tabs.turnTo("table");
    $("view-table").focus();
  });
  // The table that is open as rows of text, in the language of the page.
  function saved() {
    const table = TABLES[current];
    return [table.heads().map(word),
      ...arranged().map((row) => table.cells(row).map((cell) => cell.text))];
  }
  return { refresh, choose, saved, current: () => current, complete: () => holder.complete?.() };
})();
