import { Encrypter } from "age-encryption";
import { randomId } from "../../src/bytes/random.ts";
import { bytesOf } from "../../src/client/bytes-of.ts";
import { Control } from "../../src/client/control.ts";
import { Http } from "../../src/client/http.ts";
import { sealAndUpload } from "../../src/client/sending/body.ts";
import type { SendingRecord } from "../../src/client/sending/piece-record.ts";
import { Upload } from "../../src/client/sending/upload.ts";
import { sealedSize } from "../../src/envelope/sizes.ts";
import { sealBody } from "../../src/seal/body.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { newSealing } from "../../src/seal/sealing.ts";
import { platformCipher } from "../../src/seal/webcrypto-cipher.ts";
import { browserPace } from "../../src/web/workers/calls/browser-pace.ts";
import { BrowserPieceRecord } from "../../src/web/workers/kept/browser-piece-record.ts";

// The worker of the row `browser-against-typage`.

export interface SealRunCall {
  /** `whole` is what the sending worker does; `stream` only reads, seals and digests; `typage` its own stream. */
  readonly how: "whole" | "stream" | "typage";
  readonly file: File;
}

export interface SealRun {
  readonly sealedBytes: number;
  /** Of the cipher that this browser got. */
  readonly cipher: string;
}

const RUNS: Readonly<Record<SealRunCall["how"], (file: File, recipient: string) => Promise<number>>> = {
  whole: sealWhole,
  stream: sealStream,
  typage: sealWithTypage,
};

addEventListener("message", ({ data }: MessageEvent<SealRunCall>) => {
  run(data).then(postMessage, reportError);
});

async function run({ how, file }: SealRunCall): Promise<SealRun> {
  const { recipient } = await generateKeyPair();
  const sealedBytes = await RUNS[how](file, recipient);
  return { sealedBytes, cipher: (await platformCipher()).name };
}

/** Everything from reading to handing over, the durable record included; a server that has everything at once answers. */
async function sealWhole(file: File, recipient: string): Promise<number> {
  const sealing = await newSealing({ recipients: [recipient] });
  const size = sealedSize(sealing.header.length, file.size);
  let arrived = 0;
  const http = new Http({
    origin: location.origin,
    headers: () => ({}),
    fetch: async (_url, init) => {
      arrived += init?.body instanceof Blob ? init.body.size : 0;
      return new Response(null, { status: 204, headers: { "upload-offset": String(arrived) } });
    },
  });
  const known: SendingRecord = {
    reference: randomId(),
    url: `${location.origin}/upload`,
    grant: "",
    prefix: new Uint8Array(0),
    size,
    digests: [],
    acknowledged: 0,
  };
  const record = await BrowserPieceRecord.open();
  await record.begin(known);
  const parts = { http, control: new Control(), pace: browserPace, delivered: () => undefined };
  const upload = new Upload(parts, known, { acknowledged: 0, everSent: 0 });
  const cipher = await platformCipher();
  await sealAndUpload(bytesOf(file.stream()), file.size, sealing, { cipher, record, upload }, known);
  await record.forget(known.reference);
  if (arrived !== size) throw new Error("Not all of it was handed over.");
  return arrived;
}

async function sealStream(file: File, recipient: string): Promise<number> {
  const sealing = await newSealing({ recipients: [recipient] });
  let size = 0;
  for await (const { bytes } of sealBody(bytesOf(file.stream()), sealing, await platformCipher())) size += bytes.length;
  return size;
}

async function sealWithTypage(file: File, recipient: string): Promise<number> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  let size = 0;
  for await (const bytes of bytesOf(await encrypter.encrypt(file.stream()))) size += bytes.length;
  return size;
}
