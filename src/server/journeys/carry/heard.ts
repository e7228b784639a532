import type { Carriage } from "../../../domain/carriage.ts";
import { SAID_BY, type SaidBy } from "../../../domain/lifecycle/carriage-arrows.ts";

/** How the sender may know of what happened there; the code on the sheet is the recipient’s own. */
export type HeardBy = Exclude<SaidBy, "sheet">;
/** What it is that they know: that it is there, or that it is complete. */
export type Heard = "arrival" | "receipt";

const WORDS: Readonly<Record<HeardBy, string>> = {
  phone: "They told me by telephone",
  email: "They told me by email",
  paper: "They signed a paper",
  carrier: "The carrier’s record says so",
  "in-person": "They told me in person",
};

/** Whether that can be: a carrier has a record of what it carried, and of no more than that it came; paper is signed for what lies on a table. */
function canBe(by: HeardBy, heard: Heard, { method, fixed }: Pick<Carriage, "method" | "fixed">): boolean {
  const onPaper = method === "post" || method === "removable-media" || method === "hand-delivery";
  if (by === "paper") return onPaper;
  if (by === "carrier") return heard === "arrival" && fixed.carrier !== null && fixed.carrier !== "by-hand";
  return true;
}

/** How it can be known, to choose from. */
export function heardItems(heard: Heard, carriage: Pick<Carriage, "method" | "fixed">) {
  return SAID_BY.flatMap((value) =>
    value !== "sheet" && canBe(value, heard, carriage) ? [{ value, text: WORDS[value] }] : [],
  );
}

/** What was chosen; null for what was not offered. @param typed from a form */
export function heardBy(
  typed: string | undefined,
  heard: Heard,
  carriage: Pick<Carriage, "method" | "fixed">,
): HeardBy | null {
  return heardItems(heard, carriage).find(({ value }) => value === typed)?.value ?? null;
}
