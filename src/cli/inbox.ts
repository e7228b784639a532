import type { InboxEntry } from "../domain/wire/receiving.ts";
import { openSession } from "./account/session.ts";
import { atServer } from "./at-server.ts";
import type { Command } from "./command.ts";
import { COMMON, readOptions } from "./options.ts";
import { readableSize } from "./progress.ts";
import { inboxOf } from "./receiving/inbox-of.ts";
import { table } from "./table.ts";

/** `waybill inbox`: what this member was sent. */
export const inbox: Command = atServer({
  usage: "waybill inbox [--server URL] [--json]",
  help: `Lists what you were sent, newest first: reference, how far it is, sender, files, and when access ends.

      --server URL   where this command line is enrolled at several servers
      --json         as JSON
`,
  async run(args, parts) {
    const options = { ...COMMON, server: { type: "string" } } as const;
    const { values } = readOptions({ args: [...args], options, allowPositionals: false });
    const session = await openSession(parts, values.server);
    try {
      const entries = await Array.fromAsync(inboxOf(session));
      const json = { server: session.device.origin, address: session.device.address, entries };
      parts.stdout.write(values.json ? `${JSON.stringify(json)}\n` : textOf(entries));
    } finally {
      session.close();
    }
  },
});

function textOf(entries: readonly InboxEntry[]): string {
  if (entries.length === 0) return "You were sent nothing.\n";
  const rows = entries.map(({ reference, transferState, state, sender, totals, expiresAt }) => [
    reference,
    transferState === "released" ? state : transferState,
    `${sender.name} <${sender.address}>`,
    `${totals.items} ${totals.items === 1 ? "file" : "files"}, ${readableSize(totals.bytes)}`,
    `until ${expiresAt.slice(0, 10)}`,
  ]);
  return `${table(rows)}\n`;
}
