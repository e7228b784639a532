import { fileURLToPath } from "node:url";
import type { BrowserContext } from "playwright-core";
import { fromBase64 } from "../../src/bytes/base64.ts";
import { sha256Hex } from "../../src/bytes/digest.ts";
import type { Member } from "../../src/domain/member.ts";
import type { SigningOptions, StartAnswer } from "../../src/domain/wire/sending.ts";
import { openSenderGrant } from "../../src/seal/grants.ts";
import { generateKeyPair, type KeyPair } from "../../src/seal/keys.ts";
import type { Row } from "../../src/server/gate/row.ts";
import { hashOf, startSession } from "../../src/server/gate/session.ts";
import { type EnrolledPasskey, enrolPasskey } from "../../src/testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { sampleFacts } from "../../src/testing/samples.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { sendStatement } from "../../src/testing/signed-transfer.ts";
import { Visitor } from "../../src/testing/visitor.ts";
import { buildWeb } from "../../src/web-build/build-web.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const LARGEST_BODY = 16 * 2 ** 30;
const HOURS = 12;
const ADDRESSES = { colleague: "ben.other@council.example", contact: "clara@chambers.example" };
const FACTS = sampleFacts({ purpose: "The hearing on 3 December", necessity: "Counsel needs the statements" });

/** The whole server with a real sender on it, for browsers that send and receive through its own pages. */
export class Office {
  readonly server: TestServer;
  readonly #sender: Member;
  readonly #keys: KeyPair;
  readonly #passkey: EnrolledPasskey;
  readonly #visitor: Visitor;

  private constructor(
    server: TestServer,
    sender: { member: Member; keys: KeyPair; passkey: EnrolledPasskey; visitor: Visitor },
  ) {
    this.server = server;
    this.#sender = sender.member;
    this.#keys = sender.keys;
    this.#passkey = sender.passkey;
    this.#visitor = sender.visitor;
  }

  /** @param rows added to the server's own. */
  static async open(rows: readonly Row[] = []): Promise<Office> {
    const folder = `${root}/.build/web`;
    const { manifest } = await buildWeb(root, folder);
    const server = await startServer({
      assets: { folder, files: manifest },
      limits: { bodyBytes: LARGEST_BODY, rateFactor: 1000 },
      extra: { rows, templates: [], scripts: [], banner: null },
    });
    await foundOrganisation(server);
    const member = await addMember(server, "Ada Clerk");
    const colleague = await addMember(server, "Ben Other");
    const keys = await generateKeyPair();
    await addKey(server, member.id, keys);
    await addKey(server, colleague.id, await generateKeyPair());
    await addContact(server, member, "Clara Counsel", "clara@chambers.example");
    const passkey = await enrolPasskey(server, member);
    return new Office(server, { member, keys, passkey, visitor: await new Visitor(server).signIn(member.id) });
  }

  /** A new draft. @returns its reference. @param to a colleague with keys, or a contact who gets six words. */
  async draft(to: keyof typeof ADDRESSES): Promise<string> {
    const address = ADDRESSES[to];
    const answer = await this.#visitor.api("POST", "/api/transfers", { facts: FACTS, recipients: [{ address }] });
    if (answer.status !== 201) throw new Error(`The draft was refused: ${answer.text}`);
    return answer.json<StartAnswer & Record<string, unknown>>().reference;
  }

  /** Signs what was sent, as the check page does, which releases it. @returns the recipient's row and their six words. */
  async release(reference: string): Promise<{ readonly id: string; readonly words: string }> {
    const path = `/api/transfers/${reference}/sign`;
    const options = (await this.#visitor.api("POST", `${path}/options`, {})).json<
      SigningOptions & Record<string, unknown>
    >();
    const passkey = await this.#passkey.sign(await sendStatement(options));
    const signed = await this.#visitor.api("POST", path, { nonce: options.nonce, passkey });
    if (signed.status !== 200) throw new Error(`The signature was refused: ${signed.text}`);
    const { read } = this.server.records;
    const grant = fromBase64((await read.transfer(reference))?.senderGrant ?? "");
    const stored = { reference, digest: await sha256Hex(grant) };
    const { secrets } = await openSenderGrant(grant, [this.#keys.identity], stored);
    const id = (await read.recipients(reference))[0]?.id ?? "";
    return { id, words: secrets[id] ?? "" };
  }

  /** Takes the sealed body off the disk: a run makes many. */
  async discardBody(reference: string): Promise<void> {
    const { blobs, records } = this.server.parts;
    const transfer = await records.read.transfer(reference);
    await blobs.remove(transfer?.sealed?.bodyId ?? "");
  }

  /** Signs this browser in as the sender. */
  async signIn(context: BrowserContext): Promise<void> {
    const value = await startSession(this.server.parts, this.#sender.id, "");
    await context.addCookies([{ name: "waybill", value, url: this.server.url }]);
  }

  /** Gives this browser the session of a recipient who has entered the emailed code. */
  async proveMailbox(context: BrowserContext, recipientId: string): Promise<void> {
    const value = `${recipientId}${recipientId}`.slice(0, 43);
    const until = new Date(this.server.clock.now().getTime() + HOURS * 3_600_000);
    await this.server.parts.ephemera.put("recipient-session", hashOf(value), { owner: recipientId }, until);
    await context.addCookies([{ name: `r-${recipientId}`, value, url: this.server.url }]);
  }

  close(): Promise<void> {
    return this.server.stop();
  }
}
