import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { sampleMessage } from "../testing/samples.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { createNotifyTexter } from "./notify-texter.ts";

const SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506";
const SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0";
const TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a";

let folder: string;
let keyFile: string;
before(async () => {
  folder = await temporaryFolder();
  keyFile = join(folder, "notify-key");
  await writeFile(keyFile, `waybill_live-${SERVICE}-${SECRET}\n`);
});
after(() => rm(folder, { recursive: true }));

interface Asked {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server in Notify's place. @returns what it was asked */
async function notify(status: number, said: object) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      asked.push({ path: request.url, headers: request.headers, body });
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
    });
  });
  await once(server.listen(0, "localhost"), "listening");
  const { port } = server.address() as AddressInfo;
  const texter = createNotifyTexter({ url: `http://localhost:${port}`, keyFile, template: TEMPLATE });
  const close = () => new Promise((resolve) => server.close(resolve));
  return { asked, texter, close };
}

const text = sampleMessage({ to: "+447700900456", subject: "", text: "Example Council: ŵy" });

suite("Text messages through GOV.UK Notify", () => {
  test("hands over the number and the text, with a token that its key signed just now", async () => {
    const { asked, texter, close } = await notify(201, { id: "1" });
    assert.deepEqual(await texter.send(text), { ok: true });
    const [request] = asked;
    assert.equal(request?.path, "/v2/notifications/sms");
    assert.deepEqual(JSON.parse(request?.body ?? ""), {
      phone_number: "+447700900456",
      template_id: TEMPLATE,
      personalisation: { text: "Example Council: ŵy" },
      reference: text.id,
    });
    const [, header = "", claims = "", signature] =
      /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(request?.headers.authorization ?? "") ?? [];
    const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    assert.deepEqual(read(header), { typ: "JWT", alg: "HS256" });
    assert.equal(read(claims).iss, SERVICE);
    assert.ok(Math.abs(read(claims).iat - Date.now() / 1000) < 30);
    assert.equal(signature, createHmac("sha256", SECRET).update(`${header}.${claims}`).digest("base64url"));
    assert.ok(!JSON.stringify(request).includes(SECRET));
    await close();
  });

  test("gives up what is refused as such, and tries again after anything else", async () => {
    for (const [status, permanent] of [
      [400, true],
      [403, false],
      [429, false],
      [500, false],
      [302, false],
    ] as const) {
      const { texter, close } = await notify(status, { errors: [{ message: "Not a UK mobile number" }] });
      const answer = await texter.send(text);
      assert.deepEqual([answer.ok, !answer.ok && answer.permanent], [false, permanent], String(status));
      await close();
    }
    const gone = await notify(201, {});
    await gone.close();
    const answer = await gone.texter.send(text);
    assert.equal(answer.ok || answer.permanent, false);
  });

  test("a key that is missing or none is said at the start", async () => {
    const settings = { url: "http://localhost:1", template: TEMPLATE };
    assert.throws(() => createNotifyTexter({ ...settings, keyFile: join(folder, "none") }), {
      code: "no-password-file",
    });
    const wrong = join(folder, "wrong");
    await writeFile(wrong, `waybill_live-${SERVICE}`);
    assert.throws(() => createNotifyTexter({ ...settings, keyFile: wrong }), { code: "not-a-notify-key" });
  });
});
