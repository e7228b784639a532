import { toBase64 } from "../../../bytes/base64.ts";
import { iso } from "../../../domain/clock.ts";
import type { Cosignature, SignedCheckpoint } from "../../../log/event-log.ts";
import { formatVerifierKey } from "../../../log/keys.ts";
import type { RunningLog } from "../../../log/running-log.ts";
import type { Witness } from "../../../log/witness.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { type LogAlarm, logAlarms } from "../health/log-alarms.ts";

/** What the log is, its key and head, and who outside vouches for it, in words, for anybody. */
export const logRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/log",
    who: "anonymous",
    handle: async (visit) => {
      const { log } = visit.parts;
      const head = await log.stored.checkpoint();
      const alarms = await logAlarms(visit.parts);
      return render(visit, "log/log.njk", {
        title: "The log",
        name: log.keeper.key.name,
        key: formatVerifierKey(log.keeper.key),
        head: head && { size: head.size, root: toBase64(head.root), at: head.at },
        witnesses: await Promise.all(log.witnesses.map((witness) => vouching(log, witness, alarms))),
        doubted: alarms.find(({ witness }) => witness === null)?.at ?? null,
      });
    },
  }),
];

/** What is shown of a witness: when it last vouched, and for how much. */
interface Vouching {
  readonly name: string;
  readonly key: string;
  readonly last: { readonly size: number; readonly at: string } | null;
  /** Since when it refuses to go on from what it saw; null: it does not. */
  readonly refusesSince: string | null;
}

async function vouching({ stored }: RunningLog, { key }: Witness, alarms: readonly LogAlarm[]): Promise<Vouching> {
  const head = await stored.cosignedBy(key);
  const cosignature = head && cosignatureOf(head, key);
  const last = head && cosignature ? { size: head.size, at: iso(new Date(cosignature.time * 1000)) } : null;
  const refusesSince = alarms.find(({ witness }) => witness === key.name)?.at ?? null;
  return { name: key.name, key: formatVerifierKey(key), last, refusesSince };
}

function cosignatureOf(head: SignedCheckpoint, key: Witness["key"]): Cosignature | undefined {
  return head.cosignatures.find(({ name, id }) => name === key.name && id === key.id);
}
