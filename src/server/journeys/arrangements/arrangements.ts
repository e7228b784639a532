import { randomId } from "../../../bytes/random.ts";
import { CLASSIFICATIONS } from "../../../domain/facts.ts";
import { askArrangement } from "../../../domain/lifecycle/arrangement-arrows.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { ROLES } from "../../../domain/roles.ts";
import { approversOf, asApprover } from "../../approvals/approvers.ts";
import { arrangementMail } from "../../arrangements/arrangement-mail.ts";
import { whyItCoversNothing } from "../../arrangements/covers-nothing.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { takenBy } from "../../drafts/draft.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { arrangementBody, BLANK, readArrangement, type TypedArrangement } from "./typed-arrangement.ts";

/** Standing arrangements (SDT-3, SIS-3): what one asked for, what one is asked, and describing a new one. */
export const arrangementsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/arrangements",
    who: "colleague",
    handle: async (visit) => {
      const { parts, member } = visit;
      const { read } = parts.records;
      const at = parts.clock.now().toISOString();
      const today = at.slice(0, 10);
      const own = await read.arrangementsOf(member.id);
      const all = [...(await read.arrangements("asked")), ...(await read.arrangements("agreed"))];
      const concerned = await Promise.all(
        all.map(async (each) => {
          const nothing = await whyItCoversNothing(read, each, today);
          const requester = await read.member(each.requesterId);
          const mine = requester && (await asApprover(read, member, each.role, requester, at)) !== null;
          return mine ? [{ ...each, requester, roleName: ROLES[each.role], nothing }] : [];
        }),
      );
      return render(visit, "arrangements/arrangements.njk", {
        title: "Standing arrangements",
        own: (
          await Promise.all(
            own.map(async (each) => ({
              ...each,
              roleName: ROLES[each.role],
              nothing: await whyItCoversNothing(read, each, today),
            })),
          )
        ).reverse(),
        asked: concerned.flat(),
        today,
      });
    },
  }),
  row({ method: "GET", path: "/arrangements/new", who: "colleague", handle: async (visit) => form(visit, BLANK, {}) }),
  row({
    method: "POST",
    path: "/arrangements/new",
    who: "colleague",
    body: arrangementBody,
    rates: [{ times: 60, seconds: 3600, by: "caller" }],
    handle: async (visit, body) => {
      const { role = "", purpose, recipients, classification = "", people, megabytes, method = "" } = body;
      const ends = { day: body["ends-day"], month: body["ends-month"], year: body["ends-year"] };
      return save(visit, { role, purpose, recipients, classification, people, megabytes, method, ends });
    },
  }),
];

async function save(visit: MemberVisit, typed: TypedArrangement) {
  const { parts, member } = visit;
  const { rules } = policyNow(parts).settings;
  const { fields, errors } = await readArrangement(parts.records.read, typed, rules, parts.clock.now());
  if (fields === null) return form(visit, typed, errors);
  const taken = takenBy(parts, member);
  const approvers = await approversOf(parts.records.read, fields.role, member, taken.at);
  if (approvers.length === 0) {
    const message = "Nobody but you holds that role for you. An administrator puts it right under People";
    return form(visit, typed, { role: message });
  }
  const id = randomId();
  await parts.records.write(async (tx) => {
    const { arrangement, event } = askArrangement({ id, requesterId: member.id, ...fields }, taken);
    await tx.saveArrangement(arrangement);
    await tx.append(event);
    for (const approver of approvers) {
      await tx.post(arrangementMail("asked", arrangement, approver.member, member, parts.place, taken.at));
    }
  });
  return redirect(visit, `/arrangements/${id}`);
}

function form(visit: MemberVisit, typed: TypedArrangement, errors: Readonly<Record<string, string>>): string {
  const { rules } = policyNow(visit.parts).settings;
  const sendable = CLASSIFICATIONS[rules].filter((each) => each !== "SECRET" && each !== "TOP SECRET");
  const context = {
    title: "Describe a recurring transfer",
    typed,
    classifications: sendable.map((value) => ({ value, text: value })),
    methods: Object.entries(METHOD_NAMES)
      .filter(([value]) => value !== "shared-space") // Waybill has none
      .map(([value, text]) => ({ value, text, selected: value === typed.method })),
    errors,
  };
  return render(visit, "arrangements/new-arrangement.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
