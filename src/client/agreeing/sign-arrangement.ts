import { canonicalJson, type Json } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { type ArrangementRecord, arrangementLines } from "../../domain/arrangement-lines.ts";
import type { AnswerBody } from "../../domain/wire/agreeing.ts";
import type { Statement } from "../../log/statement.ts";
import { ClientError, lying } from "../error.ts";
import { type ApproverParts, answerOptions } from "./sign-answer.ts";

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
  { http, passkeys, rpId }: ApproverParts,
): Promise<void> {
  checkShown(shown);
  const path = `/api/arrangements/${shown.id}`;
  const options = await http.send("POST", `${path}/options`, {}, answerOptions);
  if (options.rpId !== rpId) throw lying("it names another site to sign for");
  if (options.signer !== shown.signer) throw lying("it names somebody else as the signer");
  if (options.role !== shown.role) throw lying("it names another role to answer in");
  const given = answer === "refuse" ? reason.trim() : "";
  const statement: Statement = {
    version: 1,
    kind: answer,
    digest: await sha256Hex(utf8(shown.text)),
    role: shown.role,
    answer: answer === "refuse" ? await sha256Hex(utf8(given)) : "",
    signer: shown.signer,
    rpId,
    nonce: options.nonce,
  };
  const { signature } = await passkeys.get(statement, options.credentials);
  const body: AnswerBody = { answer, reason: given, nonce: options.nonce, passkey: signature };
  await http.tell("POST", path, body);
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
