import { copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openConnection } from "../../src/store/sqlite.ts";
import type { TestServer } from "../../src/testing/server.ts";
import { snapshotOf } from "../routes/snapshot.ts";

/** Where something was found: `table outbox`, `pages of records.db`, `blob …`, `log`, `mail`. */
export type Place = string;

/** Everything that the server keeps or says, by place. */
export async function tracesOf(server: TestServer): Promise<ReadonlyMap<Place, Buffer>> {
  const traces = new Map<Place, Buffer>();
  const { blobs: _, ...tables } = await snapshotOf(server);
  for (const [table, lines] of Object.entries(tables)) traces.set(`table ${table}`, Buffer.from(lines.join("\n")));
  for (const name of ["records.db", "records.db-ephemera"]) {
    traces.set(`pages of ${name}`, await decryptedPages(server, name));
  }
  const folder = join(server.folder, "blobs");
  for (const blob of await readdir(folder)) traces.set(`blob ${blob}`, await readFile(join(folder, blob)));
  traces.set("log", Buffer.from(server.logged.join("")));
  const mail = await server.mail();
  traces.set("mail", Buffer.from(mail.map(({ to, subject, text }) => `${to}\n${subject}\n${text}`).join("\n")));
  return traces;
}

let copies = 0;

/** Every page of a database as it is inside, free ones too, with the write-ahead log worked in. */
async function decryptedPages(server: TestServer, name: string): Promise<Buffer> {
  const folder = join(server.folder, `copy-${copies++}`);
  await mkdir(folder);
  const file = join(folder, name);
  await copyFile(join(server.folder, name), file);
  await copyFile(join(server.folder, `${name}-wal`), `${file}-wal`);
  const connection = openConnection(file, server.key);
  connection.pragma("wal_checkpoint(TRUNCATE)");
  connection.pragma("journal_mode = DELETE");
  connection.pragma("rekey = ''");
  connection.close();
  const pages = await readFile(file);
  if (!pages.subarray(0, 15).equals(Buffer.from("SQLite format 3"))) throw new Error(`${name} was not decrypted.`);
  return pages;
}

/** In which places a marker is, in whatever form it is likely to be written down. */
export function placesOf(marker: string, traces: ReadonlyMap<Place, Buffer>): readonly Place[] {
  const forms = formsOf(marker);
  return [...traces].filter(([, bytes]) => forms.some((form) => bytes.includes(form))).map(([place]) => place);
}

/** As text, percent-encoded, hexadecimal, UTF-16, and base64 wherever it may begin in something longer. */
function formsOf(marker: string): readonly Buffer[] {
  const bytes = Buffer.from(marker);
  const inBase64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  const texts = [
    ...[marker, JSON.stringify(marker).slice(1, -1), encodeURIComponent(marker)],
    ...[bytes.toString("hex"), bytes.toString("hex").toUpperCase()],
    ...inBase64,
    ...inBase64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ];
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(marker, "utf16le")];
}
