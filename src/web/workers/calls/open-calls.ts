import type { ToOpen } from "../../../client/agreeing/open-to-agree.ts";
import type { Progress } from "../../../client/progress.ts";
import type { OpenedTransfer } from "../../../client/receiving/reception.ts";
import type { ReceivingView } from "../../../domain/wire/receiving.ts";
import type { GrantKey } from "../../../seal/grants.ts";
import type { Item } from "../../../seal/manifest.ts";
import type { Reach } from "./seal-calls.ts";
import type { Trouble } from "./trouble.ts";

/** What is to be saved: numbers of items in the manifest, or all of them. */
export type What = number | "all";

/** Where to: a file or folder that the person picked, this site's private file system, memory, or nowhere: it is only verified. */
export type Where =
  | { readonly way: "file"; readonly handle: FileSystemFileHandle }
  | { readonly way: "folder"; readonly handle: FileSystemDirectoryHandle }
  | { readonly way: "private" }
  | { readonly way: "memory" }
  | { readonly way: "nowhere" };

/** From the page to the open worker. One saving at a time. */
export type OpenCall =
  | {
      readonly kind: "open";
      readonly reach: Reach;
      readonly view: ReceivingView;
      readonly key: GrantKey;
      /** The recipient's own. */
      readonly address: string;
      readonly signedDigest: string | null;
    }
  | {
      /** By somebody who is asked to agree: nothing is confirmed or reported. */
      readonly kind: "open-to-agree";
      readonly reach: Reach;
      readonly asked: ToOpen;
      readonly identities: readonly string[];
    }
  | { readonly kind: "save"; readonly what: What; readonly where: Where }
  /** How much of so many bytes this browser can keep where no file can be picked. */
  | { readonly kind: "room"; readonly wanted: number }
  | { readonly kind: "stop" };

/** What the page learns of an opened transfer; the transfer key stays in the worker. */
export interface OpenedView extends Pick<OpenedTransfer, "id" | "waybill"> {
  /** The receipt token; empty for somebody who is asked to agree. */
  readonly token: string;
  readonly items: readonly Item[];
  readonly subject: string;
}

/** From the open worker to the page. `saved` holds what the page must still download or show: one file, or a zip of all. */
export type OpenNews =
  | { readonly kind: "opened"; readonly opened: OpenedView }
  | { readonly kind: "not-opened"; readonly trouble: Trouble }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "room"; readonly most: number }
  | { readonly kind: "saved"; readonly content: Blob | null }
  | { readonly kind: "not-saved"; readonly trouble: Trouble };
