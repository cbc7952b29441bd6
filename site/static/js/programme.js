// A programme's own page: what is done, where one was, and continuing on another device.
// The progress lives in this browser; a code or a link carries it. A link's fragment is
// never sent to a server, and it is taken out of the address before anything else.
import "./clear-device.js";
import { CodeError, inGroups, longCode, readCode, shortCode } from "./programme-code.js";
import { change, isAvailable, read, whenChangedElsewhere, whenCleared } from "./programme-store.js";

const LONGEST_LINK = 8000; // More than some mail programs leave whole.
const place = document.querySelector("[data-programme]");
const kept = document.querySelector("[data-kept]");
const carry = document.querySelector("[data-carry]");
const find = (name) => carry.querySelector(`[data-${name}]`);
const rows = place ? [...place.querySelectorAll("[data-part]")] : [];
const programme = place?.dataset.programme;
const numberOf = new Map(rows.map((row) => [row.dataset.part, Number(row.dataset.number)]));
const rowOf = new Map(rows.map((row) => [Number(row.dataset.number), row]));
const titleOf = (row) => row.querySelector("a").textContent;

function takeFromAddress() {
  if (!location.hash.startsWith("#code=")) return "";
  const code = location.hash;
  history.replaceState(null, "", location.pathname);
  return code;
}

// What is done, and where one was

function showProgress() {
  const state = read(programme);
  const progress = place.querySelector("[data-progress]");
  const done = rows.filter((row) => state.done.includes(row.dataset.part));
  for (const row of rows) row.querySelector("[data-done-mark]").hidden = !done.includes(row);
  progress.querySelector("[data-progress-words]").textContent = progress.dataset.words.replace("{done}", done.length);
  progress.hidden = !done.length && !state.last;
  // Where one was, unless that is done: then the first that is not.
  const last = rows.find((row) => row.dataset.part === state.last && !done.includes(row));
  const next = last ?? rows.find((row) => !done.includes(row));
  const link = progress.querySelector("[data-continue]");
  link.hidden = !next;
  if (next) {
    link.querySelector("a").href = next.querySelector("a").href;
    link.querySelector("[data-continue-title]").textContent = titleOf(next);
  }
}

// Out: the code, the picture, the link, the file

const doneNumbers = (state) => state.done.map((key) => numberOf.get(key)).filter(Boolean);

async function outgoing() {
  const state = read(programme);
  const short = shortCode(programme, doneNumbers(state));
  if (!find("with-notes").checked) return { short, code: short };
  const notes = {};
  for (const [key, texts] of Object.entries(state.notes)) {
    if (numberOf.has(key)) notes[numberOf.get(key)] = texts;
  }
  const last = numberOf.get(state.last) ?? 0;
  return { short, code: await longCode(programme, { done: doneNumbers(state), last, notes }) };
}

// What was asked for before the last change comes too late to be shown.
let outgoingTurn = 0;

async function showOutgoing() {
  outgoingTurn += 1;
  const turn = outgoingTurn;
  const { short, code } = await outgoing();
  if (turn !== outgoingTurn) return;
  const link = `${location.origin}${location.pathname}#code=${code}`;
  const isTooLong = link.length > LONGEST_LINK;
  find("paper-code").textContent = inGroups(short);
  find("link").value = isTooLong ? "" : link;
  find("link-long").hidden = !isTooLong;
  find("copy").hidden = isTooLong;
  find("carry-status").textContent = "";
  find("draw-status").textContent = "";
  find("code-picture").hidden = true;
}

