// The page of `citypact review`. All state is the server's: each decision is sent, and what comes
// back is shown. Whatever the document holds is set as text.
"use strict";

const at = (id) => document.getElementById(id);
let page, state, language, current = "", chosenWords = null;

// Words -------------------------------------------------------------------------------------------

function message(id, fields = {}) {
  let text = page.words[id][language];
  if (typeof text === "object") text = fields.n === 1 ? text.one : text.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(fields[name]));
}

function element(name, className = "", text = "", parent = null) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

function notice(text, isBad = false) {
  at("notice").textContent = text;
  at("notice").hidden = !text;
  at("notice").classList.toggle("bad", isBad);
}

// The server --------------------------------------------------------------------------------------

async function ask(path, body) {
  const options = body && { method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" } };
  let answer, found;
  try {
    answer = await fetch(path, options);
    found = await answer.json();
  } catch {
    const gone = page ? message("page.gone") : "";
    return { error: { ko: gone, en: gone } };
  }
  return found;
}

// Sends a decision and shows the state after it; gives the error, or null.
async function send(path, body) {
  const answer = await ask(path, { revision: state.revision, ...body });
  if (answer.state) {
    state = answer.state;
    show();
  }
  return answer;
}

async function decide(action, id, more = {}) {
  const answer = await send("decide", { action, id, ...more });
  if (answer.error) notice(answer.error[language], true);
  else notice("");
  return !answer.error;
}

// What can be judged ------------------------------------------------------------------------------

function entries() {
  return state.agreements.flatMap((agreement) =>
    [agreement, ...(agreement.state === "rejected" ? [] : agreement.values)]);
}

const entry = () => entries().find((each) => each.id === current);
const isAgreement = (each) => Boolean(each && each.values);
const agreementOf = (id) =>
  state.agreements.find((each) => each.id === id || each.values.some((value) => value.id === id));

function go(step) {
  const all = entries();
  const place = all.findIndex((each) => each.id === current);
  current = (all[Math.min(all.length - 1, Math.max(0, place + step))] || {}).id || "";
  mark();
}

// The next value that is open: first behind this one, then from the top.
function goToOpen() {
  const all = entries();
  const place = all.findIndex((each) => each.id === current);
  const next = [...all.slice(place + 1), ...all.slice(0, Math.max(0, place))]
    .find((each) => !isAgreement(each) && each.state === "open");
  if (next) current = next.id;
  mark();
}

// Showing -----------------------------------------------------------------------------------------

function show() {
  document.documentElement.lang = language;
  document.title = `${state.title} · ${message("page.title")}`;
  at("title").textContent = state.title;
  at("progress").textContent = message("page.progress", { decided: state.decided, total: state.total });
  at("finish").textContent = message("page.finish");
  at("add").textContent = message("keys.add");
  at("document").setAttribute("aria-label", message("page.document"));
  at("draft").setAttribute("aria-label", message("page.draft"));
  for (const button of document.querySelectorAll("[data-speak]"))
    button.setAttribute("aria-pressed", String(button.dataset.speak === language));
  const all = entries();
  if (!all.some((each) => each.id === current)) {
    const open = all.find((each) => !isAgreement(each) && each.state === "open");
    current = (open || all[0] || {}).id || "";
  }
  showDocument();
  showDraft();
  showKeys();
  mark();
}

// The text in runs, which begin and end where a span does. Spans count characters, not code units.
function showDocument() {
  const letters = Array.from(state.text);
  const spans = entries().filter((each) => each.state !== "rejected" && !isAgreement(each))
    .flatMap((each) => each.spans.map(([start, end]) => ({ start, end, each })));
  const top = at("document").scrollTop;
  at("document").replaceChildren();
  for (const block of state.blocks) {
    const [from, to] = block.span;
    const own = spans.filter((span) => span.start < to && span.end > from);
    const cuts = new Set([from, to]);
    for (const span of own) for (const cut of [span.start, span.end])
      if (cut > from && cut < to) cuts.add(cut);
    const places = [...cuts].sort((a, b) => a - b);
    const paragraph = element("p", `${block.kind}${block.mark ? " marked" : ""}`, "", at("document"));
    places.slice(0, -1).forEach((start, i) => {
      const over = own.filter((span) => span.start < places[i + 1] && span.end > start);
      // The shortest span is the most exact: its kind gives the colour.
      over.sort((a, b) => (a.end - a.start) - (b.end - b.start));
      const run = element(over.length ? "mark" : "span", over.length ? over[0].each.field : "",
        letters.slice(start, places[i + 1]).join(""), paragraph);
      run.dataset.start = start;
      run.dataset.ids = over.map((span) => span.each.id).join(" ");
    });
  }
  at("document").scrollTop = top;
}

function showDraft() {
  const top = at("draft").scrollTop;
  at("draft").replaceChildren();
  if (!state.agreements.length) element("p", "", message("page.nothing"), at("draft"));
  if (state.lost.length) {
    const box = element("div", "lost", "", at("draft"));
    element("strong", "", message("page.lost"), box);
    for (const each of state.lost)
      element("p", "", `${message(`field.${each.field}`)}: ${each.shown[language]} “${each.words}”`, box);
  }
  state.agreements.forEach((agreement, i) => {
    const card = element("section", `agreement ${agreement.state}`, "", at("draft"));
    const head = showEntry(agreement, card, message("page.agreement", { n: i + 1 }));
    head.classList.add("head");
    if (agreement.state !== "rejected") for (const value of agreement.values) showEntry(value, card);
  });
  at("draft").scrollTop = top;
}

function showEntry(each, parent, name = "") {
  const box = element("div", `value ${each.state}`, "", parent);
  box.dataset.id = each.id;
  const line = element("div", "line", "", box);
  element("span", `chip ${each.field}`, name || message(`field.${each.field}`), line);
  element("bdi", "shown", each.shown[language], line);
  if (each.confidence !== null) element("span", "sure", `${Math.round(each.confidence * 100)}%`, line);
  element("span", "state", message(`state.${each.state}`), line);
  if (each.doubts.length && each.state === "open")
    element("p", "more doubt", each.doubts.map((doubt) => doubt[language]).join(" · "), box);
  const told = [];
  if (each.words && each.words !== each.shown[language]) told.push(`“${each.words}”`);
  if (each.key) told.push(message("page.known_as", { key: each.key }));
  if (each.was) told.push(message("page.by_rules", { value: each.was[language] }));
  if (each.reason) told.push(message("page.reason_of", { reason: each.reason }));
  if (each.person) told.push(each.person);
  if (told.length) element("p", "more", told.join(" · "), box);
  return box;
}

const KEYS = [["a", "accept"], ["r", "reject"], ["e", "change"], ["u", "reopen"]];

// The actions that an entry allows, with their keys.
function actions(each) {
  if (isAgreement(each)) {
    if (each.state === "rejected") return [["u", "reopen"]];
    return [...(each.values.some((value) => value.state === "open") ? [["a", "accept_all"]] : []), ["r", "reject"]];
  }
  return KEYS.filter(([, action]) => action === "change"
    || (action === "accept" && ["open", "rejected"].includes(each.state))
    || (action === "reject" && each.state !== "rejected" && !["form", "status"].includes(each.field))
    || (action === "reopen" && each.state !== "open" && each.state !== "added"));
}

// Shows which entry is current: its words, its buttons.
function mark() {
  for (const run of at("document").querySelectorAll("mark"))
    run.classList.toggle("now", run.dataset.ids.split(" ").includes(current));
  for (const old of at("draft").querySelectorAll(".buttons")) old.remove();
  let found = null;
  for (const box of at("draft").querySelectorAll(".value")) {
    const isNow = box.dataset.id === current;
    box.classList.toggle("now", isNow);
    box.toggleAttribute("aria-current", isNow);
    if (isNow) found = box;
  }
  const each = entry();
  if (!found || !each) return;
  const buttons = element("div", "buttons", "", found);
  for (const [key, action] of actions(each)) {
    const button = element("button", "", "", buttons);
    button.type = "button";
    button.append(`${message(`action.${action}`)} `);
    element("kbd", "", key, button);
    button.addEventListener("click", (event) => { event.stopPropagation(); act(key); });
  }
  found.scrollIntoView({ block: "nearest" });
  const run = at("document").querySelector("mark.now");
  if (run) run.scrollIntoView({ block: "nearest" });
}

function showKeys() {
  at("keys").replaceChildren();
  at("keys").setAttribute("aria-label", message("keys.title"));
  const all = [["j", message("keys.next")], ["k", message("keys.previous")],
    ...KEYS.map(([key, action]) => [key, message(`action.${action}`)]), ["n", message("keys.add")]];
  for (const [key, text] of all) {
    const span = element("span", "", "", at("keys"));
    element("kbd", "", key, span);
    span.append(` ${text}`);
  }
}

// Acting ------------------------------------------------------------------------------------------

async function act(key) {
  const each = entry();
  if (key === "n") return openAdd();
  if (!each || !actions(each).some(([known]) => known === key)) return undefined;
  if (key === "a") {
    if (await decide("accept", each.id)) goToOpen();
  } else if (key === "u") {
    await decide("reopen", each.id);
  } else if (key === "r") {
    openEditor({ action: "reject", each });
  } else if (key === "e") {
    openEditor({ action: "change", each, field: each.field, value: each.value });
  }
  return undefined;
}

// The characters of the text that are selected in the document, as [start, end], or null.
function selection() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const runs = [...at("document").querySelectorAll("[data-start]")].filter((run) => range.intersectsNode(run));
  let start = null, end = null;
  for (const run of runs) {
    const node = run.firstChild;
    if (!node) continue;
    const from = range.startContainer === node ? range.startOffset : 0;
    const to = range.endContainer === node ? range.endOffset : node.data.length;
    if (to <= from) continue;
    const count = (units) => Number(run.dataset.start) + Array.from(node.data.slice(0, units)).length;
    if (start === null) start = count(from);
    end = count(to);
  }
  if (start === null) return null;
  const letters = Array.from(state.text);
  while (start < end && !letters[start].trim()) start += 1;
  while (end > start && !letters[end - 1].trim()) end -= 1;
  return start < end ? [start, end] : null;
}

