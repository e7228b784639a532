import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SoftwareCredential } from "./software-passkey.ts";

/** The passkeys of the demo's people, with their secrets, in a file of the demo's folder; by the person's address. */
export interface DemoPasskeys {
  of(address: string): readonly SoftwareCredential[];
  save(address: string, credentials: readonly SoftwareCredential[]): void;
}

export function demoPasskeys(folder: string): DemoPasskeys {
  const file = join(folder, "passkeys-that-are-no-secret.json");
  // Written by this function alone.
  const all: Record<string, readonly SoftwareCredential[]> = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : {};
  return {
    of: (address) => all[address] ?? [],
    save(address, credentials) {
      all[address] = credentials;
      writeFileSync(`${file}.part`, JSON.stringify(all));
      renameSync(`${file}.part`, file);
    },
  };
}
