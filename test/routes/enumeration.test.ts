import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { toBase64Url } from "../../src/bytes/base64.ts";
import { randomBytes } from "../../src/bytes/random.ts";
import { pause } from "../../src/domain/lifecycle/recipient-arrows.ts";
import { newReference } from "../../src/domain/reference.ts";
import { act } from "../../src/server/api/receiving-act.ts";
import { endInvitations } from "../../src/server/journeys/join/invitation.ts";
import { enrolPasskey } from "../../src/testing/enrolled-passkey.ts";
import { addKey, addMember } from "../../src/testing/organisation.ts";
import { sampleWrap } from "../../src/testing/samples.ts";
import type { Answer, Visitor } from "../../src/testing/visitor.ts";
import { createWorld, type World } from "./world.ts";

const KNOWN = "paul.plain@council.example";
const UNKNOWN = "nobody.here@council.example";
let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.server.stop());

/** What of an answer can tell one thing from another: everything but what is random in every answer, and what was asked. */
function told({ status, headers, text }: Answer, ...asked: readonly string[]) {
  let plain = text.replaceAll(/[A-Za-z0-9_-]{43}/g, "a token");
  for (const each of asked) plain = plain.replaceAll(each, "what was asked");
  const names = [...headers.keys()].filter((name) => !["date", "content-length", "set-cookie"].includes(name));
  return { status, plain, headers: names, cookies: headers.getSetCookie().map((each) => each.split("=")[0]) };
}

/** Asks both with the same browser; their answers must be the same, and be those of a refusal. */
async function same(
  ask: (what: string) => Promise<Answer>,
  known: string,
  unknown: string,
  status: number,
): Promise<void> {
  const [one, two] = [told(await ask(known), known), told(await ask(unknown), unknown)];
  assert.deepEqual(one, two);
  assert.equal(one.status, status, one.plain);
}

async function browser(): Promise<Visitor> {
  const visitor = world.stranger();
  await visitor.token();
  return visitor;
}

