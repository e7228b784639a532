import type { NewEvent } from "./event.ts";

/** The events of a draft that can say what its task list asked for. */
export const DRAFT_EVENTS = ["transfer-described", "transfer-changed"] as const;

/**
 * SIS-28: the clauses under which a draft's task list asked for something for the first time, as its event says; each of a transfer's stands in
 * one of them. Events of earlier versions have none.
 */
export function askedIn({ kind, detail }: Pick<NewEvent, "kind" | "detail">): readonly string[] {
  const of: readonly string[] = DRAFT_EVENTS;
  return of.includes(kind) && typeof detail.asked === "string" ? detail.asked.split(" ") : [];
}
