// One button forgets all programmes in this browser; it asks first.
import { clearAll, isAvailable } from "./programme-store.js";

const place = document.querySelector("[data-clear]");

if (place && isAvailable()) {
  const dialog = place.querySelector("[data-clear-dialog]");
  const status = place.querySelector("[data-clear-status]");
  place.hidden = false;
  place.querySelector("[data-clear-open]").addEventListener("click", () => {
    status.textContent = "";
    dialog.showModal();
  });
  place.querySelector("[data-clear-no]").addEventListener("click", () => dialog.close());
  place.querySelector("[data-clear-yes]").addEventListener("click", () => {
    clearAll();
    dialog.close();
    document.dispatchEvent(new CustomEvent("device-cleared"));
    status.textContent = status.dataset.cleared;
  });
}
