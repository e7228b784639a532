import type { Transfer } from "../../domain/transfer.ts";

/** Whether the recipient needs a password to open it: a package, or a method by which something that encrypts is sent (SDT-13, SDT-21). */
export function hasPassword({ carriage }: Pick<Transfer, "carriage">): boolean {
  if (!carriage) return false;
  return carriage.fixed.package !== null || carriage.method === "removable-media";
}
