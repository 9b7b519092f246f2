// The tabs: the network or its tables.
"use strict";

Citypact.tabs = (() => {
  const { $ } = Citypact.elements;
  const tabs = ["picture", "table"];
  function turnTo(name) {
    for (const tab of tabs) {
      const chosen = tab === name;
      $(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
      $(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
      $(`view-${tab}`).classList.toggle("away", !chosen);
    }
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
  return { turnTo };
})();
