import { parseReference } from "../domain/reference.ts";
import type { StatusView } from "../domain/wire/sending.ts";
import { openSession } from "./account/session.ts";
import { askYesNo } from "./ask.ts";
import { atServer } from "./at-server.ts";
import type { Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, oneOperand, readOptions } from "./options.ts";
import { Drafts } from "./sending/drafts.ts";
import { FilePieceRecord } from "./sending/piece-record-file.ts";
import { handedTo, statusView } from "./sending/status-of.ts";

/** `waybill recall`: takes a transfer back. */
export const recall: Command = atServer({
  usage: "waybill recall REF [--server URL] [--yes] [--json]",
  help: `Takes a transfer back: nobody is handed it any more, access and files are destroyed, the record stays. First it says who had been
handed the sealed content: they may have kept what they opened.

      --server URL   where this command line is enrolled at several servers
  -y, --yes          without asking
      --json         say the result as JSON
`,
  async run(args, parts) {
    const options = { ...COMMON, server: { type: "string" }, yes: { type: "boolean", short: "y" } } as const;
    const { values, positionals } = readOptions({ args: [...args], options, allowPositionals: true });
    const typed = oneOperand(positionals, "one reference");
    if (typed === undefined)
      throw new CliError({ code: "usage", message: "Say which transfer to take back: its reference." });
    const reference = parseReference(typed);
    const session = await openSession(parts, values.server);
    try {
      const path = `/api/transfers/${reference}`;
      const before = await session.http.get(`${path}/status`, statusView);
      if (!values.yes) {
        parts.stderr.write(`${handedText(before)}\n`);
        if (!(await askYesNo(`Take ${reference} back?`, "To take it back without being asked, add --yes.", parts))) {
          throw new CliError({ code: "declined", message: "Nothing was taken back." });
        }
      }
      const after = await session.http.send("POST", `${path}/recall`, {}, statusView);
      new Drafts(session.state).forget(reference);
      await new FilePieceRecord(session.state).forget(reference);
      const json = { ...after, ...handedTo(after) };
      const said = `${reference} is taken back: access and files are destroyed, the record stays.\n${handedText(after)}\n`;
      parts.stdout.write(values.json ? `${JSON.stringify(json)}\n` : said);
    } finally {
      session.close();
    }
  },
});

function handedText(view: StatusView): string {
  const { handed, opened } = handedTo(view);
  if (handed.length === 0) return "Nobody had been handed the sealed content.";
  const people = handed.map((each) => `  ${each}${opened.includes(each) ? ", and opened it" : ""}`);
  return `These had been handed the sealed content:\n${people.join("\n")}`;
}
