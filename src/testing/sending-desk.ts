import assert from "node:assert/strict";
import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import type { Member } from "../domain/member.ts";
import type { StatedFacts } from "../domain/transfer.ts";
import type { SendingView, SigningOptions, UploadAnswer } from "../domain/wire/sending.ts";
import type { Statement } from "../log/statement.ts";
import { generateKeyPair } from "../seal/keys.ts";
import { type EnrolledPasskey, enrolPasskey } from "./enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "./organisation.ts";
import { sampleFacts } from "./samples.ts";
import { type SealedTransfer, sealTransfer } from "./sealed-transfer.ts";
import { startServer, type TestServer } from "./server.ts";
import { type Answer, Visitor } from "./visitor.ts";

/** Of every transfer that is described here. */
export const FACTS: StatedFacts = sampleFacts({
  purpose: "The hearing on 3 December",
  necessity: "Counsel needs the statements",
});
/** A contact, who gets six words, and a member, who has a key. */
export const TO_BOTH = [{ address: "clara@chambers.example" }, { address: "BEN.OTHER@council.example" }] as const;

type To = readonly { readonly address: string }[];

/** A sender's browser at the API, step by step. */
export interface SendingDesk {
  readonly server: TestServer;
  readonly sender: Member;
  readonly colleague: Member;
  readonly passkey: EnrolledPasskey;
  readonly browser: Visitor;
  /** The colleague's browser. */
  readonly stranger: Visitor;
  /** Described, to both unless said. @returns its reference */
  draft(recipients?: To): Promise<string>;
  view(reference: string): Promise<SendingView>;
  /** Seals a file of that text, stores the sender's grant, and begins the upload of `sealed.body` at `url`. */
  begin(reference: string, text?: string): Promise<{ readonly sealed: SealedTransfer; readonly url: string }>;
  /** Uploads a part. */
  patch(url: string, offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<Answer>;
  /** Described, sealed and uploaded. @returns its reference */
  sealedDraft(recipients?: To): Promise<string>;
  options(reference: string): Promise<SigningOptions>;
  statementOf(given: SigningOptions, changes?: Partial<Statement>): Promise<Statement>;
  /** Signs what the options show, or a changed statement. */
  sign(reference: string, changes?: Partial<Statement>): Promise<Answer>;
  stop(): Promise<void>;
}

export async function openSendingDesk(): Promise<SendingDesk> {
  const server = await startServer({ limits: { bodyBytes: 1_000_000, rateFactor: 100 } });
  await foundOrganisation(server);
  const sender = await addMember(server, "Ada Clerk");
  const colleague = await addMember(server, "Ben Other");
  for (const { id } of [sender, colleague]) await addKey(server, id, await generateKeyPair());
  const passkey = await enrolPasskey(server, sender);
  await addContact(server, sender, "Clara Counsel", "clara@chambers.example");
  await addContact(server, sender, "Dewi Davies", "dewi@siambrau.example", { language: "cy" });
  const browser = await new Visitor(server).signIn(sender.id);
  const stranger = await new Visitor(server).signIn(colleague.id);
  const people = { server, sender, colleague, passkey, browser, stranger };
  return { ...people, ...stepsOf(people), stop: () => server.stop() };
}

type People = Pick<SendingDesk, "server" | "sender" | "colleague" | "passkey" | "browser" | "stranger">;

function stepsOf({ sender, passkey, browser }: People): Omit<SendingDesk, keyof People | "stop"> {
  const desk: Omit<SendingDesk, keyof People | "stop"> = {
    async draft(recipients = TO_BOTH) {
      const answer = await browser.api("POST", "/api/transfers", { facts: FACTS, recipients });
      assert.equal(answer.status, 201, answer.text);
      return answer.json<{ reference: string }>().reference;
    },
    async view(reference) {
      const answer = await browser.get(`/api/transfers/${reference}`);
      assert.equal(answer.status, 200, answer.text);
      return answer.json<SendingView>();
    },
    async begin(reference, text = "Witness statement") {
      const sealed = await sealTransfer(await desk.view(reference), "statement.txt", text);
      const path = `/api/transfers/${reference}`;
      const stored = await browser.api("PUT", `${path}/sender-grant`, { grant: sealed.senderGrant });
      assert.equal(stored.status, 200, stored.text);
      const made = await browser.api("POST", `${path}/upload`, { size: sealed.body.length });
      assert.equal(made.status, 201, made.text);
      return { sealed, url: made.json<UploadAnswer>().url };
    },
    async patch(url, offset, bytes) {
      const tus = { "tus-resumable": "1.0.0", "content-type": "application/offset+octet-stream" };
      const headers = { ...tus, "upload-offset": String(offset), "x-waybill-token": await browser.token() };
      return browser.ask("PATCH", url, headers, bytes);
    },
    async sealedDraft(recipients = TO_BOTH) {
      const reference = await desk.draft(recipients);
      const { sealed, url } = await desk.begin(reference);
      assert.equal((await desk.patch(url, 0, sealed.body)).status, 204);
      const put = await browser.api("PUT", `/api/transfers/${reference}/content`, sealed.content);
      assert.equal(put.status, 200, put.text);
      return reference;
    },
    async options(reference) {
      const answer = await browser.api("POST", `/api/transfers/${reference}/sign/options`, {});
      assert.equal(answer.status, 200, answer.text);
      return answer.json<SigningOptions>();
    },
    async statementOf({ waybill, nonce }, changes = {}) {
      const digest = await sha256Hex(utf8(waybill));
      const about = { digest, role: "sender", answer: "", signer: sender.address, rpId: "localhost", nonce };
      return { version: 1, kind: "send", ...about, ...changes };
    },
    async sign(reference, changes = {}) {
      const given = await desk.options(reference);
      const signature = await passkey.sign(await desk.statementOf(given, changes));
      return browser.api("POST", `/api/transfers/${reference}/sign`, { nonce: given.nonce, passkey: signature });
    },
  };
  return desk;
}
