// Labels on the canvas that do not overlap.
"use strict";

const LabelPlacement = (() => {
  const FAMILY = '"Noto Sans KR", NanumGothic, "Apple SD Gothic Neo", "Malgun Gothic", sans-serif';
  const font = (px, bold) => `${bold ? 700 : 400} ${px}px ${FAMILY}`;
  // Cut between code points, and without marks that change the direction of text.
  const shortened = (text, most = 28) => {
    const clean = text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
    if (clean.length <= most) return clean;
    const all = [...clean.slice(0, 4 * most)];
    return all.length > most ? `${all.slice(0, most - 1).join("")}…` : clean;
  };

  // Draws as many items as fit, in order: { text, x, y, r, px, bold, must, inside }. `taken` are
  // boxes to keep clear, `large` those that only labels inside may cover, and labels that may lie
  // `over` their circle where no place beside it is free. Returns the items drawn.
  function draw(context, items, colours, { most = 90, taken = [], large = [] } = {}) {
    const boxes = [...taken];
    const drawn = [];
    const { width, height } = context.canvas.getBoundingClientRect();
    const ink = colours.ink, halo = colours.halo;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.lineJoin = "round";
    for (const item of items) {
      if (drawn.length >= most) break;
      const px = item.px || 12, text = shortened(item.text);
      context.font = font(px, item.bold);
      const w = context.measureText(text).width, h = px * 1.2, gap = 3;
      const ways = item.inside
        ? [[item.x - w / 2, item.y - h / 2]]
        : [[item.x + item.r + gap, item.y - h / 2], [item.x - item.r - gap - w, item.y - h / 2],
          [item.x - w / 2, item.y - item.r - gap - h], [item.x - w / 2, item.y + item.r + gap]];
      const free = ways.find(([left, top]) => item.must || (left > 1 && top > 1
        && left + w < width - 1 && top + h < height - 1
        && ![...boxes, ...(item.inside ? [] : large)].some((b) => left < b[2] + 2
          && left + w > b[0] - 2 && top < b[3] && top + h > b[1])));
      const centred = [item.x - w / 2, item.y - h / 2];
      const isFree = ([left, top]) => left > 1 && left + w < width - 1 && !boxes.some((b) =>
        left < b[2] + 2 && left + w > b[0] - 2 && top < b[3] && top + h > b[1]);
      if (!free && !(item.over && isFree(centred))) continue;
      const [left, top] = free || centred;
      boxes.push([left, top, left + w, top + h]);
      drawn.push({ item, left, top: top + h / 2, text, px });
    }
    for (const { item, left, top, text, px } of drawn) {
      context.font = font(px, item.bold);
      if (!item.inside || item.halo) {
        context.strokeStyle = halo;
        context.lineWidth = 3.5;
        context.strokeText(text, left, top);
      }
      context.fillStyle = item.colour || ink;
      context.fillText(text, left, top);
    }
    return drawn;
  }
  return { draw, font, shortened };
})();
