import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { randomBytes } from "../bytes/random.ts";
import type { QueuedMessage } from "../domain/outbox.ts";
import { signerOf } from "../log/keys.ts";
import { createLogKeeper } from "../log/log-keeper.ts";
import { logOrigin } from "../log/running-log.ts";
import { createApp } from "../server/app.ts";
import { withHeadsAtOnce } from "../server/heads-at-once.ts";
import { type Assets, type Limits, type Parts, placeOf } from "../server/parts.ts";
import { openBlobFolder } from "../store/blob-folder.ts";
import { openStore } from "../store/open-store.ts";
import { openForReading } from "../store/sqlite.ts";
import { TestClock } from "./clock.ts";
import { councilPolicy } from "./policy.ts";

export interface ServerOptions {
  readonly limits?: Partial<Limits>;
  /** The bundle, for a real browser. Without it pages name scripts that are not there. */
  readonly assets?: Assets;
  readonly extra?: Parts["extra"];
  /** Where people would reach it, for what depends on that alone; `url` stays where it listens. */
  readonly publicUrl?: string;
  readonly operation?: Parts["operation"];
  readonly witnesses?: Parts["log"]["witnesses"];
  readonly feed?: Parts["feed"]["receiver"];
  readonly policy?: Parts["policy"];
}

export interface TestServer {
  readonly app: FastifyInstance;
  /** Such as http://localhost:40123: the public address too. */
  readonly url: string;
  readonly parts: Parts;
  readonly records: Parts["records"];
  readonly clock: TestClock;
  /** The folder of database and blobs. */
  readonly folder: string;
  /** Of the database `records.db` in that folder and of `records.db-ephemera`. */
  readonly key: Uint8Array;
  /** Every log line so far. */
  readonly logged: readonly string[];
  /** All mail that was posted, in that order, optionally to one address alone. */
  mail(to?: string): Promise<readonly QueuedMessage[]>;
  stop(): Promise<void>;
}

/** The whole server on a free port, on the real store in a temporary folder, with a clock that stands still. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-server-"));
  const blobs = join(folder, "blobs");
  await mkdir(blobs);
  const key = randomBytes(32);
  const store = await openStore({ file: join(folder, "records.db"), key });
  const clock = new TestClock();
  const logged: string[] = [];
  const place = { ...placeOf(options.publicUrl ?? "http://localhost:1", false) };
  const seed = randomBytes(32);
  const keeperAt = async (origin: string) =>
    createLogKeeper(store.log, await signerOf(logOrigin(origin), "note", seed));
  let keeper = await keeperAt(place.origin);
  const log = {
    stored: store.log,
    keeper: {
      get key() {
        return keeper.key;
      },
      sign: (now: Date) => keeper.sign(now),
      vouch: (statement: Parameters<typeof keeper.vouch>[0]) => keeper.vouch(statement),
    },
    witnesses: options.witnesses ?? [],
  };
  let reading: ReturnType<typeof openForReading> | undefined;
  const failed = (error: unknown) => void logged.push(String(error));
  const parts: Parts = {
    records: withHeadsAtOnce(store.records, { keeper: log.keeper, clock, failed }),
    ephemera: store.ephemera,
    outbox: store.outbox,
    blobs: await openBlobFolder(blobs),
    clock,
    log,
    feed: { receiver: options.feed ?? null, positions: store.feed },
    place,
    assets: options.assets ?? (await namesOnly(folder)),
    logTo: { write: (line) => void logged.push(line) },
    limits: {
      bodyBytes: 64 * 1024 * 1024,
      sessionIdleMinutes: 60,
      sessionHours: 12,
      rateFactor: 1,
      evenAnswerMs: 0,
      ...options.limits,
    },
    operation: options.operation ?? { sendsMail: true, sendsTexts: true, freeBytes: async () => 1e12 },
    policy: options.policy ?? councilPolicy(),
    extra: options.extra ?? { rows: [], templates: [], scripts: [], banner: null },
  };
  const app = await createApp(parts);
  await app.listen({ host: "localhost", port: 0 });
  const { port } = app.server.address() as AddressInfo; // listens on a port, so it is not a pipe's name
  const url = `http://localhost:${port}`;
  if (options.publicUrl === undefined) {
    place.origin = url; // known only now; nothing has asked for it yet
    keeper = await keeperAt(url); // and nothing was signed
  }
  return {
    app,
    url,
    parts,
    records: parts.records,
    clock,
    folder,
    key,
    logged,
    async mail(to) {
      // The clock stands still, so that the outbox's own order of one moment is that of random names.
      reading ??= openForReading(join(folder, "records.db"), key);
      const posted = (reading.prepare("select id from outbox order by rowid").all() as { readonly id: string }[]).map(
        ({ id }) => id,
      );
      const all = (await store.outbox.list(1000)).toSorted((a, b) => posted.indexOf(a.id) - posted.indexOf(b.id));
      return all.filter((each) => to === undefined || each.to === to);
    },
    stop: async () => {
      reading?.close();
      await app.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every browser source under the name that it is bundled as, without a file behind it. */
async function namesOnly(folder: string): Promise<Assets> {
  const web = fileURLToPath(new URL("../web", import.meta.url));
  const files: Record<string, Assets["files"][string]> = {
    "styles/govuk.css": { file: "styles-govuk.css", sha256: "", integrity: "" }, // made from the npm package, not from a source of ours
  };
  for (const kind of ["entries", "workers", "frames", "styles"]) {
    for (const name of await readdir(join(web, kind))) {
      const bundled = `${kind}/${kind === "frames" ? `${name}.js` : name.replace(/\.ts$/, ".js")}`;
      files[bundled] = { file: bundled.replace("/", "-"), sha256: "", integrity: "" };
    }
  }
  for (const name of await readdir(join(web, "saved"))) {
    files[`saved/${name}.html`] = { file: `saved-${name}.html`, sha256: "", integrity: "" };
  }
  return { folder, files };
}
