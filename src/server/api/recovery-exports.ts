import { Type } from "typebox";
import { DomainError } from "../../domain/error.ts";
import { type Acting, agreeExport, askExport, isRecoverable } from "../../domain/lifecycle/recovery-export.ts";
import { parseReference } from "../../domain/reference.ts";
import type { Transfer } from "../../domain/transfer.ts";
import { ServerError } from "../error.ts";
import { type MemberVisit, type Row, row } from "../gate/row.ts";
import { nonceBody, passkeySignatureBody } from "../passkeys/bodies.ts";
import { now } from "../passkeys/enrolment.ts";
import { postExportMail } from "../recovery-key/export-mail.ts";
import { signedExport } from "../recovery-key/statements.ts";

const exportBody = Type.Object({
  half: Type.Union([Type.Literal("ask"), Type.Literal("agree")]),
  reason: Type.String({ maxLength: 2000 }),
  nonce: nonceBody,
  by: passkeySignatureBody,
});

/** Asking for one transfer's sealed package, to be opened offline with the recovery key, and agreeing to it. */
export const recoveryExportRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/recovery-key/exports/:ref",
    who: "administrator",
    body: exportBody,
    rates: [{ times: 60, seconds: 600, by: "caller" }],
    handle: async (visit, body) => {
      const { reference, waybill } = await recoverableTransfer(visit);
      const digest = waybill?.digest ?? "";
      const { proof, passkey } = await signedExport(visit, digest, body);
      await visit.parts.records.write(async (tx) => {
        const transfer = await tx.transfer(reference);
        if (transfer === null || transfer.waybill?.digest !== digest) {
          const message = "This transfer was changed meanwhile. Nothing was changed now: load the page again.";
          throw new DomainError({ code: "changed", message });
        }
        await tx.saveCredential(passkey);
        const before = await tx.recoveryExport(reference);
        const by = actingOf(visit);
        const step =
          body.half === "ask"
            ? askExport(transfer, before, body.reason, by, proof)
            : agreeExport(transfer, before, await tx.member(before?.asked.byMemberId ?? ""), by, proof);
        await tx.saveRecoveryExport(step.export);
        await tx.append(step.event);
        await postExportMail(tx, visit, transfer, step.export);
      });
      return {};
    },
  }),
];

/**
 * The transfer that the path names. Administrators learn nothing of others than that they cannot be opened.
 * @throws ServerError `no-such-page`; DomainError `bad-reference`
 */
export async function recoverableTransfer({ parts, params }: MemberVisit): Promise<Transfer> {
  const transfer = await parts.records.read.transfer(parseReference(params.ref ?? ""));
  if (transfer && isRecoverable(transfer)) return transfer;
  const message =
    "No transfer with this reference can be opened with a recovery key: there is none, it was not sealed to one, it is not signed, or it is over and destroyed.";
  throw new ServerError({ code: "no-such-page", message });
}

/** Whoever is signed in, and the time now. */
export function actingOf({ parts, member }: MemberVisit): Acting {
  return { member, at: now(parts) };
}
