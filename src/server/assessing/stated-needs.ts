import { isWorkAddress } from "../../domain/address.ts";
import type { Need } from "../../domain/assessment.ts";
import { basisErrors, type LawfulLists, SHIPPED_LISTS } from "../../domain/lawful-bases.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { Settings } from "../../policy/configuration/settings.ts";

/** The lists that senders choose from. */
export function lawfulLists({ lawful }: Pick<Settings, "lawful">): LawfulLists {
  return lawful ?? SHIPPED_LISTS;
}

/** What information governance asks of a draft beside the rules: no clause of the register says it, so each says its own ground. */
const RECORD_COPY: Need = {
  rule: "record-copy-stated",
  clauses: [],
  need: "declare:record-copy",
  says: "Say where the record copy is kept. Information governance asks this: Waybill keeps none, and what goes by secure link is destroyed when it expires.",
};
const LAWFUL_BASIS: Need = {
  rule: "lawful-basis-stated",
  clauses: [],
  need: "declare:lawful-basis",
  says: "Say the lawful basis for sending personal information outside (UK GDPR Article 6, or section 35 of the Data Protection Act 2018), and the condition where one is needed (Articles 9 and 10, or Schedule 8).",
};

/** Whether personal information leaves the organisation with it. */
export function leavesOrganisation(
  { facts }: Pick<Transfer, "facts">,
  recipients: readonly Pick<Recipient, "address">[],
  { workDomains }: Pick<Settings, "workDomains">,
): boolean {
  return facts.personal && recipients.some(({ address }) => !isWorkAddress(address, workDomains));
}

/** Each that is asked of this draft, met or not. What was signed before these were asked is asked nothing. */
export function statedConditions(
  { transfer, recipients }: { readonly transfer: Transfer; readonly recipients: readonly Recipient[] },
  settings: Settings,
): readonly (Need & { readonly met: boolean })[] {
  if (transfer.state !== "draft") return [];
  const { facts } = transfer;
  const lawful = Object.keys(basisErrors(lawfulLists(settings), facts.lawfulBasis, facts)).length === 0;
  return [
    { ...RECORD_COPY, met: (facts.recordCopy ?? "") !== "" },
    ...(leavesOrganisation(transfer, recipients, settings) ? [{ ...LAWFUL_BASIS, met: lawful }] : []),
  ];
}

/** Those that are not met yet. */
export function statedNeeds(
  about: { readonly transfer: Transfer; readonly recipients: readonly Recipient[] },
  settings: Settings,
): readonly Need[] {
  return statedConditions(about, settings).flatMap(({ met, ...need }) => (met ? [] : [need]));
}
