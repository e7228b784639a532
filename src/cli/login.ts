import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { ClientError, lying } from "../client/error.ts";
import { Http, isPassing } from "../client/http.ts";
import { keyLogAnswer } from "../client/people/shapes.ts";
import { oneOf, record, text } from "../client/shape.ts";
import type { DeviceBody } from "../domain/wire/people.ts";
import { deviceCode } from "../log/device-keys.ts";
import { ensureFolder, filesOf } from "./account/config-folder.ts";
import { type Device, type DeviceSecrets, newDeviceKeys, readDevice, writeDevice } from "./account/device.ts";
import { readOrigin } from "./account/origin.ts";
import { lookAtOwnKeys } from "./account/own-keys.ts";
import { Session } from "./account/session.ts";
import { State } from "./account/state.ts";
import { atServer } from "./at-server.ts";
import type { Command, Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, readOptions } from "./options.ts";

const POLL_MS = 2000;
const LIMIT_MS = 15 * 60_000;
/** Where the browser confirms a command line. */
const PAGE = "/enrol-device";

const deviceAnswer = record({ code: text, pollToken: text });
const pollState = record({ state: oneOf("pending", "enrolled") });
const enrolledAnswer = record({ keyId: text, address: text });

/** `waybill login`: own keys, which a member's passkey confirms in the browser. */
export const login: Command = atServer({
  usage: "waybill login URL [--name NAME] [--json]",
  help: `Makes keys for this command line and enrols them at the server: it shows a code, which you enter in your browser, signed in there
with your passkey. The keys stay here, in a file that only you can read.

      --name NAME   what this command line is called in your account; otherwise this machine's name
      --json        say who you are as JSON
`,
  async run(args, parts) {
    const options = { ...COMMON, name: { type: "string" } } as const;
    const { values, positionals } = readOptions({ args: [...args], options, allowPositionals: true });
    const [url, ...more] = positionals;
    if (url === undefined || more.length > 0) {
      throw new CliError({ code: "usage", message: "Give the server's address: waybill login URL" });
    }
    const origin = readOrigin(url);
    const name = (values.name ?? hostname()).trim().slice(0, 80) || "Command line";
    await ensureFolder(parts.configFolder);
    const earlier = await readDevice(filesOf(parts.configFolder, origin).keys);
    const current = earlier !== null && (await stillEnrolled(earlier, parts)) ? earlier : null;
    const device = current ?? (await enrol(origin, name, earlier?.identities ?? [], parts));
    const { address } = device;
    const said = current ? "This command line is enrolled already" : "This command line is enrolled now";
    const result = { server: origin, address, alreadyEnrolled: current !== null };
    parts.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${said}: ${address} at ${origin}.\n`);
  },
});

async function stillEnrolled(device: Device, parts: Parts): Promise<boolean> {
  const state = new State(filesOf(parts.configFolder, device.origin).state);
  const session = new Session(device, state);
  try {
    await session.http.get("/api/keys", keyLogAnswer);
    await lookAtOwnKeys(session, false, parts);
    return true;
  } catch (cause) {
    if (cause instanceof ClientError && cause.refusal?.status === 401) return false;
    throw cause;
  } finally {
    session.close();
  }
}

async function enrol(origin: string, name: string, earlier: readonly string[], parts: Parts): Promise<Device> {
  const secrets = await newDeviceKeys(earlier);
  const http = new Http({ origin, fetch, headers: () => ({}) });
  const { recipient, signing } = secrets;
  const offer: DeviceBody = { name, recipient, signing };
  const { code, pollToken } = await http.send("POST", "/api/devices", offer, deviceAnswer, parts.signal);
  const ours = await deviceCode(secrets);
  if (code !== ours) throw lying("it shows another code than that of this command line's keys");
  parts.stderr.write(
    `In your browser, signed in, open ${origin}${PAGE}\nand enter this code, comparing every character:\n\n    ${ours}\n\n` +
      "Waiting for you to confirm it there (15 minutes at most; Ctrl-C stops) …\n",
  );
  const { keyId, address } = await confirmed(origin, pollToken, parts);
  const device: Device = { version: 1, origin, address, keyId, ...secrets };
  const files = filesOf(parts.configFolder, origin);
  await writeDevice(files.keys, device);
  await learnOwnKeys(device, secrets, new State(files.state), parts);
  return device;
}

/** Asks until somebody confirmed. @throws CliError `interrupted`, `declined`; ClientError */
async function confirmed(origin: string, pollToken: string, { signal }: Parts) {
  const http = new Http({ origin, fetch, headers: () => ({ authorization: `Bearer ${pollToken}` }) });
  const until = performance.now() + LIMIT_MS;
  while (performance.now() < until) {
    try {
      const answer = await http.get("/api/devices/poll", both, signal);
      if (answer !== null) return answer;
    } catch (cause) {
      if (signal.aborted) throw stopped();
      if (cause instanceof ClientError && [404, 410].includes(cause.refusal?.status ?? 0)) throw tooLate();
      if (!isPassing(cause)) throw cause;
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) throw stopped();
  }
  throw tooLate();
}

function both(value: unknown, at: string) {
  return pollState(value, at).state === "pending" ? null : enrolledAnswer(value, at);
}

/**
 * What the key log has in this member's name: the keys of this command line have to be there. What the passkey that confirmed it did not sign for is
 * asked about before anything is sealed to it.
 */
async function learnOwnKeys(device: Device, secrets: DeviceSecrets, state: State, parts: Parts): Promise<void> {
  const session = new Session(device, state);
  try {
    state.token = null;
    const { lines } = await session.http.get("/api/keys", keyLogAnswer);
    const line = lines.find(({ id, address }) => id === device.keyId && address === device.address);
    if (line?.recipient !== secrets.recipient || line.signing !== secrets.signing) {
      throw lying("its key log does not have the keys of this command line");
    }
    await lookAtOwnKeys(session, false, parts);
  } finally {
    session.close();
  }
}

function stopped(): CliError {
  const message =
    "Stopped. This command line was not enrolled. If you confirmed the code in the browser meanwhile, remove the command line from your account there.";
  return new CliError({ code: "interrupted", message });
}

function tooLate(): CliError {
  const message = "Nobody confirmed the code in time. Nothing was changed: run waybill login again.";
  return new CliError({ code: "declined", message });
}
