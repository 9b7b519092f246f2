// The language of the page: Korean or English.
"use strict";

Citypact.language = (() => {
  const { page } = Citypact.data;
  const { canvas } = Citypact;
  const { all } = Citypact.elements;
  const speaks = () => canvas.state.language;

  function speak(language) {
    document.documentElement.lang = language;
    document.title = page.title[language].slice(0, 200);
    for (const element of all("[data-ko]")) element.textContent = element.dataset[language];
    for (const [attribute, name] of [["aria-label", "Label"], ["placeholder", "Hint"]]) {
      for (const element of all(`[data-ko-${name.toLowerCase()}]`)) {
        element.setAttribute(attribute, element.dataset[language + name]);
      }
    }
    for (const button of all("[data-speak]")) {
      button.setAttribute("aria-pressed", String(button.dataset.speak === language));
    }
    canvas.set({ language });
    Citypact.address.remember();
  }
  for (const button of all("[data-speak]")) {
    button.addEventListener("click", () => speak(button.dataset.speak));
  }
  return { speak, speaks };
})();
