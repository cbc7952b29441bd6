// Shows the need-finder's questions one at a time. Without scripts they stand on one
// page. Nothing is kept: the answers are in the form, and go when the page goes.
const form = document.querySelector(".need-finder");

if (form) {
  const questions = [...form.querySelectorAll("[data-question]")];
  const walk = form.querySelector("[data-walk]");
  const progress = walk.querySelector("[data-progress]");
  const back = walk.querySelector("[data-back]");
  const next = walk.querySelector("[data-next]");
  const send = form.querySelector("[data-show]");
  const last = questions.length - 1;
  let place = 0;

  const show = () => {
    questions.forEach((question, number) => {
      question.hidden = number !== place;
    });
    progress.textContent = progress.dataset.progress
      .replace("{number}", place + 1)
      .replace("{total}", questions.length);
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

  form.prepend(progress);
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
