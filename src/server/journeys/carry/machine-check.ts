import { colleaguesOf } from "../../../domain/colleague.ts";
import { carriageOf } from "../../../domain/lifecycle/carriage-arrows.ts";
import type { Member } from "../../../domain/member.ts";
import type { SenderVisit } from "../../gate/row.ts";
import { keepsMedia } from "../../media/media-keeper.ts";
import { listWords } from "../rules/words.ts";

/** What the register says of the machine that a fax goes from, for whoever may not see to it themselves. */
export interface MachineCheck {
  readonly number: string;
  readonly location: string;
  /** The last day on which the check counts, YYYY-MM-DD; null: it was not checked where it stands. */
  readonly until: string | null;
  /** When it was taken out of use, ISO 8601. */
  readonly ended: string | null;
  /** Names of those who check it. */
  readonly keepers: string;
}

/** SIS-26: why the machine of a transfer may not be used, and who looks (machine-check.njk); null where it goes from none of the register. */
export async function machineCheck({ parts, transfer }: SenderVisit): Promise<MachineCheck | null> {
  const { read } = parts.records;
  const { faxMachineId } = carriageOf(transfer).fixed;
  const machine = faxMachineId === null ? null : await read.faxMachine(faxMachineId);
  if (machine === null) return null;
  const { number, location, check, endedAt: ended } = machine;
  const keepers = keepersIn(await colleaguesOf(read)).map(({ name }) => name);
  return { number, location, until: check?.until ?? null, ended, keepers: listWords(keepers) };
}

/** Operational security, and the administrators where nobody is in it: those who are reminded of it, too. */
function keepersIn(colleagues: readonly Member[]): readonly Member[] {
  const team = colleagues.filter(({ roles }) => roles.includes("operational-security"));
  return team.length > 0 ? team : colleagues.filter(keepsMedia);
}
