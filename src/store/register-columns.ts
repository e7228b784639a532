import type { FaxCheck, FaxMachine } from "../domain/fax-machine.ts";
import type { FaxReport, KeptFaxReport } from "../domain/fax-report.ts";
import { INCOMING_CONDITIONS, type IncomingPost } from "../domain/incoming-post.ts";
import { type Erasure, MEDIUM_KINDS, MEDIUM_PURPOSES, MEDIUM_STATES, type Medium } from "../domain/medium.ts";
import { type Columns, flag, json, orNull, text, textOf, whole } from "./columns.ts";
import * as shape from "./shape.ts";

export const medium = {
  id: text,
  serial: text,
  owner: text,
  kind: textOf(shape.oneOf(...MEDIUM_KINDS)),
  capacity: whole,
  purpose: textOf(shape.oneOf(...MEDIUM_PURPOSES)),
  state: textOf(shape.oneOf(...MEDIUM_STATES)),
  custodianId: orNull(text),
  reference: orNull(text),
  returnDue: orNull(text),
  eraseDue: orNull(text),
  reviewDue: orNull(text),
  erasure: orNull(
    json(
      shape.object<Erasure>({
        method: shape.string,
        byId: shape.string,
        witnessId: shape.orNull(shape.string),
        at: shape.string,
      }),
    ),
  ),
  createdAt: text,
  createdBy: text,
  remindedAt: orNull(text),
  escalatedAt: orNull(text),
} satisfies Columns<Medium>;

export const faxMachine = {
  id: text,
  number: text,
  location: text,
  owner: text,
  check: orNull(json(shape.object<FaxCheck>({ byId: shape.string, at: shape.string, until: shape.string }))),
  createdAt: text,
  createdBy: text,
  endedAt: orNull(text),
  remindedAt: orNull(text),
} satisfies Columns<FaxMachine>;

export const incomingPost = {
  id: text,
  reference: orNull(text),
  recipientId: orNull(text),
  otherReference: text,
  addressee: text,
  memberId: orNull(text),
  addresseeOnly: flag,
  condition: textOf(shape.oneOf(...INCOMING_CONDITIONS)),
  at: text,
  byId: text,
} satisfies Columns<IncomingPost>;

export const faxReport = {
  reference: text,
  keptAt: text,
  digest: text,
  size: whole,
  readers: json(shape.listOf(shape.string)),
  at: text,
  byId: text,
} satisfies Columns<FaxReport>;

export const keptFaxReport = { ...faxReport, content: text } satisfies Columns<KeptFaxReport>;
