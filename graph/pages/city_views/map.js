// The world map: cities, ties as great circles, and groups where there are many cities.
"use strict";

(() => {
  const { $, el, bi, say, message, data, number, speaks } = Page;
  const { project, wrapped, arc, distance } = Projection;
  const { many: MANY, cell: CELL, bundles: BUNDLES } = data.limits;
  const { cities, links } = data;
  const size = cities.key.length;
  const byKey = new Map(cities.key.map((key, i) => [key, i]));
  const name = (i) => ({ ko: cities.ko[i], en: cities.en[i] || cities.ko[i] });
  const countryOf = (i) => cities.countries[cities.country[i]];
  const isPlaced = (i) => cities.latitude[i] !== null;
  const latitude = (i) => cities.latitude[i] / 1000, longitude = (i) => cities.longitude[i] / 1000;
  const count = (what, n) => message(`counts.${what}`, { n });

  let centre = data.centres[data.centre];
  let selected = -1, hovered = null, relation = -1, until = 9999;
  let camera = null;

  // What depends on the centre and on the filters --------------------------------------------
  const x = new Float64Array(size), y = new Float64Array(size);
  let ground = null, shores = null, levels = new Map(), chosen = [], partners = [], order = [];
  let arcs = new Map();

  function place() {
    for (let i = 0; i < size; i += 1) {
      [x[i], y[i]] = isPlaced(i)
        ? project(latitude(i), wrapped(longitude(i), centre), centre) : [NaN, NaN];
    }
    arcs = new Map();
    levels = new Map();
    ({ globe: ground, shores } = Basemap(data.land, data.unit, centre));
  }
  function choose() {
    chosen = [];
    partners = Array.from({ length: size }, () => []);
    links.from.forEach((from, i) => {
      if (relation >= 0 && links.relation[i] !== relation) return;
      if (links.year[i] > until) return;
      if (until < 9999 && !links.year[i]) return;
      chosen.push(i);
      partners[from].push([links.to[i], i]);
      if (links.to[i] !== from) partners[links.to[i]].push([from, i]);
    });
    order = [...Array(size).keys()].filter((i) => isPlaced(i) && partners[i].length)
      .sort((a, b) => partners[b].length - partners[a].length || a - b);
    levels = new Map();
  }
  function arcOf(i) {
    const [a, b] = [links.from[i], links.to[i]];
    if (!isPlaced(a) || !isPlaced(b)) return [];
    if (!arcs.has(i)) {
      arcs.set(i, arc(latitude(a), longitude(a), latitude(b), longitude(b), centre));
    }
    return arcs.get(i);
  }

  // Level of detail: single cities, or groups of cities and bundles of ties between them ------
  function inSight(i, margin = 0) {
    const [px, py] = [camera.toX(x[i]), camera.toY(y[i])];
    return px > -margin && py > -margin && px < camera.width + margin && py < camera.height + margin;
  }
  const isCrowded = () => {
    if (order.length <= MANY) return false;
    let seen = 0;
    for (const i of order) if (inSight(i) && (seen += 1) > MANY) return true;
    return false;
  };
  function grouped() {
    const level = Math.floor(Math.log2(camera.scale));
    if (!levels.has(level)) {
      const cities = order.map((i) => ({ i, x: x[i], y: y[i], latitude: latitude(i),
        longitude: wrapped(longitude(i), centre) }));
      const ends = chosen.map((i) => [links.from[i], links.to[i]]);
      levels.set(level, CityGroups(cities, ends, CELL / 2 ** level / 1.4, centre));
    }
    return levels.get(level);
  }
  // Drawing ---------------------------------------------------------------------------------
  function trace(context, lines) {
    for (const line of lines) {
      context.moveTo(camera.toX(line[0]), camera.toY(line[1]));
      for (let i = 2; i < line.length; i += 2) {
        context.lineTo(camera.toX(line[i]), camera.toY(line[i + 1]));
      }
    }
  }
  function isSeen(lines) {
    for (const line of lines) {
      let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
      for (let i = 0; i < line.length; i += 2) {
        left = Math.min(left, line[i]);
        right = Math.max(right, line[i]);
        top = Math.min(top, line[i + 1]);
        bottom = Math.max(bottom, line[i + 1]);
      }
      if (camera.toX(left) < camera.width && camera.toX(right) > 0
        && camera.toY(top) < camera.height && camera.toY(bottom) > 0) return true;
    }
    return false;
  }
  // In many short paths: a canvas takes far longer for one long path.
  function strokes(context, all, width, alpha, colour) {
    context.strokeStyle = colour;
    context.globalAlpha = alpha;
    context.lineWidth = width;
    for (let start = 0; start < all.length; start += 200) {
      context.beginPath();
      for (const lines of all.slice(start, start + 200)) trace(context, lines);
      context.stroke();
    }
    context.globalAlpha = 1;
  }
  const radius = (i) => Math.min(9, (order.length > 200 ? 2.6 : 3.6) + 0.75 * Math.sqrt(partners[i].length))
    * Math.min(1.25, Math.max(order.length > MANY ? 0.75 : 1, camera.scale / 1200));
  const groupRadius = (each) => Math.min(CELL * 0.72, 2 + 0.8 * Math.sqrt(each.members.length));

  let shownDots = [];  // what can be pointed at: { x, y, r, city } or { x, y, r, group }

  function draw(context) {
    const colours = Page.colours();
    drawGround(context, colours);
    context.save();
    context.beginPath();
    clip(context);
    const dim = selected >= 0 ? 0.35 : 1;
    const labels = [];
    shownDots = [];
    const crowded = isCrowded();
    const drawn = crowded ? drawGroups(context, colours, dim, labels) : 0;
    if (!crowded) drawEach(context, colours, dim, labels);
    if (selected >= 0) drawSelected(context, colours, labels);
    context.restore();
    LabelPlacement.draw(context, labels, colours, { most: camera.width < 500 ? 26 : 70, taken: taken() });
    if (!camera.isMoving) sayCount(crowded, drawn);
  }
  function taken() {
    const whole = $("canvas").getBoundingClientRect();
    return ["controls", "status"].map((id) => $(id).getBoundingClientRect()).filter((b) => b.width)
      .map((b) => [b.left - whole.left, b.top - whole.top, b.right - whole.left, b.bottom - whole.top]);
  }
  function sheet(context) {
    const { scale } = camera;
    context.setTransform(devicePixelRatio * scale, 0, 0, devicePixelRatio * scale,
      devicePixelRatio * camera.toX(0), devicePixelRatio * camera.toY(0));
  }
  function clip(context) {
    sheet(context);
    context.clip(ground);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  }
  function drawGround(context, colours) {
    context.save();
    sheet(context);
    context.fillStyle = colours.sea;
    context.fill(ground);
    context.clip(ground);
    context.fillStyle = colours.land;
    context.fill(shores);
    context.lineJoin = "round";
    context.strokeStyle = colours.border;
    context.lineWidth = 0.8 / camera.scale;
    context.stroke(shores);
    context.restore();
    context.save();
    sheet(context);
    context.strokeStyle = colours.shore;
    context.lineWidth = 1 / camera.scale;
    context.stroke(ground);
    context.restore();
  }
  function dot(context, px, py, r, fill, halo) {
    context.beginPath();
    context.arc(px, py, r, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = halo;
    context.stroke();
  }
  function drawEach(context, colours, dim, labels) {
    const seen = order.filter((i) => inSight(i, 20));
    const visible = new Set(seen);
    const few = order.length <= MANY;
    const lines = [];
    for (const i of chosen) {
      if (!few && !visible.has(links.from[i]) && !visible.has(links.to[i])) continue;
      const arcs = arcOf(i);
      if (arcs.length && isSeen(arcs)) lines.push(arcs);
    }
    const alpha = lines.length > 1500 ? 0.22 : lines.length > 300 ? 0.4 : 0.65;
    strokes(context, lines, lines.length > 300 ? 0.9 : 1.5, alpha * dim, colours.arc);
    context.globalAlpha = dim;
    for (const i of [...seen].reverse()) {
      const at = { x: camera.toX(x[i]), y: camera.toY(y[i]), r: radius(i), city: i };
      dot(context, at.x, at.y, at.r, colours.dot, colours.halo);
      shownDots.push(at);
    }
    context.globalAlpha = 1;
    if (selected < 0) {
      for (const i of seen.slice(0, 300)) {
        labels.push({ text: name(i)[speaks()], x: camera.toX(x[i]), y: camera.toY(y[i]),
          r: radius(i), px: i === order[0] && few ? 14 : 12, bold: i === order[0] && few });
      }
    }
  }
  // Returns the number of ties in the bundles that are drawn.
  function drawGroups(context, colours, dim, labels) {
    const { groups, bundles } = grouped();
    const weights = [[], [], [], []];
    let drawn = 0, held = 0;
    for (const bundle of bundles) {
      // A part of them while the map moves.
      if (drawn >= (camera.isMoving ? BUNDLES / 4 : BUNDLES)) break;
      const [a, b] = [groups[bundle.a], groups[bundle.b]];
      bundle.lines ||= arc(a.lat, a.lon, b.lat, b.lon, centre);
      if (!isSeen(bundle.lines)) continue;
      drawn += 1;
      held += bundle.n;
      weights[bundle.n >= 40 ? 3 : bundle.n >= 12 ? 2 : bundle.n >= 4 ? 1 : 0].push(bundle.lines);
    }
    [[0.8, 0.16], [1.2, 0.26], [2.2, 0.4], [4, 0.55]].forEach(([width, alpha], i) =>
      strokes(context, weights[i], width, alpha * dim, colours.arc));
    const seen = groups.filter((each) => {
      const [px, py] = [camera.toX(each.x), camera.toY(each.y)];
      return px > -20 && py > -20 && px < camera.width + 20 && py < camera.height + 20;
    });
    context.globalAlpha = dim * 0.92;
    for (const each of seen) {
      const at = { x: camera.toX(each.x), y: camera.toY(each.y), r: groupRadius(each),
        group: each };
      if (each.members.length === 1) Object.assign(at, { city: each.members[0], group: null });
      dot(context, at.x, at.y, at.r, colours.dot, colours.halo);
      shownDots.push(at);
    }
    context.globalAlpha = 1;
    if (selected >= 0) return held;
    const first = [...seen].sort((p, q) => q.members.length - p.members.length
      || p.members[0] - q.members[0]);
    for (const each of first.slice(0, 250)) {
      labels.push({ text: name(chief(each))[speaks()], x: camera.toX(each.x), y: camera.toY(each.y),
        r: groupRadius(each) });
    }
    return held;
  }
  function drawSelected(context, colours, labels) {
    const lines = partners[selected].map(([, i]) => arcOf(i)).filter((arcs) => arcs.length);
    strokes(context, lines, 2, 0.9, colours.strong);
    const ends = [...partners[selected].map(([other]) => other), selected];
    for (const i of ends) {
      if (!isPlaced(i)) continue;
      const at = { x: camera.toX(x[i]), y: camera.toY(y[i]), r: i === selected ? 8 : 4.5, city: i };
      dot(context, at.x, at.y, at.r, colours.strong, colours.halo);
      shownDots.push(at);
    }
    for (const i of [selected, ...order.filter((j) => ends.includes(j) && j !== selected)]) {
      if (!isPlaced(i) || !inSight(i, 60)) continue;
      labels.push({ text: name(i)[speaks()], x: camera.toX(x[i]), y: camera.toY(y[i]),
        r: i === selected ? 8 : 4.5, bold: i === selected, px: i === selected ? 14 : 12 });
    }
  }

  function sayCount(crowded, drawn) {
    if (!order.length) Page.status(message("status.unplaced"));
    else if (crowded) {
      const { groups, within, apart } = grouped();
      const rest = chosen.length - drawn - within - apart;
      const words = message("status.grouped", { cities: count("cities", order.length),
        dots: count("dots", groups.length), drawn, within });
      Page.status(rest ? message("status.grouped_more", { grouped: words, rest }) : words);
    } else {
      const seen = order.filter((i) => inSight(i)).length;
      Page.status(message("status.each", { cities: count("cities", seen) }));
    }
  }

  // Pointing and choosing -------------------------------------------------------------------
  function point(px, py, reach = 8) {
    let best = null, nearest = Infinity;
    for (let i = shownDots.length - 1; i >= 0; i -= 1) {
      const at = shownDots[i];
      const far = Math.hypot(at.x - px, at.y - py) - at.r;
      if (far < nearest - 0.01 && far < reach) [best, nearest] = [at, far];
    }
    if (!best || best.group) return best;
    // Cities at the same point form a group.
    const same = [...new Set(shownDots.filter((at) => at.city !== undefined && !at.group
      && Math.hypot(at.x - best.x, at.y - best.y) < 1).map((at) => at.city))];
    return same.length > 1 ? { ...best, group: { members: same, inside: 0, same: true } } : best;
  }
  // A group is named after its largest city, or else the one with the most partner cities.
  const people = cities.population;
  const chief = ({ members }) =>
    members.reduce((best, i) => ((people[i] || 0) > (people[best] || 0) ? i : best), members[0]);
  const groupWords = (group) =>
    message("panel.group", { city: name(chief(group)), n: group.members.length - 1 });
  function hover(at, px, py) {
    if (!at) return Page.hint(null);
    const n = at.group ? 0 : partners[at.city].length;
    return Page.hint(at.group ? [groupWords(at.group)] : [name(at.city), countryOf(at.city),
      count("partners", n)], px, py);
  }
  function tap(at) {
    Page.hint(null);
    if (!at) Panel.close();
    else if (at.group) openGroup(at.group);
    else select(cities.key[at.city]);
  }
  function openGroup(group) {
    const { members, inside, same } = group;
    selected = -1;
    const box = bounds(members);
    const shown = members.slice(0, 100);
    Panel.show("", message("panel.nearby"), groupWords(group), [
      ...(same ? [] : [{ button: { words: message("panel.zoom"),
        run: () => { Panel.close(); camera.fit(box, 60); } },
      more: inside ? count("ties_inside", inside) : undefined }]),
      { heading: message("panel.order"),
        rows: shown.map((i) => ({ key: cities.key[i], name: name(i),
          note: { ko: number(partners[i].length), en: number(partners[i].length) } })),
        more: members.length > shown.length ? count("more", members.length - shown.length) : undefined }]);
    camera.redraw();
  }
  function bounds(members) {
    const placed = members.filter(isPlaced);
    const [xs, ys] = [placed.map((i) => x[i]), placed.map((i) => y[i])];
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    return { left, right, top, bottom };
  }
  function select(key) {
    const i = byKey.get(key);
    if (i === undefined) return;
    selected = i;
    const found = [...partners[i]].sort((p, q) => partners[q[0]].length - partners[p[0]].length
      || p[0] - q[0]);
    const countries = new Set(found.map(([other]) => cities.country[other])).size;
    const note = ([other, link]) => {
      const far = isPlaced(i) && isPlaced(other)
        ? ` · ${number(Math.round(distance(latitude(i), longitude(i), latitude(other),
          longitude(other))))} km` : "";
      const year = links.year[link] ? ` · ${links.year[link]}` : "";
      const what = links.relations.length > 1 || year ? links.relations[links.relation[link]] : null;
      const also = (lang) => (what && what[lang] ? `${what[lang]}${year}, ` : "");
      return { ko: also("ko") + countryOf(other).ko + far, en: also("en") + countryOf(other).en + far };
    };
    Panel.show(key, countryOf(i), name(i), [{
      heading: message("panel.partners",
        { partners: count("partners", found.length), countries: count("countries", countries) }),
      rows: found.map((pair) => ({ key: cities.key[pair[0]], name: name(pair[0]), note: note(pair),
        sources: Page.sources(key, cities.key[pair[0]]) })),
      button: isPlaced(i) ? { words: message("panel.centre"),
        run: () => { turnTo(Math.round(longitude(i))); camera.fit(); } } : undefined,
      more: isPlaced(i) ? undefined : message("panel.unplaced"),
    }]);
    if (isPlaced(i)) camera.bring(x[i], y[i]);
    camera.redraw();
  }
  function deselect() {
    selected = -1;
    camera.redraw();
  }
  const entries = () => cities.key.map((key, i) => ({ key, name: name(i), note: countryOf(i),
    others: cities.aliases[i], weight: partners[i].length }));

  // Controls ----------------------------------------------------------------------------------
  function controls() {
    const pair = el("div", { class: "pair", role: "group" });
    for (const key of ["pacific", "atlantic"]) {
      const button = el("button", { type: "button", "data-centre": key,
        "aria-pressed": String(key === data.centre) }, say(`controls.${key}`));
      button.addEventListener("click", () => { turnTo(data.centres[key]); camera.fit(); });
      pair.append(button);
    }
    $("controls").append(pair);
    if (links.relations.length > 1) {
      const list = el("select", {}, option(-1, message("controls.relations_all")),
        ...links.relations.map((words, i) => option(i, words)));
      list.addEventListener("change", () => { relation = Number(list.value); change(); });
      $("controls").append(el("label", {}, el("span", { class: "reader" }, say("controls.relation")), list));
    }
    const years = links.year.filter(Boolean);
    if (years.length > 1 && Math.min(...years) < Math.max(...years)) {
      const [from, to] = [Math.min(...years), Math.max(...years)];
      const slider = el("input", { type: "range", min: from, max: to + 1, value: to + 1, id: "until" });
      const said = el("output", {}, say("controls.any_year"));
      slider.addEventListener("input", () => {
        const all = Number(slider.value) > to;
        until = all ? 9999 : Number(slider.value);
        said.replaceChildren(all ? say("controls.any_year") : say("controls.until", { year: String(until) }));
        change();
      });
      $("controls").append(el("label", {}, el("span", {}, say("controls.since")), slider, said));
    }
  }
  function turnTo(meridian) {
    centre = meridian;
    for (const button of document.querySelectorAll("[data-centre]")) {
      button.setAttribute("aria-pressed", String(data.centres[button.dataset.centre] === centre));
    }
    place();
    camera.world(world());
  }
  function option(value, words) {
    return el("option", { value, "data-ko": words.ko, "data-en": words.en }, words[speaks()]);
  }
  function change() {
    choose();
    if (selected >= 0) select(cities.key[selected]);
    camera.redraw();
  }

  // The globe without the far south and north, unless cities are there.
  function world() {
    const [south, north] = [Math.max(...y.filter(Number.isFinite), project(-57, 0, 0)[1]),
      Math.min(...y.filter(Number.isFinite), project(80, 0, 0)[1])];
    const room = 0.04;
    return { left: -Projection.HALF_WIDTH, right: Projection.HALF_WIDTH, top: north - room,
      bottom: south + room };
  }
  place();
  choose();
  camera = Camera(world(), () => 9000,
    { draw, point, hover, tap });
  controls();
  if (order.length > MANY && camera.width < 600) {
    // Many cities on a narrow screen: zoom in to where most of them are.
    const xs = order.map((i) => x[i]).sort((a, b) => a - b);
    const middle = xs[Math.floor(xs.length / 2)], half = Projection.HALF_WIDTH * 0.42;
    camera.fit({ ...world(), left: middle - half, right: middle + half }, 0);
  }
  Page.begin({ select, deselect, entries, redraw: camera.redraw });
  // For tests and for pages that embed this one.
  window.citypact = {
    state: () => ({ cities: size, placed: cities.key.filter((_, i) => isPlaced(i)).length,
      links: chosen.length, selected: selected < 0 ? "" : cities.key[selected],
      crowded: isCrowded(), scale: camera.scale }),
    where: (key) => {
      const i = byKey.get(key), box = $("canvas").getBoundingClientRect();
      return { x: box.left + camera.toX(x[i]), y: box.top + camera.toY(y[i]) };
    },
    groups: () => {
      const { groups, bundles, within, apart } = grouped();
      return { cities: groups.reduce((sum, each) => sum + each.members.length, 0),
        between: bundles.reduce((sum, each) => sum + each.n, 0), within, apart };
    },
    projection: Projection,
  };
})();
