import { toBase64Url } from "../bytes/base64.ts";
import { randomBytes } from "../bytes/random.ts";
import type { ReceivingView } from "../domain/wire/receiving.ts";
import type { Statement } from "../log/statement.ts";
import { arrivalPublicKey, newArrivalKey, signWithArrivalKey } from "../log/statement-keys.ts";
import { hashOf } from "../server/gate/session.ts";
import type { TestServer } from "./server.ts";
import { type Answer, Visitor } from "./visitor.ts";

type ArrivalKeyPair = Awaited<ReturnType<typeof newArrivalKey>>;

/** A recipient's browser: its cookies, and the key that it makes when arrival is confirmed. */
export class ReceivingDevice extends Visitor {
  readonly id: string;
  readonly #key: ArrivalKeyPair;
  readonly arrivalKey: string;

  private constructor(server: TestServer, id: string, key: ArrivalKeyPair, arrivalKey: string) {
    super(server);
    this.id = id;
    this.#key = key;
    this.arrivalKey = arrivalKey;
  }

  static async of(server: TestServer, id: string): Promise<ReceivingDevice> {
    const key = await newArrivalKey();
    return new ReceivingDevice(server, id, key, toBase64Url(await arrivalPublicKey(key)));
  }

  /** The session as it is after the emailed code, on a device of its own. */
  static async proved(server: TestServer, id: string): Promise<ReceivingDevice> {
    const device = await ReceivingDevice.of(server, id);
    const token = toBase64Url(randomBytes(32));
    const until = new Date(server.clock.now().getTime() + 12 * 3_600_000);
    await server.parts.ephemera.put("recipient-session", hashOf(token), { owner: id }, until);
    device.setCookie(`r-${id}`, token);
    return device;
  }

  async view(): Promise<ReceivingView> {
    return (await this.get(`/api/r/${this.id}`)).json<ReceivingView>();
  }

  async nonce(): Promise<string> {
    return (await this.api("POST", `/api/r/${this.id}/nonce`, {})).json<{ nonce: string }>().nonce;
  }

  async statement(kind: "arrive" | "receive", changes: Partial<Statement> = {}): Promise<Statement> {
    const { waybillDigest: digest, recipient, rpId } = await this.view();
    const answer = kind === "receive" ? "complete" : "";
    const signer = recipient.address;
    return { version: 1, kind, digest, role: "recipient", answer, signer, rpId, nonce: await this.nonce(), ...changes };
  }

  async sign(statement: Statement): Promise<{ arrivalKey: string; signature: string }> {
    const signature = toBase64Url(await signWithArrivalKey(this.#key.privateKey, statement));
    return { arrivalKey: this.arrivalKey, signature };
  }

  async arrive(reader = "", changes: Partial<Statement> = {}): Promise<Answer> {
    const statement = await this.statement("arrive", changes);
    const by = await this.sign(statement);
    return this.api("POST", `/api/r/${this.id}/arrive`, { nonce: statement.nonce, reader, by });
  }

  async opened(token: string): Promise<Answer> {
    return this.api("POST", `/api/r/${this.id}/opened`, { token });
  }

  async receipt(token: string, changes: Partial<Statement> = {}): Promise<Answer> {
    const statement = await this.statement("receive", changes);
    return this.api("POST", `/api/r/${this.id}/receipt`, {
      nonce: statement.nonce,
      token,
      by: await this.sign(statement),
    });
  }
}
