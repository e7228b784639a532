import { randomId } from "../bytes/random.ts";
import { DAY, iso } from "../domain/clock.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import { certifyDestruction } from "../domain/lifecycle/transfer-arrows.ts";
import type { Transfer } from "../domain/transfer.ts";
import { type DestructionCertificate, signCertificate } from "../log/destruction.ts";
import { failedLine } from "./log-line.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

const AT_ONCE = 50;
const WHY = { expired: "expired", recalled: "taken-back", closed: "closed" } as const;

type Parts = Pick<JobParts, "records" | "blobs" | "log" | "logTo">;

/**
 * SIS-37, OXM-21: the organisation signs, with the log's key, that what was sealed is destroyed: once its record says so and its body is seen
 * to be gone. A body that is still there is removed first: a crash may have left it. Answers how many were signed.
 */
export async function certifyDestructions(parts: Parts, now: Date): Promise<number> {
  const { records, blobs, logTo } = parts;
  let certified = 0;
  for (const transfer of await records.read.transfersBy("done", AT_ONCE)) {
    try {
      if (transfer.uploadId !== null) {
        await blobs.remove(transfer.uploadId);
        if ((await blobs.stat(transfer.uploadId)) !== null) continue; // nothing is signed that is not so
      }
      if (await unlessTooLate(() => certifyOne(parts, transfer, now))) certified++;
    } catch (error) {
      logTo.write(failedLine("certify-destruction", now, error, { reference: transfer.reference })); // the others go on
    }
  }
  return certified;
}

async function certifyOne({ records, log }: Parts, { reference }: Transfer, now: Date): Promise<void> {
  const organisation = await records.read.organisation();
  const keeping = await records.read.keeping();
  if (organisation === null) return;
  const { hostname: rpId } = new URL(organisation.publicUrl);
  await records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    const certificate = transfer && certificateOf(transfer, keeping?.backupDays ?? null, now);
    refuseUnless(transfer !== null && certificate !== null, "There is nothing to certify.");
    const signed = await signCertificate(certificate, log.keeper, { rpId, nonce: randomId() });
    const taken = { at: iso(now), by: { kind: "system" } } as const;
    const step = certifyDestruction(transfer, signed.certificate, signed.proof, taken);
    await tx.saveTransfer(step.transfer);
    for (const event of step.events) await tx.append(event);
  });
}

/** Null for what was never signed or sealed, and for what has not ended. */
function certificateOf(
  { reference, state, waybill, sealed, endedAt }: Transfer,
  backupDays: number | null,
  now: Date,
): DestructionCertificate | null {
  if (waybill === null || sealed === null || endedAt === null) return null;
  if (state !== "expired" && state !== "recalled" && state !== "closed") return null;
  const { grants } = JSON.parse(waybill.text) as { readonly grants: readonly string[] }; // written by this server
  return {
    ...({ version: 1, reference, waybill: waybill.digest, why: WHY[state] } as const),
    ...{ endedAt, destroyedAt: iso(now), content: sealed.content, bodyBytes: sealed.bodySize, access: grants },
    backupsUntil: backupDays === null ? null : iso(new Date(now.getTime() + backupDays * DAY)),
  };
}
