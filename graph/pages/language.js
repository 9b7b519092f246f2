// The language in which a page opens: the one its address asks for, else the browser's, else the
// one it was written in.
"use strict";

function openingLanguage(written) {
  const known = (language) => ["ko", "en"].includes(language);
  const asked = [location.hash.slice(1), location.search]
    .map((part) => new URLSearchParams(part).get("lang")).find(known);
  const browser = navigator.language.slice(0, 2).toLowerCase();
  return asked || (known(browser) ? browser : written);
}
