import { Type } from "typebox";
import { randomId } from "../../../bytes/random.ts";
import {
  HANDED_AS,
  type HandedAs,
  INCOMING_CONDITIONS,
  type IncomingPost,
  incomingName,
} from "../../../domain/incoming-post.ts";
import { handPostOn, takeInPost } from "../../../domain/lifecycle/incoming-post-arrows.ts";
import type { Reader } from "../../../domain/records.ts";
import { takenBy } from "../../drafts/draft.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { colleagueFor, type Incoming, lookUpIncoming } from "../../post-room/take-in.ts";
import { render } from "../../render.ts";

const PATH = "/post-room/incoming";
const line = Type.Optional(Type.String({ maxLength: 100 }));
const taking = Type.Object({
  reference: line,
  who: line,
  addressee: line,
  address: line,
  addresseeOnly: line,
  condition: line,
  checked: line,
});
type Typed = Readonly<Partial<Record<keyof typeof taking.properties, string>>>;
type Errors = Readonly<Record<string, string>>;

/**
 * What comes in by post (SIS-9): its addressee is read, it is not opened, it waits here, and to whom it was handed is recorded. These
 * pages show no contents, and cannot: nothing of them is on this server.
 */
export const incomingRows: readonly Row[] = [
  row({ method: "GET", path: PATH, who: "post-room", handle: async (visit) => list(visit, "", {}) }),
  row({
    method: "POST",
    path: PATH,
    who: "post-room",
    body: Type.Object({ reference: line }),
    handle: async (visit, { reference = "" }) => {
      const found = await lookUpIncoming(visit.parts.records.read, reference);
      return typeof found === "string"
        ? list(visit, reference, { reference: found })
        : takingPage(visit, found, { reference }, {});
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/taken`,
    who: "post-room",
    body: taking,
    handle: async (visit, typed) => {
      const { parts, member } = visit;
      const { reference = "" } = typed;
      const found = await lookUpIncoming(parts.records.read, reference);
      if (typeof found === "string") return list(visit, reference, { reference: found });
      const { errors, post } = await readTaken(visit, found, typed);
      if (Object.keys(errors).length > 0) return takingPage(visit, found, typed, errors);
      await parts.records.write(async (tx) => {
        await tx.saveIncomingPost(post);
        await tx.append(takeInPost(post, takenBy(parts, member)));
      });
      return redirect(visit, `${PATH}/${post.id}`);
    },
  }),
  row({ method: "GET", path: `${PATH}/:id`, who: "post-room", handle: async (visit) => one(visit, {}, {}) }),
  row({
    method: "POST",
    path: `${PATH}/:id/handed`,
    who: "post-room",
    body: Type.Object({ as: line, to: line, checked: line }),
    handle: async (visit, typed) => {
      const { parts, member } = visit;
      const post = await postIn(parts.records.read, visit);
      const as = HANDED_AS.find((each) => each === typed.as);
      const errors = handingErrors(post, as, typed);
      if (as === undefined || Object.keys(errors).length > 0) return one(visit, typed, errors);
      const to = as === "addressee" ? post.addressee : as === "back" ? "the carrier" : (typed.to ?? "").trim();
      await parts.records.write(async (tx) => {
        const now = await postIn(tx, visit);
        await tx.append(handPostOn(now, { as, to }, takenBy(parts, member)));
        await tx.removeIncomingPost(now.id);
      });
      return redirect(visit, PATH);
    },
  }),
  // What waits there for a colleague: where it is, and what they do when they have it.
  row({
    method: "GET",
    path: "/post-waiting",
    who: "colleague",
    handle: async (visit) =>
      render(visit, "post-room/waiting.njk", {
        title: "Post for you",
        waiting: (await visit.parts.records.read.incomingPostFor(visit.member.id)).map((each) => ({
          ...each,
          name: incomingName(each),
        })),
      }),
  }),
];

/** What was taken in, or what is wrong with each answer. */
async function readTaken(visit: MemberVisit, found: Incoming, typed: Typed) {
  const { parts, member, organisation } = visit;
  const errors: Record<string, string> = {};
  const awaited = found.awaited.find((each) => each.member.id === typed.who);
  const name = (typed.addressee ?? "").trim();
  const address = (typed.address ?? "").trim();
  if (!awaited && found.awaited.length > 0 && typed.who !== "other") errors.who = "Choose whose name stands on it";
  else if (!awaited && name === "") errors.addressee = "Type the addressee as they stand on it";
  const colleague =
    awaited?.member ?? (await colleagueFor(parts.records.read, organisation.workDomains, { name, address }));
  if (!awaited && address !== "" && colleague === null)
    errors.address = "No colleague has this address. Leave it empty if you do not know it";
  const condition = INCOMING_CONDITIONS.find((each) => each === typed.condition);
  if (condition === undefined) errors.condition = "Choose how it came";
  if (typed.checked !== "yes") errors.checked = "Read the addressee first, then tick this. Nothing was recorded";
  const post: IncomingPost = {
    ...{ id: randomId(), reference: found.reference, otherReference: found.otherReference },
    recipientId: awaited?.recipientId ?? null,
    addressee: awaited?.member.name ?? name,
    memberId: condition === "not-ours" ? null : (colleague?.id ?? null),
    addresseeOnly: found.addresseeOnly || typed.addresseeOnly === "yes",
    condition: condition ?? "whole",
    at: parts.clock.now().toISOString(),
    byId: member.id,
  };
  return { errors, post };
}

function handingErrors(post: IncomingPost, as: HandedAs | undefined, typed: { to?: string; checked?: string }): Errors {
  return {
    ...(as === undefined ? { as: "Choose to whom you hand it" } : {}),
    ...(as !== undefined && as !== "back" && post.condition === "not-ours"
      ? { as: "It is for nobody here, so it goes back" }
      : {}),
    ...(as === "in-place" && (typed.to ?? "").trim() === "" ? { to: "Say who takes it for them" } : {}),
    ...(typed.checked === "yes" ? {} : { checked: "Check who takes it first, then tick this. Nothing was recorded" }),
  };
}

async function postIn(read: Reader, { params }: MemberVisit): Promise<IncomingPost> {
  const found = await read.incomingPost(params.id ?? "");
  if (found) return found;
  throw new ServerError({
    code: "no-such-page",
    message: "Nothing waits here under this address: it was handed on, or never came in.",
  });
}

async function list(visit: MemberVisit, reference: string, errors: Errors): Promise<string> {
  const waiting = (await visit.parts.records.read.incomingPosts()).map((each) => ({
    ...each,
    name: incomingName(each),
  }));
  const context = { title: "What has arrived", reference, waiting, errors };
  return render(visit, "post-room/incoming.njk", context, statusOf(errors));
}

function takingPage(visit: MemberVisit, found: Incoming, typed: Typed, errors: Errors): string {
  const awaited = found.awaited.map(({ recipientId, member: { id, name } }) => ({
    ...{ value: id, text: name },
    hint: recipientId === null ? "Sent it: it has come back" : "",
  }));
  const context = { title: "Take it in", found, awaited, typed, errors };
  return render(visit, "post-room/take-in.njk", context, statusOf(errors));
}

async function one(visit: MemberVisit, typed: { as?: string; to?: string }, errors: Errors): Promise<string> {
  const { read } = visit.parts.records;
  const post = await postIn(read, visit);
  const context = {
    title: "Hand it on",
    ...{ post, name: incomingName(post), typed, errors },
    member: post.memberId === null ? null : await read.member(post.memberId),
    // SIS-27: potential loss counts.
    report: REPORTED_AS[post.condition],
  };
  return render(visit, "post-room/hand-on.njk", context, statusOf(errors));
}

const REPORTED_AS = { whole: null, opened: "opened-by-other", "not-ours": "wrong-person" } as const;

function statusOf(errors: Errors): number {
  return Object.keys(errors).length > 0 ? 422 : 200;
}
