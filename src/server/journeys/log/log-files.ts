import { concat } from "../../../bytes/concat.ts";
import { wholeNote } from "../../../log/event-log.ts";
import type { Hash } from "../../../log/merkle.ts";
import type { RunningLog } from "../../../log/running-log.ts";
import { hasTile, levelHashes, parseTilePath, TILE_WIDTH, type Tile } from "../../../log/tile.ts";
import { ServerError } from "../../error.ts";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";

/** Head and tiles as c2sp.org/tlog-tiles has them, for anybody: without an event's random bits they tell nothing of it. */
export const logFileRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/log/checkpoint",
    who: "anonymous",
    handle: async ({ parts, reply }) => {
      const head = await parts.log.stored.checkpoint();
      if (head === null) throw noSuchFile();
      await reply.type("text/plain; charset=utf-8").header("cache-control", "public, max-age=2").send(wholeNote(head));
      return null;
    },
  }),
  row({
    method: "GET",
    path: "/log/tile/*",
    who: "anonymous",
    handle: async (visit) => sendTile(visit, parseTilePath(visit.params["*"] ?? "")),
  }),
];

/** Nothing of the log is shown before a head that covers it was signed, so that whatever was shown stays true. */
async function sendTile({ parts, reply }: AnonymousVisit, tile: Tile | null): Promise<null> {
  const head = await parts.log.stored.checkpoint();
  if (tile === null || head === null || !hasTile(tile, head.size)) throw noSuchFile();
  const bytes = await tileBytes(parts.log, tile);
  const lasting = tile.width === TILE_WIDTH ? "public, max-age=31536000, immutable" : "public, max-age=86400";
  await reply.type("application/octet-stream").header("cache-control", lasting).send(Buffer.from(bytes));
  return null;
}

/** A tile: its hashes one after another. A bundle: each entry after its length, two bytes, big-endian. */
async function tileBytes({ stored }: RunningLog, { level, at, width }: Tile): Promise<Uint8Array> {
  const [start, end] = [at * TILE_WIDTH, at * TILE_WIDTH + width];
  if (level !== "entries") return concat(await levelHashes(stored, level, start, end));
  return concat((await stored.entries(start, end)).flatMap((entry) => [lengthOf(entry), entry]));
}

function lengthOf(entry: Hash): Uint8Array {
  return Uint8Array.of(entry.length >> 8, entry.length & 0xff);
}

function noSuchFile(): ServerError {
  return new ServerError({
    code: "no-such-page",
    message: "The log has no such part. Its head says how long it is; what is not signed yet is not shown.",
  });
}
