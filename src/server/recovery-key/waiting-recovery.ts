import { isRecoverable } from "../../domain/lifecycle/recovery-export.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import { type RecoveryAct, waitingAct } from "../../domain/recovery-key.ts";

const MOST = 50;
const ASKS: Readonly<Record<RecoveryAct, string>> = {
  enrol: "proposes a recovery key. Compare its number, then confirm it",
  replace: "proposes another recovery key. Compare its number, then confirm it",
  remove: "proposes that there is no recovery key any more. Confirm it",
};

/** What waits for a second administrator: the recovery key that another proposed, and what another asked to open with it. */
export async function waitingRecovery(
  read: Reader,
  { id, roles }: Member,
): Promise<readonly { readonly says: string; readonly button: string; readonly href: string }[]> {
  if (!roles.includes("administrator")) return [];
  const nameOf = async (memberId: string) => (await read.member(memberId))?.name ?? "Another administrator";
  const button = "Look at it";
  const act = waitingAct(await read.recoveryKeys());
  const key =
    act && act.proposed.byMemberId !== id
      ? [
          {
            says: `${await nameOf(act.proposed.byMemberId)} ${ASKS[act.act]}, or withdraw it.`,
            button,
            href: "/recovery-key",
          },
        ]
      : [];
  const exports = (await read.recoveryExports(MOST)).filter(
    ({ state, asked }) => state === "asked" && asked.byMemberId !== id,
  );
  const asked = await Promise.all(
    exports.map(async ({ reference, asked: { byMemberId } }) => {
      const transfer = await read.transfer(reference);
      if (!transfer || !isRecoverable(transfer)) return [];
      const says = `${await nameOf(byMemberId)} asks to open ${reference} with the recovery key, which takes a second administrator.`;
      return [{ says, button, href: `/recovery-key/exports/${reference}` }];
    }),
  );
  return [...key, ...asked.flat()];
}
