import type { FastifyReply, FastifyRequest } from "fastify";
import type { AnonymousVisit } from "../../gate/row.ts";
import { sessionOf } from "../../gate/session.ts";
import type { Parts } from "../../parts.ts";
import { render } from "../../render.ts";
import { inEnglish, type Spoken, spoken } from "../account/spoken.ts";
import { overInvitationPage, refusalPage, refusedAs } from "../receive/receive-page.ts";

/** Where people outside are, who have no start page here and may read Welsh. */
const RECIPIENTS = /^\/(r\/|continue\b|genuine\b|report\b|join\/)/;
const INVITATION = /^\/join\//;
const OVER = 410;

/** The page of the transfer that something was asked of. */
const TRANSFER = /^\/transfers\/WB-[0-9A-Z]{4}-[0-9A-Z]{4}(?=\/)/;

const TITLES: Readonly<Record<number, string>> = {
  400: "That did not work",
  401: "Show that this is your mailbox first",
  403: "You cannot do this",
  404: "There is nothing at this address",
  409: "That is not possible now",
  410: "This is over",
  413: "That is too large",
  429: "Please wait a moment",
};

/** The page of any refusal or failure: what happened, what was not lost, what to do. */
export async function errorPage(
  parts: Parts,
  request: FastifyRequest,
  reply: FastifyReply,
  error: { readonly status: number; readonly message: string; readonly requestId: string | null },
): Promise<FastifyReply> {
  const organisation = await parts.records.read.organisation();
  const visit = { parts, request, reply, organisation, member: null, params: {}, query: {} };
  if (organisation && RECIPIENTS.test(request.url)) {
    const query = request.query as Record<string, string>;
    const asked = { ...visit, organisation, query };
    const over = error.status === OVER && INVITATION.test(request.url);
    return reply.send(over ? overInvitationPage(asked) : refusalPage(asked, error));
  }
  const title = TITLES[error.status] ?? (error.status >= 500 ? "Sorry, something went wrong" : "That did not work");
  const { message, requestId, status } = error;
  const transfer = status === 409 ? (TRANSFER.exec(request.url)?.[0] ?? null) : null;
  const inWelsh = organisation && (await welshFor({ ...visit, organisation }, status));
  const says = inWelsh ?? { ...inEnglish(organisation), title, message };
  return reply.send(render(visit, "errors/error.njk", { ...says, requestId, transfer }, status));
}

/** For somebody from outside who is signed in and reads Welsh. What the refusal itself says is more exact, and is in English only. */
async function welshFor(
  visit: AnonymousVisit,
  status: number,
): Promise<(Spoken & { readonly title: string; readonly message: string }) | null> {
  const which = refusedAs(status);
  if (which === 500) return null; // nothing more is asked of what may have failed
  const { parts, request } = visit;
  const session = await sessionOf(parts, request);
  const member = session && (await parts.records.read.member(session.memberId));
  if (!member) return null;
  const language = await spoken(visit, null, member);
  if (language.language === "en") return null;
  return { ...language, title: language.t.over.refused[which], message: language.a.refusal[which] };
}
