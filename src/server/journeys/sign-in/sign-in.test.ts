import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Passkeys, waysInStatement } from "../../../client/people/passkeys.ts";
import type { SignInOptions } from "../../../domain/wire/people.ts";
import { type MemberBrowser, memberBrowser, setUp, signInWith } from "../../../testing/member-browser.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { softwarePasskey } from "../../../testing/software-passkey.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let ada: MemberBrowser;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  ada = await memberBrowser(server);
  await setUp(server, ada);
});
after(() => server.stop());

async function options(browser: MemberBrowser): Promise<SignInOptions> {
  return (await browser.visitor.api("POST", "/api/sign-in/options", {})).json<SignInOptions>();
}

async function signed(passkeys: Passkeys, kind: "sign-in" | "enrol", given: SignInOptions, role = "member") {
  const about = { role, digest: "", signer: "", rpId: given.rpId, nonce: given.nonce };
  return (await passkeys.get(waysInStatement(kind, about), [])).signature;
}

test("SPG-2: a passkey signs in, in a browser that was never here before, and goes on where it was going", async () => {
  const browser = await memberBrowser(server, ada.passkey);
  assert.equal((await browser.visitor.get("/account?x=1")).headers.get("location"), "/sign-in?next=%2Faccount%3Fx%3D1");
  assert.equal(await signInWith(browser, "/account?x=1"), "/account?x=1");
  assert.match((await browser.visitor.get("/")).text, /Ada Admin/);
});

test("`next` leads to pages of this site only", async () => {
  const elsewhere = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/api/keys",
    "",
    "people",
    "/.//evil.example",
  ];
  for (const next of elsewhere) assert.equal(await signInWith(ada, next), "/", JSON.stringify(next));
  assert.equal(await signInWith(ada, "/transfers/WB-7F3K-Q2XV"), "/transfers/WB-7F3K-Q2XV");
});

test("a challenge is good once", async () => {
  const given = await options(ada);
  const passkey = await signed(ada.passkeys, "sign-in", given);
  const body = { nonce: given.nonce, passkey, next: "" };
  assert.equal((await ada.visitor.api("POST", "/api/sign-in", body)).status, 200);
  const replayed = await ada.visitor.api("POST", "/api/sign-in", body);
  assert.equal(replayed.status, 403);
  assert.equal(replayed.json().code, "bad-signature");
});

test("a signature of another kind or role does not sign in", async () => {
  for (const [kind, role] of [
    ["enrol", "member"],
    ["sign-in", "device"],
    ["sign-in", "recovery-code"],
  ] as const) {
    const stranger = await memberBrowser(server, ada.passkey);
    const given = await options(stranger);
    const passkey = await signed(stranger.passkeys, kind, given, role);
    const answer = await stranger.visitor.api("POST", "/api/sign-in", { nonce: given.nonce, passkey, next: "" });
    assert.equal(answer.status, 403, `${kind} ${role}`);
    assert.equal((await stranger.visitor.get("/")).headers.get("location"), "/sign-in");
  }
});

test("an unknown passkey and a forged signature get the same answer", async () => {
  const stranger = await memberBrowser(server, softwarePasskey());
  const user = { id: "bm9ib2R5", address: "nobody@council.example", name: "Nobody" };
  const forRegistration = { nonce: "AA", rpId: "localhost", organisation: "x", user, exclude: [] };
  const about = { role: "passkey", digest: "", signer: "", rpId: "localhost", nonce: "AA" };
  await stranger.passkeys.create(waysInStatement("enrol", about), forRegistration);
  const first = await options(stranger);
  const unknown = await signed(stranger.passkeys, "sign-in", first);
  const answers = [{ nonce: first.nonce, passkey: unknown, next: "" }];
  const second = await options(stranger);
  const forged = { ...(await signed(ada.passkeys, "sign-in", second)), signature: unknown.signature };
  answers.push({ nonce: second.nonce, passkey: forged, next: "" });
  const [a, b] = await Promise.all(answers.map((body) => stranger.visitor.api("POST", "/api/sign-in", body)));
  assert.equal(a?.status, 403);
  assert.equal(a?.status, b?.status);
  assert.equal(a?.text, b?.text);
});

test("a sign-in without the forgery token, or from another site, is refused", async () => {
  const given = await options(ada);
  const body = JSON.stringify({ nonce: given.nonce, passkey: await signed(ada.passkeys, "sign-in", given), next: "" });
  const json = { "content-type": "application/json" };
  const bare = await ada.visitor.ask("POST", "/api/sign-in", json, body);
  assert.equal(bare.json().code, "stale-form");
  const foreign = { ...json, origin: "https://evil.example", "x-waybill-token": await ada.visitor.token() };
  assert.equal((await ada.visitor.ask("POST", "/api/sign-in", foreign, body)).json().code, "foreign-origin");
});

test("signing out ends the session on the server too", async () => {
  const browser = await memberBrowser(server, ada.passkey);
  await signInWith(browser);
  const out = await browser.visitor.form("/sign-out", {});
  assert.equal(out.headers.get("location"), "/sign-in");
  assert.equal((await browser.visitor.get("/")).headers.get("location"), "/sign-in");
});

test("sessions end after an hour without use", async () => {
  const browser = await memberBrowser(server, ada.passkey);
  await signInWith(browser);
  server.clock.advance(59 * 60_000);
  assert.equal((await browser.visitor.get("/")).status, 200);
  server.clock.advance(60 * 60_000);
  assert.equal((await browser.visitor.get("/")).headers.get("location"), "/sign-in");
});

test("with an idle limit of a minute, whoever asks for something every few seconds stays signed in", async () => {
  const strict = await startServer({ limits: { sessionIdleMinutes: 1 } });
  try {
    const browser = await memberBrowser(strict);
    await setUp(strict, browser);
    for (let asked = 0; asked < 10; asked++) {
      strict.clock.advance(12_000);
      assert.equal((await browser.visitor.get("/account")).status, 200, `after ${12 * asked} seconds`);
    }
    strict.clock.advance(61_000);
    assert.equal((await browser.visitor.get("/account")).status, 303);
  } finally {
    await strict.stop();
  }
});

test("sign-in is rate limited", async () => {
  const limited = await startServer({ limits: { rateFactor: 0.1 } });
  try {
    await setUp(limited, await memberBrowser(limited));
    const visitor = new Visitor(limited);
    const statuses: number[] = [];
    for (let tries = 0; tries < 31; tries++)
      statuses.push((await visitor.api("POST", "/api/sign-in/options", {})).status);
    assert.deepEqual([...new Set(statuses)], [200, 429]);
  } finally {
    await limited.stop();
  }
});
