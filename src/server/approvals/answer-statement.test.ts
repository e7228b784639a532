import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { askArrangement } from "../../domain/lifecycle/arrangement-arrows.ts";
import { arrangementText } from "../../domain/standing-arrangement.ts";
import type { AnswerOptions } from "../../domain/wire/agreeing.ts";
import type { PasskeySignature, SigningOptions } from "../../domain/wire/sending.ts";
import type { Statement } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, BULK, requestFor, signDraft } from "../../testing/approver.ts";
import { addContact, addKey, foundOrganisation } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, sendStatement, signedTransfer } from "../../testing/signed-transfer.ts";

const CLARA = "clara@chambers.example";
const REASON = "Not this";

let server: TestServer;
/** Signs everything here: line manager of one sender, senior manager for another, and a sender. */
let pat: SigningSender;
let ada: SigningSender;
let ben: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  pat = await addSigner(server, "Pat Manager", { roles: ["senior-manager"] });
  const other = await addSigner(server, "Oli Other", { roles: ["senior-manager"] });
  await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  ada = await addSigner(server, "Ada Clerk", { lineManagerId: pat.member.id });
  ben = await addSigner(server, "Ben Clerk", { lineManagerId: other.member.id });
  await server.records.write(async (tx) => {
    const detail = { memberId: pat.member.id };
    const at = server.clock.now().toISOString();
    await tx.saveMember({ ...pat.member, lineManagerId: other.member.id });
    await tx.append({
      kind: "member-changed",
      at,
      actor: { kind: "system" },
      reference: null,
      recipientId: null,
      detail,
    });
  });
  for (const { member } of [pat, ada, ben]) await addKey(server, member.id, await generateKeyPair());
  await addContact(server, ada.member, "Clara Counsel", CLARA);
});
after(() => server.stop());

/** One thing that Pat may sign: what the server gives for it, what is signed, and where it goes. */
interface Signable {
  readonly name: string;
  options(): Promise<{ readonly nonce: string; readonly statement: Statement }>;
  submit(nonce: string, passkey: PasskeySignature): Promise<number>;
}

async function answering(
  name: string,
  sender: SigningSender,
  role: "line-manager" | "senior-manager",
  answer: "approve" | "refuse",
  again = false,
): Promise<Signable & { readonly id: string }> {
  const { reference } = await signedTransfer(sender, [CLARA], undefined, BULK);
  if (again) {
    await sender.visitor.form(`/transfers/${reference}/change`, {});
    assert.equal(await signDraft(sender, reference), 200);
  }
  const id = await requestFor(server, reference, role);
  return { id, ...answerable(name, id, answer) };
}

function answerable(name: string, id: string, kind: "approve" | "refuse"): Signable {
  return {
    name,
    options: async () => {
      const given = (await pat.visitor.api("POST", `/api/to-agree/${id}/options`, {})).json<AnswerOptions>();
      const { nonce, role, signer, rpId } = given;
      const { digest = "" } = (await server.records.read.approval(id)) ?? {};
      const answer = kind === "refuse" ? await sha256Hex(utf8(REASON)) : "";
      return { nonce, statement: { version: 1, kind, digest, role, answer, signer, rpId, nonce } };
    },
    submit: async (nonce, passkey) => {
      const reason = kind === "refuse" ? REASON : "";
      return (await pat.visitor.api("POST", `/api/to-agree/${id}`, { answer: kind, reason, nonce, passkey })).status;
    },
  };
}

async function sending(): Promise<Signable> {
  const { reference } = await signedTransfer(pat, [CLARA], undefined, BULK);
  await pat.visitor.form(`/transfers/${reference}/change`, {});
  const path = `/api/transfers/${reference}/sign`;
  return {
    name: "send",
    options: async () => {
      const options = (await pat.visitor.api("POST", `${path}/options`, {})).json<SigningOptions>();
      return { nonce: options.nonce, statement: await sendStatement(options) };
    },
    submit: async (nonce, passkey) => (await pat.visitor.api("POST", path, { nonce, passkey })).status,
  };
}

