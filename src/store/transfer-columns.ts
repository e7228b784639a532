import {
  type AtDispatch,
  CARRIED_METHODS,
  type Carriage,
  type Dispatch,
  type FixedCarriage,
  type MadePackage,
  NOTHING_SEEN,
  PACKAGE_KINDS,
  type RiskAssessment,
} from "../domain/carriage.ts";
import type { NamedService } from "../domain/carriers.ts";
import { CARRIERS, CLASSIFICATIONS, SECRET_CHANNELS } from "../domain/facts.ts";
import {
  type ApproverAccess,
  CONFIRMATION_WAYS,
  type Party,
  type Recipient,
  type RecoveryAccess,
  type SealedContent,
  type StatedFacts,
  type Transfer,
} from "../domain/transfer.ts";
import { type Columns, flag, json, orNull, text, textOf, whole } from "./columns.ts";
import * as shape from "./shape.ts";

const weight = shape.oneOf("none", "some", "serious");
export const classification = shape.oneOf(...CLASSIFICATIONS["uk-government"], ...CLASSIFICATIONS.university);
const flagOrNull = shape.orNull(shape.boolean);

/** An agreement's reference, or why there is none. */
const agreement: shape.Shape<NonNullable<StatedFacts["agreement"]>> = (value, where) => {
  const members = shape.recordOf(shape.string)(value, where);
  if (members.reference !== undefined) return { reference: members.reference };
  return { none: shape.string(members.none, `${where}.none`) };
};

const numbers = shape.orNull(shape.recordOf(shape.string));

const service = shape.orNull(
  shape.object<NamedService>({ id: shape.string, name: shape.string, guarantee: shape.string }),
);
const risk = shape.orNull(shape.object<RiskAssessment>({ says: shape.string, by: shape.string, on: shape.string }));
const beside = shape.object<AtDispatch["beside"]>({
  written: shape.boolean,
  toldBefore: shape.boolean,
  secondEnvelope: shape.boolean,
});
const packageKind = shape.oneOf(...PACKAGE_KINDS);
const packed = shape.object<MadePackage>({
  kind: packageKind,
  bytes: shape.count,
  digests: shape.listOf(shape.string),
});
const packedInOne = shape.object({ kind: packageKind, bytes: shape.count, digest: shape.string });
/** What was stored before a package could have several files has one digest. */
const madePackage: shape.Shape<MadePackage> = (value, where) => {
  if (typeof value !== "object" || value === null || !("digest" in value)) return packed(value, where);
  const { kind, bytes, digest } = packedInOne(value, where);
  return { kind, bytes, digests: [digest] };
};
/** Absent in what was stored before. */
const added: shape.Shape<string> = (value, where) => (value === undefined ? "" : shape.string(value, where));

const carriage: shape.Shape<Carriage> = shape.object<Carriage>({
  method: shape.oneOf(...CARRIED_METHODS),
  fixed: untickedFirst({
    items: shape.orNull(shape.count),
    pages: shape.orNull(shape.count),
    bytes: shape.orNull(shape.count),
    identityDocuments: flagOrNull,
    package: shape.orNull(madePackage),
    reason: shape.string,
    mediumId: shape.orNull(shape.string),
    carrier: shape.orNull(shape.oneOf(...CARRIERS)),
    service: (value, where) => (value === undefined ? null : service(value, where)), // absent in what was stored before
    risk: (value, where) => (value === undefined ? null : risk(value, where)), // absent in what was stored before
    faxMachineId: shape.orNull(shape.string),
    numbers: (value, where) => (value === undefined ? null : numbers(value, where)), // absent in what was stored before
    device: shape.orNull(shape.oneOf("managed", "personal")),
  }),
  atDispatch: shape.object<AtDispatch>({
    envelope: shape.object({
      addresseeOnly: flagOrNull,
      returnAddress: flagOrNull,
      marking: flagOrNull,
      packed: flagOrNull,
    }),
    fax: shape.object({ numberConfirmed: flagOrNull, recipientAttending: flagOrNull }),
    phone: shape.object({ identityConfirmed: flagOrNull, minimum: flagOrNull }),
    identitySeen: flagOrNull,
    beside: (value, where) => (value === undefined ? NOTHING_SEEN.beside : beside(value, where)), // absent in what was stored before
  }),
  codes: shape.recordOf(shape.string),
  dispatch: shape.orNull(
    shape.object<Dispatch>({
      at: shape.string,
      byId: shape.string,
      tracking: shape.string,
      expected: shape.string,
      pages: shape.orNull(shape.count),
      handedTo: shape.string,
      identification: shape.string,
      collected: (value, where) => (value === undefined ? false : shape.boolean(value, where)), // absent in what was stored before
      told: shape.string,
      confirmed: added,
      dialled: added,
    }),
  ),
});