async function draw() {
  const picture = find("code-picture");
  const status = find("draw-status");
  const turn = outgoingTurn;
  status.textContent = "";
  try {
    const code = shortCode(programme, doneNumbers(read(programme)));
    const body = new URLSearchParams({ code });
    const answer = await fetch(carry.dataset.picture, { method: "POST", body, credentials: "omit", cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    const drawn = await answer.text();
    if (turn !== outgoingTurn) return;
    picture.src = `data:image/svg+xml,${encodeURIComponent(drawn)}`;
    picture.hidden = false;
  } catch {
    if (turn === outgoingTurn) status.textContent = status.dataset.failed;
  }
}

async function copy() {
  const status = find("carry-status");
  try {
    await navigator.clipboard.writeText(find("link").value);
    status.textContent = status.dataset.copied;
  } catch {
    find("link").select();
    status.textContent = status.dataset.notCopied;
  }
}

async function save() {
  const { code } = await outgoing();
  const link = document.createElement("a");
  const name = location.pathname.split("/").filter(Boolean).pop();
  link.href = URL.createObjectURL(new Blob([code], { type: "text/plain" }));
  link.download = `${name}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
}

// In: nothing is added before the reader says so, and nothing here is lost

let incoming = null; // {typed, and what the code says}
let readingTurn = 0;

function withKeys({ done, last, notes }) {
  const keys = (numbers) => numbers.map((number) => rowOf.get(number)?.dataset.part).filter(Boolean);
  const known = Object.entries(notes).filter(([number]) => rowOf.has(Number(number)));
  return {
    done: keys(done),
    last: keys([last])[0] ?? "",
    notes: Object.fromEntries(known.map(([number, texts]) => [rowOf.get(Number(number)).dataset.part, texts])),
    isMissing: keys(done).length < done.length || known.length < Object.keys(notes).length,
  };
}

const texts = (notes) => Object.entries(notes).flatMap(([part, found]) => Object.entries(found).map((entry) => [part, ...entry]));

function ask(typed, found) {
  incoming = { typed, ...withKeys(found) };
  const here = read(programme);
  const written = texts(incoming.notes);
  const clashes = written.filter(([part, field, text]) => (here.notes[part]?.[field] ?? text) !== text);
  const put = (name, number, isShown = number > 0) => {
    find(name).textContent = find(name).dataset.words.replace("{number}", number);
    find(name).hidden = !isShown;
  };
  put("incoming-done", incoming.done.length, true);
  put("incoming-notes", written.length);
  put("incoming-clash", clashes.length);
  put("incoming-missing", 0, incoming.isMissing);
  find("incoming-parts").replaceChildren(
    ...incoming.done.map((key) => {
      const item = document.createElement("li");
      item.textContent = titleOf(rows.find((row) => row.dataset.part === key));
      return item;
    }),
  );
  const add = find("incoming-add");
  add.textContent = clashes.length ? add.dataset.clash : add.dataset.plain;
  find("incoming-replace").hidden = !clashes.length;
  find("incoming-status").textContent = "";
  find("incoming").hidden = false;
  find("incoming").focus();
}

function add(takesTheirs) {
  const isKept = change(programme, (state) => {
    state.done = [...new Set([...state.done, ...incoming.done])];
    state.last ||= incoming.last;
    for (const [part, field, text] of texts(incoming.notes)) {
      state.notes[part] ??= {};
      if (takesTheirs || !state.notes[part][field]) state.notes[part][field] = text;
    }
  });
  if (isKept) {
    forgetIncoming();
    showProgress();
    showOutgoing();
  } else {
    find("code").value = incoming.typed; // It may have come by a link that is gone now.
    find("bring").open = true;
  }
  say(isKept ? "added" : "full");
}

function leave() {
  forgetIncoming();
  say("left");
}

function forgetIncoming() {
  incoming = null;
  readingTurn += 1;
  find("incoming").hidden = true;
  find("code").value = "";
}

// The button that was pressed is gone: focus goes to what became of it.
function say(word) {
  const status = find("incoming-status");
  status.textContent = status.dataset[word];
  status.focus();
}

async function bring(typed) {
  const error = find("code-error");
  error.textContent = "";
  find("code").removeAttribute("aria-invalid");
  readingTurn += 1;
  const turn = readingTurn;
  try {
    const found = await readCode(programme, typed);
    if (turn === readingTurn) ask(typed, found);
  } catch (problem) {
    if (!(problem instanceof CodeError)) throw problem;
    if (turn !== readingTurn) return;
    find("bring").open = true;
    find("code").setAttribute("aria-invalid", "true");
    error.textContent = error.dataset[problem.reason];
    find("code").focus();
  }
}

async function bringFile() {
  const [file] = find("file").files;
  if (!file) return;
  await bring(file.size > 1000000 ? "z." : await file.text());
  find("file").value = "";
}

// Where nothing can be kept: what came by a link is not lost with its address.
function giveBack(code) {
  if (!code) return;
  const found = document.querySelector("[data-not-brought]");
  found.querySelector("textarea").value = `${location.origin}${location.pathname}${code}`;
  found.hidden = false;
  found.focus();
}

const scanned = takeFromAddress();

if (place && isAvailable()) {
  kept.textContent = kept.dataset.here;
  carry.hidden = false;
  showProgress();
  showOutgoing();
  find("with-notes").addEventListener("change", showOutgoing);
  find("draw").addEventListener("click", draw);
  find("copy").addEventListener("click", copy);
  find("save").addEventListener("click", save);
  find("bring-code").addEventListener("click", () => bring(find("code").value));
  find("code").addEventListener("keydown", (event) => {
    if (event.key === "Enter") bring(find("code").value);
  });
  find("file").addEventListener("change", bringFile);
  find("incoming-add").addEventListener("click", () => add(false));
  find("incoming-replace").addEventListener("click", () => add(true));
  find("incoming-leave").addEventListener("click", leave);
  const refresh = () => {
    showProgress();
    showOutgoing();
  };
  whenChangedElsewhere(programme, refresh);
  const showAnew = () => {
    forgetIncoming();
    find("incoming-status").textContent = "";
    find("code-error").textContent = "";
    find("code").removeAttribute("aria-invalid");
    find("with-notes").checked = false;
    refresh();
  };
  whenCleared(showAnew);
  // It may have been cleared while the page lay in the history.
  addEventListener("pageshow", (event) => event.persisted && showAnew());
  addEventListener("hashchange", () => {
    const code = takeFromAddress();
    if (code) bring(code);
  });
  if (scanned) bring(scanned);
} else if (place) {
  kept.textContent = kept.dataset.unavailable;
  giveBack(scanned);
  addEventListener("hashchange", () => giveBack(takeFromAddress()));
}
