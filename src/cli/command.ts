import type { Readable } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";

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
  /** The terminal itself, for questions, whatever stdin and stdout are; null where there is none. */
  openTerminal(): Terminal | null;
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
