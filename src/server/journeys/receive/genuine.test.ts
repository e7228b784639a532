import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomBytes } from "../../../bytes/random.ts";
import { newReference } from "../../../domain/reference.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { releaseTransfer } from "../../../testing/released-transfer.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

const ROBIN = "robin@chambers.example";
let server: TestServer;
let reference: string;
before(async () => {
  server = await startServer({ limits: { rateFactor: 2 } });
  await foundOrganisation(server);
  const ada = await addMember(server, "Ada Clerk");
  const contact = await addContact(server, ada, "Robin Secret", ROBIN);
  ({ reference } = await releaseTransfer(server, ada, [{ contact }], new Uint8Array([1])));
});
after(() => server.stop());

test("SDT-14: whoever doubts a notice gets a fresh one at the mailbox that the package was sent to", async () => {
  const before = (await server.mail(ROBIN)).length;
  const answer = await new Visitor(server).form("/genuine", {
    reference: reference.toLowerCase(),
    address: "Robin@Chambers.example",
  });
  assert.equal(answer.status, 200);
  await until(async () => (await server.mail(ROBIN)).length > before);
  const mail = await server.mail(ROBIN);
  assert.equal(mail.length, before + 1);
  assert.match(mail.at(-1)?.text ?? "", new RegExp(`${server.url}/r/`));
});

test("a wrong address, an unknown reference and a right pair are answered alike, so that nothing is given away", async () => {
  const answers = [];
  const unknown = newReference(randomBytes);
  for (const [typed, address] of [
    [reference, ROBIN],
    [reference, "somebody@else.example"],
    [unknown, ROBIN],
  ] as const) {
    const answer = await new Visitor(server).form("/genuine", { reference: typed, address });
    answers.push(answer.text.replace(/<meta name="waybill-token"[^>]*>/, ""));
  }
  assert.equal(new Set(answers).size, 1);
  assert.equal((await server.mail("somebody@else.example")).length, 0);
});

test("a mistyped reference or address is told as such, and fresh notices are limited", async () => {
  const wrong = await new Visitor(server).form("/genuine", { reference: "WB-0000-0001", address: "nobody" });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /href="#reference"[\s\S]*href="#address"/);
  const fresh = async () =>
    (await server.records.read.eventsOf(reference)).filter(({ detail }) => detail.asked === true).length;
  for (let tries = 0; tries < 10; tries++) await new Visitor(server).form("/genuine", { reference, address: ROBIN });
  await until(async () => (await fresh()) >= 6);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(await fresh(), 6);
});

/** The notice is posted after the answer. */
async function until(met: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1500 && !(await met()); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(await met());
}
