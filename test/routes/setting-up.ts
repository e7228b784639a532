import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startPolicy } from "../../src/policy/running-policy.ts";
import { newSetUpCode } from "../../src/server/journeys/set-up/set-up-code.ts";
import { TYPED_CONTACTS, TYPED_KEEPING } from "../../src/testing/member-browser.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";
import { Visitor } from "../../src/testing/visitor.ts";

const POLICIES = fileURLToPath(new URL("../../policies", import.meta.url));

export interface NotSetUp {
  readonly server: TestServer;
  /** Where the configuration of the rules would be written. */
  readonly folder: string;
  /** The set-up code. */
  readonly code: string;
  readonly visitor: Visitor;
}

/** A server that nobody has set up, without rules. */
export async function notSetUp(): Promise<NotSetUp> {
  const folder = await temporaryFolder();
  const policy = startPolicy(POLICIES, join(folder, "policy.yaml"));
  const server = await startServer({ policy, limits: { rateFactor: 1_000_000 } });
  return { server, folder, code: (await newSetUpCode(server.parts)) ?? "", visitor: new Visitor(server) };
}

/** The rows of set-up in their order, each with a valid body. */
export const SETTING_UP: readonly {
  readonly name: string;
  readonly status: number;
  body(at: NotSetUp): Readonly<Record<string, unknown>>;
}[] = [
  { name: "POST /set-up", status: 303, body: ({ code }) => ({ code }) },
  {
    name: "POST /set-up/organisation",
    status: 303,
    body: () => ({
      name: "Example Council",
      website: "www.council.example",
      phone: "020 7946 0000",
      workDomains: "council.example",
    }),
  },
  {
    name: "POST /set-up/administrator",
    status: 303,
    body: () => ({ administratorName: "Ada Admin", administratorAddress: "ada@council.example" }),
  },
  { name: "POST /set-up/rules", status: 303, body: () => ({ rules: "uk-government" }) },
  { name: "POST /set-up/contacts", status: 303, body: () => TYPED_CONTACTS },
  { name: "POST /set-up/records", status: 303, body: () => TYPED_KEEPING },
  { name: "POST /api/set-up/options", status: 200, body: () => ({}) },
];