function openAdd() {
  const words = selection() || chosenWords;
  if (!words) return notice(message("page.select"));
  return openEditor({ action: "add", words, field: state.agreements.length ? "parties" : "agreement" });
}

// The editor --------------------------------------------------------------------------------------

// A labelled input: a text, or a choice of [value, words].
function input(form, name, value, choices = null) {
  const label = element("label", "", message(`input.${name}`), form);
  const made = element(choices ? "select" : "input", "", "", label);
  made.name = name;
  if (choices) for (const [key, words] of choices) {
    const option = element("option", "", words, made);
    option.value = key;
  }
  if (value !== null && value !== undefined) made.value = value;
  if (!choices) made.autocomplete = "off";
  return made;
}

const choice = (list) => list.map((key) =>
  [key, message(`choice.${key || "none"}`)]);

// What is asked for a value of a field; gives the function that reads the answers.
function askFor(form, field, value, agreement, words) {
  const texts = (names, given) => names.map((name) => input(form, name, given[name]));
  if (field === "agreement" || field === "form" || field === "status" || field === "mode") {
    const made = input(form, "value", value, choice(page.choices[field === "agreement" ? "form" : field]));
    return () => made.value;
  }
  if (field === "topics" || field === "languages") {
    const list = page.choices[field].map((each) => [each.id, each[language]]);
    list.sort((one, other) => one[1].localeCompare(other[1], language));
    const made = input(form, "value", value, list);
    return () => made.value;
  }
  if (field === "legally_binding") {
    const made = input(form, "value", value === false ? "no" : "yes", choice(["yes", "no"]));
    return () => made.value === "yes";
  }
  if (field === "parties") {
    const given = value || { text: words, label_en: "", entity: "", kind: "city" };
    const [text, english, entity] = texts(["text", "label_en", "entity"], given);
    const kind = input(form, "entity_kind", given.kind, choice(page.choices.kind));
    const list = element("datalist", "", "", form);
    list.id = "names";
    entity.setAttribute("list", "names");
    entity.addEventListener("input", () => suggest(entity.value, list));
    return () => ({ text: text.value, label_en: english.value, entity: entity.value, kind: kind.value });
  }
  if (field === "date") {
    const given = value || { edtf: "", how: "stated", meaning: "signed" };
    const [edtf] = texts(["edtf"], given);
    const meaning = input(form, "meaning", given.meaning || "signed", choice(page.choices.meaning));
    return () => ({ edtf: edtf.value.trim(), how: given.how, meaning: meaning.value });
  }
  if (field === "signatories") {
    const given = value || { name: words, role: "", of: "" };
    const [name, role] = texts(["name", "role"], given);
    const sides = (agreement ? agreement.values : []).filter((each) => each.field === "parties");
    const of = input(form, "of", given.of || "", [["", message("choice.none")],
      ...sides.map((each) => [each.value.text, each.value.text])]);
    return () => ({ name: name.value, role: role.value, of: of.value || null });
  }
  if (field === "provisions") {
    const given = value || { words, number: "", force: "" };
    const [text, number] = texts(["value", "number"], { value: given.words, number: given.number });
    const force = input(form, "force", given.force, choice(page.choices.force));
    return () => ({ words: text.value, number: number.value, force: force.value });
  }
  const made = input(form, "value", value || words);
  return () => made.value;
}

