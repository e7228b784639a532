import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answerRequest, requestFor } from "../../testing/approver.ts";
import { type CarryingDesk, openCarryingDesk, PACKAGE_DIGEST } from "../../testing/carrying-desk.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

test("SDT-10, SDT-12, SDT-14, SDT-16, SIS-38: email with a package, a reason and a managed device; the text to paste says nothing of it", async () => {
  const stated = { items: "2", package: "zip", bytes: "1000", digest: PACKAGE_DIGEST, device: "personal" };
  const reference = await desk.drafted("email", stated);
  assert.equal(await desk.signed(reference), 409, "SIS-38: never from a personal device");
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
  assert.equal((await desk.carry(reference, {})).status, 303);
});
