// Keys and buttons: moving between nodes, zoom, help, print, and the drawer of the filters.
"use strict";

(() => {
  const { nodes } = Citypact.data;
  const { canvas, filters, language, panels } = Citypact;
  const { $, kindOf, say, shortened } = Citypact.elements;
  const help = $("help");
  const toggleHelp = () => (help.open ? help.close() : help.showModal());
  $("help-open").addEventListener("click", toggleHelp);
  $("help-close").addEventListener("click", () => help.close());
  $("zoom-in").addEventListener("click", () => canvas.zoom(1.3));
  $("zoom-out").addEventListener("click", () => canvas.zoom(1 / 1.3));
  $("zoom-fit").addEventListener("click", () => canvas.fit());

  function focusOn(id) {
    canvas.set({ focused: id });
    if (!id) return;
    canvas.bring(id);
    const node = nodes.get(id);
    const ties = node.edges.filter((edge) => filters.shown().edges.has(edge.id)).length;
    $("reader").replaceChildren(say("network.focused",
      { name: shortened(node, 200), kind: kindOf(node), n: ties }));
  }
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.host.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in ARROWS) focusOn(canvas.step(...ARROWS[event.key]));
    else if (event.key === "Home") focusOn(canvas.start());
    else if (event.key === "Enter" || event.key === " ") {
      if (canvas.state.focused) panels.select(canvas.state.focused, { focus: true });
    } else return;
    event.preventDefault();
  });
  canvas.host.addEventListener("focus", () => {
    if (canvas.host.matches(":focus-visible") && !canvas.state.focused) focusOn(canvas.start());
    else canvas.stage.redraw();
  });
  canvas.host.addEventListener("blur", () => canvas.stage.redraw());

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input[type=text], input[type=number], select, dialog[open]");
    if (event.key === "Escape" && !help.open) {
      if (isDrawn()) drawer(false);
      else panels.close();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      "/": () => $("query").focus(), "?": toggleHelp, "+": () => canvas.zoom(1.3),
      "=": () => canvas.zoom(1.3), "-": () => canvas.zoom(1 / 1.3), 0: () => canvas.fit(),
    }[event.key] || (event.code === "KeyL" && // the same key, whatever alphabet it types
      (() => language.speak(language.speaks() === "ko" ? "en" : "ko")));
    if (!act) return;
    event.preventDefault();
    act();
  });

  // On narrow screens legend and filters are in a drawer.
  const isDrawn = () => document.documentElement.classList.contains("with-filters");
  function pull(open) {
    document.documentElement.classList.toggle("with-filters", open);
    $("filters-open").setAttribute("aria-expanded", String(open));
  }
  function drawer(open) {
    pull(open);
    if (open) panels.close();
    (open ? $("filters-close") : $("filters-open")).focus();
  }
  $("filters-open").addEventListener("click", () => drawer(!isDrawn()));
  $("filters-close").addEventListener("click", () => drawer(false));
  $("query").addEventListener("focus", () => pull(false)); // what is found would lie behind it
})();
