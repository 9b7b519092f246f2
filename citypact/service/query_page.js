// Starts YASGUI so that it asks this server alone: no prefix.cc, no Linked Open Vocabularies.
"use strict";
(function () {
  const endpoint = new URL("/sparql", window.location.href).href;
  const { Yasqe } = Yasgui;
  Yasqe.defaults.autocompleters = ["variables", "prefixes"];
  Yasqe.defaults.prefixCcApi = "/sparql/prefixes.json";
  const examples = [...document.getElementById("examples").content.querySelectorAll("pre")];
  Yasqe.defaults.value = examples.length ? examples[0].textContent : "SELECT * { ?s ?p ?o } LIMIT 10";
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
})();
