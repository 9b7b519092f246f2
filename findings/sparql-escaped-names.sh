#!/usr/bin/env bash
# sparqljs 3.7.4 (npm): an escaped slash in a prefixed name leaves a backslash in the IRI.
#
# Expected: agreement\/seoul-london-2017 after a prefix is …/agreement/seoul-london-2017: SPARQL 1.1 takes
#   the backslash away (PN_LOCAL_ESC), as Turtle does.
# What happens: the parser reads the name, and its IRI is …/agreement\/seoul-london-2017. The query is
#   written out and sent so, and gives no rows. No error.
# Why it matters here: IRIs with a path are usual, so an escaped name is the only short form of most
#   things; editors and clients for the browser parse queries with this package.
# Instead: declare a prefix for each path, or write the whole IRI.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" sparqljs@3.7.4 n3@2.0.0
cat >read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const N3 = require("n3");
const { Parser } = require("sparqljs");

function expect(what, seen, expected) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    console.error(`CHANGED: ${what}: expected ${JSON.stringify(expected)}`);
    process.exit(1);
  }
}

const PREFIX = "PREFIX e: <http://example.org/>";
function iri(name) {
  const query = new Parser().parse(`${PREFIX} SELECT * { ${name} ?p ?o }`);
  return query.where[0].triples[0].subject.value;
}
function inTurtle(name) {
  return new N3.Parser().parse(`${PREFIX} ${name} e:p 1 .`)[0].subject.value;
}
console.log("sparqljs", JSON.parse(readFileSync("node_modules/sparqljs/package.json")).version);
expect("a slash", iri("e:agreement\\/seoul-london"), "http://example.org/agreement\\/seoul-london");
expect("a comma", iri("e:Seoul\\,_Korea"), "http://example.org/Seoul\\,_Korea");
console.log("-- controls: the same name in Turtle, and names without escapes");
expect("Turtle", inTurtle("e:agreement\\/seoul-london"), "http://example.org/agreement/seoul-london");
expect("no escape", iri("e:seoul-london"), "http://example.org/seoul-london");
expect("an IRI", iri("<http://example.org/agreement/a>"), "http://example.org/agreement/a");
JS
node read.cjs
