import type { Item } from "../../seal/manifest.ts";

/** What is to be sent. Give the items in an order that depends on their names alone, so that a resumed try gives the same body. */
export interface Order {
  readonly reference: string;
  /** `name` as `distinctNames` gives it. */
  readonly items: readonly Omit<Item, "offset">[];
  /** Bytes of all items, one after another. Called again when sealing has to start anew. */
  read(): AsyncIterable<Uint8Array>;
  /** The real subject: sealed, never seen by the server. Empty for none. */
  readonly subject: string;
  /** Why executables or files with macros are sent; empty when there are none. Not sealed. */
  readonly riskyReason: string;
}

/** What this client made and the server must repeat in the waybill. */
export interface Made {
  readonly reference: string;
  /** SHA-256 of the sealed manifest, hexadecimal. */
  readonly content: string;
  readonly totals: { readonly items: number; readonly bytes: number; readonly sealed: number };
  readonly recipients: readonly {
    readonly name: string;
    readonly address: string;
    readonly access: string;
    /** SHA-256 of the receipt token, hexadecimal. */
    readonly token: string;
  }[];
  /**
   * SHA-256 of what was sealed to each of them, hexadecimal; null where another device sealed it: what that one stored is not known here,
   * and the waybill's word is taken for it.
   */
  readonly grants: readonly string[] | null;
  /** SHA-256 of the organisation's recovery key, which opens it too, hexadecimal; null for none. */
  readonly recovery: string | null;
  /** What is in it, for the person to see before signing. */
  readonly items: readonly Pick<Item, "name" | "kind" | "length">[];
  /** The real subject; empty for none. */
  readonly subject: string;
  /** See `checkCode`. */
  readonly checkCode: string;
}
