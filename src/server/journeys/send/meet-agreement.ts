import { Type } from "typebox";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import type { SharingAgreement } from "../../../domain/sharing-agreement.ts";
import { agreementEnd } from "../../assessing/agreement-end.ts";
import { partiesTo, sameOrganisation } from "../../assessing/gather-facts.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { restate } from "../../drafts/restate.ts";
import { formatDate } from "../../format.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { keepsRegister } from "../agreements/keeper.ts";

const NONE = "none";
const LONGEST = 2000;

interface Typed {
  readonly agreement: string;
  readonly why: string;
}

/** SDT-5: the agreement of the register that covers it, or why there is none. What is sealed is kept. */
export const meetAgreementRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/agreement",
    who: "sender",
    handle: async (visit) => {
      const { facts, state } = visit.transfer;
      refuseUnless(state === "draft", "This transfer was signed already, so it cannot be changed.");
      const { agreement } = facts;
      if (agreement === null) return page(visit, { agreement: "", why: "" }, {});
      const none = "none" in agreement;
      return page(
        visit,
        none ? { agreement: NONE, why: agreement.none } : { agreement: `at ${agreement.reference}`, why: "" },
        {},
      );
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/agreement",
    who: "sender",
    body: Type.Object({
      agreement: Type.Optional(Type.String({ maxLength: 300 })),
      why: Type.Optional(Type.String({ maxLength: 20_000 })),
    }),
    handle: async (visit, { agreement = "", why = "" }) => {
      const typed = { agreement, why: why.trim() };
      const chosen = (await agreementsFor(visit)).find(({ reference }) => `at ${reference}` === agreement);
      const errors = chosen ? {} : problems(typed);
      if (Object.keys(errors).length > 0) return page(visit, typed, errors);
      const stated = chosen ? { reference: chosen.reference } : { none: typed.why };
      await restate(visit, (facts) => ({ ...facts, agreement: stated }));
      return redirect(visit, `/transfers/${visit.transfer.reference}/tasks`);
    },
  }),
];

function problems({ agreement, why }: Typed): Readonly<Record<string, string>> {
  if (agreement !== NONE) return { agreement: "Choose the agreement, or say that there is none" };
  if (why === "") return { why: "Say why there is no agreement" };
  return why.length > LONGEST ? { why: `Use ${LONGEST} characters or fewer` } : {};
}

/** Entries of the register with the organisation of everybody who needs one: no other counts. */
async function agreementsFor(visit: SenderVisit): Promise<readonly SharingAgreement[]> {
  const organisations = await organisationsOf(visit);
  const all = await visit.parts.records.read.agreements();
  return all.filter(
    (each) => each.endedAt === null && organisations.every((one) => sameOrganisation(one, each.organisation)),
  );
}

/** The organisations that an agreement has to be with, each once. One transfer goes under one agreement. */
async function organisationsOf({ parts, recipients }: SenderVisit): Promise<readonly string[]> {
  const parties = await partiesTo(parts.records.read, recipients, policyNow(parts).settings);
  const names = parties.map(({ organisation }) => organisation);
  return names.filter((each, at) => names.findIndex((one) => sameOrganisation(one, each)) === at);
}

async function page(visit: SenderVisit, typed: Typed, errors: Readonly<Record<string, string>>): Promise<string> {
  const { transfer, parts, member } = visit;
  const today = parts.clock.now().toISOString().slice(0, 10);
  const found = await agreementsFor(visit);
  const { agreement } = transfer.facts;
  const named = agreement !== null && "reference" in agreement ? agreement.reference : null;
  const ended = named === null ? null : await agreementEnd(parts.records.read, named, today);
  const organisations = (await organisationsOf(visit)).map((each) => each || "an organisation that is not named");
  const context = {
    title: "The agreement that covers it",
    path: `/transfers/${transfer.reference}`,
    organisations: organisations.join(" and "),
    several: organisations.length > 1,
    keeper: keepsRegister(member),
    ended:
      ended &&
      `${named}, which you named, ${ended}. It does not count any more: name another, or say why there is none.`,
    typed,
    errors,
    items: found.map((each) => ({
      value: `at ${each.reference}`,
      text: each.reference,
      hint: { text: about(each, today) },
    })),
  };
  return render(visit, "send/meet-agreement.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

function about({ organisation, expires, methods }: SharingAgreement, today: string): string {
  const until =
    expires < today ? `ended on ${formatDate(expires)}, so it does not count` : `until ${formatDate(expires)}`;
  const how =
    methods.length === 0 ? "" : `; only by ${methods.map((each) => METHOD_NAMES[each].toLowerCase()).join(", ")}`;
  return `With ${organisation}, ${until}${how}`;
}
