import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomBytes } from "../../../bytes/random.ts";
import { iso } from "../../../domain/clock.ts";
import { newReference } from "../../../domain/reference.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { releaseTransfer } from "../../../testing/released-transfer.ts";
import { sampleTransfer } from "../../../testing/samples.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let released: string;
let draft: string;
before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  const ada = await addMember(server, "Ada Clerk");
  const contact = await addContact(server, ada, "Robin Secret", "robin@chambers.example");
  ({ reference: released } = await releaseTransfer(server, ada, [{ contact }], new Uint8Array([1])));
  draft = newReference(randomBytes);
  await server.records.write(async (tx) => {
    await tx.saveTransfer(sampleTransfer({ reference: draft, senderId: ada.id, state: "draft", releasedAt: null }));
    const about = { actor: { kind: "system" }, recipientId: null, detail: {} } as const;
    await tx.append({ kind: "transfer-described", at: iso(server.clock.now()), reference: draft, ...about });
  });
});
after(() => server.stop());

test("it says whether a notice with that reference was sent from here, and nothing else about it", async () => {
  const visitor = new Visitor(server);
  const yes = await visitor.form("/genuine", { reference: released.toLowerCase().replaceAll("-", " ") });
  assert.match(yes.text, new RegExp(`Yes: ${released} is from Example Council`));
  for (const secret of ["Robin", "Ada", "chambers", "2026"]) assert.ok(!yes.text.includes(secret), secret);
  const [unsent, unknown] = [draft, newReference(randomBytes)];
  const answers = [];
  for (const reference of [unsent, unknown])
    answers.push((await visitor.form("/genuine", { reference })).text.replaceAll(reference, "REFERENCE"));
  assert.equal(answers[0], answers[1], "a draft is answered like a reference that does not exist");
  assert.match(answers[0] ?? "", /No notice with the reference REFERENCE was sent from here/);
});

test("a mistyped reference is told as such", async () => {
  const answer = await new Visitor(server).form("/genuine", { reference: "WB-0000-0001" });
  assert.equal(answer.status, 422);
  assert.match(answer.text, /probably mistyped/);
});

test("it is rate limited", async () => {
  server.clock.advance(600_000);
  const visitor = new Visitor(server);
  const statuses = [];
  for (let tries = 0; tries < 11; tries++)
    statuses.push((await visitor.form("/genuine", { reference: newReference(randomBytes) })).status);
  assert.deepEqual([...new Set(statuses)], [200, 429]);
});
