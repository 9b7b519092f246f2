// Starts YASGUI so that it asks this server alone: no prefix.cc, no Linked Open Vocabularies.
"use strict";
(function () {
  const endpoint = new URL("/sparql", window.location.href).href;
  const { Yasqe, Yasr } = Yasgui;
  Yasr.defaults.plugins.table.dynamicConfig = { compact: true, isEllipsed: false, pageSize: 50 };
  Yasqe.defaults.autocompleters = ["variables", "prefixes"];
  Yasqe.defaults.prefixCcApi = "/sparql/prefixes.json";
  const examples = [...document.getElementById("examples").content.querySelectorAll("pre")];
  Yasqe.defaults.value = examples.length ? examples[0].textContent : "SELECT * { ?s ?p ?o } LIMIT 10";
  speakKorean(JSON.parse(document.getElementById("words").textContent));
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    persistenceId: "citypact",
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
  });
  // The tabs of an earlier visit stay as they were left; a first visit gets the examples.
  const tabOf = (example) => ({
    requestConfig: { endpoint },
    yasqe: { value: example.textContent },
  });
  const isFirst = Object.keys(yasgui._tabs).length <= 1 && !localStorage.getItem("citypact-seen");
  if (isFirst) {
    localStorage.setItem("citypact-seen", "1");
    examples.forEach((example, at) => {
      // The editor of a tab is made when the tab is shown: until then its text is in its state.
      const tab = at ? yasgui.addTab(false, tabOf(example)) : yasgui.getTab();
      tab.setName(example.dataset.title);
    });
  }

  // Says what YASGUI says in the words of the page; it has no languages of its own.
  function speakKorean(words) {
    if (!Object.keys(words).length) return;
    const spoken = (text) => {
      const numbers = [...text.matchAll(/[\d.,]*\d/g)].map(([number]) => number);
      const said = words[text.trim().replace(/[\d.,]*\d/g, "#")];
      return said && said.replace(/#/g, () => numbers.shift() ?? "");
    };
    const name = /^(.+): Activate to (sort|remove sorting|invert sorting)$/;
    const translate = (root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest("tbody, .CodeMirror, .tabsList a")) continue;
        const said = spoken(node.data);
        if (said && said !== node.data) node.data = said;
      }
      for (const attribute of ["title", "aria-label", "placeholder"]) {
        for (const element of root.querySelectorAll(`[${attribute}]`)) {
          const text = element.getAttribute(attribute);
          const said = spoken(text) ?? text.replace(name, "$1: 정렬");
          if (said !== text) element.setAttribute(attribute, said);
        }
      }
    };
    const root = document.getElementById("yasgui");
    new MutationObserver(() => translate(root)).observe(root, {
      childList: true, subtree: true, characterData: true,
      attributes: true, attributeFilter: ["title", "aria-label", "placeholder"],
    });
  }
})();
