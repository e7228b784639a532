import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Contact } from "../../domain/contact.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, answerRequest, requestFor } from "../../testing/approver.ts";
import { addContact, addKey, foundOrganisation } from "../../testing/organisation.ts";
import { sampleEvent } from "../../testing/samples.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";

const CLARA = "clara@chambers.example";
const PERSONAL = { facts: { personal: true, special: false, offences: false, people: 3 } };

let server: TestServer;
let line: SigningSender;
let sender: SigningSender;
let clara: Contact;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  line = await addSigner(server, "Lena Line");
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  await addKey(server, sender.member.id, await generateKeyPair());
  clara = await addContact(server, sender.member, "Clara Counsel", CLARA);
});
after(() => server.stop());

const become = (changes: Partial<Contact>) =>
  server.records.write(async (tx) => {
    await tx.saveContact({ ...clara, ...changes });
    await tx.append(sampleEvent({ kind: "contact-changed" }));
  });

const agreeAfter = async (reference: string, act: () => Promise<unknown>) =>
  answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve", "", async (shown) => {
    await act();
    return shown;
  });

for (const [what, changes] of [
  ["another kind", { kind: "public" }],
  ["another organisation", { organisation: "Other Chambers", legitimateNeed: "Says something else" }],
] as const) {
  test(`SDT-3: a recipient who became ${what} since the signature is not released to before it is agreed to anew`, async () => {
    const { reference } = await signedTransfer(sender, [CLARA], undefined, PERSONAL);
    // While they read it: a page that is opened afterwards asks for nothing.
    await agreeAfter(reference, async () => {
      if (what === "another kind") return become(changes);
      // The organisation on the waybill is the recipient's own row, which no contact changes.
      return server.records.write(async (tx) => {
        const [row] = await tx.recipients(reference);
        assert.ok(row);
        await tx.saveRecipient({ ...row, organisation: changes.organisation });
        await tx.append(sampleEvent({ kind: "contact-changed" }));
      });
    });
    assert.equal((await server.records.read.transfer(reference))?.state, "approved", "agreed to, and held");
    assert.deepEqual(await server.mail(CLARA), []);
    const page = await sender.visitor.get(`/transfers/${reference}`);
    assert.match(page.text, /What is on record of Clara Counsel has changed/);
    await become({});
  });
}

test("SIS-15: a recipient who moved abroad since the signature is not released to", async () => {
  const { reference } = await signedTransfer(sender, [CLARA], undefined, PERSONAL);
  await agreeAfter(reference, () => become({ country: "US" }));
  assert.equal((await server.records.read.transfer(reference))?.state, "approved");
  await become({});
  await sender.visitor.form(`/transfers/${reference}/release`, {});
  assert.equal((await server.records.read.transfer(reference))?.state, "released", "as it was agreed to");
});
