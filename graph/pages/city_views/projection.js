// Projected points and arcs, computed as in projection.py, whose docstrings cite the sources.
"use strict";

const Projection = (() => {
  const RAD = Math.PI / 180;
  const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const M = Math.sqrt(3) / 2;
  const HALF_WIDTH = Math.PI / (M * A1);
  const EARTH_RADIUS = 6371.0088, STEP = 3;

  // Equal Earth for a globe of radius 1; y downwards, as on a screen.
  function project(latitude, longitude, centre) {
    const t = Math.asin(M * Math.sin(latitude * RAD)), t2 = t * t, t6 = t2 * t2 * t2;
    return [(longitude - centre) * RAD * Math.cos(t)
      / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2))),
    -t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))];
  }
  const wrapped = (longitude, centre) =>
    ((longitude - centre + 180) % 360 + 360) % 360 - 180 + centre;

  function angle(lat1, lon1, lat2, lon2) {
    const up = Math.sin((lat2 - lat1) * RAD / 2), across = Math.sin((lon2 - lon1) * RAD / 2);
    return 2 * Math.asin(Math.min(1, Math.sqrt(up * up
      + across * across * Math.cos(lat1 * RAD) * Math.cos(lat2 * RAD)))) / RAD;
  }
  const distance = (...ends) => EARTH_RADIUS * RAD * angle(...ends);

  // Latitude, longitude, latitude … along the shortest line; longitudes do not jump.
  function greatCircle(lat1, lon1, lat2, lon2) {
    const whole = angle(lat1, lon1, lat2, lon2);
    if (whole > 179.999) {
      const over = Math.abs(lat1) > 89 ? 0 : lat1 >= 0 ? 90 : -90;
      return [...greatCircle(lat1, lon1, over, lon1), ...greatCircle(over, lon1, lat2, lon2).slice(2)];
    }
    const count = Math.max(1, Math.ceil(whole / STEP));
    const points = [lat1, lon1];
    const c1 = Math.cos(lat1 * RAD), c2 = Math.cos(lat2 * RAD);
    const [x1, y1, z1] = [c1 * Math.cos(lon1 * RAD), c1 * Math.sin(lon1 * RAD), Math.sin(lat1 * RAD)];
    const [x2, y2, z2] = [c2 * Math.cos(lon2 * RAD), c2 * Math.sin(lon2 * RAD), Math.sin(lat2 * RAD)];
    for (let i = 1; i < count; i += 1) {
      const u = Math.sin(whole * (1 - i / count) * RAD), v = Math.sin(whole * i / count * RAD);
      const [x, y, z] = [u * x1 + v * x2, u * y1 + v * y2, u * z1 + v * z2];
      points.push(Math.atan2(z, Math.hypot(x, y)) / RAD,
        wrapped(Math.atan2(y, x) / RAD, points.at(-1)));
    }
    points.push(lat2, wrapped(lon2, points.at(-1)));
    return points;
  }

  // A projected great circle: x, y, x, y …. One that crosses the edge is repeated from the other
  // side, so that clipping to the outline of the globe cuts it there.
  function arc(lat1, lon1, lat2, lon2, centre) {
    const points = greatCircle(lat1, wrapped(lon1, centre), lat2, lon2);
    const lines = [[]];
    let over = 0;
    for (let i = 0; i < points.length; i += 2) {
      lines[0].push(...project(points[i], points[i + 1], centre));
      if (points[i + 1] > centre + 180) over = -360;
      else if (points[i + 1] < centre - 180) over = 360;
    }
    if (over) {
      lines.push([]);
      for (let i = 0; i < points.length; i += 2) {
        lines[1].push(...project(points[i], points[i + 1] + over, centre));
      }
    }
    return lines;
  }

  // The edge of the globe, from pole to pole and back.
  function outline() {
    const points = [];
    for (let lat = -90; lat <= 90; lat += 3) points.push(...project(lat, 180, 0));
    for (let lat = 90; lat >= -90; lat -= 3) points.push(...project(lat, -180, 0));
    return points;
  }
  return { HALF_WIDTH, HALF_HEIGHT: -project(90, 0, 0)[1], project, wrapped, distance, greatCircle,
    arc, outline };
})();
