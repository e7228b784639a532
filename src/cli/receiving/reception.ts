import { ClientError } from "../../client/error.ts";
import type { Http } from "../../client/http.ts";
import { type RecipientParts, reportProblem } from "../../client/receiving/acts.ts";
import type { OpenedTransfer } from "../../client/receiving/reception.ts";

/** A transfer that was opened, and whoever receives it: a member with this command line's keys, or somebody outside by six words. */
export interface Reception {
  readonly opened: OpenedTransfer;
  readonly parts: RecipientParts;
  /** The recipient's own. */
  readonly address: string;
  /** Whether receipt was confirmed before. */
  readonly received: boolean;
  /** Damage or a loss was reported: all of it is verified again before there is a receipt. */
  readonly mustVerify: boolean;
  /** The command line's words for this transfer: what to type to go on with it. */
  readonly again: string;
  /** Keeps, for `waybill receipt`, that all of it was verified and saved here. */
  wholeSaved(): Promise<void>;
  /** Forgets what was kept to go on with. */
  receiptSigned(): Promise<void>;
  close(): void;
}

/** Tells the sender of damage, and the person what it means here; everything else is given back as it is. */
export async function orDamaged(cause: unknown, id: string, http: Http): Promise<unknown> {
  if (!(cause instanceof ClientError) || cause.code !== "damaged") return cause;
  const detail = "The content did not verify when it was opened on the command line.";
  const told = await reportProblem(http, id, { kind: "damaged", detail }).then(
    () => "The sender was told.",
    () => "The sender could not be told: tell them.",
  );
  const message = `${cause.message} Nothing was saved that looks complete. ${told}`;
  return new ClientError({ code: "damaged", message, cause });
}
