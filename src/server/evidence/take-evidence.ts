import { toBase64 } from "../../bytes/base64.ts";
import { canonicalJson } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { iso } from "../../domain/clock.ts";
import { DomainError } from "../../domain/error.ts";
import { NAMES, type PackFiles, proofName, README, zipPack } from "../../evidence/pack.ts";
import { type SignedCheckpoint, wholeNote } from "../../log/event-log.ts";
import { proveConsistency } from "../../log/prove.ts";
import { proveEvents } from "../../log/prove-event.ts";
import { subtreesOf } from "../../log/tile.ts";
import { ServerError } from "../error.ts";
import type { SenderVisit } from "../gate/row.ts";
import type { Parts } from "../parts.ts";
import { evidenceBytes, gatherEvidence } from "./gather-evidence.ts";

/**
 * The evidence pack of a transfer (SDT-28). Taking it is an event, which holds the digest of what was taken, so that the log vouches for
 * every byte of it. @throws DomainError `not-now` for a draft: nobody has signed it yet
 */
export async function takeEvidence({ parts, member, organisation, transfer }: SenderVisit) {
  const { reference } = transfer;
  const { evidence, bytes, taken } = await parts.records.write(async (tx) => {
    const now = await tx.transfer(reference);
    if (!now?.waybill) {
      const message = "There is no evidence of a draft: nobody has signed it. Nothing was changed.";
      throw new DomainError({ code: "not-now", message });
    }
    const evidence = await gatherEvidence(parts, tx, now, organisation.name);
    const bytes = evidenceBytes(evidence);
    const taken = await tx.append({
      kind: "evidence-taken",
      at: iso(parts.clock.now()),
      actor: { kind: "member", id: member.id },
      reference,
      recipientId: null,
      detail: { evidence: await sha256Hex(bytes) },
    });
    return { evidence, bytes, taken };
  });
  const head = await parts.log.keeper.sign(parts.clock.now());
  if (head === null)
    throw new ServerError({ code: "gone", message: "The log has no head yet. Try again in a minute." });
  const files = new Map<string, Uint8Array<ArrayBuffer>>([
    [NAMES.readme, README],
    [NAMES.evidence, bytes],
    [NAMES.taken, utf8(canonicalJson({ ...taken, actor: { ...taken.actor } }))],
    [NAMES.checkpoint, utf8(wholeNote(head))],
    ...(await witnessedFiles(parts, head)),
  ]);
  const enrolled = evidence.keys.flatMap((key) => (key.enrolled ? [key.enrolled.seq] : []));
  const seqs = [...new Set([...enrolled, ...evidence.events.map(({ seq }) => seq), taken.seq])].sort((a, b) => a - b);
  const proofs = await proveEvents(parts.log.stored, head, seqs);
  seqs.forEach((seq, at) => {
    files.set(proofName(seq), utf8(proofs[at] ?? ""));
  });
  return zipPack(files);
}

/** The last head that a witness cosigned, and that the pack's continues it; nothing where no witness has spoken. */
async function witnessedFiles({ log }: Parts, head: SignedCheckpoint): Promise<PackFiles> {
  const witnessed = (await log.stored.checkpoints()).findLast(
    ({ cosignatures, size }) => cosignatures.length > 0 && size > 0 && size < head.size,
  );
  if (witnessed === undefined) return new Map();
  const hashes = await proveConsistency(subtreesOf(log.stored, head.size), witnessed.size, head.size);
  return new Map([
    [NAMES.witnessed, utf8(wholeNote(witnessed))],
    [NAMES.consistency, utf8(hashes.map((hash) => `${toBase64(hash)}\n`).join(""))],
  ]);
}
