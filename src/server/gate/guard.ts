import type { FastifyReply, FastifyRequest } from "fastify";
import { iso } from "../../domain/clock.ts";
import { standInOf } from "../../domain/colleague.ts";
import type { Member } from "../../domain/member.ts";
import { parseReference } from "../../domain/reference.ts";
import { advises } from "../advice/advisers.ts";
import { asApprover } from "../approvals/approvers.ts";
import { countToAgree } from "../approvals/queue.ts";
import { ServerError } from "../error.ts";
import { lookerOf, mayActOnIncident, mayReadIncident } from "../incidents/may-read.ts";
import { refuseUnlessKeeper } from "../journeys/agreements/keeper.ts";
import { refuseUnlessMediaKeeper } from "../media/media-keeper.ts";
import type { Parts } from "../parts.ts";
import { refuseUnlessPostRoom } from "../post-room/post-room.ts";
import { takesCommandLine } from "./by-command-line.ts";
import { refuseUnlessOverseer } from "./overseer.ts";
import type {
  AdviserVisit,
  ApproverVisit,
  ArrangementVisit,
  IncidentVisit,
  MemberVisit,
  RecipientVisit,
  Row,
  SenderVisit,
  Visit,
} from "./row.ts";
import { provedMailbox, type Session, sessionOf } from "./session.ts";
import { refuseUnlessWorkAddress } from "./work-address.ts";

/**
 * The one choke point: builds the visit that the row asks for, or throws. What another member owns is answered exactly like
 * what does not exist. A recipient's row, whose id nobody can guess, asks for proof of the mailbox.
 */
export async function admit(row: Row, request: FastifyRequest, reply: FastifyReply, parts: Parts): Promise<Visit> {
  const organisation = await parts.records.read.organisation();
  const live = await liveSession(parts, request);
  const byToken = live !== null && live.deviceKeyId !== "" && !takesCommandLine(row);
  // What anybody may ask, a token asks as nobody in particular: it speaks for its member nowhere but on its own rows.
  const session = byToken ? null : live;
  const found = session ? await parts.records.read.member(session.memberId) : null;
  const member = found?.state === "active" ? found : null;
  const params = request.params as Record<string, string>;
  const query = Object.fromEntries(Object.entries(request.query as object).map(([key, value]) => [key, String(value)]));
  const visit: Visit = { request, reply, parts, params, query, organisation, member };
  if (row.who === "anyone") return visit;
  if (!organisation) throw new ServerError({ code: "not-set-up", message: "This Waybill is not set up yet." });
  if (row.who === "anonymous") return { ...visit, ...(await countOnPages(row, parts, member)) };
  if (byToken) {
    throw new ServerError({
      code: "not-allowed",
      message: "This is done in a browser, where you sign in yourself. Nothing was changed: sign in there.",
    });
  }
  if (row.who === "recipient") return admitRecipient({ ...visit, organisation });
  if (!member || !session) {
    throw new ServerError({ code: "sign-in-first", message: "Sign in first. What you sent was not carried out." });
  }
  const memberVisit: MemberVisit = {
    ...visit,
    ...(await countOnPages(row, parts, member)),
    organisation,
    member,
    session,
  };
  switch (row.who) {
    case "member":
      return memberVisit;
    case "colleague":
      refuseUnlessWorkAddress(member, organisation); // SDT-17
      return memberVisit;
    case "administrator":
      if (member.roles.includes("administrator")) {
        refuseUnlessWorkAddress(member, organisation); // SDT-17
        return memberVisit;
      }
      throw new ServerError({
        code: "not-allowed",
        message: "Only an administrator may do this, in a browser. Nothing was changed.",
      });
    case "auditor":
    case "overseer":
    case "reviewer":
      refuseUnlessOverseer(member, row.who); // SIS-37
      refuseUnlessWorkAddress(member, organisation); // SDT-17
      return memberVisit;
    case "keeper":
      refuseUnlessKeeper(member); // SDT-5
      refuseUnlessWorkAddress(member, organisation); // SDT-17
      return memberVisit;
    case "media-keeper":
      refuseUnlessMediaKeeper(member); // SDT-23, SIS-26
      refuseUnlessWorkAddress(member, organisation); // SDT-17
      return memberVisit;
    case "post-room":
      refuseUnlessPostRoom(member);
      refuseUnlessWorkAddress(member, organisation); // SDT-17
      return memberVisit;
    case "adviser":
      return admitAdviser(memberVisit);
    case "arranger":
      return admitArranger(memberVisit);
    case "incident-reader":
      return admitToIncident(memberVisit);
    case "incident-handler": {
      const incidentVisit = await admitToIncident(memberVisit);
      if (incidentVisit.acts) return incidentVisit;
      throw notThere();
    }
    case "sender":
    case "teller":
      return admitSender(memberVisit, row.who);
    case "approver":
      return admitApprover(memberVisit);
    default:
      throw notThere();
  }
}

