import assert from "node:assert/strict";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { suite, test } from "node:test";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { sampleMessage } from "../testing/samples.ts";
import { temporaryFolder } from "../testing/temporary-store.ts";
import { createSmtpMailer, type SmtpSettings } from "./smtp-mailer.ts";

/** The package has no types: what is used of it. */
const { simpleParser }: { simpleParser(source: string): Promise<ParsedMail> } = createRequire(import.meta.url)(
  "mailparser",
);
interface ParsedMail {
  readonly subject?: string;
  readonly text?: string;
  readonly from?: { readonly text: string };
  readonly messageId?: string;
  readonly headers: ReadonlyMap<string, unknown>;
}

const FROM = "Example Council <waybill@council.example>";

suite("Mail through an SMTP server", () => {
  test("A message arrives as it is, with its own id and marked as automatic", async () => {
    const received: string[] = [];
    const server = await listening({
      onData(stream, _session, done) {
        stream.setEncoding("utf8").on("data", (text: string) => received.push(text));
        stream.on("end", () => done());
      },
    });
    const message = sampleMessage({ subject: "Mae neges i chi – ŵy", text: "Annwyl Zoë,\n.\nDiolch" });
    assert.deepEqual(await server.send({}, message), { ok: true });
    const mail = await simpleParser(received.join(""));
    assert.equal(mail.subject, message.subject);
    assert.equal(mail.text?.trim(), message.text);
    assert.equal(mail.from?.text, '"Example Council" <waybill@council.example>');
    assert.equal(mail.messageId, "<message@council.example>");
    assert.equal(mail.headers.get("auto-submitted"), "auto-generated");
    await server.close();
  });

  test("A recipient who does not exist (550) is a permanent failure", async () => {
    const server = await listening({ onRcptTo: (_address, _session, done) => done(answer(550, "No such person")) });
    const sent = await server.send();
    assert.equal(!sent.ok && sent.permanent, true);
    assert.match(sent.ok ? "" : sent.why, /^550 No such person/, "the server’s own words, and none of the mailer’s");
    await server.close();
  });

  test("Content that the server will never take (554) is a permanent failure", async () => {
    const server = await listening({
      onData(stream, _session, done) {
        stream.resume().on("end", () => done(answer(554, "Refused")));
      },
    });
    const sent = await server.send();
    assert.equal(!sent.ok && sent.permanent, true);
    await server.close();
  });

  const temporary: readonly [string, Partial<SMTPServerOptions>][] = [
    ["a full mailbox (452)", { onRcptTo: (_address, _session, done) => done(answer(452, "Full")) }],
    ["a server that is busy (421)", { onConnect: (_session, done) => done(answer(421, "Busy")) }],
    [
      "a sender whom the operator must allow (550)",
      { onMailFrom: (_address, _session, done) => done(answer(550, "No")) },
    ],
  ];
  for (const [what, options] of temporary) {
    test(`A temporary failure: ${what}`, async () => {
      const server = await listening(options);
      const sent = await server.send();
      assert.equal(!sent.ok && !sent.permanent, true);
      await server.close();
    });
  }

  test("A connection dropped in the middle of a message is a temporary failure", async () => {
    const server = await listening({
      onData(stream) {
        stream.once("data", () => server.drop());
      },
    });
    const sent = await server.send({}, sampleMessage({ text: "x".repeat(1_000_000) }));
    assert.equal(!sent.ok && !sent.permanent, true);
    await server.close();
  });

  test("No server at all is a temporary failure", async () => {
    const server = await listening({});
    await server.close();
    const sent = await server.send();
    assert.equal(!sent.ok && !sent.permanent, true);
  });

  test("It signs in with the password from its file; a refused sign-in is a temporary failure", async () => {
    const folder = await temporaryFolder();
    const passwordFile = join(folder, "password");
    await writeFile(passwordFile, "correct horse\n");
    const server = await listening({
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        username === "waybill" && password === "correct horse"
          ? done(null, { user: username })
          : done(answer(535, "Not you")),
    });
    assert.deepEqual(await server.send({ user: "waybill", passwordFile }), { ok: true });
    const sent = await server.send({ user: "somebody", passwordFile });
    assert.equal(!sent.ok && !sent.permanent, true);
    await rm(folder, { recursive: true });
    await server.close();
  });

  test("A password file that cannot be read is refused before any mail", () => {
    const settings = { host: "localhost", port: 25, user: "waybill", passwordFile: "/nowhere/password", from: FROM };
    assert.throws(() => createSmtpMailer(settings), { code: "no-password-file" });
  });

  for (const [what, disabled, why] of [
    ["offers no TLS", "STARTTLS", /STARTTLS/],
    ["has a certificate of its own making", "AUTH", /certificate/],
  ] as const) {
    test(`A server elsewhere that ${what} gets no mail`, {
      skip: process.platform !== "linux" && "only Linux has a second loopback address without setting it up",
    }, async () => {
      let mails = 0;
      const server = await listening({
        disabledCommands: [disabled],
        onMailFrom(_address, _session, done) {
          mails++;
          done();
        },
      });
      const sent = await server.send({ host: "127.0.0.2" });
      assert.match(sent.ok || sent.permanent ? "" : sent.why, why);
      assert.equal(mails, 0);
      await server.close();
    });
  }
});

/** A real server on loopback that takes everything, except as `options` say. */
async function listening(options: Partial<SMTPServerOptions>) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      stream.resume().on("end", () => done());
    },
    ...options,
  });
  server.on("error", () => undefined); // a connection that the other side broke off
  const { port } = await new Promise<AddressInfo>((resolve) => {
    const listener = server.listen(0, () => resolve(listener.address() as AddressInfo));
  });
  return {
    async send(changes: Partial<SmtpSettings> = {}, message = sampleMessage()) {
      const mailer = createSmtpMailer({
        host: "localhost",
        port,
        user: null,
        passwordFile: null,
        from: FROM,
        ...changes,
      });
      const sent = await mailer.send(message);
      mailer.close();
      return sent;
    },
    drop() {
      for (const connection of server.connections) (connection as { _socket: { destroy(): void } })._socket.destroy();
    },
    async close() {
      server.close();
      await once(server, "close");
    },
  };
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
