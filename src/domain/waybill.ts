import { canonicalJson } from "../bytes/canonical-json.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import { DomainError } from "./error.ts";
import type { Member } from "./member.ts";
import type { Recipient, Transfer } from "./transfer.ts";

/** The transfer's fixed document (SIS-23): what the sender signs, approvers agree to, and recipients check before opening. */
export interface Waybill {
  readonly version: 1;
  readonly reference: string;
  readonly originator: { readonly name: string; readonly address: string; readonly organisation: string };
  readonly recipients: readonly {
    readonly name: string;
    readonly address: string;
    readonly access: string;
    readonly token: string;
  }[];
  readonly method: "secure-link";
  readonly facts: {
    readonly purpose: string;
    readonly necessity: string;
    readonly classification: string;
    readonly personal: boolean;
    readonly sensitive: boolean;
    readonly impact: { readonly individuals: string; readonly organisation: string };
  };
  readonly totals: { readonly items: number; readonly bytes: number; readonly sealed: number };
  /** SHA-256 of the sealed manifest, hexadecimal. */
  readonly content: string;
  readonly expires: string;
}

/**
 * Builds the waybill of a sealed draft. Members of `facts` and recipients are listed in the order of the draft.
 * @throws DomainError `incomplete` when content, a grant or a token is missing.
 */
export function buildWaybill(
  transfer: Transfer,
  recipients: readonly Recipient[],
  sender: Member,
  organisation: string,
): Waybill {
  const { sealed, facts } = transfer;
  if (!sealed) throw new DomainError({ code: "incomplete", message: "The files are not sealed yet. Add them first." });
  return {
    version: 1,
    reference: transfer.reference,
    originator: { name: sender.name, address: sender.address, organisation },
    recipients: recipients.map((each) => {
      if (!each.tokenHash || !each.grant) {
        throw new DomainError({ code: "incomplete", message: `${each.name} has no access yet. Seal the files again.` });
      }
      return { name: each.name, address: each.address, access: each.access, token: each.tokenHash };
    }),
    method: "secure-link",
    facts: {
      purpose: facts.purpose,
      necessity: facts.necessity,
      classification: facts.classification,
      personal: facts.personal,
      sensitive: facts.sensitive,
      impact: { individuals: facts.impact.individuals, organisation: facts.impact.organisation },
    },
    totals: { items: sealed.totals.items, bytes: sealed.totals.bytes, sealed: sealed.bodySize },
    content: sealed.content,
    expires: transfer.expiresAt,
  };
}

/**
 * The same waybill with another recipient in the place of the one who has the token `wrongToken`: what the sender signs when an
 * address is corrected.
 * @throws DomainError `changed` when nobody in it has that token.
 */
export function correctedWaybill(waybill: Waybill, wrongToken: string, right: Waybill["recipients"][number]): Waybill {
  if (!waybill.recipients.some(({ token }) => token === wrongToken)) {
    throw new DomainError({ code: "changed", message: "This transfer was changed meanwhile. Load the page again." });
  }
  const recipients = waybill.recipients.map((each) => (each.token === wrongToken ? right : each));
  return { ...waybill, recipients };
}

/** Canonical JSON (RFC 8785) of a waybill and the SHA-256 of its UTF-8 bytes, hexadecimal. */
export async function fixWaybill(waybill: Waybill): Promise<{ readonly text: string; readonly digest: string }> {
  const text = canonicalJson({ ...waybill });
  return { text, digest: await sha256Hex(utf8(text)) };
}
