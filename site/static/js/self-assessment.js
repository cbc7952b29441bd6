// Scores a questionnaire in the browser: nothing that is answered leaves it. The rules
// stand in the page as data, and the words as templates; `guides/scoring/score.py` does
// the same on the server for those without scripts. A test compares the two.

// Rules and answers in, result out. Answers are what the form holds, as strings.
export function score(rules, answers) {
  const given = known(rules, answers);
  const points = {};
  for (const { key, scores } of rules.items) {
    if (scores && key in given) points[key] = scores[given[key]];
  }
  const skipped = skippedItems(rules, points);
  const uncounted = skipped.filter((key) => points[key]);
  const told = { ...points };
  for (const key of skipped) points[key] = 0;
  Object.assign(points, measured(rules, given));

  const missing = rules.items
    .map(({ key }) => key)
    .filter((key) => !(key in given) && !skipped.includes(key));
  const subScores = {};
  for (const { key, items, bands } of rules.subScores) {
    if (!items.every((item) => item in points)) continue;
    const total = sum(items.map((item) => points[item]));
    const band = items.some((item) => uncounted.includes(item))
      ? -1
      : bands.findIndex(([low, high]) => low <= total && total <= high);
    subScores[key] = { total, band: band < 0 ? null : band };
    told[key] = sum(items.map((item) => told[item] ?? 0));
  }
  const raised = rules.flags.filter(
    ({ of, atLeast, when }) => (told[of] ?? 0) >= atLeast && isSo(when, given),
  );
  const flags = raised.map(({ key }) => key);
  const result = { missing, skipped, uncounted, subScores, flags, isFirstStep: false };
  if (missing.length) {
    const first = rules.subScores.find(({ key }) => key === rules.firstStep)?.items ?? [];
    const answered = Object.keys(given);
    result.isFirstStep =
      answered.length > 0 &&
      answered.length === first.length &&
      first.every((key) => answered.includes(key));
    return { ...result, total: null, percent: null, band: "", advice: "", limits: null };
  }
  const total = sum(rules.totalOf.map((key) => points[key]));
  const limits = rules.limits.findIndex(({ when }) => isSo(when, given));
  const [band] = rules.limits[limits].ranges.find(
    ([, low, high]) => low <= total && total <= high,
  );
  const percent = Math.floor((total * 100) / rules.maximum);
  const advice = adviceOver(rules.bands[band], raised);
  return { ...result, total, percent, band, advice, limits };
}

// The flag that weighs the most, when it weighs more than the total's band.
function adviceOver(weight, raised) {
  let most = { key: "", weight };
  for (const flag of raised) if (isMore(flag.weight, most.weight)) most = flag;
  return most.key;
}

const isMore = ([level, isForSome], [otherLevel, otherIsForSome]) =>
  level > otherLevel || (level === otherLevel && isForSome && !otherIsForSome);

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

const isSo = (when, given) =>
  Object.entries(when).every(([key, value]) => given[key] === value);

function known(rules, answers) {
  const given = {};
  for (const { key, scores, number } of rules.items) {
    const answer = answers[key] ?? "";
    if (number) {
      const steps = stepsIn(answer, number);
      if (steps !== null) given[key] = steps;
    } else if (Object.hasOwn(scores, answer)) {
      given[key] = answer;
    }
  }
  return given;
}

function stepsIn(typed, { lowest, highest, decimals }) {
  const shape = decimals ? /^[0-9]{1,4}(?:[.,][0-9])?$/ : /^[0-9]{1,4}$/;
  if (!shape.test(typed.trim())) return null;
  const [whole, decimal] = typed.trim().replace(",", ".").split(".");
  const steps = Number(whole) * 10 ** decimals + Number(decimal ?? 0);
  return lowest <= steps && steps <= highest ? steps : null;
}

function skippedItems(rules, points) {
  const skipped = new Set();
  for (const { whenZero, items } of rules.skips) {
    if (whenZero.every((key) => points[key] === 0)) items.forEach((key) => skipped.add(key));
  }
  return [...skipped];
}

function measured(rules, given) {
  const points = {};
  for (const { key, formula, items, tables } of rules.measures) {
    const numbers = items.filter((item) => item in given).map((item) => given[item]);
    const table = tables.find(({ when }) => isSo(when, given));
    if (!table || numbers.length !== items.length) continue;
    const value = valueOf(formula, numbers);
    points[key] = table.steps.find(([upTo]) => upTo === null || value <= upTo)[1];
  }
  return points;
}

function valueOf(formula, [first, second]) {
  if (formula !== "body_mass_index") return first;
  // In tenths, halves up; whole numbers, so that the server gets the same.
  const square = first ** 2;
  return Math.floor((2 * 10_000 * second + square) / (2 * square));
}

// The page

