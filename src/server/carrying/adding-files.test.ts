import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { SizeAnswer } from "../../domain/wire/sending.ts";
import { type CarryingDesk, openCarryingDesk, PACKAGE_DIGEST } from "../../testing/carrying-desk.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

const NOT_PACKED = { items: "1", package: "none", bytes: "9", reason: "No network" };
const MADE = { items: "2", package: "zip", bytes: "900", digest: PACKAGE_DIGEST };
const WHY = "The court plays the film with it";

const pageOf = async (reference: string, page: string) => desk.sender.visitor.get(`/transfers/${reference}${page}`);
const goesTo = async (reference: string, page: string) => (await pageOf(reference, page)).headers.get("location");

/** A described draft that goes by that method, of which nothing is stated. */
async function chosen(method: string): Promise<string> {
  const reference = await desk.drafted("removable-media", NOT_PACKED);
  await desk.sender.visitor.form(`/transfers/${reference}/method`, { method: "secure-link" });
  await desk.sender.visitor.form(`/transfers/${reference}/method`, { method });
  return reference;
}

test("SDT-15, OXM-13: files are added on one page, with one script, whether they are uploaded or packed; the address of before leads there", async () => {
  const shown = [];
  for (const [method, way, button] of [
    ["secure-link", "link", "Seal and upload"],
    ["removable-media", "package", "Make the package"],
    ["email", "package", "Make the package"],
  ] as const) {
    const reference = await chosen(method);
    const { status, text } = await pageOf(reference, "/add");
    assert.equal(status, 200);
    assert.ok(text.includes(`data-way="${way}"`), method);
    assert.ok(text.includes(button) && text.includes("What the rules say"), method);
    shown.push([/<h1[^>]*>([^<]*)/.exec(text)?.[1], /<table[\s\S]*?<\/table>/.exec(text)?.[0]]);
    assert.equal(await goesTo(reference, "/pack"), `/transfers/${reference}/add`);
    if (way === "link") continue;
    assert.equal(await goesTo(reference, "/carriage"), `/transfers/${reference}/add`);
    assert.equal(await goesTo(reference, "/check"), `/transfers/${reference}/add`);
    assert.match(text, /carriage\?package=typed/, "what was packed elsewhere is typed");
    assert.equal((await pageOf(reference, "/carriage?package=typed")).status, 200);
    const tasks = (await pageOf(reference, "/tasks?show=all")).text;
    assert.match(tasks, new RegExp(`href="/transfers/${reference}/add"[^>]*>\\s*Add files`));
    assert.doesNotMatch(tasks, /What goes, and how/);
    const next = /What happens next[\s\S]*?<\/a>/.exec((await pageOf(reference, "")).text)?.[0] ?? "";
    assert.match(next, new RegExp(`Add the files[\\s\\S]*href="/transfers/${reference}/add"[\\s\\S]*Add files`));
  }
  assert.deepEqual(shown[1], shown[0], "the same heading and table");
  assert.deepEqual(shown[2], shown[0]);
  const post = await chosen("post");
  assert.equal(await goesTo(post, "/add"), `/transfers/${post}/carriage`, "a letter has no files");
});

test("SDT-22: what the rules say of the method is asked again as files are chosen, also when a package was made before", async () => {
  const limit = desk.server.parts.policy.current?.settings.media.limitBytes ?? assert.fail("No limit is set.");
  for (const stated of [NOT_PACKED, { ...MADE, reason: "No network" }]) {
    const reference = await desk.drafted("removable-media", stated);
    const says = async (bytes: number) => {
      const answer = await desk.sender.visitor.api("POST", `/api/transfers/${reference}/assessment`, { bytes });
      return answer.json<SizeAnswer>().needs.map((each) => each.says);
    };
    assert.ok((await says(limit + 1)).some((each) => each.includes("too large for media")));
    assert.ok(!(await says(limit)).some((each) => each.includes("too large for media")));
  }
});

test("SDT-11: what refuses the method for so much is told apart from what is left to do", async () => {
  const limit = desk.server.parts.policy.current?.settings.email.limitBytes ?? assert.fail("No limit is set.");
  const reference = await desk.drafted("email", NOT_PACKED);
  const answered = async (bytes: number) => {
    const answer = await desk.sender.visitor.api("POST", `/api/transfers/${reference}/assessment`, { bytes });
    return answer.json<SizeAnswer>();
  };
  const [larger, fits] = [await answered(limit + 1), await answered(limit)];
  assert.match(larger.refusals.map(({ says }) => says).join(" "), /the most that email may carry/);
  assert.equal(larger.tag.text, "Not for this");
  assert.deepEqual(fits.refusals, []);
  assert.deepEqual(larger.needs, fits.needs, "what is left to do is the same");
  assert.match((await pageOf(reference, "/add")).text, /data-refused hidden/);
});

test("OXM-13: why programs or macros are in a package is recorded with it, and goes with it", async () => {
  const reference = await desk.drafted("removable-media", NOT_PACKED);
  const made = (body: object) => desk.sender.visitor.form(`/transfers/${reference}/add`, { ...MADE, ...body });
  const reason = async () => (await desk.transfer(reference)).riskyReason;
  assert.equal((await made({ riskyReason: ` ${WHY} ` })).status, 303);
  assert.equal(await reason(), WHY);
  assert.ok((await pageOf(reference, "")).text.includes(WHY));
  const form = { ...MADE, reason: "No network", carrier: "by-hand" };
  assert.equal((await desk.sender.visitor.form(`/transfers/${reference}/carriage`, form)).status, 303);
  assert.equal(await reason(), WHY, "it is the same package");
  await desk.sender.visitor.form(`/transfers/${reference}/method`, { method: "email" });
  assert.equal(await reason(), WHY, "by another way");
  assert.equal((await made({ digest: "cd".repeat(32) })).status, 303);
  assert.equal(await reason(), null, "another package");
  await made({ riskyReason: WHY });
  await desk.sender.visitor.form(`/transfers/${reference}/method`, { method: "secure-link" });
  assert.equal(await reason(), null, "and none");
});
