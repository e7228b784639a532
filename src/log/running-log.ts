import type { EventLog } from "./event-log.ts";
import type { LogKeeper } from "./log-keeper.ts";
import type { Witness } from "./witness.ts";

/** The log of a running server: what is stored, who signs its heads, and who outside is asked to vouch for them. */
export interface RunningLog {
  readonly stored: EventLog;
  readonly keeper: LogKeeper;
  readonly witnesses: readonly Witness[];
}

/** The log's name (origin) of a deployment: host and port of its public address, and `/log`, under which it is served. */
export function logOrigin(publicUrl: string): string {
  return `${new URL(publicUrl).host}/log`;
}
