import { DomainError } from "./error.ts";

/** An email address in lower case. Addresses compare without case everywhere. */
export type Address = string;

const SHAPE =
  /^[^\s@<>(),;:"[\]\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u;

/**
 * One typed address, trimmed and in lower case.
 * @throws DomainError `bad-address`
 */
export function parseAddress(typed: string): Address {
  const address = typed.trim().toLowerCase();
  const local = address.slice(0, address.lastIndexOf("@"));
  const dotted = !local.startsWith(".") && !local.endsWith(".") && !local.includes("..");
  if (!SHAPE.test(address) || address.length > 254 || !dotted) {
    throw new DomainError({
      code: "bad-address",
      message:
        address === ""
          ? "Enter an email address. It looks like name@example.org."
          : `“${typed.trim().slice(0, 80)}” is not an email address. It looks like name@example.org.`,
    });
  }
  return address;
}

export function domainOf(address: Address): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** Whether a host name is one of the domains or below one of them. */
export function withinDomains(domain: string, domains: readonly string[]): boolean {
  return domains.some((each) => domain === each || domain.endsWith(`.${each}`));
}

/** SDT-17, SET-4: whether the address is one that the organisation provides. */
export function isWorkAddress(address: Address, workDomains: readonly string[]): boolean {
  return withinDomains(domainOf(address), workDomains);
}
