import type { Readable } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";
import type { LogReport } from "../log/check-log.ts";

/** What the command line works with; built in bin/cli.ts, or by a test. */
export interface Parts {
  readonly stdin: Readable & { readonly fd?: number; readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly fd?: number; readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** From WAYBILL_PASSPHRASE_FILE. */
  readonly passphraseFile: string | undefined;
  /** Where keys and what is needed to go on are kept, such as ~/.config/waybill. */
  readonly configFolder: string;
  /** Aborted by SIGINT, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
  /**
   * The check of the log that is stored on this machine; places not said are those of the server's settings.
   * @param elsewhere `witnessed`: heads kept elsewhere, as signed notes; `witnesses`: whom to ask, each as the setting names it, those
   * of the server's settings when there are none.
   * @throws LogError `not-a-note`, `not-a-witness`
   */
  checkLog(
    place: LogPlace,
    elsewhere: { readonly witnessed: readonly string[]; readonly witnesses: readonly string[] },
  ): Promise<LogReport & { readonly origin: string; readonly asked: readonly AskedWitness[] }>;
  /** The terminal itself, for questions, whatever stdin and stdout are; null where there is none. */
  openTerminal(): Terminal | null;
}

/** What a witness answered to the last head: `refused` says that the log is not what it saw, `silent` that it could not be asked. */
export interface AskedWitness {
  readonly name: string;
  readonly answer: "cosigned" | "refused" | "silent";
  readonly why: string;
}

/** Where the server's data and keys are; undefined: where its settings say. */
export interface LogPlace {
  readonly data: string | undefined;
  readonly keyFile: string | undefined;
  readonly logKeyFile: string | undefined;
}

/** A terminal to ask at. `close` gives it back. */
export interface Terminal {
  readonly input: ReadStream;
  readonly output: WriteStream | NodeJS.WritableStream;
  close(): void;
}

/** One command; a file each. */
export interface Command {
  readonly usage: string;
  /** What `waybill help COMMAND` prints below the usage. */
  readonly help: string;
  /** @throws CliError, SealError */
  run(args: readonly string[], parts: Parts): Promise<void>;
}
