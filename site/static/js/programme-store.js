// What a reader has done and written, in this browser only: one entry for each programme,
// under the key that its pages share in every language. Nothing here is ever sent.
const PREFIX = "programme:";
const CLEARED = `${PREFIX}cleared`; // Written for a moment, so that other tabs hear of it.

function storage() {
  try {
    return window.localStorage; // Reading it may already be forbidden.
  } catch {
    return null;
  }
}

export function isAvailable() {
  try {
    storage().setItem(`${PREFIX}try`, "1");
    storage().removeItem(`${PREFIX}try`);
    return true;
  } catch {
    // Full is not unavailable: what is there can be read and cleared.
    return (storage()?.length ?? 0) > 0;
  }
}

// {done: [key of a part], last: key of a part, notes: {key of a part: {field: text}}}
export function read(programme) {
  const empty = { done: [], last: "", notes: {} };
  try {
    const kept = JSON.parse(storage().getItem(PREFIX + programme)) ?? {};
    return {
      done: Array.isArray(kept.done) ? kept.done : [],
      last: typeof kept.last === "string" ? kept.last : "",
      notes: kept.notes && typeof kept.notes === "object" ? kept.notes : {},
    };
  } catch {
    return empty;
  }
}

// Reads anew before each change: another tab may have written. False: it is not kept.
export function change(programme, edit) {
  const state = read(programme);
  edit(state);
  try {
    storage().setItem(PREFIX + programme, JSON.stringify({ version: 1, ...state }));
    return true;
  } catch {
    return false;
  }
}

export function note(state, part, field, text) {
  state.notes[part] ??= {};
  if (text) state.notes[part][field] = text;
  else delete state.notes[part][field];
  if (!Object.keys(state.notes[part]).length) delete state.notes[part];
}

export function clearAll() {
  const kept = storage();
  const ours = Object.keys(kept ?? {}).filter((key) => key.startsWith(PREFIX));
  ours.forEach((key) => kept.removeItem(key));
  try {
    kept.setItem(CLEARED, "1");
    kept.removeItem(CLEARED);
  } catch {
    // Where nothing can be written no other tab has kept anything either.
  }
  document.dispatchEvent(new CustomEvent("device-cleared"));
}

// In this tab or in another.
export function whenCleared(then) {
  document.addEventListener("device-cleared", then);
  addEventListener("storage", (event) => {
    if (event.key === null || event.key === CLEARED) then();
  });
}

export function whenChangedElsewhere(programme, then) {
  addEventListener("storage", (event) => {
    if (event.key === PREFIX + programme) then();
  });
}
