import { readOrigin } from "../account/origin.ts";
import { CliError } from "../error.ts";

/** The address in a notice: a server, and one recipient's row at it. */
export interface Link {
  readonly origin: string;
  /** 128 random bits in URL-safe base64: also safe as a part of a file's name. */
  readonly id: string;
}

/**
 * Reads what was given in place of a reference; null when it is no address. Whoever wrote the email controls it.
 * @throws CliError `usage` for an address that is no notice's
 */
export function readLink(typed: string): Link | null {
  if (!typed.includes("/")) return null;
  const origin = readOrigin(typed);
  const path = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`).pathname;
  const id = /^\/r\/([A-Za-z0-9_-]{22})(?:\/|$)/.exec(path)?.[1];
  if (id !== undefined) return { origin, id };
  const message = `“${typed}” is not the address in a notice. It looks like ${origin}/r/ and 22 letters, digits, hyphens and underscores: copy it whole. Nothing was opened.`;
  throw new CliError({ code: "usage", message });
}

export function addressOf({ origin, id }: Link): string {
  return `${origin}/r/${id}`;
}
