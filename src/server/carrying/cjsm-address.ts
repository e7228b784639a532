import { type Address, domainOf, withinDomains } from "../../domain/address.ts";
import type { Recipient } from "../../domain/transfer.ts";
import type { Settings } from "../../policy/configuration/settings.ts";

/** Somebody's address on CJSM (SET-3, SIS-38). */
export interface CjsmAddress {
  readonly address: Address;
  /** Whether what is on record is that address; else it is what theirs would be, and nobody has confirmed it. */
  readonly onRecord: boolean;
}

/**
 * The CJSM address of somebody: theirs where it is on that network, else the form that CJSM gives it, with the network's name after the whole
 * of theirs. Null where no domain of CJSM is configured (`networks.cjsm`).
 */
export function cjsmAddress(address: Address, { networks }: Pick<Settings, "networks">): CjsmAddress | null {
  const [network] = networks.cjsm;
  if (network === undefined) return null;
  const onRecord = withinDomains(domainOf(address), networks.cjsm);
  return { address: onRecord ? address : `${address}.${network}`, onRecord };
}

/** Each recipient with their address on CJSM, for the pages that speak of it (`carry/cjsm-address.njk`). */
export function cjsmAddresses(
  recipients: readonly Pick<Recipient, "name" | "address">[],
  settings: Pick<Settings, "networks">,
) {
  return recipients.map(({ name, address }) => ({ name, address, on: cjsmAddress(address, settings) }));
}
