// The tabs: the network or its tables. On a phone the page opens with the table.
"use strict";

Citypact.tabs = (() => {
  const { $ } = Citypact.elements;
  const tabs = ["picture", "table"];
  let current = "";
  function turnTo(name) {
    const changed = name !== current;
    current = name;
    for (const tab of tabs) {
      const chosen = tab === name;
      $(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
      $(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
      $(`view-${tab}`).classList.toggle("away", !chosen);
    }
    document.documentElement.classList.toggle("with-table", name === "table");
    if (changed || name === "table") Citypact.tables.refresh();
    Citypact.address.remember();
  }
  tabs.forEach((name, place) => {
    $(`tab-${name}`).addEventListener("click", () => turnTo(name));
    $(`tab-${name}`).addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const next = tabs[(place + 1) % tabs.length];
      turnTo(next);
      $(`tab-${next}`).focus();
    });
  });
  const usual = () => (matchMedia("(max-width: 640px)").matches ? "table" : "picture");
  return { turnTo, usual, open: () => current };
})();
