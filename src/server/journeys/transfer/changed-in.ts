import { changedText } from "../../../domain/changed-facts.ts";
import type { StoredEvent } from "../../../domain/event.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";

/** What was changed of a draft, where the event does not say it more exactly. */
const CHANGED: Readonly<Record<string, string>> = {
  method: "Method chosen",
  carriage: "Stated: what goes, and how",
  facts: "What rules ask about it was stated or changed",
  recipients: "Changed: who it is for. What was sealed for others is gone",
};

/** What of a draft was changed; null of an event that does not say. */
export function changedIn(detail: StoredEvent["detail"]): string | null {
  const { what, changed, method } = detail;
  const named = changedText(detail);
  if (named !== "") return `Changed: ${named}`;
  if (changed === "") return "Stated again, and nothing of it changed";
  const known: Readonly<Record<string, string>> = METHOD_NAMES;
  const name = what === "method" ? known[String(method)] : undefined;
  return name ? `Method chosen: ${name}` : (CHANGED[String(what)] ?? null);
}
