import { type Row, row } from "../gate/row.ts";
import { keyLogOf } from "../passkeys/my-keys.ts";

/** The key log, for clients to check the keys of those they seal to, and their own. */
export const keyLogRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/keys",
    who: "colleague",
    handle: async ({ parts }) => ({ lines: await keyLogOf(parts.records.read) }),
  }),
];
