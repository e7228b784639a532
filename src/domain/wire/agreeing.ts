import type { ApproverRole } from "../facts.ts";
import type { PasskeySignature } from "./sending.ts";

/** POST /api/to-agree/:id/options: what an approver's browser needs to sign an answer to this request, and no other. */
export interface AnswerOptions {
  readonly nonce: string;
  readonly rpId: string;
  readonly signer: string;
  readonly role: ApproverRole;
  readonly credentials: readonly { readonly id: string; readonly transports: readonly string[] }[];
}

/** POST /api/to-agree/:id: a statement of that kind over the request's waybill. `reason` is empty when it is agreed to. */
export interface AnswerBody {
  readonly answer: "approve" | "refuse";
  readonly reason: string;
  readonly nonce: string;
  readonly passkey: PasskeySignature;
}
