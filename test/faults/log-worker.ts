import { writeSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { signerOf } from "../../src/log/keys.ts";
import { createLogKeeper } from "../../src/log/log-keeper.ts";
import { StoreError } from "../../src/store/error.ts";
import { createEventLog } from "../../src/store/event-log.ts";
import { openStore } from "../../src/store/open-store.ts";
import { createRecords } from "../../src/store/records.ts";
import { openConnection, queries } from "../../src/store/sqlite.ts";
import type { RecordTables } from "../../src/store/tables.ts";
import { sampleEvent } from "../../src/testing/samples.ts";

/**
 * A process that appends events and signs heads, and says on standard output what was acknowledged and shown, one JSON a
 * line. Arguments: data folder, database key and log key in hexadecimal, and after how many of the statements that write
 * (begin and commit among them) it ends itself with kill -9, 0: never; and `past-the-lock` to open the database as nothing in the
 * product does, beside another process.
 */
const [folder = "", key = "", seed = "", deadline = "0", how = ""] = process.argv.slice(2);

const place = { file: join(folder, "waybill.db"), key: Buffer.from(key, "hex") };
const store = how === "past-the-lock" ? pastTheLock() : await openStore(place);
const keeper = createLogKeeper(
  store.log,
  await signerOf("council.example/log", "note", new Uint8Array(Buffer.from(seed, "hex"))),
);
dieAfter(Number(deadline));
for (;;) {
  const { seq } = await again(() => store.records.write((tx) => tx.append(sampleEvent())));
  writeSync(1, `${JSON.stringify({ seq })}\n`);
  const head = await again(() => keeper.sign(new Date()));
  writeSync(1, `${JSON.stringify({ head: head?.note })}\n`);
  await setImmediate();
}

/** What met the other process's write was undone whole, and is repeated. */
async function again<T>(act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof StoreError && error.code === "locked")) throw error;
    }
  }
}

function pastTheLock() {
  const open = () => queries<RecordTables>(openConnection(place.file, place.key));
  const [reading, writing] = [open(), open()];
  return { records: createRecords(reading, writing), log: createEventLog(reading, writing) };
}

/** Counts what every connection of this process runs, from now on. */
function dieAfter(statements: number): void {
  interface Ran {
    readonly source: string;
  }
  const connection = openConnection(join(folder, "waybill.db"), Buffer.from(key, "hex"));
  const prototype = Object.getPrototypeOf(connection.prepare("select 1")) as Record<
    "run" | "all",
    (this: Ran, ...given: unknown[]) => unknown
  >;
  connection.close();
  let left = statements;
  for (const name of ["run", "all"] as const) {
    const ran = prototype[name];
    prototype[name] = function (this: Ran, ...given: unknown[]) {
      const answer = ran.apply(this, given);
      if (!/^select|^pragma/i.test(this.source) && --left === 0) process.kill(process.pid, "SIGKILL");
      return answer;
    };
  }
}
