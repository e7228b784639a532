import type { Visit } from "./row.ts";

/** Sends the browser on with 303, so that a reload repeats nothing. Answers null: the reply is made. `to` is a path of ours. */
export function redirect(visit: Visit, to: string): null {
  void visit.reply.redirect(to, 303);
  return null;
}
