// Lets the reader choose the language; the page says everything in both.
(() => {
  const buttons = [...document.querySelectorAll("[data-speak]")];
  const speak = (language) => {
    document.documentElement.lang = language;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.speak === language));
    }
    for (const element of document.querySelectorAll("[data-ko-label]")) {
      element.setAttribute("aria-label", element.dataset[language + "Label"]);
    }
    document.dispatchEvent(new CustomEvent("language", { detail: language }));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => speak(button.dataset.speak));
  }
  speak(document.documentElement.lang === "en" ? "en" : "ko");
})();
