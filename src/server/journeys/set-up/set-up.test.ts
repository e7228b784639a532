import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ClientError } from "../../../client/error.ts";
import { enrol } from "../../../client/people/enrol.ts";
import { startPolicy } from "../../../policy/running-policy.ts";
import { generateRecoveryCode } from "../../../seal/recovery.ts";
import { memberBrowser, setUp, TYPED_CONTACTS, TYPED_KEEPING } from "../../../testing/member-browser.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { newSetUpCode } from "./set-up-code.ts";

const POLICIES = fileURLToPath(new URL("../../../../policies", import.meta.url));

let server: TestServer;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waybill-set-up-"));
  server = await startServer({ policy: startPolicy(POLICIES, join(folder, "policy.yaml")) });
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const PAGES = [
  "/set-up",
  ...["organisation", "administrator", "rules", "contacts", "keys"].map((each) => `/set-up/${each}`),
];
const ORGANISATION = { name: "Example Council", website: "www.council.example", phone: "020 7946 0000" };

test("set-up makes organisation, administrator, passkey and key, signs in, and is over", async () => {
  const browser = await memberBrowser(server);
  const { enrolled } = await setUp(server, browser);
  assert.deepEqual(enrolled, { next: "/", passphrase: null });
  const organisation = await server.records.read.organisation();
  assert.deepEqual(organisation?.workDomains, ["council.example"]);
  assert.equal(organisation?.publicUrl, server.url);
  const [member] = await server.records.read.members();
  assert.equal(member?.address, "ada@council.example");
  assert.deepEqual(member?.roles, ["administrator"]);
  assert.equal((await server.records.read.credentialsOf(member?.id ?? "")).length, 1);
  assert.equal((await server.records.read.keysOf(member?.id ?? ""))[0]?.version, 1);
  assert.equal((await browser.visitor.get("/")).status, 200);
  for (const path of PAGES) assert.equal((await browser.visitor.get(path)).status, 404, path);
  assert.equal((await browser.visitor.form("/set-up", { code: "AAAA-AAAA-AAAA" })).status, 404);
  assert.equal(await newSetUpCode(server.parts), null);
});

test("SIS-37: how long records are kept can be decided later, in so many words: nothing is removed until then, and it is asked for", async () => {
  const browser = await memberBrowser(server);
  await setUp(server, browser, { later: "yes" });
  assert.ok(await server.records.read.organisation());
  assert.equal(await server.records.read.keeping(), null);
  assert.match(
    (await browser.visitor.get("/")).text,
    /Nobody has said yet how long records are kept\. Nothing is removed/,
  );
});

test("SIS-37: what was neither said nor left for later is not passed over", async () => {
  await assert.rejects(setUp(server, await memberBrowser(server), {}), { code: "refused" });
  assert.equal(await server.records.read.organisation(), null);
});

test("nothing of set-up is reachable without the code from the console", async () => {
  const stranger = new Visitor(server);
  await newSetUpCode(server.parts);
  const wrong = await stranger.form("/set-up", { code: "AAAA-AAAA-AAAA" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /That is not the set-up code/);
  for (const path of PAGES.slice(1)) assert.equal((await stranger.get(path)).headers.get("location"), "/set-up", path);
  assert.equal(
    (await stranger.form("/set-up/organisation", { ...ORGANISATION, workDomains: "x.example" })).status,
    503,
  );
  assert.equal((await stranger.api("POST", "/api/set-up/options", {})).status, 503);
  assert.equal(await server.records.read.organisation(), null);
});

test("a code that a newer start replaced, or that is older than seven days, is refused", async () => {
  const first = (await newSetUpCode(server.parts)) ?? "";
  const second = (await newSetUpCode(server.parts)) ?? "";
  const visitor = new Visitor(server);
  assert.equal((await visitor.form("/set-up", { code: first })).status, 422);
  server.clock.advance(7 * 24 * 60 * 60_000);
  assert.equal((await visitor.form("/set-up", { code: second })).status, 422);
});

test("set-up codes are rate limited", async () => {
  const code = (await newSetUpCode(server.parts)) ?? "";
  const visitor = new Visitor(server);
  for (let tries = 0; tries < 10; tries++)
    assert.equal((await visitor.form("/set-up", { code: "AAAA-AAAA-AAAA" })).status, 422);
  const refused = await visitor.form("/set-up", { code });
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), "600");
  server.clock.advance(600_000);
  assert.equal((await visitor.form("/set-up", { code: code.toLowerCase().replaceAll("-", " ") })).status, 303);
});

test("SET-4: webmail and shared endings are no work domains, and SDT-17: the administrator’s address must be in one", async () => {
  const visitor = new Visitor(server);
  await visitor.form("/set-up", { code: (await newSetUpCode(server.parts)) ?? "" });
  for (const workDomains of ["gmail.com", "gov.uk", "", "not a domain", "council.example proton.me"]) {
    const answer = await visitor.form("/set-up/organisation", { ...ORGANISATION, workDomains });
    assert.equal(answer.status, 422, workDomains);
    assert.match(answer.text, /Example Council/, "keeps what was typed");
  }
  await visitor.form("/set-up/organisation", { ...ORGANISATION, workDomains: "@council.example" });
  const administratorName = "Ada";
  for (const administratorAddress of ["ada@gmail.com", "ada@council.example.evil.example", "ada"]) {
    const answer = await visitor.form("/set-up/administrator", { administratorName, administratorAddress });
    assert.equal(answer.status, 422, administratorAddress);
  }
});

test("an enrolment sent twice, or with ways in that would lock its owner out, saves nothing", async () => {
  const browser = await memberBrowser(server);
  const code = (await newSetUpCode(server.parts)) ?? "";
  await browser.visitor.form("/set-up", { code });
  await browser.visitor.form("/set-up/organisation", { ...ORGANISATION, workDomains: "council.example" });
  const administrator = { administratorName: "Ada", administratorAddress: "ada@council.example" };
  await browser.visitor.form("/set-up/administrator", administrator);
  await browser.visitor.form("/set-up/rules", { rules: "university" });
  await browser.visitor.form("/set-up/contacts", TYPED_CONTACTS);
  await browser.visitor.form("/set-up/records", TYPED_KEEPING);
  let posted: unknown;
  const { http } = browser;
  const withoutRecovery = {
    send: async (method: "POST", path: string, body: Record<string, unknown>, shape: never) => {
      if (path === "/api/set-up") {
        const wraps = body.wraps as { kind: string }[];
        posted = { ...body, wraps: wraps.filter(({ kind }) => kind !== "recovery-code") };
        return http.send(method, path, posted, shape);
      }
      return http.send(method, path, body, shape);
    },
  } as unknown as typeof http;
  const enrolling = enrol(withoutRecovery, browser.passkeys, "/api/set-up", await generateRecoveryCode(), "Laptop");
  await assert.rejects(enrolling, (error) => error instanceof ClientError && error.refusal?.status === 400);
  assert.equal(await server.records.read.organisation(), null);
  assert.equal(existsSync(join(folder, "policy.yaml")), false);
  const again = await browser.visitor.api("POST", "/api/set-up", posted);
  assert.equal(again.json().code, "bad-signature", "the nonce was spent");
});
