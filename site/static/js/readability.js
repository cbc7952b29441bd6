// The readability of what is being written, in the editor's panel of checks. Each new
// preview brings the reading along, as JSON in its user bar; here it is only shown.
const panel = document.querySelector("[data-reading]");
const MOST_OPEN = 3;

function readingIn(frame) {
  const bar = frame?.contentDocument?.querySelector("wagtail-userbar");
  const json = bar?.shadowRoot?.querySelector("#reading");
  return json && JSON.parse(json.textContent);
}

function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function show(place) {
  const field = document.querySelector(`[data-contentpath="${CSS.escape(place)}"]`);
  if (!field) return;
  field.scrollIntoView({ block: "center" });
  field.querySelector("input:not([type=hidden]), textarea, [contenteditable=true]")?.focus();
}

function itemFor({ place, quote, text }) {
  const item = document.createElement("li");
  if (quote) {
    const button = element("button", quote, "reading-quote");
    button.type = "button";
    button.addEventListener("click", () => show(place));
    item.append(button);
  }
  item.append(element("span", text));
  return item;
}

function groupFor({ kind, title, items, more }, isOpen) {
  const group = document.createElement("details");
  group.dataset.kind = kind;
  group.open = isOpen;
  const list = document.createElement("ul");
  list.append(...items.map(itemFor));
  group.append(element("summary", title), list);
  if (more) group.append(element("p", more));
  return group;
}

function update() {
  const reading = readingIn(document.querySelector("#w-preview-iframe"));
  if (!reading) return;
  const known = [...panel.querySelectorAll("[data-reading-groups] details")];
  const isOpen = new Map(known.map(({ dataset, open }) => [dataset.kind, open]));
  const groups = reading.groups.map((group, number) =>
    groupFor(group, isOpen.get(group.kind) ?? number < MOST_OPEN),
  );
  panel.querySelector("[data-reading-groups]").replaceChildren(...groups);
  panel.querySelector("[data-reading-count]").textContent = reading.count;
  const summary = panel.querySelector("[data-reading-summary]");
  if (summary.textContent !== reading.summary) summary.textContent = reading.summary;
  const score = document.querySelector("[data-reading-score]");
  score.textContent = reading.score;
  score.dataset.band = reading.band;
}

if (panel) document.addEventListener("w-preview:updated", update);
