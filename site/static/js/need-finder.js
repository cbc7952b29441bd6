// Shows the need-finder's questions one at a time, and its answers without leaving the
// page: so "back" from a suggestion leads here, and not to what was posted, which no
// browser shows again. Without scripts the questions stand on one page and are posted.
// Nothing is kept: answers and lists are in the page, and go when it goes. An entry of
// the history holds a number.
const finder = document.querySelector("[data-finder]");
const LONGEST_WAIT = 15_000; // Milliseconds; then the browser tries, and says what is wrong.

function walkThrough(form) {
  const questions = [...form.querySelectorAll("[data-question]")];
  const walk = form.querySelector("[data-walk]");
  const back = walk.querySelector("[data-back]");
  const next = walk.querySelector("[data-next]");
  const send = form.querySelector("[data-show]");
  const last = questions.length - 1;
  const title = document.title;
  let place = 0;

  const show = () => {
    questions.forEach((question, number) => {
      question.hidden = number !== place;
    });
    document.title = `${questions[place].querySelector("[data-place]").textContent} – ${title}`;
    back.hidden = place === 0;
    next.hidden = place === last;
    send.classList.toggle("is-quiet", place !== last);
    name();
  };

  const name = () => {
    const answered = questions[place].querySelector("input:checked");
    next.textContent = answered ? next.dataset.next : next.dataset.skip;
  };

  const go = (step) => {
    place = Math.min(Math.max(place + step, 0), last);
    show();
    questions[place].querySelector("h2").focus();
  };

  walk.hidden = false;
  show();
  back.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  form.addEventListener("input", name);
  form.addEventListener("keydown", (event) => {
    // Enter in a box would send the form in the middle of it.
    if (event.key !== "Enter" || event.target.type !== "checkbox" || place === last) return;
    event.preventDefault();
    go(1);
  });
}

function setUp() {
  const questions = finder.querySelector(".need-finder");
  if (questions) walkThrough(questions);
  const print = finder.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
}

// What was drawn, by the number in the history's entry.
const views = new Map();
if (!history.state) history.replaceState({ view: 0 }, "");
let shown = history.state.view;
let isAsking = false;

function put(number, nodes, title) {
  views.set(shown, { nodes: [...finder.childNodes], title: document.title });
  shown = number;
  finder.replaceChildren(...nodes);
  document.title = title;
}

// Help stands first, and is read first.
function goToHeading() {
  const heading = finder.querySelector(".crisis-answer h2, h1");
  heading.tabIndex = -1;
  scrollTo(0, 0);
  heading.focus();
}

function draw(answer) {
  const drawn = answer.querySelector("[data-finder]");
  drawn.querySelector("[data-not-kept]")?.remove();
  history.pushState({ view: shown + 1 }, "");
  put(shown + 1, drawn.childNodes, answer.title);
  setUp();
  goToHeading();
}

async function ask(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.append(button.name, button.value);
  const signal = AbortSignal.timeout(LONGEST_WAIT);
  const answer = await fetch(form.action, { method: "POST", body, signal, credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function send(event) {
  const { target: form, submitter } = event;
  event.preventDefault();
  if (isAsking) return;
  isAsking = true;
  try {
    draw(await ask(form, submitter));
  } catch {
    // The browser's own way: it tells what is wrong, or brings the answer after all.
    finder.removeEventListener("submit", send);
    form.requestSubmit(submitter);
    finder.addEventListener("submit", send);
  }
  isAsking = false;
}

setUp();
finder.addEventListener("submit", send);

addEventListener("popstate", () => {
  // A link to a place on the page made the entry: it shows what was shown.
  if (!history.state) history.replaceState({ view: shown }, "");
  const number = history.state.view;
  const view = views.get(number);
  if (!view || number === shown) return;
  put(number, view.nodes, view.title);
  goToHeading();
});
