// Advice under the fields of the NGO door while somebody writes: what would serve better
// in a field of its own. It is asked for when the writer pauses, and said politely.
// Without scripts the same advice stands above the form once it has been sent.
const PAUSE = 1200; // Milliseconds without typing before anything is asked.

function listUnder(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}_advice`;
  list.className = "field-advice";
  field.after(list);
  const described = field.getAttribute("aria-describedby");
  field.setAttribute("aria-describedby", described ? `${described} ${list.id}` : list.id);
  return list;
}

function itemFor(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

function addTo(form) {
  const texts = [...form.querySelectorAll("input[lang], textarea[lang]")];
  const status = document.createElement("p");
  const lists = new Map();
  let known = new Set(); // What has been said: it is not said again.
  let timer = 0;
  let request = new AbortController();

  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(status);

  function show(found) {
    for (const field of texts) {
      const sentences = found.filter((each) => each.field === field.name);
      if (sentences.length && !lists.has(field)) lists.set(field, listUnder(field));
      lists.get(field)?.replaceChildren(...sentences.map(({ text }) => itemFor(text)));
    }
    const fresh = found.map(({ text }) => text).filter((text) => !known.has(text));
    known = new Set(found.map(({ text }) => text));
    status.textContent = fresh.join(" ");
  }

  async function ask() {
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const body = new URLSearchParams(texts.map(({ name, value }) => [name, value]));
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    try {
      const answer = await fetch(form.dataset.advice, { method: "POST", body, headers, signal });
      if (!answer.ok) return;
      const { advice } = await answer.json();
      if (!signal.aborted) show(advice);
    } catch {
      // No connection: advice can wait until the form is sent.
    }
  }

  form.addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    if (texts.includes(target)) timer = setTimeout(ask, PAUSE);
  });
}

document.querySelectorAll("form[data-advice]").forEach(addTo);
