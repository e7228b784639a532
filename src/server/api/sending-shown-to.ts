import { Type } from "typebox";
import { DomainError } from "../../domain/error.ts";
import { showBefore } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { ApproversAnswer } from "../../domain/wire/agreeing.ts";
import { approvalsIn, assessTransfer } from "../assessing/assess-transfer.ts";
import { readDraft } from "../drafts/draft.ts";
import { act } from "../drafts/take-back.ts";
import { type Row, row, type SenderVisit } from "../gate/row.ts";
import { whoAgrees } from "../journeys/send/who-agrees.ts";
import { sealedFile } from "./sending-sealed-files.ts";
import { keyLines } from "./sending-view.ts";

const MOST_APPROVERS = 100;
const base64 = Type.String({ maxLength: 64 * 1024, pattern: "^[A-Za-z0-9+/]+={0,2}$" });

/** Whom the sender lets see the files before they answer: chosen before the signature, which names them. */
export const sendingShownToRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/transfers/:ref/approvers",
    who: "sender",
    handle: async (visit): Promise<ApproversAnswer> => {
      const { read } = visit.parts.records;
      const people = await peopleAsked(visit, read);
      const approvers = people.map(async ({ id, name, address }) => ({
        ...{ memberId: id, name, address },
        keys: await browserKeys(read, id),
      }));
      return { approvers: await Promise.all(approvers) };
    },
  }),
  row({
    method: "PUT",
    path: "/api/transfers/:ref/shown-to",
    who: "sender",
    body: Type.Object({
      shownTo: Type.Array(Type.Object({ memberId: Type.String({ maxLength: 100 }), grant: base64 }), {
        maxItems: MOST_APPROVERS,
      }),
    }),
    bodyLimit: (MOST_APPROVERS + 1) * 64 * 1024,
    handle: async (visit, { shownTo }) => {
      for (const { grant } of shownTo) sealedFile(grant, "pq", "An approver’s access");
      await act(visit, async ({ tx, transfer, taken }) => {
        const asked = await peopleAsked(visit, tx);
        const chosen = shownTo.map(({ memberId, grant }) => {
          const found = asked.find(({ id }) => id === memberId);
          if (!found) throw notAsked();
          return { memberId, name: found.name, address: found.address, grant };
        });
        if (new Set(chosen.map(({ memberId }) => memberId)).size !== chosen.length) throw notAsked();
        return showBefore(transfer, chosen, taken);
      });
      return {};
    },
  }),
];

/** Those whom signing would ask now, each once. */
async function peopleAsked(visit: SenderVisit, read: Reader): Promise<readonly Member[]> {
  const { transfer, recipients } = await readDraft(read, visit.transfer.reference);
  const { answer } = await assessTransfer(visit.parts, read, { transfer, recipients, sender: visit.member });
  const people = (await whoAgrees(visit, approvalsIn(answer.needs))).flatMap((each) => each.people);
  return [...new Map(people.map((each) => [each.id, each])).values()];
}

/** Approvers answer in a browser: keys of command lines are not theirs to open this with. */
export async function browserKeys(read: Reader, memberId: string) {
  return (await keyLines(read, memberId)).filter(({ kind }) => kind === "main");
}

function notAsked(): DomainError {
  return new DomainError({
    code: "changed",
    message: "Somebody whom you chose would not be asked any more. Nothing was stored: load the page again.",
  });
}
