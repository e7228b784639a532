import type { Row } from "./row.ts";

/**
 * Every row that the token of a command line is good for: what `waybill send`, `receive`, `words`, `status`, `recall`, `evidence` and
 * `package` ask. That token is a file on a disk, and opens what its member sends and receives, and nothing else of what they may
 * (SPG-2): whatever is not here is done in a browser, by who signs in there. A new row is not here until it is written down.
 */
export const BY_COMMAND_LINE: ReadonlySet<string> = new Set([
  "GET /api/keys",
  "POST /api/keys/proofs",
  "POST /api/keys/own",
  "GET /api/media/:serial",
  // asking the rules, of which nothing is kept: programs do (docs/programs.md)
  "POST /api/assess",
  // sending
  "GET /api/transfers",
  "POST /api/transfers",
  "GET /api/transfers/:ref",
  "GET /api/transfers/:ref/assessment",
  "POST /api/transfers/:ref/assessment",
  "PUT /api/transfers/:ref/sender-grant",
  "POST /api/transfers/:ref/upload",
  "HEAD /api/transfers/:ref/upload/:upload",
  "PATCH /api/transfers/:ref/upload/:upload",
  "PUT /api/transfers/:ref/content",
  "POST /api/transfers/:ref/sign/options",
  "POST /api/transfers/:ref/sign",
  "GET /api/transfers/:ref/manifest",
  "GET /api/transfers/:ref/words",
  "POST /api/transfers/:ref/words",
  "GET /api/transfers/:ref/status",
  "POST /api/transfers/:ref/recall",
  "POST /api/transfers/:ref/evidence",
  // receiving, as a member
  "GET /api/inbox",
  "GET /api/r/:id",
  "POST /api/r/:id/nonce",
  "POST /api/r/:id/arrive",
  "GET /api/r/:id/manifest",
  "GET /api/r/:id/body",
  "HEAD /api/r/:id/body",
  "POST /api/r/:id/opened",
  "POST /api/r/:id/verified",
  "POST /api/r/:id/receipt",
  "POST /api/r/:id/problem",
]);

export function takesCommandLine({ method, path }: Row): boolean {
  return BY_COMMAND_LINE.has(`${method} ${path}`);
}
