// The words of a page in Korean and English, from the messages of its words.toml.
"use strict";

// Returns a function of the id of a message and its fields that gives { ko, en }.
function pageWords(messages) {
  const plural = new Intl.PluralRules("en");
  function shown(value, language) {
    // What toLocaleString writes; its first call takes 20 ms.
    if (Number.isInteger(value)) return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
    return typeof value === "object" ? value[language] : String(value);
  }
  function filled(text, fields, language) {
    const chosen = typeof text === "string" ? text : text[plural.select(fields.n)];
    return chosen.replace(/\{(\w+)\}/g, (_, name) => shown(fields[name], language));
  }
  return (id, fields = {}) => ({ ko: filled(messages[id].ko, fields, "ko"),
    en: filled(messages[id].en, fields, "en") });
}
