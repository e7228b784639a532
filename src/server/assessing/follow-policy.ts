import { iso } from "../../domain/clock.ts";
import type { Actor } from "../../domain/event.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Parts } from "../parts.ts";

/**
 * Makes the records agree with a policy that is about to decide, or was just loaded: the organisation's name and work domains are
 * the configuration's (SDT-17: the guard asks the records), and the event `policy-changed` holds the digest of what decides from
 * now on. Does nothing where both are so already, and before set-up.
 */
export async function followPolicy(parts: Parts, policy: Policy, actor: Actor): Promise<void> {
  if (await agrees(parts.records.read, policy)) return;
  await parts.records.write((tx) => recordPolicy(tx, policy, actor, iso(parts.clock.now())));
}

/** The same inside a transaction, whatever the records say: the organisation must be there. Always appends the event. */
export async function recordPolicy(tx: Writer, policy: Policy, actor: Actor, at: string): Promise<void> {
  const organisation = await tx.organisation();
  if (!organisation) throw new TypeError("There is no organisation whose policy it could be.");
  const { rules, organisation: name, workDomains } = policy.settings;
  const before = await digestOnRecord(tx);
  await tx.saveOrganisation({ ...organisation, name, workDomains });
  const detail = { rules, digest: policy.digest, before, name, workDomains: workDomains.join(" ") };
  await tx.append({ kind: "policy-changed", at, actor, reference: null, recipientId: null, detail });
}

/** The digest of the policy that decides according to the records; null where none was recorded. */
export async function digestOnRecord(read: Reader): Promise<string | null> {
  const last = await read.lastEvent("policy-changed");
  return last === null ? null : String(last.detail.digest);
}

async function agrees(read: Reader, policy: Policy): Promise<boolean> {
  const organisation = await read.organisation();
  return !organisation || (sameNames(organisation, policy) && (await digestOnRecord(read)) === policy.digest);
}

function sameNames({ name, workDomains }: Organisation, { settings }: Policy): boolean {
  return name === settings.organisation && workDomains.join(" ") === settings.workDomains.join(" ");
}
