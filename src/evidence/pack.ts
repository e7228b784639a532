import { concat } from "../bytes/concat.ts";
import { utf8 } from "../bytes/text.ts";
import { ZipWriter } from "../bytes/zip.ts";
import type { WaybillEntry } from "../domain/waybill.ts";
import type { EventRecord } from "../log/event-digest.ts";

/** What `evidence.json` holds, docs/evidence.md: no content, no names of files, no secrets, no tokens. */
export interface Evidence {
  readonly version: 1;
  readonly reference: string;
  readonly organisation: string;
  /** Where it was signed, such as https://waybill.example.gov.uk. */
  readonly origin: string;
  readonly rpId: string;
  /** Members who did something in it, as the organisation's records name them. */
  readonly people: readonly { readonly id: string; readonly name: string; readonly address: string }[];
  readonly recipients: readonly EvidenceRecipient[];
  readonly waybills: readonly EvidenceWaybill[];
  /** Every event of the transfer, by number. */
  readonly events: readonly EventRecord[];
  readonly keys: readonly EvidenceKey[];
  /** Digests, as waybills name them, of the policies whose text is in the pack; of one that decided long ago none was kept. */
  readonly policies: readonly string[];
  /** The rules that were asked, out of the policy that decided; of an assessment of version 1, those that left something to do at signing. */
  readonly rules: readonly { readonly id: string; readonly clauses: readonly string[]; readonly text: string }[];
}

/** Each waybill that was fixed, oldest first. */
export interface EvidenceWaybill {
  readonly text: string;
  /** What the rules answered when it was signed; null for one in which an address was corrected: its predecessor's holds. */
  readonly assessment: string | null;
  /** What they answered when it was released; null where it was not, or before that was recorded. */
  readonly released: string | null;
}

export interface EvidenceRecipient {
  readonly id: string;
  readonly entry: WaybillEntry;
}

/** A public key with which a member signed, and the event in which it was enrolled; null where the records have none. */
export interface EvidenceKey {
  readonly kind: "passkey" | "device";
  /** COSE key or 32 bytes of Ed25519, base64url. */
  readonly publicKey: string;
  readonly member: string;
  /** age1pq… that was enrolled together with a device's key; empty for a passkey. */
  readonly recipient: string;
  readonly enrolled: EventRecord | null;
}

/** Files by name, in the order of the zip. */
export type PackFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export const NAMES = {
  readme: "README.txt",
  evidence: "evidence.json",
  paper: "evidence.pdf",
  taken: "taken.json",
  checkpoint: "checkpoint",
  witnessed: "witnessed",
  consistency: "consistency",
  manifest: "names/manifest.age",
  manifestKey: "names/key",
  tokens: "names/tokens",
} as const;

/** The file with the proof that event `seq` is in the log. */
export function proofName(seq: number): string {
  return `proofs/${seq}.tlog-proof`;
}

/** The file with the text of a policy: canonical JSON of `schema`, `policies` and `settings`, whose SHA-256 the digest is. */
export function policyName(digest: string): string {
  return `policies/${digest.replace(/^sha256:/, "")}.json`;
}

/** The pack: a zip of stored entries. The same files make the same bytes. */
export async function zipPack(files: PackFiles): Promise<Uint8Array<ArrayBuffer>> {
  const written: Uint8Array[] = [];
  const zip = new ZipWriter({
    write: async (bytes) => void written.push(bytes),
    close: async () => undefined,
  });
  for (const [name, bytes] of files) {
    await zip.begin(name);
    await zip.write(bytes);
  }
  await zip.finish();
  return concat(written);
}

/** What stands in every pack for whoever opens it first. */
export const README =
  utf8(`This is the evidence of one transfer, for checking it without trusting the server that it came from.

evidence.json   the waybill, every event of the transfer, what people signed, and the keys that they signed with
evidence.pdf    the same for people to read; it proves nothing by itself
policies/       the rules and settings that decided, whose SHA-256 the waybill holds
taken.json      the event in which this pack was taken: it holds the SHA-256 of evidence.json and of evidence.pdf
checkpoint      the signed head of the organisation's log when this pack was taken
proofs/         that each event is in the log under that head (c2sp.org/tlog-proof)
witnessed       where there is one: the last head that a witness outside cosigned, and with
consistency     that the head above continues it
names/          only where the sender added them on their own device: the sealed list of files, the key of that list alone, and the
                receipt tokens of those who signed that they have it

It holds no content, no names of files unless the sender added them, and nothing that opens the files. It holds names and addresses of people: keep it as you
keep other records about them.

To check it, on any computer, without a network:

    waybill verify PACK --log-key KEY [--witness-key KEY...]

or with the page that the organisation hands out at /verify: save it, and open it from your disk.

KEY is the log's key. Get it from the organisation once and keep it somewhere else than this pack: whoever chooses the key
chooses what is proved. The formats are in docs/evidence.md of Waybill, precise enough to write another verifier.
`);
