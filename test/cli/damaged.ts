import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestServer } from "../../src/testing/server.ts";

/** Changes the sealed file key in the stored access of a transfer's first recipient: in age, that reads as sealed to other words. */
export async function damageGrant({ records }: TestServer, reference: string): Promise<void> {
  await records.write(async (tx) => {
    const [recipient] = await tx.recipients(reference);
    assert.ok(recipient?.grant);
    const grant = Buffer.from(recipient.grant, "base64");
    const at = grant.indexOf("\n", grant.indexOf("-> ")) + 1; // the stanza's body
    grant[at] = grant[at] === 0x41 ? 0x42 : 0x41;
    await tx.saveRecipient({ ...recipient, grant: grant.toString("base64") });
    const about = { reference, recipientId: recipient.id, detail: {} };
    await tx.append({ kind: "transfer-changed", at: recipient.releasedAt ?? "", actor: { kind: "system" }, ...about });
  });
}

/** Changes one byte of a transfer's stored body, near its end: what stands before that is whole. */
export async function damageStored(server: TestServer, reference: string): Promise<void> {
  const { sealed } = (await server.records.read.transfer(reference)) ?? assert.fail();
  const folder = join(server.folder, "blobs");
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.includes(sealed?.bodyId ?? "?"));
  assert.equal(names.length, 1);
  const path = join(folder, names[0] ?? "");
  const bytes = await readFile(path);
  const at = bytes.length - 1000;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
