import { ClientError, lying } from "../../client/error.ts";
import { Http } from "../../client/http.ts";
import { record, text } from "../../client/shape.ts";
import type { Statement } from "../../log/statement.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { filesOf, keyFiles } from "./config-folder.ts";
import { type Device, readDevice, signWithDevice } from "./device.ts";
import { readOrigin } from "./origin.ts";
import { State } from "./state.ts";

const nonceAnswer = record({ nonce: text, rpId: text });
const signInAnswer = record({ token: text });

/** This command line at one server. Whatever is asked through `http` is asked signed in. */
export class Session {
  readonly device: Device;
  readonly state: State;
  readonly http: Http;
  /** The host name of the address that the person gave: what every statement is signed for. */
  readonly rpId: string;
  #signingIn: Promise<string> | null = null;

  constructor(device: Device, state: State) {
    this.device = device;
    this.state = state;
    this.rpId = new URL(device.origin).hostname;
    this.http = new Http({ origin: device.origin, fetch: this.#fetch.bind(this), headers: () => ({}) });
  }

  sign(statement: Statement): { readonly device: { readonly keyId: string; readonly signature: string } } {
    return { device: signWithDevice(this.device, statement) };
  }

  close(): void {
    this.state.close();
  }

  /** fetch with the bearer token; signs in first where there is none, and again where it is refused. */
  async #fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const kept = this.state.token ?? (await this.#signIn());
    const response = await fetch(input, withToken(init, kept));
    if (response.status !== 401) return response;
    await response.body?.cancel();
    return fetch(input, withToken(init, await this.#signIn()));
  }

  #signIn(): Promise<string> {
    this.#signingIn ??= signIn(this.device)
      .then((token) => {
        this.state.token = token;
        return token;
      })
      .finally(() => {
        this.#signingIn = null;
      });
    return this.#signingIn;
  }
}

/**
 * The session at the server given, or at the only one that this command line is enrolled at.
 * @throws CliError `not-signed-in`, `usage`, `file`
 */
export async function openSession(parts: Parts, server: string | undefined): Promise<Session> {
  const keys = server === undefined ? await onlyKeyFile(parts) : filesOf(parts.configFolder, readOrigin(server)).keys;
  const device = await readDevice(keys);
  if (device === null) {
    const message = `This command line is not enrolled at ${server ?? "any server"}. First: waybill login URL`;
    throw new CliError({ code: "not-signed-in", message });
  }
  return new Session(device, new State(filesOf(parts.configFolder, device.origin).state));
}

async function onlyKeyFile({ configFolder }: Parts): Promise<string> {
  const [first, ...more] = await keyFiles(configFolder);
  if (first === undefined) {
    const message = "This command line is not enrolled at any server. First: waybill login URL";
    throw new CliError({ code: "not-signed-in", message });
  }
  if (more.length === 0) return first;
  const origins = await Promise.all([first, ...more].map(async (path) => (await readDevice(path))?.origin ?? path));
  const message = `This command line is enrolled at several servers: say which with --server. They are ${origins.join(", ")}.`;
  throw new CliError({ code: "usage", message });
}

/** Shows the server that this is the device, and gets a token. @throws ClientError `refused` with status 401 when it is not accepted */
async function signIn(device: Device): Promise<string> {
  const { origin, keyId } = device;
  const http = new Http({ origin, fetch, headers: () => ({}) });
  try {
    const { nonce, rpId } = await http.send("POST", "/api/devices/sign-in/nonce", { keyId }, nonceAnswer);
    if (rpId !== new URL(origin).hostname) throw lying("it names another site to sign in at");
    const statement: Statement = {
      version: 1,
      kind: "sign-in",
      digest: "",
      role: "device",
      answer: "",
      signer: "", // the key says who it is
      rpId,
      nonce,
    };
    const { signature } = signWithDevice(device, statement);
    return (await http.send("POST", "/api/devices/sign-in", { keyId, nonce, signature }, signInAnswer)).token;
  } catch (cause) {
    const status = cause instanceof ClientError ? (cause.refusal?.status ?? 0) : 0;
    if (![401, 403, 404, 410, 422].includes(status)) throw cause;
    const message =
      `${origin} does not accept this command line any more: its key was removed, or ${device.address} may not sign in, or the server was set up anew. ` +
      `Nothing is lost. To enrol it again: waybill login ${origin}`;
    const refusal = { status: 401, code: "sign-in-first", message };
    throw new ClientError({ code: "refused", message, refusal, cause });
  }
}

function withToken(init: RequestInit, token: string): RequestInit {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${token}`);
  return { ...init, headers };
}
