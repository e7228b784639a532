import type { Reader, Writer } from "../domain/records.ts";
import type { RecoveryExport, RecoveryKey } from "../domain/recovery-key.ts";
import { StoreError } from "../store/error.ts";

/** The recovery keys and exports of the in-memory store at one moment. */
export interface RecoveryTables {
  readonly recoveryKeys: Map<string, RecoveryKey>;
  readonly recoveryExports: Map<string, RecoveryExport>;
}

export function recoveryReader(
  tables: () => RecoveryTables,
): Pick<Reader, "recoveryKeys" | "recoveryExport" | "recoveryExports"> {
  return {
    recoveryKeys: async () => [...tables().recoveryKeys.values()].sort((a, b) => a.version - b.version),
    recoveryExport: async (reference) => tables().recoveryExports.get(reference) ?? null,
    async recoveryExports(limit) {
      const open = [...tables().recoveryExports.values()].filter(({ state }) => state !== "withdrawn");
      const place = (each: RecoveryExport) => `${each.asked.at} ${each.reference}`;
      return open.sort((a, b) => (place(a) < place(b) ? 1 : -1)).slice(0, limit);
    },
  };
}

export function recoveryWriter(tables: RecoveryTables): Pick<Writer, "saveRecoveryKey" | "saveRecoveryExport"> {
  return {
    async saveRecoveryKey(key) {
      const taken = [...tables.recoveryKeys.values()].some(
        ({ id, version }) => version === key.version && id !== key.id,
      );
      if (taken) throw new StoreError({ code: "conflict", message: "That recovery key is there already." });
      tables.recoveryKeys.set(key.id, structuredClone(key));
    },
    saveRecoveryExport: async (wanted) => void tables.recoveryExports.set(wanted.reference, structuredClone(wanted)),
  };
}
