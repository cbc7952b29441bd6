// A circle that grows and shrinks at the pace of the exercise, started and stopped by the
// reader. Who wants less motion gets the words alone. The rounds left are always shown;
// a screen reader hears each tenth of them at most, not every breath.
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

function add(place) {
  const { dataset } = place;
  const circle = place.querySelector(".breath-circle");
  const words = place.querySelector("[data-phase]");
  const button = place.querySelector("[data-toggle]");
  const shown = place.querySelector("[data-shown]");
  const status = place.querySelector("[data-status]");
  const rounds = Number(dataset.rounds);
  const phases = [
    { name: "in", words: dataset.sayIn, seconds: Number(dataset.in), size: 1 },
    { name: "hold", words: dataset.sayHold, seconds: Number(dataset.hold), size: 1 },
    { name: "out", words: dataset.sayOut, seconds: Number(dataset.out), size: 0.45 },
  ].filter((phase) => phase.seconds > 0);
  const sparse = Math.max(3, Math.ceil(rounds / 10));
  let timer = 0;

  function stop(say) {
    clearTimeout(timer);
    timer = 0;
    circle.style.removeProperty("transform");
    circle.style.removeProperty("transition-duration");
    words.textContent = "";
    button.textContent = dataset.start;
    shown.textContent = say;
    status.textContent = say;
  }

  function go(round, number) {
    if (round === rounds) {
      stop(dataset.sayOver);
      return;
    }
    const phase = phases[number];
    const left = rounds - round;
    shown.textContent = dataset.sayLeft.replace("{number}", left);
    if (number === 0 && round % sparse === 0) status.textContent = shown.textContent;
    words.textContent = phase.words;
    if (!CALM.matches) {
      circle.style.transitionDuration = `${phase.seconds}s`;
      circle.style.transform = `scale(${phase.size})`;
    }
    const isLast = number === phases.length - 1;
    timer = setTimeout(() => go(isLast ? round + 1 : round, isLast ? 0 : number + 1), phase.seconds * 1000);
  }

  button.addEventListener("click", () => {
    if (timer) {
      stop(dataset.sayStopped);
    } else {
      button.textContent = dataset.stop;
      go(0, 0);
    }
  });
  button.textContent = dataset.start;
  place.hidden = false;
}

document.querySelectorAll("[data-breathing]").forEach(add);
