import { fromBase64 } from "../../bytes/base64.ts";
import type { SendingRecipient, SendingView } from "../../domain/wire/sending.ts";
import { openSenderGrant, type SenderGrant, tokenDigest } from "../../seal/grants.ts";
import { openManifest } from "../../seal/manifest.ts";
import { ClientError, lying } from "../error.ts";
import { fetchManifest } from "../fetch-manifest.ts";
import type { Http } from "../http.ts";
import { checkCode } from "./check-code.ts";
import type { Made } from "./order.ts";

/** A recipient as the person is shown them before signing. */
export type ShownRecipient = Pick<SendingRecipient, "id" | "name" | "address" | "access">;

/**
 * What another device of this sender sealed for a draft, from the sender's grant and the sealed list of files. Nothing of it is the
 * server's word but who the recipients are, which the person sees. A grant or list of somebody else's making cannot be told by this
 * device alone: show the files, and the check code, which the device that sealed them shows too.
 * @param identities the sender's secret keys, newest first.
 * @param shown the recipients as the page or terminal shows them, in their order.
 * @throws ClientError `no-access`, `lying-server`; SealError `no-access`, `damaged`
 */
export async function rebuildMade(
  view: Pick<SendingView, "reference" | "senderGrant" | "sealed">,
  shown: readonly ShownRecipient[],
  identities: readonly string[],
  http: Http,
): Promise<Made> {
  const { reference, senderGrant, sealed } = view;
  if (senderGrant === null || sealed === null) {
    const message =
      "The files are not all sealed and uploaded yet. Go on where you added them, or add them again here.";
    throw new ClientError({ code: "no-access", message });
  }
  const access = await openSenderGrant(fromBase64(senderGrant), identities, { reference });
  refuseOthers(access, shown);
  const bytes = await fetchManifest(http, `/api/transfers/${reference}/manifest`);
  const manifest = await openManifest(bytes, access.identity, { digest: sealed.content, reference });
  return {
    reference,
    content: sealed.content,
    totals: {
      items: manifest.items.length,
      bytes: manifest.items.reduce((sum, { length }) => sum + length, 0),
      sealed: manifest.body.size,
    },
    recipients: await Promise.all(
      shown.map(async ({ id, name, address, access: how }) => ({
        name,
        address,
        access: how,
        token: await tokenDigest(access.tokens[id] ?? ""),
      })),
    ),
    recovery: access.recovery,
    grants: null,
    items: manifest.items.map(({ name, kind, length }) => ({ name, kind, length })),
    subject: manifest.subject ?? "",
    checkCode: await checkCode(access.identity, sealed.content),
  };
}

/** The recipients shown are exactly those whom it was sealed for, with words where it was sealed to words. */
function refuseOthers({ tokens, secrets }: SenderGrant, shown: readonly ShownRecipient[]): void {
  const known = shown.every(
    ({ id, access }) => tokens[id] !== undefined && (secrets[id] !== undefined) === (access === "words"),
  );
  if (known && new Set(shown.map(({ id }) => id)).size === Object.keys(tokens).length) return;
  throw lying("the recipients are not those whom the files were sealed for");
}
