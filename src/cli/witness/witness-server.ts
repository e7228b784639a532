import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { sha256Hex } from "../../bytes/digest.ts";
import { fromUtf8, utf8 } from "../../bytes/text.ts";
import type { Signer, VerifierKey } from "../../log/keys.ts";
import { signatureLine } from "../../log/note.ts";
import { judge } from "../../log/witness.ts";
import { type Memory, readMemory, writeMemory } from "./witness-files.ts";

/** Bytes of a request; a checkpoint with 64 signatures and the longest proof is far smaller. */
const LONGEST = 256 * 1024;

export interface WitnessOptions {
  readonly signer: Signer;
  readonly logs: readonly VerifierKey[];
  /** The memory of what was seen; read again for each request, so that what counts is what is on the disk. */
  readonly state: string;
  readonly now: () => Date;
  /** One line for each request that was judged, or that failed. */
  readonly said: (line: string) => void;
}

interface Answer {
  readonly status: number;
  readonly type: "text/plain; charset=utf-8" | "text/x.tlog.size";
  readonly body: string;
}

/** A witness (c2sp.org/tlog-witness), listening nowhere yet. Whoever asks controls everything that they send. */
export function createWitness(options: WitnessOptions): Server {
  let last: Promise<unknown> = Promise.resolve();
  // One request after another, from looking at what was seen to having it on the disk: no two see the same.
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  };
  return createServer((request, response) => {
    answerTo(request, options, inTurn).then(
      (answer) => send(response, answer),
      (error) => {
        options.said(`failed: ${error instanceof Error ? error.message : String(error)}`);
        send(response, plain(500, "The witness could not do it. Nothing was signed."));
      },
    );
  });
}

async function answerTo(
  request: IncomingMessage,
  options: WitnessOptions,
  inTurn: (act: () => Promise<Answer>) => Promise<Answer>,
): Promise<Answer> {
  const path = (request.url ?? "").split("?")[0] ?? "";
  if (path === "/add-checkpoint") {
    if (request.method !== "POST") return plain(405, "Send checkpoints with POST.");
    const body = await readBody(request);
    return body === null ? plain(400, "This is too long, or not text.") : inTurn(() => addCheckpoint(body, options));
  }
  const [, hash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path) ?? [];
  if (hash === undefined || request.method !== "GET") return plain(404, "There is nothing here.");
  for (const [origin, { note }] of await readMemory(options.state)) {
    if ((await sha256Hex(utf8(origin))) === hash) return plain(200, note);
  }
  return plain(404, "This witness has cosigned nothing of that log.");
}

async function addCheckpoint(body: string, { signer, logs, state, now, said }: WitnessOptions): Promise<Answer> {
  const memory: Memory = await readMemory(state);
  const judged = await judge(body, logs, (origin) => memory.get(origin) ?? null);
  if (judged.status === 409) return { status: 409, type: "text/x.tlog.size", body: `${judged.size}\n` };
  if (judged.status !== 200) {
    said(`refused (${judged.status}): ${judged.why}`);
    return plain(judged.status, judged.why);
  }
  const { checkpoint, text, note } = judged;
  const line = `${await signatureLine(text, signer, now())}\n`;
  const { origin, size, root } = checkpoint;
  await writeMemory(state, new Map(memory).set(origin, { size, root, note: `${note}${line}` }));
  said(`cosigned ${origin} at ${size}`);
  return { status: 200, type: "text/plain; charset=utf-8", body: line };
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LONGEST) return null;
    parts.push(part);
  }
  try {
    return fromUtf8(Buffer.concat(parts));
  } catch {
    return null;
  }
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) }).end(body);
}

function plain(status: number, body: string): Answer {
  return { status, type: "text/plain; charset=utf-8", body: body.endsWith("\n") ? body : `${body}\n` };
}
