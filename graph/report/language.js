// Lets the reader choose the language; the page says everything in both.
(() => {
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll("[data-speak]")];
  const speak = (language) => {
    root.lang = language;
    document.title = document.querySelector(`h1 .${language}`).textContent;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.speak === language));
    }
    for (const element of document.querySelectorAll("[data-ko-label]")) {
      element.setAttribute("aria-label", element.dataset[language + "Label"]);
    }
    document.dispatchEvent(new CustomEvent("language", { detail: language }));
  };
  // What the reader chooses stays in the address, and goes along to the other page.
  const choose = (language) => {
    for (const link of document.querySelectorAll('a[href*=".html"]')) {
      link.setAttribute("href", link.getAttribute("href").replace(/\.html(\?[^#]*)?/, `.html?lang=${language}`));
    }
    // A page inside a frame without an address of its own can't keep one.
    try { history.replaceState(null, "", `?lang=${language}${location.hash}`); } catch { /* nothing is lost */ }
    speak(language);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => choose(button.dataset.speak));
  }
  const first = openingLanguage(root.lang);
  if (new URLSearchParams(location.search).get("lang") === first) choose(first);
  else speak(first);
})();
