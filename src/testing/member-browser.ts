import { Http } from "../client/http.ts";
import { type Enrolled, enrol } from "../client/people/enrol.ts";
import type { Passkeys } from "../client/people/passkeys.ts";
import { signIn } from "../client/people/sign-in.ts";
import { passkeysOf } from "../demo/passkeys-of.ts";
import { generateRecoveryCode } from "../seal/recovery.ts";
import { newSetUpCode } from "../server/journeys/set-up/set-up-code.ts";
import type { TestServer } from "./server.ts";
import { type SoftwarePasskey, softwarePasskey } from "./software-passkey.ts";
import { Visitor } from "./visitor.ts";

/** A browser with a software passkey in it: the client's own code, without pages. */
export interface MemberBrowser {
  readonly visitor: Visitor;
  readonly http: Http;
  readonly passkey: SoftwarePasskey;
  readonly passkeys: Passkeys;
}

export async function memberBrowser(server: TestServer, passkey = softwarePasskey()): Promise<MemberBrowser> {
  const visitor = new Visitor(server);
  return { visitor, http: await visitorHttp(server, visitor), passkey, passkeys: passkeysOf(passkey, server.url) };
}

/** The client's HTTP through a visitor's cookies. */
export async function visitorHttp(server: TestServer, visitor: Visitor): Promise<Http> {
  const token = await visitor.token();
  const through: typeof fetch = async (input, init = {}) => {
    const url = new URL(String(input));
    const headers = Object.fromEntries(new Headers(init.headers));
    const answer = await visitor.ask(init.method ?? "GET", url.pathname + url.search, headers, init.body ?? undefined);
    return new Response(answer.bytes, { status: answer.status, headers: answer.headers });
  };
  return new Http({ origin: server.url, fetch: through, headers: () => ({ "x-waybill-token": token }) });
}

/** One team for everything, as set-up asks for it. */
export const TYPED_CONTACTS: Readonly<Record<string, string>> = {
  "security-team-name": "the security team",
  "security-team-address": "security@council.example",
  ...Object.fromEntries(
    ["privacy-team", "operational-security", "information-compliance", "service-desk"].map((each) => [
      `${each}-same`,
      "yes",
    ]),
  ),
};

/** How long records are kept, as set-up asks for it. */
export const TYPED_KEEPING: Readonly<Record<string, string>> = {
  transfers: "84",
  incidents: "84",
  access: "12",
  acts: "84",
  mail: "1",
  contacts: "24",
  registers: "84",
  noticeDays: "14",
  backupDays: "35",
};

/** Sets up “Example Council” (council.example) with the administrator ada@council.example, who is signed in then. */
export async function setUp(
  server: TestServer,
  browser: MemberBrowser,
  keeping: Readonly<Record<string, string>> = TYPED_KEEPING,
): Promise<{ readonly recoveryCode: string; readonly enrolled: Enrolled }> {
  await typeSetUp(server, browser.visitor, keeping);
  const recoveryCode = await generateRecoveryCode();
  const enrolled = await enrol(browser.http, browser.passkeys, "/api/set-up", recoveryCode, "Laptop");
  return { recoveryCode, enrolled };
}

/** The same as far as the page on which the administrator's keys are made. */
export async function typeSetUp(
  server: TestServer,
  visitor: Visitor,
  keeping: Readonly<Record<string, string>> = TYPED_KEEPING,
): Promise<void> {
  const code = (await newSetUpCode(server.parts)) ?? "";
  await visitor.form("/set-up", { code });
  await visitor.form("/set-up/organisation", {
    name: "Example Council",
    website: "www.council.example",
    phone: "020 7946 0000",
    workDomains: "council.example",
  });
  await visitor.form("/set-up/administrator", {
    administratorName: "Ada Admin",
    administratorAddress: "ada@council.example",
  });
  if (server.parts.policy.current === null) {
    await visitor.form("/set-up/rules", { rules: "uk-government" });
    await visitor.form("/set-up/contacts", TYPED_CONTACTS);
  }
  await visitor.form("/set-up/records", keeping);
}

/** Several authenticators at hand, as with a laptop and a phone: the last one makes passkeys, whichever has one signs. */
export function severalPasskeys(server: TestServer, authenticators: readonly SoftwarePasskey[]): Passkeys {
  const ports = authenticators.map((each) => passkeysOf(each, server.url));
  return {
    create: async (statement, options) => {
      const last = ports.at(-1);
      if (!last) throw new Error("There is no authenticator.");
      return last.create(statement, options);
    },
    get: (statement, credentials) => Promise.any(ports.map((port) => port.get(statement, credentials))),
  };
}

/** Signs in with the browser's passkey. @returns where to go on */
export function signInWith(browser: MemberBrowser, next = ""): Promise<string> {
  return signIn(browser.http, browser.passkeys, next);
}
