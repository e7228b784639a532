import assert from "node:assert/strict";
import type { Member } from "../domain/member.ts";
import type { StatedFacts, Transfer } from "../domain/transfer.ts";
import { verifyPack } from "../evidence/verify-pack.ts";
import { addSigner, answerRequest, requestFor, signDraft } from "./approver.ts";
import { addContact, addMember, foundOrganisation } from "./organisation.ts";
import { sampleFacts } from "./samples.ts";
import { startServer, type TestServer } from "./server.ts";
import type { SigningSender } from "./signed-transfer.ts";
import { type Answer, Visitor } from "./visitor.ts";

/** The contact for whom everything is that goes from a carrying desk. */
export const CLARA = "clara@chambers.example";
/** Of a package that nobody made. */
export const PACKAGE_DIGEST = "ab".repeat(32);
/** Facts that ask for most: OFFICIAL-SENSITIVE, about twelve people, for criminal justice. */
export const SENSITIVE: Partial<StatedFacts> = {
  ...{ classification: "OFFICIAL-SENSITIVE", personal: true, sensitive: true, special: false, offences: false },
  ...{ namesWithAddresses: false, people: 12, criminalJustice: true },
  lawfulBasis: { basis: "public-task", special: "", offences: "" },
};

/** SIS-18: a risk assessment, as it is typed. */
export const RISK = {
  ...{ risk: "The machine stands in a locked room and they wait at it: acceptable for this, once" },
  ...{ riskBy: "Asa Owner, information asset owner" },
  ...{ "riskOn-day": "2", "riskOn-month": "11", "riskOn-year": "2026" },
} as const;

/** The checked numbers of the contact for whom everything is. */
export const CLARA_RINGS = "+442079460142";
export const CLARA_FAXES = "+442079460155";

/** A council that sends by every other way than the link: its people, and the steps that every such transfer takes. */
export interface CarryingDesk {
  readonly server: TestServer;
  readonly sender: SigningSender;
  /** The sender's line manager. */
  readonly line: SigningSender;
  /** An information asset owner. */
  readonly owner: SigningSender;
  readonly administrator: Visitor;
  /** Operational security, who keeps the registers of media and fax machines. */
  readonly operations: Visitor;
  readonly operator: Member;
  transfer(reference: string): Promise<Transfer>;
  kinds(reference: string): Promise<readonly string[]>;
  /** A draft that goes by `method`, described through the API and the pages. */
  drafted(method: string, carriage: Record<string, string>, facts?: object): Promise<string>;
  /** What the server answers to a signature: 409 where something has to be done first. */
  signed(reference: string): Promise<number>;
  /** A draft that was signed, and that the line manager agreed to. */
  agreed(method: string, carriage: Record<string, string>, facts?: object): Promise<string>;
  /** The line manager agrees to what was signed. */
  approvedByLine(reference: string): Promise<void>;
  /** SDT2-6: operational security answers that it may go on a medium. */
  adviceAnswered(reference: string): Promise<void>;
  /** A registered medium, issued to the sender. @returns its id */
  issuedStick(serial: string): Promise<string>;
  /** It goes: the form of the checklist, to be there in a year far off. */
  carry(reference: string, body: Record<string, string | readonly string[]>): Promise<Answer>;
  /** SIS-23, SDT-28: its evidence can be checked by whoever has the log's key alone, and says that it was received. */
  verified(reference: string): Promise<void>;
}

/** Starts a server with those people. Stop it by `desk.server.stop()`. */
export async function openCarryingDesk(): Promise<CarryingDesk> {
  const server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  const first = await addMember(server, "Alex Admin", { roles: ["administrator"] });
  const administrator = await new Visitor(server).signIn(first.id);
  const line = await addSigner(server, "Lena Line");
  const owner = await addSigner(server, "Asa Owner", { roles: ["information-asset-owner"] });
  const sender = await addSigner(server, "Sam Sender", { lineManagerId: line.member.id });
  const operator = await addMember(server, "Otis Operations", { roles: ["operational-security"] });
  const operations = await new Visitor(server).signIn(operator.id);
  const verified = { how: "From their letterhead", byMemberId: sender.member.id, at: "2026-11-01T09:00:00.000Z" };
  await addContact(server, sender.member, "Clara Counsel", CLARA, {
    phones: [
      { kind: "telephone", number: CLARA_RINGS, verified },
      { kind: "fax", number: CLARA_FAXES, verified },
    ],
  });
  const people = { server, sender, line, owner, administrator, operations, operator };
  return { ...people, ...stepsOf(people) };
}

