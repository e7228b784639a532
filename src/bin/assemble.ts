import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { signerOf } from "../log/keys.ts";
import { createLogKeeper } from "../log/log-keeper.ts";
import { logOrigin, type RunningLog } from "../log/running-log.ts";
import { startPolicy } from "../policy/running-policy.ts";
import { createApp } from "../server/app.ts";
import { followPolicy } from "../server/assessing/follow-policy.ts";
import { withHeadsAtOnce } from "../server/heads-at-once.ts";
import { type Assets, type Parts, type Place, placeOf } from "../server/parts.ts";
import type { Settings } from "../server/settings.ts";
import { openBlobFolder } from "../store/blob-folder.ts";
import { loadOrCreateKey, loadOrCreateLogKey } from "../store/key-file.ts";
import { openStore, type Store } from "../store/open-store.ts";
import { makeDataFolder, naming, openLogFile } from "./places.ts";

const policyFolder = fileURLToPath(new URL("../../policies", import.meta.url));
const webFolder = fileURLToPath(new URL("../../.build/web", import.meta.url));

export interface Running {
  readonly app: FastifyInstance;
  readonly parts: Parts;
  /** Finishes what is under way, then closes the store. */
  stop(): Promise<void>;
}

/**
 * Opens the data, builds the app and listens. Whoever starts it adds the jobs.
 * @param logFile null: log lines go to standard output, on a terminal warnings and errors alone.
 * @param sends what the mailer that runs beside it hands to anybody.
 * @throws Error, PolicyError or StoreError with a text for the operator; nothing is left open then.
 */
export async function assemble(
  settings: Settings,
  extra: Parts["extra"],
  logFile: string | null,
  sends: { readonly mail: boolean; readonly texts: boolean },
): Promise<Running> {
  const data = resolve(settings.data);
  const database = join(data, "waybill.db");
  const blobs = join(data, "bodies");
  makeDataFolder(data);
  const policy = startPolicy(policyFolder, resolve(settings.policyFile || join(data, "policy.yaml")));
  const keyFile = resolve(settings.keyFile || join(dirname(data), "waybill-key"));
  const key = await naming(`The key file ${keyFile} (WAYBILL_KEY_FILE)`, () => loadOrCreateKey(keyFile, database));
  const store = await naming(`The database ${database}`, () => openStore({ file: database, key }));
  try {
    const organisation = await store.records.read.organisation();
    const wanted = settings.publicUrl || `http://localhost:${settings.port}`;
    const place = placeOf(organisation?.publicUrl ?? wanted, settings.trustProxy);
    if (organisation && placeOf(wanted, false).origin !== place.origin) {
      throw new Error(
        `This organisation was set up at ${place.origin}, and its passkeys work there alone, but the settings say ${wanted}. Nothing was changed: start with the address that it was set up at.`,
      );
    }
    if (organisation && !policy.current) {
      throw new Error(
        `The configuration of the rules is missing: ${policy.file}. Nothing was started or changed. Put it back from a backup, or copy an example from policies/configurations there and change it to fit.`,
      );
    }
    const clock = { now: () => new Date() };
    const logTo = logFile === null ? standardLog() : openLogFile(logFile);
    const log = await startLog(store, place, settings.witnesses, await logKey(settings, keyFile, database, store));
    const failed = (error: unknown) => void logTo.write(errorLine("sign-head", error));
    const parts: Parts = {
      records: withHeadsAtOnce(store.records, { keeper: log.keeper, clock, failed }),
      ephemera: store.ephemera,
      outbox: store.outbox,
      blobs: await openBlobFolder(blobs),
      clock,
      place,
      assets: readAssets(),
      logTo,
      log,
      feed: { receiver: settings.feed, positions: store.feed },
      limits: {
        bodyBytes: settings.bodyGigabytes * 1e9,
        sessionIdleMinutes: settings.idleMinutes,
        sessionHours: settings.sessionHours,
        rateFactor: 1,
        evenAnswerMs: 500,
      },
      operation: {
        sendsMail: sends.mail,
        sendsTexts: sends.texts,
        freeBytes: async () => {
          const { bavail, bsize } = await statfs(blobs);
          return bavail * bsize;
        },
      },
      policy,
      extra,
    };
    if (policy.current) await followPolicy(parts, policy.current, { kind: "system" });
    const app = await createApp(parts);
    await listen(app, settings);
    return {
      app,
      parts,
      async stop() {
        await app.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The seed of the log's key, made when nothing has been signed yet. */
async function logKey(
  { logKeyFile }: Settings,
  keyFile: string,
  database: string,
  { log }: Store,
): Promise<Uint8Array<ArrayBuffer>> {
  const path = resolve(logKeyFile || join(dirname(keyFile), "waybill-log-key"));
  return loadOrCreateLogKey(path, database, (await log.checkpoint()) !== null);
}

async function startLog(
  { log }: Store,
  place: Place,
  witnesses: Settings["witnesses"],
  seed: Uint8Array<ArrayBuffer>,
): Promise<RunningLog> {
  return {
    stored: log,
    keeper: createLogKeeper(log, await signerOf(logOrigin(place.origin), "note", seed)),
    witnesses,
  };
}

function errorLine(job: string, error: unknown): string {
  return `${JSON.stringify({ level: 50, time: Date.now(), job, error: String(error) })}\n`;
}

/** @throws Error that says which port is taken, or not allowed, and what to do. */
export async function listen(
  app: FastifyInstance,
  { port, listen: host }: Pick<Settings, "port" | "listen">,
): Promise<void> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    await app.close();
    const code = error instanceof Error && "code" in error ? error.code : "";
    const why =
      code === "EADDRINUSE"
        ? "is in use by another program"
        : code === "EACCES"
          ? "may not be used by this user"
          : null;
    if (why === null) throw error;
    throw new Error(
      `Port ${port} ${why}, so nothing was started. Stop that program, or choose another port, such as WAYBILL_PORT=${port + 1}.`,
      { cause: error },
    );
  }
}

/** Stops once on the first signal, says so, and ends the process with 0. A second signal ends it at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      stop().then(
        () => {
          console.error("Stopped.");
          process.exit(0);
        },
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

const INFORMATION = '{"level":30,';

/** Standard output; on a terminal only what needs somebody's attention, so that the address stays in sight. */
function standardLog(): Parts["logTo"] {
  if (!process.stdout.isTTY) return process.stdout;
  return { write: (line) => void (line.startsWith(INFORMATION) || process.stdout.write(line)) };
}

function readAssets(): Assets {
  // Written by our own bundler a moment ago.
  const files = JSON.parse(readFileSync(join(webFolder, "manifest.json"), "utf8")) as Assets["files"];
  return { folder: webFolder, files };
}
