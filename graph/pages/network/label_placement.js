// The placement of labels: important ones first, without overlap, in a readable size.
"use strict";

Citypact.labelPlacement = (() => {
  const { nodes, isActor } = Citypact.data;
  const FONT = '"Noto Sans KR","NanumGothic","Apple SD Gothic Neo","Malgun Gothic",sans-serif';
  const SMALLEST = { government: 12.5, network: 12, organization: 11.5, topic: 10 };
  // Below these scales, labels of these kinds are omitted in large networks.
  const FROM_SCALE = { topic: 0.45, agreement: 0.45, office: 0.36 };

  // Shapes shrink somewhat more than the view, for labels keep their size and need the room, but
  // stay recognisable: at 4 pixels they shrink more slowly. They grow more slowly, too.
  function radius({ size }, scale) {
    if (scale >= 1) return size * scale ** -0.25;
    return Math.max(size * scale ** 0.1, Math.min(size * scale ** -0.35, 4 / scale));
  }

  const CORNERS = ["right", "left"];
  const widths = new Map();
  let measured = null; // whether the font of `measuring` is bold
  const measuring = document.createElement("canvas").getContext("2d");
  function widthOf(text, bold) {
    const key = (bold ? "b" : "r") + text;
    let width = widths.get(key);
    if (width === undefined) {
      if (bold !== measured) measuring.font = `${bold ? "700" : "400"} 100px ${FONT}`;
      measured = bold;
      width = measuring.measureText(text).width / 100;
      widths.set(key, width);
    }
    return width;
  }

  // The box of a label on the screen, in pixels from the origin.
  function boxOf(node, scale, side, lines) {
    const { font, strong, shape } = node.style;
    // In half pixels, so that few sizes of letters are drawn while zooming.
    const px = Math.round(2 * Math.min(font * 1.5,
      Math.max(SMALLEST[node.kind] || 11, font * scale))) / 2;
    const width = Math.max(0, ...lines.map((line) => widthOf(line, strong))) * px;
    const height = lines.length * px * 1.25;
    const [x, y] = [node.x * scale, node.y * scale];
    if (shape === "pill") {
      return { lines, px, left: x - width / 2 - 7, right: x + width / 2 + 7,
        top: y - height / 2 - 3, bottom: y + height / 2 + 3 };
    }
    const gap = radius(node, scale) * scale + 4;
    const [vertical, horizontal] = side.split(" ");
    const near = vertical && CORNERS.includes(horizontal) ? gap * 0.6 : gap;
    const top = { above: y - near - height, below: y + near }[vertical] ?? y - height / 2;
    const left = { left: x - near - width, right: x + near, begins: x - width / 4,
      ends: x - width * 0.75 }[horizontal] ?? x - width / 2;
    return { lines, px, left, right: left + width, top, bottom: top + height };
  }

  function circle(node, scale) {
    const r = radius(node, scale) * scale;
    return { left: node.x * scale - r, right: node.x * scale + r, top: node.y * scale - r,
      bottom: node.y * scale + r };
  }
  const isBare = (node, scale, count) => count > 40 && scale < (FROM_SCALE[node.kind] || 0);
  // The box of a shape on the screen, in pixels from the origin; that of a pill is its label.
  const shapeBox = (node, scale, language, count) => (node.style.shape === "pill" &&
    !isBare(node, scale, count) ? boxOf(node, scale, "", node.lines[language]) : circle(node, scale));

  // The actors with the most ties are always named; their labels may cover the shapes of others.
  const NAMED = 40, TURNS = 160;
  // With more nodes labels of the rest are tried only where they can be seen.
  const MANY = 800;
  const inOrder = (a, b) => isActor(b) - isActor(a) ||
    (isActor(a) ? 0 : a.style.rank - b.style.rank) || b.edges.length - a.edges.length ||
    b.size - a.size || (a.id < b.id ? -1 : 1);

  // Greedy map labelling: important labels first, each where it covers nothing. window: the part
  // of the screen that is seen; frame: what no label may cross; both in pixels from the origin.
  function place(ids, scale, language, { window = null, frame = null } = {}) {
    const placed = new Map();
    const cells = new Map();
    const each = (box, act) => {
      for (let i = Math.floor(box.left / 90); i <= Math.floor(box.right / 90); i += 1) {
        for (let j = Math.floor(box.top / 60); j <= Math.floor(box.bottom / 60); j += 1) {
          const key = i * 65536 + j;
          let cell = cells.get(key);
          if (!cell) cells.set(key, cell = []);
          if (act(cell)) return true;
        }
      }
      return false;
    };
    const take = (box) => each(box, (cell) => { cell.push(box); return false; });
    function collide(box, taken) {
      // Labels of actors may cover minor nodes, those of hubs lesser ones and the rims of others;
      // nothing covers a label.
      if (taken.owner === box.owner || taken.gone || (box.rank <= 2 && taken.rank > 2) ||
          (box.hub && taken.place > box.place)) return false;
      const rim = box.hub && taken.place >= 0 ? 0.3 * (taken.right - taken.left) : 0;
      return box.left < taken.right - rim && taken.left + rim < box.right &&
        box.top < taken.bottom - rim && taken.top + rim < box.bottom;
    }
    const order = [...ids].map((id) => nodes.get(id)).sort(inOrder);
    order.forEach((node, at) => {
      if (node.style.shape === "pill") return;
      take({ ...circle(node, scale), owner: node.id, rank: node.style.rank, place: at });
    });
    const aside = (node) => window && (node.x * scale < window.left ||
      node.x * scale > window.right || node.y * scale < window.top ||
      node.y * scale > window.bottom);
    // The boxes that a label may have, the best first.
    function candidates(node, at, hub) {
      const upright = node.above ? ["above", "below"] : ["below", "above"];
      const sides = node.style.shape === "pill" ? [""] : [...upright, " right", " left",
        ...upright.flatMap((way) => [...CORNERS, ...(hub ? ["begins", "ends"] : [])]
          .map((across) => `${way} ${across}`))];
      const brief = node.brief[language];
      const names = [node.lines[language], ...(brief ? [[brief]] : [])];
      if (hub && scale < 1) names.reverse(); // short where there is little room
      return names.flatMap((lines) => sides.map((side) => Object.assign(boxOf(node, scale, side, lines),
        { owner: node.id, rank: node.style.rank, place: at, hub })))
        .filter((box) => !frame || node.style.shape === "pill" || (box.left >= frame.left &&
          box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom));
    }
    function put(box) {
      const label = { ...box, rank: 0, place: -1, from: box };
      take(label);
      placed.set(box.owner, label);
      return label;
    }
    // What is in the way of a box: shapes, and labels placed before.
    function inTheWay(box) {
      const found = new Set();
      each(box, (cell) => {
        for (const taken of cell) if (collide(box, taken)) found.add(taken);
        return found.size > 1;
      });
      return [...found];
    }
    // Hubs take turns: one that finds no room takes that of another hub, which then looks for a new
    // place. Those that moved seldom and have few ties move first, the largest never. No turn makes
    // names fewer, so the turns may end at any time.
    function nameHubs(hubs) {
      const moves = new Map(), waiting = [...hubs];
      const boxes = new Map(hubs.map((at) => [at, candidates(order[at], at, true)]));
      for (let turn = 0; waiting.length && turn < TURNS; turn += 1) {
        const at = waiting.shift();
        let best = null;
        for (const box of boxes.get(at)) {
          const [first, second] = inTheWay(box);
          const cost = !first ? 0 : second || !first.from?.place ? Infinity
            : 1 + (moves.get(first.owner) || 0) + 3 * (1 - first.from.place / NAMED);
          if (cost < (best?.cost ?? Infinity)) best = { box, cost, other: first };
          if (!cost) break;
        }
        if (!best) continue;
        if (best.other) {
          const { owner, from } = best.other;
          best.other.gone = true;
          placed.delete(owner);
          moves.set(owner, (moves.get(owner) || 0) + 1);
          waiting.push(from.place);
        }
        put(best.box);
      }
    }
    const isHub = (at) => at < NAMED && isActor(order[at]);
    nameHubs([...order.keys()].filter((at) => isHub(at) && order[at].lines[language].length));
    let refused = 0;
    order.forEach((node, at) => {
      if (isHub(at) || !node.lines[language].length) return;
      if (isBare(node, scale, ids.size)) return;
      if (ids.size > MANY && (refused > MANY || aside(node))) return;
      const free = candidates(node, at, false).find((box) => !inTheWay(box).length);
      if (free) put(free);
      else refused += 1;
    });
    return placed;
  }

  return { place, radius, shapeBox, FONT };
})();
