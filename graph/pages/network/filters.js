// The filters: kinds, forms, topic and years; which nodes and edges they leave, and how many.
"use strict";

Citypact.filters = (() => {
  const { page, nodes, edges, other, ACTORS } = Citypact.data;
  const { canvas } = Citypact;
  const { $, all, bi, say, message, shortened } = Citypact.elements;
  const UNDATED = [...ACTORS, "topic", "person", "other"];

  // Nodes and edges that pass the filters, before those without remaining ties are removed.
  function candidates(choice) {
    const dated = (thing) => !thing.year ||
      ((!choice.from || thing.year >= choice.from) && (!choice.to || thing.year <= choice.to));
    const kept = new Set();
    for (const node of nodes.values()) {
      if (!choice.kinds.has(node.kind)) continue;
      if (!UNDATED.includes(node.kind) && !dated(node)) continue;
      if (node.kind === "agreement" && !node.forms.some((form) => choice.forms.has(form))) continue;
      if (choice.topic && node.kind === "topic" && node.top !== choice.topic) continue;
      if (choice.topic && node.kind === "agreement" && !node.edges.some((edge) =>
        other(edge, node.id).kind === "topic" && other(edge, node.id).top === choice.topic)) continue;
      kept.add(node.id);
    }
    const ties = [...edges.values()].filter((edge) =>
      dated(edge) && edge.layers.every((layer) => choice.kinds.has(layer)));
    return { kept, ties };
  }

  // The nodes and edges to show: nodes that have lost their last tie are removed.
  function visible(choice) {
    const { kept, ties } = candidates(choice);
    let left = [];
    for (let size = -1; size !== kept.size;) {
      size = kept.size;
      left = ties.filter((edge) => kept.has(edge.from) && kept.has(edge.to));
      const tied = new Set();
      for (const edge of left) {
        const [a, b] = [nodes.get(edge.from), nodes.get(edge.to)];
        if (a.kind !== "topic" || b.kind !== "topic") tied.add(a.id).add(b.id);
      }
      for (const id of [...kept]) {
        const node = nodes.get(id);
        const alone = node.first && !choice.narrowed && !node.edges.some((edge) => !edge.layers.length);
        if (!tied.has(id) && !alone && !(page.layers.includes(node.kind) && !node.edges.length)) {
          kept.delete(id);
        }
      }
      if (choice.narrowed && choice.kinds.has("agreement")) dropComponentsWithoutAgreements(kept, left);
    }
    return { nodes: kept, edges: new Set(left.map((edge) => edge.id)) };
  }

  // While agreements are filtered, connected components without agreements are removed.
  function dropComponentsWithoutAgreements(kept, left) {
    const reached = new Set([...kept].filter((id) => nodes.get(id).kind === "agreement"));
    const around = new Map();
    for (const edge of left) {
      for (const [a, b] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        if (!around.has(a)) around.set(a, []);
        around.get(a).push(b);
      }
    }
    const queue = [...reached];
    while (queue.length) {
      for (const next of around.get(queue.pop()) || []) {
        if (!reached.has(next)) { reached.add(next); queue.push(next); }
      }
    }
    for (const id of [...kept]) if (!reached.has(id)) kept.delete(id);
  }

  const form = $("filters");
  let shown = { nodes: new Set(), edges: new Set() };

  function choice() {
    const ticked = (name) => new Set(all(`input[name=${name}]:checked`, form).map((i) => i.value));
    const kinds = ticked("kind");
    const listed = new Set(all("input[name=kind]", form).map((input) => input.value));
    for (const node of nodes.values()) if (!listed.has(node.kind)) kinds.add(node.kind);
    const chosen = { kinds, forms: ticked("form"), topic: $("topic").value,
      from: Number($("from")?.value) || 0, to: Number($("to")?.value) || 0 };
    chosen.narrowed = Boolean(chosen.topic || chosen.from || chosen.to ||
      chosen.forms.size < all("input[name=form]", form).length);
    return chosen;
  }

  function apply() {
    const chosen = choice();
    shown = visible(chosen);
    for (const element of all("[data-id]")) {
      const there = shown.nodes.has(element.dataset.id) || shown.edges.has(element.dataset.id);
      element.classList.toggle("off", !there);
      if (element.tagName === "TR") element.hidden = !there;
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
    sayCount(chosen);
    const { selected, edge } = canvas.state;
    if (!shown.nodes.has(selected) && !shown.edges.has(edge)) Citypact.panels.close();
  }

  function sayCount(chosen) {
    const numbers = { agreements: 0, actors: 0, topics: 0, others: 0, ties: shown.edges.size };
    let undated = 0;
    for (const { kind, year } of [...shown.nodes].map((id) => nodes.get(id))) {
      if (ACTORS.includes(kind)) numbers.actors += 1;
      else numbers[{ agreement: "agreements", topic: "topics" }[kind] || "others"] += 1;
      if (kind === "agreement" && !year) undated += 1;
    }
    const parts = Object.entries(numbers).filter(([name, n]) => n || name !== "others")
      .map(([name, n]) => message(`shown.${name}`, { n }));
    const late = (chosen.from || chosen.to) && undated
      ? message("shown.undated", { n: undated }) : null;
    const label = message("shown.label");
    const joined = (language) => `${label[language]}: ` + parts.map((words) => words[language]).join(" · ")
      + (late ? ` — ${late[language]}` : "");
    $("count").replaceChildren(bi({ ko: joined("ko"), en: joined("en") }));
    $("nothing").hidden = shown.nodes.size > 0;
  }

  // Opens the filters step by step until a node is shown, and tells the reader.
  function reveal(id) {
    if (shown.nodes.has(id)) return;
    const node = nodes.get(id);
    const tick = (name, value) => {
      const input = all(`input[name=${name}]`, form).find((box) => box.value === value);
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
      () => { for (const box of all("input[type=checkbox]", form)) box.checked = true; apply(); },
    ];
    for (const step of steps) {
      step();
      if (shown.nodes.has(id)) break;
    }
    tell(say("filters.revealed", { name: shortened(node, 80) }));
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { apply(); canvas.fit(); }));

  let fading = 0;
  function tell(words) {
    $("message").replaceChildren(words);
    clearTimeout(fading);
    fading = setTimeout(() => $("message").replaceChildren(), 8000);
  }

  return { apply, reveal, shown: () => shown };
})();
