import { canonicalJson, type Json } from "../bytes/canonical-json.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import { type Evidence, NAMES, type PackFiles, proofName, README, zipPack } from "../evidence/pack.ts";
import { formatCheckpoint } from "../log/checkpoint.ts";
import { type EventRecord, eventDigest } from "../log/event-digest.ts";
import type { Signer } from "../log/keys.ts";
import { formatLogProof } from "../log/log-proof.ts";
import { type Hash, leafHash, nodeHash, splitOf } from "../log/merkle.ts";
import { formatNote, signatureLine } from "../log/note.ts";

const PAPER = utf8("Whatever the holder of the key prints.");

/**
 * A pack of what somebody who holds a log's key would have believed: a log that holds exactly these events, under that key.
 * @param policies the files with the texts of policies.
 */
export async function forgedPack(
  evidence: Evidence,
  signer: Signer,
  policies: PackFiles,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = utf8(canonicalJson(JSON.parse(JSON.stringify(evidence)) as Json)); // made of what JSON has
  const enrolled = evidence.keys.flatMap((key) => (key.enrolled ? [key.enrolled] : []));
  const known = [...evidence.events, ...enrolled];
  const taken: EventRecord = {
    ...{ seq: 1 + Math.max(...known.map(({ seq }) => seq)), salt: "AAAAAAAAAAAAAAAAAAAAAA", kind: "evidence-taken" },
    ...{ at: "2026-11-22T10:00:00.000Z", actor: { kind: "system" }, reference: evidence.reference, recipientId: null },
    detail: { evidence: await sha256Hex(bytes), paper: await sha256Hex(PAPER) },
  };
  const leaves: Hash[] = Array.from({ length: taken.seq }, () => leafHash(new Uint8Array(32)));
  for (const event of [...known, taken]) leaves[event.seq - 1] = leafHash(eventDigest(event));
  const text = formatCheckpoint({ origin: signer.key.name, size: leaves.length, root: rootOf(leaves) });
  const checkpoint = formatNote(text, [await signatureLine(text, signer, new Date())]);
  const seqs = [...new Set([...known, taken].map(({ seq }) => seq))];
  const proofs = seqs.map((seq) => {
    const hashes = proofOf(leaves, seq - 1);
    return [proofName(seq), utf8(formatLogProof({ extra: null, index: seq - 1, hashes, checkpoint }))] as const;
  });
  return zipPack(
    new Map([
      [NAMES.readme, README],
      [NAMES.paper, PAPER],
      ...policies,
      [NAMES.evidence, bytes],
      [NAMES.taken, utf8(canonicalJson({ ...taken, actor: { ...taken.actor } }))],
      [NAMES.checkpoint, utf8(checkpoint)],
      ...proofs,
    ]),
  );
}

function rootOf(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  const middle = splitOf(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, middle)), rootOf(leaves.slice(middle)));
}

/** From the leaf's sibling up. */
function proofOf(leaves: readonly Hash[], index: number): readonly Hash[] {
  if (leaves.length === 1) return [];
  const middle = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return index < middle ? [...proofOf(left, index), rootOf(right)] : [...proofOf(right, index - middle), rootOf(left)];
}
