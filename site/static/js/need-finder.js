// Shows the need-finder's questions one at a time. Without scripts they stand on one
// page. Nothing is kept: the answers are in the form, and go when the page goes.
const form = document.querySelector(".need-finder");

if (form) {
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

const print = document.querySelector("[data-print]");

if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
