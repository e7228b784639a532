import { Type } from "typebox";
import { fromBase64 } from "../../bytes/base64.ts";
import { parseAddress } from "../../domain/address.ts";
import { SECRET_CHANNELS } from "../../domain/facts.ts";
import type { SendingView, StartAnswer, StatusView, TransferListAnswer } from "../../domain/wire/sending.ts";
import { policyNow } from "../assessing/policy-now.ts";
import { LONGEST_EXPIRY_DAYS, startDraft } from "../drafts/draft.ts";
import { readFacts } from "../drafts/facts.ts";
import { type Matched, matchRecipients } from "../drafts/match-recipients.ts";
import { takeBack } from "../drafts/take-back.ts";
import { ServerError } from "../error.ts";
import { type Row, row } from "../gate/row.ts";
import { sendingView, statusOf, summaryOf } from "./sending-view.ts";

const PAGE = 50;
const text = (maxLength: number) => Type.String({ maxLength });

const flag = Type.Optional(Type.Union([Type.Boolean(), Type.Null()]));

/** What else can be stated; what is left out is not stated. */
const moreFacts = {
  special: flag,
  offences: flag,
  namesWithAddresses: flag,
  people: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 1e10 }), Type.Null()])),
  criminalJustice: flag,
  minimised: flag,
  agreement: Type.Optional(
    Type.Union([
      Type.Object({ reference: text(200) }, { additionalProperties: false }),
      Type.Object({ none: text(2000) }, { additionalProperties: false }),
      Type.Null(),
    ]),
  ),
  destinationStorage: Type.Optional(Type.Union([text(2000), Type.Null()])),
  recordCopy: Type.Optional(Type.Union([text(2000), Type.Null()])),
  lawfulBasis: Type.Optional(
    Type.Union([
      Type.Object({ basis: text(100), special: text(100), offences: text(100) }, { additionalProperties: false }),
      Type.Null(),
    ]),
  ),
  secretChannel: Type.Optional(Type.Union([...SECRET_CHANNELS.map((each) => Type.Literal(each)), Type.Null()])),
};

/** A draft as the command line states it: any text in any field, checked like what a form sends. */
const startBody = Type.Object({
  facts: Type.Object({
    purpose: text(10_000),
    necessity: text(10_000),
    classification: text(40),
    personal: Type.Boolean(),
    sensitive: Type.Boolean(),
    impact: Type.Object({ individuals: text(20), organisation: text(20) }),
    ...moreFacts,
  }),
  recipients: Type.Array(
    Type.Object({
      address: text(300),
      expecting: Type.Optional(Type.Boolean()),
      legitimateNeed: Type.Optional(text(2000)),
    }),
    { minItems: 1, maxItems: 1000 },
  ),
  expiresDays: Type.Optional(Type.Integer({ minimum: 1, maximum: LONGEST_EXPIRY_DAYS })),
});

/** Starting, finding, following and taking back transfers; the JSON is in `domain/wire/sending.ts`. */
export const sendingDraftRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/transfers",
    who: "colleague",
    body: startBody,
    rates: [{ times: 60, seconds: 600, by: "caller" }],
    handle: async (visit, body): Promise<StartAnswer> => {
      const { purpose, necessity, classification, personal, sensitive, impact, ...more } = body.facts;
      const { rules } = policyNow(visit.parts).settings;
      const typed = { purpose, necessity, recordCopy: null, classification, personal, sensitive, ...impact };
      const stated = readFacts(typed, rules, more);
      if (!stated.ok) throw incomplete(Object.values(stated.errors));
      const addresses = body.recipients.map(({ address }) => parseAddress(address));
      const { matched, unmatched } = await matchRecipients(visit.parts.records.read, addresses);
      if (unmatched.length > 0) throw incomplete(unmatched.map(({ why }) => why));
      const reference = await startDraft(visit, {
        facts: stated.facts,
        recipients: matched.map((each) => ({ ...each, ...statedOf(body.recipients, each.address) })),
        expiryDays: body.expiresDays ?? null,
        standInId: null,
      });
      visit.reply.status(201);
      return { reference };
    },
  }),
  row({
    method: "GET",
    path: "/api/transfers",
    who: "member",
    handle: async ({ parts, member, query }): Promise<TransferListAnswer> => {
      const { read } = parts.records;
      const asked = Number(query.offset ?? 0);
      const offset = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
      const found = await read.transfersOf(member.id, { limit: PAGE + 1, offset });
      const transfers = await Promise.all(found.slice(0, PAGE).map((each) => summaryOf(read, each)));
      return { transfers, next: found.length > PAGE ? offset + PAGE : null };
    },
  }),
  row({
    method: "GET",
    path: "/api/transfers/:ref",
    who: "teller",
    handle: async (visit): Promise<SendingView> => sendingView(visit),
  }),
  row({
    method: "GET",
    path: "/api/transfers/:ref/manifest",
    who: "sender",
    handle: async ({ reply, transfer }) => {
      const manifest = transfer.endedAt === null ? (transfer.sealed?.manifest ?? "") : ""; // what a hold keeps is handed to nobody
      if (manifest === "") {
        const message = "There is no list of files: they are not sealed yet, or were destroyed. Nothing was changed.";
        throw new ServerError({ code: "gone", message });
      }
      reply.type("application/octet-stream").header("cache-control", "no-store");
      return Buffer.from(fromBase64(manifest).buffer);
    },
  }),
  row({
    method: "GET",
    path: "/api/transfers/:ref/status",
    who: "sender",
    handle: async ({ parts, transfer }): Promise<StatusView> => statusOf(parts.records.read, transfer),
  }),
  row({
    method: "POST",
    path: "/api/transfers/:ref/recall",
    who: "sender",
    handle: async (visit): Promise<StatusView> => {
      await takeBack(visit);
      const { reference } = visit.transfer;
      const after = await visit.parts.records.read.transfer(reference);
      return statusOf(visit.parts.records.read, after ?? visit.transfer);
    },
  }),
];

/** What the client stated of one recipient. */
function statedOf(
  recipients: readonly { address: string; expecting?: boolean; legitimateNeed?: string }[],
  address: string,
): Pick<Matched, "expecting" | "legitimateNeed"> {
  const stated = recipients.find((each) => parseAddress(each.address) === address);
  return { expecting: stated?.expecting ?? null, legitimateNeed: stated?.legitimateNeed?.trim() ?? "" };
}

function incomplete(whys: readonly string[]): ServerError {
  return new ServerError({ code: "bad-request", message: `Nothing was started. ${whys.map(sentence).join(" ")}` });
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
