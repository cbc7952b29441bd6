// "Use my location": the device's position is turned into the nearest postal code here
// in the browser and is never sent anywhere. Without scripts the button stays hidden.
const place = document.querySelector("[data-near-me]");
const field = document.querySelector("#filter-near");

const FARTHEST = 0.5; // Degrees, about 50 km: farther away no code is near.

function nearest(codes, { latitude, longitude }) {
  const narrowing = Math.cos((latitude * Math.PI) / 180);
  let best = null;
  for (const [code, north, east] of codes) {
    const away = Math.hypot(north - latitude, (east - longitude) * narrowing);
    if (!best || away < best.away) best = { code, away };
  }
  return best && best.away < FARTHEST ? best.code : "";
}

function position() {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: 15000 });
  });
}

if (place && field && "geolocation" in navigator) {
  const button = place.querySelector("button");
  const status = place.querySelector("[role=status]");
  place.hidden = false;
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      const [answer, found] = await Promise.all([fetch(place.dataset.nearMe), position()]);
      const { codes } = await answer.json();
      const code = nearest(codes, found.coords);
      if (!code) throw new RangeError("not in the county");
      field.value = code;
      status.textContent = `${status.dataset.found} ${field.value}`;
      field.focus();
    } catch {
      status.textContent = status.dataset.failed;
    }
  });
}
