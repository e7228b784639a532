import { HEAD_SIZE, type Risk, riskOf } from "../../client/sending/risky.ts";
import { CliError } from "../error.ts";
import type { Source } from "./source.ts";

const SHOWN = 10;
const WHAT: Readonly<Record<Risk, string>> = { program: "a program", script: "a script", macros: "has macros" };

/** Refuses programs, scripts and files with macros unless a reason is given. @throws CliError `usage` naming them */
export async function refuseRisky(sources: readonly Source[], reason: string): Promise<void> {
  if (reason !== "") return;
  const found: string[] = [];
  for (const source of sources) {
    const { name, size } = source;
    const read = (start: number, end: number) => source.part(start, end);
    const risk = await riskOf({ name, size, head: await read(0, HEAD_SIZE), read });
    if (risk !== null) found.push(`${name} (${WHAT[risk]})`);
  }
  if (found.length === 0) return;
  const more = found.length > SHOWN ? ` and ${found.length - SHOWN} more` : "";
  const message =
    `Nothing can scan these files for anything harmful once they are sealed: ${found.slice(0, SHOWN).join(", ")}${more}. ` +
    'Nothing was sent. Leave them out, or say why they must be sent: --risky-reason "…" (recorded, not sealed).';
  throw new CliError({ code: "usage", message });
}
