#!/usr/bin/env bash
# world-atlas 2.0.2 (npm): Kosovo has no code, and Australia's belongs to two shapes.
#
# Expected: the shapes of countries are keyed by ISO 3166-1 numbers, one shape a country, so that
#   numbers by country can be joined to them.
# What happens: Kosovo, Somaliland and Northern Cyprus have no id at all (at 1:50 million two more
#   areas), so all of them share the key "undefined"; at 1:50 million 036 is Australia as well as the
#   Ashmore and Cartier Islands. Numbers below 100 are texts with zeros in front ("036").
# Why it matters here: coloured by number of partner cities, a row without a code colours five
#   territories at once, and Australia's own shape may lose to that of two reefs.
# Instead: join by code only where there is one, add codes by name, and merge shapes of one code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund world-atlas@2.0.2
node - <<'JS'
function expect(what, seen, expected) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    console.log(`CHANGED: ${what}: expected ${JSON.stringify(expected)}`);
    process.exit(1);
  }
}
console.log("world-atlas", require("world-atlas/package.json").version);
const file = (scale) => require(`world-atlas/countries-${scale}.json`);
const shapes = (scale) => file(scale).objects.countries.geometries;
const named = (list) => list.map((shape) => shape.properties.name).sort();

const without = (scale) => named(shapes(scale).filter((shape) => shape.id === undefined));
expect("without a code, 110m", without("110m"), ["Kosovo", "N. Cyprus", "Somaliland"]);
expect("without a code, 50m", without("50m").length, 5);
const of036 = (scale) => named(shapes(scale).filter((shape) => shape.id === "036"));
expect("code 036, 50m", of036("50m"), ["Ashmore and Cartier Is.", "Australia"]);
console.log("-- controls: the same code at the other scale, and a country with one shape");
expect("code 036, 110m", of036("110m"), ["Australia"]);
const of410 = shapes("50m").filter((shape) => shape.id === "410");
expect("code 410, 50m", named(of410), ["South Korea"]);
JS
