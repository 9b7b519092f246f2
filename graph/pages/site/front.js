// The search of the first page: finds things by name and opens their pages.
"use strict";

(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const language = document.documentElement.lang;
  if (data.entry) {
    const wanted = openingLanguage(language);
    if (wanted !== language) return location.replace(`index.${wanted}.html`);
  }
  const elements = pageElements(data.words);
  const { $, el, bi } = elements;
  const names = nameSearch(data.names);
  $("search").hidden = false;

  searchBox({
    elements,
    prepare: () => names.prepare(),
    find: (text) => names.find(text, 12),
    option({ place }) {
      const [key, , first, second] = data.names[place];
      const name = language === "en" && second !== undefined ? second : first;
      return [el("bdi", {}, name),
        el("span", { class: "note" }, bi(data.kinds[key.split("/")[0]]))];
    },
    take: ({ place }) => {
      location.href = `id/${data.names[place][0]}.${language}.html`;
    },
  });
})();
