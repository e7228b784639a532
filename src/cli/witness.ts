import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { LogError } from "../log/error.ts";
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from "../log/keys.ts";
import type { Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, readOptions } from "./options.ts";
import { loadOrCreateWitnessKey, readMemory } from "./witness/witness-files.ts";

/** `waybill witness`: watches that the logs of others only grow. */
export const witness: Command = {
  usage: "waybill witness --key FILE --state FILE --log KEY… [--name NAME] [--listen HOST:PORT]",
  help: `Watches other people's logs (c2sp.org/tlog-witness): remembers the head that it saw last of each, and signs a new one
only if it continues that. Run it outside the organisation whose log it is. Its own key is printed when it starts: the
organisation sets it up with the address where it reaches this witness. Runs until it is stopped.

      --key FILE           this witness's key; made where it is absent, and then to be kept
      --name NAME          its name when the key is made, such as witness.example/w1
      --state FILE         what it saw last; without it a rewritten log would not be noticed. One witness to a file
      --log KEY            the verifier key of a log to watch, from its page /log; give it again for several
      --listen HOST:PORT   where it listens; localhost:8421 unless said. Put HTTPS in front of it
`,
  async run(args, parts) {
    const { values } = readOptions({
      args: [...args],
      options: {
        ...COMMON,
        key: { type: "string" },
        name: { type: "string" },
        state: { type: "string" },
        log: { type: "string", multiple: true },
        listen: { type: "string", default: "localhost:8421" },
      },
      allowPositionals: false,
    });
    const { key, state, log = [] } = values;
    if (key === undefined || state === undefined || log.length === 0) {
      throw new CliError({ code: "usage", message: "Give --key, --state and at least one --log." });
    }
    const logs = log.map(logKey);
    const place = placeOf(values.listen);
    const signer = await loadOrCreateWitnessKey(key, values.name);
    await readMemory(state); // a state that cannot be read must not look like none
    const said = (line: string) => void parts.stderr.write(`${line}\n`);
    const { createWitness } = await import("./witness/witness-server.ts"); // HTTP takes a while to load; no other command serves it
    const server = createWitness({ signer, logs, state, now: () => new Date(), said });
    server.listen(place);
    await once(server, "listening").catch((cause) => {
      const message = `Cannot listen at ${values.listen}: ${cause instanceof Error ? cause.message : cause}. Nothing was started.`;
      throw new CliError({ code: "usage", message, cause });
    });
    const { port } = server.address() as AddressInfo; // it listens at a port
    parts.stdout.write(`${formatVerifierKey(signer.key)} http://${place.host}:${port}\n`);
    if (!parts.signal.aborted) await once(parts.signal, "abort");
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  },
};

function logKey(text: string): VerifierKey {
  try {
    const key = parseVerifierKey(text);
    if (key.type === "note") return key;
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause;
    throw new CliError({ code: "usage", message: cause.message, cause });
  }
  throw new CliError({ code: "usage", message: "That is the key of a witness. --log takes the key of a log." });
}

function placeOf(text: string): { readonly host: string; readonly port: number } {
  const [, host = "", port = ""] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host !== "" && Number(port) < 65_536) return { host, port: Number(port) };
  throw new CliError({
    code: "usage",
    message: `--listen takes a host and a port, such as localhost:8421, not ${text}.`,
  });
}
