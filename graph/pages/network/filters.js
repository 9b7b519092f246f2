// The filters: kinds, forms, topic and years; which nodes and edges they leave, and how many.
"use strict";

Citypact.filters = (() => {
  const { page, nodes, edges, other, ACTORS, isActor } = Citypact.data;
  const { canvas } = Citypact;
  const { $, all, bi, say, message, shortened } = Citypact.elements;
  const UNDATED = [...ACTORS, "topic", "person", "other"];
  const NEAR = 40;

  const form = $("filters");
  const boxes = (name) => all(`input[name=${name}]`, form);
  const listed = new Set(boxes("kind").map((input) => input.value));
  const choosable = new Set(boxes("tie").map((input) => input.value));

  function choice() {
    const ticked = (name) => new Set(boxes(name).filter((box) => box.checked).map((box) => box.value));
    const kinds = ticked("kind");
    for (const node of nodes.values()) if (!listed.has(node.kind)) kinds.add(node.kind);
    const forms = ticked("form");
    const chosen = { kinds, forms, ties: ticked("tie"), topic: $("topic").value, from: Number($("from")?.value) || 0,
      to: Number($("to")?.value) || 0, undated: Boolean($("undated")?.checked) };
    chosen.years = Boolean(chosen.from || chosen.to);
    chosen.byAgreement = Boolean(chosen.topic) || forms.size < boxes("form").length;
    chosen.narrowed = chosen.years || chosen.byAgreement;
    return chosen;
  }

  // What the years say of a thing: whether it lies in them; what has no year only if asked for.
  const inYears = (chosen, year) => (!year ? chosen.undated
    : (!chosen.from || year >= chosen.from) && (!chosen.to || year <= chosen.to));
  const agreementOf = (edge) => [edge.from, edge.to].map((end) => nodes.get(end))
    .find((node) => node.kind === "agreement");

  // The nodes and edges to show: those that pass the filters, without nodes that lose their last
  // tie. `agreements` are those to be seen of the `matching` ones, which form, topic and years leave;
  // `undated` counts what only the missing year keeps out.
  function visible(chosen) {
    const undated = new Set();
    const dated = (thing, id) => {
      if (!chosen.years) return true;
      if (!thing.year) undated.add(id);
      return inYears(chosen, thing.year);
    };
    const onTopic = (agreement) => !chosen.topic || agreement.edges.some((edge) =>
      other(edge, agreement.id).kind === "topic" && other(edge, agreement.id).top === chosen.topic);
    const matching = new Set([...nodes.values()].filter((node) => node.kind === "agreement" &&
      node.forms.some((slug) => chosen.forms.has(slug)) && onTopic(node) && dated(node, node.id))
      .map((node) => node.id));
    const begun = (node) => !chosen.to || !node.founded || node.founded <= chosen.to;

    const kept = new Set();
    for (const node of nodes.values()) {
      if (!chosen.kinds.has(node.kind) || !begun(node)) continue;
      if (node.kind === "agreement" && !matching.has(node.id)) continue;
      if (node.kind === "topic" && chosen.topic && node.top !== chosen.topic) continue;
      if (!UNDATED.includes(node.kind) && node.kind !== "agreement" && !dated(node, node.id)) continue;
      kept.add(node.id);
    }
    const passes = (edge) => {
      if (!edge.layers.every((layer) => chosen.kinds.has(layer))) return false;
      if (edge.relation === "partnership" && choosable.has(edge.lineName) && !chosen.ties.has(edge.lineName)) {
        return false;
      }
      if (!begun(nodes.get(edge.from)) || !begun(nodes.get(edge.to))) return false;
      if (edge.agreements) {
        return !chosen.kinds.has("agreement") && edge.agreements.some((each) => matching.has(each.id));
      }
      const agreement = agreementOf(edge);
      if (agreement ? !matching.has(agreement.id) : chosen.byAgreement) return false;
      return Boolean(agreement) || dated(edge, edge.id);
    };
    const ties = [...edges.values()].filter(passes);

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
        const alone = node.opens && !chosen.narrowed &&
          !node.edges.some((edge) => !edge.layers.length);
        if (!tied.has(id) && !alone && !(page.layers.includes(node.kind) && !node.edges.length)) {
          kept.delete(id);
        }
      }
    }
    // The agreements that are drawn, or that lines stand for.
    const lines = left.flatMap((edge) => (edge.agreements || []).map((each) => each.id));
    const agreements = new Set([...kept, ...lines].filter((id) => matching.has(id)));
    // A line between two cities says it all where they are partners: no second line for agreements.
    const direct = new Set(left.filter((edge) => edge.relation === "partnership")
      .flatMap((edge) => [`${edge.from} ${edge.to}`, `${edge.to} ${edge.from}`]));
    left = left.filter((edge) => !edge.agreements || !direct.has(`${edge.from} ${edge.to}`));
    return { nodes: kept, edges: new Set(left.map((edge) => edge.id)), agreements, matching, undated };
  }

  // What lies around a thing that is opened, even if its kind is hidden: an agreement with its
  // parties, an actor or a topic with its agreements where these are not too many, and only those
  // of the chosen forms, topic and years.
  function near(id) {
    const found = { nodes: new Set(), edges: new Set() };
    const node = nodes.get(id);
    if (!node) return found;
    const add = (edge) => {
      found.nodes.add(edge.from).add(edge.to);
      found.edges.add(edge.id);
    };
    const around = (of, wanted = () => true) => nodes.get(of).edges.filter((edge) =>
      !edge.agreements && !edge.prospect && wanted(edge)).forEach(add);
    found.nodes.add(id);
    const own = node.edges.filter((edge) => edge.relation === "party" || edge.relation === "topic")
      .map((edge) => other(edge, id)).filter((each) => filtered.matching.has(each.id));
    if (node.kind === "agreement") around(id, (edge) => edge.relation === "party");
    else if (own.length && own.length <= NEAR && (!isActor(node) || !shown.nodes.has(id) || own.length < 12)) {
      const isOwn = (edge) => own.includes(other(edge, id));
      around(id, (edge) => ["party", "topic"].includes(edge.relation) && isOwn(edge));
      own.forEach((agreement) => around(agreement.id, (edge) => edge.relation === "party"));
    }
    if (!node.opens && node.kind !== "agreement" && node.kind !== "topic") {
      node.edges.filter((edge) => !edge.agreements && edge.layers.length < 3).forEach(add);
    }
    return found;
  }

  const NOTHING = { nodes: new Set(), edges: new Set(), agreements: new Set(), matching: new Set(),
    undated: new Set() };
  let filtered = NOTHING, shown = NOTHING;

  const union = (one, two) => new Set([...one, ...two]);
  // What the filters leave, and what lies around the thing or tie that is open.
  function shownWith(id) {
    const edge = edges.get(id);
    const extra = edge ? { nodes: new Set([edge.from, edge.to]), edges: new Set([id]) } : near(id);
    const more = { ...filtered, nodes: union(filtered.nodes, extra.nodes),
      edges: union(filtered.edges, extra.edges) };
    // Agreements that are drawn need no line to stand for them.
    const drawn = (each) => each.agreements?.every((agreement) => more.nodes.has(agreement.id));
    more.edges = new Set([...more.edges].filter((each) => each === id || !drawn(edges.get(each))));
    return more;
  }
  // Shows a thing or tie (an id, or "") with what lies around it; says so if filters hid it.
  function open(id) {
    const hidden = id && !filtered.nodes.has(id) && !filtered.edges.has(id);
    shown = filtered;
    shown = id ? shownWith(id) : filtered;
    canvas.show(shown);
    const name = nodes.get(id);
    const usual = name && !name.opens && ["agreement", "topic"].includes(name.kind);
    if (hidden && name && !usual) tell(say("filters.revealed", { name: shortened(name, 80) }));
  }

  function apply() {
    const chosen = choice();
    filtered = visible(chosen);
    for (const entry of all(".entry", form)) {
      entry.classList.toggle("unticked", !entry.querySelector("input").checked);
    }
    const { selected, edge } = canvas.state;
    const still = (id) => filtered.nodes.has(id) || filtered.edges.has(id);
    if ((selected || edge) && !still(selected || edge)) Citypact.panels.close();
    shown = filtered;
    if (canvas.state.selected || canvas.state.edge) shown = shownWith(canvas.state.selected || canvas.state.edge);
    const kinds = new Set([...shown.nodes].map((id) => nodes.get(id).kind));
    for (const guest of all(".guest", form)) {
      guest.classList.toggle("absent", !kinds.has(guest.dataset.kind));
    }
    canvas.show(shown);
    count(chosen);
    Citypact.tables.refresh();
    Citypact.address.remember();
  }

  function count(chosen) {
    const numbers = { agreements: 0, actors: 0, topics: 0, others: 0, ties: filtered.edges.size };
    for (const id of filtered.nodes) {
      const { kind } = nodes.get(id);
      if (isActor(nodes.get(id))) numbers.actors += 1;
      else if (kind === "topic") numbers.topics += 1;
      else if (kind !== "agreement") numbers.others += 1;
    }
    numbers.agreements = filtered.agreements.size;
    const parts = Object.entries(numbers).filter(([name, n]) => n || !["others", "topics"].includes(name))
      .map(([name, n]) => message(`shown.${name}`, { n }));
    const label = message("shown.label");
    const joined = (language) => `${label[language]}: ${parts.map((words) => words[language]).join(" · ")}`;
    $("count").replaceChildren(bi({ ko: joined("ko"), en: joined("en") }));
    $("nothing").hidden = filtered.nodes.size > 0;
    if (!$("undated")) return;
    $("undated-entry").hidden = !chosen.years;
    $("undated-count").textContent = String(filtered.undated.size);
  }

  // The filters as the address holds them: what differs from the page as it opens.
  function asked() {
    const parts = {};
    const changed = (name, on) => boxes(name).filter((box) =>
      box.checked === on && box.defaultChecked !== on).map((box) => box.value).join(",");
    const put = (name, value) => { if (value) parts[name] = value; };
    put("show", changed("kind", true));
    put("hide", changed("kind", false));
    put("without", changed("form", false));
    put("untied", changed("tie", false));
    put("topic", $("topic").value);
    for (const name of ["from", "to"]) put(name, $(name)?.value);
    put("undated", $("undated")?.checked ? "1" : "");
    return parts;
  }
  function restore(parts) {
    form.reset();
    const values = (name) => (parts.get(name) || "").split(",");
    for (const box of boxes("kind")) {
      if (values("show").includes(box.value)) box.checked = true;
      if (values("hide").includes(box.value)) box.checked = false;
    }
    for (const box of boxes("form")) if (values("without").includes(box.value)) box.checked = false;
    for (const box of boxes("tie")) if (values("untied").includes(box.value)) box.checked = false;
    const options = all("option", $("topic")).map((option) => option.value);
    if (options.includes(parts.get("topic"))) $("topic").value = parts.get("topic");
    for (const name of ["from", "to"]) {
      if ($(name) && /^\d{1,4}$/.test(parts.get(name) || "")) $(name).value = parts.get(name);
    }
    if ($("undated")) $("undated").checked = parts.get("undated") === "1";
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  $("filters-reset").addEventListener("click", () => { form.reset(); apply(); canvas.fit(); });

  let fading = 0;
  function tell(words) {
    $("message").replaceChildren(words);
    clearTimeout(fading);
    fading = setTimeout(() => $("message").replaceChildren(), 8000);
  }

  return { apply, open, asked, restore, shown: () => shown, filtered: () => filtered };
})();
