import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomId } from "../../../bytes/random.ts";
import type { Member } from "../../../domain/member.ts";
import type { StandingArrangement } from "../../../domain/standing-arrangement.ts";
import type { StatedFacts } from "../../../domain/transfer.ts";
import type { SizeAnswer } from "../../../domain/wire/sending.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { sealedDraft } from "../../../testing/signed-transfer.ts";
import { Visitor } from "../../../testing/visitor.ts";

const CLARA = "clara@chambers.example";
const PERSONAL = {
  ...{ personal: true, special: false, offences: false, namesWithAddresses: false, people: 1200 },
  impact: { individuals: "some", organisation: "none" },
} as const;

let server: TestServer;
let line: Member;
let senior: Member;
let sender: Member;
let browser: Visitor;

before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  line = await addMember(server, "Lena Line", { roles: ["line-manager"] });
  senior = await addMember(server, "Sue Senior", { roles: ["senior-manager"] });
  sender = await addMember(server, "Ada Clerk", { lineManagerId: line.id });
  for (const { id } of [sender]) await addKey(server, id, await generateKeyPair());
  await addContact(server, sender, "Clara Counsel", CLARA);
  await addContact(server, sender, "Tess Third", "tess@other.example", { kind: "third-party" });
  browser = await new Visitor(server).signIn(sender.id);
});
after(() => server.stop());

async function sealed(facts: Partial<StatedFacts>, to = CLARA, expecting = true): Promise<string> {
  return (await sealedDraft(browser, [to], undefined, { facts, expecting })).reference;
}

