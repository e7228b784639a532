import { type CheckRecoveryKey, recoveryKeyDigest } from "../client/keys/check-recovery-key.ts";
import type { Made } from "../client/sending/order.ts";
import { sendingView } from "../client/views.ts";
import type { SendingView, StatusView } from "../domain/wire/sending.ts";
import { refuseFalseKeys } from "./account/own-keys.ts";
import { openSession, type Session } from "./account/session.ts";
import { canAsk } from "./ask.ts";
import { atServer } from "./at-server.ts";
import type { Command, Parts } from "./command.ts";
import { CliError } from "./error.ts";
import { COMMON, readOptions } from "./options.ts";
import { askMissing } from "./sending/ask-facts.ts";
import { type Choice, chooseFiles } from "./sending/choose-files.ts";
import { type Draft, Drafts } from "./sending/drafts.ts";
import { NO_FILE, readFactFile } from "./sending/fact-file.ts";
import { FACT_HELP, FACT_OPTIONS } from "./sending/fact-options.ts";
import { draftFor, type Found, resumedDraft } from "./sending/find-draft.ts";
import type { Said } from "./sending/missing-facts.ts";
import { recoveryKeyOf } from "./sending/recovery-key.ts";
import { refuseRisky } from "./sending/refuse-risky.ts";
import { refuseUnmet } from "./sending/refuse-unmet.ts";
import { refuseUnreadable } from "./sending/refuse-unreadable.ts";
import { restatedSince } from "./sending/restated.ts";
import { sealedElsewhere, signDraft } from "./sending/sign-draft.ts";
import type { Source } from "./sending/source.ts";
import { statedFacts } from "./sending/statement-of-facts.ts";
import { statusView, waitingText } from "./sending/status-of.ts";
import { uploadDraft } from "./sending/upload-draft.ts";
import { withWayOn } from "./sending/way-on.ts";

const OPTIONS = {
  ...COMMON,
  to: { type: "string", multiple: true },
  ...FACT_OPTIONS,
  expecting: { type: "boolean" },
  need: { type: "string" },
  facts: { type: "string" },
  subject: { type: "string" },
  "message-file": { type: "string" },
  "expires-days": { type: "string" },
  "risky-reason": { type: "string" },
  "stdin-name": { type: "string" },
  "accept-keys": { type: "string", multiple: true },
  "accept-recovery-key": { type: "string" },
  resume: { type: "string" },
  server: { type: "string" },
  yes: { type: "boolean", short: "y" },
} as const;

