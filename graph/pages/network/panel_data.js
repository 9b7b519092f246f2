// Panels, the disagreements of sources and citations: read when first needed. See payload.py.
"use strict";

Citypact.panelData = (() => {
  const NONE = { ko: "", en: "" };
  const once = (make) => { let made = null; return () => (made ||= make()); };
  const block = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);
  const tables = once(() => block("panels"));
  const citations = once(() => block("citations").map(([csl, ...texts]) => {
    const [ko, en, bibtex] = texts.map((text) => text.replaceAll("\u0001", csl.URL)
      .replaceAll("\u0002", csl.title));
    return { csl, ko, en, bibtex };
  }));

  function words(place) {
    if (place === undefined) return NONE;
    const found = tables().words[place];
    return typeof found === "string" ? { ko: found, en: found } : { ko: found[0], en: found[1] };
  }
  const web = (place) => (place ? tables().words[place - 1] : "");
  const claims = new Map();
  function claim(place) {
    if (!claims.has(place)) {
      const [document, modality, rank, note, passage, spans, sentence] = tables().claims[place];
      const [title, publisher, published, address, source] = tables().documents[document];
      claims.set(place, { place, document, title: words(title), publisher: words(publisher),
        published, address: web(address), source: source - 1, modality: words(modality), rank: words(rank),
        note: words(note), passage, sentence,
        spans: spans.map(([position, link]) => ({ position, passage: link })) });
    }
    return claims.get(place);
  }
  const others = (list = []) => list.map(([value, said]) =>
    ({ value: words(value), claims: said.map(claim) }));
  function row([label, value, said = [], target = 0, address = 0, source = 0, details = [],
    elsewhere = [], reason]) {
    return { label: words(label), value: words(value), claims: said.map(claim),
      target: target || "", address: web(address), source: source - 1,
      details: details.map(([name, what]) => ({ label: words(name), value: words(what) })),
      others: others(elsewhere), reason: words(reason) };
  }
  const panel = (id) => (tables().panels[id] || []).map(([key, heading, rows]) =>
    ({ key, heading: words(heading), rows: rows.map(row) }));
  const disputes = once(() => tables().disputes.map(([name, target, label, values, reason]) => ({
    name: words(name), target: target || "", label: words(label), reason: words(reason),
    values: values.map(([followed, value, said]) =>
      ({ followed: Boolean(followed), value: words(value), claims: said.map(claim) })),
  })));
  return { panel, disputes, citations };
})();
