import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { hashOf } from "../../src/server/gate/session.ts";
import { newSetUpCode } from "../../src/server/journeys/set-up/set-up-code.ts";
import { TEMPLATE_SCRIPT_SOURCE } from "../../src/server/policy-headers.ts";
import { rows } from "../../src/server/routes.ts";
import { TYPED_KEEPING } from "../../src/testing/member-browser.ts";
import { addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { startServer } from "../../src/testing/server.ts";
import { type Answer, Visitor } from "../../src/testing/visitor.ts";
import { faultsIn, tagsIn } from "./html.ts";
import { bodyOf, changes, nameOf, pathOf } from "./requests.ts";
import { lastingOf } from "./snapshot.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
before(async () => {
  world = await createWorld();
});
after(() => world.server.stop());

const policyAt = (origin: string) => [
  "default-src 'none'",
  `script-src 'self' ${TEMPLATE_SCRIPT_SOURCE}`,
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  `frame-src blob: ${origin}/view/pdf`,
  "media-src blob:",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types waybill",
];

/** The frame in which a PDF is drawn: it may run one script and the worker inside it, and reach nothing. */
const framePolicyAt = (origin: string) => [
  "default-src 'none'",
  `script-src ${origin}/assets/frames-pdf.js 'wasm-unsafe-eval'`,
  `style-src ${origin}/assets/styles-govuk.css ${origin}/assets/styles-waybill.css`,
  "worker-src blob:",
  "form-action 'none'",
  "base-uri 'none'",
  `frame-ancestors ${origin}`,
  "sandbox allow-scripts",
  "require-trusted-types-for 'script'",
  "trusted-types waybill",
];
const FRAME = "GET /view/pdf";

const isPage = ({ headers }: Answer) => headers.get("content-type")?.startsWith("text/html") === true;

/** What is true of every answer, and more of a page. */
function verify(answer: Answer, name: string, origin: string): void {
  const { headers } = answer;
  const policy = name === FRAME ? framePolicyAt(origin) : policyAt(origin);
  assert.deepEqual(headers.get("content-security-policy")?.split(";"), policy, name);
  assert.equal(headers.get("x-content-type-options"), "nosniff", name);
  assert.equal(headers.get("x-frame-options"), name === FRAME ? "SAMEORIGIN" : "DENY", name);
  assert.equal(headers.get("referrer-policy"), "same-origin", name);
  assert.equal(headers.get("cross-origin-opener-policy"), "same-origin", name);
  assert.equal(headers.get("cross-origin-resource-policy"), "same-origin", name);
  assert.equal(headers.get("x-powered-by"), null, name);
  assert.equal(headers.get("access-control-allow-origin"), null, name);
  for (const cookie of headers.getSetCookie()) assert.match(cookie, /; HttpOnly/, name);
  const shared = ["GET /icon.svg", "GET /log/checkpoint", "GET /log/tile/*"].includes(name) && answer.status === 200;
  if (!shared && answer.status !== 303) assert.equal(headers.get("cache-control"), "no-store", name);
  if (isPage(answer)) assert.deepEqual(faultsIn(answer.text, origin, TEMPLATE_SCRIPT_SOURCE), [], name);
}

describe("Looking at pages", () => {
  test("GET and HEAD of every route, by those whom it is for, change nothing at all", async () => {
    const reading = rows.filter((row) => !changes(row));
    for (const row of reading) {
      const visitor = await world.rightful(row.who);
      await visitor.token();
      const earlier = await lastingOf(world.server);
      for (const method of ["GET", "HEAD"]) {
        const answer = await visitor.ask(method, pathOf(row, world));
        assert.ok(answer.status < 500, `${method} ${row.path}: ${answer.status}`);
      }
      assert.deepEqual(await lastingOf(world.server), earlier, nameOf(row));
    }
  });

  test("every answer has the policy as it is meant, and no page has code, style or addresses that it forbids", async () => {
    let pages = 0;
    for (const row of rows) {
      const visitor = await world.rightful(row.who);
      const path = pathOf(row, world);
      const answers = changes(row)
        ? [await visitor.api(row.method, path, {}), await visitor.form(path, { code: "1", reference: "<b>", name: "" })]
        : [
            await visitor.get(path),
            await world.stranger().get(path),
            await visitor.get(`${path}?lang=cy&next=//x.example`),
          ];
      for (const answer of answers) {
        verify(answer, nameOf(row), world.server.url);
        if (isPage(answer)) pages++;
      }
    }
    assert.ok(pages > 100, `only ${pages} pages`);
  });

  test("what somebody typed into an address or a field is text wherever it shows", async () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}`;
    for (const row of rows) {
      const visitor = await world.rightful(row.who);
      const path = pathOf(row, world);
      const query = new URLSearchParams(["next", "lang", "value", "id", "offset"].map((name) => [name, hostile]));
      const fields = Object.fromEntries(Object.keys(bodyOf(row)).map((name) => [name, hostile]));
      const answer = changes(row) ? await visitor.form(path, fields) : await visitor.get(`${path}?${query}`);
      verify(answer, nameOf(row), world.server.url);
    }
  });

  test("the check can fail: it finds inline code, handlers, styles and other sites", () => {
    const page = `<!doctype html><p style="x" onclick='y'><script>z</script><a href="https://x.example/">&lt;</a><!-- <b> -->`;
    assert.deepEqual(faultsIn(page, "http://localhost", TEMPLATE_SCRIPT_SOURCE), [
      "p with style",
      "p with onclick",
      "an inline script: z",
      "a href=https://x.example/",
    ]);
    assert.deepEqual(
      tagsIn(page).map(({ name }) => name),
      ["p", "script", "a"],
    );
  });
});

describe("Before set-up", () => {
  test("the pages of set-up keep the policy too, and looking at them changes nothing", async () => {
    const server = await startServer();
    try {
      const visitor = new Visitor(server);
      const code = (await newSetUpCode(server.parts)) ?? "";
      const entered = await visitor.form("/set-up", { code });
      assert.equal(entered.headers.get("location"), "/set-up/organisation");
      const organisation = { name: "Example Council", website: "www.council.example", phone: "020 7946 0000" };
      const steps: readonly (readonly [string, Record<string, string>])[] = [
        ["/set-up/organisation", { ...organisation, workDomains: "council.example" }],
        ["/set-up/administrator", { administratorName: "Ada", administratorAddress: "ada@council.example" }],
        ["/set-up/records", TYPED_KEEPING],
      ];
      for (const [path, fields] of steps) {
        const earlier = await lastingOf(server);
        const page = await visitor.get(path);
        assert.equal(page.status, 200, path);
        verify(page, path, server.url);
        assert.deepEqual(await lastingOf(server), earlier, path);
        verify(await visitor.form(path, {}), path, server.url);
        assert.equal((await visitor.form(path, fields)).status, 303, path);
      }
      const keys = await visitor.get("/set-up/keys");
      assert.equal(keys.status, 200);
      verify(keys, "/set-up/keys", server.url);
    } finally {
      await server.stop();
    }
  });
});

describe("At an https address", () => {
  test("cookies are __Host-, Secure, HttpOnly and SameSite, and HTTPS is kept to", async () => {
    const server = await startServer({ publicUrl: "https://waybill.council.example" });
    try {
      const visitor = new Visitor(server);
      const code = (await newSetUpCode(server.parts)) ?? "";
      const page = await visitor.get("/set-up");
      assert.equal(page.headers.get("strict-transport-security"), "max-age=63072000; includeSubDomains");
      assert.match(page.headers.get("content-security-policy") ?? "", /;upgrade-insecure-requests$/);
      const set = [page, await visitor.form("/set-up", { code })].flatMap(({ headers }) => headers.getSetCookie());
      await foundOrganisation(server);
      const contact = await addMember(server, "Ada Clerk");
      assert.equal((await visitor.get(`/continue?lang=cy`)).status, 200);
      set.push(...(await visitor.get("/continue?lang=en")).headers.getSetCookie());
      visitor.setCookie("__Host-waybill", await sessionOf(server, contact.id));
      assert.equal((await visitor.get("/account")).status, 200);
      const left = await visitor.form("/account/sign-out-everywhere", {});
      assert.equal(left.status, 303);
      set.push(...left.headers.getSetCookie());
      assert.deepEqual(set.map((cookie) => cookie.split("=")[0]).toSorted(), [
        "__Host-waybill",
        "__Host-waybill-form",
        "__Host-waybill-language",
        "__Host-waybill-set-up",
      ]);
      for (const cookie of set) {
        assert.match(cookie, /; Path=\//);
        assert.doesNotMatch(cookie, /Domain=/i);
        assert.match(cookie, /; HttpOnly/);
        assert.match(cookie, /; Secure/);
        assert.match(cookie, /; SameSite=(?:Lax|Strict)/);
      }
      const plain = new Visitor(server);
      plain.setCookie("waybill", await sessionOf(server, contact.id));
      assert.equal((await plain.get("/account")).status, 303, "a cookie that anything on the domain could set is none");
    } finally {
      await server.stop();
    }
  });
});

async function sessionOf({ parts, clock }: Awaited<ReturnType<typeof startServer>>, owner: string): Promise<string> {
  const token = `${"A".repeat(42)}${owner.slice(0, 1)}`;
  const now = clock.now().toISOString();
  const value = { owner, startedAt: now, seenAt: now, deviceKeyId: "" };
  await parts.ephemera.put("session", hashOf(token), value, new Date(clock.now().getTime() + 3_600_000));
  return token;
}
