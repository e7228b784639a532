import { isAbsolute, resolve } from "node:path";
import { canonicalJson } from "../../bytes/canonical-json.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { ClientError } from "../../client/error.ts";
import type { Made } from "../../client/sending/order.ts";
import { record, text } from "../../client/shape.ts";
import { sendingView } from "../../client/views.ts";
import { parseAddress } from "../../domain/address.ts";
import { parseReference } from "../../domain/reference.ts";
import type { StatedFacts } from "../../domain/transfer.ts";
import type { SendingView, StartBody } from "../../domain/wire/sending.ts";
import type { Session } from "../account/session.ts";
import { CliError } from "../error.ts";
import { adoptDraft } from "./adopt-draft.ts";
import type { Choice } from "./choose-files.ts";
import type { Draft, Drafts } from "./drafts.ts";

/** A new sending, as the command says it. */
export interface Wanted {
  readonly facts: StatedFacts;
  readonly to: readonly string[];
  /** SIS-13 and SDT-7, said of everybody; false and empty: not said. */
  readonly expecting: boolean;
  readonly legitimateNeed: string;
  readonly expiresDays: number | null;
  readonly subject: string;
  readonly riskyReason: string;
  readonly files: readonly string[];
  readonly stdinName: string;
  readonly messageFile: string | null;
}

/** A draft, and the server's view of it. */
export interface Found {
  readonly draft: Draft;
  readonly view: SendingView;
  /** Whether an earlier run of this command line began it. */
  readonly resumed: boolean;
  /** What another device of the sender sealed; null where the files are here. */
  readonly elsewhere: Made | null;
}

/**
 * The draft that the same command began and did not finish, or a new one.
 * @param choose opens and checks the files; what it throws leaves nothing on the server.
 */
export async function draftFor(
  wanted: Wanted,
  session: Session,
  drafts: Drafts,
  choose: (choice: Choice) => Promise<void>,
): Promise<Found> {
  const to = [...new Set(wanted.to.map(parseAddress))];
  const said = {
    ...wanted,
    to,
    files: wanted.files.map(absolute),
    messageFile: wanted.messageFile === null ? null : absolute(wanted.messageFile),
  };
  const { impact, agreement, lawfulBasis, ...stated } = wanted.facts;
  const facts = {
    ...stated,
    impact: { ...impact },
    agreement: agreement && { ...agreement },
    lawfulBasis: lawfulBasis && { ...lawfulBasis },
  };
  const command = await sha256Hex(utf8(canonicalJson({ ...said, facts })));
  const earlier = drafts.find({ command });
  const view = earlier && (await viewOf(earlier.reference, session));
  if (earlier && view && !isOver(view)) return { draft: earlier, view, resumed: true, elsewhere: null };
  if (earlier) drafts.forget(earlier.reference);
  await choose(said);
  const body: StartBody = {
    facts: wanted.facts,
    recipients: to.map((address) => ({
      address,
      ...(wanted.expecting && { expecting: true }),
      ...(wanted.legitimateNeed !== "" && { legitimateNeed: wanted.legitimateNeed }),
    })),
    ...(wanted.expiresDays === null ? {} : { expiresDays: wanted.expiresDays }),
  };
  const { reference } = await session.http.send("POST", "/api/transfers", body, record({ reference: text }));
  const { subject, riskyReason, stdinName } = wanted;
  const { files, messageFile } = said;
  const draft = {
    reference,
    command,
    facts: wanted.facts,
    subject,
    riskyReason,
    files,
    stdinName,
    messageFile,
    made: null,
  };
  drafts.save(draft);
  const started = await session.http.get(`/api/transfers/${reference}`, sendingView);
  return { draft, view: started, resumed: false, elsewhere: null };
}

/**
 * The draft of that reference: one that this command line began, or one that another device of the sender sealed.
 * @param files others than before, or none.
 */
export async function resumedDraft(
  typed: string,
  files: readonly string[],
  session: Session,
  drafts: Drafts,
): Promise<Found> {
  const reference = parseReference(typed);
  const draft = drafts.find({ reference });
  const view = await viewOf(reference, session);
  if (draft === null) {
    if (view?.state === "draft" && files.length === 0) {
      const { draft: adopted, made } = await adoptDraft(view, session);
      return { draft: adopted, view, resumed: true, elsewhere: made };
    }
    const message = `${reference} was not begun by this command line, or was sent already: waybill status ${reference} tells. Nothing was sent.`;
    throw new CliError({ code: "usage", message });
  }
  if (view === null || isOver(view)) {
    drafts.forget(reference);
    const message = `${reference} is over: it was taken back or has expired. Nothing was sent. Send the files as a new transfer.`;
    throw new CliError({ code: "refused", message });
  }
  const going = files.length === 0 ? draft : { ...draft, files: files.map(absolute) };
  return { draft: going, view, resumed: true, elsewhere: null };
}

async function viewOf(reference: string, session: Session): Promise<SendingView | null> {
  try {
    return await session.http.get(`/api/transfers/${reference}`, sendingView);
  } catch (error) {
    if (error instanceof ClientError && [404, 410].includes(error.refusal?.status ?? 0)) return null;
    throw error;
  }
}

function isOver({ state }: SendingView): boolean {
  return ["closed", "refused", "recalled", "expired"].includes(state);
}

function absolute(path: string): string {
  return path === "-" || isAbsolute(path) ? path : resolve(path);
}
