import { randomId } from "../../../bytes/random.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import type { RecordedAssessment } from "../../../domain/recorded-assessment.ts";
import type { Reader } from "../../../domain/records.ts";
import type { SharingAgreement } from "../../../domain/sharing-agreement.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";
import { tellOfEndedAgreements } from "../../release-gate/agreement-over.ts";
import { render } from "../../render.ts";
import { documentsOf, LARGEST_DOCUMENT } from "./documents.ts";
import {
  agreementBody,
  readAgreement,
  type TypedAgreement,
  typedFromAgreement,
  typedFromBody,
} from "./typed-agreement.ts";

const BLANK: TypedAgreement = {
  reference: "",
  organisation: "",
  methods: [],
  expires: { day: "", month: "", year: "" },
  documents: "",
};

/** Adding, changing and ending an agreement (SDT-5). */
export const agreementRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/agreements/new",
    who: "keeper",
    handle: async (visit) => form(visit, null, BLANK, {}),
  }),
  row({
    method: "POST",
    path: "/agreements/new",
    who: "keeper",
    body: agreementBody,
    handle: async (visit, body) => save(visit, null, typedFromBody(body)),
  }),
  row({
    method: "GET",
    path: "/agreements/:id/edit",
    who: "keeper",
    handle: async (visit) => {
      const agreement = await agreementOf(visit);
      return form(visit, agreement, typedFromAgreement(agreement), {});
    },
  }),
  row({
    method: "POST",
    path: "/agreements/:id/edit",
    who: "keeper",
    body: agreementBody,
    handle: async (visit, body) => save(visit, await agreementOf(visit), typedFromBody(body)),
  }),
  row({
    method: "GET",
    path: "/agreements/:id/end",
    who: "keeper",
    handle: async (visit) => {
      const agreement = await agreementOf(visit);
      if (agreement.endedAt !== null) return redirect(visit, "/agreements");
      return render(visit, "agreements/end-agreement.njk", {
        title: `End ${agreement.reference}?`,
        agreement,
        waiting: await waitingUnder(visit.parts.records.read, agreement),
      });
    },
  }),
  row({
    method: "POST",
    path: "/agreements/:id/end",
    who: "keeper",
    handle: async (visit) => {
      const { parts, member } = visit;
      const { id } = await agreementOf(visit);
      const at = now(parts);
      await parts.records.write(async (tx) => {
        const agreement = await tx.agreement(id);
        if (agreement === null) throw notThere();
        await tx.saveAgreement({ ...agreement, endedAt: agreement.endedAt ?? at });
        await tx.append(ofMember("agreement-changed", member.id, at, { agreement: id, what: "ended" }));
        await tellOfEndedAgreements(parts, tx);
      });
      return redirect(visit, "/agreements");
    },
  }),
];

/** Newest transfers that are looked through for one that is not sent yet: others were signed long ago. */
const LOOKED_THROUGH = 1000;

/** SDT-5: how many transfers are signed, name it and are not sent yet, so that its end stops them. */
async function waitingUnder(read: Reader, { reference }: SharingAgreement): Promise<number> {
  const named = (await read.latestFixedWaybills(LOOKED_THROUGH)).filter(({ assessment }) => {
    const { facts } = JSON.parse(assessment) as RecordedAssessment; // our own text, fixed at signing
    const { agreement } = facts;
    return agreement !== null && "reference" in agreement && agreement.reference === reference;
  });
  const transfers = await Promise.all(named.map((each) => read.transfer(each.reference)));
  return transfers.filter((each) => each?.state === "requested" || each?.state === "approved").length;
}

async function save(visit: MemberVisit, before: SharingAgreement | null, typed: TypedAgreement) {
  const { parts, member } = visit;
  const { fields, errors } = readAgreement(typed);
  if (Object.keys(errors).length > 0) return form(visit, before, typed, errors);
  const taken = await parts.records.read.agreementByReference(fields.reference);
  if (taken && taken.id !== before?.id) {
    const message = `${fields.reference} is in the register already. Change that entry, or give this one another reference.`;
    return form(visit, before, typed, { reference: message });
  }
  const at = now(parts);
  await parts.records.write(async (tx) => {
    const current = before && (await tx.agreement(before.id));
    const made = current ?? { id: randomId(), createdAt: at, createdBy: member.id, endedAt: null, remindedAt: null };
    // A later last day is reminded of anew.
    const remindedAt = current?.expires === fields.expires ? made.remindedAt : null;
    await tx.saveAgreement({ ...made, ...fields, remindedAt });
    const detail = { agreement: made.id, reference: fields.reference, expires: fields.expires };
    await tx.append(ofMember(current ? "agreement-changed" : "agreement-added", member.id, at, detail));
    if (current) await tellOfEndedAgreements(parts, tx);
  });
  return redirect(visit, "/agreements");
}

async function form(
  visit: MemberVisit,
  agreement: SharingAgreement | null,
  typed: TypedAgreement,
  errors: Readonly<Record<string, string>>,
): Promise<string> {
  const context = {
    title: agreement ? `Change ${agreement.reference}` : "Add an agreement",
    action: agreement ? `/agreements/${agreement.id}/edit` : "/agreements/new",
    agreement,
    typed,
    methods: Object.entries(METHOD_NAMES).map(([value, text]) => ({
      value,
      text,
      checked: typed.methods.includes(value),
    })),
    errors,
    documents: agreement ? await documentsOf(visit.parts.records.read, agreement.id) : [],
    mostBytes: LARGEST_DOCUMENT,
    scripts: agreement ? ["entries/agreement.js"] : [],
  };
  return render(visit, "agreements/edit-agreement.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

/** The agreement that the path names. @throws ServerError `no-such-page` */
async function agreementOf({ parts, params }: MemberVisit): Promise<SharingAgreement> {
  const agreement = await parts.records.read.agreement(params.id ?? "");
  if (agreement) return agreement;
  throw notThere();
}

function notThere(): ServerError {
  return new ServerError({ code: "no-such-page", message: "There is no such agreement. Look under Agreements." });
}
