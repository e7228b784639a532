import { concat } from "../bytes/concat.ts";
import { BlobError, type Blobs } from "../domain/blobs.ts";

/** Blobs in memory, for tests that need no disk. */
export function createMemoryBlobs(): Blobs {
  const blobs = new Map<string, { bytes: Uint8Array; readonly size: number }>();
  const appending = new Set<string>();
  return {
    async create(id, size) {
      if (!/^[A-Za-z0-9_-]{22}$/.test(id) || !Number.isSafeInteger(size) || size < 0) {
        throw new TypeError("Not the id or size of a blob.");
      }
      if (blobs.has(id)) throw refused("wrong-offset", "There is an upload with this id already.");
      blobs.set(id, { bytes: new Uint8Array(), size });
    },
    async append(id, offset, bytes) {
      const blob = blobs.get(id);
      if (blob === undefined) throw refused("no-such-blob", "There is no upload with this id.");
      if (appending.has(id)) throw refused("wrong-offset", "Another part of this upload is still being stored.");
      if (blob.bytes.length === blob.size) throw refused("finished", "This upload is complete already.");
      if (offset !== blob.bytes.length) throw refused("wrong-offset", `This upload goes on at ${blob.bytes.length}.`);
      appending.add(id);
      const parts = [blob.bytes];
      let length = offset;
      try {
        for await (const chunk of bytes) {
          length += chunk.length;
          if (length > blob.size) throw refused("too-large", "More bytes came than this upload was made for.");
          parts.push(chunk.slice());
        }
      } finally {
        blob.bytes = concat(parts);
        appending.delete(id);
      }
      return blob.bytes.length;
    },
    async stat(id) {
      const blob = blobs.get(id);
      return blob === undefined ? null : { length: blob.bytes.length, size: blob.size };
    },
    async whole(id) {
      const blob = blobs.get(id);
      return blob !== undefined && blob.bytes.length === blob.size;
    },
    async *read(id, start, end) {
      const blob = blobs.get(id);
      if (blob === undefined) throw refused("no-such-blob", "There is no upload with this id.");
      if (blob.bytes.length < blob.size || start < 0 || end > blob.size) {
        throw refused("too-short", "The upload does not hold all those bytes.");
      }
      if (start < end) yield blob.bytes.slice(start, end);
    },
    remove: async (id) => void blobs.delete(id),
    async *list() {
      yield* [...blobs.keys()];
    },
  };
}

function refused(code: BlobError["code"], message: string): BlobError {
  return new BlobError({ code, message });
}
