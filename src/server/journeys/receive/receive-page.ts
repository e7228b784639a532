import type { Language } from "../../../domain/contact.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { type Closed, closedBecause } from "../../api/receiving-open.ts";
import { nowOf } from "../../api/receiving-view.ts";
import type { AnonymousVisit } from "../../gate/row.ts";
import { cookieName, cookieOptions, provedMailbox } from "../../gate/session.ts";
import { type PageContext, render } from "../../render.ts";
import { accountTextsIn } from "../../texts/account/texts.ts";
import { cy } from "../../texts/receiving/cy.ts";
import { en } from "../../texts/receiving/en.ts";
import type { House, ReceivingTexts, Refused, Sender, Who } from "../../texts/receiving/texts.ts";
import { senderOf, tellerOf } from "./senders.ts";

const REFUSED: readonly Refused[] = [401, 403, 404, 409, 410, 413, 429, 500];
const CATALOGUES: Readonly<Record<Language, ReceivingTexts>> = { en, cy };

/** One recipient's rows, and how far whoever asks has shown to be that recipient. */
export interface Found {
  readonly transfer: Transfer;
  readonly recipient: Recipient;
  readonly sender: Sender;
  /** SDT-13: who tells the six words; null once nobody can any more. */
  readonly teller: Who | null;
  readonly proved: boolean;
  readonly closed: Closed | null;
}

/** The row of /r/:id for whoever holds the link; null when there is none, or it is not released yet. Reading changes nothing. */
export async function find(visit: AnonymousVisit): Promise<Found | null> {
  const { parts, request, member, params } = visit;
  const recipient = await parts.records.read.recipient(params.id ?? "");
  const transfer = recipient && (await parts.records.read.transfer(recipient.reference));
  if (!transfer || transfer.carriage || recipient.state === "named") return null;
  const { party } = recipient;
  const proved =
    party.kind === "member" ? member?.id === party.memberId : await provedMailbox(parts, request, recipient.id);
  const closed = closedBecause(transfer, recipient, nowOf(parts));
  return { transfer, recipient, ...(await peopleOf(visit, transfer)), proved, closed };
}

/** Who sent it, and who tells the six words. */
export async function peopleOf(
  visit: AnonymousVisit,
  transfer: Transfer,
): Promise<{ readonly sender: Sender; readonly teller: Who | null }> {
  const teller = await tellerOf(visit, transfer);
  return { sender: await senderOf(visit, transfer), teller: teller && { name: teller.name, address: teller.address } };
}

/**
 * The language of a page: asked for in the address, chosen before in this browser, the recipient's, or the browser's own. Without `known`
 * nothing of a recipient shows in it, so that a page about nothing looks the same for every address.
 */
export function languageOf(visit: AnonymousVisit, known: Pick<Recipient, "language"> | null): Language {
  const { parts, request, reply, query } = visit;
  const name = cookieName(parts, "waybill-language");
  const asked = asLanguage(query.lang);
  if (asked) reply.setCookie(name, asked, cookieOptions(parts));
  const welsh = /^cy\b/i.test(request.headers["accept-language"] ?? "");
  return asked ?? asLanguage(request.cookies[name]) ?? known?.language ?? (welsh ? "cy" : "en");
}

function asLanguage(text: string | undefined): Language | null {
  return text === "en" || text === "cy" ? text : null;
}

export function textsIn(language: Language): ReceivingTexts {
  return CATALOGUES[language];
}

/** Renders a page for recipients. `title` and the rest of its words come from the catalogue, as `t` in the template. */
export function receivePage(
  visit: AnonymousVisit,
  template: string,
  found: Pick<Found, "transfer" | "recipient" | "sender" | "teller"> | null,
  context: (t: ReceivingTexts, language: Language) => PageContext & { readonly here: string },
  status = 200,
): string {
  const language = languageOf(visit, found?.recipient ?? null);
  const t = textsIn(language);
  const house = visit.organisation;
  return render(
    visit,
    `receive/${template}.njk`,
    {
      language,
      t,
      house,
      ...found,
      left: found && leftText(found, t, house),
      host: new URL(visit.parts.place.origin).host,
      ...context(t, language),
    },
    status,
  );
}

