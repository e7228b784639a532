import { test } from "node:test";
import type { Records } from "../../src/domain/records.ts";

/** Tests that each get a store of their own, new and empty, which is closed after them. */
export function testsOn(open: () => Promise<Records>) {
  return (title: string, act: (records: Records) => Promise<void>) =>
    test(title, async () => {
      const records = await open();
      try {
        await act(records);
      } finally {
        await records.close();
      }
    });
}
