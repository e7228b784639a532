import type { MediumKind, MediumState } from "../medium.ts";

/** GET /api/media/:serial */
export interface RegisteredAnswer {
  readonly serial: string;
  readonly state: MediumState;
  readonly kind: MediumKind;
  /** Whether it is in the asker's hands, by the register. */
  readonly issuedToYou: boolean;
}
