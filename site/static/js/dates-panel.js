// The editor's list of dates follows what is written, before anything is saved.
// Without scripts the list stays as it was, and the preview shows the dates.
const panel = document.querySelector("[data-dates-panel]");
const form = panel?.closest("form");
const overview = panel?.querySelector("[data-dates-overview]");
const status = panel?.querySelector("[data-dates-status]");

const COUNTS = /^(rules|extra_dates|breaks)-|^(pauses|venue|municipality)$/;
const PAUSE = 500; // milliseconds without a change

let shown = "";
let running;
let timer;

function written() {
  const entries = [...new FormData(form)].filter(([name]) => COUNTS.test(name));
  return JSON.stringify(entries);
}

// A new group gets a page of its own when the editor saves it by itself.
function address() {
  const [, saved] = form.action.match(/\/pages\/(\d+)\/edit\//) ?? [];
  return saved ? panel.dataset.url.replace(/\d+\/$/, `${saved}/`) : panel.dataset.url;
}

async function refresh() {
  shown = written();
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    const response = await fetch(address(), {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "XMLHttpRequest" },
      signal,
    });
    if (!response.ok || response.redirected) throw new Error(response.status);
    overview.innerHTML = await response.text();
    status.textContent = overview.querySelector("[data-summary]").dataset.summary;
  } catch {
    if (!signal.aborted) status.textContent = panel.dataset.failed;
  }
}

function refreshWhenChanged() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (written() !== shown) refresh();
  }, PAUSE);
}

if (form) {
  shown = written();
  panel.querySelector("[data-dates-refresh]").addEventListener("click", refresh);
  // Rows come and go, and choosers are filled, by clicks.
  for (const kind of ["input", "change", "click"]) {
    form.addEventListener(kind, refreshWhenChanged);
  }
}
