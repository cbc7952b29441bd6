// A part of a programme: keeps what is written and ticked in this browser, shows what is
// done, and in a summary what was written in the other parts. Nothing is sent anywhere.
import "./clear-device.js";
import { change, isAvailable, note, read, whenChangedElsewhere, whenCleared } from "./programme-store.js";

const place = document.querySelector("[data-programme]");
const { programme, thisPart: part } = place.dataset;
const fields = [...place.querySelectorAll("[data-answer]")];
const kept = place.querySelector("[data-kept]");
const done = place.querySelector("[data-done]");
const progress = place.querySelector("[data-progress]");
const unkept = new Set(); // What the storage had no room for stands in the field alone.

// A question with one answer is kept as one: the option's id under the question's name.
const keyOf = (field) => (field.type === "radio" ? field.name : field.id);

function valueOf(field) {
  if (field.type === "radio") return field.id;
  if (field.type === "checkbox") return field.checked ? "on" : "";
  return field.value;
}

function fillIn() {
  const notes = read(programme).notes[part] ?? {};
  for (const field of fields) {
    if (unkept.has(keyOf(field))) continue;
    const text = notes[keyOf(field)] ?? "";
    if (field.type === "radio") field.checked = text === field.id;
    else if (field.type === "checkbox") field.checked = text !== "";
    else if (field.value !== text) field.value = text; // Else the cursor would jump.
  }
  place.dispatchEvent(new CustomEvent("filled-in"));
}

function showProgress() {
  const state = read(programme);
  const rows = [...place.querySelectorAll("[data-part]")];
  let number = 0;
  for (const row of rows) {
    const isDone = state.done.includes(row.dataset.part);
    row.querySelector("[data-done-mark]").hidden = !isDone;
    number += isDone;
  }
  done.checked = state.done.includes(part);
  progress.textContent = progress.dataset.words.replace("{done}", number);
}

function showWritten() {
  const written = place.querySelector("[data-written]");
  if (!written) return;
  const { notes } = read(programme);
  let any = false;
  for (const section of written.querySelectorAll("[data-written-part]")) {
    const texts = notes[section.dataset.writtenPart] ?? {};
    section.hidden = true;
    for (const row of section.querySelectorAll("[data-written-answer]")) {
      const text = texts[row.dataset.writtenAnswer] ?? "";
      row.hidden = !text;
      if (!("tick" in row.dataset)) row.querySelector("dd").textContent = text;
      if (text) section.hidden = false;
    }
    any ||= !section.hidden;
  }
  written.hidden = !any;
}

function tell(isKept) {
  const words = isKept ? kept.dataset.here : kept.dataset.full;
  // A status is read aloud each time it is written.
  if (kept.textContent !== words) kept.textContent = words;
  kept.classList.toggle("is-problem", !isKept);
}

function keep(event) {
  const field = event.target;
  if (!fields.includes(field)) return;
  const isKept = change(programme, (state) => {
    state.last = part;
    note(state, part, keyOf(field), valueOf(field));
  });
  if (isKept) unkept.delete(keyOf(field));
  else unkept.add(keyOf(field));
  tell(!unkept.size);
}

function showAll() {
  fillIn();
  showProgress();
  showWritten();
}

// Nothing is spared: who clears the device wants every tab empty.
function showAnew() {
  unkept.clear();
  tell(true);
  showAll();
}

place.querySelector("[data-part-end]").hidden = false;
place.querySelector("[data-print]").addEventListener("click", () => print());
// On paper a text shows whole, and an empty box stays large enough for a pen.
addEventListener("beforeprint", () => {
  for (const field of fields) {
    if (field.tagName === "TEXTAREA" && field.value) field.style.height = `${field.scrollHeight + 4}px`;
  }
});
addEventListener("afterprint", () => fields.forEach((field) => field.style.removeProperty("height")));

if (isAvailable()) {
  kept.textContent = kept.dataset.here;
  place.querySelector("[data-needs-script]").hidden = false;
  showAll();
  // Reading alone leaves no trace; whoever has begun is led back to where they were.
  const { done: begun, notes } = read(programme);
  if (begun.length || Object.keys(notes).length) {
    tell(
      change(programme, (state) => {
        state.last = part;
      }),
    );
  }
  place.addEventListener("input", keep);
  done.addEventListener("change", () => {
    tell(
      change(programme, (state) => {
        state.last = part;
        state.done = state.done.filter((each) => each !== part);
        if (done.checked) state.done.push(part);
      }),
    );
    showProgress();
  });
  whenChangedElsewhere(programme, showAll);
  whenCleared(showAnew);
  // It may have been cleared while the page lay in the history.
  addEventListener("pageshow", (event) => event.persisted && showAnew());
} else {
  kept.textContent = kept.dataset.unavailable;
  done.closest("label").hidden = true;
}