/** SIS-18: `riskAssessed` was a tick in what was stored before an assessment had its words: it is read, and says nothing any more. */
function untickedFirst(members: { readonly [K in keyof FixedCarriage]: shape.Shape<FixedCarriage[K]> }) {
  const known = shape.object<FixedCarriage>(members);
  return (value: unknown, where: string): FixedCarriage => {
    if (typeof value !== "object" || value === null || !("riskAssessed" in value)) return known(value, where);
    const { riskAssessed: _, ...others } = value;
    return known(others, where);
  };
}

export const transfer = {
  reference: text,
  state: textOf(shape.oneOf("draft", "requested", "approved", "released", "closed", "refused", "recalled", "expired")),
  senderId: text,
  facts: json(
    shape.object<StatedFacts>({
      purpose: shape.string,
      necessity: shape.string,
      classification,
      personal: shape.boolean,
      sensitive: shape.boolean,
      special: flagOrNull,
      offences: flagOrNull,
      namesWithAddresses: flagOrNull,
      people: shape.orNull(shape.count),
      impact: shape.object({ individuals: weight, organisation: weight }),
      criminalJustice: flagOrNull,
      minimised: flagOrNull,
      agreement: shape.orNull(agreement),
      destinationStorage: shape.orNull(shape.string),
      secretChannel: shape.orNull(shape.oneOf(...SECRET_CHANNELS)),
      recordCopy: shape.orNull(shape.string),
      lawfulBasis: shape.orNull(shape.object({ basis: shape.string, special: shape.string, offences: shape.string })),
    }),
  ),
  salt: text,
  createdAt: text,
  expiresAt: text,
  senderGrant: orNull(text),
  uploadId: orNull(text),
  sealed: orNull(
    json(
      shape.object<SealedContent>({
        bodyId: shape.string,
        bodySize: shape.count,
        manifest: shape.string,
        content: shape.string,
        totals: shape.object({ items: shape.count, bytes: shape.count }),
      }),
    ),
  ),
  recovery: orNull(json(shape.object<RecoveryAccess>({ key: shape.string, grant: shape.orNull(shape.string) }))),
  shownTo: json(
    shape.listOf(
      shape.object<ApproverAccess>({
        memberId: shape.string,
        name: shape.string,
        address: shape.string,
        grant: shape.orNull(shape.string),
      }),
    ),
  ),
  standInId: orNull(text),
  riskyReason: orNull(text),
  carriage: orNull(json(carriage)),
  waybill: orNull(json(shape.object({ text: shape.string, digest: shape.string }))),
  releasedAt: orNull(text),
  endedAt: orNull(text),
  destruction: orNull(textOf(shape.oneOf("held", "done", "certified"))),
} satisfies Columns<Transfer>;

export const recipient = {
  id: text,
  reference: text,
  position: whole,
  party: json(
    shape.byKind<Party>({
      member: shape.object({ kind: shape.oneOf("member"), memberId: shape.string }),
      contact: shape.object({ kind: shape.oneOf("contact"), contactId: shape.string }),
    }),
  ),
  name: text,
  address: text,
  organisation: text,
  language: textOf(shape.oneOf("en", "cy")),
  team: flag,
  state: textOf(
    shape.oneOf(
      "named",
      "released",
      "arrived",
      "opened",
      "received",
      "paused",
      "misdirected",
      "dropped",
      "recalled",
      "expired",
      "closed",
    ),
  ),
  access: textOf(shape.oneOf("account", "words")),
  registerFirst: flag,
  expecting: orNull(flag),
  legitimateNeed: text,
  grant: orNull(text),
  tokenHash: orNull(text),
  arrival: orNull(json(shape.object({ publicKey: shape.string, reader: shape.string, at: shape.string }))),
  wordsToldAt: orNull(text),
  releasedAt: orNull(text),
  handedOutAt: orNull(text),
  openedAt: orNull(text),
  receivedAt: orNull(text),
  confirmation: orNull(
    json(shape.object({ how: shape.oneOf(...CONFIRMATION_WAYS), on: shape.string, recordedAt: shape.string })),
  ),
} satisfies Columns<Recipient>;
