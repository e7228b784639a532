import { type ClientCode, ClientError } from "../client/error.ts";
import { DomainError } from "../domain/error.ts";
import type { Command } from "./command.ts";
import { type CliCode, CliError } from "./error.ts";

/** What each way that talking to a server fails is to the person at the terminal. */
const CODES = {
  offline: "offline",
  refused: "refused",
  "bad-answer": "refused",
  "too-large": "refused",
  "too-large-for-device": "refused",
  "wrong-words": "wrong-words",
  elsewhere: "refused",
  damaged: "damaged-transfer",
  "lying-server": "contradiction",
  "changed-record": "contradiction",
  "no-access": "not-for-this-key",
  "changed-keys": "unconfirmed-key",
  "changed-files": "changed-files",
  cancelled: "interrupted",
  "not-here": "not-for-this-key",
} as const satisfies Record<ClientCode, CliCode>;

/** The command with its errors as the command line's own. */
export function atServer(command: Command): Command {
  return {
    ...command,
    run: (args, parts) =>
      command.run(args, parts).catch((cause: unknown) => {
        throw asCliError(cause);
      }),
  };
}

/** What a command threw as the command line's own error; what is no fault of server, domain or person stays as it is. */
export function asCliError(cause: unknown): unknown {
  if (cause instanceof DomainError) return new CliError({ code: "usage", message: cause.message, cause });
  if (!(cause instanceof ClientError)) return cause;
  const code = cause.refusal?.status === 401 ? "not-signed-in" : CODES[cause.code];
  const reason = cause.code === "offline" ? systemReason(cause) : "";
  return new CliError({ code, message: `${cause.message}${reason}`, cause });
}

/** What the system says of a connection that did not come about, such as ECONNREFUSED. */
function systemReason(cause: unknown): string {
  for (let at: unknown = cause; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && /^E[A-Z]+$/.test(at.code)) return ` (${at.code})`;
  }
  return "";
}
