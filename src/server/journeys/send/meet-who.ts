import { Type } from "typebox";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { askedOfRecipients } from "../../assessing/conditions.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { restate } from "../../drafts/restate.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { NEED_FIELD } from "./people.ts";
import { saidIn } from "./typed-description.ts";
import { yesNo } from "./typed-information.ts";

const LONGEST = 2000;

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly organisation: string;
  readonly expecting: boolean | null;
  readonly legitimateNeed: string;
}

/** SDT-7, SIS-13: why each recipient may have it, and whether they know that it is coming. What is sealed is kept. */
export const meetWhoRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/who",
    who: "sender",
    handle: async (visit) => {
      refuseUnless(visit.transfer.state === "draft", "This transfer was signed already, so it cannot be changed.");
      return page(visit, await shown(visit));
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/who",
    who: "sender",
    // Fields are named by address, so the schema cannot list them.
    body: Type.Object({}),
    bodyLimit: 1024 * 1024,
    handle: async (visit, body) => {
      const { expecting, need } = saidIn(body);
      const people = (await shown(visit)).map((each) => ({
        ...each,
        expecting: each.address in expecting ? yesNo(expecting[each.address] ?? "") : each.expecting,
        legitimateNeed: need[each.address]?.trim() ?? each.legitimateNeed,
      }));
      const long = people.flatMap(({ name, legitimateNeed }, at) =>
        legitimateNeed.length > LONGEST
          ? [[`${NEED_FIELD}${at + 1}`, `Use ${LONGEST} characters or fewer for why ${name} may have it`] as const]
          : [],
      );
      if (long.length > 0) return page(visit, people, Object.fromEntries(long));
      await restate(visit, (facts) => facts, new Map(people.map((each) => [each.id, each])));
      return redirect(visit, `/transfers/${visit.transfer.reference}/tasks`);
    },
  }),
];

/** Recipients with what is said of them so far, preset from their contacts. */
async function shown({ recipients, parts }: SenderVisit): Promise<readonly Shown[]> {
  return Promise.all(
    recipients.map(async ({ id, name, address, organisation, expecting, legitimateNeed }) => {
      const contact = legitimateNeed === "" ? await parts.records.read.contactByAddress(address) : null;
      const why = legitimateNeed || (contact?.legitimateNeed ?? "");
      return { id, name, address, organisation, expecting, legitimateNeed: why };
    }),
  );
}

async function page(
  visit: SenderVisit,
  people: readonly Shown[],
  errors: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { transfer, recipients, parts, member } = visit;
  const { facts } = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
  const context = {
    title: "About who it is for",
    path: `/transfers/${transfer.reference}`,
    people,
    errors,
    asks: askedOfRecipients(policyNow(parts), facts, parts.clock.now()),
    needField: NEED_FIELD,
  };
  return render(visit, "send/meet-who.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
