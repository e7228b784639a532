import type { FixedCarriage, PackageKind } from "../../../domain/carriage.ts";
import { type CatalogueService, carrierHint, serviceText } from "../../../domain/carriers.ts";
import { faxPhones, voicePhones } from "../../../domain/contact.ts";
import { carriageOf, stateCarriage } from "../../../domain/lifecycle/carriage-arrows.ts";
import { withReason } from "../../../domain/lifecycle/risky-package.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { needText } from "../../../domain/need-text.ts";
import { nationalPhone } from "../../../domain/phone.ts";
import { canBeMet } from "../../../policy/rules/rule.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { contactOf } from "../../assessing/gather-facts.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { shownMethods } from "../../assessing/shown-methods.ts";
import { cjsmAddresses } from "../../carrying/cjsm-address.ts";
import { checkedNumbers } from "../../carrying/numbers.ts";
import { noRoom } from "../../carrying/room.ts";
import { act } from "../../drafts/take-back.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { asksForMistakes } from "../../kept-mistakes.ts";
import { render } from "../../render.ts";
import {
  asksOf,
  BLANK,
  carriageBody,
  lacksFiles,
  readCarriage,
  type TypedCarriage,
  typedFrom,
  typedNumbers,
} from "./typed-carriage.ts";

/** What goes and how, where it does not go by the secure link: counted and stated, nothing of it is uploaded (SDT-18, SDT-23, SIS-23). */
export const carriageRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/carriage",
    who: "sender",
    handle: async (visit) => {
      const { transfer } = visit;
      refuseUnless(transfer.state === "draft", "This transfer was signed already, so it cannot be changed.");
      if (!transfer.carriage) return redirect(visit, `/transfers/${transfer.reference}/method`);
      const { fixed } = transfer.carriage;
      if (lacksFiles(transfer.carriage) && visit.query.package !== "typed" && !asksForMistakes(visit))
        return redirect(visit, `/transfers/${transfer.reference}/add`);
      const stated = typedFrom(transfer.carriage.fixed);
      const typed = { ...stated, riskBy: stated.riskBy || visit.member.name };
      return page(visit, typed, fixed.numbers ?? {}, {});
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/carriage",
    who: "sender",
    body: carriageBody,
    handle: async (visit, body) => {
      const typed: TypedCarriage = { ...BLANK, ...body };
      const { media, machines, people, services } = await offers(visit);
      const numbers = Object.fromEntries(people.map((each) => [each.recipient.id, each.numbers]));
      const ids = { media: media.map(({ id }) => id), machines: machines.map(({ id }) => id), numbers, services };
      const dialled = typedNumbers(body);
      const today = visit.parts.clock.now().toISOString().slice(0, 10);
      const { fixed, errors: wrong } = readCarriage(
        typed,
        asksOf(carriageOf(visit.transfer).method),
        ids,
        dialled,
        today,
      );
      const small = noRoom(fixed, media.find(({ id }) => id === fixed.mediumId) ?? null);
      const errors = small === null ? wrong : { ...wrong, mediumId: small };
      if (Object.keys(errors).length > 0) return page(visit, typed, dialled, errors);
      const against = await refusedService(visit, fixed);
      if (against !== "") {
        // The choice is taken back: it may stay open, and everything else that was stated is kept.
        const open = { ...fixed, carrier: null, service: null };
        await act(visit, ({ transfer, taken }) => withReason(stateCarriage(transfer, open, taken), transfer));
        const carrier = `${fixed.service && serviceText(fixed.service)} is not for this: ${against} Choose another one, or leave it open for now`;
        return page(visit, { ...typed, carrier: "" }, dialled, { carrier }, fixed);
      }
      await act(visit, ({ transfer, taken }) => withReason(stateCarriage(transfer, fixed, taken), transfer));
      const { reference } = visit.transfer;
      const said = { ...visit, transfer: (await visit.parts.records.read.transfer(reference)) ?? visit.transfer };
      // SIS-38, SDT-8: what refuses the method stands here, with what was typed, and not on the next page.
      if ((await refusal(said)) !== null) return page(said, typed, dialled, {});
      return redirect(visit, `/transfers/${visit.transfer.reference}/tasks`);
    },
  }),
];

/** SDT-23: media of the register that was issued to the sender; SIS-26: machines that are in use; SIS-20, OXM-8: checked numbers. */
async function offers({ parts, member, transfer, recipients }: SenderVisit) {
  const { read } = parts.records;
  const media = (await read.media()).filter(
    ({ state, custodianId, reference }) =>
      state === "issued" && custodianId === member.id && (reference === null || reference === transfer.reference),
  );
  const machines = (await read.faxMachines()).filter(({ endedAt }) => endedAt === null);
  const people = recipients.map(async (recipient) => {
    const contact = await contactOf(read, recipient);
    return { recipient, contact, numbers: checkedNumbers(contact, carriageOf(transfer).method) };
  });
  const { carriers } = policyNow(parts).settings;
  const byHand = { carrier: "by-hand", id: "by-hand", name: "Handed over by me, or collected", guarantee: "" } as const;
  const services: readonly CatalogueService[] =
    carriageOf(transfer).method === "removable-media" && !carriers.some(({ carrier }) => carrier === "by-hand")
      ? [...carriers, byHand]
      : carriers;
  return { media, machines, services, people: (await Promise.all(people)).filter(({ contact }) => contact !== null) };
}

