// Finds things by their names in Korean and English: by any part, several words in any order, by
// initial consonants (ㄱㅇㅋ), by sound (gwayakil, 과얔) and with typing errors (과야낄, guayakil).
"use strict";

// entries: arrays of a key, a weight and names, as graph/pages/search/index.py writes them.
// find(text, limit) gives { hits, total, near }: the best hits with the name that fits (places in
// `entries`), how many there are, and whether none fits but by sound or with typing errors.
// prepare() reads the names ahead of the first search.
function nameSearch(entries) {
  const LETTERS = /[^\p{L}\p{N}]+/gu;
  const INITIALS = /^[\u1100-\u1112]+$/;

  // Lower case, one width, no accents; single letters of Hangul become initial consonants.
  const folded = (text) => text.slice(0, 300).normalize("NFKD").replace(/\p{Mn}/gu, "")
    .normalize("NFC").toLowerCase();
  const initials = (text) => text.normalize("NFD").replace(/[\u1161-\u11ff]/g, "");

  // How a word sounds, roughly: Hangul is romanised, and letters that people confuse are one.
  const ONSET = ["k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "j", "j", "j", "k", "t",
    "p", "h"];
  const VOWEL = ["a", "e", "ia", "ie", "o", "e", "io", "ie", "o", "ua", "ue", "e", "io", "u", "uo",
    "ue", "ui", "iu", "u", "i", "i"];
  const CODA = ["", "k", "k", "ks", "n", "nj", "nh", "t", "l", "lk", "lm", "lp", "ls", "lt", "lp",
    "lh", "m", "p", "ps", "s", "s", "ng", "j", "j", "k", "t", "p", "h"];
  const LATIN = [[/qu(?=[ei])/g, "k"], [/c(?=[eiy])/g, "s"], [/ch/g, "j"], [/sh/g, "s"],
    [/(?<=[pgkct])h/g, ""], [/eo|oo|ou/g, "o"], [/eu/g, "u"], [/ae|oe/g, "e"], [/[gqc]/g, "k"],
    [/d/g, "t"], [/[bfv]/g, "p"], [/r/g, "l"], [/z/g, "j"], [/x/g, "ks"], [/w/g, "u"], [/y/g, "i"]];
  function sound(word) {
    let latin = "";
    let hangul = "";
    for (const character of word) {
      const code = character.codePointAt(0);
      if (code >= 0xac00 && code <= 0xd7a3) {
        const at = code - 0xac00;
        hangul += ONSET[Math.floor(at / 588)] + VOWEL[Math.floor(at / 28) % 21] + CODA[at % 28];
      } else if (code >= 0x1100 && code <= 0x1112) hangul += ONSET[code - 0x1100];
      else latin += character;
    }
    if (latin) for (const [letters, one] of LATIN) latin = latin.replace(letters, one);
    return (hangul + latin).replace(/(.)\1+/gu, "$1");
  }

  let texts = null; // by entry: names without gaps, by their words, and their initial consonants
  function read() {
    texts ||= entries.map(([, , ...names]) => {
      const each = names.map(folded);
      return {
        whole: `\n${each.map((name) => name.replace(LETTERS, "")).join("\n")}\n`,
        words: each.map((name) => ` ${name.replace(LETTERS, " ")}`).join(" "),
        initials: `\n${each.filter((name) => /[가-힣]/.test(name))
          .map((name) => initials(name.replace(LETTERS, ""))).join("\n")}\n`,
      };
    });
  }
  let sounds = null; // by the sound of a word: the entries that have it
  function listen() {
    if (sounds) return;
    sounds = new Map();
    const heard = new Map();
    texts.forEach(({ words }, place) => {
      for (const word of new Set(words.split(" "))) {
        if (!word) continue;
        if (!heard.has(word)) heard.set(word, sound(word));
        const key = heard.get(word);
        if (!sounds.has(key)) sounds.set(key, []);
        sounds.get(key).push(place);
      }
    });
  }

  // Exact names before beginnings, these before beginnings of words, these before other parts.
  function literal(token) {
    const bare = token.replace(LETTERS, "");
    const by = INITIALS.test(bare) ? "initials" : "whole";
    const found = new Map();
    texts.forEach((text, place) => {
      if (bare) {
        if (!text[by].includes(bare)) return;
        found.set(place, text[by].includes(`\n${bare}\n`) ? 0 : text[by].includes(`\n${bare}`) ? 1
          : text.words.includes(` ${bare}`) ? 2 : 3);
      } else if (entries[place].slice(2).some((name) => folded(name).includes(token))) {
        found.set(place, 3);
      }
    });
    return found;
  }

  function add(found, places, score) {
    for (const place of places) {
      if (!(found.get(place) <= score)) found.set(place, score);
    }
  }
  function bySound(token) {
    const wanted = sound(token.replace(LETTERS, ""));
    const found = new Map();
    if (wanted.length < 3) return found;
    for (const [word, places] of sounds) {
      const at = word.indexOf(wanted);
      if (at >= 0) add(found, places, at ? 13 : word.length === wanted.length ? 10 : 11);
    }
    if (wanted.length < 4 || Math.min(99, ...found.values()) < 13) return found;
    const most = token.length < 4 || wanted.length < 8 ? 1 : 2;
    for (const [word, places] of sounds) {
      const errors = distance(wanted, word, most);
      if (errors <= most) add(found, places, 20 + 5 * errors);
    }
    return found;
  }
  // Errors between a word and the beginning of another (Damerau-Levenshtein within a band).
  const rows = [0, 1, 2].map(() => new Uint8Array(400));
  function distance(wanted, word, most) {
    if (word.length < wanted.length - most) return most + 1;
    let [before, above, row] = rows;
    for (let j = 0; j <= most; j += 1) above[j] = j;
    let best = above[Math.min(word.length, most)];
    for (let i = 1; i <= wanted.length; i += 1) {
      const from = Math.max(1, i - most), to = Math.min(word.length, i + most);
      row[from - 1] = from === 1 ? i : most + 1;
      let least = row[from - 1];
      for (let j = from; j <= to; j += 1) {
        const same = wanted[i - 1] === word[j - 1];
        let value = above[j - 1] + (same ? 0 : 1);
        if (j < i + most) value = Math.min(value, above[j] + 1);
        value = Math.min(value, row[j - 1] + 1);
        if (i > 1 && j > 1 && wanted[i - 1] === word[j - 2] && wanted[i - 2] === word[j - 1]) {
          value = Math.min(value, before[j - 2] + 1);
        }
        row[j] = value;
        least = Math.min(least, value);
      }
      if (least > most) return most + 1;
      best = most + 1;
      for (let j = from - 1; j <= to; j += 1) best = Math.min(best, row[j]);
      [before, above, row] = [above, row, before];
    }
    return best;
  }

  function matches(token) {
    const found = literal(token);
    if (found.size) return found;
    listen();
    return bySound(token);
  }

  // The name by which an entry was found, to be shown with it.
  function fitting(names, tokens) {
    const fits = (key) => names.findIndex((name) => tokens.every((token) => key(name, token)));
    const has = (name, token) => folded(name).replace(LETTERS, "").includes(token) ||
      (INITIALS.test(token) && initials(folded(name).replace(LETTERS, "")).includes(token));
    const like = (name, token) => sound(folded(name).replace(LETTERS, ""))
      .includes(sound(token));
    const place = fits(has);
    return place >= 0 ? place : Math.max(0, fits(like));
  }

  function find(text, limit = 8) {
    const tokens = [...new Set(folded(text).split(/\s+/))].filter(Boolean).slice(0, 8)
      .map((token) => token.slice(0, 60));
    if (!tokens.length) return { hits: [], total: 0, near: false };
    read();
    let found = null;
    for (const token of tokens.sort((a, b) => b.length - a.length)) {
      const more = matches(token);
      found = found ? new Map([...found].filter(([place]) => more.has(place))
        .map(([place, score]) => [place, score + more.get(place)])) : more;
      if (!found.size) break;
    }
    const whole = `\n${folded(text).replace(LETTERS, "")}\n`;
    const ranked = [...found].map(([place, score]) => ({ place,
      score: whole.length > 2 && texts[place].whole.includes(whole) ? -1 : score }));
    ranked.sort((a, b) => a.score - b.score || entries[b.place][1] - entries[a.place][1] ||
      a.place - b.place);
    const bare = tokens.map((token) => token.replace(LETTERS, ""));
    return { total: ranked.length, near: ranked.length > 0 && ranked[0].score >= 10,
      hits: ranked.slice(0, limit).map(({ place }) => ({ place,
        name: entries[place][2 + fitting(entries[place].slice(2), bare)] })) };
  }
  return { find, prepare: () => { read(); listen(); } };
}
