import { BULK } from "./approver.ts";
import type { ApprovingDesk } from "./approving-desk.ts";
import { addContact, recordChange } from "./organisation.ts";
import { signedTransfer } from "./signed-transfer.ts";

/** What both managers have to agree to, and that names an agreement of the register, DSA-2026-014. */
export interface UnderAgreement {
  readonly reference: string;
  /** The agreement ended at that moment; null: it holds until 2099. */
  endedAt(time: string | null): Promise<void>;
}

/** Signed by the desk's sender, to a new contact who is a third party: their name is theirs alone. */
export async function signedUnderAgreement({ server, sender }: ApprovingDesk, name: string): Promise<UnderAgreement> {
  const address = `${name.toLowerCase().replaceAll(" ", ".")}@chambers.example`;
  const { organisation } = await addContact(server, sender.member, name, address, { kind: "third-party" });
  const agreement = {
    ...{ id: "dsa", reference: "DSA-2026-014", organisation, methods: [], expires: "2099-01-01", documents: "" },
    ...{ createdAt: server.clock.now().toISOString(), createdBy: sender.member.id, remindedAt: null },
  };
  const endedAt = (time: string | null) =>
    recordChange(server, "agreement-changed", (tx) => tx.saveAgreement({ ...agreement, endedAt: time }));
  await endedAt(null);
  const facts = { ...BULK.facts, agreement: { reference: agreement.reference } };
  const { reference } = await signedTransfer(sender, [address], undefined, { ...BULK, facts });
  return { reference, endedAt };
}
