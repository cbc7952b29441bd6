// Leaves the page at once: hides it, and puts a neutral page in its place so that
// "back" does not return here. Without scripts the button is a plain link.
const link = document.querySelector("[data-quick-exit]");

function leave(event) {
  event?.preventDefault();
  document.body.hidden = true;
  document.title = "";
  history.replaceState(null, "", "/");
  location.replace(link.href);
}

link?.addEventListener("click", leave);

// Three quick presses of Escape do the same.
let presses = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !link) return;
  presses = [...presses, event.timeStamp].filter((time) => event.timeStamp - time < 2000);
  if (presses.length >= 3) leave();
});

// A page brought back from the browser's memory shows again.
addEventListener("pageshow", () => {
  document.body.hidden = false;
});
