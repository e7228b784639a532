import { withdrawRecoveryAct } from "../../../domain/lifecycle/recovery-key.ts";
import type { Member } from "../../../domain/member.ts";
import { activeRecoveryKey, type Deed, type RecoveryKey, waitingAct } from "../../../domain/recovery-key.ts";
import { fingerprintOf } from "../../../log/key-fingerprint.ts";
import { deedOf } from "../../api/recovery-key.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

/** The organisation's recovery key, for administrators: proposing, confirming, replacing and removing it. */
export const recoveryKeyPageRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/recovery-key",
    who: "administrator",
    handle: async (visit) => {
      const { read } = visit.parts.records;
      const keys = await read.recoveryKeys();
      const people = await read.members();
      const active = activeRecoveryKey(keys);
      const waiting = waitingAct(keys);
      return render(visit, "recovery-key/recovery-key.njk", {
        title: "Recovery key",
        active: active && (await shown(active, people)),
        waiting: waiting && {
          act: waiting.act,
          by: whoOf(waiting.proposed, people),
          own: waiting.proposed.byMemberId === visit.member.id,
          key: await shown(waiting.key, people),
        },
        others: othersThan(visit.member, people),
        past: await Promise.all(
          keys
            .filter(({ state }) => state === "removed")
            .toReversed()
            .map((key) => shown(key, people)),
        ),
        scripts: ["entries/recovery-key.js"],
      });
    },
  }),
  row({
    method: "POST",
    path: "/recovery-key/withdraw",
    who: "administrator",
    handle: async (visit) => {
      await visit.parts.records.write(async (tx) => {
        const { keys, events } = withdrawRecoveryAct(await tx.recoveryKeys(), deedOf(visit));
        for (const key of keys) await tx.saveRecoveryKey(key);
        for (const event of events) await tx.append(event);
      });
      return redirect(visit, "/recovery-key");
    },
  }),
];

/** A key as pages say it: the number that people compare, and who enrolled and removed it. */
async function shown(key: RecoveryKey, people: readonly Member[]) {
  const { recipient, proposed, confirmed, removed } = key;
  return {
    recipient,
    number: await fingerprintOf(recipient),
    proposed: whoOf(proposed, people),
    confirmed: confirmed && whoOf(confirmed, people),
    removed: removed && whoOf(removed, people),
  };
}

/** Who did it, by name and address, and when. */
export function whoOf(
  { byMemberId, at }: Deed,
  people: readonly Member[],
): { readonly who: string; readonly at: string } {
  const person = people.find(({ id }) => id === byMemberId);
  return { who: person ? `${person.name} (${person.address})` : "somebody", at };
}

/** The other administrators, one of whom has to confirm. */
export function othersThan(member: Member, people: readonly Member[]): readonly string[] {
  return people
    .filter(({ id, state, roles }) => id !== member.id && state === "active" && roles.includes("administrator"))
    .map(({ name, address }) => `${name} (${address})`);
}
