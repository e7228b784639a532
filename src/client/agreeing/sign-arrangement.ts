import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { type ArrangementRecord, arrangementLines } from "../../domain/arrangement-lines.ts";
import type { AnswerBody } from "../../domain/wire/agreeing.ts";
import { ClientError } from "../error.ts";
import { type ApproverParts, sendAnswer } from "./send-answer.ts";

/** What a manager's page shows of a standing arrangement: the server wrote it. */
export interface ShownArrangement {
  readonly id: string;
  readonly role: string;
  readonly signer: string;
  /** Canonical JSON, as shown under “the record itself”. */
  readonly text: string;
  /** The value of each line that the page shows, by the line's name. */
  readonly lines: ReadonlyMap<string, string>;
}

/**
 * Signs an answer over the digest of the arrangement that the page shows, after checking that its text says exactly what the page's
 * lines say, and sends it.
 * @throws ClientError `changed-record` naming what differs, `lying-server`, `cancelled`, `refused`. Nothing is signed in the first two.
 */
export async function signArrangement(
  answer: AnswerBody["answer"],
  reason: string,
  shown: ShownArrangement,
  parts: ApproverParts,
): Promise<void> {
  checkShown(shown);
  const { role, signer } = shown;
  const digest = await sha256Hex(utf8(shown.text));
  const about = { path: `/api/arrangements/${shown.id}`, digest, role, signer, inPlaceOf: "" };
  await sendAnswer(answer, reason, about, parts);
}

function checkShown({ id, role, text, lines }: ShownArrangement): void {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw differs("the form of the record");
  }
  if (canonicalJson(value) !== text) throw differs("the form of the record");
  const record = value as unknown as ArrangementRecord & { readonly kind: string; readonly id: string }; // its lines are compared
  if (record.kind !== "arrangement" || record.id !== id || record.role !== role) throw differs("what it is");
  const made = arrangementLines(record);
  const other = made.find(({ name, value: said }) => plain(lines.get(name) ?? "") !== plain(said));
  if (other) throw differs(other.label);
  if (lines.size !== made.length) throw differs("a line that is not in the record");
}

function plain(value: string): string {
  return value.replaceAll(/\s+/g, " ").trim();
}

function differs(what: string): ClientError {
  const message = `What would be signed is not what this page shows (${what}). Nothing was signed. Load the page again; if it says the same, tell your administrator.`;
  return new ClientError({ code: "changed-record", message });
}