test("SDT-3, SIS-3: the check page says who must agree, by name, that counts are declared, and asks for agreement", async () => {
  const path = `/transfers/${await sealed(PERSONAL)}`;
  const { text } = await browser.get(`${path}/check`);
  assert.match(text, /Line manager: <strong>Lena Line<\/strong>[\s\S]*\/rules\/clauses\/SDT-3"/);
  assert.match(text, /Senior manager: <strong>Sue Senior<\/strong>[\s\S]*\/rules\/clauses\/SIS-3"/);
  assert.match(text, /1,200 people, declared by you/, "SIS-4");
  assert.match(text, /Sign and ask for agreement/);
  assert.doesNotMatch(text, /The recipients are told at once/);
});

test("a harmless transfer is signed and sent, and nobody else is named", async () => {
  const path = `/transfers/${await sealed({})}`;
  assert.equal((await browser.get(`${path}/tasks`)).headers.get("location"), `${path}/check`);
  const { text } = await browser.get(`${path}/check`);
  assert.match(text, />\s*Sign and send\s*</);
  assert.match(text, /nobody else has to agree/);
});

test("SDT-6: what is unmet leads from the check page to the task list, and is refused by the API with its clause", async () => {
  const reference = await sealed({ minimised: null });
  const path = `/transfers/${reference}`;
  assert.equal((await browser.get(`${path}/check`)).headers.get("location"), `${path}/tasks`);
  const refused = await browser.api("POST", `/api${path}/sign/options`, {});
  assert.equal(refused.status, 409);
  assert.equal(refused.json().code, "unmet");
  assert.match(refused.text, /\(SDT-6\)/);
  await browser.form(`${path}/facts`, { minimised: "yes" });
  assert.equal((await browser.get(`${path}/check`)).status, 200, "what is sealed was kept");
});

test("SIS-3: where nobody holds the role that must agree, it says so and is not signed", async () => {
  const alone = await addMember(server, "Al One");
  await addKey(server, alone.id, await generateKeyPair());
  const theirs = await new Visitor(server).signIn(alone.id);
  const { reference } = await sealedDraft(theirs, [CLARA], undefined, { facts: PERSONAL, expecting: true });
  const { text } = await theirs.get(`/transfers/${reference}/check`);
  assert.match(text, /Line manager: <strong>nobody but you has this role<\/strong>/);
  assert.match(text, /id="sign-button"[^>]*disabled|disabled[^>]*id="sign-button"/);
});

test("SIS-3: a standing arrangement that covers it is named, and its role is not asked again", async () => {
  await arrange("senior-manager", senior);
  const { text } = await browser.get(`/transfers/${await sealed(PERSONAL)}/check`);
  assert.match(text, /Senior manager: Sue Senior agreed in advance/);
  assert.doesNotMatch(text, /Senior manager: <strong>/);
});

test("SIS-3: before the size is known, what was agreed to in advance is no need of the link, and its ceiling is said", async () => {
  const started = await browser.api("POST", "/api/transfers", {
    facts: { ...FACTS, ...PERSONAL },
    recipients: [{ address: CLARA, expecting: true, legitimateNeed: "Counsel in the case" }],
  });
  const path = `/transfers/${started.json<{ reference: string }>().reference}`;
  const { text } = await browser.get(`${path}/method`);
  const link = text.slice(text.indexOf("best-method"), text.indexOf("Other methods"));
  assert.match(link, /Ready once 1 thing is done/, "the line manager alone");
  assert.doesNotMatch(link, /clauses\/SIS-3"/);
  assert.match(link, /Senior manager: Sue Senior agreed in advance to up to 1 MB/);
  assert.doesNotMatch((await browser.get(`${path}/add`)).text, /clauses\/SIS-3"/);
  const large = await browser.api("POST", `/api${path}/assessment`, { bytes: 1_000_001 });
  assert.ok(large.json<SizeAnswer>().needs.some(({ clauses }) => clauses.includes("SIS-3")));
});

test("SIS-3: the line manager who stands in for the senior manager is not named as one of those who are asked", async () => {
  const boss = await addMember(server, "Bo Boss", { roles: ["line-manager"] });
  const clerk = await addMember(server, "Cy Clerk", { lineManagerId: boss.id });
  await addKey(server, clerk.id, await generateKeyPair());
  await standIn(senior, boss);
  const theirs = await new Visitor(server).signIn(clerk.id);
  const { reference } = await sealedDraft(theirs, [CLARA], undefined, { facts: PERSONAL, expecting: true });
  const { text } = await theirs.get(`/transfers/${reference}/check`);
  assert.match(text, /Senior manager: <strong>Sue Senior<\/strong>/);
  assert.doesNotMatch(text, /Bo Boss \(in place of/);
  const tasks = await theirs.get(`/transfers/${reference}/tasks?show=all`);
  assert.match(tasks.text, /Then asked: Sue Senior \(senior manager\)/);
});

async function standIn(principal: Member, deputy: Member): Promise<void> {
  const at = server.clock.now().toISOString();
  await server.records.write(async (tx) => {
    await tx.saveDeputy({
      ...{ id: randomId(), principalId: principal.id, deputyId: deputy.id, appointedBy: principal.id },
      ...{ from: at, until: new Date(Date.parse(at) + 86_400_000).toISOString(), createdAt: at, endedAt: null },
    });
    const actor = { kind: "member", id: principal.id } as const;
    await tx.append({ kind: "deputy-named", at, actor, reference: null, recipientId: null, detail: {} });
  });
}

test("a sealed draft's page for adding says that it is sealed already, with the way on", async () => {
  const path = `/transfers/${await sealed({})}`;
  const { text } = await browser.get(`${path}/add`);
  assert.match(text, /sealed and uploaded already: \d+ bytes in all/);
  assert.match(text, new RegExp(`href="${path}/tasks">Go on with what is sealed`));
});

async function arrange(role: "line-manager" | "senior-manager", by: Member): Promise<void> {
  const at = server.clock.now().toISOString();
  const arrangement: StandingArrangement = {
    ...{ id: randomId(), role, requesterId: sender.id, purpose: "Monthly bundle", recipients: [CLARA] },
    ...{ classification: "OFFICIAL", people: 5000, bytes: 1_000_000, method: "secure-link", ends: at.slice(0, 10) },
    ...{ state: "agreed", createdAt: at, remindedAt: null, decidedBy: by.id, decidedAt: at, reason: "", proof: null },
  };
  await server.records.write(async (tx) => {
    await tx.saveArrangement(arrangement);
    const actor = { kind: "member", id: by.id } as const;
    await tx.append({ kind: "arrangement-agreed", at, actor, reference: null, recipientId: null, detail: {} });
  });
}

test("SDT-8: before anything is sealed, the chosen size is assessed beside the files", async () => {
  const started = await browser.api("POST", "/api/transfers", {
    facts: { ...FACTS, ...PERSONAL },
    recipients: [{ address: CLARA }],
  });
  const path = `/transfers/${started.json<{ reference: string }>().reference}`;
  const page = await browser.get(`${path}/add`);
  assert.match(page.text, /What the rules say[\s\S]*SDT-3/);
  const asked = await browser.api("POST", `/api${path}/assessment`, { bytes: 100_000_000_000 });
  const { tag, needs, advice } = asked.json<SizeAnswer>();
  assert.match(tag.text, /^Ready once \d things? (is|are) done$/);
  assert.ok(!needs.some(({ says }) => says === "Say how large it is."));
  assert.ok(
    advice.some(({ clauses }) => clauses.includes("SDT-22")),
    "larger than media hold",
  );
  const small = await browser.api("POST", `/api${path}/assessment`, { bytes: 5 });
  assert.ok(!small.json<SizeAnswer>().advice.some(({ clauses }) => clauses.includes("SDT-22")));
  assert.equal((await browser.api("POST", `/api${path}/assessment`, { bytes: -1 })).status, 400);
});

const FACTS = {
  ...{
    purpose: "A hearing",
    necessity: "Counsel needs it",
    recordCopy: "The case file",
    classification: "OFFICIAL",
    sensitive: false,
  },
  minimised: true,
  lawfulBasis: { basis: "public-task", special: "", offences: "" },
};

test("SDT-8: all nine methods stand best first with their clauses; those that the rules leave can be chosen", async () => {
  const path = `/transfers/${await sealed({ minimised: null, ...PERSONAL })}`;
  const { text } = await browser.get(`${path}/method`);
  const names = [...text.matchAll(/(?:id="best-method">|summary-text">)([^<]+)/g)].map(([, name]) => name?.trim());
  assert.equal(names.length, 9);
  assert.equal(names[0], "Secure link");
  assert.deepEqual(names.slice(-2), ["Removable media", "Fax"], "SDT-18, SIS-16");
  assert.match(text, /Ready once [2-9] things are done/);
  const chosen = [...text.matchAll(/name="method" value="([^"]+)"/g)].map(([, method]) => method);
  assert.ok(chosen.includes("post") && chosen.includes("removable-media"), chosen.join());
  assert.ok(!chosen.includes("cjsm"), "SET-3: refused where it is not for criminal justice");
  assert.match(text, /no shared spaces/);
  assert.match(text, new RegExp(`href="${path}/tasks"[^>]*>\\s*Send it by secure link`));
});

test("SDT-5: where an agreement stipulates another method, a secure link is not for this and there is no way on", async () => {
  const at = server.clock.now().toISOString();
  await server.records.write(async (tx) => {
    await tx.saveAgreement({
      ...{ id: randomId(), reference: "DSA-1", organisation: "Example Chambers", methods: ["post"], documents: "" },
      ...{ expires: "2027-03-31", createdAt: at, createdBy: sender.id, endedAt: null, remindedAt: null },
    });
    const actor = { kind: "member", id: sender.id } as const;
    await tx.append({ kind: "agreement-added", at, actor, reference: null, recipientId: null, detail: {} });
  });
  const path = `/transfers/${await sealed({ agreement: { reference: "DSA-1" } }, "tess@other.example")}`;
  const { text } = await browser.get(`${path}/method`);
  assert.match(text, /A secure link is not for this/);
  assert.match(text, /The agreement stipulates another method\.[\s\S]*SDT-5[\s\S]*Use instead: Post and courier/);
  assert.doesNotMatch(text, /Send it by secure link/);
  for (const page of ["add", "tasks"]) {
    assert.equal((await browser.get(`${path}/${page}`)).headers.get("location"), `${path}/method`, page);
  }
});
