import { isWorkAddress } from "../../domain/address.ts";
import type { KeyLogAnswer } from "../../domain/wire/people.ts";
import { type Row, row } from "../gate/row.ts";
import { keyLogOf } from "../passkeys/my-keys.ts";
import { recoveryLinesOf } from "../recovery-key/lines.ts";

/**
 * The key log, for clients to check the keys of those they seal to, and their own. Somebody from outside who registered seals to
 * nobody, and gets the lines of their own keys alone.
 */
export const keyLogRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/keys",
    who: "member",
    handle: async ({ parts, member, organisation }): Promise<KeyLogAnswer> => {
      const lines = await keyLogOf(parts.records.read);
      if (!isWorkAddress(member.address, organisation.workDomains)) {
        return { lines: lines.filter(({ address }) => address === member.address), recovery: [] };
      }
      return { lines, recovery: await recoveryLinesOf(parts.records.read) };
    },
  }),
];
