#!/usr/bin/env bash
# graphology-gexf 0.13.2 (npm) names an attribute by its title or by its id, depending on the id.
#
# Expected: GEXF declares <attribute id="…" title="…">, and the title is the name that people see.
# What happens: if the id is a number, graphology names the attribute by its title ("country"). If
#   the id is anything else ("c0", "attr_country"), it drops the title and uses the id. GEXF allows
#   any text as an id. networkx reads the title in both cases.
# Why it matters here: the same export is styled and filtered by attribute names in a browser. A
#   writer that numbers its attributes "c0", "c1" shows its readers columns named c0 and c1.
# Instead: number the attributes 0, 1, 2 … as Gephi does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" \
  graphology@0.26.0 graphology-gexf@0.13.2 @xmldom/xmldom@0.9.12
for id in 0 c0; do
  cat > "$id.gexf" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
  <graph mode="static" defaultedgetype="undirected">
    <attributes class="node"><attribute id="$id" title="country" type="string"/></attributes>
    <nodes>
      <node id="seoul" label="Seoul"><attvalues><attvalue for="$id" value="KR"/></attvalues></node>
      <node id="quito" label="Quito"><attvalues><attvalue for="$id" value="EC"/></attvalues></node>
    </nodes>
    <edges><edge id="e" source="seoul" target="quito"/></edges>
  </graph>
</gexf>
XML
done
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
globalThis.DOMParser = DOMParser;
const { UndirectedGraph } = await import("graphology");
const { parse } = await import("graphology-gexf");
const versions = JSON.parse(readFileSync("node_modules/graphology-gexf/package.json"));
console.log("graphology-gexf", versions.version);
function expect(id, expected) {
  const graph = parse(UndirectedGraph, readFileSync(`${id}.gexf`, "utf8"));
  const seen = JSON.stringify(graph.getNodeAttributes("seoul"));
  console.log(`id="${id}" title="country": ${seen}`);
  if (seen !== expected) {
    console.error(`CHANGED: id="${id}": expected ${expected}`);
    process.exit(1);
  }
}
expect("c0", '{"label":"Seoul","c0":"KR"}');
console.log("-- control: a number as the id, and networkx");
expect("0", '{"label":"Seoul","country":"KR"}');
JS
node read.mjs
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check networkx==3.6.1
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import networkx

print("networkx", version("networkx"))
for path in ("0.gexf", "c0.gexf"):
    seen = networkx.read_gexf(path).nodes["seoul"]
    print(f"{path}: {seen}")
    if seen != {"label": "Seoul", "country": "KR"}:
        sys.exit(f"CHANGED: networkx reads {path} as {seen}")
PY
