import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addPasskey } from "../../../client/people/account.ts";
import { recover } from "../../../client/people/recover.ts";
import type { Member } from "../../../domain/member.ts";
import { generateRecoveryCode } from "../../../seal/recovery.ts";
import { join, linkInMail, memberAt } from "../../../testing/joining.ts";
import { memberBrowser, severalPasskeys } from "../../../testing/member-browser.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { softwarePasskey } from "../../../testing/software-passkey.ts";
import { type Answer, Visitor } from "../../../testing/visitor.ts";

let server: TestServer;
let sender: Member;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  sender = await addMember(server, "Ada Clerk");
});
after(() => server.stop());

/** English words that every one of these pages has in English. */
const ENGLISH =
  /\b(the|your|you|passkeys?|recovery|account|home|sign|remove|privacy|accessibility|report|waiting|lost|what|key|code|this)\b/i;

/** What a page says, without its markup, what stands in quotation marks or is not to be translated, and the link to the other language. */
function wordsOf({ text }: Answer): string {
  return text
    .slice(text.indexOf("<body"))
    .replaceAll(/<script[\s\S]*?<\/script>|<(code|p)[^>]*translate="no"[\s\S]*?<\/\1>/g, " ")
    .replaceAll(/<a [^>]*lang="en"[^>]*>English<\/a>|<code>[^<]*<\/code>|“waybill login”/g, " ")
    .replaceAll(/<[^>]*>/g, " ");
}

function inWelsh(page: Answer, path: string): void {
  assert.equal(page.status, 200, path);
  assert.match(page.text, /<html[^>]* lang="cy"/, path);
  assert.match(page.text, /hreflang="en"[^>]*>English</, `${path}: a link to the other language`);
  assert.doesNotMatch(wordsOf(page), ENGLISH, path);
}

/** Somebody outside whom a sender asked to register first, and the path of their link. */
async function invited(name: string, address: string, language: "en" | "cy"): Promise<string> {
  await addContact(server, sender, name, address, { language });
  const pages = await new Visitor(server).signIn(sender.id);
  const fields = {
    recipients: address,
    purpose: "The hearing",
    necessity: "They plead",
    recordCopy: "The case file",
    classification: "OFFICIAL",
    personal: "no",
    sensitive: "no",
    minimised: "yes",
    expiry: "14",
  };
  const { text } = await pages.page("/send", fields);
  const form = text.slice(text.indexOf("<form method"), text.indexOf("</form>", text.indexOf("<form method")));
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"_]+)" value="([^"]*)">/g)];
  const carried = Object.fromEntries(hidden.map(([, field = "", value = ""]) => [field, value]));
  await pages.page("/send", { ...carried, register: address });
  return linkInMail(server, address);
}

const PAGES = [
  "/account",
  "/account/add-passkey",
  "/account/recovery",
  "/account/devices",
  "/account/known-log",
  "/account/remove-key",
  "/enrol-device",
  "/",
];

test("OXM-22: a Welsh contact who is asked to register reads Welsh on every page of registering and of their account", async () => {
  const link = await invited("Dewi Davies", "dewi@siambrau.example", "cy");
  const dewi = await memberBrowser(server);
  inWelsh(await dewi.visitor.get(link), "/join");
  const mistake = await dewi.visitor.page(link, { name: "" });
  assert.match(mistake.text, /<title>Gwall: [\s\S]*Rhowch eich enw/);
  assert.doesNotMatch(wordsOf(mistake), ENGLISH);
  inWelsh(await dewi.visitor.get(`${link}/keys`), "/join/keys");
  const { recoveryCode } = await join(server, link, dewi);
  for (const path of PAGES) inWelsh(await dewi.visitor.get(path), path);
  const { id } = await memberAt(server, "dewi@siambrau.example");
  const [passkey] = await server.records.read.credentialsOf(id);
  const one = `/account/passkey?id=${passkey?.id}`;
  assert.doesNotMatch(wordsOf(await dewi.visitor.get(one)).replaceAll("Laptop", ""), ENGLISH, one);
  assert.match((await dewi.visitor.page(one, { id: passkey?.id ?? "", name: " " })).text, /Rhowch enw iddi/);
  assert.match((await dewi.visitor.get("/send")).text, /lang="cy"[\s\S]*Ni newidiwyd dim/, "SDT-17: refused in Welsh");

  await dewi.visitor.form("/sign-out", {});
  for (const path of ["/sign-in", "/recover"]) inWelsh(await dewi.visitor.get(path), path);
  const newDevice = await memberBrowser(server);
  const newCode = await generateRecoveryCode();
  const about = { address: "dewi@siambrau.example", code: recoveryCode, newCode, name: "Ffôn" };
  await recover(newDevice.http, newDevice.passkeys, about);
  const used = (await server.mail("dewi@siambrau.example")).at(-1);
  assert.equal(used?.subject, "Defnyddiwyd eich cod adfer");
  assert.doesNotMatch((used?.text ?? "").replaceAll(/http\S+/g, ""), ENGLISH);
  inWelsh(await newDevice.visitor.get("/account"), "/account on a new device");
  const removed = await newDevice.visitor.form("/account/remove-key", {});
  assert.match(removed.text, /lang="cy"[\s\S]*Mae eich allwedd wedi’i dileu/);
  const over = await new Visitor(server).get(link);
  assert.equal(over.status, 410);
  assert.match(over.text, /This invitation is over[\s\S]*Mae’r gwahoddiad hwn ar ben/, "whose it was nobody knows");
});

test("a Welsh contact is told in Welsh of another passkey in their name", async () => {
  const link = await invited("Elin Evans", "elin@siambrau.example", "cy");
  const authenticators = [softwarePasskey(), softwarePasskey()];
  const [laptop] = authenticators;
  const elin = await memberBrowser(server, laptop);
  await join(server, link, elin);
  const passkeys = severalPasskeys(server, authenticators);
  const account = { http: elin.http, passkeys, askPassphrase: () => assert.fail("No passphrase is needed.") };
  await addPasskey(account, "Ffôn");
  assert.match(
    (await server.mail("elin@siambrau.example")).at(-1)?.text ?? "",
    /Annwyl Elin Evans[\s\S]*Ychwanegwyd allwedd/,
  );
});

test("who asks for the other language gets it, and a colleague reads English whatever their browser asks for", async () => {
  const link = await invited("Olu Adeyemi", "olu@chambers.example", "en");
  const olu = await memberBrowser(server);
  assert.match((await olu.visitor.get(link)).text, /lang="en"[\s\S]*Join Waybill/);
  await join(server, link, olu);
  assert.match((await olu.visitor.get("/account")).text, /lang="en"[\s\S]*Your account/);
  assert.match((await olu.visitor.get("/account?lang=cy")).text, /lang="cy"[\s\S]*Eich cyfrif/);
  assert.match((await olu.visitor.get("/")).text, /lang="cy"[\s\S]*Hafan/, "it stays chosen");
  const colleague = await new Visitor(server).signIn(sender.id);
  await colleague.get("/genuine?lang=cy");
  for (const path of ["/account?lang=cy", "/"]) {
    const page = await colleague.get(path);
    assert.match(page.text, /<html[^>]* lang="en"/, path);
    assert.doesNotMatch(page.text, /hreflang/, path);
  }
});
