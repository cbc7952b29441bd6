// Says at once whether a choice is right, and opens the explanation.
for (const question of document.querySelectorAll("[data-quiz]")) {
  const options = [...question.querySelectorAll("[data-answer]")];
  const verdict = question.querySelector("[data-verdict]");
  const answer = question.querySelector("details");

  const judge = () => {
    const chosen = options.filter((option) => option.checked);
    const right = options.filter((option) => "isRight" in option.dataset);
    const isOneOf = options[0].type === "radio";
    verdict.textContent = "";
    // Where several are right, it is said when as many have been chosen.
    if (!chosen.length || (!isOneOf && chosen.length < right.length)) return;
    const isRight = chosen.length === right.length && chosen.every((option) => right.includes(option));
    verdict.textContent = isRight ? question.dataset.right : question.dataset.wrong;
    answer.open = true;
  };

  question.addEventListener("change", judge);
  question.closest("[data-programme]")?.addEventListener("filled-in", judge);
  judge(); // What was chosen on an earlier visit has been filled in already.
}
