// One button forgets all programmes in this browser; it asks first.
import { clearAll, isAvailable } from "./programme-store.js";

const place = document.querySelector("[data-clear]");

if (place && isAvailable()) {
  const dialog = place.querySelector("[data-clear-dialog]");
  const status = place.querySelector("[data-clear-status]");
  const no = place.querySelector("[data-clear-no]");
  place.hidden = false;
  place.querySelector("[data-clear-open]").addEventListener("click", () => {
    status.textContent = "";
    dialog.showModal();
    no.focus(); // Who presses Enter in haste loses nothing.
  });
  no.addEventListener("click", () => dialog.close());
  place.querySelector("[data-clear-yes]").addEventListener("click", () => {
    clearAll();
    dialog.close();
    status.textContent = status.dataset.cleared;
  });
}