describe("Who and what is known here is not told to those who may not know", () => {
  test("recovery: an address with a recovery code, one without and an unknown one are answered alike", async () => {
    const member = await world.server.records.read.memberByAddress(KNOWN);
    const [key] = await world.server.records.read.keysOf(member?.id ?? "");
    const { x } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
    const about = {
      id: "recovery wrap",
      memberId: member?.id ?? "",
      keyId: key?.id ?? "",
      kind: "recovery-code",
    } as const;
    await world.server.records.write(async (tx) => {
      await tx.saveWrap(sampleWrap({ ...about, credentialId: null, signIn: x ?? "" }));
      const actor = { kind: "system" } as const;
      await tx.append({
        kind: "recovery-code-made",
        at: "2026-11-21T10:00:00.000Z",
        actor,
        reference: null,
        recipientId: null,
        detail: {},
      });
    });
    const visitor = await browser();
    await same((address) => visitor.api("POST", "/api/recovery/nonce", { address }), KNOWN, UNKNOWN, 200);
    const signature = toBase64Url(randomBytes(64));
    const open = async (address: string) => {
      const { nonce } = (await visitor.api("POST", "/api/recovery/nonce", { address })).json<{ nonce: string }>();
      return visitor.api("POST", "/api/recovery/open", { address, nonce, signature });
    };
    await same(open, KNOWN, UNKNOWN, 403);
    await same(open, "stan.standin@council.example", UNKNOWN, 403);
  });

  test("sign-in: a passkey that is known, and one that is not, are answered alike when the signature is wrong", async () => {
    const { credential } = await enrolPasskey(world.server, await addMember(world.server, "Pia Passkey"));
    const visitor = await browser();
    const signIn = async (id: string) => {
      const { nonce } = (await visitor.api("POST", "/api/sign-in/options", {})).json<{ nonce: string }>();
      const rest = { clientDataJSON: "e30", authenticatorData: "AAAA", signature: "AAAA", userHandle: null };
      return visitor.api("POST", "/api/sign-in", { nonce, passkey: { id, ...rest }, next: "" });
    };
    await same(signIn, credential.id, toBase64Url(randomBytes(32)), 403);
  });

  test("command lines: a key that is known, and one that is not, are answered alike when the signature is wrong", async () => {
    const member = await world.server.records.read.memberByAddress(KNOWN);
    const { x = "" } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
    const key = await addKey(world.server, member?.id ?? "", { recipient: "age1pq1qqqq", signing: x });
    const visitor = await browser();
    const signIn = async (keyId: string) => {
      const { nonce } = (await visitor.api("POST", "/api/devices/sign-in/nonce", { keyId })).json<{ nonce: string }>();
      return visitor.api("POST", "/api/devices/sign-in", { keyId, nonce, signature: toBase64Url(randomBytes(64)) });
    };
    await same(signIn, key.id, "A".repeat(22), 403);
  });

  test("transfers: for another member one that exists is like one that does not, on pages and in the API", async () => {
    const visitor = await world.otherSender();
    await visitor.token();
    const unknown = newReference(randomBytes);
    for (const path of [
      "/transfers/REF",
      "/transfers/REF/take-back",
      "/api/transfers/REF",
      "/api/transfers/REF/status",
    ])
      await same((ref) => visitor.get(path.replace("REF", ref)), world.reference, unknown, 404);
    await same((ref) => visitor.api("POST", `/api/transfers/${ref}/recall`), world.reference, unknown, 404);
  });

  test("links: one that is over is like one that never was, for whoever holds nothing but the link", async () => {
    const { parts, records } = world.server;
    const over = world.otherRecipient;
    await records.write(async (tx) => {
      const recipient = await tx.recipient(over);
      if (!recipient) throw new Error("There is no such recipient.");
      await tx.saveRecipient({ ...recipient, state: "dropped" });
      const at = parts.clock.now().toISOString();
      await tx.append({
        kind: "recipient-dropped",
        at,
        actor: { kind: "system" },
        reference: recipient.reference,
        recipientId: over,
        detail: {},
      });
    });
    const visitor = await browser();
    const unknown = toBase64Url(randomBytes(16));
    for (const path of ["/r/ID", "/r/ID/code", "/r/ID/not-for-me"])
      await same((id) => visitor.get(path.replace("ID", id)), over, unknown, 404);
    for (const [path, fields] of [
      ["/r/ID/code", {}],
      ["/r/ID/prove", { code: "12345678" }],
      ["/r/ID/pause", {}],
    ] as const)
      await same((id) => visitor.form(path.replace("ID", id), fields), over, unknown, 404);
    for (const [path, body] of [
      ["/api/r/ID/code", {}],
      ["/api/r/ID/prove", { code: "12345678" }],
    ] as const)
      await same((id) => visitor.api("POST", path.replace("ID", id), body), over, unknown, 404);
  });

  test("links: no code is had for a member's link, and it is like one that never was", async () => {
    const rows = await world.server.records.read.recipients(world.reference);
    const members = rows.find(({ party }) => party.kind === "member")?.id ?? assert.fail();
    const visitor = await browser();
    const unknown = toBase64Url(randomBytes(16));
    for (const [path, body] of [
      ["/api/r/ID/code", {}],
      ["/api/r/ID/prove", { code: "12345678" }],
    ] as const)
      await same((id) => visitor.api("POST", path.replace("ID", id), body), members, unknown, 404);
  });

  test("is this genuine: a sent reference, a draft, an unknown one and a wrong address are answered alike", async () => {
    const visitor = await browser();
    const right = "rhys@chambers.example";
    const ask = (address: string) => (reference: string) => visitor.form("/genuine", { reference, address });
    const told = async () => (await world.server.mail()).length;
    const earlier = await told();
    await same(ask("clara@counsel.example"), world.reference, newReference(randomBytes), 200);
    await same(ask(right), world.draft, newReference(randomBytes), 200);
    assert.equal(await told(), earlier, "nobody was told anything");
    await same(ask(right), world.reference, newReference(randomBytes), 200);
    assert.equal(await told(), earlier + 1);
    assert.equal((await world.server.mail(right)).length, 1, "only the mailbox that it was sent to");
  });

  test("invitations: a used link is like an invented one", async () => {
    const visitor = await browser();
    const invitee = await world.server.records.read.memberByAddress("ina.vitee@council.example");
    assert.equal((await visitor.get(`/join/${world.invitation}`)).status, 200);
    await endInvitations(world.server.parts, invitee?.id ?? "");
    await same((token) => visitor.get(`/join/${token}`), world.invitation, toBase64Url(randomBytes(32)), 410);
  });

  test("the comparison can fail: a link that is paused is told from one that never was, as SDT-14 means it", async () => {
    const { parts } = world.server;
    await act(parts, world.recipient, "link-holder", (now) => pause(now.transfer, now.recipient, now.taken));
    const visitor = await browser();
    const unknown = toBase64Url(randomBytes(16));
    await assert.rejects(same((id) => visitor.get(`/r/${id}`), world.recipient, unknown, 404));
  });
});
