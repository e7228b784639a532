import type { DrawnAt, Stroke } from "../../../containers/pdf/draw-signature.ts";
import type { Trouble } from "./trouble.ts";

export type { DrawnAt, Stroke } from "../../../containers/pdf/draw-signature.ts";

/** From the page on which somebody signs to its worker: the receipt without a signature, what was drawn, and where it goes. */
export interface ReceiptCall {
  readonly receipt: Uint8Array;
  readonly strokes: readonly Stroke[];
  readonly at: DrawnAt;
}

/** Back: the receipt with the signature, to be saved on this device, and its SHA-256, hexadecimal. */
export type ReceiptNews =
  | { readonly kind: "signed"; readonly content: Blob; readonly sha256: string }
  | { readonly kind: "not-signed"; readonly trouble: Trouble };
