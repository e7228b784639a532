import type { FixedWaybill } from "../../domain/approval.ts";
import type { MethodAnswer } from "../../domain/assessment.ts";
import type { Named } from "../../domain/carried-waybill.ts";
import type { Facts } from "../../domain/facts.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";

/** A transfer that is about to be released, as it is inside the transaction. */
export interface ReleaseCase {
  readonly transfer: Transfer;
  readonly recipients: readonly Recipient[];
  readonly sender: Member;
  readonly organisation: Organisation;
  /** The facts now. */
  readonly facts: Facts;
  /** The waybill as it was signed, with its assessment; null where none was kept. */
  readonly fixed: FixedWaybill | null;
  /** What policy answers on the facts now. */
  readonly answer: MethodAnswer;
  /** What the registers call the medium and the fax machine that it goes by. */
  readonly named: Named;
  /** ISO 8601 */
  readonly at: string;
}

/** One condition of release: returns when it is met, throws DomainError or ServerError saying what to do when it is not. */
export type ReleaseStep = (release: ReleaseCase) => void | Promise<void>;
