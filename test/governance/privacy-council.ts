import { generateKeyPair } from "../../src/seal/keys.ts";
import { addSigner } from "../../src/testing/approver.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import type { SigningSender } from "../../src/testing/signed-transfer.ts";
import { Visitor } from "../../src/testing/visitor.ts";

export const CLARA = "clara@chambers.example";

/** A server with a sender who has a line manager and knows Clara Counsel, and the browser of somebody of the privacy team. */
export interface PrivacyCouncil {
  readonly server: TestServer;
  readonly sender: SigningSender;
  readonly keeper: Visitor;
}

export async function startPrivacyCouncil(): Promise<PrivacyCouncil> {
  const server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const line = await addMember(server, "Lena Line", { roles: ["line-manager"] });
  const sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.id });
  await addKey(server, sender.member.id, await generateKeyPair());
  const privacy = await addMember(server, "Priya Privacy", { roles: ["privacy-team"] });
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  return { server, sender, keeper: await new Visitor(server).signIn(privacy.id) };
}