/** Where the sender has left and six words are needed: who tells them now, or that nobody can, before anything else is asked. Else empty. */
function leftText(
  { transfer, recipient, sender, teller }: Pick<Found, "transfer" | "recipient" | "sender" | "teller">,
  t: ReceivingTexts,
  house: House,
): string {
  if (!sender.left || recipient.access !== "words" || transfer.carriage) return "";
  const [recovery, mayKnow] = [transfer.recovery !== null, recipient.arrival !== null];
  return t.common.left(sender, house, { teller, recovery, mayKnow });
}

/** The page of a link that opens nothing (any more): the same for an unknown one and for one that is over (no enumeration). */
export function nothingPage(visit: AnonymousVisit): string {
  return receivePage(
    visit,
    "nothing",
    null,
    bothWays(visit, (t) => ({ title: t.over.nothingTitle, said: t.over.nothing })),
    404,
  );
}

/**
 * The page for whoever only holds the link of something that is over. Once its last day has passed they are told that, however it ended before:
 * the email that brought the link says the day too, so that nothing is given away. What else became of it only those learn who have shown to be
 * the recipient.
 */
export function overPage(visit: AnonymousVisit, { transfer }: Pick<Found, "transfer">): string {
  if (transfer.expiresAt > nowOf(visit.parts)) return nothingPage(visit);
  const says = bothWays(visit, ({ over }) => ({ title: over.titles.expired, said: over.expiredLink }));
  return receivePage(visit, "nothing", null, says, 410);
}

/** The page of a refusal or a failure where recipients are: what the sender's colleagues read, with its link to their start page, is no help. */
export function refusalPage(
  visit: AnonymousVisit,
  {
    status,
    message,
    requestId,
  }: { readonly status: number; readonly message: string; readonly requestId: string | null },
): string {
  const which = refusedAs(status);
  const minutes = Math.ceil(Number(visit.reply.getHeader("retry-after") ?? 60) / 60);
  const says = bothWays(visit, ({ over }, language) => ({
    title: over.refused[which],
    said: [
      // What the refusal itself says is more exact, and is in English only.
      language === "en" && (which === 409 || which === 410) ? message : over.refusal[which](minutes),
      ...(requestId ? [`${over.faultReference} ${requestId}`] : []),
    ],
  }));
  return receivePage(visit, "nothing", null, says, status);
}

/** Which of the texts about refusals fits an HTTP status. */
export function refusedAs(status: number): Refused {
  return REFUSED.find((each) => each === status) ?? (status < 500 ? 409 : 500);
}

/** The page of an invitation to register that invites nobody any more: of whom it was for nothing is known either. */
export function overInvitationPage(visit: AnonymousVisit): string {
  const says = bothWays(visit, (_, language) => {
    const { overTitle, over } = accountTextsIn(language).join;
    return { title: overTitle, said: over };
  });
  return receivePage(visit, "nothing", null, says, 410);
}

/** Nothing of a recipient shows in such a page, so their language is not known: it stands in both, the browser's first. */
function bothWays(
  visit: AnonymousVisit,
  says: (t: ReceivingTexts, language: Language) => { readonly title: string; readonly said: readonly string[] },
) {
  return (t: ReceivingTexts, language: Language) => {
    const other: Language = language === "en" ? "cy" : "en";
    return {
      ...says(t, language),
      other: { language: other, ...says(textsIn(other), other) },
      here: visit.request.url.split("?")[0] ?? "/",
    };
  };
}

/** What became of a package that cannot be opened now, for those who may know. */
export function closedPage(visit: AnonymousVisit, found: Found, closed: Closed): string {
  return receivePage(
    visit,
    "closed",
    found,
    (t) => ({
      title: t.over.titles[closed],
      what: t.over.what[closed](found.sender, visit.organisation),
      here: `/r/${found.recipient.id}`,
    }),
    closed === "paused" ? 409 : 410,
  );
}

/** Where a recipient who has shown to be one goes on. */
export function nextPath({ id, state, party, arrival, access, wordsToldAt }: Recipient): string {
  if (state === "received") return `/r/${id}/done`;
  if (party.kind === "member") return `/r/${id}/open`;
  if (arrival === null) return `/r/${id}/arrive`;
  return access === "words" && wordsToldAt === null && state !== "opened" ? `/r/${id}/wait` : `/r/${id}/open`;
}

/** An address by its first letter and its domain: enough for its owner to know it. */
export function masked(address: string): string {
  return `${address.slice(0, 1)}…${address.slice(address.lastIndexOf("@"))}`;
}
