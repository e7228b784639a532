import { iso } from "../../domain/clock.ts";
import type { Actor } from "../../domain/event.ts";
import {
  COLLECTED_AFTER,
  collectedKey,
  type Incident,
  type IncidentKind,
  type Standing,
} from "../../domain/incident.ts";
import { reportProblem } from "../../domain/lifecycle/recipient-arrows.ts";
import type { Taken } from "../../domain/lifecycle/step.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Writer } from "../../domain/records.ts";
import { carryOut } from "../carry-out.ts";
import { networkOf } from "../gate/rate.ts";
import type { AnonymousVisit } from "../gate/row.ts";
import { type Filed, fileReport } from "./file-report.ts";
import type { Named } from "./named-transfer.ts";
import { stopAccess } from "./stop-access.ts";

/** What the page asks, as it was answered. */
export interface Answers {
  readonly kind: IncidentKind;
  readonly words: string;
  /** What was typed for a transfer. */
  readonly about: string;
}

/** Pauses of one transfer that reports without proof may bring about in a day. */
const PAUSES_A_DAY = 3;
const DAY = 24 * 3_600_000;

/** “Report a problem”, carried out: access is stopped where that is asked for, the report filed, and everybody told, in one transaction. */
export async function takeReport(
  visit: AnonymousVisit,
  { transfer: found, recipientId, standing }: Named,
  { kind, words, about }: Answers,
): Promise<Filed> {
  const { parts, member } = visit;
  const taken: Taken = { at: iso(parts.clock.now()), by: actorOf(visit, standing, recipientId) };
  const mayPause = await mayPauseNow(visit, { kind, standing, reference: found?.reference ?? "" });
  const alike = await alikeOf(visit, standing, kind);
  const filed = await parts.records.write(async (tx) => {
    const transfer = found ? await tx.transfer(found.reference) : null;
    const wrong = transfer !== null && kind === "wrong-person";
    const { stopped, ended } = wrong
      ? await stopAccess(tx, { standing, transfer, recipientId, mayPause }, taken)
      : { stopped: null, ended: [] };
    if (!wrong && standing === "recipient") await noteOnTransfer(tx, recipientId, kind, words, taken);
    const typed = transfer ? "" : about;
    const filing = { kind, standing, words, reach: "", about: typed, reporter: member, recipientId, transfer, stopped };
    return { ...(await fileReport(tx, parts, { ...filing, senderKnows: false, joins: alike.joins }, taken)), ended };
  });
  await alike.remember(filed.incident);
  for (const id of filed.ended) {
    await parts.ephemera.removeOwned("recipient-session", id);
    await parts.ephemera.removeOwned("continue", id);
  }
  return filed;
}

/** So many reports of a kind that name nothing of ours open an incident each, from one network and from all in an hour; what comes then joins the last. */
const APART = { network: 3, all: 20 } as const;
const HOUR = 3_600_000;

/**
 * Many reports of strangers are collected: none is lost, each is on record and answered alike, and whom they go to is mailed once
 * about all of them (`jobs/mail-collected-reports.ts`) and not of each.
 */
async function alikeOf({ parts, member, request }: AnonymousVisit, standing: Standing, kind: IncidentKind) {
  if (member || standing !== "nobody") return { joins: null, remember: async () => undefined };
  const { ephemera, clock, limits } = parts;
  const now = clock.now();
  const until = new Date(now.getTime() + HOUR);
  const keys = { network: `alike ${kind} ${networkOf(request.ip)}`, all: `alike ${kind}` } as const;
  const lastOf = async (of: keyof typeof keys) => {
    const times = await ephemera.count("rate", keys[of], now, until);
    return times > APART[of] * limits.rateFactor ? ephemera.get("report", keys[of], now) : null;
  };
  const [near, far] = [await lastOf("network"), await lastOf("all")];
  const last = near ?? far;
  return {
    joins: last?.owner ?? null,
    remember: async ({ id }: Incident) => {
      for (const key of Object.values(keys)) await ephemera.put("report", key, { owner: id }, until);
      if (id !== last?.owner) return;
      const waiting = await ephemera.get("report", collectedKey(id), now);
      const due = new Date(now.getTime() + COLLECTED_AFTER);
      if (waiting === null)
        await ephemera.put(
          "report",
          collectedKey(id),
          { owner: id, due: iso(due) },
          new Date(now.getTime() + 30 * DAY),
        );
    },
  };
}

function actorOf({ member }: AnonymousVisit, standing: Standing, recipientId: string | null): Actor {
  if (standing === "recipient" && recipientId) return { kind: "recipient", id: recipientId };
  if (member) return { kind: "member", id: member.id };
  return standing === "link" && recipientId ? { kind: "link-holder", id: recipientId } : { kind: "stranger" };
}

/** Reports without proof are counted for each transfer, so that nobody can keep one shut. */
async function mayPauseNow(
  { parts }: AnonymousVisit,
  {
    kind,
    standing,
    reference,
  }: { readonly kind: IncidentKind; readonly standing: Standing; readonly reference: string },
): Promise<boolean> {
  if (kind !== "wrong-person" || reference === "" || standing === "sender" || standing === "recipient") return true;
  const now = parts.clock.now();
  const until = new Date(now.getTime() + DAY);
  const times = await parts.ephemera.count("rate", `pause by report ${reference}`, now, until);
  return times <= PAUSES_A_DAY * parts.limits.rateFactor;
}

/** A recipient's report of damage or a loss stands on the transfer too: receipt waits until everything was checked again. */
async function noteOnTransfer(
  tx: Writer,
  recipientId: string | null,
  kind: IncidentKind,
  text: string,
  taken: Taken,
): Promise<void> {
  const recipient = recipientId ? await tx.recipient(recipientId) : null;
  const transfer = recipient && (await tx.transfer(recipient.reference));
  if (!transfer || isOver(recipient) || recipient.state === "paused") return;
  if (transfer.state !== "released" || transfer.expiresAt <= taken.at) return;
  const problem = kind === "missing" || kind === "damaged" ? kind : "other";
  await carryOut(tx, reportProblem(transfer, recipient, { kind: problem, text }, taken));
}
