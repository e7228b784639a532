import type { FastifyReply, FastifyRequest } from "fastify";
import type { Parts } from "../../parts.ts";
import { render } from "../../render.ts";
import { refusalPage } from "../receive/receive-page.ts";

/** Where people outside are, who have no start page here and may read Welsh. */
const RECIPIENTS = /^\/(r\/|continue\b|genuine\b|report\b)/;

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
    return reply.send(refusalPage({ ...visit, organisation, query }, error));
  }
  const title = TITLES[error.status] ?? (error.status >= 500 ? "Sorry, something went wrong" : "That did not work");
  const { message, requestId, status } = error;
  const transfer = status === 409 ? (TRANSFER.exec(request.url)?.[0] ?? null) : null;
  return reply.send(render(visit, "errors/error.njk", { title, message, requestId, transfer }, status));
}
