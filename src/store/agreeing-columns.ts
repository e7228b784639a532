import type { AdviceLine, AdviceRequest } from "../domain/advice.ts";
import type { ApprovalRequest, Deputy, FixedWaybill, Question, ReleasedAssessment } from "../domain/approval.ts";
import { ADVISERS, APPROVER_ROLES, METHODS } from "../domain/facts.ts";
import type { Proof } from "../domain/lifecycle/step.ts";
import type { AgreementDocument, KeptDocument, SharingAgreement } from "../domain/sharing-agreement.ts";
import type { StandingArrangement } from "../domain/standing-arrangement.ts";
import { type Columns, json, orNull, text, textOf, whole } from "./columns.ts";
import * as shape from "./shape.ts";
import { damaged } from "./shape.ts";
import { classification } from "./transfer-columns.ts";

/** A proof has members of its own beside these: all are texts. */
const proof: shape.Shape<Proof> = (value, where) => {
  const texts = shape.recordOf(shape.string)(value, where);
  const { statement, signature, publicKey, keyKind } = texts;
  if (statement === undefined || signature === undefined || publicKey === undefined) {
    throw damaged(where, "a statement with its signature");
  }
  const kind = shape.oneOf("arrival", "passkey", "device")(keyKind, `${where}.keyKind`);
  return { ...texts, statement, signature, publicKey, keyKind: kind };
};

export const approval = {
  id: text,
  reference: text,
  digest: text,
  role: textOf(shape.oneOf(...APPROVER_ROLES)),
  state: textOf(shape.oneOf("waiting", "approved", "refused", "superseded", "lapsed")),
  askedAt: text,
  dueAt: text,
  remindedAt: orNull(text),
  escalatedAt: orNull(text),
  questions: json(
    shape.listOf(
      shape.object<Question>({
        text: shape.string,
        askedBy: shape.string,
        askedAt: shape.string,
        answer: shape.orNull(shape.string),
        answeredAt: shape.orNull(shape.string),
      }),
    ),
  ),
  decidedBy: orNull(text),
  inPlaceOf: orNull(text),
  decidedAt: orNull(text),
  reason: text,
  proof: orNull(json(proof)),
} satisfies Columns<ApprovalRequest>;

export const deputy = {
  id: text,
  principalId: text,
  deputyId: text,
  from: text,
  until: text,
  appointedBy: text,
  createdAt: text,
  endedAt: orNull(text),
} satisfies Columns<Deputy>;

export const fixedWaybill = {
  digest: text,
  reference: text,
  text,
  assessment: text,
  at: text,
} satisfies Columns<FixedWaybill>;

export const releasedAssessment = {
  digest: text,
  reference: text,
  text,
  at: text,
} satisfies Columns<ReleasedAssessment>;

const method = shape.oneOf(...METHODS);

export const arrangement = {
  id: text,
  role: textOf(shape.oneOf("line-manager", "senior-manager")),
  requesterId: text,
  purpose: text,
  recipients: json(shape.listOf(shape.string)),
  classification: textOf(classification),
  people: whole,
  bytes: whole,
  method: textOf(method),
  ends: text,
  state: textOf(shape.oneOf("asked", "agreed", "refused", "ended", "lapsed")),
  createdAt: text,
  remindedAt: orNull(text),
  decidedBy: orNull(text),
  decidedAt: orNull(text),
  reason: text,
  proof: orNull(json(proof)),
} satisfies Columns<StandingArrangement>;

export const agreement = {
  id: text,
  reference: text,
  organisation: text,
  methods: json(shape.listOf(method)),
  expires: text,
  documents: text,
  createdAt: text,
  createdBy: text,
  endedAt: orNull(text),
  remindedAt: orNull(text),
} satisfies Columns<SharingAgreement>;

export const agreementDocument = {
  id: text,
  agreementId: text,
  title: text,
  digest: text,
  size: whole,
  addedAt: text,
  addedBy: text,
  removedAt: orNull(text),
} satisfies Columns<AgreementDocument>;

export const keptDocument = { ...agreementDocument, content: text } satisfies Columns<KeptDocument>;

export const advice = {
  id: text,
  reference: text,
  adviser: textOf(shape.oneOf(...ADVISERS)),
  question: text,
  askedBy: text,
  askedAt: text,
  basis: text,
  shown: orNull(json(shape.listOf(shape.object<AdviceLine>({ key: shape.string, value: shape.string })))),
  answer: orNull(text),
  verdict: orNull(textOf(shape.oneOf("may-go", "may-not-go"))),
  impactAssessment: orNull(textOf(shape.oneOf("needed", "not-needed", "made"))),
  answeredBy: orNull(text),
  answeredAt: orNull(text),
  outcome: orNull(text),
  outcomeAt: orNull(text),
  supersededAt: orNull(text),
} satisfies Columns<AdviceRequest>;