type People = Pick<CarryingDesk, "server" | "sender" | "line" | "owner" | "administrator" | "operations" | "operator">;

function stepsOf({ server, sender, line, operations }: People): Omit<CarryingDesk, keyof People> {
  const desk: Omit<CarryingDesk, keyof People> = {
    async transfer(reference) {
      return (await server.records.read.transfer(reference)) ?? assert.fail("It is not there.");
    },
    async kinds(reference) {
      return (await server.records.read.eventsOf(reference)).map(({ kind }) => kind);
    },
    async drafted(method, carriage, facts = SENSITIVE) {
      const recipients = [{ address: CLARA, expecting: true, legitimateNeed: "Represents a party" }];
      const made = await sender.visitor.api("POST", "/api/transfers", { facts: sampleFacts(facts), recipients });
      const { reference } = made.json<{ reference: string }>();
      const chosen = await sender.visitor.form(`/transfers/${reference}/method`, { method });
      const next = ["removable-media", "email", "cjsm"].includes(method) ? "add" : "carriage";
      assert.deepEqual(
        [chosen.status, chosen.headers.get("location")],
        [303, `/transfers/${reference}/${next}`],
        chosen.text,
      );
      const stated = await sender.visitor.form(`/transfers/${reference}/carriage`, carriage);
      assert.equal(stated.status, 303, stated.text);
      return reference;
    },
    async signed(reference) {
      const { status } = await sender.visitor.api("POST", `/api/transfers/${reference}/sign/options`, {});
      return status >= 300 ? status : signDraft(sender, reference);
    },
    async agreed(method, carriage, facts = SENSITIVE) {
      const reference = await desk.drafted(method, carriage, facts);
      const tasks = (await sender.visitor.get(`/transfers/${reference}/tasks`)).text;
      assert.equal(await desk.signed(reference), 200, tasks);
      await desk.approvedByLine(reference);
      return reference;
    },
    async approvedByLine(reference) {
      await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
    },
    async adviceAnswered(reference) {
      const asked = await sender.visitor.form(`/transfers/${reference}/advice`, {
        ...{ adviser: "operational-security", question: "May this go on a stick?" },
      });
      assert.equal(asked.status, 303, asked.text);
      const [advice] = await server.records.read.adviceOf(reference);
      const given = await operations.form(`/advice/${advice?.id}`, {
        verdict: "may-go",
        answer: "Yes, on a registered one.",
      });
      assert.equal(given.status, 303, given.text);
    },
    async issuedStick(serial) {
      const about = { serial, owner: "Court support", kind: "standard", gigabytes: "32", purpose: "transfer" };
      const made = await operations.form("/media/new", about);
      assert.equal(made.status, 303, made.text);
      const id = (made.headers.get("location") ?? "").split("/").at(-1) ?? "";
      const to = { to: sender.member.address, day: "1", month: "12", year: "2999" };
      const issued = await operations.form(`/media/${id}/issue`, to);
      assert.equal(issued.status, 303, issued.text);
      return id;
    },
    carry: (reference, body) =>
      sender.visitor.form(`/transfers/${reference}/carry`, {
        ...{ "expected-day": "1", "expected-month": "12", "expected-year": "2999", trackingLater: "yes" },
        handover: "brought",
        ...body,
      }),
    async verified(reference) {
      const pack = await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
      assert.equal(pack.status, 200, pack.text);
      const { evidence } = await verifyPack(pack.bytes, { log: server.parts.log.keeper.key, witnesses: [] });
      assert.ok(evidence.events.some(({ kind }) => kind === "receipt-recorded"));
    },
  };
  return desk;
}
