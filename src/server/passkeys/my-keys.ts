import type { KeyWrap, Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { KeyLogLine, MyKey, MyKeys, MyWrap } from "../../domain/wire/people.ts";
import type { Parts } from "../parts.ts";

/** The main keys that a member ever had, newest first: earlier ones open what was sealed to them. */
export async function mainKeysOf(reader: Reader, memberId: string): Promise<readonly MyKey[]> {
  const keys = (await reader.keyLog()).filter((key) => key.memberId === memberId && key.kind === "main");
  return keys
    .toSorted((a, b) => b.version - a.version)
    .map(({ id, version, recipient }) => ({ id, version, recipient }));
}

export function wrapView({ keyId, kind, credentialId, sealed }: KeyWrap): MyWrap {
  return { keyId, kind, credentialId, sealed };
}

/** What a member's own browser opens its keys with. Only the member gets it; the recovery code's wraps stay here. */
export async function myKeysOf(parts: Parts, member: Member): Promise<MyKeys> {
  const { read } = parts.records;
  const credentials = await read.credentialsOf(member.id);
  const wraps = await read.wrapsOf(member.id);
  return {
    address: member.address,
    rpId: parts.place.rpId,
    credentials: credentials.map(({ id, transports, prf, name }) => ({ id, transports, prf, name })),
    keys: await mainKeysOf(read, member.id),
    wraps: wraps.filter(({ kind }) => kind !== "recovery-code").map(wrapView),
  };
}

/** Every key line ever published, oldest first, with the address of its owner. */
export async function keyLogOf(reader: Reader): Promise<readonly KeyLogLine[]> {
  const addresses = new Map((await reader.members()).map(({ id, address }) => [id, address]));
  return (await reader.keyLog()).map(({ memberId, name: _, ...line }) => ({
    ...line,
    address: addresses.get(memberId) ?? "",
  }));
}
