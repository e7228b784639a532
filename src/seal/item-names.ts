/** The longest name of an item, in UTF-16 code units. */
export const MAX_NAME_LENGTH = 1024;

const SEPARATOR = "/";
/** Windows' device names: opening a file of that name talks to the device instead. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/i;
/** Control characters, and those that turn the direction of text and so can hide an extension. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** What Windows allows in no name. */
const FORBIDDEN = /[<>:"|?*\\]/g;
const LONGEST_SEGMENT = 200;

/**
 * Whether a name may stand in a manifest: folders separated by `/`, no empty, `.` or `..` part, not absolute, no backslash,
 * no control character, no half character. Whoever sealed the manifest chose it.
 */
export function isItemName(name: string): boolean {
  if (name.length === 0 || name.length > MAX_NAME_LENGTH || !name.isWellFormed()) return false;
  if (name.includes("\\") || name.search(CONTROL) >= 0) return false;
  return name.split(SEPARATOR).every((part) => part !== "" && part !== "." && part !== "..");
}

/**
 * A manifest name for a file that the sender chose, as near to its own path as the rules allow.
 * @param path relative, with `/` between folders. @returns `unnamed` when nothing of it can stand.
 */
export function toItemName(path: string): string {
  const parts = path
    .toWellFormed()
    .normalize("NFC")
    .replace(CONTROL, "_")
    .replaceAll("\\", "_")
    .split(SEPARATOR)
    .filter((part) => part !== "" && part !== "." && part !== "..");
  const name = parts.join(SEPARATOR);
  if (name.length <= MAX_NAME_LENGTH) return name === "" ? "unnamed" : name;
  return shorten(parts.at(-1) ?? "", LONGEST_SEGMENT);
}

/**
 * A path that every system can save an item under: no device name, nothing that Windows forbids, no trailing dot or space,
 * no character that turns the direction of text, parts of at most 200 bytes. It stays below the folder it is put into.
 */
export function safeName(name: string): string {
  const parts = name
    .toWellFormed()
    .split(/[\\/]/)
    .map(safePart)
    .filter((part) => part !== "");
  return parts.length === 0 ? "unnamed" : parts.join(SEPARATOR);
}

/** A name for reading beside its safe one: what cannot be seen in it, or turns the direction of text, stands as its Unicode number. */
export function visibleName(name: string): string {
  const number = (character: string) =>
    `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`;
  return name.toWellFormed().replace(CONTROL, number).replace(DIRECTION, number);
}

/** The names that are saved otherwise than they were sent, each with the name that it is saved under; in order. */
export function changedNames(names: readonly string[]): readonly { readonly sent: string; readonly saved: string }[] {
  const saved = safeNames(names);
  return names.flatMap((name, at) => {
    const safe = saved[at] ?? "";
    return safe === name.normalize("NFC") ? [] : [{ sent: visibleName(name), saved: safe }];
  });
}

/** Safe names for all items, in order, no two the same on a system that ignores case: later ones get ` (2)`, ` (3)`. */
export function safeNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const safe = safeName(name);
    let free = safe;
    for (let count = 2; taken.has(folded(free)); count++) free = numbered(safe, count);
    taken.add(folded(free));
    return free;
  });
}

function safePart(part: string): string {
  const clean = part
    .normalize("NFC")
    .replace(DIRECTION, "")
    .replace(CONTROL, "_")
    .replace(FORBIDDEN, "_")
    .replace(/[. ]+$/, "")
    .replace(/^ +/, "");
  return shorten(DEVICE.test(clean) ? `_${clean}` : clean, LONGEST_SEGMENT);
}

/** Cuts the stem, so that the extension stays, to at most `limit` bytes of UTF-8. */
function shorten(part: string, limit: number): string {
  const dot = part.lastIndexOf(".");
  const extension = dot > 0 && part.length - dot <= 20 ? part.slice(dot) : "";
  const size = (text: string) => new TextEncoder().encode(text).length;
  const stem = [...part.slice(0, part.length - extension.length)];
  let over = size(part) - limit;
  while (over > 0 && stem.length > 1) over -= size(stem.pop() ?? "");
  return stem.join("") + extension;
}

function numbered(path: string, count: number): string {
  const dot = path.lastIndexOf(".");
  const stem = dot > path.lastIndexOf(SEPARATOR) + 1 ? dot : path.length;
  return `${path.slice(0, stem)} (${count})${path.slice(stem)}`;
}

function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
