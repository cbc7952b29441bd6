// Says whether a choice is right, and opens the explanation, when the reader asks for it:
// arrow keys choose each option on the way to the next one.
for (const question of document.querySelectorAll("[data-quiz]")) {
  const options = [...question.querySelectorAll("[data-answer]")];
  const verdict = question.querySelector("[data-verdict]");
  const answer = question.querySelector("details");
  const check = question.querySelector("[data-check]");

  check.querySelector("button").addEventListener("click", () => {
    const { right, wrong, none } = question.dataset;
    const isAnswered = options.some((option) => option.checked);
    const isRight = options.every((option) => option.checked === "isRight" in option.dataset);
    verdict.textContent = isAnswered ? (isRight ? right : wrong) : none;
    if (isAnswered) answer.open = true;
  });
  check.hidden = false;

  // What was said was said of another choice.
  const forget = () => {
    verdict.textContent = "";
  };
  question.addEventListener("change", forget);
  question.closest("[data-programme]")?.addEventListener("filled-in", forget);
}
