import {
  type Exposure,
  INCIDENT_KINDS,
  type Incident,
  type IncidentAction,
  type LinkedTransfer,
  type Report,
  type Telling,
  type Told,
} from "../domain/incident.ts";
import { type Columns, flag, json, orNull, text, textOf } from "./columns.ts";
import * as shape from "./shape.ts";

const kind = shape.oneOf(...INCIDENT_KINDS);
const string = shape.string;
const orNone = shape.orNull(string);

const report = shape.object<Report>({
  number: string,
  at: string,
  kind,
  standing: shape.oneOf("sender", "recipient", "link", "sheet", "reference", "member", "nobody"),
  memberId: orNone,
  recipientId: orNone,
  words: string,
  reach: string,
  about: string,
  stopped: shape.orNull(shape.oneOf("ended", "paused")),
});

const exposure = shape.object<Exposure>({ recipientId: string, handedOutAt: orNone, openedAt: orNone });

const linked = shape.object<LinkedTransfer>({
  reference: string,
  senderId: string,
  at: string,
  exposures: shape.listOf(exposure),
});

const told = shape.object<Told>({ as: string, name: string, address: string, memberId: orNone, at: string });

const action = shape.object<IncidentAction>({ id: string, what: string, whoId: string, due: string, doneAt: orNone });

const telling = orNull(
  json(shape.object<Telling>({ tell: shape.boolean, reason: string, byMemberId: string, at: string })),
);

export const incident = {
  id: text,
  state: textOf(shape.oneOf("reported", "acknowledged", "closed")),
  kind: textOf(kind),
  reportedAt: text,
  knownAt: text,
  deadlineToldAt: orNull(text),
  dueAt: text,
  escalatedAt: orNull(text),
  acknowledgedAt: orNull(text),
  ownerId: orNull(text),
  personal: orNull(flag),
  reports: json(shape.listOf(report)),
  transfers: json(shape.listOf(linked)),
  told: json(shape.listOf(told)),
  actions: json(shape.listOf(action)),
  authority: telling,
  people: telling,
  lessons: text,
  closedAt: orNull(text),
  events: json(shape.listOf(shape.count)),
} satisfies Columns<Incident>;