let asked = 0;
async function suggest(text, list) {
  const mine = asked += 1;
  if (text.trim().length < 2) return;
  const answer = await ask(`names?q=${encodeURIComponent(text)}`);
  if (mine !== asked || !answer.names) return;
  list.replaceChildren();
  for (const each of answer.names) element("option", "", each[language], list).value = each.key;
}

function openEditor({ action, each, field, value, words }) {
  const form = at("editor").querySelector("form");
  form.replaceChildren();
  const chosen = words || (action === "change" ? selection() || chosenWords : null);
  const letters = Array.from(state.text);
  const quote = chosen ? letters.slice(...chosen).join("") : each ? each.words : "";
  element("h2", "", message(`action.${action}`), form);
  if (each) element("p", "", `${message(`field.${each.field}`)}: ${each.shown[language]}`, form);
  if (quote) element("blockquote", "", quote, form).title = message("input.words");
  let agreement = agreementOf(each ? each.id : current) || state.agreements[0];
  let what = null, to = null, read = () => null;
  const answers = element("div");
  if (action === "add") {
    const fields = ["agreement", ...(agreement ? page.fields : [])];
    what = input(form, "kind", field, fields.map((name) => [name, message(`field.${name}`)]));
    if (state.agreements.length) to = input(form, "to", agreement.id, state.agreements.map((known, i) =>
      [known.id, `${i + 1}. ${known.shown[language]}`]));
  }
  form.append(answers);
  const fill = () => {
    answers.replaceChildren();
    if (to) agreement = agreementOf(to.value);
    if (to) to.parentElement.hidden = what.value === "agreement";
    if (action !== "reject") read = askFor(answers, what ? what.value : field, value, agreement, quote);
  };
  answers.className = "answers";
  fill();
  if (what) what.addEventListener("change", fill);
  if (to) to.addEventListener("change", fill);
  const reason = input(form, "reason", "");
  const fault = element("p", "fault", "", form);
  fault.setAttribute("role", "alert");
  const buttons = element("div", "buttons", "", form);
  const cancel = element("button", "", message("action.cancel"), buttons);
  cancel.type = "button";
  cancel.addEventListener("click", () => at("editor").close());
  element("button", "main", message(action === "reject" ? "action.reject" : "action.save"), buttons);
  form.onsubmit = async (event) => {
    event.preventDefault();
    const name = what ? what.value : field;
    const id = action !== "add" ? each.id : name === "agreement" ? "" : agreement.id;
    const more = action === "reject" ? {} : { field: name, new: read(), spans: chosen ? [chosen] : [] };
    const answer = await send("decide", { action, id, reason: reason.value, ...more });
    if (answer.error && !answer.state) {
      fault.textContent = answer.error[language];
      return;
    }
    at("editor").close();
    chosenWords = null;
    getSelection().removeAllRanges();
    notice(answer.error ? answer.error[language] : "", Boolean(answer.error));
    if (!answer.error) goToOpen();
  };
  at("editor").showModal();
  const first = form.querySelector(action === "reject" ? "[name=reason]" : ".answers [name], select");
  (action === "add" ? what : first).focus();
}

