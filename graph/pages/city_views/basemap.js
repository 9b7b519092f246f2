// The base map: outlines of the globe and of countries, as paths in projected units.
"use strict";

function Basemap(rings, unit, centre) {
  const { project, outline } = Projection;
  const globe = new Path2D(), shores = new Path2D();
  const edge = outline();
  for (let i = 0; i < edge.length; i += 2) globe.lineTo(edge[i], edge[i + 1]);
  globe.closePath();
  for (const ring of rings) {
    const points = unfold(ring);
    const all = points.map(([longitude]) => longitude);
    const [from, to] = [Math.min(...all), Math.max(...all)];
    // Once for each turn of the globe in which the ring is visible; the outline clips the rest.
    for (let turn = -720; turn <= 720; turn += 360) {
      if (from + turn > centre + 180 || to + turn < centre - 180) continue;
      points.forEach(([longitude, latitude], i) => {
        const at = project(latitude, longitude + turn, centre);
        if (i) shores.lineTo(...at); else shores.moveTo(...at);
      });
      shores.closePath();
    }
  }
  return { globe, shores };

  // Longitude and latitude of each point, from differences.
  function unfold(ring) {
    let [longitude, latitude] = [0, 0];
    const points = [];
    for (let i = 0; i < ring.length; i += 2) {
      longitude += ring[i];
      latitude += ring[i + 1];
      points.push([longitude * unit, latitude * unit]);
    }
    return points;
  }
}
