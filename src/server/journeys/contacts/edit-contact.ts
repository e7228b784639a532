import { randomId } from "../../../bytes/random.ts";
import { CHANNELS, channelsIn } from "../../../domain/channels.ts";
import type { Contact } from "../../../domain/contact.ts";
import { DomainError } from "../../../domain/error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { now, ofMember } from "../../passkeys/enrolment.ts";
import { render } from "../../render.ts";
import { COUNTRIES } from "../../texts/countries.ts";
import { contactOf } from "./contact.ts";
import { type Similar, similarTo, takenBy } from "./similar.ts";
import { CONTACT_KINDS, contactBody, newAddresses, readContact, type TypedContact, typedOf } from "./typed-contact.ts";

const EMPTY: TypedContact = {
  name: "",
  organisation: "",
  addresses: "",
  phones: "",
  language: "en",
  preferred: "phone",
};

/** Adding and changing a contact. New addresses that look like known ones are shown beside them and confirmed (OXM-15). */
export const editContactRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/contacts/new",
    who: "colleague",
    handle: async (visit) => form(visit, null, { ...EMPTY, addresses: (visit.query.address ?? "").slice(0, 254) }),
  }),
  row({
    method: "POST",
    path: "/contacts/new",
    who: "colleague",
    body: contactBody,
    handle: (visit, body) => save(visit, null, body),
  }),
  row({
    method: "GET",
    path: "/contacts/:id/edit",
    who: "colleague",
    handle: async (visit) => {
      const contact = await contactOf(visit);
      return form(visit, contact, typedOf(contact));
    },
  }),
  row({
    method: "POST",
    path: "/contacts/:id/edit",
    who: "colleague",
    body: contactBody,
    handle: async (visit, body) => save(visit, await contactOf(visit), body),
  }),
];

async function save(visit: MemberVisit, before: Contact | null, typed: TypedContact): Promise<string | null> {
  const { parts, member, organisation } = visit;
  const { read } = parts.records;
  const { fields, errors } = readContact(typed, before);
  if (Object.keys(errors).length > 0) return form(visit, before, typed, { errors });
  const fresh = newAddresses(fields, before);
  const taken = await takenBy(read, fresh, before);
  if (taken) return form(visit, before, typed, { errors: { addresses: taken } });
  const similar = await similarTo(read, organisation, fresh, before);
  const confirmed = typed.confirm === "yes" && typed.confirmed === fresh.join(" ");
  if (similar.length > 0 && !confirmed) {
    const confirm = "Compare the addresses, then say that the new one is right";
    const warned = typed.confirm === undefined && typed.confirmed !== fresh.join(" ");
    return form(visit, before, typed, { similar, fresh: fresh.join(" "), errors: warned ? {} : { confirm } });
  }
  const at = now(parts);
  const id = before?.id ?? randomId();
  await parts.records.write(async (tx) => {
    const current = before && (await tx.contact(id)); // with what was verified since the page was shown (OXM-8)
    const newest = readContact(typed, current).fields;
    const message = await takenBy(tx, newAddresses(newest, current), current);
    if (message) throw new DomainError({ code: "already-there", message: `${message}. Nothing was changed.` });
    const { createdAt, createdBy } = current ?? { createdAt: at, createdBy: member.id };
    await tx.saveContact({ id, createdAt, createdBy, ...newest });
    const detail = { contactId: id, similar: similar.length };
    await tx.append(ofMember(before ? "contact-changed" : "contact-added", member.id, at, detail));
  });
  return redirect(visit, `/contacts/${id}`);
}

function form(
  visit: MemberVisit,
  contact: Contact | null,
  typed: TypedContact,
  more: {
    readonly errors?: Readonly<Record<string, string>>;
    readonly similar?: readonly Similar[];
    readonly fresh?: string;
  } = {},
): string {
  const items = Object.entries(CHANNELS).map(([value, text]) => ({ value, text }));
  const impossible = channelsIn(typed.impossible ?? []).map(String);
  const context = {
    title: contact ? `Change ${contact.name}` : "Add a contact",
    action: contact ? `/contacts/${contact.id}/edit` : "/contacts/new",
    back: contact ? `/contacts/${contact.id}` : "/contacts",
    typed,
    kinds: CONTACT_KINDS.map((kind) => ({ ...kind, checked: kind.value === typed.kind })),
    countries: [{ code: "", name: "Not known yet" }, ...COUNTRIES].map(({ code, name }) => ({
      value: code,
      text: name,
      selected: code === (typed.country ?? ""),
    })),
    preferred: items.map((item) => ({ ...item, checked: item.value === typed.preferred })),
    impossible: items.map((item) => ({ ...item, checked: impossible.includes(item.value) })),
    ...more,
  };
  return render(visit, "contacts/edit-contact.njk", context, more.errors || more.similar ? 422 : 200);
}
