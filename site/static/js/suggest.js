// Suggestions under a search box while somebody types: an editable combobox with a list
// that is chosen from by hand (ARIA Authoring Practices). Nothing of what is typed stays
// in the browser. Without scripts, or without an answer, the form works as before.
const PAUSE = 150; // Milliseconds without typing before anything is asked.
const SHORTEST = 2;
const ICONS = { word: "search", group: "people", organiser: "people", page: "info" };

function optionFor({ text, kind, label, lang }, id) {
  const option = document.createElement("li");
  const words = document.createElement("span");
  option.id = id;
  option.className = `icon-${ICONS[kind] ?? kind}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  words.textContent = text;
  if (lang) words.lang = lang;
  option.append(words);
  if (label) {
    const small = document.createElement("small");
    small.textContent = label;
    option.append(" ", small);
  }
  return option;
}

function addTo(row) {
  const input = row.querySelector("input");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let suggestions = [];
  let active = -1; // -1: the box itself, as when nothing has been chosen.
  let timer = 0;
  let request = new AbortController();

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", row.dataset.name);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  row.append(list, status);

  input.type = "text"; // A search field may not be a combobox.
  input.enterKeyHint = "search";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  function select(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    clearTimeout(timer);
    request.abort();
    select(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
  }

  function show(found) {
    select(-1);
    suggestions = found;
    list.replaceChildren(...found.map((each, index) => optionFor(each, `${list.id}-${index}`)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const { none, one, many } = row.dataset;
    const words = found.length === 1 ? one : many;
    status.textContent = found.length ? `${found.length} ${words}` : none;
  }

  async function ask() {
    const typed = input.value.trim();
    request.abort();
    if (typed.length < SHORTEST) {
      close();
      return;
    }
    request = new AbortController();
    const { signal } = request;
    const address = `${row.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
    try {
      const answer = await fetch(address, { signal, cache: "no-store", credentials: "omit" });
      const { suggestions: found } = await answer.json();
      if (!signal.aborted) show(found);
    } catch {
      if (!signal.aborted) close();
    }
  }

  function choose(index) {
    const { text, url } = suggestions[index];
    close();
    if (url) {
      location.assign(url);
    } else {
      input.value = text;
      input.form.requestSubmit();
    }
  }

  function move(step) {
    const number = list.children.length;
    if (active < 0) select(step > 0 ? 0 : number - 1);
    else select((active + step + number) % number);
  }

  function press(event) {
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        if (list.hidden) ask();
        else move(event.key === "ArrowDown" ? 1 : -1);
        break;
      case "Enter":
        if (active < 0) {
          close();
        } else {
          event.preventDefault();
          choose(active);
        }
        break;
      case "Escape":
      case "Tab":
        close();
        break;
      case "Home":
      case "End":
      case "ArrowLeft":
      case "ArrowRight":
        select(-1); // Back to the text, where these keys move as ever.
        break;
    }
  }

  input.addEventListener("input", () => {
    select(-1);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (!event.isComposing) press(event);
  });
  input.addEventListener("blur", close);
  // The box keeps the focus, so that a finger or a mouse does not close the list first.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose([...list.children].indexOf(option));
  });
}

document.querySelectorAll("[data-suggest]").forEach(addTo);
