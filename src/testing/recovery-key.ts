import { randomId } from "../bytes/random.ts";
import { iso } from "../domain/clock.ts";
import type { Member } from "../domain/member.ts";
import { activeRecoveryKey, type RecoveryKey } from "../domain/recovery-key.ts";
import type { TestServer } from "./server.ts";

/** An active recovery key, as two administrators leave it; the one before it is removed. @param recipient age1pq… */
export async function addRecoveryKey(
  server: TestServer,
  recipient: string,
  [first, second]: readonly [Member, Member],
): Promise<RecoveryKey> {
  const at = iso(server.clock.now());
  const [proposed, confirmed] = [first, second].map(({ id }) => ({ byMemberId: id, at }));
  if (!proposed || !confirmed) throw new Error("It takes two administrators.");
  return server.records.write(async (tx) => {
    const keys = await tx.recoveryKeys();
    const before = activeRecoveryKey(keys);
    if (before) await tx.saveRecoveryKey({ ...before, state: "removed", removed: confirmed });
    const open = { removal: null, removed: null };
    const key: RecoveryKey = {
      ...{ id: randomId(), version: keys.length + 1, recipient, state: "active" },
      ...{ proposed, confirmed, ...open },
    };
    await tx.saveRecoveryKey(key);
    const about = { reference: null, recipientId: null, detail: { keyId: key.id } };
    await tx.append({ kind: "recovery-key-enrolled", at, actor: { kind: "member", id: second.id }, ...about });
    return key;
  });
}