function addTo(form) {
  const section = form.closest("section");
  const rules = JSON.parse(section.querySelector("#rules").textContent);
  const place = section.querySelector("[data-answer]");
  const help = form.querySelector("[data-help]");

  const template = (name) =>
    section.querySelector(`template[data-template="${name}"]`).content.cloneNode(true);
  const itemOf = (key) => form.querySelector(`[data-item="${key}"]`);

  // What is skipped is out of sight: an answer that was given to it before is none.
  function now() {
    const answers = Object.fromEntries(new FormData(form));
    for (const key of score(rules, answers).skipped) delete answers[key];
    return score(rules, answers);
  }

  // What is not to be answered is out of the way; what is asked has its mark.
  function update({ skipped, flags }) {
    for (const { key } of rules.items) itemOf(key).hidden = skipped.includes(key);
    if (!help) return;
    const needsHelp = flags.includes("crisis");
    if (!needsHelp) help.replaceChildren();
    else if (!help.childElementCount) help.append(template("crisis"));
  }

  function mark(key, isMissing) {
    const item = itemOf(key);
    const message = item.querySelector(".errorlist");
    const field = item.matches("fieldset") ? item : item.querySelector("input");
    message.hidden = !isMissing;
    const ids = [item.querySelector(".hint")?.id, isMissing && message.id].filter(Boolean);
    if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
    else field.removeAttribute("aria-describedby");
    item.querySelectorAll("input").forEach((input) => {
      if (isMissing) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    });
  }

  const firstInput = (key) => itemOf(key).querySelector("input");

  function linkTo(key) {
    const link = document.createElement("a");
    link.href = `#${firstInput(key).id}`;
    link.textContent = itemOf(key).querySelector("legend, label").textContent;
    const line = document.createElement("li");
    line.append(link);
    return line;
  }

  function fillSubScores(piece, subScores) {
    for (const part of piece.querySelectorAll("[data-sub-score]")) {
      const found = subScores[part.dataset.subScore];
      part.querySelector("[data-sub-total]").textContent = found.total;
      for (const text of part.querySelectorAll("[data-sub-band]")) {
        if (Number(text.dataset.subBand) !== found.band) text.remove();
      }
    }
  }

  function missingPiece({ missing }) {
    const piece = template("missing");
    piece.querySelector("ul").replaceChildren(...missing.map(linkTo));
    return piece;
  }

  function firstStepPiece({ subScores, missing }) {
    const piece = template("first-step");
    fillSubScores(piece, subScores);
    piece.querySelector("[data-next]").href = `#${firstInput(missing[0]).id}`;
    return piece;
  }

  function resultPiece({ total, percent, band, advice, limits, subScores, flags }) {
    const piece = template("result");
    const drop = (selector, holds) =>
      piece.querySelectorAll(selector).forEach((part) => holds(part.dataset) || part.remove());
    drop("[data-flag]", (data) => flags.includes(data.flag));
    drop("[data-without-flag]", (data) => !flags.includes(data.withoutFlag));
    drop("[data-band]", (data) => data.band === band);
    drop("[data-advice]", (data) => data.advice === advice);
    drop("[data-outranked]", () => advice !== "");
    drop("[data-limits]", (data) => Number(data.limits) === limits);
    piece.querySelector("[data-total]").textContent = total;
    piece.querySelectorAll("[data-percent]").forEach((part) => (part.textContent = percent));
    fillSubScores(piece, subScores);
    return piece;
  }

  function pieceOf(result) {
    if (!result.missing.length) return resultPiece(result);
    return result.isFirstStep ? firstStepPiece(result) : missingPiece(result);
  }

  function show(result) {
    const pieces = [pieceOf(result)];
    // A whole result has its own.
    if (result.missing.length && result.flags.includes("crisis")) {
      pieces.unshift(template("crisis"));
    }
    place.replaceChildren(...pieces);
    offerToPrint();
  }

  function offerToPrint() {
    const line = place.querySelector("[data-print]");
    if (!line) return;
    line.hidden = false;
    line.querySelector("button").addEventListener("click", () => print());
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const result = now();
    const isAsked = result.missing.length > 0 && !result.isFirstStep;
    for (const { key } of rules.items) mark(key, isAsked && result.missing.includes(key));
    show(result);
    const first = place.querySelector("[data-crisis]");
    (first ?? place.querySelector("#result-heading") ?? place).focus();
  });

  // A result that does not hold any more goes; one that changes does so in its place.
  // What was missing stays listed until the next try, and a number is read as it is
  // typed, not when it is left: nothing moves under the finger.
  form.addEventListener("input", ({ target }) => {
    const result = now();
    update(result);
    if (!result.missing.includes(target.name)) mark(target.name, false);
    if (place.querySelector("[data-missing]") || !place.childElementCount) return;
    if (result.total !== null) show(result);
    else place.replaceChildren();
  });

  // Links to questions go to the first answer, also in browsers that only scroll.
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const input = link && form.querySelector(link.getAttribute("href"));
    if (!input) return;
    event.preventDefault();
    input.closest("[data-item]").scrollIntoView({ block: "center" });
    input.focus({ preventScroll: true });
  });

  // Whoever goes back at a shared device does not find what another one answered.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    form.reset();
    place.replaceChildren();
    for (const { key } of rules.items) mark(key, false);
    update(now());
  });

  update(now());
  offerToPrint();
}

document.querySelectorAll("form[data-assessment]").forEach(addTo);
