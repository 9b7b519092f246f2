#!/usr/bin/env bash
# es-hangul 2.4.0 (npm) keeps single consonants and spaces when it takes initials, but drops Latin
# letters and figures.
#
# Expected: getChoseong, which turns 서울 into the initials ㅅㅇ for search, leaves alone what is not
#   Hangul, as disassemble of the same library does.
# What happens: Latin letters, figures and brackets disappear, while spaces stay. "LA시" and "시" have
#   the same initials, "2016년" and "1998년" too, and "Quito" has none at all.
# Why it matters here: an index of city names by initials mixes Hangul and Latin names. Every name in
#   Latin letters gets the empty key: the first search lists all of them, or none.
# Instead: take the initials of Hangul syllables alone and copy all other characters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" es-hangul@2.4.0
cat > initials.mjs <<'JS'
import { readFileSync } from "node:fs";
import { disassemble, getChoseong } from "es-hangul";
const versions = JSON.parse(readFileSync("node_modules/es-hangul/package.json"));
console.log("es-hangul", versions.version);
function expect(name, seen, expected) {
  console.log(`${name}: ${JSON.stringify(seen)}`);
  if (seen !== expected) {
    console.error(`CHANGED: ${name}: expected ${JSON.stringify(expected)}`);
    process.exit(1);
  }
}
expect("initials of LA시", getChoseong("LA시"), "ㅅ");
expect("initials of 2016년", getChoseong("2016년"), "ㄴ");
expect("initials of Quito 키토", getChoseong("Quito 키토"), " ㅋㅌ");
expect("initials of Quito", getChoseong("Quito"), "");
console.log("-- controls: Hangul, and disassemble");
expect("initials of 서울 키토", getChoseong("서울 키토"), "ㅅㅇ ㅋㅌ");
expect("initials of ㄱ나", getChoseong("ㄱ나"), "ㄱㄴ");
expect("letters of LA시", disassemble("LA시"), "LAㅅㅣ");
expect("letters of 2016년", disassemble("2016년"), "2016ㄴㅕㄴ");
JS
node initials.mjs
