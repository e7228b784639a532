import type { Carriage } from "../../domain/carriage.ts";
import type { Named } from "../../domain/carried-waybill.ts";
import type { Reader } from "../../domain/records.ts";

/** What the registers call the medium and the fax machine of a carriage. */
export async function namedBy(read: Reader, { fixed }: Carriage): Promise<Named> {
  const medium = fixed.mediumId === null ? null : await read.medium(fixed.mediumId);
  const machine = fixed.faxMachineId === null ? null : await read.faxMachine(fixed.faxMachineId);
  return { medium: medium?.serial ?? null, fax: machine?.number ?? null };
}
