// Progress as a code. Two kinds:
//
// The short one is for paper and for a picture: version, two characters of the programme,
// a bit for each part's number, two to check (guides/progress_codes.py checks the same).
// It holds which parts are done, never what was written.
//
// The long one is for a link's fragment or a file, and never reaches a server. It holds
// the notes too: "z." (deflated) or "j." and base64url of a checksum and JSON.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const VERSION = "1";
const PRIME = 1021;
const SHORTEST = 6;
const LONGEST = 17;
const LONGEST_LONG_CODE = 400000;
const LONGEST_JSON = 1000000;
const LONGEST_TEXT = 4000;
const LARGEST_NUMBER = (LONGEST - SHORTEST + 1) * 5; // Of a part: as far as a short code goes.
const MOST_ANSWERS = 1000; // In one part.
const KEY = /^[0-9a-z]{0,8}(-[0-9a-z]{1,8}){1,4}$/;

export class CodeError extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason; // The name of the sentence that tells what to do.
  }
}

const digits = (number) => ALPHABET[number >> 5] + ALPHABET[number & 31];
const programmeMark = (key) => digits(parseInt(key.slice(0, 3), 16) >> 2);

function restOf(text) {
  let rest = 0;
  for (const character of text) rest = (rest * 32 + ALPHABET.indexOf(character)) % PRIME;
  return rest;
}

// The whole code, read as a number, leaves 1.
const checkOf = (text) => digits((1 + PRIME - ((restOf(text) * 1024) % PRIME)) % PRIME);

export function shortCode(programme, numbers) {
  const bits = Array(Math.max(1, Math.ceil(Math.max(0, ...numbers) / 5))).fill(0);
  for (const number of numbers) bits[Math.floor((number - 1) / 5)] |= 1 << ((number - 1) % 5);
  const start = VERSION + programmeMark(programme) + bits.map((each) => ALPHABET[each]).join("");
  return start + checkOf(start);
}

// As one reads it aloud: in groups, from the end, so that the shortest stands first.
export const inGroups = (code) => code.replace(/(?=(?:.{4})+$)/g, " ").trim();

function readShortCode(programme, typed) {
  const code = typed
    .toUpperCase()
    .replace(/[\s\-‐-―.]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  if ([...code].some((character) => !ALPHABET.includes(character))) throw new CodeError("characters");
  if (code.length < SHORTEST || code.length > LONGEST) throw new CodeError("length");
  if (restOf(code) !== 1 || code[0] !== VERSION) throw new CodeError("check");
  if (code.slice(1, 3) !== programmeMark(programme)) throw new CodeError("otherProgramme");
  const done = [...code.slice(3, -2)].flatMap((character, place) => {
    const bits = ALPHABET.indexOf(character);
    return [0, 1, 2, 3, 4].filter((bit) => bits & (1 << bit)).map((bit) => place * 5 + bit + 1);
  });
  return { done, last: 0, notes: {} };
}

// The long code

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

async function collect(stream, most) {
  const parts = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      reader.cancel().catch(() => {});
      throw new CodeError("unreadable"); // A small code may unpack to a huge one.
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const through = (bytes, packer) => new Blob([bytes]).stream().pipeThrough(packer);

function toBase64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64(text) {
  const bytes = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
}

// `progress` has numbers of parts where the device keeps keys.
export async function longCode(programme, { done, last, notes }) {
  const json = new TextEncoder().encode(JSON.stringify({ p: programme, d: done, l: last, n: notes }));
  const bytes = new Uint8Array(json.length + 4);
  new DataView(bytes.buffer).setUint32(0, crc32(json));
  bytes.set(json, 4);
  if (!("CompressionStream" in window)) return `j.${toBase64(bytes)}`;
  return `z.${toBase64(await collect(through(bytes, new CompressionStream("deflate")), Infinity))}`;
}

const isNumber = (value) => Number.isInteger(value) && value >= 0 && value <= LARGEST_NUMBER;

// Each number once: else a short link could keep the page busy for minutes.
const isNumbers = (values) => Array.isArray(values) && new Set(values).size === values.length && values.every(isNumber);

function isNotes(notes) {
  return (
    notes !== null &&
    typeof notes === "object" &&
    Object.entries(notes).every(
      ([number, texts]) =>
        String(Number(number)) === number &&
        isNumber(Number(number)) &&
        texts !== null &&
        typeof texts === "object" &&
        Object.keys(texts).length <= MOST_ANSWERS &&
        Object.entries(texts).every(
          ([key, text]) => KEY.test(key) && typeof text === "string" && text.length <= LONGEST_TEXT,
        ),
    )
  );
}

async function readLongCode(programme, code) {
  if (code.length > LONGEST_LONG_CODE) throw new CodeError("unreadable");
  if (code[0] === "z" && !("DecompressionStream" in window)) throw new CodeError("tooOld");
  let found;
  try {
    let bytes = fromBase64(code.slice(2));
    if (code[0] === "z") bytes = await collect(through(bytes, new DecompressionStream("deflate")), LONGEST_JSON);
    const json = bytes.slice(4);
    if (new DataView(bytes.buffer).getUint32(0) !== crc32(json)) throw new RangeError("changed on the way");
    found = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch {
    throw new CodeError("unreadable");
  }
  const { p, d, l, n } = found ?? {};
  if (!isNumbers(d) || !isNumber(l) || !isNotes(n)) throw new CodeError("unreadable");
  if (p !== programme) throw new CodeError("otherProgramme");
  return { done: d, last: l, notes: n };
}

// Whatever somebody types, pastes or scans: a code, or a link that ends in one.
export async function readCode(programme, typed) {
  const text = typed.trim();
  const code = text.includes("#code=") ? text.slice(text.lastIndexOf("#code=") + 6) : text;
  if (!code) throw new CodeError("empty");
  if (/^[zj]\./.test(code)) return readLongCode(programme, code.replace(/\s/g, ""));
  if (/^https?:/i.test(code)) throw new CodeError("unreadable");
  return readShortCode(programme, code);
}
