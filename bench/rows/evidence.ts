import { NAMES } from "../../src/evidence/pack.ts";
import { readPack } from "../../src/evidence/read-zip.ts";
import { verifyPack } from "../../src/evidence/verify-pack.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { addSigner } from "../../src/testing/approver.ts";
import { addContact, addKey, foundOrganisation } from "../../src/testing/organisation.ts";
import { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import { startServer } from "../../src/testing/server.ts";
import { signedTransfer } from "../../src/testing/signed-transfer.ts";
import type { BenchRow } from "../row.ts";

const EXTENTS = { whole: { recipients: 200, rounds: 5 }, smoke: { recipients: 2, rounds: 1 } };

const row: BenchRow = {
  name: "evidence",
  about:
    `The evidence pack of a transfer to ${EXTENTS.whole.recipients} recipients, each of whom confirmed arrival, opened it and signed a receipt: from asking for it until ` +
    "its last byte, with its document for people, a proof for each event and the event of taking it; and checking it with the log's key alone. The size of the pack, of which most are proofs.",
  async run(say, extent) {
    const { recipients, rounds } = EXTENTS[extent];
    const server = await startServer({ limits: { rateFactor: 10_000 } });
    try {
      await foundOrganisation(server);
      const sender = await addSigner(server, "Ada Clerk");
      await addKey(server, sender.member.id, await generateKeyPair());
      const addresses = Array.from({ length: recipients }, (_, at) => `recipient-${at}@chambers.example`);
      for (const [at, address] of addresses.entries())
        await addContact(server, sender.member, `Recipient ${at}`, address);
      const { reference, access } = await signedTransfer(sender, addresses);
      for (const [id, token] of Object.entries(access.tokens)) {
        const device = await ReceivingDevice.proved(server, id);
        await device.arrive();
        await device.opened(token);
        await device.receipt(token);
      }
      say(`${recipients} receipts signed`);
      const keys = { log: server.parts.log.keeper.key, witnesses: [] };
      const [taking, checking]: [number[], number[]] = [[], []];
      let pack: Uint8Array<ArrayBuffer> = new Uint8Array(0);
      for (let round = 0; round < rounds; round++) {
        const asked = performance.now();
        pack = (await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {})).bytes;
        const taken = performance.now();
        const { statements } = await verifyPack(pack, keys);
        checking.push(performance.now() - taken);
        taking.push(taken - asked);
        if (statements.length !== 1 + 2 * recipients) throw new Error(`There are ${statements.length} signatures.`);
      }
      const files = await readPack(pack);
      const size = (name: string) => (files.get(name)?.length ?? 0) / 1e6;
      return {
        comparisons: [
          { name: "taking the pack", better: "less", unit: "ms", ours: taking },
          { name: "checking it", better: "less", unit: "ms", ours: checking },
          { name: "the pack", better: "less", unit: "MB", ours: [pack.length / 1e6] },
          { name: "its document for people", better: "less", unit: "MB", ours: [size(NAMES.paper)] },
        ],
        notes: [
          `${files.size} files. The document is made before the write that records the taking, so that nobody waits for it.`,
        ],
      };
    } finally {
      await server.stop();
    }
  },
};
export default row;
