import { configure, ZipWriter } from "@zip.js/zip.js";
import type { Bytes } from "../seal/cipher.ts";

configure({ useWebWorkers: false });

const AES_256 = 3;
/** The same in every package: when a file was packed is nobody's business. */
const NO_DATE = new Date(1980, 0, 1);

/**
 * A zip of one entry under AES-256 (WinZip's AE-2: no checksum of the contents is readable). Streams, with 64-bit sizes where needed.
 * What anyone can see of it: the entry's name and size. PBKDF2 with 1,000 rounds is all that the format has: the password must be strong.
 * @param name of the entry, readable by anyone. @param size of `content` in bytes.
 */
export async function* aesZip(
  name: string,
  size: number,
  content: AsyncIterable<Bytes>,
  password: string,
): AsyncGenerator<Bytes> {
  const { readable, writable } = new TransformStream<Bytes, Bytes>();
  const zip = new ZipWriter<unknown>(writable, {
    level: 0,
    password,
    encryptionStrength: AES_256,
    extendedTimestamp: false,
    lastModDate: NO_DATE,
    msDosCompatible: true,
  });
  const writing = write(zip, name, toReadable(content), size);
  const failed = writing.catch(async (cause: unknown) => {
    await writable.abort(cause).catch(() => {});
  });
  const reader = readable.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    await writing;
  } catch (cause) {
    // The writer's own reason comes first: that the stream broke is what follows from it.
    await writing;
    throw cause;
  } finally {
    await reader.cancel().catch(() => {});
    await failed;
  }
}

async function write(zip: ZipWriter<unknown>, name: string, content: ReadableStream<Bytes>, size: number) {
  await zip.add(name, content, { uncompressedSize: size });
  await zip.close();
}

function toReadable(source: AsyncIterable<Bytes>): ReadableStream<Bytes> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
