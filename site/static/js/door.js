// What is wrong is what one comes to after sending a form.
if (!location.hash) {
  document.querySelector("#errors, main [aria-invalid]")?.focus();
}

// Keeps what is being typed in this tab until the site has saved it: a lost connection,
// a closed laptop or a page that came back with errors loses nothing.
const form = document.querySelector("form[data-keep]");

if (form) {
  const key = `door-${form.dataset.keep}`;
  const fields = () =>
    [...form.elements].filter(
      (field) => field.name && !["hidden", "file", "submit"].includes(field.type),
    );

  const write = () => {
    const values = fields().map((field) =>
      ["checkbox", "radio"].includes(field.type) ? field.checked : field.value,
    );
    const kept = { saved: form.dataset.saved, values };
    sessionStorage.setItem(key, JSON.stringify(kept));
  };

  const say = (words) => {
    const line = document.createElement("p");
    line.className = "notice";
    line.setAttribute("role", "status");
    form.before(line);
    line.textContent = words;
  };

  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
    const here = fields();
    // Saved since, or with other rows than now: what the site has is newer.
    if (!kept || kept.saved !== form.dataset.saved || kept.values.length !== here.length) {
      sessionStorage.removeItem(key);
      return;
    }
    let changed = false;
    here.forEach((field, place) => {
      const property = ["checkbox", "radio"].includes(field.type) ? "checked" : "value";
      changed ||= field[property] !== kept.values[place];
      field[property] = kept.values[place];
    });
    if (changed) say(form.dataset.restored);
  };

  restore();
  form.addEventListener("input", write);
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    say(form.dataset.offline);
  });
}
