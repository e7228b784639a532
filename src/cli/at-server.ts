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
  "false-key": "false-key",
  "changed-files": "changed-files",
  cancelled: "interrupted",
  unfit: "refused",
  "not-here": "not-for-this-key",
} as const satisfies Record<ClientCode, CliCode>;

/** What a server says that is no mere refusal: a condition of the rules that is not met, named in the message; its disk is full. */
const REFUSALS: Readonly<Record<string, CliCode>> = { unmet: "not-ready", "no-room": "no-room" };

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
  const code =
    REFUSALS[cause.refusal?.code ?? ""] ?? (cause.refusal?.status === 401 ? "not-signed-in" : CODES[cause.code]);
  const message = cause.code === "offline" ? offlineText(cause) : cause.message;
  return new CliError({ code, message, cause });
}

/** No connection came about: nobody listens there, there is no such host, or `fetch` asks no such port. */
const NEVER = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];

/** A connection that was lost, or that never came about, with what the system says of it, such as ECONNREFUSED. */
function offlineText(error: ClientError): string {
  for (const at of causesOf(error)) {
    if (at.message === "bad port")
      return "That port belongs to another service than the web, and programs refuse to ask web servers at it. Nothing was sent: check the port in the address.";
    if (!("code" in at) || typeof at.code !== "string" || !/^E[A-Z_]+$/.test(at.code)) continue;
    if (!NEVER.includes(at.code)) return `${error.message} (${at.code})`;
    return `No server answers at ${whereOf(at)} (${at.code}). Nothing that had arrived is lost. Check the address, and whether the server runs, then run the same command again.`;
  }
  return error.message;
}

/** Causes, innermost last; of several attempts on one name the first. */
function causesOf(error: Error): readonly Error[] {
  const found: Error[] = [];
  for (let at: unknown = error; at instanceof Error; at = at instanceof AggregateError ? at.errors[0] : at.cause) {
    found.push(at);
  }
  return found.toReversed();
}

function whereOf(cause: Error): string {
  const { hostname, address, port } = cause as { hostname?: unknown; address?: unknown; port?: unknown };
  if (typeof hostname === "string") return hostname;
  if (typeof address !== "string") return "that address";
  return `${address.includes(":") ? `[${address}]` : address}:${String(port)}`;
}
