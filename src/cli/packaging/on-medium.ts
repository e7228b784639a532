import { readdir } from "node:fs/promises";
import { CliError } from "../error.ts";
import { isBegun } from "./pending-file.ts";

/** What the system says of a medium that has no more room. */
const FULL: readonly unknown[] = ["ENOSPC", "EDQUOT"];

/**
 * What a person does when a medium was full, faulty or pulled out. Only a full one is still there to be looked at: what is left on it is said as it
 * is, and that the same medium does not serve. @param marked whether its serial was written onto it first
 */
export async function onMedium(
  cause: unknown,
  { folder, marked }: { readonly folder: string; readonly marked: boolean },
): Promise<unknown> {
  if (!(cause instanceof CliError) || cause.code !== "file") return cause;
  const said = FULL.includes(codeOf(cause.cause)) ? await ofFull(folder, marked) : ofOther(marked);
  return new CliError({ code: "file", message: `${cause.message} The package is not on it${said}`, cause });
}

async function ofFull(folder: string, marked: boolean): Promise<string> {
  const left = (await readdir(folder).catch(() => [])).filter(isBegun);
  const begun = left.length === 0 ? ", and nothing of it was left there." : `; what was begun is ${left.join(", ")}.`;
  const serial = marked ? " Its serial, which was written onto it first, stays there." : "";
  return `${begun}${serial} The same command would fill it again: use a larger registered medium, or pack less at a time.`;
}

function ofOther(marked: boolean): string {
  const serial = marked ? " Its serial, which was written onto it first, stays there." : "";
  return `; if anything of it is left, its name begins with a dot and ends in .part.${serial} If the medium was taken out, put it in and run the same command again.`;
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && "code" in cause ? cause.code : null;
}
