import type { Carriage } from "../../domain/carriage.ts";
import type { Facts } from "../../domain/facts.ts";
import { isUsable } from "../../domain/fax-machine.ts";
import type { Reader } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";

/** Facts that policy looks at where something is carried. */
type CarriedFacts = Pick<
  Facts,
  | ("pages" | "identityDocuments" | "package" | "reasons" | "media" | "carrier" | "envelope" | "fax" | "phone")
  | ("handover" | "bytes")
>;

/**
 * The facts of a carriage: stated by the sender, and what the registers say now of its medium and its fax machine (SDT-23, SIS-26).
 * @param today YYYY-MM-DD
 */
export async function carriedFacts(
  read: Reader,
  transfer: Transfer,
  { method, fixed, atDispatch }: Carriage,
  today: string,
): Promise<CarriedFacts> {
  const { pages, identityDocuments, package: made, reason, carrier, bytes, risk } = fixed;
  // SIS-18: assessed is what has words, a person and a day.
  const riskAssessed = method === "fax" ? risk !== null : null;
  const { envelope, phone, identitySeen } = atDispatch;
  return {
    pages,
    identityDocuments,
    bytes: made?.bytes ?? bytes,
    package: made?.kind ?? null,
    reasons: reason === "" ? null : { [method]: reason },
    media: await mediaFacts(read, transfer, fixed.mediumId),
    carrier,
    envelope,
    fax: { ...atDispatch.fax, machineChecked: await machineChecked(read, fixed.faxMachineId, today), riskAssessed },
    phone,
    handover: { identitySeen },
  };
}

/** SDT-23: registered means in the register, issued to the sender, and carrying nothing else. */
async function mediaFacts(read: Reader, { senderId, reference }: Transfer, id: string | null): Promise<Facts["media"]> {
  const medium = id === null ? null : await read.medium(id);
  if (medium === null) return null;
  const registered =
    ["issued", "in-transit", "with-recipient"].includes(medium.state) &&
    medium.custodianId === senderId &&
    (medium.reference === null || medium.reference === reference);
  return { registered, encrypted: null, hardware: medium.kind === "hardware-encrypted" };
}

async function machineChecked(read: Reader, id: string | null, today: string): Promise<boolean | null> {
  const machine = id === null ? null : await read.faxMachine(id);
  return machine === null ? null : isUsable(machine, today);
}