/** `waybill send`: files to people, sealed here. */
export const send: Command = atServer({
  usage: "waybill send FILE… --to ADDRESS… --purpose TEXT --necessity TEXT [OPTIONS] | send --resume REF [FILE…]",
  help: `Seals files and folders on this device and sends them to colleagues and contacts. When it is interrupted, the same command, or
--resume with the reference, goes on where it stopped.

      --to ADDRESS           a colleague or contact; may be given again
${FACT_HELP}      --subject TEXT         sealed, like the files
      --message-file FILE    a text to go with the files, sealed
      --expires-days N       when access ends and everything is destroyed; otherwise what your organisation set
      --risky-reason TEXT    why programs, scripts or files with macros must be sent
      --stdin-name NAME      what standard input (FILE is -) is called
      --accept-keys ADDRESS  accept new keys of that person; may be given again
      --accept-recovery-key NUMBER
                             accept the organisation's recovery key of that number, or that
                             there is "none" any more
      --resume REF           go on with a transfer that was begun here; without FILE also one
                         that another device of yours sealed
      --server URL           where this command line is enrolled at several servers
  -y, --yes                  sign without being asked
      --json                 say the result as JSON

Where the rules ask for more before it may be sent, that is listed with the clauses and what to add, and the exit code is 3. Where somebody
else has to agree, they are asked once you have signed, and it is sent when they have agreed: waybill status tells.

What is stated with these options, sender and recipients are not sealed: the server keeps them as the record. Sealed are files, message and subject.
`,
  async run(args, parts) {
    const { values, positionals } = readOptions({ args: [...args], options: OPTIONS, allowPositionals: true });
    const yes = values.yes === true;
    const unsigned = !yes && !canAsk(parts);
    if (unsigned && values.resume !== undefined) throw usage("There is no terminal to ask before signing: add --yes.");
    const begin =
      values.resume === undefined
        ? await newSending(values, positionals, { parts, unsigned })
        : resumption(values, positionals);
    const session = await openSession(parts, values.server).catch((cause: unknown) => {
      throw withWayOn(cause, values.resume ?? null);
    });
    const drafts = new Drafts(session.state);
    try {
      await refuseFalseKeys(session); // before anything is begun
      const recoveryKey = recoveryKeyOf(session, { accepted: values["accept-recovery-key"], parts });
      const accepted = values["accept-keys"] ?? [];
      const result = await carryOut(begin, session, drafts, { parts, yes, accepted, recoveryKey });
      parts.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${textOf(result)}\n`);
    } catch (cause) {
      throw withWayOn(cause, drafts.waiting);
    } finally {
      session.close();
    }
  },
});

type Values = ReturnType<typeof readOptions<{ options: typeof OPTIONS; allowPositionals: true }>>["values"];
/** @param choose opens and checks what is named; called before anything is begun on the server. */
type Begin = (session: Session, drafts: Drafts, choose: Choose) => Promise<Found>;
type Choose = (choice: Choice, riskyReason: string) => Promise<void>;

/** @param unsigned whether nobody can be asked to sign. */
async function newSending(
  values: Values,
  files: readonly string[],
  { parts, unsigned }: { readonly parts: Parts; readonly unsigned: boolean },
): Promise<Begin> {
  const to = values.to ?? [];
  if (files.filter((each) => each === "-").length > 1) throw usage("Standard input can be sent once.");
  const stdinName = values["stdin-name"] ?? "";
  if (files.includes("-") === (stdinName === "")) throw usage("Standard input (-) and --stdin-name go together.");
  const days = values["expires-days"];
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days)) throw usage("--expires-days takes a number of days.");
  const missing = [
    ...(files.length === 0 && values["message-file"] === undefined ? ["files, folders, or - for standard input"] : []),
    ...(to.length === 0 ? ["--to ADDRESS"] : []),
    ...(unsigned ? ["--yes, because there is no terminal to ask before signing"] : []),
  ];
  const conversing = values.json !== true && parts.stdin.isTTY === true && parts.stdout.isTTY === true && canAsk(parts);
  const ask = conversing ? (said: Said) => askMissing(said, parts) : null;
  const file = values.facts === undefined ? NO_FILE : await readFactFile(values.facts);
  const facts = await statedFacts(values, file, { missing, ask });
  const wanted = {
    facts,
    to,
    expecting: values.expecting === true,
    legitimateNeed: values.need?.trim() ?? "",
    expiresDays: days === undefined ? null : Number(days),
    subject: values.subject ?? "",
    riskyReason: values["risky-reason"]?.trim() ?? "",
    files,
    stdinName,
    messageFile: values["message-file"] ?? null,
  };
  return (session, drafts, choose) => draftFor(wanted, session, drafts, (choice) => choose(choice, wanted.riskyReason));
}

function resumption(values: Values, files: readonly string[]): Begin {
  const allowed = ["resume", "server", "yes", "json", "accept-keys", "accept-recovery-key"];
  const other = Object.keys(values).find((name) => !allowed.includes(name));
  if (other !== undefined) throw usage(`--resume goes on with what was said before: leave out --${other}.`);
  return (session, drafts) => resumedDraft(values.resume ?? "", files, session, drafts);
}

interface Result {
  readonly reference: string;
  readonly state: SendingView["state"];
  readonly items: number;
  readonly bytes: number;
  readonly expiresAt: string;
  readonly recipients: readonly { readonly name: string; readonly address: string; readonly access: string }[];
  /** Who is asked to agree before it is sent; empty when nobody is. */
  readonly waitsFor: StatusView["waitsFor"];
}

async function carryOut(begin: Begin, session: Session, drafts: Drafts, given: Omit<With, "session">): Promise<Result> {
  const chosen: Source[] = [];
  let found: Found;
  try {
    found = await begin(session, drafts, async (choice, reason) => {
      chosen.push(...(await chooseFiles(choice, given.parts)));
      await refuseUnreadable(chosen);
      await refuseRisky(chosen, reason);
    });
    await goOn(found, chosen, drafts, { ...given, session });
  } finally {
    for (const source of chosen) await source.close();
  }
  const { draft } = found;
  const after = await session.http.get(`/api/transfers/${draft.reference}`, sendingView);
  const { reference, state, sealed, expiresAt } = after;
  const recipients = after.recipients.map(({ name, address, access }) => ({ name, address, access }));
  const { waitsFor } = await session.http.get(`/api/transfers/${reference}/status`, statusView);
  drafts.forget(reference);
  return { reference, state, items: sealed?.items ?? 0, bytes: sealed?.bytes ?? 0, expiresAt, recipients, waitsFor };
}

async function goOn(
  { draft, view, resumed, elsewhere }: Found,
  chosen: Source[],
  drafts: Drafts,
  given: With,
): Promise<void> {
  // Signed by a run that ended before it could say so: sending it twice would be wrong.
  if (view.state !== "draft") return;
  const { reference } = draft;
  const { stderr } = given.parts;
  if (stderr.isTTY) stderr.write(`${resumed ? `Going on with ${reference}.` : `This transfer is ${reference}.`}\n`);
  if (elsewhere === null) await sendDraft(draft, view, chosen, drafts, given);
  else await signElsewhere(draft, view, elsewhere, given);
}

interface With {
  readonly session: Session;
  readonly parts: Parts;
  readonly yes: boolean;
  readonly accepted: readonly string[];
  readonly recoveryKey: CheckRecoveryKey;
}

/** @param chosen what was opened already; where there is nothing, an earlier run's files are chosen again into it. */
async function sendDraft(
  draft: Draft,
  view: SendingView,
  chosen: Source[],
  drafts: Drafts,
  given: With,
): Promise<void> {
  const stated = await standingDraft(draft, given);
  await refuseUnmet(given.session, stated, view.sealed !== null); // before anything is uploaded
  if (chosen.length === 0) chosen.push(...(await chooseFiles(draft, given.parts)));
  const made = await madeOf(draft, view, chosen, drafts, given);
  await signDraft(stated, made, view, given);
}

/** The draft as it stands on the server: what was stated anew elsewhere is seen by the person who signs it, and not kept here as theirs. */
async function standingDraft(draft: Draft, { session, yes, parts }: With): Promise<Draft> {
  const facts = await restatedSince(session, draft);
  if (facts === null) return draft;
  if (yes) {
    const message = `${draft.reference} was described anew in a browser: leave out --yes, and sign it at a terminal, where you see what it is. Nothing was sent.`;
    throw new CliError({ code: "usage", message });
  }
  if (parts.stderr.isTTY)
    parts.stderr.write("It was described anew since this command line began it: read what is signed.\n");
  return { ...draft, facts };
}

/** What nobody described here has to be seen by the person who signs it. */
async function signElsewhere(draft: Draft, view: SendingView, made: Made, given: With): Promise<void> {
  if (given.yes) {
    const message = `${draft.reference} was described and sealed on another device: leave out --yes, and sign it at a terminal, where you see what it is. Nothing was sent.`;
    throw new CliError({ code: "usage", message });
  }
  if (given.parts.stderr.isTTY) given.parts.stderr.write(`${sealedElsewhere(made)}\n`);
  await signDraft(draft, made, view, given);
}

/** What is sealed on the server, where that is these very files; otherwise they are sealed and uploaded. */
async function madeOf(
  draft: Draft,
  view: SendingView,
  sources: readonly Source[],
  drafts: Drafts,
  { session, parts, accepted, recoveryKey }: With,
): Promise<Made> {
  const stamp = JSON.stringify(sources.map(({ name, stamp: each }) => [name, each]));
  const { made } = draft;
  const same = made?.stamp === stamp && view.sealed?.content === made.made.content;
  if (same && made.made.recovery === (await recoveryKeyDigest(await recoveryKey()))) return made.made;
  await refuseRisky(sources, draft.riskyReason);
  const fresh = await uploadDraft(draft, sources, session, { accepted, recoveryKey, parts });
  drafts.save({ ...draft, made: { made: fresh, stamp } });
  return fresh;
}

function textOf({ reference, state, recipients, waitsFor }: Result): string {
  const words = recipients
    .filter(({ access }) => access === "words")
    .map(
      ({ name, address }) =>
        `When ${name} has confirmed arrival, tell them the six words: waybill words ${reference} ${address}`,
    );
  return [`${toldText(state, waitsFor)}: ${reference}. How it goes on: waybill status ${reference}`, ...words].join(
    "\n",
  );
}

function toldText(state: Result["state"], waitsFor: Result["waitsFor"]): string {
  if (state === "released") return "Sent";
  if (waitsFor.length === 0) return `Signed; it is ${state} now`;
  return `Signed; waits for ${waitsFor.map(waitingText).join(" and ")}`;
}

function usage(message: string): CliError {
  return new CliError({ code: "usage", message: `${message} Nothing was sent.` });
}
