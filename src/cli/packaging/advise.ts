import { type Advice, adviseFormat, TOOLS, type Tool } from "../../containers/advice.ts";
import type { Format } from "../../containers/formats.ts";
import type { PackageItem } from "../../containers/package-item.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";
import { chooseFiles } from "../sending/choose-files.ts";
import type { Wanted } from "./wanted.ts";

/** `waybill package --advise`: which formats serve for these files and this recipient. */
export async function advise(wanted: Wanted, parts: Parts): Promise<void> {
  const items = await chooseFiles({ files: wanted.files, stdinName: "stdin", messageFile: null }, parts);
  const advice = adviseFormat(toolsOf(wanted), items);
  parts.stdout.write(wanted.json ? `${JSON.stringify(advice)}\n` : adviceText(advice));
}

/** The format asked for, or the one that what the recipient has calls for. @throws CliError `usage`, `not-ready` */
export function formatFor(wanted: Wanted, items: readonly PackageItem[], parts: Parts): Format {
  if (wanted.format !== null) return wanted.format;
  const advice = adviseFormat(toolsOf(wanted), items);
  if (advice.best === null) throw new CliError({ code: "not-ready", message: `${advice.says} Nothing was made.` });
  parts.stderr.write(`${advice.says}\n`);
  return advice.best;
}

function toolsOf({ has }: Wanted): readonly Tool[] {
  if (has === null) {
    const message = "Say which format with --format, or what the recipient has with --recipient-has.";
    throw new CliError({ code: "usage", message });
  }
  return has.map((typed) => {
    if (isTool(typed)) return typed;
    throw new CliError({ code: "usage", message: `--recipient-has takes ${Object.keys(TOOLS).join(", ")}.` });
  });
}

function isTool(typed: string): typed is Tool {
  return Object.hasOwn(TOOLS, typed);
}

function adviceText({ best, formats, says }: Advice): string {
  const lines = formats.map(
    (each) =>
      `${each.format === best ? "*" : " "} ${each.format.padEnd(7)} ${each.says}${each.unfit === null ? "" : ` ${each.unfit}`}`,
  );
  return `${best === null ? says : `Use ${best}. ${says}`}\n\n${lines.join("\n")}\n`;
}