/** What Pat agrees to in advance, as line manager of the same sender. */
async function arranging(): Promise<Signable> {
  const at = server.clock.now().toISOString();
  const about = {
    id: "monthly",
    role: "line-manager",
    requesterId: ada.member.id,
    purpose: "The monthly list",
  } as const;
  const within = { recipients: [], classification: "OFFICIAL", people: 9, bytes: 9, method: "secure-link" } as const;
  const taken = { at, by: { kind: "member", id: ada.member.id } } as const;
  const { arrangement, event } = askArrangement({ ...about, ...within, ends: "2027-06-30" }, taken);
  await server.records.write(async (tx) => {
    await tx.saveArrangement(arrangement);
    await tx.append(event);
  });
  const path = `/api/arrangements/${arrangement.id}`;
  return {
    name: "agree in advance",
    options: async () => {
      const given = (await pat.visitor.api("POST", `${path}/options`, {})).json<AnswerOptions>();
      const { nonce, role, signer, rpId } = given;
      const digest = await sha256Hex(utf8(arrangementText(arrangement, ada.member.address)));
      return { nonce, statement: { version: 1, kind: "approve", digest, role, answer: "", signer, rpId, nonce } };
    },
    submit: async (nonce, passkey) =>
      (await pat.visitor.api("POST", path, { answer: "approve", reason: "", nonce, passkey })).status,
  };
}

function signingIn(): Signable {
  return {
    name: "sign in",
    options: async () => {
      const given = await pat.visitor.api("POST", "/api/sign-in/options", {});
      const { nonce, rpId } = given.json<{ nonce: string; rpId: string }>();
      const about = { digest: "", role: "member", answer: "", signer: "" };
      return { nonce, statement: { version: 1, kind: "sign-in", ...about, rpId, nonce } };
    },
    submit: async (nonce, passkey) =>
      (await pat.visitor.api("POST", "/api/sign-in", { nonce, passkey, next: "" })).status,
  };
}

test("SDT-3, SIS-3: what is signed for one answer, transfer, role, version or purpose is accepted for no other", async () => {
  const first = await answering("approve as line manager", ada, "line-manager", "approve");
  const signables: readonly Signable[] = [
    first,
    answerable("refuse the same", first.id, "refuse"),
    await answering("approve another transfer", ada, "line-manager", "approve"),
    await answering("approve a later version", ada, "line-manager", "approve", true),
    await answering("approve as senior manager", ben, "senior-manager", "approve"),
    await sending(),
    await arranging(),
    signingIn(),
  ];
  for (const from of signables) {
    for (const to of signables.filter((each) => each !== from)) {
      const title = `${from.name} → ${to.name}`;
      const signed = await from.options();
      const passkey = await pat.passkey.sign(signed.statement);
      assert.equal(await to.submit(signed.nonce, passkey), 403, `${title}, with its own nonce`);
      const { nonce } = await to.options();
      assert.equal(await to.submit(nonce, passkey), 403, `${title}, with the other's nonce`);
      const transplanted = await pat.passkey.sign({ ...signed.statement, nonce });
      const again = await to.options();
      assert.equal(await to.submit(again.nonce, transplanted), 403, `${title}, with a nonce that is not in it`);
    }
  }
  const requests = await server.records.read.waitingApprovals(100);
  assert.ok(
    requests.some(({ id }) => id === first.id),
    "nothing was answered",
  );
  for (const each of signables.filter(({ name }) => name !== "refuse the same")) {
    const { nonce, statement } = await each.options();
    assert.equal(await each.submit(nonce, await pat.passkey.sign(statement)), 200, each.name);
    assert.notEqual(await each.submit(nonce, await pat.passkey.sign(statement)), 200, `${each.name} twice`);
  }
});

