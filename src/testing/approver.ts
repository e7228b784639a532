import { type ShownRequest, signAnswer } from "../client/agreeing/sign-answer.ts";
import type { Passkeys } from "../client/people/passkeys.ts";
import type { ApproverRole } from "../domain/facts.ts";
import type { Member } from "../domain/member.ts";
import type { SigningOptions } from "../domain/wire/sending.ts";
import { generateKeyPair } from "../seal/keys.ts";
import { type EnrolledPasskey, enrolPasskey } from "./enrolled-passkey.ts";
import { visitorHttp } from "./member-browser.ts";
import { addKey, addMember, foundOrganisation } from "./organisation.ts";
import type { TestServer } from "./server.ts";
import { type SigningSender, sendStatement } from "./signed-transfer.ts";
import { Visitor } from "./visitor.ts";

/** Facts that wait for line manager and senior manager: offences of 1,200 people, with names and addresses. */
export const BULK = {
  facts: {
    classification: "OFFICIAL-SENSITIVE",
    personal: true,
    sensitive: true,
    special: false,
    offences: true,
    namesWithAddresses: true,
    people: 1200,
    impact: { individuals: "serious", organisation: "some" },
    lawfulBasis: { basis: "public-task", special: "", offences: "sch1-7" },
  },
  expecting: true,
} as const;

/** Somebody with a browser, signed in, and a passkey: who approves has the same as who sends. */
export async function addSigner(
  server: TestServer,
  name: string,
  changes: Partial<Member> = {},
): Promise<SigningSender> {
  const member = await addMember(server, name, changes);
  const visitor = await new Visitor(server).signIn(member.id);
  return { member, visitor, passkey: await enrolPasskey(server, member) };
}

/** The people of an organisation in which two have to agree to what is bulk. */
export interface Managed {
  readonly line: SigningSender;
  readonly senior: SigningSender;
  /** Has that line manager, and a key. */
  readonly sender: SigningSender;
  /** The secret of that key. */
  readonly identity: string;
}

/** An organisation with a line manager (Lena Line), a senior manager (Sefa Senior) and who sends (Ada Clerk). */
export async function foundManaged(server: TestServer): Promise<Managed> {
  await foundOrganisation(server);
  const line = await addSigner(server, "Lena Line");
  const senior = await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  const sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  const keys = await generateKeyPair();
  await addKey(server, sender.member.id, keys);
  return { line, senior, sender, identity: keys.identity };
}

/** The id of the request that waits for a role; the newest where there were several. */
export async function requestFor(server: TestServer, reference: string, role: ApproverRole): Promise<string> {
  const requests = await server.records.read.approvalsOf(reference);
  const found = requests.filter((each) => each.role === role);
  const waiting = found.find(({ state }) => state === "waiting") ?? found.at(-1);
  if (!waiting) throw new Error(`Nobody was asked as ${role}.`);
  return waiting.id;
}

/** What the page of a request shows, read off it as the browser's script does. */
export async function shownRequest({ visitor, member }: SigningSender, id: string): Promise<ShownRequest> {
  const { status, text } = await visitor.get(`/to-agree/${id}`);
  const root = /<div[^>]* id="agree"[^>]*>/.exec(text)?.[0];
  if (!root) throw new Error(`${member.name} cannot answer: ${status}\n${text}`);
  const data = (name: string) => unescaped(new RegExp(`data-${name}="([^"]*)"`).exec(root)?.[1] ?? "");
  const inside = (element: string) => unescaped(new RegExp(`id="${element}"[^>]*>([^<]*)<`).exec(text)?.[1] ?? "");
  const lines = [...text.matchAll(/data-line="([^"]*)">([^<]*)</g)];
  return {
    id: data("id"),
    reference: data("reference"),
    role: data("role") as ShownRequest["role"],
    signer: data("signer"),
    inPlaceOf: data("in-place-of"),
    waybill: inside("waybill-text"),
    assessment: inside("assessment-text"),
    entries: JSON.parse(data("entries")),
    lines: new Map(lines.map(([, name = "", value = ""]) => [unescaped(name), unescaped(value)])),
  };
}

/** Looks at the page and answers, as the browser does. @throws ClientError */
export async function answerRequest(
  server: TestServer,
  approver: SigningSender,
  id: string,
  answer: "approve" | "refuse",
  reason = "",
  change: (shown: ShownRequest) => ShownRequest | Promise<ShownRequest> = (shown) => shown,
): Promise<void> {
  const shown = await change(await shownRequest(approver, id));
  const http = await visitorHttp(server, approver.visitor);
  await signAnswer(answer, reason, shown, { http, passkeys: signingWith(approver.passkey), rpId: "localhost" });
}

/** The passkey as the client's port; it makes no new ones. */
function signingWith(passkey: EnrolledPasskey): Passkeys {
  return {
    create: () => Promise.reject(new Error("This passkey makes no others.")),
    get: async (statement) => ({ signature: await passkey.sign(statement), prf: null }),
  };
}

/** Signs a draft that is sealed already, again. Answers the status. */
export async function signDraft({ visitor, passkey }: SigningSender, reference: string): Promise<number> {
  const path = `/api/transfers/${reference}/sign`;
  const options = (await visitor.api("POST", `${path}/options`, {})).json<SigningOptions>();
  const signature = await passkey.sign(await sendStatement(options));
  return (await visitor.api("POST", path, { nonce: options.nonce, passkey: signature })).status;
}

function unescaped(html: string): string {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return html.replaceAll(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name = "") =>
    code ? String.fromCodePoint(Number(code)) : (named[name] ?? ""),
  );
}
