import { randomId } from "../../bytes/random.ts";
import { iso } from "../../domain/clock.ts";
import { happened, refuseUnless } from "../../domain/lifecycle/step.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";
import { agreementEnd } from "../assessing/agreement-end.ts";
import type { Parts, Place } from "../parts.ts";
import { AGREEMENT, whyHeld } from "./why-held.ts";

/** Something signed and not sent yet, whose data sharing agreement has ended, so that it cannot go as it is. */
interface Over {
  readonly transfer: Transfer;
  readonly digest: string;
  readonly sender: Member;
  /** Such as “DSA-2026-014 ended on 22 November 2026”. */
  readonly end: string;
}

/**
 * SDT-5: what is signed and not sent yet, and cannot go since its agreement has ended: its sender is told once, by one mail, and the event says so.
 * @param tx where the register is changed, so that nobody is told late @returns how many were told
 */
export async function tellOfEndedAgreements(parts: Parts, tx: Writer): Promise<number> {
  const found = await untold(parts, tx);
  const taken = { at: iso(parts.clock.now()), by: { kind: "system" } } as const;
  for (const over of found) {
    await tx.post(overMail(over, parts.place, taken.at));
    const { reference } = over.transfer;
    await tx.append(happened("transfer-kept-back", taken, reference, null, { waybill: over.digest, end: over.end }));
  }
  return found.length;
}

/** The same for agreements that ended because their last day is over. */
export async function tellOfDaysThatAreOver(parts: Parts): Promise<number> {
  if ((await untold(parts, parts.records.read)).length === 0) return 0;
  return parts.records.write(async (tx) => {
    const told = await tellOfEndedAgreements(parts, tx);
    refuseUnless(told > 0, "Somebody was first.");
    return told;
  });
}

const PAGE = 100;
/** Later than anything expires. */
const EVER = "9999-12-31";

async function untold(parts: Parts, read: Reader): Promise<readonly Over[]> {
  const found: Over[] = [];
  for (const state of ["requested", "approved"] as const) {
    for (let after: Transfer | undefined; ; ) {
      const page = await read.expiring(state, EVER, PAGE, after);
      for (const transfer of page) {
        const over = await untoldOf(parts, read, transfer);
        if (over !== null) found.push(over);
      }
      after = page.at(-1);
      if (page.length < PAGE || after === undefined) break;
    }
  }
  return found;
}

async function untoldOf(parts: Parts, read: Reader, transfer: Transfer): Promise<Over | null> {
  const { reference, waybill, senderId, facts } = transfer;
  const { agreement } = facts;
  if (waybill === null || agreement === null || "none" in agreement) return null;
  const end = await agreementEnd(read, agreement.reference, iso(parts.clock.now()).slice(0, 10));
  const sender = end === null ? null : await read.member(senderId);
  if (end === null || sender?.state !== "active") return null;
  const told = { digest: waybill.digest, end: `${agreement.reference} ${end}` };
  const events = await read.eventsOf(reference);
  const known = events.some(
    ({ kind, detail }) => kind === "transfer-kept-back" && detail.waybill === told.digest && detail.end === told.end,
  );
  if (known) return null;
  const needs = await whyHeld(parts, { transfer, recipients: await read.recipients(reference), sender }, read);
  return needs.some(({ need }) => need === AGREEMENT) ? { ...told, transfer, sender } : null;
}

/** Names the reference and the agreement, and nothing of the content, its purpose or its recipients. */
function overMail({ transfer: { reference, state }, sender, end }: Over, { origin }: Place, at: string): Message {
  const meanwhile =
    state === "requested"
      ? "Nobody is asked or reminded to agree to it meanwhile."
      : "Everybody who had to had agreed to it as it was.";
  const lines = [
    `Dear ${sender.name},`,
    `The data sharing agreement ${end}, so what you signed to go under it cannot be sent as it is. ${meanwhile} Nothing was sent, and nothing is lost.`,
    "It is your move: on its page, change it to name another agreement, or say why there is none. Whoever has to agree is asked again then.",
    `Transfer ${reference}: ${origin}/transfers/${reference}`,
  ];
  return {
    id: randomId(),
    to: sender.address,
    subject: `${reference}: it cannot go as it is any more`,
    text: `${lines.join("\n\n")}\n`,
    reference,
    recipientId: null,
    createdAt: at,
  };
}
