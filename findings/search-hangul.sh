#!/usr/bin/env bash
# lunr 2.3.9 and elasticlunr 0.9.5 (npm): an index of Korean names is empty.
#
# Expected: an index made with the defaults finds a whole word of Hangul or Chinese characters, as it
#   finds one of Latin letters; languages' own rules are for better results.
# What happens: the step that trims punctuation takes every letter outside ASCII for punctuation, so
#   nothing is left of a Korean word. The index is built and the search answers, with no result.
# Why it matters here: a bilingual site finds its English names and none of its Korean ones, which
#   tests in English don't show.
# Instead: use an index that keeps letters of all scripts, or take the trimmer out of both pipelines.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund lunr@2.3.9 elasticlunr@0.9.5 minisearch@7.2.0
node - <<'JS'
function expect(what, seen, expected) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    console.log(`CHANGED: ${what}: expected ${JSON.stringify(expected)}`);
    process.exit(1);
  }
}
const fs = require("fs");
const lunrjs = require("lunr"); // elasticlunr takes the global name
const elasticlunr = require("elasticlunr");
const module_ = require("minisearch");
const MiniSearch = module_.default || module_;

for (const name of ["lunr", "elasticlunr", "minisearch"]) {
  const told = fs.readFileSync(`node_modules/${name}/package.json`, "utf8");
  console.log(name, JSON.parse(told).version);
}
const cities = [
  { id: 1, name: "서울특별시 Seoul" },
  { id: 2, name: "과야킬 Guayaquil" },
  { id: 3, name: "北京 Beijing" },
];
const words = ["서울특별시", "과야킬", "北京", "guayaquil"];

const withDefaults = lunrjs(function () {
  this.ref("id");
  this.field("name");
  cities.forEach((city) => this.add(city));
});
const found = (index) => words.map((word) => index.search(word).length);
expect("lunr, hits of four words", found(withDefaults), [0, 0, 0, 1]);
const elastic = elasticlunr(function () {
  this.setRef("id");
  this.addField("name");
  cities.forEach((city) => this.addDoc(city));
});
expect("elasticlunr, hits of four words", found(elastic), [0, 0, 0, 1]);
console.log("-- controls: without the trimmer, and another index");
const untrimmed = lunrjs(function () {
  this.pipeline.remove(lunrjs.trimmer);
  this.searchPipeline.remove(lunrjs.trimmer);
  this.ref("id");
  this.field("name");
  cities.forEach((city) => this.add(city));
});
expect("lunr without its trimmer", found(untrimmed), [1, 1, 1, 1]);
const mini = new MiniSearch({ fields: ["name"] });
mini.addAll(cities);
expect("minisearch", found(mini), [1, 1, 1, 1]);
JS