test("an answer by a member of the statement that is another is refused, each", async () => {
  const each = await answering("approve", ada, "line-manager", "refuse");
  const changes: readonly Partial<Statement>[] = [
    ...(["approve", "send", "sign-in", "enrol", "recall", "receive", "recover", "destroy"] as const).map((kind) => ({
      kind,
    })),
    { digest: "ab".repeat(32) },
    { role: "senior-manager" },
    { role: "sender" },
    { answer: "" },
    { answer: REASON },
    { answer: await sha256Hex(utf8("Another reason")) },
    { signer: ada.member.address },
    { rpId: "example.org" },
    { nonce: "AAAA" },
  ];
  for (const change of changes) {
    const { nonce, statement } = await each.options();
    const passkey = await pat.passkey.sign({ ...statement, ...change });
    assert.equal(await each.submit(nonce, passkey), 403, JSON.stringify(change));
  }
  const { nonce, statement } = await each.options();
  const stranger = await addSigner(server, "Sid Stranger");
  assert.equal(await each.submit(nonce, await stranger.passkey.sign(statement)), 403, "somebody else's passkey");
  assert.equal((await server.records.read.approval(each.id))?.state, "waiting");
  const fresh = await each.options();
  assert.equal(await each.submit(fresh.nonce, await pat.passkey.sign(fresh.statement)), 200);
  const kept = await server.records.read.approval(each.id);
  assert.deepEqual(
    JSON.parse(kept?.proof?.statement ?? ""),
    fresh.statement,
    "what was signed is kept, to be checked later",
  );
  assert.deepEqual([kept?.state, kept?.reason], ["refused", REASON]);
});

test("SDT-3: a signature that was asked for in time is not taken from a deputy after it, nor from anybody after five minutes", async () => {
  const dee = await addSigner(server, "Dee Deputy");
  const { reference } = await signedTransfer(ada, [CLARA], undefined, BULK);
  const id = await requestFor(server, reference, "line-manager");
  const from = server.clock.now().toISOString();
  const until = new Date(server.clock.now().getTime() + 60_000).toISOString();
  await server.records.write(async (tx) => {
    const people = { principalId: pat.member.id, deputyId: dee.member.id, appointedBy: pat.member.id };
    await tx.saveDeputy({ id: "dee", ...people, from, until, createdAt: from, endedAt: null });
    const about = { reference: null, recipientId: null, detail: {} };
    await tx.append({ kind: "deputy-named", at: from, actor: { kind: "system" }, ...about });
  });
  const signed = async () => {
    const { nonce, role, signer, rpId } = (
      await dee.visitor.api("POST", `/api/to-agree/${id}/options`, {})
    ).json<AnswerOptions>();
    const { digest = "" } = (await server.records.read.approval(id)) ?? {};
    const passkey = await dee.passkey.sign({
      ...{ version: 1, kind: "approve", digest, role, answer: "", signer, rpId, nonce },
    });
    return { answer: "approve", reason: "", nonce, passkey };
  };
  const body = await signed();
  server.clock.advance(61_000);
  assert.equal((await dee.visitor.api("POST", `/api/to-agree/${id}`, body)).status, 404);
  assert.equal((await server.records.read.approval(id))?.state, "waiting");
  const { nonce, statement } = await answerable("approve", id, "approve").options();
  server.clock.advance(5 * 60_000 + 1);
  const late = await pat.passkey.sign(statement);
  assert.equal(await answerable("approve", id, "approve").submit(nonce, late), 403, "after five minutes");
});

test("what was signed for an earlier version is not taken for the later one, though both read the same", async () => {
  const { reference } = await signedTransfer(ada, [CLARA], undefined, BULK);
  const old = await requestFor(server, reference, "line-manager");
  const earlier = answerable("approve", old, "approve");
  const { nonce, statement } = await earlier.options();
  const passkey = await pat.passkey.sign(statement);
  await ada.visitor.form(`/transfers/${reference}/change`, {});
  assert.equal(await signDraft(ada, reference), 200);
  const id = await requestFor(server, reference, "line-manager");
  const later = answerable("approve", id, "approve");
  assert.equal((await later.options()).statement.digest, statement.digest, "nothing was changed");
  assert.equal(await later.submit(nonce, passkey), 403);
  const other = await later.options();
  assert.equal(await later.submit(other.nonce, passkey), 403);
  const again = await later.options();
  const given = { answer: "approve", reason: "", nonce: again.nonce, passkey: await pat.passkey.sign(again.statement) };
  assert.equal(
    (await pat.visitor.api("POST", `/api/to-agree/${old}`, given)).status,
    403,
    "nor the later one's for the earlier",
  );
  assert.equal((await server.records.read.approval(id))?.state, "waiting");
  const last = await later.options();
  assert.equal(await later.submit(last.nonce, await pat.passkey.sign(last.statement)), 200);
});
