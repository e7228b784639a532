import { Type } from "typebox";
import { randomId } from "../../bytes/random.ts";
import { DomainError } from "../../domain/error.ts";
import {
  enrolRecoveryKey,
  proposeRecoveryKey,
  proposeRemoval,
  type RecoveryStep,
  removeRecoveryKey,
} from "../../domain/lifecycle/recovery-key.ts";
import type { Proof } from "../../domain/lifecycle/step.ts";
import type { Writer } from "../../domain/records.ts";
import { activeRecoveryKey, type Deed, waitingAct } from "../../domain/recovery-key.ts";
import type { RecoveryKeyBody } from "../../domain/wire/recovery.ts";
import { type MemberVisit, type Row, row } from "../gate/row.ts";
import { nonceBody, passkeySignatureBody, recipientBody } from "../passkeys/bodies.ts";
import { now } from "../passkeys/enrolment.ts";
import { postProposalMail } from "../recovery-key/export-mail.ts";
import { recoveryOptions, signedKeyAct } from "../recovery-key/statements.ts";

const RATES = [{ times: 60, seconds: 600, by: "caller" }] as const;

const keyBody = Type.Object({
  half: Type.Union([Type.Literal("propose"), Type.Literal("confirm")]),
  act: Type.Union([Type.Literal("enrol"), Type.Literal("replace"), Type.Literal("remove")]),
  recipient: recipientBody,
  nonce: nonceBody,
  by: passkeySignatureBody,
});

/** Enrolling, replacing and removing the organisation's recovery key: two administrators, each with a passkey. */
export const recoveryKeyRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/recovery-key/options",
    who: "administrator",
    body: Type.Object({}),
    rates: RATES,
    handle: (visit) => recoveryOptions(visit),
  }),
  row({
    method: "POST",
    path: "/api/recovery-key",
    who: "administrator",
    body: keyBody,
    rates: RATES,
    handle: async (visit, body) => {
      const { proof, passkey } = await signedKeyAct(visit, body, body);
      await visit.parts.records.write(async (tx) => {
        await tx.saveCredential(passkey);
        const step = await (body.half === "propose" ? proposed : confirmed)(tx, visit, body, proof);
        for (const key of step.keys) await tx.saveRecoveryKey(key);
        for (const event of step.events) await tx.append(event);
        if (body.half === "propose") await postProposalMail(tx, visit, body.act);
      });
      return {};
    },
  }),
];

async function proposed(
  tx: Writer,
  visit: MemberVisit,
  { act, recipient }: RecoveryKeyBody,
  proof: Proof,
): Promise<RecoveryStep> {
  const keys = await tx.recoveryKeys();
  const active = activeRecoveryKey(keys);
  const by = deedOf(visit);
  if (act === "remove") {
    refuseChanged(active?.recipient === recipient);
    return proposeRemoval(keys, by, proof);
  }
  refuseChanged((act === "replace") === (active !== null));
  return proposeRecoveryKey(keys, { id: randomId(), recipient }, by, proof);
}

async function confirmed(
  tx: Writer,
  visit: MemberVisit,
  { act, recipient }: RecoveryKeyBody,
  proof: Proof,
): Promise<RecoveryStep> {
  const keys = await tx.recoveryKeys();
  const waiting = waitingAct(keys);
  refuseChanged(waiting?.act === act && waiting.key.recipient === recipient);
  const proposer = await tx.member(waiting?.proposed.byMemberId ?? "");
  return (act === "remove" ? removeRecoveryKey : enrolRecoveryKey)(keys, proposer, deedOf(visit), proof);
}

export function deedOf({ parts, member }: MemberVisit): Deed {
  return { byMemberId: member.id, at: now(parts) };
}

/** What was signed has to be what is there. */
function refuseChanged(same: boolean): void {
  if (same) return;
  const message =
    "The recovery key was changed in another window meanwhile. Nothing was changed now: load the page again.";
  throw new DomainError({ code: "changed", message });
}
