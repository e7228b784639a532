import { type ContainerCode, ContainerError } from "../containers/error.ts";
import { type SealCode, SealError } from "../seal/error.ts";
import { assess } from "./assess.ts";
import type { Command, Parts } from "./command.ts";
import { type CliCode, CliError, EXIT_CODES } from "./error.ts";
import { evidence } from "./evidence.ts";
import { commandHelp, helpText } from "./help.ts";
import { inbox } from "./inbox.ts";
import { keygen } from "./keygen.ts";
import { log } from "./log.ts";
import { login } from "./login.ts";
import { logout } from "./logout.ts";
import { open } from "./open.ts";
import { packageCommand } from "./package.ts";
import { interrupted } from "./passphrase.ts";
import { recall } from "./recall.ts";
import { receipt } from "./receipt.ts";
import { receive } from "./receive.ts";
import { seal } from "./seal.ts";
import { send } from "./send.ts";
import { status } from "./status.ts";
import { verify } from "./verify.ts";
import { versionText } from "./version.ts";
import { witness } from "./witness.ts";
import { words } from "./words.ts";

const LOCAL: Readonly<Record<string, Command>> = { keygen, seal, open, package: packageCommand, assess };
const AT_SERVER: Readonly<Record<string, Command>> = {
  login,
  send,
  status,
  words,
  recall,
  inbox,
  receive,
  receipt,
  logout,
};
const ABOUT_LOGS: Readonly<Record<string, Command>> = { evidence, verify, log, witness };
const COMMANDS: Readonly<Record<string, Command>> = { ...LOCAL, ...AT_SERVER, ...ABOUT_LOGS };

/** Runs one command. @param args what follows the program's name. @returns the exit code. */
export async function main(args: readonly string[], parts: Parts): Promise<number> {
  const json = args.includes("--json");
  try {
    await run(args, parts);
    return 0;
  } catch (cause) {
    const said = cause instanceof CliError && cause.code === "interrupted";
    return complain(parts.signal.aborted && !said ? interrupted() : cause, json, parts);
  }
}

async function run(args: readonly string[], parts: Parts): Promise<void> {
  const [name = "help", ...rest] = args;
  if (name === "help" || name === "--help" || name === "-h") {
    const about = rest[0] === undefined ? null : find(rest[0]);
    parts.stdout.write(about === null ? helpText(COMMANDS) : commandHelp(about));
    return;
  }
  if (name === "--version" || name === "-V") {
    parts.stdout.write(`waybill ${versionText()}\n`);
    return;
  }
  const command = find(name);
  const options = rest.includes("--") ? rest.slice(0, rest.indexOf("--")) : rest;
  if (options.includes("--help") || options.includes("-h")) parts.stdout.write(commandHelp(command));
  else await command.run(rest, parts);
}

function find(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command;
  throw new CliError({ code: "usage", message: `There is no command "${name}". "waybill help" lists them.` });
}

/** What to do, after what happened. */
const ADVICE: Partial<Record<CliCode | ContainerCode | SealCode, string>> = {
  damaged: "No result was kept; do not use what went to a pipe. Ask for the file again.",
  "no-access": "Nothing is lost. Try another key with -i, or ask the sender to seal it to your public key.",
  "wrong-secret": "Nothing is lost. Try again.",
  "too-costly": "Ask the sender to seal it with a work factor of 20 or less.",
  "bad-key": "Copy the key again, whole.",
};

function complain(cause: unknown, json: boolean, parts: Parts): number {
  const known = cause instanceof CliError || cause instanceof ContainerError || cause instanceof SealError;
  const advice = known ? ADVICE[cause.code] : undefined;
  const happened = cause instanceof Error ? cause.message : String(cause);
  const message = advice === undefined ? happened : `${happened} ${advice}`;
  const exit = known ? EXIT_CODES[cause.code] : 1;
  if (json) {
    const error = { code: known ? cause.code : "fault", message, exit };
    parts.stderr.write(`${JSON.stringify({ error })}\n`);
  } else {
    parts.stderr.write(`waybill: ${message}\n`);
    if (!known && cause instanceof Error) parts.stderr.write(`${cause.stack ?? ""}\n`);
  }
  return exit;
}
