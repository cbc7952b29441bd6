// Shows the need-finder's questions one at a time, and its answers without leaving the
// page: so "back" leads to the question before, and from a suggestion here, not to what
// was posted, which no browser shows again. Without scripts the questions stand on one
// page and are posted. Nothing is kept: answers and lists are in the page, and go when it
// goes. An entry of the history holds numbers: which drawing it shows, and which of its
// questions.
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

  const show = (number) => {
    place = Math.min(number, last);
    questions.forEach((question, each) => {
      question.hidden = each !== place;
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

  const go = (number) => {
    show(number);
    questions[place].querySelector("h2").focus();
  };

  walk.hidden = false;
  show(0);
  back.addEventListener("click", () => goBackTo(place - 1));
  next.addEventListener("click", goOn);
  form.addEventListener("input", name);
  form.addEventListener("keydown", (event) => {
    // Enter in a box would send the form in the middle of it.
    if (event.key !== "Enter" || event.target.type !== "checkbox" || place === last) return;
    event.preventDefault();
    goOn();
  });
  return { go, place: () => place };
}

const views = new Map(); // What was drawn, by the number in the history's entry.
let shown = history.state?.view ?? 0;
let walk = null; // Through the questions that are shown; none through a list.
let goal = null; // The question that the history is on its way back to.
let asking = null;

const entry = () => (walk ? { view: shown, step: walk.place() } : { view: shown });

function setUp() {
  const questions = finder.querySelector(".need-finder");
  walk = questions && walkThrough(questions);
  const print = finder.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  views.set(shown, { nodes: [...finder.childNodes], title: document.title, walk });
}

function goOn() {
  goal = null;
  const step = walk.place() + 1;
  history.pushState({ view: shown, step }, "");
  walk.go(step);
}

// Each question has its entry after the one before it. A link to a place on the page may
// have made others in between: then the way is longer.
function goBackTo(step) {
  goal = step;
  history.go(step - history.state.step);
}

function put(number) {
  const view = views.get(number);
  shown = number;
  walk = view.walk;
  finder.replaceChildren(...view.nodes);
  document.title = view.title;
}

// Help stands first, and is read first.
function goToHeading() {
  const heading = finder.querySelector(".crisis-answer h2, h1");
  heading.tabIndex = -1;
  scrollTo(0, 0);
  heading.focus();
}

function draw(answer) {
  goal = null;
  shown += 1;
  history.pushState({ view: shown }, "");
  finder.replaceChildren(...answer.querySelector("[data-finder]").childNodes);
  document.title = answer.title;
  setUp();
  history.replaceState(entry(), "");
  goToHeading();
}

async function ask(form, button, signal) {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.append(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body, signal, credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function send(event) {
  const { target: form, submitter } = event;
  event.preventDefault();
  if (asking) return;
  const mine = new AbortController();
  const wait = setTimeout(() => mine.abort(), LONGEST_WAIT);
  asking = mine;
  try {
    draw(await ask(form, submitter, mine.signal));
  } catch {
    if (asking === mine) {
      // The browser's own way: it tells what is wrong, or brings the answer after all.
      finder.removeEventListener("submit", send);
      form.requestSubmit(submitter);
      finder.addEventListener("submit", send);
    }
  }
  clearTimeout(wait);
  if (asking === mine) asking = null;
}

// Who goes elsewhere meanwhile wants no answer any more.
function stopAsking() {
  const stopped = asking;
  asking = null;
  stopped?.abort();
}

function showEntry() {
  // A link to a place on the page made the entry: it shows what was shown.
  if (!history.state) history.replaceState(entry(), "");
  const { view, step = 0 } = history.state;
  if (goal !== null && step > goal) {
    goBackTo(goal);
    return;
  }
  goal = null;
  if (!views.has(view)) {
    // Of a page that the browser forgot: its answers are gone, and it begins anew.
    views.set(view, atFirst);
    if (step) {
      goBackTo(0);
      return;
    }
  }
  if (view !== shown) {
    stopAsking();
    put(view);
    walk?.go(step);
    goToHeading();
  } else if (walk && walk.place() !== step) {
    stopAsking();
    walk.go(step);
  }
}

setUp();
const atFirst = views.get(shown);
// The questions are empty again, so the first of them is shown.
if (walk && history.state?.step) goBackTo(0);
else history.replaceState(entry(), "");
finder.addEventListener("submit", send);
addEventListener("popstate", showEntry);
