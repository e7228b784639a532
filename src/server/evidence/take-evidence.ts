import { toBase64 } from "../../bytes/base64.ts";
import { canonicalJson } from "../../bytes/canonical-json.ts";
import { equal } from "../../bytes/concat.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { iso } from "../../domain/clock.ts";
import { DomainError } from "../../domain/error.ts";
import type { StoredEvent } from "../../domain/event.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import { type Evidence, NAMES, type PackFiles, policyName, proofName, README, zipPack } from "../../evidence/pack.ts";
import { type SignedCheckpoint, wholeNote } from "../../log/event-log.ts";
import { proveConsistency } from "../../log/prove.ts";
import { proveEvents } from "../../log/prove-event.ts";
import { subtreesOf } from "../../log/tile.ts";
import { evidencePaper } from "../../paperwork/evidence-paper.ts";
import { drawPdf } from "../drawing/draw-pdf.ts";
import { ServerError } from "../error.ts";
import type { SenderVisit } from "../gate/row.ts";
import type { Parts } from "../parts.ts";
import { evidenceBytes, gatherEvidence, policiesOf } from "./gather-evidence.ts";

/** Its sender, or an auditor. */
type TakenBy = Pick<SenderVisit, "parts" | "member" | "organisation" | "transfer">;

/** How often the records may change while a document is being made before somebody is told to try again. */
const TRIES = 5;

/**
 * The evidence pack of a transfer (SDT-28). Taking it is an event, which holds the digests of what was taken, so that the log vouches for
 * every byte of it. The document is made before anything is written: it takes longer than others should wait.
 * @throws DomainError `not-now` for a draft: nobody has signed it yet; `changed` when the records change faster than they are printed
 */
export async function takeEvidence(visit: TakenBy) {
  const { parts } = visit;
  for (let tried = 0; tried < TRIES; tried++) {
    const seen = await gathered(visit, parts.records.read);
    const paper = await paperOf(visit, seen);
    const taken = await parts.records.write((tx) => recordTaking(visit, tx, seen, paper));
    if (taken !== null) return packOf(parts, { ...seen, paper, taken });
  }
  const message = "This transfer is changing while its evidence is made. Nothing was lost. Try again in a minute.";
  throw new DomainError({ code: "changed", message });
}

interface Gathered {
  readonly evidence: Evidence;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly policies: ReadonlyMap<string, string>;
  readonly at: string;
}

async function gathered({ parts, organisation, transfer }: TakenBy, read: Reader): Promise<Gathered> {
  const now = await read.transfer(transfer.reference);
  if (!now?.waybill) {
    const message = "There is no evidence of a draft: nobody has signed it. Nothing was changed.";
    throw new DomainError({ code: "not-now", message });
  }
  const evidence = await gatherEvidence(parts, read, now, organisation.name);
  const policies = await policiesOf(read, evidence.waybills);
  return { evidence, bytes: evidenceBytes(evidence), policies, at: iso(parts.clock.now()) };
}

function paperOf({ parts, member }: TakenBy, { evidence, at }: Gathered): Promise<Uint8Array<ArrayBuffer>> {
  const clauses = parts.policy.current?.clauses ?? new Map();
  return drawPdf(evidencePaper(evidence, { at, by: member.name, clauses }));
}

/** Null when the records are not what was printed any more. */
async function recordTaking(
  visit: TakenBy,
  tx: Writer,
  { bytes, at }: Gathered,
  paper: Uint8Array<ArrayBuffer>,
): Promise<StoredEvent | null> {
  const now = await gathered(visit, tx);
  if (now.bytes.length !== bytes.length || !equal(now.bytes, bytes)) return null;
  return tx.append({
    kind: "evidence-taken",
    at,
    actor: { kind: "member", id: visit.member.id },
    reference: visit.transfer.reference,
    recipientId: null,
    detail: { evidence: await sha256Hex(bytes), paper: await sha256Hex(paper) },
  });
}

interface Taken extends Gathered {
  readonly paper: Uint8Array<ArrayBuffer>;
  readonly taken: StoredEvent;
}

async function packOf(parts: Parts, { evidence, bytes, policies, paper, taken }: Taken) {
  const head = await parts.log.keeper.sign(parts.clock.now());
  if (head === null)
    throw new ServerError({ code: "gone", message: "The log has no head yet. Try again in a minute." });
  const files = new Map<string, Uint8Array<ArrayBuffer>>([
    [NAMES.readme, README],
    [NAMES.paper, paper],
    [NAMES.evidence, bytes],
    ...[...policies].map(([digest, text]) => [policyName(digest), utf8(text)] as const),
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
