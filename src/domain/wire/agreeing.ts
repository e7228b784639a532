import type { ApproverRole } from "../facts.ts";
import type { KeyLine, PasskeySignature } from "./sending.ts";

/** POST /api/to-agree/:id/options: what an approver's browser needs to sign an answer to this request, and no other. */
export interface AnswerOptions {
  readonly nonce: string;
  readonly rpId: string;
  readonly signer: string;
  readonly role: ApproverRole;
  /** The address of the member for whom they answer as a deputy; otherwise empty. */
  readonly inPlaceOf: string;
  readonly credentials: readonly { readonly id: string; readonly transports: readonly string[] }[];
}

/** POST /api/to-agree/:id: a statement of that kind over the request's waybill. `reason` is empty when it is agreed to. */
export interface AnswerBody {
  readonly answer: "approve" | "refuse";
  readonly reason: string;
  readonly nonce: string;
  readonly passkey: PasskeySignature;
}

/** GET /api/transfers/:ref/approvers: of a draft, whoever signing it would ask; keys are those that their browsers open with. */
export interface ApproversAnswer {
  readonly approvers: readonly ApproverKeys[];
}
export interface ApproverKeys {
  readonly memberId: string;
  readonly name: string;
  readonly address: string;
  readonly keys: readonly KeyLine[];
}

/** PUT /api/transfers/:ref/shown-to: who may see the files before they answer, in place of whoever was chosen before. */
export interface ShownToBody {
  /** Grants are standard base64. */
  readonly shownTo: readonly { readonly memberId: string; readonly grant: string }[];
}

/**
 * POST /api/to-agree/:id/open: hands out the access that the sender gave this approver, which is an event. GET /api/to-agree/:id/manifest
 * and /body serve the sealed bytes as /api/r/:id does, for as long as the request stands; then 409.
 */
export interface ShownView {
  readonly reference: string;
  /** Canonical JSON of the waybill. */
  readonly waybill: string;
  /** Standard base64. */
  readonly grant: string;
}
