// The language of the page: Korean or English.
"use strict";

Citypact.language = (() => {
  const { page } = Citypact.data;
  const { canvas, elements } = Citypact;
  const speaks = () => canvas.state.language;

  function speak(language) {
    elements.speak(language, page.title);
    canvas.set({ language });
    Citypact.tables?.refresh();
    Citypact.address?.remember();
  }
  for (const button of elements.all("[data-speak]")) {
    button.addEventListener("click", () => speak(button.dataset.speak));
  }
  return { speak, speaks };
})();
