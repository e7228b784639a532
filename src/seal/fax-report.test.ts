import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import { SealError } from "./error.ts";
import { openReport, sealReport } from "./fax-report.ts";
import { generateKeyPair } from "./keys.ts";
import { sealBytes } from "./sealing.ts";
import { platformCipher } from "./webcrypto-cipher.ts";

const REFERENCE = "WB-7F3K-Q2XV";
const PDF = utf8("%PDF-1.7\n4 pages, OK\n");
const [sender, approver, stranger] = await Promise.all([generateKeyPair(), generateKeyPair(), generateKeyPair()]);
const refuses = (code: string, act: Promise<unknown>) =>
  assert.rejects(act, (error) => error instanceof SealError && error.code === code);

/** A sealed file with this plaintext, as somebody could make it who knows the public key. */
async function forged(text: string) {
  const recipients = [sender.recipient];
  const bytes = await sealBytes(utf8(text), { recipients }, await platformCipher());
  return { bytes, expected: { reference: REFERENCE, digest: await sha256Hex(bytes) } };
}

suite("A sealed transmission report", () => {
  test("SIS-25: opens for each reader with what it was, and for nobody else", async () => {
    const { bytes, digest } = await sealReport({ reference: REFERENCE, bytes: PDF }, [
      sender.recipient,
      approver.recipient,
    ]);
    for (const { identity } of [sender, approver]) {
      const opened = await openReport(bytes, [identity], { reference: REFERENCE, digest });
      assert.deepEqual(opened, { reference: REFERENCE, type: "application/pdf", bytes: PDF });
    }
    await refuses("no-access", openReport(bytes, [stranger.identity], { reference: REFERENCE, digest }));
  });

  test("SIS-25: is refused as damaged where it is another, another transfer's, or not what it says", async () => {
    const { bytes, digest } = await sealReport({ reference: REFERENCE, bytes: PDF }, [sender.recipient]);
    const open = (reference: string, expected: string) =>
      openReport(bytes, [sender.identity], { reference, digest: expected });
    await refuses("damaged", open(REFERENCE, "00".repeat(32)));
    await refuses("damaged", open("WB-0000-0000", digest));
    const head = `{"reference":"${REFERENCE}","type":"application/pdf","version":1}\n`;
    for (const text of [
      "no line at all",
      `not JSON\n%PDF-1.7`,
      `${head}<script>`,
      `${head.replace("application/pdf", "image/png")}%PDF-1.7`,
      `${head.replace('"version":1', '"version":2')}%PDF-1.7`,
      `${head.replace("}", ',"more":1}')}%PDF-1.7`,
      `${" ".repeat(300)}${head}%PDF-1.7`,
    ]) {
      const made = await forged(text);
      await refuses("damaged", openReport(made.bytes, [sender.identity], made.expected));
    }
    const good = await forged(`${head}%PDF-1.7`);
    assert.equal((await openReport(good.bytes, [sender.identity], good.expected)).type, "application/pdf");
  });

  test("takes a PDF, PNG or JPEG by what it is, and post-quantum keys alone", async () => {
    await refuses("bad-input", sealReport({ reference: REFERENCE, bytes: utf8("<html>") }, [sender.recipient]));
    const classic = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    await refuses("mixed-strength", sealReport({ reference: REFERENCE, bytes: PDF }, [classic]));
    for (const [type, first] of [
      ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
      ["image/jpeg", [0xff, 0xd8, 0xff, 0xe0]],
    ] as const) {
      const { bytes, digest } = await sealReport({ reference: REFERENCE, bytes: new Uint8Array(first) }, [
        sender.recipient,
      ]);
      assert.equal((await openReport(bytes, [sender.identity], { reference: REFERENCE, digest })).type, type);
    }
  });
});
