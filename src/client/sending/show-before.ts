import { fromBase64, toBase64 } from "../../bytes/base64.ts";
import type { ShownTo } from "../../domain/waybill.ts";
import type { ApproversAnswer, ShownToBody } from "../../domain/wire/agreeing.ts";
import { sealApproverGrant } from "../../seal/approver-grant.ts";
import { openSenderGrant } from "../../seal/grants.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import { list, record, type Shape, text } from "../shape.ts";
import { keyLine, sendingView } from "../views.ts";
import { checkCode } from "./check-code.ts";
import type { CheckKeys } from "./keys.ts";
import type { Made } from "./order.ts";

const approversAnswer: Shape<ApproversAnswer> = record({
  approvers: list(record({ memberId: text, name: text, address: text, keys: list(keyLine) })),
});

/** Somebody whom signing asks, as the page names them, who may see the files before they answer. */
export interface ChosenApprover {
  readonly memberId: string;
  readonly name: string;
  readonly address: string;
}

export interface ShowParts {
  readonly http: Http;
  readonly checkKeys: CheckKeys;
  /** Asks the person for their secret keys; only called when somebody is chosen. */
  unlock(): Promise<readonly string[]>;
}

/**
 * Seals the transfer key to each of these, or to nobody, and stores that on the server in place of what was chosen before. Their keys are
 * checked like a recipient's. @returns what the waybill has to say of it.
 * @throws ClientError `changed-keys`, `lying-server`, `cancelled`, `no-access`, `refused`
 */
export async function showBefore(
  made: Pick<Made, "reference" | "content" | "checkCode">,
  chosen: readonly ChosenApprover[],
  parts: ShowParts,
): Promise<readonly ShownTo[]> {
  const path = `/api/transfers/${made.reference}`;
  const sealed = chosen.length === 0 ? [] : await sealToEach(made, chosen, parts);
  const body: ShownToBody = { shownTo: sealed.map(({ memberId, grant }) => ({ memberId, grant })) };
  await parts.http.tell("PUT", `${path}/shown-to`, body);
  return sealed.map(({ name, address, digest }) => ({ name, address, grant: digest }));
}

async function sealToEach(
  { reference, content, checkCode: code }: Pick<Made, "reference" | "content" | "checkCode">,
  chosen: readonly ChosenApprover[],
  { http, checkKeys, unlock }: ShowParts,
) {
  const path = `/api/transfers/${reference}`;
  const { approvers } = await http.get(`${path}/approvers`, approversAnswer);
  const found = chosen.map((each) => ({ ...each, keys: keysFor(each, approvers) }));
  await checkKeys(found.flatMap(({ keys }) => keys));
  const { senderGrant } = await http.get(path, sendingView);
  if (senderGrant === null) throw noAccess("The files are not sealed any more. Add them again.");
  const { identity } = await openSenderGrant(fromBase64(senderGrant), await unlock(), { reference });
  // The server keeps the sender's grant and could have put another there: that one opens other files, or none.
  if ((await checkCode(identity, content)) !== code)
    throw lying("it keeps another access than the one you sealed with");
  return Promise.all(
    found.map(async ({ memberId, name, address, keys }) => {
      const grant = { version: 1, reference, identity, approver: address } as const;
      const { bytes, digest } = await sealApproverGrant(
        grant,
        keys.map(({ recipient }) => recipient),
      );
      return { memberId, name, address, grant: toBase64(bytes), digest };
    }),
  );
}

function keysFor({ memberId, name, address }: ChosenApprover, approvers: ApproversAnswer["approvers"]) {
  const keys = approvers.find((each) => each.memberId === memberId && each.address === address)?.keys ?? [];
  if (keys.some((each) => each.address !== address)) throw lying(`it gives a key of somebody else for ${address}`);
  if (keys.length > 0) return keys;
  throw noAccess(`${name} is not asked any more, or has no key any more. Load the page again and choose anew.`);
}

function noAccess(why: string): ClientError {
  return new ClientError({ code: "no-access", message: `${why} Nothing was signed.` });
}
