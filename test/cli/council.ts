import type { Member } from "../../src/domain/member.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { Desk } from "./desk.ts";

/** A server with two members, each at a machine with an enrolled command line, and an outside contact. */
export interface Council {
  readonly server: TestServer;
  readonly sam: Member;
  readonly mia: Member;
  readonly samsDesk: Awaited<ReturnType<typeof Desk.of>>;
  readonly miasDesk: Awaited<ReturnType<typeof Desk.of>>;
  stop(): Promise<void>;
}

export async function startCouncil(): Promise<Council> {
  const server = await startServer({ limits: { rateFactor: 100, bodyBytes: 256 * 1024 * 1024 } });
  await foundOrganisation(server);
  const sam = await addMember(server, "Sam Sender");
  const mia = await addMember(server, "Mia Member");
  for (const { id } of [sam, mia]) await addKey(server, id, await generateKeyPair());
  await addContact(server, sam, "Olu Outside", "olu@chambers.example");
  const samsDesk = await Desk.of(server, sam);
  const miasDesk = await Desk.of(server, mia);
  const stop = async () => {
    await server.stop();
    await samsDesk.remove();
    await miasDesk.remove();
  };
  return { server, sam, mia, samsDesk, miasDesk, stop };
}

/** Why it is sent. */
export const WHY = [
  "--purpose",
  "The hearing",
  "--necessity",
  "Counsel needs it",
  "--record-copy",
  "The case file",
  "--minimised",
];
/** Information that no rule minds. */
export const PLAIN = ["--classification", "OFFICIAL", "--no-personal", "--no-sensitive"];
/** What every sending has to say. */
export const STATED = [...WHY, ...PLAIN, "--yes", "--json"];
export const TO_MIA = ["--to", "mia.member@council.example"];
