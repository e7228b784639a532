import { type Contact, PHONE_KINDS, type PhoneKind, type PhoneNumber, type Verification } from "../domain/contact.ts";
import type { Credential, KeyOffer, KeyWrap, Member, PublicKey, Role } from "../domain/member.ts";
import type { Organisation } from "../domain/organisation.ts";
import { type Columns, flag, json, orNull, text, textOf, whole } from "./columns.ts";
import * as shape from "./shape.ts";

const verification = shape.orNull(
  shape.object<Verification>({ how: shape.string, byMemberId: shape.string, at: shape.string }),
);
const phoneKind = shape.oneOf(...PHONE_KINDS);
const phone = shape.object<PhoneNumber>({
  number: shape.string,
  verified: verification,
  kind: (value, where): PhoneKind => (value === undefined ? "telephone" : phoneKind(value, where)), // absent in what was stored before
});
const channel = shape.oneOf("phone", "sms", "post", "teams", "in-person", "relay-uk");

export const organisation = {
  name: text,
  workDomains: json(shape.listOf(shape.string)),
  publicUrl: text,
  website: text,
  phone: text,
  createdAt: text,
  expiryDays: whole,
} satisfies Columns<Organisation>;

export const member = {
  id: text,
  address: text,
  name: text,
  phone: text,
  roles: json<readonly Role[]>(
    shape.listOf(
      shape.oneOf(
        "administrator",
        "auditor",
        "line-manager",
        "senior-manager",
        "information-asset-owner",
        "privacy-team",
        "operational-security",
        "post-room",
      ),
    ),
  ),
  lineManagerId: orNull(text),
  state: textOf(shape.oneOf("invited", "active", "deactivated")),
  createdAt: text,
  offer: orNull(
    json(
      shape.object<KeyOffer>({
        state: shape.oneOf("offered", "confirmed", "refused", "withdrawn"),
        how: shape.oneOf("words", "link"),
        reference: shape.string,
        recipientId: shape.string,
        at: shape.string,
        decidedBy: shape.orNull(shape.string),
        decidedAt: shape.orNull(shape.string),
      }),
    ),
  ),
} satisfies Columns<Member>;

export const credential = {
  id: text,
  memberId: text,
  publicKey: text,
  counter: whole,
  transports: json(shape.listOf(shape.string)),
  prf: flag,
  name: text,
  createdAt: text,
  removedAt: orNull(text),
} satisfies Columns<Credential>;

export const publicKey = {
  id: text,
  memberId: text,
  kind: textOf(shape.oneOf("main", "device")),
  version: whole,
  recipient: text,
  signing: orNull(text),
  name: text,
  createdAt: text,
  removedAt: orNull(text),
} satisfies Columns<PublicKey>;

export const keyWrap = {
  id: text,
  memberId: text,
  keyId: text,
  kind: textOf(shape.oneOf("passkey", "recovery-code", "passphrase")),
  credentialId: orNull(text),
  sealed: text,
  signIn: orNull(text),
  createdAt: text,
} satisfies Columns<KeyWrap>;

export const contact = {
  id: text,
  name: text,
  organisation: text,
  addresses: json<Contact["addresses"]>(shape.listOf(shape.object({ address: shape.string, verified: verification }))),
  phones: json<Contact["phones"]>(shape.listOf(phone)),
  language: textOf(shape.oneOf("en", "cy")),
  team: flag,
  preferred: textOf(channel),
  impossible: json(shape.listOf(channel)),
  createdAt: text,
  createdBy: text,
  kind: orNull(textOf(shape.oneOf("partner", "supplier", "third-party", "public"))),
  country: text,
  legitimateNeed: text,
  postal: text,
  dx: text,
} satisfies Columns<Contact>;
