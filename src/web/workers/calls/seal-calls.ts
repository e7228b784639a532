import type { RecoveryChange } from "../../../client/keys/check-recovery-key.ts";
import type { NewStandIn } from "../../../client/keys/check-stand-in.ts";
import type { Made } from "../../../client/sending/order.ts";
import type { SendingState } from "../../../client/sending/start-sending.ts";
import type { KeyLogLine } from "../../../domain/wire/people.ts";
import type { Trouble } from "./trouble.ts";

/** How the page reaches the server: its origin and forgery token, which a worker cannot see. */
export interface Reach {
  readonly origin: string;
  readonly token: string;
}

/** A file or message as it was chosen. */
export interface ChosenItem {
  readonly name: string;
  readonly type: string;
  readonly kind: "file" | "message";
  readonly content: Blob;
}

/** From the page to the seal worker. One sending per worker. */
export type SealCall =
  | {
      readonly kind: "start";
      readonly reach: Reach;
      readonly reference: string;
      readonly items: readonly ChosenItem[];
      readonly subject: string;
      readonly riskyReason: string;
    }
  | { readonly kind: "pause" | "resume" | "stop" }
  | { readonly kind: "unlocked"; readonly identities: readonly string[] }
  | { readonly kind: "not-unlocked"; readonly message: string }
  | { readonly kind: "keys-confirmed"; readonly confirmed: boolean };

/** From the seal worker to the page. `unlock`, `confirm-keys`, `confirm-stand-in` and `confirm-recovery-key` wait for their answers. */
export type SealNews =
  | { readonly kind: "state"; readonly state: SendingState }
  | { readonly kind: "unlock" }
  | { readonly kind: "confirm-keys"; readonly lines: readonly KeyLogLine[] }
  | { readonly kind: "confirm-stand-in"; readonly change: NewStandIn }
  | { readonly kind: "confirm-recovery-key"; readonly change: RecoveryChange; readonly number: string }
  | { readonly kind: "done"; readonly made: Made }
  | { readonly kind: "failed"; readonly trouble: Trouble };
