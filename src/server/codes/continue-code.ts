import { hashOf } from "../gate/session.ts";
import type { Parts } from "../parts.ts";
import { newSymbols, parseSymbols } from "./digits.ts";

export const CONTINUE_MINUTES = 10;

/** A code with which a second device goes on where the first, which proved the mailbox, shows it: 40 bits, once, for ten minutes. */
export async function newContinueCode(parts: Parts, recipientId: string): Promise<string> {
  const code = newSymbols();
  const until = new Date(parts.clock.now().getTime() + CONTINUE_MINUTES * 60_000);
  await parts.ephemera.removeOwned("continue", recipientId); // the page shows one code, and only that one works
  await parts.ephemera.put("continue", hashOf(code), { owner: recipientId }, until);
  return code;
}

/** Whose package a typed code goes on with, using it up; null for anything else. */
export async function takeContinueCode(parts: Parts, typed: string): Promise<string | null> {
  const code = parseSymbols(typed);
  if (code === null) return null;
  return (await parts.ephemera.take("continue", hashOf(code), parts.clock.now()))?.owner ?? null;
}
