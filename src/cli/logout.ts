import { unlink } from "node:fs/promises";
import { filesOf } from "./account/config-folder.ts";
import { openSession } from "./account/session.ts";
import { askYesNo } from "./ask.ts";
import { atServer } from "./at-server.ts";
import type { Command } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, readOptions } from "./options.ts";
import { fileError } from "./system-error.ts";

/** `waybill logout`: destroys the keys of this command line. */
export const logout: Command = atServer({
  usage: "waybill logout [--server URL] [--yes] [--json]",
  help: `Destroys this command line's keys for the server, what it kept to go on, and what it knew of the server: its log and people's keys,
which waybill login then learns anew. What was sealed to you can still be opened in the
browser. Remove the command line from your account in the browser too: until then its keys count.

      --server URL   where this command line is enrolled at several servers
  -y, --yes          without asking
      --json         say the result as JSON
`,
  async run(args, parts) {
    const options = { ...COMMON, server: { type: "string" }, yes: { type: "boolean", short: "y" } } as const;
    const { values } = readOptions({ args: [...args], options, allowPositionals: false });
    const session = await openSession(parts, values.server);
    const { origin, address } = session.device;
    session.close();
    const question = `Destroy the keys of this command line for ${address} at ${origin}? Sendings that are under way cannot go on then.`;
    if (!values.yes && !(await askYesNo(question, "To be asked nothing, add --yes.", parts))) {
      throw new CliError({ code: "declined", message: "Nothing was changed." });
    }
    const { keys, state } = filesOf(parts.configFolder, origin);
    for (const path of [keys, state]) {
      try {
        await unlink(path);
      } catch (cause) {
        if (!(cause instanceof Error && "code" in cause && cause.code === "ENOENT")) {
          throw fileError("delete", path, cause);
        }
      }
    }
    const said = `The keys are destroyed, and what this command line knew of the server's log and of people's keys is forgotten. Remove this command line from your account too: ${origin}/account/devices`;
    parts.stdout.write(values.json ? `${JSON.stringify({ server: origin, address })}\n` : `${said}\n`);
  },
});
