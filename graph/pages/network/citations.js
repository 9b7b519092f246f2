// The sources of the open panel as citations, to be copied: as text, BibTeX or CSL-JSON.
"use strict";

Citypact.citations = (() => {
  const { canvas, panelData } = Citypact;
  const { $, all, say } = Citypact.elements;
  const place = $("cite"), area = $("cite-text"), said = $("cite-said");
  let sources = [];

  // Offers the sources of sections: of their claims, and documents that are rows themselves.
  function offer(sections) {
    const named = sections.flatMap(({ rows }) => rows.flatMap((row) =>
      [row.source, ...[row, ...row.others].flatMap(({ claims }) =>
        claims.map((claim) => claim.source))]));
    sources = [...new Set(named)].filter((number) => number >= 0).sort((a, b) => a - b);
    place.hidden = !sources.length;
    area.hidden = true;
    said.replaceChildren();
  }

  function written(style) {
    const citations = sources.map((number) => panelData.citations()[number]);
    if (style === "csl-json") return `${JSON.stringify(citations.map((each) => each.csl), null, 1)}\n`;
    const form = style === "text" ? canvas.state.language : style;
    return citations.map((each) => `${each[form]}\n`).join(style === "bibtex" ? "\n" : "");
  }

  async function copy(style) {
    const text = written(style);
    area.hidden = true;
    try {
      await navigator.clipboard.writeText(text);
      said.replaceChildren(say("cite.copied", { n: sources.length }));
    } catch {
      // A page inside a frame may not write to the clipboard: the reader copies it.
      area.value = text;
      area.hidden = false;
      area.focus();
      area.select();
      said.replaceChildren(say("cite.select"));
    }
  }

  for (const button of all("#cite button")) {
    button.addEventListener("click", () => copy(button.dataset.style));
  }
  return { offer };
})();
