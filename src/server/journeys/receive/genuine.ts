import { Type } from "typebox";
import { parseAddress } from "../../../domain/address.ts";
import { DomainError } from "../../../domain/error.ts";
import { parseReference } from "../../../domain/reference.ts";
import { closedBecause } from "../../api/receiving-open.ts";
import { nowOf } from "../../api/receiving-view.ts";
import { carriedReminder } from "../../carrying/on-its-way.ts";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";
import { notice } from "../../notices/notices.ts";
import { receivePage } from "./receive-page.ts";

/** Fresh notices of one row that may be asked for in a day. */
const A_DAY = 3;

/**
 * Whether a notice is genuine: whoever types our published address and the reference gets a fresh notice at the mailbox that the package
 * was sent to, and everyone the same answer, so that neither a reference nor an address is given away.
 */
export const genuineRows: readonly Row[] = [
  row({ method: "GET", path: "/genuine", who: "anonymous", handle: async (visit) => formPage(visit, EMPTY, []) }),
  row({
    method: "POST",
    path: "/genuine",
    who: "anonymous",
    body: Type.Object({ reference: Type.String({ maxLength: 100 }), address: Type.String({ maxLength: 300 }) }),
    rates: [{ times: 10, seconds: 3600, by: "address" }],
    handle: async (visit, typed) => {
      const reference = parsed(() => parseReference(typed.reference));
      const address = parsed(() => parseAddress(typed.address));
      if (reference === null || address === null) {
        return formPage(visit, typed, [...(reference ? [] : ["reference"]), ...(address ? [] : ["address"])]);
      }
      // After the answer, so that the time it takes tells nothing either.
      setImmediate(() => {
        tellAgain(visit, reference, address).catch((err: unknown) => visit.request.log.error({ err }, "fresh notice"));
      });
      return receivePage(visit, "said", null, (t) => ({
        title: t.check.doneTitle,
        said: t.check.done(visit.organisation),
        here: "/genuine",
      }));
    },
  }),
];

const EMPTY = { reference: "", address: "" };

function formPage(visit: AnonymousVisit, typed: typeof EMPTY, wrong: readonly string[]): string {
  return receivePage(
    visit,
    "genuine",
    null,
    (t) => ({
      title: t.check.title,
      lead: t.check.lead(visit.organisation),
      typed,
      errors: {
        ...(wrong.includes("reference") ? { reference: t.check.badReference } : {}),
        ...(wrong.includes("address") ? { address: t.check.badAddress } : {}),
      },
      here: "/genuine",
    }),
    wrong.length > 0 ? 422 : 200,
  );
}

async function tellAgain(visit: AnonymousVisit, reference: string, address: string): Promise<void> {
  const { parts, organisation } = visit;
  const at = nowOf(parts);
  const transfer = await parts.records.read.transfer(reference);
  const rows = transfer ? await parts.records.read.recipients(reference) : [];
  const recipient = rows.find((each) => each.address === address && each.state !== "named");
  const sender = transfer && (await parts.records.read.member(transfer.senderId));
  if (!transfer || !recipient || !sender || closedBecause(transfer, recipient, at) !== null) return;
  const about = { transfer, recipient, sender, organisation, place: parts.place };
  const now = parts.clock.now();
  const tomorrow = new Date(now.getTime() + 24 * 3_600_000);
  if ((await parts.ephemera.count("rate", `genuine ${recipient.id}`, now, tomorrow)) > A_DAY * parts.limits.rateFactor)
    return;
  await parts.records.write(async (tx) => {
    const again = transfer.carriage ? { ...carriedReminder(about), createdAt: at } : notice({ ...about, at });
    await tx.post(again);
    await tx.append({
      kind: "recipient-told",
      at,
      actor: { kind: "link-holder", id: recipient.id },
      reference,
      recipientId: recipient.id,
      detail: { asked: true },
    });
  });
}

function parsed(parse: () => string): string | null {
  try {
    return parse();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
