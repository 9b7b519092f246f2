// Many cities as few dots: the cities in a cell form a group, and the ties between two groups form a
// bundle. Every tie is in a bundle, within a group, or apart (an end has no coordinates).
"use strict";

// `cities` have i, x, y, latitude, longitude, the best connected first; `ends` are pairs of i.
function CityGroups(cities, ends, side, centre) {
  const cells = new Map(), of = new Map(), groups = [];
  for (const city of cities) {
    const cell = `${Math.floor(city.x / side)},${Math.floor(city.y / side)}`;
    if (!cells.has(cell)) {
      cells.set(cell, groups.length);
      groups.push({ members: [], x: 0, y: 0, lat: 0, lon: 0, inside: 0 });
    }
    const group = groups[cells.get(cell)];
    group.members.push(city.i);
    group.lat += city.latitude;
    group.lon += city.longitude;
    of.set(city.i, cells.get(cell));
  }
  for (const group of groups) {
    group.lat /= group.members.length;
    group.lon /= group.members.length;
    [group.x, group.y] = Projection.project(group.lat, group.lon, centre);
  }
  const between = new Map();
  let apart = 0, within = 0;
  for (const [from, to] of ends) {
    const [a, b] = [of.get(from), of.get(to)];
    if (a === undefined || b === undefined) apart += 1;
    else if (a === b) {
      groups[a].inside += 1;
      within += 1;
    } else {
      const pair = Math.min(a, b) * groups.length + Math.max(a, b);
      between.set(pair, (between.get(pair) || 0) + 1);
    }
  }
  const bundles = [...between].map(([pair, n]) =>
    ({ a: Math.floor(pair / groups.length), b: pair % groups.length, n, lines: null }));
  bundles.sort((p, q) => q.n - p.n || p.a - q.a || p.b - q.b);
  return { groups, bundles, within, apart };
}
