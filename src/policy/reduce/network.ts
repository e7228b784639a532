import { type Address, domainOf, withinDomains } from "../../domain/address.ts";
import type { Network } from "../../domain/facts.ts";
import type { Settings } from "../configuration/settings.ts";

/**
 * SIS-1, SIS-38: the trusted network that an address is on, by the configuration.
 * @param stated what the facts say, used only where the configuration places the address on none and `trustStated` says so: on the
 * command line without a configuration of its own.
 */
export function networkOf(
  address: Address | null,
  stated: Network | null,
  { networks }: Settings,
  trustStated: boolean,
): Network {
  const domain = address === null ? "" : domainOf(address);
  if (withinDomains(domain, networks.cjsm)) return "cjsm";
  if (withinDomains(domain, networks.official)) return "official";
  return trustStated && stated !== null ? stated : "none";
}