async function finish() {
  if (state.decided < state.total) {
    goToOpen();
    return notice(message("page.open_left", { n: state.total - state.decided }), true);
  }
  at("finish").disabled = true;
  notice(message("page.writing"));
  const answer = await send("finish", {});
  at("finish").disabled = false;
  if (answer.error) return notice(answer.error[language], true);
  return notice(message("page.written", { file: answer.written }));
}

// Start -------------------------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || at("editor").open || !state) return;
  if (event.target.closest("input, select, textarea")) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (step && !(event.key.startsWith("Arrow") && event.target.closest("#document"))) {
    event.preventDefault();
    go(step);
  } else if (["a", "r", "e", "u", "n"].includes(event.key)) {
    event.preventDefault();
    act(event.key);
  }
});
// Enter saves in a choice too, as it does in a text.
at("editor").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "SELECT") return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
document.addEventListener("selectionchange", () => {
  const words = state && !at("editor").open ? selection() : null;
  if (words) chosenWords = words;
  else if (state && !at("editor").open && getSelection().isCollapsed) chosenWords = null;
});
at("document").addEventListener("click", (event) => {
  const run = event.target.closest("mark");
  if (!run || selection()) return;
  current = run.dataset.ids.split(" ")[0];
  mark();
});
at("draft").addEventListener("click", (event) => {
  const box = event.target.closest(".value");
  if (!box) return;
  current = box.dataset.id;
  mark();
});
for (const button of document.querySelectorAll("[data-speak]"))
  button.addEventListener("click", () => { language = button.dataset.speak; show(); });
at("finish").addEventListener("click", finish);
// The selection ends where the button is pressed.
at("add").addEventListener("pointerdown", (event) => event.preventDefault());
at("add").addEventListener("click", () => act("n"));

(async () => {
  const answer = await ask("start");
  if (answer.error || !answer.state) return;
  page = answer;
  state = answer.state;
  language = answer.language;
  show();
})();
