import { fromBase64 } from "../../bytes/base64.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { ShownView } from "../../domain/wire/agreeing.ts";
import { openApproverGrant } from "../../seal/approver-grant.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import { checkedManifest, type OpenedTransfer } from "../receiving/reception.ts";
import { sealTrouble } from "../receiving/seal-trouble.ts";
import { readWaybill } from "../receiving/waybill.ts";
import { record, type Shape, text } from "../shape.ts";

const shownView: Shape<ShownView> = record({ reference: text, waybill: text, grant: text });

/** An approver's way to the files, as the page of their request shows it. */
export interface ToOpen {
  /** The request for agreement. */
  readonly id: string;
  /** SHA-256 of the waybill that they are asked to agree to, hexadecimal. */
  readonly digest: string;
  /** The approver's own address, as this client knows it. */
  readonly address: string;
}

/**
 * Asks for the access that the sender gave this approver, and checks everything as a recipient does before anything is shown: the
 * waybill is the one to be agreed to and names them with exactly this access, and the list of files is the one that it commits to.
 * @param identities the approver's secret keys, newest first.
 * @throws ClientError `no-access`, `damaged`, `lying-server`, `offline`, `refused`
 */
export async function openToAgree(
  http: Http,
  { id, digest, address }: ToOpen,
  identities: readonly string[],
): Promise<Omit<OpenedTransfer, "token" | "handling">> {
  const at = `/api/to-agree/${id}`;
  const view = await http.send("POST", `${at}/open`, {}, shownView);
  if ((await sha256Hex(utf8(view.waybill))) !== digest) {
    throw lying("the transfer record is not the one that you are asked to agree to");
  }
  const waybill = readWaybill(view.waybill, digest);
  if (waybill.reference !== view.reference) throw lying("the transfer record is of another transfer");
  const named = (waybill.shown ?? []).filter((each) => each.address === address);
  const bytes = bytesOf(view.grant);
  const [own] = named;
  if (named.length !== 1 || own?.grant !== (await sha256Hex(bytes))) {
    throw lying("the transfer record does not name you with the access that it hands out");
  }
  const expected = { reference: waybill.reference, approver: address };
  const { identity } = await sealTrouble(() => openApproverGrant(bytes, identities, expected));
  return { id, at, waybill, manifest: await checkedManifest(http, at, waybill, identity), identity };
}

function bytesOf(grant: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(grant);
  } catch (cause) {
    const message = "Your access to the files is damaged. Nothing was opened. Ask the sender to sign again.";
    throw new ClientError({ code: "damaged", message, cause });
  }
}
