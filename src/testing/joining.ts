import { type Enrolled, enrol } from "../client/people/enrol.ts";
import type { Member } from "../domain/member.ts";
import { generateRecoveryCode } from "../seal/recovery.ts";
import { type MemberBrowser, memberBrowser } from "./member-browser.ts";
import type { TestServer } from "./server.ts";

/** The link of the newest mail to that address, without its origin. */
export async function linkInMail(server: TestServer, address: string): Promise<string> {
  const newest = (await server.mail(address)).at(-1);
  const link = newest?.text.split(/\s+/).find((word) => word.startsWith(server.url));
  if (!link) throw new Error(`No mail to ${address} has a link.`);
  return link.slice(server.url.length);
}

/** An administrator's browser invites a colleague. @returns the path of their link */
export async function invite(
  server: TestServer,
  administrator: MemberBrowser,
  name: string,
  address: string,
): Promise<string> {
  await administrator.visitor.form("/people/invite", { name, address });
  return linkInMail(server, address.toLowerCase());
}

/** Follows an invitation to its end, with the client's own code. */
export async function join(
  server: TestServer,
  path: string,
  browser?: MemberBrowser,
): Promise<{
  readonly browser: MemberBrowser;
  readonly recoveryCode: string;
  readonly enrolled: Enrolled;
}> {
  const used = browser ?? (await memberBrowser(server));
  const recoveryCode = await generateRecoveryCode();
  const enrolled = await enrol(used.http, used.passkeys, `/api${path}`, recoveryCode, "Laptop");
  return { browser: used, recoveryCode, enrolled };
}

/** The member with that address, who must be there. */
export async function memberAt(server: TestServer, address: string): Promise<Member> {
  const member = await server.records.read.memberByAddress(address);
  if (!member) throw new Error(`Nobody has the address ${address}.`);
  return member;
}
