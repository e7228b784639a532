import { readFile } from "node:fs/promises";
import { openNames } from "../client/evidence/names.ts";
import { EvidenceError } from "../evidence/error.ts";
import { sayProved } from "../evidence/say.ts";
import { verifyPack } from "../evidence/verify-pack.ts";
import { LogError } from "../log/error.ts";
import { parseVerifierKey, type VerifierKey } from "../log/keys.ts";
import type { Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, oneOperand, readOptions } from "./options.ts";
import { fileError } from "./system-error.ts";
import { printable } from "./table.ts";

/** `waybill verify`: checks an evidence pack, without a network and without a server. */
export const verify: Command = {
  usage: "waybill verify PACK --log-key KEY [--witness-key KEY…] [--receipt-token TOKEN…] [--json]",
  help: `Checks every byte of an evidence pack: that the log has its events, who signed what with which key, and that it went in the order
that the rules asked for. Says what is proved and what is not. Needs no network and no server. Exit code 17 where anything is wrong.

      --log-key KEY           the log's verifier key, from its page /log. Get it from the organisation once, not with the pack
      --witness-key KEY       the key of a witness whose word you take; give it again for several
      --receipt-token TOKEN   what a recipient found inside what was sealed to them: proves that they opened it
      --json                  say it as JSON
`,
  async run(args, parts) {
    const options = {
      ...COMMON,
      "log-key": { type: "string" },
      "witness-key": { type: "string", multiple: true },
      "receipt-token": { type: "string", multiple: true },
    } as const;
    const { values, positionals } = readOptions({ args: [...args], options, allowPositionals: true });
    const path = oneOperand(positionals, "one evidence pack");
    const logKey = values["log-key"];
    if (path === undefined || logKey === undefined) {
      throw new CliError({ code: "usage", message: "Give the pack and --log-key." });
    }
    const log = keyOf(logKey, "note", "--log-key");
    const witnesses = (values["witness-key"] ?? []).map((each) => keyOf(each, "cosignature", "--witness-key"));
    const pack = await readFile(path).catch((cause: unknown) => {
      throw fileError("read", path, cause);
    });
    const verified = await verifyPack(
      new Uint8Array(pack),
      { log, witnesses },
      values["receipt-token"],
      openNames,
    ).catch(failed);
    const said = sayProved(verified);
    if (values.json) {
      const { reference, organisation } = verified.evidence;
      const { origin, size } = verified.log.checkpoint;
      const head = { origin, size, vouched: verified.log.vouched };
      const { names } = verified;
      parts.stdout.write(`${JSON.stringify({ reference, organisation, log: head, ...said, names })}\n`);
      return;
    }
    const names = verified.names === null ? "" : `\nNames of the files:\n${listed(verified.names)}`;
    parts.stdout.write(`Proved:\n${listed(said.proved)}\nNot proved:\n${listed(said.notProved)}${names}`);
  },
};

function listed(sentences: readonly string[]): string {
  return sentences.map((each) => `- ${printable(each)}\n`).join("");
}

function failed(cause: unknown): never {
  if (!(cause instanceof EvidenceError)) throw cause;
  throw new CliError({ code: "not-proved", message: `This pack proves nothing. ${cause.message}`, cause });
}

function keyOf(text: string, type: VerifierKey["type"], option: string): VerifierKey {
  try {
    const key = parseVerifierKey(text);
    if (key.type === type) return key;
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause;
    throw new CliError({ code: "usage", message: `${option}: ${cause.message}`, cause });
  }
  const other = type === "note" ? "That is the key of a witness" : "That is the key of a log";
  throw new CliError({ code: "usage", message: `${option}: ${other}.` });
}
