import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answerRequest, requestFor } from "../../testing/approver.ts";
import { type CarryingDesk, openCarryingDesk, PACKAGE_DIGEST } from "../../testing/carrying-desk.ts";

import { unnamedHandling } from "./mail-to-paste.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

test("SIS-24, SDT-10, SDT-12, SDT-14, SDT-16, SIS-38: email with a package, a reason and a managed device; the text to paste says nothing of it", async () => {
  const stated = { items: "2", package: "zip", bytes: "1000", digest: PACKAGE_DIGEST, device: "personal" };
  const reference = await desk.drafted("email", { ...stated, device: "" });
  const at = `/transfers/${reference}/carriage`;
  const refused = await desk.sender.visitor.form(at, { ...stated, reason: "They cannot reach the link" });
  assert.equal(refused.status, 422, "SIS-38: said on the page where it was stated");
  assert.match(
    refused.text,
    /Email is refused for this as it is stated:[\s\S]*never from a personal device[\s\S]*SIS-38/,
  );
  assert.match(refused.text, /it can go by secure link[^<]*: <a [^>]*\/method">choose another method/);
  assert.match(refused.text, /value="personal" checked[\s\S]*They cannot reach the link/, "what was typed is kept");
  assert.equal(await desk.signed(reference), 409, "SIS-38: never from a personal device");
  assert.match((await desk.sender.visitor.get(at)).text, /Email is refused for this as it is stated/);
  const good = { ...stated, device: "managed", reason: "They cannot reach the link" };
  await desk.sender.visitor.form(`/transfers/${reference}/carriage`, good);
  assert.equal(
    await desk.signed(reference),
    200,
    (await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text,
  );
  await answerRequest(desk.server, desk.line, await requestFor(desk.server, reference, "line-manager"), "approve");
  const page = (await desk.sender.visitor.get(`/transfers/${reference}/carry`)).text;
  assert.match(page, /Send it from your own mailbox/);
  const paste = /<div class="govuk-inset-text">([\s\S]*?)<\/div>/.exec(page)?.[1] ?? "";
  assert.match(paste, new RegExp(reference));
  assert.doesNotMatch(paste, /OFFICIAL|hearing/i);
  const { classification } = (await desk.transfer(reference)).facts;
  for (const line of unnamedHandling("en", classification)) assert.ok(paste.includes(line), "SIS-24: by itself");
  assert.equal((await desk.carry(reference, {})).status, 303);
});