/** SDT2-2, SIS-10, SIS-30: why the rules refuse the service of what was stated, with the clauses; empty where they do not, or none is chosen. */
async function refusedService(
  { parts, transfer, recipients, member }: SenderVisit,
  fixed: FixedCarriage,
): Promise<string> {
  if (fixed.carrier === null) return "";
  const by = { ...transfer, carriage: { ...carriageOf(transfer), fixed } };
  const { answer } = await assessTransfer(parts, parts.records.read, { transfer: by, recipients, sender: member });
  return answer.needs
    .filter(({ need }) => need.startsWith("carrier:"))
    .map(needText)
    .join(" ");
}

/** Why it cannot go this way as it is stated, and which ways are open, best first; null where it can, or nothing is stated yet. */
async function refusal({ parts, transfer, recipients, member }: SenderVisit) {
  if (carriageOf(transfer).fixed.items === null) return null;
  const { read } = parts.records;
  const { answer, assessment } = await assessTransfer(parts, read, { transfer, recipients, sender: member });
  if (answer.verdict !== "refused") return null;
  const { settings } = policyNow(parts);
  const shown = shownMethods(assessment, transfer.sealed !== null, settings);
  const open = shown.filter(({ verdict, method }) => verdict !== "refused" && method !== "shared-space");
  return { needs: answer.needs.filter(({ need }) => !canBeMet(need)), open: open.map(({ name }) => name) };
}

/** SIS-18: whether a rule that runs asks for a risk assessment of a fax of this. */
async function asksFaxRisk({ parts, transfer, recipients, member }: SenderVisit): Promise<boolean> {
  const { answer } = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
  return (answer.asked ?? []).some(({ need }) => need === "declare:fax-risk-assessment");
}

const PACKAGE_FIELDS = ["items", "package", "bytes", "digest"] as const;

const KIND_NAMES: Readonly<Record<PackageKind, string>> = {
  zip: "An AES-256 zip",
  pdf: "A PDF with a password",
  office: "A Word, Excel or PowerPoint file with a password",
  age: "An age file",
};

async function page(
  visit: SenderVisit,
  typed: TypedCarriage,
  dialled: Readonly<Record<string, string>>,
  errors: Readonly<Record<string, string>>,
  /** By which services are judged. */
  stated: FixedCarriage = carriageOf(visit.transfer).fixed,
): Promise<string> {
  const { transfer, parts } = visit;
  const { method, fixed } = carriageOf(transfer);
  const { media, machines, people, services } = await offers(visit);
  const asks = asksOf(method);
  const against = await refusal(visit);
  // What is packed is shown and not typed again, until somebody wants to type it.
  const kept = typedFrom(fixed);
  const typing = visit.query.package === "typed" || PACKAGE_FIELDS.some((field) => typed[field] !== kept[field]);
  const { networks } = policyNow(parts).settings;
  const context = {
    title: "What goes, and how",
    method,
    name: METHOD_NAMES[method],
    path: `/transfers/${transfer.reference}`,
    typed,
    asks,
    asksRisk: asks.fax && (typed.risk !== "" || (await asksFaxRisk(visit))),
    // SET-3: of each recipient, and whether they have said that it is theirs.
    cjsm: method === "cjsm" ? cjsmAddresses(visit.recipients, { networks }) : [],
    packed: asks.package && !typing ? fixed.package : null,
    kinds: KIND_NAMES,
    media: media.map(({ id, serial, kind }) => ({
      value: id,
      text: `${serial}${kind === "hardware-encrypted" ? " (encrypts by itself)" : ""}`,
    })),
    machines: machines.map(({ id, number, location }) => ({
      value: id,
      text: `${location}, ${nationalPhone(number)}`,
    })),
    people: people.map(({ recipient, contact, numbers }) => ({
      ...{ id: recipient.id, name: recipient.name, contact },
      only: numbers.length === 1 ? numbers[0] : null,
      unchecked: contact && (method === "fax" ? faxPhones(contact) : voicePhones(contact))[0]?.number,
      chosen: dialled[recipient.id] ?? "",
      numbers: numbers.map((value) => ({ value, text: nationalPhone(value) })),
    })),
    carriers: await Promise.all(
      services.map(async ({ carrier, ...service }) => ({
        ...{ value: service.id, text: serviceText(service), hint: carrierHint(carrier) },
        refused: asks.carrier ? await refusedService(visit, { ...stated, carrier, service }) : "",
      })),
    ),
    against,
    errors,
  };
  const wrong = Object.keys(errors).length > 0 || against !== null;
  return render(visit, "carry/carriage.njk", context, wrong && visit.request.method === "POST" ? 422 : 200);
}
