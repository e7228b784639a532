import { colleaguesOf } from "../../domain/colleague.ts";
import type { Incident } from "../../domain/incident.ts";
import type { Member, Role } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import { standsIn } from "../approvals/approvers.ts";

/** Who may say that no personal data is concerned where a waybill declares it. */
export interface Denying {
  /** In words, for who may not: “the privacy team”. */
  readonly whose: string;
  /** As what this member would say it; null: they may not. */
  as(member: Pick<Member, "id">): string | null;
}

/**
 * OXM-3: the privacy team and whoever stands in for somebody of it, but for who sent it and a deputy whom they named themselves. Where that
 * is nobody, operational security and administrators; where there is none of these either, any colleague who handles it. @param at ISO 8601
 */
export async function whoDenies(
  read: Reader,
  { transfers }: Pick<Incident, "transfers">,
  at: string,
): Promise<Denying> {
  const sent = new Set(transfers.map(({ senderId }) => senderId));
  const active = await colleaguesOf(read); // SDT-17
  const others = active.filter(({ id }) => !sent.has(id));
  const holding = (role: Role, as: string) =>
    others.filter(({ roles }) => roles.includes(role)).map(({ id }) => [id, as] as const);
  const privacy = new Set(active.filter(({ roles }) => roles.includes("privacy-team")).map(({ id }) => id));
  const deputies = (await read.deputies()).filter(
    (each) => standsIn(each, at) && privacy.has(each.principalId) && !sent.has(each.appointedBy),
  );
  const standingIn = others
    .filter(({ id }) => deputies.some(({ deputyId }) => deputyId === id))
    .map(({ id }) => [id, "in place of the privacy team"] as const);
  const team = new Map([...standingIn, ...holding("privacy-team", "privacy team")]);
  if (team.size > 0) return { whose: "the privacy team", as: ({ id }) => team.get(id) ?? null };
  const instead = new Map([
    ...holding("administrator", "administrator, as nobody else is in the privacy team"),
    ...holding("operational-security", "operational security, as nobody else is in the privacy team"),
  ]);
  return instead.size > 0
    ? { whose: "operational security or an administrator", as: ({ id }) => instead.get(id) ?? null }
    : { whose: "a colleague", as: ({ id }) => (sent.has(id) ? null : "colleague, as nobody has a role for it") };
}
