import type { Carriage } from "./carriage.ts";
import { DomainError } from "./error.ts";
import type { Member } from "./member.ts";
import type { Recipient, Transfer } from "./transfer.ts";
import {
  type Assessed,
  type CarriedRecord,
  entryDigest,
  type Waybill,
  type WaybillEntry,
  waybillFacts,
} from "./waybill.ts";

/** What the registers say of the things that a carriage names: its medium's serial, its fax machine's number. */
export interface Named {
  readonly medium: string | null;
  readonly fax: string | null;
  /** One for each recipient, in their order. */
  readonly places: readonly string[];
}

/**
 * Builds the waybill of a draft that goes by another method than the secure link: nothing of it is on the server.
 * @throws DomainError `incomplete` when it is not counted yet
 */
export async function buildCarriedWaybill(
  transfer: Transfer,
  recipients: readonly Recipient[],
  sender: Member,
  organisation: string,
  assessed: Assessed,
  named: Named,
): Promise<Waybill> {
  const { carriage, facts } = transfer;
  if (!carriage) throw new DomainError({ code: "incomplete", message: "This transfer goes by secure link." });
  return {
    version: 1,
    reference: transfer.reference,
    originator: { name: sender.name, address: sender.address, organisation },
    recipients: await Promise.all(recipients.map((each) => entryDigest(carriedEntry(each)))),
    grants: [],
    method: assessed.method,
    facts: waybillFacts(facts),
    ...carriedPart(carriage, named),
    expires: transfer.expiresAt,
    recovery: null,
    policy: assessed.policy,
    needs: assessed.needs,
    assessment: assessed.assessment,
  };
}

/** What the waybill says of how it goes: fixed when it is signed. @throws DomainError `incomplete` when it is not counted yet */
export function carriedPart(
  { fixed }: Carriage,
  named: Named,
): Pick<Waybill, "totals" | "content"> & { readonly carried: CarriedRecord } {
  const { items, bytes, package: made, pages, carrier, service, reason, risk } = fixed;
  if (items === null) throw new DomainError({ code: "incomplete", message: "Say first what it is and how much." });
  return {
    totals: { items, bytes: made?.bytes ?? bytes ?? 0, sealed: 0 },
    content: made?.digests.join(" ") ?? "",
    carried: {
      pages,
      package: made?.kind ?? null,
      medium: named.medium,
      carrier,
      ...(service === null ? {} : { service: { id: service.id, name: service.name, guarantee: service.guarantee } }),
      fax: named.fax,
      reason,
      ...(risk === null ? {} : { risk: { says: risk.says, by: risk.by, on: risk.on } }),
      places: named.places,
    },
  };
}

/** A recipient as the waybill commits to them. @throws DomainError `incomplete` when they have no code yet */
export function carriedEntry({ name, address, tokenHash }: Recipient): WaybillEntry {
  if (tokenHash) return { name, address, access: "carried", token: tokenHash };
  throw new DomainError({ code: "incomplete", message: `${name} has no code yet. Choose the method again.` });
}
