import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { generateKeyPair } from "../../seal/keys.ts";
import { addSigner, BULK, requestFor, shownRequest } from "../../testing/approver.ts";
import { addContact, addKey, foundOrganisation } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type SigningSender, signedTransfer } from "../../testing/signed-transfer.ts";

const CLARA = "clara@chambers.example";

let server: TestServer;
let line: SigningSender;
let privacy: SigningSender;
let sender: SigningSender;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  line = await addSigner(server, "Lena Line");
  await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  privacy = await addSigner(server, "Priya Privacy", { roles: ["privacy-team"] });
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA, { kind: "third-party" });
});
after(() => server.stop());

const section = (page: string) => /aria-labelledby="advice-heading"[\s\S]*?<\/section>/.exec(page)?.[0] ?? "";

test("SDT2-5, SIS-15: advice stands on the sender's page with its history, and on the approver's, outside of what they sign", async () => {
  const facts = { ...BULK.facts, agreement: { none: "One letter" } };
  const { reference } = await signedTransfer(sender, [CLARA], undefined, { ...BULK, facts });
  const id = await requestFor(server, reference, "line-manager");
  const pages = async () => [
    (await sender.visitor.get(`/transfers/${reference}`)).text,
    (await line.visitor.get(`/to-agree/${id}`)).text,
  ];
  for (const page of await pages()) {
    assert.match(
      section(page),
      /The privacy team[\s\S]*Told on [\s\S]*personal data goes to a third party[\s\S]*Not answered yet/,
    );
  }
  const before = await shownRequest(line, id);
  const [asked] = await server.records.read.adviceOf(reference);
  const said = { answer: "Covered by <b>DPIA 12</b>.", impactAssessment: "made" };
  assert.equal((await privacy.visitor.form(`/advice/${asked?.id}`, said)).status, 303);
  const answered =
    /Priya Privacy answered on \d+ November 2026[^<]*: Covered by &lt;b&gt;DPIA 12&lt;\/b&gt;\.[\s\S]*An impact assessment was made\./;
  const [own = "", approvers = ""] = await pages();
  for (const page of [own, approvers]) assert.match(section(page), answered);
  assert.doesNotMatch(section(approvers), /data-line/);
  assert.deepEqual((await shownRequest(line, id)).lines, before.lines, "what is signed is the same");
  const history = own.slice(own.indexOf(">History<"));
  assert.match(history, /Told of personal data to a third party: the privacy team/);
  assert.match(
    history,
    /Priya Privacy gave advice for the privacy team[\s\S]*Covered by &lt;b&gt;DPIA 12&lt;\/b&gt;\.\s+An impact assessment was made/,
  );
  assert.match((await sender.visitor.get(`/advice/${asked?.id}`)).text, /An impact assessment was made\./);
});
