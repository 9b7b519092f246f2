// Elements of a page, and words in both languages. Text enters only through textContent.
"use strict";

// Returns functions that make and find elements; messages are those of the page's words.toml.
function pageElements(messages) {
  const message = pageWords(messages);
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  }
  // Words in both languages; the style sheet shows the one that the page speaks.
  const bi = (words) => {
    const fragment = document.createDocumentFragment();
    for (const lang of ["ko", "en"]) fragment.append(el("bdi", { class: lang, lang }, words[lang]));
    return fragment;
  };
  // A message of words.toml with its fields.
  const say = (id, fields) => bi(message(id, fields));

  // Sets the language of the page where the style sheet can't: title, labels, hints, options.
  function speak(language, title) {
    document.documentElement.lang = language;
    document.title = title[language].slice(0, 200);
    for (const element of all("[data-ko]")) element.textContent = element.dataset[language];
    for (const [attribute, name] of [["aria-label", "Label"], ["placeholder", "Hint"]]) {
      for (const element of all(`[data-ko-${name.toLowerCase()}]`)) {
        element.setAttribute(attribute, element.dataset[language + name]);
      }
    }
    for (const button of all("[data-speak]")) {
      button.setAttribute("aria-pressed", String(button.dataset.speak === language));
    }
  }
  return { $, all, el, bi, say, message, speak };
}
