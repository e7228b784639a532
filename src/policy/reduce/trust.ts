import type { RecipientProfile } from "./recipient-profile.ts";

/** Whether a transfer stays on trusted networks: `unknown` as long as somebody's address, and so their network, is not said. */
export type Trust = "stays" | "leaves" | "unknown";

/**
 * SIS-1, SIS-2: both ends on a trusted network, or, for an organisation without one, both in its own domains. One recipient who is
 * known to be outside settles it; whoever's address is not said is neither inside nor outside.
 */
export function trustOf(senderNetwork: string, profiles: readonly RecipientProfile[]): Trust {
  const known = profiles.filter((each) => each.recipientAddressGiven || each.recipientNetwork !== "none");
  const onNetworks = senderNetwork !== "none" && known.every(({ recipientNetwork }) => recipientNetwork !== "none");
  if (!onNetworks && !known.every(({ recipientKind }) => recipientKind === "member")) return "leaves";
  return known.length < profiles.length ? "unknown" : "stays";
}
