import type { Reader } from "../../../domain/records.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import type { DestructionCertificate } from "../../../log/destruction.ts";
import { formatVerifierKey } from "../../../log/keys.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

const WHY: Readonly<Record<DestructionCertificate["why"], string>> = {
  expired: "Its time was over",
  "taken-back": "The sender took it back",
  closed: "Everybody had confirmed receipt, and its time was over",
};

/** The signed certificate of destruction, to print (SIS-37). */
export const certificateRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/certificate",
    who: "sender",
    handle: async (visit) => {
      const { parts, transfer } = visit;
      const found = await certificateOf(parts.records.read, transfer);
      if (found === null) return redirect(visit, `/transfers/${transfer.reference}`); // its page says how it stands
      return render(visit, "transfer/certificate.njk", {
        title: "Certificate of destruction",
        path: `/transfers/${transfer.reference}`,
        transfer,
        ...found,
        why: WHY[found.certificate.why],
        key: formatVerifierKey(parts.log.keeper.key),
      });
    },
  }),
];

/** The certificate as it stands in its event; null where there is none (yet). */
async function certificateOf(read: Reader, { reference, destruction }: Transfer) {
  if (destruction !== "certified") return null;
  const event = (await read.eventsOf(reference)).findLast(({ kind }) => kind === "destruction-certified");
  if (typeof event?.detail.certificate !== "string") return null;
  const certificate = JSON.parse(event.detail.certificate) as DestructionCertificate; // written by this server
  return { certificate, signature: String(event.detail.signature), number: event.seq };
}
