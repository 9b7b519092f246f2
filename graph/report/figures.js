// Draws each figure when it comes into sight, in the language that the page speaks.
(() => {
  const drawings = JSON.parse(document.getElementById("data").textContent);
  const options = { ast: true, actions: false, renderer: "svg", tooltip: { theme: "light" } };
  const draw = (place) => {
    const language = document.documentElement.lang === "en" ? "en" : "ko";
    if (place.dataset.drawn === language) return;
    place.dataset.drawn = language;
    window.embed(place, drawings[place.dataset.figure][language], options).catch(() => {
      place.textContent = "";
    });
  };
  const places = [...document.querySelectorAll("[data-figure]")];
  const inSight = new Set();
  const watch = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) inSight.add(entry.target);
        else inSight.delete(entry.target);
        if (entry.isIntersecting) draw(entry.target);
      }
    },
    { rootMargin: "400px" },
  );
  places.forEach((place) => watch.observe(place));
  document.addEventListener("language", () => inSight.forEach(draw));
})();