/** A command line's session ends with its key, at once. */
async function liveSession(parts: Parts, request: FastifyRequest): Promise<Session | null> {
  const session = await sessionOf(parts, request);
  if (!session?.deviceKeyId) return session;
  const keys = await parts.records.read.keysOf(session.memberId);
  return keys.some(({ id }) => id === session.deviceKeyId) ? session : null;
}

async function admitSender(visit: MemberVisit, who: "sender" | "teller"): Promise<SenderVisit> {
  const reference = parseReference(visit.params.ref ?? "");
  const { read } = visit.parts.records;
  const transfer = await read.transfer(reference);
  if (!transfer) throw notThere();
  const recipients = await read.recipients(reference);
  const mayTell = who === "teller" && (await standInOf(read, transfer, recipients))?.id === visit.member.id; // SDT-13
  if (transfer.senderId !== visit.member.id && !mayTell) throw notThere();
  return { ...visit, transfer, recipients };
}

/** SDT-3, SIS-3: whoever holds the role, or stands in for somebody who does. To everybody else there is no such request. */
async function admitApprover(visit: MemberVisit): Promise<ApproverVisit> {
  const { parts, params, member } = visit;
  const { read } = parts.records;
  const asked = await read.approval(params.id ?? "");
  const transfer = asked ? await read.transfer(asked.reference) : null;
  const sender = transfer ? await read.member(transfer.senderId) : null;
  if (!asked || !transfer || !sender || sender.id === member.id) throw notThere();
  const approver = await asApprover(read, member, asked.role, sender, iso(parts.clock.now()));
  if (!approver && asked.decidedBy !== member.id) throw notThere();
  refuseUnlessWorkAddress(member, visit.organisation); // SDT-17
  return { ...visit, asked, approver, transfer, sender };
}

/** OXM-4, SIS-15, SDT2-6: the adviser's team, and the sender who asked. To everybody else there is no such question. */
async function admitAdviser(visit: MemberVisit): Promise<AdviserVisit> {
  const { read } = visit.parts.records;
  const advice = await read.advice(visit.params.id ?? "");
  const transfer = advice ? await read.transfer(advice.reference) : null;
  const answers = advice !== null && advises(visit.member, advice);
  if (!advice || !transfer || !(answers || advice.askedBy === visit.member.id)) throw notThere();
  refuseUnlessWorkAddress(visit.member, visit.organisation); // SDT-17
  return { ...visit, advice, transfer, answers };
}

/** SDT-3, SIS-3: who described it, and the managers who may agree to it. To everybody else there is no such arrangement. */
async function admitArranger(visit: MemberVisit): Promise<ArrangementVisit> {
  const { parts, params, member } = visit;
  const { read } = parts.records;
  const arrangement = await read.arrangement(params.id ?? "");
  const requester = arrangement ? await read.member(arrangement.requesterId) : null;
  if (!arrangement || !requester) throw notThere();
  const at = iso(parts.clock.now());
  const answers = (await asApprover(read, member, arrangement.role, requester, at)) !== null;
  if (!answers && requester.id !== member.id && arrangement.decidedBy !== member.id) throw notThere();
  refuseUnlessWorkAddress(member, visit.organisation); // SDT-17
  return { ...visit, arrangement, requester, answers };
}

/** SIS-37: whom it went to, who looks after it, and who is concerned. To everybody else there is no such incident. */
async function admitToIncident(visit: MemberVisit): Promise<IncidentVisit> {
  const { parts, params, member } = visit;
  const incident = await parts.records.read.incidentNumbered(params.id ?? ""); // each report has a number of its own
  const looker = await lookerOf(parts, member);
  const sees = incident ? mayReadIncident(looker, incident) : null;
  if (!incident || !sees) throw notThere();
  refuseUnlessWorkAddress(member, visit.organisation); // SDT-17
  return { ...visit, incident, sees, acts: mayActOnIncident(looker, incident) };
}

/** What the header says; programs ask for no header. */
async function countOnPages({ path }: Row, { records, clock }: Parts, member: Member | null) {
  if (!member || path.startsWith("/api/")) return {};
  return { toAgree: await countToAgree(records.read, member, iso(clock.now())) };
}

async function admitRecipient(
  visit: Visit & { organisation: NonNullable<Visit["organisation"]> },
): Promise<RecipientVisit> {
  const { parts, params, member } = visit;
  const recipient = await parts.records.read.recipient(params.id ?? "");
  const transfer = recipient ? await parts.records.read.transfer(recipient.reference) : null;
  if (!recipient || !transfer || recipient.state === "named") throw notThere();
  const isMember = member !== null && recipient.party.kind === "member" && recipient.party.memberId === member.id;
  const proof = isMember ? "member" : (await provedMailbox(parts, visit.request, recipient.id)) ? "mailbox" : null;
  if (!proof || (recipient.party.kind === "member" && proof === "mailbox")) {
    throw new ServerError({
      code: "sign-in-first",
      message: "First show that this is your mailbox: ask for a code on the package's page.",
    });
  }
  return { ...visit, transfer, recipient, proof };
}

function notThere(): ServerError {
  return new ServerError({
    code: "no-such-page",
    message: "There is nothing here that you can see. Check the address or the reference.",
  });
}
