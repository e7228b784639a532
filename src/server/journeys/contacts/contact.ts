import { Type } from "typebox";
import { CHANNELS } from "../../../domain/channels.ts";
import { type Contact, faxPhones, type Verification, voicePhones } from "../../../domain/contact.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { countryName } from "../../texts/countries.ts";
import { BY_NUMBER } from "../../words/ways-to-tell.ts";
import { CONTACT_KINDS } from "./typed-contact.ts";

/** Characters: less than this says nothing that somebody else could follow. */
const LEAST = 5;

/** One contact, and the checking of their addresses and numbers: how, by whom, when (OXM-8). */
export const contactRows: readonly Row[] = [
  row({ method: "GET", path: "/contacts/:id", who: "colleague", handle: (visit) => contactPage(visit) }),
  row({
    method: "GET",
    path: "/contacts/:id/verify",
    who: "colleague",
    handle: (visit) => verifyPage(visit, visit.query.value ?? ""),
  }),
  row({
    method: "POST",
    path: "/contacts/:id/verify",
    who: "colleague",
    body: Type.Object({ value: Type.String({ maxLength: 300 }), how: Type.String({ maxLength: 2000 }) }),
    handle: async (visit, { value, how }) => {
      const { parts, member } = visit;
      const { id } = await contactOf(visit);
      const typed = how.trim();
      if (typed.length < LEAST || typed.length > 300) {
        const message =
          typed.length > 300
            ? "Say where it is from and how you checked it in 300 characters or fewer"
            : `Say where it is from and how you checked it, in ${LEAST} characters or more: a colleague has to be able to follow it`;
        return verifyPage(visit, value, { errors: { how: message }, how: typed }, 422);
      }
      const verified: Verification = { how: typed, byMemberId: member.id, at: now(parts) };
      await parts.records.write(async (tx) => {
        const contact = await tx.contact(id);
        if (!contact || !has(contact, value)) throw notThere();
        await tx.saveContact({
          ...contact,
          addresses: contact.addresses.map((each) => (each.address === value ? { ...each, verified } : each)),
          phones: contact.phones.map((each) => (each.number === value ? { ...each, verified } : each)),
        });
        const what = contact.phones.some(({ number }) => number === value) ? "number" : "address";
        await tx.append(ofMember("contact-verified", member.id, verified.at, { contactId: id, what }));
      });
      return redirect(visit, `/contacts/${id}`);
    },
  }),
];

/** The contact that the path names. @throws ServerError `no-such-page` */
export async function contactOf(visit: MemberVisit): Promise<Contact> {
  const contact = await visit.parts.records.read.contact(visit.params.id ?? "");
  if (contact) return contact;
  throw notThere();
}

async function contactPage(visit: MemberVisit): Promise<string> {
  const contact = await contactOf(visit);
  const names = new Map((await visit.parts.records.read.members()).map(({ id, name }) => [id, name]));
  const shown = (value: string, verified: Verification | null) => ({
    value,
    verified: verified && { ...verified, by: names.get(verified.byMemberId) ?? "a former colleague" },
  });
  return render(visit, "contacts/contact.njk", {
    title: contact.name,
    contact,
    kind: CONTACT_KINDS.find(({ value }) => value === contact.kind)?.text ?? null,
    country: contact.country === "" ? null : countryName(contact.country),
    addresses: contact.addresses.map(({ address, verified }) => shown(address, verified)),
    phones: voicePhones(contact).map(({ number, verified, kind }) => ({
      ...shown(number, verified),
      mobile: kind === "mobile",
    })),
    faxes: faxPhones(contact).map(({ number, verified }) => shown(number, verified)),
    preferred: CHANNELS[contact.preferred],
    needsNumber: BY_NUMBER.includes(contact.preferred),
    impossible: contact.impossible.map((channel) => CHANNELS[channel]),
    addedBy: names.get(contact.createdBy) ?? "a former colleague",
  });
}

async function verifyPage(visit: MemberVisit, value: string, more: object = {}, status = 200): Promise<string> {
  const contact = await contactOf(visit);
  if (!has(contact, value)) throw notThere();
  const isNumber = contact.phones.some(({ number }) => number === value);
  const isFax = faxPhones(contact).some(({ number }) => number === value);
  const title = isFax ? "Check a fax number" : isNumber ? "Check a number" : "Check an address";
  return render(visit, "contacts/verify.njk", { title, contact, value, isNumber, isFax, ...more }, status);
}

function has(contact: Contact, value: string): boolean {
  return (
    contact.addresses.some(({ address }) => address === value) || contact.phones.some(({ number }) => number === value)
  );
}

function notThere(): ServerError {
  return new ServerError({ code: "no-such-page", message: "There is no such contact. Look under Contacts." });
}
